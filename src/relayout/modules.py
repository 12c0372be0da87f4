"""The modules of a page: what speaks for a rectangle of columns being one article under its headline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from relayout.scenery import ASIDE, BYLINE, SHOWN, TEXT, Scene

LEVEL = 1.7  # lines by which two columns may stand at other heights
SMALL = 2  # lines without which there is no article
FAR, NEAR = 4.0, 2.5  # lines of white under a module, and over its headline, in which another one is near
MANY = 4  # words that two texts share are many
UNLIKE = 0.15  # of a measure, by which that of another text differs
Shape = tuple[tuple[int, ...], ...]  # the runs of a module, column by column


def features(s: Scene, shape: Sequence[Sequence[int]]) -> dict[str, float]:
    """Return what speaks for the runs of ``shape`` (a list for each column) being one article, by name."""
    f: defaultdict[str, float] = defaultdict(float)
    part = [column for column in shape if column]
    text = [[n for n in column if s.kinds[n] == TEXT] for column in part]
    flat = [n for column in text for n in column]
    size = sum(len(s.runs[n].lines) for n in flat)
    if size < SMALL:
        shown = sum(len(s.runs[n].lines) for column in part for n in column if s.kinds[n] == SHOWN)
        return {"rest": 1.0, "rest-text": float(size), "rest-shown": float(min(shown, 4))}
    f["article"] = 1.0
    foreign = _foreign(s, part)
    f["foreign"] = min(foreign, 40) / 10
    f["foreign-any"] = float(foreign > 0)
    f["foreign-much"] = float(foreign > size)
    f["few"] = float(size < 5)
    f["columns"] = len(part) - 1.0
    f["empty-first"] = float(not text[0])
    briefs = any(s.briefs[n] for column in part for n in column)
    f["briefs"] = float(briefs)
    f["small"] = float(size < 12)
    f["great"] = float(size > 40)
    _deck(f, s, part[0], flat[0], max(s.column[n] for n in flat))
    _round(f, s, part, flat)
    _about(f, s, part, text)
    for column, mine in zip(part[1:], text[1:], strict=True):
        if mine:
            _top(f, s, column, mine, s.runs[flat[0]].top, briefs=briefs)
    for column in part:
        inside = s.insides.get(tuple(column))
        if inside is None:
            inside = s.insides[tuple(column)] = _inside(s, column)
        for name, value in inside.items():
            f[name] += value
    f["inner-briefs"] = f["inner"] * briefs
    for a, b in pairwise(flat):
        step = s.steps.get((a, b))
        if step is None:
            step = s.steps[a, b] = _step(s, a, b)
        for name, value in step.items():
            f[name] += value
    last = s.runs[flat[-1]]
    f["end-open"] = float(last.open)
    f["end-ended"] = float(last.ended)
    f["begin-cue"] = float(s.cued[flat[0]])
    f["begin-indent"] = float(s.runs[flat[0]].indented)
    feet = [s.runs[mine[-1]].bottom for mine in text if mine]
    f["feet"] = float(sum(max(feet) - foot > 3 for foot in feet))
    f["feet-last"] = float(max(feet) - feet[-1] > 3)
    return f


def _about(f: dict[str, float], s: Scene, part: Sequence[Sequence[int]], text: Sequence[Sequence[int]]) -> None:
    """Look at the words: those of the headline in the text, and those that two columns share."""
    said = [frozenset().union(*(s.words[n] for n in column)) for column in text]
    lead = [n for n in _before(part[0], s) if s.words[n]]
    if lead:
        shared = len(frozenset().union(*(s.words[n] for n in lead)) & frozenset().union(*said))
        f["deck-words"] = min(shared, MANY) / MANY
        f["deck-strange"] = float(not shared)
    for one, two in pairwise(column for column in said if column):
        f["alike"] += min(len(one & two), 2 * MANY) / MANY
        f["strange"] += not one & two


def _round(f: dict[str, float], s: Scene, part: Sequence[Sequence[int]], flat: Sequence[int]) -> None:
    """Look at what stands round a module: text right under it or at its right goes on with it, or it does not end."""
    mine = {n for column in part for n in column}
    for column in part:
        under = _next(s, column[-1], 1)
        near = under is not None and under not in mine and s.runs[under].top - s.runs[column[-1]].bottom <= FAR
        f["under-text"] += near and under is not None and s.kinds[under] == TEXT
        f["under-shown"] += near and under is not None and s.kinds[under] == SHOWN
        f["under-none"] += under is None
    over = _next(s, part[0][0], -1)
    near = over is not None and s.runs[part[0][0]].top - s.runs[over].bottom <= NEAR
    f["over-shown"] = float(near and over is not None and s.kinds[over] == SHOWN)
    f["over-text"] = float(near and over is not None and s.kinds[over] == TEXT)
    top, bottom = s.runs[flat[0]].top, max(s.runs[n].bottom for n in flat)
    last = max(s.column[n] for n in mine)
    if last + 1 < len(s.columns):
        beside = [n for n in s.columns[last + 1] if s.runs[n].top < bottom and s.runs[n].bottom > top]
        if not beside:
            f["beside-none"] = 1.0
        else:
            high = s.runs[beside[0]].top
            f["beside-level"] = float(s.kinds[beside[0]] == TEXT and abs(high - top) <= LEVEL)
            f["beside-through"] = float(s.kinds[beside[0]] == TEXT and high < top - LEVEL)
            f["beside-shown"] = float(s.kinds[beside[0]] == SHOWN)
    else:
        f["beside-edge"] = 1.0
    if flat[-1] != part[-1][-1]:
        f["end-shown"] = float(s.kinds[part[-1][-1]] == SHOWN)


def _next(s: Scene, n: int, way: int) -> int | None:
    """Return the run over (-1) or under (1) the run ``n`` in its column."""
    column = s.columns[s.column[n]]
    k = s.place[n] + way
    return column[k] if 0 <= k < len(column) else None


def _deck(f: dict[str, float], s: Scene, column: Sequence[int], first: int, last: int) -> None:
    """Look at what is shown over the first column of a module, whose text begins with the run ``first``.

    ``last`` is the last column of the module.
    """
    lead = _before(column, s)
    size = sum(len(s.runs[n].lines) for n in lead)
    f["deck-0"] = float(not size)
    f["deck-1"] = float(size == 1)
    f["deck-4"] = float(size > 4)
    if not lead:
        return
    f["deck-over"] = float(max(s.reach[n] for n in lead) > last)
    f["deck-glued"] = float(s.runs[lead[0]].glued)
    bottom = s.runs[lead[0]].bottom
    for n in lead[1:]:
        f["deck-air"] += min(max(0.0, s.runs[n].top - bottom - 2), 6) / 3
        bottom = max(bottom, s.runs[n].bottom)
    f["deck-far"] = min(max(0.0, s.runs[first].top - bottom - 2), 6) / 3


def _top(
    f: dict[str, float], s: Scene, column: Sequence[int], text: Sequence[int], top: float, *, briefs: bool
) -> None:
    """Look at the head of a further column of a module: a title of its own, or text as high as the first."""
    own = _before(column, s)
    if own and s.runs[own[0]].glued and s.runs[own[0]].top < top:
        f["own-glued"] += 1
        f["own-glued-level"] += abs(s.runs[text[0]].top - top) <= LEVEL
        return
    if own:
        where = "high" if s.runs[own[0]].top <= top - 0.8 else "low"
        f[f"own-{where}"] += 1
        f[f"own-{where}-2"] += sum(len(s.runs[n].lines) for n in own) > 1
        f["own-cue"] += s.cued[text[0]]
        f["own-briefs"] += briefs
        return
    start = s.runs[text[0]].top
    f["level"] += abs(start - top) <= LEVEL
    f["raised"] += start < top - LEVEL
    pictured = any(s.kinds[n] == ASIDE for n in column if s.runs[n].top < start)
    f["sunk"] += start > top + LEVEL and not pictured


def _inside(s: Scene, column: Sequence[int]) -> dict[str, float]:
    """Look at what is shown between the texts of one column of a module: crossheads, or titles of others."""
    f: defaultdict[str, float] = defaultdict(float)
    runs, kinds = s.runs, s.kinds
    text = [i for i, n in enumerate(column) if kinds[n] == TEXT]
    for i, n in enumerate(column):
        over = max((j for j in text if j < i), default=None)
        under = min((j for j in text if j > i), default=None)
        f["inner-byline"] += kinds[n] == BYLINE and over is not None and under is not None
        if kinds[n] != SHOWN or over is None:
            continue
        if under is None:
            f["hanging"] += 1
            continue
        f["inner-2"] += len(runs[n].lines) > 1
        if kinds[column[i - 1]] == SHOWN:
            f["inner-more"] += 1
            continue
        f["inner"] += 1
        f["inner-air"] += min(max(0.0, runs[n].top - runs[column[over]].bottom - 0.5), 4) / 2
        f["inner-below"] += min(max(0.0, runs[column[under]].top - runs[n].bottom - 0.5), 4) / 2
        f["inner-cue"] += s.cued[column[under]]
    return {name: value for name, value in f.items() if value}


def _foreign(s: Scene, part: Sequence[Sequence[int]]) -> int:
    """Return how many lines of other texts stand in the rectangle that the runs of ``part`` span."""
    mine = {n for column in part for n in column}
    first, last, top, bottom = span(s, part)
    count = 0
    for column in s.columns[first : last + 1]:
        for n in column:
            run = s.runs[n]
            if run.bottom > top + LEVEL and n not in mine and s.kinds[n] == TEXT:
                if run.top >= bottom - LEVEL:
                    break
                count += len(run.lines)
    return count


def span(s: Scene, shape: Sequence[Sequence[int]]) -> tuple[int, int, float, float]:
    """Return the first and last column of the runs of ``shape``, and their top and bottom."""
    flat = [n for column in shape for n in column]
    columns = [s.column[n] for n in flat]
    return min(columns), max(columns), min(s.runs[n].top for n in flat), max(s.runs[n].bottom for n in flat)


def _before(column: Sequence[int], s: Scene) -> list[int]:
    """Return the shown runs at the head of a column, before its first text."""
    found = []
    for n in column:
        if s.kinds[n] == TEXT:
            break
        if s.kinds[n] == SHOWN:
            found.append(n)
    return found


def _step(s: Scene, a: int, b: int) -> dict[str, float]:
    """Return what speaks for the text of run ``b`` coming after that of ``a``."""
    one, two = s.runs[a], s.runs[b]
    inside = s.column[a] == s.column[b]
    lang = s.flow.language(s.lasts[a], s.firsts[b])
    f = {"cue": float(s.cued[b]), "measure": float(abs(one.measure - two.measure) > UNLIKE * one.measure)}
    if one.open:
        f |= {"open": 1.0, "open-lang": lang, "open-indent": float(two.indented)}
    elif one.ended:
        f |= {"ended-indent" if two.indented else "ended-flush": 1.0, "ended-lang": min(lang, 0.0)}
    else:
        f["short"] = 1.0
    if inside:
        f["gap"] = min(max(0.0, two.top - one.bottom - 2), 20) / 5
        f["open-near"] = float(one.open and two.top - one.bottom <= LEVEL)
    return {f"{'in' if inside else 'next'}-{name}": value for name, value in f.items() if value}
