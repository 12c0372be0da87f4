"""From what is drawn on a page to rules, frames, tints and pictures; the same for both engines."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from relayout.geometry import holds
from relayout.imprint import Box, Shape
from relayout.readers.pdf.glyphs import Glyph
from relayout.roles import Form

THIN = 3.0  # points: what is thinner is a rule
SHORTEST = 6.0  # points: a shorter rule is a dot or part of a drawing
LEAST = 8.0  # points: a smaller picture or frame is an ornament
WHOLE = 0.92  # of the page: what is larger is its ground
LARGE = 24.0  # points: what is smaller and white is no picture
FEW = 8  # segments: a frame or tint has as many at most; more is a drawing


class Path(NamedTuple):
    """Something drawn: where, and whether it is a picture, filled, stroked; how many segments its outline has."""

    box: Box
    picture: bool = False
    filled: bool = False
    stroked: bool = False
    colour: str = ""
    segments: int = 5
    width: float = 1.0


def scaled(a: float, b: float, c: float, d: float) -> float:
    """Return by how much a matrix makes a line wider.

    >>> scaled(0.75, 0, 0, -0.75)
    0.75
    """
    return math.sqrt(abs(a * d - b * c))


def shaped(paths: Sequence[Path], page: Box, glyphs: Sequence[Glyph] = ()) -> tuple[Shape, ...]:
    """Return what ``paths`` are; what is outside the page, white, or as large as the page is left out.

    A white rectangle without a glyph in it is a picture: pdfium says white where a pattern or shading fills it.
    """
    found: list[Shape] = []
    for path in paths:
        box = _clipped(path.box, page)
        if box is None:
            continue
        form = _form(path, box, page)
        if form is None and _blank(path, box, page, glyphs):
            form = Form.IMAGE
        if form:
            shape = Shape(form, box, "" if form is Form.IMAGE else path.colour)
            if not found or found[-1] != shape:
                found.append(shape)
    return tuple(found)


def grounds(paths: Sequence[Path], page: Box) -> tuple[Box, ...]:
    """Return what white text can be seen on: all that is filled and is not the white ground of the page.

    White fills count where they are smaller, because pdfium says white of a pattern too.
    """
    whole = WHOLE * page.width * page.height
    return tuple(
        p.box
        for p in paths
        if p.picture or (p.filled and (p.colour != "#ffffff" or p.box.width * p.box.height < whole))
    )


def _clipped(box: Box, page: Box) -> Box | None:
    x0, y0, x1, y1 = max(box.x0, 0.0), max(box.y0, 0.0), min(box.x1, page.x1), min(box.y1, page.y1)
    return Box(round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2)) if x0 <= x1 and y0 <= y1 else None


def _form(path: Path, box: Box, page: Box) -> Form | None:
    large = box.width * box.height > WHOLE * page.width * page.height
    if path.picture:
        return Form.IMAGE if min(box.width, box.height) >= LEAST and not large else None
    if min(box.width, box.height) <= THIN:
        return Form.RULE if max(box.width, box.height) >= SHORTEST and path.colour != "#ffffff" else None
    if large or min(box.width, box.height) < LEAST or path.segments > FEW:
        return None
    if path.stroked:
        return Form.FRAME
    return Form.TINT if path.colour != "#ffffff" else None


def _blank(path: Path, box: Box, page: Box, glyphs: Sequence[Glyph]) -> bool:
    if path.colour != "#ffffff" or path.stroked or path.segments > FEW or min(box.width, box.height) < LARGE:
        return False
    if box.width * box.height > WHOLE * page.width * page.height:
        return False
    return not any(box.x0 < g.middle < box.x1 and box.y0 < g.y < box.y1 for g in glyphs)


def covered(box: Box, shapes: Sequence[Shape]) -> bool:
    """Say whether a box lies wholly in one of the pictures."""
    return any(shape.form is Form.IMAGE and holds(shape.box, box) for shape in shapes)
