"""Where do texts begin and end in a string of characters? For vertical text whose columns an extractor lost.

``pdftotext -raw`` writes each character of a vertical page on a line of its own, so that titles, bylines, captions
and paragraphs are one long string. It is cut for the whole string at once: a *sentence* runs to its full stop, a
*title* to wherever the characters hang together least. What that costs stands in the profile (``string.*``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence, Set
from functools import lru_cache
from math import inf
from typing import NamedTuple

from relayout.chars import CLOSERS, NO_START, OPENERS
from relayout.lexicon import simplified
from relayout.profile import Profile

SENTENCE, TITLE = "sentence", "title"
CUES = ("masthead", "furniture", "jump", "caption", "list-head", "item", "byline", "credit", "rubric", "signed")
FEW = 8  # clauses that must show how long clauses are
MOST = 48  # characters of a title
RUBRIC = 6  # characters of a rubric
WHOLE = 5  # characters of a title that stands in the text as it is
WORD = 4  # characters of the longest word that is looked for
_STOP = re.compile(rf"[。！？!?][{re.escape(CLOSERS)}]*|(?<=[^…])……[{re.escape(CLOSERS)}]*$")
_MARK = re.compile("[，、；：。！？]")
_OPEN, _CLOSE = "「『（《〈【〔“", "」』）》〉】〕”"


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
    known: float
    strange: float
    word: float
    told: float
    cue: float
    inside: float
    open: float
    kana: float
    unended: float
    begins: float
    whole: float
    hangs: float

    @classmethod
    def of(cls, profile: Profile) -> Costs:
        """Read the costs of ``profile``."""
        return cls(*(profile.number(f"string.{name}") for name in cls._fields))


def pieces(text: str, words: Set[str], profile: Profile) -> list[Piece]:
    """Cut ``text`` into sentences and titles, the cheapest way for the whole string.

    ``words`` are the words of a list (:func:`relayout.lexicon.words_of`).
    """
    search = _Search(text, words, profile)
    return search.found()


class _Search:
    """The string, what is known of each place between two of its characters, and the cheapest ways to each place."""

    def __init__(self, text: str, words: Set[str], profile: Profile) -> None:
        self.text, self.costs = text, Costs.of(profile)
        self.stops = [match.end() for match in _STOP.finditer(text)]
        self.depth = _depths(text)
        hanging, leaning = profile.words("string-hanging"), profile.words("string-leaning")
        self.links = _links(text, words, self.costs)
        for i in range(1, len(text)):
            if text[i - 1] in hanging or text[i] in leaning:
                self.links[i] += self.costs.hangs
        self.opens: dict[int, int] = {}
        self.cued = _cued(text, profile)
        self.datelines = _datelines(text, profile)
        self.known = _known(text)
        self.opening = _marks(text, profile)
        self.count = Counter(text[i : i + WHOLE] for i in range(len(text) - WHOLE + 1))
        marks = [match.start() for match in _MARK.finditer(text)]
        self.marks = marks
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
        if before == SENTENCE:
            return 0.0 if kind == SENTENCE else self.costs.begins
        dateline = at in self.datelines and kind == SENTENCE
        return 0.0 if dateline else self.links[at]

    def steps(self, i: int) -> list[tuple[str, int, float]]:
        """Return the pieces that may begin at ``i``, with their ends and costs."""
        costs, text, size = self.costs, self.text, len(self.text)
        found: list[tuple[str, int, float]] = []
        at = bisect_right(self.stops, i)
        stop = self.stops[at] if at < len(self.stops) else size
        price = self.clause(i, stop) + (0.0 if at < len(self.stops) else costs.unended)
        found.append((SENTENCE, stop, price - (costs.cue if i in self.datelines else 0.0)))
        if text[i] in NO_START and i or self.depth[i] and i:
            return found
        cued = self.cued.get(i, ())
        for end in cued:
            found.append((TITLE, end, costs.title - costs.cue - 0.02 * (end - i)))
        marks = 0
        told = 0
        for end in range(i + 1, min(i + MOST, stop, size) + 1):
            char = text[end - 1]
            if end - 1 > i:
                told += self.known[end - 1]
            marks += char in "，；：" or (char == "、")
            if self.depth[end] != self.depth[i] or char in OPENERS or char in "，、；：":
                continue
            if end < size and (text[end] in NO_START or self.links[end] == inf):
                continue
            length = end - i
            price = costs.title + costs.inside * marks
            price += costs.short * max(0, 5 - length) + costs.long * max(0, length - 22)
            price -= costs.told * (told - 0.5 * (length - 1)) if length > 3 else 0.0
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
        return self.costs.clause * min(over * over, 40.0) / 2 if over > 0 else 0.0


def _depths(text: str) -> list[int]:
    """Return at each place how many brackets are open; those that are never closed do not count."""
    open_at: list[int] = []
    pairs: list[tuple[int, int]] = []
    for i, char in enumerate(text):
        if char in _OPEN:
            open_at.append(i)
        elif char in _CLOSE and open_at:
            kind = _OPEN[_CLOSE.index(char)]
            while open_at and text[open_at[-1]] != kind:
                open_at.pop()
            if open_at:
                pairs.append((open_at.pop(), i))
    change = [0] * (len(text) + 2)
    for one, two in pairs:
        change[one + 1] += 1
        change[two + 1] -= 1
    depth, out = 0, []
    for i in range(len(text) + 1):
        depth += change[i]
        out.append(depth)
    return out


def _known(text: str) -> list[bool]:
    """Say of each place whether the pair of characters round it stands elsewhere in the text too."""
    count = Counter(text[i : i + 2] for i in range(len(text) - 1))
    return [False, *(count[text[i - 1 : i + 1]] > 1 for i in range(1, len(text))), False]


def _links(text: str, words: Set[str], costs: Costs) -> list[float]:
    """Return what a border costs at each place: much where a word goes on, little where nothing hangs together."""
    plain = text.translate(simplified()) if words else text
    known = _known(text)
    out = [0.0] * (len(text) + 1)
    for i in range(1, len(text)):
        price = costs.known if known[i] else -costs.strange
        one, two = _class(text[i - 1]), _class(text[i])
        if one == two and one in "kd":
            price = inf
        elif one == two == "l":
            price = inf if text[i].islower() else price
        elif two == "h":
            price += costs.kana * (2 if one == "c" else 1)
        out[i] = price
    if words:
        for i in _inside(plain, words):
            out[i] += costs.word
    return out


@lru_cache(maxsize=8192)
def _class(char: str) -> str:
    """Return what script a character is of: Han, hiragana, katakana, digit, letter, mark."""
    if "\u3041" <= char <= "\u309f":
        return "h"
    if "\u30a1" <= char <= "\u30ff":
        return "k"
    if char.isdigit() or char in "．.":
        return "d"
    return "c" if "\u3400" <= char <= "\u9fff" else "l" if char.isalpha() else "m"


def _inside(text: str, words: Set[str]) -> list[int]:
    """Return the places inside words, where the text is cut into as few words as it can be."""
    size = len(text)
    best: list[tuple[int, int]] = [(0, 0)] * (size + 1)
    for i in range(size):
        count = best[i][0] + 1
        for length in range(1, WORD + 1):
            if i + length <= size and (length == 1 or text[i : i + length] in words):
                j = i + length
                if best[j] == (0, 0) or count < best[j][0]:
                    best[j] = (count, i)
    places: list[int] = []
    at = size
    while at:
        start = best[at][1]
        places += range(start + 1, at)
        at = start
    return places


def _cued(text: str, profile: Profile) -> dict[int, tuple[int, ...]]:
    """Return where what a cue of the profile describes may begin, and where it ends."""
    found: dict[int, set[int]] = {}
    for pattern in profile.cues["string-line"]:
        for match in re.finditer(pattern, text):
            found.setdefault(match.start(), set()).add(match.end())
    rubric = profile.cue("rubric").match
    for i in range(len(text)):
        for j in range(i + 2, min(i + RUBRIC, len(text)) + 1):
            if rubric(text[i:j]):
                found.setdefault(i, set()).add(j)
    return {start: tuple(sorted(ends)) for start, ends in found.items()}


def _marks(text: str, profile: Profile) -> frozenset[int]:
    """Return where captions and items open."""
    return frozenset(match.start() for match in profile.cue("string-mark").finditer(text))


def _datelines(text: str, profile: Profile) -> frozenset[int]:
    """Return where datelines in brackets open a report."""
    return frozenset(match.start() for match in profile.cue("string-opening").finditer(text))
