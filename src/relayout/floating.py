"""Rows whose gaps were kept and whose first white space was lost: each piece of them is put in its place.

``ruling.py`` finds the columns of the page, ``berths.py`` how a row can stand in them, ``moorings.py`` how all rows do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from relayout.berths import Berths, Way
from relayout.chars import canonical, cells, ends_sentence
from relayout.fitted import tables
from relayout.imprint import Box
from relayout.joining import gain
from relayout.lexicon import simplified
from relayout.model import Line
from relayout.moorings import SET_IN, Anchors, Look, Meets
from relayout.ruling import Ruling, Span, ruled
from relayout.signals.flow import Flow, look
from relayout.signals.letters import set_width

_PIECE = re.compile(r"\S+(?: \S+)*")
TEXT = 0.75  # of the measure: what is wider may be a line of running text
ROWS = 5  # that hold two full lines, or it is a table
FULL = 2.0  # cells that a full line of Han may lack
LATIN_FULL = 0.15  # of the measure, that one of letters may
FIT = "moorings"


class Piece(NamedTuple):
    """A piece of row ``row``: which characters of its text as it was read, the gap before it, and its width."""

    row: int
    start: int
    end: int
    gap: int
    width: float


class Harbour(NamedTuple):
    """The pieces of each row, the columns of the page, what each piece looks like, and how each row can stand."""

    rows: list[list[Piece]]
    berths: Berths
    looks: list[list[Look]]
    ways: list[list[Way]]
    meets: Meets


def floated(lines: Sequence[Line], *, han: bool) -> tuple[list[Line], int] | None:
    """Return the pieces of all rows as lines with boxes, column by column; nothing where there are no columns of text.

    A row that cannot stand in the columns is left whole, as wide as the page; also returns how many are. Lengths
    are half-width cells.
    """
    found = harbour(lines, han=han)
    if found is None:
        return None
    search = Anchors(found.berths, found.looks, found.meets, tables(FIT)["han" if han else "letters"])
    placed: list[tuple[int, int, Line]] = []
    left = 0
    for n, (row, way) in enumerate(zip(found.rows, search.run(found.ways), strict=True)):
        if way is None:
            box = Box(0.0, lines[n].place.line, max(0.0, found.berths.end), lines[n].place.line + 1)
            placed.append((0, len(placed), replace(lines[n], box=box)))
            left += 1
            continue
        ends = [*(piece.start for piece in row[1:]), None]
        for piece, end, x in zip(row, ends, way.xs, strict=True):
            placed.append((found.berths.column(x), len(placed), _line(piece, end, x, lines, found.berths)))
    return [line for _, _, line in sorted(placed, key=lambda one: one[:2])], left


def harbour(lines: Sequence[Line], *, han: bool) -> Harbour | None:
    """Cut the rows of a page and find how each can stand; nothing where no columns of text stand side by side."""
    rows = [_pieces(n, line, han=han) for n, line in enumerate(lines)]
    ruling = ruled([[Span(one.gap, one.width) for one in row] for row in rows], han=han)
    if ruling is None:
        return None
    if han:
        rows = [[part for piece in row for part in _parted(piece, lines[piece.row], ruling)] for row in rows]
    if sum(sum(_full(piece, ruling, han=han) for piece in row) > 1 for row in rows) < ROWS:
        return None
    berths = Berths(ruling, han=han)
    texts = [_text(piece, lines) for row in rows for piece in row]
    looks: list[list[Look]] = []
    for row in rows:
        n = sum(map(len, looks))
        looks.append([
            Look(n + k, piece.width, ends_sentence(texts[n + k]), piece.width >= TEXT * ruling.measure)
            for k, piece in enumerate(row)
        ])  # fmt: skip
    ways = [berths.ways([Span(piece.gap, piece.width) for piece in row]) for row in rows]
    return Harbour(rows, berths, looks, ways, _meets(texts, han=han))


def _meets(texts: Sequence[str], *, han: bool) -> Meets:
    """Return what tells how well two texts go on with each other: the page, and where they are Han a list of words."""
    plainly = simplified() if han else {}
    ends = [look(text, plainly) for text in texts]
    flow = Flow.of(one.text for one in ends)
    if not han:
        return lambda i, j: (("flow", flow.language(ends[i], ends[j])),)
    plain = [one.text.translate(plainly) for one in ends]
    return lambda i, j: (("flow", flow.language(ends[i], ends[j])), ("word", gain(plain[i], plain[j])))


def _pieces(row: int, line: Line, *, han: bool) -> list[Piece]:
    """Cut a row where more than one space stands, or any other white space."""
    found: list[Piece] = []
    end = 0
    for match in _PIECE.finditer(line.raw):
        gap = len(line.raw[: match.start()].expandtabs()) - end if found else 0
        found.append(Piece(row, match.start(), match.end(), gap, _width(match.group(), han=han)))
        end = len(line.raw[: match.end()].expandtabs())
    return found or [Piece(row, 0, len(line.raw), 0, _width(line.text, han=han))]


def _width(text: str, *, han: bool) -> float:
    return float(cells("".join(text.split()))) if han else set_width(text)


def _full(piece: Piece, ruling: Ruling, *, han: bool) -> bool:
    slack = FULL if han else LATIN_FULL * ruling.measure
    return abs(piece.width - ruling.measure) <= slack


def _parted(piece: Piece, line: Line, ruling: Ruling) -> list[Piece]:
    """Cut a piece at single spaces too, where a full line stands before or behind: gutters are as narrow as that."""
    text = line.raw[piece.start : piece.end]
    if " " not in text or piece.width < ruling.measure + FULL:
        return [piece]
    words = [
        Piece(piece.row, piece.start + m.start(), piece.start + m.end(), 1, _width(m.group(), han=True))
        for m in re.finditer(r"\S+", text)
    ]
    found = [words[0]._replace(gap=piece.gap)]
    for one, two in pairwise(words):
        if _full(one, ruling, han=True) or _full(two, ruling, han=True):
            found.append(two)
        else:
            last = found[-1]
            found[-1] = last._replace(end=two.end, width=last.width + two.width)
    return found


def _text(piece: Piece, lines: Sequence[Line]) -> str:
    text = lines[piece.row].raw[piece.start : piece.end]
    return canonical(text) or text


def _line(piece: Piece, end: int | None, x: float, lines: Sequence[Line], berths: Berths) -> Line:
    """Return a piece as a line: its span up to the next piece at ``end``, its box, and whether it is set in."""
    line = lines[piece.row]
    begin, start = piece.start if piece.gap else 0, line.place.start
    place = replace(line.place, start=start + begin, end=line.place.end if end is None else start + end)
    indent = 4 if SET_IN[0] <= x - berths.column(x) * berths.ruling.pitch <= SET_IN[1] else 0
    box = Box(x, place.line, x + max(0.0, berths.fills(x, piece.width)[0]), place.line + 1)
    return Line(line.raw[begin:end], " ".join(line.raw[piece.start : piece.end].split()), place, box, indent)
