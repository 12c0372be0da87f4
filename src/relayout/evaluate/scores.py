"""All measures of one page together, their names, and which way is better."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from relayout.evaluate.align import align
from relayout.evaluate.articles import exact, is_article, matched, overlaps, predicted, recovered
from relayout.evaluate.clusters import clusters
from relayout.evaluate.joins import joins
from relayout.evaluate.nouns import HEADS, Prediction, Truth, Unit, figures_apart
from relayout.evaluate.order import cer, cer_unordered, successors
from relayout.evaluate.packages import need
from relayout.evaluate.parts import Found, captions, headlines, lend, paragraphs, roles


class Scores(NamedTuple):
    """Every measure of a page; None where the gold has nothing to measure or the format cannot tell.

    From 0 to 1 and more is better, but for those in ``WORSE``.
    """

    articles_90: float | None
    articles_90_precision: float | None
    articles_90_f1: float | None
    articles_99: float | None
    articles_99_precision: float | None
    articles_99_f1: float | None
    articles_exact: float | None
    splits: float | None
    pieces: float | None
    merges: float | None
    mixture: float | None
    pair_f1: float | None
    ari: float | None
    headline_f1: float | None
    headline_near_f1: float | None
    paragraph_f1: float | None
    paragraph_recall: float | None
    paragraph_precision: float | None
    captions: float | None
    order: float | None
    cer: float | None
    cer_unordered: float | None
    wrong_joins: float | None
    cjk_spaces: float | None
    spaces_lost: float | None
    hyphens_kept: float | None
    hyphens_dropped: float | None
    joins: float | None
    role_f1: float | None
    role_kicker: float | None
    role_head: float | None
    role_sub: float | None
    role_rubric: float | None
    role_byline: float | None
    role_dateline: float | None
    role_lead: float | None
    role_p: float | None
    role_crosshead: float | None
    role_list_head: float | None
    role_item: float | None
    role_row: float | None
    role_caption: float | None
    role_credit: float | None
    role_source: float | None
    role_furniture: float | None
    role_display: float | None
    role_quote: float | None


WORSE = frozenset(
    {
        "splits",
        "pieces",
        "merges",
        "mixture",
        "cer",
        "cer_unordered",
        "wrong_joins",
        "cjk_spaces",
        "spaces_lost",
        "hyphens_kept",
        "hyphens_dropped",
    }
)
"""Measures of which less is better. ``pieces`` and ``mixture`` are 1 at best, the others 0."""


_PLACE = {"caption": 1, "furniture": 2}


def score(truth: Truth, prediction: Prediction) -> Scores:
    """Hold a prediction against the truth of its page. Needs the extra ``score``.

    >>> from relayout.evaluate.nouns import Part
    >>> unit = Unit("a1", "article", (Part("head", "Fire"), Part("p", "It was put out.")))
    >>> score(Truth((unit,)), Prediction((unit,))).articles_90
    1.0
    """
    need()
    gold = _cleared(truth.units)
    lent = lend(gold, prediction)
    found = _cleared(part for unit in lent.units for part in figures_apart(unit))
    alignment = align(gold, found)
    shared = alignment.shared()
    pairs = matched(gold, found, shared)
    counts = recovered(gold, found)
    near, same = (Found(right, counts.gold, counts.found) for right in (counts.near, counts.same))
    heads, near_heads = headlines(gold, found, pairs)
    knows_heads = bool(HEADS & prediction.knows)
    body = paragraphs(gold, found)
    by_role = roles(gold, found, prediction.knows)
    apart = overlaps(gold, found, shared)
    kinds = clusters(gold, found, alignment)
    wrong = joins(gold, found, alignment)
    return Scores(
        articles_90=near.recall,
        articles_90_precision=near.precision,
        articles_90_f1=near.f1,
        articles_99=same.recall,
        articles_99_precision=same.precision,
        articles_99_f1=same.f1,
        articles_exact=_exact(gold, found),
        splits=apart.splits,
        pieces=apart.pieces,
        merges=apart.merges,
        mixture=apart.mixture,
        pair_f1=kinds.pair_f1,
        ari=kinds.ari,
        headline_f1=heads.f1 if knows_heads else None,
        headline_near_f1=near_heads.f1 if knows_heads else None,
        paragraph_f1=body.f1,
        paragraph_recall=body.recall,
        paragraph_precision=body.precision,
        captions=captions(gold, found, pairs, prediction.knows),
        order=successors(gold, alignment),
        cer=cer(gold, found) if truth.ordered else None,
        cer_unordered=cer_unordered(gold, found, alignment),
        wrong_joins=wrong.rate(sum(wrong[:4])),
        cjk_spaces=wrong.rate(wrong.cjk_spaces),
        spaces_lost=wrong.rate(wrong.spaces_lost),
        hyphens_kept=wrong.rate(wrong.hyphens_kept),
        hyphens_dropped=wrong.rate(wrong.hyphens_dropped),
        joins=float(wrong.joins),
        role_f1=mean(each.f1 for each in by_role.values()),
        role_kicker=_f1(by_role, "kicker"),
        role_head=_f1(by_role, "head"),
        role_sub=_f1(by_role, "sub"),
        role_rubric=_f1(by_role, "rubric"),
        role_byline=_f1(by_role, "byline"),
        role_dateline=_f1(by_role, "dateline"),
        role_lead=_f1(by_role, "lead"),
        role_p=_f1(by_role, "p"),
        role_crosshead=_f1(by_role, "crosshead"),
        role_list_head=_f1(by_role, "list-head"),
        role_item=_f1(by_role, "item"),
        role_row=_f1(by_role, "row"),
        role_caption=_f1(by_role, "caption"),
        role_credit=_f1(by_role, "credit"),
        role_source=_f1(by_role, "source"),
        role_furniture=_f1(by_role, "furniture"),
        role_display=_f1(by_role, "display"),
        role_quote=_f1(by_role, "quote"),
    )


def mean(values: Iterable[float | None]) -> float | None:
    """Give the mean of the values that are there; None without any.

    >>> mean([1.0, None, 0.5]), mean([None])
    (0.75, None)
    """
    there = [value for value in values if value is not None]
    return sum(there) / len(there) if there else None


def means(scores: Iterable[Scores]) -> Scores:
    """Give the mean of every measure over pages, each page with the same weight."""
    return Scores(*map(mean, zip(*scores, strict=True)))


def _f1(by_role: dict[str, Found], role: str) -> float | None:
    return by_role[role].f1 if role in by_role else None


def _cleared(units: Iterable[Unit]) -> tuple[Unit, ...]:
    """Leave out parts without text and units without parts; captions, then furniture, go to the end."""
    kept = (unit._replace(parts=tuple(part for part in unit.parts if part.text.strip())) for unit in units)
    return tuple(sorted((unit for unit in kept if unit.parts), key=lambda unit: _PLACE.get(unit.kind, 0)))


def _exact(gold: tuple[Unit, ...], found: tuple[Unit, ...]) -> float | None:
    wanted = [unit for unit in gold if is_article(unit)]
    given = predicted(found)
    right = 0
    for unit in wanted:
        for number, other in enumerate(given):
            if exact(unit, other):
                del given[number]
                right += 1
                break
    return right / len(wanted) if wanted else None
