"""Articles: how many are recovered, exact, split and merged.

*Recovered* at a threshold: the Indel similarity of the whole texts reaches it, one to one, by the assignment with
the greatest sum of similarities among the pairs that reach it. Recall is recovered by gold articles, precision
recovered by predicted ones. A predicted unit that recovers a gold advertisement is left out of the predicted ones.

*Exact*: as docs/samples.md says it, type and parts, character for character.

*Split* and *merged*, after the idea of NewsEye's article separation measure, which asks for every article which
hypotheses hold a considerable part of it: a gold article and a predicted one overlap considerably if the characters
they share are at least a tenth of the shorter of the two. A gold article is split if two or more predicted ones do, a
predicted one is merged if it does with two or more gold ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from relayout.evaluate.nouns import APART, ARTICLES, BODY, CREDITS, HEADS, Part, Unit, accepts
from relayout.evaluate.packages import assign, similarities
from relayout.evaluate.texts import article_text, dense

NEAR, SAME = 0.90, 0.99
CONSIDERABLE = 0.1
_GROUPS = (HEADS, {"rubric"}, {"byline"}, BODY | {"dateline", "display", "quote"}, CREDITS)


class Recovered(NamedTuple):
    """Of ``gold`` articles and ``found`` predicted ones ``near`` and ``same`` recovered at the two thresholds."""

    gold: int
    found: int
    near: int
    same: int


def is_article(unit: Unit) -> bool:
    """Say whether a gold unit counts as an article."""
    return unit.kind in ARTICLES


def predicted(units: Iterable[Unit]) -> list[Unit]:
    """Give the predicted units that stand to be articles: all that have text and are not captions or furniture."""
    return [unit for unit in units if unit.kind not in APART and article_text(unit)]


def recovered(gold: Sequence[Unit], found: Sequence[Unit]) -> Recovered:
    """Count the articles recovered at 0.90 and at 0.99."""
    wanted = [unit for unit in gold if unit.kind not in APART and article_text(unit)]
    given = predicted(found)
    pairs = similarities(list(map(article_text, wanted)), list(map(article_text, given)), NEAR)
    counts = []
    adverts = 0
    for threshold in (NEAR, SAME):
        chosen = assign({pair: value for pair, value in pairs.items() if value >= threshold})
        right = sum(is_article(wanted[i]) for i in chosen)
        if threshold == NEAR:
            adverts = len(chosen) - right
        counts.append(right)
    return Recovered(sum(map(is_article, wanted)), len(given) - adverts, *counts)


def matched(gold: Sequence[Unit], found: Sequence[Unit], shared: Mapping[tuple[int, int], int]) -> dict[int, int]:
    """Pair gold and predicted units, by number, one to one so that they share most characters."""
    return assign(
        {
            (i, j): float(count)
            for (i, j), count in shared.items()
            if gold[i].kind not in APART and found[j].kind not in APART
        }
    )


def exact(gold: Unit, found: Unit) -> bool:
    """Say whether a unit is exact: its type, and within each group of roles the same texts in the same order.

    A format without types has the kind ``""``, which is not held against it.
    """
    if found.kind and found.kind != gold.kind:
        return False
    for group in _GROUPS:
        ones = [part for part in gold.parts if part.role in group]
        twos = [part for part in found.parts if part.role in group]
        if len(ones) != len(twos) or not all(map(_same, ones, twos)):
            return False
    return True


def _same(gold: Part, found: Part) -> bool:
    return gold.text == found.text and accepts(gold.role, found.role)


class Overlaps(NamedTuple):
    """How articles fall apart and together: ``splits`` and ``pieces`` of gold ones, ``merges`` and ``mixture``."""

    splits: float | None
    pieces: float | None
    merges: float | None
    mixture: float | None


def overlaps(gold: Sequence[Unit], found: Sequence[Unit], shared: Mapping[tuple[int, int], int]) -> Overlaps:
    """Measure splits and merges: the share of the articles concerned, and the mean number of partners."""
    ones = {i: length(unit) for i, unit in enumerate(gold) if is_article(unit)}
    twos = {j: length(unit) for j, unit in enumerate(found) if unit.kind not in APART}
    of_gold: Counter[int] = Counter()
    of_found: Counter[int] = Counter()
    for (i, j), count in shared.items():
        if i in ones and j in twos and count >= CONSIDERABLE * min(ones[i], twos[j]):
            of_gold[i] += 1
            of_found[j] += 1
    return Overlaps(
        _share(of_gold, len(ones)),
        _mean(of_gold, len(ones)),
        _share(of_found, len(of_found)),
        _mean(of_found, len(of_found)),
    )


def length(unit: Unit) -> int:
    """Count the characters of a unit that are no white space."""
    return sum(len(dense(part.text)) for part in unit.parts)


def _share(partners: Counter[int], of: int) -> float | None:
    return sum(count > 1 for count in partners.values()) / of if of else None


def _mean(partners: Counter[int], of: int) -> float | None:
    return partners.total() / of if of else None
