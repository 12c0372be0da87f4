"""Turn: put vertical columns that an extractor read from the left into their order from the right."""

from __future__ import annotations

from dataclasses import replace

from relayout.layout import Layout
from relayout.model import Note, Outcome
from relayout.profile import Profile
from relayout.roles import Level
from relayout.signals.flow import Flow, look, mean_at

FEWEST = 12  # columns: with fewer chance decides


def turn(layout: Layout, profile: Profile) -> Outcome[Layout]:
    """Reverse the lines of a page of upright columns, if they go on with the one before better than with the next.

    An extractor that knows of horizontal text only takes the characters of a column for lines, and writes the columns
    of a page from the left. Leaves the lines themselves. Declines where ``stack`` drew no columns together, or a
    string of characters that has none, and where the order from the right is not better by ``turn.clear``.
    """
    lines = layout.page.lines
    if layout.strung or len(layout.stacks) < FEWEST or 2 * len(layout.stacks) < len(lines):
        return Outcome(layout)
    flow = Flow.of(line.text for line in lines)
    seen = [look(line.text) for line in lines]
    gained = mean_at(flow, seen[::-1], 1) - mean_at(flow, seen, 1)
    if gained < profile.number("turn.clear"):
        return Outcome(layout)
    why = f"they go on with the one before by {gained:.2f} better than with the next; pdfminer asks for detect_vertical"
    what = f"{len(lines)} upright columns read from the right"
    note = Note("turn", what, why, 0.8, Level.REPAIR, lines[0].place, lines[0].text[:24])
    return Outcome(replace(layout, page=replace(layout.page, lines=lines[::-1])), (note,))
