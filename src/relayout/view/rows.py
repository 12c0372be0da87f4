"""A page of text as rows of a grid: where each line of the source, and each part of one, is drawn."""

from __future__ import annotations

from typing import NamedTuple

from relayout.chars import cells
from relayout.imprint import Box
from relayout.model import Line, Page

CELL, ROW = 8.0, 20.0  # width of a half-width character, height of a row
MARGIN, NUMBERS, LINKS = 16.0, 62.0, 96.0  # round the rows; for the line numbers; at the right, for the links
NUMBERED = MARGIN + NUMBERS - 30  # where the line numbers end; between them and the row stands what a mark has
WIDEST = 132  # cells of a row that are drawn; what is longer is read in the text beside it


class Row(NamedTuple):
    """A line of the source: its number, its characters, and the middle of its row."""

    number: int
    raw: str
    y: float


class Grid(NamedTuple):
    """The rows of a page by the numbers of their lines, and the size of the drawing."""

    rows: dict[int, Row]
    width: float
    height: float

    def left(self, line: Line) -> float:
        """Return where the first text of a line's row begins."""
        raw = self.rows[line.place.line].raw
        return MARGIN + NUMBERS + min(cells(_flat(raw[: len(raw) - len(raw.lstrip())])), WIDEST - 1) * CELL

    def box(self, line: Line) -> Box:
        """Return where a line, or a part of one, stands in its row."""
        row = self.rows[line.place.line]
        before = row.raw[: line.place.start] + line.raw[: len(line.raw) - len(line.raw.lstrip())]
        start = min(cells(_flat(before)), WIDEST - 1)
        width = min(max(cells(_flat(line.raw.strip())), 1), WIDEST - start)
        x = MARGIN + NUMBERS + start * CELL
        return Box(x, row.y - ROW / 2, x + width * CELL, row.y + ROW / 2)


def grid(page: Page) -> Grid:
    """Lay the lines of a page in rows, in the order of the source; half a row stays empty where a blank line stood.

    Pieces of a row that were taken apart are one row again.
    """
    pieces: dict[int, list[Line]] = {}
    for line in page.lines:
        pieces.setdefault(line.place.line, []).append(line)
    rows: dict[int, Row] = {}
    y = MARGIN
    for number in sorted(pieces):
        parts = sorted(pieces[number], key=lambda line: line.place.start)
        y += ROW / 2 if parts[0].after_blank and rows else 0.0
        first = parts[0].place.start
        rows[number] = Row(number, " " * first + "".join(line.raw for line in parts), y + ROW / 2)
        y += ROW
    widest = max((min(cells(_flat(row.raw)), WIDEST) for row in rows.values()), default=0)
    return Grid(rows, 2 * MARGIN + NUMBERS + LINKS + CELL * max(widest, 20), y + MARGIN)


def shown(line: Line, box: Box) -> str:
    """Return what is drawn of a line in its box: white space as spaces, controls as U+FFFD, cut at the widest row."""
    text = _flat(line.raw.strip())
    room = round(box.width / CELL)
    if cells(text) <= room:
        return text
    kept = ""
    for char in text:
        if cells(kept + char) > room - 2:
            break
        kept += char
    return kept + "…"


def _flat(raw: str) -> str:
    return "".join(" " if c.isspace() else c if c.isprintable() else "\ufffd" for c in raw)
