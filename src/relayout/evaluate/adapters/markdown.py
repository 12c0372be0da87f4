r"""Markdown of anybody, read in its favour.

Headings of levels 1 to 3 begin units; headings that follow one another are one deck; deeper ones are crossheads.
Without any such heading, a unit begins at a block that looks like a headline. Blocks are paragraphs, their lines joined
as anybody would; list items and rows of pipe tables are parts of their own; a quoted block is a paragraph. Images,
rules, comments, tags, marks of emphasis and links' targets are left out. A block that begins with ``Figure`` (Fig.,
Abb., 圖, 図) and a colon or full stop is a caption.

>>> [part.role for unit in read(b"# Fire\n\nIt *burnt*.\n", "x").units for part in unit.parts]
['head', 'p']
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from relayout.evaluate.adapters.blocks import blocks, by_headlines, decode, like_caption, units
from relayout.evaluate.nouns import Part, Prediction, Unit
from relayout.evaluate.texts import join_lines, one_space

KNOWS = frozenset({"head", "p", "item", "row"})

_HEADING = r" {0,3}(#{1,6})(?:\s(.*))?$"
_CLOSED = r"(?:\s|^)#+\s{0,9}$"
_ROW = r"\s*\|.*\|\s*$"
_RULE_OF_ROW = r"[\s|:\-]+$"
_ITEM = r"\s*(?:[-*+]\s+|(?=\d{1,3}[.)]\s))"
_UNDERLINE = r" {0,3}(?:=+|-{2,})\s*$"
_RULE = r" {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$"
_FENCE = r" {0,3}(?:```|~~~)"
# What pymupdf4llm writes for a picture: a line for one left out, and lines around the text found in one.
_PICTURE = r"\W{0,20}(?:=+> ?picture\b.*<=+|-{3,} ?(?:Start|End) of picture text ?-{3,})\W*(?:<br>)?\s*$"
_COMMENT = r"(?s)<!--.{0,2000}?-->"
_IMAGE = r"!\[[^\[\]]{0,500}\](?:\([^()]{0,2000}\)|\[[^\[\]]{0,500}\])"
_LINK = r"\[([^\[\]]{0,500})\]\([^()]{0,2000}\)"
_TAG = r"</?[a-zA-Z][^<>]{0,200}>"
_BREAK = r"(?i)<br\s*/?>"
_STRONG = r"(\*{1,3}|~~|`)(?=\S)(.{1,1000}?)(?<=\S)\1"
_UNDERSCORED = r"(?<!\w)(_{1,3})(?=\S)(.{1,1000}?)(?<=\S)\1(?!\w)"
_ESCAPED = r"\\([!-/:-@\[-`{-~])"
_HIDDEN = 0x100000
_SHOWN = "[\U00100000-\U0010007f]"
_SIGN = (
    rb"(?m)^ {0,3}#{1,6}\s+\S|^[ \t]*\|.*\|[ \t]*\n[ \t]*\|[ \t:|\-]+\|[ \t]*$"
    rb"|!\[[^\[\]\n]{0,500}\]\(|^\*\*\S.*\*\*[ \t]*$"
)
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&nbsp;": " ", "&quot;": '"', "&#39;": "'"}
_ENTITY = "|".join(_ENTITIES)


def sniff(data: bytes) -> bool:
    """Say whether there is a heading, a table, an image, or a line set in bold."""
    return (
        b"\0" not in data
        and not data.lstrip().startswith((b"<?xml", b"<!DOCTYPE", b"%PDF-"))
        and bool(re.search(_SIGN, data.replace(b"\r\n", b"\n")))
    )


def read(data: bytes, name: str) -> Prediction:
    """Read with headings of levels 1 to 3 as the begin of units."""
    return _read(data, name, 3)


def read_1(data: bytes, name: str) -> Prediction:
    """Read with headings of level 1 as the begin of units."""
    return _read(data, name, 1)


def read_2(data: bytes, name: str) -> Prediction:
    """Read with headings of levels 1 and 2 as the begin of units."""
    return _read(data, name, 2)


def _read(data: bytes, name: str, deepest: int) -> Prediction:
    parts = [part for part in _parts(re.sub(_COMMENT, "", decode(data, name)), deepest) if part.text]
    if not any(part.role == "head" for part in parts):
        return Prediction(units(by_headlines(parts)), KNOWS - {"head"})
    groups: list[list[Part]] = [[]]
    deck = False
    for part in parts:
        if part.role == "head" and not deck:
            groups.append([])
        groups[-1].append(part)
        deck = part.role == "head"
    return Prediction(tuple(Unit(unit.id, "", unit.parts) for unit in units(groups)), KNOWS)


def _parts(text: str, deepest: int) -> Iterator[Part]:
    for block in blocks(text):
        lines = [line for line in block.lines if not (re.match(_PICTURE, line) or re.match(_FENCE, line))]
        if (
            len(lines) > 1
            and re.match(_UNDERLINE, lines[-1])
            and not re.match(_ROW, lines[0])
            and not re.match(_ITEM, lines[0])
        ):
            yield _heading(join_lines(lines[:-1]), 1 if "=" in lines[-1] else 2, deepest)
            continue
        waiting: list[str] = []
        item = False
        for line in (*lines, ""):
            heading = re.match(_HEADING, line)
            row, begins = re.match(_ROW, line), re.match(_ITEM, line)
            if waiting and (heading or row or begins or not line or re.match(_RULE, line)):
                yield from _running(waiting, item=item)
                waiting = []
            if heading:
                yield _heading(re.sub(_CLOSED, "", heading.group(2) or ""), len(heading.group(1)), deepest)
            elif row:
                yield from _cells(line)
            elif line and not re.match(_RULE, line):
                item = item if waiting else begins is not None
                waiting.append(line[begins.end() :] if begins else line.lstrip(" >"))


def _heading(text: str, level: int, deepest: int) -> Part:
    return Part("head" if level <= deepest else "crosshead", _plain(text))


def _running(lines: list[str], *, item: bool) -> Iterator[Part]:
    # A break inside a block of running text parts paragraphs for a reader; two spaces at the end do not.
    text = join_lines(map(_plain, lines))
    if text:
        yield Part("item" if item else "caption" if like_caption(text) else "p", text)


def _cells(line: str) -> Iterator[Part]:
    if not re.match(_RULE_OF_ROW, line):
        cells = re.split(r"(?<!\\)\|", line.strip()[1:-1])
        text = "\t".join(map(_plain, cells))
        if text.strip():
            yield Part("row", text)


def _plain(text: str) -> str:
    """Leave out marks, tags and targets."""
    # What is escaped is hidden in a plane of private use until all marks are gone.
    text = re.sub(_ESCAPED, lambda found: chr(_HIDDEN + ord(found.group(1))), text)
    text = re.sub(_TAG, "", re.sub(_BREAK, " ", re.sub(_IMAGE, "", text)))
    text = re.sub(_LINK, r"\1", text)
    for _ in range(2):
        text = re.sub(_UNDERSCORED, r"\2", re.sub(_STRONG, r"\2", text))
    text = re.sub(_SHOWN, lambda found: chr(ord(found.group()) - _HIDDEN), text)
    return one_space(re.sub(_ENTITY, lambda found: _ENTITIES[found.group()], text))
