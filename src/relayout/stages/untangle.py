"""Untangle: put the lines into order that an extractor read row by row across the columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from relayout.chars import has_han
from relayout.layout import Layout
from relayout.lexicon import simplified, words_of
from relayout.model import Line, Note, Outcome
from relayout.profile import Profile
from relayout.roles import Level
from relayout.signals.flow import Ends, Flow, look, mean_at
from relayout.succession import Costs, Likes, chains, columns

FEWEST = 24  # lines: with fewer there is nothing to compare
BOXED = 5  # one line in so many stands after a blank one, where an extractor orders boxes and not a stream
CROWDED = 4000  # lines: no newspaper page has so many, and each takes some milliseconds
SAMPLE = 500  # lines that show whether a page is tangled


def untangle(layout: Layout, profile: Profile) -> Outcome[Layout]:
    """Find the columns in lines that come row by row (a1 b1 c1 a2 b2 c2), and let each column follow as a whole.

    Leaves the lines themselves. Columns are put end to end where the text goes on. Declines where lines go on with
    the next line better than with others, as they do in every text that was read column by column, and where no
    blank lines part boxes: then nothing was reordered; and, with a note, where a page has far too many lines.
    """
    lines = layout.page.lines
    if len(lines) < FEWEST or BOXED * sum(line.after_blank for line in lines) < len(lines):
        return Outcome(layout)
    if any(line.place.end is not None for line in lines) or 2 * sum(has_han(line.text) for line in lines) < len(lines):
        return Outcome(layout)  # parts of rows, whose columns are known; or letters, which are threaded
    if not _tangled([look(line.text) for line in lines[:SAMPLE]], profile):
        return Outcome(layout)
    if len(lines) > CROWDED:
        return Outcome(layout, (_doubt(lines),))
    words = words_of(lines)
    ends = [look(line.text, simplified() if words else {}) for line in lines]
    flow = Flow.of((one.text for one in ends), words)
    price = profile.number
    costs = Costs(*(price(f"untangle.{name}") for name in Costs._fields))
    likes = Likes(*(price(f"untangle.{name}") for name in Likes._fields))
    tied = [not line.after_blank for line in lines]
    found = chains(columns(ends, flow, costs, tied), ends, flow, likes)
    order = [i for chain in sorted(found) for i in chain]
    moved = sum(b != a + 1 for a, b in pairwise(order))
    note = Note("untangle", f"{len(lines)} lines put into the order of {len(found)} columns",
                "lines do not go on with the next line of the source, but with one further on", 0.7, Level.REPAIR,
                lines[0].place, lines[0].text[:24])  # fmt: skip
    if not moved:
        return Outcome(layout)
    return Outcome(replace(layout, page=replace(layout.page, lines=tuple(lines[i] for i in order))), (note,))


def _doubt(lines: Sequence[Line]) -> Note:
    """Note lines that seem tangled and are left so."""
    why = f"they do not go on with the next line; with {len(lines)} lines on a page they are left so"
    what = "lines may come row by row across columns"
    return Note("untangle", what, why, 0.5, Level.DOUBT, lines[0].place, lines[0].text[:24])


def _tangled(lines: Sequence[Ends], profile: Profile) -> bool:
    """Say whether lines go on with the next one hardly better than with any other."""
    flow = Flow.of(one.text for one in lines)
    others = [mean_at(flow, lines, lag) for lag in (3, 5, 7)]
    return mean_at(flow, lines, 1) < sum(others) / len(others) + profile.number("untangle.clear")
