"""Where the lines of OCR stand: boxes that cannot be are mended, so that every line of a page has one or none has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from relayout.chars import has_han
from relayout.imprint import Box, around

_FAR = 2.0  # times as far out as nine in ten lines reach: no place on the page
_BEYOND = 1.02  # of the page: skewed scans have boxes that reach a little over its edge
_MANY = 0.1  # of the lines beyond the page that the file tells: it tells a wrong one
_SLIVER = 0.5  # of the height of the line before


class Draft(NamedTuple):
    """A line as the file has it: its box and that of its block, the number of the block, words with their boxes."""

    box: Box | None
    block: Box | None
    group: int = 0
    words: tuple[tuple[str, Box | None], ...] = ()
    vertical: bool = False


def grouped(drafts: Sequence[Draft]) -> tuple[tuple[int, ...], ...]:
    """Return the numbers, from 1, of the lines of each block, in the order of the file.

    >>> grouped([Draft(None, None, 7), Draft(None, None, 9), Draft(None, None, 7)])
    ((1, 3), (2,))
    """
    groups: dict[int, list[int]] = {}
    for n, draft in enumerate(drafts, 1):
        groups.setdefault(draft.group, []).append(n)
    return tuple(map(tuple, groups.values()))


class Placed(NamedTuple):
    """The page, and a box for every line, in their order."""

    page: Box
    boxes: tuple[Box, ...]


def placed(drafts: Sequence[Draft], size: tuple[float, float] | None) -> tuple[Placed | None, list[tuple[str, str]]]:
    """Find a page and boxes for its lines; nothing where no line has a place. With what was odd, and why.

    ``size`` is what the file says of the page. A line without a place, or with one off the page, gets that of its
    words, else a sliver under the line before in its block, else the box of its block, else a sliver at the head.

    >>> placed([Draft(Box(1, 1, 9, 3), None), Draft(None, None)], (10, 10))[0].boxes[1]
    Box(x0=1, y0=3, x1=9, y1=4.0)
    """
    boxes = [draft.box or hull([box for _, box in draft.words]) for draft in drafts]
    known = [box for box in boxes if box]
    if not known:
        return None, ([("no line has a place", "it is read as text")] if drafts else [])
    odd: list[tuple[str, str]] = []
    reach = _reach(known)
    if size and sum(not _on(box, size) for box in known) > _MANY * len(known):
        odd.append((f"is taken for {reach[0]:g} by {reach[1]:g}", "many lines stand beyond what the file says of it"))
        size = None
    page = Box(0.0, 0.0, *(size or reach))
    found: list[Box] = []
    mended = 0
    for n, (draft, box) in enumerate(zip(drafts, boxes, strict=True)):
        good = _clipped(box, page) if box and _on(box, (page.x1, page.y1)) else None
        if good is None:
            mended += 1
            before = found[-1] if found and (draft.group == drafts[n - 1].group or not draft.block) else None
            good = _instead(draft, before, page)
        found.append(good)
    if mended:
        odd.append((f"{mended} lines have no place that can be", "their block or the line before tells one"))
    return Placed(page, tuple(found)), odd


def overlap(one: Box, two: Box) -> bool:
    """Say whether two boxes share some ground.

    >>> overlap(Box(0, 0, 2, 2), Box(1, 1, 3, 3)), overlap(Box(0, 0, 2, 2), Box(2, 0, 3, 3))
    (True, False)
    """
    return one.x0 < two.x1 and two.x0 < one.x1 and one.y0 < two.y1 and two.y0 < one.y1


def hull(boxes: Iterable[Box | None]) -> Box | None:
    """Return the box around those that are known, or nothing."""
    known = [box for box in boxes if box]
    return around(known) if known else None


def _reach(boxes: Sequence[Box]) -> tuple[float, float]:
    """Return how far right and down lines reach, but for the few that stand absurdly far out."""
    ends: list[float] = []
    for edges in (sorted(box.x1 for box in boxes), sorted(box.y1 for box in boxes)):
        most = max(1.0, edges[-1 - len(edges) // 10] * _FAR)
        ends.append(max([edge for edge in edges if 0 < edge <= most], default=most))
    return ends[0], ends[1]


def _on(box: Box, size: tuple[float, float]) -> bool:
    w, h = size
    over = _BEYOND - 1.0
    return box.x0 >= -over * w and box.y0 >= -over * h and box.x1 <= _BEYOND * w and box.y1 <= _BEYOND * h


def _clipped(box: Box, page: Box) -> Box | None:
    """Return what of a box is on the page; nothing where that has no ground."""
    x0, y0 = max(box.x0, 0.0), max(box.y0, 0.0)
    x1, y1 = min(box.x1, page.x1), min(box.y1, page.y1)
    return Box(x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None


def _instead(draft: Draft, before: Box | None, page: Box) -> Box:
    size = (page.x1, page.y1)
    words = hull([box for _, box in draft.words if box and _on(box, size)])
    if words and (box := _clipped(words, page)):
        return box
    if before:
        return Box(before.x0, before.y1, before.x1, before.y1 + _SLIVER * before.height)
    if draft.block and _on(draft.block, size) and (box := _clipped(draft.block, page)):
        return box
    return Box(0.0, 0.0, page.x1, page.y1 / 100)


def upright(text: str, box: Box | None, turn: float) -> bool:
    """Say whether a line runs down (or up) the page.

    Two characters of Han in a line that is higher than wide do; letters need four and more height, since OCR reads
    ``l'`` and ``II`` in specks.
    """
    if not box or box.height <= box.width or len(text) < 2:
        return False
    count = sum(not char.isspace() for char in text)
    if abs(abs(turn) % 180 - 90) < 45:
        return count > 1
    if has_han(text):
        return count > 1 and box.height > 1.3 * box.width
    return count >= 4 and box.height > 1.5 * box.width
