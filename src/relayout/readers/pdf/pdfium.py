"""Reads the glyphs and shapes of PDF pages with pdfium: fast, one page at a time.

pdfium gives characters in pieces of text objects; what holds for an object (font, colour, mode) is asked once for it.
Characters that pdfium invents (spaces, line ends) are left out.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from relayout.imprint import Box
from relayout.readers.pdf.faces import Faces
from relayout.readers.pdf.glyphs import MOST_GLYPHS, Glyph, Sheet, Spot, placed, snapped
from relayout.readers.pdf.objects import TEXT, WITHOUT, Item, Matrix, items, path, untold
from relayout.readers.pdf.shapes import grounds, shaped

INVISIBLE = 3
SLIGHT = 0.002  # of the type size: what counts for nothing in a width
WIDER = 1.25  # of the advance of one glyph: what several glyphs take
MOST = 0.8  # of the ink of a glyph, which may be wider (心): the advance is that wide at least
_BOLD = 600

Names = dict[int, tuple[str, bool, bool]]


class _Style(NamedTuple):
    font: str
    bold: bool
    italic: bool
    colour: str
    mode: int
    size: float
    wide: float
    turn: int
    face: int
    handle: Any
    leaning: bool


_SPACE = _Style("", False, False, "", 0, 1.0, 1.0, 0, 0, None, False)


def sheet(document: Any, number: int, faces: Faces) -> Sheet:
    """Return page ``number`` (from 0) of an open document; whatever pdfium cannot do with it raises an error.

    ``faces`` says what fonts are called that pdfium has no name for.
    """
    import pypdfium2.raw as raw

    page = document[number]
    try:
        view = _View.of(page)
        text = raw.FPDFText_LoadPage(page.raw)
        if not text:
            raise ValueError("its text cannot be read")
        try:
            found = items(page, raw)
            glyphs = _glyphs(text, raw, view, found, lambda: _named_by(found, raw, faces.of(number)))
        finally:
            raw.FPDFText_ClosePage(text)
        paths = [one for item in found if item.kind != TEXT and (one := path(item, raw, view.rect))]
        shapes, pictured = shaped(paths, view.box, glyphs), any(path.picture for path in paths)
        label = document.get_page_label(number)
        return Sheet(view.box, tuple(glyphs), shapes, label, grounds(paths, view.box), pictured)
    finally:
        page.close()


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
        across, down = (height, width) if self.turn in (90, 270) else (width, height)
        return Box(0.0, 0.0, round(across, 3), round(down, 3))

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


def _named_by(found: Sequence[Item], raw: Any, names: list[tuple[str, int]]) -> dict[int, tuple[str, bool, bool]]:
    """Give the fonts of a page, in the order in which it shows text with them, the ``names`` they have."""
    order: dict[int, None] = {}
    for item in found:
        if item.kind == TEXT and item.within == WITHOUT:
            font = raw.FPDFTextObj_GetFont(item.handle)
            if font:
                order.setdefault(ctypes.addressof(font.contents))
    if len(order) != len(names):
        return {}
    return {key: named(*name) for key, name in zip(order, names, strict=True)}


def _glyphs(text: Any, raw: Any, view: _View, found: Sequence[Item], ask: Callable[[], Names]) -> list[Glyph]:
    """Return the glyphs of a page in the order of its content: pdfium has them by lines, as far as it sees lines.

    Characters that stand in one place are those of one glyph: a ligature, or what ``ActualText`` says of it.
    """
    made: list[tuple[int, str, Spot, _Style]] = []
    x, y = ctypes.c_double(), ctypes.c_double()
    styles: dict[int, _Style] = {}
    fonts: Names = {}
    order = {item.key: n for n, item in enumerate(found) if item.kind == TEXT}
    widths: dict[tuple[int, int], float] = {}
    get_object, address = raw.FPDFText_GetTextObject, ctypes.addressof
    high = 0
    count = raw.FPDFText_CountChars(text)
    if count > 2 * MOST_GLYPHS:  # pdfium counts what it invents too
        raise ValueError(f"it has more than {MOST_GLYPHS:,} glyphs")
    last: tuple[int, float, float] | None = None
    ox, oy, loose, matrix = 0.0, 0.0, raw.FS_RECTF(), raw.FS_MATRIX()
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
            of = (matrix.a, matrix.b, matrix.c, matrix.d, 0.0, 0.0)
            style = styles[key] = _style(handle, of, raw.FPDFText_GetFontSize(text, i), raw, fonts, view, ask)
        raw.FPDFText_GetCharOrigin(text, i, x, y)
        char = "-" if code == 2 else chr(code) if code else "\ufffd"  # pdfium writes a hyphen at a line end as U+0002
        place = (key, x.value, y.value)
        if place == last and made:
            raw.FPDFText_GetLooseCharBox(text, i, loose)
            far = _reach(view.rect(loose.left, loose.bottom, loose.right, loose.top), (ox, oy), style.turn)
            number, said, spot, _ = made[-1]
            made[-1] = (number, said + char, _wider(spot, far, style.turn), style)
            continue
        last = place
        ox, oy = view.point(x.value, y.value)
        known = (style.face, code)
        if known not in widths:
            widths[known] = _width(text, i, char, raw, view, style, (ox, oy))
        spot = placed(ox, oy, widths[known] * style.wide, style.size, style.turn)
        made.append((order.get(key, len(found)), char, spot, style))
    for number, said, own in untold(found, raw, styles):
        ox, oy = view.point(own[4], own[5])
        style = _SPACE
        if not said.isspace():
            points = ctypes.c_float()
            raw.FPDFTextObj_GetFontSize(found[number].handle, points)
            style = _style(found[number].handle, own, points.value, raw, fonts, view, ask)
        advance = 0.0 if style is _SPACE else style.wide
        made.append((number, said, placed(ox, oy, advance, style.size, style.turn), style))
    made.sort(key=lambda one: one[0])
    return [_glyph(said, spot, style, n) for n, (_, said, spot, style) in enumerate(made)]


def _glyph(text: str, spot: Spot, style: _Style, order: int) -> Glyph:
    hidden = "invisible" if style.mode == INVISIBLE else ""
    return Glyph(text, spot.x0, spot.x1, spot.y, style.size, style.font, style.bold, style.italic, style.colour,
                 style.turn, hidden, order, spot.length)  # fmt: skip


def _wider(spot: Spot, far: float, turn: int) -> Spot:
    """Return the place of a glyph that stands for several characters: ``ActualText`` may stand for several glyphs."""
    if far <= WIDER * (spot.length or spot.x1 - spot.x0) or turn not in (0, 90):
        return spot
    return spot._replace(length=snapped(far)) if turn else spot._replace(x1=snapped(spot.x0 + far))


def _width(text: Any, i: int, char: str, raw: Any, view: _View, style: _Style, origin: tuple[float, float]) -> float:
    """Return the advance of a glyph for each point of its size across.

    The loose box of pdfium goes to the advance, or to the end of the ink if that is further. For what ``ActualText``
    names it is the ink; the width that the font then gives is that of its first glyph, an em in Chinese (hk-13, •).
    """
    loose, ink = raw.FS_RECTF(), [ctypes.c_double() for _ in range(4)]
    raw.FPDFText_GetLooseCharBox(text, i, loose)
    raw.FPDFText_GetCharBox(text, i, *ink)
    left, right, low, high = (value.value for value in ink)
    width = ctypes.c_float()
    known = style.handle and raw.FPDFFont_GetGlyphWidth(style.handle, ord(char), 1.0, width)
    if style.leaning and known and width.value > 0:
        return width.value
    far = _reach(view.rect(loose.left, loose.bottom, loose.right, loose.top), origin, style.turn) / style.wide
    near = _reach(view.rect(left, low, right, high), origin, style.turn) / style.wide
    if far > near + SLIGHT:
        return far
    if not known:
        return far
    if loose.top - loose.bottom < high - low + SLIGHT and loose.right - loose.left < right - left + SLIGHT:
        return width.value if width.value > MOST * far else far
    return width.value if 0 < width.value < far + SLIGHT else far


def _reach(box: Box, origin: tuple[float, float], turn: int) -> float:
    """Return how far a box reaches from the origin of its glyph in the direction of reading."""
    x, y = origin
    return {0: box.x1 - x, 90: box.y1 - y, 180: x - box.x0}.get(turn, y - box.y0)


def _style(
    handle: Any, matrix: Matrix, points: float, raw: Any, fonts: Names, view: _View, ask: Callable[[], Names]
) -> _Style:
    """Return what holds for all glyphs of a text object."""
    a, b, c, d, _, _ = matrix
    size = snapped(abs(points) * math.hypot(c, d)) or abs(points) or 1.0
    wide = abs(points) * math.hypot(a, b) or size
    turn = round(math.degrees(math.atan2(-b, a)) / 90) * 90 + view.turn
    leaning = abs(a * c + b * d) > SLIGHT
    if not handle:
        return _Style("", False, False, "", 0, size, wide, turn % 360, 0, None, leaning)
    red, green, blue, alpha = ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint()
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
    return _Style(name, bold, italic, colour, mode, size, wide, turn % 360, key, font, leaning)


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
