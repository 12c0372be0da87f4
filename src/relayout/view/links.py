"""Arrows of a picture: from a headline and a caption to the text, from column to column, and on to another page."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from relayout.imprint import Box
from relayout.roles import Role
from relayout.view.nouns import Mark, Unit
from relayout.view.rows import LINKS, MARGIN, Grid
from relayout.writers.zones import RUNNING, falls

Point = tuple[float, float]

_DECK = frozenset((Role.KICKER, Role.HEAD, Role.SUB, Role.RUBRIC))


class Link(NamedTuple):
    """An arrow of a unit: what it says, a cubic curve as four points, and the words at its end, if any."""

    unit: int
    kind: str
    curve: tuple[Point, Point, Point, Point]
    words: str = ""

    def head(self, size: float) -> tuple[Point, Point, Point]:
        """Return the corners of its head."""
        (cx, cy), (x, y) = self.curve[2], self.curve[3]
        angle = math.atan2(y - cy, x - cx)
        back = [(x - size * math.cos(angle + turn), y - size * math.sin(angle + turn)) for turn in (0.45, -0.45)]
        return (x, y), back[0], back[1]


def links(units: Sequence[Unit], page: int, grid: Grid | None) -> Iterator[Link]:
    """Give the arrows of a page, unit by unit; a unit that nobody placed has none."""
    firsts = {unit.ident: _title(unit.marks) for unit in units if unit.marks}
    for index, unit in enumerate(units):
        if not unit.number:
            continue
        for kind, start, end in _pairs(unit, firsts):
            if start.page == page == end.page:
                curve = _in_margin(start, end, grid) if grid else _between(kind, start, end)
                yield Link(index, kind, curve)
            elif start.page == page and kind == "column":
                yield Link(index, "page", _off(start), f"p. {end.page}")


def _pairs(unit: Unit, firsts: dict[str, Mark]) -> Iterator[tuple[str, Mark, Mark]]:
    running = [mark for mark in unit.marks if mark.role in RUNNING or mark.role is Role.LEAD]
    first = running[0] if running else unit.marks[0] if unit.marks else None
    deck = [mark for mark in unit.marks if mark.role in _DECK]
    if first and deck and deck[-1] is not first:
        yield "head", deck[-1], first
    for before, after in pairwise(running):
        if before.page != after.page or _apart(before, after):
            yield "column", before, after
    captions = [mark for mark in unit.marks if mark.role is Role.CAPTION]
    goal = _title(deck) if deck else first
    for mark in captions:
        if goal and goal is not mark:
            yield "caption", mark, goal
    about = firsts.get(unit.article.about) if unit.article and unit.article.about else None
    if about and unit.marks:
        yield "about", unit.marks[0], about


def _title(marks: Sequence[Mark]) -> Mark:
    """Return the main headline, or what comes first."""
    return next((mark for mark in marks if mark.role is Role.HEAD), marks[0])


def _apart(before: Mark, after: Mark) -> bool:
    """Tell whether the text goes on elsewhere: in another column, or in a row that is not the next."""
    if before.lines[-1].box and after.lines[0].box and before.lines[-1].style:
        return falls(before.lines[0 if before.role is Role.ROW else -1], after.lines[0])
    last, line = before.boxes[-1], after.boxes[0]
    return not 0 <= line.y0 - last.y0 <= 2 * last.height


def _between(kind: str, start: Mark, end: Mark) -> tuple[Point, Point, Point, Point]:
    if kind == "column":
        here = _edge(start.boxes[-1], vertical=start.lines[-1].vertical, last=True)
        there = _edge(end.boxes[0], vertical=end.lines[0].vertical, last=False)
        if end.lines[0].vertical:
            return here, _on(here, (0, 26)), _on(there, (0, -26)), there
        return here, _on(here, (26, 0)), _on(there, (-26, 0)), there
    here, there = _nearest(start.hull, end.boxes[0] if kind == "head" else end.hull)
    bow = 0.12 * math.dist(here, there)
    side = (bow, bow) if kind != "head" else (0.0, 0.0)
    return here, _on(_part(here, there, 1 / 3), side), _on(_part(here, there, 2 / 3), side), there


def _edge(box: Box, *, vertical: bool, last: bool) -> Point:
    """Return the middle of the side where a line begins, or ends."""
    if vertical:
        return (box.x0 + box.x1) / 2, box.y1 if last else box.y0
    return box.x1 if last else box.x0, (box.y0 + box.y1) / 2


def _nearest(one: Box, other: Box) -> tuple[Point, Point]:
    """Return the points at which two boxes are nearest to each other, in the middle of what faces each other."""
    x = _facing(one.x0, one.x1, other.x0, other.x1)
    y = _facing(one.y0, one.y1, other.y0, other.y1)
    return (x[0], y[0]), (x[1], y[1])


def _facing(a0: float, a1: float, b0: float, b1: float) -> tuple[float, float]:
    if a1 < b0:
        return a1, b0
    if b1 < a0:
        return a0, b1
    middle = (max(a0, b0) + min(a1, b1)) / 2
    return middle, middle


def _in_margin(start: Mark, end: Mark, grid: Grid) -> tuple[Point, Point, Point, Point]:
    """Lead a link between rows round the right of them: the farther it goes, the farther out."""
    here, there = start.boxes[-1], end.boxes[0]
    edge = grid.width - LINKS - MARGIN
    y0, y1 = (here.y0 + here.y1) / 2, (there.y0 + there.y1) / 2
    out = edge + min(LINKS, 18 + abs(y1 - y0) / 8) * 4 / 3
    return (min(here.x1 + 4, edge), y0), (out, y0), (out, y1), (min(there.x1 + 4, edge), y1)


def _off(mark: Mark) -> tuple[Point, Point, Point, Point]:
    """Lead a link that goes on to another page a little way out of the text."""
    line = mark.lines[-1]
    here = _edge(mark.boxes[-1], vertical=line.vertical, last=True)
    step = (0.0, 9.0) if line.vertical else (9.0, 0.0)
    return here, _on(here, step), _on(here, (2 * step[0], 2 * step[1])), _on(here, (3 * step[0], 3 * step[1]))


def _on(point: Point, step: Point) -> Point:
    return point[0] + step[0], point[1] + step[1]


def _part(one: Point, other: Point, share: float) -> Point:
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share
