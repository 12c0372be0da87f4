"""What Latin lines tell of themselves and their neighbours: whether a text or title goes on, what is a title.

Nothing here decides. Each function returns named evidence for one line; ``ragged.py`` adds it up along the page.
All widths are those of :func:`relayout.signals.letters.set_width`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

from relayout.signals.letters import (
    SPACE,
    begins_great,
    begins_small,
    capitals,
    ended,
    first_word,
    set_width,
    torn,
)

AROUND = 7  # lines on either side that show the measure of a line
NEAR = 0.9  # a full line has at least this part of its measure
ONE_LINE = ("furniture", "masthead", "row", "byline", "jump", "credit", "rubric")  # cues of what is one line mostly
MANY = 60  # lines of which one at least ends with a hyphen where torn words were not joined
FEW = 5  # paragraphs that surely begin, from which the habit of the page can be told
LOST = 1.2  # letters by which the line is short on an average at whose end a word was torn
ROOM = 6.0  # letters of room at the end of a line that tell as much as any more do
_STOP_INSIDE = re.compile(r"[^\W\d_]{3,}[.!?][\"”’)]? +[A-ZÄÖÜ]")
_LAST = re.compile(r"^.*?([^\s\d]+)$", re.S)
_WORD = re.compile(r"[^\W\d_]+")
Seen = tuple[tuple[str, float], ...]


class Look(NamedTuple):
    """What one Latin line shows: widths in letters of running text.

    ``measure`` is that of the lines around it, ``width`` its own (``whole`` where the
    extractor ``joined`` printed lines: all of them), ``first`` that of its first word; ``run`` is how
    many of the two lines beside it are as wide as the measure; ``cue`` what it opens with;
    ``hangs``, whether its last word is one after which more must come; ``indents`` how often first
    lines of the page show an indent.
    """

    text: str
    width: float
    whole: float
    joined: bool
    first: float
    measure: float
    run: int
    small: bool
    great: bool
    ended: bool
    clause: bool
    torn: bool
    capitals: bool
    titled: float
    blank: bool
    indent: int
    cue: str
    hangs: bool
    indents: float

    @property
    def open(self) -> bool:
        """Say whether the line ends inside a sentence."""
        return not self.ended


def looks(
    texts: Sequence[str],
    blanks: Sequence[bool],
    indents: Sequence[int],
    cues: Sequence[str],
    abbreviations: frozenset[str],
    hanging: frozenset[str] = frozenset(),
) -> list[Look]:
    """Look at each line alone, and at the widths around it."""
    whole = [max(1.0, set_width(text)) for text in texts]
    measures = [_measure(whole, i) for i in range(len(whole))]
    joined = joins_torn_words(texts)
    widths = [_last(*pair) if joined else pair[0] for pair in zip(whole, measures, strict=True)]
    full = [NEAR <= width / measure <= 2 - NEAR for width, measure in zip(widths, measures, strict=True)]
    found: list[Look] = []
    begin = [begins_small(text) for text in texts], [ended(text, abbreviations) for text in texts]
    firsts = [set_width(first_word(text)) for text in texts]
    habit = _indents(widths, firsts, measures, *begin)
    for i, text in enumerate(texts):
        run = sum(0 <= j < len(texts) and full[j] for j in (i - 1, i + 1))
        found.append(
            Look(
                text,
                widths[i],
                whole[i],
                joined,
                firsts[i],
                measures[i],
                run,
                begin[0][i],
                begins_great(text),
                begin[1][i],
                text[-1] in ",;:",
                torn(text),
                capitals(text),
                titled(text),
                blanks[i],
                indents[i],
                cues[i],
                _LAST.sub(r"\1", text).casefold() in hanging,
                habit,
            )
        )
    return found


def _indents(
    widths: Sequence[float],
    firsts: Sequence[float],
    measures: Sequence[float],
    small: Sequence[bool],
    stops: Sequence[bool],
) -> float:
    """Return how surely the page has indents: first lines, where one surely begins, could have taken the next word.

    They could not but for an indent; and then every fourth or so shows it.
    """
    seen = short = 0
    for i in range(1, len(widths) - 1):
        sure = stops[i - 1] and not small[i] and widths[i - 1] < 0.75 * measures[i - 1] and not stops[i]
        if sure and abs(measures[i - 1] - measures[i]) < 0.1 * measures[i] and widths[i] / measures[i] > 0.8:
            seen += 1
            short += 0.3 < measures[i] - widths[i] - SPACE - firsts[i + 1] < 4
    return min(1.0, 4 * short / seen) if seen >= FEW else 0.0


def joins_torn_words(texts: Sequence[str]) -> bool:
    """Say whether the extractor seems to have joined the words that line ends tore: no line ends with a hyphen."""
    return len(texts) >= MANY and sum(map(torn, texts)) * MANY < len(texts)


def _last(width: float, measure: float) -> float:
    """Return the width of the last printed line of a line into which an extractor joined two or more.

    An extractor that joins a torn word may put the whole of the next printed line behind it.
    """
    if not 1.06 * measure < width < 3.2 * measure:
        return width
    before = ceil(width / measure - 0.03) - 1
    return max(1.0, width - before * (measure - LOST))


def _measure(widths: Sequence[float], i: int) -> float:
    """Return the measure of the lines around ``i``: the upper edge of the band in which most of them end."""
    around = sorted(widths[max(0, i - AROUND) : i + AROUND + 1])
    best, most = around[-1], 0.0
    for edge in around:
        inside = bisect_right(around, edge) - bisect_left(around, edge * NEAR)
        if inside + edge / 1000 > most:
            best, most = edge, inside + edge / 1000
    return best


def titled(text: str) -> float:
    """Return what share of the longer words of ``text`` begins with a capital, the first word left out.

    >>> titled("Minister Sees Both Parties"), titled("the strike of the dock")
    (1.0, 0.0)
    """
    words = [word for word in _WORD.findall(text)[1:] if len(word) >= 4]
    return sum(word[0].isupper() for word in words) / len(words) if words else 0.0


def room(before: Look, here: Look, measure: float) -> float:
    """Return how many letters of room ``before`` leaves beyond the first word of ``here``; below zero: none."""
    return measure - before.width - SPACE - here.first


def breaks(before: Look, here: Look, after: Look | None) -> Seen:
    """Return what says that running text does not go on from ``before`` to ``here``."""
    left = room(before, here, before.measure)
    short = room(here, after, here.measure) if after else 0.0
    return (
        ("bias", 1.0),
        ("blank", float(here.blank)),
        ("small", float(here.small)),
        ("great-open", float(here.great and not before.ended)),
        ("ended", float(before.ended)),
        ("clause", float(before.clause)),
        ("torn", float(before.torn)),
        ("room", max(0.0, min(1.0, left / ROOM))),
        ("room-ended", max(0.0, min(1.0, left / ROOM)) * before.ended),
        ("full", float(left < 0)),
        ("hangs", float(before.hangs)),
        ("indent", float(here.indent >= 2 and here.indent > before.indent)),
        ("first-short", float(0.3 < short < 4 and before.ended and not here.ended)),
        ("first-short-habit", here.indents * (0.3 < short < 4 and before.ended and not here.ended)),
        ("cue", float(bool(here.cue))),
        ("one-line", float(before.cue in ONE_LINE)),
    )


def display(before: Look | None, here: Look, after: Look | None) -> Seen:
    """Return what says that ``here`` is a title or stands alone, and no running text."""
    ratio = here.whole / here.measure
    wide = max(0.0, min(1.0, 3 * (ratio - 1.05)))
    return (
        ("bias", 1.0),
        ("capitals", float(here.capitals)),
        ("titled", here.titled),
        ("ended", float(here.ended)),
        ("clause", float(here.clause)),
        ("wide", 0.0 if here.joined else wide),
        ("wide-joined", wide if here.joined else 0.0),
        ("narrow", max(0.0, min(1.0, 3 * (0.9 - ratio)))),
        ("short-open", _short_open(here, after)),
        ("run", here.run / 2 if abs(ratio - 1) < 0.1 else 0.0),
        ("small", float(here.small)),
        ("torn", float(here.torn)),
        ("after-small", float(after is not None and after.small)),
        ("after-ended", float(after is not None and after.ended and here.great)),
        ("blank", float(here.blank)),
        ("alone", float(here.blank and (after is None or after.blank))),
        ("stop-inside", float(_STOP_INSIDE.search(here.text) is not None)),
        ("few", float(here.text.count(" ") <= 2)),
        ("one-line", float(here.cue in ONE_LINE)),
        ("cue", float(bool(here.cue) and here.cue not in ONE_LINE)),
        ("top", float(before is None)),
    )


def _short_open(here: Look, after: Look | None) -> float:
    """Return how much room a line leaves that ends no sentence: lines of running text leave none."""
    if after is None or here.ended or here.torn or after.small:
        return 0.0
    return max(0.0, min(1.0, room(here, after, here.measure) / ROOM))


def wraps(before: Look, here: Look) -> Seen:
    """Return what says that a title goes on from ``before`` to ``here``."""
    left = room(before, here, max(before.whole, here.whole))
    return (
        ("bias", 1.0),
        ("blank", float(here.blank)),
        ("small", float(here.small)),
        ("torn", float(before.torn)),
        ("ended", float(before.ended)),
        ("room", max(0.0, min(1.0, left / ROOM))),
        ("longer", max(0.0, min(1.0, here.whole / before.whole - 1.1))),
        ("shorter", max(0.0, min(1.0, before.whole / here.whole - 1.5))),
        ("capitals", float(here.capitals != before.capitals)),
        ("titled", abs(here.titled - before.titled)),
        ("few", float(before.text.count(" ") == 0)),
        ("hangs", float(before.hangs)),
        ("clause", float(before.clause or before.text[-1] in "–—")),
        ("cue", float(bool(here.cue) or before.cue in ONE_LINE)),
    )


def follows(before: Look, here: Look) -> Seen:
    """Return what says that running text begins with ``here`` after the title ``before``."""
    return (
        ("bias", 1.0),
        ("blank", float(here.blank)),
        ("small", float(here.small)),
        ("torn", float(before.torn)),
        ("hangs", float(before.hangs)),
        ("one-line", float(before.cue in ONE_LINE)),
        ("dateline", float(here.cue == "dateline")),
        ("room", max(0.0, min(1.0, room(before, here, max(before.whole, here.whole)) / ROOM))),
    )
