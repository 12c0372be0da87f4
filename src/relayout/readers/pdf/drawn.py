"""What pdfium says is drawn on a page and is no text: paths, pictures and shadings, as they are seen."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

from relayout.imprint import Box
from relayout.readers.pdf.matrices import apply, times
from relayout.readers.pdf.shapes import Path
from relayout.readers.pdf.strata import FORM, IMAGE, MOST_DEEP, PATH, SHADING

Rect = Callable[[float, float, float, float], Box]


def drawn(page: Any, raw: Any, rect: Rect) -> list[Path]:
    """Return the paths and pictures of a page, in forms too; ``rect`` says where a rectangle is seen."""
    found: list[Path] = []
    count = raw.FPDFPage_CountObjects(page.raw)
    for i in range(count):
        _object(raw.FPDFPage_GetObject(page.raw, i), raw, rect, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), 0, found)
    return found


def _object(handle: Any, raw: Any, rect: Rect, within: tuple[float, ...], deep: int, found: list[Path]) -> None:
    kind = raw.FPDFPageObj_GetType(handle)
    if kind == FORM and deep < MOST_DEEP:
        matrix = raw.FS_MATRIX()
        raw.FPDFPageObj_GetMatrix(handle, matrix)
        own = (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
        for i in range(max(0, raw.FPDFFormObj_CountObjects(handle))):
            _object(raw.FPDFFormObj_GetObject(handle, i), raw, rect, times(own, within), deep + 1, found)
    if kind not in (PATH, IMAGE, SHADING):
        return
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(handle, left, bottom, right, top):
        return
    corners = [apply(within, px, py) for px in (left.value, right.value) for py in (bottom.value, top.value)]
    xs, ys = [c[0] for c in corners], [c[1] for c in corners]
    box = rect(min(xs), min(ys), max(xs), max(ys))
    if kind != PATH:
        found.append(Path(box, picture=True))
        return
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(handle, mode, stroke)
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    colour = ""
    picture = False
    if mode.value:
        if raw.FPDFPageObj_GetFillColor(handle, red, green, blue, alpha):
            colour = f"#{red.value:02x}{green.value:02x}{blue.value:02x}"
        else:
            picture = True  # filled with a pattern or a shading
    width = ctypes.c_float()
    raw.FPDFPageObj_GetStrokeWidth(handle, width)
    segments = raw.FPDFPath_CountSegments(handle)
    clear = bool(mode.value) and alpha.value == 0 and not picture
    if (mode.value or stroke.value) and not clear:
        found.append(Path(box, picture, bool(mode.value), bool(stroke.value), colour, segments, width.value))
