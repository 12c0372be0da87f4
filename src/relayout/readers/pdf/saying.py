"""The text that a file gives for some of its glyphs (ActualText): it takes the place of what the fonts say.

Whole words and lines may be given so, and say mostly what the glyphs say: then only what differs is replaced, and every
glyph that says the same keeps its place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from relayout.chars import canonical
from relayout.readers.pdf.glyphs import Glyph, Remark
from relayout.roles import Level

HYPHENS = "-\u2010\u2011\u00ad"
SOFT = "\u00ad"
LONGEST = 4000  # characters: a longer text is not compared with its glyphs
EFFORT = 20_000_000  # comparisons on a page, some seconds
_CONTROL = re.compile("\x1b[^\x1b]*\x1b|[\x00-\x08\x0e-\x1f\x7f]")  # what an escape names is a language, not text


def decoded(text: bytes) -> str:
    r"""Return a text string of a PDF: UTF-16 or UTF-8 after their marks, else Latin (ISO 32000-2, 7.9.2.2).

    >>> decoded(b"\xfe\xff\x00f\x00i"), decoded(b"caf\xe9")
    ('fi', 'café')
    """
    if text[:2] in (b"\xfe\xff", b"\xff\xfe"):
        return text.decode("utf-16", "replace")
    if text[:3] == b"\xef\xbb\xbf":
        return text[3:].decode("utf-8", "replace")
    from pdfminer.utils import decode_text

    return decode_text(text)


def replaced(
    glyphs: Sequence[Glyph], spans: Sequence[int], texts: Mapping[int, str]
) -> tuple[list[Glyph], list[Remark]]:
    """Return glyphs with the text that is given for them, and remarks on what of their own text is gone.

    ``spans`` says of each glyph to which span it belongs, 0 for none; ``texts`` what is given for a span. A hyphen at a
    line end that is no part of the text given is a soft one, so that the halves of its word find each other.
    """
    members: dict[int, list[int]] = {}
    for n, span in enumerate(spans):
        if span and not glyphs[n].hidden:
            members.setdefault(span, []).append(n)
    if not members:
        return list(glyphs), []
    made: dict[int, Glyph | None] = {}
    changes: list[tuple[str, str]] = []
    long, effort = "", 0
    for span, numbers in members.items():
        numbers = [n for n in numbers if not glyphs[n].text.isspace()]
        given = _CONTROL.sub("", texts[span])
        effort += len(given) * len(numbers)
        if max(len(given), len(numbers)) > LONGEST or effort > EFFORT:
            long = long or given
        elif numbers:
            _span(glyphs, numbers, given, made, changes)
    kept = [made.get(n, glyph) for n, glyph in enumerate(glyphs)]
    return [glyph for glyph in kept if glyph], _remarks(changes, long)


def _span(
    glyphs: Sequence[Glyph],
    numbers: Sequence[int],
    given: str,
    made: dict[int, Glyph | None],
    changes: list[tuple[str, str]],
) -> None:
    """Put the text given for some glyphs in the place of theirs, where it differs."""
    own = [glyphs[n].text for n in numbers]
    at = [k for k, char in enumerate(given) if not char.isspace()]
    wanted = [given[k] for k in at]
    if "".join(own) == "".join(wanted):
        return
    for kind, a, b, c, d in SequenceMatcher(None, own, wanted, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        old, new = "".join(own[a:b]), given[at[c] : at[d - 1] + 1] if d > c else ""
        if kind == "insert":  # it stands at the glyph before, or at the first one
            n = numbers[a - 1] if a else numbers[0]
            glyph = made.get(n) or glyphs[n]
            made[n] = glyph._replace(text=glyph.text + new if a else new + glyph.text)
        elif b - a == d - c:
            for n, char in zip(numbers[a:b], wanted[c:d], strict=True):
                made[n] = glyphs[n]._replace(text=SOFT if char == SOFT and _ends(glyphs, n) else char)
        elif not new and old in HYPHENS and _ends(glyphs, numbers[a]):
            made[numbers[a]] = glyphs[numbers[a]]._replace(text=SOFT)
            new = SOFT
        else:
            for n in numbers[a:b]:
                made[n] = None
            if new:
                made[numbers[a]] = _widened([glyphs[n] for n in numbers[a:b]])._replace(text=new)
        if canonical(old) != canonical(new):  # Chromium says so of every radical, that it is a character (⼈ 人)
            changes.append((old, new))


def _widened(glyphs: Sequence[Glyph]) -> Glyph:
    """Return the first of some glyphs, as wide as those that stand on its line with it."""
    first = glyphs[0]
    row = [g for g in glyphs if abs(g.y - first.y) < 0.25 * first.size]
    if first.turn % 180 or not row:
        return first
    return first._replace(x0=min(g.x0 for g in row), x1=max(g.x1 for g in row))


def _ends(glyphs: Sequence[Glyph], n: int) -> bool:
    """Say whether a glyph is the last of its line, as the stream has it."""
    here = glyphs[n]
    after = next((glyphs[m] for m in range(n + 1, len(glyphs)) if not glyphs[m].text.isspace()), None)
    return after is None or abs(after.y - here.y) > 0.5 * here.size or after.x0 < here.x0


def _remarks(changes: Sequence[tuple[str, str]], long: str) -> list[Remark]:
    found: list[Remark] = []
    given = [(old, new) for old, new in changes if new]
    gone = "".join(old for old, new in changes if not new)
    if given:
        window = ", ".join(f"{new} for {old}" if old else f"{new} added" for old, new in given[:6])
        why = "the file gives this text for its glyphs (ActualText)"
        found.append(Remark(f"{len(given)} texts are read as the file says", why, window))
    if gone:
        why = "the file says that they are no text (ActualText)"
        found.append(Remark(f"{len(gone)} glyphs are left out", why, gone[:24]))
    if long:
        why = "too much text is given for them to compare it (ActualText)"
        found.append(Remark("some glyphs are read as their fonts say", why, long[:24], Level.DOUBT))
    return found
