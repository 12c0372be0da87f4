"""Where the labels of a page stand: the badge of each unit, the roles and the numbers of its marks.

Labels never lie on each other: one that finds no place is left out, for the text beside the page says it, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from relayout.imprint import Box
from relayout.roles import Role
from relayout.view.nouns import Mark, Unit
from relayout.view.scene import Scene, Sheet

_UNLABELLED = frozenset((Role.BODY, Role.FURNITURE))
_FIRST = (Role.HEAD, Role.BYLINE, Role.CAPTION)  # what finds its place before the others
_WIDE = 900  # CSS pixels that a page is about wide on the screen; sizes of labels are in them


class Label(NamedTuple):
    """A label of a unit: its words in its box."""

    unit: int
    words: str
    box: Box


class Labels(NamedTuple):
    """All labels of a page."""

    badges: tuple[Label, ...]
    roles: tuple[Label, ...]
    numbers: tuple[Label, ...]


class _Taken:
    """The boxes that labels have taken, kept in bands of the page: a long text has thousands of them."""

    __slots__ = ("_bands", "_height")

    def __init__(self, height: float) -> None:
        self._height = height
        self._bands: dict[int, list[Box]] = {}

    def add(self, box: Box) -> None:
        """Take a box."""
        for band in self._spanned(box):
            self._bands.setdefault(band, []).append(box)

    def free(self, places: list[Box], sheet: Sheet) -> Box | None:
        """Return the first place on the page on which nothing lies yet."""
        for box in places:
            inside = box.x0 >= 0 and box.y0 >= 0 and box.x1 <= sheet.width and box.y1 <= sheet.height
            near = (other for band in self._spanned(box) for other in self._bands.get(band, ()))
            if inside and not any(
                box.x0 < other.x1 and other.x0 < box.x1 and box.y0 < other.y1 and other.y0 < box.y1 for other in near
            ):
                return box
        return None

    def _spanned(self, box: Box) -> range:
        return range(int(box.y0 // self._height), int(box.y1 // self._height) + 1)


def scale(sheet: Sheet) -> float:
    """Return how many units of the page a label's pixel has: labels are as large on any page."""
    return 1.0 if sheet.grid else max(sheet.width, 0.7 * sheet.height) / _WIDE


def labels(scene: Scene, sheet: Sheet) -> Labels:
    """Place the labels of a page: badges first, then roles, then numbers."""
    here = [(n, unit, [m for m in unit.marks if m.page == sheet.page.number]) for n, unit in enumerate(scene.units)]
    here = [(n, unit, found) for n, unit, found in here if found]
    k = scale(sheet)
    taken = _Taken(30 * k)
    badges = [Label(n, str(unit.number), _badge(found[0], sheet, k)) for n, unit, found in here if unit.number]
    for label in badges:
        taken.add(label.box)
    ends: dict[float, float] = {}
    if sheet.grid:
        for box in (box for _, _, found in here for mark in found for box in mark.boxes):
            ends[box.y0] = max(box.x1, ends.get(box.y0, 0.0))
    roles = []
    for n, mark in sorted(_labelled(here), key=lambda pair: (_rank(pair[1]), pair[1].boxes[0].x0)):
        places = _behind(mark, ends) if sheet.grid else _places(mark, k)
        spot = taken.free(places, sheet)
        if spot:
            roles.append(Label(n, mark.role.value, spot))
            taken.add(spot)
    numbers = []
    for n, unit, found in here:
        for mark in found if unit.number else ():
            if sheet.grid and mark.boxes[0].x0 > sheet.grid.left(mark.lines[0]):
                continue  # the second text of a row: there is no room before it
            spot = taken.free([_number(mark, sheet, k)], sheet)
            if spot:
                numbers.append(Label(n, str(mark.number), spot))
                taken.add(spot)
    return Labels(tuple(badges), tuple(roles), tuple(numbers))


def _labelled(here: list[tuple[int, Unit, list[Mark]]]) -> Iterator[tuple[int, Mark]]:
    """Give the marks whose role is said: of each paragraph the first, of a run of items the first."""
    for n, _, found in here:
        last = ("", Role.BODY)
        for mark in found:
            run = mark.role in (Role.ITEM, Role.ROW) and mark.role is last[1]
            if mark.role not in _UNLABELLED and mark.part != last[0] and not run:
                yield n, mark
            last = (mark.part, mark.role)


def _rank(mark: Mark) -> int:
    return _FIRST.index(mark.role) if mark.role in _FIRST else len(_FIRST)


def _badge(mark: Mark, sheet: Sheet, k: float) -> Box:
    """Place the badge on the corner where its text begins, inside the page."""
    box = mark.boxes[0]
    x, y, radius = (box.x1 if mark.lines[0].vertical else box.x0), box.y0, 11 * k
    if sheet.grid:
        first = box.x0 <= sheet.grid.left(mark.lines[0])
        x, y, radius = (box.x0 - 13, (box.y0 + box.y1) / 2, 9.5) if first else (box.x0, box.y0 - 2, 9.5)
    x, y = (max(radius + k, min(v, size - radius - k)) for v, size in ((x, sheet.width), (y, sheet.height)))
    return Box(x - radius, y - radius, x + radius, y + radius)


def _behind(mark: Mark, ends: dict[float, float]) -> list[Box]:
    """Give the places for a role behind its row, one behind the other."""
    box, width, height = mark.boxes[0], 4.7 * len(mark.role.value) + 7, 11
    y = box.y0 + (box.height - height) / 2
    return [_at(ends[box.y0] + 6 + step * 12, y, width, height) for step in range(12)]


def _places(mark: Mark, k: float) -> list[Box]:
    """Give the places for a role, best first: over the end of a line, beside it, over its start, under the mark."""
    box = mark.boxes[0]
    width, height = (4.7 * len(mark.role.value) + 7) * k, 11 * k
    over, under = box.y0 - 0.75 * height, mark.hull.y1 - 0.25 * height
    middle = (box.x0 + box.x1 - width) / 2
    if mark.lines[0].vertical:
        corners = [(middle, over), (middle, over - height), (middle, under)]
    else:
        end, start = box.x1 - width, box.x0 + 10 * k
        corners = [(end, over), (box.x1, over + height / 2), (start, over), (mark.hull.x1 - width, under)]
    return [_at(x, y, width, height) for x, y in corners]


def _number(mark: Mark, sheet: Sheet, k: float) -> Box:
    box = mark.boxes[0]
    width, height = (4.8 * len(str(mark.number)) + 2) * k, 8.5 * k
    if sheet.grid:
        return _at(box.x0 - 5 - width, box.y0 + (box.height - height) / 2, width, height)
    if mark.lines[0].vertical:
        return _at(box.x1 - width / 2, box.y0 - height, width, height)
    return _at(box.x0 - width, box.y0 - 1.5 * k, width, height)


def _at(x: float, y: float, width: float, height: float) -> Box:
    return Box(x, y, x + width, y + height)
