"""Which zones a page is made of, and which of them each text stands in: columns, blocks, lines, pictures, rules.

Only a page that the source gave a box has zones, and in it only lines with a box and a style: the boxes of text input
are cells of a grid. A *block* is what of a paragraph stands in one place; the blocks of running text (not headlines,
leads, bylines and captions, which stand over or beside it) lie in *columns*. A column is what of a unit stands in one
column of the page, so it never holds two units.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from relayout.imprint import Box, around
from relayout.model import Article, Issue, Line, Page, Paragraph, Place
from relayout.roles import Form, Role
from relayout.writers import naming
from relayout.writers.shares import Share, shares

RUNNING = frozenset((Role.BODY, Role.CROSSHEAD, Role.LIST_HEAD, Role.ITEM, Role.ROW, Role.SOURCE))
_NEXT, _ASIDE = 2.6, 8.0  # so many heights down and type sizes aside is the next line, not the next column: an indented
# line, or a crosshead in the middle, after the one word of a paragraph's last line
_BESIDE = 0.6  # of the type size: nearer than that a line goes on beside the last, as after a drop cap


class Zone(NamedTuple):
    """A rectangle of a page: ``kind`` is column, block, line, or the form of a shape; ``vertical`` only on lines."""

    ident: str
    kind: str
    box: Box
    parts: tuple[Zone, ...] = ()
    vertical: bool = False


class Surface(NamedTuple):
    """A page with its zones; ``vertical`` if most of its lines are."""

    ident: str
    page: Page
    zones: tuple[Zone, ...]
    vertical: bool


class Column(NamedTuple):
    """A column that begins: the how manyth of its unit on the page, and its zone."""

    number: int
    ident: str


class Places(NamedTuple):
    """The surfaces, and where to find what: ids of texts to ids of zones, lines to zones, lines that begin a column."""

    surfaces: tuple[Surface, ...]
    texts: dict[str, tuple[str, ...]]
    lines: dict[Place, str]
    columns: dict[Place, Column]


def places(issue: Issue) -> Places:
    """Find the zones of every page that has a box; everything is empty where none has."""
    pages = {page.number: page for page in issue.pages if page.box}
    found = _Finder(pages)
    if pages:
        for unit, article in zip(naming.article_ids(issue), issue.articles, strict=True):
            found.unit(unit, article)
        for number, part in enumerate(issue.furniture, 1):
            found.alone(naming.furniture_id(number), part)
    return found.places()


def falls(last: Line, line: Line) -> bool:
    """Tell whether ``line`` stands in another column than ``last``, the line before it in the same text.

    It does if it lies beside the last line and not under it, or goes back towards the start of the page. What begins
    right below the last line, a little farther in, is its next line. A part of the same line, or what goes on right
    beside, stays in the column. For vertical lines *under* is *to the left*.

    >>> one, two, three = (Line("a", "a", Place(1, n), box) for n, box in enumerate(
    ...     (Box(0, 0, 90, 9), Box(0, 10, 50, 19), Box(100, 0, 190, 9)), 1))
    >>> falls(one, two), falls(two, three)
    (False, True)
    """
    if (last.place.page, last.place.line) == (line.place.page, line.place.line) or not last.box or not line.box:
        return False
    if last.vertical != line.vertical:
        return True
    before, after = (_turned(each.box, vertical=each.vertical) for each in (last, line) if each.box)
    size = min(before.height, after.height)
    under = min(before.x1, after.x1) > max(before.x0, after.x0)
    if under:
        return after.y0 < before.y0 - size / 2
    wide = max(before.x0, after.x0) - min(before.x1, after.x1)
    if 0 < after.y0 - before.y0 < _NEXT * (before.y1 - before.y0) and wide < _ASIDE * size and after.x0 > before.x0:
        return False
    level = min(before.y1, after.y1) - max(before.y0, after.y0) >= size / 2
    near = after.x0 - before.x1 < _BESIDE * max(before.height, after.height)
    return not (level and near and after.x0 >= before.x0)


def _turned(box: Box, *, vertical: bool) -> Box:
    """Turn the box of a vertical line, so that its text runs along x and the next line lies under it."""
    return Box(box.y0, -box.x1, box.y1, -box.x0) if vertical else box


class _Finder:
    """Collects zones page by page, in the order of the texts."""

    __slots__ = ("_columns", "_counts", "_lines", "_pages", "_texts", "_zones")

    def __init__(self, pages: dict[int, Page]) -> None:
        self._pages = pages
        self._zones: dict[int, list[Zone]] = {number: [] for number in pages}
        self._counts: Counter[tuple[int, str]] = Counter()
        self._texts: dict[str, list[str]] = {}
        self._lines: dict[Place, str] = {}
        self._columns: dict[Place, Column] = {}

    def places(self) -> Places:
        """Give what was found, the shapes of each page last."""
        surfaces = []
        for number, page in self._pages.items():
            shapes = [self._shape(number, shape.form, shape.box) for shape in page.shapes]
            known = {(zone.kind, zone.box): zone.ident for zone in shapes}
            for zone in self._zones[number]:
                if zone.kind == Form.IMAGE.value and (zone.kind, zone.box) not in known:
                    shapes.append(self._shape(number, Form.IMAGE, zone.box))
                    known[zone.kind, zone.box] = shapes[-1].ident
                if zone.kind == Form.IMAGE.value:
                    self._texts.setdefault(zone.ident, []).append(known[zone.kind, zone.box])
            zones = (*(zone for zone in self._zones[number] if zone.kind != Form.IMAGE.value), *shapes)
            upright = sum(line.vertical for line in page.lines)
            surfaces.append(Surface(f"facs_{number}", page, zones, upright * 2 > len(page.lines)))
        texts = {ident: tuple(zones) for ident, zones in self._texts.items()}
        return Places(tuple(surfaces), texts, self._lines, self._columns)

    def unit(self, unit: str, article: Article) -> None:
        """Find the zones of an article: columns of running text, blocks of all else, and the pictures."""
        for share in shares(article, unit):
            self._share(share, f"unit {unit}")  # not the letter of a zone, whatever the unit is called

    def _share(self, share: Share, own: str) -> None:
        """Find the zones of what of an article stands in one place; ``own`` counts the columns of the whole."""
        tops: list[str] = []
        column: list[Zone] = []
        last: Line | None = None
        for text in share.texts:
            if text.paragraph.role not in RUNNING:
                self._close(column, tops)
                tops += self.alone(text.ident, text.paragraph)
                continue
            for number, lines in self._stretches(text.paragraph):
                if column and last and (number != last.place.page or falls(last, lines[0])):
                    self._close(column, tops)
                same = last is not None and last.place.page == number
                if not same:
                    self._counts[number, own] = 1
                elif last and falls(last, lines[0]):
                    self._counts[number, own] += 1
                    nth, of_page = self._counts[number, own], self._counts[number, "c"] + 1
                    self._columns[lines[0].place] = Column(nth, f"facs_{number}_c{of_page}")
                column.append(self._block(text.ident, number, lines))
                last = (
                    lines[0] if text.paragraph.role is Role.ROW else lines[-1]
                )  # the next row lies under the first cell
        self._close(column, tops)
        for name, figure, texts in share.figures:
            for text in texts:
                tops += self.alone(text.ident, text.paragraph)
            if figure.box and figure.page in self._pages:
                self._zones[figure.page].append(Zone(name, Form.IMAGE.value, figure.box))
        if tops:
            self._texts[share.ident] = tops

    def alone(self, ident: str, part: Paragraph) -> list[str]:
        """Find the blocks of a text that lies in no column; return their ids."""
        blocks = [(number, self._block(ident, number, lines)) for number, lines in self._stretches(part)]
        for number, block in blocks:
            self._zones[number].append(block)
        return [block.ident for _, block in blocks]

    def _close(self, column: list[Zone], tops: list[str]) -> None:
        """Make a zone of the blocks of a column, if there are any, and begin anew."""
        if column:
            number = int(column[0].ident.split("_")[1])
            ident = self._ident(number, "c")
            self._zones[number].append(Zone(ident, "column", around(b.box for b in column), tuple(column)))
            tops.append(ident)
            column.clear()

    def _stretches(self, part: Paragraph) -> Iterator[tuple[int, list[Line]]]:
        """Cut a paragraph where it goes on in another column or on another page; lines without a place are left out.

        The cells of a row stand beside each other, and yet in one column.
        """
        cut = (lambda _one, _other: False) if part.role is Role.ROW else falls
        run: list[Line] = []
        for line in part.lines:
            if not (line.box and line.style and line.place.page in self._pages):
                continue
            if run and (run[-1].place.page != line.place.page or cut(run[-1], line)):
                yield run[-1].place.page, run
                run = []
            run.append(line)
        if run:
            yield run[-1].place.page, run

    def _block(self, text: str, number: int, lines: Sequence[Line]) -> Zone:
        zones = []
        for line in lines:
            whole = line.place.start == 0 and line.place.end is None
            ident = f"facs_{number}_l{line.place.line}" + ("" if whole else f"-{line.place.start}")
            self._lines[line.place] = ident
            if line.box:
                zones.append(Zone(ident, "line", line.box, vertical=line.vertical))
        block = Zone(self._ident(number, "b"), "block", around(zone.box for zone in zones), tuple(zones))
        self._texts.setdefault(text, []).append(block.ident)
        return block

    def _shape(self, number: int, form: Form, box: Box) -> Zone:
        return Zone(self._ident(number, "s"), form.value, box)

    def _ident(self, number: int, letter: str) -> str:
        self._counts[number, letter] += 1
        return f"facs_{number}_{letter}{self._counts[number, letter]}"
