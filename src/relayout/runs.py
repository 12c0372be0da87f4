"""Runs of text and shown lines: what stands in the columns of a page, before it is put in order.

A run is a piece of one column without a gap: lines of running text under each other. What does not fill its column
and ends no sentence is shown: a headline, a caption, a name. Heights are counted in lines of text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from relayout.chars import ends_sentence
from relayout.fullness import highest, lowest
from relayout.sheets import Sheet

APART = 1.6  # lines between two of one run at most, of its own pitch
NEAR = 3  # lines before and after one that tell its measure
AIRY = 20  # one row in so many has a gap above it, or the extractor left them out
FIRST = 6.0  # cells that the first line of a paragraph may lack: its indent, and a mark that may not end it
SET_IN = 2.0  # cells from the edge of its column, at which it begins at least
SHORT = 12  # cells; so short a line without neighbours is no end of a paragraph


class Run(NamedTuple):
    """Lines ``lines`` (indices) of ``column``: left and right edge in cells, top and bottom in lines of text.

    ``measure`` is in cells; ``shown`` says that it is no running text; ``open`` that it ends inside a paragraph for
    sure, ``ended`` that it ends with a sentence; ``indented`` that it begins a paragraph, ``glued``
    that one space parts its first line from one on its left: they may be halves of a headline.
    """

    lines: tuple[int, ...]
    column: int
    left: float
    right: float
    top: float
    bottom: float
    measure: float
    shown: bool
    open: bool
    ended: bool
    indented: bool
    glued: bool


def runs(s: Sheet) -> list[Run]:
    """Return the runs of a page, shown lines among them, from the top of each column."""
    rows = sorted({line.place.line for line in s.lines})
    airy = sum(two - one > 1 for one, two in pairwise(rows)) * AIRY > len(rows)
    blanks = _blanks(rows) if airy else {}
    found: list[Run] = []
    for strand in s.strands:
        measures = _measures(strand, s)
        part: list[int] = []
        after: Run | None = None
        for i in (*strand, None):
            if part and (i is None or _parted(s, part[-1], i, blanks) or measures[i] != measures[part[-1]]):
                new = _split(part, s, measures[part[-1]], after)
                found += new
                after = new[-1]
                part = []
            if i is not None:
                part.append(i)
    return found


def _blanks(rows: Sequence[int]) -> dict[int, int]:
    """Return for each row how many gaps there are above it on the page."""
    found, count, before = {}, 0, rows[0]
    for row in rows:
        count += row - before > 1
        found[row] = count
        before = row
    return found


def _parted(s: Sheet, a: int, b: int, blanks: dict[int, int]) -> bool:
    """Say whether two lines of a column stand apart: where rows keep the gaps of the page, by these."""
    apart = s.tops[b] - s.tops[a]
    if not blanks:
        return apart > APART
    return apart > (APART if blanks[s.lines[a].place.line] != blanks[s.lines[b].place.line] else 2 * APART)


def _measures(strand: Sequence[int], s: Sheet) -> dict[int, float]:
    """Return the measure at each line of a column: the one that explains most lines about it."""
    found: dict[int, float] = {}
    for k, i in enumerate(strand):
        near = [s.widths[j] for j in strand[max(0, k - NEAR) : k + NEAR + 1]]
        support = {m: _support(m, s.widths[i], near, han=s.han) for m in s.common}
        best = max(s.common, key=lambda m: support[m], default=0.0)
        found[i] = best if best and support[best] >= min(2, 0.5 * len(near)) else 0.0
    return found


def _support(measure: float, width: float, near: Sequence[float], *, han: bool) -> float:
    """Return how many of the widths ``near`` fill ``measure``, less those that are wider; most of all ``width``."""
    low, high = measure - lowest(measure, han=han), measure + highest(measure, han=han)
    return sum(low <= w <= high for w in near) - sum(w > high for w in near) - 1.5 * (width > high)


def _split(part: Sequence[int], s: Sheet, measure: float, after: Run | None) -> list[Run]:
    """Part the lines of a column without a gap into running text and what is shown."""
    kinds = [_kind(i, s, measure) for i in part]
    for n, i in enumerate(part):
        set_in = s.lines[i].indent > 0 or s.xs[i] - s.edges[s.columns[i]] >= SET_IN
        first = (n > 0 and kinds[n - 1] == "ended") or (n + 1 < len(part) and kinds[n + 1] == "full")
        lacks = measure - s.widths[i]
        below = n + 1 < len(part) and kinds[n + 1] == "full"
        if s.han and first and FIRST >= lacks > 0 and (set_in or (below and SET_IN < lacks < FIRST)):
            kinds[n] = "full"  # the first line of a paragraph
    rows = Counter(s.lines[i].place.line for i in part)
    shown = [kind == "short" or rows[s.lines[i].place.line] > 1 for kind, i in zip(kinds, part, strict=True)]
    for n, i in enumerate(part):
        before, next_ = n > 0 and not shown[n - 1], n + 1 < len(part) and not shown[n + 1]
        alone = not before and not next_
        if kinds[n] == "full" and alone and (not s.han or abs(s.widths[i] - measure) > 2 or len(part) > 1):
            shown[n] = True  # a title that is as wide as the column
        if kinds[n] == "ended" and not before:
            tail = n == 0 and after is not None and not after.shown and after.open
            shown[n] = not tail and not next_ and s.widths[i] <= SHORT
        if kinds[n] == "short" and before and next_ and not s.han and s.lines[part[n + 1]].text[0].islower():
            shown[n] = not ends_sentence(s.lines[part[n - 1]].text) and s.lines[i].text[0].isupper()
    out: list[Run] = []
    start = 0
    for n in range(1, len(part) + 1):
        if n == len(part) or shown[n] != shown[start]:
            out.append(_run(part[start:n], s, measure, shown=shown[start], full=kinds[n - 1] == "full"))
            start = n
    return out


def _kind(i: int, s: Sheet, measure: float) -> str:
    indent = 0.0 if s.han else 0.08 * measure * (s.lines[i].indent > 0)
    if measure and -lowest(measure, han=s.han) <= s.widths[i] + indent - measure <= highest(measure, han=s.han):
        return "full"
    return "ended" if ends_sentence(s.lines[i].text) else "short"


def _run(part: Sequence[int], s: Sheet, measure: float, *, shown: bool, full: bool) -> Run:
    left, right = min(s.xs[i] for i in part), max(s.xs[i] + s.widths[i] for i in part)
    ended = ends_sentence(s.lines[part[-1]].text)
    return Run(
        tuple(part),
        s.columns[part[0]],
        left,
        right,
        s.tops[part[0]],
        s.tops[part[-1]] + 1,
        measure or right - left,
        shown,
        full and not ended,
        ended,
        s.lines[part[0]].indent > 0,
        part[0] in s.glued,
    )
