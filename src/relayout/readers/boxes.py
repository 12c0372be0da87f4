"""Where elements of ALTO stand, and how large its pages are: nothing where that cannot be true."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from relayout.imprint import Box
from relayout.readers import markup
from relayout.readers.placing import FARTHEST, box_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def box_in(element: Element) -> Box | None:
    """Return the box of an element, from HPOS, VPOS, WIDTH and HEIGHT or its polygon; ``None`` where it has none."""
    get = element.get
    try:
        x, y, width, height = (float(get(name, "")) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
        return box_of(((x, y), (x + width, y + height))) if width > 0 < height else None
    except ValueError:
        pass
    for shape in markup.children(element, "Shape"):
        for polygon in markup.children(shape, "Polygon"):
            points = [float(number) for number in _NUMBER.findall(polygon.get("POINTS", ""))]
            if len(points) >= 6 and len(points) % 2 == 0:
                return box_of(zip(points[::2], points[1::2], strict=True))
    return None


def size_of(page: Element) -> Box | None:
    """Return the box of a page, from its width and height, or from how far its print space reaches."""
    width, height = markup.number(page, "WIDTH"), markup.number(page, "HEIGHT")
    if width and height and 0 < width <= FARTHEST and 0 < height <= FARTHEST:
        return Box(0.0, 0.0, width, height)
    for space in markup.children(page, "PrintSpace"):
        if (box := box_in(space)) and box.x1 > 0 and box.y1 > 0:
            return Box(0.0, 0.0, box.x1, box.y1)
    return None
