"""Where is a row cut that holds lines of several columns with nothing between them? The rows above and below tell.

A row is cut into pieces, and each piece goes below what stands lowest in its columns. For one row the best ways are
found by dynamic programming over characters and columns, for all rows by a beam search from the top. What speaks for a
way: pieces are as wide as columns, or short where a sentence ends; no word is parted by a cut, and a full line goes on
in its column with the rest of its word; the columns that had a line so many rows above have the next one now. The
weights are in ``profiles/fitted/cleaving.toml``. Lengths are half-width cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from heapq import nlargest
from math import log
from operator import itemgetter
from typing import NamedTuple

from relayout.fitted import Seen
from relayout.joining import REACH, gain
from relayout.splinters import Piece, Splinters

BEAM = 12  # ways of the whole page that are kept
WAYS = 3  # of one row below one way of the rows above it
MOST = 5.0  # what two ends that meet say at most
OLD = 5  # rows after which a column is forgotten


class _Column(NamedTuple):
    """What stands lowest in a column: its number (-1: nothing), its row, rows from the one before it, its place."""

    piece: int = -1
    row: int = -1
    step: int = 0
    first: int = 0


EMPTY = _Column()


class Place(NamedTuple):
    """A piece and its first column."""

    piece: Piece
    column: int


Way = tuple[Place, ...]
Columns = tuple[_Column, ...]
Option = tuple[int, Piece, float]
Link = tuple[float, "Link | None", "tuple[Piece, int] | None"]
_worth = itemgetter(0)


class _State(NamedTuple):
    worth: float
    columns: Columns
    way: Way
    came: _State | None


def _path(state: _State) -> Iterator[Way]:
    """Give the ways of the rows of a state, from the last."""
    step: _State | None = state
    while step is not None and step.came is not None:
        yield step.way
        step = step.came


class Cleaver:
    """The search for one page."""

    def __init__(self, rows: Sequence[str], plain: Sequence[str], measure: int, count: int,
                 weights: Mapping[str, float]) -> None:  # fmt: skip
        """Look at ``rows`` without white space, ``plain`` in Simplified; ``count`` columns are ``measure`` wide."""
        self.splinters = Splinters(rows, plain, measure, count)
        self.rows = rows
        self.plain = plain
        self.measure = measure
        self.count = count
        self.weights = weights
        self.known: list[Piece] = []
        self._names: dict[Piece, int] = {}
        self._ties: dict[tuple[int, int, bool], float] = {}

    def weigh(self, weights: Mapping[str, float]) -> None:
        """Go on with other weights."""
        self.weights = weights
        self._ties.clear()

    def run(self) -> list[Way]:
        """Return the way of each row."""
        return self.search((EMPTY,) * self.count, range(len(self.rows)))[0]

    def search(self, columns: Columns, rows: range) -> list[list[Way]]:
        """Return the best ways of some rows together, below ``columns``: for each row one."""
        beam = [_State(0.0, columns, (), None)]
        for row in rows:
            found: dict[tuple[int, ...], _State] = {}
            options = self.options(row)
            for state in beam:
                for worth, way in self.ways(row, state.columns, options):
                    columns = self.after(state.columns, way, row)
                    total = state.worth + worth
                    key = tuple({column.piece: 0 for column in columns if 0 <= row - column.row <= OLD})
                    if key not in found or found[key].worth < total:
                        found[key] = _State(total, columns, way, state)
            beam = nlargest(BEAM, found.values(), key=lambda one: one.worth) or [
                _State(state.worth, state.columns, (), state) for state in beam
            ]
        return [list(_path(state))[::-1] for state in beam]

    def options(self, row: int) -> list[list[Option]]:
        """Return for each character of a row the pieces that can begin with it, and what each is worth by itself."""
        return [
            [(self.named(piece), piece, self._sum(self._itself(piece))) for piece in some]
            for some in self.splinters.of_row(row)
        ]

    def named(self, piece: Piece) -> int:
        """Return the number of a piece."""
        if piece not in self._names:
            self._names[piece] = len(self.known)
            self.known.append(piece)
        return self._names[piece]

    def ways(
        self, row: int, columns: Columns, options: Sequence[Sequence[Option]], most: int = WAYS
    ) -> list[tuple[float, Way]]:
        """Return the best ways of a row below ``columns``: what each is worth, and it."""
        size = len(self.rows[row])
        table: list[dict[int, list[Link]]] = [{} for _ in range(self.count + 1)]
        table[0][0] = [(0.0, None, None)]
        for c, column in enumerate(columns):
            skip, go = self._sum(self._skip(column, row)), self._sum(self._go(column, row))
            over = [sum(map(self._sum, [self._covers(columns, span, c, row)])) for span in range(self.count - c + 1)]
            for i, links in table[c].items():
                if len(links) > most:
                    links.sort(key=_worth, reverse=True)
                    del links[most:]
                there = table[c + 1].setdefault(i, [])
                there += [(link[0] + skip, link, None) for link in links]
                if i == size:
                    continue
                for name, piece, itself in options[i]:
                    span = piece.span
                    if c + span <= self.count:
                        more = go + itself + over[span] + self._tie(column, name, c)
                        ends = table[c + span].setdefault(piece.end, [])
                        for link in links:
                            ends.append((link[0] + more, link, (piece, c)))
        out: list[tuple[float, Way]] = []
        for whole in nlargest(most, table[self.count].get(size, []), key=_worth):
            way: list[Place] = []
            step: Link | None = whole
            while step is not None:
                if step[2] is not None:
                    way.append(Place(*step[2]))
                step = step[1]
            out.append((whole[0], tuple(way[::-1])))
        return out

    def after(self, columns: Columns, way: Way, row: int) -> Columns:
        """Return the columns with the pieces of a row at their ends."""
        new = [EMPTY if column.piece >= 0 and row - column.row > OLD * 2 else column for column in columns]
        for piece, first in way:
            before = columns[first].row
            step = row - before if before >= 0 and row - before <= OLD else 0
            new[first : first + piece.span] = [_Column(self.named(piece), row, step, first)] * piece.span
        return tuple(new)

    def seen(self, columns: Columns, way: Way, row: int) -> Iterator[tuple[str, float]]:
        """Give all that is seen of a way of a row below ``columns``."""
        taken: set[int] = set()
        for piece, first in way:
            taken.update(range(first, first + piece.span))
            yield from self._itself(piece)
            yield from self._go(columns[first], row)
            yield from self._look(columns[first], self.named(piece), first)
            if piece.span > 1:
                yield from self._covers(columns, piece.span, first, row)
        for c, column in enumerate(columns):
            if c not in taken:
                yield from self._skip(column, row)

    def _sum(self, seen: Iterator[tuple[str, float]] | Seen) -> float:
        return sum(self.weights.get(name, 0.0) * value for name, value in seen)

    def _itself(self, piece: Piece) -> Iterator[tuple[str, float]]:
        row, end = piece.row, piece.end
        yield f"is-{piece.below}-{piece.span}", 1.0
        if piece.below == "full":
            yield (
                f"slack-{max(-2, min(3, piece.span * self.measure - piece.width)) if piece.span == 1 else 'wide'}",
                1.0,
            )
        if end < len(self.rows[row]):
            yield "cut", min(MOST, max(0.0, -self.splinters.cuts[row][end]))
            yield "cut-word", max(0.0, self.splinters.cuts[row][end])
            yield "cut-pair", log(self.splinters.pairs[self.plain[row][end - 1 : end + 1]])
            yield f"cut-{piece.above}", 1.0

    def _far(self, column: _Column, row: int) -> str:
        if column.piece < 0:
            return "none"
        above = self.known[column.piece].above
        far = row - column.row
        if far > OLD:
            return f"{above}-old"
        if not column.step:
            return f"{above}-{min(far, 4)}"
        return f"{above}-{'due' if far == column.step else 'early' if far < column.step else 'late'}"

    def _go(self, column: _Column, row: int) -> Iterator[tuple[str, float]]:
        yield f"go-{self._far(column, row)}", 1.0

    def _skip(self, column: _Column, row: int) -> Iterator[tuple[str, float]]:
        yield f"skip-{self._far(column, row)}", 1.0

    def _covers(self, columns: Columns, span: int, first: int, row: int) -> Iterator[tuple[str, float]]:
        for c in range(first + 1, first + span):
            if columns[c].piece != columns[first].piece:
                yield f"covers-{self._far(columns[c], row)}", 1.0

    def _tie(self, column: _Column, below: int, first: int) -> float:
        key = column.piece, below, column.first == first
        if key not in self._ties:
            self._ties[key] = self._sum(self._look(column, below, first))
        return self._ties[key]

    def _look(self, column: _Column, below: int, first: int) -> Iterator[tuple[str, float]]:
        two = self.known[below]
        if column.piece < 0:
            yield f"none-{two.below}", 1.0
            return
        one = self.known[column.piece]
        alike = column.first == first and (one.span == two.span or two.below == "last")
        yield f"{one.above}-{two.below}{'' if alike else '-other'}", 1.0
        if one.above == "open" and two.below in ("full", "last", "shown") and alike:
            text, other = self.plain[one.row], self.plain[two.row]
            value = gain(
                text[max(one.start, one.end - REACH) : one.end], other[two.start : min(two.end, two.start + REACH)]
            )
            yield "word", max(-MOST, min(MOST, value))
            yield "pair", log(1 + self.splinters.pairs[text[one.end - 1] + other[two.start]])
        if one.above in ("open", "stop") and two.below in ("full", "set") and alike:
            off = two.width - one.width
            yield f"wide-{two.below}-{max(-8, min(2, off))}-{one.below}", 1.0
