"""The lines of running text as they are seen: how far each is set in, what it leaves free, what white is over it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from relayout.geometry import level
from relayout.imprint import Box
from relayout.model import Line
from relayout.regions import Region

SHARED = 3  # lines that show an edge
WHITE = 2.0  # of the type size: more white between two regions is no space between paragraphs: a picture stood there


class Sight(NamedTuple):
    """A line of running text as it is seen: lengths as shares of its type size.

    ``inset`` from the left edge that the line could have begun at, ``short`` of the right one; ``gap`` to the line
    before in its column beyond the usual one; ``chunk`` counts the regions, ``head`` says that a crosshead stands
    before the line.
    """

    line: Line
    inset: float
    short: float
    gap: float
    chunk: int
    after_head: bool
    size: float


def sights(
    chunks: Sequence[tuple[Region, bool]], lanes: Sequence[tuple[float, float]], barriers: Sequence[Box]
) -> list[Sight]:
    """Return the lines of ``chunks`` as they are seen; ``lanes`` are the left and right edges of their columns."""
    found: list[Sight] = []
    usual = _usual_gap([region for region, _ in chunks])
    for number, ((region, headed), (left, right)) in enumerate(zip(chunks, lanes, strict=True)):
        left, right = _own(region, left, right)
        for n, line in enumerate(region.lines):
            box, size = line.box, line.style.size if line.style else 1.0
            assert box
            edge, end = _edges(region, line, left, right, barriers)
            torn = [
                o.box
                for o in region.lines[max(n - 1, 0) : n + 2]
                if o is not line and o.box and level(o.box, box) > 0.9
            ]
            edge = box.x0 if any(o.x1 <= box.x0 for o in torn) else edge
            end = box.x1 if any(box.x1 <= o.x0 for o in torn) else end
            over = region.lines[n - 1] if n else _over(chunks, lanes, number)
            gap = (box.y0 - over.box.y1) / size - usual if over and over.box else 0.0
            found.append(
                Sight(line, (box.x0 - edge) / size, (end - box.x1) / size, gap, number, headed and not n, size)
            )
    return _by_rows(found, lanes)


def _over(chunks: Sequence[tuple[Region, bool]], lanes: Sequence[tuple[float, float]], number: int) -> Line | None:
    """Return the last line of the region over another one in its column, if there is only some white between."""
    if not number or lanes[number - 1] != lanes[number]:
        return None
    last, first = chunks[number - 1][0].lines[-1], chunks[number][0].lines[0]
    if not (last.box and first.box and first.style):
        return None
    return last if 0 <= first.box.y0 - last.box.y1 < WHITE * first.style.size else None


def _by_rows(found: list[Sight], lanes: Sequence[tuple[float, float]]) -> list[Sight]:
    """Put what stands at the right of a row after what stands at its left: 範。　　　　特派員王立人 (tw-16)."""
    for n in range(1, len(found)):
        one, two = found[n - 1], found[n]
        a, b = one.line.box, two.line.box
        assert a
        assert b
        if lanes[one.chunk] == lanes[two.chunk] and b.x1 < a.x0 and level(a, b) > 0.5:
            found[n - 1], found[n] = two, one
    return found


def _own(region: Region, left: float, right: float) -> tuple[float, float]:
    """Return the edges that most lines of a region share, if they do: it may be narrower than its column (cn-4)."""
    lefts = Counter(round(line.box.x0) for line in region.lines if line.box)
    rights = Counter(round(line.box.x1) for line in region.lines if line.box)
    first, times = min(lefts.items(), key=lambda item: (-item[1], item[0]))
    last, often = max(rights.items(), key=lambda item: (item[1], item[0]))
    return (first if times >= SHARED else left), (last if often >= SHARED else right)


def _usual_gap(found: Sequence[Region]) -> float:
    gaps: Counter[float] = Counter()
    for region in found:
        for a, b in pairwise(region.lines):
            if a.box and b.box and b.style:
                gaps[round((b.box.y0 - a.box.y1) / b.style.size, 1)] += 1
    return max(gaps, key=lambda g: (gaps[g], -g)) if gaps else 0.0


def _edges(region: Region, line: Line, left: float, right: float, barriers: Sequence[Box]) -> tuple[float, float]:
    """Return where a line could begin and end: beside a box or picture in the column that is at the box."""
    box = line.box
    assert box
    for barrier in barriers:
        if barrier.x1 < left or barrier.x0 > right:
            continue
        # A box keeps some white space below it: the line there is still set round it (de-2, Leitartikel).
        reach = Box(barrier.x0, barrier.y0 - 0.5 * box.height, barrier.x1, barrier.y1 + 1.2 * box.height)
        if level(reach, box) < 0.3:
            continue
        beside = [o.box for o in region.lines if o.box and level(reach, o.box) >= 0.3]
        if barrier.x0 < box.x0 and barrier.x1 <= box.x0 + 0.5 * box.height:
            left = min(b.x0 for b in beside if barrier.x1 <= b.x0 + 0.5 * b.height)
        elif barrier.x0 >= box.x1 - 1:
            right = max(b.x1 for b in beside if barrier.x0 >= b.x1 - 1)
    return left, right
