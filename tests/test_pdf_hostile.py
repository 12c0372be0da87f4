"""PDFs that stand in the wrong way, are damaged, or say what cannot be: each is read, or a line says why not."""

from __future__ import annotations

import io
import re
import time
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.pdfs_by_hand import file, pdf, words

import relayout
from relayout import pictures, readers
from relayout.errors import InputError
from relayout.imprint import UPRIGHT, Stance
from relayout.model import Outcome, Reading
from relayout.readers.pdf import ENGINES, standing
from relayout.readers.pdf.contents import broken
from relayout.readers.pdf.glyphs import Glyph
from relayout.readers.wishes import Wishes
from relayout.roles import Form
from relayout.writers import recall, record

both = pytest.mark.parametrize("engine", ENGINES)
LINES = ["The walk is begun at last", "and leads along the old", "wall of the town."]
THREE = "".join(words(text, 50, 500 - 14 * n) for n, text in enumerate(LINES))
RED = "1 0 0 rg 60 300 100 80 re f 0 g "
WHOLE, LYING = (400, 600), (600, 400)
STANCES = {
    "rotate 90": ("", "/Rotate 90", WHOLE, Stance(90)),
    "rotate 180": ("", "/Rotate 180", WHOLE, Stance(180)),
    "rotate 270": ("", "/Rotate 270", WHOLE, Stance(270)),
    "rotate -90": ("", "/Rotate -90", WHOLE, Stance(270)),
    "matrix 90": ("0 -1 1 0 0 400 cm", "", LYING, Stance(90)),
    "matrix 180": ("-1 0 0 -1 400 600 cm", "", WHOLE, Stance(180)),
    "matrix 270": ("0 1 -1 0 600 0 cm", "", LYING, Stance(270)),
    "rotate and matrix": ("-1 0 0 -1 400 600 cm", "/Rotate 90", WHOLE, Stance(270)),
    "left to right": ("-1 0 0 1 400 0 cm", "", WHOLE, Stance(180, True)),
    "top to bottom": ("1 0 0 -1 0 600 cm", "", WHOLE, Stance(0, True)),
    "mirrored on its side": ("0 1 1 0 0 0 cm", "", LYING, Stance(270, True)),
    "mirrored, rotated": ("-1 0 0 1 400 0 cm", "/Rotate 90", WHOLE, Stance(270, True)),
    "upright by both": ("-1 0 0 -1 400 600 cm", "/Rotate 180", WHOLE, UPRIGHT),
}


def read(data: bytes, engine: str) -> Outcome[Reading]:
    return readers.read(data, "page.pdf", wishes=Wishes(engine=engine))


def texts(data: bytes, engine: str) -> list[list[str]]:
    return [[line.text for line in page.lines] for page in read(data, engine).value.pages]


def notes(data: bytes, engine: str) -> str:
    return " / ".join(f"{note.what}: {note.why}" for note in read(data, engine).notes)


@both
@pytest.mark.parametrize(("matrix", "rotate", "size", "stance"), STANCES.values(), ids=STANCES)
def test_a_page_is_set_upright(engine: str, matrix: str, rotate: str, size: tuple[int, int], stance: Stance) -> None:
    data = pdf([f"q {matrix} {RED}{THREE} Q"], page=rotate, size=size)
    (found,) = read(data, engine).value.pages
    (upright,) = read(pdf([RED + THREE]), engine).value.pages
    assert [line.text for line in found.lines] == LINES
    assert found.stance == stance
    assert ("most of its text stands" in notes(data, engine)) is (stance != UPRIGHT)
    assert found.box == upright.box
    for one, other in zip(found.lines, upright.lines, strict=True):
        assert one.box is not None
        assert other.box is not None
        assert (one.box.x0, one.box.y0, one.box.x1) == pytest.approx(
            (other.box.x0, other.box.y0, other.box.x1), abs=0.1
        )
    # What is cut out of the drawn page is what stands in the box of the upright one.
    (tint,) = [shape.box for shape in found.shapes if shape.form is Form.TINT]
    assert (tint.x0, tint.y0, tint.x1, tint.y1) == pytest.approx((60, 220, 160, 300), abs=0.1)
    drawn = pictures.crops(data, {"red": (1, tint)}, stances={1: stance})["red"]
    whole = pictures.pages(data, [1], 400, "image/png", stances={1: stance})[1]
    with Image.open(io.BytesIO(drawn.data)) as red, Image.open(io.BytesIO(whole.data)) as page:
        assert red.getpixel((5, 5)) == red.getpixel((red.width - 5, red.height - 5)) == (255, 0, 0)
        assert page.size == (400, 600)
        assert [page.getpixel((110, y)) for y in (210, 260, 310)] == [(255,) * 3, (255, 0, 0), (255,) * 3]


@both
def test_the_crop_box_of_a_page_on_its_side_is_that_of_the_upright_page(engine: str) -> None:
    for rotate in (0, 90, 180, 270):
        (found,) = read(pdf([THREE], page=f"/CropBox [40 100 300 550] /Rotate {rotate}"), engine).value.pages
        box = found.lines[0].box
        assert found.box is not None
        assert box is not None
        assert (found.box.width, found.box.height) == (260, 450)
        assert (box.x0, box.y1) == pytest.approx((10, 51.2), abs=0.1)


def test_how_a_page_stood_is_in_the_json() -> None:
    issue = relayout.fix(pdf([f"q -1 0 0 1 400 0 cm {THREE} Q"]), name="page.pdf")
    assert recall.load(record.render(issue)).pages[0].stance == Stance(180, True)
    assert '"stance"' not in str(record.render(relayout.fix(pdf([THREE]), name="page.pdf")))


def test_a_page_that_does_not_agree_how_it_stands_is_left_as_it_is() -> None:
    glyph = Glyph("a", 0, 1, 1, 1, "", False, False, "", 0, "", 0)
    aside = glyph._replace(turn=90)
    assert standing.stance([glyph] * 2 + [aside] * 6) == UPRIGHT
    assert standing.stance([glyph] * 2 + [aside] * 7) == Stance(90)
    assert standing.stance([glyph._replace(text=" ")] * 9 + [aside]) == Stance(90)


@both
def test_the_lines_of_a_block_on_its_head_follow_each_other(engine: str) -> None:
    upright = words("What may be seen from the old wall of the town, and why?", 20, 550)
    data = pdf([upright + words("Answers stand under this.", 20, 530) + f"q -1 0 0 -1 400 560 cm {THREE} Q"])
    assert texts(data, engine)[0][2:] == LINES
    boxes = [line.box for line in read(data, engine).value.pages[0].lines[2:] if line.box]
    assert boxes[0].y0 < boxes[1].y0 < boxes[2].y0
    assert (min(box.x0 for box in boxes), max(box.x1 for box in boxes)) == pytest.approx((239, 350), abs=3)


@both
def test_a_caption_on_its_side_keeps_its_spaces(engine: str) -> None:
    caption = "Page two of six by the sea"
    aside = f"BT /I 7 Tf 0 -1 1 0 20 400 Tm ({caption}) Tj ET"
    assert caption in texts(pdf([THREE + aside]), engine)[0]
    assert texts(pdf([words(caption, 50, 500, font="I", size=7)], page="/Rotate 90"), engine) == [[caption]]


@both
@pytest.mark.parametrize(
    "shown",
    [
        "/R -10 Tf 1 0 0 1 150 300 Tm",
        "/R -10 Tf -1 0 0 -1 150 300 Tm",
        "/R 10 Tf -100 Tz 150 300 Td",
        "/R -10 Tf -100 Tz 150 300 Td",
        "/R 10 Tf -1 0 0 1 150 300 Tm",
        "/R 10 Tf 1 0 0 -1 150 300 Tm",
    ],
)
@pytest.mark.parametrize("among", ["", THREE])
def test_no_letters_are_read_backwards(engine: str, shown: str, among: str) -> None:
    """A negative type size, a negative scale, a mirror: alone on the page, and among upright text."""
    data = pdf([f"{among}BT {shown} (some words here) Tj ET"])
    assert "some words here" in texts(data, engine)[0]


def strange(
    content: bytes, *, more: bytes = b"", encoding: bytes = b"/Identity-H", order: bytes = b"Identity"
) -> bytes:
    """Return a page with a font /F of 2 bytes a glyph, which is not in the file."""
    system = b"<< /Registry (Adobe) /Ordering (%b) /Supplement 0 >>" % order
    return file([
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 600] /Contents 4 0 R"
        b" /Resources << /Font << /F 5 0 R /R 8 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Foo /Encoding %b /DescendantFonts [6 0 R] %b >>" % (encoding, more),
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Foo /CIDSystemInfo %b /FontDescriptor 7 0 R /DW 1000 >>"
        % system,
        b"<< /Type /FontDescriptor /FontName /Foo /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 900"
        b" /Descent -200 /CapHeight 700 /StemV 80 >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ])  # fmt: skip


@both
def test_glyphs_of_a_font_that_does_not_say_what_they_are(engine: str) -> None:
    shown = b"BT /F 10 Tf 50 440 Td <002400250026> Tj ET"
    data = strange(THREE.encode() + shown)
    assert texts(data, engine) == [[*LINES, "\ufffd\ufffd\ufffd"]]
    assert "3 glyphs without Unicode, font Foo: the font does not say which" in notes(data, engine)
    with pytest.raises(InputError, match=r"3 of 3 glyphs have no Unicode \(font Foo\); let OCR read it: relayout fix"):
        read(strange(shown), engine)


@both
@pytest.mark.parametrize(
    ("shown", "encoding", "order"),
    [(b"<0FC40FC5>", b"/Identity-H", b"GB1"), (b"<D0F9D0FA>", b"/GBK-EUC-H", b"GB1")],
)
def test_glyphs_of_a_known_collection_are_read(engine: str, shown: bytes, encoding: bytes, order: bytes) -> None:
    data = strange(b"BT /F 10 Tf 50 480 Td " + shown + b" Tj ET", encoding=encoding, order=order)
    assert texts(data, engine) == [["\u8f69\u55a7"]]
    assert "Unicode" not in notes(data, engine)


def content(packed: bytes, head: bytes = b"") -> bytes:
    return file([
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 600] /Contents 4 0 R"
        b" /Resources << /Font << /R 5 0 R >> >> >>",
        b"<< /Length %d %b>>\nstream\n%b\nendstream" % (len(packed), head, packed),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ])  # fmt: skip


LONG = "".join(words(f"line {n} of {n * 7919 % 1000}", 50, 580 - 10 * n) for n in range(50)).encode()
PACKED = zlib.compress(LONG)
FLATE = b"/Filter /FlateDecode "
DAMAGED = {
    "cut off": (PACKED[: len(PACKED) // 2], FLATE, "its content breaks off"),
    "damaged": (PACKED[:400] + b"\0\xff\x13" + PACKED[403:], FLATE, "its content is damaged"),
    "a wrong sum": (PACKED[:-1] + b"\x00", FLATE, "its content is damaged"),
    "a string": (LONG + b"BT /R 10 Tf (no end", b"", "its content breaks off in a string"),
    "operands": (LONG + b"BT /R 10 Tf 50 500", b"", "its content breaks off"),
    "operators": (LONG + b"1 0 Tq ET", b"", "its content is damaged: Tq is no operator"),
}


@both
@pytest.mark.parametrize(("packed", "head", "why"), DAMAGED.values(), ids=DAMAGED)
def test_content_that_breaks_off_is_noted(engine: str, packed: bytes, head: bytes, why: str) -> None:
    data = content(packed, head)
    assert texts(data, engine)[0][0] == "line 0 of 0"
    assert f"page 1 is damaged: {why}; text may be missing" in notes(data, engine)


@both
def test_content_that_is_damaged_before_its_text_is_no_page_without_text(engine: str) -> None:
    with pytest.raises(InputError, match="page 1 cannot be read: its content breaks off in a string; repair it"):
        read(content(b"BT /R 10 Tf (no end"), engine)


@both
@pytest.mark.parametrize(("packed", "head"), [(LONG, b""), (PACKED, FLATE), (PACKED[:-4], FLATE)])
def test_content_that_is_whole_is_not_noted(engine: str, packed: bytes, head: bytes) -> None:
    """Some programs leave the sum at the end of what they pack out."""
    assert "damaged" not in notes(content(packed, head), engine)


@pytest.mark.parametrize(
    "whole",
    [
        b"",
        b" \n",
        b"q BI /W 1 /H 1 /BPC 8 /CS /G ID \x8f(<q\xff EI",
        b"BT (a (b (c) d) \\) e) ' ET % a comment (",
        b"BT [(a) -20.5 (b)] TJ /P <</MCID 0>> BDC EMC <AB 0f> Tj T* ET\0\n",
        b"q 1 0 0 1 -.5 +3. cm Q BX 1 2 new EX",
        b"/A(b)Tj[]0 d",
    ],
)
def test_content_of_every_kind_is_whole(whole: bytes) -> None:
    assert broken(whole) == ""


@given(st.binary(max_size=300) | st.text("(<[\\)> TjBI", max_size=300).map(str.encode))
def test_no_content_makes_the_search_for_damage_fail(data: bytes) -> None:
    assert isinstance(broken(data), str)


def test_the_search_for_damage_takes_time_in_proportion() -> None:
    begun = time.perf_counter()
    for hostile in (
        b"(" * 300_000,
        b"BI " * 100_000,
        b"<" * 300_000,
        b"(\\" * 150_000,
        b"((a)" * 100_000,
        b"1" * 300_000,
    ):
        broken(hostile)
    assert time.perf_counter() - begun < 5


PAGES = pdf([words(text, 50, 500) for text in ("first", "second", "third")])


@both
@pytest.mark.parametrize(
    "data",
    [
        PAGES.replace(b"6 0 R 8 0 R]", b"null  8 0 R]"),
        PAGES.replace(b"6 0 R 8 0 R]", b"99 0 R 8 0 R]"),
        re.sub(rb"6 0 obj\n<< /Type /Page .*? >>\n(?=endobj)", b"6 0 obj\nnull\n", PAGES, flags=re.DOTALL),
    ],
    ids=["null", "no object", "an object that is null"],
)
def test_a_missing_page_in_the_middle_loses_no_other(engine: str, data: bytes) -> None:
    found = read(data, engine).value.pages
    assert [(page.number, page.lines[0].text) for page in found] == [(1, "first"), (3, "third")]
    assert "page 2 is left out: it cannot be read: it is missing in the file, or damaged" in notes(data, engine)


@both
@pytest.mark.parametrize("root", ["/Pages 2 0 R", ""])
def test_a_file_without_pages_is_said_to_have_none(engine: str, root: str) -> None:
    data = file([f"<< /Type /Catalog {root} >>".encode(), b"<< /Type /Pages /Kids [] /Count 0 >>"])
    with pytest.raises(InputError, match=r"^page\.pdf: has no pages; give a PDF with pages in it$"):
        read(data, engine)


@both
def test_a_tree_of_pages_that_has_no_end(engine: str) -> None:
    data = PAGES.replace(b"6 0 R 8 0 R]", b"2 0 R 8 0 R]")
    assert [one for page in texts(data, engine) for one in page] == ["first", "third"]


OUTSIDE = "page 1 cannot be read: all its text stands outside its box (MediaBox or CropBox)"
BOXES = {
    "[0 0 0 0]": "its MediaBox (0 0 0 0) has no width or height",
    "[10 10 10 500]": "its MediaBox (10 10 10 500) has no width",
    "[10 10 500 10]": "its MediaBox (10 10 500 10) has no height",
    "[0 0 nan nan]": "its MediaBox (0 0 0 0) has no width or height",
    "[0 0]": "its MediaBox (0 0 0 0) has no width or height",
    "[/a /b /c /d]": "its MediaBox (0 0 0 0) has no width or height",
    "[0 0 1e38 1e38]": "its MediaBox (",
    "[0 0 99999999999999 99999999999999]": "its MediaBox (",
    "[0 0 20000 600]": "it is 20000 by 600 points large",
    "[0 0 -400 -600]": OUTSIDE,
    "[0 0 1 1]": OUTSIDE,
    "[0 0 0.001 0.001]": OUTSIDE,
    "[5000 5000 5400 5600]": OUTSIDE,
}


@both
@pytest.mark.parametrize(("box", "why"), BOXES.items(), ids=BOXES)
def test_what_is_wrong_with_a_box_is_said(engine: str, box: str, why: str) -> None:
    with pytest.raises(InputError, match=re.escape(why)) as error:
        read(pdf([words("some text", 50, 500)], page=f"/MediaBox {box}"), engine)
    assert error.value.what.startswith("page.pdf: page 1 cannot be read: ")
    assert "qpdf in.pdf out.pdf" in error.value.advice


@both
@pytest.mark.parametrize("box", ["[400 600 0 0]", "[0 600 400 0]", "null", "(foo)", "[0 0 400 600 7]"])
def test_a_box_that_can_be_understood_is(engine: str, box: str) -> None:
    """Corners in another order; a page that has no box is a Letter page, as pdfium takes it to be."""
    (found,) = read(pdf([words("some text", 50, 500)], page=f"/MediaBox {box}"), engine).value.pages
    assert found.box is not None
    assert (found.box.width, found.box.height) == ((400, 600) if box.startswith("[") else (612, 792))
    assert [line.text for line in found.lines] == ["some text"]


@both
def test_a_bad_box_loses_no_other_page(engine: str) -> None:
    data = PAGES.replace(
        b"/Type /Page /Parent 2 0 R /MediaBox [0 0 400 600]", b"/Type /Page /Parent 2 0 R /MediaBox [0 0 0 0]    ", 1
    )
    assert texts(data, engine) == [["second"], ["third"]]
    assert "page 1 is left out: it cannot be read: its MediaBox (0 0 0 0)" in notes(data, engine)


@both
def test_a_tiny_page_is_read(engine: str) -> None:
    assert texts(pdf([words("some text", 0.1, 0.1, size=0.1)], size=(1, 1)), engine) == [["some text"]]


@both
def test_many_blank_pages_take_time_in_proportion(engine: str) -> None:
    data = pdf([words("first", 50, 500), *[""] * 2998, words("last", 50, 500)])
    begun = time.perf_counter()
    assert [page.number for page in read(data, engine).value.pages] == [1, 3000]
    assert time.perf_counter() - begun < 20  # 3 to 9 s on a machine with others at work; it was 37


VALUES = ["0", "-1", "400", "1e9", "nan", "null", "99999999", "/a", ".5"]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(VALUES), max_size=6),
    st.sampled_from(ENGINES),
    st.sampled_from(["", "/MediaBox [0 0 400 600]"]),
    st.sampled_from(["", "/Rotate 90", "/Rotate /x", "/Rotate 7e9", "/Rotate 45"]),
)
def test_whatever_a_box_holds_there_is_a_page_or_one_plain_line(
    box: list[str], engine: str, media: str, rotate: str
) -> None:
    key = "/CropBox" if media else "/MediaBox"
    told = ""
    try:
        told = str(texts(pdf([words("some text", 50, 500)], page=f"{media} {key} [{' '.join(box)}] {rotate}"), engine))
    except InputError as error:
        told = error.what
    assert re.search(r"some text|its MediaBox \(|outside its box|points large|missing in the file, or damaged", told), (
        told
    )


def formed(contents: list[str]) -> bytes:
    """Return a page that draws form /F0, and forms /F0, /F1, ... that may draw each other."""
    names = " ".join(f"/F{n} {90 + n} 0 R" for n in range(len(contents)))
    data = pdf([f"{THREE} /F0 Do"]).replace(b"/Im 3 0 R", names.encode())
    head = f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << {names} >> >>"
    more = "".join(
        f"{90 + n} 0 obj\n<< {head} /Length {len(drawn)} >>\nstream\n{drawn}\nendstream\nendobj\n"
        for n, drawn in enumerate(contents)
    )
    return data.replace(b"%PDF-1.4\n", b"%PDF-1.4\n" + more.encode()).replace(b"startxref", b"startxref\n1 % ")


@both
@pytest.mark.parametrize(
    "contents",
    [
        [f"/F{n + 1} Do " * 10 for n in range(12)] + ["0 0 1 1 re f"],
        ["/F0 Do /F0 Do"],
        ["/F1 Do /F1 Do", "/F0 Do"],
    ],
)
def test_a_page_whose_forms_draw_each_other_without_end_is_refused(engine: str, contents: list[str]) -> None:
    with pytest.raises(InputError, match=r"page 1 cannot be read: it draws more than 50,000 forms"):
        read(formed(contents), engine)


@both
def test_forms_in_forms_are_read(engine: str) -> None:
    assert texts(formed([*(f"/F{n + 1} Do " * 2 for n in range(8)), "0 0 1 1 re f"]), engine) == [LINES]
    assert texts(formed(["/F0 Do"]), engine) == [LINES]
