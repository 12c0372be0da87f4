"""In which column of the page the pieces of rows stand, which an extractor moved.

The columns of a page stand at equal distances. ``pdftotext -layout`` keeps their order: what begins further right comes
at a greater position, so columns are intervals of positions. Which they are tell rows that are full, the room that
lines of text need, and the positions at which full lines begin. A piece that one space parts from the one before
it was taken for one block with it, and its position tells little.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from relayout.intervals import Seen, best

GUTTER = 2.0  # cells between two columns
CLOSE = 2  # positions between two pieces that were taken for one block
MORE = 3  # columns that a page can have more than its fullest row
MANY, WIDEST = 400, 40  # positions and columns of a page; with more it is none


class Bit(NamedTuple):
    """A piece of a row: its position, how many it takes, its width and, where it is full, its measure in cells."""

    at: int
    size: int
    width: float
    measure: float = 0.0

    @property
    def flush(self) -> bool:
        """Whether it fills its measure without an indent."""
        return self.measure > 0 and abs(self.width - self.measure) <= GUTTER


def columns(rows: Sequence[Sequence[Bit]], pitch: float) -> list[list[int]]:
    """Return the column of each piece of each row, counted from the left; columns stand ``pitch`` cells apart.

    >>> one, close, two, three = (Bit(at, 10, 20.0, 20.0) for at in (0, 11, 12, 25))
    >>> columns(2 * [[one, close], [one, three], [two], [one, close, three]], 22.0)[:4]
    [[0, 1], [0, 2], [1], [0, 1, 2]]
    """
    seen = _seen(rows, pitch)
    starts = sorted(seen.over)
    cols = [0] * len(starts)
    if 0 < len(starts) <= MANY:
        least = min(WIDEST, max(sum(_span(bit, pitch) for bit in row) for row in rows))
        cols = list(min(best(starts, seen, count) for count in range(max(1, least - 2), least + MORE + 1))[2])
    found = []
    for row in rows:
        here: list[int] = []
        for n, bit in enumerate(row):
            k = bisect_right(starts, bit.at) - 1
            by_place = cols[k] if k >= 0 else 0
            if _close(row, n):
                here.append(max(here[-1] + _span(row[n - 1], pitch), by_place))
            else:
                here.append(by_place)
        found.append(here)
    return found


def places(rows: Sequence[Sequence[Bit]], pitch: float) -> list[list[float]]:
    """Return where each piece of each row begins, in cells: in its column, and by how much it is set in.

    >>> full, first = Bit(13, 10, 20.0, 20.0), Bit(15, 8, 16.0, 20.0)
    >>> places([[Bit(0, 10, 20.0, 20.0), first], [Bit(0, 10, 20.0, 20.0), full], [full]], 22.0)
    [[0.0, 26.0], [0.0, 22.0], [22.0]]
    """
    found = columns(rows, pitch)
    begins: dict[int, list[int]] = {}
    for row, cols in zip(rows, found, strict=True):
        for n, (bit, c) in enumerate(zip(row, cols, strict=True)):
            if bit.flush and not _close(row, n):
                begins.setdefault(c, []).append(bit.at)
    for ats in begins.values():
        ats.sort()
    out: list[list[float]] = []
    for row, cols in zip(rows, found, strict=True):
        out.append([])
        for n, (bit, c) in enumerate(zip(row, cols, strict=True)):
            ats = begins.get(c, [])
            k = bisect_right(ats, bit.at)
            off = 0.0 if _close(row, n) or not k else min(2.0 * (bit.at - ats[k - 1]), pitch - 8.0)
            out[-1].append(pitch * c + (0.0 if bit.flush and abs(bit.measure + GUTTER - pitch) <= GUTTER else off))
    return out


def _close(row: Sequence[Bit], n: int) -> bool:
    return n > 0 and row[n].at - row[n - 1].at - row[n - 1].size <= CLOSE - 1


def _span(bit: Bit, pitch: float) -> int:
    """Return over how many columns a piece reaches at least."""
    if bit.measure:
        return max(1, round((bit.measure + GUTTER) / pitch))
    return max(1, int((bit.width + 0.6 * pitch) / pitch))


def _seen(rows: Sequence[Sequence[Bit]], pitch: float) -> Seen:
    """Look at all rows."""
    after: dict[int, Counter[tuple[int, int]]] = {}
    over: dict[int, Counter[int]] = {}
    flush: Counter[int] = Counter()
    for row in rows:
        begin, span = -1, 0
        for n, bit in enumerate(row):
            if not _close(row, n):
                if begin >= 0:
                    after.setdefault(bit.at, Counter())[begin, span] += 1
                    over.setdefault(begin, Counter())[span] += 1
                begin, span = bit.at, 0
                flush[bit.at] += bit.flush and abs(bit.measure + GUTTER - pitch) <= GUTTER
            span += _span(bit, pitch)
        if begin >= 0:
            over.setdefault(begin, Counter())[span] += 1
    end = max((bit.at + bit.size for row in rows for bit in row), default=1)
    return Seen(after, over, flush, (pitch - GUTTER) / 2 + 1, end)
