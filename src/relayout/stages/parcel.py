"""Parcel: cut the page into the rectangles of its articles, and put their lines one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from relayout.layout import Layout
from relayout.model import Note, Outcome
from relayout.parcelling import Cutter
from relayout.profile import Profile
from relayout.roles import Level
from relayout.scenery import ASIDE, SHOWN, TEXT, Scene, scene
from relayout.sheets import sheet

GROUP = "parcel."
MOST = 3000  # lines; a broadsheet has 600, and the search takes the square of their number
NAMED = ("byline", "date", "jump", "rubric")


def parcel(layout: Layout, profile: Profile) -> Outcome[Layout]:
    """Order the lines of a page whose lines have boxes, article by article: deck, then column after column.

    The lines at which an article begins go into ``parcels``, those before which a paragraph must begin into
    ``stops``, titles into ``titles``. Captions come last in their article. Declines where lines have no boxes,
    and, with a note, where there are more lines than a page has.
    """
    lines = layout.page.lines
    if not lines or not all(line.box for line in lines):
        return Outcome(layout)
    if len(lines) > MOST:
        why = f"{len(lines)} lines are more than a page has; they are left in their order"
        return Outcome(layout, (Note("parcel", "too many lines for one page", why, 0.5, Level.DOUBT, lines[0].place),))
    seen = scene(sheet(lines), profile)
    found = seen.runs
    cutter = Cutter(seen, _weights(profile))
    order: list[int] = []
    parcels: list[int] = []
    stops: set[int] = set()
    for columns in cutter.run():
        for flat in _apart(seen, [n for column in columns for n in column]):
            parcels.append(len(order))
            for n in flat:
                if found[n].shown or seen.kinds[n] == ASIDE:
                    stops.update((len(order), len(order) + len(found[n].lines)))
                    stops.update(_names(len(order), [lines[i].text for i in found[n].lines], profile))
                order += found[n].lines
    new = tuple(lines[i] for i in order)
    places = tuple(new[i].place for i in parcels)
    why = f"{len(new)} lines in {len(places)} rectangles of columns"
    note = Note("parcel", "the page is cut into its articles", why, level=Level.REPAIR)
    page = replace(layout.page, lines=new)
    walls = tuple(new[i].place for i in sorted({*stops, *parcels}) if i < len(new))
    titles = tuple(lines[i].place for n, run in enumerate(found) if seen.kinds[n] == SHOWN for i in run.lines)
    return Outcome(replace(layout, page=page, parcels=places, stops=walls, titles=titles), (note,))


def _apart(s: Scene, flat: Sequence[int]) -> Iterator[list[int]]:
    """Return the runs of a module in order, captions last; then what stands inside a paragraph and is not of it."""
    text = [n for n in flat if s.kinds[n] == TEXT]
    inside = {
        n
        for a, b in pairwise(text)
        if s.runs[a].open and not s.runs[b].indented
        for n in flat[flat.index(a) + 1 : flat.index(b)]
    }
    strange = [n for n in flat if n in inside and s.kinds[n] == SHOWN]
    aside = [n for n in flat if s.kinds[n] == ASIDE]
    yield [*(n for n in flat if n not in aside and n not in strange), *aside]
    if strange:
        yield strange


def _names(start: int, texts: Sequence[str], profile: Profile) -> Iterator[int]:
    """Return where names and dates stand among shown lines: they are no part of a headline."""
    for n, text in enumerate(texts):
        if any(profile.cue(name).search(text) for name in NAMED):
            yield from (start + n, start + n + 1)


def _weights(profile: Profile) -> dict[str, float]:
    return {key.removeprefix(GROUP): value for key, value in profile.numbers.items() if key.startswith(GROUP)}
