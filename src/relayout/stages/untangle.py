"""Untangle: put the lines into order that an extractor read row by row across the columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from relayout.chars import has_han
from relayout.gutters import parted
from relayout.joining import gain
from relayout.layout import Layout
from relayout.lexicon import simplified
from relayout.model import Line, Note, Outcome
from relayout.profile import Profile
from relayout.roles import Level
from relayout.signals.crossing import Scene
from relayout.signals.flow import Ends, Flow, look, mean_at
from relayout.turns import Costs, Rows, Turns

FEWEST = 24  # lines: with fewer there is nothing to compare
BOXED = 5  # one line in so many stands after a blank one, where an extractor orders boxes and not a stream
CROWDED = 4000  # lines: no newspaper page has so many, and each takes some milliseconds
SAMPLE = 500  # lines that show whether a page is tangled


def untangle(layout: Layout, profile: Profile) -> Outcome[Layout]:
    """Find the columns in lines that come row by row (a1 b1 c1 a2 b2 c2), and let each column follow as a whole.

    Rows whose columns are parted by single spaces are cut; else leaves the lines themselves. Declines where lines go
    on with the next line better than with others, as they do in every text that was read column by column, and where
    neither rows nor blank lines part boxes: then nothing was reordered; and, with a note, where a page has far too
    many lines.
    """
    lines = layout.page.lines
    if any(line.place.end is not None for line in lines) or 2 * sum(has_han(line.text) for line in lines) < len(lines):
        return Outcome(layout)  # parts of rows, whose columns are known; or letters, which are threaded
    rows = parted(lines)
    count = sum(map(len, rows))
    cut = count > len(lines)
    boxed = BOXED * sum(line.after_blank for line in lines) >= len(lines)
    if count < FEWEST or not (cut or boxed):
        return Outcome(layout)
    if not cut and not _tangled([look(line.text) for line in lines[:SAMPLE]], profile):
        return Outcome(layout)
    if count > CROWDED:
        return Outcome(layout, (_doubt(lines),))
    pieces, scene, stand = scene_of(lines)
    costs = Costs(*(profile.number(f"untangle.{name}") for name in Costs._fields))
    if cut:
        costs = costs._replace(over=profile.number("untangle.over_cut"), back=profile.number("untangle.back_cut"))
    found = Turns(scene, stand, costs).columns()
    order = [i for column in found for i in column]
    if not cut and all(b == a + 1 for a, b in pairwise(order)):
        return Outcome(layout)
    what = f"{len(lines)} lines put into the order of {len(found)} columns"
    why = "lines do not go on with the next line of the source, but with one further on"
    if cut:
        what = f"{len(lines)} rows cut, and {len(pieces)} lines put into the order of {len(found)} columns"
        why = "many rows hold two lines that fill a column"
    note = Note("untangle", what, why, 0.7, Level.REPAIR, lines[0].place, lines[0].text[:24])
    page = replace(layout.page, lines=tuple(pieces[i] for i in order))
    return Outcome(replace(layout, page=page, columns=tuple(pieces[column[0]].place for column in found)), (note,))


def scene_of(lines: Sequence[Line]) -> tuple[list[Line], Scene, Rows]:
    """Return the lines, rows cut, what is seen of them, and how they stand."""
    rows = parted(lines)
    pieces = [piece for row in rows for piece in row]
    beside = [k > 0 for row in rows for k in range(len(row))]
    cut = any(beside)
    blank = [piece.after_blank for piece in pieces]
    stand = Rows(beside, [not cut and not one for one in blank], [cut and one for one in blank])
    return pieces, Scene.of([piece.text for piece in pieces], simplified(), gain), stand


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
