"""The rank of each line of a deck: kicker, head or sub head, as far as its text tells."""

from __future__ import annotations

from collections.abc import Sequence

from relayout.chars import has_han
from relayout.roles import Role

KICKER = 3  # words that a kicker in letters has at most


def ranks(deck: Sequence[str]) -> list[Role]:
    """Return the rank of each line of a deck, as far as its text tells: three lines are kicker, main and sub head.

    Among Latin lines those in capitals are main heads and those after them sub heads.

    >>> [rank.value for rank in ranks(["City", "Water main bursts", "No school on Monday"])]
    ['kicker', 'head', 'sub']
    """
    if told := by_capitals(deck):
        return told
    if not any(has_han(line) for line in deck):
        return _latin_ranks([len(line.split()) for line in deck])
    return [Role.KICKER, Role.HEAD, Role.SUB] if len(deck) == 3 else [Role.HEAD] * len(deck)


def by_capitals(deck: Sequence[str]) -> list[Role]:
    """Return the ranks of a deck of which some lines are in capitals: these are the heads. Empty where none or all are.

    >>> [rank.value for rank in by_capitals(["City", "WATER MAIN BURSTS"])]
    ['kicker', 'head']
    """
    capitals = [line.isupper() for line in deck]
    if not any(capitals) or all(capitals):
        return []
    first = capitals.index(True)
    return [Role.HEAD if big else Role.KICKER if i < first else Role.SUB for i, big in enumerate(capitals)]


def _latin_ranks(counts: Sequence[int]) -> list[Role]:
    """Return the ranks of titles of so many words: few over more are a kicker, what follows the head is a sub."""
    kicker = len(counts) > 1 and counts[0] <= KICKER and counts[0] < counts[1]
    ranks = [Role.KICKER] * kicker + [Role.HEAD]
    return ranks + [Role.SUB] * (len(counts) - len(ranks))
