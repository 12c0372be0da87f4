"""Reads the glyphs and shapes of PDF pages with pdfium: fast, one page at a time.

pdfium gives characters in pieces of text objects; what holds for an object (font, colour, mode) is asked once for it.
Characters that pdfium invents (spaces, line ends) are left out.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable
from typing import Any, NamedTuple

from relayout.imprint import Box, Stance
from relayout.readers.pdf.boxes import seen
from relayout.readers.pdf.faces import Faces
from relayout.readers.pdf.glyphs import MOST_GLYPHS, Glyph, Sheet
from relayout.readers.pdf.shapes import Path, grounds, shaped

TEXT, PATH, IMAGE, SHADING, FORM = 1, 2, 3, 4, 5
INVISIBLE = 3
MOST_DEEP = 12  # forms within forms
_BOLD = 600


class _Style(NamedTuple):
    font: str
    bold: bool
    italic: bool
    colour: str
    mode: int
    scale: float
    turn: int
    mirrored: bool


def sheet(document: Any, number: int, faces: Faces, stance: Stance) -> Sheet:
    """Return page ``number`` (from 0) of an open document, taken out of its ``stance``.

    Whatever pdfium cannot do with it raises an error. ``faces`` says what fonts are called that pdfium has no name for.
    """
    import pypdfium2.raw as raw

    page = _page(document, number)
    rotation = page.get_rotation()
    try:
        if stance.turn:  # pdfium orders characters as they are seen, so the page must be upright for it too
            page.set_rotation((rotation - stance.turn) % 360)
        view = _View.of(page, stance)
        text = raw.FPDFText_LoadPage(page.raw)
        if not text:
            raise ValueError("its text cannot be read")
        try:
            glyphs = _glyphs(text, raw, view, lambda: _named_by(page, raw, faces.of(number)))
        finally:
            raw.FPDFText_ClosePage(text)
        paths = _paths(page, raw, view)
        shapes, pictured = shaped(paths, view.box, glyphs), any(path.picture for path in paths)
        label = document.get_page_label(number)
        return Sheet(view.box, tuple(glyphs), shapes, label, grounds(paths, view.box), pictured)
    finally:
        if stance.turn:
            page.set_rotation(rotation)
        page.close()


def _page(document: Any, number: int) -> Any:
    from pypdfium2 import PdfiumError

    try:
        return document[number]
    except PdfiumError:
        raise ValueError("it is missing in the file, or damaged") from None


class _View(NamedTuple):
    """How the page is seen: its crop box and rotation turn what is in it to points from the top left."""

    x0: float
    y0: float
    x1: float
    y1: float
    turn: int
    mirrored: bool

    @classmethod
    def of(cls, page: Any, stance: Stance) -> _View:
        _, crop = seen(page.get_mediabox(), page.get_cropbox())
        return cls(*crop, page.get_rotation() % 360, stance.mirrored)

    @property
    def box(self) -> Box:
        width, height = self.x1 - self.x0, self.y1 - self.y0
        return Box(0.0, 0.0, height, width) if self.turn in (90, 270) else Box(0.0, 0.0, width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the page is seen."""
        if self.turn == 90:
            x, y = y - self.y0, x - self.x0
        elif self.turn == 180:
            x, y = self.x1 - x, y - self.y0
        elif self.turn == 270:
            x, y = self.y1 - y, self.x1 - x
        else:
            x, y = x - self.x0, self.y1 - y
        return x, self.box.y1 - y if self.mirrored else y

    def turned(self, turn: int) -> int:
        """Return how far what is turned by ``turn`` is seen to be, in degrees to the right."""
        return (-(turn + self.turn) if self.mirrored else turn + self.turn) % 360

    def rect(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return a rectangle of the page as it is seen."""
        ax, ay = self.point(left, bottom)
        bx, by = self.point(right, top)
        return Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def _named_by(page: Any, raw: Any, names: list[tuple[str, int]]) -> dict[int, tuple[str, bool, bool]]:
    """Give the fonts of a page, in the order in which it shows text with them, the ``names`` they have."""
    order: dict[int, None] = {}
    for i in range(raw.FPDFPage_CountObjects(page.raw)):
        handle = raw.FPDFPage_GetObject(page.raw, i)
        if raw.FPDFPageObj_GetType(handle) == TEXT:
            font = raw.FPDFTextObj_GetFont(handle)
            if font:
                order.setdefault(ctypes.addressof(font.contents))
    if len(order) != len(names):
        return {}
    return {key: named(*name) for key, name in zip(order, names, strict=True)}


def _glyphs(text: Any, raw: Any, view: _View, ask: Callable[[], dict[int, tuple[str, bool, bool]]]) -> list[Glyph]:
    found: list[Glyph] = []
    rect, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    styles: dict[int, _Style] = {}
    fonts: dict[int, tuple[str, bool, bool]] = {}
    get_object, address = raw.FPDFText_GetTextObject, ctypes.addressof
    high = 0
    count = raw.FPDFText_CountChars(text)
    if count > 2 * MOST_GLYPHS:  # pdfium counts what it invents too
        raise ValueError(f"it has more than {MOST_GLYPHS:,} glyphs")
    for i in range(count):
        if raw.FPDFText_IsGenerated(text, i) == 1:
            continue
        code = raw.FPDFText_GetUnicode(text, i)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD
        high = 0
        handle = get_object(text, i)
        key = address(handle.contents) if handle else 0
        style = styles.get(key)
        if style is None:
            raw.FPDFText_GetMatrix(text, i, matrix)
            if raw.FPDFText_GetFontSize(text, i) < 0:  # as large, and turned by 180
                matrix.a, matrix.b, matrix.c, matrix.d = -matrix.a, -matrix.b, -matrix.c, -matrix.d
            style = styles[key] = _style(handle, matrix, raw, fonts, view, ask)
        size = raw.FPDFText_GetFontSize(text, i) * style.scale
        raw.FPDFText_GetLooseCharBox(text, i, rect)
        raw.FPDFText_GetCharOrigin(text, i, x, y)
        box = view.rect(rect.left, rect.bottom, rect.right, rect.top)
        ox, oy = view.point(x.value, y.value)
        hidden = "invisible" if style.mode == INVISIBLE else ""
        if raw.FPDFText_HasUnicodeMapError(text, i) == 1:  # then the code is that of the glyph in its font
            code = 0
        char = "-" if code == 2 else chr(code) if code else "\ufffd"  # pdfium writes a hyphen at a line end as U+0002
        x0, x1 = (min(ox, box.x0), max(ox, box.x1)) if style.turn in (0, 180) else (box.x0, box.x1)
        size = abs(size) or 1.0
        aside = style.turn in (90, 270)
        base = oy if style.turn == 0 else box.y0 + 0.88 * (size if aside else box.height)
        found.append(Glyph(char, x0, x1, base, size, style.font, style.bold, style.italic, style.colour, style.turn,
                           hidden, i, box.height if aside else 0.0, style.mirrored))  # fmt: skip
    return found


def _style(
    handle: Any,
    matrix: Any,
    raw: Any,
    fonts: dict[int, tuple[str, bool, bool]],
    view: _View,
    ask: Callable[[], dict[int, tuple[str, bool, bool]]],
) -> _Style:
    """Return what holds for all glyphs of a text object."""
    scale = math.hypot(matrix.c, matrix.d) or 1.0
    turn = view.turned(round(math.degrees(math.atan2(-matrix.b, matrix.a)) / 90) * 90)
    mirrored = (matrix.a * matrix.d - matrix.b * matrix.c < 0) is not view.mirrored
    if not handle:
        return _Style("", False, False, "", 0, scale, turn, mirrored)
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    colour = ""
    if raw.FPDFPageObj_GetFillColor(handle, red, green, blue, alpha):
        colour = f"#{red.value:02x}{green.value:02x}{blue.value:02x}"
    font = raw.FPDFTextObj_GetFont(handle)
    key = ctypes.addressof(font.contents) if font else 0
    if key not in fonts:
        fonts[key] = _font(font, raw) if font else ("", False, False)
        if font and not fonts[key][0] and -1 not in fonts:
            fonts |= ask()
            fonts[-1] = ("", False, False)  # asked once a page
            fonts.setdefault(key, ("", False, False))
    name, bold, italic = fonts[key]
    mode = raw.FPDFTextObj_GetTextRenderMode(handle)
    return _Style(name, bold, italic, colour, mode, scale, turn, mirrored)


def _font(font: Any, raw: Any) -> tuple[str, bool, bool]:
    buffer = ctypes.create_string_buffer(256)
    length = raw.FPDFFont_GetBaseFontName(font, buffer, 256)
    name = buffer.raw[: max(0, min(length, 256) - 1)].decode("utf-8", "replace")
    return named(name, raw.FPDFFont_GetWeight(font), raw.FPDFFont_GetFlags(font))


def named(name: str, weight: int = 0, flags: int = 0) -> tuple[str, bool, bool]:
    """Return the family of a font, whether it is bold and italic, by its name and what its descriptor says.

    >>> named("AAAAAA+NotoSerifCJKhk-Bold")
    ('NotoSerifCJKhk', True, False)
    """
    name = name.split("+", 1)[-1]
    family, _, cut = name.replace(",", "-").partition("-")
    low = cut.lower() or name.lower()
    bold = any(word in low for word in ("bold", "black", "heavy", "demi")) or (not cut and weight >= _BOLD)
    return family, bold, any(word in low for word in ("italic", "oblique")) or bool(flags & 64)


def _paths(page: Any, raw: Any, view: _View) -> list[Path]:
    found: list[Path] = []
    count = raw.FPDFPage_CountObjects(page.raw)
    for i in range(count):
        _object(raw.FPDFPage_GetObject(page.raw, i), raw, view, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), 0, found)
    return found


def _object(handle: Any, raw: Any, view: _View, within: tuple[float, ...], deep: int, found: list[Path]) -> None:
    kind = raw.FPDFPageObj_GetType(handle)
    if kind == FORM and deep < MOST_DEEP:
        matrix = raw.FS_MATRIX()
        raw.FPDFPageObj_GetMatrix(handle, matrix)
        own = (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
        for i in range(max(0, raw.FPDFFormObj_CountObjects(handle))):
            _object(raw.FPDFFormObj_GetObject(handle, i), raw, view, _times(own, within), deep + 1, found)
    if kind not in (PATH, IMAGE, SHADING):
        return
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(handle, left, bottom, right, top):
        return
    corners = [_apply(within, px, py) for px in (left.value, right.value) for py in (bottom.value, top.value)]
    xs, ys = [c[0] for c in corners], [c[1] for c in corners]
    box = view.rect(min(xs), min(ys), max(xs), max(ys))
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


def _times(a: tuple[float, ...], b: tuple[float, ...]) -> tuple[float, ...]:
    """Return the matrix that does ``a`` first, then ``b``."""
    return (
        a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3], a[2] * b[0] + a[3] * b[2], a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4], a[4] * b[1] + a[5] * b[3] + b[5],
    )  # fmt: skip


def _apply(m: tuple[float, ...], x: float, y: float) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]
