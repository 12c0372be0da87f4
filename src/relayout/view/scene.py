"""What is drawn of an issue, before it becomes HTML or PNG: sheets with marks and links, and the units in colour.

A page that knows places is drawn where its lines stand. A page of text is drawn as the rows of its source, in cells of
a grid, and its lines get their boxes from there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from relayout.imprint import Box, around
from relayout.model import Issue, Line, Page, Paragraph
from relayout.roles import Kind, Role
from relayout.view import rows
from relayout.view.links import Link, links
from relayout.view.nouns import Mark, Unit
from relayout.view.palette import GREY, spread
from relayout.writers import naming
from relayout.writers.zones import falls

_ASIDE = frozenset((Kind.UNASSIGNED, Kind.ADVERTISEMENT))


class Sheet(NamedTuple):
    """A page to draw on: its size, the rows of the source if it is drawn as text, the links on it."""

    page: Page
    width: float
    height: float
    grid: rows.Grid | None
    links: tuple[Link, ...]


class Scene(NamedTuple):
    """All that is drawn."""

    issue: Issue
    units: tuple[Unit, ...]
    sheets: tuple[Sheet, ...]


def scene(issue: Issue) -> Scene:
    """Lay out an issue for drawing.

    >>> from relayout.model import Article, Place, Source
    >>> line = Line("會議開幕。", "會議開幕。", Place(1, 1))
    >>> drawn = scene(Issue(Source("page.txt"), (Page(1, (line,)),), (Article((Paragraph((line,)),)),)))
    >>> [(unit.ident, len(unit.marks)) for unit in drawn.units], len(drawn.sheets)
    ([('a1', 1)], 1)
    """
    grids = {page.number: None if page.box else rows.grid(page) for page in issue.pages}
    units: list[Unit] = []
    numbers = iter(range(1, len(issue.articles) + 1))
    for ident, article in zip(naming.article_ids(issue), issue.articles, strict=True):
        parts = tuple(naming.named(article, ident))
        aside = article.kind in _ASIDE
        number = 0 if aside else next(numbers)
        units.append(Unit(ident, number, article, GREY if aside else "", parts, tuple(_marks(parts, grids))))
    furniture = tuple((naming.furniture_id(n), part) for n, part in enumerate(issue.furniture, 1))
    units = _coloured(units)
    if furniture:
        marks = tuple(mark._replace(number=0) for mark in _marks(furniture, grids))
        units.append(Unit("", 0, None, GREY, furniture, marks))
    sheets = []
    for page in issue.pages:
        grid = grids[page.number]
        of = grid or page.box
        width, height = (max(of.width, 1.0), max(of.height, 1.0)) if of else (1.0, 1.0)
        sheets.append(Sheet(page, width, height, grid, tuple(links(units, page.number, grid))))
    return Scene(issue, tuple(units), tuple(sheets))


def only(whole: Scene, page: int) -> Scene:
    """Keep of a scene what stands on one page; a unit that goes on elsewhere keeps its text."""
    units = [unit if page in unit.pages else unit._replace(parts=(), marks=()) for unit in whole.units]
    return whole._replace(units=tuple(units), sheets=tuple(s for s in whole.sheets if s.page.number == page))


def _marks(parts: Sequence[tuple[str, Paragraph]], grids: dict[int, rows.Grid | None]) -> Iterator[Mark]:
    number = 0
    for ident, part in parts:
        run: list[Line] = []
        for line in (*part.lines, None):
            page = line.place.page if line else 0
            grid = grids.get(page)
            cut = line and not grid and part.role is not Role.ROW and falls(run[-1], line) if run else False
            if run and (not line or page != run[0].place.page or cut):
                number += 1
                boxes = _boxes(run, grids.get(run[0].place.page))
                yield Mark(ident, part.role, run[0].place.page, tuple(run), boxes, number)
                run = []
            if line and page in grids and (grid or line.box):
                run.append(line)


def _boxes(lines: Sequence[Line], grid: rows.Grid | None) -> tuple[Box, ...]:
    placed = (grid.box(line) if grid else line.box for line in lines)
    return tuple(box for box in placed if box)


def _coloured(units: Sequence[Unit]) -> list[Unit]:
    """Give every unit in colour one that none of its neighbours on a page has, as far as the colours suffice."""
    hulls = [
        {page: around(m.hull for m in unit.marks if m.page == page) for page in {m.page for m in unit.marks}}
        for unit in units
    ]
    chosen = spread([{} if unit.colour else hull for unit, hull in zip(units, hulls, strict=True)])
    return [u if u.colour else u._replace(colour=colour) for u, colour in zip(units, chosen, strict=True)]
