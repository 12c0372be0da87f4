"""Where elements of ALTO stand, and how large its pages are: nothing where that cannot be true."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from relayout.imprint import Box
from relayout.readers import markup

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_FARTHEST = 1e7  # in any unit: no page is a kilometre long
_LEAST = 0.01
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def box_of(element: Element) -> Box | None:
    """Return the box of an element, from HPOS, VPOS, WIDTH and HEIGHT or its polygon; ``None`` where it has none."""
    get = element.get
    try:
        x, y = float(get("HPOS", "")), float(get("VPOS", ""))
        return _sane(x, y, x + float(get("WIDTH", "")), y + float(get("HEIGHT", "")))
    except ValueError:
        pass
    for shape in markup.children(element, "Shape"):
        for polygon in markup.children(shape, "Polygon"):
            points = [float(number) for number in _NUMBER.findall(polygon.get("POINTS", ""))]
            xs, ys = points[::2], points[1::2]
            if len(points) >= 6 and len(xs) == len(ys):
                return _sane(min(xs), min(ys), max(xs), max(ys))
    return None


def _sane(x0: float, y0: float, x1: float, y1: float) -> Box | None:
    """Return a box with some ground and with numbers that a page can have."""
    # Written so that a comparison with NaN fails too.
    if -_FARTHEST < x0 <= x1 - _LEAST and x1 < _FARTHEST and -_FARTHEST < y0 <= y1 - _LEAST and y1 < _FARTHEST:
        return Box(x0, y0, x1, y1)
    return None


def size_of(page: Element) -> tuple[float, float] | None:
    """Return width and height of a page, or how far its print space reaches."""
    width, height = markup.number(page, "WIDTH"), markup.number(page, "HEIGHT")
    if width and height and 0 < width <= _FARTHEST and 0 < height <= _FARTHEST:
        return width, height
    for space in markup.children(page, "PrintSpace"):
        if (box := box_of(space)) and box.x1 > 0 and box.y1 > 0:
            return box.x1, box.y1
    return None
