"""The articles of an old vertical page, whose text runs from register to register: what follows what, on lines alone.

The page has been turned by a quarter: a register is a column now, its upright columns are lines under each other, and a
headline as tall as two registers is as wide as two columns. Articles are no rectangles. A text goes down its column
until another headline or the edge stands in its way, then on at the top of what is free in the next column, under
whatever stands there. So runs of lines are found first; each run that has no headline over it goes on from one that
ends in the column before; and an article is a headline with all that hangs on it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from relayout.geometry import around
from relayout.imprint import Box
from relayout.model import Line
from relayout.register_heads import DECK, crossed, decks_of, kick, lies
from relayout.register_lines import Run, pitch, runs_of, shared, thickness

ACROSS = 3.0  # of the size of running text: white from one register to the next at most
FEW = 3  # lines: a text of as many under a headline may be part of it
OTHER = 1.5  # times as wide is a text of another measure
FAR = 3.0  # what no step from text to text costs
RISE = 0.3  # what a step costs from the foot of the page to its head
BESIDE, ENDED = -0.7, 1.5  # the same where the next headline is as tall as both registers, and where it is not
UNDER, OVER = -1.0, 1.0  # the same to a text under the own headline, and to one over it
BROKEN = {(True, True): -0.5, (True, False): 0.5, (False, True): 1.0, (False, False): 0.2}
"""What a step costs from a last line that is full to a first one that is not set in."""
FOLD = 1.2  # times as wide as high is a fold of two pages
UPON = 0.3  # of the narrower of a headline and a text stands over it
SLACK = 0.05  # of a run: by how much the next may overlap it and still stand after it


@dataclass(frozen=True, slots=True)
class Text:
    """Runs right under each other, no headline between: their box, the run that begins it, and the one that ends it."""

    runs: tuple[Run, ...]
    box: Box
    first: Run
    last: Run


@dataclass(frozen=True, slots=True)
class Chain:
    """An article: its headline, then its texts, both runs; either may be missing. The texts are in reading order."""

    deck: tuple[Run, ...]
    texts: tuple[Run, ...]


def chains(lines: Sequence[Line], page: Box | None = None) -> list[Chain]:
    """Return the articles of a page as chains of runs; ``page`` is its box, without which it is as large as its lines.

    A page wider than high, as it was printed, is two pages where white parts it: no text goes on from one to the other.
    Leaves out lines without a box; every other line is in one chain.
    """
    placed = [line for line in lines if line.box]
    if not placed:
        return []
    body = thickness(placed)
    usual = median([pitch(line) for line in placed for _ in line.text[:80]])
    runs = crossed(kick(runs_of(placed, body, usual), body, usual), body)
    decks = decks_of(runs, body)
    texts = _texts(runs, body)
    boxes = [around(run.box for run in deck) for deck in decks]
    owners = [_headed(text, decks, boxes, body) for text in texts]
    whole = page or around(run.box for run in runs)
    after = _steps(texts, owners, decks, body, _halves(runs, whole))
    return _strung(texts, owners, decks, after)


def _halves(runs: Sequence[Run], page: Box) -> list[Box]:
    """Return the page, or both pages of a fold: the white between them is in the middle, give or take a tenth."""
    if page.height < FOLD * page.width:
        return [page]
    low, high = page.y0 + 0.4 * page.height, page.y0 + 0.6 * page.height
    edge, best = page.y0, (0.0, 0.0)
    for box in sorted((run.box for run in runs), key=lambda box: box.y0):
        if low < (edge + box.y0) / 2 < high:
            best = max(best, (box.y0 - edge, (edge + box.y0) / 2))
        edge = max(edge, box.y1)
    return [replace(page, y1=best[1]), replace(page, y0=best[1])] if best[0] > 0 else [page]


def _texts(runs: Sequence[Run], body: float) -> list[Text]:
    """Put texts together that stand right under each other, no headline between."""
    home = {run.n: [run] for run in runs if not run.head}
    level = [run for run in runs if lies(run)]
    for n in list(home):
        run = runs[n]
        begun = [head.box.y0 for head in level if _under_level(head.box, run.box, body)]
        over = [runs[k] for k in run.over if k in home and not _parts(runs[k], run)]
        # What stands under a level headline that begins where it does is no part of what is over both.
        over = [one for one in over if not begun or _foot(one) >= min(begun) + body]
        if len({id(home[one.n]) for one in over if len(one.lines) > FEW}) > 1:
            continue  # what stands under two texts goes on with neither
        for one in over:
            if home[one.n] is not home[n]:
                both = home[one.n] + home[n]
                home.update((part.n, both) for part in both)
    return [_text(found, body) for found in {id(one): one for one in home.values()}.values()]


def _text(runs: Sequence[Run], body: float) -> Text:
    box = around(run.box for run in runs)
    first = min(runs, key=lambda run: (run.box.y0, run.box.x0))
    return Text(tuple(runs), box, first, max(runs, key=lambda run: (run.box.x1 > box.x1 - 2 * body, run.box.y1)))


def _foot(run: Run) -> float:
    box = run.lines[-1].box
    return box.y1 if box else run.box.y1


def _under_level(head: Box, text: Box, body: float) -> bool:
    """Say whether a text stands, as the page was printed, under a level headline: to its right, and begins as late."""
    beside = -0.5 * body < text.x0 - head.x1 < DECK * body
    return beside and -1.5 * body < text.y0 - head.y0 < head.height


def _parts(over: Run, run: Run) -> bool:
    """Say whether a text of another measure is not that over it: this has ended, and that begins amid a paragraph."""
    narrow, wide = sorted((over.box.width, run.box.width))
    long = len(run.lines) > 1 and len(over.lines) > FEW
    return wide > OTHER * narrow and long and _setting(over, run) == (False, True)


def _headed(text: Text, decks: Sequence[Sequence[Run]], boxes: Sequence[Box], body: float) -> int:
    """Return which headline stands right over a text, -1 for none: of several the one that is over most of it."""
    best = (0.0, -1)
    for n, deck in enumerate(decks):
        box = boxes[n]
        if box.y0 > text.box.y1 + DECK * body or box.x0 > text.box.x1 or box.x1 < text.box.x0 - DECK * body:
            continue
        score = 0.0
        for run in text.runs:
            if run.box.y0 > text.box.y0 + 3 * body:
                continue
            for head in deck:
                gap = run.box.y0 - head.box.y1
                if -body < gap < DECK * body and shared(head.box, run.box) > UPON:
                    score += min(run.box.x1, head.box.x1) - max(run.box.x0, head.box.x0)
                elif lies(head) and _under_level(head.box, run.box, body):
                    score += head.box.height
        best = max(best, (score, -1 if score <= 0 else n), key=lambda one: one[0])
    return best[1]


def _steps(
    texts: Sequence[Text], owners: Sequence[int], decks: Sequence[Sequence[Run]], body: float, pages: Sequence[Box]
) -> dict[int, int]:
    """Return for texts the text without a headline that each goes on with; the cheapest steps are taken first."""
    deck_of = {run.n: around(one.box for one in deck) for deck in decks for run in deck}
    boxes = [around(run.box for run in deck) for deck in decks]
    ends = sorted((text.box.x1, n) for n, text in enumerate(texts))
    tried: list[tuple[float, int, int]] = []
    for m, text in enumerate(texts):
        if owners[m] >= 0:
            continue
        left = text.first.box.x0
        low, high = (bisect_left(ends, (left - by * body, -1)) for by in (ACROSS, -1.0))
        for _, n in ends[low:high]:
            own = boxes[owners[n]] if owners[n] >= 0 else None
            cost = _step(texts[n], text, own, deck_of, body, pages)
            if n != m and cost < FAR:
                tried.append((cost, n, m))
    after: dict[int, int] = {}
    before: dict[int, int] = {}
    for _, n, m in sorted(tried):
        start = n
        while start in before:
            start = before[start]
        if n not in after and m not in before and start != m:
            after[n], before[m] = m, n
    return after


def _strung(
    texts: Sequence[Text], owners: Sequence[int], decks: Sequence[Sequence[Run]], after: Mapping[int, int]
) -> list[Chain]:
    """Put what goes on with each other together: a headline, the texts under it, and those that they go on with."""
    later = set(after.values())
    order = sorted(range(len(texts)), key=lambda n: (texts[n].box.x0, texts[n].box.y0))
    heads = {n: [m for m in order if owners[m] == n] for n in range(len(decks))}
    starts: list[tuple[tuple[Run, ...], list[int]]] = [(tuple(decks[n]), own) for n, own in heads.items()]
    starts += [((), [n]) for n in order if owners[n] < 0 and n not in later]
    found = []
    for deck, begun in starts:
        path: list[int] = []
        for n in begun:
            path.append(n)
            while path[-1] in after:
                path.append(after[path[-1]])
        # Texts under one headline come first, each register in turn; what they go on with comes after.
        path.sort(key=lambda n: n not in begun)
        found.append(Chain(deck, tuple(run for n in path for run in in_order(texts[n].runs))))
    return found


def in_order(runs: Sequence[Run]) -> list[Run]:
    """Return the runs of a text in reading order: cut across where nothing stands in the way, else downwards."""
    for low, high in (("y0", "y1"), ("x0", "x1")):
        order = sorted(runs, key=lambda run: float(getattr(run.box, low)))
        groups: list[list[Run]] = []
        end = 0.0
        for run in order:
            start = float(getattr(run.box, low))
            if not groups or start > end - SLACK * (end - float(getattr(groups[-1][-1].box, low))):
                groups.append([])
            groups[-1].append(run)
            end = max(end, float(getattr(run.box, high))) if len(groups[-1]) > 1 else float(getattr(run.box, high))
        if len(groups) > 1:
            return [run for group in groups for run in in_order(group)]
    return sorted(runs, key=lambda run: (run.box.y0, run.box.x0))


def _step(a: Text, b: Text, own: Box | None, decks: Mapping[int, Box], body: float, pages: Sequence[Box]) -> float:
    """Return how unlikely it is that a text goes on with another in the next register; :data:`FAR` is never."""
    here, there, last = a.box, b.first.box, a.last
    page = next((one for one in pages if there.y0 < one.y1), pages[-1])
    if here.y1 > page.y1 + body or here.y0 < page.y0 - body:
        return FAR
    if there.y0 > last.box.y1 - 0.5 * body:
        return FAR  # a text goes on beside its end, or further up
    cost = abs((there.x0 - here.x1) / body - 1.0) * 0.1
    cost += (last.box.y1 - there.y0) / page.height * RISE
    cost += abs(here.y0 - there.y0) / page.height
    if own and min(there.x1, own.x1) - max(there.x0, own.x0) > 0.5 * there.width:
        cost += UNDER if there.y0 > own.y0 else OVER
    ends = [decks[n] for n in last.under if n in decks]
    if ends:
        # Where the next headline is as tall as two registers, the text goes on beside it; else it ended there.
        wide = around(ends)
        cost += BESIDE if shared(wide, there) > UPON and there.y0 < wide.y0 else ENDED
    return cost + BROKEN[_setting(last, b.first)]


def _setting(last: Run, first: Run) -> tuple[bool, bool]:
    """Say whether the last line of a text is full, and whether the first line of another is not set in."""
    end, begin = last.lines[-1].box, first.lines[0].box
    assert end
    assert begin
    full = last.box.x1 - end.x1 < 1.2 * end.height
    flush = len(first.lines) < 2 or begin.x0 - first.box.x0 < 0.5 * end.height
    return full, flush
