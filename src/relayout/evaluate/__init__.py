"""Scores against gold: what a prediction of a page is worth, by measures that docs/score.md explains.

Gold and prediction become the same nouns (``nouns``), their characters are aligned once (``align``), each family
of measures is a module, and ``scores`` puts them together. Predictions are read by ``adapters``: TEI and JSON of
relayout, Markdown and plain text of anybody. Distances and assignment come from the packages of the extra ``score``.
"""

from __future__ import annotations

from relayout.evaluate.adapters import ADAPTERS, Adapter, parse_prediction, read_prediction
from relayout.evaluate.gold import parse_gold, read_gold
from relayout.evaluate.nouns import Part, Prediction, Truth, Unit
from relayout.evaluate.runs import as_json, averages, bounds, complaints, run
from relayout.evaluate.scores import WORSE, Scores, means, score
from relayout.evaluate.table import draw

__all__ = [
    "ADAPTERS",
    "WORSE",
    "Adapter",
    "Part",
    "Prediction",
    "Scores",
    "Truth",
    "Unit",
    "as_json",
    "averages",
    "bounds",
    "complaints",
    "draw",
    "means",
    "parse_gold",
    "parse_prediction",
    "read_gold",
    "read_prediction",
    "run",
    "score",
]
