"""In which column of the page do the pieces of rows stand, which an extractor moved?

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

GUTTER = 2.0  # cells between two columns
CLOSE = 2  # positions between two pieces that were taken for one block
BEAM = 40  # ways that are kept
MORE = 3  # columns that a page can have more than its fullest row
OFTEN = 4  # times that one thing seen counts at most
FLUSH = 2  # full lines that begin at a position, or none begin there for sure
STRAY, AGAIN, SKIPPED, ROOM, MIDDLE, BROKEN, COLUMN, NARROW, EMPTY = 2.0, 0.0, 4.0, 1.0, 1.0, 1.0, 0.5, 3.0, 2.0  # costs


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


class _Way(NamedTuple):
    cost: float
    begins: tuple[int, ...]
    came: tuple[int, ...]


def columns(rows: Sequence[Sequence[Bit]], pitch: float) -> list[list[int]]:
    """Return the column of each piece of each row, counted from the left; columns stand ``pitch`` cells apart.

    >>> one, two, three = Bit(0, 10, 20.0, 20.0), Bit(11, 10, 20.0, 20.0), Bit(25, 10, 20.0, 20.0)
    >>> columns([[one, two], [one, three], [one, two, three]], 22.0)
    [[0, 1], [0, 2], [0, 1, 2]]
    """
    after, over, flush = _seen(rows, pitch)
    starts = sorted(over)
    least = max((sum(_span(bit, pitch) for bit in row) for row in rows if row), default=1)
    end = max((bit.at + bit.size for row in rows for bit in row), default=1)
    ways = []
    for count in range(1, 60):
        if count < least - 2 or count > least + MORE:
            continue
        ways.append(_best(starts, after, over, flush, count, pitch, end))
    cost, begins, cols = min(ways)
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

    >>> places([[Bit(0, 10, 20.0, 20.0), Bit(15, 8, 16.0, 20.0)], [Bit(13, 10, 20.0, 20.0)]], 22.0)
    [[0.0, 26.0], [22.0]]
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


def _seen(
    rows: Sequence[Sequence[Bit]], pitch: float
) -> tuple[dict[int, Counter[tuple[int, int]]], dict[int, Counter[int]], Counter[int]]:
    """Return what rows tell: what stands how many columns before each position, how many reach from it, full lines."""
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
    return after, over, flush


def _best(
    starts: Sequence[int],
    after: dict[int, Counter[tuple[int, int]]],
    over: dict[int, Counter[int]],
    flush: Counter[int],
    count: int,
    pitch: float,
    end: int,
) -> tuple[float, int, tuple[int, ...]]:
    """Return the cheapest way to give positions columns, of which there are ``count``."""
    room = (pitch - GUTTER) / 2 + 1
    where = {at: k for k, at in enumerate(starts)}
    ways: list[tuple[float, tuple[int, ...], int, bool]] = [(0.0, (), 0, False)]
    for at in starts:
        new: dict[tuple[int, ...], tuple[float, tuple[int, ...], int, bool]] = {}
        much = min(flush[at], OFTEN) if flush[at] >= FLUSH else 0
        support = min(sum(over[at].values()), OFTEN)
        for cost, way, edge, begun in ways:
            last = way[-1] if way else 0
            for c in range(last, min(last + 3, count)):
                more = cost + (SKIPPED if c > last + 1 else 0.0)
                opens = c > last or not way
                if opens and not much and way:
                    more += STRAY
                if opens and way and not begun:
                    more += EMPTY
                if opens and way and at - edge < room - 0.5:
                    more += NARROW
                elif not opens and much and begun and at - edge > 3:
                    more += AGAIN
                for (before, span), times in after.get(at, {}).items():
                    if c < way[where[before]] + span:
                        more += BROKEN * min(times, OFTEN)
                for span, times in over[at].items():
                    if c + span > count:
                        more += BROKEN * min(times, OFTEN)
                if c * room > at + 0.5:
                    more += ROOM * (much or 0.5)
                more += MIDDLE * 0.3 * support * max(0.0, abs(at / end * count - c - 0.4) - 0.4)
                key = (*way, c)
                new[key] = (more, key, at if opens else edge, (begun and not opens) or much > 0)
        ways = sorted(new.values())[:BEAM]
    cost, way, *_ = ways[0] if ways else (0.0, (0,))
    return cost + COLUMN * count, count, way
