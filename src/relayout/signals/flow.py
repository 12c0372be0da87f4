"""Does a line go on with that line? What the characters and words on both sides of a line end say.

Used where the order of the lines is in doubt: an extractor may have read the columns of a page row by row. All
values are log-likelihood ratios in nats, a line end of the same text against two lines that have nothing to do
with each other. Source of the counts: the page's own lines, and where it is asked for, a list of words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import pairwise
from math import log
from typing import NamedTuple

from relayout.chars import NO_START, cells, ends_sentence, is_han, tight

PRIOR = 3.0  # how many sightings of a character it takes to trust its company
MOST, LEAST = 4.0, -1.5
WORD = 4  # characters of the longest word that is looked up
PARTED = {0: -0.3, 2: 1.0, 3: 1.6, 4: 1.6}  # what a list of words says, by the length of the word that is parted
FUNCTION = frozenset((
    "a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "from", "with", "and", "or", "but", "that",
    "which", "who", "as", "is", "was", "were", "are", "be", "been", "has", "had", "have", "not", "der", "die",
    "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "und", "oder", "aber", "von", "zu", "zum",
    "zur", "im", "am", "auf", "bei", "mit", "nach", "für", "als", "ist", "war", "sind", "wurde", "wird", "werden",
    "hat", "haben", "nicht", "dass",
))  # fmt: skip
"""The words that only say how others belong together, in English and German."""
LEADS = frozenset((
    "a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "from", "with", "der", "die", "das", "den", "dem",
    "des", "ein", "eine", "einen", "zum", "zur", "im", "am",
))  # fmt: skip
"""Of these, the ones after which another of them seldom comes."""


class Ends(NamedTuple):
    """What of a line its neighbours see: both ends of the text, its width in cells, and whether a sentence ends."""

    text: str
    width: int
    ended: bool
    han: bool
    first: str
    last: str
    head: str
    foot: str


def look(text: str, plainly: Mapping[int, str] = {}) -> Ends:
    """Return the ends of a line; ``plainly`` says how its characters are written in the list of words.

    >>> look("the harbour of").last
    'of'
    """
    plain = tight(text)
    words = plain.split() or [plain]
    return Ends(
        plain,
        cells(plain),
        ends_sentence(plain),
        is_han(plain[0]) or is_han(plain[-1]),
        words[0],
        words[-1],
        plain[: WORD - 1].translate(plainly),
        plain[1 - WORD :].translate(plainly),
    )


class Flow(NamedTuple):
    """The pairs and triples of characters that stand inside the lines of a page, its pairs of words, and a lexicon."""

    pairs: Mapping[str, int]
    lefts: Mapping[str, int]
    singles: Mapping[str, int]
    triples: Set[str]
    words: Set[tuple[str, str]]
    total: int
    lexicon: Set[str]

    @classmethod
    def of(cls, texts: Iterable[str], lexicon: Set[str] = frozenset()) -> Flow:
        """Count what stands inside the lines ``texts``; nothing that stands over a line end."""
        pairs: Counter[str] = Counter()
        lefts: Counter[str] = Counter()
        singles: Counter[str] = Counter()
        triples: set[str] = set()
        words: set[tuple[str, str]] = set()
        for text in texts:
            singles.update(text)
            lefts.update(text[:-1])
            pairs.update(map("".join, pairwise(text)))
            triples.update(map("".join, zip(text, text[1:], text[2:], strict=False)))
            if " " in text:
                parts = text.casefold().split()
                words.update(pairwise(parts))
        return cls(pairs, lefts, singles, triples, words, sum(singles.values()), lexicon)

    def goes_on(self, before: Ends, after: Ends) -> float:
        """Return how much speaks for ``after`` being the line that follows ``before`` in the same text.

        >>> flow = Flow.of(["城市工作會議", "會議開幕"])
        >>> flow.goes_on(look("中央城市工"), look("作會議在")) > flow.goes_on(look("中央城市工"), look("開放的"))
        True
        """
        slack = 4 if before.han or after.han else max(6, before.width // 6)
        return self.language(before, after) + widths(before, after, slack)

    def language(self, before: Ends, after: Ends) -> float:
        """Return what the characters or words on both sides say."""
        return self._han(before, after) if before.han or after.han else self._latin(before, after)

    def _han(self, before: Ends, after: Ends) -> float:
        if after.text[0] in NO_START:
            return -2.0
        if before.ended:
            return 0.0
        value = self.meets(before.text, after.text) + self.tripled(before.text, after.text)
        return value + (PARTED[self._word(before.foot, after.head)] if self.lexicon else 0.0)

    def meets(self, before: str, after: str) -> float:
        """Return what the pair of characters says that would meet."""
        a, b = before[-1], after[0]
        share = max(self.singles.get(b, 0), 1) / max(self.total, 1)
        seen = (self.pairs.get(a + b, 0) + PRIOR * share) / ((self.lefts.get(a, 0) + PRIOR) * share)
        return max(LEAST, min(MOST, log(seen)))

    def tripled(self, before: str, after: str) -> bool:
        """Say whether three characters that would meet stand together elsewhere on the page."""
        return before[-2:] + after[0] in self.triples or before[-1] + after[:2] in self.triples

    def _word(self, before: str, after: str) -> int:
        """Return the length of the longest known word that the line end would part."""
        for size in range(WORD, 1, -1):
            for left in range(1, size):
                if before[-left:] + after[: size - left] in self.lexicon:
                    return size
        return 0

    def _latin(self, before: Ends, after: Ends) -> float:
        first, small = after.first, after.first[:1].islower()
        if before.text[-1] in "-‐\u00ad" and len(before.text) > 1 and before.text[-2].isalpha():
            return 2.0 if small else -1.0
        if before.ended:
            return -2.5 if small else 0.7
        one, two = before.last.casefold(), first.casefold()
        if (one, two) in self.words:
            return 2.5
        value = 0.8 if small else -0.6
        if one in LEADS:
            value += -1.5 if two in FUNCTION else 0.4
        return value


def widths(before: Ends, after: Ends, slack: int) -> float:
    """Return what the widths say: lines of one text are equally wide, but for the last one of a paragraph."""
    more = after.width - before.width
    if -slack <= more <= slack:
        return 0.5
    if more < 0:
        return 0.0 if after.ended else -2.0
    return 0.0 if before.ended else -2.0


def mean_at(flow: Flow, lines: Sequence[Ends], lag: int) -> float:
    """Return how well lines go on with the line that stands ``lag`` further on, in the mean."""
    values = [flow.goes_on(a, b) for a, b in zip(lines, lines[lag:], strict=False)]
    return sum(values) / len(values) if values else 0.0
