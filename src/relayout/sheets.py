"""Where the lines of a page stand, whose rows an extractor kept: at which height, in which column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from relayout.chars import ends_sentence, is_han
from relayout.fullness import edges, filled, left, measures, size
from relayout.lattice import GUTTER, Bit, places
from relayout.model import Line

REACH = 6.0  # cells left of its column that a line may begin
TRUE = 0.75  # positions for each cell of width, from which on the grid shows Han text as wide as it is
SUPPORT = 4  # full lines that show a column
CLOSE = 0.8  # of the measure, by which the columns of a page stand apart at least
SELDOM = 0.1  # of the rows of a column, in which one beside it may be by mistake
NEAR, FAR = 3, 7  # rows from a line to the next one of its column; where it surely goes on
SWEEPS = 20  # over the lines that follow each other, until rows stand where they should


class Sheet(NamedTuple):
    """The lines of a page: where each begins and how wide it is (cells), its height (lines of text) and its column.

    ``common`` are the widths of full lines, the commonest first; ``edges`` where the columns begin; ``strands`` the
    lines of each column from the top;
    ``glued`` are the lines that one space parts from one on their left.
    """

    lines: tuple[Line, ...]
    xs: tuple[float, ...]
    widths: tuple[float, ...]
    tops: tuple[float, ...]
    columns: tuple[int, ...]
    edges: tuple[float, ...]
    strands: tuple[tuple[int, ...], ...]
    common: tuple[float, ...]
    glued: frozenset[int]
    han: bool


def sheet(lines: Sequence[Line]) -> Sheet:
    """Find where the lines of a page stand; they have boxes in positions of the grid of characters."""
    widths = [size(line.text) for line in lines]
    han = 2 * sum(any(map(is_han, line.text)) for line in lines) > len(lines)
    common = measures(lines, widths, han=han)
    xs, begin = _places(lines, widths, common, han=han)
    full = [filled(width, common, han=han) > 0 for width in widths]
    begin = begin or _columns(lines, xs, full, common[0] if common else 0.0)
    columns = [_column(x, begin) for x in xs]
    strands = _strands(lines, columns)
    tops = _heights(lines, strands, _goes_on(lines, full, strands))
    return Sheet(
        tuple(lines),
        tuple(xs),
        tuple(widths),
        tuple(tops),
        tuple(columns),
        tuple(begin),
        tuple(map(tuple, strands)),
        tuple(common),
        _glued(lines),
        han,
    )


def _places(
    lines: Sequence[Line], widths: Sequence[float], common: Sequence[float], *, han: bool
) -> tuple[list[float], list[float]]:
    """Return where each line begins, in cells, and where the columns of the page do, if that is known."""
    at = [left(line) for line in lines]
    sizes = [line.box.x1 - line.box.x0 for line in lines if line.box]
    if not han or not common or sum(sizes) > TRUE * sum(widths):
        return at, []
    rows: dict[int, list[int]] = {}
    for i, line in enumerate(lines):
        rows.setdefault(line.place.line, []).append(i)
    order = [sorted(rows[row], key=lambda i: at[i]) for row in sorted(rows)]
    full = [filled(width, common, han=han) for width in widths]
    pitch = common[0] + GUTTER
    bits = [[Bit(round(at[i]), _size(lines[i]), widths[i], full[i]) for i in row] for row in order]
    for row, xs in zip(order, places(bits, pitch), strict=True):
        for i, x in zip(row, xs, strict=True):
            at[i] = x
    return at, [pitch * n for n in range(1 + max(int((x + 1) // pitch) for x in at))]


def _size(line: Line) -> int:
    return round(line.box.x1 - line.box.x0) if line.box else 0


def _columns(lines: Sequence[Line], xs: Sequence[float], full: Sequence[bool], measure: float) -> list[float]:
    """Return where the columns of a page begin: where full lines stand under each other."""
    rows: dict[int, list[float]] = {}
    for i, line in enumerate(lines):
        if full[i]:
            rows.setdefault(line.place.line, []).append(xs[i])
    chained = [
        x
        for row, found in rows.items()
        for x in found
        if any(abs(x - other) <= 1 for n in (-3, -2, -1, 1, 2, 3) for other in rows.get(row + n, ()))
    ]
    return _united(edges(chained, SUPPORT) or [0.0], list(rows.values()), measure)


def _glued(lines: Sequence[Line]) -> frozenset[int]:
    ends = {(line.place.line, round(line.box.x1)) for line in lines if line.box}
    return frozenset(i for i, line in enumerate(lines) if (line.place.line, round(left(line)) - 1) in ends)


def _column(x: float, begin: Sequence[float]) -> int:
    return max((n for n, edge in enumerate(begin) if edge <= x + REACH), default=0)


def _united(begin: list[float], rows: Sequence[Sequence[float]], measure: float) -> list[float]:
    """Unite columns that stand nearer to each other than a line is wide, and never side by side."""
    while True:
        count: Counter[int] = Counter()
        beside: Counter[int] = Counter()
        for row in rows:
            here = {_column(x, begin) for x in row}
            count.update(here)
            beside.update(n for n in here if n + 1 in here)
        near = [
            (two - one, n)
            for n, (one, two) in enumerate(pairwise(begin))
            if two - one < CLOSE * measure and beside[n] <= SELDOM * min(count[n], count[n + 1])
        ]
        if not near:
            return begin
        n = min(near)[1]
        del begin[n if count[n] < count[n + 1] else n + 1]


def _strands(lines: Sequence[Line], columns: Sequence[int]) -> list[list[int]]:
    """Return the lines of each column, from the top."""
    found: list[list[int]] = [[] for _ in range(max(columns, default=0) + 1)]
    for i in sorted(range(len(lines)), key=lambda i: (lines[i].place.line, lines[i].place.start)):
        found[columns[i]].append(i)
    return found


def _goes_on(lines: Sequence[Line], full: Sequence[bool], strands: Sequence[Sequence[int]]) -> set[tuple[int, int]]:
    """Return the pairs of lines under each other that are likely neighbours: a full one, and one that is not set in."""
    return {
        (a, b)
        for strand in strands
        for a, b in pairwise(strand)
        if full[a] and full[b] and not lines[b].indent and not ends_sentence(lines[a].text)
    }


def _heights(lines: Sequence[Line], strands: Sequence[Sequence[int]], sure: set[tuple[int, int]]) -> list[float]:
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
        if 0 < at[lines[b].place.line] - at[lines[a].place.line] == lines[b].place.line - lines[a].place.line
        and lines[b].place.line - lines[a].place.line <= (FAR if (a, b) in sure else NEAR)
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
