"""Orient: lengths in points or nearly, and a vertical page turned: all that follows sees lines under each other."""

from __future__ import annotations

from dataclasses import replace
from math import log2
from statistics import median_low

from relayout.geometry import turned
from relayout.imprint import Box
from relayout.layout import Layout
from relayout.model import Line, Note, Outcome, Page
from relayout.profile import Profile
from relayout.scaling import enlarged

USUAL = 10.0  # points: about the size of running text


def orient(layout: Layout, profile: Profile) -> Outcome[Layout]:  # noqa: ARG001
    """Turn a vertical page by a quarter to the left: its first column, at the right, becomes the top line.

    A page that is not measured in points (pixels of a scan, tenths of a millimetre) is first made larger or smaller by
    a power of two, which loses nothing, so that its running text is of about ten points.
    Leaves texts and places alone; lines set across the page's direction (a horizontal headline on a vertical page)
    are marked vertical afterwards, and stage ``restore`` gives every line the box of its source again. Declines where
    the lengths are usual and most characters stand in horizontal lines, or no line has a box.
    """
    page = layout.page
    if not page.box:
        return Outcome(layout)
    scale = _scale(page)
    if scale != 1.0:
        page = enlarged(page, scale)
    upright = sum(len(line.text) for line in page.lines if line.vertical)
    if 2 * upright <= sum(len(line.text) for line in page.lines) or not page.box:
        return Outcome(replace(layout, page=page, scale=scale) if scale != 1.0 else layout)
    width = page.box.width
    lines = tuple(_turned(line, width) for line in page.lines)
    shapes = tuple(replace(shape, box=turned(shape.box, width)) for shape in page.shapes)
    down = {line.place.line for line in page.lines if line.vertical}
    gaps = tuple(gap for gap in page.blanks if gap.line in down)
    page = replace(page, lines=lines, shapes=shapes, blanks=gaps, box=Box(0.0, 0.0, page.box.height, width))
    note = Note("orient", "the page is read from the right, column by column", f"{upright} characters stand upright")
    return Outcome(replace(layout, page=page, turned=True, scale=scale), (note,))


def _scale(page: Page) -> float:
    """Return by which power of two the lengths of a page are to be made larger."""
    sizes = [line.style.size for line in page.lines for _ in line.text if line.style and line.style.size > 0]
    return 2.0 ** round(log2(USUAL / median_low(sizes))) if sizes else 1.0


def _turned(line: Line, width: float) -> Line:
    return replace(line, box=turned(line.box, width), vertical=not line.vertical) if line.box else line
