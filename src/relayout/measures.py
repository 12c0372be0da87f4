"""How wide the columns of a page are of which only lines are known."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from relayout.imprint import Box

SLIM = 6.0  # times the size of text: no column is slimmer
TRIED = 400  # widths


def usual_width(boxes: Sequence[Box], body: float) -> float:
    """Return how wide a column of the page is: the width that most of the length of its lines has.

    >>> usual_width([Box(0, 0, 95, 9), Box(0, 10, 96, 19), Box(0, 20, 210, 29), Box(0, 30, 40, 39)], 10.0)
    217.5
    """
    widths = sorted(box.width for box in boxes if box.width > SLIM * body)
    if not widths:
        return max(box.width for box in boxes)
    step = 1.5 * body
    sums = [0.0, *accumulate(widths)]

    def weight(n: int) -> float:
        return sums[bisect_left(widths, widths[n] + step)] - sums[n]

    best = max(range(0, len(widths), max(1, len(widths) // TRIED)), key=weight)
    return widths[best] + step / 2
