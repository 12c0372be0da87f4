"""Blocks made of the lines of a page that gives none, and the pieces that they make, from a title to the next one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from relayout.galleys import Galley, galleys, skew, straight, usual_width
from relayout.geometry import around
from relayout.imprint import Box
from relayout.model import Line, Page
from relayout.regions import Look, Region, body_size
from relayout.roles import Form

TITLE = 1.7  # of the size of running text: as large a title counts at least, however small it is set
LARGE, LARGER = 1.25, 1.8  # of the size of running text: what may be a title, and what hardly is anything else
WINDOW = 20  # rows above and below: what the edges of a column are taken from
EDGE = 5  # one in so many lines may begin farther left, or end farther right
FLUSH = 0.025  # of the width of a column: as near to its edge a line is set at it
INSET = 0.035  # of it: white at both sides of a title
EVEN, LEANING = 0.05, 0.05  # of it, and of the white at both sides: how far that differs
CLEAR = 0.1  # of it: white at both sides that no line of running text has
SHORT = 0.08  # of it: what is shorter ends a paragraph
ASIDE = 0.35  # of it: white at the left of what is set at the right: a dateline, a signature, a title
AIR, MORE_AIR = 1.15, 1.3  # of the usual distance of rows: more stands over a title or under it
APART = 1.45  # of it: what is set at the right and stands as far from what is above it is a title
ALONE = 1.7  # of it: a line is no text that has as much white over it and under it
UPPER = 0.7  # of the letters are capitals
SLIM = 0.85  # of the usual width: a column of an advertisement
FAR, ANEW = 5.0, 2.5  # of the usual distance of rows: so far apart are two texts, or two where the first can end
SHOWN = 0.4  # of the rows of an advertisement are set as titles are
_ROMAN = re.compile(r"[\W\d]*[IVXLCivxlc1]*[\W\d]*")


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

    @property
    def centred(self) -> bool:
        """Whether there is as much white at its left as at its right."""
        return min(self.left, self.right) > INSET and abs(self.left - self.right) < EVEN + LEANING * (
            self.left + self.right
        )

    @property
    def upper(self) -> bool:
        """Whether it is set in capitals."""
        letters = [c for c in self.text if c.isalpha()]
        return sum(c.isupper() for c in letters) > UPPER * len(letters)

    @property
    def ends(self) -> bool:
        """Whether a paragraph can end with it."""
        return self.right > SHORT or self.text.endswith((".", "!", "?", "»", ".)", ":", ";"))


class Column(NamedTuple):
    """A column: its rows, whether it begins anew, whether it is slimmer than those of the page."""

    rows: list[Row]
    opens: bool
    slim: bool


def zoned_pieces(page: Page, lines: Sequence[Line]) -> list[list[Region]]:
    """Return the pieces of a page that has lines and nothing else, in reading order, as `given_pieces` does."""
    body = body_size(lines)
    found: list[list[Region]] = []
    titled = False
    for column in columns(page, lines, body):
        heads = titles(column.rows)
        starts = openings(column.rows, heads)
        shown = column.slim or is_shown(heads)
        opens = column.opens or shown
        if shown:
            starts = [False] * len(starts)
        for n, row in enumerate(column.rows):
            begins = starts[n] or (n == 0 and opens)
            if not found or (begins and not titled):
                found.append([])
            new = not found[-1] or n == 0 or heads[n] != heads[n - 1] or starts[n]
            if new:
                found[-1].append(_region(row.lines, body, title=heads[n]))
            else:
                last = found[-1][-1]
                found[-1][-1] = _region((*last.lines, *row.lines), body, title=heads[n])
            titled = heads[n]
        titled = titled and not shown
    return found


def columns(page: Page, lines: Sequence[Line], body: float) -> list[Column]:
    """Return the columns of a page in reading order, as rows."""
    lines = [line for line in lines if line.box]
    boxes = [line.box for line in lines if line.box]
    sizes = [line.style.size if line.style else body for line in lines]
    rules = [shape.box for shape in page.shapes if shape.form is Form.RULE]
    found = galleys(boxes, sizes, rules, body)
    lean = skew(boxes, body)
    boxes = [straight(box, lean) for box in boxes]
    usual = usual_width(boxes, body)
    return [
        Column(rows := _rows(galley, lines, boxes, sizes, body), galley.opens, around(r.box for r in rows).width < SLIM * usual)
        for galley in found
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
    indented = sum(INSET < row.left < 3 * INSET and row.right < FLUSH for row in column) > 2
    found: list[bool] = []
    for n, row in enumerate(column):
        before, after = column[n - 1] if n else None, column[n + 1] if n + 1 < len(column) else None
        found.append(_is_title(row, before, after, indented=indented))
    for n in range(len(column) - 1, 0, -1):
        row, last, before = column[n - 1], column[n], column[n - 2] if n > 1 else None
        if found[n] and not found[n - 1] and (_leads(row, last, before) or _goes_on(row, last, before)):
            found[n - 1] = True
    return found


def _is_title(row: Row, before: Row | None, after: Row | None, *, indented: bool) -> bool:
    letters = [c for c in row.text if c.isalpha()]
    if len(letters) < 3 or _ROMAN.fullmatch(row.text):
        return False
    ended = before is None or before.ends or row.over > APART
    set_in = INSET < row.left < 3 * INSET and row.right < FLUSH
    if ended and min(row.over, row.under) > ALONE and (row.centred or row.left < ASIDE) and len(row.lines) == 1:
        if not row.text.endswith((".", ",", ";")):
            return True
    if row.size > LARGE and ended:
        full = row.left < FLUSH and row.right < FLUSH
        if row.centred or (row.over > MORE_AIR and row.under > AIR and not set_in) or (row.size > LARGER and full):
            return True
    if len(row.lines) > 1:
        return False
    if row.centred:
        if min(row.left, row.right) > CLEAR:
            return True
        if row.upper:
            return True
        return row.over > AIR and row.under > 1.1 and not row.text.endswith((".", ",", ";"))
    if not ended or after is None or row.text.endswith((".", ",", ";", "-")):
        return False
    aside = after.left > ASIDE and after.right < CLEAR
    if indented and before and before.right > SHORT and row.left < FLUSH:
        # A paragraph would be set in.
        return (row.over > MORE_AIR and after.left > INSET) or (aside and row.over > 1.1)
    return (
        row.left > ASIDE and row.right < CLEAR and row.over > APART and row.over > row.under + 0.2 > 1.32
        and not any(c.isdigit() for c in row.text)
    )  # fmt: skip


def _goes_on(row: Row, title: Row, before: Row | None) -> bool:
    """Say whether a row fills its column, and the title right under it is its last line, set in the middle."""
    if not (title.centred and min(title.left, title.right) > CLEAR and title.over < AIR) or row.right > CLEAR:
        return False
    return not row.text.endswith((".", "!", "?")) and (row.centred or row.over > AIR) and (before is None or before.ends or row.centred)


def _leads(row: Row, title: Row, before: Row | None) -> bool:
    """Say whether a row leads to a title right under it: Feuilleton de l'Ouest-Éclair."""
    return row.left > CLEAR and row.over > APART and title.over < 4 and (before is None or before.ends)


def openings(column: Sequence[Row], heads: Sequence[bool]) -> list[bool]:
    """Say of each row whether a piece begins with it: the first row of a title under text."""
    found: list[bool] = []
    text: list[Row] = []
    for row, head in zip(column, heads, strict=True):
        begins = head and (not found or len(text) > 1 or (len(text) == 1 and _is_text(text[0])))
        anew = bool(text) and row.left < ASIDE and not (text[-1].centred and _ROMAN.fullmatch(text[-1].text))
        anew = anew and (row.over > FAR or (row.over > ANEW and text[-1].ends))
        found.append(begins or anew)
        text = [] if head else [*text, row][-3:]
    return found


def _is_text(row: Row) -> bool:
    """Say whether one row between two titles is a text of its own, and no part of a title."""
    return row.left < 3 * INSET and row.text.endswith((".", "!", "?"))


def is_shown(heads: Sequence[bool]) -> bool:
    """Say whether a column is an advertisement: so many of its rows are set as titles are."""
    return sum(heads) > SHOWN * len(heads) and len(heads) > 3


def _region(block: Sequence[Line], body: float, *, title: bool) -> Region:
    style = block[0].style
    size = (style.size if style else body) / body
    bold = bool(style and style.bold)
    box = around(line.box for line in block if line.box)
    if title:
        return Region(Look.DISPLAY, box, tuple(block), max(size, TITLE), bold)
    return Region(Look.TEXT, box, tuple(block), size, bold)
