"""Pages of a PDF without text that can be read: drawn as they are seen, and recognised one after the other."""

from __future__ import annotations

from collections.abc import Mapping

from relayout import ocr, pictures
from relayout.errors import InputError
from relayout.imprint import Box
from relayout.model import Note, Page
from relayout.readers import recognised
from relayout.readers.wishes import Wishes

DPI = 300  # at which Tesseract reads small type best; less where the picture would have too many pixels


def pages(
    data: bytes, name: str, scans: Mapping[int, tuple[Box, str]], wishes: Wishes
) -> tuple[list[Page], list[Note], InputError | None]:
    """Recognise the pages with these numbers; their boxes, in points, and their labels are given.

    Returns pages in points, notes, and the first error of a page that is left out. Raises UsageError where Tesseract or
    a language is missing.
    """
    engine = ocr.engine(wishes.ocr, wishes.lang)
    found: list[Page] = []
    notes: list[Note] = []
    resolutions: list[tuple[int, int, str]] = []
    refused: InputError | None = None
    for number, (box, label) in scans.items():
        scale = pictures.bounded(DPI / 72, box.width * box.height)
        dpi = round(scale * 72)
        try:
            width = max(round(box.width * scale), 1)
            png = pictures.pages(data, [number], width, "image/png", wishes.password)[number].data
            page = recognised.page(engine, png, dpi, number, wishes)
        except InputError as error:
            refused = refused or InputError(f"{name}: no page is recognised ({error.what})", error.advice)
            notes.append(recognised.left_out(number, error))
            continue
        found.append(recognised.fitted(page.value, box, label))
        notes += page.notes
        why = "pages of a PDF are drawn so" if dpi == DPI else "the page is too large for 300 dpi"
        resolutions.append((number, dpi, why))
    return found, [*recognised.told(engine, resolutions), *notes], refused
