"""What stands on a page as pdfium has it: its objects in the order of the content, those of forms in their place."""

from __future__ import annotations

import ctypes
from collections.abc import Container, Iterator, Sequence
from typing import Any, NamedTuple

from relayout.imprint import Box
from relayout.readers.pdf.matrices import Matrix, apply, times
from relayout.readers.pdf.shapes import FEW, Path, scaled

TEXT, PATH, IMAGE, SHADING, FORM = 1, 2, 3, 4, 5
MOST_DEEP = 12  # forms within forms
INVISIBLE = 3  # render modes
OUTLINED = 4  # from here on text is added to the clip: a picture drawn next is seen through it
BLANK = 0.001  # points: what is printed narrower is white

WITHOUT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Item(NamedTuple):
    """An object of a page: its handle, its kind, and the matrix of the forms that it stands in."""

    handle: Any
    kind: int
    within: Matrix

    @property
    def key(self) -> int:
        """What pdfium knows the object by."""
        return ctypes.addressof(self.handle.contents)


def items(page: Any, raw: Any) -> list[Item]:
    """Return the objects of a page that are no forms, in the order in which they are printed."""
    count = raw.FPDFPage_CountObjects(page.raw)
    return [item for i in range(count) for item in _items(raw.FPDFPage_GetObject(page.raw, i), raw, WITHOUT, deep=0)]


def _items(handle: Any, raw: Any, within: Matrix, *, deep: int) -> Iterator[Item]:
    kind = raw.FPDFPageObj_GetType(handle)
    if kind != FORM:
        yield Item(handle, kind, within)
    elif deep < MOST_DEEP:
        own = times(_matrix(handle, raw), within)
        for i in range(max(0, raw.FPDFFormObj_CountObjects(handle))):
            yield from _items(raw.FPDFFormObj_GetObject(handle, i), raw, own, deep=deep + 1)


def untold(found: Sequence[Item], raw: Any, told: Container[int]) -> Iterator[tuple[int, Matrix]]:
    """Return number and matrix of text objects that print nothing, of which the text of pdfium does not tell: spaces.

    ``told`` are the keys of those that it tells of. Chromium writes a space between two words, and one of an em, as an
    object of its own.
    """
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for number, item in enumerate(found):
        if item.kind != TEXT or item.key in told:
            continue
        if not raw.FPDFPageObj_GetBounds(item.handle, left, bottom, right, top):
            continue
        if right.value - left.value < BLANK or top.value - bottom.value < BLANK:
            yield number, times(_matrix(item.handle, raw), item.within)


def path(item: Item, raw: Any, rect: Any) -> Path | None:
    """Return what is drawn by an object that is no text; ``rect`` turns a rectangle of the page to that as it is seen.

    A path that is filled with a pattern or a shading is a picture; what is clear is nothing.
    """
    handle = item.handle
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if item.kind not in (PATH, IMAGE, SHADING) or not raw.FPDFPageObj_GetBounds(handle, left, bottom, right, top):
        return None
    corners = [apply(item.within, px, py) for px in (left.value, right.value) for py in (bottom.value, top.value)]
    box: Box = rect(*_around(corners))
    if item.kind != PATH:
        return Path(box, picture=True)
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
    width = 0.0
    segments = raw.FPDFPath_CountSegments(handle)
    if stroke.value:
        width, outline = _outline(item, raw, segments)
        if outline:
            x0, y0, x1, y1 = _around(outline)
            box = rect(x0 - width / 2, y0 - width / 2, x1 + width / 2, y1 + width / 2)
    clear = bool(mode.value) and alpha.value == 0 and not picture
    if (mode.value or stroke.value) and not clear:
        return Path(box, picture, bool(mode.value), bool(stroke.value), colour, segments, width)
    return None


def _outline(item: Item, raw: Any, segments: int) -> tuple[float, list[tuple[float, float]]]:
    """Return the width of a line in points, and where it goes; nowhere if it is a drawing, or cannot be told.

    The bounds that pdfium gives for a line are those of mitres that it may have: half its width too far.
    """
    own = times(_matrix(item.handle, raw), item.within)
    width, x, y = ctypes.c_float(), ctypes.c_float(), ctypes.c_float()
    raw.FPDFPageObj_GetStrokeWidth(item.handle, width)
    points: list[tuple[float, float]] = []
    for n in range(segments if segments <= FEW else 0):
        segment = raw.FPDFPath_GetPathSegment(item.handle, n)
        if not segment or not raw.FPDFPathSegment_GetPoint(segment, x, y):
            return 0.0, []
        points.append(apply(own, x.value, y.value))
    return width.value * scaled(*own[:4]), points


def _around(points: Sequence[tuple[float, float]]) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _matrix(handle: Any, raw: Any) -> Matrix:
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(handle, matrix)
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f
