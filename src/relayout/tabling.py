"""Tables among the lines of a page: rows of short cells that stand under each other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from relayout.bands import LIKE, LONGEST, ruled
from relayout.bands import Row as Banded
from relayout.chars import cells, ends_sentence, has_han
from relayout.imprint import Box
from relayout.model import Line, Paragraph, Place
from relayout.roles import Joint, Role

LEAST, FURTHEST = 0.9, 16.0  # of the type size: gaps between the cells of a row
MEAN = 13  # half-width cells of a table's cell, on average
AIRY = 0.7  # of the width up to the last cell: what is filled further is columns of text
ROWS = 3  # rows that make a table
PITCH = 3.2  # of the type size: how far rows stand apart at most
Row = list[Line]


def tables(lines: Sequence[Line], rules: Sequence[Box] = ()) -> tuple[list[list[Banded]], list[Line]]:
    """Return the tables among ``lines``, each its rows of cells of lines, and the lines that are in none.

    First those that ``rules`` part into rows, then those whose cells stand under each other.
    """
    made = ruled(lines, rules)
    known = {line.place for table in made for row in table for cell in row for line in cell}
    lines = [line for line in lines if not any(_holds(line.place, place) for place in known)]
    rows = _rows(lines)
    found: list[list[Row]] = []
    taken: set[int] = set()
    for n, row in enumerate(rows):
        if n in taken:
            continue
        table = [row]
        mine = [n]
        for m in range(n + 1, len(rows)):
            fitted = _fitted(table, rows[m]) if m not in taken else None
            if fitted:
                table = fitted
                mine.append(m)
        if len(table) >= ROWS and _airy(table):
            found.append(table)
            taken.update(mine)
    inside = {id(line) for table in found for row in table for line in row}
    made += [[tuple((line,) for line in row) for row in table] for table in found]
    return made, [line for line in lines if id(line) not in inside]


def _holds(whole: Place, part: Place) -> bool:
    """Say whether a line is, or a line was cut from it, at ``part``."""
    same = (whole.page, whole.line) == (part.page, part.line) and whole.start <= part.start
    return same and (whole.end is None or (part.end is not None and part.end <= whole.end))


def _box(line: Line) -> Box:
    assert line.box
    return line.box


def _size(line: Line) -> float:
    return line.style.size if line.style else 1.0


def _rows(lines: Sequence[Line]) -> list[Row]:
    """Return rows of two or more short lines on one baseline, from the top."""
    order = sorted((line for line in lines if line.box), key=lambda one: (_box(one).y1, _box(one).x0))
    rows: list[Row] = []
    level: list[Line] = []
    for line in [*order, None]:
        if line and level and abs(_box(line).y1 - _box(level[0]).y1) < 0.25 * _size(line):
            level.append(line)
            continue
        rows += _cut(sorted(level, key=lambda one: _box(one).x0))
        level = [line] if line else []
    return [row for row in rows if len(row) > 1]


def _cut(level: Sequence[Line]) -> list[Row]:
    """Cut a level of the page where lines are too long for cells, or stand too near or far."""
    rows: list[Row] = [[]]
    for line in level:
        short = cells(line.text) <= LONGEST and not ends_sentence(line.text)
        gap = (_box(line).x0 - _box(rows[-1][-1]).x1) / _size(line) if rows[-1] else 1.0
        if not short or not LEAST <= gap <= FURTHEST:
            rows.append([])
        if short:
            rows[-1].append(line)
    return rows


def _under(above: Row, below: Row) -> bool:
    """Say whether two rows follow each other in one table: as many cells, each at an edge or middle of that above."""
    size = _size(below[0])
    step = _box(below[0]).y1 - _box(above[0]).y1
    if len(above) != len(below) or not 0.8 * size < step < PITCH * size:
        return False
    if any(abs(_size(line) - size) > LIKE * size for line in (*above, *below)):
        return False  # titles beside each other (en-14)
    return all(_aligned(_box(a), _box(b), 0.6 * size) for a, b in zip(above, below, strict=True))


def _fitted(table: list[Row], below: Row) -> list[Row] | None:
    """Return a table with a row more, if that fits under its last one.

    A line of text that happens to stand on the baseline of a row, left or right of the table, is no cell of it (hk-3).
    """
    above = table[-1]
    if len(below) > len(above):
        parts = (below[start : start + len(above)] for start in range(len(below) - len(above) + 1))
        return next(([*table, part] for part in parts if _under(above, part)), None)
    if len(below) < len(above) and len(table) == 1:
        parts = (above[start : start + len(below)] for start in range(len(above) - len(below) + 1))
        return next(([part, below] for part in parts if _under(part, below)), None)
    return [*table, below] if _under(above, below) else None


def _airy(table: Sequence[Row]) -> bool:
    """Say whether the cells leave much white between them, as lines of narrow columns beside each other do not."""
    every = [cells(line.text) for row in table for line in row]
    if sum(every) > MEAN * len(every):
        return False
    filled = sum(_box(line).width for row in table for line in row[:-1])
    return filled < AIRY * sum(_box(row[-1]).x0 - _box(row[0]).x0 for row in table)


def _aligned(a: Box, b: Box, slack: float) -> bool:
    return abs(a.x0 - b.x0) < slack or abs(a.x1 - b.x1) < slack or abs(a.x0 + a.x1 - b.x0 - b.x1) < 2 * slack


def rows_of(lines: Sequence[Line], rows: Sequence[Sequence[int]]) -> list[Paragraph]:
    """Return the rows of a table, their cells parted by tabs; ``rows`` counts the lines of each cell of each row."""
    found: list[Paragraph] = []
    start = 0
    for row in rows:
        mine = tuple(lines[start : start + sum(row)])
        ends = set(accumulate(row))
        joints = [
            Joint.CELL if n in ends else Joint.TIGHT if has_han(line.text) else Joint.SPACE
            for n, line in enumerate(mine[:-1], 1)
        ]
        found.append(Paragraph(mine, tuple(joints), Role.ROW))
        start += sum(row)
    return found
