"""Where and how things are printed: boxes, the style of a line, and what is no text; see :mod:`relayout.model`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from relayout.roles import Form


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page: origin at the top left, y downwards, any one unit throughout a page.

    >>> Box(0, 0, 10, 4).height
    4
    """

    x0: float
    y0: float
    x1: float
    y1: float

    def __post_init__(self) -> None:
        if not (self.x0 <= self.x1 and self.y0 <= self.y1):
            raise ValueError(f"a box must run left to right and top to bottom, not {self}")

    @property
    def width(self) -> float:
        """Width in the page's unit."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Height in the page's unit."""
        return self.y1 - self.y0


def around(boxes: Iterable[Box]) -> Box:
    """Return the smallest box that holds all of ``boxes``. Raises ValueError for none.

    >>> around((Box(0, 0, 10, 4), Box(2, 2, 12, 3)))
    Box(x0=0, y0=0, x1=12, y1=4)
    """
    x0, y0, x1, y1 = zip(*((box.x0, box.y0, box.x1, box.y1) for box in boxes), strict=True)
    return Box(min(x0), min(y0), max(x1), max(y1))


class Stance(NamedTuple):
    """How a page stood in its source before it was set upright: mirrored top to bottom, then turned to the right.

    ``turn`` in degrees: 0, 90, 180 or 270.
    """

    turn: int = 0
    mirrored: bool = False


UPRIGHT = Stance()


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How most characters of a line are set; the names are those of ALTO's ``TextStyle``.

    ``size`` in the page's unit; ``font`` the family as the source names it, without the tag of a subset; ``colour`` as
    ``#rrggbb``, or nothing where the source does not say.
    """

    size: float
    font: str = ""
    bold: bool = False
    italic: bool = False
    colour: str = ""


class Blank(NamedTuple):
    """White in a line that is wider than between words: before character ``at`` of the raw line of this number.

    It reaches from ``low`` to ``high`` along the line, in the unit of the page.
    """

    line: int
    at: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Shape:
    """What is printed on a page and is no text: a rule, a frame, a tint, a picture; ``colour`` as in a text style."""

    form: Form
    box: Box
    colour: str = ""
