"""The table that ``relayout score`` prints: a row for every prediction of a page, and for the means.

With every measure, the measures are the rows and the predictions the columns, since they are too many for a line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TextIO

from relayout.evaluate.runs import Run, averages
from relayout.evaluate.scores import WORSE, Scores

MAIN = {
    "articles_90": "≥.90",
    "articles_90_precision": "prec.",
    "articles_99": "≥.99",
    "articles_exact": "exact",
    "splits": "split",
    "merges": "merged",
    "pair_f1": "pairs",
    "headline_f1": "heads",
    "paragraph_f1": "paras",
    "captions": "capt.",
    "order": "order",
    "cer_unordered": "CER",
    "cjk_spaces": "cjk sp.",
    "wrong_joins": "joins",
}
"""The measures of the short table, and what stands above their columns."""

_WIDE = 400  # columns where nobody watches: a table in a file is not cut to the width of a screen


def rows(runs: Sequence[Run]) -> list[tuple[str, str, Scores]]:
    """Give what is shown: prediction, page and scores of every run, then the means of more than one page.

    Predictions of several words have a mean each.
    """
    shown = [(run.prediction, run.page, run.scores) for run in runs]
    return shown + [
        (mean.prediction, f"mean of {mean.pages}", mean.scores) for mean in averages(runs) if mean.pages > 1
    ]


def number(value: float | None, measure: str = "") -> str:
    """Write a value: three decimals, fewer for what is counted per thousand or in numbers.

    >>> number(0.98765), number(12.0, "joins"), number(None)
    ('0.988', '12', '–')
    """
    if value is None:
        return "–"
    return f"{value:.0f}" if measure == "joins" else f"{value:.1f}" if measure in _PER_THOUSAND else f"{value:.3f}"


_PER_THOUSAND = frozenset({"wrong_joins", "cjk_spaces", "spaces_lost", "hyphens_kept", "hyphens_dropped"})


def draw(runs: Sequence[Run], out: TextIO, *, every: bool) -> None:
    """Draw the table, at the width of the terminal if ``out`` is one."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, header_style="bold", pad_edge=False)
    shown = rows(runs)
    several = len({page for _, page, _ in shown}) > 1
    if every:
        table.add_column("measure", no_wrap=True)
        for word, page, _ in shown:
            table.add_column(Text(f"{word} {page}" if several else word), justify="right", overflow="fold")
        for measure in Scores._fields:
            values = [number(getattr(scores, measure), measure) for _, _, scores in shown]
            table.add_row(f"{measure} (less)" if measure in WORSE else measure, *values)
    else:
        table.add_column("prediction", overflow="fold")
        if several:
            table.add_column("page", overflow="fold")
        for title in MAIN.values():
            table.add_column(title, justify="right", no_wrap=True)
        for word, page, scores in shown:
            table.add_row(Text(word), *_page(page, several), *_values(scores))
    console = Console(file=out) if out.isatty() else Console(file=out, width=_WIDE)
    console.print(table)


def _page(page: str, several: bool) -> list[str]:
    return [page.replace("[", r"\[")] if several else []


def _values(scores: Scores) -> Iterable[str]:
    return (number(getattr(scores, measure), measure) for measure in MAIN)
