"""Latin lines read as paragraphs and titles: the likeliest reading of the whole page.

Letters are of different widths and lines are ragged, so no price list of cells will do. Every line begins a
paragraph, goes on with one, begins a title, or goes on with one. ``signals/latin.py`` says what speaks for each;
dynamic programming over the lines (Viterbi 1967) finds the reading whose evidence adds up to most.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from relayout.layout import Block, Layout
from relayout.model import Evidence
from relayout.profile import Profile
from relayout.signals.latin import Look, Seen, breaks, display, follows, looks, wraps
from relayout.signals.typeset import DISPLAY, FIRST, FURTHER
from relayout.signals.weigh import weigh

ALIKE = 0.1  # measures that differ by a smaller part are one
LABELS = (FIRST, FURTHER, DISPLAY, FURTHER)  # of the four states: text begins, goes on, title begins, goes on
TEXT, MORE, TITLE, WRAPPED = range(4)
LAST = 8  # lines on either side of a gap that show how the text is set
NEVER = -1e9
OPENS = ("credit", "byline", "jump", "rubric")  # cues that the setting of a line does not name


class Reading(NamedTuple):
    """What one line is: its measure (0 for a title), its label, how sure that is in nats, and why."""

    measure: int
    label: str
    margin: float
    evidence: tuple[Evidence, ...]


WALL = 1000.0  # what speaks for a break where the page shows that a text ends


class _Score(NamedTuple):
    """The evidence of one line: that it is a title, and for each kind of joint with the line before."""

    title: float
    breaks: float
    wraps: float
    follows: float
    seen: tuple[tuple[Evidence, ...], ...]


def reading(layout: Layout, profile: Profile) -> list[Reading]:
    """Return what each line of ``layout`` is; nothing is joined over what no line evidence supports."""
    seen = _looks(layout, profile)
    stops = frozenset(layout.stops)
    walls = [line.place in stops for line in layout.page.lines]
    scores = [_parted(_score(seen, i, profile)) if walls[i] else _score(seen, i, profile) for i in range(len(seen))]
    path = _best(scores)
    measures = _measures([one.measure for one in seen])
    found: list[Reading] = []
    for i, state in enumerate(path):
        before = path[i - 1] if i else TEXT
        found.append(
            Reading(
                0 if state in (TITLE, WRAPPED) else measures[i],
                LABELS[state],
                _margin(scores[i], before, state),
                _why(scores[i], before, state) if i else scores[i].seen[0],
            )
        )
    return found


def breaks_between(one: Block, two: Block, profile: Profile) -> float:
    """Return what speaks for a new paragraph with ``two``, where it comes right behind ``one`` in another column."""
    lines = (*one.paragraph.lines[-LAST:], *two.paragraph.lines[:LAST])
    at = len(one.paragraph.lines[-LAST:])
    texts = [line.text for line in lines]
    none = [0] * len(lines)
    words = profile.words("abbreviations"), profile.words("hanging")
    seen = looks(texts, [False] * len(lines), none, [""] * len(lines), *words)
    after = seen[at + 1] if at + 1 < len(seen) else None
    found = breaks(seen[at - 1], seen[at], after)
    score, _ = weigh("mend", ((f"break-{name}", value) for name, value in found), profile)
    return score if seen[at - 1].ended or not seen[at].small else min(score, -1.0)


def _looks(layout: Layout, profile: Profile) -> list[Look]:
    lines = layout.page.lines
    cues = [(name, profile.cue(name).match) for name in OPENS]
    opens = [
        one.opens or next((name for name, match in cues if match(line.text)), "")
        for line, one in zip(lines, layout.settings, strict=True)
    ]
    return looks(
        [line.text for line in lines],
        [line.after_blank for line in lines],
        [line.indent for line in lines],
        opens,
        profile.words("abbreviations"),
        profile.words("hanging"),
    )


def _score(seen: Sequence[Look], i: int, profile: Profile) -> _Score:
    before = seen[i - 1] if i else None
    here = seen[i]
    after = seen[i + 1] if i + 1 < len(seen) else None

    def add(kind: str, values: Seen) -> tuple[float, tuple[Evidence, ...]]:
        return weigh("mend", ((f"{kind}-{name}", value) for name, value in values), profile)

    title, why = add("title", display(before, here, after))
    if before is None:
        return _Score(title, 0.0, 0.0, 0.0, (why, (), (), ()))
    broken, why_broken = add("break", breaks(before, here, after))
    wrapped, why_wrapped = add("wrap", wraps(before, here))
    follow, why_follow = add("text", follows(before, here))
    return _Score(title, broken, wrapped, follow, (why, why_broken, why_wrapped, why_follow))


def _parted(score: _Score) -> _Score:
    """Return the score of a line before which the page shows that a text ends."""
    return score._replace(breaks=WALL, wraps=NEVER)


def _step(score: _Score, before: int, state: int) -> float:
    """Return what the step from ``before`` to ``state`` is worth."""
    titled = score.title if state in (TITLE, WRAPPED) else 0.0
    if before in (TEXT, MORE):
        return (score.breaks, 0.0, titled + score.breaks, NEVER)[state]
    return (score.follows, NEVER, titled, titled + score.wraps)[state]


def _best(scores: Sequence[_Score]) -> list[int]:
    """Return the states of the lines whose steps are worth most."""
    worth = [0.0, NEVER, scores[0].title, NEVER]
    came: list[list[int]] = []
    for score in scores[1:]:
        steps = [[worth[b] + _step(score, b, s) for b in range(4)] for s in range(4)]
        came.append([row.index(max(row)) for row in steps])
        worth = [max(row) for row in steps]
    state = worth.index(max(worth))
    path = [state]
    for row in reversed(came):
        path.append(row[path[-1]])
    return path[::-1]


def _margin(score: _Score, before: int, state: int) -> float:
    """Return by how much the step is better than the next best from the same line before."""
    steps = sorted((_step(score, before, other) for other in range(4) if other != state), reverse=True)
    return _step(score, before, state) - steps[0]


def _why(score: _Score, before: int, state: int) -> tuple[Evidence, ...]:
    title, broken, wrapped, follow = score.seen
    joint = broken if before in (TEXT, MORE) else follow if state == TEXT else wrapped
    return (*joint, *title)


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
