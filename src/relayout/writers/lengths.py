"""Lengths as a format has them: the unit of a page in one that it allows, boxes with some ground, within the page."""

from __future__ import annotations

from math import ceil
from typing import NamedTuple

from relayout.imprint import Box
from relayout.model import Page

_INCH = 72.0  # points


class Measure(NamedTuple):
    """How a page is measured: the name of the unit, how many of it make one of the page's, how fine it is, its size.

    ``step`` is the least length that is written; ``dpi`` is how many of the unit make an inch, 0 where none knows.
    """

    unit: str
    by: float
    step: float
    dpi: int
    width: float
    height: float

    def box(self, box: Box) -> tuple[float, float, float, float]:
        """Return the left and upper edge, the width and the height of a box, in steps, and at least one of them.

        >>> Measure("pixel", 1, 1, 0, 100, 80).box(Box(2.4, 80, 9.6, 80))
        (2, 79, 8, 1)
        """
        x0, x1 = self._side(box.x0, box.x1, self.width)
        y0, y1 = self._side(box.y0, box.y1, self.height)
        return self._even(x0), self._even(y0), self._even(x1 - x0), self._even(y1 - y0)

    def _side(self, start: float, end: float, most: float) -> tuple[float, float]:
        start = max(0.0, min(self._even(start * self.by), most - self.step))
        return start, max(start + self.step, min(self._even(end * self.by), most))

    def _even(self, value: float) -> float:
        return round(value) if self.step == 1 else round(value, 2)


def pixels(page: Page) -> Measure:
    """Measure a page in whole pixels, as PAGE does: points become pixels at 300 dpi, other units are taken for them.

    >>> pixels(Page(1, (), Box(0, 0, 595, 842)))[:4]
    ('px', 4.166666666666667, 1, 300)
    """
    dpi = {"pt": 300, "mm10": 254, "inch1200": 1200}.get(page.unit, 0)
    return _measure(page, "px", 300 / _INCH if page.unit == "pt" else 1.0, 1, dpi)


def alto_units(page: Page) -> Measure:
    """Measure a page in a unit of ALTO: points become 1200ths of an inch, what it does not know is taken for pixels."""
    if page.unit == "pt":
        return _measure(page, "inch1200", 1200 / _INCH, 1, 1200)
    known = {"mm10": 254, "inch1200": 1200}
    return _measure(page, page.unit if page.unit in known else "pixel", 1.0, 0.01, known.get(page.unit, 0))


def _measure(page: Page, unit: str, by: float, step: float, dpi: int) -> Measure:
    box = page.box or Box(0, 0, 1, 1)
    sides = (box.x1 * by, box.y1 * by)
    whole = [max(1.0, float(ceil(side - 1e-6))) if step == 1 else max(1.0, round(side, 2)) for side in sides]
    return Measure(unit, by, step, dpi, *whole)


def number(value: float) -> str:
    """Write a length with two places of decimals at most.

    >>> number(12.0), number(12.25)
    ('12', '12.25')
    """
    return f"{value:.2f}".rstrip("0").rstrip(".")
