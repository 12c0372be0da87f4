"""Reads ALTO 1.4 to 4.4, by any writer: the lines of every page, where they stand, how they are set, and shapes.

Names are taken without their namespace, since files declare three of them or none. Nothing is decided: lines come in
the order of the file, and with them which stand in one block, and what tags say of them
(:mod:`relayout.readers.tags`). What OCR says of places is repaired where it cannot be
(:mod:`relayout.readers.placing`); type sizes are measured on the words (:mod:`relayout.readers.sizing`).

Source: the schemas 2.1, 3.1 and 4.4 of the Library of Congress, https://www.loc.gov/standards/alto/.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from relayout.chars import ink, is_han
from relayout.errors import InputError
from relayout.imprint import Box, Shape, TextStyle
from relayout.model import Line, Note, Outcome, Page, Place, Reading, Source
from relayout.readers import markup, placing, sizing, tags
from relayout.readers.beginning import begins
from relayout.readers.boxes import box_of, size_of
from relayout.readers.fonts import Font, font_of, fonts
from relayout.readers.telling import Said, articles, dangling, in_order, roles
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
        blocks = reader.blocks
        if page.lines:
            pages.append(page)
            spans.append(reader.spans)
            told += (((number, n), reader.said[n - 1]) for n in in_order(len(page.lines), page.blocks))
        else:
            notes.append(Note(STAGE, f"page {number} has no text", "it has no characters", level=Level.DOUBT))
    known = {ref for one in spans for ref in one}
    lost = [ref for ref in dict.fromkeys(refs) if ref not in known]
    notes += dangling(len(lost), "references of the reading order", lost[0] if lost else "")
    notes += dangling(file.tags.lost, "references to tags", file.tags.example)
    return Outcome(Contents(tuple(pages), articles(told, file.tags.named), tuple(spans)), tuple(notes))


class _Word(NamedTuple):
    text: str
    box: Box | None
    font: Font


class _Reader:
    """Gathers one page: its lines as they come, and the shapes."""

    def __init__(self, file: _File, refs: Sequence[str], blocks: int) -> None:
        self.file, self.refs, self.blocks = file, refs, blocks
        self.drafts: list[placing.Draft] = []
        self.styles: list[Font] = []
        self.texts: list[str] = []
        self.shapes: list[Shape] = []
        self.adverts: list[tuple[int, ...]] = []
        self.said: list[Said] = []
        self.spans: dict[str, tags.Span] = {}
        self.words = self.doubled = 0

    def page(self, element: Element, number: int, unit: str) -> Outcome[Page]:
        self._within(element, Font(), None, 0.0, tags.Told())
        size = size_of(element)
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
        shapes = tuple(s for s in self.shapes if placed and placing.overlap(s.box, placed.page))
        blocks = placing.grouped(self.drafts) if placed else ()
        blocks = tags.ordered(blocks, self.refs, self.spans) if self.refs else blocks
        adverts = tuple(self.adverts) if placed else ()
        box = placed.page if placed else None
        page = Page(number, lines, box, unit, shapes, label, blocks=blocks, adverts=adverts, roles=roles(self.said))
        return Outcome(page, tuple(notes))

    def _within(self, element: Element, font: Font, block: Box | None, turn: float, told: tags.Told) -> None:
        """Walk through what holds lines, to any depth: margins and blocks; what is inherited goes along."""
        for child in markup.children(element):
            what = markup.local(child)
            if what == "TextLine":
                self._line(child, font_of(child, self.file.fonts, font), block, turn, told)
                continue
            if what not in _BLOCKS and what not in _SPACES:
                continue
            box = box_of(child) if what in _BLOCKS else None
            lies = markup.number(child, "ROTATION")
            before = len(self.drafts)
            if what == "TextBlock":
                self.blocks += 1
            inner = font_of(child, self.file.fonts, font)
            self._within(child, inner, box or block, turn if lies is None else lies, self.file.tags.of(child, told))
            self._named(child, before)
            if what == "ComposedBlock" and "advert" in child.get("TYPE", "").lower() and len(self.drafts) > before:
                self.adverts.append(tuple(range(before + 1, len(self.drafts) + 1)))
            if box and len(self.drafts) == before:
                self._shape(what, child.get("TYPE", ""), box)

    def _named(self, element: Element, before: int, *, more: int = 0) -> None:
        """Keep which lines an element holds, if any, where somebody refers to it: those since there were ``before``."""
        if (ident := element.get("ID", "")) in self.file.wanted:
            self.spans.setdefault(ident, (before + 1, len(self.drafts) + more))

    def _shape(self, what: str, kind: str, box: Box) -> None:
        if what == "Illustration" or (what == "ComposedBlock" and kind.lower() == "illustration"):
            self.shapes.append(Shape(Form.IMAGE, box))
        elif what == "GraphicalElement" and max(box.width, box.height) >= _THIN * min(box.width, box.height):
            self.shapes.append(Shape(Form.RULE, box))

    def _line(self, element: Element, font: Font, block: Box | None, turn: float, told: tags.Told) -> None:
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
                name = self.file.name
                raise InputError(f"{name}: has more than {markup.MOST_WORDS:,} words on a page", "give one page")
            word = _Word(said, box_of(child), font_of(child, self.file.fonts, font))
            if not said:
                continue
            text += " " + said if text and self._parted(words[-1], word, gap) else said
            words.append(word)
            gap = False
        for one in (element, *markup.children(element, "String")) if self.file.wanted else ():
            self._named(one, len(self.drafts), more=bool(ink(text)))
        if not ink(text):
            return
        self.said.append(Said(*self.file.tags.of(element, told), self.blocks))
        box = box_of(element)
        self.drafts.append(
            placing.Draft(
                box,
                block,
                self.blocks,
                tuple((word.text, word.box) for word in words),
                placing.upright(text, box or placing.hull([word.box for word in words]), turn),
            )
        )
        self.texts.append(text.strip())
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
        return gap or not self.file.spaced


def _usual(words: Sequence[_Word]) -> Font:
    """Return how most characters of a line are set."""
    counts: Counter[Font] = Counter()
    for word in words:
        counts[word.font] += len(word.text)
    return counts.most_common(1)[0][0]


def _natural(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0
