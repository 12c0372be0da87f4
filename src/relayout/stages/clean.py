"""Clean: every character becomes what it stands for; spaces are unified, not yet dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from relayout.chars import canonical, has_han, ink, is_han
from relayout.layout import Layout
from relayout.model import Line, Note, Outcome
from relayout.profile import Profile
from relayout.roles import Level

FEWEST = 2  # characters standing alone that are a letter-spaced line, if it has nothing else
SPACED = 4  # characters standing alone that show that the line is letter-spaced, whatever else is in it
WIDER = 2  # times the narrowest gap: a wider one holds a printed space
OFTEN = 2  # times as many pairs of characters with a space as without, where a word stands close (パスモ)
CELL = 10  # characters of a cell
_FIGURE = re.compile(r" [-+−–▲▼]?[0-9０-９][0-9０-９.,．，%％:：/]*$")
_GAP = re.compile(r"\t\s*|[^\S\t]{2,}")
_WIDE_GAP = re.compile(r"\t\s*|[^\S\t]{3,}")  # two spaces between words are what justified lines leave (pdfminer)
_GAPS = re.compile(r"(?<=\S)\s+(?=\S)")
_RUN = re.compile(r"[\t ]{2,}|\t")
_DROPPED = re.compile(r"[B-HJ-NP-ZÄÖÜ] [a-zäöüß]{2}")  # A, I and O are words
_HAN = "[\u3040-\u30fe\u3400-\u9fff０-９]"
_LOOSE_PAIR = re.compile(f"(?={_HAN} +{_HAN})")
_CLOSE_PAIR = re.compile(f"(?={_HAN}{_HAN})")
_SPACE = re.compile(r"[^\S\t\n ]")


def clean(layout: Layout, profile: Profile) -> Outcome[Layout]:  # noqa: ARG001
    """Replace what PDF fonts leave behind (⼯ for 工, ︒ for 。), compose to NFC, unify white space.

    Leaves ``raw``, places and the number of printed characters as they are; never NFKC. A letter-spaced line
    (社　評), or a stretch of one, is closed up. Declines where a line is plain already, which is nearly everywhere.
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
        if " " in text and (closed := _closed_up(text)) != text:
            notes.append(_note(line, "letter-spacing closed up", "characters stand alone between spaces"))
            text = closed
        if not row:
            text = _RUN.sub(" ", text)
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


def _closed_up(text: str) -> str:
    """Close the gaps between characters that stand alone: in the whole line, or in a stretch of it.

    A stretch has four such characters and more: a line that was spread to fill its column, in one row with others
    (包 況 ， 選 擇 不 同). The spaces at its ends stay, and so does one in place of a gap much wider than the
    narrowest: there a space was printed (記 者   王 海).
    """
    pieces = text.split()
    if len(pieces) < FEWEST:
        return text
    gaps = list(map(len, _GAPS.findall(text)))
    whole = _letter_spaced(pieces) or _with_words(text, pieces)
    if not whole and sum(map(_alone, pieces)) < SPACED:
        return text
    out = pieces[0]
    start = 0
    closed = [False] * len(gaps)
    for loose, some in groupby(pieces, _may_stand_alone):
        stretch = list(some)
        end = start + len(stretch)
        if len(stretch) > 1 and (whole or (loose and sum(map(_alone, stretch)) >= SPACED and _letter_spaced(stretch))):
            widest = WIDER * min(gaps[start : end - 1])
            closed[start : end - 1] = [gap <= widest for gap in gaps[start : end - 1]]
        start = end
    for before, piece, gap, close in zip(pieces, pieces[1:], gaps, closed, strict=False):
        words = before[-1].isascii() and piece[0].isascii()  # Latin words keep the space between them
        out += piece if close and not words else " " * gap + piece
    return out


def _letter_spaced(pieces: Sequence[str]) -> bool:
    """Say whether characters stand alone between spaces, figures and words among them where there are many (及 7)."""
    alone = sum(len(piece) == 1 for piece in pieces)
    han = sum(len(piece) == 1 and is_han(piece) for piece in pieces)
    if han < FEWEST or not all(map(_may_stand_alone, pieces)):
        return False
    return alone == len(pieces) if sum(map(_alone, pieces)) < SPACED else 2 * alone >= len(pieces)


def _with_words(text: str, pieces: Sequence[str]) -> bool:
    """Say whether the line is letter-spaced but for words that stand close in it (ト を 持 つ パスモ を)."""
    if not _may_stand_alone(pieces[0]) or not _may_stand_alone(pieces[-1]):
        return False
    loose, close = len(_LOOSE_PAIR.findall(text)), len(_CLOSE_PAIR.findall(text))
    return loose >= SPACED and loose >= OFTEN * close


def _alone(piece: str) -> bool:
    return len(piece) == 1 and not piece.isascii()


def _may_stand_alone(piece: str) -> bool:
    """Say whether no two Han characters touch in the piece: it is one, with marks, or a word or figure among such."""
    return not has_han(piece) or not any(is_han(one) and is_han(two) for one, two in pairwise(piece))


def _changes(before: str, after: str) -> str:
    gone, come = sorted(set(before) - set(after)), sorted(set(after) - set(before))
    shown = "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in gone[:8])
    return f"{shown} → {''.join(come[:8])}" if ink(after) else shown


def _note(line: Line, what: str, why: str) -> Note:
    return Note("clean", what, why, level=Level.REPAIR, place=line.place, window=line.raw.strip()[:24])
