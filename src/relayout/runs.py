"""Runs of text and shown lines: what stands in the columns of a page whose lines have boxes, before it is put in order.

A run is a piece of one column without a gap: lines of running text under each other. What does not fill its column
and ends no sentence is shown: a headline, a caption, a name. Heights are counted in lines of text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from relayout.chars import cells, ends_sentence, is_han
from relayout.model import Line
from relayout.threads import SPACE, width_of

REACH = 6.0  # positions that lines of one column may begin apart
APART = 1.6  # lines between two of one run at most, of its own pitch
FULL_HAN = 2.0  # cells that a full line may lack
FULL_LATIN = 0.22  # of its measure that a full line of letters may lack
INDENT = 4.0
NEAR = 4.0  # positions within which two columns begin at one place
SWEEPS = 12  # over the lines that follow each other, until rows stand where they should


class Run(NamedTuple):
    """Lines ``lines`` (indices) of one column: its left edge, its right edge, top and bottom in lines of text.

    ``measure`` is in cells; ``shown`` says that it is no running text; ``open`` that it ends inside a paragraph for
    sure, ``ended`` that it ends with a sentence; ``indented`` that it begins a paragraph.
    """

    lines: tuple[int, ...]
    left: float
    right: float
    top: float
    bottom: float
    measure: float
    shown: bool
    open: bool
    ended: bool
    indented: bool


def size(text: str) -> float:
    """Return how wide a text is set, in cells; words of letters by the widths of their letters."""
    if any(is_han(char) for char in text):
        return float(cells("".join(text.split())))
    words = text.split()
    return sum(map(width_of, words)) + SPACE * (len(words) - 1)


def heights(lines: Sequence[Line], strands: Sequence[Sequence[int]]) -> list[float]:
    """Return at which height each line stands, in lines of text from the top.

    Rows of an extractor are no measure: columns whose lines stand at other heights come in between. So the steps from
    row to row are stretched until lines that follow each other in a column stand about one line apart.
    """
    rows = sorted({line.place.line for line in lines})
    at = {row: n for n, row in enumerate(rows)}
    steps = [float(min(two - one, 4)) for one, two in pairwise(rows)]
    ties = {
        (at[lines[a].place.line], at[lines[b].place.line])
        for strand in strands
        for a, b in pairwise(strand)
        if 0 < at[lines[b].place.line] - at[lines[a].place.line] == lines[b].place.line - lines[a].place.line <= 3
    }
    for _ in range(SWEEPS):
        for one, two in sorted(ties):
            pull = sum(steps[one:two]) ** -0.4
            for n in range(one, two):
                steps[n] *= pull
    tops = [0.0]
    for step in steps:
        tops.append(tops[-1] + step)
    return [tops[at[line.place.line]] for line in lines]


def strands_of(lines: Sequence[Line]) -> list[list[int]]:
    """Return the lines of each column, from the top, as they come one after the other."""
    found: list[list[int]] = []
    for i, line in enumerate(lines):
        last = lines[found[-1][-1]] if found else None
        if last and last.box and line.box and line.place.line > last.place.line and _near(last, line):
            found[-1].append(i)
        else:
            found.append([i])
    return found


def _near(one: Line, two: Line) -> bool:
    """Say whether two lines begin at one place, the second not far below the first."""
    if not (one.box and two.box):
        return False
    return abs(two.box.x0 - one.box.x0) <= REACH and two.place.line - one.place.line <= 9


def runs(lines: Sequence[Line]) -> list[Run]:
    """Return the runs of a page whose lines have boxes, shown lines among them, from the top of each column."""
    strands = strands_of(lines)
    at = heights(lines, strands)
    widths = [size(line.text) for line in lines]
    han = 2 * sum(any(map(is_han, line.text)) for line in lines) > len(lines)
    common = _common(widths, han=han)
    rows = sorted({line.place.line for line in lines})
    airy = sum(two - one > 1 for one, two in pairwise(rows)) * 20 > len(rows)
    blanks = _blanks(rows) if airy else {}
    found: list[Run] = []
    for strand in strands:
        measures = _measures(strand, widths, common, han=han)
        part: list[int] = []
        after: Run | None = None
        for i in (*strand, None):
            if part and (i is None or _parted(lines, part[-1], i, at, blanks) or measures[i] != measures[part[-1]]):
                new = _split(part, lines, at, widths, measures[part[-1]], after, han=han)
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


def _parted(lines: Sequence[Line], a: int, b: int, at: Sequence[float], blanks: dict[int, int]) -> bool:
    """Say whether two lines of a column stand apart: where rows keep the gaps of the page, by these."""
    if not blanks:
        return at[b] - at[a] > APART
    return at[b] - at[a] > (APART if blanks[lines[a].place.line] != blanks[lines[b].place.line] else 2 * APART)


def _common(widths: Sequence[float], *, han: bool) -> list[float]:
    """Return the widths that full lines of the page have, the commonest first."""
    count = Counter(round(w) for w in widths if w >= 12)
    found: list[float] = []
    low, high = (2, 4) if han else (4, 3)
    while count and len(found) < 8:
        support = {m: sum(count[w] for w in range(m - low, m + high + 1)) + 0.5 * count[m] for m in list(count)}
        best = max(support, key=lambda m: (support[m], -m))
        if support[best] < 5:
            break
        found.append(float(best))
        for w in range(best - low - 4, best + high + 1):
            count.pop(w, None)
    return found


def _measures(
    strand: Sequence[int], widths: Sequence[float], common: Sequence[float], *, han: bool
) -> dict[int, float]:
    """Return the measure at each line of a column: the one that explains most lines about it."""
    found: dict[int, float] = {}
    for k, i in enumerate(strand):
        near = [widths[j] for j in strand[max(0, k - 3) : k + 4]]
        support = {m: _support(m, widths[i], near, han=han) for m in common}
        best = max(common, key=lambda m: support[m], default=0.0)
        found[i] = best if best and support[best] >= min(2, 0.5 * len(near)) else 0.0
    return found


def _support(measure: float, width: float, near: Sequence[float], *, han: bool) -> float:
    """Return how many of the widths ``near`` fill ``measure``, less those that are wider; most of all ``width``."""
    low, high = measure - _low(measure, han=han), measure + _high(measure, han=han)
    return sum(low <= w <= high for w in near) - sum(w > high for w in near) - 1.5 * (width > high)


def _low(measure: float, *, han: bool) -> float:
    return 6.0 if han else 0.2 * measure


def _high(measure: float, *, han: bool) -> float:
    return 5.0 if han else 0.18 * measure


def _split(
    part: Sequence[int],
    lines: Sequence[Line],
    at: Sequence[float],
    widths: Sequence[float],
    measure: float,
    after: Run | None,
    *,
    han: bool,
) -> list[Run]:
    """Part the lines of a column without a gap into running text and what is shown."""
    kinds = [_kind(i, lines, widths, measure, han=han) for i in part]
    shown = [kind == "short" for kind in kinds]
    for n, i in enumerate(part):
        before, next_ = n > 0 and not shown[n - 1], n + 1 < len(part) and not shown[n + 1]
        if (
            kinds[n] == "full"
            and not before
            and not next_
            and (not han or abs(widths[i] - measure) > 2 or len(part) > 1)
        ):
            shown[n] = True  # a title that is as wide as the column
        if kinds[n] == "ended" and not before:
            tail = n == 0 and after is not None and not after.shown and after.open
            shown[n] = not tail and not next_ and widths[i] <= 12
        if kinds[n] == "short" and before and next_ and not han and lines[part[n + 1]].text[0].islower():
            shown[n] = not ends_sentence(lines[part[n - 1]].text) and lines[i].text[0].isupper()
    out: list[Run] = []
    start = 0
    for n in range(1, len(part) + 1):
        if n == len(part) or shown[n] != shown[start]:
            out.append(_run(part[start:n], lines, at, measure, shown=shown[start], kind=kinds[n - 1]))
            start = n
    return out


def _kind(i: int, lines: Sequence[Line], widths: Sequence[float], measure: float, *, han: bool) -> str:
    indent = 0.0 if han else 0.08 * measure * (lines[i].indent > 0)
    if measure and -_low(measure, han=han) <= widths[i] + indent - measure <= _high(measure, han=han):
        return "full"
    return "ended" if ends_sentence(lines[i].text) else "short"


def _run(
    part: Sequence[int], lines: Sequence[Line], at: Sequence[float], measure: float, *, shown: bool, kind: str
) -> Run:
    boxes = [lines[i].box for i in part]
    left = min(box.x0 for box in boxes if box)
    right = max(box.x1 for box in boxes if box)
    ended = ends_sentence(lines[part[-1]].text)
    return Run(
        tuple(part),
        left,
        right,
        at[part[0]],
        at[part[-1]] + 1,
        measure or right - left,
        shown,
        kind == "full" and not ended,
        ended,
        lines[part[0]].indent > 0,
    )


def grid(runs: Sequence[Run]) -> list[float]:
    """Return where the columns of a page begin: places at which many lines of running text do."""
    votes = sorted((run.left, len(run.lines)) for run in runs if not run.shown and len(run.lines) > 1)
    groups: list[list[tuple[float, int]]] = []
    for vote in votes:
        if groups and vote[0] - groups[-1][-1][0] <= NEAR and vote[0] - groups[-1][0][0] <= 2 * NEAR:
            groups[-1].append(vote)
        else:
            groups.append([vote])
    return [sum(x * n for x, n in group) / sum(n for _, n in group) for group in groups]
