"""How the type area is parted: strips and bands of whole columns, each a stack of modules."""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """A stack's place: first column, number of columns, block start and size in points, number of modules."""

    first: int
    cols: int
    block: float
    size: float
    count: int


def parts(chance: random.Random, whole: int, most: int, least: int = 1) -> list[int]:
    """Part ``whole`` columns into pieces of ``least`` to ``most`` columns."""
    out: list[int] = []
    left = whole
    while left > 0:
        piece = min(left, chance.choice([size for size in (1, 2, 2, 3, 3, 4, 5) if least <= size <= most] or [most]))
        if 0 < left - piece < least:
            piece = left if left <= most else max(least, left - least)
        out.append(piece)
        left -= piece
    chance.shuffle(out)
    return out


def bands(chance: random.Random, first: int, cols: int, block: float, size: float, space: float) -> list[Cell]:
    """Part an area into two or three bands, each into cells."""
    count = chance.choice([2, 2, 3, 3]) if size > 900 else 2 if size > 520 else 1
    weights = [chance.uniform(0.8, 1.4) for _ in range(count)]
    unit = (size - space * (count - 1)) / sum(weights)
    cells: list[Cell] = []
    for number, weight in enumerate(weights):
        high = weight * unit
        widest = min(5, cols)
        pieces = parts(chance, cols, widest)
        if number == 0 and cols >= 4 and max(pieces) < 3:
            pieces = [3, *parts(chance, cols - 3, 3)]
        column = first
        for piece in pieces:
            typical = {1: 330, 2: 340, 3: 360, 4: 400, 5: 440}.get(piece, 440) * chance.uniform(0.8, 1.15)
            cells.append(Cell(column, piece, block, high, max(1, round(high / typical))))
            column += piece
        block += high + space
    return cells


def horizontal(chance: random.Random, columns: int, size: float, space: float) -> list[Cell]:
    """Part a horizontal page: perhaps a tower at one side, the rest in bands."""
    cells: list[Cell] = []
    first, cols = 0, columns
    if columns >= 5 and chance.random() < 0.45:
        wide = chance.choice([1, 1, 2])
        at = chance.choice([0, columns - wide])
        cells.append(Cell(at, wide, 0.0, size, chance.choice([3, 4]) if wide == 1 else 3))
        first, cols = (wide if at == 0 else 0), columns - wide
    return sorted(cells + bands(chance, first, cols, 0.0, size, space), key=lambda cell: (cell.block, cell.first))


def registers(chance: random.Random, columns: int, size: float) -> list[Cell]:
    """Part a vertical page: groups of registers over the whole width, each a stack from right to left."""
    cells = []
    first = 0
    for piece in parts(chance, columns, 5, 2):
        typical = {2: 250, 3: 270, 4: 310, 5: 340}[piece] * chance.uniform(0.85, 1.2)
        cells.append(Cell(first, piece, 0.0, size, max(2, round(size / typical))))
        first += piece
    return cells
