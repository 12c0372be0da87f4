"""Where the articles of a fold of 1939 stand: its polygons, and which lines of its text stand in which of them.

Text and geometry were made apart; no ids join them. What joins them is the setting: a printed line end stands in the
text, so an article is a row of line lengths, and a polygon of running text holds as many lines as its width has room
for, each of as many characters as its height has. Per article and group of polygons the lines are laid into the
polygons one after the other so that the misfit is least; per fold the articles are given to the groups so that the sum
of misfits is least (assignment). What fits badly, or another group nearly as well, is left out and counted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log
from pathlib import Path
from typing import NamedTuple

from bench.jingbao import DATA, lines_of
from lxml import etree

GEOMETRY = DATA.parent / "geometry"
WIDTH, HEIGHT = 4832, 3424  # pixels of every fold
PITCH, CLOSE = 26.9, 24.4  # pixels from character to character of running text, at most and at least, all folds
LEAD = 32.2  # from line to line
SPECK = 8  # pixels: what is smaller was clicked by mistake
ALONE = 4.0  # cost of a polygon without a line
LEFT = 5.0  # cost of a line without a polygon
SIDE = 6.0  # cost of an article on the other page
STEP = 0.5  # cost of an article that changes places with its neighbour in the order of the file
LOST = 0.1  # share of the lines of an article that may stand in no polygon of its group
SURE = 1.25  # misfit of a polygon (mean) up to which an article is placed
_MATRIX = re.compile(r"matrix\(([^)]*)\)")
_POINTS = re.compile(r'points="([^"]*)"')
_RADIUS = re.compile(r'\br="([^"]*)"')


class Poly(NamedTuple):
    """A polygon of the geometry: left, top, right, bottom in pixels, and what it is labelled."""

    id: str
    x0: float
    y0: float
    x1: float
    y1: float
    label: str

    @property
    def width(self) -> float:
        """Its width."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Its height."""
        return self.y1 - self.y0


class Group(NamedTuple):
    """Polygons that the geometry calls one article, advertisement, picture or margin."""

    label: str
    polys: tuple[Poly, ...]

    @property
    def right(self) -> bool:
        """Say whether most of it stands on the right page."""
        return sum((p.x0 + p.x1 - WIDTH) * p.width * p.height for p in self.polys) > 0


class Row(NamedTuple):
    """A printed line of the text: what it says, whether it lies across the page, is of the headline, begins a ``p``."""

    text: str
    level: bool = False
    head: bool = False
    first: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """An article of the text: whether it stands on the right page, which has an even number; its printed lines."""

    right: bool
    rows: tuple[Row, ...]


class Laid(NamedTuple):
    """An article in its group: the misfit of a polygon (mean), which lines stand in which polygon; -1 is none."""

    misfit: float
    homes: tuple[int, ...]
    polys: tuple[Poly, ...]


def groups(path: Path) -> list[Group]:
    """Read the polygons of a fold, in the order of the file; one that is also in a group stands there only."""
    found: list[tuple[bool, Group]] = []
    for item in json.loads(path.read_text("utf-8"))["items"]:
        label = next((b["value"]["name"] for b in item["body"] if b["type"] == "CategoryLabel"), "")
        grouped = any(b["type"] == "GroupAnnotation" for b in item["body"])
        polys = {t["id"]: _poly(t["id"], t["selector"]["value"], label) for t in item["target"]}
        drawn = [poly for poly in polys.values() if poly.width > SPECK and poly.height > SPECK]
        if drawn:
            found.append((grouped, Group(label, _strung(drawn))))
    within = {name for grouped, group in found if grouped for poly in group.polys for name in poly.id.split()}
    return [group for grouped, group in found if grouped or group.polys[0].id.split()[0] not in within]


def _strung(polys: list[Poly]) -> tuple[Poly, ...]:
    """Put polygons of one large character each, that stand under each other, together to one."""
    found: list[Poly] = []
    for poly in sorted(polys, key=lambda p: p.y0):
        square = 0.6 < poly.height / max(1.0, poly.width) < 1.6 and poly.width < 5 * PITCH
        over = [p for p in found if square and abs(p.x0 - poly.x0) + abs(p.x1 - poly.x1) < 0.6 * poly.width]
        over = [p for p in over if -0.3 * poly.height < poly.y0 - p.y1 < 1.2 * poly.height]
        if over and (over[-1].height < 1.6 * over[-1].width or " " in over[-1].id):
            one = over[-1]
            box = min(one.x0, poly.x0), one.y0, max(one.x1, poly.x1), poly.y1
            found[found.index(one)] = Poly(f"{one.id} {poly.id}", *box, poly.label)
        else:
            found.append(poly)
    order = {poly.id: n for n, poly in enumerate(polys)}
    return tuple(sorted(found, key=lambda p: order[p.id.split()[0]]))


def _poly(name: str, svg: str, label: str) -> Poly:
    matrix = _MATRIX.search(svg)
    a, b, c, d, e, f = (float(v) for v in matrix.group(1).split()) if matrix else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    points, radius = _POINTS.search(svg), _RADIUS.search(svg)
    if points:
        pairs = [tuple(map(float, point.split(","))) for point in points.group(1).split()]
    else:
        r = float(radius.group(1)) if radius else 0.0
        pairs = [(-r, -r), (r, r)]
    xs, ys = [a * x + c * y + e for x, y in pairs], [b * x + d * y + f for x, y in pairs]
    return Poly(name, min(xs), min(ys), max(xs), max(ys), label)


def stories(path: Path, kind: str = "article") -> list[Story]:
    """Read the articles of a fold with their printed lines, in the order of the file."""
    parser = etree.XMLParser(no_network=True, load_dtd=False, resolve_entities=True, remove_comments=True)
    right = True
    found: list[Story] = []
    for div in etree.parse(str(path), parser).iter("div"):
        if div.get("page"):
            right = int(div.get("n", "2")) % 2 == 0
        if div.get("type") == kind:
            texts = [p for p in div.iter("p") if lines_of(p)]
            rows = tuple(row for n, p in enumerate(texts) for row in _rows(p, div, n == 0 and len(texts) > 1))
            if rows:
                found.append(Story(right, rows))
    return found


def _rows(paragraph: etree._Element, div: etree._Element, head: bool) -> Iterator[Row]:
    mode = paragraph.get("mode") or div.get("mode") or ""
    for n, line in enumerate(lines_of(paragraph)):
        yield Row(line, mode.startswith("horizontal"), head, n == 0)


@lru_cache(maxsize=None)
def _room(along: float, across: float, n: int, most: int) -> float:
    """Return how badly ``n`` lines of ``most`` characters fit a polygon: as running text, or in type of its own."""
    lines = (across / LEAD - n) / (0.35 + 0.02 * n)
    # A first line is set in by one or two characters, and lines of a short piece may all be short.
    reach = max(0.0, along / PITCH - most - (2.2 if n < 3 else 0.4)) - max(0.0, most - along / CLOSE)
    text = lines * lines + (reach / (0.5 + 0.02 * most)) ** 2
    size, pitch = along / most, across / n
    shape = log(size / pitch)
    shape /= 0.8 if shape > 0 else 0.35  # headlines are often set wide
    large = 0.6 + shape * shape + (n - 1) * 0.2 + max(0.0, 0.85 * PITCH - size) / 4
    return min(text, large, 40.0)


def lay(rows: Sequence[Row], polys: Sequence[Poly]) -> tuple[float, tuple[int, ...]]:
    """Lay lines into polygons in their order; returns the sum of misfits, and the polygon of each line or -1."""
    lengths = tuple(len(row.text) for row in rows)
    levels = tuple(row.level for row in rows)
    best: list[float] = [LEFT * i for i in range(len(rows) + 1)]
    back: list[list[tuple[int, bool]]] = []
    for poly in polys:
        most = int(max(poly.width, poly.height) / LEAD * 1.15 + 3)
        sides = (poly.height, poly.width), (poly.width, poly.height)
        now, trace = [], []
        for i in range(len(rows) + 1):
            score, how = best[i] + ALONE, (i, False)
            if i and now[i - 1] + LEFT < score:
                score, how = now[i - 1] + LEFT, (i - 1, True)
            longest = 0
            for j in range(i - 1, max(-1, i - most - 1), -1):
                longest = max(longest, lengths[j])
                if levels[j] != levels[i - 1]:
                    break
                if best[j] < score:
                    one = best[j] + _room(*sides[levels[j]], i - j, longest)
                    if one < score:
                        score, how = one, (j, False)
            now.append(score)
            trace.append(how)
        best = now
        back.append(trace)
    homes = [-1] * len(rows)
    i = len(rows)
    for n in range(len(polys) - 1, -1, -1):
        while back[n][i][1]:
            i -= 1
        j = back[n][i][0]
        homes[j:i] = [n] * (i - j)
        i = j
    return best[-1], tuple(homes)


def _flow(polys: Sequence[Poly]) -> list[Poly]:
    """Return polygons register by register, each from the right; what is taller than a register stands in its first."""
    left = sorted(polys, key=lambda p: p.y0)
    found: list[Poly] = []
    while left:
        top = left[0]
        line = [p for p in left if p.y0 < top.y0 + min(0.6 * top.height, 3 * PITCH)]
        found += sorted(line, key=lambda p: (-round(p.x1 / LEAD), p.y0))
        left = [p for p in left if p not in line]
    return found


@lru_cache(maxsize=None)
def laid(rows: tuple[Row, ...], polys: tuple[Poly, ...], thorough: bool = False) -> Laid:
    """Lay an article into a group, in the order of the file or register by register, whichever fits better.

    ``thorough`` also moves single polygons to other places in the order while that makes the misfit less.
    """
    orders = [list(polys), _flow(polys)]
    cost, homes, order = min((*lay(rows, one), one) for one in orders)
    better = thorough and cost > 0.5 * len(polys)
    while better:
        better = False
        for i in range(len(order)):
            for j in range(len(order)):
                one = order[:i] + order[i + 1 :]
                one.insert(j, order[i])
                if i != j and (tried := lay(rows, one))[0] < cost - 0.5:
                    (cost, homes), order, better = tried, one, True
                    break
    each = cost / (len(polys) + homes.count(-1))
    return Laid(max(each, _by_characters(rows, homes, order)), homes, tuple(order))


def _by_characters(rows: Sequence[Row], homes: Sequence[int], polys: Sequence[Poly]) -> float:
    """Return the misfit of the polygon of a character (mean): running text counts for more than headlines."""
    total = 0.0
    for n, poly in enumerate(polys):
        here = [row for row, home in zip(rows, homes, strict=True) if home == n]
        if here:
            long, broad = (poly.width, poly.height) if here[0].level else (poly.height, poly.width)
            cost = _room(long, broad, len(here), max(len(row.text) for row in here))
            total += cost * sum(len(row.text) for row in here)
    return total / sum(len(row.text) for row in rows) if rows else 0.0


class Fold(NamedTuple):
    """A fold: its name, its groups, its articles, and the place of each article that is sure; why the others not."""

    name: str
    groups: tuple[Group, ...]
    stories: tuple[Story, ...]
    places: dict[int, Laid]
    left: dict[int, str]


def aligned(text: Path, geometry: Path) -> Fold:
    """Give the articles of a fold to the groups of its geometry, one to one; what is not sure is left out."""
    from scipy.optimize import linear_sum_assignment

    all_groups, all_stories = groups(geometry), stories(text)
    there = [group for group in all_groups if group.label == "article"]
    costs = [[_cost(laid(s.rows, g.polys)) for g in there] for s in all_stories]
    full = [
        [
            cost + (0.0 if g.right == s.right else SIDE) + _apart(i, j, all_stories, there)
            for j, (cost, g) in enumerate(zip(line, there, strict=True))
        ]
        for i, (line, s) in enumerate(zip(costs, all_stories, strict=True))
    ]
    pairs = [(int(i), int(j)) for i, j in zip(*linear_sum_assignment(full), strict=True)]
    places: dict[int, Laid] = {}
    left: dict[int, str] = {i: "no group" for i in range(len(all_stories))}
    for i, j in pairs:
        one = laid(all_stories[i].rows, there[j].polys, thorough=True)
        if one.misfit > SURE:
            left[i] = f"misfit {one.misfit:.1f}"
        elif one.homes.count(-1) > LOST * len(one.homes):
            left[i] = f"{one.homes.count(-1)} lines without a polygon"
        else:
            places[i] = one
            del left[i]
    return Fold(text.stem, tuple(all_groups), tuple(all_stories), places, left)


def _cost(one: Laid) -> float:
    return min(12.0, one.misfit * 2)


def _apart(i: int, j: int, some: Sequence[Story], others: Sequence[Group]) -> float:
    return min(4.0, STEP * abs(i / max(1, len(some)) - j / max(1, len(others))) * len(some) / 2)


def folds(days: Iterable[str], folder: Path = DATA) -> list[tuple[Path, Path]]:
    """Return text and geometry of the folds of ``days`` (``04-21``), in order; none where the data is absent."""
    paths = sorted(path for day in days for path in folder.glob(f"*-{day}_*.xml"))
    return [(path, folder.parent / "geometry" / f"{path.stem}.json") for path in paths]
