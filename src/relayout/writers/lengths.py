"""Lengths as a format has them: the unit of a page in one that it allows, whole numbers, boxes within the page."""

from __future__ import annotations

from math import ceil
from typing import NamedTuple

from relayout.imprint import Box
from relayout.model import Page

_INCH = 72.0  # points
_DOTS = {"mm10": 254, "inch1200": 1200}  # an inch


class Measure(NamedTuple):
    """How a page is measured: the name of the unit, how many of it make one of the page's, and the size of the page.

    ``dpi`` is how many of the unit make an inch, 0 where none knows.
    """

    unit: str
    by: float
    dpi: int
    width: int
    height: int

    def box(self, box: Box) -> Box:
        """Return a box of the page in this unit, in whole numbers; it has some ground, and is on the page.

        >>> Measure("pixel", 1, 0, 100, 80).box(Box(2.4, 80, 9.6, 80))
        Box(x0=2, y0=79, x1=10, y1=80)
        """
        x0, x1 = _side(box.x0 * self.by, box.x1 * self.by, self.width)
        y0, y1 = _side(box.y0 * self.by, box.y1 * self.by, self.height)
        return Box(x0, y0, x1, y1)

    def low(self, box: Box) -> bool:
        """Say whether a box in this unit stands in the lower half of the page."""
        return box.y0 + box.y1 > self.height


def pixels(page: Page) -> Measure:
    """Measure a page in pixels, as PAGE does: points become pixels at 300 dpi, any other unit is taken for one.

    >>> pixels(Page(1, (), Box(0, 0, 595, 842), "pt"))
    Measure(unit='px', by=4.166666666666667, dpi=300, width=2480, height=3509)
    """
    if page.unit == "pt":
        return _measure(page, "px", 300 / _INCH, 300)
    return _measure(page, "px", 1.0, _DOTS.get(page.unit, page.names.dpi if page.names else 0))


def alto_units(page: Page) -> Measure:
    """Measure a page in a unit of ALTO: points become 1200ths of an inch, what it does not know is taken for pixels."""
    if page.unit == "pt":
        return _measure(page, "inch1200", 1200 / _INCH, 1200)
    return _measure(page, page.unit if page.unit in _DOTS else "pixel", 1.0, _DOTS.get(page.unit, 0))


def _measure(page: Page, unit: str, by: float, dpi: int) -> Measure:
    box = page.box or Box(0, 0, 1, 1)
    width, height = (max(1, ceil(side * by - 1e-6)) for side in (box.x1, box.y1))
    return Measure(unit, by, dpi, width, height)


def _side(start: float, end: float, most: int) -> tuple[int, int]:
    first = max(0, min(round(start), most - 1))
    return first, max(first + 1, min(round(end), most))
