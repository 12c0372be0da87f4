"""Where the lines of OCR stand: boxes that cannot be are mended, so that every line of a page has one or none has."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from math import isfinite
from statistics import median
from typing import NamedTuple

from relayout.chars import ink
from relayout.imprint import Box, around
from relayout.roles import Role

FARTHEST = 1e6  # units; a scan of 1 m at 2400 dpi has 94,488 pixels
_LEAST = 0.01  # units; a box has some ground
_TALL_HAN, _TALL = 1.3, 2.0  # times its width: a line whose characters stand one under the other
_HUGE = 2.0  # times as wide or high as the page: no line
_FAR = 2.0  # times as far out as nine in ten lines reach: no place on the page
_BEYOND = 1.02  # of the page: skewed scans have boxes that reach a little over its edge
_MANY = 0.1  # of the lines beyond the page that the file tells: it tells a wrong one


class Found(NamedTuple):
    """A line as a file has it: its box, the number of its block, its words with their boxes, and how it is set.

    ``thick`` is its height, across its direction, 0 where it cannot be told; ``vertical`` is ``None`` where nothing
    tells. ``sure`` are spans of ``raw``, and what the file says of how sure it is of them; ``article`` is the name of
    the article that the file says it is of, ``role`` what it takes it for. ``level`` is the height of its baseline,
    where the file tells nothing else of its place; ``goes_on`` says that its block is one with the text before it.
    """

    raw: str
    box: Box | None = None
    thick: float = 0.0
    vertical: bool | None = None
    block: int = 0
    font: str = ""
    bold: bool = False
    italic: bool = False
    words: tuple[tuple[str, Box | None], ...] = ()
    sure: tuple[tuple[int, int, float], ...] = ()
    article: str = ""
    role: Role | None = None
    level: float | None = None
    goes_on: bool = False


class Placed(NamedTuple):
    """The page, and a box for every line, in their order; which lines are vertical; what was odd, and why."""

    page: Box
    boxes: tuple[Box, ...]
    upright: tuple[bool, ...]
    odd: tuple[tuple[str, str], ...] = ()


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
    return box if box.width >= _LEAST and box.height >= _LEAST else None


def hull(boxes: Iterable[Box | None]) -> Box | None:
    """Return the box around those that are known, or nothing."""
    known = [box for box in boxes if box]
    return around(known) if known else None


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


def placed(found: Sequence[Found], blocks: Mapping[int, Box | None], said: Box | None) -> Placed | None:
    """Find a page and boxes for its lines; nothing where most have no box that can be true.

    ``blocks`` are the boxes of blocks by their number, ``said`` what the file says of the page. A line without a box
    gets that of its words, else a place below the line before in its block, else at the head of its block. What
    reaches over the edge of the page is cut off there; where many lines do, the page is made larger.

    >>> placed([Found("a", Box(1, 1, 9, 3)), Found("b")], {}, Box(0, 0, 10, 10)).boxes[1]
    Box(x0=1, y0=3, x1=9, y1=5)
    """
    boxes = [one.box or hull(box for _, box in one.words) for one in found]
    page = said if said and 2 * sum(_on(box, said) for box in boxes) > sum(box is not None for box in boxes) else None
    if page:
        boxes = [_within(one, box, page) for one, box in zip(found, boxes, strict=True)]
    known = [box for box in boxes if box]
    if not known or 2 * len(known) < len(found):
        return None
    odd: list[tuple[str, str]] = []
    over = sum(page is not None and _over(box, page) for box in known)
    if page is None or over > _MANY * len(known):
        reach = _reach(known)
        if said:
            why = f"{said.x1:g} by {said.y1:g}, but lines reach {reach.x1:g}, {reach.y1:g}"
            odd.append(("is larger than its file says", why))
        page = around((page, reach)) if page else reach
    upright = _upright(found)
    usual = median(min(box.width, box.height) for box in known)
    out: list[Box] = []
    for at, (one, box) in enumerate(zip(found, boxes, strict=True)):
        before = out[-1] if at and found[at - 1].block == one.block else None
        good = box and _clipped(box, page)
        out.append(good or _sliver(before, blocks.get(one.block), usual, page, upright=upright[at]))
    if len(known) < len(found):
        odd.append((f"{len(found) - len(known)} lines", ""))
    return Placed(page, tuple(out), tuple(upright), tuple(odd))


def overlap(one: Box, two: Box) -> bool:
    """Say whether two boxes share some ground.

    >>> overlap(Box(0, 0, 2, 2), Box(1, 1, 3, 3)), overlap(Box(0, 0, 2, 2), Box(2, 0, 3, 3))
    (True, False)
    """
    return one.x0 < two.x1 and two.x0 < one.x1 and one.y0 < two.y1 and two.y0 < one.y1


def _on(box: Box | None, page: Box) -> bool:
    """Say whether a box can be that of a line on the page."""
    return (
        box is not None and overlap(box, page) and box.width <= _HUGE * page.width and box.height <= _HUGE * page.height
    )


def _over(box: Box, page: Box) -> bool:
    """Say whether a box reaches clearly over the right or lower edge of the page."""
    return box.x1 > _BEYOND * page.x1 or box.y1 > _BEYOND * page.y1


def _within(one: Found, box: Box | None, page: Box) -> Box | None:
    """Return the box of a line, that of its words where it is not on the page, or reaches clearly over its edge."""
    if box and _on(box, page) and not _over(box, page):
        return box
    words = hull(word for _, word in one.words if word and _on(word, page))
    if words and not _over(words, page):
        return words
    return box if _on(box, page) else None


def _reach(boxes: Sequence[Box]) -> Box:
    """Return how far right and down lines reach, but for the few that stand absurdly far out."""
    ends: list[float] = []
    for edges in (sorted(box.x1 for box in boxes), sorted(box.y1 for box in boxes)):
        most = max(1.0, edges[-1 - len(edges) // 10] * _FAR)
        ends.append(max([edge for edge in edges if 0 < edge <= most], default=most))
    return Box(0.0, 0.0, ends[0], ends[1])


def _clipped(box: Box, page: Box) -> Box | None:
    """Return what of a box is on the page; nothing where that has no ground."""
    x0, y0 = max(box.x0, 0.0), max(box.y0, 0.0)
    x1, y1 = min(box.x1, page.x1), min(box.y1, page.y1)
    if (x0, y0, x1, y1) == (box.x0, box.y0, box.x1, box.y1):
        return box
    return Box(x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None


def _upright(found: Sequence[Found]) -> list[bool]:
    """Say of each line whether it is vertical; one that does not tell is as most of its block."""
    sums: dict[int, int] = {}
    for one in found:
        if one.vertical is not None:
            sums[one.block] = sums.get(one.block, 0) + (len(one.raw) if one.vertical else -len(one.raw))
    return [sums.get(one.block, 0) > 0 if one.vertical is None else one.vertical for one in found]


def _sliver(before: Box | None, block: Box | None, usual: float, page: Box, *, upright: bool) -> Box:
    """Return where a line without a box is taken to stand: after the line before, or where its block begins."""
    if before and upright:
        return Box(max(0.0, before.x0 - before.width), before.y0, max(before.width, before.x0), before.y1)
    if before:
        return Box(before.x0, before.y1, before.x1, before.y1 + before.height)
    head = (block and _clipped(block, page)) or page
    if upright:
        return Box(max(head.x0, head.x1 - usual), head.y0, head.x1, head.y1)
    return Box(head.x0, head.y0, head.x1, min(head.y1, head.y0 + usual))
