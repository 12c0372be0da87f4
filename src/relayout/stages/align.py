"""Align: put the pieces of a printed line behind each other that an extractor tore apart."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from relayout.layout import Layout
from relayout.model import Note, Outcome
from relayout.profile import Profile
from relayout.roles import Level
from relayout.signals.rows import rows


def align(layout: Layout, profile: Profile) -> Outcome[Layout]:  # noqa: ARG001
    """Order the pieces of widely spaced lines: the piece that ends the row goes behind those that end with a space.

    Leaves the pieces lines of their own; ``mend`` joins them. Declines where the extractor left no wide gaps between
    the words of justified lines, for a trailing space then tells nothing.
    """
    lines = layout.page.lines
    found = rows(lines)
    order = [i for row in found for i in row]
    if all(b == a + 1 for a, b in pairwise(order)):
        return Outcome(layout)
    notes = tuple(
        Note("align", "pieces of one line put in order", "they end with a space, and together fill the measure", 0.8,
             Level.REPAIR, lines[row[0]].place, " ".join(lines[i].text for i in row)[:24])
        for row in found if any(b != a + 1 for a, b in pairwise(row))
    )  # fmt: skip
    blanks = {i: lines[min(row)].after_blank and i == row[0] for row in found for i in row}
    ordered = tuple(
        lines[i] if blanks[i] == lines[i].after_blank else replace(lines[i], after_blank=blanks[i]) for i in order
    )
    return Outcome(replace(layout, page=replace(layout.page, lines=ordered)), notes)
