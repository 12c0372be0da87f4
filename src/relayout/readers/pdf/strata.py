"""In which order pdfium draws the objects of a page: what lies over text and clips it, what text the file gives for it.

The text that a file gives (ActualText) is taken from the objects here, before pdfium reads the text of the page: it
would spread it over the box of the first object, and not tell which glyphs it stands for.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from relayout.imprint import Box
from relayout.readers.pdf.covers import CLIPPED, COVERED, Cover, cut, marked, meets
from relayout.readers.pdf.glyphs import Glyph, Remark
from relayout.readers.pdf.matrices import Matrix, apply, rectangle, straight, times
from relayout.readers.pdf.objects import FORM, IMAGE, INVISIBLE, MOST_DEEP, OUTLINED, PATH, SHADING, TEXT, WITHOUT
from relayout.readers.pdf.saying import decoded

OPAQUE = 0.95  # of the points of a picture: those of its edges may be drawn half
EFFORT = 5_000_000  # comparisons of pictures with texts: where more are needed, the pictures cover nothing
CLIPS = 1_000_000  # segments of clips on a page, some seconds: the clips after them are taken to hide nothing
_ACTUAL = b"ActualText"
_Seen = Callable[[float, float, float, float], Box]


class Layer(NamedTuple):
    """A text object: when it is drawn, through which clip, the number of the text that is given for it, or 0."""

    depth: int = 0
    clip: Box | None = None
    said: int = 0
    handle: Any = None

    def face(self, raw: Any) -> str:
        """Return what the font of the object is called in the file."""
        font = raw.FPDFTextObj_GetFont(self.handle) if self.handle else None
        if not font:
            return ""
        buffer = ctypes.create_string_buffer(256)
        length = raw.FPDFFont_GetBaseFontName(font, buffer, 256)
        return buffer.raw[: max(0, min(length, 256) - 1)].decode("utf-8", "replace")


_NONE = Layer()


class Strata:
    """What the objects of a page are to each other. The key of a text object is the address of its handle."""

    def __init__(self, page: Any, raw: Any, seen: _Seen, plain: Callable[[], bool]) -> None:
        """Look through the objects of a page.

        ``seen`` turns left, bottom, right and top on the page to its box as it is seen; ``plain`` says whether no
        pattern or shading can be what pdfium calls white.
        """
        self.raw, self.page, self.seen, self.plain = raw, page, seen, plain
        self.layers: dict[int, Layer] = {}
        self.covers: list[Cover] = []
        self.texts: dict[int, str] = {}
        self._marks: dict[int, int] = {}
        self._said: list[tuple[Any, Any, int]] = []
        self._given_as: dict[int, bytes] = {}
        self._last_marks = (0, 0, 0)
        self._removed: list[Any] = []
        self._texts: list[tuple[Any, Matrix]] = []
        self._text_boxes: list[Box] = []
        self._is_plain: bool | None = None
        self._edges = [ctypes.c_float() for _ in range(4)]
        self._depth = self._effort = self._clips = 0
        for n in range(raw.FPDFPage_CountObjects(page.raw)):
            self._object(raw.FPDFPage_GetObject(page.raw, n), WITHOUT, 0, None, clear=False)
        for handle, mark, _ in self._said:
            raw.FPDFPageObjMark_RemoveParam(handle, mark, _ACTUAL)

    def close(self) -> None:
        """Give the marks their texts back, which may be those of other pages too, and of this one when it is turned.

        Properties among the resources of a page are one object for all that use them.
        """
        raw = self.raw
        for handle, mark, number in self._said:
            given = self._given_as[number]
            values = (ctypes.c_ubyte * max(1, len(given)))(*given)
            raw.FPDFPageObjMark_SetBlobParam(self.page.pdf.raw, handle, mark, _ACTUAL, values, len(given))
        for handle in self._removed:
            raw.FPDFPageObj_Destroy(handle)
        self._said, self._removed = [], []

    def marked(self, glyphs: Sequence[Glyph], keys: Sequence[int]) -> tuple[list[Glyph], list[Remark]]:
        """Return glyphs that say whether they are clipped away or covered; ``keys`` are those of their text objects."""
        layers = [self.layers.get(key, _NONE) for key in keys]
        return marked(glyphs, [layer.depth for layer in layers], [layer.clip for layer in layers], self.covers)

    def removed(self, glyphs: Sequence[Glyph], keys: Sequence[int]) -> set[int]:
        """Take the text objects that cannot be seen from the page as it is in memory, and return their keys.

        One in a form stays.
        """
        seen = {key for glyph, key in zip(glyphs, keys, strict=True) if glyph.hidden not in (CLIPPED, COVERED)}
        gone: set[int] = set()
        for key in set(keys) - seen:
            layer = self.layers.get(key)
            if layer and self.raw.FPDFPage_RemoveObject(self.page.raw, layer.handle):
                self._removed.append(layer.handle)  # its marks are needed until all is read
                self.layers[key] = layer._replace(handle=None)
                gone.add(key)
        return gone

    def _object(self, handle: Any, within: Matrix, deep: int, clip: Box | None, *, clear: bool) -> None:
        raw = self.raw
        kind = raw.FPDFPageObj_GetType(handle)
        if kind == SHADING:
            return
        self._depth += 1
        clip, level = self._clipped(handle, within, clip)
        if kind == TEXT:
            mode = raw.FPDFTextObj_GetTextRenderMode(handle)
            depth = 1 << 60 if mode >= OUTLINED else self._depth
            self.layers[ctypes.addressof(handle.contents)] = Layer(depth, clip, self._given(handle), handle)
            if mode != INVISIBLE:  # OCR under a scan: what the picture shows need not be known
                self._texts.append((handle, within))
            return
        clear = clear or bool(raw.FPDFPageObj_HasTransparency(handle))
        if kind == FORM and deep < MOST_DEEP:
            matrix = raw.FS_MATRIX()
            raw.FPDFPageObj_GetMatrix(handle, matrix)
            own = times((matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f), within)
            for n in range(max(0, raw.FPDFFormObj_CountObjects(handle))):
                self._object(raw.FPDFFormObj_GetObject(handle, n), own, deep + 1, clip, clear=clear)
        elif kind in (PATH, IMAGE) and self._texts and not clear and level:
            self._cover(handle, kind, within, clip)

    def _cover(self, handle: Any, kind: int, within: Matrix, clip: Box | None) -> None:
        """Keep a picture or filled rectangle that hides what is under it, where text was drawn before."""
        matrix = self.raw.FS_MATRIX()
        self.raw.FPDFPageObj_GetMatrix(handle, matrix)
        own = times((matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f), within)
        if not straight(own) or (kind == PATH and not self._filled(handle)):
            return
        box = cut(self._box(handle, within), clip)
        if box is None:
            return
        if kind == IMAGE and not self._over_text(box):
            return  # what it shows need not be known
        if self._opaque_picture(handle, box, within) if kind == IMAGE else self._is_filled_plainly(handle):
            self.covers.append(Cover(box, self._depth))

    def _over_text(self, box: Box) -> bool:
        """Say whether a box has any of the text in it that was drawn until now."""
        self._effort += len(self._texts)
        if self._effort > EFFORT:
            return False
        more = self._texts[len(self._text_boxes) :]
        self._text_boxes += [self._box(handle, within) for handle, within in more]
        return any(meets(box, text) for text in self._text_boxes)

    def _filled(self, handle: Any) -> bool:
        """Say whether a path is a filled rectangle whose sides are level and upright."""
        raw = self.raw
        mode, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(handle, mode, stroke)
        count = raw.FPDFPath_CountSegments(handle)
        if not mode.value or count not in (4, 5):
            return False
        return _straight_sides(raw, [raw.FPDFPath_GetPathSegment(handle, n) for n in range(count)])

    def _is_filled_plainly(self, handle: Any) -> bool:
        raw = self.raw
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        if not raw.FPDFPageObj_GetFillColor(handle, red, green, blue, alpha) or alpha.value < 255:
            return False
        if (red.value, green.value, blue.value) not in ((255,) * 3, (191,) * 3):
            return True
        if self._is_plain is None:
            self._is_plain = self.plain()
        return self._is_plain

    def _opaque_picture(self, handle: Any, box: Box, within: Matrix) -> bool:
        """Say whether a picture has no hole in a box: it is drawn as pdfium would, which is done for few."""
        raw = self.raw
        whole = self._box(handle, within)
        bitmap = raw.FPDFImageObj_GetRenderedBitmap(self.page.pdf.raw, self.page.raw, handle)
        if not bitmap or not whole.width or not whole.height:
            return False
        try:
            if raw.FPDFBitmap_GetFormat(bitmap) != raw.FPDFBitmap_BGRA:
                return True
            height, stride = raw.FPDFBitmap_GetHeight(bitmap), raw.FPDFBitmap_GetStride(bitmap)
            alphas = ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), height * stride)[3::4]
            share = box.width * box.height / (whole.width * whole.height)  # the rest is clipped away
            return alphas.count(255) >= OPAQUE * share * len(alphas) > 0
        finally:
            raw.FPDFBitmap_Destroy(bitmap)

    def _clipped(self, handle: Any, within: Matrix, clip: Box | None) -> tuple[Box | None, bool]:
        """Return the clip of an object, and whether all its paths are rectangles; pdfium drops what clips nothing."""
        raw = self.raw
        path = raw.FPDFPageObj_GetClipPath(handle)
        level = True
        for n in range(max(0, raw.FPDFClipPath_CountPaths(path)) if path else 0):
            count = raw.FPDFClipPath_CountPathSegments(path, n)
            self._clips += 1 + count
            if self._clips > CLIPS:
                return clip, False
            segments = [raw.FPDFClipPath_GetPathSegment(path, n, m) for m in range(count)]
            points = _points(raw, segments)
            level = level and _straight_sides(raw, segments)
            if points and all(math.isfinite(x) and math.isfinite(y) for x, y in points):
                clip = cut(self._seen_at(points, within), clip) or Box(-1.0, -1.0, -1.0, -1.0)
        return clip, level

    def _box(self, handle: Any, within: Matrix) -> Box:
        left, bottom, right, top = self._edges
        if not self.raw.FPDFPageObj_GetBounds(handle, left, bottom, right, top):
            return Box(-1.0, -1.0, -1.0, -1.0)
        x0, y0, x1, y1 = left.value, bottom.value, right.value, top.value
        if within == WITHOUT:
            return self.seen(x0, y0, x1, y1)
        return self._seen_at([(x, y) for x in (x0, x1) for y in (y0, y1)], within)

    def _seen_at(self, points: list[tuple[float, float]], within: Matrix) -> Box:
        placed = [apply(within, x, y) for x, y in points]
        xs, ys = [x for x, _ in placed], [y for _, y in placed]
        return self.seen(min(xs), min(ys), max(xs), max(ys))

    def _given(self, handle: Any) -> int:
        """Return the number of the text that is given for an object, by the outermost of its marks that gives one."""
        raw = self.raw
        count = max(0, raw.FPDFPageObj_CountMarks(handle))
        last = raw.FPDFPageObj_GetMark(handle, count - 1) if count else None
        inner = ctypes.addressof(last.contents) if last else 0
        if self._last_marks[:2] == (count, inner):  # the object before has the same marks: they may be thousands
            return self._last_marks[2]
        number = 0
        for n in range(count):
            mark = raw.FPDFPageObj_GetMark(handle, n)
            key = ctypes.addressof(mark.contents) if mark else 0
            if key not in self._marks:
                self._marks[key] = self._read(handle, mark) if mark else 0
            number = number or self._marks[key]
        self._last_marks = (count, inner, number)
        return number

    def _read(self, handle: Any, mark: Any) -> int:
        """Return the number of the text that a mark gives, 0 if it gives none; the text is kept."""
        raw, length = self.raw, ctypes.c_ulong()
        if not raw.FPDFPageObjMark_GetParamBlobValue(mark, _ACTUAL, None, 0, length):
            return 0
        # As bytes: pdfium takes the text for UTF-8 where it returns a string.
        buffer = (ctypes.c_ubyte * max(1, length.value))()
        raw.FPDFPageObjMark_GetParamBlobValue(mark, _ACTUAL, buffer, length.value, length)
        number = len(self._said) + 1
        self._given_as[number] = bytes(buffer[: length.value])
        self.texts[number] = decoded(self._given_as[number])
        self._said.append((handle, mark, number))
        return number


def _points(raw: Any, segments: list[Any]) -> list[tuple[float, float]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    found = []
    for segment in segments:
        if raw.FPDFPathSegment_GetPoint(segment, x, y):
            found.append((x.value, y.value))
    return found


def _straight_sides(raw: Any, segments: list[Any]) -> bool:
    """Say whether segments are one rectangle that is not turned, drawn by lines."""
    kinds = [raw.FPDFPathSegment_GetType(segment) for segment in segments]
    lines = kinds[:1] == [raw.FPDF_SEGMENT_MOVETO] and set(kinds[1:]) == {raw.FPDF_SEGMENT_LINETO}
    return lines and len(kinds) in (4, 5) and rectangle(_points(raw, segments))
