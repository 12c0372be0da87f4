"""Reads the glyphs and shapes of PDF pages with pdfium: fast, one page at a time.

pdfium gives characters in pieces of text objects; what holds for an object (font, colour, mode) is asked once for it.
Characters that pdfium invents (spaces, line ends) are left out.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

from relayout.imprint import Stance
from relayout.readers.pdf import naming
from relayout.readers.pdf.faces import Faces
from relayout.readers.pdf.glyphs import MOST_GLYPHS, Glyph, Sheet, Spot, placed
from relayout.readers.pdf.objects import INVISIBLE, TEXT, WITHOUT, Item, items, path, untold
from relayout.readers.pdf.saying import replaced
from relayout.readers.pdf.settings import SPACE, Names, Style, Styles, advance, named
from relayout.readers.pdf.shapes import grounds, shaped
from relayout.readers.pdf.strata import Layer, Strata
from relayout.readers.pdf.views import View

_LAYER = Layer()


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
        view = View.of(page, stance)
        strata = Strata(page, raw, view.rect, lambda: not naming.patterned(faces.resources(number)))
        found = items(page, raw)
        ask = cache(lambda: _named_by(found, raw, faces.of(number)))
        shown = _shown(page, raw, view, found, ask)
        glyphs, hidden = strata.marked(shown.glyphs, shown.keys)
        if gone := strata.removed(glyphs, shown.keys):
            # Of two letters in one place pdfium gives one, which may be that under the other (white, and set anew).
            shown = shown.only(gone).then(_shown(page, raw, view, items(page, raw), ask))
            glyphs, hidden = strata.marked(shown.glyphs, shown.keys)
        layers = [strata.layers.get(key, _LAYER) for key in shown.keys]
        glyphs, told = naming.named_glyphs(
            glyphs, shown.codes, lambda n: layers[n].face(raw), lambda: faces.resources(number)
        )
        glyphs, given = replaced(glyphs, [layer.said for layer in layers], strata.texts)
        paths = [one for item in found if item.kind != TEXT and (one := path(item, raw, view.rect))]
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


class _Made(NamedTuple):
    """A glyph that is being read: the number and key of its object; its code where that is all that is known, or -1."""

    number: int
    text: str
    spot: Spot
    style: Style
    key: int
    code: int


def _named_by(found: Sequence[Item], raw: Any, names: list[tuple[str, int]]) -> Names:
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


def _shown(page: Any, raw: Any, view: View, found: Sequence[Item], ask: Callable[[], Names]) -> _Shown:
    text = raw.FPDFText_LoadPage(page.raw)
    if not text:
        raise ValueError("its text cannot be read")
    try:
        return _glyphs(text, raw, view, found, ask)
    finally:
        raw.FPDFText_ClosePage(text)


def _glyphs(text: Any, raw: Any, view: View, found: Sequence[Item], ask: Callable[[], Names]) -> _Shown:
    """Return the glyphs of a page in the order of its content: pdfium has them by lines, as far as it sees lines.

    Characters that stand in one place are those of one glyph: a ligature, or what ``ActualText`` says of it.
    """
    made: list[_Made] = []
    x, y = ctypes.c_double(), ctypes.c_double()
    styles: dict[int, Style] = {}
    setting = Styles(raw, view, ask)
    order = {item.key: n for n, item in enumerate(found) if item.kind == TEXT}
    widths: dict[tuple[int, int], float] = {}
    get_object, address = raw.FPDFText_GetTextObject, ctypes.addressof
    high = 0
    count = raw.FPDFText_CountChars(text)
    if count > 2 * MOST_GLYPHS:  # pdfium counts what it invents too
        raise ValueError(f"it has more than {MOST_GLYPHS:,} glyphs")
    last: tuple[int, float, float] | None = None
    matrix = raw.FS_MATRIX()
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
            of = (matrix.a, matrix.b, matrix.c, matrix.d)
            style = styles[key] = setting.of(handle, of, raw.FPDFText_GetFontSize(text, i))
        raw.FPDFText_GetCharOrigin(text, i, x, y)
        lost = raw.FPDFText_HasUnicodeMapError(text, i) == 1  # then the code is that of the glyph in its font
        # A soft hyphen that is a glyph is printed; pdfium writes one at a line end as U+0002.
        char = "\ufffd" if lost or not code else "-" if code in (2, 0xAD) else chr(code)
        place = (key, x.value, y.value)
        if place == last and made:
            made[-1] = made[-1]._replace(text=made[-1].text + char)
            continue
        last = place
        ox, oy = view.point(x.value, y.value)
        known = (style.face, -code if lost else code)
        if known not in widths:
            widths[known] = advance(text, i, "" if lost else char, raw, view, style, (ox, oy))
        spot = placed(ox, oy, widths[known] * style.wide, style.size, style.turn, mirrored=style.mirrored)
        made.append(_Made(order.get(key, len(found)), char, spot, style, key, code if lost else -1))
    for number, own in untold(found, raw, styles):
        ox, oy = view.point(own[4], own[5])
        made.append(_Made(number, " ", placed(ox, oy, 0.0, 1.0, 0), SPACE, found[number].key, -1))
    made.sort(key=lambda one: one.number)
    glyphs = [_glyph(one.text, one.spot, one.style, n) for n, one in enumerate(made)]
    return _Shown(glyphs, [one.key for one in made], [one.code for one in made])


def _glyph(text: str, spot: Spot, style: Style, order: int) -> Glyph:
    hidden = "invisible" if style.mode == INVISIBLE else ""
    return Glyph(text, spot.x0, spot.x1, spot.y, style.size, style.font, style.bold, style.italic, style.colour,
                 style.turn, hidden, order, spot.length, style.mirrored)  # fmt: skip
