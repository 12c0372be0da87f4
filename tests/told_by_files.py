"""A small reader of what relayout writes as PAGE, ALTO and METS: the issue again, by what the files say of articles.

It takes lines and places from the readers of relayout, and only the structure from the files itself.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from relayout import readers
from relayout.counting import renumbered
from relayout.model import Article, Figure, Issue, Line, Page, Paragraph, Place, Source
from relayout.readers.wishes import Wishes
from relayout.roles import Joint, Kind, Role
from relayout.signals.lexical import joint
from relayout.writers.mets_logic import KINDS, TYPES

_PARTS = {kind: role for role, kind in TYPES.items()}
_UNITS = {kind: unit for unit, kind in KINDS.items()}
_FIGURED = ("caption", "credit")


class Units:
    """Gathers units in order; what goes on from the part before is one with it."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.kinds: dict[str, Kind] = {}
        self.parts: dict[str, list[tuple[Role, list[Line]]]] = {}
        self.figures: dict[str, list[tuple[str, int, list[tuple[Role, list[Line]]]]]] = {}
        self.furniture: list[tuple[Role, list[Line]]] = []
        self.titles: dict[str, str] = {}
        self.torn: set[Place] = set()

    def unit(self, ident: str, kind: Kind) -> None:
        if ident not in self.kinds:
            self.kinds[ident], self.parts[ident], self.figures[ident] = kind, [], []

    def add(self, ident: str, role: Role, lines: list[Line], *, goes_on: bool = False) -> None:
        into = self.parts[ident] if ident else self.furniture
        self._add(into, role, lines, goes_on=goes_on)

    def shown(self, ident: str, picture: str, page: int, role: Role, lines: list[Line], *, goes_on: bool) -> None:
        figures = self.figures[ident]
        if not figures or figures[-1][:2] != (picture, page):
            figures.append((picture, page, []))
        self._add(figures[-1][2], role, lines, goes_on=goes_on)

    @staticmethod
    def _add(into: list[tuple[Role, list[Line]]], role: Role, lines: list[Line], *, goes_on: bool) -> None:
        if goes_on and into and into[-1][0] is role:
            into[-1][1].extend(lines)
        else:
            into.append((role, list(lines)))

    def issue(self, pages: Iterable[Page], boxes: Mapping[tuple[int, str], object], source: Source, lang: str) -> Issue:
        articles = tuple(
            Article(
                tuple(made(*part, self.titles.get(ident, ""), self.torn) for part in self.parts[ident]),
                kind,
                tuple(
                    Figure(
                        tuple(made(*part, "", self.torn) for part in parts),
                        box=boxes.get((page, picture.partition(" ")[2])),
                    )
                    for picture, page, parts in self.figures[ident]
                ),
                ident,
            )
            for ident, kind in self.kinds.items()
        )
        return Issue(
            source, tuple(pages), articles, tuple(made(*part, "", self.torn) for part in self.furniture), lang=lang
        )


def made(role: Role, lines: list[Line], title: str = "", torn: Container[Place] = ()) -> Paragraph:
    """Make a paragraph; ``title`` tells which lines of a headline are parted, ``torn`` are lines that tear a word."""
    pairs = list(pairwise(lines))
    if role is Role.ROW:
        joints = [Joint.CELL for _ in pairs]
    elif torn:
        joints = [Joint.HYPHEN_GONE if a.place in torn else _kept(joint(a.text, b.text)) for a, b in pairs]
    else:
        joints = [Joint.SPACE if f"{a.text} {b.text}" in title else joint(a.text, b.text) for a, b in pairs]
    return Paragraph(tuple(lines), tuple(joints), role)


def _kept(said: Joint) -> Joint:
    return Joint.HYPHEN_KEPT if said is Joint.HYPHEN_GONE else said


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _inside(element: etree._Element, name: str) -> list[etree._Element]:
    return list(element.iter(f"{{*}}{name}"))


def _pages(files: Mapping[str, bytes], ending: str) -> list[tuple[Page, etree._Element]]:
    """Read the files of the pages of an issue, each by its number, in order."""
    found = []
    for name, data in files.items():
        if match := re.search(rf"-p(\d+)\.{ending}\.xml$", name):
            read = readers.read(data, name).value.pages
            page = read[0] if read else Page(int(match[1]), ())
            found.append((renumbered(page, int(match[1])), etree.fromstring(data)))
    return sorted(found, key=lambda one: one[0].number)


def page(files: Mapping[str, bytes], source: Source, lang: str = "und") -> Issue:
    units, boxes = Units(), {}
    sheets = _pages(files, "page")
    for sheet, root in sheets:
        lines = iter(sheet.lines)
        regions = {}
        for region in _inside(root, "TextRegion"):
            custom = region.get("custom", "")
            role = re.search(r"relayout \{role:([\w-]+);", custom)
            said = {
                "heading": "head",
                "paragraph": "p",
                "credit": "credit",
                "caption": "caption",
                "floating": "display",
            }
            known = Role(role[1] if role else said.get(region.get("type", ""), "furniture"))
            own = [next(lines) for _ in _inside(region, "TextLine")]
            regions[region.get("id")] = (known, own, region.get("continuation") == "true")
        assert next(lines, None) is None
        pictures = [shape for shape in sheet.shapes if shape.form.value == "image"]
        idents = [region.get("id") for region in _inside(root, "ImageRegion")]
        boxes |= {(sheet.number, ident): shape.box for ident, shape in zip(idents, pictures, strict=True)}
        owners: dict[str, str] = {}
        for group in _inside(root, "ReadingOrder")[0][0] if _inside(root, "ReadingOrder") else ():
            if _local(group) == "RegionRefIndexed":
                role_, own, on = regions[group.get("regionRef")]
                units.add("", role_, own, goes_on=on)
                continue
            kind = re.search(r"relayout \{kind:(\w+);", group.get("custom", ""))
            ident = group.get("id")
            units.unit(ident, Kind(kind[1]) if kind else Kind.ARTICLE)
            units.titles[ident] = group.get("caption", "")
            told = f"structure {{id:{ident}; type:article;}}"
            for ref in group.iter("{*}RegionRefIndexed"):
                target = ref.get("regionRef")
                figure = ref.getparent() if ref.getparent() is not group else None
                if target not in regions:
                    continue
                role_, own, on = regions[target]
                if figure is not None:
                    units.shown(
                        ident, f"{figure.get('id')} {figure[0].get('regionRef')}", sheet.number, role_, own, goes_on=on
                    )
                else:
                    units.add(ident, role_, own, goes_on=on)
            if units.kinds[ident] is not Kind.UNASSIGNED:
                assert told in group.get("custom")
                owners |= {r.get("regionRef"): told for r in group.iter("{*}RegionRefIndexed")}
        for region in _inside(root, "TextRegion"):
            for line in _inside(region, "TextLine"):
                custom = line.get("custom").partition(" structure")
                assert (custom[1] + custom[2]).strip() == owners.get(region.get("id"), "")
    return units.issue([sheet for sheet, _ in sheets], boxes, source, lang)


def alto(files: Mapping[str, bytes], source: Source, lang: str = "und") -> Issue:
    units, boxes = Units(), {}
    sheets = _pages(files, "alto")
    for sheet, root in sheets:
        lines = iter(sheet.lines)
        roles = {
            tag.get("ID"): Role(tag.get("LABEL"))
            for tag in _inside(root, "LayoutTag")
            if tag.get("TYPE") != "continuation"
        }
        blocks = {}
        for block in _inside(root, "TextBlock"):
            tags = block.get("TAGREFS").split()
            own = []
            for line in _inside(block, "TextLine"):
                own.append(next(lines))
                if any(string.get("SUBS_TYPE") == "HypPart1" for string in line):
                    units.torn.add(own[-1].place)
            role = next(roles[tag] for tag in tags if tag in roles)
            blocks[block.get("ID")] = (role, own, "l-continuation" in tags, tags)
        assert next(lines, None) is None
        pictures = [shape for shape in sheet.shapes if shape.form.value == "image"]
        idents = [shape.get("ID") for shape in _inside(root, "Illustration")]
        boxes |= {(sheet.number, ident): shape.box for ident, shape in zip(idents, pictures, strict=True)}
        kinds = {}
        for tag in _inside(root, "StructureTag"):
            said = tag.get("DESCRIPTION") or tag.get("TYPE")
            kinds[tag.get("ID")] = Kind(said)
            units.titles[tag.get("ID")] = tag.get("LABEL")
        for group in _inside(root, "ReadingOrder")[0][0] if _inside(root, "ReadingOrder") else ():
            if _local(group) == "ElementRef":
                role, own, on, _ = blocks[group.get("REF")]
                units.add("", role, own, goes_on=on)
                continue
            ident = group.get("TAGREFS")
            units.unit(ident, kinds[ident])
            for ref in group.iter("{*}ElementRef"):
                figure = ref.getparent() if ref.getparent() is not group else None
                if ref.get("REF") not in blocks:
                    continue
                role, own, on, tags = blocks[ref.get("REF")]
                assert ident in tags
                if figure is not None:
                    units.shown(
                        ident, f"{figure.get('ID')} {figure[0].get('REF')}", sheet.number, role, own, goes_on=on
                    )
                else:
                    units.add(ident, role, own, goes_on=on)
    return units.issue([sheet for sheet, _ in sheets], boxes, source, lang)


def mets(path: Path, lang: str = "und") -> Issue:
    """Read a METS file and the ALTO beside it."""
    data = path.read_bytes()
    reading = readers.read(data, path.name, wishes=Wishes(folder=path.parent)).value
    root = etree.fromstring(data)
    meant: dict[tuple[str, str], list[Line]] = {}
    pictures: dict[tuple[str, str], tuple[int, object]] = {}
    boxes: dict[tuple[int, str], object] = {}
    files = {}
    for file in _inside(root, "file"):
        href = next(iter(_inside(file, "FLocat"))).get("{http://www.w3.org/1999/xlink}href")
        files[unquote(href)] = file.get("ID")
    for sheet in reading.pages:
        assert sheet.names is not None
        file = files[sheet.names.file]
        for line, (block, own) in zip(sheet.lines, sheet.names.lines, strict=True):
            for ident in {block, own} - {""}:
                meant.setdefault((file, ident), []).append(line)
        for shape, ident in zip(sheet.shapes, sheet.names.shapes, strict=True):
            pictures[file, ident] = (sheet.number, shape.box)
            boxes[sheet.number, f"{file} {ident}"] = shape.box
    units = Units()
    for division in _inside(root, "div"):
        if division.get("TYPE") in ("RUNNING_TITLE", "PAGE_NUMBER") and division.getparent().get("TYPE") == "PAGE":
            units.add("", Role.FURNITURE, _lines(division, meant))
    content = next(div for div in _inside(root, "div") if div.get("TYPE") == "CONTENT")
    described = {section.get("ID"): section for section in _inside(root, "dmdSec")}
    for division in content:
        ident = division.get("ID")
        genre = _inside(described[division.get("DMDID")], "genre")[0].text
        units.unit(ident, Kind(genre))
        units.titles[ident] = division.get("LABEL", "")
        assert _UNITS.get(division.get("TYPE"), Kind(genre)) is Kind(genre)
        for part in _inside(division, "div"):
            role = _PARTS.get(part.get("TYPE"))
            if role is None:
                continue
            figure = part.getparent() if part.getparent().get("TYPE") == "ILLUSTRATION" else None
            lines = _lines(part, meant)
            image = next((d for d in figure if d.get("TYPE") == "IMAGE"), None) if figure is not None else None
            if figure is not None:
                area = _inside(image, "area")[0] if image is not None else None
                key = f"{area.get('FILEID')} {area.get('BEGIN')}" if area is not None else ""
                units.shown(ident, f"{figure.get('ID')} {key}", lines[0].place.page, role, lines, goes_on=False)
            else:
                units.add(ident, role, lines)
    found = units.issue(reading.pages, boxes, reading.source, lang)
    return Issue(
        **{name: getattr(found, name) for name in found.__slots__} | {"title": reading.title, "date": reading.date}
    )


def _lines(division: etree._Element, meant: Mapping[tuple[str, str], list[Line]]) -> list[Line]:
    return [line for area in _inside(division, "area") for line in meant[area.get("FILEID"), area.get("BEGIN")]]
