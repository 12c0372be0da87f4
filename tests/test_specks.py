"""Dirt beyond the columns of a page of blocks."""

from __future__ import annotations

from relayout.imprint import Box
from relayout.model import Line, Page, Place
from relayout.specks import MOST, specks


def page(*blocks: tuple[str, float, float, float, int]) -> Page:
    """Return a page of blocks: text, left, top, width, number of lines."""
    lines: list[Line] = []
    numbers: list[tuple[int, ...]] = []
    for text, x, y, width, count in blocks:
        first = len(lines) + 1
        lines += [
            Line(text, text, Place(1, first + n), Box(x, y + 12 * n, x + width, y + 12 * n + 10)) for n in range(count)
        ]
        numbers.append(tuple(range(first, first + count)))
    return Page(1, tuple(lines), Box(0, 0, 500, 500), blocks=tuple(numbers))


COLUMN = ("the town and the county", 100.0, 50.0, 200.0, 9)


def found(*blocks: tuple[str, float, float, float, int]) -> list[str]:
    one = page(*blocks)
    dirt, rest = specks(one, one.lines)
    assert sorted([*rest, *(line for block in dirt for line in block)], key=lambda line: line.place) == list(one.lines)
    return [line.text for block in dirt for line in block]


def test_a_few_characters_beyond_the_columns_are_dirt() -> None:
    assert found(COLUMN, ("1 I", 400, 60, 20, 1), ('K "', 10, 80, 20, 2)) == ["1 I", 'K "', 'K "']


def test_what_stands_in_a_column_or_is_a_word_is_none() -> None:
    assert found(COLUMN, ("II.", 190, 20, 20, 1), ("Margin", 400, 60, 60, 1), ("1 I", 400, 90, 20, 3)) == []


def test_a_head_over_the_page_makes_no_column_of_its_edge() -> None:
    assert found(("THE STATESMAN", 0, 0, 500, 3), COLUMN, ("1 I", 400, 60, 20, 1)) == ["1 I"]


def test_where_no_block_shows_a_column_nothing_is_dirt() -> None:
    assert found(("Price 7d", 10, 10, 60, 1), ("1 I", 400, 60, 20, 1)) == []


def test_the_cells_of_a_table_are_no_dirt() -> None:
    assert found(COLUMN, *(("12", 400.0, 20.0 * n, 20.0, 1) for n in range(MOST + 1))) == []
    assert found() == []
