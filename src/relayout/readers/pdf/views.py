"""How a page is seen: its box and its turn bring what is in it to points from the top left."""

from __future__ import annotations

from typing import Any, NamedTuple

from relayout.imprint import Box, Stance
from relayout.readers.pdf.boxes import seen


class View(NamedTuple):
    """How the page is seen: its crop box and rotation turn what is in it to points from the top left."""

    x0: float
    y0: float
    x1: float
    y1: float
    turn: int
    mirrored: bool

    @classmethod
    def of(cls, page: Any, stance: Stance) -> View:
        """Return how an open page is seen, taken out of its ``stance``."""
        _, crop = seen(page.get_mediabox(), page.get_cropbox())
        return cls(*crop, page.get_rotation() % 360, stance.mirrored)

    @property
    def box(self) -> Box:
        """The page."""
        width, height = self.x1 - self.x0, self.y1 - self.y0
        across, down = (height, width) if self.turn in (90, 270) else (width, height)
        return Box(0.0, 0.0, round(across, 3), round(down, 3))

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the page is seen."""
        if self.turn == 90:
            x, y = y - self.y0, x - self.x0
        elif self.turn == 180:
            x, y = self.x1 - x, y - self.y0
        elif self.turn == 270:
            x, y = self.y1 - y, self.x1 - x
        else:
            x, y = x - self.x0, self.y1 - y
        return x, self.box.y1 - y if self.mirrored else y

    def turned(self, turn: int) -> int:
        """Return how far what is turned by ``turn`` is seen to be, in degrees to the right."""
        return (-(turn + self.turn) if self.mirrored else turn + self.turn) % 360

    def rect(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return a rectangle of the page as it is seen."""
        ax, ay = self.point(left, bottom)
        bx, by = self.point(right, top)
        return Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
