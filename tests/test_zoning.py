"""Pages of which only the lines are known: their columns, the titles in them, and what is no good of their blocks."""

from __future__ import annotations

import random
import time
from dataclasses import replace

import pytest

import relayout
from relayout import leaning, pipeline
from relayout.faults import fault
from relayout.galleys import galleys
from relayout.given import given_pieces
from relayout.headings import Row, is_paragraph, openings, titles
from relayout.imprint import Box, Shape, TextStyle
from relayout.layout import Layout
from relayout.leaning import shift
from relayout.model import Line, Page, Place
from relayout.profile import load
from relayout.roles import Form, Level
from relayout.stages.divide import divide
from relayout.stages.level import level
from relayout.sunken import sunken
from relayout.zoning import zoned_pieces

WIDE, HIGH, APART = 190.0, 9.0, 200.0


def column(x: float, rows: int, y: float = 0.0, wide: float = WIDE) -> list[Box]:
    return [Box(x, y + 10 * n, x + wide, y + 10 * n + HIGH) for n in range(rows)]


def numbers(boxes: list[Box], rules: tuple[Box, ...] = (), sizes: dict[int, float] | None = None) -> list[list[int]]:
    size = [(sizes or {}).get(n, 10.0) for n in range(len(boxes))]
    return [[n for row in one.rows for n in row] for one in galleys(boxes, size, rules, 10.0)]


def page(boxes: list[Box], texts: dict[int, str] | None = None, **more: object) -> Page:
    said = texts or {}
    style = TextStyle(10.0)
    lines = tuple(
        Line(text, text, Place(1, n), box, style=style)
        for n, box in enumerate(boxes, 1)
        for text in (said.get(n, "les mineurs ont voté la suite de la grève"),)
    )
    whole = Box(0, 0, max(box.x1 for box in boxes) + 1, max(box.y1 for box in boxes) + 1)
    return Page(1, lines, whole, "px", **more)  # type: ignore[arg-type]


# Columns


def test_columns_are_read_one_after_the_other() -> None:
    three = [box for x in (0, APART, 2 * APART) for box in column(x, 12)]
    order = random.Random(1).sample(range(36), 36)
    found = [[order[n] for n in one] for one in numbers([three[n] for n in order])]
    assert found == [list(range(12)), list(range(12, 24)), list(range(24, 36))]


def test_what_spans_the_columns_parts_them() -> None:
    boxes = [Box(0, 0, 390, 20), *column(0, 9, 30), *column(APART, 9, 30), Box(0, 130, 390, 150)]
    boxes += [*column(0, 9, 160), *column(APART, 9, 160)]
    sizes = [20.0 if box.height > HIGH else 10.0 for box in boxes]
    found = galleys(boxes, sizes, (), 10.0)
    rows = [[n for row in one.rows for n in row] for one in found]
    assert rows == [[0], list(range(1, 10)), list(range(10, 19)), [19], list(range(20, 29)), list(range(29, 38))]
    assert [one.opens for one in found] == [True, True, False, True, True, False]


def test_a_rule_or_white_across_three_columns_parts_what_is_below() -> None:
    def two_bands(away: float) -> list[Box]:
        return [box for y in (0.0, 100.0 + away) for x in (0, APART, 2 * APART) for box in column(x, 10, y)]

    whole = [[*range(n, n + 10), *range(n + 30, n + 40)] for n in (0, 10, 20)]
    parted = [list(range(n, n + 10)) for n in range(0, 60, 10)]
    assert numbers(two_bands(4)) == whole
    assert numbers(two_bands(20)) == parted
    assert numbers(two_bands(4), (Box(0, 101, 590, 102),)) == parted
    assert numbers(two_bands(4), (Box(0, 101, 190, 102),)) == whole  # it is as wide as one column


def test_rows_that_stand_level_in_many_columns_are_no_bands() -> None:
    boxes = [Box(x, 11 * n, x + 190, 11 * n + 10) for x in range(0, 4000, 200) for n in range(30)]
    assert numbers(boxes) == [list(range(n, n + 30)) for n in range(0, 600, 30)]


def test_a_line_that_was_read_over_a_gutter_is_no_headline() -> None:
    boxes = [*column(0, 20), *column(APART, 20)]
    merged = [*boxes[:7], Box(0, 70, 390, 79), *boxes[8:27], *boxes[28:]]
    assert numbers(merged) == [[*range(20)], [*range(20, 39)]]
    assert len(numbers(merged, sizes={7: 20.0})) > 2  # in large type it is


def test_specks_in_a_gutter_do_no_harm() -> None:
    boxes = [*column(0, 20), *column(APART, 20), Box(180, 201, 210, 205)]
    assert sorted(map(len, numbers(boxes))) == [20, 21]


def test_cells_of_a_table_are_no_columns() -> None:
    boxes = [Box(x, 10 * y, x + 40, 10 * y + 9) for y in range(8) for x in (0, 50, 100, 150)]
    boxes += [*column(0, 30, 80), *column(APART, 38)]
    one, *_ = galleys(boxes, [10.0] * len(boxes), (), 10.0)
    assert [len(row) for row in one.rows] == [4] * 8 + [1] * 30


@pytest.mark.parametrize("lean", [0.017, -0.012, 0.0])
def test_a_skewed_page_is_set_straight(lean: float) -> None:
    def laid(box: Box) -> Box:
        dx, dy = shift((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2, -lean, (300, 450))
        return Box(box.x0 + dx, box.y0 + dy, box.x1 + dx, box.y1 + dy)

    found = page([laid(box) for x in (0, APART, 2 * APART) for box in column(x, 90)], scanned=True)
    assert leaning.lean(found.lines, 10.0) == pytest.approx(lean, abs=0.001)
    upright = level(Layout(found), load("default")).value.page
    assert len(zoned_pieces(upright, upright.lines)) == 1
    assert numbers([line.box for line in upright.lines if line.box]) == [list(range(n, n + 90)) for n in (0, 90, 180)]


# Titles


def row(text: str = "les mineurs ont voté la suite,", left: float = 0.0, right: float = 0.0, **more: float) -> Row:
    far = {"over": 1.0, "under": 1.0, "size": 1.0, **more}
    return Row((Line(text, text, Place(1, 1)),), Box(0, 0, 1, 1), left, right, **far)


TEXT, INDENT, END = row(), row(left=0.06), row("de demain.", right=0.6)


def test_a_title_in_the_line_of_its_text_opens_one_where_white_is_over_it() -> None:
    item = row("LES ÉCOLES. — Hier matin la commission", 0.06, over=1.5)
    assert openings([TEXT, END, item, TEXT], [False] * 4) == [False, False, True, False]
    speech = item._replace(over=1.0)
    assert openings([TEXT, END, speech, TEXT], [False] * 4) == [False] * 4
    said = row("Le maire. — Hier matin la commission", 0.06, over=1.5)
    assert openings([TEXT, END, said, TEXT], [False] * 4) == [False] * 4


def test_stars_part_short_items_between_titles_whatever_is_over_those() -> None:
    star = row("* * *", 0.4, 0.4)
    items = [*[TEXT] * 40, END, row("ÉCHOS", 0.4, 0.4), INDENT, END, star, INDENT, END, star, INDENT, END]
    heads = [one.text == "ÉCHOS" for one in items]
    assert [n for n, opens in enumerate(openings(items, heads)) if opens] == [41, 45, 48]
    assert [n for n, opens in enumerate(openings(items[:47], heads[:47])) if opens] == [41]  # one star parts nothing


def test_what_is_set_as_a_title_over_much_white_ends_the_text_before() -> None:
    price = row("PRIX : 4 FRANCS", 0.2, 0.2, over=1.4, size=1.3)
    name = row("SAVON LESCOT", 0.1, 0.1, over=3.4, size=2.0)
    assert titles([TEXT, END, price, name, INDENT]) == [False, False, False, True, False]
    near = name._replace(over=1.6)
    assert titles([TEXT, END, price, near, INDENT]) == [False, False, True, True, False]


def test_a_headline_of_two_lines_at_the_left_edge() -> None:
    two = [
        row("Le maire a fait connaître les", 0.0, 0.2, over=1.9, size=1.25),
        row("nouvelles", 0.0, 0.7, over=1.4, size=1.5),
    ]
    assert titles([TEXT, END, *two, INDENT, END, INDENT, END, INDENT, END])[1:5] == [False, True, True, False]


def test_text_goes_on_in_the_columns_under_its_headline() -> None:
    def two(size: float) -> list[list[int]]:
        boxes = [Box(100, 0, 290, 25), *column(0, 12, 40), *column(APART, 12, 40)]
        short = [Box(60, 172, 130, 181), *column(0, 12, 190), *column(APART, 14, 170)]
        found = page([*boxes, *short], {26: "Une rixe"})
        lines = [replace(found.lines[0], style=TextStyle(size)), *found.lines[1:]]
        pieces = zoned_pieces(replace(found, lines=tuple(lines)), lines)
        return [sorted(line.place.line for one in piece for line in one.lines) for piece in pieces]

    assert two(25.0) == [[*range(1, 26), *range(39, 53)], [*range(26, 39)]]
    assert two(11.0) != two(25.0)  # what is no larger than text heads nothing


# Blocks in which titles are


def items(blocks: int) -> Page:
    """Three columns of five items under small titles; each column is one block, or each title and each text."""
    boxes: list[Box] = []
    said: dict[int, str] = {}
    parts: list[tuple[int, ...]] = []
    for x in (0.0, APART, 2 * APART):
        first = len(boxes) + 1
        for k in range(5):
            y = 100.0 * k + 0.19 * x
            said[len(boxes) + 1], said[len(boxes) + 8] = "Une rixe", "de la grève."
            boxes += [Box(x + 70, y + 4, x + 120, y + 13), Box(x + 14, y + 20, x + WIDE, y + 29)]
            boxes += [*column(x, 5, y + 30), Box(x, y + 80, x + 90, y + 89)]
            parts += [(len(boxes) - 7,), tuple(range(len(boxes) - 6, len(boxes) + 1))] if blocks > 3 else []
        parts += [] if blocks > 3 else [tuple(range(first, len(boxes) + 1))]
    return page(boxes, said, blocks=tuple(parts))


def test_blocks_with_titles_in_them_are_not_used() -> None:
    columns_ = items(3)
    made = given_pieces(columns_, columns_.lines, {})
    assert "titles stand inside them" in sunken(columns_, columns_.lines, made)
    texts = items(30)
    assert sunken(texts, texts.lines, given_pieces(texts, texts.lines, {})) == ""
    assert sunken(texts, (), [[]][:0]) == ""


@pytest.mark.parametrize(
    "one",
    [
        row("La situation dans le Nord", 0.15, 0.15),
        row("PETITE CORRESPONDANCE", 0.05, 0.06),
        row("L'admission temporaire des blés", 0.06, 0.07, over=1.3, under=1.2),
        row("Nos Dépêches", 0.01, 0.01, over=4.4, under=3.4, size=5.0),
        row("Dernière heure", 0.01, 0.4, over=2.0, under=1.8),
        row("Bonne âme", 0.68, 0.06, over=1.67, under=1.24),
    ],
)
def test_what_is_a_title(one: Row) -> None:
    assert titles([TEXT, END, one, INDENT, TEXT, END])[2]


@pytest.mark.parametrize(
    "one",
    [
        row("La séance est levée à midi.", 0.05, 0.32),
        row("La carriole roula sur la place.", 0.06, 0.1, over=1.26),
        row("M. Waldeck-Rousseau n'intervien-", size=1.38),
        row("Dans une réunion à Hénin, les mi-", 0.06, size=1.38, over=1.4, under=1.2),
        row("VII", 0.45, 0.47, over=2.0, under=2.3),
        row("* * *", 0.44, 0.45, over=1.5, under=1.5),
        row("Lille, 18 novembre.", 0.54, 0.05, over=1.7, under=1.2),
        row("Redon", 0.76, 0.05, over=1.6, under=1.05),
        row("(A suivre)", 0.72, 0.06, over=3.0, under=1.0),
    ],
)
def test_what_is_none(one: Row) -> None:
    assert not titles([TEXT, END, one, INDENT, TEXT, END])[2]


def test_a_line_at_the_edge_is_a_title_where_a_paragraph_would_be_set_in() -> None:
    flush = row("L'emprunt de Chine à la Chambre", over=1.5)
    assert titles([INDENT, TEXT, INDENT, TEXT, INDENT, END, flush, INDENT])[6]
    assert not titles([TEXT, TEXT, TEXT, TEXT, TEXT, END, flush, TEXT])[6]


def test_a_title_of_two_lines_and_what_leads_to_one() -> None:
    two = [END, row("Les bienfaits de la défense répu-", 0.02, over=1.5), row("blicaine", 0.39, 0.39), INDENT]
    assert titles(two) == [False, True, True, False]
    leads = [END, row("Feuilleton de l'Ouest-Éclair (12)", 0.15, over=2.0), row("Madame Corentine", size=4.0, over=3.4)]
    assert titles([*leads, INDENT]) == [False, True, True, False]


def test_where_texts_begin() -> None:
    title = row("La marine marchande", 0.2, 0.2)
    column = [title, title, TEXT, END, title, row("de nos correspondants"), title, TEXT, END, row(over=2.8)]
    heads = [one is title for one in column]
    assert openings(column, heads) == [True, False, False, False, True, False, False, False, False, True]
    assert openings([TEXT, TEXT], [False, False]) == [False, False]


def test_in_a_list_only_white_parts() -> None:
    author = row("By the Rev. J. Jebb, D.D.", 0.2, 0.2)
    book = [TEXT, TEXT, END, author, TEXT, END]
    listed = [*book * 7, author._replace(over=2.0), TEXT, END]
    assert [n for n, begins in enumerate(openings(listed, titles(listed))) if begins] == [42]
    assert sum(openings(book * 2, titles(book * 2))) == 2


def test_rules_and_stars_part_short_items() -> None:
    stars = row("* * *", 0.4, 0.4)
    items = [INDENT, TEXT, END, stars, INDENT, END, stars, INDENT, END, INDENT._replace(ruled=True), TEXT]
    assert [n for n, begins in enumerate(openings(items, [False] * len(items))) if begins] == [4, 7, 9]
    novel = [INDENT, *[TEXT] * 30, END, stars, INDENT, END, stars, INDENT]
    assert not any(openings(novel, [False] * len(novel)))
    assert not openings([TEXT, TEXT._replace(ruled=True)], [False, False])[1]  # the text above does not end


def test_a_rule_in_a_column_is_seen() -> None:
    boxes = [*column(0, 6), *column(0, 6, 66), *column(APART, 13)]
    texts = {6: "de demain.", 7: "La grève dure encore, et les mineurs"}
    rule = Shape(Form.RULE, Box(70, 62, 120, 63))
    for shapes, count in (((), 1), ((rule,), 2), ((Shape(Form.RULE, Box(450, 62, 500, 63)),), 1)):
        found = page(boxes, texts, shapes=shapes)
        assert len(zoned_pieces(found, found.lines)) == count


def test_where_paragraphs_begin() -> None:
    assert is_paragraph(INDENT, END)
    assert not is_paragraph(INDENT, TEXT)
    assert not is_paragraph(TEXT, END)


# Pages


def test_a_page_built_of_modules_is_left_to_others() -> None:
    boxes = [Box(0, 0, 390, 20), *column(0, 9, 30), *column(APART, 9, 30), Box(0, 130, 390, 150)]
    boxes += [*column(0, 9, 160), *column(APART, 9, 160)]
    found = page(boxes)
    large = tuple(
        Line(one.raw, one.text, one.place, one.box, style=TextStyle(20.0)) if one.box and one.box.height > HIGH else one
        for one in found.lines
    )
    assert zoned_pieces(found, found.lines)
    assert zoned_pieces(found, large) == []
    assert zoned_pieces(found, []) == []


def test_a_scan_in_letters_is_read_by_its_lines() -> None:
    boxes = [box for x in (0, APART, 2 * APART) for box in column(x, 40)]
    said = dict.fromkeys(range(1, 121), "les mineurs ont voté la suite de la grève") | {60: "Bonne âme"}
    boxes[59] = Box(APART + 70, boxes[59].y0, APART + 120, boxes[59].y1)
    for scanned, han, count in ((True, False, 2), (False, False, 1), (True, True, 1)):
        texts = dict.fromkeys(said, "東岸海濱步道") if han else said
        found = page(boxes, texts, scanned=scanned)
        assert len(divide(Layout(found), load("default")).value.pieces) == count


def test_blocks_that_cannot_be_worked_with() -> None:
    boxes = [box for x in (0, APART, 2 * APART) for box in column(x, 40)]
    count = len(boxes)
    by_column = tuple(tuple(range(n, n + 40)) for n in (1, 41, 81))
    by_four = tuple(tuple(range(n, n + 4)) for n in range(1, count, 4))
    for blocks, why in (
        ((tuple(range(1, count + 1)),), "1 of 1 run through several columns"),
        (tuple((n,) for n in range(1, count + 1)), "nearly every line is one"),
        (by_column, "most are columns from head to foot"),
        (by_four, ""),
        ((), ""),
    ):
        found = page(boxes, blocks=blocks)
        assert fault(found, found.lines) == why
    assert not fault(page(column(0, 40), blocks=(tuple(range(1, 41)),)), page(column(0, 40)).lines)


PAGE = (
    '<PcGts><Page imageWidth="400" imageHeight="300"><ReadingOrder><OrderedGroup><RegionRefIndexed index="0" '
    'regionRef="r"/></OrderedGroup></ReadingOrder><TextRegion id="r"><Coords points="0,0 400,0 400,300 0,300"/>{}'
    "</TextRegion></Page></PcGts>"
)


def drawn(x: float, y: float, text: str) -> str:
    base = f'<Baseline points="{x},{y + 8} {x + 5 * len(text)},{y + 8}"/>'
    return f"<TextLine>{base}<TextEquiv><Unicode>{text}</Unicode></TextEquiv></TextLine>"


def test_a_region_over_the_whole_page_is_not_used() -> None:
    said = [f"les mineurs ont voté la suite de {n}" for n in range(20, 40)]
    rows = [drawn(x, 10 * n, text) for x in (0, 200) for n, text in enumerate(said)]
    rows[10] = drawn(70, 100, "Bonne âme")
    random.Random(2).shuffle(rows)
    issue = relayout.fix(PAGE.format("".join(rows)).encode(), name="p.xml")
    doubts = {note.what: note.why for note in issue.notes if note.level is Level.DOUBT}
    assert doubts["blocks are not used"] == "1 of 1 run through several columns"
    assert [article.parts[0].text for article in issue.articles][1] == "Bonne âme"
    assert issue.articles[1].parts[1].text.count("les mineurs") == 29


# Hostile pages


@pytest.mark.parametrize(
    "boxes",
    [
        [Box(10, 10, 200, 19)] * 3000,
        [Box(60 * n, 10, 60 * n + 50, 19) for n in range(3000)],
        [Box(3 * n, 12 * n, 3 * n + 150, 12 * n + 10) for n in range(3000)],
        [Box(0, 0, 0, 0)] * 40,
        [Box(-1e6 * n, 0, 1e6, 1e-3) for n in range(50)],
        [box for x in range(0, 4000, 200) for box in column(x, 150)],
    ],
    ids=["one place", "one row", "stairs", "points", "absurd", "dense"],
)
def test_odd_pages_lose_nothing_and_take_no_minute(boxes: list[Box]) -> None:
    found = page(boxes)
    begin = time.process_time()
    pieces = zoned_pieces(found, found.lines)
    assert time.process_time() - begin < 20
    seen = sorted(line.place.line for piece in pieces for region in piece for line in region.lines)
    assert seen == [line.place.line for line in found.lines]


def test_boxes_by_chance_are_carried_through() -> None:
    chance = random.Random(3)
    for _ in range(30):
        corners = [(chance.uniform(-50, 900), chance.uniform(-50, 900)) for _ in range(chance.randrange(1, 60))]
        boxes = [Box(x, y, x + chance.choice((0.0, 5.0, 190.0, 800.0)), y + chance.uniform(0, 30)) for x, y in corners]
        found = page(boxes)
        layout = pipeline.run(found, load("default")).value
        kept = [line for a in layout.articles for p in a.paragraphs for line in p.lines]
        kept += [line for p in layout.furniture for line in p.lines] + [b.paragraph.lines[0] for b in layout.blocks]
        assert sorted(line.place.line for line in kept) == [line.place.line for line in found.lines]
