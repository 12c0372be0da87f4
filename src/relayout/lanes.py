"""Where the columns of a text begin and end: what its lines, and the pictures and boxes among them, say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median

from relayout.geometry import around, beside
from relayout.imprint import Box
from relayout.model import Line
from relayout.regions import Region
from relayout.signals.panels import SOME

UNDER = 0.4  # of the narrower of two texts stands over or under the other: they are in one column


def columns_in_order(boxes: Sequence[Box]) -> list[list[int]]:
    """Return which texts, in the order in which they are read, stand in one column: each under the one before.

    >>> columns_in_order([Box(0, 0, 9, 5), Box(0, 6, 9, 9), Box(10, 0, 19, 9)])
    [[0, 1], [2]]
    """
    grid: list[list[int]] = []
    for n, box in enumerate(boxes):
        over = boxes[n - 1] if n else None
        if over and beside(over, box) > 0.5 and box.y0 > over.y0:
            grid[-1].append(n)
        else:
            grid.append([n])
    return grid


def lanes(flow: Sequence[Region], grid: Sequence[Sequence[int]], support: Sequence[Box]) -> list[tuple[float, float]]:
    """Return for each text the edges of its column; a column of short lines is as wide as what else is in it."""
    found: list[tuple[float, float]] = []
    boxes = [around(flow[i].box for i in lane) for lane in grid]
    some = [box.width for box, lane in zip(boxes, grid, strict=True) if sum(len(flow[i].lines) for i in lane) >= SOME]
    usual = median(some or [box.width for box in boxes])
    for box, lane in zip(boxes, grid, strict=True):
        whole = box
        for other in support:
            if box.width < 0.85 * usual and other.width <= 1.1 * usual and beside(other, whole) > 0.5:
                whole = around((whole, other))
        found += [_edges(whole, [line for i in lane for line in flow[i].lines])] * len(lane)
    return found


def runs(flow: Sequence[Region]) -> list[list[int]]:
    """Return texts that are in order in runs that stand under each other: the columns that they are read in."""
    found: list[list[int]] = []
    for n, region in enumerate(flow):
        last = flow[n - 1].box
        if n and beside(last, region.box) > UNDER and region.box.y0 > (last.y0 + last.y1) / 2:
            found[-1].append(n)
        else:
            found.append([n])
    return found


def _edges(whole: Box, lines: Sequence[Line]) -> tuple[float, float]:
    """Return where the lines of a column begin and end: a bracket set half as wide hangs over its edge (hk-6)."""
    lefts = Counter(round(line.box.x0) for line in lines if line.box)
    rights = Counter(round(line.box.x1) for line in lines if line.box)
    size = max((line.style.size for line in lines if line.style), default=1.0)
    left = min(lefts, key=lambda x: (-lefts[x], x))
    right = max(rights, key=lambda x: (rights[x], x))
    return (
        left if left - whole.x0 < size and lefts[left] > 1 else whole.x0,
        right if whole.x1 - right < size and rights[right] > 1 else whole.x1,
    )
