"""Conservation: every printed character of the source stands in the TEI once, in its line.

The ``lb`` says which line of the source a text is from, and where every page counts its lines from 1 the ``pb`` before
it says on which page. White space is not counted, characters are compared as what they stand for (``chars.ink``), and
``g`` counts as the character it declares.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from relayout.chars import ink
from relayout.counting import Counting, Key, counting
from relayout.model import Reading
from relayout.validate.finding import line_of
from relayout.writers.tei_text import XML_ID, name

_SHOWN = 24
_COMPARED = 500
_NUMBER = re.compile("[0-9]{1,12}")
_SURFACE = re.compile("#facs_([1-9][0-9]{0,11})")


class _Piece(NamedTuple):
    """The text after one ``lb``, up to the next."""

    ident: str
    previous: str
    line: int
    text: list[str]


def lost_or_doubled(root: etree._Element, reading: Reading) -> Iterator[tuple[int, str, str]]:
    """Compare a TEI file with its source: yields the line of the file, what is wrong, and what to do.

    A file without a body is the grammar's concern.
    """
    body = root.find(f"{name('text')}/{name('body')}")
    if body is None:
        return
    counted = counting(reading.pages)
    pieces = _pieces(root, body, counted)
    raws: dict[Key, str] = {}
    for line in (line for page in reading.pages for line in page.lines):
        # A form feed may stand in the middle of a line: one line, two pages.
        row = counted.key(line.place)
        raws[row] = raws.get(row, "") + line.raw
    for row, raw in raws.items():
        here = pieces.pop(row, [])
        expected, found = ink(raw), ink("".join("".join(piece.text) for piece in _in_order(here)))
        # Without the space in "e \u0301" the two become one character: equal once more normalized is equal.
        if expected != found and ink(expected) != ink(found):
            at = here[0].line if here else 1
            yield at, f"line {counted.line(row)} of the source: {_difference(expected, found)}", _advice(raw)
    for (page, number), here in sorted(pieces.items()):
        text = ink("".join("".join(piece.text) for piece in here))
        if text and number:
            yield (
                here[0].line,
                f"line {counted.line((page, number))} is empty or absent in the source: {_window(text)}",
                "correct n of its lb",
            )
        elif text:
            yield (
                here[0].line,
                f"text that is said to be from no line: {_window(text)}",
                "give it an lb with its line as n",
            )


def _pieces(root: etree._Element, body: etree._Element, counted: Counting) -> dict[Key, list[_Piece]]:
    characters = {f"#{char.get(XML_ID)}": _declared(char) for char in root.iter(name("char"))}
    pieces: dict[Key, list[_Piece]] = {}
    now = _Piece("", "", 1, [])
    pieces[0, 0] = [now]
    page = 0
    for event, node in etree.iterwalk(body, events=("start", "end", "comment", "pi")):
        if event == "start":
            if node.tag == name("lb"):
                number = node.get("n", "")
                now = _Piece(f"#{node.get(XML_ID)}", node.get("prev", ""), line_of(node), [])
                row = int(number) if _NUMBER.fullmatch(number) else 0
                pieces.setdefault((page if row else 0, row), []).append(now)
            elif node.tag == name("pb") and counted.own:
                surface = _SURFACE.fullmatch(node.get("facs", ""))
                page = int(surface[1]) if surface else 0
            elif node.tag == name("g"):
                now.text.append(characters.get(node.get("ref", ""), ""))
            now.text.append(node.text or "")
        elif node is not body:
            now.text.append(node.tail or "")
    return pieces


def _declared(char: etree._Element) -> str:
    for prop in char.iter(name("localProp")):
        value = prop.get("value", "")
        if prop.get("name") == "codepoint" and value.startswith("U+"):
            try:
                return chr(int(value[2:], 16))
            except (ValueError, OverflowError):
                return ""
    return ""


def _in_order(pieces: list[_Piece]) -> list[_Piece]:
    """Put the parts of a cut line in the order that their ``prev`` tell, whatever article they went to."""
    after = {piece.previous: piece for piece in pieces}
    ordered: list[_Piece] = []
    key = ""
    while key in after:
        piece = after.pop(key)
        ordered.append(piece)
        key = piece.ident
    return ordered if len(ordered) == len(pieces) else pieces


def _difference(expected: str, found: str) -> str:
    if not found:
        return f"lost: {_window(expected)}"
    if len(found) > len(expected) and found.replace(expected, "") == "":
        return f"doubled: {_window(expected)}"
    if sorted(expected) == sorted(found):
        return f"characters in another order: {_window(found)}"
    # What differs between equal ends; the comparison inside takes time that grows with the square, so it has a limit.
    from difflib import SequenceMatcher  # only for a finding

    matcher = SequenceMatcher(None, expected[:_COMPARED], found[:_COMPARED], autojunk=False)
    changes = [change for change in matcher.get_opcodes() if change[0] != "equal"]
    lost = "".join(expected[start:end] for _, start, end, _, _ in changes) + expected[_COMPARED:]
    added = "".join(found[start:end] for _, _, _, start, end in changes) + found[_COMPARED:]
    return ", ".join(f"{word}: {_window(text)}" for word, text in (("lost", lost), ("added", added)) if text)


def _window(text: str) -> str:
    shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
    return "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in shown)


def _advice(raw: str) -> str:
    return f"the source has: {_window(raw.strip())}"
