"""How far a page leans that lay askew on the glass: by the edges of its columns, which are straight in print."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace
from statistics import median

from relayout.imprint import Box
from relayout.model import Line, Page
from relayout.regions import body_size

LEAST = 0.0005  # less is the grain of the boxes
MOST = 0.03  # no page leans by more: a scan of one that does is made anew
LONG = 6.0  # times the size of text: shorter lines are titles, and begin anywhere
LARGE = 1.5  # times it: so are those that are larger
NEAR, FAR = 12.0, 40.0  # times it: how far lines stand apart of which the lean is read
BAND = 0.004  # of a length: what one lean looks like from line to line
FEW = 50  # pairs of lines: fewer do not tell
LOOKED_AT = 16  # lines below each
TRIED = 400  # slopes
LOW = 1.0  # of its size: the box of a line that is no higher was not made higher by leaning (PAGE with baselines only)
THIN = 0.1  # of the size of type: no rule is thinner


def lean(lines: Iterable[Line], size: float) -> float:
    """Return how far a page leans to the right for each unit down (and up for each to the right); 0 if it stands.

    ``size`` is that of running text, whose lines tell: the left edges of those that stand some way under each other.

    >>> from relayout.model import Place
    >>> boxes = [Box(100 + 0.01 * y, y, 400, y + 9) for y in range(0, 900, 10)]
    >>> round(lean([Line("a", "a", Place(1, n), box) for n, box in enumerate(boxes, 1)], 10.0), 3)
    0.01
    """
    bins: dict[int, list[tuple[float, float]]] = {}
    for line in lines:
        box = line.box
        if box and box.width > LONG * size and not (line.style and line.style.size > LARGE * size):
            bins.setdefault(int(box.x0 / (2 * size)), []).append(((box.y0 + box.y1) / 2, box.x0))
    seen: list[float] = []
    for at, points in bins.items():
        others = sorted([*points, *bins.get(at + 1, ())])
        for y, x in points:
            first = bisect_left(others, (y + NEAR * size, 0.0))
            for v, u in others[first : first + LOOKED_AT]:
                if v - y > FAR * size:
                    break
                if abs(u - x) < MOST * (v - y):
                    seen.append((u - x) / (v - y))
    if len(seen) < FEW:
        return 0.0
    seen.sort()
    # Most lines begin at the edge: where slopes are densest, and the middle of what is near to that.
    best = max(range(0, len(seen), max(1, len(seen) // TRIED)), key=lambda n: bisect_left(seen, seen[n] + BAND) - n)
    found = median(seen[best : bisect_left(seen, seen[best] + BAND)])
    return found if abs(found) >= LEAST else 0.0


def stood(box: Box, slope: float, middle: tuple[float, float], least: float) -> Box:
    """Return a box of a page that leans by ``slope``, set upright about ``middle``.

    The box of a line that leans is higher than the line, and wider: it is made as it would be if it stood, and no
    thinner than ``least``.

    >>> stood(Box(0, 0, 100, 11), 0.01, (50, 5.5), 5)
    Box(x0=0.055, y0=0.5, x1=99.945, y1=10.5)
    """
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    wide = max(box.width - abs(slope) * box.height, min(box.width, least)) / 2
    high = max(box.height - abs(slope) * box.width, min(box.height, least)) / 2
    dx, dy = shift(x, y, slope, middle)
    return Box(round(x + dx - wide, 6), round(y + dy - high, 6), round(x + dx + wide, 6), round(y + dy + high, 6))


def shift(x: float, y: float, slope: float, middle: tuple[float, float]) -> tuple[float, float]:
    """Return how far a point of the page moves when it is set upright."""
    return -slope * (y - middle[1]), slope * (x - middle[0])


def set_upright(page: Page) -> tuple[Page, float]:
    """Return a page with its lines, shapes and blanks as they stand upright, and how far it leaned; 0 if it does not.

    Leaves texts and places alone.
    """
    size = body_size(page.lines)
    slope = lean(page.lines, size)
    if not slope or not page.box:
        return page, 0.0
    middle = ((page.box.x0 + page.box.x1) / 2, (page.box.y0 + page.box.y1) / 2)

    def line(one: Line) -> Line:
        least = LOW * (one.style.size if one.style else size)
        return replace(one, box=stood(one.box, slope, middle, least)) if one.box else one

    moved = {n.place.line: _along(n, slope, middle) for n in page.lines if n.box}
    gaps = tuple(g._replace(low=g.low + moved[g.line], high=g.high + moved[g.line]) for g in page.blanks)
    shapes = tuple(replace(shape, box=stood(shape.box, slope, middle, THIN * size)) for shape in page.shapes)
    return replace(page, lines=tuple(map(line, page.lines)), shapes=shapes, blanks=gaps), slope


def _along(line: Line, slope: float, middle: tuple[float, float]) -> float:
    """Return how far a line moves along itself."""
    box = line.box
    assert box
    dx, dy = shift((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2, slope, middle)
    return dy if line.vertical else dx
