"""Mend: find the paragraphs, measures and indents that would set to these lines.

Every line is the first or a further line of a paragraph, or a display line; every paragraph has a measure,
which may change inside it where the text runs round a box. The cheapest reading of the whole page is found by
dynamic programming over the lines, so a line end is never judged by itself.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import exp

from relayout.model import Block, Evidence, Layout, Line, Note, Outcome, Paragraph, Role, Setting
from relayout.profile import Profile
from relayout.signals.lexical import joint, word_pairs, words
from relayout.signals.setting import INDENTED, slop
from relayout.signals.typeset import BODY, CLOSED, ITEM, LINE, NO_NEXT, Prices, close, fit, stand_alone

STATES = 8  # how many readings of the page so far are kept at each line
NEAR = 4  # how many measures are tried for a line, the best supported ones
NARROW = 14  # cells: no column is narrower than seven characters
FEW = 3  # a measure that fewer lines have exactly is rare

State = tuple[int, int]  # measure; CLOSED after this line, or the kind of the paragraph that goes on
Step = tuple[float, State | None, str]  # price so far, state before, what the line is
Table = dict[State, Step]
DISPLAY, FIRST, FURTHER = "display", "first", "further"
# What opens other than prose: these need not end with a full stop, and the second kind is one line mostly.
KINDS = {"item": ITEM, "list-head": ITEM, "caption": ITEM, "source": LINE, "furniture": LINE, "row": LINE}


def mend(layout: Layout, profile: Profile) -> Outcome[Layout]:
    """Join the lines of ``layout`` to blocks: paragraphs with their joints, and display lines alone.

    Leaves texts and order as they are; sets the roles BODY and DISPLAY only. Blank lines do not count in Han
    text. Declines, that is leaves every line alone, where no measure explains more than one line.
    """
    lines = layout.page.lines
    if not lines:
        return Outcome(layout)
    path = _cheapest(layout, Prices.of(profile))
    known = words(line.text for line in lines)
    blocks: list[Block] = []
    notes: list[Note] = []
    start = 0
    for i in range(1, len(lines) + 1):
        if i < len(lines) and path[i][1] == FURTHER:
            continue
        blocks.append(_block(lines[start:i], path[start:i], known))
        notes.extend(_notes(blocks[-1], path[start:i], layout.settings[start:i]))
        start = i
    return Outcome(replace(layout, blocks=tuple(blocks)), tuple(notes))


def _cheapest(layout: Layout, prices: Prices) -> list[tuple[int, str, float]]:
    """Return for each line its measure, what it is, and what it adds to the price of the page."""
    settings, lines = layout.settings, layout.page.lines
    search = _Search(prices, dict(layout.measures), [m for m, _ in layout.measures], layout.indent, layout.indent_kept)
    table: list[Table] = [{(0, CLOSED): (0.0, None, DISPLAY)}]
    pairs = word_pairs(line.text for line in lines)
    last = len(settings) - 1
    for i, one in enumerate(settings):
        unit = settings[i + 1].unit if i < last else NO_NEXT
        more = prices.blank_latin if lines[i].after_blank and not one.han else 0.0
        if i:
            before = settings[i - 1].ends
            more += prices.tail_goes_on if before == "tail" else prices.sentence_goes_on if before == "sentence" else 0.0
            if one.han:
                more += prices.known_pair if lines[i - 1].text[-1] + lines[i].text[0] in pairs else prices.strange_pair
        table.append(search.advance(table[-1], one, unit, more))
    state: State | None = min((s for s in table[-1] if s[1] == CLOSED), key=lambda s: table[-1][s][0])
    path: list[tuple[int, str, float]] = []
    for i in range(last + 1, 0, -1):
        if state is None:
            break
        price, came, label = table[i][state]
        path.append((0 if label == DISPLAY else state[0], label, price - (table[i - 1][came][0] if came else 0.0)))
        state = came
    path.reverse()
    return path


@dataclass(frozen=True, slots=True)
class _Search:
    """The prices and measures of one page, and the step from one line's readings to the next line's."""

    prices: Prices
    support: Mapping[int, float]
    widths: Sequence[int]
    indent: int
    kept: bool

    def advance(self, states: Table, one: Setting, unit: int, more: float) -> Table:
        """Return the readings after ``one``; ``unit`` comes next, ``more`` is what going on costs besides."""
        prices = self.prices
        new: Table = {}

        def relax(state: State, price: float, came: State, label: str) -> None:
            if state not in new or price < new[state][0]:
                new[state] = (price, came, label)

        indented = one.indent if one.indent >= INDENTED else 0
        go_on = more + (prices.cue if one.opens else 0.0) + (prices.indent if indented else 0.0)
        kind_here = KINDS.get(one.opens, BODY)
        firsts = self._firsts(one, indented, kind_here)
        alone = stand_alone(one, prices)
        if one.parted and not one.opens:
            go_on += prices.parted

        def begin(measure: int, price: float, came: State) -> None:
            for width, extra in firsts:
                dear = price + extra
                if unit != NO_NEXT:
                    relax((measure, kind_here), dear + fit(one, width, measure, unit, prices), came, FIRST)
                relax((measure, CLOSED), dear + close(one, width, measure, unit, kind_here, prices), came, FIRST)

        start = prices.start + (prices.bracket if one.owes < 0 else 0.0)
        start += prices.parted if one.parted and not one.opens else 0.0
        open_best = closed_best = None
        for state, (price, _, _) in states.items():
            measure, kind = state
            if kind == CLOSED:
                if closed_best is None or price < closed_best[0]:
                    closed_best = (price, state)
                relax(state, price + alone, state, DISPLAY)
                if measure:
                    begin(measure, price + start, state)
                continue
            if open_best is None or price < open_best[0]:
                open_best = (price, state)
            price += go_on + (prices.line if kind == LINE else 0.0)
            if unit != NO_NEXT:
                relax(state, price + fit(one, one.width, measure, unit, prices), state, FURTHER)
            relax((measure, CLOSED), price + close(one, one.width, measure, unit, kind, prices), state, FURTHER)
        if open_best is not None:
            price, state = open_best
            for measure in self._near(one.width, unit, one.han):
                dear = price + go_on + (prices.widen if measure > state[0] else prices.switch) + self._rare(measure)
                if unit != NO_NEXT:
                    relax((measure, state[1]), dear + fit(one, one.width, measure, unit, prices), state, FURTHER)
                relax((measure, CLOSED), dear + close(one, one.width, measure, unit, state[1], prices), state, FURTHER)
        if closed_best is not None:
            price, state = closed_best
            for width, _ in firsts:
                for measure in self._near(width, unit, one.han):
                    rare = self._rare(measure) * (0.5 if kind_here != BODY else 1.0)  # a list shows its measure seldom
                    begin(measure, price + start + prices.column + rare, state)
        return _best(new)

    def _firsts(self, one: Setting, indented: int, kind: int) -> tuple[tuple[int, float], ...]:
        """Return the widths that ``one`` may count with as a first line, each with its price."""
        if indented:
            return ((one.width + indented, 0.0),)
        if kind != BODY or not self.indent:
            return ((one.width, 0.0),)
        if self.kept:
            return ((one.width, self.prices.unindented),)
        return ((one.width + self.indent, 0.0), (one.width, self.prices.unindented))

    def _near(self, width: int, unit: int, han: bool) -> list[int]:
        """Return the measures that could explain a line of ``width`` cells, the best supported ones."""
        room = slop(width, han=han) or 2
        low = bisect_left(self.widths, width - room)
        high = bisect_right(self.widths, width + min(unit, 8) - 1 + room)
        near = list(self.widths[low:high])
        if len(near) > NEAR:
            near = sorted(near, key=self.support.__getitem__)[-NEAR:]
        return near if width in near else [*near, width]

    def _rare(self, measure: int) -> float:
        price = self.prices.rare * max(0.0, FEW - self.support.get(measure, 0.0))
        return price + self.prices.narrow if measure < NARROW else price


def _best(states: Table) -> Table:
    """Keep the cheapest readings, and always one in which the paragraph is closed."""
    if len(states) <= STATES:
        return states
    kept = sorted(states.items(), key=lambda pair: pair[1][0])
    table = dict(kept[:STATES])
    if not any(kind == CLOSED for _, kind in table):
        table.update([next(pair for pair in kept if pair[0][1] == CLOSED)])
    return table


def _block(lines: Sequence[Line], path: Sequence[tuple[int, str, float]], known: frozenset[str]) -> Block:
    role = Role.DISPLAY if path[0][1] == DISPLAY else Role.BODY
    joints = tuple(joint(a.text, b.text, known) for a, b in pairwise(lines))
    cert = exp(-sum(max(0.0, price) for _, _, price in path[1:]) / 40)
    return Block(Paragraph(tuple(lines), joints, role, cert), path[-1][0], path[0][0])


def _notes(block: Block, path: Sequence[tuple[int, str, float]], settings: Sequence[Setting]) -> list[Note]:
    what = {DISPLAY: "stands alone", FIRST: "begins a paragraph", FURTHER: "goes on"}
    return [
        Note(
            "mend",
            what[label],
            f"{one.width} of {measure} cells" if measure else f"{one.width} cells, no measure explains it",
            exp(-max(0.0, price) / 8),
            place=line.place,
            evidence=(Evidence("setting", round(price, 2), -1.0),),
        )
        for line, (measure, label, price), one in zip(block.paragraph.lines, path, settings, strict=True)
    ]
