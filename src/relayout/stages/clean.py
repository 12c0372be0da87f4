"""Clean: every character becomes what it stands for; spaces are unified, not yet dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from relayout.chars import canonical, has_han, ink, is_han
from relayout.layout import Layout
from relayout.model import Line, Note, Outcome
from relayout.profile import Profile
from relayout.roles import Level

SPACED = 4  # characters standing alone that show that the line is letter-spaced, whatever else is in it
OFTEN = 2  # times as many pairs of characters with a space as without, where a word stands close (パスモ)
CELL = 10  # characters of a cell
_FIGURE = re.compile(r" [-+−–▲▼]?[0-9０-９][0-9０-９.,．，%％:：/]*$")
_GAP = re.compile(r"\t\s*|[^\S\t]{2,}")
_WIDE_GAP = re.compile(r"\t\s*|[^\S\t]{3,}")  # two spaces between words are what justified lines leave (pdfminer)
_RUN = re.compile(r"[\t ]{2,}|\t")
_DROPPED = re.compile(r"[B-HJ-NP-ZÄÖÜ] [a-zäöüß]{2}")  # A, I and O are words
_HAN = "[\u3040-\u30fe\u3400-\u9fff０-９]"
_LOOSE_PAIR = re.compile(f"(?={_HAN} +{_HAN})")
_CLOSE_PAIR = re.compile(f"(?={_HAN}{_HAN})")
_SPACE = re.compile(r"[^\S\t\n ]")


def clean(layout: Layout, profile: Profile) -> Outcome[Layout]:  # noqa: ARG001
    """Replace what PDF fonts leave behind (⼯ for 工, ︒ for 。), compose to NFC, unify white space.

    Leaves ``raw``, places and the number of printed characters as they are; never NFKC. A letter-spaced line
    (社　評) is drawn together. Declines where a line is plain already, which is nearly everywhere.
    """
    lines: list[Line] = []
    notes: list[Note] = []
    rows = _rows([line.text for line in layout.page.lines])
    for line, row in zip(layout.page.lines, rows, strict=True):
        text = canonical(line.text)
        if text != line.text:
            notes.append(_note(line, "characters replaced by what they stand for", _changes(line.text, text)))
        if not text.isascii():
            text = _SPACE.sub(" ", text)
        text = text.strip()
        if row and not _GAP.search(text):
            text = text.replace(" ", "\t")
        if not row:
            text = _RUN.sub(" ", text)
        if " " in text and _letter_spaced(text):
            notes.append(
                _note(line, "letter-spaced line drawn together", "every character stands alone between spaces")
            )
            text = _together(text)
        if _DROPPED.match(text) and not has_han(text):
            notes.append(_note(line, "a drop cap drawn to its word", "a capital stands alone before a small letter"))
            text = text[0] + text[2:]
        if not text:
            notes.append(_note(line, "line left out", "it holds control or zero-width characters only"))
            continue
        lines.append(line if text == line.text else replace(line, text=text))
    return Outcome(replace(layout, page=replace(layout.page, lines=tuple(lines))), tuple(notes))


def _rows(texts: Sequence[str]) -> list[bool]:
    """Say of each line whether it is a row of a table: wide gaps in it, and as many in its neighbours.

    One gap in each of two lines is no table yet: the halves of two headlines are parted so too.
    """
    gaps = [len((_GAP if has_han(text) else _WIDE_GAP).findall(text.strip())) for text in texts]
    rows = [False] * len(gaps)
    start = 0
    for i in range(1, len(gaps) + 1):
        if i < len(gaps) and gaps[i] == gaps[start]:
            continue
        if gaps[start] and i - start >= (2 if gaps[start] > 1 else 3):
            rows[start:i] = [True] * (i - start)
        start = i
    return [row or figures for row, figures in zip(rows, _figures(texts), strict=True)]


def _figures(texts: Sequence[str]) -> list[bool]:
    """Say of each line whether it is a row of a table whose gaps an extractor made single spaces: short cells, figures.

    Two such lines with as many cells make a table; a line of as many short cells before them is its head.
    """
    cells = [len(row) if len(row := text.split()) > 2 and max(map(len, row)) <= CELL else 0 for text in texts]
    figures = [count > 0 and _FIGURE.search(text) is not None for count, text in zip(cells, texts, strict=True)]
    found = [False] * len(texts)
    for i in range(1, len(texts)):
        if figures[i] and figures[i - 1] and cells[i] == cells[i - 1]:
            found[i - 1] = found[i] = True
            if i > 1 and cells[i - 2] == cells[i]:
                found[i - 2] = True
    return found


def _letter_spaced(text: str) -> bool:
    """Say whether characters stand alone between spaces, figures and words among them where there are many (及 7).

    Marks count to the character before them or after, as extractors leave no space there (樹。「春 雷).
    """
    pieces = text.split()
    alone = sum(len(piece) == 1 for piece in pieces)
    han = sum(len(piece) == 1 and is_han(piece) for piece in pieces)
    if han >= 2 and not any(len(piece) > 1 and has_han(piece) for piece in pieces):
        return alone == len(pieces) if han < SPACED else 4 * alone >= 3 * len(pieces)
    loose, close = len(_LOOSE_PAIR.findall(text)), len(_CLOSE_PAIR.findall(text))
    return loose >= SPACED and loose >= OFTEN * close


def _together(text: str) -> str:
    """Draw a letter-spaced line together; Latin words in it keep the space between them."""
    return re.sub(r"(?<=[^\x00-\x7f]) +| +(?=[^\x00-\x7f])", "", text)


def _changes(before: str, after: str) -> str:
    gone, come = sorted(set(before) - set(after)), sorted(set(after) - set(before))
    shown = "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in gone[:8])
    return f"{shown} → {''.join(come[:8])}" if ink(after) else shown


def _note(line: Line, what: str, why: str) -> Note:
    return Note("clean", what, why, level=Level.REPAIR, place=line.place, window=line.raw.strip()[:24])
