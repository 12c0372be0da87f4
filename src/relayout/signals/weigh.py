"""The only place where evidence is added up."""

from __future__ import annotations

from collections.abc import Iterable
from math import exp

from relayout.fitted import tables
from relayout.model import Evidence
from relayout.profile import Profile


def weigh(stage: str, seen: Iterable[tuple[str, float | None]], profile: Profile) -> tuple[float, tuple[Evidence, ...]]:
    """Return the sum of what was seen, each by its weight ``<stage>.<name>`` in the profile, and the evidence.

    What a signal could not tell (``None``) counts nothing and is left out.
    """
    evidence = tuple(
        Evidence(name, round(value, 3), profile.number(f"{stage}.{name}")) for name, value in seen if value
    )
    return sum(one.product for one in evidence), evidence


def weigh_fitted(table: str, seen: Iterable[tuple[str, float | None]]) -> tuple[float, tuple[Evidence, ...]]:
    """Return the sum of what was seen, each by its weight in a fitted table of one column, and the evidence.

    >>> weigh_fitted("strung", (("dateline", 1.0), ("never seen", 1.0)))[0] > 0
    True
    """
    weights = tables(table)["gap"]
    evidence = tuple(
        Evidence(name, round(value, 3), weights[name][0]) for name, value in seen if value and name in weights
    )
    return sum(one.product for one in evidence), evidence


def certainty(score: float) -> float:
    """Return how sure a decision is whose evidence adds up to ``score`` on one side or the other (logistic).

    >>> certainty(0.0), round(certainty(4.0), 2), round(certainty(-4.0), 2)
    (0.5, 0.98, 0.98)
    """
    return 1 / (1 + exp(-abs(score)))
