"""Where do texts begin and end in a string of characters? For vertical text whose columns an extractor lost.

``pdftotext -raw`` writes each character of a vertical page on a line of its own, so that titles, bylines, captions
and paragraphs are one long string. It is cut for the whole string at once: a *sentence* runs to its full stop, a
*title* to wherever the characters hang together least. What that costs stands in the profile (``string.*``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Set
from itertools import accumulate
from math import inf
from typing import NamedTuple

from relayout import cohesion
from relayout.chars import CLOSERS, NO_START, OPENERS
from relayout.profile import Profile

SENTENCE, TITLE = "sentence", "title"
FEW = 8  # clauses that must show how long clauses are
MOST = 48  # characters of a title
REPEATED = 6  # triples that stand twice in a sentence, more do not count
UNENDED = 20  # characters of a text without a full stop that cost as much again
FAR = 4  # deviations from the middle length of a clause, more count a third
WHOLE = 5  # characters of a title that stands in the text as it is
_STOP = re.compile(rf"[。！？!?][{re.escape(CLOSERS)}]*|(?<=[^…])……[{re.escape(CLOSERS)}]*$")


class Piece(NamedTuple):
    """A part of the string: from where to where, what it is, and whether a text begins with it."""

    start: int
    end: int
    kind: str
    begins: bool


class _Way(NamedTuple):
    cost: float
    start: int
    kind: str


class Costs(NamedTuple):
    """The numbers of a profile, read once for a page."""

    title: float
    short: float
    long: float
    clause: float
    clause_end: float
    told: float
    cue: float
    inside: float
    unended: float
    begins: float
    whole: float
    hangs: float
    near: float
    again: float
    gap: float

    @classmethod
    def of(cls, profile: Profile) -> Costs:
        """Read the costs of ``profile``."""
        return cls(*(profile.number(f"string.{name}") for name in cls._fields))


def pieces(text: str, page: str, words: Set[str], profile: Profile, gaps: Set[int] = frozenset()) -> list[Piece]:
    """Cut ``text`` into sentences and titles, the cheapest way for the whole string.

    ``page`` is all text of the page, with ``text`` in it; ``words`` are the words of a list
    (:func:`relayout.lexicon.words_of`). ``gaps`` are places where a wide space stood, as it does inside titles.
    """
    return _Search(text, page, words, profile, gaps).found()


class _Search:
    """The string, what is known of each place between two of its characters, and the cheapest ways to each place."""

    def __init__(self, text: str, page: str, words: Set[str], profile: Profile, gaps: Set[int]) -> None:
        self.text, self.costs = text, Costs.of(profile)
        self.stops = [match.end() for match in _STOP.finditer(text)]
        self.depth = cohesion.depths(text)
        self.known = cohesion.known(text, page)
        hanging, leaning = profile.words("string-hanging"), profile.words("string-leaning")
        self.links = cohesion.links(text, self.known, words, profile)
        for i in range(1, len(text)):
            if text[i - 1] in hanging or text[i] in leaning:
                self.links[i] += self.costs.hangs
        self.cued = cohesion.cued(text, profile)
        self.datelines = cohesion.datelines(text, profile)
        self.near = cohesion.near(text)
        self.again = cohesion.again(text, self.stops)
        self.gaps = gaps
        self.spaces = list(accumulate((float(i in gaps) for i in range(1, len(text) + 1)), initial=0.0))
        self.opening = cohesion.marks(text, profile)
        self.count = Counter(page[i : i + WHOLE] for i in range(len(page) - WHOLE + 1))
        self.marks = [match.start() for match in cohesion.MARK.finditer(text)]
        marks = [match.start() for match in cohesion.MARK.finditer(page)]
        lengths = sorted(b - a - 1 for a, b in zip([-1, *marks], marks, strict=False))
        enough = len(lengths) >= FEW
        self.middle = lengths[len(lengths) // 2] if enough else 10
        self.spread = max(4.0, 1.3 * (lengths[(len(lengths) * 4) // 5] - self.middle)) if enough else 6.0

    def found(self) -> list[Piece]:
        """Return the cheapest pieces."""
        size = len(self.text)
        after: list[dict[str, _Way]] = [{} for _ in range(size + 1)]
        after[0][TITLE] = _Way(0.0, -1, "")
        for i in range(size):
            if not after[i]:
                continue
            for kind, end, cost in self.steps(i):
                for before, way in list(after[i].items()):
                    price = way.cost + cost + self.between(i, before, kind)
                    if kind not in after[end] or price < after[end][kind].cost:
                        after[end][kind] = _Way(price, i, before)
        out: list[Piece] = []
        at = size
        kind = min(after[size], key=lambda one: after[size][one].cost)
        while at > 0:
            way = after[at][kind]
            fresh = kind == TITLE or way.kind != SENTENCE or way.start in self.datelines
            out.append(Piece(way.start, at, kind, fresh))
            at, kind = way.start, way.kind
        return out[::-1]

    def between(self, at: int, before: str, kind: str) -> float:
        """Return the price of a border between two pieces."""
        if not at:
            return 0.0
        price = self.costs.gap if at in self.gaps else 0.0
        if before == SENTENCE:
            return price + (0.0 if kind == SENTENCE else self.costs.begins)
        dateline = at in self.datelines and kind == SENTENCE
        return price + (0.0 if dateline else self.links[at])

    def steps(self, i: int) -> list[tuple[str, int, float]]:
        """Return the pieces that may begin at ``i``, with their ends and costs."""
        costs, text, size = self.costs, self.text, len(self.text)
        found: list[tuple[str, int, float]] = []
        at = bisect_right(self.stops, i)
        stop = self.stops[at] if at < len(self.stops) else size
        price = self.clause(i, stop) + (0.0 if at < len(self.stops) else costs.unended * (1 + (stop - i) / UNENDED))
        price += costs.again * min(self.again[i], REPEATED) + costs.gap * (self.spaces[stop - 1] - self.spaces[i])
        found.append((SENTENCE, stop, price - (costs.cue if i in self.datelines else 0.0)))
        if (text[i] in NO_START and i) or (self.depth[i] and i):
            return found
        for end, worth in self.cued.get(i, {}).items():
            found.append((TITLE, end, costs.title - costs.cue * worth))
        marks = 0
        told = near = 0
        for end in range(i + 1, min(i + MOST, stop, size) + 1):
            char = text[end - 1]
            if end - 1 > i:
                told += self.known[end - 1]
                near += self.near[end - 1]
            marks += char in "，；：" or (char == "、")
            if self.depth[end] != self.depth[i] or char in OPENERS or char in "，、；：":
                continue
            if end < size and (text[end] in NO_START or self.links[end] == inf):
                continue
            length = end - i
            price = costs.title + costs.inside * marks
            price += costs.short * max(0, 5 - length) + costs.long * max(0, length - 22)
            if length > 3:
                price -= costs.told * (told - 0.5 * (length - 1)) + costs.near * (near - 0.2 * (length - 1))
            if end == stop and at < len(self.stops):
                price += costs.clause_end
            if i in self.opening:
                price -= costs.cue
            elif length > WHOLE and self.count[text[i : i + WHOLE]] > 1 and self.count[text[end - WHOLE : end]] > 1:
                price -= costs.whole
            found.append((TITLE, end, price))
        return found

    def clause(self, start: int, stop: int) -> float:
        """Return what the first clause of a sentence costs for being longer than clauses of the page are."""
        at = bisect_right(self.marks, start)
        end = self.marks[at] if at < len(self.marks) else len(self.text)
        over = (min(end, stop) - start - self.middle) / self.spread
        return self.costs.clause * (over if over < FAR else FAR + (over - FAR) / 3) if over > 0 else 0.0
