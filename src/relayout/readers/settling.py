"""Lines of pages that OCR has read, made of what a file has: a box and a size for each line, or for none."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from relayout.chars import canonical, ink
from relayout.imprint import Blank, Box, TextStyle
from relayout.model import Line, Note, Place
from relayout.readers.placing import Found, placed
from relayout.readers.sizing import sizes
from relayout.readers.surety import graded
from relayout.roles import Level
from relayout.told import Sureness

_AFAR = 200  # characters that may stand between two words of a line, and belong to none
_WIDE = 0.5  # times the thickness of a line: a gap, which may be a gutter (0.75 of the size of type in BL 1824)


class Settled(NamedTuple):
    """The numbered lines of a page, its box, notes on what was mended, how sure words are, and wide gaps."""

    lines: tuple[Line, ...]
    box: Box | None
    notes: list[Note]
    sure: tuple[Sureness, ...] = ()
    gaps: tuple[Blank, ...] = ()


def glued(words: Iterable[str]) -> str:
    """Join words by spaces, but not where full-width characters meet: their words have none between them.

    >>> glued(["中央", "社", "15", "日"]), glued(["of", "the"])
    ('中央社 15 日', 'of the')
    """
    out = ""
    for word in words:
        close = out and word and {unicodedata.east_asian_width(c) for c in (out[-1], word[0])} <= {"W", "F"}
        out += word if close or not out else " " + word
    return out


def settled(
    found: Sequence[Found], blocks: Mapping[int, Box | None], page: Box | None, number: int, best: float = 1.0
) -> Settled:
    """Return the lines of a page, those without ink left out, and what was mended.

    ``blocks`` are the boxes of blocks by their number, ``page`` what the file says of the page; units are those of the
    file; ``best`` is what the format says where an engine is sure of a word. Lines without a box get one beside the
    line before; where most have none, no line has.
    """
    found = [one._replace(raw=" ".join(one.raw.splitlines())) for one in found if ink(one.raw)]
    sure, notes = graded([(one.raw, one.sure) for one in found], best, number)
    at = placed(found, blocks, page)
    if not at:
        known = sum(one.box is not None for one in found)
        if found and (known or page):
            why = "most of its lines have no box that can be true"
            notes.insert(0, Note("read", f"the boxes of page {number} are not used", why, 1.0, Level.DOUBT))
        unplaced = tuple(_line(one, None, 0.0, False, number, n) for n, one in enumerate(found, 1))
        return Settled(unplaced, None, notes, sure)
    rows = zip(found, at.boxes, sizes(found, at), at.upright, strict=True)
    lines = tuple(_line(*row, number, n) for n, row in enumerate(rows, 1))
    gaps = tuple(gap for n, (one, up) in enumerate(zip(found, at.upright, strict=True), 1) for gap in _gaps(n, one, up))
    return Settled(lines, at.page, [*(_said(what, why, number) for what, why in at.odd), *notes], sure, gaps)


def grouped(found: Sequence[Found]) -> tuple[tuple[int, ...], ...]:
    """Return the numbers, from 1, of the lines of each block, in the order of the file.

    >>> grouped([Found("a", block=7), Found("b", block=9), Found("c", block=7)])
    ((1, 3), (2,))
    """
    groups: dict[int, list[int]] = {}
    for n, one in enumerate((one for one in found if ink(one.raw)), 1):
        groups.setdefault(one.block, []).append(n)
    return tuple(map(tuple, groups.values()))


def _gaps(number: int, one: Found, upright: bool) -> Iterator[Blank]:
    """Yield the gaps between the words of a line that are wider than spaces."""
    last: Box | None = None
    at = 0
    for word, box in one.words:
        start = one.raw.find(word, at, at + len(word) + _AFAR) if word else -1
        if start < 0 or not box:
            last = None
            continue
        low, high = (last.y1, box.y0) if last and upright else (last.x1, box.x0) if last else (0.0, 0.0)
        if last and high - low > _WIDE * one.thick > 0:
            yield Blank(number, start, low, high)
        at, last = start + len(word), box


def _said(what: str, why: str, number: int) -> Note:
    if why:
        return Note("read", f"page {number} {what}", why, 1.0, Level.DOUBT)
    why = "each is taken to stand after the line before, or at the head of its block"
    return Note("read", f"{what} of page {number} have no box that can be true", why, 0.5, Level.DOUBT)


def _line(one: Found, box: Box | None, size: float, vertical: bool, number: int, n: int) -> Line:
    style = TextStyle(size, one.font, one.bold, one.italic) if box else None
    return Line(one.raw, canonical(one.raw).strip(), Place(number, n), box, style=style, vertical=vertical)
