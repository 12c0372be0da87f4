"""Reads ALTO 1.4 to 4.4, by any writer: the lines of every page, where they stand, how they are set, and shapes.

Names are taken without their namespace, since files declare three of them or none. Nothing is decided: lines come in
the order of the file, and with them which stand in one block; tags are dropped. Places that cannot be are mended, and
type sizes are measured on the words (:mod:`relayout.readers.settling`).

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
from relayout.imprint import Box, Shape
from relayout.model import Note, Outcome, Page, Reading, Source
from relayout.readers import markup, origin
from relayout.readers.beginning import begins
from relayout.readers.placing import FARTHEST, Found, box_of, hull, overlap, tall
from relayout.readers.settling import grouped, settled
from relayout.readers.surety import Span
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
_DIGITS = frozenset("0123456789")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


class Font(NamedTuple):
    """A ``TextStyle`` of the file: points (0 where it says none), family, weight and slope."""

    size: float = 0.0
    family: str = ""
    bold: bool = False
    italic: bool = False


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
    fonts = _fonts(root)
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
    sure: float | None = None


class _Reader:
    """Gathers one page: its lines as they come, and the shapes."""

    def __init__(self, fonts: dict[str, Font], spaced: bool, name: str) -> None:
        self.fonts, self.spaced, self.name = fonts, spaced, name
        self.found: list[Found] = []
        self.blocks: dict[int, Box | None] = {0: None}
        self.shapes: list[tuple[Shape, Element]] = []
        self.rows: list[Element] = []  # the lines, as they are in the file
        self.adverts: list[tuple[int, ...]] = []
        self.words = self.doubled = 0

    def page(self, element: Element, number: int, unit: str) -> Outcome[Page]:
        self._within(element, Font(), None, 0.0)
        lines, box, notes, sure = settled(self.found, self.blocks, _size(element), number)
        if self.doubled:
            why = "the word has it too, and it is printed once"
            notes.append(Note(STAGE, f"page {number}: {self.doubled} hyphens are left out", why, level=Level.REPAIR))
        label = element.get("PRINTED_IMG_NR", "").strip()[:20]
        label = "" if label == str(number) else label
        shown = [one for one in self.shapes if box and overlap(one[0].box, box)]
        shapes = tuple(shape for shape, _ in shown)
        names = origin.named(element, self.rows, [drawn for _, drawn in shown])
        blocks = grouped(self.found) if box else ()
        adverts = tuple(self.adverts) if box else ()
        page = Page(number, lines, box, unit, shapes, label, blocks=blocks, adverts=adverts, sure=sure, names=names)
        return Outcome(page, tuple(notes))

    def _within(self, element: Element, font: Font, block: Box | None, turn: float) -> None:
        """Walk through what holds lines, to any depth: margins and blocks; what is inherited goes along."""
        for child in markup.children(element):
            what = markup.local(child)
            if what == "TextLine":
                self._line(child, self._font(child, font), turn)
                continue
            if what not in _BLOCKS and what not in _SPACES:
                continue
            box = _box(child) if what in _BLOCKS else None
            lies = markup.number(child, "ROTATION")
            before = len(self.found)
            if what == "TextBlock":
                self.blocks[len(self.blocks)] = box or block
            self._within(child, self._font(child, font), box or block, turn if lies is None else lies)
            if what == "ComposedBlock" and "advert" in child.get("TYPE", "").lower() and len(self.found) > before:
                self.adverts.append(tuple(range(before + 1, len(self.found) + 1)))
            if box and len(self.found) == before:
                self._shape(what, child, box)

    def _shape(self, what: str, drawn: Element, box: Box) -> None:
        kind = drawn.get("TYPE", "").lower()
        if what == "Illustration" or (what == "ComposedBlock" and kind == "illustration"):
            self.shapes.append((Shape(Form.IMAGE, box), drawn))
        elif what == "GraphicalElement" and max(box.width, box.height) >= _THIN * min(box.width, box.height):
            self.shapes.append((Shape(Form.RULE, box), drawn))

    def _line(self, element: Element, font: Font, turn: float) -> None:
        words: list[_Word] = []
        sure: list[Span] = []
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
            word = _Word(said, _box(child), self._font(child, font), _sure(child))
            if not said:
                continue
            text += " " + said if text and self._parted(words[-1], word, gap) else said
            words.append(word)
            if word.sure is not None:
                sure.append((len(text) - len(said), len(text), word.sure))
            gap = False
        if not ink(text):
            return
        self.rows.append(element)
        set_in = _usual(words) if words else font
        box = _box(element)
        boxes = tuple((word.text, word.box) for word in words)
        vertical = _vertical(element, text, box or hull(place for _, place in boxes), turn)
        thick = (box.width if vertical else box.height) if box else 0.0
        how = (set_in.family, set_in.bold, set_in.italic)
        self.found.append(Found(text, box, thick, vertical, len(self.blocks) - 1, *how, boxes, tuple(sure)))

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


def _sure(string: Element) -> float | None:
    """Return how sure the engine is of a word; of its characters (0 is sure, 9 is not) where it says no more.

    Where both are said the characters are no help: in one and the same collection some writers mean 0 by sure, and
    others 9 (British Library 1824, BnF 1814).
    """
    if string.get("WC") is not None:
        return markup.number(string, "WC")
    digits = string.get("CC", "").split() or [""]
    found = digits if len(digits) > 1 else list(digits[0])
    if not found or not all(one in _DIGITS for one in found):
        return None
    return 1 - sum(map(int, found)) / len(found) / 9


def _vertical(line: Element, text: str, box: Box | None, turn: float) -> bool | None:
    """Say whether a line runs down (or up) the page; in a block that is turned by a quarter any that is higher is."""
    said = origin.runs_down(line)
    if said is not None:
        return said
    if box and abs(abs(turn) % 180 - 90) < 45 and box.height > box.width and len(ink(text)) > 1:
        return True
    return tall(text, box) if box else None


def _box(element: Element) -> Box | None:
    """Return the box of an element, from HPOS, VPOS, WIDTH and HEIGHT or its polygon; ``None`` where it has none."""
    get = element.get
    try:
        x, y, width, height = (float(get(name, "")) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
        return box_of(((x, y), (x + width, y + height))) if width > 0 < height else None
    except ValueError:
        pass
    for shape in markup.children(element, "Shape"):
        for polygon in markup.children(shape, "Polygon"):
            points = [float(number) for number in _NUMBER.findall(polygon.get("POINTS", ""))]
            if len(points) >= 6 and len(points) % 2 == 0:
                return box_of(zip(points[::2], points[1::2], strict=True))
    return None


def _size(page: Element) -> Box | None:
    """Return the box of a page, from its width and height, or from how far its print space reaches."""
    width, height = markup.number(page, "WIDTH"), markup.number(page, "HEIGHT")
    if width and height and 0 < width <= FARTHEST and 0 < height <= FARTHEST:
        return Box(0.0, 0.0, width, height)
    for space in markup.children(page, "PrintSpace"):
        if (box := _box(space)) and box.x1 > 0 and box.y1 > 0:
            return Box(0.0, 0.0, box.x1, box.y1)
    return None


def _fonts(root: Element) -> dict[str, Font]:
    found: dict[str, Font] = {}
    for style in markup.inside(root, "TextStyle"):
        how = style.get("FONTSTYLE", "").lower()
        family = style.get("FONTFAMILY", "").strip()
        size = max(0.0, markup.number(style, "FONTSIZE") or 0.0)
        found[style.get("ID", "")] = Font(
            size, "" if family.lower() == "unknown" else family, "bold" in how, "italic" in how
        )
    return found


def _usual(words: Sequence[_Word]) -> Font:
    """Return how most characters of a line are set."""
    counts: Counter[Font] = Counter()
    for word in words:
        counts[word.font] += len(word.text)
    return counts.most_common(1)[0][0]


def _natural(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0
