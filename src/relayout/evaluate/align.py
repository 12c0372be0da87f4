"""Which character of the prediction is which character of the gold, whatever order either has.

White space is left out. Equal things are bound first and the long before the short, each character once:

1. units with the same text, then parts with the same text that stands once on either side;
2. stretches that begin at a shingle (24, 12, 8 characters; 5 if it holds a CJK character) which stands once on either
   side among what is not bound yet, and are extended to both sides within the part;
3. parts that stand more than once, first where their units belong together, then in order;
4. stretches that stand more than once, in the unit that belongs to theirs and next to what was bound before them;
5. gaps beside bound characters, by the cheapest edit of the two gaps, and rests that are equal.

What stays unbound is an error of either side. Unique shingles as anchors are those of patience diff (Cohen 2003) and
of winnowing (Schleimer, Wilkerson & Aiken 2003).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from relayout.evaluate.nouns import Unit
from relayout.evaluate.packages import common_blocks
from relayout.evaluate.texts import is_cjk

SHINGLES = (24, 12, 8, 5)
_CJK_ONLY = 5  # five Latin letters in a row say little
_REACH = 24  # characters that the gap of one side may be longer than that of the other
_LONGEST_GAP = 4000
_MOST_PLACES = 200  # of a stretch that stands oftener only so many are looked at

Span = tuple[int, int]


class Strip(NamedTuple):
    """All characters of all units in one string, without white space.

    ``spaced`` has a 1 for every character that white space stands before inside its part; ``parts`` and ``units``
    are half-open spans; ``unit_of`` gives the unit of every character, ``part_of`` its part.
    """

    text: str
    spaced: bytes
    parts: tuple[Span, ...]
    units: tuple[Span, ...]
    part_of: tuple[int, ...]
    unit_of: tuple[int, ...]
    unit_of_part: tuple[int, ...]


def strip(units: Sequence[Unit]) -> Strip:
    """Lay the units out as one string."""
    text: list[str] = []
    spaced = bytearray()
    parts: list[Span] = []
    spans: list[Span] = []
    part_of: list[int] = []
    unit_of: list[int] = []
    owners: list[int] = []
    for number, unit in enumerate(units):
        first = len(spaced)
        for part in unit.parts:
            start = len(spaced)
            for word in part.text.split():
                text.append(word)
                spaced += b"\1" + bytes(len(word) - 1)
            if len(spaced) > start:
                spaced[start] = 0
            part_of += [len(parts)] * (len(spaced) - start)
            parts.append((start, len(spaced)))
            owners.append(number)
        unit_of += [number] * (len(spaced) - first)
        spans.append((first, len(spaced)))
    return Strip(
        "".join(text), bytes(spaced), tuple(parts), tuple(spans), tuple(part_of), tuple(unit_of), tuple(owners)
    )


class Alignment:
    """The gold place of every predicted character (``there``) and the other way (``back``); -1 is unbound."""

    __slots__ = ("back", "found", "gold", "there")

    def __init__(self, gold: Strip, found: Strip) -> None:
        """Bind nothing yet."""
        self.gold, self.found = gold, found
        self.there = [-1] * len(found.text)
        self.back = [-1] * len(gold.text)

    def bind(self, i: int, j: int, length: int) -> None:
        """Bind ``length`` characters from ``i`` in the gold and ``j`` in the prediction."""
        self.there[j : j + length] = range(i, i + length)
        self.back[i : i + length] = range(j, j + length)

    def shared(self) -> Counter[tuple[int, int]]:
        """Count the characters that each gold unit shares with each predicted unit."""
        ones, twos = self.gold.unit_of, self.found.unit_of
        return Counter((ones[i], twos[j]) for j, i in enumerate(self.there) if i >= 0)

    def homes(self) -> dict[int, int]:
        """Give for each predicted unit the gold unit it shares most with."""
        best: dict[int, tuple[int, int]] = {}
        for (one, two), count in sorted(self.shared().items()):
            if count > best.get(two, (0, 0))[0]:
                best[two] = (count, one)
        return {two: one for two, (_, one) in best.items()}


def align(gold: Sequence[Unit], found: Sequence[Unit]) -> Alignment:
    """Bind the characters of the prediction to those of the gold."""
    made = Alignment(strip(gold), strip(found))
    _equal(made, lambda side: side.units, _all_in_order)
    _equal(made, lambda side: side.parts, _once)
    for length in SHINGLES:
        _shingles(made, length)
    _at_home(made, lambda side, taken: [span for span in side.parts if _free(taken, span)])
    for length in SHINGLES[2:]:
        _repeated(made, length)
    _gaps(made)
    _at_home(made, lambda side, taken: list(_runs(side, taken)))
    return made


def _free(taken: Sequence[int], span: Span) -> bool:
    return span[0] < span[1] and all(place < 0 for place in taken[span[0] : span[1]])


def _runs(side: Strip, taken: Sequence[int]) -> Iterator[Span]:
    """Every longest unbound stretch that stays in one part."""
    for start, end in side.parts:
        at = start
        while at < end:
            if taken[at] >= 0:
                at += 1
                continue
            stop = at
            while stop < end and taken[stop] < 0:
                stop += 1
            yield at, stop
            at = stop


def _by_text(side: Strip, spans: Iterable[Span]) -> dict[str, list[Span]]:
    made: dict[str, list[Span]] = defaultdict(list)
    for start, end in spans:
        made[side.text[start:end]].append((start, end))
    return made


Choice = Callable[[list[Span], list[Span]], Iterable[tuple[Span, Span]]]


def _all_in_order(ones: list[Span], twos: list[Span]) -> Iterable[tuple[Span, Span]]:
    return zip(ones, twos, strict=False)


def _once(ones: list[Span], twos: list[Span]) -> Iterable[tuple[Span, Span]]:
    return [(ones[0], twos[0])] if len(ones) == len(twos) == 1 else []


def _equal(made: Alignment, spans: Callable[[Strip], Iterable[Span]], choose: Choice) -> None:
    ones = _by_text(made.gold, (span for span in spans(made.gold) if _free(made.back, span)))
    twos = _by_text(made.found, (span for span in spans(made.found) if _free(made.there, span)))
    for text in ones.keys() & twos.keys():
        for (i, end), (j, _) in choose(ones[text], twos[text]):
            made.bind(i, j, end - i)


def _shingles(made: Alignment, length: int) -> None:
    ones = _unique(made.gold, made.back, length)
    twos = _unique(made.found, made.there, length)
    for shingle, j in twos.items():
        i = ones.get(shingle, -1)
        if i >= 0 and j >= 0 and made.there[j] < 0 and made.back[i] < 0:
            _extend(made, i, j)


def _unique(side: Strip, taken: Sequence[int], length: int) -> dict[str, int]:
    """Give the place of every shingle among the unbound; -1 if there are several."""
    places: dict[str, int] = {}
    for start, end in _runs(side, taken):
        for at in range(start, end - length + 1):
            shingle = side.text[at : at + length]
            places[shingle] = -1 if shingle in places else at
    if length <= _CJK_ONLY:
        return {shingle: at for shingle, at in places.items() if any(map(is_cjk, shingle))}
    return places


def _repeated(made: Alignment, length: int) -> None:
    """Bind stretches that begin at a shingle which stands more than once."""
    places: dict[str, list[int]] = defaultdict(list)
    for start, end in _runs(made.gold, made.back):
        for at in range(start, end - length + 1):
            places[made.gold.text[at : at + length]].append(at)
    homes = made.homes()
    expected = 0
    for start, end in list(_runs(made.found, made.there)):
        at = start
        while at <= end - length:
            shingle = made.found.text[at : at + length]
            if made.there[at] >= 0 or (length <= _CJK_ONLY and not any(map(is_cjk, shingle))):
                at += 1
                continue
            expected = made.there[at - 1] + 1 if at and made.there[at - 1] >= 0 else expected
            i = _nearest(made, places.get(shingle, []), expected, homes.get(made.found.unit_of[at], -1))
            if i >= 0:
                _extend(made, i, at)
                expected = made.there[at] + 1
            at += 1


def _nearest(made: Alignment, places: list[int], expected: int, home: int) -> int:
    """Choose an unbound place: in the unit ``home`` if there is one, then the nearest to ``expected``."""
    places[:] = [i for i in places if made.back[i] < 0]
    units = made.gold.unit_of
    return min(places[:_MOST_PLACES], key=lambda i: (units[i] != home, abs(i - expected)), default=-1)


def _extend(made: Alignment, i: int, j: int) -> None:
    """Bind the longest equal unbound stretch around ``i`` and ``j`` that stays in one part on either side."""
    one, two = made.gold, made.found
    (low_i, high_i), (low_j, high_j) = one.parts[one.part_of[i]], two.parts[two.part_of[j]]
    left = 0
    while (
        i - left > low_i
        and j - left > low_j
        and one.text[i - left - 1] == two.text[j - left - 1]
        and made.back[i - left - 1] < 0
        and made.there[j - left - 1] < 0
    ):
        left += 1
    right = 0
    while (
        i + right < high_i
        and j + right < high_j
        and one.text[i + right] == two.text[j + right]
        and made.back[i + right] < 0
        and made.there[j + right] < 0
    ):
        right += 1
    made.bind(i - left, j - left, left + right)


def _at_home(made: Alignment, spans: Callable[[Strip, Sequence[int]], list[Span]]) -> None:
    """Bind equal stretches: first those whose units share most already, then, from two characters on, in order."""
    homes = made.homes()
    ones = _by_text(made.gold, spans(made.gold, made.back))
    twos = _by_text(made.found, spans(made.found, made.there))
    for text in ones.keys() & twos.keys():
        left, rest = ones[text], []
        for span in twos[text]:
            home = homes.get(made.found.unit_of[span[0]])
            mine = next((n for n, (i, _) in enumerate(left) if made.gold.unit_of[i] == home), None)
            if mine is None:
                rest.append(span)
            else:
                made.bind(left.pop(mine)[0], span[0], len(text))
        if len(text) > 1:
            for (i, _), (j, _) in zip(left, rest, strict=False):
                made.bind(i, j, len(text))


def _gaps(made: Alignment) -> None:
    """Bind what a cheapest edit leaves equal between neighbours that are bound already."""
    found, gold = made.found, made.gold
    at, end = 0, len(found.text)
    while at < end:
        if made.there[at] >= 0:
            at += 1
            continue
        stop = at
        while stop < end and made.there[stop] < 0:
            stop += 1
        start_i, stop_i = _gap(made, at, stop)
        if 0 < stop_i - start_i <= _LONGEST_GAP and stop - at <= _LONGEST_GAP:
            for i, j, length in common_blocks(gold.text[start_i:stop_i], found.text[at:stop]):
                made.bind(start_i + i, at + j, length)
        at = stop


def _gap(made: Alignment, start: int, stop: int) -> Span:
    """Find the unbound stretch of the gold that answers to the unbound ``start`` to ``stop`` of the prediction."""
    left = made.there[start - 1] if start else -1
    right = made.there[stop] if stop < len(made.there) else -1
    most = stop - start + _REACH
    if left >= 0:
        end = left + 1
        while end < len(made.back) and made.back[end] < 0 and end - left <= most:
            end += 1
        if end > left + 1:
            return left + 1, end
    if right >= 0:
        first = right
        while first > 0 and made.back[first - 1] < 0 and right - first < most:
            first -= 1
        return first, right
    return 0, 0
