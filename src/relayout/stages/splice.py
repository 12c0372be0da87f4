"""Splice: draw the pieces together into which an extractor broke a printed line at its half-width marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from relayout.chars import NO_START, OPENERS, cells, ends_sentence, has_han
from relayout.layout import Layout
from relayout.model import Line, Note, Outcome
from relayout.profile import Profile
from relayout.roles import Level
from relayout.signals.setting import MARKS, sets_in_squares
from relayout.splicing import Costs, printed
from relayout.upright import columns, stands_upright

# Beside letters, figures and signs that lie in a vertical column an extractor sees a gap.
_BESIDE = re.compile(r"(?<=[A-Za-z0-9.:-]) (?=[^\x00-\x7f])|(?<=[^\x00-\x7f]) (?=[A-Za-z0-9:-])| (?=＝)|(?<=＝) ")

NARROW = 12  # cells: a narrower line is no full one
OFTEN = 0.1  # share of lines torn from which an extractor breaks at every mark, full stops too


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
    costs = Costs.of(profile, often=torn >= OFTEN * len(lines))
    for found in printed([line.text for line in lines], costs):
        group = lines[found.start : found.stop]
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
