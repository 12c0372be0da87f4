"""The pieces of a page by the blocks that its source gives (the zones of an OCR engine), in the order of the source.

Scans of old papers have columns of short items under small titles, which no rule and hardly any white part from each
other. An engine has put the lines of each text into blocks, mostly in reading order; so a piece is a run of blocks, and
begins at a block that is set as a title is: a few lines, larger than text, or in the middle of their column, or short
at its right end.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from statistics import median

from relayout.geometry import around
from relayout.imprint import Box
from relayout.model import Line, Page
from relayout.regions import Look, Region, body_size
from relayout.roles import TITLES, Form, Role

FEW = 3  # lines of a title
LARGE = 1.25  # of the size of running text
LARGEST = 1.6  # of it: what is a sentence of several lines is a title only where it is set as large
LETTERS = 2  # what has fewer is the number of a notice, a cell, or dirt
TITLE = 1.7  # of it: as large a title counts at least, however small it is set
INSET, EVEN = 0.04, 0.2  # of the width of the column: white beside a title in the middle, and how far it differs
RIGHT, SHORT = 0.12, 0.75  # of it: where a title begins that is set to the right, and how long it is at most
LAST = 0.15  # of it: how far from its edge the last line of a title begins
LINE = 0.8  # of it: as wide is a text under a title
STRIPS = 64  # of the width of the page, by which the texts of a column are found
SENTENCE = 40  # characters: what is longer and ends with a full stop is no title


def given_pieces(page: Page, lines: Sequence[Line], roles: Mapping[int, Role]) -> list[list[Region]]:
    """Return the pieces of a page whose source gives blocks: runs of these, each from a title to the next one.

    ``lines`` are those that are no furniture, ``roles`` what the source takes lines for, by number: that counts before
    how they are set. Leaves out blocks without any of the lines; a line in no block is a block of its own.
    """
    blocks = [part for block in blocks_of(page, lines) for part in by_role(block, roles)]
    body = body_size(lines)
    texts = Columns([_box(block) for block in blocks if len(block) >= FEW], map(_box, blocks))
    found: list[list[Region]] = []
    titles = [titled_by(roles.get(block[0].place.line), block, texts, body) for block in blocks]
    titled = False
    for n, block in enumerate(blocks):
        # What stands right over a title and is set in leads to it: Feuilleton de l'Ouest-Éclair.
        role = roles.get(block[0].place.line)
        over = role is not Role.JUMP and n + 1 < len(blocks) and titles[n + 1]
        title = titles[n] or (over and _leads(block, blocks[n + 1], texts))
        region = region_of(block, body, role, title=title)
        if not found or (title and not titled):
            found.append([region])
        else:
            found[-1].append(region)
        titled = title
    return found


def pictured(page: Page, pieces: Sequence[list[Region]]) -> None:
    """Put every picture of a page to the piece that is nearest."""
    for shape in page.shapes:
        if shape.form is Form.IMAGE and pieces:
            min(pieces, key=lambda piece: _away(shape.box, piece)).append(Region(Look.IMAGE, shape.box))


def by_role(block: Sequence[Line], roles: Mapping[int, Role]) -> list[list[Line]]:
    """Cut a block where the role of its lines changes."""
    return [list(run) for _, run in groupby(block, key=lambda line: roles.get(line.place.line))]


def titled_by(role: Role | None, block: Sequence[Line], texts: Columns, body: float) -> bool:
    """Say whether a block is a title: by its role, if that is told, else by how it is set."""
    return is_title(block, texts, body) if role is None else role in TITLES


def parted(page: Page, lines: Sequence[Line]) -> tuple[list[list[Line]], list[Line]]:
    """Part the lines of each advertisement that the source tells of from the others.

    A line that stands in two of them, one within the other, is of the first that ``page.adverts`` names, which is the
    inner one.
    """
    of: dict[int, int] = {}
    for n, advert in enumerate(page.adverts):
        for number in advert:
            of.setdefault(number, n)
    adverts: dict[int, list[Line]] = {}
    for line in lines:
        if line.place.line in of:
            adverts.setdefault(of[line.place.line], []).append(line)
    return [adverts[n] for n in sorted(adverts)], [line for line in lines if line.place.line not in of]


def boxed(lines: Sequence[Line]) -> Region:
    """Return the lines of an advertisement that the source tells of, as a box with text in it."""
    body = body_size(lines)
    inner = tuple(Region(Look.TEXT, line.box, (line,), _size(line, body) / body) for line in lines if line.box)
    return Region(Look.BOX, _box(lines), inner=inner)


class Columns:
    """The boxes of texts, by the strips of the page that they reach into, from its head down.

    A page may have 10,000 blocks: each looks at the few texts in its column, not at all of them.
    """

    def __init__(self, boxes: Iterable[Box], every: Iterable[Box] = ()) -> None:
        """Sort the boxes into the strips; ``every`` are those of all blocks, whatever is in them."""
        self.every = Columns(every) if every else self
        ordered = sorted(boxes, key=lambda box: box.y0)
        self.step = max([box.x1 for box in ordered if box.x1 > 0], default=1.0) / STRIPS
        self.strips: dict[int, list[Box]] = {}
        for box in ordered:
            for n in range(self._strip(box.x0), self._strip(box.x1) + 1):
                self.strips.setdefault(n, []).append(box)

    def _strip(self, x: float) -> int:
        return int(max(0.0, x) / self.step)  # PAGE may have a line that begins a million pixels before its page

    def is_flanked(self, own: Box, beside: Box) -> bool:
        """Say whether another block stands at the height of ``own`` in its column: it is the cell of a table."""
        middle = (own.y0 + own.y1) / 2
        for x in ((beside.x0 + own.x0) / 2, (own.x1 + beside.x1) / 2):
            if beside.x0 < x < own.x0 or own.x1 < x < beside.x1:
                other = self.every.above(x, middle, beside)
                if other and other.y1 > middle and other != own and other.width < beside.width:
                    return True
        return False

    def below(self, x: float, y: float, but: Box) -> Box | None:
        """Return the first text that begins at ``y`` or below it, with ``x`` inside it, and is not ``but``."""
        strip = self.strips.get(self._strip(x), [])
        after = range(bisect_left(strip, y, key=lambda box: box.y0), len(strip))
        return next((strip[n] for n in after if strip[n].x0 < x < strip[n].x1 and strip[n] != but), None)

    def above(self, x: float, y: float, but: Box) -> Box | None:
        """Return the last text that begins above ``y``, with ``x`` inside it, and is not ``but``."""
        strip = self.strips.get(self._strip(x), [])
        before = range(bisect_left(strip, y, key=lambda box: box.y0) - 1, -1, -1)
        return next((strip[n] for n in before if strip[n].x0 < x < strip[n].x1 and strip[n] != but), None)


def _size(line: Line, body: float) -> float:
    return line.style.size if line.style else body


def blocks_of(page: Page, lines: Sequence[Line]) -> list[list[Line]]:
    """Return lines block by block, in the order of the blocks; lines of no block one by one after them."""
    of = {number: n for n, block in enumerate(page.blocks) for number in block}
    last = len(page.blocks)
    found: dict[int, list[Line]] = {}
    for line in lines:
        found.setdefault(of.get(line.place.line, last + line.place.line), []).append(line)
    return [found[n] for n in sorted(found)]


def is_title(block: Sequence[Line], texts: Columns, body: float) -> bool:
    """Say whether a block is set as a title is, beside the text in its column: the next below, else the last above."""
    if len(block) > FEW or sum(c.isalpha() for line in block for c in line.text) < LETTERS:
        return False
    size = median(_size(line, body) for line in block)
    if size > (LARGE if not _is_said(block) else LARGEST) * body:
        return True
    own = _box(block)
    middle = (own.x0 + own.x1) / 2
    foot = own.y1 - size / 4
    beside = texts.below(middle, foot, own) or texts.above(middle, foot, own)
    if not beside:
        return False
    left, right = (own.x0 - beside.x0) / beside.width, (beside.x1 - own.x1) / beside.width
    last = block[-1].text
    if texts.is_flanked(own, beside):
        return False
    if len(block) > 1 and block[-1].box and block[-1].box.x0 - beside.x0 > LAST * beside.width:
        return True  # the last line of a text begins at the edge of its column, that of a title in the middle
    if last.endswith((",", ";")) or (last.endswith(".") and len(last) > SENTENCE):
        return False
    centred = left > INSET and right > INSET and abs(left - right) < EVEN
    if centred:
        return True
    # Under a title set to the right stands its text; under a signature another one, a title, or nothing. The next title
    # is in the middle of the column, and may not reach under a signature at its edge (J. LE GOFF., Bonne âme).
    found = [texts.every.below(x, foot, own) for x in (middle, (beside.x0 + beside.x1) / 2)]
    under = min((box for box in found if box), key=lambda box: box.y0, default=None)
    return left > RIGHT and own.width < SHORT * beside.width and under is not None and under.width > LINE * beside.width


def _is_said(block: Sequence[Line]) -> bool:
    """Say whether a block of several lines ends as a sentence does, and is as long as one."""
    return len(block) > 1 and block[-1].text.endswith(".") and sum(len(line.text) for line in block) > SENTENCE


def _leads(block: Sequence[Line], title: Sequence[Line], texts: Columns) -> bool:
    """Say whether a short block right over a title is set in from the edge of its column."""
    own, under = _box(block), _box(title)
    middle = (own.x0 + own.x1) / 2
    if len(block) > 1 or not -1 < under.y0 - own.y1 < FEW * own.height:
        return False
    near = [box for box in (texts.below(middle, own.y1, own), texts.above(middle, own.y1, own)) if box]
    if not near:
        return False
    beside = min(near, key=lambda box: abs(box.y0 - own.y1))
    return own.x0 - beside.x0 > RIGHT * beside.width and not block[-1].text.endswith((".", ",", ";"))


def region_of(block: Sequence[Line], body: float, role: Role | None, *, title: bool) -> Region:
    """Return a block as a region: large enough for a title where it is one."""
    style = block[0].style
    size = (style.size if style else body) / body
    bold = bool(style and style.bold) and (title or not _is_said(block))
    if title:
        return Region(Look.DISPLAY, _box(block), tuple(block), max(size, TITLE), bold)
    look = Look.SMALL if role is Role.CAPTION else Look.TEXT
    return Region(look, _box(block), tuple(block), size, bold, told=role)


def _box(block: Sequence[Line]) -> Box:
    return around(line.box for line in block if line.box)


def _away(picture: Box, piece: Sequence[Region]) -> float:
    def far(box: Box) -> float:
        dx = max(0.0, picture.x0 - box.x1, box.x0 - picture.x1)
        return dx + max(0.0, picture.y0 - box.y1, box.y0 - picture.y1)

    return min(far(region.box) for region in piece)
