"""A page whose unit of length is another: boxes, type sizes and shapes together."""

from __future__ import annotations

from dataclasses import replace

from relayout.geometry import scaled
from relayout.model import Page


def enlarged(page: Page, by: float) -> Page:
    """Return a page all of whose lengths are ``by`` times what they were; what has no place stays without.

    >>> from relayout.imprint import Box
    >>> enlarged(Page(1, (), Box(0, 0, 100, 50)), 0.5).box
    Box(x0=0.0, y0=0.0, x1=50.0, y1=25.0)
    """
    lines = tuple(
        replace(
            line,
            box=scaled(line.box, by) if line.box else None,
            style=replace(line.style, size=line.style.size * by) if line.style else None,
        )
        for line in page.lines
    )
    shapes = tuple(replace(shape, box=scaled(shape.box, by)) for shape in page.shapes)
    gaps = tuple(gap._replace(low=gap.low * by, high=gap.high * by) for gap in page.blanks)
    return replace(page, lines=lines, shapes=shapes, blanks=gaps, box=scaled(page.box, by) if page.box else None)
