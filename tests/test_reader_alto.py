"""ALTO pages: words, torn words, places, sizes, shapes, and what cannot be read; hand-made ones and real ones."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

import relayout
from relayout import readers
from relayout.errors import InputError
from relayout.imprint import Box
from relayout.model import Line, Outcome, Page, Reading
from relayout.readers import markup
from relayout.roles import Form

DATA = Path(os.environ.get("RELAYOUT_DATA", Path(__file__).parents[2] / "shared" / "data"))
REAL = sorted(DATA.glob("bnf-metsalto/*/ALTO/*.xml")) + sorted(DATA.glob("bl-1824/*_000?.xml"))


def word(text: str, x: float, y: float, w: float, h: float = 7, more: str = "") -> str:
    return f'<String CONTENT="{text}" HPOS="{x}" VPOS="{y}" WIDTH="{w}" HEIGHT="{h}" {more}/>'


def line(words: str, x: float = 10, y: float = 10, w: float = 80, h: float = 9, more: str = "") -> str:
    return f'<TextLine HPOS="{x}" VPOS="{y}" WIDTH="{w}" HEIGHT="{h}" {more}>{words}</TextLine>'


def alto(
    content: str, page: str = 'WIDTH="100" HEIGHT="200"', head: str = "", root: str = "alto", xmlns: str = ""
) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><{root} {xmlns}>{head}'
        f"<Layout><Page {page}><PrintSpace>{content}</PrintSpace></Page></Layout></{root}>"
    ).encode()


def read(data: bytes) -> Outcome[Reading]:
    return readers.read(data, "page.xml")


def page(data: bytes) -> Page:
    return read(data).value.pages[0]


def lines(data: bytes) -> tuple[Line, ...]:
    return page(data).lines


def texts(*content: str) -> list[str]:
    return [one.text for one in lines(alto("<TextBlock>" + "".join(line(c) for c in content) + "</TextBlock>"))]


@pytest.mark.parametrize(
    "xmlns",
    [
        "",
        'xmlns="http://schema.ccs-gmbh.com/ALTO"',
        *(f'xmlns="http://www.loc.gov/standards/alto/ns-v{n}#"' for n in (2, 3, 4)),
    ],
)
def test_a_file_is_known_in_every_namespace(xmlns: str) -> None:
    assert [one.text for one in lines(alto(line(word("one", 10, 10, 20)), xmlns=xmlns))] == ["one"]


def test_a_file_is_known_by_its_first_element_however_it_begins() -> None:
    line = b"<a:TextLine><a:String CONTENT='one'/></a:TextLine>"
    body = b"<a:alto xmlns:a='x'><a:Layout><a:Page>" + line + b"</a:Page></a:Layout></a:alto>"
    for before in (b"", b"\xef\xbb\xbf", b"<?xml version='1.0'?>\n<!-- <html> -->\n", b"<!DOCTYPE alto>\n"):
        assert [one.text for one in lines(before + body)] == ["one"]
    assert [one.text for one in lines(("\ufeff" + body.decode()).encode("utf-16-le"))] == ["one"]


def test_spaces_stand_where_the_file_says_so() -> None:
    assert texts('<String CONTENT="one"/><SP/><String CONTENT="tw"/><String CONTENT="o"/>') == ["one two"]


def test_words_are_parted_where_the_file_has_no_spaces_at_all() -> None:
    assert texts('<String CONTENT="one"/><String CONTENT="two"/>') == ["one two"]


def test_han_characters_are_words_of_a_line_without_spaces() -> None:
    near = word("會", 10, 10, 7) + "<SP/>" + word("議", 17.5, 10, 7) + "<SP/>" + word("開", 40, 10, 7)
    assert texts(near) == ["會議 開"]


def test_a_torn_word_keeps_its_printed_halves_and_one_hyphen() -> None:
    torn = 'SUBS_CONTENT="marine"'
    first = f'<String CONTENT="la"/><SP/><String CONTENT="ma" SUBS_TYPE="HypPart1" {torn}/><HYP CONTENT="-"/>'
    last = f'<String CONTENT="rine" SUBS_TYPE="HypPart2" {torn}/><SP/><String CONTENT="sur"/>'
    assert texts(first, last) == ["la ma-", "rine sur"]


@pytest.mark.parametrize(("half", "hyphen"), [("ma", "\u00ad"), ("ma-", "-"), ("ma", ""), ("ma\u2010", "-")])
def test_a_hyphen_is_printed_once_however_it_is_written(half: str, hyphen: str) -> None:
    (text,) = texts(f'<String CONTENT="{half}"/><HYP CONTENT="{hyphen}"/>')
    assert text in ("ma-", "ma\u2010")


def test_a_hyphen_that_is_left_out_is_in_a_note() -> None:
    (note,) = read(alto(line('<String CONTENT="ma-"/><HYP CONTENT="-"/>'))).notes
    assert note.what == "page 1: 1 hyphens are left out"


def test_blocks_are_read_to_any_depth_and_in_margins() -> None:
    deep = "<ComposedBlock><ComposedBlock><TextBlock>" + line(word("in", 10, 10, 9)) + "</TextBlock></ComposedBlock>"
    content = deep + "</ComposedBlock><TextBlock>" + line(word("after", 10, 30, 9)) + "</TextBlock>"
    data = alto(content).replace(
        b"<PrintSpace>", b"<TopMargin>" + line(word("head", 1, 1, 9), y=1).encode() + b"</TopMargin><PrintSpace>"
    )
    assert [(one.text, one.place.line) for one in lines(data)] == [("head", 1), ("in", 2), ("after", 3)]


@pytest.mark.parametrize("unit", ["pixel", "mm10", "inch1200"])
def test_the_page_says_its_unit(unit: str) -> None:
    head = f"<Description><MeasurementUnit>{unit}</MeasurementUnit></Description>"
    assert page(alto(line(word("one", 10, 10, 20)), head=head)).unit == unit


def test_an_unknown_unit_is_taken_for_pixels_with_a_note() -> None:
    outcome = read(alto(line(word("one", 10, 10, 20)), head="<MeasurementUnit>ells</MeasurementUnit>"))
    assert outcome.value.pages[0].unit == "pixel"
    assert "'ells'" in outcome.notes[0].why


def test_styles_are_inherited_and_the_most_characters_decide() -> None:
    head = (
        '<Styles><TextStyle ID="T0" FONTSIZE="10" FONTFAMILY="Times"/><ParagraphStyle ID="P0" ALIGN="Left"/>'
        '<TextStyle ID="T1" FONTSIZE="10" FONTFAMILY="Arial" FONTSTYLE="bold italics"/></Styles>'
    )
    first = line(word("mostly", 10, 10, 30) + word("so", 50, 10, 10, more='STYLEREFS="T1"'))
    second = line(word("bold", 10, 30, 30), y=30, more='STYLEREFS="T1"')
    one, two = lines(alto(f'<TextBlock STYLEREFS="T0 P0">{first}{second}</TextBlock>', head=head))
    assert one.style
    assert two.style
    assert (one.style.font, one.style.bold, one.style.italic) == ("Times", False, False)
    assert (two.style.font, two.style.bold, two.style.italic) == ("Arial", True, True)


def test_lines_set_alike_have_one_size_whatever_letters_are_in_them() -> None:
    # A type of 10: 4.6 the x-height, 2.4 more for ascenders and capitals, 2.1 for descenders; OCR errs by a little.
    rows = [("noose", 4.6), ("hidden", 7.1), ("pagoda", 9.0), ("SUPPLY", 7.0), ("grow", 6.8), ("BIG", 21.0)]
    content = "".join(
        "<TextBlock>"
        + line(word(t, 10, 20 * n, 30, h) + word(t, 45, 20 * n, 30, h) + word(t, 79, 20 * n, 9, h), y=20 * n, h=h + 3)
        + "</TextBlock>"
        for n, (t, h) in enumerate(rows, 1)
    )
    sizes = [one.style.size for one in lines(alto(content)) if one.style]
    assert len(set(sizes[:5])) == 1
    assert 9 < sizes[0] < 11
    assert 28 < sizes[5] < 32


def test_pictures_and_thin_graphics_are_shapes() -> None:
    at = 'HPOS="10" VPOS="50" WIDTH="60"'
    content = (
        f'<Illustration {at} HEIGHT="40"/><GraphicalElement {at} HEIGHT="1"/><GraphicalElement {at} HEIGHT="30"/>'
        f'<ComposedBlock TYPE="Illustration" {at} HEIGHT="20"/>' + line(word("one", 10, 10, 20))
    )
    assert [(shape.form, shape.box.height) for shape in page(alto(content)).shapes] == [
        (Form.IMAGE, 40),
        (Form.RULE, 1),
        (Form.IMAGE, 20),
    ]


def test_high_lines_of_han_and_turned_blocks_are_vertical() -> None:
    upright = line(word("會", 10, 10, 9, 9) + word("議", 10, 20, 9, 9), w=9, h=19)
    letters = "<TextBlock>" + line(word("II", 30, 10, 5, 9), x=30, w=5, h=9) + "</TextBlock>"
    turned = '<TextBlock ROTATION="90.00">' + line(word("on", 60, 10, 9, 12), x=60, w=9, h=12) + "</TextBlock>"
    assert [one.vertical for one in lines(alto(upright + letters + turned))] == [True, False, True]


def test_pages_are_numbered_as_their_images() -> None:
    one = f'<Page PHYSICAL_IMG_NR="7" PRINTED_IMG_NR="A5">{line(word("one", 1, 1, 9))}</Page>'
    two = f'<Page PHYSICAL_IMG_NR="7">{line(word("two", 1, 1, 9))}</Page>'
    pages = read(f"<alto><Layout>{one}{two}<Page/></Layout></alto>".encode()).value.pages
    assert [(p.number, p.label, p.lines[0].place.page, p.lines[0].text) for p in pages] == [
        (7, "A5", 7, "one"),
        (8, "", 8, "two"),
    ]


def test_a_page_without_size_is_as_large_as_its_print_space_or_its_lines() -> None:
    content = line(word("one", 10, 10, 20))
    assert page(alto(content, "")).box == Box(0, 0, 90, 19)
    spaced = alto(content, "").replace(b"<PrintSpace>", b'<PrintSpace HPOS="5" VPOS="5" WIDTH="90" HEIGHT="150">')
    assert page(spaced).box == Box(0, 0, 95, 155)


def test_a_polygon_stands_for_a_box() -> None:
    content = '<TextLine><Shape><Polygon POINTS="10,10 50,12 50,20 10,18"/></Shape><String CONTENT="one"/></TextLine>'
    assert lines(alto(content))[0].box == Box(10, 10, 50, 20)


@pytest.mark.parametrize(
    "odd", ['HPOS="-900"', 'VPOS="1e9"', 'WIDTH="-5"', 'HEIGHT="x"', 'WIDTH="1e308" HPOS="1e308"', 'HPOS="NaN"']
)
def test_a_line_with_a_place_that_cannot_be_is_kept_under_the_one_before(odd: str) -> None:
    at = dict(item.split("=") for item in odd.split())
    attributes = {"HPOS": '"10"', "VPOS": '"30"', "WIDTH": '"80"', "HEIGHT": '"9"'} | at
    bad = "<TextLine " + " ".join(f"{k}={v}" for k, v in attributes.items()) + '><String CONTENT="two"/></TextLine>'
    outcome = read(
        alto(
            "<TextBlock>" + line(word("one", 10, 10, 20)) + bad + "</TextBlock>" + 20 * line(word("x", 10, 50, 9), y=50)
        )
    )
    found = outcome.value.pages[0]
    assert [(one.text, one.box) for one in found.lines[:2]] == [
        ("one", Box(10, 10, 90, 19)),
        ("two", Box(10, 19, 90, 28)),
    ]
    assert found.box == Box(0, 0, 100, 200)
    assert [note.what for note in outcome.notes] == ["1 lines of page 1 have no box that can be true"]


def test_a_page_that_is_said_too_small_is_as_large_as_its_lines() -> None:
    outcome = read(
        alto(line(word("one", 10, 10, 20)) + line(word("two", 10, 500, 20), y=500), 'WIDTH="20" HEIGHT="20"')
    )
    assert outcome.value.pages[0].box == Box(0, 0, 90, 509)
    assert "lines reach 90, 509" in outcome.notes[0].why


def test_lines_without_any_place_are_read_as_text() -> None:
    outcome = read(b"<alto><Layout><Page><TextLine><String CONTENT='one'/></TextLine></Page></Layout></alto>")
    assert outcome.value.pages[0].box is None
    assert outcome.value.pages[0].lines[0].box is None
    assert relayout.fix(b"<alto><Page><TextLine><String CONTENT='one'/></TextLine></Page></alto>").articles


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"<alto><Layout/></alto>", "holds no text"),
        (alto(line(word("", 10, 10, 20)) + line(word(" \u200b", 10, 10, 20))), "holds no text"),
        (b"<alto>", "is no XML that can be read"),
        (b"<!DOCTYPE a [<!ENTITY x 'y'>]><alto>&x;</alto>", "has entities of its own"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(data: bytes, what: str) -> None:
    with pytest.raises(InputError, match=what):
        read(data)


def test_too_many_words_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup, "MOST_WORDS", 3)
    with pytest.raises(InputError, match="more than 3 words on a page"):
        read(alto(line('<String CONTENT="a"/>' * 4)))


@pytest.mark.parametrize("path", REAL or [None], ids=lambda path: path.stem if path else "none")
def test_every_word_of_a_real_page_is_in_the_output_once(path: Path | None) -> None:
    if path is None:
        why = f"{DATA} is absent; RELAYOUT_DATA says where the data is"
        if "data" in os.environ.get("RELAYOUT_REQUIRE", ""):
            pytest.fail(why)
        pytest.skip(why)
    elements = etree.parse(path).getroot().iter("String", "HYP")
    given = Counter("".join("".join(e.get("CONTENT", "").split()) for e in elements))
    issue = relayout.fix(path)
    found = Counter("".join("".join(one.text.split()) for p in issue.paragraphs for one in p.lines))
    assert not found - given
    # A hyphen that the file has in the word and as HYP is printed once, and a note says so; nothing else may differ.
    said = sum(int(note.what.split()[2]) for note in issue.notes if note.what.endswith("hyphens are left out"))
    assert sorted((given - found).elements()) == ["-"] * said
