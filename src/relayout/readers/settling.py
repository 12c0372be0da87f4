"""Lines of pages that OCR has read: one size for lines set alike, and a box for each line, or for none.

Heights of OCR lines are noisy, and boxes may be missing or absurd; what follows needs neither to be exact, but both.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from math import isfinite, log
from statistics import median
from typing import NamedTuple

from relayout.chars import canonical, ink
from relayout.imprint import Box, TextStyle, around
from relayout.model import Line, Note, Place
from relayout.roles import Level

STEP = 1.25  # from one size of type on a page to the next: the median heights of blocks set alike vary by a tenth
OTHER = 1.3  # times the size of its block: a line that is clearly of another
FARTHEST = 1e6  # units; a scan of 1 m at 2400 dpi has 94,488 pixels
SMALLER = 1.7  # times lower; "one can see" has neither ascenders nor capitals, and is 1.3 times lower; a dash is more
_TALL_HAN, _TALL = 1.3, 2.0  # times its width: a line whose characters stand one under the other


class Found(NamedTuple):
    """A line as a file has it: ``thick`` is its height, across its direction, 0 where it cannot be told.

    ``level`` is the height of its baseline, where a file tells nothing else of its place.
    """

    raw: str
    box: Box | None = None
    thick: float = 0.0
    vertical: bool | None = None
    block: int = 0
    font: str = ""
    bold: bool = False
    italic: bool = False
    level: float | None = None


def box_of(corners: Iterable[tuple[float, float]]) -> Box | None:
    """Return the box of a polygon; ``None`` for none, one without extent, and one too far away to be true.

    >>> box_of([(4, 2), (0, 0)]), box_of([(0, 0), (0, 9)])
    (Box(x0=0, y0=0, x1=4, y1=2), None)
    """
    points = list(corners)
    if len(points) < 2 or any(not isfinite(v) or abs(v) > FARTHEST for point in points for v in point):
        return None
    xs, ys = zip(*points, strict=True)
    box = Box(min(xs), min(ys), max(xs), max(ys))
    return box if box.width > 0 and box.height > 0 else None


def tall(text: str, box: Box) -> bool | None:
    """Say whether characters stand one under the other in a box; ``None`` where its form does not tell.

    >>> tall("大公報", Box(0, 0, 10, 30)), tall("Bericht", Box(0, 0, 70, 10)), tall("1)", Box(0, 0, 10, 15))
    (True, False, None)
    """
    inked = ink(text)
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in inked) * 2 > len(inked)
    if len(inked) >= (2 if wide else 4) and box.height > (_TALL_HAN if wide else _TALL) * box.width:
        return True
    return False if len(inked) >= 2 and box.width > _TALL_HAN * box.height else None


def glued(words: Iterable[str]) -> str:
    """Join words by spaces, but not where full-width characters meet: their words have none between them.

    >>> glued(["中央", "社", "15", "日"]), glued(["of", "the"])
    ('中央社 15 日', 'of the')
    """
    out = ""
    for word in words:
        close = out and word and {unicodedata.east_asian_width(c) for c in (out[-1], word[0])} <= {"W", "F"}
        out += word if close or not out else " " + word
    return out


def settled(
    found: Sequence[Found], blocks: dict[int, Box | None], page: Box | None, number: int
) -> tuple[tuple[Line, ...], Box | None, list[Note]]:
    """Return the lines of a page, numbered in their order, the box of the page, and notes on what was mended.

    ``blocks`` are the boxes of blocks by their number, ``page`` what the file says of the page; units are those of the
    file. Lines without a box get one below the line before; where most have none, no line has.
    """
    notes: list[Note] = []
    found = [one._replace(raw=" ".join(one.raw.splitlines())) for one in found if ink(one.raw)]
    found = [_on(one, page) for one in found] if _true(found, page) else found
    boxes = [one.box for one in found if one.box]
    if 2 * len(boxes) < len(found) or not boxes:
        if found and (boxes or page):
            why = f"{len(found) - len(boxes)} of {len(found)} lines have no box that can be true"
            notes.append(Note("read", f"the boxes of page {number} are not used", why, 1.0, Level.DOUBT))
        return tuple(_line(one, None, 0.0, False, number, n) for n, one in enumerate(found, 1)), None, notes
    upright = _upright(found)
    sizes = _sizes(found)
    placed: list[Box] = []
    for at, one in enumerate(found):
        before = placed[-1] if at and found[at - 1].block == one.block else None
        placed.append(one.box or _sliver(before, blocks.get(one.block), sizes[at], placed, upright[at]))
    if len(boxes) < len(found):
        what = f"{len(found) - len(boxes)} lines of page {number} have no box that can be true"
        notes.append(Note("read", what, "each is taken to stand after the line before", 0.5, Level.DOUBT))
    whole = around(placed)
    if not page or whole.x1 > page.x1 or whole.y1 > page.y1:
        if page and (whole.x1 > 1.02 * page.x1 or whole.y1 > 1.02 * page.y1):  # slack of a hand-drawn polygon
            said = f"{page.x1:g} by {page.y1:g}, but lines reach {whole.x1:g}, {whole.y1:g}"
            notes.append(Note("read", f"page {number} is larger than its file says", said, 1.0, Level.DOUBT))
        page = Box(0, 0, max(whole.x1, page.x1 if page else 0), max(whole.y1, page.y1 if page else 0))
    rows = zip(found, placed, sizes, upright, strict=True)
    return tuple(_line(*row, number, n) for n, row in enumerate(rows, 1)), page, notes


def _line(one: Found, box: Box | None, size: float, vertical: bool, number: int, n: int) -> Line:
    style = TextStyle(size, one.font, one.bold, one.italic) if box else None
    return Line(one.raw, canonical(one.raw).strip(), Place(number, n), box, style=style, vertical=vertical)


def _true(found: Sequence[Found], page: Box | None) -> bool:
    """Say whether the size of the page can be true: most lines stand on it."""
    return 2 * sum(one.box is not None and _on(one, page).box is not None for one in found) > len(found)


def _on(one: Found, page: Box | None) -> Found:
    """Return a line without its box where that stands off the page."""
    box = one.box
    if not box or not page:
        return one
    off = box.x1 <= 0 or box.y1 <= 0 or box.x0 >= page.x1 or box.y0 >= page.y1
    huge = box.width > 2 * page.width or box.height > 2 * page.height
    return one._replace(box=None, thick=0.0) if off or huge else one


def _upright(found: Sequence[Found]) -> list[bool]:
    """Say of each line whether it is vertical; one that does not tell is as most of its block."""
    sums: dict[int, int] = {}
    for one in found:
        if one.vertical is not None:
            sums[one.block] = sums.get(one.block, 0) + (len(one.raw) if one.vertical else -len(one.raw))
    return [sums.get(one.block, 0) > 0 if one.vertical is None else one.vertical for one in found]


def _sizes(found: Sequence[Found]) -> list[float]:
    """Return the size of each line: that of its block, in steps, and another only where the line clearly is."""
    known = [one for one in found if one.thick > 0]
    usual = median([one.thick for one in known for _ in one.raw[:80]]) if known else 10.0
    heights: dict[int, list[float]] = {}
    for one in known:
        heights.setdefault(one.block, []).append(one.thick)
    middles = {block: median(all_of_it) for block, all_of_it in heights.items()}
    sizes = []
    for one in found:
        size = middles.get(one.block, usual)
        if one.thick > OTHER * size or (0 < one.thick < size / SMALLER and len(one.raw) > 3):
            size = one.thick
        sizes.append(usual * STEP ** round(log(size / usual, STEP)))
    return sizes


def _sliver(before: Box | None, block: Box | None, size: float, placed: Sequence[Box], upright: bool) -> Box:
    """Return where a line without a box is taken to stand: after the line before, or where its block begins."""
    if before is None and block:
        return (
            Box(max(block.x0, block.x1 - size), block.y0, block.x1, block.y1)
            if upright
            else Box(block.x0, block.y0, block.x1, min(block.y1, block.y0 + size))
        )
    last = before or (placed[-1] if placed else Box(0, 0, 10 * size, size))
    if upright:
        return Box(max(0.0, last.x0 - size), last.y0, max(size, last.x0), last.y1)
    return Box(last.x0, last.y1, last.x1, last.y1 + size)
