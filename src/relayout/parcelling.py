"""The best way to cut a page into modules.

A page is cut across and downwards into rectangles, by dynamic programming over those that cuts can leave; then modules
are joined, and boxes taken out of them, as long as the page is worth more so. ``modules`` says what one is worth.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from relayout.modules import LEVEL, Shape, features, span
from relayout.scenery import BYLINE, SHOWN, TEXT, Scene

State = tuple[tuple[int, int, int], ...]  # column, first and last run (half-open), for each column of a rectangle
MOST = 4000  # rectangles that are looked at
MOVES = 20  # at most, to make the cutting of a page better
NEAR = 12  # lines between two modules that may be one
ROOM = 6.0  # lines of white that are as good as the end of a column
TITLES = (SHOWN, BYLINE)


class Cutter:
    """Cuts a page into modules; keeps what rectangles are worth."""

    def __init__(self, s: Scene, weights: Mapping[str, float]) -> None:
        """Make ready for the scene ``s``."""
        self.s = s
        self.weights = weights
        self.gaps: dict[tuple[int, float], list[tuple[int, float]]] = {}
        self.best: dict[State, tuple[float, tuple[State, ...]]] = {}
        self.worths: dict[Shape, float] = {}

    def run(self) -> list[Shape]:
        """Return the runs of each module of the page, column by column: the best way to cut, then made better."""
        whole = tuple((c, 0, len(column)) for c, column in enumerate(self.s.columns) if column)
        return self._polished([self._shape(state) for state in self.cut(whole)[1]])

    def worth(self, shape: Shape) -> float:
        """Return what speaks for the runs of ``shape`` being one article."""
        if shape not in self.worths:
            self.worths[shape] = self.value(shape)
        return self.worths[shape]

    def value(self, shape: Shape) -> float:
        """Add up what is seen of a rectangle; the fit of the weights has another value."""
        return sum(self.weights.get(name, 0.0) * value for name, value in features(self.s, shape).items() if value)

    def _polished(self, shapes: list[Shape]) -> list[Shape]:
        """Join modules, or take one out of another, as long as that is worth more: an article runs round a box."""
        for _ in range(MOVES):
            gain, old, new = max(self._moves(shapes), key=lambda move: move[0], default=(0.0, (), ()))
            if gain <= 1e-6:
                break
            shapes = [shape for shape in shapes if shape not in old] + list(new)
        return sorted(shapes)

    def _moves(self, shapes: list[Shape]) -> Iterator[tuple[float, tuple[Shape, ...], tuple[Shape, ...]]]:
        for i, one in enumerate(shapes):
            for two in shapes[:i]:
                if self._beside(one, two):
                    new = self._joined(one, two)
                    yield self.worth(new) - self.worth(one) - self.worth(two), (one, two), (new,)
            for hole, rest in self._holes(one):
                yield self.worth(hole) + self.worth(rest) - self.worth(one), (one,), (hole, rest)

    def _beside(self, one: Shape, two: Shape) -> bool:
        """Say whether two modules touch: a cheap look before the dear one."""
        a, b = span(self.s, one), span(self.s, two)
        return a[0] <= b[1] + 1 and b[0] <= a[1] + 1 and a[2] <= b[3] + NEAR and b[2] <= a[3] + NEAR

    def _shape(self, state: State) -> Shape:
        return tuple(self.s.columns[c][lo:hi] for c, lo, hi in state)

    def _joined(self, one: Shape, two: Shape) -> Shape:
        columns: dict[int, list[int]] = {}
        for n in (n for shape in (one, two) for column in shape for n in column):
            columns.setdefault(self.s.column[n], []).append(n)
        return tuple(tuple(sorted(columns[c], key=lambda n: self.s.runs[n].top)) for c in sorted(columns))

    def _holes(self, shape: Shape) -> Iterator[tuple[Shape, Shape]]:
        """Give the ways to take a box out of a module: under a title inside it, over some of its columns."""
        runs, kinds = self.s.runs, self.s.kinds
        for a, column in enumerate(shape):
            for k, n in enumerate(column):
                if not (a or k) or kinds[n] != SHOWN or (k and kinds[column[k - 1]] == SHOWN):
                    continue
                ends = [1e9, *(runs[m].top for m in column[k + 2 :] if kinds[m] == TEXT)]
                for bottom in ends[:4]:
                    yield from self._boxes(shape, a, runs[n].top, bottom)

    def _boxes(self, shape: Shape, first: int, top: float, bottom: float) -> Iterator[tuple[Shape, Shape]]:
        """Give the boxes from ``top`` to ``bottom`` over the columns from ``first`` on, and what they leave."""
        runs = self.s.runs
        box: list[tuple[int, ...]] = []
        for column in shape[first:]:
            box.append(tuple(m for m in column if top - LEVEL <= runs[m].top and runs[m].bottom <= bottom + 0.6))
            if any(runs[m].top < top - LEVEL and runs[m].bottom > top + LEVEL for m in column):
                return
            taken = {m for part in box for m in part}
            rest = tuple(left for part in shape if (left := tuple(m for m in part if m not in taken)))
            if rest and taken:
                yield tuple(part for part in box if part), rest

    def cut(self, state: State) -> tuple[float, tuple[State, ...]]:
        """Return the best way to cut a rectangle, or to leave it whole, and what it is worth."""
        if state in self.best:
            return self.best[state]
        best: tuple[float, tuple[State, ...]] = (self.worth(self._shape(state)), (state,))
        ways = [*self._across(state), *self._downwards(state)] if len(self.best) < MOST else []
        for one, two in ways:
            a, b = self.cut(one), self.cut(two)
            if a[0] + b[0] > best[0]:
                best = (a[0] + b[0], a[1] + b[1])
        self.best[state] = best
        return best

    def _downwards(self, state: State) -> list[tuple[State, State]]:
        """Return the ways to cut between two columns that nothing reaches over."""
        found = []
        for k in range(1, len(state)):
            edge = state[k][0]
            if not any(self.s.reach[n] >= edge for c, lo, hi in state[:k] for n in self.s.columns[c][lo:hi]):
                found.append((state[:k], state[k:]))
        return found

    def _across(self, state: State) -> list[tuple[State, State]]:
        """Return the ways to cut across above a shown run."""
        runs = self.s.runs
        found: dict[tuple[State, State], None] = {}
        for c, lo, hi in state:
            column = self.s.columns[c]
            for i in range(lo, hi):
                n, over = column[i], column[i - 1] if i > lo else None
                if self.s.kinds[n] not in TITLES:
                    continue
                if over is not None and self.s.kinds[over] in TITLES and runs[n].top - runs[over].bottom <= 1.0:
                    continue
                places: list[int] = []
                for one in state:
                    k = self._break(*one, runs[n].top)
                    if k is None:
                        break
                    places.append(k)
                if len(places) < len(state):
                    continue
                above = tuple((c2, lo2, k) for (c2, lo2, _), k in zip(state, places, strict=True) if k > lo2)
                below = tuple((c2, k, hi2) for (c2, _, hi2), k in zip(state, places, strict=True) if k < hi2)
                if above and below:
                    found[above, below] = None
        return list(found)

    def _break(self, c: int, lo: int, hi: int, y: float) -> int | None:
        """Return the run of a column before which a cut at height ``y`` goes; nothing where text stands in the way."""
        runs, column = self.s.runs, self.s.columns[c]
        best, found = -9.0, None
        for k, room in self._gaps(c, y):
            if lo < k < hi and room > best:
                best, found = room, k
        for k, off in ((lo, y - runs[column[lo]].top), (hi, runs[column[hi - 1]].bottom - y)):
            if off <= LEVEL and ROOM - max(0.0, off) > best:
                best, found = ROOM - max(0.0, off), k
        return found

    def _gaps(self, c: int, y: float) -> list[tuple[int, float]]:
        """Return the places of a whole column where a cut at height ``y`` can go, and how much room there is."""
        found = self.gaps.get((c, y))
        if found is None:
            runs = self.s.runs
            found = self.gaps[c, y] = [
                (k, min(under - over, ROOM) - max(0.0, over - y) - max(0.0, y - under))
                for k, (over, under) in enumerate(
                    ((runs[one].bottom, runs[two].top) for one, two in pairwise(self.s.columns[c])), 1
                )
                if over <= y + LEVEL and under >= y - LEVEL
            ]
        return found
