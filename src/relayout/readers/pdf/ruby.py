"""Ruby: small kana that say how Han is read, over a row or at the right of a column. It is no line of the text.

JIS X 4051 and W3C's *Requirements for Japanese Text Layout* (jlreq, 3.3): ruby is half as large as what it stands by,
and may reach over the characters before and after that.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from relayout.model import Line, Note, Place
from relayout.readers.pdf.aside import TURNS
from relayout.readers.pdf.glyphs import Glyph
from relayout.readers.pdf.runs import Run, runs

STAGE = "read"
LEAST, MOST = 0.35, 0.65  # of the size of what it stands by
CLOSE, INTO = 0.2, 0.25  # of the same: how far from it ruby stands, and how far within its square
ALONG = 1.0  # of the same: how far from the middle of a character its ruby may be
FAR = 2.2  # of its own size: a line as small that stands beside it shows that it is text
ALIKE = 0.15  # sizes that differ less are the same
Near = dict[tuple[int, int, int], list[Glyph]]


class Ruby(NamedTuple):
    """What is set beside some characters: the text, that of the characters, and the first of these."""

    text: str
    over: str
    at: Glyph


def parted(glyphs: Sequence[Glyph]) -> tuple[list[Glyph], list[Ruby]]:
    """Part the glyphs of a page into those of its text and ruby; most pages have none."""
    if not any(map(_kana, glyphs)):
        return list(glyphs), []
    level = [glyph for glyph in glyphs if glyph.turn not in TURNS]
    found = _beside(level)
    if not found:
        return list(glyphs), []
    rows = runs(level)
    homes = {id(glyph): run for run in rows for glyph in run.glyphs}
    upright = 2 * sum(len(run.glyphs) for run in rows if run.upright) > len(level)
    order = sorted((glyph for run in rows if not _is_kana(run) for glyph in run.glyphs), key=lambda glyph: glyph.y)
    told: list[tuple[Run, list[list[Glyph]], bool]] = []
    for run in rows:
        if not _is_kana(run) or sum(id(glyph) in found for glyph in run.glyphs) * 2 <= len(run.glyphs):
            continue
        column = _in_columns(run, [homes[id(base)] for g in run.glyphs for base, _ in found.get(id(g), ())], upright)
        over = [[base for base, right in found.get(id(glyph), ()) if right is column] for glyph in run.glyphs]
        if any(over) and not _is_text(run, order, column=column):
            told.append((run, over, column))
    if not any(_is_hiragana(run) for run, _, _ in told):
        # A kicker (ルポ) may stand over the first characters of a headline as ruby does: ja-7.
        told = [one for one in told if not any(homes[id(base)].glyphs[0] is base for row in one[1] for base in row)]
    made = [ruby for run, over, column in told for ruby in _ruby(run, over, homes, column=column)]
    gone = {id(glyph) for run, _, _ in told for glyph in run.glyphs}
    return [glyph for glyph in glyphs if id(glyph) not in gone], made


def notes(ruby: Sequence[Ruby], lines: Sequence[Line], number: int) -> list[Note]:
    """Return a note for each line of page ``number`` that has ruby beside it: what is over what."""
    told: dict[Place, list[str]] = {}
    for one in ruby:
        y = one.at.y - one.at.size / 3
        home = next((line for line in lines if _holds(line, one.at.middle, y) and one.over[0] in line.raw), None)
        told.setdefault(home.place if home else Place(number, 1), []).append(f"{one.text} over {one.over}")
    why = "small kana beside Han say how it is read, and are no part of the text"
    return [
        Note(STAGE, "ruby is set aside", why, place=place, window=", ".join(texts))
        for place, texts in sorted(told.items(), key=lambda item: item[0].line)
    ]


def _holds(line: Line, x: float, y: float) -> bool:
    return line.box is not None and line.box.x0 <= x <= line.box.x1 and line.box.y0 <= y <= line.box.y1


def _kana(glyph: Glyph) -> bool:
    return "\u3041" <= glyph.text[0] <= "\u30ff"


def _is_kanji(glyph: Glyph) -> bool:
    char = glyph.text[0]
    return "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or char >= "\U00020000" or char in "々〆ヶ"


def _is_kana(run: Run) -> bool:
    return all(_kana(glyph) or glyph.text.isspace() for glyph in run.glyphs)


def _is_hiragana(run: Run) -> bool:
    return any("\u3041" <= glyph.text[0] <= "\u309f" for glyph in run.glyphs)


def _beside(glyphs: Sequence[Glyph]) -> dict[int, list[tuple[Glyph, bool]]]:
    """Return by kana the larger Han it stands by, and whether it stands at the right of that, or over it."""
    near: Near = {}
    for glyph in glyphs:
        if glyph.turn == 0 and _is_kanji(glyph):
            near.setdefault(_cell(_class(glyph.size), glyph.middle, glyph.y), []).append(glyph)
    found: dict[int, list[tuple[Glyph, bool]]] = {}
    sizes = {key[0] for key in near}
    for glyph in glyphs:
        if glyph.turn or not _kana(glyph):
            continue
        for size in range(_class(glyph.size / MOST), _class(glyph.size / LEAST) + 1):
            if size in sizes:
                beside = [(base, right) for base in _around(near, size, glyph) for right in _stands(glyph, base)]
                if beside:
                    found.setdefault(id(glyph), []).extend(beside)
    return found


def _class(size: float) -> int:
    return math.floor(math.log2(max(size, 0.1)))


def _cell(size: int, x: float, y: float) -> tuple[int, int, int]:
    wide = 2.0 ** (size + 2)  # twice the largest size of the class
    return size, math.floor(x / wide), math.floor(y / wide)


def _around(near: Near, size: int, glyph: Glyph) -> Iterable[Glyph]:
    _, x, y = _cell(size, glyph.middle, glyph.y)
    for column in (x - 1, x, x + 1):
        for row in (y - 1, y, y + 1):
            yield from near.get((size, column, row), ())


def _stands(glyph: Glyph, base: Glyph) -> list[bool]:
    """Say whether a kana stands at the right of a character (true) or over it (false), as ruby would."""
    size = base.size
    if not LEAST * size <= glyph.size <= MOST * size:
        return []
    right = (glyph.middle - glyph.size / 2) - (base.middle + size / 2)
    over = base.top - (glyph.top + glyph.size)
    down, across = (glyph.top + glyph.size / 2) - (base.top + size / 2), glyph.middle - base.middle
    found = []
    if -INTO * size < right < CLOSE * size and abs(down) < ALONG * size:
        found.append(True)
    if -INTO * size < over < CLOSE * size and abs(across) < ALONG * size:
        found.append(False)
    return found


def _in_columns(run: Run, bases: Sequence[Run], upright: bool) -> bool:
    """Say whether ruby and what it stands by are in columns; of single characters the page tells."""
    for one in (run, *bases):
        if len(one.glyphs) > 1:
            return one.upright
    return upright


def _is_text(run: Run, order: Sequence[Glyph], *, column: bool) -> bool:
    """Say whether a line as small as a run, and of more than kana, stands at its side away from what is larger."""
    size = run.size
    x0, x1 = min(g.x0 for g in run.glyphs), max(g.x1 for g in run.glyphs)
    top, end = min(g.top for g in run.glyphs), max(g.top + g.size for g in run.glyphs)
    left, right, high, low = (
        (x0, x1 + FAR * size, top - size, end + size) if column else (x0 - size, x1 + size, top - FAR * size, end)
    )
    for n in range(bisect_left(order, high, key=lambda g: g.y), len(order)):
        glyph = order[n]
        if glyph.y - glyph.size / 2 > low:
            break
        if left < glyph.middle < right and abs(glyph.size - size) < ALIKE * size and not glyph.text.isspace():
            return True
    return False


def _ruby(run: Run, over: Sequence[Sequence[Glyph]], homes: dict[int, Run], *, column: bool) -> list[Ruby]:
    """Part a run of ruby by the words of Han that it stands by; what stands by none goes to the word before."""
    words = [_word(base, homes[id(base)]) for bases in over for base in bases]
    found: list[tuple[list[Glyph], list[str]]] = []
    for glyph, bases in zip(run.glyphs, over, strict=True):
        where = glyph.top + glyph.size / 2 if column else glyph.middle
        near = [_word(base, homes[id(base)]) for base in bases]
        word = min(near, key=lambda word: _off(word, where, column)) if near else (found[-1][0] if found else words[0])
        if not found or found[-1][0] != word:
            found.append((word, []))
        found[-1][1].append(glyph.text.strip())
    return [Ruby("".join(texts), "".join(g.text for g in word), word[0]) for word, texts in found]


def _word(base: Glyph, home: Run) -> list[Glyph]:
    """Return the characters of Han around one, as far as they follow each other and are as large."""
    row = home.glyphs
    first = last = next(n for n, glyph in enumerate(row) if glyph is base)
    while first and _goes_on(row[first - 1], base):
        first -= 1
    while last + 1 < len(row) and _goes_on(row[last + 1], base):
        last += 1
    return row[first : last + 1]


def _goes_on(glyph: Glyph, base: Glyph) -> bool:
    return _is_kanji(glyph) and abs(glyph.size - base.size) < ALIKE * base.size


def _off(word: Sequence[Glyph], where: float, column: bool) -> float:
    first, last = (
        (word[0].top, word[-1].top + word[-1].size) if column else (min(g.x0 for g in word), max(g.x1 for g in word))
    )
    return max(first - where, where - last, 0.0)
