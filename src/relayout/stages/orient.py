"""Orient: a page of vertical lines is turned, so that all that follows sees lines under each other."""

from __future__ import annotations

from dataclasses import replace

from relayout.geometry import turned
from relayout.imprint import Box, Shape
from relayout.layout import Layout
from relayout.model import Line, Note, Outcome
from relayout.profile import Profile


def orient(layout: Layout, profile: Profile) -> Outcome[Layout]:  # noqa: ARG001
    """Turn a vertical page by a quarter to the left: its first column, at the right, becomes the top line.

    Leaves texts and places alone; lines set across the page's direction (a horizontal headline on a vertical page)
    are marked vertical afterwards, and stage ``restore`` gives every line the box of its source again. Declines where
    most characters stand in horizontal lines, or no line has a box.
    """
    page = layout.page
    if not page.box:
        return Outcome(layout)
    upright = sum(len(line.text) for line in page.lines if line.vertical)
    if 2 * upright <= sum(len(line.text) for line in page.lines):
        return Outcome(layout)
    width = page.box.width
    lines = tuple(_turned(line, width) for line in page.lines)
    shapes = tuple(Shape(shape.form, turned(shape.box, width), shape.colour) for shape in page.shapes)
    box = Box(0.0, 0.0, page.box.height, width)
    note = Note("orient", "the page is read from the right, column by column", f"{upright} characters stand upright")
    return Outcome(replace(layout, page=replace(page, lines=lines, shapes=shapes, box=box), turned=True), (note,))


def _turned(line: Line, width: float) -> Line:
    return replace(line, box=turned(line.box, width), vertical=not line.vertical) if line.box else line
