"""Tables whose rows are parted by printed rules: what stands between two rules is one row, its cells may be broken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from relayout.chars import cells
from relayout.cutting import cut
from relayout.geometry import beside
from relayout.imprint import Box
from relayout.model import Line

ALIKE = 2.0  # points: rules of one table begin and end as near to each other
FEWEST = 3  # rules
LOWEST, HIGHEST = 0.9, 6.0  # of the type size: a row from rule to rule
LIKE = 0.12  # of the type size: how much the sizes in a table differ
OVER = 1.9  # of the type size: from the first rule to the lines of the row over it, and on to those over them
LONGEST = 22  # half-width cells of a line in a cell
BROKEN = 3  # lines of a cell
FIGURE = 0.5  # of the type size: how wide a figure is
NEARLY = 0.3  # of the narrower: what cells of one column share
FILLED = 0.6  # of the rows have more than one cell

_NUMBER = re.compile(r"[-−+±]?\d[\d.,:/%]*")
_NAMED = re.compile(rf".*[^\W\d_].* ({_NUMBER.pattern})")
Cell = tuple[Line, ...]
Row = tuple[Cell, ...]


class _Column(NamedTuple):
    """Where the cells of a column begin and end."""

    x0: float
    x1: float


def ruled(lines: Sequence[Line], rules: Sequence[Box]) -> list[list[Row]]:
    """Return the tables that rules part into rows: each its rows, each of these its cells, each of these its lines.

    Declines for what rules part that is no table: briefs, whose lines are as wide as the rules.
    """
    return [table for chain in _chains(rules, lines) if (table := _table(chain, lines))]


def _chains(rules: Sequence[Box], lines: Sequence[Line]) -> list[list[Box]]:
    """Return rules as long as each other that stand under each other as the rows of a table do."""
    sizes = sorted(line.style.size for line in lines if line.style)
    size = sizes[len(sizes) // 2] if sizes else 1.0
    chains: list[list[Box]] = []
    for rule in sorted((r for r in rules if r.width > 3 * size and r.height < 3), key=lambda r: (r.y0, r.x0)):
        for chain in chains:
            last = chain[-1]
            same = abs(last.x0 - rule.x0) < ALIKE and abs(last.x1 - rule.x1) < ALIKE
            if same and LOWEST * size < rule.y0 - last.y0 < HIGHEST * size:
                chain.append(rule)
                break
        else:
            chains.append([rule])
    return [chain for chain in chains if len(chain) >= FEWEST]


def _table(chain: Sequence[Box], lines: Sequence[Line]) -> list[Row]:
    near = [
        line
        for line in lines
        if line.box and line.style and line.box.x0 > chain[0].x0 - ALIKE and line.box.x1 < chain[0].x1 + ALIKE
    ]
    chain = _inner(chain, near)
    if len(chain) < FEWEST:
        return []
    first, last = chain[0], chain[-1]
    within = _cells([_between(a, b, near) for a, b in pairwise(chain)])
    bands = [_between(a, b, within) for a, b in pairwise(chain)]
    if len(within) < 2 * (len(chain) - 1) * FILLED:
        return []
    columns = _ranked(bands) or _columns(within)
    if len(columns) < 2 or any(cells(line.text) > LONGEST for line in within):
        return []
    size = max(line.style.size for line in within if line.style)
    heads = [piece for n in near if n.box and n.box.y1 < first.y1 + 1 for piece in _heads(n, columns)]
    over = _beyond(first.y0, heads, columns, size, up=True)
    under = _beyond(last.y1, [n for n in near if n.box and n.box.y0 > last.y0 - 1], columns, size, up=False)
    rows = [_row(band, columns) for band in (over, *bands, under) if band]
    several = sum(len(row) > 1 for row in rows)
    broken = max(len(cell) for row in rows for cell in row)
    return rows if several >= max(2, FILLED * len(rows)) and broken <= BROKEN else []


def _between(above: Box, below: Box, lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if line.box and above.y0 < (line.box.y0 + line.box.y1) / 2 < below.y1]


def _cells(bands: Sequence[Sequence[Line]]) -> list[Line]:
    """Return the lines between the rules, a name and the number that stands close after it as two (Wheat 210, en-6).

    They are two where numbers stand in that place in most rows.
    """
    found: list[Line] = []
    for line in (line for band in bands for line in band):
        name = line
        numbers: list[Line] = []
        while match := _NAMED.fullmatch(name.text):
            rest, number = _named(name, match.start(1))
            assert number.box
            place = number.box
            if 2 * sum(any(_numbered(other, place) for other in band) for band in bands) <= len(bands):
                break
            name, numbers = rest, [number, *numbers]
        found += [name, *numbers]
    return found


def _named(line: Line, at: int) -> tuple[Line, Line]:
    """Cut a name from its number; where, is told by how wide figures are."""
    name, number = cut(line, at)
    box, size = line.box, line.style.size if line.style else 1.0
    assert box
    figure = FIGURE * size
    if figure * (len(number.text) + 1) >= box.width:  # a box of OCR may be too narrow for its type
        figure = box.width / (len(line.text) + 1)
    edge = box.x1 - figure * len(number.text)
    return replace(name, box=replace(box, x1=edge - figure)), replace(number, box=replace(box, x0=edge))


def _numbered(line: Line, place: Box) -> bool:
    """Say whether a line is a number in some place, or a name with a number there."""
    match = _NAMED.fullmatch(line.text) or _NUMBER.fullmatch(line.text)
    return bool(match and line.box) and beside(Box(line.box.x1 - place.width, 0, line.box.x1, 1), place) > NEARLY  # type: ignore[union-attr]


def _heads(line: Line, columns: Sequence[_Column]) -> list[Line]:
    """Return a line over several columns as their heads, if it has a word for each (Pegel Hochwasser Niedrigwasser)."""
    box = line.box
    assert box
    under = [c for c in columns if box.x0 < c.x1 and c.x0 < box.x1]
    if len(under) < 2 or len(line.text.split()) != len(under):
        return [line]
    found = [line]
    for _ in under[1:]:
        found[-1:] = cut(found[-1], found[-1].text.index(" "))
    return [
        replace(piece, box=replace(box, x0=max(box.x0, c.x0), x1=min(box.x1, c.x1)))
        for piece, c in zip(found, under, strict=True)
    ]


def _inner(chain: Sequence[Box], near: Sequence[Line]) -> Sequence[Box]:
    """Leave out the rule over the title of a table, and one under what follows it: what they part is not set alike."""
    sizes = sorted(line.style.size for line in _between(chain[0], chain[-1], near) if line.style)
    usual = sizes[len(sizes) // 2] if sizes else 1.0

    def unlike(above: Box, below: Box) -> bool:
        found = _between(above, below, near)
        return not found or any(line.style and abs(line.style.size - usual) > LIKE * usual for line in found)

    while len(chain) >= FEWEST and unlike(chain[0], chain[1]):
        chain = chain[1:]
    while len(chain) >= FEWEST and unlike(chain[-2], chain[-1]):
        chain = chain[:-1]
    return chain


def _ranked(bands: Sequence[Sequence[Line]]) -> list[_Column]:
    """Return the columns of rows that have as many cells each, side by side; else none.

    They may overlap: a long name begins over the numbers of the next column (Potatoes 229, en-6).
    """
    rows = [sorted((line.box for line in band if line.box), key=lambda box: box.x0) for band in bands]
    even = len({len(row) for row in rows}) == 1 and all(one.x1 <= two.x0 for row in rows for one, two in pairwise(row))
    if not even:
        return []
    return [_Column(min(b.x0 for b in each), max(b.x1 for b in each)) for each in zip(*rows, strict=True)]


def _columns(lines: Sequence[Line]) -> list[_Column]:
    """Return the columns that lines stand in, from the left: what overlaps, more than a little, is one."""
    found: list[_Column] = []
    for x0, x1 in sorted((line.box.x0, line.box.x1) for line in lines if line.box):
        last = found[-1] if found else None
        if last and last.x1 - x0 > min(x1 - x0, last.x1 - last.x0) * NEARLY:
            found[-1] = _Column(found[-1].x0, max(found[-1].x1, x1))
        else:
            found.append(_Column(x0, x1))
    return found


def _beyond(edge: float, near: Sequence[Line], columns: Sequence[_Column], size: float, *, up: bool) -> list[Line]:
    """Return the lines of the row over the first rule, or under the last one: set alike, each in one column."""
    found: list[Line] = []
    for line in sorted(near, key=lambda one: one.box.y0 if one.box else 0.0, reverse=up):
        assert line.box
        assert line.style
        away = edge - line.box.y1 if up else line.box.y0 - edge
        if away > (OVER - 1) * size or abs(line.style.size - size) > LIKE * size or cells(line.text) > LONGEST:
            break
        if sum(_shares(line.box, c) for c in columns) > 1:
            break
        found.append(line)
        if len(found) == 1 or abs(line.box.y0 - found[-2].box.y0) > 0.5 * size:  # type: ignore[union-attr]
            edge = line.box.y0 if up else line.box.y1
    return found if len({_at(line, columns) for line in found}) > 1 else []


def _shares(box: Box, column: _Column) -> bool:
    """Say whether a cell stands in a column, by more than its edge."""
    shared = min(box.x1, column.x1) - max(box.x0, column.x0)
    return shared > NEARLY * min(box.width, column.x1 - column.x0)


def _at(line: Line, columns: Sequence[_Column]) -> int:
    assert line.box
    box = line.box
    inside = [beside(Box(c.x0, box.y0, c.x1, box.y1), box) if c.x1 > c.x0 else 0.0 for c in columns]
    best = max(range(len(columns)), key=lambda n: inside[n])
    if inside[best] > 0:
        return best
    return min(range(len(columns)), key=lambda n: min(abs(columns[n].x0 - box.x0), abs(columns[n].x1 - box.x1)))


def _row(band: Sequence[Line], columns: Sequence[_Column]) -> Row:
    cells_: dict[int, list[Line]] = {}
    for line in sorted(band, key=lambda one: (one.box.y0, one.box.x0) if one.box else (0.0, 0.0)):
        cells_.setdefault(_at(line, columns), []).append(line)
    return tuple(tuple(cells_[n]) for n in sorted(cells_))
