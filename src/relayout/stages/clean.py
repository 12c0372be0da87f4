"""Clean: every character becomes what it stands for; spaces are unified, not yet dropped."""

from __future__ import annotations

import re
from dataclasses import replace

from relayout.chars import canonical, ink, is_han
from relayout.layout import Layout
from relayout.model import Line, Note, Outcome
from relayout.profile import Profile
from relayout.roles import Level

_SPACE = re.compile(r"[^\S\t\n ]+")


def clean(layout: Layout, profile: Profile) -> Outcome[Layout]:  # noqa: ARG001
    """Replace what PDF fonts leave behind (⼯ for 工, ︒ for 。), compose to NFC, unify white space.

    Leaves ``raw``, places and the number of printed characters as they are; never NFKC. A letter-spaced line
    (社　評) is drawn together. Declines where a line is plain already, which is nearly everywhere.
    """
    lines: list[Line] = []
    notes: list[Note] = []
    for line in layout.page.lines:
        text = canonical(line.text)
        if text != line.text:
            notes.append(_note(line, "characters replaced by what they stand for", _changes(line.text, text)))
        if not text.isascii():
            text = _SPACE.sub(" ", text)
        text = text.strip()
        if " " in text and _letter_spaced(text):
            notes.append(
                _note(line, "letter-spaced line drawn together", "every character stands alone between spaces")
            )
            text = text.replace(" ", "")
        if not text:
            notes.append(_note(line, "line left out", "it holds control or zero-width characters only"))
            continue
        lines.append(line if text == line.text else replace(line, text=text))
    return Outcome(replace(layout, page=replace(layout.page, lines=tuple(lines))), tuple(notes))


def _letter_spaced(text: str) -> bool:
    pieces = text.split()
    return len(pieces) > 1 and all(len(piece) == 1 and is_han(piece) for piece in pieces)


def _changes(before: str, after: str) -> str:
    gone, come = sorted(set(before) - set(after)), sorted(set(after) - set(before))
    shown = "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in gone[:8])
    return f"{shown} → {''.join(come[:8])}" if ink(after) else shown


def _note(line: Line, what: str, why: str) -> Note:
    return Note("clean", what, why, level=Level.REPAIR, place=line.place, window=line.raw.strip()[:24])
