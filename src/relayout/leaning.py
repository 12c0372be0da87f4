"""How far a page leans that lay askew on the glass: by the edges of its columns, which are straight in print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from relayout.imprint import Box
from relayout.model import Line

FEWEST = 20  # lines that tell how a page leans
MOST = 0.03  # no page leans more: a scan of one that does is made anew
SHARPER = 1.15  # times as sharp as they stand must edges be when they are set upright
COARSE, FINE = 0.002, 0.00025  # steps; less than the first makes no column touch another
BIN, NARROW = 0.4, 0.12  # of the size of type: how near to each other edges stand that are one


def lean(lines: Sequence[Line], size: float) -> float:
    """Return how far a page leans to the right for each unit down (and up for each to the right); 0 if it stands.

    ``size`` is that of running text, whose lines tell.
    """
    told = [line.box for line in lines if line.box and line.style and line.style.size < 1.5 * size]
    told = [box for box in told if box.width > 4 * box.height]
    if len(told) < FEWEST:
        return 0.0
    edges = [[(x, (box.y0 + box.y1) / 2) for box in told for x in (getattr(box, side),)] for side in ("x0", "x1")]
    step = BIN * size

    def sharp(slope: float) -> int:
        return sum(_sharp([x - slope * y for x, y in side], step) for side in edges)

    best = max(
        (n * COARSE for n in range(-round(MOST / COARSE), round(MOST / COARSE) + 1)), key=lambda s: (sharp(s), -abs(s))
    )
    if abs(best) < COARSE or sharp(best) < SHARPER * sharp(0.0):
        return 0.0
    step = NARROW * size
    near = [best + n * FINE for n in range(-round(1.5 * COARSE / FINE), round(1.5 * COARSE / FINE) + 1)]
    return max(near, key=lambda s: (sharp(s), -abs(s)))


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
