"""Rows of several columns, parted by one space each: cut where a piece is as wide as the lines of the page are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from itertools import pairwise

from relayout.chars import cells, has_han
from relayout.cutting import cut
from relayout.model import Line

SHARE = 50  # a width that one piece in so many has is the measure of a column …
LEAST = 5  # … and at least so many have it
NARROW = 16  # cells; no column is narrower
ROWS = 8  # rows whose pieces are full on both sides of a space: fewer are headlines in two halves
SLACK = 2  # cells by which a full line may be short


def parted(lines: Sequence[Line]) -> list[list[Line]]:
    """Return for each line the pieces it is cut into, most often itself alone.

    A space is a gutter where the piece before or behind it fills a column, unless the whole line does. Declines, that
    is cuts nothing, where few rows have two full pieces side by side and are wider than any column.

    >>> from relayout.model import Place
    >>> one, two = "包括完善便捷交通網" * 2, "於明年元月日成立在" * 2
    >>> rows = parted([Line(f"{one} {two}", f"{one} {two}", Place(1, n)) for n in range(1, 9)])
    >>> [piece.text == text for piece, text in zip(rows[0], (one, two), strict=True)], str(rows[0][1].place)
    ([True, True], '1[18:]')
    """
    measures = _measures([line.text for line in lines])
    if not measures:
        return [[line] for line in lines]
    rows = [_pieces(line.text, measures) for line in lines]
    widest = max(measures)
    full = sum(
        cells(line.text) > widest + SLACK and any(_full(a, measures) and _full(b, measures) for a, b in pairwise(row))
        for line, row in zip(lines, rows, strict=True)
    )
    if full < max(ROWS, len(lines) / SHARE):
        return [[line] for line in lines]
    return [_cut(line, row) for line, row in zip(lines, rows, strict=True)]


def _measures(texts: Sequence[str]) -> frozenset[int]:
    """Return the widths that recur among what stands between spaces."""
    widths = Counter(cells(word) for text in texts if has_han(text) for word in text.split())
    enough = max(LEAST, sum(widths.values()) / SHARE)
    return frozenset(width for width, count in widths.items() if width >= NARROW and count >= enough)


def _full(text: str, measures: Set[int]) -> bool:
    width = cells(text)
    return any(width + short in measures for short in range(SLACK + 1))


def _pieces(text: str, measures: Set[int]) -> list[str]:
    """Cut a text at its gutters.

    >>> _pieces("包括完善便捷交通網 於明年元月日成立在 電 話", {18})
    ['包括完善便捷交通網', '於明年元月日成立在', '電 話']
    >>> _pieces("包括完善便捷交通網   於明年元月日成立在  電話", {18})
    ['包括完善便捷交通網', '於明年元月日成立在', '電話']
    """
    if "\t" in text or not has_han(text) or _full(text, measures):
        return [text]
    words = text.split(" ")
    found = words[:1]
    for word in words[1:]:
        if _full(found[-1], measures) or _full(word, measures):
            found.append(word)
        else:
            found[-1] += f" {word}"
    return [piece.strip() for piece in found if piece.strip()]


def _cut(line: Line, pieces: Sequence[str]) -> list[Line]:
    found: list[Line] = []
    for piece in pieces[:-1]:
        left, line = cut(line, len(piece))
        found.append(left)
    return [*found, line]
