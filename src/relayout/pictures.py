"""Pictures of the pages of a PDF, by PDFium: whole pages, and what stands in a box of one.

What a file can ask for is bounded before anything is drawn: the pixels of a picture, and those of the images on a page.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from relayout.errors import InputError
from relayout.imprint import UPRIGHT, Box, Stance

MOST_PIXELS = 40_000_000  # of a picture that is made; a page of 1 m x 1.4 m at 130 dpi
MOST_INSIDE = 400_000_000  # of the images on a page together; a scan at 1200 dpi has 140 million
_FORMS = {"image/jpeg": "JPEG", "image/png": "PNG"}


class Picture(NamedTuple):
    """A picture as a file of an image format: its bytes and its media type."""

    data: bytes
    media: str


def is_pdf(data: bytes) -> bool:
    """Tell whether bytes are those of a PDF.

    >>> is_pdf(b"%PDF-1.7 ..."), is_pdf("會議開幕。".encode())
    (True, False)
    """
    return b"%PDF-" in data[:1024]


def pages(
    data: bytes,
    numbers: Sequence[int],
    width: int,
    media: str = "image/jpeg",
    password: str = "",
    stances: Mapping[int, Stance] = MappingProxyType({}),
) -> dict[int, Picture]:
    """Draw the pages with these numbers, ``width`` pixels wide, or as wide as ``MOST_PIXELS`` allow.

    ``stances`` says how pages stand in the file; they are drawn upright.
    Raises InputError where the file cannot be opened, has no such page, or has images too large to be drawn.
    """
    pdf = _opened(data, password)
    try:
        drawn = {}
        for number in numbers:
            page = _page(pdf, number)
            stance = stances.get(number, UPRIGHT)
            wide, high = _size(page, stance)
            scale = bounded(width / wide, wide * high)
            drawn[number] = _saved(_drawn(page, stance, scale), media)
        return drawn
    finally:
        pdf.close()


def shrunk(image: Any, width: int, media: str = "image/jpeg") -> Picture:
    """Return an image of pillow as a picture, ``width`` pixels wide, or as it is where it is narrower."""
    scale = bounded(min(width / image.width, 1.0), image.width * image.height)
    size = (max(round(image.width * scale), 1), max(round(image.height * scale), 1))
    return _saved(image.convert("L").resize(size) if scale < 1 else image, media)


def crops(
    data: bytes,
    boxes: Mapping[str, tuple[int, Box]],
    dpi: float = 200.0,
    password: str = "",
    stances: Mapping[int, Stance] = MappingProxyType({}),
) -> dict[str, Picture]:
    """Draw what stands in boxes of pages (name -> page and box, in points from the upper left), as PNG.

    What reaches over the edge of the page is cut off; of a box outside the page nothing is made. Boxes are those of the
    upright page. Errors and ``stances`` as with ``pages``.
    """
    pdf = _opened(data, password)
    try:
        drawn = {}
        for name, (number, box) in boxes.items():
            page = _page(pdf, number)
            stance = stances.get(number, UPRIGHT)
            wide, high = _size(page, stance)
            x0, y0, x1, y1 = max(box.x0, 0.0), max(box.y0, 0.0), min(box.x1, wide), min(box.y1, high)
            if x1 - x0 < 1 or y1 - y0 < 1:
                continue
            scale = bounded(dpi / 72, (x1 - x0) * (y1 - y0))
            # What is cut off on the left, below, on the right and above, as PDFium counts.
            under, over = (y0, high - y1) if stance.mirrored else (high - y1, y0)
            drawn[name] = _saved(_drawn(page, stance, scale, (x0, under, wide - x1, over)), "image/png")
        return drawn
    finally:
        pdf.close()


def _opened(data: bytes, password: str) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data, password=password or None)
    except pypdfium2.PdfiumError as error:
        raise InputError(
            f"no picture of the pages can be made ({error})", "check that the file opens in a PDF viewer"
        ) from None


def _page(pdf: Any, number: int) -> Any:
    import pypdfium2

    if not 1 <= number <= len(pdf):
        raise InputError(f"there is no page {number} to draw", "check the number of the page")
    try:
        page = pdf[number - 1]
        images = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=4)
        inside = sum(wide * high for wide, high in (image.get_px_size() for image in images))
    except pypdfium2.PdfiumError as error:
        raise InputError(f"page {number} cannot be drawn ({error})", "leave it out with --page") from None
    if inside > MOST_INSIDE:
        raise InputError(
            f"the images on page {number} have {inside / 1e6:.0f} million pixels",
            f"a page is drawn with up to {MOST_INSIDE / 1e6:.0f} million: make them smaller",
        )
    return page


def _size(page: Any, stance: Stance) -> tuple[float, float]:
    """Return how wide and high a page is once it is upright, in points."""
    wide, high = page.get_size()
    return (high, wide) if stance.turn in (90, 270) else (wide, high)


def _drawn(page: Any, stance: Stance, scale: float, crop: tuple[float, float, float, float] = (0, 0, 0, 0)) -> Any:
    from PIL.Image import Transpose

    image = page.render(scale=scale, rotation=-stance.turn % 360, crop=crop).to_pil()
    return image.transpose(Transpose.FLIP_TOP_BOTTOM) if stance.mirrored else image


def bounded(scale: float, area: float) -> float:
    """Lower a scale until a picture of this area (in square points) has at most ``MOST_PIXELS``.

    >>> bounded(2.0, 100.0), round(bounded(10.0, 4e6), 2)
    (2.0, 3.16)
    """
    return float(min(scale, (MOST_PIXELS / area) ** 0.5))


def _saved(image: Any, media: str) -> Picture:
    file = io.BytesIO()
    options = {"quality": 82, "optimize": True} if media == "image/jpeg" else {"optimize": False}
    image.convert("RGB").save(file, _FORMS[media], **options)
    return Picture(file.getvalue(), media)
