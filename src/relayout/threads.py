"""What rows are woven of: tokens with the white space before them, and what the page shows of its columns.

A token is what a typesetter never parts: a Han character, a number, a Latin word. Widths are half-width cells for Han
text; for Latin text they are the widths of common book types, the mean letter being 1.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from relayout.chars import NO_START, OPENERS, canonical, cells, is_han
from relayout.model import Line

_TOKEN_HAN = re.compile(
    r"[0-9]+(?:[.,:/-][0-9]+)*[%％‰]?|[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f0-9'’.@/&-]*|——|……|[^\s]"
)
_TOKEN_LATIN = re.compile(r"\S+")
SHORTEST = 12  # cells; what is narrower is no column
MOST = 6  # measures of a page
INDENT = 4.0  # cells of a Han paragraph's first line
TAB = 8  # a tab goes to the next multiple of these
NEVER = -14.0  # out of the question
SPACE = 0.5  # width of a space between Latin words
_SLIM, _WIDE = frozenset("fijlrt.,;:'’‘`!|()[]-Iſ"), frozenset("mwMWÆŒ—…@%")


def middle(values: Sequence[float]) -> float:
    """Return the lower median; the module ``statistics`` would cost a short run 5 ms.

    >>> middle([3.0, 1.0, 2.0, 9.0])
    2.0
    """
    return sorted(values)[(len(values) - 1) // 2]


class Token(NamedTuple):
    """A token: its text and where it begins and ends in ``raw``; spaces before it; its position in the grid; width."""

    text: str
    start: int
    end: int
    gap: int
    x: int
    width: float


class Cloth(NamedTuple):
    """The rows of a page, and what they show together.

    ``gaps`` says that white space stands at every gutter, ``grid`` that positions in different rows compare, and so
    tell columns; ``measures`` are the widths of full lines, the commonest first; ``pairs`` counts which characters
    stand side by side.
    """

    rows: tuple[tuple[Token, ...], ...]
    numbers: tuple[int, ...]
    han: bool
    gaps: bool
    grid: bool
    measures: tuple[float, ...]
    pairs: Counter[str]

    @property
    def floating(self) -> bool:
        """Say that gaps are kept, and that the white space before the rows is lost."""
        return self.gaps and not self.grid


class Row:
    """A row with what is asked for again and again: where it may be cut, and widths."""

    def __init__(self, tokens: Sequence[Token], cloth: Cloth) -> None:
        """Look at the row made of ``tokens``."""
        space = 0.0 if cloth.han else SPACE
        self.tokens = tokens
        self.cuts = [self._cut(tokens, k, cloth) for k in range(len(tokens) + 1)]
        self.places = [k for k, cut in enumerate(self.cuts) if cut > NEVER]
        self.widths = list(accumulate((t.width + space for t in tokens), initial=0.0))
        self.space = space
        inside = [self._inside(tokens, k, cloth) for k in range(len(tokens))]
        self.inside = list(accumulate(inside, initial=0.0))
        self.xs = [float(t.x) for t in tokens]
        self.sure = [not n or t.gap > 1 for n, t in enumerate(tokens)]

    @staticmethod
    def _cut(tokens: Sequence[Token], k: int, cloth: Cloth) -> float:
        """Weigh that the row is cut before token ``k``."""
        if k in (0, len(tokens)):
            return 0.0
        one, two = tokens[k - 1], tokens[k]
        if two.text[0] in NO_START or one.text[-1] in OPENERS:
            return NEVER
        if cloth.gaps:
            if cloth.han:
                return 2.0 if two.gap > 1 else 0.0 if two.gap else NEVER
            return min(3.0, two.gap - 1.0) if two.gap > 1 else NEVER
        if cloth.han:
            known = cloth.pairs[one.text[-1] + two.text[0]] > 1
            return (-1.2 if known else 0.3) + (3.0 if two.gap else 0.0)
        return -1.5 if cloth.pairs[f"{one.text} {two.text}"] > 1 else 0.1

    @staticmethod
    def _inside(tokens: Sequence[Token], k: int, cloth: Cloth) -> float:
        """Weigh that the row is not cut before token ``k``."""
        gap = tokens[k].gap
        if not cloth.han:
            return -0.6 * max(0, gap - 1)
        if gap == 1 and any(0 < n < len(tokens) and tokens[n].gap == 1 for n in (k - 1, k + 1)):
            return -0.3  # a letter-spaced line
        return -3.0 * gap

    def pieces(self, i: int, most: float) -> Iterator[tuple[int, float, float]]:
        """Give each end of a piece that begins with token ``i``: its width, and what cut and inside say for it."""
        start = self.widths[i] + self.space
        for n in range(bisect_right(self.places, i), len(self.places)):
            k = self.places[n]
            width = self.widths[k] - start
            if width > most:
                return
            yield k, width, max(self.inside[k] - self.inside[i + 1], NEVER) + self.cuts[k]


def width_of(word: str) -> float:
    """Return about how wide a Latin word is set; the mean letter is 1.

    >>> width_of("mill"), width_of("Haus")
    (3.3, 4.3)
    """
    total = 0.0
    for char in word:
        total += 0.6 if char in _SLIM else 1.5 if char in _WIDE else 1.3 if char.isupper() else 1.0
    return round(total, 1)


def tokens(line: Line, *, han: bool) -> tuple[Token, ...]:
    """Cut a row into its tokens.

    >>> from relayout.model import Place
    >>> [(t.text, t.gap, t.x) for t in tokens(Line("  增長2.5%  會議", "x", Place(1, 1)), han=True)]
    [('增', 2, 2), ('長', 0, 3), ('2.5%', 0, 4), ('會', 2, 10), ('議', 0, 11)]
    """
    found: list[Token] = []
    raw = line.raw
    end = shift = 0
    for match in (_TOKEN_HAN if han else _TOKEN_LATIN).finditer(raw):
        start = match.start()
        if "\t" in raw[end:start]:
            for i in range(end, start):
                if raw[i] == "\t":
                    shift += TAB - 1 - (i + shift) % TAB
        gap = start + shift - (found[-1].x + found[-1].end - found[-1].start if found else 0)
        text = canonical(match.group()) or match.group()
        width = float(cells(text)) if han else width_of(text)
        found.append(Token(text, start, match.end(), gap, start + shift, width))
        end = match.end()
    return tuple(found)


def cloth(lines: Sequence[Line]) -> Cloth:
    """Look at the rows of a page together."""
    text = canonical("".join(line.text for line in lines))
    wide = sum(map(is_han, text))
    han = wide * 2 > len(text.replace(" ", "")) * 0.6
    rows = tuple(tokens(line, han=han) for line in lines)
    pairs = _pairs(rows, han=han)
    gutter = 1 if han else 2
    widths = [[_width(piece, han=han) for piece in _split(row, gutter)] for row in rows]
    gaps = sum(len(row) > 1 for row in widths) * 3 > len(rows)
    numbers = tuple(line.place.line for line in lines)
    grid = gaps and _on_grid(lines, rows)
    return Cloth(rows, numbers, han, gaps, grid, _measures(widths, han=han), pairs)


def _pairs(rows: Sequence[Sequence[Token]], *, han: bool) -> Counter[str]:
    found: Counter[str] = Counter()
    for row in rows:
        for one, two in pairwise(row):
            if han and not two.gap:
                found[one.text[-1] + two.text[0]] += 1
            elif not han and two.gap == 1:
                found[f"{one.text} {two.text}"] += 1
    return found


def _split(row: Sequence[Token], gutter: int) -> list[list[Token]]:
    """Cut a row at every run of ``gutter`` spaces or more; a letter-spaced stretch stays whole."""
    pieces: list[list[Token]] = []
    for n, token in enumerate(row):
        spaced = token.gap == 1 and n and (row[n - 1].gap == 1 or (n + 1 < len(row) and row[n + 1].gap == 1))
        if pieces and (token.gap < gutter or spaced):
            pieces[-1].append(token)
        else:
            pieces.append([token])
    return pieces


def _width(piece: Sequence[Token], *, han: bool) -> float:
    return sum(t.width for t in piece) + (0.0 if han else SPACE * (len(piece) - 1))


def _measures(rows: Sequence[Sequence[float]], *, han: bool) -> tuple[float, ...]:
    """Return the widths of pieces that recur from row to row, the commonest first."""
    votes: list[float] = []
    for n, row in enumerate(rows):
        near = [w for other in (*rows[max(0, n - 2) : n], *rows[n + 1 : n + 3]) for w in other]
        votes += [w for w in row if w >= SHORTEST and any(abs(v - w) <= (2 if han else 0.12 * w) for v in near)]
    least = max(5.0, 0.04 * len(votes))
    found: list[float] = []
    while votes and len(found) < MOST:
        count = Counter(round(w) for w in votes)
        support = {m: sum(count[w] for w in range(_least(m, han=han), m + 1)) + 0.5 * han * count[m] for m in count}
        best = max(sorted(support), key=support.__getitem__)
        low = _least(best, han=han)
        if sum(count[w] for w in range(low, best + 1)) < least:
            break
        found.append(float(best))
        votes = [w for w in votes if not low - 3 <= round(w) <= best + 1]
    return tuple(found)


def _least(measure: int, *, han: bool) -> int:
    """Return how wide a full line of ``measure`` is at least."""
    return measure - 2 if han else round(measure * 0.85)


def _on_grid(lines: Sequence[Line], rows: Sequence[Sequence[Token]]) -> bool:
    """Say whether rows keep the white space before them, so that positions in different rows compare."""
    if not any(line.indent for line in lines):
        return False
    if sum(line.indent >= TAB for line in lines) * 10 >= len(lines):
        return True
    starts = [{t.x for n, t in enumerate(row) if n and t.gap > 1} for row in rows]
    near = [set().union(*starts[max(0, n - 3) : n], *starts[n + 1 : n + 4]) for n in range(len(starts))]
    return 2 * sum(len(here & there) for here, there in zip(starts, near, strict=True)) > sum(map(len, starts))
