"""The measure of lines: what it calls exact, merged, split, lost, and a wrong text."""

from __future__ import annotations

import pytest
from bench.lines import judged

from relayout.imprint import Box
from relayout.model import Line, Place

GOLD = (100.0, 50.0, 200.0, 61.0)


def line(text: str, x0: float, x1: float, y0: float = 50.0) -> Line:
    return Line(text, text, Place(1, 1), Box(x0, y0, x1, y0 + 10))


@pytest.mark.parametrize(
    ("lines", "what"),
    [
        ([line("the news", 100, 200)], "exact"),
        ([line("the news-", 100, 200)], "exact"),
        ([line("thenews", 100, 200)], "text"),
        ([line("the news of", 100, 230)], "merged"),
        ([line("the", 100, 140), line("news", 150, 200)], "split"),
        ([line("the", 100, 140)], "split"),
        ([line("the news", 100, 200, y0=70)], "lost"),
        ([], "lost"),
    ],
)
def test_a_line_of_the_gold_is_judged(lines: list[Line], what: str) -> None:
    assert judged(GOLD, "all the news", "p", lines).what == what


def test_a_row_may_be_in_cells() -> None:
    cells = [line("the", 100, 140), line("news", 150, 200)]
    assert judged(GOLD, "the news", "row", cells).what == "exact"
