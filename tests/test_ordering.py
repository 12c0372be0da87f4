"""The order of blocks whose source says none: by hand, with rules, leaning pages, and blocks beyond all reason."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence

import pytest

from relayout.faults import fault
from relayout.imprint import Box, Shape
from relayout.model import Line, Page, Place
from relayout.ordering import in_order
from relayout.roles import Form, Order
from relayout.trusting import put_in_order

Spot = tuple[float, float, float, int]  # left, top, width, lines


def block(
    x: float, y: float, width: float, count: int, slope: float = 0.0, text: str = "of the town and the"
) -> list[Line]:
    """Return a block of lines 10 high, 12 apart; ``slope`` turns the page."""
    lines = []
    for n in range(count):
        top = y + 12 * n
        middle = x + width / 2
        left, high = x - slope * top, top + slope * middle
        lines.append(Line(text, text, Place(1, 1 + n), Box(left, high, left + width, high + 10)))
    return lines


def ordered(spots: Sequence[Spot], rules: Sequence[Box] = (), slope: float = 0.0, seed: int = 3) -> list[int]:
    """Shuffle blocks, put them in order, and return their numbers as given."""
    at = list(range(len(spots)))
    random.Random(seed).shuffle(at)
    return [at[n] for n in in_order([block(*spots[n], slope) for n in at], rules)]


COLUMNS: list[Spot] = [(x, y + 0.3 * x, 90, 6) for x in (0, 100, 200) for y in (0, 80, 160)]


@pytest.mark.parametrize("slope", [0.0, 0.02, -0.015])
def test_columns_are_read_one_after_the_other_on_pages_that_lean(slope: float) -> None:
    tall: list[Spot] = [(x, y + x, 90, 24) for x in (0, 100, 200) for y in (0, 300, 600)]
    assert ordered(tall, slope=slope) == list(range(9))


def test_a_head_across_columns_is_read_between_them() -> None:
    spots: list[Spot] = [(0, 0, 90, 6), (100, 0, 90, 6), (40, 80, 110, 1), (0, 100, 90, 6), (100, 100, 90, 6)]
    assert ordered(spots) == [0, 1, 2, 3, 4]


def test_a_short_head_in_white_over_three_columns_is_over_all_of_them() -> None:
    above: list[Spot] = [(x, 0, 90, 6) for x in (0, 100, 200)]
    below: list[Spot] = [(x, 110, 90, 6) for x in (0, 100, 200)]
    assert ordered([*above, (125, 85, 40, 1), *below]) == list(range(7))


def test_a_head_in_one_column_is_of_that_column() -> None:
    # The columns at its sides go on beside it.
    spots: list[Spot] = [(0, 0, 90, 16), (100, 0, 90, 6), (125, 85, 40, 1), (100, 110, 90, 7), (200, 0, 90, 16)]
    assert ordered(spots) == [0, 1, 2, 3, 4]


def test_a_rule_across_gutters_parts_what_is_over_it_from_what_is_under_it() -> None:
    spots: list[Spot] = [(0, 0, 90, 6), (100, 0, 90, 6), (0, 90, 90, 6), (100, 90, 90, 6)]
    assert ordered(spots) == [0, 2, 1, 3]
    assert ordered(spots, [Box(0, 80, 190, 81)]) == [0, 1, 2, 3]


def test_white_straight_through_three_columns_parts_them_and_through_two_it_does_not() -> None:
    serial: list[Spot] = [(x, y, 90, count) for y, count in ((0, 10), (140, 5)) for x in (0, 100, 200)]
    assert ordered(serial) == [0, 1, 2, 3, 4, 5]
    assert ordered([spot for spot in serial if spot[0] < 200]) == [0, 2, 1, 3]


def test_a_crease_that_runs_through_text_parts_nothing() -> None:
    spots: list[Spot] = [(0, 0, 90, 12), (100, 0, 90, 6), (100, 90, 90, 6)]
    assert ordered(spots, [Box(0, 80, 190, 81)]) == [0, 1, 2]


def test_a_table_over_two_of_three_columns_parts_these_only() -> None:
    spots: list[Spot] = [
        (0, 0, 90, 20),
        (100, 0, 90, 6),
        (200, 0, 90, 6),
        (100, 80, 190, 4),
        (100, 140, 90, 8),
        (200, 140, 90, 8),
    ]
    assert ordered(spots) == [0, 1, 2, 3, 4, 5]


def test_the_number_of_a_notice_stands_before_its_first_line_or_after_the_notice() -> None:
    notice = block(0, 0, 90, 6)
    notice[0] = Line("Falkenstein.", "Falkenstein.", Place(1, 1), Box(30, 0, 60, 10))
    left, right = block(0, 0, 20, 1), block(70, 0, 20, 1)
    assert in_order([notice, left], []) == [1, 0]
    assert in_order([right, notice], []) == [1, 0]


def test_blocks_without_boxes_come_last() -> None:
    bare = [Line("bare", "bare", Place(1, 9))]
    assert in_order([bare, block(0, 0, 90, 2)], []) == [1, 0]
    assert in_order([bare, bare], []) == [0, 1]


def test_the_order_is_that_of_the_page_and_not_of_the_file() -> None:
    assert {tuple(ordered(COLUMNS, seed=seed)) for seed in range(8)} == {tuple(range(9))}


@pytest.mark.parametrize(
    "spots",
    [
        [(0.0, 0.0, 90.0, 3)] * 3000,
        [(float(n), float(n), 90.0, 3) for n in range(3000)],
        [(float(n % 60) * 100, float(n // 60) * 40, 90.0, 3) for n in range(3000)],
        [(0.0, 0.0, 1e6, 1), *((float(n), 0.0, 0.0, 1) for n in range(3000))],
    ],
    ids=["one on the other", "a staircase", "a grid", "slivers"],
)  # fmt: skip
def test_thousands_of_blocks_are_in_order_in_seconds(spots: list[Spot]) -> None:
    begin = time.perf_counter()
    rules = [Box(0, 10.0 * n, 9000, 10.0 * n + 1) for n in range(1000)]
    assert sorted(ordered(spots, rules)) == list(range(len(spots)))
    assert time.perf_counter() - begin < 20


def test_a_spiral_of_blocks_is_cut_so_deep_and_no_deeper() -> None:
    spots: list[Spot] = []
    x0, y0, x1, y1 = 0.0, 0.0, 20000.0, 20000.0
    while x1 - x0 > 400:
        spots += [(x0, y0, x1 - x0 - 60, 1), (x1 - 40, y0, 40, int((y1 - y0) / 12) - 4)]
        x0, y0, x1, y1 = x0 + 200, y0 + 200, x1 - 200, y1 - 200
    assert sorted(ordered(spots)) == list(range(len(spots)))


def page(blocks: Sequence[Sequence[Line]], *, order: Order) -> Page:
    lines: list[Line] = []
    numbers = []
    for one in blocks:
        first = len(lines) + 1
        lines += [Line(old.raw, old.text, Place(1, first + n), old.box) for n, old in enumerate(one)]
        numbers.append(tuple(range(first, len(lines) + 1)))
    shapes = (Shape(Form.RULE, Box(0, 0, 300, 1)),)
    return Page(1, tuple(lines), Box(0, 0, 4000, 4000), shapes=shapes, blocks=tuple(numbers), order=order)


def test_an_order_that_is_told_stays_unless_it_makes_no_sense() -> None:
    grid = [block(x, y + 0.3 * x, 90, 6) for x in (0, 100, 200) for y in (0, 80, 160, 240)]
    known = page(grid, order=Order.FILE)
    assert put_in_order(known, known.lines) == (known, "")
    # Another way to read them: pair by pair.
    pairs = page([grid[n] for n in (2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9)], order=Order.FILE)
    assert put_in_order(pairs, pairs.lines) == (pairs, "")
    by_rows = page(sorted(grid, key=lambda one: one[0].box.y0 if one[0].box else 0), order=Order.FILE)
    mended, why = put_in_order(by_rows, by_rows.lines)
    assert why == "its source gives blocks in an order that makes no sense"
    boxes = {line.place.line: line.box for line in mended.lines}
    assert [boxes[numbers[0]] for numbers in mended.blocks] == [one[0].box for one in grid]


def test_columns_that_are_read_from_the_right_make_sense() -> None:
    grid = [block(x, y - 0.3 * x, 90, 6) for x in (200, 100, 0) for y in (100, 180, 260)]
    known = page(grid, order=Order.FILE)
    assert put_in_order(known, known.lines) == (known, "")


def test_halves_of_a_page_that_are_mixed_make_no_sense() -> None:
    # Two of eight steps are right, by chance.
    grid = [block(x, y + 0.3 * x, 90, 6) for x in (0, 100, 200) for y in (0, 80, 160)]
    known = page([grid[n] for n in (7, 8, 5, 6, 3, 1, 4, 0, 2)], order=Order.FILE)
    assert put_in_order(known, known.lines)[1]


def test_blocks_of_a_vertical_page_without_an_order_are_not_used() -> None:
    grid = page([block(x, y, 90, 6) for x in (0, 100) for y in (0, 80)], order=Order.CHANCE)
    assert fault(grid, grid.lines, turned=True) == "they are in no order, and the page is vertical"
    assert not fault(grid, grid.lines)
    known = page([block(x, y, 90, 6) for x in (0, 100) for y in (0, 80)], order=Order.FILE)
    assert not fault(known, known.lines, turned=True)


def test_a_few_blocks_show_no_order() -> None:
    few = page([block(0, y, 90, 6) for y in (300, 200, 100, 0)], order=Order.FILE)
    assert put_in_order(few, few.lines) == (few, "")


def test_blocks_without_an_order_that_hold_columns_are_not_used() -> None:
    whole = page([[*block(0, 0, 90, 20), *block(100, 0, 90, 20)]], order=Order.CHANCE)
    assert fault(whole, whole.lines) == "1 of 1 run through several columns"
    table = page([[*block(0, 0, 90, 20, text="Weizen"), *block(100, 0, 90, 20, text="21,50")]], order=Order.CHANCE)
    assert not fault(table, table.lines)
