"""What ALTO calls its page, blocks, lines and pictures, so that METS can point to them; of PAGE the picture."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from relayout.readers import markup
from relayout.told import ToldNames

_MOST = 100_000  # dots an inch

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


def named(page: Element, lines: Sequence[Element], shapes: Sequence[Element]) -> ToldNames:
    """Return the ids of a page, of its lines with their blocks, and of its shapes, all in order.

    An id that another element of these has, too, points nowhere, and is left empty.

    >>> text = b"<Page ID='p'><TextBlock ID='b'><TextLine ID='l'/><TextLine ID='l'/></TextBlock></Page>"
    >>> page = markup.root(text, "page.xml")
    >>> named(page, list(page[0]), ()).lines
    (('b', ''), ('b', ''))
    """
    blocks = [_block(line) for line in lines]
    once = {id(block): block for block in blocks if block is not None}
    counts = Counter(element.get("ID", "") for element in (page, *lines, *shapes, *once.values()))

    def kept(element: Element | None) -> str:
        ident = "" if element is None else element.get("ID", "")
        return ident if counts[ident] == 1 else ""

    pairs = tuple((kept(block), kept(line)) for block, line in zip(blocks, lines, strict=True))
    return ToldNames(page=kept(page), lines=pairs, shapes=tuple(map(kept, shapes)))


def _block(line: Element) -> Element | None:
    parent = line.getparent()
    return parent if parent is not None and markup.local(parent) == "TextBlock" else None


def of_file(names: ToldNames, root: Element, data: bytes, file: str) -> ToldNames:
    """Return the names with those of the file that they stand in: its own, its checksum, and that of its picture."""
    image = next((e.text or "" for e in markup.inside(root, "fileName")), "").strip()
    return replace(names, file=file, sha256=hashlib.sha256(data).hexdigest(), size=len(data), image=image[:500])


def runs_down(line: Element) -> bool | None:
    """Say whether a line runs down or up the page by its ``BASEDIRECTION`` or its block's; ``None`` where none says it.

    That a block runs from left to right says nothing: writers say it of all.

    >>> block = markup.root(b"<a BASEDIRECTION='ttb'><TextLine/><TextLine BASEDIRECTION='ltr'/></a>", "page.xml")
    >>> [runs_down(line) for line in block]
    [True, False]
    """
    own, block = line.get("BASEDIRECTION", ""), line.getparent()
    said = own or (block.get("BASEDIRECTION", "") if block is not None else "")
    return said in ("ttb", "btt") if own or said in ("ttb", "btt") else None


def of_page(page: Element) -> ToldNames:
    """Return the picture that a page of PAGE is of, and its resolution; 0 where it says none that can be.

    >>> of_page(markup.root(b"<Page imageFilename='1.tif' imageXResolution='300' imageResolutionUnit='PPI'/>", "")).dpi
    300
    """
    by = {"PPI": 1.0, "PPCM": 2.54}.get(page.get("imageResolutionUnit", ""), 0.0)
    dpi = round(by * (markup.number(page, "imageXResolution") or 0.0))
    return ToldNames(image=page.get("imageFilename", "").strip()[:500], dpi=dpi if 0 < dpi < _MOST else 0)
