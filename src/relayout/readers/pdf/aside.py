"""Text that is turned to the left or upside down: a credit that climbs a picture, the solution of a puzzle."""

from __future__ import annotations

from collections.abc import Sequence

from relayout.imprint import Box
from relayout.readers.pdf.glyphs import Glyph

TURNS = (180, 270)  # degrees to the right; what is turned by 90 reads downwards, as columns do
_OVER, _UNDER = 0.88, 0.12  # of the type size: what stands over the baseline and under it


def levelled(glyphs: Sequence[Glyph], turn: int) -> list[Glyph]:
    """Return glyphs that are turned by ``turn`` as they are seen with the page turned back, so that they are level.

    Places count from the corner of the page that is then at the top left, and are negative; :func:`returned` undoes it.
    """
    return [_upside(g) if turn == 180 else _climbing(g) for g in glyphs]


def _climbing(g: Glyph) -> Glyph:
    return g._replace(x0=-g.end, x1=-g.top, y=(g.x0 + g.x1) / 2 + (_OVER - 0.5) * g.size, turn=0, length=0.0)


def _upside(g: Glyph) -> Glyph:
    return g._replace(x0=-g.x1, x1=-g.x0, y=-(g.top + _UNDER * g.size), turn=0, length=0.0)


def returned(box: Box, turn: int) -> Box:
    """Return the box of a line of :func:`levelled` glyphs as it stands on the page.

    >>> returned(Box(-50, 10, -20, 20), 270)
    Box(x0=10, y0=20, x1=20, y1=50)
    """
    if turn == 180:
        return Box(-box.x1, -box.y1, -box.x0, -box.y0)
    return Box(box.y0, -box.x1, box.y1, -box.x0)
