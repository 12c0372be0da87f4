"""Splice: draw the pieces together into which an extractor broke a printed line at its half-width marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from relayout.chars import NO_START, OPENERS, cells, ends_sentence, has_han
from relayout.layout import Layout
from relayout.model import Line, Note, Outcome
from relayout.profile import Profile
from relayout.roles import Level
from relayout.signals.setting import MARKS, sets_in_squares
from relayout.upright import columns, stands_upright

# Beside letters, figures and signs that lie in a vertical column an extractor sees a gap.
_BESIDE = re.compile(r"(?<=[A-Za-z0-9.:-]) (?=[^\x00-\x7f])|(?<=[^\x00-\x7f]) (?=[A-Za-z0-9:-])| (?=＝)|(?<=＝) ")

NARROW = 12  # cells: a narrower line is no full one
MEASURES = 8  # measures that are tried on a page
MOST = 12  # pieces of a printed line
OFTEN = 0.1  # share of lines torn from which an extractor breaks at every mark, full stops too
COMMON = 3  # lines that show a measure


class _Way(NamedTuple):
    """The cheapest way to a place between two pieces: its cost, the measure, and where its last line began."""

    cost: float
    measure: int
    start: int
    came: _Way | None


def splice(layout: Layout, profile: Profile) -> Outcome[Layout]:
    """Find which pieces make a full line together, and draw them together.

    Where marks are set half-width or closer to their neighbours, an extractor sees a gap beside them and begins
    another line: 「規劃」 / ，整合國內所有. Keeps the lines that were drawn together in ``stacks``, so that ``unstack``
    can put them back into the result. Declines where hardly any line ends too early with a mark, or where marks
    begin lines because each character has a square of its own.
    """
    lines = layout.page.lines
    if not layout.stacks and stands_upright([line.raw for line in lines]):
        return _upright(layout)
    if layout.stacks or any(line.place.start or line.place.end is not None for line in lines):
        return Outcome(layout)  # columns of a vertical page: their marks are not half-width
    torn = sum(_torn(one.text, two.text) for one, two in pairwise(lines))
    if torn < profile.number("splice.least") or torn < profile.number("splice.share") * len(lines):
        return Outcome(layout)
    least, seldom = profile.number("gauge.squares-least"), profile.number("gauge.squares-seldom")
    if sets_in_squares([line.text for line in lines], least=least, seldom=seldom):
        return Outcome(layout)
    joined = list(layout.stacks)
    out: list[Line] = []
    for group in _groups(lines, torn >= OFTEN * len(lines), profile):
        out.append(_drawn(group))
        if len(group) > 1:
            joined.append(tuple(group))
    if len(out) == len(lines):
        return Outcome(layout)
    note = Note("splice", f"{len(lines)} pieces drawn together to {len(out)} lines",
                "they end at marks, and make full lines together", 0.8, Level.REPAIR,
                joined[-1][0].place, joined[-1][0].text[:24])  # fmt: skip
    return Outcome(replace(layout, page=replace(layout.page, lines=tuple(out)), stacks=tuple(joined)), (note,))


def _upright(layout: Layout) -> Outcome[Layout]:
    """Draw the columns of a vertical page together that were torn at figures, and drop the space beside letters."""
    lines = [replace(line, text=_BESIDE.sub("", line.text)) for line in layout.page.lines]
    out: list[Line] = []
    stacks: list[tuple[Line, ...]] = []
    for group in columns([line.text for line in lines]):
        column = tuple(lines[i] for i in group)
        out.append(_drawn(column))
        if len(column) > 1:
            stacks.append(column)
    page = replace(layout.page, lines=tuple(out))
    if not stacks:
        return Outcome(replace(layout, page=page))
    note = Note("splice", f"{sum(map(len, stacks))} pieces drawn together to {len(stacks)} columns",
                "a figure ends the one and begins the other", 0.8, Level.REPAIR,
                stacks[0][0].place, stacks[0][0].text[:24])  # fmt: skip
    return Outcome(replace(layout, page=page, stacks=tuple(stacks)), (note,))


def _drawn(group: Sequence[Line]) -> Line:
    """Draw the pieces of a line together; it has the place of the first."""
    if len(group) == 1:
        return group[0]
    text = "".join(line.text for line in group)
    return replace(group[0], raw="".join(line.raw.strip() for line in group), text=text)


def _torn(before: str, after: str) -> bool:
    """Say whether a line may have been broken here by an extractor: not by a typesetter, who keeps the prohibitions."""
    if not has_han(before + after):
        return False
    if after[0] in MARKS and after[0] in NO_START:
        return True
    clause = before[-1] in MARKS and before[-1] not in OPENERS and not ends_sentence(before)
    return clause and cells(before) < NARROW


def _cuttable(before: str, after: str) -> bool:
    """Say whether both can be pieces of one line: a mark stands on one side of the break."""
    return (before[-1] in MARKS or after[0] in MARKS) and has_han(before + after)


def _groups(lines: Sequence[Line], often: bool, profile: Profile) -> list[Sequence[Line]]:
    """Part the page into printed lines, the cheapest way for the whole page."""
    texts = [line.text for line in lines]
    widest = [cells(text) for text in texts]
    least = [wide - sum(text.count(mark) for mark in MARKS) for wide, text in zip(widest, texts, strict=True)]
    count = Counter(wide for wide, text in zip(widest, texts, strict=True) if wide >= NARROW and text[-1] not in MARKS)
    measures = [width for width, n in count.most_common(MEASURES) if n >= COMMON] or [0]
    short, early, change, over = (profile.number(f"splice.{name}") for name in ("short", "early", "change", "over"))
    over = over if often else profile.number("mend.broken")
    ways: list[dict[int, _Way]] = [{measure: _Way(0.0, measure, 0, None) for measure in measures}]
    for end in range(1, len(lines) + 1):
        found: dict[int, _Way] = {}
        text = texts[end - 1]
        low = high = 0
        joints = 0.0
        for start in range(end - 1, max(-1, end - 1 - MOST), -1):
            low, high = low + least[start], high + widest[start]
            alone = start == end - 1
            best = min(way.cost for way in ways[start].values()) + change
            for measure in measures:
                if low > measure + 1 and not alone:
                    continue
                full = low - 1 <= measure <= high + 2
                price = 0.0 if full else short if ends_sentence(text) or text[-1] not in MARKS else early
                came = ways[start].get(measure)
                cost = min(came.cost if came else best, best) + price + joints
                if measure not in found or cost < found[measure].cost:
                    source = came if came and came.cost <= best else min(ways[start].values(), key=lambda way: way.cost)
                    found[measure] = _Way(cost, measure, start, source)
            if start and not _cuttable(texts[start - 1], texts[start]):
                break
            joints += over if start and ends_sentence(texts[start - 1]) else 0.2
        ways.append(found)
    return _traced(min(ways[-1].values(), key=lambda way: way.cost), lines)


def _traced(way: _Way | None, lines: Sequence[Line]) -> list[Sequence[Line]]:
    """Follow the way back and gather its printed lines."""
    groups: list[Sequence[Line]] = []
    end = len(lines)
    while way is not None and end:
        groups.append(lines[way.start : end])
        end, way = way.start, way.came
    return groups[::-1]
