"""The likeliest way in which rows are woven of the lines of columns, row after row from the top.

Each row is cut into pieces; each piece goes on a column that the rows above have opened, or opens a new one. Columns
keep their order, so a row and its columns are aligned like two strings, and the best alignment is found by dynamic
programming. ``fitting`` says what speaks for a piece.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from relayout.chars import ends_sentence
from relayout.fitting import DEEP, POINTER, SHOWN, Column, Scales, Weights
from relayout.threads import Cloth, Row

SKIP, GO, BEGIN = range(3)
PATIENCE = 8  # rows without a piece after which a column is forgotten
ESTABLISHED = 3  # pieces after which a column of the grid is there to stay
LONGEST = 3  # rows from one line of a column to the next, where modules beside it stand at other heights
SAME = 3  # positions within which two columns are one
BEHIND = 3.1  # lines by which a column is behind when its text has ended
BLANK = 1.5  # lines that a blank row counts for
Entry = tuple[float, int, int, int]
Step = tuple[int, int, int, int]


class Piece(NamedTuple):
    """Tokens ``first`` up to ``end`` of row ``row``, at position ``x``."""

    row: int
    first: int
    end: int
    x: float


class Strand(NamedTuple):
    """The pieces of one column from the top, and where it stands.

    ``column`` is the column as it was left; ``inside`` says that the first piece seems to stand inside a paragraph.
    """

    pieces: tuple[Piece, ...]
    left: float
    right: float
    column: Column
    inside: bool


class Loom:
    """Rows, one after the other, and the columns that they go on."""

    def __init__(self, cloth: Cloth, weights: Weights) -> None:
        """Put up ``cloth``, which has measures; ``weights`` are those of a profile."""
        self.cloth = cloth
        self.scales = Scales(cloth, weights)
        self.columns: list[Column] = []
        self.lag: list[float] = []
        self.used: list[list[int]] = []
        self.strands: list[list[Piece]] = []
        self.lefts: list[float] = []
        self.rights: list[float] = []
        self.ends: list[Column] = []

    def run(self) -> list[Strand]:
        """Take all rows apart."""
        for index, (tokens, number) in enumerate(zip(self.cloth.rows, self.cloth.numbers, strict=True)):
            lags = [self._lag(column, index, number) for column in self.columns]
            kept = [
                (column.fresh() if lag > BEHIND else column, lag)
                for column, lag in zip(self.columns, lags, strict=True)
                if number - column.number <= PATIENCE or (self.cloth.grid and column.length >= ESTABLISHED)
            ]
            self.columns, self.lag = [column for column, _ in kept], [lag for _, lag in kept]
            row = Row(tokens, self.cloth)
            self._take(index, number, row, self._path(row)[1])
        return [self._strand(n) for n in range(len(self.strands))]

    def kin(self, one: Strand, two: Strand) -> float:
        """Weigh that ``two`` goes on with the words of ``one``."""
        piece = two.pieces[0]
        return self.scales.follows(self.cloth.rows[piece.row][piece.first], one.column)

    def _lag(self, column: Column, index: int, number: int) -> float:
        """Return how many lines a column is behind: lines that another column has had since, and blank rows."""
        if column.row < 0 or index - column.row > 3 * PATIENCE:
            return 9.0
        since = Counter(n for row in self.used[column.row + 1 : index] for n in row)
        return max(since.values(), default=0) + BLANK * (number - column.number - (index - column.row))

    def _path(self, row: Row) -> tuple[float, list[Step]]:
        """Align a row with the open columns: which pieces go on which of them, and how good that is."""
        columns, end, scales = self.columns, len(row.tokens), self.scales
        best: list[dict[int, Entry]] = [{} for _ in range(len(columns) + 1)]
        best[0][0] = (0.0, -1, -1, SKIP)
        for j, here in enumerate(best):
            column = columns[j] if j < len(columns) else None
            for i in row.places:
                entry = here.get(i)
                if entry is None:
                    continue
                score = entry[0]
                if i < end:
                    for k, more in scales.begin(row, i, among=bool(columns), between=self._between(row, i, j)):
                        _keep(here, k, (score + more, j, i, BEGIN))
                if column:
                    _keep(
                        best[j + 1],
                        i,
                        (score + scales.skip(column, self.lag[j], len(self.used) - column.row), j, i, SKIP),
                    )
                    if i < end:
                        for k, more in scales.go(row, i, column):
                            _keep(best[j + 1], k, (score + more, j, i, GO))
        j, i = len(columns), end
        steps: list[Step] = []
        while (j, i) != (0, 0):
            _, j0, i0, how = best[j][i]
            steps.append((how, j0, i0, i))
            j, i = j0, i0
        return best[-1][end][0], steps[::-1]

    def _between(self, row: Row, i: int, j: int) -> bool:
        """Say whether token ``i`` stands right of the columns before ``j`` and left of the others."""
        if not (self.cloth.grid and row.sure[i]):
            return True
        x = row.xs[i]
        return not (j and self.columns[j - 1].x > x) and not (j < len(self.columns) and self.columns[j].x < x)

    def _take(self, index: int, number: int, row: Row, steps: Sequence[Step]) -> None:
        """Carry out what was found for a row."""
        new: list[Column] = []
        self.used.append([])
        for n, (how, j, first, end) in enumerate(steps):
            if how == SKIP:
                beside = [steps[m][0] for m in (n - 1, n + 1) if 0 <= m < len(steps)]
                after = n and steps[n - 1][0] == SKIP and new[-1].strand < 0 <= self.columns[steps[n - 1][1]].strand
                lost = not self.cloth.grid and (BEGIN in beside or after)
                new.append(self.columns[j].fresh() if lost else self.columns[j])
                continue
            x = row.xs[first]
            if how == BEGIN:
                width = row.widths[end] - row.widths[first] - row.space
                column = Column(-1, self._rank(new, j, x), self.scales.measure(width), x)
            else:
                column = self.columns[j]
                if column.state == SHOWN or POINTER.match(row.tokens[first].text):
                    column = column.fresh()
            column = self._after(column, Piece(index, first, end, x), row, x)._replace(number=number)
            self.ends[column.strand] = column
            self.used[-1].append(column.strand)
            new.append(column)
        if self.cloth.grid:
            here = [column.x for column in new if column.row == index]
            new = [c for c in new if c.row == index or not any(abs(c.x - x) <= SAME for x in here)]
        self.columns = new

    def _after(self, column: Column, piece: Piece, row: Row, x: float) -> Column:
        """Return ``column`` with ``piece`` at its end."""
        sure, grid = row.sure[piece.first], self.cloth.grid
        if column.strand < 0:
            rank = x if grid and (sure or column.row < 0) else column.rank
            column = column._replace(strand=len(self.strands), rank=rank)
            self.strands.append([])
            self.lefts.append(rank)
            self.rights.append(rank)
            self.ends.append(column)
        self.strands[column.strand].append(piece)
        if grid and sure:
            self.lefts[column.strand] = min(self.lefts[column.strand], x)
            self.rights[column.strand] = max(self.rights[column.strand], x + 1)
        width = row.widths[piece.end] - row.widths[piece.first] - row.space
        measure = column.measure if column.size > 1 else width + self.scales.room(column, width)
        tokens = tuple(row.tokens[piece.first : piece.end])
        state = SHOWN if POINTER.match(tokens[0].text) else self.scales.state(measure - width, tokens[-1].text)
        return column._replace(
            measure=measure,
            last=tokens,
            width=width,
            state=state,
            x=x if sure and not (column.sure and self._near(column, x)) else column.x,
            sure=column.sure or sure,
            tight=column.tight if sure or 0 <= x - column.tight < DEEP else x,
            row=piece.row,
            size=column.size + 1,
            length=column.length + 1,
            period=min(max(piece.row - column.row, 1), LONGEST) if column.size else 1,
        )

    def _near(self, column: Column, x: float) -> bool:
        """Say whether ``x`` is where the column stands, or an indent right of it."""
        return 0 <= x - column.x < DEEP

    def _rank(self, new: Sequence[Column], j: int, x: float) -> float:
        if self.cloth.grid:
            return x
        left = new[-1].rank if new else None
        right = self.columns[j].rank if j < len(self.columns) else None
        if left is None:
            return 0.0 if right is None else right - 1.0
        return left + 1.0 if right is None else (left + right) / 2

    def _strand(self, n: int) -> Strand:
        pieces, column, left = self.strands[n], self.ends[n], self.lefts[n]
        index, first, end, x = pieces[0]
        row = Row(self.cloth.rows[index], self.cloth)
        slack = column.measure - (row.widths[end] - row.widths[first] - row.space)
        tokens = row.tokens[first:end]
        inside = x - left < 2 if self.cloth.grid else slack < self.scales.indent
        full = slack <= self.scales.unit * (1.1 if self.cloth.han else 4.0)
        inside = inside and (full or ends_sentence(tokens[-1].text)) and not POINTER.match(tokens[0].text)
        return Strand(tuple(pieces), left, self.rights[n], column, inside)


def _keep(table: dict[int, Entry], i: int, entry: Entry) -> None:
    if i not in table or table[i][0] < entry[0]:
        table[i] = entry
