"""Which line goes on with which: take lines apart that an extractor read row by row across the columns.

The lines of a page come one after another, and each either goes on with one of the columns that are open, mostly
with the one that has waited longest, or opens another column. The cheapest such reading is kept in a beam. Then
columns are put end to end where the text goes on. Source: the path cover over lines of arXiv 2607.01018 and the
successors of Gao et al. (ICPR 2012), without boxes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from relayout.signals.flow import Ends, Flow

BEAM = 30  # readings kept after each line, for each number of open columns
OPEN = 14  # columns open at a time
REACH = 6  # columns further on in the round that a line may go on with


class Costs(NamedTuple):
    """What a reading pays, in nats: for a new column, for leaving columns out of their turn, or for good."""

    new: float
    skip: float
    close: float
    closed_ended: float
    together: float
    language: float


class _Step(NamedTuple):
    """The end of a reading: its cost, the last line of each open column, longest waiting first, and how it came."""

    cost: float
    columns: tuple[int, ...]
    before: int  # the line that this one goes on with, or -1
    came: _Step | None


def columns(lines: Sequence[Ends], flow: Flow, costs: Costs) -> list[list[int]]:
    """Return the columns of a page as lists of indices of ``lines``, in the order in which they begin."""
    known: dict[tuple[int, int], float] = {}

    def goes_on(i: int, j: int) -> float:
        if (i, j) not in known:
            known[i, j] = costs.language * flow.goes_on(lines[i], lines[j])
        return known[i, j]

    beam = [_Step(0.0, (), -1, None)]
    for j in range(len(lines)):
        found: dict[tuple[int, ...], _Step] = {}

        def offer(cost: float, order: tuple[int, ...], before: int, came: _Step, into: dict[tuple[int, ...], _Step]) -> None:
            if order not in into or cost < into[order].cost:
                into[order] = _Step(cost, order, before, came)

        for step in beam:
            waiting = step.columns
            opened = costs.together if step.before < 0 else costs.new
            offer(step.cost + opened, (*waiting, j)[-OPEN:], -1, step, found)
            shut = 0.0
            for turn, i in enumerate(waiting[:REACH]):
                gain = step.cost - goes_on(i, j)
                rest = waiting[turn + 1 :]
                if turn:
                    offer(gain + costs.skip * min(turn, 2), (*waiting[:turn], *rest, j), i, step, found)
                    offer(gain + shut, (*rest, j), i, step, found)
                else:
                    offer(gain, (*rest, j), i, step, found)
                # The columns of an article end in one row.
                shut += (costs.closed_ended if lines[i].ended else costs.close) if not turn else costs.together
            # A text that is no longer woven: the line goes on with the one just before it.
            if len(waiting) > REACH:
                i = waiting[-1]
                offer(step.cost + costs.skip * 2 - goes_on(i, j), (*waiting[:-1], j), i, step, found)
        beam = _best(found.values())
    return _traced(min(beam, key=lambda one: one.cost), len(lines))


def _best(steps: Iterable[_Step]) -> list[_Step]:
    """Keep the cheapest readings of each number of open columns: those with many have paid for them beforehand."""
    kept: list[_Step] = []
    count: Counter[int] = Counter()
    for step in sorted(steps, key=lambda one: one.cost):
        size = len(step.columns)
        if count[size] < BEAM:
            count[size] += 1
            kept.append(step)
    return kept


def _traced(step: _Step, count: int) -> list[list[int]]:
    """Follow a reading back and gather its columns."""
    before = [-1] * count
    now: _Step | None = step
    for j in range(count - 1, -1, -1):
        if now is None:
            break
        before[j] = now.before
        now = now.came
    found: list[list[int]] = []
    column_of: dict[int, list[int]] = {}
    for j in range(count):
        column = column_of.get(before[j])
        if column is None:
            column = []
            found.append(column)
        column.append(j)
        column_of[j] = column
    return found


def chains(found: Sequence[Sequence[int]], lines: Sequence[Ends], flow: Flow, weak: float) -> list[list[int]]:
    """Put columns end to end where the text goes on from the foot of one to the head of another.

    A column is first cut where the text does not go on (below ``weak``): a headline stood there, or another text.
    The feet that go on best choose first; a head that stands near in the order of the source is the more likely.
    """
    pieces: list[list[int]] = []
    for column in found:
        piece = [column[0]]
        for i, j in zip(column, column[1:], strict=False):
            if flow.goes_on(lines[i], lines[j]) < weak:
                pieces.append(piece)
                piece = []
            piece.append(j)
        pieces.append(piece)
    offers: list[tuple[float, int, int]] = []
    for a, one in enumerate(pieces):
        foot = lines[one[-1]]
        if foot.ended:
            continue
        for b, two in enumerate(pieces):
            if a != b and one[0] < two[0]:
                far = abs(two[0] - one[0]) if len(one) > 1 else abs(two[0] - one[-1])
                value = flow.goes_on(foot, lines[two[0]]) - 0.1 * min(far, 40)
                offers.append((value, a, b))
    return _joined(pieces, sorted(offers, reverse=True), weak)


def _joined(pieces: Sequence[list[int]], offers: Sequence[tuple[float, int, int]], least: float) -> list[list[int]]:
    """Join pieces, best offers first; each has one piece before it and one after it."""
    after: dict[int, int] = {}
    before: dict[int, int] = {}
    for value, a, b in offers:
        if value < least or a in after or b in before or _first(a, before) == b:
            continue
        after[a], before[b] = b, a
    joined: list[list[int]] = []
    for a in range(len(pieces)):
        if a in before:
            continue
        chain = list(pieces[a])
        while a in after:
            a = after[a]
            chain += pieces[a]
        joined.append(chain)
    return joined


def _first(a: int, before: dict[int, int]) -> int:
    while a in before:
        a = before[a]
    return a
