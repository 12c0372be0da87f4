"""How far a page leans that lay askew on the glass: by the edges of its columns, which are straight in print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from relayout.imprint import Box
from relayout.model import Line

FEWEST = 20  # lines that tell how a page leans
LEAST = 0.002  # less makes no column touch another
SHARPER = 1.15  # times as sharp as they stand must edges be when they are set upright
# How near to each other edges stand that are one, of the size of type; the step from slope to slope, and how many there
# are to each side. No page leans by more than 3 per cent: a scan of one that does is made anew.
STEPS = ((0.4, 0.002, 15), (0.2, 0.001, 8), (0.12, 0.00025, 6))


def lean(lines: Sequence[Line], size: float) -> float:
    """Return how far a page leans to the right for each unit down (and up for each to the right); 0 if it stands.

    ``size`` is that of running text, whose lines tell.
    """
    told = [line.box for line in lines if line.box and line.style and line.style.size < 1.5 * size]
    told = [box for box in told if box.width > 4 * box.height]
    if len(told) < FEWEST:
        return 0.0
    edges = [[(x, (box.y0 + box.y1) / 2) for box in told for x in (getattr(box, side),)] for side in ("x0", "x1")]

    def sharp(slope: float, bin_: float) -> int:
        return sum(_sharp([x - slope * y for x, y in side], bin_ * size) for side in edges)

    best = 0.0
    for bin_, step, count in STEPS:
        near = [best + n * step for n in range(-count, count + 1)]
        sharps = [sharp(slope, bin_) for slope in near]
        good = [slope for slope, one in zip(near, sharps, strict=True) if one == max(sharps)]
        best = good[len(good) // 2]  # all of them set the edges into the same bins
        if abs(best) < LEAST or (bin_ == STEPS[0][0] and sharp(best, bin_) < SHARPER * sharp(0.0, bin_)):
            return 0.0
    return best


def _sharp(places: Sequence[float], step: float) -> int:
    """Say how many edges stand at one place: the sum of squares of a histogram, smoothed over two neighbours."""
    counts = Counter(int(place // step) for place in places)
    keys = sorted(counts)
    whole = sum(count * count for count in counts.values())
    return whole + sum(counts[a] * counts[b] for a, b in pairwise(keys) if b == a + 1)


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
