"""Which line goes on with which: take columns apart that an extractor read row by row.

The lines of a page come one after another, from the top. Each goes on with one of the open columns, mostly with the one
that has waited longest, or opens another. A column that is passed over by another twice is at its end, and seldom
goes on later. Columns stand beside each other in the same order in each row. The likeliest reading is found with a
beam; what is seen of two lines, and of one, counts by fitted weights (``profiles/fitted/turns.toml``).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from math import exp, log1p
from typing import NamedTuple

from relayout.fitted import columns as summed
from relayout.fitted import tables
from relayout.signals.crossing import Scene

BEAM = 20  # readings kept after each line
OPEN = 14  # columns open at a time
ENDED = 8  # columns remembered that are at their end
FAR = 40  # lines between that are too many
MOST = 30.0  # nats: above that a loss is as good as its odds


class Costs(NamedTuple):
    """What a reading pays, in nats.

    ``new`` for a column that begins, less ``together`` if another did just before; ``over`` for a column passed over
    by another, of which ``back`` is given back if it goes on next time; ``end`` for one that is at its end, the share
    ``share`` of all for further ones that end in the same place; ``later`` for one that goes on after its end.
    ``tied`` for parting lines of one box. ``beside`` is gained where a row has two columns beside each other that
    were so in the row before, ``apart`` paid where it has others, ``side`` where a column has a neighbour no more.
    ``language`` is the weight of what two lines say, ``itself`` of what one says.
    """

    new: float
    together: float
    over: float
    back: float
    end: float
    share: float
    later: float
    tied: float
    beside: float
    apart: float
    side: float
    language: float
    itself: float


class Rows(NamedTuple):
    """How lines stand: in one row with the one before, in one box with it, the first of a block."""

    beside: Sequence[bool]
    tied: Sequence[bool]
    block: Sequence[bool]


class _Column(NamedTuple):
    last: int
    before: int
    passed: bool


class _Reading(NamedTuple):
    """The end of a reading: its cost, the open columns, longest waiting first, those at their end, how it came."""

    cost: float
    open: tuple[_Column, ...]
    ended: tuple[int, ...]
    before: int
    came: _Reading | None


class Turns:
    """The search for the columns of one page."""

    def __init__(self, scene: Scene, rows: Rows, costs: Costs) -> None:
        """Weigh what is seen of each line."""
        self.scene = scene
        self.rows = rows
        self.costs = costs
        self.size = len(scene.pieces)
        alone = [summed(self._weights["alone"], scene.alone(i), 2) for i in range(self.size)]
        self.begins = [costs.new + costs.itself * _loss(one) for one, _ in alone]
        self.inside = [costs.itself * _loss(-one) for one, _ in alone]
        self.stops = [costs.end + costs.itself * _loss(two) for _, two in alone]
        self.goes = [costs.itself * _loss(-two) for _, two in alone]
        self.row = list(range(self.size))
        for j in range(1, self.size):
            if rows.beside[j]:
                self.row[j] = self.row[j - 1]

    @cached_property
    def _weights(self) -> dict[str, dict[str, tuple[float, ...]]]:
        return {name: dict(table) for name, table in tables("turns").items()}

    def columns(self) -> list[list[int]]:
        """Return the columns as lists of line numbers, in the order in which they begin.

        >>> from relayout.profile import load
        >>> scene = Scene.of(["海濱步道昨", "圖書館下月", "日動工。", "舉行展覽。"], {}, lambda a, b: 0.0)
        >>> costs = Costs(*(load("default").number(f"untangle.{name}") for name in Costs._fields))
        >>> sorted(sum(Turns(scene, Rows([False] * 4, [False] * 4, [False] * 4), costs).columns(), []))
        [0, 1, 2, 3]
        """
        beam = [_Reading(0.0, (), (), -1, None)]
        for j in range(self.size):
            beam = self._next(beam, j)
        return self._traced(beam[0])

    def _next(self, beam: Sequence[_Reading], j: int) -> list[_Reading]:
        found: dict[tuple[tuple[int, bool], ...], _Reading] = {}
        links: dict[int, float] = {}

        def link(i: int) -> float:
            if i not in links:
                links[i] = self._link(i, j)
            return links[i]

        def offer(reading: _Reading) -> None:
            key = tuple((one.last, one.passed) for one in reading.open)
            if key not in found or reading.cost < found[key].cost:
                found[key] = reading

        for step in beam:
            cost, waiting, ended = step.cost, step.open, step.ended
            if self.rows.block[j] and waiting:
                ended = (*ended, *(column.last for column in waiting))[-ENDED:]
                waiting = ()
            opened = (*waiting, _Column(j, -1, passed=False))
            begun = cost + self.begins[j] - self.costs.together * (step.before < 0 < j)
            if len(opened) > OPEN:
                offer(_Reading(begun, opened[1:], (*ended, opened[0].last)[-ENDED:], -1, step))
            else:
                offer(_Reading(begun, opened, ended, -1, step))
            for k, i in enumerate(ended):
                if j - i <= FAR:
                    now = (*waiting, _Column(j, i, passed=False))
                    offer(_Reading(cost + link(i) + self.costs.later, now, ended[:k] + ended[k + 1 :], i, step))
            right = self._right(step.before, j)
            for turn, column in enumerate(waiting):
                if column.last >= self.row[j]:
                    break
                price = cost + link(column.last) + self._beside(column.last, j, right)
                offer(self._turn(step, price, waiting, ended, turn, j))
        return sorted(found.values(), key=lambda one: one.cost)[:BEAM]

    def _link(self, i: int, j: int) -> float:
        """Return what it costs that line ``j`` goes on with line ``i``."""
        said = summed(self._weights["follows"], (*self.scene.follows(i, j), ("bias", 1.0)), 1)[0]
        cost = self.inside[j] + self.goes[i] - self.costs.language * said
        if self.rows.tied[j]:
            cost += -self.costs.tied if i == j - 1 else self.costs.tied
        return cost

    def _right(self, before: int, j: int) -> int:
        """Return the right neighbour of ``before``, which the line left of ``j`` goes on with; -1 if none."""
        beside = self.rows.beside
        return before + 1 if beside[j] and before >= 0 and before + 1 < j and beside[before + 1] else -1

    def _beside(self, i: int, j: int, right: int) -> float:
        beside = self.rows.beside
        cost = self.costs.side * ((j + 1 < self.size and beside[j + 1]) != (i + 1 < self.size and beside[i + 1]))
        if right >= 0:
            return cost + (-self.costs.beside if i == right else self.costs.apart)
        return cost + self.costs.side * (beside[i] != beside[j])

    def _turn(
        self, step: _Reading, cost: float, waiting: tuple[_Column, ...], ended: tuple[int, ...], turn: int, j: int
    ) -> _Reading:
        """Let line ``j`` go on with the column at ``turn``, and pass over those that have waited longer."""
        chosen = waiting[turn]
        cost -= self.costs.back * chosen.passed
        kept: list[_Column] = []
        over: list[int] = []
        for one in waiting[:turn]:
            if one.last < chosen.before:
                cost += self.stops[one.last] * (self.costs.share if over else 1.0) - self.costs.over * one.passed
                over.append(one.last)
            else:
                cost += self.costs.over * (not one.passed)
                kept.append(one._replace(passed=True))
        now = (*kept, *waiting[turn + 1 :], _Column(j, chosen.last, passed=False))
        return _Reading(cost, now, (*ended, *over)[-ENDED:], chosen.last, step)

    def _traced(self, reading: _Reading) -> list[list[int]]:
        """Follow a reading back and gather its columns."""
        before = [-1] * self.size
        now: _Reading | None = reading
        for j in range(self.size - 1, -1, -1):
            if now is None:
                break
            before[j], now = now.before, now.came
        found: list[list[int]] = []
        column_of: dict[int, list[int]] = {}
        for j, i in enumerate(before):
            if i not in column_of:
                column_of[j] = []
                found.append(column_of[j])
            else:
                column_of[j] = column_of[i]
            column_of[j].append(j)
        return found


def _loss(odds: float) -> float:
    """Return what it costs that something is so, by its log-odds."""
    return log1p(exp(-odds)) if odds > -MOST else -odds
