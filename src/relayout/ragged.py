"""Latin lines read as paragraphs, titles, labels and what else there is: the likeliest reading of the whole page.

Letters are of different widths and lines are ragged, so no price list of cells will do. Every line begins or goes on
with one of six kinds of text. ``signals/sights.py`` says what is seen; what it counts is fitted for all lines of a
page together (a conditional random field, Lafferty, McCallum & Pereira 2001), and dynamic programming finds the
reading whose evidence adds up to most (Viterbi 1967).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from relayout.fitted import Seen, columns, tables
from relayout.layout import Block, Layout
from relayout.model import Evidence
from relayout.profile import Profile
from relayout.signals.latin import Look, Told, habits, looks
from relayout.signals.rows import GAP, rows
from relayout.signals.sights import between, itself

ALIKE = 0.1  # measures that differ by a smaller part are one
# Running text, titles, labels (byline, rubric, credit, dateline, row of a table), captions, furniture, advertisements.
KINDS = ("text", "title", "label", "caption", "furniture", "advert")
TEXT, TITLE, LABEL, CAPTION, FURNITURE, ADVERT = range(len(KINDS))
STATES = 2 * len(KINDS)  # of each kind: begins, goes on
JOINTS = 3 * len(KINDS)  # columns: goes on with the kind, begins the kind, ends the kind before
LAST = 8  # lines on either side of a gap that show how the text is set
NEVER = -1e9
OPENS = ("credit", "byline", "jump", "rubric", "date")  # cues that the setting of a line does not name


class Reading(NamedTuple):
    """What one line is: its measure (0 but in running text), kind, how sure that is in nats, and why.

    ``begins`` says that it is the first line of a block.
    """

    measure: int
    kind: int
    begins: bool
    margin: float
    evidence: tuple[Evidence, ...]


class Sights(NamedTuple):
    """What is seen of the rows of a page: each alone and with the one before, and its measure."""

    alone: list[Seen]
    joint: list[Seen]
    measures: list[int]


def reading(layout: Layout, profile: Profile) -> list[Reading]:
    """Return what each line of ``layout`` is; the pieces of a torn line are read as one, no text goes over a stop."""
    printed = rows(layout.page.lines)
    seen = sights(layout, printed, profile)
    stops = frozenset(layout.stops)
    walls = [any(layout.page.lines[i].place in stops for i in row) for row in printed]
    path, margins = best(seen.alone, seen.joint, dials(profile), walls)
    found: list[Reading] = []
    for i, (row, state) in enumerate(zip(printed, path, strict=True)):
        kind = state // 2
        why = _why(seen.alone[i], seen.joint[i], path[i - 1] if i else None, state)
        measure = seen.measures[i] if kind == TEXT else 0
        one = Reading(measure, kind, state % 2 == 0, margins[i], why)
        found += [one, *(one._replace(begins=False) for _ in row[1:])]
    return found


def sights(layout: Layout, printed: Sequence[Sequence[int]], profile: Profile) -> Sights:
    """Return what is seen of the rows of a page: what the weights are fitted on, and what they then weigh."""
    seen = _looks(layout, printed, profile)
    page = habits(seen)
    joint = [between(seen, i, page) if i else () for i in range(len(seen))]
    measures = _measures([one.measure for one in seen])
    return Sights([itself(seen, i, page) for i in range(len(seen))], joint, measures)


def breaks_between(one: Block, two: Block, profile: Profile) -> float:
    """Return what speaks for a new paragraph with ``two``, where it comes right behind ``one`` in another column."""
    ends, begins = one.paragraph.lines[-LAST:], two.paragraph.lines[:LAST]
    told = [Told(line.text, spread=GAP in line.raw.strip()) for line in (*ends, *begins)]
    seen = looks(told, profile.words("abbreviations"), profile.words("hanging"))
    at, page = len(ends), habits(seen)
    alone = columns(tables("letters")["itself"], itself(seen, at, page), STATES)
    joint = columns(tables("letters")["between"], between(seen, at, page), JOINTS)
    score = alone[0] - alone[1] + joint[len(KINDS)] + joint[2 * len(KINDS)] - joint[0]
    return score if seen[at - 1].ended or not seen[at].small else min(score, -1.0)


def _looks(layout: Layout, printed: Sequence[Sequence[int]], profile: Profile) -> list[Look]:
    lines = layout.page.lines
    cues = [(name, profile.cue(name).match) for name in OPENS]
    refers = profile.cue("refers").match
    told: list[Told] = []
    for row in printed:
        text = " ".join(lines[i].text for i in row)
        first = lines[row[0]]
        opens = layout.settings[row[0]].opens or next((name for name, match in cues if match(text)), "")
        wide = len(row) > 1 or GAP in first.raw.strip()
        told.append(Told(text, first.after_blank, first.indent, opens, wide, refers(text) is not None))
    return looks(told, profile.words("abbreviations"), profile.words("hanging"))


def dials(profile: Profile) -> tuple[float, ...]:
    """Return what a profile adds to each state; nothing, where it leaves the fitted weights as they are."""
    begins = profile.number("letters.begins")
    return tuple(
        value for kind in KINDS for more in (profile.number(f"letters.{kind}"),) for value in (more + begins, more)
    )


def best(
    alone: Sequence[Seen], joint: Sequence[Seen], more: Sequence[float] = (0.0,) * STATES, walls: Sequence[bool] = ()
) -> tuple[list[int], list[float]]:
    """Return the states of the rows whose evidence adds up to most, and by how much each beats any other there.

    Nothing goes on over a wall: where the page shows that a text ends before the row.
    """
    table = tables("letters")
    kinds = range(len(KINDS))
    values = [[a + b for a, b in zip(columns(table["itself"], one, STATES), more, strict=True)] for one in alone]
    for value, wall in zip(values, walls, strict=False):
        if wall:
            value[1::2] = [NEVER] * len(KINDS)
    steps = [columns(table["between"], one, JOINTS) for one in joint]
    worth = [[NEVER if state % 2 else value for state, value in enumerate(values[0])]]
    came: list[list[int]] = [[0] * STATES]
    for value, step in zip(values[1:], steps[1:], strict=True):
        before = worth[-1]
        lead = [2 * k + (before[2 * k + 1] > before[2 * k]) for k in kinds]
        ends = [before[lead[k]] + step[2 * len(KINDS) + k] for k in kinds]
        end = ends.index(max(ends))
        row = [part for k in kinds for part in (ends[end] + step[len(KINDS) + k], before[lead[k]] + step[k])]
        worth.append([a + b for a, b in zip(row, value, strict=True)])
        came.append([part for k in kinds for part in (lead[end], lead[k])])
    path = [worth[-1].index(max(worth[-1]))]
    for sources in reversed(came[1:]):
        path.append(sources[path[-1]])
    path.reverse()
    return path, _margins(path, worth, values, steps)


def _margins(
    path: Sequence[int], worth: Sequence[list[float]], values: Sequence[list[float]], steps: Sequence[list[float]]
) -> list[float]:
    """Return for each row by how much the best reading beats the best one with another state there."""
    kinds = range(len(KINDS))
    rest = [0.0] * STATES
    margins: list[float] = []
    for i in range(len(path) - 1, -1, -1):
        whole = [a + b for a, b in zip(worth[i], rest, strict=True)]
        margins.append(whole[path[i]] - max(value for state, value in enumerate(whole) if state != path[i]))
        ahead = [a + b for a, b in zip(values[i], rest, strict=True)]
        begins = max(steps[i][len(KINDS) + k] + ahead[2 * k] for k in kinds)
        each = [max(begins + steps[i][2 * len(KINDS) + k], steps[i][k] + ahead[2 * k + 1]) for k in kinds]
        rest = [each[state // 2] for state in range(STATES)]
    return margins[::-1]


def _why(alone: Seen, joint: Seen, before: int | None, state: int) -> tuple[Evidence, ...]:
    """Return what speaks for a state after the one before, each sight with what it counts there."""
    table = tables("letters")
    count, kind = len(KINDS), state // 2
    adds = () if before is None else (kind,) if state % 2 else (count + kind, 2 * count + before // 2)
    evidence = [Evidence(name, value, table["itself"][name][state]) for name, value in alone if name in table["itself"]]
    evidence += [
        Evidence(f"joint-{name}", value, sum(table["between"][name][k] for k in adds))
        for name, value in joint
        if adds and name in table["between"]
    ]
    return tuple(one for one in evidence if one.weight)


def _measures(found: Sequence[float]) -> list[int]:
    """Return for each line the measure of the page that its own is, so that columns of one width agree."""
    steps = sorted(set(found))
    groups: list[list[float]] = []
    for one in steps:
        if groups and one <= groups[-1][0] * (1 + ALIKE):
            groups[-1].append(one)
        else:
            groups.append([one])
    names = {one: round(group[len(group) // 2]) for group in groups for one in group}
    return [names[one] for one in found]
