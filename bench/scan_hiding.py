"""Scanned pages as engines and people leave them that know no blocks: one block of all lines, or one region of PAGE."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bench.scan_ours import Given
from bench.scan_truth import Sheet

from relayout.readers.markup import children, inside, local, number, root

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

BASE = 0.2  # of the height of a line is under its baseline


def merged(sheet: Sheet) -> Given:
    """Give an ALTO page all of whose lines stand in one block, in the order of the file."""
    return _alto(sheet, shuffled=False)


def shuffled(sheet: Sheet) -> Given:
    """Give an ALTO page all of whose lines stand in one block, in a chance order that is always the same."""
    return _alto(sheet, shuffled=True)


def transkribus(sheet: Sheet) -> Given:
    """Give the lines of an ALTO page as PAGE: one region over the page, of the lines only baselines, from the top down.

    A baseline stands a fifth of the height of its line over the foot of it. The ``ReadingOrder`` names the region.
    """
    tree = root(sheet.path.read_bytes(), sheet.path.name)
    page = next(inside(tree, "Page"))
    wide, high = number(page, "WIDTH") or 0, number(page, "HEIGHT") or 0
    lines = sorted(_lines(tree), key=lambda one: (number(one[1], "VPOS") or 0, number(one[1], "HPOS") or 0))
    found = []
    for n, (_, line) in enumerate(lines):
        left, top = number(line, "HPOS") or 0, number(line, "VPOS") or 0
        foot = top + (1 - BASE) * (number(line, "HEIGHT") or 0)
        base = f"{left:.0f},{foot:.0f} {left + (number(line, 'WIDTH') or 0):.0f},{foot:.0f}"
        found.append(
            f'<TextLine id="l{n}" custom="readingOrder {{index:{n};}}"><Baseline points="{base}"/>'
            f"<TextEquiv><Unicode>{_escaped(_said(line))}</Unicode></TextEquiv></TextLine>"
        )
    corners = f"0,0 {wide:.0f},0 {wide:.0f},{high:.0f} 0,{high:.0f}"
    data = (
        f'<PcGts><Page imageWidth="{wide:.0f}" imageHeight="{high:.0f}"><ReadingOrder><OrderedGroup id="ro">'
        f'<RegionRefIndexed index="0" regionRef="r1"/></OrderedGroup></ReadingOrder><TextRegion id="r1" '
        f'custom="readingOrder {{index:0;}}"><Coords points="{corners}"/>{"".join(found)}</TextRegion></Page></PcGts>'
    )
    return Given(data.encode(), tuple(n for n, _ in lines))


def _alto(sheet: Sheet, *, shuffled: bool) -> Given:
    from lxml import etree

    tree = root(sheet.path.read_bytes(), sheet.path.name)
    lines = list(_lines(tree))
    if shuffled:
        random.Random(sheet.path.name).shuffle(lines)
    space = next(inside(tree, "PrintSpace"))
    for child in list(children(space)):
        if local(child) in ("TextBlock", "ComposedBlock"):
            space.remove(child)
    block = etree.SubElement(space, space.tag.replace("PrintSpace", "TextBlock"), ID="all")
    block.extend(line for _, line in lines)
    return Given(etree.tostring(tree, xml_declaration=True, encoding="UTF-8"), tuple(n for n, _ in lines))


def _lines(tree: Element) -> Iterator[tuple[int, Element]]:
    """Yield the lines with text, each with its number."""
    found = (line for block in inside(tree, "TextBlock") for line in children(block, "TextLine") if _said(line))
    return enumerate(found, 1)


def _said(line: Element) -> str:
    said = ""
    for word in children(line, "String", "HYP"):
        said += word.get("CONTENT", "").strip() if local(word) == "HYP" else f" {word.get('CONTENT', '').strip()}"
    return " ".join(said.split())


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
