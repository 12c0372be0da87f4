"""How like the truth a partition of lines is: pairs, splits, merges, whole articles, successors; all by characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from bench.scan_truth import Key, Unit

NEAR = 0.90  # characters in both among those in either, from which an article counts as found
PIECE = 0.05  # share of an article's characters that makes a piece of it, and no stray line


class Tally(NamedTuple):
    """Sums over pages; what is printed are its quotients."""

    pairs_both: float = 0
    pairs_there: float = 0
    pairs_given: float = 0
    articles: int = 0
    near: int = 0
    split: int = 0
    merged: int = 0
    given: int = 0
    follow: float = 0
    follow_of: float = 0

    def plus(self, other: Tally) -> Tally:
        """Add up."""
        return Tally(*(a + b for a, b in zip(self, other, strict=True)))

    def measures(self) -> dict[str, float]:
        """Return the measures, each from 0 to 1; ``split`` and ``merged`` are better small.

        >>> score([((1, 1), (1, 2)), ((1, 3),)], [((1, 1), (1, 2), (1, 3))], {(1, n): 10 for n in (1, 2, 3)}).measures()
        {'pair F1': 0.5, 'split': 0.0, 'merged': 1.0, '≥ .90': 0.0, 'successor': 1.0}
        """
        return {
            "pair F1": 2 * self.pairs_both / max(1, self.pairs_there + self.pairs_given),
            "split": self.split / max(1, self.articles),
            "merged": self.merged / max(1, self.articles),
            "≥ .90": self.near / max(1, self.articles),
            "successor": self.follow / max(1, self.follow_of),
        }


def score(truth: Sequence[Unit], given: Iterable[Unit], weights: Mapping[Key, int]) -> Tally:
    """Compare the articles of one page, or of one issue; lines that no article of the truth has do not count.

    A pair is one of characters in different lines. An article is split where two units hold a piece of it, merged
    where a unit that holds a piece of it holds a piece of another. A line has its successor where the next line of its
    article is the next of its unit; it weighs as the characters of that next line.
    """
    home = {key: n for n, unit in enumerate(truth) for key in unit}
    ours = [kept for unit in given if (kept := tuple(key for key in dict.fromkeys(unit) if key in home))]
    seen = Counter(key for unit in ours for key in unit)
    if seen.total() != len(seen) or len(seen) != len(home):
        raise ValueError(f"no partition: {seen.total()} lines given, {len(seen)} of them different, of {len(home)}")
    sizes = [sum(weights[key] for key in unit) for unit in truth]
    shares = [Counter[int]() for _ in ours]
    both = 0.0
    for n, unit in enumerate(ours):
        for key in unit:
            shares[n][home[key]] += weights[key]
        for i in shares[n]:
            both += _pairs([weights[key] for key in unit if home[key] == i])
    pieces = [[i for i, size in share.items() if size >= PIECE * sizes[i] > 0] for share in shares]
    held = Counter(i for piece in pieces for i in piece)
    near = 0
    for share in shares:
        total = share.total()
        near += sum(size >= NEAR * (total + sizes[i] - size) for i, size in share.items() if sizes[i])
    after = {b: a for unit in ours for a, b in pairwise(unit)}
    steps = [(a, b) for unit in truth for a, b in pairwise(unit)]
    return Tally(
        both,
        sum(_pairs([weights[key] for key in unit]) for unit in truth),
        sum(_pairs([weights[key] for key in unit]) for unit in ours),
        sum(size > 0 for size in sizes),
        near,
        sum(count > 1 for count in held.values()),
        len({i for piece in pieces if len(piece) > 1 for i in piece}),
        len(ours),
        sum(weights[b] for a, b in steps if after.get(b) == a),
        sum(weights[b] for _, b in steps),
    )


def _pairs(sizes: Sequence[int]) -> float:
    """Count the pairs of characters that stand in different lines.

    >>> _pairs([2, 3])
    6.0
    """
    return (sum(sizes) ** 2 - sum(size * size for size in sizes)) / 2


def pages_of(units: Iterable[Unit]) -> dict[int, list[Unit]]:
    """Cut every unit at the borders of pages: the units of each page.

    >>> pages_of([((1, 8), (1, 9), (2, 1))])
    {1: [((1, 8), (1, 9))], 2: [((2, 1),)]}
    """
    found: dict[int, list[Unit]] = {}
    for unit in units:
        for page in dict.fromkeys(page for page, _ in unit):
            found.setdefault(page, []).append(tuple(key for key in unit if key[0] == page))
    return found


class Order(NamedTuple):
    """Sums of reading order and headings: steps between lines, steps between regions, heading lines."""

    lines: float = 0
    lines_of: float = 0
    regions: int = 0
    regions_of: int = 0
    heads: int = 0
    heads_there: int = 0
    heads_given: int = 0

    def plus(self, other: Order) -> Order:
        """Add up."""
        return Order(*(a + b for a, b in zip(self, other, strict=True)))

    def measures(self) -> dict[str, float]:
        """Return the measures, each from 0 to 1."""
        return {
            "lines": self.lines / max(1, self.lines_of),
            "regions": self.regions / max(1, self.regions_of),
            "headings F1": 2 * self.heads / max(1, self.heads_there + self.heads_given),
        }


def order(
    regions: Sequence[Unit],
    headings: frozenset[Key],
    given: Sequence[Key],
    heads: frozenset[Key],
    weights: Mapping[Key, int],
) -> Order:
    """Compare an order of lines with that of the regions; lines of no region of the truth do not count.

    A step between lines weighs as the characters of the later line; a step between regions, from the last line of one
    to the first of the next, counts once. Headings are counted in lines.
    """
    flat = [key for region in regions for key in region]
    known = set(flat)
    after = {b: a for a, b in pairwise(key for key in given if key in known)}
    steps = [(a[-1], b[0]) for a, b in pairwise(regions)]
    return Order(
        sum(weights[b] for a, b in pairwise(flat) if after.get(b) == a),
        sum(weights[b] for _, b in pairwise(flat)),
        sum(after.get(b) == a for a, b in steps),
        len(steps),
        len(headings & heads & known),
        len(headings & known),
        len(heads & known),
    )
