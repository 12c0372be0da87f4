"""Reads ALTO 1.4 to 4.4, by any writer: the lines of every page, where they stand, how they are set, and shapes.

Names are taken without their namespace, since files declare three of them or none. Nothing is decided: lines come in
the order of the file, and with them which stand in one block; tags are dropped. What OCR says of places is repaired
where it cannot be (:mod:`relayout.readers.placing`); type sizes are measured on the words
(:mod:`relayout.readers.sizing`).

Source: the schemas 2.1, 3.1 and 4.4 of the Library of Congress, https://www.loc.gov/standards/alto/.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from relayout.chars import ink, is_han
from relayout.errors import InputError
from relayout.imprint import Box, Shape, TextStyle
from relayout.model import Line, Note, Outcome, Page, Place, Reading, Source
from relayout.readers import alto_fonts, markup, origin, placing, sizing
from relayout.readers.alto_fonts import Font
from relayout.readers.beginning import begins
from relayout.readers.wishes import Wishes
from relayout.roles import Form, Level

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

STAGE = "read"
UNITS = ("pixel", "mm10", "inch1200")
_BLOCKS = ("ComposedBlock", "TextBlock", "Illustration", "GraphicalElement")
_SPACES = ("PrintSpace", "TopMargin", "LeftMargin", "RightMargin", "BottomMargin")
_THIN = 8.0  # times as long as wide: a rule; docWorks calls ornaments and signatures graphical elements too
_HYPHENS = "-\u00ad\u2010\u2011¬="
_FARTHEST = 1e7  # in any unit: no page is a kilometre long
_LEAST = 0.01
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def sniff(data: bytes) -> bool:
    """Say whether the outermost element of ``data`` is that of an ALTO file.

    >>> sniff(b"<?xml version='1.0'?><a:alto xmlns:a='x'>"), sniff(b"alto")
    (True, False)
    """
    return begins(data) == "alto"


def read(data: bytes, name: str, wishes: Wishes) -> Outcome[Reading]:  # noqa: ARG001
    """Read the pages of an ALTO file; raises :class:`InputError` for what is no XML, has no text, or is too much.

    >>> line = b"<Page><TextLine><String CONTENT='one'/><SP/><String CONTENT='two'/></TextLine></Page>"
    >>> read(b"<alto><Layout>" + line + b"</Layout></alto>", "page.xml", Wishes()).value.pages[0].lines[0].text
    'one two'
    """
    pages, notes = pages_of(data, name)
    if not pages:
        raise InputError(f"{name}: holds no text", "give a page that OCR has read")
    return Outcome(Reading(Source(name, hashlib.sha256(data).hexdigest()), pages), notes)


def pages_of(data: bytes, name: str) -> Outcome[tuple[Page, ...]]:
    """Read the pages of an ALTO file that have text; a page without leaves a note."""
    root = markup.root(data, name)
    fonts = alto_fonts.fonts(root)
    said = next((e.text or "" for e in markup.inside(root, "MeasurementUnit")), "").strip()
    unit = said if said in UNITS else "pixel"
    notes: list[Note] = []
    if said and said != unit:
        notes.append(Note(STAGE, "lengths are taken for pixels", f"the file calls its unit {said[:20]!r}"))
    spaced = any(True for _ in markup.inside(root, "SP"))
    pages: list[Page] = []
    number = 0
    for element in markup.inside(root, "Page"):
        number = max(_natural(element.get("PHYSICAL_IMG_NR", "")), number + 1)
        page, more = _Reader(fonts, spaced, name).page(element, number, unit)
        notes += more
        if page.lines:
            pages.append(replace(page, names=origin.of_file(page.names, root, data, name)) if page.names else page)
        else:
            notes.append(Note(STAGE, f"page {number} has no text", "it has no characters", level=Level.DOUBT))
    return Outcome(tuple(pages), tuple(notes))


class _Word(NamedTuple):
    text: str
    box: Box | None
    font: Font


class _Reader:
    """Gathers one page: its lines as they come, and the shapes."""

    def __init__(self, fonts: dict[str, Font], spaced: bool, name: str) -> None:
        self.fonts, self.spaced, self.name = fonts, spaced, name
        self.drafts: list[placing.Draft] = []
        self.styles: list[Font] = []
        self.texts: list[str] = []
        self.shapes: list[tuple[Shape, Element]] = []
        self.rows: list[Element] = []  # the lines, as they are in the file
        self.adverts: list[tuple[int, ...]] = []
        self.words = self.blocks = self.doubled = 0

    def page(self, element: Element, number: int, unit: str) -> Outcome[Page]:
        self._within(element, Font(), None, 0.0)
        size = _size(element)
        placed, odd = placing.placed(self.drafts, size)
        notes = [Note(STAGE, f"page {number}: {what}", why, level=Level.DOUBT) for what, why in odd]
        if self.doubled:
            why = "the word has it too, and it is printed once"
            notes.append(Note(STAGE, f"page {number}: {self.doubled} hyphens are left out", why, level=Level.REPAIR))
        sizes = sizing.sizes(self.drafts, placed) if placed else [0.0] * len(self.drafts)
        lines = tuple(
            Line(
                text,
                text,
                Place(number, n),
                placed.boxes[n - 1] if placed else None,
                style=TextStyle(sizes[n - 1], font.family, font.bold, font.italic) if placed else None,
                vertical=draft.vertical and bool(placed),
            )
            for n, (text, font, draft) in enumerate(zip(self.texts, self.styles, self.drafts, strict=True), 1)
        )
        label = element.get("PRINTED_IMG_NR", "").strip()[:20]
        label = "" if label == str(number) else label
        shown = [one for one in self.shapes if placed and placing.overlap(one[0].box, placed.page)]
        shapes = tuple(shape for shape, _ in shown)
        names = origin.named(element, self.rows, [drawn for _, drawn in shown])
        blocks = placing.grouped(self.drafts) if placed else ()
        adverts = tuple(self.adverts) if placed else ()
        box = placed.page if placed else None
        page = Page(number, lines, box, unit, shapes, label, blocks=blocks, adverts=adverts, names=names)
        return Outcome(page, tuple(notes))

    def _within(self, element: Element, font: Font, block: Box | None, turn: float) -> None:
        """Walk through what holds lines, to any depth: margins and blocks; what is inherited goes along."""
        for child in markup.children(element):
            what = markup.local(child)
            if what == "TextLine":
                self._line(child, self._font(child, font), block, turn)
                continue
            if what not in _BLOCKS and what not in _SPACES:
                continue
            box = box_of(child) if what in _BLOCKS else None
            lies = markup.number(child, "ROTATION")
            before = len(self.drafts)
            if what == "TextBlock":
                self.blocks += 1
            self._within(child, self._font(child, font), box or block, turn if lies is None else lies)
            if what == "ComposedBlock" and "advert" in child.get("TYPE", "").lower() and len(self.drafts) > before:
                self.adverts.append(tuple(range(before + 1, len(self.drafts) + 1)))
            if box and len(self.drafts) == before:
                self._shape(what, child, box)

    def _shape(self, what: str, drawn: Element, box: Box) -> None:
        kind = drawn.get("TYPE", "").lower()
        if what == "Illustration" or (what == "ComposedBlock" and kind == "illustration"):
            self.shapes.append((Shape(Form.IMAGE, box), drawn))
        elif what == "GraphicalElement" and max(box.width, box.height) >= _THIN * min(box.width, box.height):
            self.shapes.append((Shape(Form.RULE, box), drawn))

    def _line(self, element: Element, font: Font, block: Box | None, turn: float) -> None:
        words: list[_Word] = []
        gap = False
        text = ""
        for child in markup.children(element, "String", "SP", "HYP"):
            what = markup.local(child)
            if what == "SP":
                gap = True
                continue
            said = " ".join(child.get("CONTENT", "").split())
            if what == "HYP":
                # The halves find each other by a hyphen that is printed; some writers give a soft one (U+00AD), others
                # have it in the word already.
                if text and text[-1] not in _HYPHENS:
                    text += said if said and said != "\u00ad" else "-"
                elif text and ink(said):
                    self.doubled += 1
                continue
            self.words += 1
            if self.words > markup.MOST_WORDS:
                raise InputError(
                    f"{self.name}: has more than {markup.MOST_WORDS:,} words on a page", "give one page, not a volume"
                )
            word = _Word(said, box_of(child), self._font(child, font))
            if not said:
                continue
            text += " " + said if text and self._parted(words[-1], word, gap) else said
            words.append(word)
            gap = False
        if not ink(text):
            return
        box = box_of(element)
        self.drafts.append(
            placing.Draft(
                box,
                block,
                self.blocks,
                tuple((word.text, word.box) for word in words),
                _upright(element, text, box or placing.hull([word.box for word in words]), turn),
            )
        )
        self.texts.append(text.strip())
        self.rows.append(element)
        self.styles.append(_usual(words) if words else font)

    def _parted(self, last: _Word, word: _Word, gap: bool) -> bool:
        """Say whether a space stands between two words: where the file says so, or never says where one stands.

        Han and kana have spaces only where they stand apart: Tesseract calls every character a word.
        """
        if is_han(last.text[-1]) and is_han(word.text[0]):
            if not (gap and last.box and word.box):
                return False
            one, two = last.box, word.box
            apart = max(two.x0 - one.x1, two.y0 - one.y1)
            return apart > 0.5 * min(one.width, one.height)
        return gap or not self.spaced

    def _font(self, element: Element, font: Font) -> Font:
        """Return the font that an element refers to, or the one it has from outside; its own STYLE adds to it."""
        own, refs, style = font, element.get("STYLEREFS"), element.get("STYLE")
        if refs:
            own = next((self.fonts[key] for key in refs.split() if key in self.fonts), font)
        if style and ("bold" in style or "italic" in style):
            own = own._replace(bold=own.bold or "bold" in style, italic=own.italic or "italic" in style)
        return own


def _upright(line: Element, text: str, box: Box | None, turn: float) -> bool:
    """Say whether a line runs down or up the page: by what it or its block says, else by its form.

    That a block runs from left to right says nothing: writers say it of all.
    """
    block = line.getparent()
    said = line.get("BASEDIRECTION") or (block.get("BASEDIRECTION", "") if block is not None else "")
    if said in ("ttb", "btt"):
        return True
    return not line.get("BASEDIRECTION") and placing.upright(text, box, turn)


def box_of(element: Element) -> Box | None:
    """Return the box of an element, from HPOS, VPOS, WIDTH and HEIGHT or its polygon; ``None`` where it has none."""
    get = element.get
    try:
        x, y = float(get("HPOS", "")), float(get("VPOS", ""))
        return _sane(x, y, x + float(get("WIDTH", "")), y + float(get("HEIGHT", "")))
    except ValueError:
        pass
    for shape in markup.children(element, "Shape"):
        for polygon in markup.children(shape, "Polygon"):
            points = [float(number) for number in _NUMBER.findall(polygon.get("POINTS", ""))]
            xs, ys = points[::2], points[1::2]
            if len(points) >= 6 and len(xs) == len(ys):
                return _sane(min(xs), min(ys), max(xs), max(ys))
    return None


def _sane(x0: float, y0: float, x1: float, y1: float) -> Box | None:
    """Return a box with some ground and with numbers that a page can have."""
    # Written so that a comparison with NaN fails too.
    if -_FARTHEST < x0 <= x1 - _LEAST and x1 < _FARTHEST and -_FARTHEST < y0 <= y1 - _LEAST and y1 < _FARTHEST:
        return Box(x0, y0, x1, y1)
    return None


def _size(page: Element) -> tuple[float, float] | None:
    """Return width and height of a page, or how far its print space reaches."""
    width, height = markup.number(page, "WIDTH"), markup.number(page, "HEIGHT")
    if width and height and 0 < width <= _FARTHEST and 0 < height <= _FARTHEST:
        return width, height
    for space in markup.children(page, "PrintSpace"):
        if (box := box_of(space)) and box.x1 > 0 and box.y1 > 0:
            return box.x1, box.y1
    return None


def _usual(words: Sequence[_Word]) -> Font:
    """Return how most characters of a line are set."""
    counts: Counter[Font] = Counter()
    for word in words:
        counts[word.font] += len(word.text)
    return counts.most_common(1)[0][0]


def _natural(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0
