"""Reads the glyphs and shapes of PDF pages with pdfplumber and its pdfminer: slow, and a second opinion on pdfium.

Shadings that fill a clip (the operator ``sh``) are not seen; CMYK colours are turned into RGB without a profile.
"""

from __future__ import annotations

import contextlib
import io
import logging
import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, NamedTuple

from relayout.imprint import Box
from relayout.readers.pdf.glyphs import MOST_GLYPHS, OVER, Glyph, Sheet, Spot, placed, snapped
from relayout.readers.pdf.pdfium import INVISIBLE, named
from relayout.readers.pdf.shapes import Path, grounds, scaled, shaped

_MOST_NAMES = 10_000  # pages; the names go on without an end


@contextmanager
def opened(data: bytes, password: str) -> Iterator[tuple[Any, list[str]]]:
    """Open a PDF, find its pages and what it calls them; raises ValueError where that fails in any of the ways it can.

    The warnings that pdfminer logs about odd fonts are not for the user.
    """
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        document = pdfplumber.open(io.BytesIO(data), password=password)
        names = _names(document.doc)
        document.doc.catalog.pop("PageLabels", None)  # damaged ones would keep pdfplumber from the pages
        count = len(document.pages)
    except Exception as error:  # pdfminer lets all kinds of errors through, pdfplumber wraps some of them
        first = error.args[0] if error.args and isinstance(error.args[0], Exception) else error
        if isinstance(first, PDFPasswordIncorrect):
            raise ValueError("a password is needed") from None
        raise ValueError(" ".join(str(error).split())[:80] or type(first).__name__) from None
    try:
        yield document, [*names[:count], *[""] * (count - len(names))]
    finally:
        document.close()


def _names(document: Any) -> list[str]:
    """Return what the file calls its pages, and more; fewer where the names are damaged: no reason to refuse it."""
    found: list[str] = []
    with contextlib.suppress(Exception):
        found.extend(islice(document.get_page_labels(), _MOST_NAMES))
    return found


def sheet(document: Any, number: int, label: str) -> Sheet:
    """Return page ``number`` (from 0) of an open document; whatever pdfminer cannot do with it raises an error."""
    from pdfminer.layout import LTChar, LTCurve, LTFigure, LTImage

    page = document.pages[number].page_obj
    view = _View.of(page)
    glyphs: list[Glyph] = []
    paths: list[Path] = []

    said: _Said | None = None

    def take(items: Iterable[Any]) -> None:
        nonlocal said
        for item in items:
            if isinstance(item, LTChar):
                glyph = _glyph(item, view, len(glyphs))
                tag: _Said | None = getattr(item, "said", None)
                if tag and tag is said:
                    glyphs[-1] = _longer(glyphs[-1], glyph)
                else:
                    glyphs.append(glyph)
                said = tag
            elif isinstance(item, LTFigure):
                take(item)
            elif isinstance(item, LTImage):
                paths.append(Path(view.rect(*item.bbox), picture=True))
            elif isinstance(item, LTCurve) and (item.fill or item.stroke):
                paths.append(_path(item, view))

    items, shaded = _items(page, number, document.rsrcmgr)
    take(items)
    document.pages[number].close()
    seen_on = (view.box,) if shaded else grounds(paths, view.box)
    pictured = any(path.picture for path in paths)
    return Sheet(view.box, tuple(glyphs), shaped(paths, view.box, glyphs), label, seen_on, pictured)


def _items(page: Any, number: int, resources: Any) -> tuple[Any, bool]:
    """Run the content of a page; say also whether a shading, whose place pdfminer does not tell, is in it.

    Its characters remember what pdfminer does not keep: their font and its size, their render mode and rise, and the
    ``ActualText`` that they stand in.
    """
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.pdfinterp import PDFPageInterpreter

    class Device(PDFPageAggregator):
        state: Any = None
        count = 0
        tags: list[_Said | None]

        def begin_page(self, *rest: Any) -> None:
            self.tags = []
            super().begin_page(*rest)

        def begin_tag(self, _tag: Any, props: Any = None) -> None:
            self.tags.append(_Said.of(props) or (self.tags[-1] if self.tags else None))

        def end_tag(self) -> None:
            del self.tags[-1:]

        def render_string(self, textstate: Any, *rest: Any) -> None:
            self.state = textstate
            super().render_string(textstate, *rest)

        def render_char(self, matrix: Any, font: Any, *rest: Any) -> Any:
            advance = super().render_char(matrix, font, *rest)
            self.count += 1
            if self.count > MOST_GLYPHS:
                raise ValueError(f"it has more than {MOST_GLYPHS:,} glyphs")
            item: Any = self.cur_item._objs[-1]
            item.mode, item.font, item.points, item.rise = self.state.render, font, self.state.fontsize, self.state.rise
            item.said = self.tags[-1] if self.tags else None
            return advance

        def paint_path(self, graphicstate: Any, *rest: Any) -> None:
            before = len(self.cur_item._objs)
            super().paint_path(graphicstate, *rest)
            drawn: list[Any] = self.cur_item._objs[before:]
            for item in drawn:
                item.wide = graphicstate.linewidth * scaled(*self.ctm[:4])

    class Interpreter(PDFPageInterpreter):
        shaded = False

        def init_state(self, ctm: Any) -> None:
            super().init_state(ctm)
            self.graphicstate.linewidth = 1.0  # what holds before the page says another one; pdfminer has 0

        def do_w(self, linewidth: Any) -> None:
            super().do_w(linewidth)  # pdfminer scales by the matrix that holds here and not where the line is drawn
            self.graphicstate.linewidth = float(linewidth) if isinstance(linewidth, int | float) else 1.0

        def do_sh(self, _name: Any) -> None:
            type(self).shaded = True  # of a form too, which another instance of this class runs

    device = Device(resources, pageno=number + 1, laparams=None)
    Interpreter(resources, device).process_page(page)
    return device.get_result(), Interpreter.shaded


class _Said:
    """The text that a marked part of the content stands for, as ``ActualText`` says it (ISO 32000-1, 14.9.4)."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    @classmethod
    def of(cls, props: Any) -> _Said | None:
        """Return what the properties of marked content say; nothing if they say nothing, or not as they ought to."""
        from pdfminer.pdftypes import resolve1
        from pdfminer.utils import decode_text

        said = resolve1(props.get("ActualText")) if isinstance(props, dict) else None
        text = decode_text(said) if isinstance(said, bytes) else ""
        return cls(text) if text else None


class _View(NamedTuple):
    """The crop box of a page in the coordinates of pdfminer: turned as seen, from the lower left of the media box."""

    x0: float
    y0: float
    x1: float
    y1: float

    @classmethod
    def of(cls, page: Any) -> _View:
        mx0, my0, mx1, my1 = page.mediabox
        x0, y0, x1, y1 = page.cropbox
        x0, y0, x1, y1 = max(min(x0, x1), mx0), max(min(y0, y1), my0), min(max(x0, x1), mx1), min(max(y0, y1), my1)
        if x1 <= x0 or y1 <= y0:
            x0, y0, x1, y1 = mx0, my0, mx1, my1
        if page.rotate == 90:
            return cls(y0 - my0, mx1 - x1, y1 - my0, mx1 - x0)
        if page.rotate == 180:
            return cls(mx1 - x1, my1 - y1, mx1 - x0, my1 - y0)
        if page.rotate == 270:
            return cls(my1 - y1, x0 - mx0, my1 - y0, x1 - mx0)
        return cls(x0 - mx0, y0 - my0, x1 - mx0, y1 - my0)

    @property
    def box(self) -> Box:
        return Box(0.0, 0.0, round(self.x1 - self.x0, 3), round(self.y1 - self.y0, 3))

    def rect(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return a rectangle as it is seen: from the top left, downwards."""
        return Box(left - self.x0, self.y1 - max(top, bottom), right - self.x0, self.y1 - min(top, bottom))


def _glyph(item: Any, view: _View, order: int) -> Glyph:
    a, b, c, d, x, y = item.matrix
    turn = round(math.degrees(math.atan2(-b, a)) / 90) * 90 % 360
    text = item.said.text if item.said else item.get_text()
    text = "\ufffd" if not text or text == "\0" or text.startswith("(cid:") else "-" if text == "\u00ad" else text
    name, bold, italic = named("" if item.fontname == "unknown" else item.fontname, _weight(item.font), item.font.flags)
    hidden = "invisible" if item.mode == INVISIBLE else ""
    colour = _colour(item.graphicstate.ncolor)
    if item.font.is_vertical():
        box = view.rect(*item.bbox)
        size = box.width or 1.0
        spot = Spot(box.x0, box.x1, box.y0 + OVER * box.height, 0.0)
    else:
        size = snapped(abs(item.points) * math.hypot(c, d)) or abs(item.points) or 1.0
        left, top = x + c * item.rise - view.x0, view.y1 - y - d * item.rise
        spot = placed(left, top, abs(item.adv) * math.hypot(a, b), size, turn)
    return Glyph(text, spot.x0, spot.x1, spot.y, size, name, bold, italic, colour, turn, hidden, order, spot.length)


def _longer(glyph: Glyph, other: Glyph) -> Glyph:
    """Return a glyph that goes on to the end of another one: both stand for one text."""
    if glyph.turn % 180:
        top, end = min(glyph.top, other.top), max(glyph.end, other.end)
        return glyph._replace(y=top + OVER * glyph.size, length=end - top)
    return glyph._replace(x0=min(glyph.x0, other.x0), x1=max(glyph.x1, other.x1))


def _weight(font: Any) -> int:
    weight = font.descriptor.get("FontWeight", 0)
    return int(weight) if isinstance(weight, int | float) else 0


def _path(item: Any, view: _View) -> Path:
    colour = _colour(item.non_stroking_color) if item.fill else ""
    wide = item.wide / 2 if item.stroke else 0.0
    left, bottom, right, top = item.bbox
    box = view.rect(left - wide, bottom - wide, right + wide, top + wide)
    drawn = item.original_path or item.pts
    return Path(box, item.fill and not colour, bool(item.fill), bool(item.stroke), colour, len(drawn), 2 * wide)


def _colour(value: Any) -> str:
    """Return a colour as ``#rrggbb``; nothing for a pattern.

    >>> _colour(0), _colour((1, 1, 1)), _colour((0, 0, 0, 0))
    ('#000000', '#ffffff', '#ffffff')
    """
    parts: Sequence[Any] = value if isinstance(value, list | tuple) else (0 if value is None else value,)
    if not all(isinstance(part, int | float) for part in parts):
        return ""
    if len(parts) == 4:
        parts = [(1 - min(1.0, part)) * (1 - min(1.0, parts[3])) for part in parts[:3]]
    if len(parts) == 1:
        parts = [parts[0]] * 3
    if len(parts) != 3:
        return "#000000"
    return "#" + "".join(f"{round(255 * min(1.0, max(0.0, part))):02x}" for part in parts)
