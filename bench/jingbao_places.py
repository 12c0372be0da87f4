"""The polygons and the printed lines of a fold of 1939, as the data has them; no ids join the two."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from bench.jingbao import DATA, lines_of
from lxml import etree

GEOMETRY = DATA.parent / "geometry"
WIDTH, HEIGHT = 4832, 3424  # pixels of every fold
PITCH, CLOSE = 26.9, 24.4  # pixels from character to character of running text, at most and at least, all folds
LEAD = 32.2  # from line to line
SPECK = 8  # pixels: what is smaller was clicked by mistake
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
