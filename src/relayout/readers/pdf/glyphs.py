"""The glyphs of a page as either engine gives them; what both engines know, in the same words."""

from __future__ import annotations

from typing import NamedTuple

from relayout.imprint import Box, Shape
from relayout.roles import Level

MOST_GLYPHS = 200_000  # on one page; the densest newspaper page has some 30,000
GRID = 256  # to a point
OVER, UNDER = 0.88, 0.12  # of the type size: the em box over the baseline and under it


class Glyph(NamedTuple):
    """One glyph: its characters, its advance from ``x0`` to ``x1``, its baseline ``y``, in points from the top left.

    ``size`` is the type size; ``turn`` is how far the glyph is turned to the right, in degrees; ``hidden`` says why it
    cannot be seen, or nothing. ``order`` is its place in the stream of the page. ``length`` is the advance of a glyph
    that is turned by a quarter, downwards from its ``top``; of another one it is 0. ``mirrored`` says whether it is
    seen as in a mirror: top to bottom, before it is turned.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    font: str
    bold: bool
    italic: bool
    colour: str
    turn: int
    hidden: str
    order: int
    length: float = 0.0
    mirrored: bool = False

    @property
    def middle(self) -> float:
        """The middle of the glyph across a vertical line."""
        return (self.x0 + self.x1) / 2

    @property
    def top(self) -> float:
        """Where the em box begins."""
        return self.y - OVER * self.size

    @property
    def level(self) -> float:
        """The middle of what the glyph prints, down the page; in a mirror it hangs under its baseline."""
        if self.length:
            return self.top + self.length / 2
        return self.y + self.size / 3 if self.mirrored and not self.turn else self.y - self.size / 3

    @property
    def end(self) -> float:
        """Where the glyph ends in a column."""
        return self.top + (self.length or self.size)


class Remark(NamedTuple):
    """What an engine did with some glyphs, or doubts, why, and which ones they are."""

    what: str
    why: str
    window: str = ""
    level: Level = Level.REPAIR


class Spot(NamedTuple):
    """Where a glyph stands: what :class:`Glyph` says of it."""

    x0: float
    x1: float
    y: float
    length: float


def snapped(points: float) -> float:
    """Return a length on the grid of places: engines add up in numbers of other precision.

    What a browser sets stands on it, as its units are 3/256 of a point: it does not fall on either side of a limit.

    >>> snapped(44.99999812), snapped(45.00000763)
    (45.0, 45.0)
    """
    return round(points * GRID) / GRID


def placed(x: float, y: float, advance: float, size: float, turn: int, *, mirrored: bool = False) -> Spot:
    """Return where a glyph stands whose origin on the page is ``x``, ``y``, by its advance and type size in points.

    The ink is not asked for, nor what the font says of its ascent: engines do not agree on them.

    >>> placed(100, 50, 8, 10, 0), placed(100, 50, 8, 10, 90).length
    (Spot(x0=100.0, x1=108.0, y=50.0, length=0.0), 8.0)
    """
    if turn == 0:
        return Spot(snapped(x), snapped(x + advance), snapped(y), 0.0)
    if turn == 180:  # what is mirrored left to right stands over its baseline all the same
        down = 0.0 if mirrored else (OVER - UNDER) * size
        return Spot(snapped(x - advance), snapped(x), snapped(y + down), 0.0)
    if turn == 90:
        return Spot(snapped(x - UNDER * size), snapped(x + OVER * size), snapped(y + OVER * size), snapped(advance))
    y -= advance
    return Spot(snapped(x - OVER * size), snapped(x + UNDER * size), snapped(y + OVER * size), snapped(advance))


class Sheet(NamedTuple):
    """A page as it is printed: its size, glyphs, shapes, label; where white can be seen, whether there are pictures."""

    box: Box
    glyphs: tuple[Glyph, ...]
    shapes: tuple[Shape, ...]
    label: str = ""
    grounds: tuple[Box, ...] = ()
    pictured: bool = False
    remarks: tuple[Remark, ...] = ()
