"""The articles of an old vertical page, whose text runs from register to register: what follows what, on lines alone.

The page has been turned by a quarter: a register is a column now, its upright columns are lines under each other, and a
headline as tall as two registers is as wide as two columns. Articles are no rectangles. A text goes down its column
until another headline or the edge stands in its way, then on at the top of what is free in the next column, under
whatever stands there. So runs of lines are found first; each run that has no headline over it goes on from one that
ends in the column before; and an article is a headline with all that hangs on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from relayout.geometry import around
from relayout.imprint import Box
from relayout.model import Line

LARGE = 1.22  # of the thickness of running text: what is thicker is set larger
SPREAD = 1.25  # of the way from character to character of running text: as wide is set a headline of the same size
NEAR = 1.3  # of the size of running text: from line to line of one text at most, white between
DECK = 2.2  # of it: white between the lines of a headline, and between it and its text
ASIDE = 0.7  # of it: white between a headline and another beside it that are one
SHARED = 0.4  # of the narrower of two lines stands under the other
INDENT = 1.7  # of it: how far the first line of a paragraph is set in
CENTRED = 0.6  # of it: how far a headline between two texts is set in at both ends, at least
LONG, LARGER = 16, 1.5  # characters: what is longer is a headline only if it is so much thicker than text
CROSS = 2.0  # of the size of running text: what is larger is no crosshead
WIDER = 1.15  # times the same: so wide is more of a headline
KICKER = 1.1  # times the way from character to character of running text: so wide is a kicker set
SHORT = 7  # characters of a headline no larger than text, at most
ACROSS = 3.0  # of it: from one register to the next at most, white between
FAR = 3.0  # what no step costs
FEW = 3  # lines: a text of as many under a headline may be part of it
OTHER = 1.5  # times as wide is a text of another measure
BROKEN = {(True, True): -0.5, (True, False): 0.5, (False, True): 1.0, (False, False): 0.2}
"""What a step costs from a last line that is full to a first one that is not set in."""
SLACK = 0.05  # of a run: by how much the next may overlap it and still stand after it
RISE = 0.3  # what a step costs from the foot of the page to its head


@dataclass(slots=True, eq=False)
class Run:
    """Lines of one text under each other, no other between; ``over`` what stands right over it."""

    lines: list[Line]
    box: Box
    head: bool = False
    over: list[Run] = field(default_factory=list)
    under: list[Run] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Chain:
    """A headline and the texts that hang on it, or texts without a headline."""

    deck: list[Run]
    texts: list[Run] = field(default_factory=list)
    parts: list[list[Run]] = field(default_factory=list)


def chains(lines: Sequence[Line], page: Box | None = None) -> list[Chain]:
    """Return the articles of a page as chains of runs, each in reading order; ``page`` is its box.

    A page wider than high, as it was printed, is two pages where white parts it: no text goes on from one to the other.
    """
    placed = [line for line in lines if line.box]
    if not placed:
        return []
    body = thickness(placed)
    usual = median([_pitch(line) for line in placed for _ in line.text[:80]])
    runs = _runs(placed, body, usual)
    _kick(runs, body, usual)
    decks = _decks(runs, body)
    segments = _segments(runs, body)
    return _chained(decks, segments, body, _halves(runs, page or around(run.box for run in runs)))


def _halves(runs: Sequence[Run], page: Box) -> list[Box]:
    """Return the page, or both pages of a fold: the white between them is in the middle, give or take a tenth."""
    if page.height < page.width:
        return [page]
    low, high = page.y0 + 0.4 * page.height, page.y0 + 0.6 * page.height
    edge, best = page.y0, (0.0, 0.0)
    for box in sorted((run.box for run in runs), key=lambda box: box.y0):
        if low < (edge + box.y0) / 2 < high:
            best = max(best, (box.y0 - edge, (edge + box.y0) / 2))
        edge = max(edge, box.y1)
    return [replace(page, y1=best[1]), replace(page, y0=best[1])] if best[0] > 0 else [page]


def thickness(lines: Iterable[Line]) -> float:
    """Return how thick lines of running text are: the median over the characters."""
    return median([line.box.height for line in lines if line.box for _ in line.text[:80]])


def _pitch(line: Line) -> float:
    return line.box.width / len(line.text) if line.box else 0.0


def _runs(lines: Sequence[Line], body: float, usual: float) -> list[Run]:
    """Put lines under each other into runs, and link each run with those right over it."""
    step = body / 2
    order = sorted(lines, key=lambda line: (line.box.y0, line.box.x0) if line.box else ())
    heads = {id(line) for line in lines if _is_large(line, body, usual)} | _middling(order, body, usual)
    last: dict[int, tuple[Run, float]] = {}  # the lowest run at each step from left to right, and how low
    found: list[Run] = []
    for line in order:
        box = line.box
        assert box
        steps = range(int(box.x0 / step), int(box.x1 / step) + 1)
        over = _over(box, [last[n] for n in steps if n in last], len(steps), body)
        head = id(line) in heads
        one = over[0] if len(over) == 1 and _joins(over[0], line, head, body) else None
        if one:
            one.lines.append(line)
            one.box = around((one.box, box))
        else:
            one = Run([line], box, head, over)
            found.append(one)
            for run in over:
                run.under.append(one)
        for n in steps:
            last[n] = one, box.y1
    return found


def _over(box: Box, below: Sequence[tuple[Run, float]], steps: int, body: float) -> list[Run]:
    """Return the runs that stand right over a line, over a good part of it or with a good part of their last line."""
    found: dict[Run, int] = {}
    for run, foot in below:
        if box.y0 - foot < DECK * body:
            found[run] = found.get(run, 0) + 1
    return [run for run, n in found.items() if n > SHARED * steps or _shared(run.lines[-1].box, box) > SHARED]


def _is_large(line: Line, body: float, usual: float) -> bool:
    if not line.box:
        return False
    if line.vertical:  # a level headline lies on its side: it is as thick as its letters are wide
        return line.box.width > 1.1 * body and len(line.text) < LONG
    large = line.box.height > (LARGE if len(line.text) < LONG else LARGER) * body
    return large or (len(line.text) < 9 and _pitch(line) > SPREAD * usual and line.box.height > 0.9 * body)


def _middling(order: Sequence[Line], body: float, usual: float) -> set[int]:
    """Return the lines that are headlines no larger than text: short, in the middle between a text and the next.

    One to three of them stand under each other; the line after them begins a paragraph.
    """
    found: set[int] = set()
    rows = [line for line in order if line.box and not line.vertical]
    for line in rows:
        box = line.box
        assert box
        if len(line.text) > SHORT or id(line) in found:
            continue
        taken = [line]
        after = _next(rows, box, body)
        while after and after.box and len(taken) < 4 and len(after.text) <= SHORT and _apart(after, body, rows):
            taken.append(after)
            after = _next(rows, after.box, body)
        if not after or not after.box or len(taken) > 3 or not _apart(line, body, rows):
            continue
        follow = _next(rows, after.box, body)
        begins = follow is not None and follow.box is not None and after.box.x0 - follow.box.x0 > 0.5 * body
        if begins:
            found.update(map(id, taken))
    return found


def _next(rows: Sequence[Line], box: Box, body: float) -> Line | None:
    """Return the line right under a box."""
    under = [
        line for line in rows
        if line.box and -0.3 * body < line.box.y0 - box.y1 < NEAR * body and _shared(line.box, box) > SHARED
    ]  # fmt: skip
    return min(under, key=lambda line: line.box.y0 if line.box else 0.0, default=None)


def _apart(line: Line, body: float, rows: Sequence[Line]) -> bool:
    """Say whether a line is set in at both ends, in regard to the text under it or over it."""
    box = line.box
    assert box
    reach = [
        one.box for one in rows
        if one.box and len(one.text) > SHORT - 2 and _shared(one.box, box) > 0.9 and one is not line
        and abs(one.box.y0 - box.y0) < 5 * body
    ]  # fmt: skip
    over, under = ([one for one in reach if (one.y0 < box.y0) is first] for first in (True, False))
    return bool(reach) and all(
        box.x0 - min(one.x0 for one in some) > CENTRED * body and max(one.x1 for one in some) - box.x1 > CENTRED * body
        for some in (over, under)
        if some
    )


def _shared(a: Box | None, b: Box) -> float:
    if not a:
        return 0.0
    return (min(a.x1, b.x1) - max(a.x0, b.x0)) / max(1e-6, min(a.width, b.width))


def _joins(run: Run, line: Line, head: bool, body: float) -> bool:
    last, box = run.lines[-1].box, line.box
    assert last
    assert box
    if run.head or head or run.lines[-1].vertical != line.vertical:
        return False
    gap = box.y0 - last.y1
    first = len(run.lines) == 1
    left = -INDENT * body * (1.3 if first else 0.6) < box.x0 - run.box.x0 < INDENT * body
    right = box.x1 - run.box.x1 < (99 if first else 0.8) * body
    return gap < NEAR * body and left and right


def _kick(runs: Sequence[Run], body: float, usual: float) -> None:
    """Take for headlines the few lines that lead to one: set wider than text, nothing over them, a headline under."""
    for run in runs:
        wide = min(map(_pitch, run.lines)) > KICKER * usual or run.box.height < 1.2 * body
        if not run.head and len(run.lines) < 4 and not run.over and wide and any(one.head for one in run.under):
            gap = min(one.box.y0 - run.box.y1 for one in run.under if one.head)
            run.head = min(map(_pitch, run.lines)) > KICKER * usual and gap < DECK * body
    for run in runs:
        # A headline's second line, set as wide as the first, may be too long to be one by itself.
        wide = min(map(_pitch, run.lines)) > WIDER * usual and max(len(line.text) for line in run.lines) < LONG
        if not run.head and len(run.lines) < 4 and wide and any(one.head for one in (*run.over, *run.under)):
            run.head = True


def _decks(runs: Sequence[Run], body: float) -> list[list[Run]]:
    """Put headline runs that stand close together into decks; one with text beside it is a crosshead, and text."""
    texts = [run for run in runs if not run.head]
    for run in runs:
        if run.head and not lies(run) and run.box.height < CROSS * body and _has_text_beside(run, texts, body):
            run.head = False
    decks: list[list[Run]] = []
    for run in sorted((run for run in runs if run.head), key=lambda run: (run.box.y0, run.box.x0)):
        near = [deck for deck in decks if any(_close(run.box, other.box, body) for other in deck)]
        decks = [deck for deck in decks if deck not in near]
        decks.append([one for deck in near for one in deck] + [run])
    return decks


def lies(run: Run) -> bool:
    """Say whether a run is a level headline, which lies on its side."""
    return run.head and run.lines[0].vertical and len(run.lines[0].text) > 2


def _has_text_beside(run: Run, texts: Sequence[Run], body: float) -> bool:
    """Say whether a text stands beside a short headline, within the width of the text over or under it."""
    box = run.box
    for wide in (*run.over, *run.under):
        if wide.head or not (wide.box.x0 - body < box.x0 and box.x1 < wide.box.x1 + body):
            continue
        if not -body < max(wide.box.y0 - box.y1, box.y0 - wide.box.y1) < DECK * body:
            continue
        for text in texts:
            level = min(text.box.y1, box.y1) - max(text.box.y0, box.y0) > 0.3 * box.height
            beside = wide.box.x0 - body < text.box.x0 and text.box.x1 < wide.box.x1 + body
            if level and beside and text is not wide:
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
    return level and dx < 2 * body and a.height > 1.6 * body


def _segments(runs: Sequence[Run], body: float) -> list[list[Run]]:
    """Put texts together that stand right under each other, no headline between."""
    home = {run: [run] for run in runs if not run.head}
    level = [run for run in runs if lies(run)]
    for run in list(home):
        begun = [head.box.y0 for head in level if _under_level(head.box, run.box, body)]
        for over in run.over:
            if begun and over.lines[-1].box and over.lines[-1].box.y1 < min(begun) + body:
                continue  # it stands under a level headline that begins where it does
            if over in home and home[over] is not home[run] and not _parts(over, run):
                both = home[over] + home[run]
                for one in both:
                    home[one] = both
    return list({id(one): one for one in home.values()}.values())


def _under_level(head: Box, text: Box, body: float) -> bool:
    """Say whether a text stands, as the page was printed, under a level headline: to its right, and begins as late."""
    beside = -0.5 * body < text.x0 - head.x1 < DECK * body
    return beside and -1.5 * body < text.y0 - head.y0 < head.height


def _parts(over: Run, run: Run) -> bool:
    """Say whether a text of another measure is not that over it: this has ended, and that begins amid a paragraph."""
    narrow, wide = sorted((over.box.width, run.box.width))
    return wide > OTHER * narrow and len(run.lines) > 1 and len(over.lines) > FEW and _setting(over, run) == (False, True)


def _chained(decks: Sequence[list[Run]], segments: Sequence[list[Run]], body: float, pages: Sequence[Box]) -> list[Chain]:
    """Hang each text on the headline over it, or on the text that ends in the column before it."""
    found = [Chain(deck) for deck in decks]
    home: dict[int, Chain] = {}
    loose: list[list[Run]] = []
    for segment in segments:
        chain = _headed(segment, found, body)
        if chain:
            chain.parts.append(segment)
            home[id(segment)] = chain
        else:
            loose.append(segment)
    after: dict[int, int] = {}
    deck_of = {run: around(one.box for one in deck) for deck in decks for run in deck}
    tried = sorted(
        (_step(a, b, home.get(id(a)), deck_of, body, pages), n, m)
        for m, b in enumerate(loose)
        for n, a in enumerate(segments)
        if a is not b
    )
    before: dict[int, int] = {}
    for cost, n, m in tried:
        if cost >= FAR:
            break
        if n in after or m in before or _leads(segments, loose, before, n, m):
            continue
        after[n], before[m] = m, n
    for m, segment in enumerate(loose):
        path = [segment]
        while id(path[0]) not in home:
            k = next(k for k, one in enumerate(loose) if one is path[0])
            if k not in before:
                break
            path.insert(0, segments[before[k]])
        chain = home.get(id(path[0]))
        if chain is None:
            chain = Chain([])
            found.append(chain)
            home[id(path[0])] = chain
            chain.parts.append(path[0])
        for one in path[1:]:
            if id(one) not in home:
                home[id(one)] = chain
                chain.parts.append(one)
    return [Chain(chain.deck, [run for segment in chain.parts for run in in_order(segment)]) for chain in found]


def in_order(runs: Sequence[Run]) -> list[Run]:
    """Return the runs of a text in reading order: cut across where nothing stands in the way, else downwards."""
    if len(runs) < 2:
        return list(runs)
    for low, high in (("y0", "y1"), ("x0", "x1")):
        order = sorted(runs, key=lambda run: float(getattr(run.box, low)))
        end = getattr(order[0].box, high)
        for n in range(1, len(order)):
            if getattr(order[n].box, low) > end - SLACK * (end - getattr(order[n - 1].box, low)):
                return in_order(order[:n]) + in_order(order[n:])
            end = max(end, getattr(order[n].box, high))
    return sorted(runs, key=lambda run: (run.box.y0, run.box.x0))


def _leads(
    segments: Sequence[list[Run]], loose: Sequence[list[Run]], before: dict[int, int], n: int, m: int
) -> bool:
    """Say whether the text ``m`` is already, by steps, before the text ``n``: a chain has no rings."""
    one = segments[n]
    while True:
        if one is loose[m]:
            return True
        k = next((k for k, other in enumerate(loose) if other is one), None)
        if k is None or k not in before:
            return False
        one = segments[before[k]]


def _headed(segment: list[Run], found: Sequence[Chain], body: float) -> Chain | None:
    """Return the headline that stands right over a text: of several the one that is over most of it."""
    best: tuple[float, Chain] | None = None
    whole = around(run.box for run in segment)
    for chain in found:
        score = 0.0
        for run in segment:
            if run.box.y0 > whole.y0 + 3 * body:
                continue
            for head in chain.deck:
                gap = run.box.y0 - head.box.y1
                shared = min(run.box.x1, head.box.x1) - max(run.box.x0, head.box.x0)
                if -body < gap < DECK * body and shared > 0.3 * min(head.box.width, run.box.width):
                    score += shared
                elif lies(head) and _under_level(head.box, run.box, body):
                    score += head.box.height
        if score > 0 and (best is None or score > best[0]):
            best = score, chain
    return best[1] if best else None


def _step(
    a: list[Run], b: list[Run], chain: Chain | None, decks: Mapping[Run, Box], body: float, pages: Sequence[Box]
) -> float:
    """Return how unlikely it is that a text goes on with another: 0 is sure, :data:`FAR` never."""
    first = min(b, key=lambda run: (run.box.y0, run.box.x0))
    last = max(a, key=lambda run: (run.box.x1 > max(r.box.x1 for r in a) - 2 * body, run.box.y1))
    here, there = around(run.box for run in a), first.box
    aside = (there.x0 - here.x1) / body
    if not -1.0 < aside < ACROSS:
        return FAR
    page = next((one for one in pages if there.y0 < one.y1), pages[-1])
    if here.y1 > page.y1 + body or here.y0 < page.y0 - body:
        return FAR
    if there.y0 > last.box.y1 - 0.5 * body:
        return FAR  # a text goes on beside its end, or further up
    cost = abs(aside - 1.0) * 0.1
    cost += (last.box.y1 - there.y0) / page.height * RISE
    cost += abs(here.y0 - there.y0) / page.height
    if chain and chain.deck:
        over = around(run.box for run in chain.deck)
        under = min(there.x1, over.x1) - max(there.x0, over.x0) > 0.5 * there.width
        cost += (-1.0 if there.y0 > over.y0 else 1.0) if under else 0.0
    ends = [decks[run] for run in last.under if run in decks]
    if ends:
        # Where the next headline is as tall as two registers, the text goes on beside it; else it ended there.
        wide = around(ends)
        cost += -0.7 if _shared(wide, there) > 0.3 and there.y0 < wide.y0 else 1.5
    return cost + BROKEN[_setting(last, first)]


def _setting(last: Run, first: Run) -> tuple[bool, bool]:
    """Say whether the last line of a text is full, and whether the first line of another is not set in."""
    end, begin = last.lines[-1], first.lines[0].box
    assert end.box
    assert begin
    size = end.box.height
    full = last.box.x1 - end.box.x1 < 1.2 * size
    flush = len(first.lines) < 2 or begin.x0 - first.box.x0 < 0.5 * size
    return full, flush
