"""The tree of the pages of a PDF, walked by pdfminer's objects: every kid counts, also one that is missing or damaged.

pdfminer's own walk leaves out a kid that is missing, so that all pages after it have other numbers, and ends at a null;
and it reads the boxes of all pages before the first one can be had.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import Any, NamedTuple

from relayout.readers.pdf.boxes import seen

INHERITED = ("Resources", "MediaBox", "CropBox", "Rotate")  # ISO 32000-1, 7.7.3.4
MOST_PAGES = 100_000  # a tree may be one that has no end
LETTER = (0.0, 0.0, 612.0, 792.0)  # what pdfium takes for the box of a page that has none
Leaf = tuple[Any, dict[str, Any]]


class Tree(NamedTuple):
    """A document that pdfminer opened, and the leaves of its tree: ``None`` for one that is no page."""

    document: Any
    leaves: list[Leaf | None]

    @classmethod
    def of(cls, document: Any) -> Tree:
        """Walk the tree of an open document; where it has none, the pages are those that lie about in the file."""
        root = document.catalog.get("Pages")
        leaves = list(_walked(root)) if root is not None else []
        return cls(document, leaves or list(_strewn(document)))

    @classmethod
    def opened(cls, data: bytes, password: str) -> Tree:
        """Open a PDF by pdfminer alone; of one that pdfminer cannot open there are no leaves, and no document."""
        from pdfminer.pdfdocument import PDFDocument
        from pdfminer.pdfparser import PDFParser

        logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
        try:
            return cls.of(PDFDocument(PDFParser(io.BytesIO(data)), password=password))
        except Exception:  # pdfminer lets all kinds of errors through
            return cls(None, [])

    def forget(self) -> None:
        """Let go of the objects that were parsed until now, which pdfminer keeps: some MB of a dense page."""
        if self.document is not None:
            self.document._cached_objs.clear()
            self.document._parsed_objs.clear()

    def page(self, number: int) -> Any:
        """Return page ``number`` (from 0) for pdfminer, its boxes mended; raises ValueError where it is none."""
        from pdfminer.pdfpage import PDFPage

        leaf = self.leaves[number]
        if leaf is None:
            raise ValueError("it is missing in the file, or damaged")
        ident, found = leaf
        media = _numbers(found.get("MediaBox"), LETTER)
        crop = _numbers(found.get("CropBox"), media)
        media, crop = seen(media, crop)
        boxes = {"MediaBox": list(media), "CropBox": list(crop), "Rotate": _turn(found.get("Rotate"))}
        return PDFPage(self.document, ident, {**found, **boxes}, None)


def _walked(root: Any) -> Iterator[Leaf | None]:
    """Go through the leaves under ``root`` in their order; one that was met before is left out."""
    from pdfminer.pdftypes import resolve1

    waiting: list[tuple[Any, dict[str, Any]]] = [(root, {})]
    met: set[Any] = set()
    count = 0
    while waiting and count < MOST_PAGES:
        kid, above = waiting.pop()
        ident = getattr(kid, "objid", None)
        if ident in met:
            continue
        if ident is not None:
            met.add(ident)
        try:
            node = resolve1(kid)
        except Exception:  # an object that pdfminer cannot make sense of: the others may be whole
            node = None
        if not isinstance(node, dict):
            if kid is not root:
                count += 1
                yield None
            continue
        own = {**above, **{key: node[key] for key in INHERITED if key in node}}
        kids = resolve1(node.get("Kids"))
        if isinstance(kids, list):
            waiting += [(each, own) for each in reversed(kids)]
        elif kid is not root:
            count += 1
            # The way up would be followed by pdfminer for every page, to all the others.
            yield ident, {**own, **{key: value for key, value in node.items() if key != "Parent"}}


def _strewn(document: Any) -> Iterator[Leaf]:
    for xref in document.xrefs:
        for ident in xref.get_objids():
            try:
                node = document.getobj(ident)
            except Exception:  # an object that is damaged is no page
                continue
            if isinstance(node, dict) and getattr(node.get("Type"), "name", "") == "Page":
                yield ident, node


def _numbers(value: Any, otherwise: tuple[float, ...]) -> tuple[float, ...]:
    """Return the numbers of a box: 0 for each that is none, as pdfium does; ``otherwise`` for what is no array."""
    from pdfminer.pdftypes import resolve1

    found = resolve1(value)
    if not isinstance(found, list):
        return otherwise
    parts = [resolve1(part) for part in found[:4]]
    return tuple(float(p) if isinstance(p, int | float) else 0.0 for p in [*parts, 0, 0, 0, 0][:4])


def _turn(value: Any) -> int:
    from pdfminer.pdftypes import resolve1

    found = resolve1(value)
    return int(found) // 90 * 90 % 360 if isinstance(found, int | float) and abs(found) < 1e6 else 0
