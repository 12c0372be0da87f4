"""Where the pieces of one row can stand, given the columns of the page: all likely ways, each with what it costs.

A full line ends where its column does, so what follows it begins the gap further right, whatever its characters sum up
to. A short line is as wide as its characters are. How wide a headline is set is not known: what follows it
begins some column. The ways are found by dynamic programming from piece to piece.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from relayout.ruling import Ruling, Span

INDENT = 4.0  # cells of the first line of a paragraph
FULL, NATURAL, STRANGE = 0.0, 0.7, 3.0  # what it costs to take a piece for full, as wide as it is, of another type
TIGHTEST, LOOSEST = 0.96, 1.18  # of its width, at which a full line may be set
SMALLEST, GREATEST = 0.6, 6.0  # of the type, at which a headline or caption may be set
EDGE = 1.3  # cells by which a full line may end off its column
PADDED, SET_IN, ASTRAY = 0.7, 0.4, 2.2  # begins of a box, of a paragraph, in the middle of a column
BEFORE = 0.12  # of a column, that a line may begin left of it
OUTSIDE = 6.0  # a row that reaches over the last column
PLACES = 64  # at which a piece can begin that are kept, the cheapest
BEYOND = 8.0  # what a way may cost more than the best one
OFF, SHARE_HAN, SHARE = 0.8, 0.02, 0.06  # cells, and of its width, by which a piece is off its guess


class Way(NamedTuple):
    """What it costs that the pieces of a row stand at ``xs``."""

    cost: float
    xs: tuple[float, ...]


class Berths:
    """The places of a page at which lines begin."""

    def __init__(self, ruling: Ruling, *, han: bool) -> None:
        """Look at the columns of a page."""
        self.ruling = ruling
        self.han = han
        self.end = ruling.pitch * ruling.columns - ruling.gutter

    def column(self, x: float) -> int:
        """Return the column in which position ``x`` is."""
        return max(0, int((x + BEFORE * self.ruling.pitch) // self.ruling.pitch))

    def ways(self, row: Sequence[Span]) -> list[Way]:
        """Return the likely ways in which a row stands, for each column at which it can begin the cheapest.

        >>> ruling = Ruling(32.0, 3.0, 1.0, 28.0, 3)
        >>> Berths(ruling, han=True).ways([Span(0, 28.0), Span(35, 28.0)])[0].xs
        (0.0, 64.0)
        """
        if not row:
            return []
        found: list[Way] = []
        pitch, count = self.ruling.pitch, self.ruling.columns
        for first in range(count):
            mine: list[Way] = []
            for off in (0.0, 2.0, INDENT):
                x = first * pitch + off
                best = {x: Way(self._begin(x), (x,))}
                for one, two in pairwise(row):
                    new: dict[float, Way] = {}
                    for at, way in best.items():
                        for further, cost in self._next(at, one, two.gap):
                            total = way.cost + cost
                            if further not in new or total < new[further].cost:
                                new[further] = Way(total, (*way.xs, further))
                    best = new if len(new) <= PLACES else dict(sorted(new.items(), key=lambda one: one[1])[:PLACES])
                mine += [Way(way.cost + self._last(at, row[-1]), way.xs) for at, way in best.items()]
            found += sorted(mine)[:3]
        found.sort()
        return [way for way in found if way.cost <= found[0].cost + BEYOND]

    def _begin(self, x: float) -> float:
        """Return what it costs that a piece begins at ``x``."""
        pitch = self.ruling.pitch
        off = x - pitch * round((x - 1.5) / pitch)
        if abs(off) <= 1.0:
            return 0.0
        if 0 < off <= 2.9:
            return PADDED
        if 0 < off <= 5.2:
            return SET_IN if self.han else PADDED
        return PADDED + SET_IN if 0 < off <= 7.5 else ASTRAY

    def _widths(self, x: float, one: Span) -> Iterator[tuple[float, float]]:
        """Give the widths that a piece at ``x`` may have been set to fill, and what each costs."""
        pitch, natural = self.ruling.pitch, one.width * self.ruling.scale
        first = self.column(x)
        for last in range(first + 1, min(first + 4, self.ruling.columns) + 1):
            width = last * pitch - self.ruling.gutter - x
            most = natural * (LOOSEST if self.han else LOOSEST + 0.06) + EDGE
            if max(0.0, natural * TIGHTEST - EDGE) <= width <= most:
                yield width, FULL

    def fills(self, x: float, width: float) -> tuple[float, bool]:
        """Return how wide a piece at ``x`` was set, and whether it fills columns."""
        full = [one for one, _ in self._widths(x, Span(0, width))]
        return (full[0], True) if full else (width * self.ruling.scale, False)

    def _next(self, x: float, one: Span, gap: float) -> Iterator[tuple[float, float]]:
        """Give the places at which a piece can begin that stands ``gap`` after ``one``, and what each costs."""
        pitch, natural = self.ruling.pitch, one.width * self.ruling.scale
        spread = OFF + natural * (SHARE_HAN if self.han else SHARE)
        for width, cost in self._widths(x, one):
            for at, more in self._snapped(x + width + gap, OFF):
                yield at, cost + more
        for at, more in self._snapped(x + natural + gap, spread):
            yield at, NATURAL + more
        for column in range(self.column(x) + 1, self.ruling.columns):
            for off in (0.0, INDENT) if self.han else (0.0,):
                at = column * pitch + off
                if SMALLEST * natural <= at - x - gap <= GREATEST * natural:
                    yield at, STRANGE + self._begin(at)

    def _snapped(self, x: float, spread: float) -> Iterator[tuple[float, float]]:
        """Give ``x`` and what it costs, and the begins of columns near it."""
        pitch = self.ruling.pitch
        column = round((x - 1.5) / pitch)
        if column >= self.ruling.columns or x > self.end:
            return
        for off in (0.0, 2.0, INDENT):
            at = column * pitch + off
            far = (x - at) / spread
            if abs(far) <= 3:
                yield at, far * far / 2 + self._begin(at)
        yield round(x, 1), ASTRAY

    def _last(self, x: float, one: Span) -> float:
        """Return what it costs that the last piece of a row stands at ``x``."""
        if any(True for _ in self._widths(x, one)):
            return FULL
        return NATURAL if x + one.width * self.ruling.scale <= self.end + 2 else OUTSIDE
