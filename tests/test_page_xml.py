"""PAGE XML: what is read of the schemas of 2010 to 2019 and of what others write by that name."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from relayout import readers
from relayout.chars import ink
from relayout.errors import InputError
from relayout.imprint import Box
from relayout.model import Line, Note, Page
from relayout.readers import markup, page_xml
from relayout.roles import Form

DATA = Path(os.environ.get("RELAYOUT_DATA", Path(__file__).parent.parent.parent / "shared" / "data")) / "reichsanzeiger"
SPACE = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2013-07-15"


def made(inner: str, attributes: str = 'imageWidth="1000" imageHeight="800"') -> bytes:
    return f'<?xml version="1.0"?><PcGts xmlns="{SPACE}"><Page {attributes}>{inner}</Page></PcGts>'.encode()


def coords(x0: float, y0: float, x1: float, y1: float) -> str:
    return f'<Coords points="{x0},{y0} {x1},{y0} {x1},{y1} {x0},{y1}"/>'


def equiv(text: str) -> str:
    return f"<TextEquiv><Unicode>{text}</Unicode></TextEquiv>"


def line(text: str, x0: float, y0: float, x1: float, y1: float, more: str = "") -> str:
    return f"<TextLine {more}>{coords(x0, y0, x1, y1)}{equiv(text)}</TextLine>"


def region(inner: str, more: str = "", kind: str = "TextRegion") -> str:
    return f"<{kind} {more}>{inner}</{kind}>"


def page(data: bytes) -> tuple[Page, tuple[Note, ...]]:
    value, notes = readers.read(data, "page.bin")
    assert value.source.encoding == "page"
    return value.pages[0], notes


def texts(data: bytes) -> list[str]:
    return [one.text for one in page(data)[0].lines]


def refusal(data: bytes) -> InputError:
    with pytest.raises(InputError) as caught:
        readers.read(data, "page.xml")
    return caught.value


def test_lines_with_their_boxes() -> None:
    found, notes = page(made(region(line("Berlin, 2. Januar.", 10, 10, 300, 40) + line("Der Kaiser", 10, 45, 200, 75))))
    assert [(one.text, one.box, one.place.line) for one in found.lines] == [
        ("Berlin, 2. Januar.", Box(10, 10, 300, 40), 1),
        ("Der Kaiser", Box(10, 45, 200, 75), 2),
    ]
    assert (found.box, found.unit) == (Box(0, 0, 1000, 800), "px")
    assert len(notes) == 1


def test_points_of_2010_as_elements() -> None:
    points = '<Point x="10" y="10"/><Point x="300" y="10"/><Point x="300" y="40"/><Point x="10" y="40"/>'
    data = made(region(f"<TextLine><Coords>{points}</Coords>{equiv('alt')}</TextLine>"))
    assert page(data)[0].lines[0].box == Box(10, 10, 300, 40)


@pytest.mark.parametrize("tag", ["PcGts", "pc:PcGts", "PcGts no namespace", "utf-16"])
def test_found_by_content_with_any_prefix(tag: str) -> None:
    data = made(region(line("Text", 0, 0, 90, 20)))
    if tag.startswith("pc:"):
        data = data.replace(b"</", b"</pc:").replace(b"<P", b"<pc:P").replace(b"<T", b"<pc:T").replace(b"<C", b"<pc:C")
        data = data.replace(b"<U", b"<pc:U").replace(b"xmlns=", b"xmlns:pc=")
    elif tag.endswith("namespace"):
        data = data.replace(f' xmlns="{SPACE}"'.encode(), b"")
    elif tag == "utf-16":
        data = data.decode().replace('"1.0"', '"1.0" encoding="utf-16"').encode("utf-16")
    assert texts(data) == ["Text"]


def test_comments_of_any_number_before_the_first_element() -> None:
    data = made(region(line("Text", 0, 0, 90, 20))).replace(b"<PcGts", b"<!-- - --><!-- <alto> -->" * 500 + b"<PcGts")
    assert texts(data) == ["Text"]
    assert not page_xml.sniff(b"<!-- -->" * 8000 + b"<html>")


def test_words_where_the_line_has_no_text() -> None:
    words = "".join(f"<Word>{equiv(word)}</Word>" for word in ("of", "the"))
    han = "".join(f"<Word>{equiv(word)}</Word>" for word in ("中央", "社"))
    glyphs = "<Word>" + "".join(f"<Glyph>{equiv(one)}</Glyph>" for one in "Ruf") + "</Word>"
    lines = "".join(f"<TextLine>{coords(0, y, 90, y + 20)}{one}</TextLine>" for y, one in ((0, words), (30, glyphs)))
    lines += f"<TextLine>{coords(0, 60, 90, 80)}{han}<TextEquiv><Unicode/></TextEquiv></TextLine>"
    assert texts(made(region(lines))) == ["of the", "Ruf", "中央社"]


def test_text_of_the_line_is_read_once_though_its_words_and_region_have_it() -> None:
    both = f"<TextLine>{coords(0, 0, 90, 20)}<Word>{equiv('Ruf')}</Word>{equiv('Ruf')}</TextLine>"
    assert texts(made(region(both + equiv("Ruf")))) == ["Ruf"]


def test_text_of_the_region_fills_lines_without() -> None:
    bare = "".join(f"<TextLine>{coords(0, y, 90, y + 20)}</TextLine>" for y in (0, 30))
    found = page(made(region(bare + equiv("eins\nzwei"))))[0].lines
    assert [(one.text, one.box and one.box.y0) for one in found] == [("eins", 0), ("zwei", 30)]
    assert texts(made(region(bare + equiv("eins\nzwei\ndrei")))) == ["eins", "zwei", "drei"]
    some = line("eins", 0, 0, 90, 20) + f"<TextLine>{coords(0, 30, 90, 50)}</TextLine>"
    assert texts(made(region(some + equiv("eins\nzwei")))) == ["eins", "zwei"]
    found, notes = page(made(region(some, 'id="r7"')))[0].lines, page(made(region(some, 'id="r7"')))[1]
    assert [one.text for one in found] == ["eins"]
    assert notes[-1].what == "1 lines of region r7 hold no text"


def test_the_reading_with_the_lowest_index_is_read() -> None:
    readings = (
        '<TextEquiv index="1"><Unicode>b</Unicode></TextEquiv><TextEquiv index="0"><Unicode>a</Unicode></TextEquiv>'
    )
    assert texts(made(region(f"<TextLine>{coords(0, 0, 90, 20)}{readings}</TextLine>"))) == ["a"]


def test_a_region_without_lines_is_cut_at_its_line_ends() -> None:
    found = page(made(region(coords(0, 0, 300, 90) + equiv("eins\n\ndrei"))))[0].lines
    assert [(one.text, one.box) for one in found] == [("eins", Box(0, 0, 300, 30)), ("drei", Box(0, 60, 300, 90))]


def test_regions_in_regions_tables_and_shapes() -> None:
    cell = f'<TableCell row="0" col="0">{coords(0, 100, 200, 120)}{line("Kurs", 0, 100, 60, 120)}</TableCell>'
    inner = region(line("innen", 0, 30, 90, 50))
    data = made(
        region(line("außen", 0, 0, 90, 20) + inner + equiv("außen\ninnen"))
        + region(coords(0, 100, 200, 120) + cell, "", "TableRegion")
        + region(region(line("Zelle", 0, 130, 90, 150)), "", "TableRegion")
        + region(coords(0, 200, 500, 203), "", "SeparatorRegion")
        + region(coords(0, 300, 500, 600), "", "ImageRegion")
        + region(coords(0, 700, 50, 750), "", "GraphicRegion")
    )
    found = page(data)[0]
    assert [one.text for one in found.lines] == ["außen", "innen", "Kurs", "Zelle"]
    assert [shape.form for shape in found.shapes] == [Form.RULE, Form.IMAGE, Form.IMAGE]


def test_a_skewed_line_is_made_straight() -> None:
    skewed = f'<TextLine><Coords points="0,0 900,40 900,60 0,20"/>{equiv("eine lange Zeile")}</TextLine>'
    box = page(made(region(skewed)))[0].lines[0].box
    assert box == Box(0, 18, 900, 42)


def test_a_broken_polygon_gives_way_to_its_baseline() -> None:
    broken = '<Coords points="719,504 725,531 722,574"/><Baseline points="20,545 900,570"/>'
    text = "Berlin, 2. Januar. Die heutige Börse eröffnete"
    box = page(made(region(f"<TextLine>{broken}{equiv(text)}</TextLine>")))[0].lines[0].box
    assert box
    assert (box.x0, box.x1) == (20, 900)
    assert 520 < box.y0 < box.y1 < 580


def test_lines_of_which_only_the_baseline_is_known_have_a_size() -> None:
    def line(y: int, text: str, x: int = 100, step: int = 10) -> str:
        return f'<TextLine><Baseline points="{x},{y} {x + step * len(text)},{y}"/>{equiv(text)}</TextLine>'

    texts = ["die heutige Börse eröffnete in", "ziemlich fester Haltung, die", "Umsätze blieben aber klein"]
    rows = [line(200 + 24 * n, text) for n, text in enumerate(texts)]
    found = page(made(region("".join([line(120, "INLAND", 150, 22), *rows, line(272, "lll", 100, 35)]))))[0].lines
    heights = [round(one.box.height) for one in found if one.box]
    assert heights == [44, 20, 20, 20, 24]  # the last cannot be higher than the line over it is away
    assert [one.style.size > 30 for one in found if one.style] == [True, False, False, False, False]
    assert found[1].box
    assert (found[1].box.y0, found[1].box.y1) == (184, 204)


@pytest.mark.parametrize(
    ("more", "box", "text"),
    [
        ("", (900, 0, 930, 400), "大公報記者王珏"),
        ("", (900, 0, 930, 400), "Kristallzucker"),
        ('readingDirection="top-to-bottom"', (900, 0, 930, 40), "一"),
        ('orientation="90"', (900, 0, 930, 60), "Kurs"),
    ],
)
def test_vertical_lines(more: str, box: tuple[float, float, float, float], text: str) -> None:
    assert page(made(region(line(text, *box), more)))[0].lines[0].vertical


@pytest.mark.parametrize(
    ("more", "box", "text"),
    [
        ("", (0, 0, 20, 40), "1)"),
        ("", (0, 0, 300, 30), "大公報記者王珏"),
        ('readingDirection="left-to-right"', (0, 0, 300, 30), "Kurs"),
        ('readingDirection="top-to-bottom"', (0, 0, 300, 30), "大公報記者王珏"),
        ('orientation="1.5"', (0, 0, 300, 30), "Kurs"),
    ],
)
def test_horizontal_lines(more: str, box: tuple[float, float, float, float], text: str) -> None:
    assert not page(made(region(line(text, *box), more)))[0].lines[0].vertical


def test_one_size_for_a_block_but_not_for_its_headline() -> None:
    heights = (30, 33, 28, 31, 60)
    lines = "".join(line("zehn Worte", 0, 100 * n, 300, 100 * n + high) for n, high in enumerate(heights))
    sizes = [one.style.size for one in page(made(region(lines)))[0].lines if one.style]
    assert len(set(sizes[:4])) == 1
    assert sizes[4] > 1.7 * sizes[0]


@pytest.mark.parametrize(
    "bad",
    [
        "",
        '<Coords points=""/>',
        '<Coords points="a,b c,d"/>',
        '<Coords points="1,2,3 4"/>',
        '<Coords points="nan,0 inf,5"/>',
        '<Coords points="5,5 5,5"/>',
        '<Coords points="-500,-500 -400,-480"/>',
        '<Coords points="0,0 1e300,1e300"/>',
        '<Coords points="5000,5000 5100,5020"/>',
    ],
)
def test_a_line_without_a_box_that_can_be_true_stands_below_the_line_before(bad: str) -> None:
    others = line("eins", 0, 0, 90, 20) + line("zwei", 0, 30, 90, 50)
    found, notes = page(made(region(others + f"<TextLine>{bad}{equiv('drei')}</TextLine>")))
    assert [one.text for one in found.lines] == ["eins", "zwei", "drei"]
    assert found.lines[2].box == Box(0, 50, 90, 70)
    assert notes[-1].what == "1 lines of page 1 have no box that can be true"


def test_without_any_box_the_page_is_a_text() -> None:
    found, notes = page(made(region(f"<TextLine>{equiv('eins')}</TextLine>"), ""))
    assert found.box is None
    assert found.lines[0].box is None
    assert len(notes) == 1


@pytest.mark.parametrize("size", ["", 'imageWidth="0" imageHeight="0"', 'imageWidth="-5" imageHeight="x"'])
def test_a_page_without_a_size_is_as_large_as_its_lines(size: str) -> None:
    assert page(made(region(line("eins", 5, 5, 90, 20)), size))[0].box == Box(0, 0, 90, 20)


def test_a_page_that_is_smaller_than_its_lines_is_noted() -> None:
    found, notes = page(made(region(line("eins", 500, 500, 900, 520)), 'imageWidth="100" imageHeight="100"'))
    assert found.box == Box(0, 0, 900, 520)
    assert notes[-1].what == "page 1 is larger than its file says"


def test_what_cannot_be_read_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    assert str(refusal(made(""))).startswith("page.xml: its PAGE XML holds no text; ")
    assert "holds no text" in str(refusal(made(region("<TextLine/>"))))
    assert "holds no text" in str(refusal(b"<PcGts/>"))
    assert "is no XML that can be read" in str(refusal(made("")[:-9]))
    monkeypatch.setattr(page_xml, "MOST_WORDS", 3)
    assert "page 1 has more than 3 words" in str(refusal(made(region(line("a b c d", 0, 0, 9, 9)))))


def inked(lines: tuple[Line, ...]) -> Counter[str]:
    return Counter(ink(one.raw) for one in lines)


@pytest.mark.parametrize("path", sorted(DATA.glob("*.xml")) or [None], ids=lambda path: path.stem if path else "none")
def test_every_line_of_the_reichsanzeiger_is_read_once(path: Path | None) -> None:
    if not path:
        why = f"{DATA} is absent; RELAYOUT_DATA says where the data is"
        if "data" in os.environ.get("RELAYOUT_REQUIRE", ""):
            pytest.fail(why)
        pytest.skip(why)
    data = path.read_bytes()
    wanted: Counter[str] = Counter()
    for element in markup.inside(markup.root(data, path.name), "TextLine"):
        for one in markup.children(element, "TextEquiv"):
            text = ink("".join(child.text or "" for child in markup.children(one, "Unicode")))
            wanted.update([text] if text else [])
    found, _ = page(data)
    assert inked(found.lines) == wanted
    assert all(one.box and one.style for one in found.lines)
