"""The printed lines that the pieces of torn lines make: for the whole page the cheapest parting.

Where marks are set half-width, or closer to their neighbours, an extractor sees a gap beside them and begins another
line. What it tore makes full lines of a measure again; a line is full when what comes next would not have fitted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from relayout.chars import ends_sentence, first_unit, has_han
from relayout.profile import Profile
from relayout.signals.setting import HALF, MARKS, SECOND, WHOLE, set_cells

NARROW = 12  # cells: a narrower line is no full one
WIDEST = 90  # cells: no column is wider
MEASURES = 8  # measures that are tried on a page
MOST = 12  # pieces of a printed line
COMMON = 3  # lines that show a measure
JOINT = 0.2  # what every joint costs: pieces are put together for a reason
NO_NEXT = 9999
QUOTES = "“”‘’"  # as wide as a character in one font, and as a letter in another
_RUN = re.compile("[A-Za-z0-9.%]+")  # a run of letters or figures, which are set proportionally, with room beside it


class _Piece(NamedTuple):
    """What is seen of a piece: its width, how much wider it may be, what comes next, and how it ends."""

    width: int
    room: int
    unit: int  # width of what comes next and cannot be broken
    tie: int  # cells by which a joint with the next piece is narrower, where two marks meet
    sentence: bool
    clause: bool
    goes: bool  # on with the next piece: a mark stands on one side of the break


class _Way(NamedTuple):
    """The cheapest way to a place between two pieces: its cost, the last line as a range, and the way to that."""

    cost: float
    line: range
    came: _Way | None


class Costs(NamedTuple):
    """What it costs to end a line that is not full, to begin a paragraph with one, and to go on after a full stop."""

    short: float
    early: float
    change: float
    begun: float
    over: float
    indent: int = 4  # cells that a first line lacks

    @classmethod
    def of(cls, profile: Profile, *, often: bool) -> Costs:
        """Read the numbers of ``profile``; ``often`` says that the extractor breaks at every mark, full stops too."""
        over = profile.number("splice.over" if often else "mend.broken")
        short, early, change, begun = (profile.number(f"splice.{one}") for one in ("short", "early", "change", "begun"))
        return cls(short, early, change, begun, over, int(profile.number("gauge.indent-han")))


def printed(texts: Sequence[str], costs: Costs) -> list[range]:
    """Part ``texts`` into printed lines: ranges of pieces that follow each other.

    Marks are as wide as characters, or half as wide, or the second of two is; whichever makes the cheapest page.

    >>> costs = Costs(1.0, 4.0, 3.0, 0.8, 1.6)
    >>> column = ["會議部署，", "城市", "工作，", "代表們", "要加快建設步伐", "改善民生的，", "要"] * 4
    >>> printed(column, costs)[:4]
    [range(0, 2), range(2, 4), range(4, 5), range(5, 7)]
    """
    ways = (_cheapest(_pieces(texts, marks), costs) for marks in (WHOLE, SECOND, HALF))
    return _traced(min(ways, key=lambda way: way.cost))


def _pieces(texts: Sequence[str], marks: str) -> list[_Piece]:
    found: list[_Piece] = []
    for text, after in zip(texts, [*texts[1:], ""], strict=True):
        meet = text[-1] + after[:1]
        quotes = 0 if marks == HALF else sum(map(text.count, QUOTES))
        found.append(
            _Piece(
                set_cells(text, marks) - quotes,
                len(_RUN.findall(text)) + quotes,
                max(1, set_cells(first_unit(after), marks)) if after else NO_NEXT,
                int(marks == SECOND and len(meet) > 1 and all(one in MARKS for one in meet)),
                ends_sentence(text),
                text[-1] in MARKS,
                has_han(text + after) and any(one in MARKS for one in meet) and bool(after),
            )
        )
    return found


def _measures(pieces: Sequence[_Piece]) -> list[int]:
    """Return the measures that recur. A piece that no mark ends is the end of a line; between two of them is one."""
    count: Counter[int] = Counter()
    width = 0
    for piece in pieces:
        width += piece.width
        if not piece.clause:
            count[width] += NARROW <= width <= WIDEST
            width = 0
    score = {wide: n + count[wide - 1] for wide, n in count.items() if n + count[wide - 1] >= COMMON}
    return sorted(score, key=lambda wide: (-score[wide], wide))[:MEASURES] or [0]


def _cheapest(pieces: Sequence[_Piece], costs: Costs) -> _Way:
    measures = _measures(pieces)
    ways: list[dict[int, _Way]] = [{measure: _Way(0.0, range(0), None) for measure in measures}]
    for end in range(1, len(pieces) + 1):
        found: dict[int, _Way] = {}
        last = pieces[end - 1]
        ended = costs.short if last.sentence or not last.clause else costs.early
        width = room = 0
        joints = 0.0
        for start in range(end - 1, max(-1, end - 1 - MOST), -1):
            width += pieces[start].width - (pieces[start].tie if start < end - 1 else 0)
            room += pieces[start].room
            alone, begins = start == end - 1, start == 0 or pieces[start - 1].sentence
            for measure in measures:
                if width > measure and not alone:
                    continue
                left = measure - width
                price = 0.0 if 0 <= left < last.unit + room else ended
                if price and begins and 0 <= left - costs.indent < last.unit + room:
                    price = costs.begun
                came = ways[start][measure]
                cost = came.cost + price + joints
                if measure not in found or cost < found[measure].cost:
                    found[measure] = _Way(cost, range(start, end), came)
            if start and not pieces[start - 1].goes:
                break
            joints += costs.over if start and pieces[start - 1].sentence else JOINT
        least = min(found.values(), key=lambda way: way.cost)
        for measure in measures:
            if measure not in found or least.cost + costs.change < found[measure].cost:
                found[measure] = _Way(least.cost + costs.change, least.line, least.came)
        ways.append(found)
    return min(ways[-1].values(), key=lambda way: way.cost)


def _traced(way: _Way | None) -> list[range]:
    """Follow the way back and gather its printed lines."""
    found: list[range] = []
    while way is not None and way.came is not None:
        found.append(way.line)
        way = way.came
    return found[::-1]
