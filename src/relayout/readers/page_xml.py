"""Reads PAGE XML, 2010 to 2019, and what Transkribus, eScriptorium and OCR-D write by that name.

Source: PRImA PAGE content schemas 2010-03-19 to 2019-07-15. Lines stand in the order of
the file; a ``ReadingOrder`` says in which order its regions are read, types and marks what they are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from relayout.chars import ink
from relayout.errors import InputError
from relayout.imprint import Box, Shape
from relayout.model import Note, Outcome, Page, Reading, Source
from relayout.readers import origin
from relayout.readers.baselines import above, evened
from relayout.readers.beginning import begins
from relayout.readers.marks import Marks, issue_of, pictured, refs, within
from relayout.readers.markup import MOST_WORDS, children, local, number, root, words_in
from relayout.readers.placing import FARTHEST, Found, box_of, tall
from relayout.readers.settling import glued, settled
from relayout.readers.surety import Span, average, spans
from relayout.readers.telling import Named, Said, articles, dangling, in_order, of_shapes, roles
from relayout.readers.wishes import Wishes
from relayout.roles import Form, Level, Order
from relayout.told import ToldArticle

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_PICTURES = {"ImageRegion", "GraphicRegion", "LineDrawingRegion", "ChartRegion", "MapRegion"}
_CLEARLY = 1.2  # times its polygon is a baseline wide: the polygon is broken (Reichsanzeiger 1889)
_STRAIGHT = 1.2  # times its thickness is a straightened line high at most
Points = list[tuple[float, float]]


class _Seen(NamedTuple):
    """What is gathered of a page."""

    found: list[Found]
    blocks: dict[int, Box | None]
    shapes: list[Shape]
    notes: list[Note]
    number: int
    ids: dict[str, int]
    tables: dict[int, int]  # the cells of a table, and the table, by their blocks
    named: dict[str, Named]
    drawn: list[str]  # the ids of the shapes


def sniff(data: bytes) -> bool:
    """Say whether ``data`` is PAGE XML: its first element is ``PcGts``, with any prefix.

    >>> sniff(b"<?xml version='1.0'?><!-- a --><pc:PcGts xmlns:pc='x'/>"), sniff("<專題>".encode())
    (True, False)
    """
    return begins(data) == "pcgts"


def read(data: bytes, name: str, wishes: Wishes) -> Outcome[Reading]:  # noqa: ARG001
    """Read PAGE XML; lengths are pixels. Raises :class:`InputError` for what is no XML, too large, or has no text."""
    pages: list[Page] = []
    told: list[ToldArticle] = []
    notes = [Note("read", "read as PAGE XML", "its first element is PcGts")]
    for at, element in enumerate(children(root(data, name), "Page"), 1):
        page, units, more = _page(element, at, name)
        notes += more
        if page:
            pages.append(page)
            told += units
    if not pages:
        raise InputError(f"{name}: its PAGE XML holds no text", "run OCR on its picture first")
    source = Source(PurePath(name).name, hashlib.sha256(data).hexdigest(), "page")
    return Outcome(Reading(source, tuple(pages), told=tuple(told)), tuple(notes))


def _page(element: Element, at: int, name: str) -> tuple[Page | None, tuple[ToldArticle, ...], list[Note]]:
    wide, high = number(element, "imageWidth"), number(element, "imageHeight")
    box = Box(0, 0, wide, high) if wide and high and 0 < wide <= FARTHEST and 0 < high <= FARTHEST else None
    seen = _Seen([], {}, [], [], at, {}, {}, {}, [])
    _region(element, seen, Marks(), upright=_directed(element))
    if sum(words_in(one.raw) for one in seen.found) > MOST_WORDS:
        raise InputError(f"{name}: page {at} has more than {MOST_WORDS:,} words", "give one page, not the whole volume")
    lines, box, notes, sure, _ = settled(evened(seen.found), seen.blocks, box, at)
    if not lines:
        why = "no text is found on it"
        return None, (), [*seen.notes, Note("read", f"page {at} is left out", why, 1.0, Level.DOUBT)]
    shapes = tuple(seen.shapes) if box else ()
    printed = [one for one in seen.found if ink(one.raw)]
    blocks, groups, order = _blocks(element, seen, printed)
    figured = pictured(element)
    shown = {seen.ids[ref]: n for ref, n in figured.items() if ref in seen.ids}
    more = [(one.role, one.block, one.goes_on, shown.get(one.block, 0)) for one in printed]
    said = [Said(one.article or groups.get(one.block, ""), *rest) for one, rest in zip(printed, more, strict=True)]
    said = of_shapes(said, {figured[one]: one for one in seen.drawn if one in figured}, seen.drawn)
    read_in = in_order(len(said), blocks if order is Order.READING else ())
    told = articles((((at, n), said[n - 1]) for n in read_in), seen.named, issue_of(element.get("custom", "")))
    page = Page(at, lines, box, "px", shapes, roles=roles(said), sure=sure, names=origin.of_page(element), scanned=True)
    return replace(page, blocks=blocks, order=order) if box else page, told, [*seen.notes, *notes]


def _blocks(
    page: Element, seen: _Seen, printed: Sequence[Found]
) -> tuple[tuple[tuple[int, ...], ...], dict[int, str], Order]:
    """Return the numbers of the lines of each region, a table being one, in the ``ReadingOrder`` or that of the file.

    Regions that it does not name come last, in the order of the file. With the articles that its groups are, by region.
    """
    order = next(children(page, "ReadingOrder"), None)
    blocks: dict[int, list[int]] = {}
    groups: dict[int, str] = {}
    lost = [""]
    for ref, article, named in refs(order) if order is not None else ():
        if ref not in seen.ids:
            lost += [ref] if ref else []
            continue
        blocks.setdefault(seen.ids[ref], [])
        if article:
            groups.setdefault(seen.ids[ref], article)
            seen.named[article] = named
    seen.notes.extend(dangling(len(lost) - 1, f"references of the reading order of page {seen.number}", lost[-1]))
    known = Order.READING if blocks else Order.CHANCE
    for n, one in enumerate(printed, 1):
        blocks.setdefault(seen.tables.get(one.block, one.block), []).append(n)
    return tuple(tuple(numbers) for numbers in blocks.values() if numbers), groups, known


def _region(element: Element, seen: _Seen, outer: Marks, *, upright: bool | None) -> None:
    """Gather the lines and shapes of a region and of all that is in it, in the order of the file."""
    own = within(element, outer, seen.named)
    said = _directed(element)
    upright = upright if said is None else said
    box = box_of(_points(element, "Coords"))
    kind = local(element)
    if box and kind in _PICTURES | {"SeparatorRegion"}:
        seen.shapes.append(Shape(Form.IMAGE if kind in _PICTURES else Form.RULE, box))
        seen.drawn.append(element.get("id", ""))
    block = len(seen.blocks)
    seen.blocks[block] = box
    if ident := element.get("id", ""):  # a group of the ReadingOrder that refers to no region refers to ""
        seen.ids.setdefault(ident, block)
    before = len(seen.found)
    lines: list[Element] = []
    for child in children(element):
        what = local(child)
        if what == "TextLine":
            lines.append(child)
        elif what == "TableCell" or what.endswith("Region"):
            _lines(lines, element, seen, block, upright, own)
            lines = []
            _region(child, seen, own, upright=upright)
    _lines(lines, element, seen, block, upright, own)
    if kind == "TableRegion":
        seen.tables.update(dict.fromkeys(range(block + 1, len(seen.blocks)), block))
    text = _equivalent(element)
    if text and len(seen.found) == before:
        _pieces(text.splitlines(), box, seen, block, upright)
        seen.found[before:] = [one._replace(article=own.article, role=own.role) for one in seen.found[before:]]


def _lines(
    lines: Sequence[Element], region: Element, seen: _Seen, block: int, upright: bool | None, outer: Marks
) -> None:
    if not lines:  # between two regions, of which a page may have 50,000
        return
    texts = [_equivalent(line) or glued(filter(None, map(_word, children(line, "Word")))) for line in lines]
    if not any(texts):
        own = _split(_equivalent(region))
        if len(own) != len(lines):
            return  # the text of the region, if it has one, is cut at its line ends
        texts = own
    elif not all(texts):
        own = _split(_equivalent(region))
        if len(own) == len(lines) and all(text in ("", one) for text, one in zip(texts, own, strict=True)):
            texts = own
        else:
            what = f"{sum(not text for text in texts)} lines of region {region.get('id', '')} hold no text"
            seen.notes.append(Note("read", what, f"they are left out of page {seen.number}", 1.0, Level.DOUBT))
    for line, text in zip(lines, texts, strict=True):
        if text:
            said = _directed(line)
            told = within(line, outer, seen.named)
            found = _placed(line, text, block, upright if said is None else said)
            seen.found.append(
                found._replace(article=told.article, role=told.role, goes_on=told.goes_on, sure=_sure(line, text))
            )


def _placed(line: Element, text: str, block: int, upright: bool | None) -> Found:
    """Return a line with the box of its polygon, made straight where it is skewed, or of its baseline."""
    polygon, base = _points(line, "Coords"), _points(line, "Baseline")
    box = box_of(polygon)
    ground = [x for x, _ in base] if len(base) > 1 else []
    drawn = max(ground) - min(ground) if ground else 0.0
    if drawn and abs(base[-1][1] - base[0][1]) < drawn and (not box or drawn > _CLEARLY * max(box.width, box.height)):
        raised, size = above(base, text)
        level = None if box else sum(y for _, y in base) / len(base)
        return Found(text, raised, 0.0 if box else size, False if raised else upright, block, level=level)
    if not box:
        return Found(text, None, 0.0, upright, block)
    shaped = tall(text, box)
    vertical = upright if shaped is None else shaped
    long = box.height if vertical else box.width
    thick = min(_area(polygon) / long, box.width if vertical else box.height)
    if vertical or thick <= 0:
        return Found(text, box, max(thick, 0.0), vertical, block)
    # A line that is 1000 pixels wide on a page that is skewed by a degree has a box twice as high as itself.
    middle = (box.y0 + box.y1) / 2
    half = min(box.height, _STRAIGHT * thick) / 2
    return Found(text, Box(box.x0, middle - half, box.x1, middle + half), thick, vertical, block)


def _pieces(texts: Sequence[str], box: Box | None, seen: _Seen, block: int, upright: bool | None) -> None:
    """Add the lines of a region that has none: slices of its box, from the right where it is vertical."""
    high = box.height / len(texts) if box else 0.0
    wide = box.width / len(texts) if box else 0.0
    for at, text in enumerate(texts):
        if not text.strip():
            continue
        one = None
        if box and upright:
            one = Box(box.x1 - (at + 1) * wide, box.y0, box.x1 - at * wide, box.y1)
        elif box:
            one = Box(box.x0, box.y0 + at * high, box.x1, box.y0 + (at + 1) * high)
        if upright is None and one and len(texts) == 1:
            upright = tall(text, one)
        seen.found.append(Found(text, one, wide if upright else high, upright, block))


def _directed(element: Element) -> bool | None:
    """Say what an element says of its direction: ``True`` for vertical, ``None`` where it says nothing.

    ``left-to-right`` says nothing: writers give it to all regions.
    """
    if element.get("readingDirection", "") in ("top-to-bottom", "bottom-to-top"):
        return True
    for name in ("orientation", "readingOrientation"):
        angle = number(element, name)
        if angle is not None and 45 < abs(angle) < 135:  # it lies on its side
            return True
    return None


def _equivalent(element: Element) -> str:
    """Return the text of an element, by :func:`_reading`."""
    return _reading(element)[0]


def _reading(element: Element) -> tuple[str, float | None]:
    """Return the first of the readings of an element, by ``index``, or in the order of the file, and its ``conf``."""
    found = []
    for at, one in enumerate(children(element, "TextEquiv")):
        texts = [child.text or "" for kind in ("Unicode", "PlainText") for child in children(one, kind)]
        text = next(filter(str.strip, texts), "")
        if text:
            index = number(one, "index")
            found.append((-1.0 if index is None else index, at, text, number(one, "conf")))
    return min(found)[2:] if found else ("", None)


def _sure(line: Element, text: str) -> tuple[Span, ...]:
    """Return how sure the engine is of the words of a line, by their glyphs where it says no more, else of the line."""
    words = [(_word(word), _of_word(word)) for word in children(line, "Word")]
    found = spans(text, words) if any(sure is not None for _, sure in words) else ()
    whole = _reading(line)[1]
    return found or (((0, len(text), whole),) if whole is not None else ())


def _of_word(word: Element) -> float | None:
    sure = _reading(word)[1]
    return average(_reading(glyph)[1] for glyph in children(word, "Glyph")) if sure is None else sure


def _word(word: Element) -> str:
    return _equivalent(word) or "".join(_equivalent(glyph) for glyph in children(word, "Glyph"))


def _split(text: str) -> list[str]:
    return [one for one in text.splitlines() if one.strip()]


def _points(element: Element, name: str) -> Points:
    """Return the points of a polygon or baseline: ``points="x,y x,y"``, or ``Point`` elements (2010)."""
    for child in children(element, name):
        pairs = [pair.split(",") for pair in child.get("points", "").split()]
        pairs = pairs or [[point.get("x", ""), point.get("y", "")] for point in children(child, "Point")]
        try:
            return [(float(x), float(y)) for x, y in pairs]
        except ValueError:
            return []
    return []


def _area(polygon: Points) -> float:
    """Return the area of a polygon: over its length, it is the thickness of a line, whatever its spikes and skew."""
    return abs(sum(x * v - u * y for (x, y), (u, v) in zip(polygon, [*polygon[1:], polygon[0]], strict=True))) / 2
