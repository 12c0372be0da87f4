"""What OCR reads twice, and what it reads in specks, creases and the grain of pictures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from unicodedata import category, east_asian_width

from relayout.chars import ink
from relayout.geometry import centred
from relayout.imprint import Box
from relayout.model import Line

SAME = 0.6  # of the smaller of two boxes lies on the other: both are of one printed line
ALIKE = 0.7  # of the characters are the same
KEPT = frozenset("—–„“”»«…")  # the dash of an empty cell, ditto marks
RUN = 3  # of one mark: a row of stars or dots, which was printed
MARKS = 0.5  # of the characters of a line are marks: it is none
SPECK = 3  # characters at most
TINY = 0.35  # of the size of running text
_WORD = re.compile(r"[-+–−(\[]{0,2}\w+(?:[.,:/–’'-]\w+)*[.,:;!?%°)\]]{0,2}")


def doubled(lines: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
    """Yield each line that is another one read again, and that other: they lie on each other, and say nearly the same.

    The shorter of the two is the one too many, or the later.
    """
    rows = sorted((line for line in lines if line.box), key=lambda line: line.box.y0 if line.box else 0.0)
    gone: set[int] = set()
    for n, one in enumerate(rows):
        for other in rows[n + 1 :]:
            if not one.box or not other.box or other.box.y0 >= one.box.y1 or id(one) in gone:
                break
            if id(other) in gone or _shared(one.box, other.box) < SAME or not _alike(one.text, other.text):
                continue
            first, second = sorted((one, other), key=lambda line: (-len(ink(line.text)), line.place))
            gone.add(id(second))
            yield second, first


def _shared(a: Box, b: Box) -> float:
    """Return how much of the smaller of two boxes lies on the other."""
    wide, high = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
    least = min(a.width * a.height, b.width * b.height)
    return wide * high / least if wide > 0 < high and least else 0.0


def _alike(one: str, two: str) -> bool:
    a, b = Counter(ink(one)), Counter(ink(two))
    return (a & b).total() >= ALIKE * max(a.total(), b.total())


def dirty(lines: Sequence[Line], images: Sequence[Box], size: float) -> Iterator[tuple[Line, str]]:
    """Yield each line that is no text, and why; ``size`` is that of running text.

    Dashes and ditto marks of tables, and rows of stars or dots, stay.
    """
    large = sorted((one for one in lines if one.box and len(ink(one.text)) > 4 * SPECK), key=lambda one: _top(one.box))
    for line in lines:
        box, text = line.box, ink(line.text)
        if not box or _kept(text) or any(len(list(run)) >= RUN for _, run in groupby(text)):
            continue
        letters = sum(char.isalnum() for char in text)
        words = line.text.split()
        if any(east_asian_width(char) in "WF" for char in text) or 2 * sum(map(_is_word, words)) >= len(words):
            continue  # the last character of a paragraph and its full stop
        if not letters:
            yield line, "it has neither letters nor figures"
        elif len(text) > 1 and len(text) - letters >= MARKS * len(text) and max(map(len, words)) <= SPECK:
            yield line, "most of it are marks"
        elif (
            any(centred(image, box) for image in images)
            and len(text) <= SPECK * len(words)
            and letters < 3 * len(words)
        ):
            yield line, "it is read in a picture"
        elif len(text) <= SPECK and (min(box.width, box.height) < TINY * size or _covered(box, large)):
            yield line, "it is a speck"


def _kept(text: str) -> bool:
    """Say whether a text is the dash of an empty cell (—,—), a ditto mark, or the sign of a currency."""
    return (set(text) <= KEPT | {",", "."} and not set(text) <= {",", "."}) or all(category(c) == "Sc" for c in text)


def _is_word(word: str) -> bool:
    """Say whether a piece of a line can be a word, a number, an item's mark or a short word.

    >>> [_is_word(word) for word in ("b)", "-2", "r.", "12,50", "i~", "•t", "'l")]
    [True, True, True, True, False, False, False]
    """
    return _WORD.fullmatch(word) is not None or all(category(char) == "Sc" for char in word)


def _top(box: Box | None) -> float:
    return box.y0 if box else 0.0


def _covered(box: Box, large: Sequence[Line]) -> bool:
    """Say whether a box lies on a line of text."""
    return any(line.box is not None and centred(line.box, box) for line in large)
