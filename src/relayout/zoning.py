"""Blocks made of the lines of a page that gives none, and the pieces that they make, from a title to the next one."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from relayout.galleys import Galley, galleys, skew, straight
from relayout.geometry import around
from relayout.imprint import Box
from relayout.model import Line, Page
from relayout.regions import Look, Region, body_size
from relayout.roles import Form

TITLE = 1.7  # of the size of running text: as large a title counts at least, however small it is set
LARGE = 1.25  # of the size of running text: what is set larger is a title
WINDOW = 20  # rows above and below: what the edges of a column are taken from
EDGE = 5  # one in so many lines may begin farther left, or end farther right
INSET = 0.035  # of the width of a column: white at both sides of a title
EVEN, LEANING = 0.05, 0.05  # of it, and of the white at both sides: how far that differs
CLEAR = 0.1  # of it: white at both sides that no line of running text has
AIR = 1.15  # of the usual distance of rows: more stands over a title or under it
UPPER = 0.7  # of the letters are capitals


class Row(NamedTuple):
    """A row of a column: its lines, white at its left and right (of the width), its distance from the row above."""

    lines: tuple[Line, ...]
    box: Box
    left: float
    right: float
    over: float
    under: float
    size: float

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


def zoned_pieces(page: Page, lines: Sequence[Line]) -> list[list[Region]]:
    """Return the pieces of a page that has lines and nothing else, in reading order, as `given_pieces` does."""
    body = body_size(lines)
    found: list[list[Region]] = []
    titled = False
    for column in columns(page, lines, body):
        heads = titles(column)
        for block, title in blocks(column, heads):
            region = _region([line for row in block for line in row.lines], body, title=title)
            if not found or (title and not titled):
                found.append([region])
            else:
                found[-1].append(region)
            titled = title
    return found


def columns(page: Page, lines: Sequence[Line], body: float) -> list[list[Row]]:
    """Return the columns of a page in reading order, as rows."""
    boxes = [line.box for line in lines if line.box]
    lines = [line for line in lines if line.box]
    sizes = [line.style.size if line.style else body for line in lines]
    rules = [shape.box for shape in page.shapes if shape.form is Form.RULE]
    lean = skew(boxes, body)
    boxes = [straight(box, lean) for box in boxes]
    return [
        _rows(galley, lines, boxes, sizes, body)
        for galley in galleys([line.box for line in lines if line.box], sizes, rules, body)
    ]


def _rows(galley: Galley, lines: Sequence[Line], boxes: Sequence[Box], sizes: Sequence[float], body: float) -> list[Row]:
    hulls = [around(boxes[n] for n in row) for row in galley.rows]
    middles = [(box.y0 + box.y1) / 2 for box in hulls]
    steps = [b - a for a, b in zip(middles, middles[1:], strict=False)]
    pitch = max(0.1, median(steps)) if steps else body
    found: list[Row] = []
    for at, (row, box) in enumerate(zip(galley.rows, hulls, strict=True)):
        near = hulls[max(0, at - WINDOW) : at + WINDOW + 1]
        lefts, rights = sorted(b.x0 for b in near), sorted(b.x1 for b in near)
        left, right = lefts[len(lefts) // EDGE], rights[-1 - len(rights) // EDGE]
        wide = max(right - left, body)
        found.append(
            Row(
                tuple(lines[n] for n in row),
                box,
                (box.x0 - left) / wide,
                (right - box.x1) / wide,
                steps[at - 1] / pitch if at else 2.0,
                steps[at] / pitch if at < len(steps) else 2.0,
                median(sizes[n] for n in row) / body,
            )
        )
    return found


def titles(column: Sequence[Row]) -> list[bool]:
    """Say of each row whether it is set as a title is."""
    return [_is_title(row, column[n - 1] if n else None, column[n + 1] if n + 1 < len(column) else None) for n, row in enumerate(column)]


def _is_title(row: Row, before: Row | None, after: Row | None) -> bool:
    text = row.text
    letters = [c for c in text if c.isalpha()]
    if len(letters) < 3:
        return False
    if row.size > LARGE:
        return True
    if min(row.left, row.right) < INSET or abs(row.left - row.right) > EVEN + LEANING * (row.left + row.right):
        return False
    if min(row.left, row.right) > CLEAR:
        return True
    upper = sum(c.isupper() for c in letters) > UPPER * len(letters)
    return upper or row.over > AIR or row.under > AIR


def blocks(column: Sequence[Row], heads: Sequence[bool]) -> list[tuple[list[Row], bool]]:
    """Put rows that follow each other and are, or are not, titles into blocks."""
    found: list[tuple[list[Row], bool]] = []
    for row, head in zip(column, heads, strict=True):
        if found and found[-1][1] == head:
            found[-1][0].append(row)
        else:
            found.append(([row], head))
    return found


def _region(block: Sequence[Line], body: float, *, title: bool) -> Region:
    style = block[0].style
    size = (style.size if style else body) / body
    bold = bool(style and style.bold)
    box = around(line.box for line in block if line.box)
    if title:
        return Region(Look.DISPLAY, box, tuple(block), max(size, TITLE), bold)
    return Region(Look.TEXT, box, tuple(block), size, bold)
