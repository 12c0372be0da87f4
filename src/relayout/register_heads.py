"""The headlines of a page of registers: what of the large lines is a deck, and what a crosshead within a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from relayout.imprint import Box
from relayout.register_lines import LONG, SHARED, Run, pitch

DECK = 2.2  # of the size of running text: white between the lines of a headline, and between it and its text
ASIDE = 0.7  # of it: white between a headline and another beside it that are one
HALVES = 2.0  # of it: white between the two parts of a line of a headline
CROSS = 2.0  # of it: what is larger is no crosshead
KICKER = 1.1  # times as far apart as in running text stand the characters of what leads to a headline
WIDER = 1.15  # the same of more lines of a headline
MOST = 3  # lines of either


def kick(runs: Sequence[Run], body: float, usual: float) -> list[Run]:
    """Take for headlines the few lines that lead to one, and those of one that are too long to be one by themselves.

    They are set wider than text; what leads to a headline has nothing over it.
    """
    found = list(runs)
    for run in runs:
        under = [runs[n] for n in run.under if runs[n].head]
        if not run.head and len(run.lines) <= MOST and not run.over and under:
            near = min(one.box.y0 for one in under) - run.box.y1 < DECK * body
            found[run.n] = replace(run, head=near and min(map(pitch, run.lines)) > KICKER * usual)
    for run in found:
        wide = min(map(pitch, run.lines)) > WIDER * usual and max(len(line.text) for line in run.lines) < LONG
        if not run.head and len(run.lines) <= MOST and wide and any(found[n].head for n in (*run.over, *run.under)):
            found[run.n] = replace(run, head=True)
    return found


def crossed(runs: Sequence[Run], body: float) -> list[Run]:
    """Take the headlines that have text beside them for crossheads, which are part of their text."""
    return [replace(run, head=run.head and not _is_crosshead(run, runs, body)) for run in runs]


def decks_of(runs: Sequence[Run], body: float) -> list[list[Run]]:
    """Put headlines that stand close together into decks."""
    home: dict[int, list[Run]] = {}
    strips: dict[int, list[Run]] = {}
    for run in sorted((run for run in runs if run.head), key=lambda run: (run.box.y0, run.box.x0)):
        home[run.n] = [run]
        reach = range(int(run.box.x0 / body - HALVES), int(run.box.x1 / body + HALVES) + 1)
        for other in {one.n: one for n in reach for one in strips.get(n, ())}.values():
            if home[other.n] is not home[run.n] and _close(run.box, other.box, body):
                both = home[other.n] + home[run.n]
                home.update((one.n, both) for one in both)
        for n in range(int(run.box.x0 / body), int(run.box.x1 / body) + 1):
            strips.setdefault(n, []).append(run)
    return list({id(deck): deck for deck in home.values()}.values())


def lies(run: Run) -> bool:
    """Say whether a run is a level headline, which lies on its side."""
    return run.head and run.lines[0].vertical and len(run.lines[0].text) > 2


def _is_crosshead(run: Run, runs: Sequence[Run], body: float) -> bool:
    """Say whether a text stands beside a short headline, within the width of the text over or under it."""
    box = run.box
    if lies(run) or box.height >= CROSS * body:
        return False
    for wide in (runs[n] for n in (*run.over, *run.under)):
        if wide.head or not (wide.box.x0 - body < box.x0 and box.x1 < wide.box.x1 + body):
            continue
        if not -body < max(wide.box.y0 - box.y1, box.y0 - wide.box.y1) < DECK * body:
            continue
        for text in (runs[n] for n in (*wide.over, *wide.under) if not runs[n].head):
            level = min(text.box.y1, box.y1) - max(text.box.y0, box.y0) > 0.3 * box.height
            beside = wide.box.x0 - body < text.box.x0 and text.box.x1 < wide.box.x1 + body
            if level and beside:
                return True
    return False


def _close(a: Box, b: Box, body: float) -> bool:
    dx = max(a.x0, b.x0) - min(a.x1, b.x1)
    dy = max(a.y0, b.y0) - min(a.y1, b.y1)
    if dx < -SHARED * min(a.width, b.width):
        return dy < DECK * body
    if dx < ASIDE * body and dy < -0.3 * min(a.height, b.height):
        return True
    # A line of a headline may be printed in two parts, one under the other.
    level = abs(a.y0 - b.y0) < 0.35 * body and abs(a.y1 - b.y1) < 0.35 * body
    return level and dx < HALVES * body and a.height > 1.6 * body
