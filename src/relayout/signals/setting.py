"""Does the typesetting explain this line break? The inverse of breaking lines.

A line is *full* exactly when the next unbreakable unit would not have fitted. So each line break allows an
interval of measures, and a line that could have taken more is a paragraph's end.
Source: the prohibitions of JIS X 4051 and clreq; the inversion is this project's own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from relayout.chars import (
    canonical,
    cells,
    ends_clause,
    ends_sentence,
    first_unit,
    has_han,
    owes,
    parted,
    tight,
)
from relayout.layout import Setting
from relayout.model import Line

ITEMS = ("item", "list-head")
INDENTED = 3  # less white space than this before a line is no paragraph indent but an extractor's leaving


MARKS = "，。、；：？！「」『』（）《》〈〉【】〔〕“”‘’"  # marks with a blank half, that some papers set half-width
_MARK = re.compile(f"[{MARKS}]")
_SECOND_MARK = re.compile(f"(?<=[{MARKS}])[{MARKS}]")
NEVER_FIRST = "，、。；：？！」』）》"  # marks that begin a line only where each character has a square of its own
LAST = "」』）"  # what ends a text too, where full stops are few; 云 is the particle that closes a report
_LATIN = re.compile("[A-Za-z][A-Za-z ]*")
_SIGNED = re.compile("[。，、；？！」』云]\u3000*（[^（）]*）$")  # the author's name after the last word
WHOLE, SECOND, HALF = "", "second", "half"
_NARROW = {SECOND: _SECOND_MARK, HALF: _MARK}
FEWEST_BEGUN = 4  # neighbours that must be equally wide
FEWEST = 8  # characters of a line that can tell how wide digits are


def look(
    line: Line, *, opens: str = "", closed: bool = False, full: bool = False, squares: bool = False, marks: str = WHOLE
) -> Setting:
    """Return the setting of ``line``.

    ``closed`` says that a tail beyond its last mark ends the sentence, ``full`` that digits and Latin letters take
    a whole character's width on this page, ``squares`` that every character has a square of its own, ``marks`` how
    wide marks are (:func:`width_of_marks`).
    """
    if squares and has_han(line.text):
        return _in_squares(line, opens, closed=closed)
    text = tight(line.text)
    han = has_han(text)
    width = (lambda some: 2 * len(some)) if full and han else cells
    narrower = cells(text) - set_cells(text, marks) if han else 0
    ends = "tail" if closed else "sentence" if ends_sentence(text) else "clause" if ends_clause(text) else ""
    return Setting(
        width(text) - narrower,
        width(first_unit(text)) + (not han),
        line.indent,
        han,
        ends,
        opens,
        han and parted(line.text),
        owes(text),
        "，" in text,
    )


def _in_squares(line: Line, opens: str, *, closed: bool) -> Setting:
    """Return the setting of a line of squares: a blank square is printed, and no mark is bound to what is before it."""
    text = canonical(line.raw).strip(" \t\r\n").replace(" ", "").lstrip("\u3000") or line.text
    printed = text.rstrip("\u3000")
    over = ends_sentence(printed) or _SIGNED.search(printed) or printed[-1] == "云"
    over = over or (printed[-1] in LAST and owes(printed) < 0)
    ends = "tail" if closed else "sentence" if over else "clause" if ends_clause(printed) else ""
    comma = any(mark in printed[:-1] for mark in "，、。")
    parted = "\u3000" in text.strip("\u3000") and not comma and not ends
    width = cells(text) + (line.indent if line.indent < INDENTED else 0)
    word = _LATIN.match(text)
    unit = 2 + (len(word.group()) if word else 0)
    return Setting(width, unit, line.indent, True, ends, opens, parted, owes(text), comma)


def sets_in_squares(texts: Sequence[str], *, least: float, seldom: float) -> bool:
    """Say whether marks begin lines that must not: a paper that gives each character a square of its own.

    Only lines as long as the one before count, and they must be half of all that begin so: an extractor tears lines
    before marks too. ``least`` lines must begin so, and one in ``seldom``; with ``least`` 0 the paper is known to do
    it.

    >>> sets_in_squares(["城外激戰日軍敗退", "、華軍追擊入城內", "、現已克復江門、"] * 3, least=4, seldom=60)
    True
    """
    han = [text for text in texts if has_han(text)]
    begun = [cells(before) == cells(text) for before, text in pairwise(han) if text[0] in NEVER_FIRST]
    even = sum(begun)
    return even >= least and (not least or (even * seldom >= len(han) and 2 * even >= len(begun)))


def width_of_marks(texts: Sequence[str]) -> str:
    """Say how wide marks are on a page: ``WHOLE``, ``SECOND`` (the second of two is half as wide) or ``HALF``.

    Where marks are half as wide as characters, full lines are equally wide only when they are counted so.

    >>> width_of_marks(["會議部署，城市工作，代表", "要加快建設步伐改善民生"] * 4)
    'half'
    """
    same: dict[str, int] = {WHOLE: 0, SECOND: 0, HALF: 0}
    rows = [(cells(text), _SECOND_MARK.findall(text), _MARK.findall(text)) for text in texts if has_han(text)]
    for (wide, seconds, marks), (wide_, seconds_, marks_) in pairwise(rows):
        if min(wide, wide_) < 2 * FEWEST or len(marks) == len(marks_):
            continue
        same[WHOLE] += wide == wide_
        same[SECOND] += wide - len(seconds) == wide_ - len(seconds_)
        same[HALF] += wide - len(marks) == wide_ - len(marks_)
    best = max((WHOLE, SECOND, HALF), key=lambda how: same[how])
    return best if same[best] > same[WHOLE] + FEWEST_BEGUN else WHOLE


def set_cells(text: str, marks: str) -> int:
    """Return the width of ``text`` in cells where marks are as wide as ``marks`` says.

    >>> [set_cells("部署」，", how) for how in (WHOLE, SECOND, HALF)]
    [8, 7, 6]
    """
    return cells(text) - (len(_NARROW[marks].findall(text)) if marks else 0)


def digits_are_full(texts: Sequence[str]) -> bool:
    """Say whether digits take a whole character's width on a page: then lines with some are as long as a neighbour.

    Some papers set full-width digits, which a later step made ordinary ones; counted as half-width, such lines
    would all look short.

    >>> digits_are_full(["中央城市工作會議在北京召開", "會議於2025年7月14日", "這是時隔多年再一次召開會議"])
    True
    """
    half = full = 0
    for before, text, after in zip(texts, texts[1:], texts[2:], strict=False):
        width, length = cells(text), 2 * len(text)
        if width == length or len(text) < FEWEST or not has_han(text):
            continue
        half += any(abs(cells(other) - width) <= 1 for other in (before, after))
        full += any(2 * len(other) == length for other in (before, after))
    return full > half


def spare(width: int, measure: int, unit: int) -> int:
    """Return how many cells of ``measure`` the typesetter left unused without need; negative: cells over.

    0 where the line is full: the next unit of ``unit`` cells would not have fitted.

    >>> spare(36, 38, 4), spare(36, 38, 2), spare(39, 38, 2)
    (0, 1, -1)
    """
    slack = measure - width
    if slack < 0:
        return slack
    return max(0, slack - unit + 1)


def mostly_han(settings: Sequence[Setting]) -> bool:
    """Say whether half the lines of a page or more are set without word spaces."""
    return sum(one.han for one in settings) * 2 >= len(settings)


def slop(measure: int, *, han: bool) -> int:
    """Return how far a line's counted width may be off: 0 for Han, an eighth for proportional Latin letters."""
    return 0 if han else max(3, measure // 8)


def measures(settings: Sequence[Setting]) -> dict[int, float]:
    """Return each width that lines have, with how much speaks for its being a measure.

    A line counts one where a neighbour is about as wide (a paragraph's second, third … line), a third where it
    stands among others: columns repeat their measure, titles and last lines do not.

    >>> line = Setting(width=38, unit=2, indent=0, han=True)
    >>> measures([line, line, Setting(width=16, unit=2, indent=0, han=True)])
    {16: 0.33, 38: 2.0}
    """
    count: dict[int, float] = {}
    widths = [one.width + one.indent if one.indent >= INDENTED else one.width for one in settings]
    for before, width, after in zip([-9, *widths], widths, [*widths[1:], -9], strict=False):
        beside = abs(before - width) <= 4 or abs(after - width) <= 4
        count[width] = count.get(width, 0.0) + (1.0 if beside else 0.33)
    for width in list_measures(settings):
        count[width] = count.get(width, 0.0) + 3.0
    return dict(sorted(count.items()))


def list_measures(settings: Sequence[Setting]) -> list[int]:
    """Return the widths of items that are the widest of their list and run over: they show its measure."""
    found: list[int] = []
    start = 0
    for i in range(1, len(settings) + 1):
        inside = i < len(settings) and (settings[i].opens in ITEMS or settings[i - 1].opens in ITEMS)
        if inside:
            continue
        run = settings[start:i]
        widest = max((one.width for one in run if one.opens in ITEMS), default=0)
        for one, after in pairwise(run):
            if one.opens in ITEMS and not after.opens and one.width >= widest:
                found.append(one.width)
        start = i
    return found
