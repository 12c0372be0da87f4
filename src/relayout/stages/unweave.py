"""Unweave: rows that hold a line of every column are cut, and the columns put after each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from relayout.chars import has_han
from relayout.columns import in_order
from relayout.grid import Grid, Piece, Strip, strips
from relayout.layout import Layout
from relayout.model import Box, Line, Note, Outcome
from relayout.profile import Profile
from relayout.roles import Level

INDENT = 4  # cells of a first line's indent in Han text, whatever the grid makes of it


def unweave(layout: Layout, profile: Profile) -> Outcome[Layout]:
    """Take the rows of a woven page apart and read its columns one after the other.

    Every piece becomes a line with its span, its indent inside its column, and a box in positions of the grid.
    Declines, that is leaves the page as it is, where rows are plain lines of a stream, and where lines have boxes.
    """
    lines = layout.page.lines
    if not any("  " in line.text for line in lines) or any(line.box for line in lines):
        return Outcome(layout)
    rows = Grid(lines).pieces()
    if not _woven(rows, profile):
        return Outcome(layout)
    ordered = in_order(strips(rows))
    woven = tuple(new for strip in ordered for new in _lines(strip, lines))
    why = f"{len(lines)} rows, {len(woven)} lines in {len(ordered)} strips"
    note = Note("unweave", "rows with gutters taken apart", why, level=Level.REPAIR)
    return Outcome(replace(layout, page=replace(layout.page, lines=woven)), (note,))


def _woven(rows: Sequence[Sequence[Piece]], profile: Profile) -> bool:
    return sum(len(row) > 1 for row in rows) * 3 > len(rows)


def _lines(strip: Strip, lines: Sequence[Line]) -> list[Line]:
    """Return the lines of ``strip``: what was a part of a row is a line now."""
    found: list[Line] = []
    before = strip.top - 9
    for piece in strip.pieces:
        line = lines[piece.index]
        start, end = line.place.start, line.place.end
        stop = None if piece.end == len(line.raw) and end is None else start + piece.end
        text = " ".join(line.raw[piece.start : piece.end].split())
        indent = max(0, piece.x0 - strip.x0)
        if has_han(text):
            indent = INDENT if indent > 1 else 0
        found.append(
            Line(
                line.raw[piece.start : piece.end],
                text,
                replace(line.place, start=start + piece.start, end=stop),
                Box(piece.x0, piece.row, piece.x1, piece.row + 1),
                indent,
                piece.row - before > 1,
            )
        )
        before = piece.row
    return found
