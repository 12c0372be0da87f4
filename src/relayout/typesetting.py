"""Typesetting turned round: the cheapest way in which these lines can have been set.

Every line is the first or a further line of a paragraph, or a display line; every paragraph has a measure,
which may change inside it. The prices come from ``signals/typeset.py``; dynamic programming over the lines
finds the cheapest reading of the whole page, so that a line end is never judged by itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence, Set
from math import inf
from typing import NamedTuple

from relayout.layout import Layout, Setting
from relayout.model import Line
from relayout.profile import Profile
from relayout.signals.setting import INDENTED, list_measures, slop
from relayout.signals.typeset import (
    BODY,
    CLOSED,
    DISPLAY,
    FIRST,
    FURTHER,
    ITEM,
    LINE,
    LISTED,
    NO_NEXT,
    TITLED,
    Prices,
    ending,
    fit,
    room_at_end,
    stand_alone,
)

BATCH = 400  # lines after which what is settled is put down
BEAM = 10.0  # how much dearer than the best a reading may be to be followed
UNSETTLED = 1600  # lines after which what is cheapest is taken as settled
STATES = 8  # how many readings of the page so far are kept at each line
NEAR = 4  # how many measures are tried for a line, the best supported ones
NARROW = 14  # cells: no column is narrower than seven characters
NUMBERED = re.compile("[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}[、，]")  # opens a point
WALL = 1000.0  # what it costs to go on where the page shows that a text ends
WIDE = 10  # a measure that is off by a tenth of it is nearly the same
FEW = 3  # a measure that fewer lines have exactly is rare

State = tuple[int, int]  # measure; CLOSED after this line, or the kind of the paragraph that goes on
Step = tuple[float, State, str]  # price so far, state before, what the line is
Choice = tuple[int, str, float]  # of one line: its measure (0 for a display line), what it is, what that costs
Table = dict[State, Step]
# What opens other than prose: these need not end with a full stop, and the second kind is one line mostly.
KINDS = {
    "item": ITEM,
    "list-head": ITEM,
    "caption": ITEM,
    "source": LINE,
    "furniture": LINE,
    "masthead": LINE,
    "row": LINE,
}


def cheapest(layout: Layout, pairs: Set[str], profile: Profile) -> list[Choice]:
    """Return for each line its measure, what it is, and what it adds to the price of the page.

    ``pairs`` are the pairs of characters that stand side by side inside lines of the page.
    """
    prices = Prices.of(profile, squares=layout.squares)
    settings, lines = layout.settings, layout.page.lines
    search = _Search(
        prices,
        dict(layout.measures),
        [m for m, _ in layout.measures],
        frozenset(list_measures(settings)),
        layout.indent,
        layout.indent_kept,
        prices.unindented if layout.indent_seen else prices.unindented_unsure,
        layout.squares,
        {},
        {},
    )
    path: list[Choice] = []
    table: list[Table] = [{(0, CLOSED): (0.0, (0, CLOSED), DISPLAY)}]
    airy = _blanks_tell(lines)
    stops = frozenset(layout.stops)
    last = len(settings) - 1
    for i, one in enumerate(settings):
        unit = settings[i + 1].unit if i < last else NO_NEXT
        more = fresh = 0.0
        if airy and not one.han:
            more, fresh = (prices.blank_latin, 0.0) if lines[i].after_blank else (0.0, prices.blank_latin)
        if i:
            before = settings[i - 1].ends
            more += (
                prices.tail_goes_on if before == "tail" else prices.sentence_goes_on if before == "sentence" else 0.0
            )
            if one.han:
                more += prices.known_pair if lines[i - 1].text[-1] + lines[i].text[0] in pairs else prices.strange_pair
        more += WALL if lines[i].place in stops else 0.0
        if layout.squares and i and settings[i - 1].ends and NUMBERED.match(lines[i].text):
            fresh -= prices.numbered
        table.append(search.advance(table[-1], one, unit, more, fresh))
        if len(table) > BATCH and i % max(1, BATCH // 4) == 0:
            path += _settled(table)
    state = min((s for s in table[-1] if s[1] <= CLOSED), key=lambda s: table[-1][s][0])
    return [*path, *_trace(table, state)]


def _trace(table: Sequence[Table], state: State) -> list[Choice]:
    """Return the choices that led to ``state`` at the end of ``table``, one for each table but the first."""
    path: list[Choice] = []
    for before, after in zip(table[-2::-1], table[:0:-1], strict=True):
        price, came, label = after[state]
        path.append((0 if label == DISPLAY else state[0], label, price - before[came][0]))
        state = came
    return path[::-1]


def _settled(table: list[Table]) -> list[Choice]:
    """Return the choices that all readings share, and drop them from ``table``, so that a long page takes no room."""
    live = set(table[-1])
    for i in range(len(table) - 1, 0, -1):
        if len(live) == 1:
            (state,) = live
            path = _trace(table[: i + 1], state)
            table[: i + 1] = [{state: table[i][state]}]
            return path
        live = {table[i][state][1] for state in live}
    if len(table) < UNSETTLED:
        return []
    # Nothing is settled over many lines (a page of titles of one length): what is cheapest now is taken as settled.
    state = min((one for one in table[-1] if one[1] <= CLOSED), key=lambda one: table[-1][one][0])
    path = _trace(table, state)
    table[:] = [{state: table[-1][state]}]
    return path


def _blanks_tell(lines: Sequence[Line]) -> bool:
    """Say whether blank lines can mean anything: some lines have one before them, most have none."""
    return 0 < 2 * sum(line.after_blank for line in lines) < len(lines)


class _Search(NamedTuple):
    """The prices and measures of one page, and the step from one line's readings to the next line's."""

    prices: Prices
    support: Mapping[int, float]
    widths: Sequence[int]
    lists: frozenset[int]
    indent: int
    kept: bool
    unindented: float
    squares: bool
    near: dict[tuple[int, int, bool], list[int]]  # what :meth:`_near` and :meth:`_rare` have found, for the next line
    rare: dict[int, float]

    def advance(self, states: Table, one: Setting, unit: int, more: float, fresh: float) -> Table:
        """Return the readings after ``one``; ``unit`` comes next, ``more`` and ``fresh`` are what else is to be paid.

        The former for going on with a paragraph, the latter for beginning one.
        """
        prices = self.prices
        new: Table = {}

        indented = one.indent if one.indent >= INDENTED else 0
        kind_here = KINDS.get(one.opens, BODY)
        foreign = prices.parted if one.parted and not one.opens else 0.0
        go_on = more + foreign + (prices.cue if one.opens else 0.0) + (prices.indent if indented else 0.0)
        start = prices.start + fresh + foreign + (prices.bracket if one.owes < 0 else 0.0)
        firsts = self._firsts(one, indented, kind_here, self.unindented)
        titled = self._firsts(one, indented, kind_here, prices.unindented_titled) if self.squares else firsts
        alone = stand_alone(one, prices)
        ends = tuple(ending(one, kind, prices) for kind in (CLOSED, BODY, ITEM, LINE))
        goes = unit != NO_NEXT

        full_end = prices.full_end if goes and one.han else 0.0

        def settle(width: int, measure: int, kind: int, price: float, came: State, label: str) -> None:
            """Go on after this line, or end with it; what is plainly full or plainly fits needs no second look."""
            full = 0 <= measure - width < unit
            if goes:
                dear = price if full else price + fit(one, width, measure, unit, prices)
                state = (measure, kind)
                if state not in new or dear < new[state][0]:
                    new[state] = (dear, came, label)
            if width > measure:
                price += room_at_end(one, width, measure, unit, prices)
            elif full:
                price += full_end
            price += ends[kind]
            if not full and not one.ends and kind == BODY:
                price += prices.unended_short
            state = (measure, LISTED if kind == ITEM else CLOSED)
            if state not in new or price < new[state][0]:
                new[state] = (price, came, label)

        def further(measure: int, kind: int, price: float, came: State) -> None:
            settle(one.width, measure, kind, price, came, FURTHER)

        def begin(measure: int, price: float, came: State) -> None:
            for width, extra in titled if came[1] == TITLED else firsts:
                if self.squares and measure < NARROW:
                    extra = min(extra, prices.unindented_narrow)
                settle(width, measure, kind_here, price + extra, came, FIRST)

        def column(state: State) -> float:
            return prices.column_titled if state[1] == TITLED else prices.column

        closed = min((step[0] + column(state), state) for state, step in states.items() if state[1] <= CLOSED)
        opened = min(((step[0], state) for state, step in states.items() if state[1] > CLOSED), default=None)
        # A reading that a change of measure from the best one would beat need not be carried on.
        for state, (price, _, _) in states.items():
            if state[1] > CLOSED:
                further(*state, price + go_on + (prices.line if state[1] == LINE else 0.0), state)
        if opened is not None:
            price, state = opened
            for measure in self._near(one.width, unit, one.han):
                begun = self.squares and states[state][2] == FIRST  # a run-round at the head takes two lines and more
                begun = begun or (self.squares and measure - state[0] == self.indent)  # that would be a first line
                change = prices.widen if measure > state[0] and not begun else prices.switch
                if abs(measure - state[0]) * WIDE <= measure and measure > 2 * NARROW:
                    change = min(change, prices.switch_near)
                further(measure, state[1], price + go_on + change + self._rare(measure), state)
        limit = min((step[0] for step in new.values()), default=inf) + BEAM
        for state, (price, _, _) in states.items():
            measure, kind = state
            if kind <= CLOSED:
                after = (measure, TITLED) if self.squares else state
                dear = price + alone - (prices.display_again if kind == TITLED else 0.0)
                if after not in new or dear < new[after][0]:
                    new[after] = (dear, state, DISPLAY)
                if measure and price <= closed[0] + self._rare(measure) and price + start <= limit:
                    begin(measure, price + start, state)
        state = closed[1]
        price = states[state][0]
        for width, extra in (
            (titled if state[1] == TITLED else firsts) if price + start + column(state) / 2 <= limit else ()
        ):
            for measure in self._near(width, unit, one.han):
                own = column(state) + self._rare(measure)
                # A list has a measure of its own, shows it in few lines (seed page, lines 204-205), and keeps it.
                if kind_here == ITEM:
                    own *= 0.5 if measure in self.lists or state[1] != LISTED else 2.0
                if self.squares and measure < NARROW:
                    own -= max(0.0, extra - prices.unindented_narrow)
                settle(width, measure, kind_here, price + start + own + extra, state, FIRST)
        return _best(new)

    def _firsts(self, one: Setting, indented: int, kind: int, unindented: float) -> tuple[tuple[int, float], ...]:
        """Return the widths that ``one`` may count with as a first line, each with its price."""
        if indented:
            return ((one.width + indented, 0.0),)
        if kind != BODY or not self.indent:
            return ((one.width, 0.0),)
        if self.kept:
            return ((one.width, unindented),)
        return ((one.width + self.indent, 0.0), (one.width, unindented))

    def _near(self, width: int, unit: int, han: bool) -> list[int]:
        """Return the measures that could explain a line of ``width`` cells, the best supported ones."""
        found = self.near.get((width, unit, han))
        if found is None:
            found = self.near[width, unit, han] = self._nearest(width, unit, han)
        return found

    def _nearest(self, width: int, unit: int, han: bool) -> list[int]:
        room = slop(width, han=han) or 2
        low = bisect_left(self.widths, width - room)
        high = bisect_right(self.widths, width + min(unit, 8) - 1 + room)
        near = list(self.widths[low:high])
        if len(near) > NEAR:
            near = sorted(near, key=self.support.__getitem__)[-NEAR:]
        return near if width in near else [*near, width]

    def _rare(self, measure: int) -> float:
        price = self.rare.get(measure)
        if price is None:
            price = self.prices.rare * max(0.0, FEW - self.support.get(measure, 0.0))
            price = self.rare[measure] = price + self.prices.narrow if measure < NARROW else price
        return price


def _best(states: Table) -> Table:
    """Keep the cheapest readings, and always one in which the paragraph is closed."""
    if len(states) <= STATES:
        return states
    kept = sorted(states.items(), key=lambda pair: pair[1][0])
    table = dict(kept[:STATES])
    if not any(kind <= CLOSED for _, kind in table):
        table.update([next(pair for pair in kept if pair[0][1] <= CLOSED)])
    return table
