"""Lines that OCR drew over a gutter: where they are to be cut, so that each part stands in its own column."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

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
        new = _crossed([line for line in now if line.box and line.style and not line.vertical], gaps)
        if not new:
            break
        for gap in new:
            found[gap.line] = sorted((*found.get(gap.line, ()), gap))
    return found


def _crossed(level: Sequence[Line], gaps: Sequence[Blank]) -> list[Blank]:
    rows = sorted((_middle(line), n) for n, line in enumerate(level))
    heights = [y for y, _ in rows]
    own: dict[int, list[Blank]] = {}
    for gap in gaps:
        own.setdefault(gap.line, []).append(gap)
    found: list[Blank] = []
    for line in level:
        start, end = line.place.start, line.place.end
        for gap in own.get(line.place.line, ()):
            if gap.at <= start or (end is not None and gap.at >= end):
                continue
            size = line.style.size if line.style else 1.0
            y = _middle(line)
            here = rows[bisect_left(heights, y - NEAR * size) : bisect_right(heights, y + NEAR * size)]
            near = [level[n] for _, n in here if level[n] is not line]
            if line.box and _is_gutter(gap, line.box, size, near, own):
                found.append(gap)
    return found


def _middle(line: Line) -> float:
    return (line.box.y0 + line.box.y1) / 2 if line.box else 0.0


def _is_gutter(gap: Blank, at: Box, size: float, near: Sequence[Line], own: Mapping[int, list[Blank]]) -> bool:
    """Say whether lines around end before a gap and begin behind it, some right over or under it, and few run over.

    ``at`` is the line: lines that end before it begins are those of another column.
    """
    begin = end = over = 0
    y = (at.y0 + at.y1) / 2
    before = behind = False
    middle = (gap.low + gap.high) / 2
    for line in near:
        box, style = line.box, line.style
        if not box or not style or not 1 / ALIKE < style.size / size < ALIKE or box.width < 2 * size:
            continue
        if gap.low - 0.2 * size < box.x0 < min(gap.high + BEGIN * size, at.x1):  # or before it: a first line is set in
            begin += 1
            behind = behind or abs((box.y0 + box.y1) / 2 - y) < NEXT * size
        elif -0.3 * size < gap.high - box.x1 and -BEGIN * size < gap.low - box.x1 < END * size and box.x1 > at.x0:
            end += 1
            before = before or abs((box.y0 + box.y1) / 2 - y) < NEXT * size
        elif box.x0 < middle - size and box.x1 > middle + size:
            over += not any(one.low < middle < one.high for one in own.get(line.place.line, ()))
    return before and behind and begin >= LEAST and end >= LEAST and over <= CROSSED * begin


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
