"""Running text in TEI: lines, page breaks, hyphens, marks, and characters that may not stand in XML.

White space directly before ``lb``, ``cb`` and ``pb`` is layout of the file. What stands between two lines is said by
the ``lb`` alone: one space, or nothing where it carries ``break="no"``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lxml import etree

from relayout.counting import Key, counting
from relayout.model import Line, Paragraph
from relayout.roles import Joint, Role
from relayout.sureness import Known, words
from relayout.writers.zones import Places

TEI_NS = "http://www.tei-c.org/ns/1.0"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
RESP = "#relayout"

# Not allowed in XML 1.0 (most C0 controls, surrogates, U+FFFE/FFFF), no character at all (the 66 noncharacters),
# or without a meaning that others know (private use; U+E111 stands for a missing character in 晶報 1939).
_BARE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff"
    "\U000f0000-\U000fffff\U00100000-\U0010ffff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 15))
    + "]"
)
_NO_BREAK = frozenset((Joint.TIGHT, Joint.HYPHEN_GONE, Joint.HYPHEN_KEPT, Joint.CELL))


def name(tag: str) -> str:
    """Put a tag into the TEI namespace."""
    return f"{{{TEI_NS}}}{tag}"


def element(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
    """Append a TEI element; ``id`` and ``lang`` become ``xml:id`` and ``xml:lang``, empty attributes are left out."""
    child = etree.SubElement(parent, name(tag))
    for key, value in attributes.items():
        if value:
            child.set({"id": XML_ID, "lang": XML_LANG}.get(key, key), clean(value))
    if text:
        child.text = clean(text)
    return child


def clean(text: str) -> str:
    r"""Make text fit for an attribute or the header, where ``g`` cannot stand: U+FFFD for what XML cannot hold.

    >>> clean("a\x00b")
    'a�b'
    """
    return _BARE.sub("\ufffd", text)


def level(cert: float) -> str:
    """Word a certainty from 0 to 1 as TEI does: high from 0.8, medium from 0.5, else low.

    >>> level(0.8), level(0.79), level(0.2)
    ('high', 'medium', 'low')
    """
    return "high" if cert >= 0.8 else "medium" if cert >= 0.5 else "low"


def character_id(character: str) -> str:
    r"""Name the declaration of a character that is written as ``g``.

    >>> character_id("\ue111")
    'char-E111'
    """
    return f"char-{ord(character):04X}"


class Doubtful(NamedTuple):
    """What engines say of words, and how sure they must be for a word not to be marked as unclear; 0: none is."""

    told: Known
    below: float

    def words(self, line: Line) -> Iterator[tuple[int, int, str, str]]:
        """Yield what is marked in the text of a line: span, element, certainty; words alike beside each other as one.

        Words that are sure and not below the limit are not marked.
        """
        last: tuple[int, int, str, str] | None = None
        for start, end, cert in words(line, self.told) if self.below else ():
            if cert >= self.below and level(cert) == "high":
                continue
            this = (start, end, "unclear" if cert < self.below else "seg", level(cert))
            if last and last[2:] == this[2:] and not line.text[last[1] : start].strip(" "):
                this = (last[0], *this[1:])
            elif last:
                yield last
            last = this
        if last:
            yield last


class Flow:
    """Writes lines one after another and knows what came before.

    It remembers the page it is on (so that ``pb`` stands where the text goes over to another page, or back), the
    characters that needed ``g``, and which other parts a cut line has.
    """

    __slots__ = ("_counted", "_doubtful", "_found", "_labels", "_parts", "page", "undeclared")

    def __init__(self, lines: Iterable[Line], found: Places, doubtful: Doubtful) -> None:
        """Take every line that will be written, to know the parts of the cut ones, where all stands, what is unsure."""
        self._found = found
        self._doubtful = doubtful
        self._labels = {surface.page.number: (surface.page.label, surface.ident) for surface in found.surfaces}
        self._counted = counting(surface.page for surface in found.surfaces)
        self.page = 0
        self.undeclared: set[str] = set()
        cut: dict[Key, list[int]] = {}
        for line in lines:
            if line.place.start or line.place.end is not None:
                cut.setdefault(self._counted.key(line.place), []).append(line.place.start)
        self._parts = {key: sorted(starts) for key, starts in cut.items()}

    def turn(self, parent: etree._Element, page: int, *, tight: bool = False) -> None:
        """Write ``pb`` if the text goes on on another page than the last line's."""
        if page != self.page:
            label, surface = self._labels.get(page, ("", ""))
            element(
                parent, "pb", n=label or str(page), facs=surface and f"#{surface}", **{"break": "no" if tight else ""}
            )
            self.page = page

    def lines(
        self, parent: etree._Element, paragraph: Paragraph, entry: Joint | None = None, end: Joint | None = None
    ) -> None:
        """Write the lines of a paragraph into ``parent``; a row of a table becomes its cells.

        ``entry`` and ``end`` are the joints to what of the paragraph stands elsewhere, before and after.
        """
        row = paragraph.role is Role.ROW
        target = element(parent, "cell") if row else parent
        before = entry
        for number, (line, after) in enumerate(zip(paragraph.lines, (*paragraph.joints, end), strict=True)):
            if before is Joint.CELL:
                target = element(parent, "cell")
            self.turn(target, line.place.page, tight=before in _NO_BREAK)
            self._column_break(target, line, tight=before in _NO_BREAK)
            self._line_break(target, line, tight=before in _NO_BREAK)
            text, hyphen = (line.text[:-1], line.text[-1]) if after is Joint.HYPHEN_GONE else (line.text, "")
            marks = tuple(self._doubtful.words(line))
            at = 0
            if number == 0 and paragraph.mark:
                at = min(paragraph.mark, len(text))
                self._phrase(_marked(target, paragraph.role), text[:at], 0, marks)
            first, *more = text[at:].split("\t") if row else (text[at:],)
            self._phrase(target, first, at, marks)
            at += len(first) + 1
            for cell in more:
                target = element(parent, "cell")
                self._phrase(target, cell, at, marks)
                at += len(cell) + 1
            if hyphen:
                self.text(element(target, "pc", force="weak"), hyphen)
            before = after

    def _phrase(self, parent: etree._Element, text: str, at: int, marks: Iterable[tuple[int, int, str, str]]) -> None:
        """Append text that begins at ``at`` of its line, with what is marked in it."""
        done = 0
        for start, end, tag, cert in marks:
            first, last = max(start - at, done), min(end - at, len(text))
            if first < last:
                self.text(parent, text[done:first])
                kind = {"reason": "ocr"} if tag == "unclear" else {"type": "ocr"}
                self.text(element(parent, tag, **kind, cert=cert), text[first:last])
                done = last
        self.text(parent, text[done:])

    def text(self, parent: etree._Element, text: str) -> None:
        """Append text to an element, with ``g`` for every character that XML cannot hold or nobody else can read."""
        start = 0
        for found in _BARE.finditer(text):
            _append(parent, text[start : found.start()])
            self.undeclared.add(found.group())
            element(parent, "g", ref=f"#{character_id(found.group())}")
            start = found.end()
        _append(parent, text[start:])

    def _column_break(self, parent: etree._Element, line: Line, *, tight: bool) -> None:
        column = self._found.columns.get(line.place)
        if column:
            said = {"break": "no" if tight else ""}
            element(parent, "cb", n=str(column.number), facs=f"#{column.ident}", **said)

    def _line_break(self, parent: etree._Element, line: Line, *, tight: bool) -> None:
        key, start = self._counted.key(line.place), line.place.start
        zone = self._found.lines.get(line.place)
        child = element(parent, "lb", n=str(line.place.line), facs=f"#{zone}" if zone else "")
        if tight:
            child.set("break", "no")
        if start == 0 and line.place.end is None:
            return
        # Line 338 of the seed page holds two headlines of two articles: both lb say n="338", and point to each other.
        child.set("type", "part")
        child.set(XML_ID, _part_id(key, start))
        starts = self._parts[key]
        at = starts.index(start)
        if at > 0:
            child.set("prev", f"#{_part_id(key, starts[at - 1])}")
        if at + 1 < len(starts):
            child.set("next", f"#{_part_id(key, starts[at + 1])}")


def _part_id(key: Key, start: int) -> str:
    """Name a part of a line, with its page where every page counts its lines from 1.

    >>> _part_id((0, 9), 13), _part_id((2, 9), 13)
    ('l9-13', 'p2-l9-13')
    """
    page, line = key
    return f"{f'p{page}-' if page else ''}l{line}-{start}"


def _marked(parent: etree._Element, role: Role) -> etree._Element:
    if role in (Role.ITEM, Role.LIST_HEAD):
        return element(parent, "label")
    return element(parent, "seg", type="dateline" if role in (Role.BODY, Role.LEAD) else "mark")


def _append(parent: etree._Element, text: str) -> None:
    if not text:
        return
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
