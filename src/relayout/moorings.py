"""Where does each row begin, if the white space before it is lost? Rows that go on with each other tell.

A row has a few ways to stand (``berths.py``), mostly one for each column at which it can begin. Which it is tell the
lines above: a full line that ends no sentence goes on below with the rest of its word, a paragraph begins where one has
ended, the lines of one module go down together. The best ways of all rows together are found by a beam search from
the top; what is kept of a way is which line stands lowest in each column. The weights are in
``profiles/fitted/moorings.toml``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from relayout.berths import Berths, Way
from relayout.fitted import Seen, Table

BEAM = 80  # ways of the whole page that are kept
STEP = 5  # rows from a line to the next one of its column; what stands further up was another module
MOST, LEAST = 5.0, -4.0  # what two ends that meet say at most
SET_IN = (2.6, 7.0)  # cells that the first line of a paragraph is set in
_FAR = {going: [f"far-{going}-{n}" for n in range(STEP + 2)] for going in ("open", "stop", "last", "shown")}
_UNEVEN = ["uneven-0", "uneven-1", "uneven-2", "uneven-3"]
Meets = Callable[[int, int], Seen]


class Look(NamedTuple):
    """A piece: its number, how wide it is, whether it ends a sentence; ``text`` says it may be running text."""

    number: int
    width: float
    ended: bool
    text: bool


class Stand(NamedTuple):
    """A piece in a place: its number, its first and last column, as what it stands below others, and above them."""

    number: int
    first: int
    last: int
    below: str
    above: str


class _Column(NamedTuple):
    """What stands lowest in a column: number of the stand (-1: nothing), its row, and rows from the one before it."""

    stand: int = -1
    row: int = -1
    step: int = 0


class _State(NamedTuple):
    """A way of the rows so far: what it is worth, its columns, how it came."""

    worth: float
    columns: tuple[_Column, ...]
    chosen: Way | None
    came: _State | None


class Anchors:
    """The search for one page."""

    def __init__(self, berths: Berths, looks: Sequence[Sequence[Look]], meets: Meets, table: Table) -> None:
        """Look at rows of pieces; ``meets`` says what is seen of two pieces whose words go on with each other."""
        self.berths = berths
        self.looks = looks
        self.meets = meets
        self.weights: Mapping[str, float] = {name: row[0] for name, row in table.items()}
        self.known: list[Stand] = []
        self._names: dict[Stand, int] = {}
        self._ties: dict[tuple[int, int], tuple[Seen, float]] = {}

    def run(self, ways: Sequence[Sequence[Way]]) -> list[Way | None]:
        """Return the way of each row; ``ways`` are those that it has."""
        beam = [_State(0.0, self._empty(), None, None)]
        for row, some in enumerate(ways):
            apart = {self.stands(row, way): way for way in reversed(some)}
            found: dict[tuple[int, ...], _State] = {}
            for state in beam:
                for stands, way in apart.items():
                    worth = state.worth + self._worth(state.columns, stands, way, row)
                    columns = _set(state.columns, stands, self.known, row)
                    key = tuple(column.stand for column in columns)
                    if key not in found or found[key].worth < worth:
                        found[key] = _State(worth, columns, way, state)
            beam = sorted(found.values(), key=lambda one: -one.worth)[:BEAM] or [
                state._replace(chosen=None, came=state) for state in beam
            ]
        out: list[Way | None] = []
        step: _State | None = beam[0]
        while step is not None and step.came is not None:
            out.append(step.chosen)
            step = step.came
        return out[::-1]

    def seen(self, ways: Sequence[Sequence[Way]], path: Sequence[Way | None]) -> Iterator[list[Seen]]:
        """Give for each row what is seen of each of its ``ways``, below the rows above as they stand in ``path``."""
        columns = self._empty()
        for row, (some, chosen) in enumerate(zip(ways, path, strict=True)):
            yield [self._seen(columns, self.stands(row, way), way, row) for way in some]
            if chosen is not None:
                columns = _set(columns, self.stands(row, chosen), self.known, row)

    def _seen(self, columns: Sequence[_Column], stands: Sequence[int], way: Way, row: int) -> Seen:
        found = [("way", -way.cost), *((name, 1.0) for name in self._row(columns, stands, row))]
        for name in stands:
            found += self._tie(columns[self.known[name].first].stand, name)[0]
        return tuple(found)

    def _empty(self) -> tuple[_Column, ...]:
        return (_Column(),) * self.berths.ruling.columns

    def _worth(self, columns: Sequence[_Column], stands: Sequence[int], way: Way, row: int) -> float:
        worth = -self.weights.get("way", 1.0) * way.cost
        for name in stands:
            worth += self._tie(columns[self.known[name].first].stand, name)[1]
        for sight in self._row(columns, stands, row):
            worth += self.weights.get(sight, 0.0)
        return worth

    def _row(self, columns: Sequence[_Column], stands: Sequence[int], row: int) -> Iterator[str]:
        """Give what is seen of the pieces of a row together: how far each is from the line above it."""
        before = None
        for name in stands:
            stand = self.known[name]
            column = columns[stand.first]
            if column.stand < 0:
                before = None
                continue
            far = row - column.row
            yield _FAR[self.known[column.stand].above][min(far, STEP + 1)]
            if column.step and far <= STEP:
                yield _UNEVEN[min(abs(far - column.step), 3)]
            if before is not None:
                yield "level" if before == column.row else "unlevel"
            before = column.row
            for beside in columns[stand.first + 1 : stand.last + 1]:
                if beside.stand >= 0 and beside.stand != column.stand:
                    yield "covers-open" if self.known[beside.stand].above == "open" else "covers"

    def stands(self, row: int, way: Way) -> tuple[int, ...]:
        """Return the numbers of the stands that the pieces of a row have in ``way``."""
        return tuple(self._named(self._stand(look, x)) for look, x in zip(self.looks[row], way.xs, strict=True))

    def _named(self, stand: Stand) -> int:
        if stand not in self._names:
            self._names[stand] = len(self.known)
            self.known.append(stand)
        return self._names[stand]

    def _stand(self, look: Look, x: float) -> Stand:
        ruling = self.berths.ruling
        first = min(self.berths.column(x), ruling.columns - 1)
        width, full = self.berths.fills(x, look.width)
        last = min(max(first, int((x + width - 2) // ruling.pitch)), ruling.columns - 1)
        set_in = SET_IN[0] <= x - first * ruling.pitch <= SET_IN[1]
        if full and look.text:
            return Stand(look.number, first, last, "set" if set_in else "full", "stop" if look.ended else "open")
        kind = "last" if look.ended else "shown"
        return Stand(look.number, first, last, f"{kind}-in" if set_in else kind, kind)

    def _tie(self, above: int, below: int) -> tuple[Seen, float]:
        """Return what is seen of a piece that stands below another one, and what it is worth."""
        key = above, below
        if key not in self._ties:
            seen = tuple(self._look(above, self.known[below]))
            self._ties[key] = seen, sum(self.weights.get(name, 0.0) * value for name, value in seen)
        return self._ties[key]

    def _look(self, above: int, two: Stand) -> Iterator[tuple[str, float]]:
        if above < 0:
            yield f"none-{two.below}", 1.0
            return
        one = self.known[above]
        alike = one.first == two.first and (one.last == two.last or "full" not in (two.below, one.below))
        yield f"{one.above}-{two.below}{'' if alike else '-other'}", 1.0
        if one.above == "open" and two.below in ("full", "last", "shown"):
            for name, value in self.meets(one.number, two.number):
                yield name, max(LEAST, min(MOST, value))


def _set(columns: Sequence[_Column], stands: Sequence[int], known: Sequence[Stand], row: int) -> tuple[_Column, ...]:
    """Return the columns with the pieces of a row at their ends."""
    new = list(columns)
    for name in stands:
        first, last = known[name].first, known[name].last
        before = columns[first].row
        step = row - before if before >= 0 and row - before <= STEP else 0
        new[first : last + 1] = [_Column(name, row, step)] * (last + 1 - first)
    return tuple(new)
