"""Level: a page that lay askew on the glass is set upright, so that its columns do not lean into each other."""

from __future__ import annotations

from dataclasses import replace

from relayout.layout import Layout
from relayout.leaning import lean, shift, stood
from relayout.model import Line, Note, Outcome
from relayout.profile import Profile
from relayout.regions import body_size
from relayout.roles import Level

LOW = 1.0  # of its size: the box of a line that is no higher was not made higher by leaning (PAGE with baselines only)
THIN = 0.1  # of the size of type: no rule is thinner


def level(layout: Layout, profile: Profile) -> Outcome[Layout]:  # noqa: ARG001
    """Set a scanned page upright by the edges of its columns; stage ``restore`` gives every line its box again.

    Leaves texts and places alone. Declines for pages that no OCR has read, and those whose blocks are known, which are
    not cut by white space; where too few lines tell; and where it hardly leans.
    """
    page = layout.page
    if not page.box or not page.scanned or page.blocks:
        return Outcome(layout)
    size = body_size(page.lines)
    slope = lean(page.lines, size)
    if not slope:
        return Outcome(layout)
    middle = ((page.box.x0 + page.box.x1) / 2, (page.box.y0 + page.box.y1) / 2)

    def line(one: Line) -> Line:
        least = LOW * (one.style.size if one.style else size)
        return replace(one, box=stood(one.box, slope, middle, least)) if one.box else one

    moved = {n.place.line: _along(n, slope, middle) for n in page.lines if n.box}
    gaps = tuple(g._replace(low=g.low + moved[g.line], high=g.high + moved[g.line]) for g in page.blanks)
    shapes = tuple(replace(shape, box=stood(shape.box, slope, middle, THIN * size)) for shape in page.shapes)
    upright = replace(page, lines=tuple(map(line, page.lines)), shapes=shapes, blanks=gaps)
    note = Note("level", "the page is set upright", f"its columns lean by {100 * abs(slope):.2g} %", level=Level.REPAIR)
    return Outcome(replace(layout, page=upright, source=page, lean=slope), (note,))


def _along(line: Line, slope: float, middle: tuple[float, float]) -> float:
    """Return how far a line moves along itself."""
    box = line.box
    assert box
    dx, dy = shift((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2, slope, middle)
    return dy if line.vertical else dx
