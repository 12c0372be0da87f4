"""Which intervals of positions are the columns of a page: the cheapest way to give positions columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

BEAM = 40  # ways that are kept
OFTEN = 4  # times that one thing seen counts at most
FLUSH = 2  # full lines that begin at a position, or none begin there for sure
SLACK = 0.4  # of a column, by which positions may be off an even spread
# Costs, by a search over the development pages of seeds 1-24: a column begins where no full line does; one is skipped;
# a line has less room left of it than text needs; positions are unevenly spread; a row says otherwise; a column;
# one that is narrower than its text; one without a full line.
STRAY, SKIPPED, ROOM, MIDDLE, BROKEN, COLUMN, NARROW, EMPTY = 2.0, 4.0, 1.0, 0.3, 1.0, 0.5, 3.0, 2.0


class Seen(NamedTuple):
    """What rows tell of positions.

    ``after``: what stands how many columns before each; ``over``: how many columns reach from it to the next one;
    ``flush``: full lines at it; ``room`` is how many positions a column has at least, ``end`` the last position.
    """

    after: dict[int, Counter[tuple[int, int]]]
    over: dict[int, Counter[int]]
    flush: Counter[int]
    room: float
    end: int

    def cost(self, at: int, c: int, count: int) -> float:
        """Return what it costs that position ``at`` is in column ``c``, whatever the others are."""
        much = min(self.flush[at], OFTEN) if self.flush[at] >= FLUSH else 0.5
        broken = sum(min(times, OFTEN) for span, times in self.over[at].items() if c + span > count)
        uneven = max(0.0, abs(at / self.end * count - c - SLACK) - SLACK) * min(sum(self.over[at].values()), OFTEN)
        return BROKEN * broken + MIDDLE * uneven + (ROOM * much if c * self.room > at + 0.5 else 0.0)


def best(starts: Sequence[int], seen: Seen, count: int) -> tuple[float, int, tuple[int, ...]]:
    """Return the cheapest way to give positions columns, of which there are ``count``."""
    where = {at: k for k, at in enumerate(starts)}
    ways: list[tuple[float, tuple[int, ...], int, bool]] = [(0.0, (), 0, False)]
    for at in starts:
        new: list[tuple[float, tuple[int, ...], int, bool]] = []
        much = seen.flush[at] >= FLUSH
        costs = [seen.cost(at, c, count) for c in range(count)]
        for cost, way, edge, begun in ways:
            last = way[-1] if way else 0
            for c in range(last, min(last + 3, count)):
                more = cost + costs[c] + (SKIPPED if c > last + 1 else 0.0)
                opens = c > last or not way
                if opens and way:
                    more += STRAY * (not much) + EMPTY * (not begun) + NARROW * (at - edge < seen.room - 0.5)
                for (before, span), times in seen.after.get(at, {}).items():
                    if c < way[where[before]] + span:
                        more += BROKEN * min(times, OFTEN)
                new.append((more, (*way, c), at if opens else edge, (begun and not opens) or much))
        ways = sorted(new)[:BEAM]
    return ways[0][0] + COLUMN * count, count, ways[0][1]
