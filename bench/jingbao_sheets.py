"""A page for relayout made of an aligned fold: every printed line with a box in its polygon, and nothing else.

The file is PAGE XML with a ``TextLine`` for each printed line: no ids, no reading order, no types, no sizes of type.
``lines`` has all of them in one region, in a chance order (always the same); ``regions`` one region a polygon, in a
chance order too, the lines of each in theirs. Articles that could not be placed leave white, and so do advertisements
and the running heads: their printed lines cannot be told from the geometry. Pictures are as the geometry has them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.jingbao_align import Fold
from bench.jingbao_places import HEIGHT, LEAD, PITCH, WIDTH, Poly, Row
from bench.scan_ours import Given
from bench.scan_truth import Block, Scan, Sheet
from bench.scan_truth import Row as Known
from lxml import etree

VARIANTS = ("lines", "regions")
FACE = 0.8  # of the way from line to line: how wide a character is printed
LARGEST = 2.2  # times the way of running text from line to line: that of a headline in the same polygon
CROSSHEAD = 6  # characters: lines that are no longer may be crossheads, in larger type
DECK = 3  # lines: a polygon with as many may be of a headline
_PAGE = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"


class Set(NamedTuple):
    """A printed line in its place: left, top, right, bottom in pixels, and how high its characters are."""

    text: str
    box: tuple[float, float, float, float]
    size: float


class Made(NamedTuple):
    """A fold as the bench knows it: the truth, and the page as a sheet, whose blocks are the polygons."""

    scan: Scan
    sheet: Sheet
    polys: tuple[tuple[Set, ...], ...]
    pictures: tuple[Poly, ...]


def made(fold: Fold) -> Made:
    """Set the articles of a fold that have a place; a line's number counts polygons from the right page's top."""
    found: list[tuple[int, Poly, tuple[Set, ...]]] = []
    for n, laid in fold.places.items():
        rows = fold.stories[n].rows
        for i, poly in enumerate(laid.polys):
            here = [row for row, home in zip(rows, laid.homes, strict=True) if home == i]
            if here:
                found.append((n, poly, tuple(_set(here, poly))))
    story_order = {id(one): at for at, one in enumerate(found)}
    paged = sorted(found, key=lambda one: (one[1].x0 + one[1].x1 < WIDTH, round(one[1].y0 / (3 * LEAD)), -one[1].x1))
    keys: dict[int, tuple[tuple[int, int], ...]] = {}
    blocks: list[Block] = []
    count = 0
    for one in paged:
        _, poly, lines = one
        rows = []
        for line in lines:
            count += 1
            rows.append(Known((1, count), line.text, line.size))
        keys[story_order[id(one)]] = tuple(row.key for row in rows)
        blocks.append(Block(f"p{len(blocks)}", (poly.y0, WIDTH - poly.x1, poly.y1, WIDTH - poly.x0), "", tuple(rows)))
    units: dict[int, list[tuple[int, int]]] = {}
    for at, (n, _, _) in enumerate(found):
        units.setdefault(n, []).extend(keys[at])
    sheet = Sheet(Path(f"{fold.name}.xml"), WIDTH, tuple(blocks), {})
    pictures = tuple(p for g in fold.groups if g.label == "image" for p in g.polys)
    scan = Scan(fold.name, (sheet,), tuple(map(tuple, units.values())))
    return Made(scan, sheet, tuple(lines for _, _, lines in paged), pictures)


def _set(rows: Sequence[Row], poly: Poly) -> Iterator[Set]:
    """Set lines into a polygon: columns from the right, or level lines from the top.

    What running text leaves of the width is that of a headline in the same polygon. A line that begins a paragraph
    and is shorter than the next is set in by a character, a headline stands in the middle.
    """
    level = rows[0].level
    long, broad = (poly.width, poly.height) if level else (poly.height, poly.width)
    heads = sum(row.head for row in rows)
    rest = len(rows) - heads
    mixed = 0 < heads < len(rows)
    wide = min(max((broad - rest * LEAD) / heads, min(LEAD, broad / len(rows))), LARGEST * LEAD) if mixed else 0.0
    even = (broad - heads * wide) / rest if mixed else broad / len(rows)
    most = max(len(row.text) for row in rows if not (mixed and row.head))
    at = 0.0
    for row in rows:
        lead = wide if mixed and row.head else even
        pitch = min(long / len(row.text), lead) if mixed and row.head else long / most
        size = min(FACE * lead, 1.1 * pitch)
        if not row.head and most > CROSSHEAD and len(rows) > DECK:
            size = min(size, PITCH)  # however far apart verses are printed, their type is that of the text
        length = len(row.text) * pitch
        start = 0.0
        if row.head and mixed:
            start = (long - length) / 2
        elif row.first and not row.head and len(row.text) < most:
            start = pitch
        side = (lead - size) / 2
        if level:
            x1 = poly.x1 - start
            top, left = poly.y0 + at + side, min(x1 - size, max(poly.x0, x1 - length))
            yield Set(row.text, (left, top, x1, top + size), size)
        else:
            top, right = poly.y0 + start, poly.x1 - at - side
            yield Set(row.text, (right - size, top, right, max(top + size, min(poly.y1, top + length))), size)
        at += lead


def given(one: Made, variant: str) -> Given:
    """Return a fold as a PAGE file, and the number of each of its lines in the truth."""
    chance = random.Random(one.scan.name)
    root = etree.Element(f"{{{_PAGE}}}PcGts", nsmap={None: _PAGE})
    page = etree.SubElement(root, f"{{{_PAGE}}}Page", imageWidth=str(WIDTH), imageHeight=str(HEIGHT))
    numbered: list[list[tuple[int, Set]]] = []
    count = 0
    for lines in one.polys:
        numbered.append([(count + n, line) for n, line in enumerate(lines, 1)])
        count += len(lines)
    if variant == "lines":
        numbered = [[line for lines in numbered for line in lines]]
        chance.shuffle(numbered[0])
    chance.shuffle(numbered)
    for picture in one.pictures:
        region = etree.SubElement(page, f"{{{_PAGE}}}ImageRegion")
        _coords(region, picture[1:5])
    for lines in numbered:
        region = etree.SubElement(page, f"{{{_PAGE}}}TextRegion")
        left, top, right, foot = zip(*(line.box for _, line in lines), strict=True)
        _coords(region, (min(left), min(top), max(right), max(foot)))
        for _, line in lines:
            element = etree.SubElement(region, f"{{{_PAGE}}}TextLine")
            _coords(element, line.box)
            text = etree.SubElement(element, f"{{{_PAGE}}}TextEquiv")
            etree.SubElement(text, f"{{{_PAGE}}}Unicode").text = line.text
    data = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return Given(data, tuple(n for lines in numbered for n, _ in lines))


def _coords(parent: etree._Element, box: tuple[float, float, float, float]) -> None:
    x0, y0, x1, y1 = (round(v) for v in box)
    points = f"{x0},{y0} {x1},{y0} {x1},{y1} {x0},{y1}"
    etree.SubElement(parent, f"{{{_PAGE}}}Coords", points=points)
