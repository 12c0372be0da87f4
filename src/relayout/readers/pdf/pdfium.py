"""Reads the glyphs and shapes of PDF pages with pdfium: fast, one page at a time.

pdfium gives characters in pieces of text objects; what holds for an object (font, colour, mode) is asked once for it.
Characters that pdfium invents (spaces, line ends) are left out.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from relayout.imprint import Box
from relayout.readers.pdf import naming
from relayout.readers.pdf.faces import Faces
from relayout.readers.pdf.glyphs import MOST_GLYPHS, Glyph, Sheet
from relayout.readers.pdf.matrices import apply, times
from relayout.readers.pdf.saying import replaced
from relayout.readers.pdf.shapes import Path, grounds, shaped
from relayout.readers.pdf.strata import FORM, IMAGE, INVISIBLE, MOST_DEEP, PATH, SHADING, TEXT, Layer, Strata

_BOLD = 600
_LAYER = Layer()


class _Style(NamedTuple):
    font: str
    bold: bool
    italic: bool
    colour: str
    mode: int
    scale: float
    turn: int


def sheet(document: Any, number: int, faces: Faces) -> Sheet:
    """Return page ``number`` (from 0) of an open document; whatever pdfium cannot do with it raises an error.

    ``faces`` says what fonts are called that pdfium has no name for.
    """
    import pypdfium2.raw as raw

    page = document[number]
    try:
        view = _View.of(page)
        strata = Strata(page, raw, view.rect, lambda: not naming.patterned(faces.resources(number)))
        ask = cache(lambda: _named_by(page, raw, faces.of(number)))
        shown = _shown(page, raw, view, ask)
        glyphs, hidden = strata.marked(shown.glyphs, shown.keys)
        if gone := strata.removed(glyphs, shown.keys):
            # Of two letters in one place pdfium gives one, which may be that under the other (white, and set anew).
            shown = shown.only(gone).then(_shown(page, raw, view, ask))
            glyphs, hidden = strata.marked(shown.glyphs, shown.keys)
        layers = [strata.layers.get(key, _LAYER) for key in shown.keys]
        glyphs, told = naming.named_glyphs(
            glyphs, shown.codes, lambda n: layers[n].face(raw), lambda: faces.resources(number)
        )
        glyphs, given = replaced(glyphs, [layer.said for layer in layers], strata.texts)
        paths = _paths(page, raw, view)
        remarks = (*hidden, *told, *given)
        shapes, pictured = shaped(paths, view.box, glyphs), any(path.picture for path in paths)
        label = document.get_page_label(number)
        return Sheet(view.box, tuple(glyphs), shapes, label, grounds(paths, view.box), pictured, remarks)
    finally:
        page.close()


class _Shown(NamedTuple):
    """The glyphs of a page, the keys of the text objects that they belong to, and their codes, -1 if unknown."""

    glyphs: list[Glyph]
    keys: list[int]
    codes: list[int]

    def only(self, keys: set[int]) -> _Shown:
        kept = [n for n, key in enumerate(self.keys) if key in keys]
        return _Shown([self.glyphs[n] for n in kept], [self.keys[n] for n in kept], [self.codes[n] for n in kept])

    def then(self, other: _Shown) -> _Shown:
        return _Shown(self.glyphs + other.glyphs, self.keys + other.keys, self.codes + other.codes)


class _View(NamedTuple):
    """How the page is seen: its crop box and rotation turn what is in it to points from the top left."""

    x0: float
    y0: float
    x1: float
    y1: float
    turn: int

    @classmethod
    def of(cls, page: Any) -> _View:
        x0, y0, x1, y1 = page.get_cropbox()
        mx0, my0, mx1, my1 = page.get_mediabox()
        left, right = max(min(x0, x1), min(mx0, mx1)), min(max(x0, x1), max(mx0, mx1))
        low, high = max(min(y0, y1), min(my0, my1)), min(max(y0, y1), max(my0, my1))
        if right <= left or high <= low:
            left, low, right, high = mx0, my0, mx1, my1
        return cls(left, low, right, high, page.get_rotation() % 360)

    @property
    def box(self) -> Box:
        width, height = self.x1 - self.x0, self.y1 - self.y0
        return Box(0.0, 0.0, height, width) if self.turn in (90, 270) else Box(0.0, 0.0, width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the page is seen."""
        if self.turn == 90:
            return y - self.y0, x - self.x0
        if self.turn == 180:
            return self.x1 - x, y - self.y0
        if self.turn == 270:
            return self.y1 - y, self.x1 - x
        return x - self.x0, self.y1 - y

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


def _shown(page: Any, raw: Any, view: _View, ask: Callable[[], dict[int, tuple[str, bool, bool]]]) -> _Shown:
    text = raw.FPDFText_LoadPage(page.raw)
    if not text:
        raise ValueError("its text cannot be read")
    try:
        return _glyphs(text, raw, view, ask)
    finally:
        raw.FPDFText_ClosePage(text)


def _glyphs(text: Any, raw: Any, view: _View, ask: Callable[[], dict[int, tuple[str, bool, bool]]]) -> _Shown:
    found = _Shown([], [], [])
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
            style = styles[key] = _style(handle, matrix, raw, fonts, view, ask)
        size = raw.FPDFText_GetFontSize(text, i) * style.scale
        raw.FPDFText_GetLooseCharBox(text, i, rect)
        raw.FPDFText_GetCharOrigin(text, i, x, y)
        box = view.rect(rect.left, rect.bottom, rect.right, rect.top)
        ox, oy = view.point(x.value, y.value)
        hidden = "invisible" if style.mode == INVISIBLE else ""
        # A soft hyphen that is a glyph is printed; pdfium writes one at a line end as U+0002.
        char = "-" if code in (2, 0xAD) else chr(code) if code else "\ufffd"
        x0, x1 = (min(ox, box.x0), max(ox, box.x1)) if style.turn in (0, 180) else (box.x0, box.x1)
        size = abs(size) or 1.0
        aside = style.turn in (90, 270)
        base = oy if style.turn == 0 else box.y0 + 0.88 * (size if aside else box.height)
        found.keys.append(key)
        lost = raw.FPDFText_HasUnicodeMapError(text, i) == 1  # then the code is that of the glyph in its font
        found.codes.append(code if lost else -1)
        char = "\ufffd" if lost else char
        found.glyphs.append(
            Glyph(char, x0, x1, base, size, style.font, style.bold, style.italic, style.colour, style.turn, hidden, i,
                  box.height if aside else 0.0)
        )  # fmt: skip
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
    turn = round(math.degrees(math.atan2(-matrix.b, matrix.a)) / 90) * 90 + view.turn
    if not handle:
        return _Style("", False, False, "", 0, scale, turn % 360)
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
    return _Style(name, bold, italic, colour, raw.FPDFTextObj_GetTextRenderMode(handle), scale, turn % 360)


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
            _object(raw.FPDFFormObj_GetObject(handle, i), raw, view, times(own, within), deep + 1, found)
    if kind not in (PATH, IMAGE, SHADING):
        return
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(handle, left, bottom, right, top):
        return
    corners = [apply(within, px, py) for px in (left.value, right.value) for py in (bottom.value, top.value)]
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
