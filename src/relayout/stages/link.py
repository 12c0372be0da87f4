"""Link: put each stretch of lines behind the one that its text goes on from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from relayout.chars import has_han
from relayout.joining import gain
from relayout.layout import Layout
from relayout.lexicon import simplified
from relayout.links import hardly, linked
from relayout.model import Line, Note, Outcome
from relayout.profile import Profile
from relayout.roles import Level
from relayout.signals.crossing import Scene
from relayout.signals.stretches import Stretches
from relayout.signals.weigh import certainty

FEWEST = 24  # lines: with fewer there is nothing to compare
BOXED = 12  # one line in so many stands after a blank one, where an extractor keeps boxes apart
CROWDED = 400  # stretches: no newspaper page has so many, and each is compared with hundreds


def link(layout: Layout, profile: Profile) -> Outcome[Layout]:
    """Find for each stretch of lines the one it goes on from, for the whole page at once, and put it behind that.

    Leaves the lines themselves, and the order of those that stand in one stretch. Declines where neither boxes nor
    columns that were put together again part stretches, on pages of letters, on pages cut into rectangles, and with a
    note where there are far too many stretches.
    """
    lines = layout.page.lines
    page = stretches_of(layout, profile)
    if page is None:
        return Outcome(layout)
    if len(page.found) > CROWDED:
        return Outcome(layout, (_doubt(lines, len(page.found)),))
    got, worth = linked(page, profile.number("link.least"))
    after = {a: b for b, a in enumerate(got) if a is not None}
    order: list[int] = []
    for start in (b for b, a in enumerate(got) if a is None):
        now: int | None = start
        while now is not None:
            order.append(now)
            now = after.get(now)
    notes = []
    for b, a in enumerate(got):
        if a is not None and a != b - 1:
            one, two = page.found[a], page.found[b]
            why = f"evidence adds up to {worth[b][a]:+.1f} for the text that ends on line {lines[one.last].place.line}"
            first = lines[two.first]
            what = "goes on from a text elsewhere"
            notes.append(Note("link", what, why, certainty(worth[b][a]), Level.REPAIR, first.place, first.text[:24]))
    moved = tuple(line for k in order for line in lines[page.found[k].first : page.found[k].last + 1])
    return Outcome(replace(layout, page=replace(layout.page, lines=moved)), tuple(notes))


def stretches_of(layout: Layout, profile: Profile) -> Stretches | None:
    """Return the stretches of a page: its columns or boxes, cut where a line hardly goes on with the next.

    Returns ``None`` where nothing is in doubt: the page has neither columns that were put together again nor boxes.
    Blank lines part boxes where many of them stand between lines that hardly go on with each other.
    """
    lines = layout.page.lines
    columns = frozenset(layout.columns)
    blanks = sum(line.after_blank for line in lines)
    if len(lines) < FEWEST or layout.parcels or not (columns or BOXED * blanks >= len(lines)):
        return None
    if 2 * sum(has_han(line.text) for line in lines) < len(lines):
        return None
    scene = Scene.of([line.text for line in lines], simplified(), gain)
    heads = [line.place in columns if columns else line.after_blank for line in lines]
    cuts = hardly(scene, profile.number("link.inside_column" if columns else "link.inside_box"))
    torn = sum(head and cut for head, cut in zip(heads, cuts, strict=True))
    if not columns and torn < profile.number("link.torn") * blanks:
        return None
    return Stretches.of(lines, scene, heads, cuts, tangled=bool(columns))


def _doubt(lines: Sequence[Line], count: int) -> Note:
    why = f"{count} stretches of lines stand on the page; they are left in their order"
    what = "texts may go on elsewhere"
    return Note("link", what, why, 0.5, Level.DOUBT, lines[0].place, lines[0].text[:24])
