"""How much likelier the characters on both sides of a line end are as one text than as two; by a list of words.

A text is a string of words that know nothing of each other (a unigram model), cut anywhere: so a line may begin with
the end of a word and end with the beginning of one. A line that ends with half a word goes on where the other half is.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from math import log
from typing import NamedTuple

from relayout.chars import is_han
from relayout.lexicon import counts_of_words

REACH = 5  # characters looked at on either side
LONGEST = 4  # characters of a word
MARK, FIGURE = 0.03, 0.02  # share of the words that are a mark or letter, a figure
RARE = 20  # sightings that a character has by itself at least
TINY = 1e-300
KEPT = 1 << 17  # strings: those of a page, which come again and again


class Words(NamedTuple):
    """How often each word was seen, and each beginning and end of a word."""

    whole: Mapping[str, int]
    heads: Mapping[str, int]
    tails: Mapping[str, int]
    total: int


@cache
def _words() -> Words:
    whole = counts_of_words()
    heads: dict[str, int] = {}
    tails: dict[str, int] = {}
    for word, count in whole.items():
        for size in range(1, len(word) + 1):
            heads[word[:size]] = heads.get(word[:size], 0) + count
            tails[word[-size:]] = tails.get(word[-size:], 0) + count
    return Words(whole, heads, tails, sum(whole.values()))


def gain(before: str, after: str) -> float:
    """Return the log-likelihood ratio, in nats, of ``before`` going on with ``after``; both in Simplified.

    >>> gain("农业生产与委", "员会主任") > 2 > -2 > gain("农业生产与委", "经济发展")
    True
    """
    words = _words()
    if not words.whole or not before or not after:
        return 0.0
    left, right = before[-REACH:], after[:REACH]
    return _likely(left + right) - _likely(left) - _likely(right)


@lru_cache(maxsize=KEPT)
def _likely(text: str) -> float:
    """Return the log-likelihood of a string of characters, all ways to cut it into words together."""
    words = _words()
    size = len(text)
    sums = [1.0, *(0.0 for _ in text)]
    for end in range(1, size + 1):
        for start in range(max(0, end - LONGEST), end):
            part = text[start:end]
            if start == 0 and end == size:
                seen = float(words.heads.get(part, 0) + words.tails.get(part, 0))
            elif end == size:
                seen = float(words.heads.get(part, 0))
            else:
                seen = float((words.tails if start == 0 else words.whole).get(part, 0))
            if end - start == 1:
                seen = _single(part, seen, words.total)
            sums[end] += sums[start] * seen / words.total
    return log(sums[size] + TINY)


def _single(char: str, seen: float, total: int) -> float:
    if is_han(char):
        return max(seen, RARE)
    return total * (FIGURE if char.isdigit() else MARK)
