"""Which sentences make a paragraph, where no line end tells: for vertical text that came as one string of characters.

The sentences between two titles are cut for all of them at once, so that the cuts are likeliest. What speaks for a
new paragraph before a sentence is fitted (``profiles/fitted/paragraphs.toml``, by ``bench/fit_paragraphs.py``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import accumulate
from math import exp, inf, log, log1p

from relayout.chars import CLOSERS
from relayout.fitted import Seen
from relayout.profile import Profile

MOST = 16  # sentences of a paragraph
BACK, AHEAD = 5, 3  # sentences before and after a gap whose words are compared
MUCH = 0.5  # of a sentence's words are said near by, more tells no more
SHORT, LONG = 20, 60  # characters of a sentence
STEPS = (30, 45, 60, 80, 100, 130, 170)  # characters of a paragraph so far
FULL = 160  # characters that few paragraphs have
OPENERS = ("adds", "turns", "follows", "points", "dates", "aims")
TOLD = 16  # characters in which a sentence says who tells it
_MARKS = frozenset("，、；：。！？「」『』（）")


class Sentences:
    """Sentences that follow each other, and what is seen of them, gap by gap."""

    def __init__(self, texts: Sequence[str], rarity: Mapping[str, float], profile: Profile) -> None:
        """Take the sentences; ``rarity`` is how telling each pair of characters is on the page."""
        self.texts, self.rarity = texts, rarity
        self.pairs = [pairs(text) for text in texts]
        self.ends = list(accumulate(map(len, texts), initial=0))
        self.openers = {name: tuple(sorted(profile.words(f"opener-{name}"))) for name in OPENERS}
        self.told = profile.cue("string-told")

    def here(self, i: int) -> Seen:
        """Return what is seen between the sentence ``i`` and the one before it, wherever the paragraph began."""
        last, text = self.texts[i - 1], self.texts[i]
        before = frozenset[str]().union(*self.pairs[max(0, i - BACK) : i])
        after = frozenset[str]().union(*self.pairs[i + 1 : i + 1 + AHEAD])
        return (
            ("bias", 1.0),
            *((name, 1.0) for name in OPENERS if text.startswith(self.openers[name])),
            ("near", self._cover(i, self.pairs[i - 1])),
            ("back", self._cover(i, before)),
            ("ahead", self._cover(i, after)),
            ("last-ahead", self._cover(i - 1, after | self.pairs[i])),
            ("long", min(2.0, len(text) / LONG)),
            ("short", float(len(text) < SHORT)),
            ("last-long", min(2.0, len(last) / LONG)),
            ("last-short", float(len(last) < SHORT)),
            ("last-quoted", float(last[-1] in CLOSERS)),
            ("asked", float(last[-1] in "？！?!")),
            ("quoted", float(text[0] in "「『")),
            ("number", float(text[0].isdigit() or text[0] in "一二三四五六七八九十〇")),
            ("told", float(self.told.search(text[:TOLD]) is not None)),
            ("final", float(i == len(self.texts) - 1)),
        )

    def since(self, start: int, i: int) -> Seen:
        """Return what is seen there of a paragraph that began with sentence ``start``."""
        size, whole = self.ends[i] - self.ends[start], self.ends[i + 1] - self.ends[start]
        return (
            *((f"from-{step}", 1.0) for step in STEPS if size >= step),
            ("count", float(min(BACK, i - start))),
            ("single", float(i - start == 1)),
            ("whole", min(3.0, whole / 100)),
            ("over", max(0.0, (whole - FULL) / LONG)),
        )

    def paragraphs(self, weights: Mapping[str, Sequence[float]]) -> list[int]:
        """Return the sentences with which paragraphs begin, the likeliest way for all of them."""
        size = len(self.texts)
        gaps = [0.0, *(_sum(self.here(i), weights) for i in range(1, size))]
        best = [0.0, *[-inf] * size]
        came = [0] * (size + 1)
        for start in range(size):
            worth = best[start]
            for i in range(start + 1, min(size, start + MOST) + 1):
                score = _sum(self.since(start, i), weights) + gaps[i] if i < size else inf
                if worth + _likely(score) > best[i]:
                    best[i], came[i] = worth + _likely(score), start
                worth += _likely(-score)
        found = [came[size]]
        while found[-1]:
            found.append(came[found[-1]])
        return found[::-1]

    def _cover(self, i: int, others: Set[str]) -> float:
        """Return how much of what sentence ``i`` says ``others`` say too, by weight."""
        mass = sum(self.rarity[pair] for pair in self.pairs[i])
        shared = sum(self.rarity[pair] for pair in self.pairs[i] & others)
        return min(MUCH, shared / mass) if mass else 0.0


def pairs(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters of a text, marks left out.

    >>> sorted(pairs("春，天到"))
    ['天到', '春天']
    """
    plain = "".join(char for char in text if char not in _MARKS)
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1))


def rarity(texts: Iterable[str]) -> dict[str, float]:
    """Return how telling each pair of characters is: the fewer sentences have it, the more.

    >>> found = rarity(["春天到", "春天去"])
    >>> found["春天"] < found["天到"]
    True
    """
    each = [pairs(text) for text in texts]
    count = Counter(sorted(pair for one in each for pair in one))
    return {pair: log((len(each) + 1) / (number + 0.5)) for pair, number in count.items()}


def _sum(seen: Seen, weights: Mapping[str, Sequence[float]]) -> float:
    return sum(weights[name][0] * value for name, value in seen if name in weights)


def _likely(score: float) -> float:
    """Return the logarithm of how likely that is for which ``score`` speaks."""
    return -log1p(exp(-score)) if score > -30 else score
