"""Which line goes on with which: take lines apart that an extractor read row by row across the columns.

The lines of a page come one after another, and each either goes on with one of the columns that are open, mostly with
the one that has waited longest, or opens another column. The cheapest such reading is kept in a beam. Then every line
gets its successor for the whole page at once, which puts columns end to end where the text goes on. Source: the path
cover over lines of arXiv 2607.01018 and the successors of Gao et al. (ICPR 2012), without boxes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from relayout.matching import assign
from relayout.signals.flow import Ends, Flow

BEAM = 30  # readings kept after each line, for each number of open columns
OPEN = 14  # columns open at a time
REACH = 6  # columns further on in the round that a line may go on with
NEAR = 10  # lines before and after that are asked for a successor
FAR = 40  # lines between from which on all are equally far
LIFT = 20.0  # makes every value positive, which is what assign() wants


class Costs(NamedTuple):
    """What a reading pays, in nats.

    ``new`` for a column that begins, ``together`` for one that begins or ends in the row in which another does;
    ``skip`` for a column left out of its turn, ``close`` for one left for good, ``closed_ended`` if a sentence ends
    there. ``tied`` for parting lines of one box. ``language`` is the weight of what the texts say.
    """

    new: float
    skip: float
    close: float
    closed_ended: float
    together: float
    tied: float
    language: float


class _Step(NamedTuple):
    """The end of a reading: its cost, the last line of each open column, longest waiting first, and how it came."""

    cost: float
    columns: tuple[int, ...]
    before: int  # the line that this one goes on with, or -1
    came: _Step | None


def columns(lines: Sequence[Ends], flow: Flow, costs: Costs, tied: Sequence[bool]) -> list[list[int]]:
    """Return the columns of a page as lists of indices of ``lines``, in the order in which they begin.

    ``tied`` says of each line that the extractor saw it in one box with the line before.
    """
    known: dict[tuple[int, int], float] = {}

    def goes_on(i: int, j: int) -> float:
        if (i, j) not in known:
            known[i, j] = costs.language * flow.goes_on(lines[i], lines[j])
            if tied[j]:
                known[i, j] += costs.tied if i == j - 1 else -costs.tied
        return known[i, j]

    beam = [_Step(0.0, (), -1, None)]
    for j in range(len(lines)):
        found: dict[tuple[int, ...], _Step] = {}

        def offer(
            cost: float, order: tuple[int, ...], before: int, came: _Step, into: dict[tuple[int, ...], _Step]
        ) -> None:
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
            if waiting and (len(waiting) > REACH or tied[j]):
                i = waiting[-1]
                offer(step.cost + costs.skip * (not tied[j]) - goes_on(i, j), (*waiting[:-1], j), i, step, found)
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


class Likes(NamedTuple):
    """What speaks for one line going on with another, wherever it stands: in nats, as ``Flow.goes_on``.

    ``least`` is what it takes; ``column`` is added where ``columns`` found so; ``far`` goes off for each line that
    stands between, and ``back`` for a line further up in the source.
    """

    least: float
    column: float
    far: float
    back: float


def chains(found: Sequence[Sequence[int]], lines: Sequence[Ends], flow: Flow, likes: Likes) -> list[list[int]]:
    """Give every line its successor, and return the chains of indices that this makes.

    ``found`` is what ``columns`` gave; it counts for much, but a line may also go on with one near by, or with the
    first line of a column. A line at which nothing goes on ends its chain. Successors are given out for the whole
    page at once. Source: Gao et al. (ICPR 2012), "order first, group second".
    """
    linked = {i: j for column in found for i, j in pairwise(column)}
    heads = [column[0] for column in found]
    values: list[dict[int, float]] = []
    for i, before in enumerate(lines):
        value: dict[int, float] = {}
        for j in {*range(max(0, i - NEAR), min(len(lines), i + NEAR)), *heads} - {i}:
            gap = abs(j - i - 1)
            value[j] = LIFT + sum((
                flow.goes_on(before, lines[j]),
                likes.column * (linked.get(i) == j),
                -likes.back * (j < i),
                -likes.far * min(gap, FAR),
            ))  # fmt: skip
        values.append(value)
    return _joined(assign(values, LIFT + likes.least))


def _joined(after: Sequence[int | None]) -> list[list[int]]:
    """Follow the successors from line to line; a ring is cut before its first line."""
    followers = {b for b in after if b is not None}
    joined: list[list[int]] = []
    done: set[int] = set()
    for first in [a for a in range(len(after)) if a not in followers] + list(range(len(after))):
        chain: list[int] = []
        now: int | None = first
        while now is not None and now not in done:
            done.add(now)
            chain.append(now)
            now = after[now]
        if chain:
            joined.append(chain)
    return joined
