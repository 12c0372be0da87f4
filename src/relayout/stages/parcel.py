"""Parcel: cut the page into the rectangles of its articles, and put their lines one after the other."""

from __future__ import annotations

from dataclasses import replace

from relayout.layout import Layout
from relayout.model import Note, Outcome
from relayout.parcelling import Cutter
from relayout.profile import Profile
from relayout.roles import Level
from relayout.scenery import ASIDE, scene
from relayout.sheets import sheet

GROUP = "parcel."


def parcel(layout: Layout, profile: Profile) -> Outcome[Layout]:
    """Order the lines of a page whose lines have boxes, article by article: deck, then column after column.

    The lines at which an article begins go into ``parcels``, those before which a paragraph must begin into
    ``stops``. Captions come last in their article. Declines where lines have no boxes, and where the page is no
    newspaper page: no two columns of text.
    """
    lines = layout.page.lines
    if not lines or not all(line.box for line in lines):
        return Outcome(layout)
    seen = scene(sheet(lines), profile)
    found = seen.runs
    cutter = Cutter(seen, _weights(profile))
    order: list[int] = []
    parcels: list[int] = []
    stops: set[int] = set()
    for columns in cutter.run():
        flat = [n for column in columns for n in column]
        parcels.append(len(order))
        for n in [*(n for n in flat if seen.kinds[n] != ASIDE), *(n for n in flat if seen.kinds[n] == ASIDE)]:
            if found[n].shown or seen.kinds[n] == ASIDE:
                stops.update((len(order), len(order) + len(found[n].lines)))
            order += found[n].lines
    new = tuple(lines[i] for i in order)
    places = tuple(new[i].place for i in parcels)
    why = f"{len(new)} lines in {len(places)} rectangles of columns"
    note = Note("parcel", "the page is cut into its articles", why, level=Level.REPAIR)
    page = replace(layout.page, lines=new)
    walls = tuple(new[i].place for i in sorted({*stops, *parcels}) if i < len(new))
    return Outcome(replace(layout, page=page, parcels=places, stops=walls), (note,))


def _weights(profile: Profile) -> dict[str, float]:
    return {key.removeprefix(GROUP): value for key, value in profile.numbers.items() if key.startswith(GROUP)}
