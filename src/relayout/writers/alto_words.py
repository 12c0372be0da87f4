"""The words of a line in ALTO: String, SP and HYP, each where the widths of its characters put it in the line's box."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from relayout.chars import cells, is_han
from relayout.model import Page
from relayout.told import Sureness
from relayout.writers.leaves import Row, said

_WORD = re.compile(r"\S+")
_SOFT = "\u00ad"  # an end of a line that is no character of print: it stays in its word
_SEEN = 0.6  # of a character: so wide a space between Han characters is one that readers see


class _Word(NamedTuple):
    """A word, where it stands in the raw line, and in cells from the beginning of the line."""

    text: str
    start: int
    end: int
    at: int
    wide: int


class Words:
    """Writes the lines of one page, whose words an engine may be sure of or not."""

    __slots__ = ("_ns", "_sure")

    def __init__(self, ns: str, page: Page) -> None:
        """Take the namespace and the page."""
        self._ns = ns
        self._sure: dict[int, list[Sureness]] = {}
        for one in page.sure:
            self._sure.setdefault(one.line, []).append(one)

    def write(self, line: etree._Element, row: Row) -> None:
        """Write the words of a line, and the hyphen of one that its end tears."""
        words, whole = _words(row)
        hyphen = ""
        if row.torn and words[-1].text[-1:] not in (_SOFT, ""):
            begun = words[-1].text[:-1]
            if begun and begun[-1].isalnum():
                hyphen = words[-1].text[-1]
                words[-1] = words[-1]._replace(text=begun, wide=max(1, words[-1].wide - cells(hyphen)))
        for n, word in enumerate(words):
            if n:
                before = words[n - 1]
                self._place(line, "SP", row, (before.at + before.wide) / whole, word.at / whole)
            string = self._place(line, "String", row, word.at / whole, (word.at + word.wide) / whole)
            string.set("CONTENT", word.text)
            if n == len(words) - 1 and hyphen:
                string.set("SUBS_TYPE", "HypPart1")
                string.set("SUBS_CONTENT", row.torn)
            elif n == 0 and row.begun:
                string.set("SUBS_TYPE", "HypPart2")
                string.set("SUBS_CONTENT", row.begun)
            sure = self._least(row, word)
            if sure is not None:
                string.set("WC", f"{sure:.2f}")
        if hyphen:
            last = words[-1]
            self._place(line, "HYP", row, (last.at + last.wide) / whole, 1.0).set("CONTENT", hyphen)

    def _place(self, line: etree._Element, tag: str, row: Row, first: float, last: float) -> etree._Element:
        """Write an element from one share of the length of a line to another."""
        x, y, width, height = (int(side) for side in (row.box.x0, row.box.y0, row.box.width, row.box.height))
        if row.line.vertical:
            y, height = _stretch(y, height, first, last)
        else:
            x, width = _stretch(x, width, first, last)
        child = etree.SubElement(line, f"{{{self._ns}}}{tag}")
        for key, value in (("HPOS", x), ("VPOS", y), ("WIDTH", width), ("HEIGHT", height)):
            child.set(key, str(value))
        return child

    def _least(self, row: Row, word: _Word) -> float | None:
        """Return how sure the engine is of the part of a word that it is least sure of."""
        place = row.line.place
        start, end = place.start + word.start, place.start + word.end
        spans = self._sure.get(place.line, ())
        return min((one.cert for one in spans if one.start < end and start < one.end), default=None)


def _stretch(start: int, long: int, first: float, last: float) -> tuple[int, int]:
    """Return where a part of a stretch begins, and how long it is: at least one."""
    begin = start + min(round(first * long), long - 1)
    return begin, max(1, start + round(last * long) - begin)


def _words(row: Row) -> tuple[list[_Word], int]:
    """Return the words of a line, and its width in cells; of a space between Han characters that none would see, none.

    Such a space stays in the word.
    """
    raw = row.line.raw
    found: list[_Word] = []
    at = last = 0
    box = row.box
    thick, long = (box.width, box.height) if row.line.vertical else (box.height, box.width)
    share = long / max(1, cells(raw.strip()))
    for match in _WORD.finditer(raw):
        text = said(match.group())
        if not text:
            continue
        gap = cells(raw[last : match.start()]) if found else 0
        if found and is_han(found[-1].text[-1]) and is_han(text[0]):
            gap = max(gap, 2)
            before = found[-1]
            if gap * share < _SEEN * min(before.wide * share, thick):
                whole = _Word(f"{before.text} {text}", before.start, match.end(), before.at, before.wide)
                at, last = before.at + before.wide + gap + max(1, cells(text)), match.end()
                found[-1] = whole._replace(wide=at - before.at)
                continue
        at += gap
        wide = max(1, cells(text))
        found.append(_Word(text, match.start(), match.end(), at, wide))
        at, last = at + wide, match.end()
    if not found:
        found.append(_Word(said(row.line.text).strip(), 0, len(raw), 0, 1))
        at = 1
    return found, at
