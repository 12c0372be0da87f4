"""Level: a page that lay askew on the glass is set upright, so that its columns do not lean into each other."""

from __future__ import annotations

from dataclasses import replace

from relayout.layout import Layout
from relayout.leaning import set_upright
from relayout.model import Note, Outcome
from relayout.profile import Profile
from relayout.roles import Level


def level(layout: Layout, profile: Profile) -> Outcome[Layout]:  # noqa: ARG001
    """Set a scanned page upright by the edges of its columns; stage ``restore`` gives every line its box again.

    Leaves texts and places alone. Declines for pages that no OCR has read, and those whose blocks are known, which are
    not cut by white space; where too few lines tell; and where it hardly leans.
    """
    page = layout.page
    if not page.box or not page.scanned or page.blocks:
        return Outcome(layout)
    upright, slope = set_upright(page)
    if not slope:
        return Outcome(layout)
    note = Note("level", "the page is set upright", f"its columns lean by {100 * abs(slope):.2g} %", level=Level.REPAIR)
    return Outcome(replace(layout, page=upright, source=page, lean=slope), (note,))
