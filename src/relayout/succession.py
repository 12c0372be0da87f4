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

from relayout.matching import assign
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
    """What speaks for one piece of text going on with another, in the prices of the profile."""

    weak: float
    least: float
    topic: float
    measure: float
    far: float
    begins: float


def chains(
    found: Sequence[Sequence[int]], lines: Sequence[Ends], flow: Flow, likes: Likes, texts: Sequence[str]
) -> list[list[int]]:
    """Put columns end to end where the text goes on from the foot of one to the head of another.

    A column is first cut where the text does not go on (below ``weak``): a headline stood there, or another text.
    Each foot that ends in the middle of a sentence looks for its successor, and successors are given out for the
    whole page at once. Source: Gao et al. (ICPR 2012), "order first, group second".
    """
    linked = {i: j for column in found for i, j in zip(column, column[1:], strict=False)}
    heads = [column[0] for column in found]
    values: list[dict[int, float]] = []
    for i, before in enumerate(lines):
        value: dict[int, float] = {}
        for j in {*range(max(0, i - NEAR), min(len(lines), i + NEAR)), *heads} - {i}:
            gap = abs(j - i - 1)
            value[j] = LIFT + sum((
                flow.goes_on(before, lines[j]),
                likes.topic * (linked.get(i) == j),
                -likes.begins * (j < i),
                -likes.far * min(gap, 40),
            ))  # fmt: skip
        values.append(value)
    return _joined([[i] for i in range(len(lines))], assign(values, LIFT + likes.least))


NEAR = 10
LIFT = 20.0  # makes every value positive, which is what assign() wants


def _pieces(found: Sequence[Sequence[int]], lines: Sequence[Ends], flow: Flow, weak: float) -> list[list[int]]:
    pieces: list[list[int]] = []
    for column in found:
        piece = [column[0]]
        for i, j in zip(column, column[1:], strict=False):
            if flow.goes_on(lines[i], lines[j]) < weak:
                pieces.append(piece)
                piece = []
            piece.append(j)
        pieces.append(piece)
    return pieces


def _measure(piece: Sequence[int], lines: Sequence[Ends]) -> int:
    """Return the width that most lines of a piece come up to."""
    widths = sorted(lines[i].width for i in piece)
    return widths[3 * len(widths) // 4]


def _is_text(piece: Sequence[int], lines: Sequence[Ends]) -> bool:
    """Say whether a piece can be running text: several lines, or one that a sentence ends."""
    return len(piece) > 1 or lines[piece[0]].ended


def _begins(piece: Sequence[int], lines: Sequence[Ends]) -> bool:
    """Say whether a piece begins with a first line: short by an indent of two characters."""
    return len(piece) > 1 and 3 <= lines[piece[1]].width - lines[piece[0]].width <= 5


def _joined(pieces: Sequence[list[int]], after: Sequence[int | None]) -> list[list[int]]:
    """Join pieces to chains; a ring is cut before its first line."""
    heads = {b for b in after if b is not None}
    joined: list[list[int]] = []
    done: set[int] = set()
    for a in [a for a in range(len(pieces)) if a not in heads] + list(range(len(pieces))):
        chain: list[int] = []
        now: int | None = a
        while now is not None and now not in done:
            done.add(now)
            chain += pieces[now]
            now = after[now]
        if chain:
            joined.append(chain)
    return joined
