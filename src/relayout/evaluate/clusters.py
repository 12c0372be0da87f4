"""Articles as clusters of characters: pair F1 and the adjusted Rand index.

The items are the characters of the page that are no white space: those of the gold, and of the prediction those that
are bound to no gold character. A gold character that nobody predicted is a cluster of its own in the prediction, an
invented or doubled one is a cluster of its own in the gold. The clusters are the units; all furniture is one.
Captions are left out: where they hang is a measure of its own.

*Pair F1* counts pairs of characters that are in one cluster on both sides. The *adjusted Rand index* (Hubert & Arabie
1985, *Comparing partitions*) is 0 for chance and 1 for the same clusters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from relayout.evaluate.align import Alignment
from relayout.evaluate.nouns import Unit

_FURNITURE = -1


class Clusters(NamedTuple):
    """Both measures; None where there is nothing to compare."""

    pair_f1: float | None
    ari: float | None


def clusters(gold: Sequence[Unit], found: Sequence[Unit], alignment: Alignment) -> Clusters:
    """Compare the units of the prediction with those of the gold, character by character."""
    both: Counter[tuple[int, int]] = Counter()
    ones: Counter[int] = Counter()
    twos: Counter[int] = Counter()
    items = 0
    for i, unit in enumerate(alignment.gold.unit_of):
        if gold[unit].kind == "caption":
            continue
        items += 1
        one = _FURNITURE if gold[unit].kind == "furniture" else unit
        ones[one] += 1
        j = alignment.back[i]
        if j >= 0:
            two = _label(found, alignment.found.unit_of[j])
            both[one, two] += 1
            twos[two] += 1
    for j, unit in enumerate(alignment.found.unit_of):
        if alignment.there[j] < 0 and found[unit].kind != "caption":
            items += 1
            twos[_label(found, unit)] += 1
    return measure(both, ones, twos, items)


def _label(found: Sequence[Unit], unit: int) -> int:
    return _FURNITURE if found[unit].kind == "furniture" else unit


def measure(both: Counter[tuple[int, int]], ones: Counter[int], twos: Counter[int], items: int) -> Clusters:
    """Work both measures out of a contingency table; items that are in no cluster stand alone.

    >>> measure(Counter({(0, 0): 3, (0, 1): 3}), Counter({0: 6}), Counter({0: 3, 1: 3}), 6)
    Clusters(pair_f1=0.5714285714285714, ari=0.0)
    """
    if not items:
        return Clusters(None, None)
    same, in_gold, in_found = (sum(map(_pairs, table.values())) for table in (both, ones, twos))
    f1 = 2 * same / (in_gold + in_found) if in_gold + in_found else 1.0
    chance = in_gold * in_found / _pairs(items) if items > 1 else 0.0
    best = (in_gold + in_found) / 2
    return Clusters(f1, (same - chance) / (best - chance) if best != chance else 1.0)


def _pairs(count: int) -> int:
    return count * (count - 1) // 2
