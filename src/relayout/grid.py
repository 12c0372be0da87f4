"""Rows of a character grid, as ``pdftotext -layout`` writes them: pieces of rows, and the strips that they stand in.

A piece is what stands between two gutters of a row; a strip is the pieces of one column, from its top to where it
ends or a white band interrupts it. Lengths are positions in the grid: ``pdftotext`` counts characters there, not cells.
A gap inside a justified line looks like a gutter; what tells them apart is that a column begins at the same
position row after row.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from relayout.model import Line

_PIECE = re.compile(r"[^ \t\u00a0]+(?: [^ \t\u00a0]+)*")
TAB = 8  # a tab goes to the next multiple of these
DEEPEST = 6  # grid positions that a first line may be indented by
LOOK = 4  # rows above and below that must agree on where a column begins
AGREE = 3  # of them
WIDE = 9  # a white run of so many positions is no space between words
DRIFT = 2  # positions by which the lines of one column may begin apart from each other


class Piece(NamedTuple):
    """A part of a row: the row's index in the page and its number in the source, span in ``raw``, span in the grid."""

    index: int
    row: int
    start: int
    end: int
    x0: int
    x1: int


class Strip(NamedTuple):
    """Pieces of one column that follow each other, from the top; ``x0`` is the column's left edge, ``x1`` its right."""

    pieces: tuple[Piece, ...]
    x0: int
    x1: int

    @property
    def top(self) -> int:
        """The row of the first piece."""
        return self.pieces[0].row

    @property
    def bottom(self) -> int:
        """The row of the last piece."""
        return self.pieces[-1].row


def raw_pieces(lines: Sequence[Line]) -> list[list[Piece]]:
    """Cut each row at every white run of two positions or more; nothing is decided yet."""
    found: list[list[Piece]] = []
    for index, line in enumerate(lines):
        raw, row = line.raw, line.place.line
        shift = 0
        here: list[Piece] = []
        at = 0
        for match in _PIECE.finditer(raw):
            for tab in range(raw.count("\t", at, match.start())):
                where = raw.index("\t", at)
                at = where + 1
                shift += TAB - 1 - (where + shift) % TAB
                del tab
            at = match.end()
            here.append(Piece(index, row, *match.span(), match.start() + shift, match.end() + shift))
        found.append(here)
    return found


class _Chain:
    """A strip while it grows."""

    def __init__(self, piece: Piece) -> None:
        self.pieces = [piece]
        self.edges = Counter([piece.x0])
        self.step = 1

    @property
    def x0(self) -> int:
        """The left edge that most pieces share; of several, the leftmost."""
        return min(self.edges, key=lambda x: (-self.edges[x], x))

    @property
    def last(self) -> Piece:
        return self.pieces[-1]

    def add(self, piece: Piece) -> None:
        step = piece.row - self.last.row
        self.step = step if len(self.pieces) == 1 else max(1, min(step, self.step))
        self.pieces.append(piece)
        self.edges[piece.x0] += 1

    def distance(self, piece: Piece) -> int | None:
        """Return how badly ``piece`` fits as the next line, or ``None`` where it cannot be."""
        if piece.row - self.last.row > self.step + 1:
            return None
        off = piece.x0 - self.x0
        if off == 0:
            return 0
        if len(self.pieces) == 1 and -DEEPEST <= off < 0:
            return 1 - off
        return 1 + abs(off) if -DRIFT <= off <= DEEPEST else None


class Grid:
    """The rows of a page, asked for what stands where."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.rows = raw_pieces(lines)
        self.starts = [[piece.x0 for piece in row] for row in self.rows]

    def _at(self, index: int, x: int) -> Piece | None:
        """Return the piece of row ``index`` that has ink at ``x``, or that begins within an indent right of it."""
        n = bisect_right(self.starts[index], x) - 1
        row = self.rows[index]
        if n >= 0 and row[n].x1 >= x:
            return row[n]
        return row[n + 1] if n + 1 < len(row) and row[n + 1].x0 <= x + DEEPEST else None

    def _agrees(self, index: int, x: int, step: int) -> bool:
        """Say whether the next rows, upwards or downwards (``step``), show that a column begins at ``x``.

        A first line may begin within an indent. Rows without ink there tell nothing.
        """
        same = seen = 0
        for other in range(index + step, index + step * 4 * LOOK, step):
            if not 0 <= other < len(self.rows):
                break
            piece = self._at(other, x)
            if piece is None:
                continue
            if piece.x0 < x:
                return False
            seen += 1
            same += piece.x0 == x
            if seen == LOOK:
                break
        return same >= AGREE

    def _begins(self, piece: Piece) -> bool:
        """Say whether a column begins where ``piece`` does, or an indent left of it."""
        edges = range(piece.x0, piece.x0 - DEEPEST - 1, -1)
        return any(self._agrees(piece.index, x, step) for x in edges for step in (1, -1))

    def pieces(self) -> list[list[Piece]]:
        """Return the pieces of each row: cut at gutters, whole across the gaps of justified lines."""
        rows: list[list[Piece]] = []
        for row in self.rows:
            kept: list[Piece] = []
            for piece in row:
                if kept and piece.x0 - kept[-1].x1 < WIDE and not self._begins(piece):
                    kept[-1] = kept[-1]._replace(end=piece.end, x1=piece.x1)
                else:
                    kept.append(piece)
            rows.append(kept)
        return rows


def strips(rows: Sequence[Sequence[Piece]]) -> list[Strip]:
    """Link the pieces of ``rows`` downwards: each to the next piece that begins at the same position."""
    done: list[_Chain] = []
    open_: list[_Chain] = []
    for row in rows:
        if not row:
            continue
        for chain in [c for c in open_ if row[0].row - c.last.row > c.step + 1]:
            open_.remove(chain)
            done.append(chain)
        fits = sorted(
            (distance, n, c)
            for n, piece in enumerate(row)
            for c, chain in enumerate(open_)
            if (distance := chain.distance(piece)) is not None
        )
        taken: set[int] = set()
        used: set[int] = set()
        for _, n, c in fits:
            if n not in taken and c not in used:
                open_[c].add(row[n])
                taken.add(n)
                used.add(c)
        open_ += [_Chain(piece) for n, piece in enumerate(row) if n not in taken]
    return sorted((_strip(chain) for chain in (*done, *open_)), key=lambda strip: (strip.top, strip.x0))


def _strip(chain: _Chain) -> Strip:
    ends = sorted(piece.x1 for piece in chain.pieces)
    return Strip(tuple(chain.pieces), chain.x0, ends[len(ends) * 9 // 10])
