"""Free functions on boxes: they copy, and know neither pages nor newspapers. Origin at the top left, y downwards."""

from __future__ import annotations

from collections.abc import Iterable

from relayout.imprint import Box


def around(boxes: Iterable[Box]) -> Box:
    """Return the smallest box round ``boxes``, of which there is at least one.

    >>> around([Box(0, 0, 1, 1), Box(3, 2, 4, 5)])
    Box(x0=0, y0=0, x1=4, y1=5)
    """
    found = list(boxes)
    return Box(min(b.x0 for b in found), min(b.y0 for b in found), max(b.x1 for b in found), max(b.y1 for b in found))


def beside(a: Box, b: Box) -> float:
    """Return how much of the narrower of two boxes stands over or under the other, 0 to 1.

    >>> beside(Box(0, 0, 10, 1), Box(5, 3, 25, 4))
    0.5
    """
    shared = min(a.x1, b.x1) - max(a.x0, b.x0)
    return max(0.0, shared) / max(min(a.width, b.width), 0.01)


def level(a: Box, b: Box) -> float:
    """Return how much of the lower of two boxes stands at the height of the other, 0 to 1."""
    shared = min(a.y1, b.y1) - max(a.y0, b.y0)
    return max(0.0, shared) / max(min(a.height, b.height), 0.01)


def holds(outer: Box, inner: Box, slack: float = 1.0) -> bool:
    """Say whether ``inner`` lies within ``outer``, give or take ``slack``."""
    return (
        outer.x0 - slack <= inner.x0
        and outer.y0 - slack <= inner.y0
        and inner.x1 <= outer.x1 + slack
        and inner.y1 <= outer.y1 + slack
    )


def centred(outer: Box, inner: Box) -> bool:
    """Say whether the middle of ``inner`` lies within ``outer``."""
    x, y = (inner.x0 + inner.x1) / 2, (inner.y0 + inner.y1) / 2
    return outer.x0 <= x <= outer.x1 and outer.y0 <= y <= outer.y1


def scaled(box: Box, by: float) -> Box:
    """Return a box of a page whose unit is made ``1 / by`` of what it was.

    >>> scaled(Box(1, 2, 3, 4), 0.5)
    Box(x0=0.5, y0=1.0, x1=1.5, y1=2.0)
    """
    return Box(box.x0 * by, box.y0 * by, box.x1 * by, box.y1 * by)


def turned(box: Box, width: float) -> Box:
    """Turn a box of a page ``width`` wide by a quarter to the left: what stood at the right edge stands at the top.

    >>> turned(Box(90, 10, 100, 60), 100)
    Box(x0=10, y0=0, x1=60, y1=10)
    """
    return Box(box.y0, width - box.x1, box.y1, width - box.x0)


def returned(box: Box, width: float) -> Box:
    """Turn a box back that :func:`turned` turned; ``width`` is that of the page as it was.

    >>> returned(turned(Box(90, 10, 100, 60), 100), 100)
    Box(x0=90, y0=10, x1=100, y1=60)
    """
    return Box(width - box.y1, box.x0, width - box.y0, box.x1)
