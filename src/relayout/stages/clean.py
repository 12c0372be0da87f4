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

_GAP = re.compile(r"\t\s*|[^\S\t]{2,}")
_WIDE_GAP = re.compile(r"\t\s*|[^\S\t]{3,}")  # two spaces between words are what justified lines leave (pdfminer)
_RUN = re.compile(r"[\t ]{2,}|\t")
_DROPPED = re.compile(r"[B-HJ-NP-ZÄÖÜ] [a-zäöüß]{2}")  # A, I and O are words
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
        if not row:
            text = _RUN.sub(" ", text)
        if " " in text and _letter_spaced(text):
            notes.append(
                _note(line, "letter-spaced line drawn together", "every character stands alone between spaces")
            )
            text = text.replace(" ", "")
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
    return rows


def _letter_spaced(text: str) -> bool:
    pieces = text.split()
    return len(pieces) > 1 and all(len(piece) == 1 and is_han(piece) for piece in pieces)


def _changes(before: str, after: str) -> str:
    gone, come = sorted(set(before) - set(after)), sorted(set(after) - set(before))
    shown = "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in gone[:8])
    return f"{shown} → {''.join(come[:8])}" if ink(after) else shown


def _note(line: Line, what: str, why: str) -> Note:
    return Note("clean", what, why, level=Level.REPAIR, place=line.place, window=line.raw.strip()[:24])
