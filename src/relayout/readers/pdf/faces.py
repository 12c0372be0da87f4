"""The names of Type 3 fonts, which pdfium does not tell: read from the page's resources, in the order of their use.

Chromium writes Chinese so: every 255 glyphs a font that draws them, with a descriptor that says what it is. pdfium has
a handle for each; the handles come in the order in which the page's content first shows text with them, and so do the
names here. Where the two do not agree in number nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from relayout.readers.pdf.contents import unpacked
from relayout.readers.pdf.tree import Tree

_SHOWS = re.compile(rb"/([^\s/\[\]()<>{}%]+)\s+[-+.\d]+\s+Tf\b|(?<=[\])>\s])(T[jJ])\b")
_DESCRIPTOR = re.compile(rb"/FontDescriptor\s+(\d+)\s+\d+\s+R\b")
Face = tuple[str, int]


class Faces:
    """The fonts of a document, asked only for pages with fonts that pdfium cannot name."""

    def __init__(self, data: bytes, tree: Callable[[], Tree]) -> None:
        """Keep the bytes, and how the document is opened by pdfminer; nothing is read before it is asked for."""
        self.data, self.tree = data, tree

    def of(self, number: int) -> list[Face]:
        """Return name and weight of each font of page ``number`` (from 0), in the order in which text is shown."""
        from pdfminer.pdftypes import PDFObjRef, resolve1, stream_value

        try:
            document = self.tree().document
            page = self.tree().page(number)
            fonts = resolve1(page.resources.get("Font")) or {}
            content = b"\n".join(unpacked(stream_value(part))[0] for part in page.contents)
            found: dict[object, Face] = {}
            current = b""
            for match in _SHOWS.finditer(content):
                if match[1]:
                    current = match[1]
                    continue
                reference = fonts.get(current.decode("latin-1"))
                key = reference.objid if isinstance(reference, PDFObjRef) else current
                if reference is not None and key not in found:
                    font: dict[str, Any] = {}
                    descriptor = self._descriptor(key)
                    if descriptor is None:
                        font = resolve1(reference)
                        about = resolve1(font.get("FontDescriptor")) or {}
                    else:
                        about = resolve1(PDFObjRef(document, descriptor)) or {}
                    name = about.get("FontName") or font.get("BaseFont") or ""
                    weight = resolve1(about.get("FontWeight")) or 0
                    found[key] = (getattr(name, "name", str(name)), int(weight))
            return list(found.values())
        except Exception:  # a damaged file that pdfium can read: fonts without names are no reason to refuse it
            return []

    def resources(self, number: int) -> dict[str, Any]:
        """Return the resources of page ``number`` (from 0) as pdfminer gives them, nothing where it cannot."""
        try:
            found: dict[str, Any] = self.tree().page(number).resources
            return found
        except Exception:  # a damaged file that pdfium can read: what its fonts call their glyphs is not known
            return {}

    def _descriptor(self, key: object) -> int | None:
        """Return the number of a font's descriptor by the bytes of the font, if they stand open in the file.

        A Type 3 font names each of its 255 drawings; to parse them takes most of the time of a page.
        """
        for xref in self.tree().document.xrefs if isinstance(key, int) else ():
            try:
                stream, at, _ = xref.get_pos(key)
            except KeyError:
                continue
            if stream is not None:
                return None
            end = self.data.find(b"endobj", at)
            match = _DESCRIPTOR.search(self.data, at, end) if end > 0 else None
            return int(match[1]) if match else None
        return None
