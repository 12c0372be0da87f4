"""Pieces by the blocks that a source gives, of ALTO as a user has it."""

from __future__ import annotations

import relayout
from relayout import readers
from relayout.model import Issue
from relayout.roles import Kind, Role

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


def test_blocks_are_ignored_on_request() -> None:
    content = block(COLUMN, 100, 100) + block(("Bonne âme",), 350, 300, 200) + block(COLUMN, 100, 400)
    assert len(fixed(content, "ignore").articles) == 1


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
    assert readers.read(data.replace(b"ReadingOrder", b"Other"), "page.xml").value.pages[0].blocks == ()
