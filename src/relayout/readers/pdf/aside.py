"""Text that is turned to the left or upside down: a credit that climbs a picture, the solution of a puzzle."""

from __future__ import annotations

from collections.abc import Sequence

from relayout.geometry import around
from relayout.imprint import Box
from relayout.readers.pdf.glyphs import Glyph

TURNS = (180, 270)  # degrees to the right; what is turned by 90 reads downwards, as columns do
MOST_LINES = 2000  # on their head among others; more are no blocks, and to look for them would take long
_NEAR = 1.0  # of the lower of two lines: the white between lines of one block
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


def blockwise(boxes: Sequence[Box], turn: int) -> list[Box]:
    """Turn every block of lines that stand on their head about its own middle, so that its first line is on top.

    A block stays where it is printed, and only its lines change places: so they follow each other as they are read (the
    answers of a quiz). Declines for other turns.

    >>> blockwise([Box(0, 20, 50, 30), Box(10, 5, 50, 15)], 180)
    [Box(x0=0, y0=5, x1=50, y1=15), Box(x0=0, y0=20, x1=40, y1=30)]
    """
    found = list(boxes)
    if turn != 180 or len(found) > MOST_LINES:
        return found
    blocks: list[list[int]] = []
    for n in sorted(range(len(found)), key=lambda n: found[n].y0):
        near = [block for block in blocks if any(_follows(found[m], found[n]) for m in block)]
        blocks = [block for block in blocks if block not in near] + [[m for block in near for m in block] + [n]]
    for block in blocks:
        whole = around(found[n] for n in block)
        for n in block:
            x0, x1 = whole.x0 + whole.x1 - found[n].x1, whole.x0 + whole.x1 - found[n].x0
            found[n] = Box(x0, whole.y0 + whole.y1 - found[n].y1, x1, whole.y0 + whole.y1 - found[n].y0)
    return found


def _follows(upper: Box, lower: Box) -> bool:
    white = lower.y0 - upper.y1
    return white < _NEAR * min(upper.height, lower.height) and upper.x0 < lower.x1 and lower.x0 < upper.x1
