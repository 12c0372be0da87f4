"""Rows that hold lines of several columns with nothing between them: found, cut, and put in their columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import exp, log

from relayout.chars import canonical, cells
from relayout.cleaving import Cleaver, Place
from relayout.fitted import tables
from relayout.imprint import Box
from relayout.lexicon import simplified
from relayout.model import Line

MEASURES = range(16, 62, 2)
FIT = "cleaving"
GAP, INDENT = 4, 4  # cells from column to column, and of the first line of a paragraph
MORE = 1  # columns that a page has, and no row a line of each
SPACED = 0.3  # of the wide rows; at least 0.45 of those that plain pdftotext leaves, at most 0.06 of glued ones
WIDEST = 0.98  # share of the rows that are no wider than the widest ones
WIDE, MANY = 50, 0.1  # cells, and the share of rows that are wider, where it is worth looking
SEVERAL = 0.4  # of the rows hold more than one line; at most 0.17 of 48 streams, at least 0.52 of 24 pages of rows
LEAST = 30  # rows: a few lines are as wide as multiples of something by chance
KINDS, OFF, FEW = 3, 2, 0.03  # rows of one, two and three full lines are such a share each


def measure_of(widths: Sequence[int]) -> int:
    """Return the measure of the columns that rows of ``widths`` hold lines of; nothing (0) where they hold one.

    >>> measure_of(9 * [24, 24, 48, 22, 46, 72, 70, 34, 96, 94, 71, 47])
    24
    >>> measure_of(40 * [24, 23, 24, 8, 24]), measure_of(40 * [72, 72, 71, 70, 16])
    (0, 0)
    """
    count = Counter(width for width in widths if width)
    rows = sum(count.values())
    if rows < LEAST or sum(times for width, times in count.items() if width > WIDE) < MANY * rows:
        return 0
    top = float(_top(widths))
    m = max(MEASURES, key=lambda m: sum(times * log(_near(width, m, top)) for width, times in count.items()))
    several = sum(times for width, times in count.items() if width > 1.6 * m)
    kinds = [sum(count[k * m + off] for off in range(-OFF, OFF + 1)) for k in range(1, KINDS + 1)]
    return m if several >= SEVERAL * rows and min(kinds) >= FEW * rows else 0


def _near(width: int, m: int, top: float) -> float:
    """Return how likely a row of ``width`` is where columns are ``m`` wide and the widest rows ``top``."""
    near = 0.0
    for k in range(max(1, width // m - 1), width // m + 3):
        spread = 0.3 + 0.8 * k
        near += exp(-((width - k * m) ** 2) / 2 / spread) / spread**0.5 / 2.5
    return 0.5 / max(top / m, 1.0) * near + 0.5 / top


def inked(lines: Sequence[Line]) -> tuple[list[str], list[list[int]]]:
    """Return rows without white space, and at which character of the raw row each stands."""
    texts, places = [], []
    for line in lines:
        at = [(n, canonical(char)) for n, char in enumerate(line.raw) if not char.isspace()]
        at = [(n, char) for n, char in at if char]
        texts.append("".join(char[0] for _, char in at))
        places.append([n for n, _ in at])
    return texts, places


def cleaver(texts: Sequence[str], measure: int, count: int, weights: Mapping[str, float]) -> Cleaver:
    """Return the search for rows of ``texts``, in ``count`` columns of ``measure``."""
    plainly = simplified()
    return Cleaver(texts, [text.translate(plainly) for text in texts], measure, count, weights)


def unglued(lines: Sequence[Line]) -> list[Line] | None:
    """Return the pieces of all rows as lines with boxes, column by column; nothing where rows hold one line each."""
    wide = [line.text for line in lines if cells(line.text) > WIDE]
    if len(lines) < LEAST or len(wide) < MANY * len(lines) or sum(" " in text for text in wide) > SPACED * len(wide):
        return None  # a stream, or rows that one space parts: those are for ``untangle``
    texts, at = inked(lines)
    widths = [cells(text) for text in texts]
    measure = measure_of(widths)
    if not measure:
        return None
    count = round(_top(widths) / measure) + MORE
    weights = {name: row[0] for name, row in tables(FIT)["han"].items()}
    placed: list[tuple[int, int, Line]] = []
    for line, places, way in zip(lines, at, cleaver(texts, measure, count, weights).run(), strict=True):
        if not way:  # a row that no pieces make up stays whole, over all columns
            box = Box(0, line.place.line, count * (measure + GAP) - GAP, line.place.line + 1)
            placed.append((0, len(placed), replace(line, box=box)))
        for one, after in zip(way, [*way[1:], None], strict=True):
            begin = places[one.piece.start] if one.piece.start else 0
            end = None if after is None else places[after.piece.start]
            placed.append((one.column, len(placed), _line(line, begin, end, one, measure)))
    return [line for _, _, line in sorted(placed, key=lambda one: one[:2])]


def _line(line: Line, begin: int, end: int | None, one: Place, measure: int) -> Line:
    """Return a piece as a line: its span, its box in columns that stand ``GAP`` apart, and whether it is set in."""
    raw, start = line.raw[begin:end], line.place.start
    place = replace(line.place, start=start + begin, end=line.place.end if end is None else start + end)
    indent = INDENT if one.piece.below == "set" else 0
    x0 = one.column * (measure + GAP) + indent
    edge = (one.column + one.piece.span) * (measure + GAP) - GAP
    x1 = edge if one.piece.below in ("full", "set") else min(x0 + one.piece.width, edge)
    box = Box(x0, place.line, x1, place.line + 1)
    return Line(raw, " ".join(raw.split()), place, box, indent)


def _top(widths: Sequence[int]) -> int:
    """Return how wide the widest rows are, but for one or two."""
    return sorted(widths)[int(len(widths) * WIDEST)]
