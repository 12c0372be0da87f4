"""What would a line cost under a measure? The prices that ``mend`` adds up along a page.

Every price is in nats or thereabouts: 0 is what happens all the time, 3 once in twenty lines, 8 hardly ever.
They come from the profile (``mend.*``), each with its reason.
"""

from __future__ import annotations

from typing import NamedTuple

from relayout.layout import Setting
from relayout.model import Evidence
from relayout.profile import Profile
from relayout.signals.setting import INDENTED, slop, spare

# What may be open after a line; TITLED: after a display line; LISTED: a list, between its items.
TITLED, LISTED, CLOSED, BODY, ITEM, LINE = -2, -1, 0, 1, 2, 3
NO_NEXT = 9999
LONG = 24  # cells of a title that is long
# What costs otherwise where each character is set in a square of its own (``squares.*`` in the profile).
SQUARES = (
    "start", "switch", "widen", "column", "rare", "narrow", "display", "display_sentence", "display_clause",
    "display_comma", "unended", "clause_end", "full_end", "sentence_goes_on", "unindented", "unindented_unsure", "over",
    "squeezed", "loose", "broken", "bracket", "known_pair", "strange_pair",
    "display_again", "column_titled", "unindented_titled", "unindented_narrow", "switch_near", "unended_short",
    "display_long", "numbered",
)  # fmt: skip
DISPLAY, FIRST, FURTHER = "display", "first", "further"


class Prices(NamedTuple):
    """The numbers of one profile, read once for a page."""

    start: float
    switch: float
    widen: float
    column: float
    rare: float
    narrow: float
    display: float
    display_sentence: float
    display_clause: float
    display_parted: float
    display_comma: float
    display_one: float
    parted: float
    bracket: float
    line: float
    known_pair: float
    strange_pair: float
    unended: float
    clause_end: float
    full_end: float
    sentence_goes_on: float
    tail_goes_on: float
    cue: float
    indent: float
    unindented: float
    unindented_unsure: float
    over: float
    squeezed: float
    loose: float
    broken: float
    blank_latin: float
    display_again: float
    column_titled: float
    unindented_titled: float
    unindented_narrow: float
    switch_near: float
    unended_short: float
    display_long: float
    numbered: float

    @classmethod
    def of(cls, profile: Profile, *, squares: bool = False) -> Prices:
        """Read the prices of ``profile``; some are others where each character is set in a square of its own."""
        own = SQUARES if squares else ()
        return cls(*(profile.number(f"{'squares' if name in own else 'mend'}.{name}") for name in cls._fields))


def fit(one: Setting, width: int, measure: int, unit: int, prices: Prices) -> float:
    """Return the price of breaking ``one`` here, ``width`` cells of ``measure`` used and ``unit`` coming next.

    Free where the line is full; a cell or two over (hanging or squeezed marks) or short (proportional digits)
    is dear, more is nearly out of the question.
    """
    left = spare(width, measure, unit)
    if left == 0:
        return 0.0
    room = slop(measure, han=one.han)
    if -room <= left <= room:
        return 0.0 if left > 0 else prices.over
    if left < 0:
        return _over(one, -left - room, prices)
    short = left - room
    return short * prices.loose if short <= 2 else prices.broken


def _over(one: Setting, over: int, prices: Prices) -> float:
    """Return the price of ``over`` cells too many: a squeezed mark, or one that hangs, or what hardly happens."""
    if over == 1 or (over == 2 and one.ends):
        return prices.over
    return over * prices.squeezed if over == 2 else prices.broken


def ending(one: Setting, kind: int, prices: Prices) -> float:
    """Return the price of ending a paragraph of ``kind`` with ``one``, whatever its measure.

    Ending inside brackets is a fault; ending without a full stop is usual for list items only.
    """
    price = prices.bracket if one.owes > 0 else 0.0
    if one.ends == "clause":
        return price + prices.clause_end
    return price + prices.unended if kind == BODY and not one.ends else price


def room_at_end(one: Setting, width: int, measure: int, unit: int, prices: Prices) -> float:
    """Return the price of a last line of ``width`` cells: it must fit, and being full is a coincidence."""
    over = width - measure - slop(measure, han=one.han)
    if over > 0:
        return _over(one, over, prices)
    return prices.full_end if unit != NO_NEXT and one.han and measure - width < unit else 0.0


def stand_alone(one: Setting, prices: Prices) -> float:
    """Return the price of calling ``one`` a display line."""
    price = (
        prices.display
        + (prices.cue if one.opens not in ("", "bullet") else 0.0)
        + (prices.bracket if one.owes else 0.0)
    )
    if one.ends in ("sentence", "tail"):
        price += prices.display_sentence
    elif one.ends == "clause":
        price += prices.display_clause
    price += prices.display_one if one.width <= 2 else 0.0
    price += prices.display_comma if one.comma else 0.0
    if not one.parted:
        price += prices.display_long * max(0, one.width - LONG) / 2
    return price - prices.display_parted if one.parted else price


def reasons(
    label: str, one: Setting, ends_before: str, known: bool | None, price: float, prices: Prices
) -> tuple[Evidence, ...]:
    """Return what a choice was paid for, by the names of the profile; what it paid for measure and end is the rest.

    ``known`` says whether the pair of characters at the line end before stands elsewhere on the page; ``None`` where
    that does not count.
    """
    flags: tuple[tuple[str, object], ...]
    if label == DISPLAY:
        flags = (
            ("display", True),
            ("display_sentence", one.ends in ("sentence", "tail")),
            ("display_clause", one.ends == "clause"),
            ("display_comma", one.comma),
            ("display_one", one.width <= 2),
            ("cue", one.opens),
            ("bracket", one.owes),
        )
    elif label == FIRST:
        flags = (("start", True), ("bracket", one.owes < 0))
    else:
        flags = (
            ("known_pair", known),
            ("strange_pair", known is False),
            ("sentence_goes_on", ends_before == "sentence"),
            ("tail_goes_on", ends_before == "tail"),
            ("cue", one.opens),
            ("indent", one.indent >= INDENTED),
        )
    paid = [(name, getattr(prices, name)) for name, flag in flags if flag]
    if label == DISPLAY and one.parted:
        paid.append(("display_parted", -prices.display_parted))
    rest = price - sum(cost for _, cost in paid)
    if abs(rest) > 0.005:
        paid.append(("setting", rest))
    return tuple(Evidence(name, 1.0, round(-cost, 2)) for name, cost in paid)
