"""Many pages at once: which prediction belongs to which gold, their scores and means, and bounds on them.

A gold file is named ``<page>.gold.json``, or ``gold.json`` in a folder with the name of the page. In a folder of
predictions the one of a page is ``<page>.<anything>``, or stands in a folder ``<page>`` or ``<page>.relayout``; of
several TEI goes before JSON, Markdown and text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from math import isnan, nan
from pathlib import Path
from typing import NamedTuple

from relayout.errors import InputError, UsageError
from relayout.evaluate.adapters import read_prediction
from relayout.evaluate.gold import read_gold
from relayout.evaluate.packages import need
from relayout.evaluate.scores import WORSE, Scores, means, score

ENDINGS = (".tei.xml", ".xml", ".json", ".md", ".markdown", ".txt")
_GOLD = ".gold.json"


class Run(NamedTuple):
    """One prediction of one page: the word that was typed for it, the page, the adapter, the scores."""

    prediction: str
    page: str
    adapter: str
    scores: Scores


class Mean(NamedTuple):
    """The means of one typed prediction over its pages."""

    prediction: str
    pages: int
    scores: Scores


class Bound(NamedTuple):
    """A value that a measure may not fall below, or rise above."""

    measure: str
    value: float
    lowest: bool

    def fails(self, scores: Scores) -> bool:
        """Say whether the measure is out of bounds; one that cannot be told is."""
        value: float | None = getattr(scores, self.measure)
        return value is None or (value < self.value if self.lowest else value > self.value)


def bounds(lowest: Iterable[str], highest: Iterable[str]) -> tuple[Bound, ...]:
    """Read bounds as typed, ``articles_90=0.9``. Raises UsageError.

    >>> bounds(["ari=0.5"], [])
    (Bound(measure='ari', value=0.5, lowest=True),)
    """
    return (*(_bound(words, lowest=True) for words in lowest), *(_bound(words, lowest=False) for words in highest))


def _bound(words: str, *, lowest: bool) -> Bound:
    measure, _, value = words.partition("=")
    if measure not in Scores._fields:
        raise UsageError(f"no measure {measure!r}", "relayout score --all shows their names")
    try:
        number = float(value)
    except ValueError:
        number = nan
    if isnan(number):  # nothing is below it
        raise UsageError(f"{words!r} is no bound", "write it like articles_90=0.9")
    return Bound(measure, number, lowest)


def run(gold: str, predictions: Sequence[str], adapter: str = "") -> tuple[Run, ...]:
    """Score every prediction; ``gold`` and each prediction are a file or a folder. Raises RelayoutError."""
    need()
    truths = golds(Path(gold))
    made = []
    for word in predictions:
        for page, truth, path in _pairs(gold, truths, word):
            prediction = read_prediction(path, adapter)
            made.append(Run(word, page, prediction.adapter, score(read_gold(truth), prediction)))
    return tuple(made)


def golds(path: Path) -> dict[str, Path]:
    """Give the gold files by the names of their pages."""
    if not path.is_dir():
        return {_page(path): path}
    found = {_page(file): file for file in sorted((*path.glob(f"*{_GOLD}"), *path.glob("*/gold.json")))}
    if not found:
        raise InputError(
            f"{path}: no gold files in this folder", "give a folder of <page>.gold.json or <page>/gold.json"
        )
    return found


def _page(path: Path) -> str:
    """Name the page of a gold file."""
    return (
        path.resolve().parent.name
        if path.name == "gold.json"
        else path.name.removesuffix(".json").removesuffix(".gold")
    )


def _pairs(gold: str, truths: dict[str, Path], word: str) -> Iterable[tuple[str, Path, Path]]:
    path = Path(word)
    if path.is_dir():
        return [(page, truth, _inside(path, page)) for page, truth in truths.items()]
    if len(truths) == 1:
        return [(page, truth, path) for page, truth in truths.items()]
    mine = [page for page in truths if path.name.startswith(f"{page}.") or path.resolve().parent.name == page]
    if not mine:
        raise InputError(f"{word}: no gold for it in {gold}", "name the prediction after its page: <page>.md")
    page = max(mine, key=len)
    return [(page, truths[page], path)]


def _inside(folder: Path, page: str) -> Path:
    """Find the prediction of a page in a folder."""
    places = (*folder.glob("*"), *(folder / page).glob("*"), *(folder / f"{page}.relayout").glob("*.tei.xml"))
    for ending in ENDINGS:
        fit = sorted(file for file in places if file.is_file() and _fits(file, folder, page, ending))
        if len(fit) > 1:
            names = ", ".join(file.name for file in fit)
            raise InputError(f"{folder}: several predictions for {page}: {names}", "leave one a page in the folder")
        if fit:
            return fit[0]
    raise InputError(f"{folder}: no prediction for {page}", f"name it {page}.md, or take its gold away")


def _fits(file: Path, folder: Path, page: str, ending: str) -> bool:
    if not file.name.endswith(ending) or file.name.endswith((_GOLD, "gold.json")) or file.name.startswith("."):
        return False
    return file.name.startswith(f"{page}.") if file.parent == folder else True


def averages(runs: Iterable[Run]) -> tuple[Mean, ...]:
    """Give the mean of every typed prediction over its pages, each page with the same weight."""
    groups: dict[str, list[Scores]] = {}
    for each in runs:
        groups.setdefault(each.prediction, []).append(each.scores)
    return tuple(Mean(word, len(scores), means(scores)) for word, scores in groups.items())


def complaints(made: Iterable[Mean], limits: Iterable[Bound]) -> tuple[str, ...]:
    """Say which means are out of bounds."""
    limits = tuple(limits)
    return tuple(
        f"{each.prediction}: {limit.measure} is {_shown(getattr(each.scores, limit.measure))}, "
        f"{'below' if limit.lowest else 'above'} {limit.value:g}"
        for each in made
        for limit in limits
        if limit.fails(each.scores)
    )


def _shown(value: float | None) -> str:
    return "not measured" if value is None else f"{value:.4f}"


def as_json(runs: Iterable[Run]) -> str:
    """Give the scores for machines: every measure of every page, and the means; null is not measured."""
    runs = tuple(runs)
    return json.dumps(
        {
            "format": "relayout-scores/1",
            "less_is_better": sorted(WORSE),
            "pages": [{**each._asdict(), "scores": each.scores._asdict()} for each in runs],
            "means": [{**each._asdict(), "scores": each.scores._asdict()} for each in averages(runs)],
        },
        ensure_ascii=False,
        indent=1,
    )
