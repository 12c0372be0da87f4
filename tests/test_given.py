"""Pieces by the blocks that a source gives, of ALTO as a user has it."""

from __future__ import annotations

import pytest

import relayout
from relayout import readers
from relayout.bands import _named
from relayout.dividing import adopted
from relayout.given import STRIPS, Columns
from relayout.imprint import Box, TextStyle
from relayout.model import Issue, Line, Place
from relayout.regions import Look, Region, body_size
from relayout.roles import Kind, Order, Role

COLUMN = ("Le cérémonial de la mort est en Chine", "fort compliqué; il faut trois jours au", "moins pour le faire.")


def line(text: str, x: int, y: int, width: int) -> str:
    return (
        f'<TextLine HPOS="{x}" VPOS="{y}" WIDTH="{width}" HEIGHT="40">'
        f'<String CONTENT="{text}" HPOS="{x}" VPOS="{y}" WIDTH="{width}" HEIGHT="40"/></TextLine>'
    )


def block(texts: tuple[str, ...], x: int, y: int, width: int = 700) -> str:
    return f"<TextBlock>{''.join(line(text, x, y + 50 * n, width) for n, text in enumerate(texts))}</TextBlock>"


def fixed(content: str, structure: str = "use") -> Issue:
    page = f'<Page WIDTH="2000" HEIGHT="2000"><PrintSpace>{content}</PrintSpace></Page>'
    data = f"<alto><Layout>{page}</Layout></alto>".encode()
    return relayout.fix(data, name="page.xml", structure=structure)


def test_an_advertisement_that_the_file_tells_of_is_one() -> None:
    advert = f'<ComposedBlock TYPE="Advertisement">{block(("Drap de billard",), 100, 700)}</ComposedBlock>'
    issue = fixed(block(("Échos",), 300, 100, 200) + block(COLUMN, 100, 200) + advert)
    assert [article.kind for article in issue.articles] == [Kind.ARTICLE, Kind.ADVERTISEMENT]
    assert [part.text for part in issue.articles[1].parts] == ["Drap de billard"]


def test_lines_of_an_advertisement_within_another_are_printed_once() -> None:
    def advert(content: str) -> str:
        return f'<ComposedBlock TYPE="Advertisement">{content}</ComposedBlock>'

    inner = advert(block(("Drap de billard",), 100, 700))
    issue = fixed(block(COLUMN, 100, 200) + advert(block(("Occasions",), 100, 600) + inner))
    assert [article.kind for article in issue.articles[1:]] == [Kind.ADVERTISEMENT, Kind.ADVERTISEMENT]
    texts = [part.text for article in issue.articles[1:] for part in article.parts]
    assert sorted(texts) == ["Drap de billard", "Occasions"]


def test_a_small_title_begins_an_article_where_blocks_are_used() -> None:
    content = block(COLUMN, 100, 100) + block(("Bonne âme",), 350, 300, 200) + block(COLUMN, 100, 400)
    assert len(fixed(content).articles) == 2
    (head,) = fixed(content).articles[1].heads()
    assert (head.role, head.text) == (Role.HEAD, "Bonne âme")


def test_a_short_item_that_tells_of_the_same_is_no_sidebar() -> None:
    long = (*COLUMN, "On vend beaucoup de cercueils à Canton,", "et la mort y est une fête.") * 3
    content = block(("En Chine",), 350, 20, 200) + block(long, 100, 100)
    content += block(("Bonne âme",), 350, 1700, 200)
    content += block(("Le cérémonial de la mort est fort compliqué.",), 100, 1800)
    assert [article.kind for article in fixed(content).articles] == [Kind.ARTICLE, Kind.ARTICLE]


def test_blocks_are_ignored_on_request() -> None:
    content = block(COLUMN, 100, 100) + block(("et la fin.",), 100, 250, 200) + block(COLUMN, 1000, 100)
    known = fixed(content + block(COLUMN, 100, 400))
    assert [page.blocks for page in known.pages] == [((1, 2, 3), (4,), (5, 6, 7), (8, 9, 10))]
    assert [page.blocks for page in fixed(content, "ignore").pages] == [()]
    # Between the white above and below it a line of its own is seen to be a title, too.
    titled = block(COLUMN, 100, 100) + block(("Bonne âme",), 350, 300, 200) + block(COLUMN, 100, 400)
    assert len(fixed(titled, "ignore").articles) == 2


def test_regions_are_read_in_the_order_that_page_gives() -> None:
    def region(ident: str, text: str, x: int) -> str:
        points = f"{x},100 {x + 400},100 {x + 400},140 {x},140"
        line = f'<TextLine><Coords points="{points}"/><TextEquiv><Unicode>{text}</Unicode></TextEquiv></TextLine>'
        return f'<TextRegion id="{ident}"><Coords points="{points}"/>{line}</TextRegion>'

    refs = '<RegionRefIndexed index="1" regionRef="a"/><RegionRefIndexed index="0" regionRef="b"/>'
    order = f"<OrderedGroup>{refs}</OrderedGroup>"
    regions = region("a", "and goes on here.", 100) + region("b", "It begins on the right", 600)
    page = f'<Page imageWidth="1100" imageHeight="500"><ReadingOrder>{order}</ReadingOrder>{regions}</Page>'
    data = f"<PcGts>{page}</PcGts>".encode()
    assert readers.read(data, "page.xml").value.pages[0].blocks == ((2,), (1,))
    unsaid = readers.read(data.replace(b"ReadingOrder", b"Other"), "page.xml").value.pages[0]
    assert (unsaid.blocks, unsaid.order) == (((1,), (2,)), Order.CHANCE)


def issue_of(*pages: str) -> Issue:
    whole = "".join(f'<Page WIDTH="2000" HEIGHT="2000"><PrintSpace>{page}</PrintSpace></Page>' for page in pages)
    return relayout.fix(f"<alto><Layout>{whole}</Layout></alto>".encode(), name="issue.xml")


def test_an_article_goes_on_on_the_next_page() -> None:
    begun = block(("Bonne âme",), 350, 100, 200) + block(
        ("A bord d'un bateau une dame", "rend la", "monnaie à"), 100, 200
    )
    after = block(COLUMN, 100, 100) + block(("Échos",), 350, 300, 200) + block(COLUMN, 100, 400)
    issue = issue_of(begun, after)
    assert [article.id for article in issue.articles] == ["a1", "a2"]
    assert issue.articles[0].parts[-1].text.endswith("monnaie à Le cérémonial de la mort est en Chine fort compliqué; "
                                                     "il faut trois jours au moins pour le faire.")  # fmt: skip
    assert "goes on from page 1" in [note.what for note in issue.notes]


def test_what_follows_a_finished_sentence_is_kept_apart() -> None:
    begun = block(("Bonne âme",), 350, 100, 200) + block(COLUMN, 100, 200)
    issue = issue_of(begun, block(COLUMN, 100, 100))
    assert [article.id for article in issue.articles] == ["a1", "a2"]


def regions(*idents: str) -> str:
    def region(ident: str, n: int) -> str:
        points = f"100,{n}00 500,{n}00 500,{n}40 100,{n}40"
        line = f'<TextLine><Coords points="{points}"/><TextEquiv><Unicode>Line {n}.</Unicode></TextEquiv></TextLine>'
        return f'<TextRegion {ident}><Coords points="{points}"/>{line}</TextRegion>'

    return "".join(region(ident and f'id="{ident}"', n) for n, ident in enumerate(idents, 1))


@pytest.mark.parametrize(
    ("order", "idents", "blocks"),
    [
        (("x", "c", "y"), ("a", "b", "c"), ((3,), (1,), (2,))),
        (("c", "c", "b", "c"), ("a", "b", "c"), ((3,), (2,), (1,))),
        (("x", "y"), ("a", "b"), ((1,), (2,))),
        (("b", "a"), ("a", "a", "b"), ((3,), (1,), (2,))),
        (("",), ("a", ""), ((1,), (2,))),
        (("b", ""), ("a", "", "b"), ((3,), (1,), (2,))),
    ],
)
def test_orders_of_page_that_name_regions_wrongly_lose_none(
    order: tuple[str, ...], idents: tuple[str, ...], blocks: tuple[tuple[int, ...], ...]
) -> None:
    refs = "".join(f'<RegionRef regionRef="{ident}"/>' for ident in order)
    group = f"<ReadingOrder><UnorderedGroup>{refs}</UnorderedGroup></ReadingOrder>"
    data = f'<PcGts><Page imageWidth="600" imageHeight="600">{group}{regions(*idents)}</Page></PcGts>'.encode()
    assert readers.read(data, "page.xml").value.pages[0].blocks == blocks
    parts = [part.text for article in relayout.fix(data, name="page.xml").articles for part in article.parts]
    assert all(" ".join(parts).count(f"Line {n}.") == 1 for n in range(1, len(idents) + 1))


def test_texts_of_a_column_are_found_without_a_look_at_all() -> None:
    places = [(50.0 * x, 7.0 * (x + 9 * y)) for x in range(20) for y in range(30)]
    boxes = [Box(x, y, x + 40, y + 60) for x, y in places]
    texts = Columns(boxes)
    for at, (x, y) in enumerate((x, y) for x in range(-10, 1100, 37) for y in range(-10, 2000, 301)):
        but = boxes[at % len(boxes)]
        column = [box for box in boxes if box.x0 < x < box.x1 and box != but]
        below, above = [box for box in column if box.y0 >= y], [box for box in column if box.y0 < y]
        assert texts.below(x, y, but) == min(below, key=lambda box: box.y0, default=None)
        assert texts.above(x, y, but) == max(above, key=lambda box: box.y0, default=None)


def test_a_line_far_before_its_page_costs_no_memory() -> None:
    texts = Columns([Box(-1e6, 0, 0.5, 10), Box(0, 20, 1, 30)])
    assert texts.below(0.4, 15, Box(0, 0, 1, 1)) == Box(0, 20, 1, 30)
    assert texts.above(-5, 15, Box(0, 0, 1, 1)) == Box(-1e6, 0, 0.5, 10)
    assert len(texts.strips) <= STRIPS + 1


def test_a_label_that_is_a_sliver_is_not_put_to_itself() -> None:
    # Lost: less than a unit high, it stood under its own foot.
    text = Line("特稿", "特稿", Place(1, 1), Box(10, 10, 50, 10.5), style=TextStyle(10.0))
    label = Region(Look.DISPLAY, Box(10, 10, 50, 10.5), (text,), rules=(False, True))
    assert adopted([[label]]) == [[label]]


def test_a_name_and_its_number_are_cut_in_a_box_that_is_too_narrow_for_its_type() -> None:
    line = Line("Wheat 210", "Wheat 210", Place(1, 1), Box(2, 45, 30, 158), style=TextStyle(120.0))
    name, number = _named(line, 6)
    assert name.box
    assert number.box
    assert 2 < name.box.x1 < number.box.x0 < 30


def test_type_that_is_hardly_there_has_a_size() -> None:
    # Rounded to tenths it had none, and sizes are divided by it.
    thin = Line("thin", "thin", Place(1, 1), Box(0, 0, 1, 0.02), style=TextStyle(0.02))
    assert body_size([thin]) > 0


def test_a_table_of_page_is_one_block() -> None:
    def line(text: str, x: int, y: int) -> str:
        points = f"{x},{y} {x + 90},{y} {x + 90},{y + 30} {x},{y + 30}"
        return f'<TextLine><Coords points="{points}"/><TextEquiv><Unicode>{text}</Unicode></TextEquiv></TextLine>'

    cells = "".join(f"<TableCell>{line(text, 100 * n, 300)}</TableCell>" for n, text in enumerate(("a", "b", "c"), 1))
    table = f'<TableRegion id="t">{cells}<TextRegion id="in">{line("d", 100, 340)}</TextRegion></TableRegion>'
    text = f'<TextRegion id="x">{line("over it", 100, 100)}</TextRegion>'
    order = (
        '<ReadingOrder><OrderedGroup><RegionRef regionRef="t"/><RegionRef regionRef="x"/></OrderedGroup></ReadingOrder>'
    )
    for given, blocks in ((order, ((2, 3, 4, 5), (1,))), ("", ((1,), (2, 3, 4, 5)))):
        data = f'<PcGts><Page imageWidth="600" imageHeight="600">{given}{text}{table}</Page></PcGts>'.encode()
        assert readers.read(data, "page.xml").value.pages[0].blocks == blocks


def test_a_block_beside_another_in_its_column_is_no_title() -> None:
    cells = block(("Graupen",), 300, 300, 150) + block(("Roggen",), 550, 300, 150)
    assert len(fixed(block(COLUMN, 100, 100) + cells + block(COLUMN, 100, 400)).articles) == 1


def test_a_signature_is_no_title() -> None:
    # Set to the right as a title may be, but no text stands under it.
    signed = block(COLUMN, 100, 100) + block(("Georgy",), 680, 270, 100) + block(("gedruckt bey ihm",), 400, 330, 380)
    assert len(fixed(signed).articles) == 1
    assert len(fixed(signed.replace("gedruckt bey ihm", "gegeben im Juli")).articles) == 1


def test_a_sentence_in_lines_a_little_higher_is_no_title() -> None:
    def high(y: int) -> str:
        text = ("Die Fürstin Elisabeth von Rumänien ist hier ange", "kommen und in dem Schlosse abgestiegen.")
        return block(text, 100, y).replace('HEIGHT="40"', 'HEIGHT="52"')

    assert len(fixed(block(COLUMN, 100, 100) + high(300) + block(COLUMN, 100, 500)).articles) == 1


def test_blocks_of_alto_in_an_order_that_makes_no_sense_are_put_in_order() -> None:
    columns = [
        block((f"Column {n} line", "goes on and on and", "on."), 100 + 800 * (n % 2), 100 + 200 * (n // 2))
        for n in range(8)
    ]
    issue = fixed("".join(columns))
    texts = " ".join(part.text for article in issue.articles for part in article.parts)
    assert [int(word) for word in texts.split() if word.isdigit()] == [0, 2, 4, 6, 1, 3, 5, 7]
    assert "blocks are put in order" in [note.what for note in issue.notes]
