"""The likeliest way in which rows are woven of the lines of columns, row after row from the top.

Each row is cut into pieces; each piece goes on a column that the rows above have opened, or opens a new one. Columns
keep their order, so a row and its columns are aligned like two strings. What speaks for a piece: its width (a line of
a paragraph is full, and one that is not ends its sentence), its words (a torn word stands whole elsewhere on the
page), the white space at the cut, and the position in the grid where there is one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from relayout.chars import NO_START, OPENERS, ends_sentence
from relayout.threads import SPACE, Cloth, Token

# Nothing yet; a paragraph goes on; a full last line, perhaps; a paragraph ended; a line of a headline or caption.
FRESH, OPEN, MAYBE, CLOSED, SHOWN = range(5)
SKIP, GO, BEGIN = range(3)
PATIENCE = 8  # rows without a piece after which a column is forgotten, where there is no grid
ESTABLISHED = 3  # lines after which a column of the grid is there to stay
SAME = 3  # positions within which two columns are one
BEHIND = 3.1  # lines by which a column is behind when its text has ended
NEVER = -14.0
_CUE = re.compile("[▲▼◀▶△▽◁▷◄►]|圖：|图：")
DEEP = 7  # an indent is less
FARTHEST = 10  # positions that the rows of one column may begin apart
Entry = tuple[float, int, int, int, float]
Step = tuple[int, int, int, int]


class Column(NamedTuple):
    """An open column.

    ``strand`` is what its pieces make (-1: nothing yet, it stands where a column stood), ``rank`` its place among the
    columns, ``last`` its last piece, in row ``row``, which is
    ``number`` in the source; ``length`` counts its pieces.
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
    length: int = 0

    def fresh(self) -> Column:
        """Return the column with nothing in it."""
        return self._replace(strand=-1, last=(), state=FRESH)


class Piece(NamedTuple):
    """Tokens ``first`` up to ``end`` of row ``row``."""

    row: int
    first: int
    end: int


class Strand(NamedTuple):
    """The pieces of one column from the top, and where it stands.

    ``column`` is the column as it was left; ``inside`` says that the first piece seems to stand inside a paragraph.
    """

    pieces: tuple[Piece, ...]
    left: float
    right: float
    column: Column
    inside: bool


class Row:
    """A row with what is asked for again and again: where it may be cut, and widths."""

    def __init__(self, tokens: Sequence[Token], cloth: Cloth) -> None:
        space = 0.0 if cloth.han else SPACE
        self.tokens = tokens
        self.cuts = [self._cut(tokens, k, cloth) for k in range(len(tokens) + 1)]
        self.places = [k for k, cut in enumerate(self.cuts) if cut > NEVER]
        self.widths = list(accumulate((t.width + space for t in tokens), initial=0.0))
        self.space = space
        inside = [self._inside(tokens, k, cloth) for k in range(len(tokens))]
        self.inside = list(accumulate(inside, initial=0.0))
        self.xs = [float(t.x) for t in tokens]
        self.sure = [not n or t.gap > 1 for n, t in enumerate(tokens)]
        if not cloth.grid:
            ends = accumulate((t.gap + t.width for t in tokens), initial=0.0)
            self.xs = [end + t.gap for end, t in zip(ends, tokens, strict=False)]

    @staticmethod
    def _cut(tokens: Sequence[Token], k: int, cloth: Cloth) -> float:
        """Weigh that the row is cut before token ``k``."""
        if k in (0, len(tokens)):
            return 0.0
        one, two = tokens[k - 1], tokens[k]
        if two.text[0] in NO_START or one.text[-1] in OPENERS:
            return NEVER
        if cloth.gaps:
            if cloth.han:
                return 2.0 if two.gap > 1 else 0.0 if two.gap else NEVER
            return min(3.0, two.gap - 1.0) if two.gap > 1 else NEVER
        if cloth.han:
            known = cloth.pairs[one.text[-1] + two.text[0]] > 1
            return (-1.2 if known else 0.3) + (3.0 if two.gap else 0.0)
        return -1.5 if cloth.pairs[f"{one.text} {two.text}"] > 1 else 0.1

    @staticmethod
    def _inside(tokens: Sequence[Token], k: int, cloth: Cloth) -> float:
        """Weigh that the row is not cut before token ``k``."""
        gap = tokens[k].gap
        if not cloth.han:
            return -0.6 * max(0, gap - 1)
        if gap == 1 and any(0 < n < len(tokens) and tokens[n].gap == 1 for n in (k - 1, k + 1)):
            return -0.3  # a letter-spaced line
        return -3.0 * gap

    def pieces(self, i: int, most: float) -> Iterator[tuple[int, float, float]]:
        """Give each end of a piece that begins with token ``i``: its width, and what cut and inside say for it."""
        start = self.widths[i] + self.space
        for n in range(bisect_right(self.places, i), len(self.places)):
            k = self.places[n]
            width = self.widths[k] - start
            if width > most:
                return
            yield k, width, max(self.inside[k] - self.inside[i + 1], NEVER) + self.cuts[k]


class Loom:
    """Rows, one after the other, and the columns that they go on."""

    def __init__(self, cloth: Cloth) -> None:
        self.cloth = cloth
        self.indent = 4.0 if cloth.han else 2.5
        self.unit = 2.0 if cloth.han else 0.07 * cloth.measures[0]
        self.widest = max(cloth.measures) * 1.06 + 1
        self.columns: list[Column] = []
        self.strands: list[list[Piece]] = []
        self.lefts: list[float] = []
        self.rights: list[float] = []
        self.ends: list[Column] = []
        self.used: list[list[int]] = []
        self.lag: list[float] = []

    def run(self) -> list[Strand]:
        """Take all rows apart."""
        for index, (tokens, number) in enumerate(zip(self.cloth.rows, self.cloth.numbers, strict=True)):
            self.lag = [self._lag(column, index, number) for column in self.columns]
            kept = [
                (c.fresh() if lag > BEHIND else c, lag)
                for c, lag in zip(self.columns, self.lag, strict=True)
                if number - c.number <= PATIENCE or (self.cloth.grid and c.length >= ESTABLISHED)
            ]
            self.columns, self.lag = [c for c, _ in kept], [lag for _, lag in kept]
            row = Row(tokens, self.cloth)
            self._take(index, number, row, self._path(row, number))
        return [self._strand(n) for n in range(len(self.strands))]

    def _lag(self, column: Column, index: int, number: int) -> float:
        """Return how many lines a column is behind: lines that another column has had since, and blank rows."""
        if column.row < 0 or index - column.row > 3 * PATIENCE:
            return 9.0
        since = Counter(n for row in self.used[column.row + 1 : index] for n in row)
        return max(since.values(), default=0) + 1.5 * (number - column.number - (index - column.row))

    def _strand(self, n: int) -> Strand:
        pieces, column, left = self.strands[n], self.ends[n], self.lefts[n]
        row, first, end = pieces[0]
        tokens = self.cloth.rows[row][first:end]
        width = sum(t.width for t in tokens) + (0.0 if self.cloth.han else SPACE * (len(tokens) - 1))
        slack = column.measure - width
        if self.cloth.grid:
            inside = tokens[0].x - left < 2
        else:
            inside = slack < self.indent
        full = slack <= self.unit * (1.1 if self.cloth.han else 4.0)
        inside = inside and (full or ends_sentence(tokens[-1].text)) and not _CUE.match(tokens[0].text)
        return Strand(tuple(pieces), left, self.rights[n], column, inside)

    def kin(self, one: Strand, two: Strand) -> float:
        """Weigh that ``two`` goes on with the words of ``one``."""
        piece = two.pieces[0]
        return self._follows(self.cloth.rows[piece.row][piece.first], one.column)

    def _path(self, row: Row, number: int) -> list[Step]:
        """Align a row with the open columns: which pieces go on which of them."""
        columns, end = self.columns, len(row.tokens)
        known = 0.0 if self.cloth.grid else float("nan")
        best: list[dict[int, Entry]] = [{} for _ in range(len(columns) + 1)]
        best[0][0] = (0.0, -1, -1, SKIP, known)
        for j, here in enumerate(best):
            column = columns[j] if j < len(columns) else None
            for i in row.places:
                entry = here.get(i)
                if entry is None:
                    continue
                score, shift = entry[0], entry[4]
                if i < end:
                    for k, more in self._begin(row, i, j, shift):
                        _keep(here, k, (score + more, j, i, BEGIN, shift))
                if column:
                    _keep(best[j + 1], i, (score + self._skip(column, self.lag[j]), j, i, SKIP, shift))
                    if i < end:
                        new = shift if shift == shift or column.x != column.x else column.x - row.xs[i]
                        for k, more in self._go(row, i, column, shift):
                            _keep(best[j + 1], k, (score + more, j, i, GO, new))
        j, i = len(columns), end
        steps: list[Step] = []
        while (j, i) != (0, 0):
            _, j0, i0, how, _ = best[j][i]
            steps.append((how, j0, i0, i))
            j, i = j0, i0
        return steps[::-1]

    def _take(self, index: int, number: int, row: Row, steps: Sequence[Step]) -> None:
        """Carry out what was found for a row."""
        new: list[Column] = []
        self.used.append([])
        shift = 0.0 if self.cloth.grid else next(
            (self.columns[j].x - row.xs[first] for how, j, first, _ in steps if how == GO), 0.0
        )
        for n, (how, j, first, end) in enumerate(steps):
            if how == SKIP:
                column = self.columns[j]
                beside = [steps[m][0] for m in (n - 1, n + 1) if 0 <= m < len(steps)]
                after = n and steps[n - 1][0] == SKIP and new[-1].strand < 0 and self.columns[steps[n - 1][1]].strand >= 0
                lost = not self.cloth.grid and (BEGIN in beside or after)
                new.append(column.fresh() if lost else column)
                continue
            piece = tuple(row.tokens[first:end])
            width = row.widths[end] - row.widths[first] - row.space
            x = row.xs[first] + shift
            sure = row.sure[first]
            if how == GO and (self.columns[j].state == SHOWN or _CUE.match(piece[0].text)):
                self.columns[j] = self.columns[j].fresh()
            column = self.columns[j] if how == GO else Column(-1, self._rank(new, j, x), self._measure(width), x)
            if column.strand < 0:
                rank = x if self.cloth.grid and (sure or how == BEGIN) else column.rank
                column = column._replace(strand=len(self.strands), rank=rank)
                self.strands.append([])
                self.lefts.append(column.rank)
                self.rights.append(column.rank)
                self.ends.append(column)
            self.strands[column.strand].append(Piece(index, first, end))
            state = self._state(column.measure - width, piece[-1].text)
            if self.cloth.grid and sure:
                self.lefts[column.strand] = min(self.lefts[column.strand], x)
                self.rights[column.strand] = max(self.rights[column.strand], x + 1)
            if self._young(column):
                column = column._replace(measure=width + self._room(column, width))
                state = self._state(column.measure - width, piece[-1].text)
            column = column._replace(
                last=piece,
                width=width,
                state=state,
                x=x if sure and not (column.sure and 0 <= x - column.x < DEEP) else column.x,
                sure=column.sure or sure,
                tight=column.tight if sure or 0 <= x - column.tight < DEEP else x,
                number=number,
                row=index,
                length=column.length + 1,
            )
            if _CUE.match(piece[0].text):
                column = column._replace(state=SHOWN)
            self.ends[column.strand] = column
            self.used[-1].append(column.strand)
            new.append(column)
        if self.cloth.grid:
            here = [column.x for column in new if column.row == index]
            new = [c for c in new if c.row == index or not any(abs(c.x - x) <= SAME for x in here)]
        self.columns = new

    def _rank(self, new: Sequence[Column], j: int, x: float) -> float:
        if self.cloth.grid:
            return x
        left = new[-1].rank if new else None
        right = self.columns[j].rank if j < len(self.columns) else None
        if left is None:
            return 0.0 if right is None else right - 1.0
        return left + 1.0 if right is None else (left + right) / 2

    def _state(self, slack: float, last: str) -> int:
        ended = ends_sentence(last)
        if slack > self.indent + self.unit * 2 or (ended and slack > self.unit):
            return CLOSED if ended else SHOWN
        return MAYBE if ended else OPEN

    def _measure(self, width: float) -> float:
        """Return the measure that a piece of ``width`` is likely a line of."""
        fitting = [m for m in self.cloth.measures if width <= m + 1]
        return min(fitting, key=lambda m: min(m - width, abs(m - self.indent - width)), default=width)

    def _room(self, column: Column, width: float) -> float:
        """Return how much a piece leaves unused of a column; where nothing stands in it, of any measure."""
        slack = column.measure - width
        if not self._young(column) or -self.unit < slack <= self.unit + self.indent:
            return slack
        return self._measure(width) - width

    def _young(self, column: Column) -> bool:
        """Say whether a column has one piece or none, so that its measure may yet be another."""
        return column.strand < 0 or len(self.strands[column.strand]) < 2

    def _skip(self, column: Column, lag: float) -> float:
        if column.state == FRESH:
            return -0.2
        if lag < 1 or lag >= 2:
            return -0.5
        return -4.0 if column.state == OPEN else -1.5

    def _go(self, row: Row, i: int, column: Column, shift: float) -> Iterator[tuple[int, float]]:
        """Weigh each piece that begins with token ``i`` as the next line of ``column``."""
        base = self._follows(row.tokens[i], column)
        if base <= NEVER:
            return
        first = False
        off = row.xs[i] + shift - column.x
        if off == off:
            if self.cloth.grid:
                sure = row.sure[i] and column.sure
                if not row.sure[i] and column.tight == column.tight:
                    off = row.xs[i] - column.tight
                if abs(off) > FARTHEST and sure:
                    return
                first = 1 < off < DEEP
                fit = 2.0 if off == 0 else 1.0 if abs(off) == 1 else 0.5 if abs(off) < 4 else -1.0 if first else -3.0
                if -DEEP < off < 0 and column.strand >= 0 and self._young(column):
                    fit = 2.0
                base += fit if sure else max(fit, -3.0)
                if column.state == FRESH and not first:
                    base -= 0.5 * abs(off)
            else:
                base += 1.0 if abs(off) <= 2 else 0.0 if abs(off) < DEEP else -5.0
        state = column.state
        for k, width, more in row.pieces(i, self.widest if self._young(column) else column.measure * 1.06 + 1):
            ended = ends_sentence(row.tokens[k - 1].text)
            slack = self._room(column, width)
            further = self._fit(slack, ended=ended)
            fit = further
            if state != OPEN or first:
                begins = self._fit(slack - self.indent, ended=ended)
                fit = max(begins, further - 1.0) if first or state in (CLOSED, SHOWN) else max(begins - 1.0, further)
            yield k, base + fit + more

    def _follows(self, token: Token, column: Column) -> float:
        """Weigh that ``token`` comes after the last piece of ``column``."""
        if token.text[0] in NO_START:
            return NEVER
        if not column.last or column.state in (CLOSED, SHOWN):
            return 0.0
        over = column.measure - column.width - token.width - (0.0 if self.cloth.han else SPACE)
        loose = 0.0 if over <= self.unit or column.state != OPEN else -3.0
        last = column.last[-1].text
        pair = last[-1] + token.text[0] if self.cloth.han else f"{last} {token.text}"
        return loose + (1.5 if self.cloth.pairs[pair] else -0.3)

    def _fit(self, slack: float, *, ended: bool) -> float:
        """Weigh that a line leaves ``slack`` of its measure unused."""
        units = slack / self.unit
        if units <= 0.6:
            return NEVER if units < -1.1 else 3.0 if units > -0.6 else 1.0
        return 2.2 if units <= 1.1 else 0.5 if units <= 2.1 else -2.5 if ended else -11.0 if self.cloth.han else -8.0

    def _begin(self, row: Row, i: int, j: int, shift: float) -> Iterator[tuple[int, float]]:
        """Weigh each piece that begins with token ``i`` as the top of a new column, or a headline."""
        base = (-5.0 if self.cloth.han else -7.0) if self.columns else -3.0
        if self.cloth.grid:
            x = row.xs[i]
            if row.sure[i] and ((j and self.columns[j - 1].x > x) or (j < len(self.columns) and self.columns[j].x < x)):
                base -= 9.0
        alone = row.tokens[i].gap > 1 or i == 0
        for k, width, more in row.pieces(i, 9999):
            if width > self.widest:
                if k == len(row.tokens) or row.tokens[k].gap > 1:
                    yield k, base - 2.0 + more - (0.0 if alone else 9.0)
                continue
            slack = self._measure(width) - width
            fit = max(self._fit(slack, ended=False), self._fit(slack - self.indent, ended=False), -2.0)
            yield k, base + fit + more


def _keep(table: dict[int, Entry], i: int, entry: Entry) -> None:
    if i not in table or table[i][0] < entry[0]:
        table[i] = entry
