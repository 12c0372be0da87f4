"""Reads the glyphs and shapes of PDF pages with pdfplumber and its pdfminer: slow, and a second opinion on pdfium.

Shadings that fill a clip (the operator ``sh``) are not seen; CMYK colours are turned into RGB without a profile.
"""

from __future__ import annotations

import contextlib
import io
import logging
import math
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, NamedTuple

from relayout.imprint import Box, Stance
from relayout.readers.pdf.covers import Cover, cut, marked
from relayout.readers.pdf.glyphs import MOST_GLYPHS, OVER, Glyph, Sheet, Spot, placed, snapped
from relayout.readers.pdf.naming import named_glyphs
from relayout.readers.pdf.objects import INVISIBLE, OUTLINED
from relayout.readers.pdf.saying import replaced
from relayout.readers.pdf.settings import named
from relayout.readers.pdf.shapes import Path, grounds, scaled, shaped
from relayout.readers.pdf.tree import Tree
from relayout.readers.pdf.watching import engine

_MOST_NAMES = 10_000  # pages; the names go on without an end


def opened(data: bytes, password: str) -> tuple[Tree, Any, list[str]]:
    """Open a PDF, find its pages and what it calls them; raises ValueError where that fails in any of the ways it can.

    The warnings that pdfminer logs about odd fonts are not for the user.
    """
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        document = pdfplumber.open(io.BytesIO(data), password=password)
        names = _names(document.doc)
        tree = Tree.of(document.doc)
        count = len(tree.leaves)
    except Exception as error:  # pdfminer lets all kinds of errors through, pdfplumber wraps some of them
        first = error.args[0] if error.args and isinstance(error.args[0], Exception) else error
        if isinstance(first, PDFPasswordIncorrect):
            raise ValueError("a password is needed") from None
        raise ValueError(" ".join(str(error).split())[:80] or type(first).__name__) from None
    return tree, document.rsrcmgr, [*names[:count], *[""] * (count - len(names))]


def _names(document: Any) -> list[str]:
    """Return what the file calls its pages, and more; fewer where the names are damaged: no reason to refuse it."""
    found: list[str] = []
    with contextlib.suppress(Exception):
        found.extend(islice(document.get_page_labels(), _MOST_NAMES))
    return found


def sheet(tree: Tree, resources: Any, number: int, label: str, stance: Stance) -> Sheet:
    """Return page ``number`` (from 0) of an open document, taken out of its ``stance``.

    Whatever pdfminer cannot do with it raises an error. ``resources`` keeps the fonts that were read.
    """
    from pdfminer.layout import LTChar, LTCurve, LTFigure, LTImage, LTRect

    page = tree.page(number)
    page.rotate = (page.rotate - stance.turn) % 360
    view = _View.of(page, stance)
    printed: list[Any] = []
    paths: list[Path] = []
    covers: list[Cover] = []

    def take(items: Iterable[Any]) -> None:
        for item in items:
            if isinstance(item, LTChar):
                printed.append(item)
            elif isinstance(item, LTFigure):
                take(item)
            elif isinstance(item, LTImage):
                paths.append(Path(view.rect(*item.bbox), picture=True))
                covers.extend(_cover(item, view, len(printed)))
            elif isinstance(item, LTCurve) and (item.fill or item.stroke):
                paths.append(_path(item, view))
                if isinstance(item, LTRect) and item.fill and paths[-1].colour:
                    covers.extend(_cover(item, view, len(printed)))

    items, shaded, texts = _items(page, number, resources, stance)
    take(items)
    depths = [1 << 60 if item.mode >= OUTLINED else n for n, item in enumerate(printed)]
    clips = [view.rect(*_corners(item.clip)) if item.clip else None for item in printed]
    glyphs, hidden = marked([_glyph(item, view, n) for n, item in enumerate(printed)], depths, clips, covers)
    faces = [getattr(item.font, "basefont", "") for item in printed]
    glyphs, told = named_glyphs(glyphs, [item.cid for item in printed], faces.__getitem__, lambda: page.resources)
    glyphs, given = replaced(glyphs, [item.said for item in printed], texts)
    seen_on = (view.box,) if shaded else grounds(paths, view.box)
    pictured = any(path.picture for path in paths)
    shapes = shaped(paths, view.box, glyphs)
    return Sheet(view.box, tuple(glyphs), shapes, label, seen_on, pictured, (*hidden, *told, *given))


def _corners(box: Box) -> tuple[float, float, float, float]:
    return box.x0, box.y0, box.x1, box.y1


def _cover(item: Any, view: _View, depth: int) -> list[Cover]:
    """Return what a picture or filled rectangle hides of the ``depth`` glyphs before it, if it is opaque."""
    box = cut(Box(*item.bbox), item.clip) if item.covers else None
    return [Cover(view.rect(*_corners(box)), depth)] if box else []


def _items(page: Any, number: int, resources: Any, stance: Stance) -> tuple[Any, bool, dict[int, str]]:
    """Run the content of a page; say also whether a shading, whose place pdfminer does not tell, is in it.

    Its characters remember what pdfminer does not keep: their font and its size, their render mode and rise; its lines
    how thick they are drawn.
    """
    from pdfminer.utils import mult_matrix

    watched, watcher = engine()

    class Device(watched):  # type: ignore[misc, valid-type]
        state: Any = None
        count = 0

        def render_string(self, textstate: Any, *rest: Any) -> None:
            self.state = textstate
            super().render_string(textstate, *rest)

        def render_char(self, matrix: Any, font: Any, fontsize: Any, scaling: Any, *rest: Any) -> Any:
            advance = super().render_char(matrix, font, fontsize, scaling, *rest)
            self.count += 1
            if self.count > MOST_GLYPHS:
                raise ValueError(f"it has more than {MOST_GLYPHS:,} glyphs")
            item: Any = self.cur_item._objs[-1]
            item.mode, item.font, item.points, item.rise = self.state.render, font, fontsize, self.state.rise
            item.along, item.over = (-1 if fontsize * scaling < 0 else 1), (-1 if fontsize < 0 else 1)
            return advance

        def paint_path(self, gstate: Any, *rest: Any) -> None:
            before = len(self.cur_item._objs)
            super().paint_path(gstate, *rest)
            drawn: list[Any] = self.cur_item._objs[before:]
            for item in drawn:
                item.wide = gstate.linewidth * scaled(*self.ctm[:4])

    class Interpreter(watcher):  # type: ignore[misc, valid-type]
        shaded = False
        high: float | None = None  # of a page that is mirrored, and of no form in it

        def render_contents(self, resources: Any, streams: Any, ctm: Any = (1, 0, 0, 1, 0, 0)) -> None:
            if self.high is not None:
                ctm = mult_matrix(ctm, (1, 0, 0, -1, 0, self.high))
            super().render_contents(resources, streams, ctm=ctm)

        def init_state(self, ctm: Any) -> None:
            super().init_state(ctm)
            self.graphicstate.linewidth = 1.0  # what holds before the page says another one; pdfminer has 0

        def do_w(self, linewidth: Any) -> None:
            super().do_w(linewidth)  # pdfminer scales by the matrix that holds here and not where the line is drawn
            self.graphicstate.linewidth = float(linewidth) if isinstance(linewidth, int | float) else 1.0

        def do_sh(self, _name: Any) -> None:
            type(self).shaded = True  # of a form too, which another instance of this class runs

    device = Device(resources, pageno=number + 1, laparams=None)
    interpreter = Interpreter(resources, device)
    if stance.mirrored:
        interpreter.high = _high(page)
    interpreter.process_page(page)
    return device.get_result(), Interpreter.shaded, device.watch.texts


class _View(NamedTuple):
    """The crop box of a page in the coordinates of pdfminer: turned as seen, from the lower left of the media box."""

    x0: float
    y0: float
    x1: float
    y1: float

    @classmethod
    def of(cls, page: Any, stance: Stance) -> _View:
        mx0, my0, mx1, my1 = page.mediabox
        x0, y0, x1, y1 = page.cropbox
        if page.rotate == 90:
            view = cls(y0 - my0, mx1 - x1, y1 - my0, mx1 - x0)
        elif page.rotate == 180:
            view = cls(mx1 - x1, my1 - y1, mx1 - x0, my1 - y0)
        elif page.rotate == 270:
            view = cls(my1 - y1, x0 - mx0, my1 - y0, x1 - mx0)
        else:
            view = cls(x0 - mx0, y0 - my0, x1 - mx0, y1 - my0)
        high = _high(page)
        return cls(view.x0, high - view.y1, view.x1, high - view.y0) if stance.mirrored else view

    @property
    def box(self) -> Box:
        return Box(0.0, 0.0, round(self.x1 - self.x0, 3), round(self.y1 - self.y0, 3))

    def rect(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return a rectangle as it is seen: from the top left, downwards."""
        return Box(left - self.x0, self.y1 - max(top, bottom), right - self.x0, self.y1 - min(top, bottom))


def _high(page: Any) -> float:
    x0, y0, x1, y1 = page.mediabox
    return float(x1 - x0 if page.rotate in (90, 270) else y1 - y0)


def _glyph(item: Any, view: _View, order: int) -> Glyph:
    a, b, c, d, x, y = item.matrix
    turn = round(math.degrees(math.atan2(-b * item.along, a * item.along)) / 90) * 90 % 360
    mirrored = (a * d - b * c) * item.along * item.over < 0
    text = item.get_text()
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
        spot = placed(left, top, abs(item.adv) * math.hypot(a, b), size, turn, mirrored=mirrored)
    return Glyph(text, spot.x0, spot.x1, spot.y, size, name, bold, italic, colour, turn, hidden, order, spot.length,
                 mirrored)  # fmt: skip


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
