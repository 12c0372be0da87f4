"""How a text object of pdfium is set: its font, size, colour and direction, and how wide its glyphs are."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable
from typing import Any, NamedTuple

from relayout.imprint import Box
from relayout.readers.pdf.glyphs import snapped
from relayout.readers.pdf.views import View

SLIGHT = 0.002  # of the type size: what counts for nothing in a width
MOST = 0.8  # of the ink of a glyph, which may be wider (心): the advance is that wide at least
_BOLD = 600

Names = dict[int, tuple[str, bool, bool]]


class Style(NamedTuple):
    """What holds for all glyphs of a text object; ``wide`` is the type size across, ``face`` the key of its font."""

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
    mirrored: bool = False


SPACE = Style("", False, False, "", 0, 1.0, 1.0, 0, 0, None, False)


def advance(text: Any, i: int, char: str, raw: Any, view: View, style: Style, origin: tuple[float, float]) -> float:
    """Return the advance of a glyph for each point of its size across.

    The loose box of pdfium goes to the advance, or to the end of the ink if that is further. For what ``ActualText``
    names it is the ink; the width that the font then gives is that of its first glyph, an em in Chinese (hk-13, •).
    """
    loose, ink = raw.FS_RECTF(), [ctypes.c_double() for _ in range(4)]
    raw.FPDFText_GetLooseCharBox(text, i, loose)
    raw.FPDFText_GetCharBox(text, i, *ink)
    left, right, low, high = (value.value for value in ink)
    width = ctypes.c_float()
    known = char and style.handle and raw.FPDFFont_GetGlyphWidth(style.handle, ord(char), 1.0, width)
    if style.leaning and known and width.value > 0:
        return width.value
    far = reach(view.rect(loose.left, loose.bottom, loose.right, loose.top), origin, style.turn) / style.wide
    near = reach(view.rect(left, low, right, high), origin, style.turn) / style.wide
    if far > near + SLIGHT:
        return far
    if not known:
        return far
    if loose.top - loose.bottom < high - low + SLIGHT and loose.right - loose.left < right - left + SLIGHT:
        return width.value if width.value > MOST * far else far
    return width.value if 0 < width.value < far + SLIGHT else far


def reach(box: Box, origin: tuple[float, float], turn: int) -> float:
    """Return how far a box reaches from the origin of its glyph in the direction of reading."""
    x, y = origin
    return {0: box.x1 - x, 90: box.y1 - y, 180: x - box.x0}.get(turn, y - box.y0)


class Styles:
    """The styles of the text objects of a page; most are set like another one (Chromium has an object a glyph)."""

    def __init__(self, raw: Any, view: View, ask: Callable[[], Names]) -> None:
        """Begin with none; ``ask`` says what the fonts of the page are called that pdfium has no name for."""
        self.raw, self.view, self.ask = raw, view, ask
        self._fonts: Names = {}
        self._made: dict[tuple[Any, ...], Style] = {}
        self._colour = [ctypes.c_uint() for _ in range(4)]

    def of(self, handle: Any, matrix: tuple[float, float, float, float], points: float) -> Style:
        """Return what holds for all glyphs of a text object, set by a matrix in a size of ``points``."""
        raw, colour = self.raw, ""
        font, key, mode = None, 0, 0
        if handle:
            red, green, blue, _ = self._colour
            if raw.FPDFPageObj_GetFillColor(handle, *self._colour):
                colour = f"#{red.value:02x}{green.value:02x}{blue.value:02x}"
            font = raw.FPDFTextObj_GetFont(handle)
            key = ctypes.addressof(font.contents) if font else 0
            mode = raw.FPDFTextObj_GetTextRenderMode(handle)
        known = (matrix, points, colour, key, mode)
        if known not in self._made:
            self._made[known] = self._styled(matrix, points, colour, font, key, mode)
        return self._made[known]

    def _styled(
        self, matrix: tuple[float, float, float, float], points: float, colour: str, font: Any, key: int, mode: int
    ) -> Style:
        a, b, c, d = matrix if points >= 0 else [-value for value in matrix]  # of a negative size: turned by 180
        size = snapped(abs(points) * math.hypot(c, d)) or abs(points) or 1.0
        wide = abs(points) * math.hypot(a, b) or size
        turn = self.view.turned(round(math.degrees(math.atan2(-b, a)) / 90) * 90)
        mirrored = (a * d - b * c < 0) is not self.view.mirrored
        leaning = abs(a * c + b * d) > SLIGHT
        fonts = self._fonts
        if key not in fonts:
            fonts[key] = _font(font, self.raw) if font else ("", False, False)
            if font and not fonts[key][0] and -1 not in fonts:
                fonts |= self.ask()
                fonts[-1] = ("", False, False)  # asked once a page
                fonts.setdefault(key, ("", False, False))
        name, bold, italic = fonts[key]
        return Style(name, bold, italic, colour, mode, size, wide, turn, key, font, leaning, mirrored)


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
