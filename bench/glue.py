"""Rows of neighbouring columns glued line by line, as old text recognition or a naive extractor leaves them.

The printed lines come from the boxes of the gold, their characters from the PDF itself. Lines whose vertical extents
overlap by more than half of the lower one and that do not lie above each other are one row of the page; a row is
written from left to right, with nothing between (one space in Latin text), or with as many spaces as the gap holds.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pdfplumber

SLACK = 1.5  # points that a character's centre may lie outside the box of its line
SPACE = 0.18  # of the type size: a wider gap in Latin text is a space
COLUMN = 1.2  # of the type size: a gap that no word space of a justified line reaches
LATIN = ("en", "de")


@dataclass(frozen=True, slots=True)
class Ink:
    """A printed character and where it stands: origin at the top left, points."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def size(self) -> float:
        """Height in points."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Strip:
    """One printed line: its text and its box."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        """Height in points."""
        return self.bottom - self.top

    def overlap(self, other: Strip) -> float:
        """Give how much of the lower of the two lines stands at the height of the other, 0 to 1."""
        shared = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(shared, 0.0) / max(min(self.height, other.height), 0.01)


def glued(pdf: Path, *, gaps: bool) -> str:
    """Return the text of the first page of ``pdf`` row by row; ``gaps`` says whether columns are parted by spaces.

    Needs the gold beside the PDF. Raises :class:`ValueError` for a vertical page: its rows are no lines of text.
    """
    rows, cell, latin = _read(pdf)
    return "\n".join(_written(row, cell, latin=latin, gaps=gaps)[0] for row in rows) + "\n"


def places(pdf: Path) -> list[dict[int, float]]:
    """Return for each row of what :func:`glued` writes with gaps where its lines stand: character, and cell."""
    rows, cell, latin = _read(pdf)
    left = min(line.x0 for row in rows for line in row)
    return [
        {start: (line.x0 - left) / cell for start, line in zip(starts, row, strict=True)}
        for row in rows
        for starts in [_written(row, cell, latin=latin, gaps=True)[1]]
    ]


def edges(pdf: Path) -> list[list[tuple[int, float, float]]]:
    """Return for each row of what :func:`glued` writes without gaps its lines: first character, left and right edge.

    Edges are in cells.
    """
    rows, cell, latin = _read(pdf)
    left = min(line.x0 for row in rows for line in row)
    return [
        [
            (start, (line.x0 - left) / cell, (line.x1 - left) / cell)
            for start, line in zip(_written(row, cell, latin=latin, gaps=False)[1], row, strict=True)
        ]
        for row in rows
    ]


def _read(pdf: Path) -> tuple[list[list[Strip]], float, bool]:
    """Return the rows of a page, the width of a cell, and whether it is set in letters."""
    gold = json.loads(pdf.with_suffix(".gold.json").read_text(encoding="utf-8"))
    if gold.get("writing", "horizontal-tb") != "horizontal-tb":
        raise ValueError(f"{pdf.name}: only horizontal pages have rows that can be glued")
    latin = str(gold.get("lang", "")).split("-")[0] in LATIN
    rows = rows_of(strips(pdf, gold, latin=latin))
    return rows, _cell(rows), latin


def strips(pdf: Path, gold: dict[str, object], *, latin: bool) -> list[Strip]:
    """Return the printed lines of the page: one for each box of the gold, then what stands in no box."""
    with pdfplumber.open(pdf) as document:
        inks = [
            Ink(c["text"], c["x0"], c["x1"], c["top"], c["bottom"])
            for c in document.pages[0].chars
            if c["text"].strip() or c["text"] == " "
        ]
    inks.sort(key=lambda ink: ink.top + ink.bottom)
    heights = [(ink.top + ink.bottom) / 2 for ink in inks]
    taken: set[int] = set()
    out: list[Strip] = []
    for x0, y0, x1, y1 in sorted(_boxes(gold), key=lambda box: box[3] - box[1]):
        first, last = bisect_left(heights, y0 - SLACK), bisect_left(heights, y1 + SLACK)
        mine = [
            n
            for n in range(first, last)
            if n not in taken and x0 - SLACK <= (inks[n].x0 + inks[n].x1) / 2 <= x1 + SLACK
        ]
        mine = _one_line(inks, mine, (y0 + y1) / 2)
        taken.update(mine)
        out += _cut([inks[n] for n in mine], latin=latin)
    left = [ink for n, ink in enumerate(inks) if n not in taken and ink.text != " "]
    while left:
        seed = left[0]
        row = [ink for ink in left if abs(ink.bottom - seed.bottom) < seed.size / 2]
        left = [ink for ink in left if ink not in row]
        out += _cut(row, latin=latin)
    return out


def _boxes(gold: dict[str, object]) -> list[list[float]]:
    units = gold["units"]
    assert isinstance(units, list)
    return [box for unit in units for part in unit["parts"] for box in part.get("boxes", ())]


def _one_line(inks: list[Ink], mine: list[int], middle: float) -> list[int]:
    """Keep of the characters in a box those of the line whose middle is nearest: tight boxes share characters."""
    if not mine:
        return mine
    nearest = min(mine, key=lambda n: abs((inks[n].top + inks[n].bottom) / 2 - middle))
    line = inks[nearest]
    return [n for n in mine if min(inks[n].bottom, line.bottom) - max(inks[n].top, line.top) > 0.4 * inks[n].size]


def _cut(inks: list[Ink], *, latin: bool) -> list[Strip]:
    """Make lines of characters that stand in one row: cut where a gap is wider than any space between words."""
    inks = sorted(inks, key=lambda ink: ink.x0)
    while inks and inks[0].text == " ":
        inks.pop(0)
    runs: list[list[Ink]] = []
    for ink in inks:
        if ink.text != " " and runs and ink.x0 - runs[-1][-1].x1 > 2 * COLUMN * ink.size:
            runs.append([])
        if runs:
            runs[-1].append(ink)
        elif ink.text != " ":
            runs.append([ink])
    return [strip for run in runs if (strip := _strip(run, latin=latin)) is not None]


def _strip(run: list[Ink], *, latin: bool) -> Strip | None:
    text, end = "", None
    for ink in run:
        wide = end is not None and ink.x0 - end > (SPACE if latin else COLUMN) * ink.size
        text += (" " if wide and not text.endswith(" ") and ink.text != " " else "") + ink.text
        end = ink.x1
    seen = [ink for ink in run if ink.text != " "]
    if not seen:
        return None
    return Strip(
        " ".join(text.split()),
        min(ink.x0 for ink in seen),
        max(ink.x1 for ink in seen),
        median(ink.top for ink in seen),
        median(ink.bottom for ink in seen),
    )


def rows_of(lines: list[Strip]) -> list[list[Strip]]:
    """Cluster the lines of a page into rows, from the top; in a row no line stands above another.

    >>> a, b, c = Strip("a", 0, 9, 0, 10), Strip("b", 12, 20, 2, 12), Strip("c", 0, 9, 12, 22)
    >>> [[line.text for line in row] for row in rows_of([c, b, a])]
    [['a', 'b'], ['c']]
    """
    rows: list[list[Strip]] = []
    for line in sorted(lines, key=lambda one: (one.top + one.bottom, one.x0)):
        fitting = [
            (line.overlap(row[0]), n)
            for n, row in enumerate(rows[-12:], max(len(rows) - 12, 0))
            if line.overlap(row[0]) > 0.5 and all(line.x0 >= one.x1 - SLACK or line.x1 <= one.x0 + SLACK for one in row)
        ]
        if fitting:
            rows[max(fitting)[1]].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda one: one.x0) for row in rows]


def _cell(rows: list[list[Strip]]) -> float:
    """Return the width of a half-width cell of the commonest type: half of the median height of a line."""
    heights = [line.height for row in rows for line in row]
    return median(heights) / 2 if heights else 1.0


def _written(row: list[Strip], cell: float, *, latin: bool, gaps: bool) -> tuple[str, list[int]]:
    """Return a row as it is written, and at which characters its lines begin."""
    out, end = "", 0.0
    starts = []
    for line in row:
        if out:
            between = max(round((line.x0 - end) / cell), 1) if gaps else int(latin)
            out += " " * (max(between, 2) if gaps and latin else between)
        starts.append(len(out))
        out, end = out + line.text, line.x1
    return out, starts
