"""Reads ALTO 1.4 to 4.4, by any writer: the lines of every page, where they stand, how they are set, and shapes.

Names are taken without their namespace, since files declare three of them or none. Nothing is decided: lines come in
the order of the file, and with them which stand in one block, and what tags say of them
(:mod:`relayout.readers.tags`). Places that cannot be are mended, and type sizes are measured on the words
(:mod:`relayout.readers.settling`).

Source: the schemas 2.1, 3.1 and 4.4 of the Library of Congress, https://www.loc.gov/standards/alto/.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from relayout.chars import ink, is_han
from relayout.errors import InputError
from relayout.imprint import Box, Shape
from relayout.model import Note, Outcome, Page, Reading, Source
from relayout.readers import markup, origin, tags
from relayout.readers.beginning import begins
from relayout.readers.boxes import box_in, size_of
from relayout.readers.fonts import Font, font_of, fonts
from relayout.readers.placing import Found, hull, overlap, tall
from relayout.readers.settling import grouped, settled
from relayout.readers.surety import Span
from relayout.readers.telling import Said, articles, dangling, in_order, of_shapes, roles
from relayout.readers.wishes import Wishes
from relayout.roles import Form, Level
from relayout.told import Key, ToldArticle

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

STAGE = "read"
UNITS = ("pixel", "mm10", "inch1200")
_BLOCKS = ("ComposedBlock", "TextBlock", "Illustration", "GraphicalElement")
_SPACES = ("PrintSpace", "TopMargin", "LeftMargin", "RightMargin", "BottomMargin")
_THIN = 8.0  # times as long as wide: a rule; docWorks calls ornaments and signatures graphical elements too
_HYPHENS = "-\u00ad\u2010\u2011¬="
_DIGITS = frozenset("0123456789")


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
    (pages, told, _), notes = contents(data, name)
    if not pages:
        raise InputError(f"{name}: holds no text", "give a page that OCR has read")
    return Outcome(Reading(Source(name, hashlib.sha256(data).hexdigest()), pages, told=told), notes)


class Contents(NamedTuple):
    """What an ALTO file holds: its pages, the articles that its tags tell of, and on each page where ids stand."""

    pages: tuple[Page, ...]
    told: tuple[ToldArticle, ...]
    spans: tuple[dict[str, tags.Span], ...]


class _File(NamedTuple):
    """What all pages of a file share; ``wanted`` are ids of blocks, lines and words that somebody refers to."""

    name: str
    fonts: dict[str, Font]
    spaced: bool
    tags: tags.Tags
    wanted: frozenset[str]


def contents(data: bytes, name: str, wanted: frozenset[str] = frozenset()) -> Outcome[Contents]:
    """Read the pages of an ALTO file that have text, with the lines in the ids ``wanted``; others leave a note."""
    root = markup.root(data, name)
    refs = tags.refs(root)
    file = _File(name, fonts(root), any(True for _ in markup.inside(root, "SP")), tags.Tags(root), wanted.union(refs))
    said = next((e.text or "" for e in markup.inside(root, "MeasurementUnit")), "").strip()
    unit = said if said in UNITS else "pixel"
    notes: list[Note] = []
    if said and said != unit:
        notes.append(Note(STAGE, "lengths are taken for pixels", f"the file calls its unit {said[:20]!r}"))
    pages: list[Page] = []
    spans: list[dict[str, tags.Span]] = []
    told: list[tuple[Key, Said]] = []
    number = blocks = 0
    for element in markup.inside(root, "Page"):
        number = max(_natural(element.get("PHYSICAL_IMG_NR", "")), number + 1)
        reader = _Reader(file, refs, blocks)
        page, more = reader.page(element, number, unit)
        notes += more
        blocks += len(reader.blocks)
        if page.lines:
            pages.append(replace(page, names=origin.of_file(page.names, root, data, name)) if page.names else page)
            spans.append(reader.spans)
            shapes = page.names.shapes if page.names else ()
            drawn = {file.tags.pictures[one]: one for one in shapes if one in file.tags.pictures}
            marked = of_shapes(reader.said, drawn, shapes)
            told += (((number, n), marked[n - 1]) for n in in_order(len(page.lines), page.blocks))
        else:
            notes.append(Note(STAGE, f"page {number} has no text", "it has no characters", level=Level.DOUBT))
    known = {ref for one in spans for ref in one}
    lost = [ref for ref in dict.fromkeys(refs) if ref not in known]
    notes += dangling(len(lost), "references of the reading order", lost[0] if lost else "")
    notes += dangling(file.tags.lost, "references to tags", file.tags.example)
    return Outcome(Contents(tuple(pages), articles(told, file.tags.named, file.tags.issue), tuple(spans)), tuple(notes))


class _Word(NamedTuple):
    text: str
    box: Box | None
    font: Font
    sure: float | None = None


class _Reader:
    """Gathers one page: its lines as they come, and the shapes."""

    def __init__(self, file: _File, refs: Sequence[str], blocks: int) -> None:
        self.file, self.refs, self.before = file, refs, blocks
        self.found: list[Found] = []
        self.blocks: dict[int, Box | None] = {0: None}
        self.shapes: list[tuple[Shape, Element]] = []
        self.rows: list[Element] = []  # the lines, as they are in the file
        self.adverts: list[tuple[int, ...]] = []
        self.said: list[Said] = []
        self.spans: dict[str, tags.Span] = {}
        self.words = self.doubled = 0

    def page(self, element: Element, number: int, unit: str) -> Outcome[Page]:
        self._within(element, Font(), None, 0.0, tags.Told())
        lines, box, notes, sure, gaps = settled(self.found, self.blocks, size_of(element), number)
        if self.doubled:
            why = "the word has it too, and it is printed once"
            notes.append(Note(STAGE, f"page {number}: {self.doubled} hyphens are left out", why, level=Level.REPAIR))
        label = element.get("PRINTED_IMG_NR", "").strip()[:20]
        label = "" if label == str(number) else label
        shown = [one for one in self.shapes if box and overlap(one[0].box, box)]
        shapes = tuple(shape for shape, _ in shown)
        names = origin.named(element, self.rows, [drawn for _, drawn in shown])
        blocks = grouped(self.found) if box else ()
        blocks = tags.ordered(blocks, self.refs, self.spans) if self.refs else blocks
        adverts = tuple(self.adverts) if box else ()
        page = Page(number, lines, box, unit, shapes, label, blocks=blocks, adverts=adverts, sure=sure, names=names)
        page = replace(page, roles=roles(self.said), scanned=True, blanks=gaps)
        return Outcome(page, tuple(notes))

    def _within(self, element: Element, font: Font, block: Box | None, turn: float, told: tags.Told) -> None:
        """Walk through what holds lines, to any depth: margins and blocks; what is inherited goes along."""
        for child in markup.children(element):
            what = markup.local(child)
            if what == "TextLine":
                self._line(child, font_of(child, self.file.fonts, font), turn, told)
                continue
            if what not in _BLOCKS and what not in _SPACES:
                continue
            box = box_in(child) if what in _BLOCKS else None
            lies = markup.number(child, "ROTATION")
            before = len(self.found)
            if what == "TextBlock":
                self.blocks[len(self.blocks)] = box or block
            inner = font_of(child, self.file.fonts, font)
            self._within(child, inner, box or block, turn if lies is None else lies, self.file.tags.of(child, told))
            self._named(child, before)
            if what == "ComposedBlock" and "advert" in child.get("TYPE", "").lower() and len(self.found) > before:
                self.adverts.append(tuple(range(before + 1, len(self.found) + 1)))
            if box and len(self.found) == before:
                self._shape(what, child, box)

    def _named(self, element: Element, before: int, *, more: int = 0) -> None:
        """Keep which lines an element holds, if any, where somebody refers to it: those since there were ``before``."""
        if (ident := element.get("ID", "")) in self.file.wanted:
            self.spans.setdefault(ident, (before + 1, len(self.found) + more))

    def _shape(self, what: str, drawn: Element, box: Box) -> None:
        kind = drawn.get("TYPE", "").lower()
        if what == "Illustration" or (what == "ComposedBlock" and kind == "illustration"):
            self.shapes.append((Shape(Form.IMAGE, box), drawn))
        elif what == "GraphicalElement" and max(box.width, box.height) >= _THIN * min(box.width, box.height):
            self.shapes.append((Shape(Form.RULE, box), drawn))

    def _line(self, element: Element, font: Font, turn: float, told: tags.Told) -> None:
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
            self.words += max(1, markup.words_in(said))
            if self.words > markup.MOST_WORDS:
                name = self.file.name
                raise InputError(f"{name}: has more than {markup.MOST_WORDS:,} words on a page", "give one page")
            word = _Word(said, box_in(child), font_of(child, self.file.fonts, font), _sure(child))
            if not said:
                continue
            text += " " + said if text and self._parted(words[-1], word, gap) else said
            words.append(word)
            if word.sure is not None:
                sure.append((len(text) - len(said), len(text), word.sure))
            gap = False
        for one in (element, *markup.children(element, "String")) if self.file.wanted else ():
            self._named(one, len(self.found), more=bool(ink(text)))
        if not ink(text):
            return
        self.rows.append(element)
        own = self.file.tags.of(element, told)
        self.said.append(Said(own.article, own.role, self.before + len(self.blocks), own.goes_on, own.picture))
        set_in = _usual(words) if words else font
        box = box_in(element)
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
        return gap or not self.file.spaced


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


def _usual(words: Sequence[_Word]) -> Font:
    """Return how most characters of a line are set."""
    counts: Counter[Font] = Counter()
    for word in words:
        counts[word.font] += len(word.text)
    return counts.most_common(1)[0][0]


def _natural(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0
