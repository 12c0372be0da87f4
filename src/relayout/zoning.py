"""Blocks and pieces of a page that is known by its lines alone: columns, titles in them, and what stands under each.

A source may give no blocks (the lines of a page in one region), or such as run through its columns. The pieces are as
those of `given`: from a title to the next one, through the columns in the order in which they are read.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

from relayout.galleys import Galley, galleys
from relayout.geometry import around
from relayout.given import TITLE
from relayout.headings import LARGE, LARGER, Row, is_paragraph, is_shown, openings, titles
from relayout.imprint import Box
from relayout.measures import usual_width
from relayout.model import Line, Page
from relayout.regions import Look, Region, body_size
from relayout.roles import Form

WINDOW = 20  # rows above and below: what the edges of a column are taken from
STRAYS = 5  # one line in so many may begin farther left, or end farther right
WIDEST, TOUCHED = 1.1, 0.2  # of a column a rule in it is wide at most; of a row it may touch
SLIM = 0.85  # of the usual width: a column of an advertisement
EDGES = 1.5  # usual distances: white over the first row of a column, and under the last
SHORT, TEXT = 55, 4  # rows of the columns of a page that is built of modules (21 to 50; else 59 to 167); of a column
HEADLINE, WIDER, SOME = 1.5, 1.2, 2  # sizes of text, columns: how large and wide headlines are, and how many such ones
NOTICES = 0.15  # of the lines: more in columns of advertisements, and these are what is so short and large


class Column(NamedTuple):
    """A column: its rows, which are titles, with which a piece begins; whether it is an advertisement.

    ``beside`` as in :class:`~relayout.galleys.Galley`.
    """

    rows: list[Row]
    heads: list[bool]
    begins: list[bool]
    shown: bool
    beside: int | None = None


def zoned_pieces(page: Page, lines: Sequence[Line], jumps: Collection[int] = ()) -> list[list[Region]]:
    """Return the pieces of a page in reading order, each from a title to the next one, by its lines alone.

    ``lines`` are those that are no furniture, ``jumps`` the numbers of those that say where a text goes on. A headline
    over several columns stands before them; what stands below what spans columns, or is set to another width, begins
    anew; an advertisement is a piece of its own. A running head is one, too, and parts no text. Leaves out pictures,
    and lines without a box. Declines, that is returns nothing, where the page is built of modules, as modern ones are:
    its columns are short, and headlines span several.
    """
    body = body_size(lines)
    seen = columns(page, [line for line in lines if line.box], body, jumps)
    if not seen or _is_modular(seen, body):
        return []
    edge = min([column.rows[0].box.y0 for column in seen if len(column.rows) >= TEXT], default=0.0)
    running: list[list[Region]] = []
    found: list[list[Region]] = []
    current: list[Region] | None = None
    firsts: dict[int, list[Region]] = {}  # the piece that a column begins with, or goes on with
    titled = headed = False
    for at, column in enumerate(seen):
        if _runs(column, edge):
            running.append([_region(column.rows[0].lines, body, title=False)])
            headed = True
            continue
        headline = _headline(column, seen)
        goes_on = headline in firsts
        current = firsts.get(headline, current)
        for block, title, begins in _blocks(column):
            if current is None or (begins and not goes_on and not titled and (title or not headed)):
                current = []
                found.append(current)
            firsts.setdefault(at, current)
            current.append(_region(block, body, title=title))
            titled, headed, goes_on = title, False, False
        titled = titled and not column.shown
    return [*running, *found]


def _headline(column: Column, seen: Sequence[Column]) -> int:
    """Return the column whose text goes on at the head of another one, both right under one headline; -1 for none.

    An article of several columns ends in each of them before the next headline begins there.
    """
    first = column.beside
    if not first or column.shown or column.heads[0]:
        return -1
    over, text = seen[first - 1], seen[first]
    below = not text.shown and not text.heads[0] and len(text.rows) >= TEXT
    return first if below and over.heads[-1] and over.rows[-1].size > LARGE else -1


def _runs(column: Column, edge: float) -> bool:
    """Say whether a column is a running head: one row that is hardly larger than text, over all that is on the page."""
    (row, *more) = column.rows
    return not more and row.size < LARGER and row.box.y0 < edge and row.box.y1 < edge + row.box.height / 2


def _is_modular(seen: Sequence[Column], body: float) -> bool:
    """Say whether a page is made of short columns under headlines that are wider than one."""
    texts = [column.rows for column in seen if not column.shown]
    long = [len(rows) for rows in texts if len(rows) >= TEXT]
    if not long or sum(n * n for n in long) > SHORT * sum(long):
        return False
    lines = sum(len(column.rows) for column in seen)
    if lines - sum(map(len, texts)) > NOTICES * lines:
        return False
    usual = usual_width([row.box for rows in texts for row in rows], body)
    wide = sum(row.size > HEADLINE and row.box.width > WIDER * usual for rows in texts for row in rows)
    return wide >= SOME


def columns(page: Page, lines: Sequence[Line], body: float, jumps: Collection[int] = ()) -> list[Column]:
    """Return the columns of a page in reading order; ``lines`` have boxes, ``body`` is the size of running text.

    ``jumps`` are the numbers of lines that are no titles, since they say where a text goes on.
    """
    boxes = [line.box for line in lines if line.box]
    rules = [shape.box for shape in page.shapes if shape.form is Form.RULE]
    sizes = [line.style.size if line.style else body for line in lines]
    if not boxes:
        return []
    slim = SLIM * usual_width(boxes, body)
    found: list[Column] = []
    for galley in galleys(boxes, sizes, rules, body):
        rows = _rows(galley, lines, boxes, sizes, body, rules)
        told = [any(line.place.line in jumps for line in row.lines) for row in rows]
        heads = [head and not jump for head, jump in zip(titles(rows), told, strict=True)]
        wide = around(row.box for row in rows).width
        shown = wide < slim or (is_shown(heads) and not (all(heads) and wide > WIDER * slim / SLIM))
        begins = [False] * len(rows) if shown else openings(rows, heads)
        begins[0] = begins[0] or shown or galley.opens
        found.append(Column(rows, heads, begins, shown, galley.beside))
    return found


def _blocks(column: Column) -> Iterator[tuple[list[Line], bool, bool]]:
    """Yield the rows of a title, or of a paragraph: their lines, whether it is a title, whether a piece begins."""
    numbers: list[int] = []
    for n, (head, begins) in enumerate(zip(column.heads, column.begins, strict=True)):
        new = not n or begins or head != column.heads[n - 1]
        new = new or (not head and is_paragraph(column.rows[n], column.rows[n - 1]))
        numbers.append(numbers[-1] + new if n else 0)
    for _, block in groupby(range(len(numbers)), key=numbers.__getitem__):
        first, *more = block
        lines = [line for n in (first, *more) for line in column.rows[n].lines]
        yield lines, column.heads[first], column.begins[first]


def _rows(
    galley: Galley,
    lines: Sequence[Line],
    boxes: Sequence[Box],
    sizes: Sequence[float],
    body: float,
    rules: Sequence[Box],
) -> list[Row]:
    """Return the rows of a column as they are seen beside the rows near to them: a column that leans has no edges."""
    hulls = [around(boxes[n] for n in row) for row in galley.rows]
    middles = [(box.y0 + box.y1) / 2 for box in hulls]
    steps = [b - a for a, b in pairwise(middles)]
    pitch = max(0.1 * body, median(steps)) if steps else body
    away = [EDGES, *(step / pitch for step in steps), EDGES]
    ruled = _ruled(hulls, rules)
    found: list[Row] = []
    for at, (row, box) in enumerate(zip(galley.rows, hulls, strict=True)):
        near = hulls[max(0, at - WINDOW) : at + WINDOW + 1]
        left = sorted(one.x0 for one in near)[len(near) // STRAYS]
        right = sorted(one.x1 for one in near)[-1 - len(near) // STRAYS]
        wide = max(right - left, body)
        beside = ((box.x0 - left) / wide, (right - box.x1) / wide)
        size = median(sizes[n] for n in row) / body
        found.append(Row(tuple(lines[n] for n in row), box, *beside, away[at], away[at + 1], size, at in ruled))
    return found


def _ruled(hulls: Sequence[Box], rules: Sequence[Box]) -> set[int]:
    """Return the rows of a column with a rule between them and the row above, in the column and no wider than it."""
    whole = around(hulls)
    feet = [box.y1 for box in hulls]
    found: set[int] = set()
    for rule in rules:
        inside = whole.x0 <= (rule.x0 + rule.x1) / 2 <= whole.x1 and rule.height < rule.width < WIDEST * whole.width
        at = bisect_left(feet, (rule.y0 + rule.y1) / 2) if inside else 0
        if 0 < at < len(hulls) and rule.y0 < hulls[at].y0 + TOUCHED * hulls[at].height:
            found.add(at)
    return found


def _region(block: Sequence[Line], body: float, *, title: bool) -> Region:
    style = block[0].style
    size = (style.size if style else body) / body
    look = Look.DISPLAY if title else Look.TEXT
    box = around(line.box for line in block if line.box)
    return Region(look, box, tuple(block), max(size, TITLE) if title else size, bool(style and style.bold))
