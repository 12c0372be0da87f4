"""The columns of a page whose rows lost the white space before them: how far apart they stand, and how many there are.

Rows keep the gaps between their lines. What follows a full line begins a column, so from one such gap to the other
there are whole columns: gaps of 3, 35 and 67 cells tell of columns 32 cells apart, whatever the lines hold. Lengths are
half-width cells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from math import exp, log
from typing import NamedTuple

SHORTEST = 16  # cells: what is narrower shows no measure
NARROW, WIDE = 15.0, 80.0  # cells from column to column
GUTTERS = range(1, 9)  # cells between two columns
STRETCH = 46  # quarters of a hundredth by which a full line may be set wider than its characters are
ACROSS = 3  # columns that the commonest measure may reach over
MOST = 20  # columns: no newspaper page has so many
CHANCE = 0.2  # share of gaps that tell nothing
OFF = 0.6  # cells by which a gap is off for being rounded
LOOSE = 0.05  # of its width, by which a line of letters is off its guess
SCALES = [0.75 + 0.025 * n for n in range(17)]  # cells that a mean letter may take


class Span(NamedTuple):
    """A piece of a row: the gap before it in cells, and how wide its characters are by themselves."""

    gap: float
    width: float


class Ruling(NamedTuple):
    """The columns of a page: they stand ``pitch`` apart, ``gutter`` between them, and there are ``columns``.

    ``scale`` is how many cells the unit of the widths takes, ``measure`` the commonest width of a full line.
    """

    pitch: float
    gutter: float
    scale: float
    measure: float
    columns: int


def ruled(rows: Sequence[Sequence[Span]], *, han: bool) -> Ruling | None:
    """Return the columns that ``rows`` stand in; nothing where no two lines stand beside each other, or too many do.

    >>> rows = 9 * [[Span(0, 28), Span(3, 28), Span(35, 26)], [Span(0, 28), Span(67, 28)]]
    >>> ruled(rows, han=True)
    Ruling(pitch=31.98, gutter=3.0, scale=1.0, measure=28.0, columns=4)
    """
    pairs = [(a.width, b.gap) for row in rows for a, b in pairwise(row) if a.width >= SHORTEST and b.gap >= 1]
    if not pairs:
        return None
    found = _han(rows, pairs) if han else _latin(rows, pairs)
    if found is None:
        return None
    pitch, gutter, scale, measure = found
    columns = _count(rows, pitch, gutter, scale)
    return Ruling(round(pitch, 2), gutter, scale, measure, columns) if columns <= MOST else None


def _likely(off: float, pitch: float, spread: float) -> float:
    """Return the log-likelihood of a gap that is ``off`` a whole column, against one that is anything."""
    near = abs(off - pitch * round(off / pitch)) / spread
    return log((1 - CHANCE) * exp(-near * near / 2) * 0.4 * pitch / spread + CHANCE)


def _measure(rows: Sequence[Sequence[Span]], *, slack: float) -> float:
    count = Counter(round(one.width) for row in rows for one in row if one.width >= SHORTEST)
    if not count:
        return 0.0
    support = {m: sum(count[w] for w in range(int(m * (1 - slack)) - 1, m + 1)) + 0.5 * count[m] for m in count}
    return float(max(sorted(support), key=support.__getitem__))


def _han(
    rows: Sequence[Sequence[Span]], pairs: Sequence[tuple[float, float]]
) -> tuple[float, float, float, float] | None:
    measure = _measure(rows, slack=0.0)
    gaps = Counter(gap for width, gap in pairs if measure - 2 <= width <= measure)
    near = [gap for gap in gaps if gap in GUTTERS]
    if not near:
        return None
    gutter = max(near, key=lambda gap: (gaps[gap], -gap))
    best = max(
        (
            (sum(times * _likely(gap - true, pitch, OFF) for gap, times in gaps.items()), -pitch, true)
            for true in (gutter - 0.4, gutter, gutter + 0.4)
            for over in range(1, ACROSS + 1)
            for n in range(STRETCH)
            if NARROW <= (pitch := (measure * (1 + n / 400) + true) / over) <= WIDE
        ),
        default=None,
    )
    if best is None:  # lines wider than any column
        return None
    return -best[1], float(best[2]), 1.0, measure


def _latin(
    rows: Sequence[Sequence[Span]], pairs: Sequence[tuple[float, float]]
) -> tuple[float, float, float, float] | None:
    measure = _measure(rows, slack=0.15)
    seen = Counter((round(width), gap) for width, gap in pairs)

    def fit(scale: float, pitch: float) -> float:
        return sum(
            times * _likely(scale * width + gap, pitch, 1 + LOOSE * width) for (width, gap), times in seen.items()
        )

    rough = max(
        (
            (fit(scale, n / 2), -n / 2, scale)
            for scale in SCALES
            for n in range(int(2 * NARROW), int(2 * WIDE) + 1)
            if scale * measure < ACROSS * n / 2
        ),
        default=None,
    )
    if rough is None:
        return None
    fine = max(
        (fit(scale, pitch), -pitch, scale)
        for scale in (rough[2] - 0.01, rough[2], rough[2] + 0.01)
        for n in range(-5, 6)
        if (pitch := -rough[1] + n / 10)
    )
    pitch, scale = -fine[1], fine[2]
    gaps = Counter(gap for width, gap in pairs if 0.8 * measure <= width <= measure and gap in GUTTERS)
    gutter = max(gaps, key=lambda gap: (gaps[gap], -gap)) if gaps else 3
    return pitch, float(gutter), scale, measure


def _count(rows: Sequence[Sequence[Span]], pitch: float, gutter: float, scale: float) -> int:
    """Return how many columns the widest rows of text reach over."""
    reach: Counter[int] = Counter()
    for row in rows:
        if len(row) > 1 and min(one.width for one in row) >= SHORTEST / 2:
            width = sum(one.gap + scale * one.width for one in row)
            reach[round((width + gutter) / pitch)] += 1
    enough = [columns for columns in reach if sum(n for k, n in reach.items() if k >= columns) > 1]
    return max(enough, default=1)
