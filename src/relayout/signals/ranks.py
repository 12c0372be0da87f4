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
    capitals = [line.isupper() for line in deck]
    if any(capitals) and not all(capitals):
        first = capitals.index(True)
        return [Role.HEAD if big else Role.KICKER if i < first else Role.SUB for i, big in enumerate(capitals)]
    if not any(has_han(line) for line in deck):
        return _latin_ranks([len(line.split()) for line in deck])
    return [Role.KICKER, Role.HEAD, Role.SUB] if len(deck) == 3 else [Role.HEAD] * len(deck)


def _latin_ranks(counts: Sequence[int]) -> list[Role]:
    """Return the ranks of titles of so many words: few over more are a kicker, what follows the head is a sub."""
    kicker = len(counts) > 1 and counts[0] <= KICKER and counts[0] < counts[1]
    ranks = [Role.KICKER] * kicker + [Role.HEAD]
    return ranks + [Role.SUB] * (len(counts) - len(ranks))
