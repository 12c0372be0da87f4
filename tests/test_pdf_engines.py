"""Both engines of the PDF reader see the same glyphs and shapes, and lead to the same articles.

Pages of the press that showed each cause for which they did not: all pages of development take four minutes, by
``python bench/pdf_speed.py --engines``. What a page may do is in small PDFs by hand.
"""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
from bench.pdf_engines import articles
from tests.pdfs_by_hand import pdf, words

from relayout.imprint import UPRIGHT, Box
from relayout.readers import pdf as reader
from relayout.readers.pdf import ENGINES
from relayout.readers.pdf.glyphs import Glyph, Sheet
from relayout.readers.pdf.opening import opened
from relayout.readers.wishes import Wishes

PAGES = Path(__file__).parents[1] / "bench" / "out" / "pages"
CAUSES = {
    "cn-5": "frames are as wide as their lines",
    "de-8": "letters that pdfium hands on in another order",
    "de-16": "lengths that fall on either side of a limit",
    "hk-2": "the cells of a row, by the advance of their glyphs",
    "hk-13": "a narrow mark that is set as wide as a square, of which the font names another one",
    "ja-2": "spaces of an em and of half an em, which print nothing",
    "ja-20": "figures side by side in a column, and letters that are turned",
    "tw-1": "characters that ActualText names",
    "tw-20": "marks that pdfium hands on too late",
}
"""Pages of the press on which the engines did not agree, and why."""


def press(name: str) -> Path:
    """Return a page of the press."""
    path = PAGES / f"{name}.pdf"
    if not path.exists():
        pytest.skip("the pages of the press are not here: python -m bench.press")
    return path


def sheets(data: bytes) -> tuple[Sheet, Sheet]:
    """Read the first page with both engines."""
    found = []
    for engine in ENGINES:
        with opened(data, "page.pdf", "", engine) as book:
            found.append(book.sheet(0, UPRIGHT))
    return found[0], found[1]


def corners(box: Box | None) -> tuple[float, ...]:
    assert box
    return box.x0, box.y0, box.x1, box.y1


def told(glyphs: tuple[Glyph, ...]) -> list[tuple[str, bool, bool, int, str, str]]:
    """Return what is printed, in the order of the stream; white space is one kind of space."""
    return [
        (" ", False, False, 0, "", "") if g.text.isspace() else (g.text, g.bold, g.italic, g.turn, g.colour, g.hidden)
        for g in glyphs
    ]


def measures(glyphs: tuple[Glyph, ...]) -> list[float]:
    """Return all measures of what is printed."""
    return [value for g in glyphs if not g.text.isspace() for value in (g.x0, g.x1, g.y, g.size, g.length)]


def equal(data: bytes, *, within: float = 0.02) -> Sheet:
    """Check that both engines see the same page; return what pdfium sees."""
    fast, slow = sheets(data)
    assert told(fast.glyphs) == told(slow.glyphs)
    assert measures(fast.glyphs) == pytest.approx(measures(slow.glyphs), abs=within)
    assert [(shape.form, shape.colour) for shape in fast.shapes] == [
        (shape.form, shape.colour) for shape in slow.shapes
    ]
    for shape, again in zip(fast.shapes, slow.shapes, strict=True):
        assert corners(shape.box) == pytest.approx(corners(again.box), abs=0.02)
    assert corners(fast.box) == corners(slow.box)
    return fast


@pytest.mark.parametrize("name", CAUSES)
def test_same_articles_on_every_bench_page(name: str) -> None:
    fast, slow = (articles(press(name), engine) for engine in ENGINES)
    assert fast == slow


@pytest.mark.parametrize("seed", [2, 3])
@pytest.mark.parametrize("style", ["hk", "cn", "tw", "ja"])
def test_both_engines_see_the_same_page(style: str, seed: int) -> None:
    equal(press(f"{style}-{seed}").read_bytes())


@pytest.mark.parametrize("seed", [2, 3])
@pytest.mark.parametrize("style", ["en", "de"])
def test_both_engines_see_the_same_alphabetic_page(style: str, seed: int) -> None:
    # pdfium takes the advances of these fonts as whole numbers, so a long piece of text may stand aside a little.
    equal(press(f"{style}-{seed}").read_bytes(), within=0.3)


@pytest.mark.parametrize(
    "content",
    [
        words("Office", 20, 500),
        words("Quiet if", 20, 500, font="I"),
        words("Narrow", 20, 500, before="70 Tz"),
        words("Risen", 20, 500, before="4 Ts"),
        words("Apart", 20, 500, before="3 Tc 5 Tw"),
        words("Large", 0, 0, size=1, before="12 0 0 14 50 300 Tm"),
        "q 0.5 0 0 0.5 10 20 cm " + words("Scaled", 20, 500) + "Q",
        words("Falling", 0, 0, before="0 -1 1 0 200 300 Tm"),
        words("Climbing", 0, 0, before="0 1 -1 0 200 300 Tm"),
        words("Standing", 0, 0, before="-1 0 0 -1 200 300 Tm"),
        words("Leaning", 0, 0, before="1 0 0.3 1 200 300 Tm"),
        "BT /R 10 Tf 20 500 Td [(Wo) 120 (rd) -400 (and) -900 (word)] TJ ET",
    ],
)
def test_a_glyph_stands_where_its_font_says(content: str) -> None:
    assert equal(pdf([content])).glyphs


def test_the_ink_of_a_glyph_is_not_its_width() -> None:
    glyph = equal(pdf([words("f", 100, 500, font="I", size=100)])).glyphs[0]
    assert (glyph.x0, glyph.x1) == pytest.approx(
        (100, 127.8), abs=0.1
    )  # 278 units by the metrics; the ink goes further


def test_a_space_that_is_an_object_of_its_own_is_read() -> None:
    apart = words("Rede", 20, 500) + words(" ", 42.8, 500) + words("ton", 43.8, 500)
    together = words("Rede", 20, 500) + words("ton", 43.8, 500)
    for content, text in ((apart, "Rede ton"), (together, "Redeton")):
        equal(pdf([content]))
        for sheet in sheets(pdf([content])):
            page, _ = reader._page(sheet, 1, "page.pdf", Wishes())
            assert page
            assert [line.text for line in page.lines] == [text]


def test_glyphs_come_in_the_order_of_the_stream() -> None:
    content = words("B", 60, 500) + words("lower", 20, 480) + words("A", 20, 500) + words(".", 27, 500)
    sheet = equal(pdf([content]))
    assert "".join(glyph.text for glyph in sheet.glyphs) == "BlowerA."
    assert [glyph.order for glyph in sheet.glyphs] == list(range(8))


def span(said: str, content: str) -> str:
    """Return content that stands for the text ``said``."""
    return f"/Span << /ActualText <FEFF{said.encode('utf-16-be').hex()}> >> BDC\n{content}EMC\n"


@pytest.mark.parametrize("said", ["户", "A", "fi", "𠮷"])
def test_actual_text_is_what_is_read(said: str) -> None:
    sheet = equal(pdf([words("a", 20, 500) + span(said, words("W", 30, 500)) + words("b", 50, 500)]), within=9)
    assert [glyph.text for glyph in sheet.glyphs] == ["a", said, "b"]


def test_actual_text_for_several_glyphs_is_read_once() -> None:
    sheet = equal(
        pdf([words("a", 20, 500) + span("drucken", words("druk-ken", 30, 500)) + words("b", 80, 500)]), within=9
    )
    assert "".join(glyph.text for glyph in sheet.glyphs) == "adruckenb"


@pytest.mark.parametrize("properties", ["<< >>", "<< /ActualText 5 >>", "/Lost", "<< /MCID 0 >>"])
def test_marked_content_that_says_nothing_changes_nothing(properties: str) -> None:
    sheet = equal(pdf([f"/Span {properties} BDC\n" + words("ab", 20, 500) + "EMC EMC\n" + words("c", 50, 500)]))
    assert "".join(glyph.text for glyph in sheet.glyphs) == "abc"


@pytest.mark.parametrize(
    ("content", "box"),
    [
        ("20 400 100 50 re S", (19.5, 149.5, 120.5, 200.5)),  # a line is one point wide where nothing else is said
        ("4 w 20 400 100 50 re S", (18, 148, 122, 202)),
        ("q 0.5 0 0 0.5 0 0 cm 4 w 20 400 300 100 re S Q", (9, 349, 161, 401)),
        ("2 w 20 400 m 120 400 l S", (19, 199, 121, 201)),
        ("20 400 100 50 re f", (20, 150, 120, 200)),
    ],
)
def test_a_shape_is_as_large_as_it_is_drawn(content: str, box: tuple[float, ...]) -> None:
    (shape,) = equal(pdf([content])).shapes
    assert corners(shape.box) == pytest.approx(box, abs=0.01)


@pytest.mark.parametrize("engine", ["pdfium", "pdfplumber"])
@pytest.mark.parametrize(("name", "turn"), [("en-2", 180), ("tw-2", 90), ("ja-2", 270)])
def test_a_page_that_is_turned_has_the_lines_of_the_upright_one(name: str, turn: int, engine: str) -> None:
    """Characters come from pdfium in the order in which they are seen: on its side a page would come in torn lines."""
    path = press(name)
    document, turned = pypdfium2.PdfDocument(path), io.BytesIO()
    document[0].set_rotation(turn)
    document.save(turned)
    document.close()
    upright, found = (
        reader.read(data, path.name, Wishes(engine=engine)).value.pages[0]
        for data in (path.read_bytes(), turned.getvalue())
    )
    assert found.stance.turn == turn
    assert [(line.text, line.vertical) for line in found.lines] == [
        (line.text, line.vertical) for line in upright.lines
    ]
    assert [shape.form for shape in found.shapes] == [shape.form for shape in upright.shapes]
