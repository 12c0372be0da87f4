"""What Latin lines show: widths, ends, cues, and how the page sets its paragraphs.

All widths are those of :func:`relayout.signals.letters.set_width`. What these looks say for and against a reading
stands in ``sights.py``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

from relayout.signals.letters import (
    LONGEST,
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
MANY = 60  # lines of which one at least ends with a hyphen where torn words were not joined
FEW = 5  # paragraphs that surely begin, from which the habit of the page can be told
LOST = 1.2  # letters by which the line is short on an average at whose end a word was torn
SLACK = 3.0  # letters of room that lines leave, where a page does not show it
SURE = 6.0  # letters of room at the end of a paragraph that surely ends
SEEN = 8  # lines that surely go on from which the slack of a page is known
_LAST = re.compile(r"^.*?([^\s\d]+)$", re.S)
_WORD = re.compile(r"[^\W\d_]+")


class Look(NamedTuple):
    """What one Latin line shows: widths in letters of running text.

    ``measure`` is that of the lines around it, ``width`` its own (``whole`` where the
    extractor ``joined`` printed lines: all of them), ``first`` that of its first word; ``run`` is how
    many of the two lines beside it are as wide as the measure; ``cue`` what it opens with;
    ``hangs``, whether its last word is one after which more must come; ``function``, the share of such
    words in it; ``spread`` and ``refers`` as in :class:`Told`.
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
    function: float
    spread: bool
    refers: bool


class Habits(NamedTuple):
    """How the page sets its text: what its surest lines show.

    ``indents``, from 0 to 1, how surely first lines are indented; ``slack``, how many letters of room lines leave at
    most that surely go on; ``blanks``, how many of the surest paragraph ends have a blank line behind them;
    ``spread``, whether the extractor left the wide gaps of justified lines.
    """

    indents: float
    slack: float
    blanks: float
    spread: bool


class Told(NamedTuple):
    """One row as it was read: its text, whether a blank line stood before it, its white space and cue.

    ``spread`` says that wide gaps stand in it, ``refers`` that it begins with a word that refers to what was before.
    """

    text: str
    blank: bool = False
    indent: int = 0
    cue: str = ""
    spread: bool = False
    refers: bool = False


def looks(told: Sequence[Told], abbreviations: frozenset[str], hanging: frozenset[str] = frozenset()) -> list[Look]:
    """Look at each line alone, and at the widths around it."""
    texts = [one.text for one in told]
    whole = [max(1.0, set_width(text)) for text in texts]
    measures = [_measure(whole, i) for i in range(len(whole))]
    joined = joins_torn_words(texts)
    widths = [_last(*pair) if joined else pair[0] for pair in zip(whole, measures, strict=True)]
    full = [NEAR <= width / measure <= 2 - NEAR for width, measure in zip(widths, measures, strict=True)]
    found: list[Look] = []
    begin = [begins_small(text) for text in texts], [ended(text, abbreviations) for text in texts]
    firsts = [set_width(first_word(text)) for text in texts]
    for i, text in enumerate(texts):
        row = _WORD.findall(text.casefold())
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
                told[i].blank,
                told[i].indent,
                told[i].cue,
                _LAST.sub(r"\1", text[-LONGEST:]).casefold() in hanging,
                sum(word in hanging for word in row) / max(1, len(row)),
                told[i].spread,
                told[i].refers,
            )
        )
    return found


def habits(found: Sequence[Look]) -> Habits:
    """Return what the surest lines of a page show of its setting.

    First lines that could have taken the next word could not but for an indent, and every fourth or so shows it.
    """
    seen = short = ends = blank = 0
    room_left: list[float] = []
    for before, here, after in zip(found, found[1:], [*found[2:], None], strict=False):
        left = room(before, here, before.measure)
        if before.run == 2 and here.small and not before.ended and not here.blank:
            room_left.append(left)
        begins = before.ended and not here.small
        if begins and left > SURE and here.run:
            ends += 1
            blank += here.blank
        alike = abs(before.measure - here.measure) < 0.1 * here.measure and here.width / here.measure > 0.8
        if after and begins and not here.ended and before.width < 0.75 * before.measure and alike:
            seen += 1
            short += 0.3 < room(here, after, here.measure) < 4
    room_left.sort()
    return Habits(
        min(1.0, 4 * short / seen) if seen >= FEW else 0.0,
        max(1.0, room_left[len(room_left) * 9 // 10]) if len(room_left) > SEEN else SLACK,
        blank / ends if ends else 0.0,
        sum(one.spread for one in found) > 0.15 * len(found),
    )


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
