"""Small pages whose lines have boxes, set of the lines of a sample, for the examples in ``docs/stages.md``.

``placed: 182 3 / 177 2 125 1`` sets the article under title 182 in three columns, and under it, beside each other,
that under title 177 in two and that under title 125 in one. Lines before the first title are a running head. With
``placed upright`` the page is a vertical one: the same, turned by a quarter. ``placed leaning`` lays it askew on the
glass, ``placed recognised`` lets OCR read a row of two columns as one line, and its last line twice, and ``placed
in one block`` has all lines in one block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from relayout.chars import cells, ends_sentence
from relayout.geometry import around, returned
from relayout.imprint import Blank, Box, TextStyle
from relayout.layout import Piece
from relayout.model import Line, Page, Place
from relayout.regions import Region

MARGIN, GUTTER, APART = 30.0, 14.0, 24.0  # points: round the page, between columns, between articles
TEXT, TITLE, HEAD = 10.0, 20.0, 8.0  # points: type sizes of text, titles and the running head
LEAN = 0.02  # to the right for each unit down
LEAD = 1.4  # of the type size: from line to line
SHOWN = 26  # characters of a line that are shown


class Set(NamedTuple):
    """A line of the sample and where it is set."""

    number: int
    text: str
    box: Box
    size: float


def page(lines: Sequence[str], shown: Sequence[int], how: str) -> tuple[Page, list[int]]:
    """Set the lines ``shown`` of a sample; return the page, and for each of its lines the number in the sample."""
    words = re.fullmatch(r"placed(?: (upright|leaning|recognised|in one block))?: ([\d /]+)", how)
    assert words, how
    manner, told = words.groups()
    upright = manner == "upright"
    bands = [[int(word) for word in band.split()] for band in told.split("/")]
    found = list(_bands(lines, shown, bands))
    whole = around([Box(0, 0, 0, 0), *(one.box for one in found)])
    width, height = whole.x1 + MARGIN, whole.y1 + MARGIN
    if upright:
        found = [one._replace(box=returned(one.box, height)) for one in found]
        found.sort(key=lambda one: (-one.box.x1, one.box.y0))
        width, height = height, width
    else:
        found.sort(key=lambda one: (one.box.y0, one.box.x0))
    if manner == "leaning":
        found = [one._replace(box=_leaning(one.box, height / 2)) for one in found]
    gaps: list[Blank] = []
    if manner == "recognised":
        found, gaps = _misread(found)
    made = tuple(
        Line(
            one.text,
            one.text,
            Place(1, n),
            one.box,
            style=TextStyle(one.size, bold=one.size == TITLE),
            vertical=upright,
        )
        for n, one in enumerate(found, 1)
    )
    scanned = manner in ("leaning", "recognised", "in one block")
    blocks = (tuple(range(1, len(made) + 1)),) if manner == "in one block" else ()
    whole_page = Page(1, made, Box(0, 0, width, height), scanned=scanned, blocks=blocks, blanks=tuple(gaps))
    return whole_page, [one.number for one in found]


def _leaning(box: Box, middle: float) -> Box:
    dx = LEAN * ((box.y0 + box.y1) / 2 - middle)
    return Box(box.x0 + dx, box.y0, box.x1 + dx, box.y1)


def _misread(found: Sequence[Set]) -> tuple[list[Set], list[Blank]]:
    """Draw two lines that stand beside each other in the middle of the page together, and read the last line twice."""
    pairs = [n for n in range(len(found) - 1) if found[n].box.y0 == found[n + 1].box.y0]
    at = pairs[len(pairs) // 2]
    one, two = found[at], found[at + 1]
    text = f"{one.text} {two.text}"
    gap = Blank(at + 1, len(one.text) + 1, one.box.x1, two.box.x0)
    last = found[-1]
    again = last._replace(box=Box(last.box.x0 + 1, last.box.y0 + 1, last.box.x1 + 1, last.box.y1 + 1))
    drawn = one._replace(text=text, box=around([one.box, two.box]))
    return [*found[:at], drawn, *found[at + 2 :], again], [gap]


def _bands(lines: Sequence[str], shown: Sequence[int], bands: Sequence[Sequence[int]]) -> Iterator[Set]:
    """Set one band of articles under the other."""
    titles = [title for band in bands for title in band[::2]]
    cuts = [shown.index(title) for title in titles]
    top = MARGIN
    for n in shown[: cuts[0]]:
        yield Set(n, lines[n - 1], _box(MARGIN, top, lines[n - 1], HEAD), HEAD)
        top += LEAD * HEAD
    ends = dict(zip(titles, [*cuts[1:], len(shown)], strict=True))
    for band in bands:
        left, top, foot = MARGIN, top + APART, top
        for title, columns in zip(band[::2], band[1::2], strict=True):
            article = list(_article(lines, shown[shown.index(title) : ends[title]], columns, left, top))
            yield from article
            whole = around(one.box for one in article)
            left, foot = whole.x1 + GUTTER, max(foot, whole.y1)
        top = foot


def _article(lines: Sequence[str], numbers: Sequence[int], columns: int, left: float, top: float) -> Iterator[Set]:
    """Set a title, and its text in columns: what follows a full stop begins a paragraph, other lines are full."""
    title, text = numbers[0], numbers[1:]
    yield Set(title, lines[title - 1], _box(left, top, lines[title - 1], TITLE), TITLE)
    measure = max(cells(lines[n - 1]) for n in text) * TEXT / 2
    rows = -(-len(text) // columns)
    last = {n for n in text if ends_sentence(lines[n - 1]) or n == text[-1]}
    for at, n in enumerate(text):
        x, y = left + at // rows * (measure + GUTTER), top + LEAD * TITLE + at % rows * LEAD * TEXT
        box = _box(x + (at == 0 or text[at - 1] in last) * 2 * TEXT, y, lines[n - 1], TEXT)
        yield Set(n, lines[n - 1], box if n in last else Box(box.x0, box.y0, x + measure, box.y1), TEXT)


def _box(x: float, y: float, text: str, size: float) -> Box:
    return Box(x, y, x + cells(text) * size / 2, y + size)


def line_rows(lines: Sequence[Line], numbers: Sequence[int]) -> Iterator[str]:
    """Give a row for every line: its number in the sample, its box, its style, and how it begins."""
    for line in lines:
        box, style = line.box, line.style
        assert box
        assert style
        where = f"x {box.x0:>3.0f}-{box.x1:<3.0f}  y {box.y0:>3.0f}-{box.y1:<3.0f}"
        look = f"{style.size:>2.0f} pt {'bold' if style.bold else '':<4} {'upright' if line.vertical else 'level':<7}"
        yield f"{numbers[line.place.line - 1]:<9} {where}  {look}  {_short(line.text)}"


def block_rows(page: Page, numbers: Sequence[int]) -> Iterator[str]:
    """Give a row for every block of a source, and one for the lines that are in none."""
    known = {line.place.line: line for line in page.lines}
    taken = {number for block in page.blocks for number in block}
    loose = tuple(number for number in known if number not in taken)
    for name, some in (*(("block", block) for block in page.blocks), *([("no block", loose)] if loose else [])):
        where = f"{numbers[some[0] - 1]}-{numbers[some[-1] - 1]:<4}"
        yield f"{name}: {len(some)} lines, {where} {_short(known[some[0]].text)}"


def piece_rows(pieces: Sequence[Piece], numbers: Sequence[int]) -> Iterator[str]:
    """Give -- and its kind for every piece, and a row for each of its regions."""
    for piece in pieces:
        yield f"-- {piece.kind.value}"
        yield from _region_rows(piece.regions, numbers)


def _region_rows(regions: Sequence[Region], numbers: Sequence[int]) -> Iterator[str]:
    for region in regions:
        if region.lines:
            first, last = (numbers[line.place.line - 1] for line in (region.lines[0], region.lines[-1]))
            where = f"{first}" if first == last else f"{first}-{last}"
            yield f"{where:<9} {region.look.value:<8} {_short(region.lines[0].text)}"
        yield from _region_rows(region.inner, numbers)


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]} […]"
