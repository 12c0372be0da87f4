"""Lines that OCR drew over a gutter: where they are to be cut, so that each part stands in its own column."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from relayout.chars import ink
from relayout.imprint import Blank, Box
from relayout.model import Line, Place

NEAR = 12.0  # times the size of type, up and down: the lines that tell of a gutter
BEGIN, END = 0.7, 4.0  # of the size: how far from the gap a column may begin, and its ragged lines end
LEAST = 3  # lines that begin behind the gap, and lines that end before it
CROSSED = 0.34  # for each that begins there: lines that run over the gap
ALIKE = 1.25  # times as large: type of another size tells nothing (a headline over two columns)
PASSES = 4
NEXT = 2.6  # times the size of type, up or down: where a column has its next line, if that is not cut, too


def crossed(lines: Sequence[Line], gaps: Sequence[Blank]) -> dict[int, list[Blank]]:
    """Return the gaps, by the number of the line, at which a gutter of the lines around runs through a line.

    What is cut tells of the gutter, too: of three such lines under each other the middle one is found last.
    """
    found: dict[int, list[Blank]] = {}
    for _ in range(PASSES):
        now = [part for line in lines for part in parts(line, found.get(line.place.line, ()))]
        new = _crossed([line for line in now if not line.vertical], gaps)
        if not new:
            break
        for gap in new:
            found[gap.line] = sorted((*found.get(gap.line, ()), gap))
    return found


class _Seen(NamedTuple):
    """A line as it tells of gutters: the middle of its height, its edges, its size of type, and its number."""

    y: float
    x0: float
    x1: float
    size: float
    number: int
    line: Line


def _crossed(level: Sequence[Line], gaps: Sequence[Blank]) -> list[Blank]:
    rows = sorted(
        (
            _Seen((line.box.y0 + line.box.y1) / 2, line.box.x0, line.box.x1, line.style.size, line.place.line, line)
            for line in level
            if line.box and line.style
        ),
        key=lambda one: one.y,
    )
    heights = [row.y for row in rows]
    own: dict[int, list[Blank]] = {}
    for gap in gaps:
        own.setdefault(gap.line, []).append(gap)
    found: list[Blank] = []
    for row in rows:
        start, end = row.line.place.start, row.line.place.end
        seen: tuple[list[_Seen], list[_Seen]] | None = None
        for gap in own.get(row.number, ()):
            if gap.at <= start or (end is not None and gap.at >= end):
                continue
            seen = seen or (_near(rows, heights, row, NEXT), _near(rows, heights, row, NEAR))
            if _is_gutter(gap, row, *seen, own):
                found.append(gap)
    return found


def _near(rows: Sequence[_Seen], heights: Sequence[float], row: _Seen, times: float) -> list[_Seen]:
    """Return the lines that are near to one and set as it is; no scraps."""
    far, size = times * row.size, row.size
    some = rows[bisect_left(heights, row.y - far) : bisect_right(heights, row.y + far)]
    return [
        one for one in some if one is not row and 1 / ALIKE < one.size / size < ALIKE and one.x1 - one.x0 >= 2 * size
    ]


def _is_gutter(
    gap: Blank, row: _Seen, next_: Sequence[_Seen], near: Sequence[_Seen], own: Mapping[int, list[Blank]]
) -> bool:
    """Say whether lines around end before a gap and begin behind it, some right over or under it, and few run over."""
    size, low, high = row.size, gap.low, gap.high
    left, right = low - 0.2 * size, min(high + BEGIN * size, row.x1)  # a first line is set in: it begins behind the gap

    def begins(one: _Seen) -> bool:
        return left < one.x0 < right

    def ends(one: _Seen) -> bool:
        # What ends before the line begins is of another column.
        over = row.x0 < one.x1 < high + 0.3 * size
        return over and -BEGIN * size < low - one.x1 < END * size and not begins(one)

    if not any(map(begins, next_)) or not any(map(ends, next_)):
        return False
    begin, end = sum(map(begins, near)), sum(map(ends, near))
    if begin < LEAST or end < LEAST:
        return False
    middle = (low + high) / 2
    over = [one for one in near if one.x0 < middle - size and one.x1 > middle + size and not begins(one)]
    gapless = sum(not any(g.low < middle < g.high for g in own.get(one.number, ())) for one in over if not ends(one))
    return gapless <= CROSSED * begin


def parts(line: Line, gaps: Sequence[Blank]) -> Iterator[Line]:
    """Yield the parts of a line cut at gaps, with their spans and boxes; none without ink."""
    box = line.box
    if not box:
        yield line
        return
    offset, start, left = line.place.start, 0, box.x0
    ends = [*((gap.at - offset, gap.low, gap.high) for gap in gaps), (len(line.raw), box.x1, box.x1)]
    for at, low, high in ends:
        raw = line.raw[start:at]
        if not ink(raw):
            continue
        stop = None if at == len(line.raw) and line.place.end is None else offset + at
        text = line.text if raw == line.raw else " ".join(raw.split())
        place = Place(line.place.page, line.place.line, offset + start, stop)
        yield Line(raw, text, place, Box(left, box.y0, max(left, low), box.y1), style=line.style)
        start, left = at, min(high, box.x1)
