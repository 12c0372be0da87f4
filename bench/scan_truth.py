"""Scanned pages and what is known of them: the lines of ALTO and PAGE files, articles by METS, order by PAGE.

A line is known by its page and its number: the ``TextLine`` elements with text, in the order of the file, from 1. That
is how the readers of relayout number lines, so a prediction can be given as tuples of such keys. Truth is in the METS
that the library gave: the outermost ``ARTICLE`` or advertisement, the blocks that its areas name, and those of the
physical parts that ``structLink`` ties to it, on whatever page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from relayout.readers.markup import children, inside, local, number, root

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Key = tuple[int, int]  # page, number of the line on it; both from 1
Unit = tuple[Key, ...]
KINDS = frozenset({"ARTICLE", "ADVERTISEMENT", "ADVERT", "AD"})
ASIDE = frozenset({"header", "footer", "page-number", "signature-mark", "catch-word"})  # no part of reading
_XLINK = "{http://www.w3.org/1999/xlink}"
_CELL = re.compile(r"structure \{[^}]*type:T\d+C\d+;")
_POINT = re.compile(r"(-?\d+),(-?\d+)")


class Row(NamedTuple):
    """A line: its key, its text, its height in units of the page."""

    key: Key
    text: str
    height: float

    @property
    def weight(self) -> int:
        """Its characters without white space."""
        return len("".join(self.text.split()))


class Block(NamedTuple):
    """A block of ALTO or a region of PAGE: left, top, right, bottom in units of the page, its type, its lines."""

    id: str
    box: tuple[float, float, float, float]
    kind: str
    rows: tuple[Row, ...]

    @property
    def height(self) -> float:
        """The height of its lines (median)."""
        return median(row.height for row in self.rows)


class Sheet(NamedTuple):
    """A page: its file, its height, its blocks with text in the order of the file; the lines inside each id."""

    path: Path
    height: float
    blocks: tuple[Block, ...]
    named: dict[str, tuple[Key, ...]]

    @property
    def rows(self) -> tuple[Row, ...]:
        """Its lines, in the order of the file."""
        return tuple(row for block in self.blocks for row in block.rows)


class Scan(NamedTuple):
    """An issue: name, pages, articles (keys of lines in reading order), METS file, lines of headings."""

    name: str
    sheets: tuple[Sheet, ...]
    units: tuple[Unit, ...]
    path: Path = Path()
    headings: frozenset[Key] = frozenset()

    @property
    def weights(self) -> dict[Key, int]:
        """The characters of every line."""
        return {row.key: row.weight for sheet in self.sheets for row in sheet.rows}


class Ordered(NamedTuple):
    """A page of PAGE: the page, its regions in reading order, and which of them are headings or cells of tables."""

    sheet: Sheet
    regions: tuple[Unit, ...]
    headings: frozenset[Key]
    cells: frozenset[Key]


def alto(path: Path, page: int = 1) -> Sheet:
    """Read a page of ALTO; raises :class:`relayout.errors.InputError` for what is no XML."""
    tree = root(path.read_bytes(), path.name)
    blocks: list[Block] = []
    named: dict[str, list[Key]] = {}
    count = 0
    for element in inside(tree, "TextBlock"):
        rows: list[Row] = []
        for line in children(element, "TextLine"):
            words = [word for word in children(line, "String", "HYP") if word.get("CONTENT", "").strip()]
            if not words:
                continue
            count += 1
            text = " ".join(word.get("CONTENT", "") for word in words)
            rows.append(Row((page, count), text, number(line, "HEIGHT") or 0))
            for owner in (*words, line, *line.iterancestors()):
                if owner.get("ID"):
                    named.setdefault(owner.get("ID", ""), []).append((page, count))
        if rows:
            left, top = number(element, "HPOS") or 0, number(element, "VPOS") or 0
            right, bottom = left + (number(element, "WIDTH") or 0), top + (number(element, "HEIGHT") or 0)
            blocks.append(Block(element.get("ID", ""), (left, top, right, bottom), "", tuple(rows)))
    height = next((number(p, "HEIGHT") for p in inside(tree, "Page")), 0) or max([b.box[3] for b in blocks], default=1)
    return Sheet(path, height, tuple(blocks), {name: tuple(keys) for name, keys in named.items()})


def mets(path: Path) -> Scan:
    """Read an issue by its METS: the ALTO files that it lists and that stand near it, and its articles."""
    tree = root(path.read_bytes(), path.name)
    sheets: dict[str, Sheet] = {}
    for file in inside(tree, "file"):
        for place in children(file, "FLocat"):
            near = _near(path, place.get(f"{_XLINK}href", ""))
            if near and near not in (sheet.path for sheet in sheets.values()):
                sheets[file.get("ID", "")] = alto(near, len(sheets) + 1)
    divs = {div.get("ID", ""): div for div in inside(tree, "div")}
    links = _links(tree)
    taken: set[Key] = set()
    units: list[Unit] = []
    for div in _outermost(tree):
        keys: list[Key] = []
        for part in inside(div, "div"):
            for owner in (part, *(divs[to] for to in links.get(part.get("ID", ""), ()) if to in divs)):
                keys += [key for key in _areas(owner, sheets, owner is part) if key not in taken]
                taken.update(keys)
        if keys:
            units.append(tuple(dict.fromkeys(keys)))
    heads = {key for div in _headings(tree) for part in inside(div, "div") for key in _areas(part, sheets, True)}
    heads = heads or _titled(tree, tuple(sheets.values()), units)
    return Scan(path.name.removesuffix(path.suffix), tuple(sheets.values()), tuple(units), path, frozenset(heads))


def _headings(tree: Element) -> Iterator[Element]:
    for div in _outermost(tree):
        yield from (part for part in inside(div, "div") if part.get("TYPE", "").upper() == "HEADING")


def _titled(tree: Element, sheets: Sequence[Sheet], units: Iterable[Unit]) -> set[Key]:
    """Return the lines of the blocks that begin an article and read as a title in its metadata."""
    titles = {"".join((title.text or "").split()) for title in inside(tree, "title")}
    blocks = {row.key: block for sheet in sheets for block in sheet.blocks for row in block.rows}
    found: set[Key] = set()
    for block in (blocks[unit[0]] for unit in units):
        if "".join("".join(row.text for row in block.rows).split()) in titles:
            found.update(row.key for row in block.rows)
    return found


def _near(path: Path, href: str) -> Path | None:
    """Return the ALTO file that an address of the METS means: by its name, beside it or one folder below."""
    name = href.replace("\\", "/").rpartition("/")[2]
    if not name.lower().endswith(".xml") or name == path.name:
        return None
    return next((p for p in (path.parent / name, *sorted(path.parent.glob(f"*/{name}"))) if p.is_file()), None)


def _outermost(tree: Element) -> Iterator[Element]:
    for div in inside(tree, "div"):
        kinds = [a.get("TYPE", "").upper() for a in div.iterancestors() if local(a) == "div"]
        if div.get("TYPE", "").upper() in KINDS and not KINDS.intersection(kinds):
            yield div


def _links(tree: Element) -> dict[str, list[str]]:
    """Return what ``structLink`` ties to each logical part: by ``smLink``, or by arcs between the labels of a group."""
    found: dict[str, list[str]] = {}
    for link in inside(tree, "smLink"):
        found.setdefault(_target(link, "from"), []).append(_target(link, "to"))
    for group in inside(tree, "smLinkGrp"):
        ids = {loc.get(f"{_XLINK}label", ""): _target(loc, "href") for loc in children(group, "smLocatorLink")}
        for arc in children(group, "smArcLink"):
            ends = [ids.get(_target(arc, end), "") for end in ("from", "to")]
            found.setdefault(ends[0], []).append(ends[1])
    return found


def _target(link: Element, name: str) -> str:
    return str(link.get(f"{_XLINK}{name}", "")).removeprefix("#")


def _areas(div: Element, sheets: dict[str, Sheet], own: bool) -> Iterator[Key]:
    """Yield the lines that the areas of a part name, whole or from one id to another; ``own``: not those deeper."""
    areas = (a for f in children(div, "fptr") for a in inside(f, "area")) if own else inside(div, "area")
    for area in areas:
        sheet = sheets.get(area.get("FILEID", ""))
        first = sheet.named.get(area.get("BEGIN", ""), ()) if sheet else ()
        last = sheet.named.get(area.get("END") or area.get("BEGIN", ""), ()) if sheet else ()
        if sheet and first and last:
            yield from (row.key for row in sheet.rows if first[0] <= row.key <= last[-1])


def page(path: Path) -> Ordered:
    """Read a page of PAGE XML with its reading order; regions that the order does not name are left out of it."""
    tree = root(path.read_bytes(), path.name)
    owners: dict[Element, list[Row]] = {}
    named: dict[str, list[Key]] = {}
    cells: set[Key] = set()
    for line in inside(tree, "TextLine"):
        if not (text := said(line)):
            continue
        key = (1, sum(map(len, owners.values())) + 1)
        box = _hull(line)
        around = list(line.iterancestors())
        owners.setdefault(around[0], []).append(Row(key, text, box[3] - box[1]))
        for owner in around:
            if owner.get("id"):
                named.setdefault(owner.get("id", ""), []).append(key)
        # Transkribus has tables as TableCell, and as regions of their own whose type tells table and column.
        if any(local(a) == "TableRegion" for a in around) or _CELL.search(around[0].get("custom", "")):
            cells.add(key)
    blocks = tuple(
        Block(owner.get("id", ""), _hull(owner), owner.get("type", ""), tuple(rows)) for owner, rows in owners.items()
    )
    by_id = {name: tuple(keys) for name, keys in named.items()}
    taken = {row.key for block in blocks if block.kind in ASIDE for row in block.rows}
    regions: list[Unit] = []
    for ref in _refs(tree):
        if region := tuple(key for key in by_id.get(ref, ()) if key not in taken):
            regions.append(region)
            taken.update(region)
    heads = frozenset(row.key for block in blocks if block.kind == "heading" for row in block.rows)
    height = next((number(p, "imageHeight") for p in inside(tree, "Page")), 0) or 1
    return Ordered(Sheet(path, height, blocks, by_id), tuple(regions), heads, frozenset(cells))


def _refs(tree: Element) -> Iterator[str]:
    """Yield the regions of the reading order, groups within groups, by their index."""
    for group in inside(tree, "ReadingOrder"):
        yield from _indexed(group)


def _indexed(group: Element) -> Iterator[str]:
    for child in sorted(children(group), key=lambda c: number(c, "index") or 0):
        if child.get("regionRef"):
            yield child.get("regionRef", "")
        yield from _indexed(child)


def said(line: Element) -> str:
    """Return the text of a line of PAGE: its first reading."""
    readings = sorted(children(line, "TextEquiv"), key=lambda e: number(e, "index") or 0)
    texts = [(u.text or "").strip() for reading in readings for u in children(reading, "Unicode")]
    return next((text for text in texts if text), "")


def _hull(element: Element) -> tuple[float, float, float, float]:
    points: Sequence[tuple[str, str]] = [
        p for c in children(element, "Coords") for p in _POINT.findall(c.get("points", ""))
    ]
    xs, ys = [float(x) for x, _ in points] or [0.0], [float(y) for _, y in points] or [0.0]
    return min(xs), min(ys), max(xs), max(ys)
