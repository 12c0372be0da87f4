"""Rows that nothing parts: which pages are taken for such, where they are cut, and that nothing is lost."""

from __future__ import annotations

from itertools import zip_longest

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relayout import law
from relayout.layout import Layout
from relayout.lexicon import counts_of_words
from relayout.model import Line, Page, Paragraph, Place
from relayout.profile import load
from relayout.stages.unweave import unweave
from relayout.ungluing import unglued

TEXT = (
    "海濱步道延伸工程昨日舉行動土儀式，運輸部門代表與居民團體出席。步道由青灣起，沿舊堤岸而行，至白沙碼頭止，"
    "全程不設圍欄，只種矮樹。居民說希望能保留原有的釣魚台。工程全長三公里，預計三年後完成，屆時市民可以由青灣步行到白沙，"
    "沿途設四個休息處。工程分三期施工，首期最快後年開放。居民團體在場外請願，要求保留候船室和鐵閘。"
)
WIDTH = 13
DEFAULT = load("default")


def column(start: int, lines: int) -> list[str]:
    """Return lines of a text, all full."""
    text = (TEXT[start:] + TEXT) * 5
    return [text[n * WIDTH : (n + 1) * WIDTH] for n in range(lines)]


def page_of(columns: list[list[str]]) -> Page:
    rows = ("".join(row) for row in zip_longest(*columns, fillvalue=""))
    return Page(1, tuple(Line(row, row, Place(1, n + 1)) for n, row in enumerate(rows) if row))


def rows(lengths: list[int]) -> Page:
    return page_of([column(37 * n, length) for n, length in enumerate(lengths)])


@pytest.mark.skipif(not counts_of_words(), reason="without a list of words, nothing tells where a word ends")
def test_full_lines_are_cut_where_their_columns_end() -> None:
    pieces = unglued(rows([40, 32, 24, 16]).lines)
    assert pieces is not None
    full = [piece for piece in pieces if len(piece.text) == WIDTH]
    assert len(full) > 0.75 * (40 + 32 + 24 + 16)
    assert all(piece.box for piece in pieces)


@given(st.lists(st.integers(4, 48), min_size=1, max_size=5))
@settings(max_examples=20, deadline=None, derandomize=True)
def test_nothing_is_lost_and_twice_is_once(lengths: list[int]) -> None:
    page = rows(lengths)
    once = unweave(Layout(page), DEFAULT).value
    assert law.losses([page], [Paragraph((line,)) for line in once.page.lines]) == []
    assert unweave(once, DEFAULT).value == once


@pytest.mark.parametrize("columns", [1, 2])
def test_rows_of_one_or_two_lines_stay(columns: int) -> None:
    page = rows(columns * [40])
    assert unweave(Layout(page), DEFAULT).value.page == page


def test_rows_that_a_space_parts_stay() -> None:
    columns = [[f"{line} " for line in column(37 * n, length)] for n, length in enumerate([40, 32, 24, 16])]
    assert unglued(page_of(columns).lines) is None
