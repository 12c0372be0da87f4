"""What pieces a row can be cut into that holds lines of several columns with nothing between them.

A piece is as wide as one column or several, or as the first line of a paragraph in one; it is short where a sentence
ends; or it is a headline or the like. Lengths are half-width cells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from heapq import nlargest
from typing import NamedTuple

from relayout.chars import NO_START, OPENERS, cells, ends_sentence
from relayout.joining import REACH, gain

OVER, SLACK, SET_IN = 2, 2, 7  # cells by which a full line is too long or short, and the first of a paragraph shorter
GUTTER = 2, 7  # cells between two columns, of which a wide line has one
WIDEST = 3  # columns that a line reaches over
ROOM = 0.6  # of a column, that the widest line may be wider
WIDER = 1  # columns more than its characters take, over which a headline is set
LONGEST = 2.2  # measures that a headline takes
LOOSE = 3  # cells by which a headline may be wider than its columns
APART = -0.2  # nats: a headline ends where a word may end
PARTED = 1.0  # nats: no line ends where the list of words is as sure of a word as that; of 1,252 ends 2 in 100 would
HEADLINES = 3  # ends of a headline, from one beginning


class Piece(NamedTuple):
    """Characters ``start`` up to ``end`` of a row over ``span`` columns; as what it stands below others, and above."""

    row: int
    start: int
    end: int
    span: int
    below: str
    above: str
    width: int


class Splinters:
    """The rows of a page, and where each can be cut."""

    def __init__(self, rows: Sequence[str], plain: Sequence[str], measure: int, count: int) -> None:
        """Look at ``rows`` without white space, ``plain`` in Simplified; ``count`` columns are ``measure`` wide."""
        self.rows = rows
        self.plain = plain
        self.measure = measure
        self.count = count
        self.pairs = Counter(text[k : k + 2] for text in plain for k in range(len(text) - 1))
        self.cuts = [
            [0.0, *(gain(text[max(0, k - REACH) : k], text[k : k + REACH]) for k in range(1, len(text))), 0.0]
            for text in plain
        ]
        self._widths: list[list[int]] = []
        for row in rows:
            sums = [0]
            for char in row:
                sums.append(sums[-1] + (1 if char.isascii() else cells(char + "字") - 2))
            self._widths.append(sums)

    def of_row(self, row: int) -> list[list[Piece]]:
        """Return for each character of a row the pieces that can begin with it.

        >>> splinters = Splinters(["國家發展委員會於昨政"], ["国家发展委员会于昨政"], 20, 1)
        >>> ("full", 10) in [(piece.below, piece.end) for piece in splinters.of_row(0)[0]]
        True
        """
        text, cuts, widths = self.rows[row], self.cuts[row], self._widths[row]
        size, most = len(text), (WIDEST + ROOM) * self.measure
        may = [k == size or (cuts[k] <= PARTED and may_part(text, k)) for k in range(size + 1)]
        out: list[list[Piece]] = []
        for i in range(size):
            here: list[Piece] = []
            shown: list[Piece] = []
            for j in range(i + 1, size + 1) if may[i] else ():
                if widths[j] - widths[i] > most and j < size:
                    break
                for piece in self.pieces(row, i, j) if may[j] else ():
                    if piece.below != "shown":
                        here.append(piece)
                    elif j == size or cuts[j] <= APART:
                        shown.append(piece)
            ends = nlargest(HEADLINES, {piece.end for piece in shown}, key=lambda end: (end == size, -cuts[end]))
            out.append([*here, *(piece for piece in shown if piece.end in ends)])
        return out

    def pieces(self, row: int, i: int, j: int) -> Iterator[Piece]:
        """Give what the characters of a row can be."""
        width = self._widths[row][j] - self._widths[row][i]
        ended = ends_sentence(self.rows[row][i:j])
        stop = "stop" if ended else "open"
        for span in range(1, min(WIDEST, self.count) + 1):
            least = span * self.measure + (span - 1) * GUTTER[0] - SLACK
            most = span * self.measure + (span - 1) * GUTTER[1] + OVER
            if least <= width <= most:
                yield Piece(row, i, j, span, "full", stop, width)
            elif least - SET_IN <= width < least and not ended:
                yield Piece(row, i, j, span, "set", stop, width)
        if ended and width < self.measure - SLACK:
            yield Piece(row, i, j, 1, "last", "last", width)
        if ended and self.measure + GUTTER[1] < width < 2 * self.measure:
            yield Piece(row, i, j, 2, "last", "last", width)
        if not ended and width <= LONGEST * self.measure:
            least = max(1, -(-(width - LOOSE) // (self.measure + GUTTER[0])))
            for span in range(least, min(least + WIDER, self.count) + 1):
                yield Piece(row, i, j, span, "shown", "shown", width)


def may_part(text: str, k: int) -> bool:
    """Say whether a line may begin with character ``k``: no closing mark, nothing inside a word of letters.

    >>> may_part("為１，１１２億", 2), may_part("CPI上漲", 2), may_part("CPI上漲", 3)
    (False, False, True)
    """
    if k == 0:
        return True
    one, two = text[k - 1], text[k]
    if two in NO_START or one in OPENERS:
        return False
    return not (one.isascii() and two.isascii() and (one + two).isalnum())
