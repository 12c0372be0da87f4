"""The glyphs of a page as either engine gives them; what both engines know, in the same words."""

from __future__ import annotations

from typing import NamedTuple

from relayout.imprint import Box, Shape
from relayout.roles import Level

MOST_GLYPHS = 200_000  # on one page; the densest newspaper page has some 30,000


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
        return self.y - 0.88 * self.size

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


class Sheet(NamedTuple):
    """A page as it is printed: its size, glyphs, shapes, label; where white can be seen, whether there are pictures."""

    box: Box
    glyphs: tuple[Glyph, ...]
    shapes: tuple[Shape, ...]
    label: str = ""
    grounds: tuple[Box, ...] = ()
    pictured: bool = False
    remarks: tuple[Remark, ...] = ()
