"""The chains of a page of registers laid out on a strip, where what is read next stands under or to the right.

What composes an article asks what stands where. A text that runs through the registers of a page, round the headlines
of others, answers wrongly; on a strip of its own it is an article of plain columns: the headline first, then a column
for each measure, each under or after the one before. Its lines get their places on the page back afterwards.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from relayout.geometry import around
from relayout.imprint import Box, TextStyle
from relayout.model import Line, Page, Paragraph
from relayout.regions import Look, Region
from relayout.register_lines import LARGE, Run, thickness
from relayout.registers import FOLD, Chain, chains

MEASURE = 1.7  # of the size of running text: by as much differs the measure of another column
ALIKE = 1.12  # times the other is the size of two lines of one headline at most
TITLE = 1.7  # of the size of running text: so large counts a headline at least
CROSS = 1.3  # the same of a crosshead
STEP = 1.3  # of the size of running text: from line to line on the strip
MOST = 6000  # lines of a fold: twice as many as two pages of a broadsheet have
GUTTER = 2.0  # of it: between columns


def is_registered(page: Page) -> bool:
    """Say whether a page that was turned is read from register to register: its lines were recognised on a scan.

    What was set by a machine tells of type and rules, by which it is cut; a page of too many lines is none.
    """
    return page.scanned and len(page.lines) <= MOST


def register_pieces(page: Page, lines: Sequence[Line]) -> list[tuple[Region, ...]]:
    """Return the articles of a page that was turned, each on its strip, in reading order; all of ``lines`` with a box.

    Leaves out pictures.
    """
    placed = [line for line in lines if line.box]
    if not placed:
        return []
    fold = page.box and page.box.height > FOLD * page.box.width
    middle = page.box.height / 2 if page.box and fold else float("inf")
    found = chains(placed, page.box)
    found.sort(key=lambda chain: _first(chain, middle))
    body = thickness(placed)
    return [_strip(chain, body) for chain in found]


def _first(chain: Chain, middle: float) -> tuple[bool, float, float]:
    """Return what chains are sorted by: the right page of a fold first, register by register, each from the right."""
    box = around(run.box for run in chain.deck or chain.texts[:1])
    return box.y0 > middle, box.x0, box.y0


def _strip(chain: Chain, body: float) -> tuple[Region, ...]:
    """Lay a chain out from the top left corner: its headline, then its columns side by side."""
    found: list[Region] = []
    y = 0.0
    for title in _lines_of(sorted(chain.deck, key=lambda run: (round(run.box.y0 / body), run.box.x0))):
        size = max(TITLE * body, _thick(title[0]))
        found.append(_region(Look.DISPLAY, title, 0.0, y, size, body))
        y = found[-1].box.y1 + 0.5 * body
    x, top, at = 0.0, y, y
    lane: tuple[float, float] | None = None
    width = 0.0
    for run in chain.texts:
        measure = run.box.x0, run.box.x1
        cross = _crosshead(run, body)
        if lane is None or (not cross and max(abs(a - b) for a, b in zip(lane, measure, strict=True)) > MEASURE * body):
            if lane is not None and width:
                x, at = x + width + GUTTER * body, top
            lane, width = (None if cross else measure), 0.0
        look = Look.DISPLAY if cross else Look.TEXT
        size = CROSS * body if cross else body
        if look is Look.TEXT and found and found[-1].look is Look.TEXT and found[-1].box.x0 > x - body and at > top:
            lines = (*found.pop().lines, *_moved(run.lines, run.box.x0, x, at, body, body))
            found.append(Region(look, around(line.box for line in lines if line.box), lines, 1.0))
        else:
            found.append(_region(look, run.lines, x, at, size, body))
        at = found[-1].box.y1 + (STEP - 1) * body
        width = max(width, run.box.width)
    return tuple(found)


def _thick(line: Line) -> float:
    return min(line.box.width, line.box.height) if line.box else 1.0


def _crosshead(run: Run, body: float) -> bool:
    return len(run.lines) == 1 and _thick(run.lines[0]) > LARGE * body


def _lines_of(deck: Sequence[Run]) -> list[list[Line]]:
    """Return the lines of a headline in lists of one size."""
    found: list[list[Line]] = []
    for run in deck:
        for line in run.lines:
            last = found[-1][-1] if found else None
            sizes = sorted((_thick(last), _thick(line))) if last else [1.0, 99.0]
            if last and sizes[1] < ALIKE * sizes[0] and last.vertical == line.vertical:
                found[-1].append(line)
            else:
                found.append([line])
    return found


def _region(look: Look, lines: Sequence[Line], x: float, y: float, size: float, body: float) -> Region:
    left = min(line.box.x0 for line in lines if line.box)
    moved = _moved(lines, left if look is Look.TEXT else None, x, y, size, body)
    return Region(look, around(line.box for line in moved if line.box), moved, size / body)


def _moved(lines: Sequence[Line], left: float | None, x: float, y: float, size: float, body: float) -> tuple[Line, ...]:
    """Put lines under each other from ``x`` and ``y`` on; ``left`` is where their column begins on the page."""
    found = []
    for line in lines:
        assert line.box
        inset = line.box.x0 - left if left is not None else 0.0
        box = Box(x + inset, y, x + inset + max(line.box.width, line.box.height), y + size)
        style = replace(line.style, size=size) if line.style else TextStyle(size)
        found.append(replace(line, box=box, style=style, vertical=False))
        y += size + (STEP - 1) * body
    return tuple(found)


def by_number(lines: Iterable[Line]) -> dict[int, list[Line]]:
    """Return lines by their numbers: of a line that was cut, all parts in their order."""
    found: dict[int, list[Line]] = {}
    for line in sorted(lines, key=lambda one: one.place.start):
        found.setdefault(line.place.line, []).append(line)
    return found


def returned_to(page: Mapping[int, Sequence[Line]], paragraph: Paragraph) -> Paragraph:
    """Give the lines of a paragraph that stood on a strip the places and styles that they have on the page."""
    return replace(paragraph, lines=tuple(_again(_on(page, line), line) for line in paragraph.lines))


def _on(page: Mapping[int, Sequence[Line]], line: Line) -> Line:
    """Return the line of the page, or the part of it, that a line was."""
    parts = page[line.place.line]
    return parts[max(bisect_right([part.place.start for part in parts], line.place.start) - 1, 0)]


def _again(known: Line, line: Line) -> Line:
    return replace(line, box=known.box, style=known.style, vertical=known.vertical)
