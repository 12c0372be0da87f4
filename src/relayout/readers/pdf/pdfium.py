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

from relayout.imprint import Box, Stance
from relayout.readers.pdf import naming
from relayout.readers.pdf.boxes import seen
from relayout.readers.pdf.drawn import drawn
from relayout.readers.pdf.faces import Faces
from relayout.readers.pdf.glyphs import MOST_GLYPHS, Glyph, Sheet
from relayout.readers.pdf.matrices import Matrix, inverse, spread
from relayout.readers.pdf.saying import replaced
from relayout.readers.pdf.shapes import grounds, shaped
from relayout.readers.pdf.strata import INVISIBLE, TEXT, Layer, Strata

_BOLD = 600
_NEAR = 0.02  # of the type size: what the box of a glyph may be off
_LAYER = Layer()


class _Style(NamedTuple):
    font: str
    bold: bool
    italic: bool
    colour: str
    mode: int
    scale: float
    turn: int
    mirrored: bool
    leaning: Matrix | None  # of a text that is turned or mirrored on the page itself


def sheet(document: Any, number: int, faces: Faces, stance: Stance) -> Sheet:
    """Return page ``number`` (from 0) of an open document, taken out of its ``stance``.

    Whatever pdfium cannot do with it raises an error. ``faces`` says what fonts are called that pdfium has no name for.
    """
    import pypdfium2.raw as raw

    page = _page(document, number)
    rotation = page.get_rotation()
    strata: Strata | None = None
    try:
        if stance.turn:  # pdfium orders characters as they are seen, so the page must be upright for it too
            page.set_rotation((rotation - stance.turn) % 360)
        view = _View.of(page, stance)
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
        paths = drawn(page, raw, view.rect)
        remarks = (*hidden, *told, *given)
        shapes, pictured = shaped(paths, view.box, glyphs), any(path.picture for path in paths)
        label = document.get_page_label(number)
        return Sheet(view.box, tuple(glyphs), shapes, label, grounds(paths, view.box), pictured, remarks)
    finally:
        if strata:
            strata.close()
        if stance.turn:
            page.set_rotation(rotation)
        page.close()


def _page(document: Any, number: int) -> Any:
    from pypdfium2 import PdfiumError

    try:
        return document[number]
    except PdfiumError:
        raise ValueError("it is missing in the file, or damaged") from None


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
            if raw.FPDFText_GetFontSize(text, i) < 0:  # as large, and turned by 180
                matrix.a, matrix.b, matrix.c, matrix.d = -matrix.a, -matrix.b, -matrix.c, -matrix.d
            style = styles[key] = _style(handle, matrix, raw, fonts, view, ask)
        own = raw.FPDFText_GetFontSize(text, i)
        size = own * style.scale
        raw.FPDFText_GetLooseCharBox(text, i, rect)
        raw.FPDFText_GetCharOrigin(text, i, x, y)
        if style.leaning:
            _set_right(text, raw, i, style.leaning, rect, abs(own), x.value, y.value)
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
                  box.height if aside else 0.0, style.mirrored)
        )  # fmt: skip
    return found


def _set_right(text: Any, raw: Any, i: int, leaning: Matrix, rect: Any, size: float, x: float, y: float) -> None:
    """Put where a glyph prints in the place of its box, where the box begins before its origin and before its ink.

    Of a font for columns that is turned pdfium gives the box, which it does not turn, together with the ink.
    """
    back = inverse(leaning)
    start = spread(back, (rect.left - x, rect.bottom - y, rect.right - x, rect.top - y))[0]
    if start > -_NEAR * size:
        return
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    told = raw.FPDFText_GetCharBox(text, i, left, right, bottom, top) and left.value < right.value
    ink = (left.value, bottom.value, right.value, top.value) if told else (x, y, x, y)
    if start < spread(back, (ink[0] - x, ink[1] - y, ink[2] - x, ink[3] - y))[0] - _NEAR * size:
        rect.left, rect.bottom, rect.right, rect.top = ink


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
    area = matrix.a * matrix.d - matrix.b * matrix.c
    mirrored = (area < 0) is not view.mirrored
    level = matrix.a > 0 and matrix.d > 0 and abs(matrix.b) + abs(matrix.c) < _NEAR * scale
    leaning = None if level or not area else (matrix.a, matrix.b, matrix.c, matrix.d, 0.0, 0.0)
    if not handle:
        return _Style("", False, False, "", 0, scale, turn, mirrored, leaning)
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
    return _Style(name, bold, italic, colour, mode, scale, turn, mirrored, leaning)


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
