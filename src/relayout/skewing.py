"""How far a page is skewed, by the left edges of its columns, and its boxes as they stand when it is set straight."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from statistics import median

from relayout.imprint import Box

MOST = 0.03  # of a length: how far a page is skewed at most
LONG = 6.0  # times the size of text: shorter lines are titles, and begin anywhere
NEAR, FAR = 12.0, 40.0  # times it: how far lines stand apart of which the skew is read
BAND = 0.004  # of a length: what one skew looks like from line to line
FEW = 50  # pairs of lines: fewer do not tell
LOOKED_AT = 16  # lines below each
TRIED = 400  # slopes


def skew(boxes: Sequence[Box], body: float) -> float:
    """Return by how much the left edges of columns lean: sideways for each length downwards, 0 where it is not seen.

    ``body`` is the size of running text, in the unit of the boxes.

    >>> leaning = [Box(100 + 0.01 * y, y, 400, y + 9) for y in range(0, 900, 10)]
    >>> round(skew(leaning, 10.0), 3)
    0.01
    """
    bins: dict[int, list[tuple[float, float]]] = {}
    for box in boxes:
        if box.width > LONG * body:
            bins.setdefault(int(box.x0 / (2 * body)), []).append((box.y0, box.x0))
    seen: list[float] = []
    for at, points in bins.items():
        others = sorted([*points, *bins.get(at + 1, ())])
        for y, x in points:
            first = bisect_left(others, (y + NEAR * body, 0.0))
            for v, u in others[first : first + LOOKED_AT]:
                if v - y > FAR * body:
                    break
                if abs(u - x) < MOST * (v - y):
                    seen.append((u - x) / (v - y))
    if len(seen) < FEW:
        return 0.0
    seen.sort()
    # Most lines begin at the edge: where slopes are densest, and the middle of what is near to that.
    best = max(range(0, len(seen), max(1, len(seen) // TRIED)), key=lambda n: bisect_left(seen, seen[n] + BAND) - n)
    return median(seen[best : bisect_left(seen, seen[best] + BAND)])


def straight(box: Box, lean: float) -> Box:
    """Return a box of a page that leans as it would stand on it if it did not.

    >>> straight(Box(10, 100, 30, 110), 0.1)
    Box(x0=-0.5, y0=102.0, x1=19.5, y1=112.0)
    """
    dx, dy = -lean * (box.y0 + box.y1) / 2, lean * (box.x0 + box.x1) / 2
    return Box(box.x0 + dx, box.y0 + dy, box.x1 + dx, box.y1 + dy)
