"""The names of Type 3 fonts, which pdfium does not tell: read from the page's resources, in the order of their use.

Chromium writes Chinese so: every 255 glyphs a font that draws them, with a descriptor that says what it is. pdfium has
a handle for each; the handles come in the order in which the page's content first shows text with them, and so do the
names here. Where the two do not agree in number nothing is said.
"""

from __future__ import annotations

import io
import logging
import re
from typing import Any

_SHOWS = re.compile(rb"/([^\s/\[\]()<>{}%]+)\s+[-+.\d]+\s+Tf\b|(?<=[\])>\s])(T[jJ])\b")
_DESCRIPTOR = re.compile(rb"/FontDescriptor\s+(\d+)\s+\d+\s+R\b")
Face = tuple[str, int]


class Faces:
    """The fonts of a document, opened once by pdfminer, asked only for pages with fonts that pdfium cannot name."""

    def __init__(self, data: bytes, password: str) -> None:
        """Keep the bytes; nothing is read before it is asked for."""
        self.data, self.password = data, password
        self.pages: list[Any] | None = None
        self.document: Any = None

    def of(self, number: int) -> list[Face]:
        """Return name and weight of each font of page ``number`` (from 0), in the order in which text is shown."""
        from pdfminer.pdftypes import PDFObjRef, resolve1, stream_value

        try:
            page = self._page(number)
            document = self.document
            fonts = resolve1(page.resources.get("Font")) or {}
            content = b"\n".join(_content(stream_value(part)) for part in page.contents)
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
            found: dict[str, Any] = self._page(number).resources
            return found
        except Exception:  # a damaged file that pdfium can read: what its fonts call their glyphs is not known
            return {}

    def _page(self, number: int) -> Any:
        """Return a page of the document, which is opened for the first one."""
        from pdfminer.pdfdocument import PDFDocument
        from pdfminer.pdfpage import PDFPage
        from pdfminer.pdfparser import PDFParser

        logging.getLogger("pdfminer").setLevel(logging.ERROR)
        if self.pages is None:
            self.document = PDFDocument(PDFParser(io.BytesIO(self.data)), password=self.password)
            self.pages = list(PDFPage.create_pages(self.document))
        return self.pages[number]

    def _descriptor(self, key: object) -> int | None:
        """Return the number of a font's descriptor by the bytes of the font, if they stand open in the file.

        A Type 3 font names each of its 255 drawings; to parse them takes most of the time of a page.
        """
        for xref in self.document.xrefs if isinstance(key, int) else ():
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


def _content(stream: Any) -> bytes:
    """Return what is in a stream, and leave the stream as it was: the document would keep every page unpacked."""
    packed = stream.rawdata
    content: bytes = stream.get_data()
    if packed is not None:
        stream.rawdata, stream.data = packed, None
    return content
