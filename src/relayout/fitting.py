"""Does a piece of a row go on with a column? What its width, its words and its place in the grid say.

Weights are nats or thereabouts: what speaks for a piece is above zero. They come from the profile (``unweave.*``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from relayout.chars import NO_START, ends_sentence
from relayout.profile import Profile
from relayout.threads import INDENT, NEVER, SPACE, Cloth, Row, Token

# Nothing yet; a paragraph goes on; a full last line, perhaps; a paragraph ended; a line of a headline or caption.
FRESH, OPEN, MAYBE, CLOSED, SHOWN = range(5)
DEEP = 7  # an indent is less
FARTHEST = 10  # positions that the rows of one column may begin apart
POINTER = re.compile("[▲▼◀▶△▽◁▷◄►]|圖：|图：")  # what a caption begins with


class Weights(NamedTuple):
    """The numbers of one profile, read once for a page."""

    full: float
    nearly: float
    loose: float
    last: float
    broken: float
    broken_latin: float
    ragged: float
    top: float
    top_first: float
    top_latin: float
    skip_open: float
    skip: float
    known_pair: float
    strange_pair: float
    unfilled: float
    edge: float

    @classmethod
    def of(cls, profile: Profile) -> Weights:
        """Read the weights of ``profile``."""
        return cls(*(profile.number(f"unweave.{name}") for name in cls._fields))


class Column(NamedTuple):
    """An open column.

    ``strand`` is what its pieces make (-1: nothing yet, it stands where a column stood), ``size`` of them so far;
    ``rank`` its place among the columns, ``x`` in the grid: ``sure`` where white space stood before a piece, else
    ``tight``; ``last`` is its last piece, in row ``row``, which is ``number`` in the source; ``length`` counts all
    pieces, ``period`` the rows from one to the next.
    """

    strand: int
    rank: float
    measure: float
    x: float
    last: tuple[Token, ...] = ()
    width: float = 0.0
    state: int = FRESH
    number: int = 0
    row: int = -1
    sure: bool = False
    tight: float = float("nan")
    size: int = 0
    length: int = 0
    period: int = 1

    def fresh(self) -> Column:
        """Return the column with nothing in it."""
        return self._replace(strand=-1, last=(), state=FRESH, size=0)


class Scales:
    """Weighs pieces of rows against columns, for one page."""

    def __init__(self, cloth: Cloth, weights: Weights) -> None:
        """Look at ``cloth``, which has measures, by the ``weights`` of a profile."""
        self.cloth = cloth
        self.weights = weights
        self.indent = INDENT if cloth.han else 2.5
        self.unit = 2.0 if cloth.han else 0.07 * cloth.measures[0]
        self.widest = max(cloth.measures) * 1.06 + 1

    def state(self, slack: float, last: str) -> int:
        """Return what a column is in after a line that leaves ``slack`` unused and ends with ``last``."""
        ended = ends_sentence(last)
        if ended and slack > self.unit:
            return CLOSED
        if slack > self.indent + self.unit * (2 if self.cloth.han else 3):
            return SHOWN
        return MAYBE if ended else OPEN

    def measure(self, width: float) -> float:
        """Return the measure that a piece of ``width`` is likely a line of."""
        fitting = [m for m in self.cloth.measures if width <= m + 1]
        return min(fitting, key=lambda m: min(m - width, abs(m - self.indent - width)), default=width)

    def room(self, column: Column, width: float) -> float:
        """Return how much a piece leaves unused of a column; of one with little in it, by any measure."""
        slack = column.measure - width
        if column.size > 1 or -self.unit < slack <= self.unit + self.indent:
            return slack
        return self.measure(width) - width

    def skip(self, column: Column, lag: float, rows: int) -> float:
        """Weigh that a row has no piece for ``column``: ``rows`` after its last one, ``lag`` lines behind others."""
        if column.state == FRESH:
            return -0.2
        if lag >= 2 or rows < column.period:
            return -0.5
        return self.weights.skip_open if column.state == OPEN else self.weights.skip

    def go(self, row: Row, i: int, column: Column) -> Iterator[tuple[int, float]]:
        """Weigh each piece that begins with token ``i`` as the next line of ``column``."""
        base = self.follows(row.tokens[i], column)
        off = row.xs[i] - column.x
        if base <= NEVER or (self.cloth.grid and row.sure[i] and column.sure and abs(off) > FARTHEST):
            return
        first = False
        if self.cloth.grid:
            off, first, more = self._place(row, i, column, off)
            base += more
        state = column.state
        for k, width, more in row.pieces(i, self.widest if column.size < 2 else column.measure * 1.06 + 1):
            ended = ends_sentence(row.tokens[k - 1].text)
            slack = self.room(column, width)
            fit = further = self._fit(slack, ended=ended)
            if state != OPEN or first:
                begins = self._fit(slack - self.indent, ended=ended)
                fit = max(begins, further - 1.0) if first or state in (CLOSED, SHOWN) else max(begins - 1.0, further)
            yield k, base + fit + more

    def _place(self, row: Row, i: int, column: Column, off: float) -> tuple[float, bool, float]:
        """Weigh where a piece begins; say too whether it is indented."""
        if not row.sure[i] and column.tight == column.tight:
            off = row.xs[i] - column.tight
        first = 1 < off < DEEP
        edge = self.weights.edge
        more = (
            edge if off == 0 else edge / 2 if abs(off) == 1 else edge / 4 if abs(off) < 4 else -1.0 if first else -3.0
        )
        if -DEEP < off < 0 and column.size == 1:
            more = edge
        if column.state == FRESH and not first:
            more -= 0.5 * abs(off)
        return off, first, more if row.sure[i] and column.sure else max(more, -3.0)

    def follows(self, token: Token, column: Column) -> float:
        """Weigh that ``token`` comes after the last piece of ``column``."""
        if token.text[0] in NO_START:
            return NEVER
        if not column.last or column.state in (CLOSED, SHOWN):
            return 0.0
        over = column.measure - column.width - token.width - (0.0 if self.cloth.han else SPACE)
        loose = 0.0 if over <= self.unit or column.state != OPEN else self.weights.unfilled
        last = column.last[-1].text
        pair = last[-1] + token.text[0] if self.cloth.han else f"{last} {token.text}"
        return loose + (self.weights.known_pair if self.cloth.pairs[pair] else self.weights.strange_pair)

    def _fit(self, slack: float, *, ended: bool) -> float:
        """Weigh that a line leaves ``slack`` of its measure unused."""
        weights, units = self.weights, slack / self.unit
        if units <= 0.6:
            return NEVER if units < -1.1 else weights.full if units > -0.6 else 1.0
        if units <= 1.1:
            return weights.nearly
        if units <= 2.1:
            return weights.loose
        if ended:
            return weights.last
        if self.cloth.han:
            return weights.broken
        return weights.ragged if units <= 4.1 else weights.broken_latin

    def begin(self, row: Row, i: int, *, among: bool, between: bool) -> Iterator[tuple[int, float]]:
        """Weigh each piece that begins with token ``i`` as the top of a new column, or a headline.

        ``among`` says that there are other columns, ``between`` that the piece stands in their order.
        """
        weights = self.weights
        base = weights.top_first if not among else weights.top if self.cloth.han else weights.top_latin
        base -= 0.0 if between else 9.0
        alone = row.tokens[i].gap > 1 or i == 0
        for k, width, more in row.pieces(i, 9999):
            if width > self.widest:
                if k == len(row.tokens) or row.tokens[k].gap > 1:
                    yield k, base - 2.0 + more - (0.0 if alone else 9.0)
                continue
            slack = self.measure(width) - width
            fit = max(self._fit(slack, ended=False), self._fit(slack - self.indent, ended=False), -2.0)
            yield k, base + fit + more
