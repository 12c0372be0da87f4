"""PDF pages, read by both engines: lines, styles, shapes, what is hidden, and what cannot be read."""

from __future__ import annotations

import contextlib
import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.pdfs_by_hand import pdf, words

import relayout
from relayout import readers
from relayout.errors import InputError, UsageError
from relayout.model import Outcome, Page, Reading
from relayout.readers import pdf as reader
from relayout.readers.pdf import ENGINES
from relayout.readers.pdf.glyphs import MOST_GLYPHS
from relayout.readers.wishes import Wishes
from relayout.report import summary
from relayout.roles import Form
from relayout.validate import check
from relayout.writers import tei

both = pytest.mark.parametrize("engine", ENGINES)


def read(data: bytes, engine: str = "", pages: str = "", password: str = "") -> Outcome[Reading]:
    return readers.read(data, "page.pdf", wishes=Wishes("", engine, pages, password))


def page(data: bytes, engine: str) -> Page:
    return read(data, engine).value.pages[0]


def texts(data: bytes, engine: str) -> list[str]:
    return [line.text for line in page(data, engine).lines]


def notes(data: bytes, engine: str) -> str:
    return " / ".join(f"{note.what}: {note.window}" for note in read(data, engine).notes)


@both
def test_a_line_has_its_text_box_and_style(engine: str) -> None:
    line = page(pdf([words("The quick fox", 50, 500, font="B", size=20)]), engine).lines[0]
    assert (line.text, line.place.page, line.place.line) == ("The quick fox", 1, 1)
    assert line.style is not None
    assert line.box is not None
    assert (line.style.size, line.style.bold, line.style.italic, line.style.font) == (20, True, False, "Helvetica")
    assert (line.box.x0, line.box.y0, line.box.y1) == pytest.approx((50, 82.4, 102.4), abs=0.1)
    assert line.box.x1 == pytest.approx(50 + 20 * 6.67, abs=8)


@both
def test_bold_is_said_of_a_line_that_is_bold_throughout(engine: str) -> None:
    content = words("LONDON", 50, 500, font="B") + words("the vote", 97, 500)
    lines = page(pdf([content]), engine).lines
    assert [line.text for line in lines] == ["LONDON the vote"]
    assert lines[0].style is not None
    assert not lines[0].style.bold


@both
def test_the_order_is_that_of_the_page_not_of_the_stream(engine: str) -> None:
    parts = [words("first", 50, 500), words("second", 50, 480), words("third", 50, 460)]
    assert texts(pdf(["".join(parts)]), engine) == texts(pdf(["".join(reversed(parts))]), engine)


@both
def test_words_are_parted_by_gaps_where_no_space_is_shown(engine: str) -> None:
    shown = words("The", 50, 500) + words("vote", 71, 500) + words("was", 94, 500)
    assert texts(pdf([shown]), engine) == ["The vote was"]


@both
def test_glyphs_printed_twice_to_look_bold_are_read_once(engine: str) -> None:
    assert texts(pdf([words("Bold", 50, 500, size=20) + words("Bold", 50.4, 500, size=20)]), engine) == ["Bold"]


@both
def test_text_outside_the_page_is_left_out_with_a_note(engine: str) -> None:
    data = pdf([words("seen", 50, 500) + words("beyond", 500, 500)])
    assert texts(data, engine) == ["seen"]
    assert "6 glyphs outside the page: beyond" in notes(data, engine)


@both
def test_invisible_text_beside_printed_text_is_left_out_with_a_note(engine: str) -> None:
    data = pdf([words("seen", 50, 500) + words("hidden", 50, 400, before="3 Tr")])
    assert texts(data, engine) == ["seen"]
    assert "6 hidden glyphs: hidden" in notes(data, engine)


@both
def test_white_text_on_white_is_left_out_and_on_a_dark_tint_is_read(engine: str) -> None:
    ground = "0.2 0.2 0.2 rg 40 385 200 40 re f "
    white = words("bright", 50, 400, before="1 g") + words("nothing", 50, 300, before="1 g")
    data = pdf([words("seen", 50, 500, before="0 g") + ground + white])
    assert texts(data, engine) == ["seen", "bright"]
    assert "7 white glyphs: nothing" in notes(data, engine)


@both
def test_the_text_under_a_scan_is_read_with_a_note(engine: str) -> None:
    data = pdf(["q 400 0 0 600 0 0 cm /Im Do Q " + words("found by OCR", 50, 500, before="3 Tr")])
    assert texts(data, engine) == ["found by OCR"]
    assert "invisible text is read" in notes(data, engine)


@both
def test_rules_frames_tints_and_pictures(engine: str) -> None:
    drawn = "40 450 300 0.5 re f 1 w 40 300 100 80 re S 0.8 g 200 300 100 80 re f q 90 0 0 60 40 200 cm /Im Do Q "
    found = page(pdf([words("text", 50, 500) + drawn]), engine).shapes
    assert {shape.form for shape in found} == {Form.RULE, Form.FRAME, Form.TINT, Form.IMAGE}
    boxes = {s.form: (s.box.x0, s.box.y0, s.box.x1, s.box.y1) for s in found}
    assert boxes[Form.RULE] == pytest.approx((40, 149.5, 340, 150), abs=1)
    assert boxes[Form.FRAME] == pytest.approx((40, 220, 140, 300), abs=1.1)
    assert boxes[Form.IMAGE] == pytest.approx((40, 340, 130, 400), abs=1)


@both
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_rotation_and_crop_box_are_as_seen(engine: str, turn: int) -> None:
    # The text is set so that it is upright once the page is turned.
    at = {0: "1 0 0 1 120 300", 90: "0 1 -1 0 220 150", 180: "-1 0 0 -1 280 300", 270: "0 -1 1 0 180 450"}[turn]
    content = f"BT /R 10 Tf {at} Tm (upright) Tj ET"
    one = page(pdf([content], page=f"/CropBox [100 100 300 500] /Rotate {turn}"), engine)
    assert one.box is not None
    assert (one.box.width, one.box.height) == ((200, 400) if turn in (0, 180) else (400, 200))
    (line,) = one.lines
    assert line.text == "upright"
    assert line.box is not None
    assert line.box.x0 == pytest.approx({0: 20, 90: 50, 180: 20, 270: 50}[turn], abs=0.5)
    baseline = line.box.y1 - 1.2
    assert baseline == pytest.approx({0: 200, 90: 120, 180: 200, 270: 120}[turn], abs=0.5)


@both
def test_pages_are_chosen_by_number_and_by_label(engine: str) -> None:
    data = pdf([words(text, 50, 500) for text in ("one", "two", "three")], labels="0 << /P (A) /S /D >>")
    found = read(data, engine, pages="A2,3").value.pages
    assert [(one.number, one.label, one.lines[0].text) for one in found] == [(2, "A2", "two"), (3, "A3", "three")]
    with pytest.raises(UsageError, match="there is no page '9'"):
        read(data, engine, pages="9")


@both
@pytest.mark.parametrize("wanted", [",", " ", "1,", "1,,2", "-", "1-", "-2", "3-1", "1,3-2"])
@pytest.mark.parametrize("labels", ["", "0 << /P (A) /S /D >>"])
def test_a_word_that_names_no_page_is_refused(engine: str, wanted: str, labels: str) -> None:
    data = pdf([words(text, 50, 500) for text in ("one", "two", "three")], labels=labels)
    with pytest.raises(UsageError, match=f"^--pages {wanted}: names no page; give numbers, ranges or labels"):
        read(data, engine, pages=wanted)


@both
@pytest.mark.parametrize(
    ("labels", "named"),
    [
        ("", ["", "", ""]),
        ("0 << /S /r >> 2 << /S /A /St 27 >>", ["i", "ii", "AA"]),
        ("0 << /P (B-) >> 1 << /S /D /P (C) /St 5 >>", ["B-", "C5", "C6"]),
    ],
)
def test_both_engines_know_what_the_file_calls_its_pages(engine: str, labels: str, named: list[str]) -> None:
    data = pdf([words(text, 50, 500) for text in ("one", "two", "three")], labels=labels)
    assert [one.label for one in read(data, engine).value.pages] == named


@both
def test_damaged_labels_lose_no_page(engine: str) -> None:
    data = pdf([words("one", 50, 500)], labels="0 << /S /R /St 99999 >>")
    assert [one.lines[0].text for one in read(data, engine, pages="1").value.pages] == ["one"]


def test_each_engine_opens_a_file_by_itself() -> None:
    data = pdf([words("rescued", 50, 500)], labels="0 << /P (A) /S /D >>")
    broken = data.replace(b"/Pages 2 0 R /", b"/Pages 2 0 R\x02/", 1)
    assert broken != data
    for before in (data, encrypted(data)):  # pdfium remembers what was wrong with the file before
        with contextlib.suppress(InputError):
            read(before, "pdfium")
        with pytest.raises(InputError, match="is no PDF that can be read, or is cut off"):
            read(broken, "pdfium")
    assert [(one.label, one.lines[0].text) for one in read(broken, "pdfplumber").value.pages] == [("A1", "rescued")]


@both
def test_what_is_larger_than_the_limit_is_said_to_be_too_large(engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = pdf([words("one", 50, 500)])
    monkeypatch.setattr(reader, "MOST_BYTES", 1 << 20)
    assert read(data.ljust(1 << 20), engine).value.pages
    with pytest.raises(InputError, match=r"^page\.pdf: is larger than 1 MiB; take pages out of it: qpdf "):
        read(data.ljust((1 << 20) + 1), engine)


def encrypted(data: bytes) -> bytes:
    pypdf = pytest.importorskip("pypdf", reason="pypdf encrypts the page of this test")
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@both
def test_a_password_opens_an_encrypted_page(engine: str) -> None:
    data = encrypted(pdf([words("locked", 50, 500)]))
    with pytest.raises(InputError, match="is encrypted; give its password with --password"):
        read(data, engine)
    with pytest.raises(InputError, match="the password does not open it"):
        read(data, engine, password="wrong")
    assert read(data, engine, password="secret").value.pages[0].lines[0].text == "locked"


@both
@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n", "is no PDF that can be read, or is cut off"),
        (pdf([]), "has no pages|is no PDF"),
        (pdf([""]), "holds no text; give a page with text on it"),
        (
            pdf(["q 400 0 0 600 0 0 cm /Im Do Q"]),
            "its page is a picture; let OCR read it: relayout fix page.pdf --ocr tesseract --lang eng",
        ),
        (pdf([words("far", 50, 500)], size=(20_000, 600)), "page 1 cannot be read: it is 20000 by 600 points large"),
    ],
    ids=["a mere head", "no pages", "an empty page", "a picture", "an absurd size"],
)
def test_what_cannot_be_read_is_said(engine: str, data: bytes, what: str) -> None:
    with pytest.raises(InputError, match=what):
        read(data, engine)


GARBAGE = "\x8f\xfe[[( Tj << \x00\x9d" * 40
BROKEN = {
    "garbage": (GARBAGE, "no text is found on it"),
    "too many glyphs": (
        "BT /R 1 Tf 1 1 Td " + f"({'a' * 1000}) Tj " * (2 * MOST_GLYPHS // 1000 + 1) + "ET",
        f"it cannot be read: it has more than {MOST_GLYPHS:,} glyphs",
    ),
    "a picture": ("q 400 0 0 600 0 0 cm /Im Do Q", "it is a picture: let OCR read it with --ocr tesseract"),
    "nothing": ("", "no text is found on it"),
}


@both
@pytest.mark.parametrize(("content", "why"), BROKEN.values(), ids=BROKEN)
def test_a_page_that_cannot_be_read_loses_no_other_and_is_noted(engine: str, content: str, why: str) -> None:
    issue = relayout.fix(pdf([words("first", 50, 500), content, words("third", 50, 500)]), pdf_engine=engine)
    assert [(one.number, one.lines[0].text) for one in issue.pages] == [(1, "first"), (3, "third")]
    said = [line for line in summary(issue) if "left out" in line]
    assert len(said) == 1
    assert said[0].startswith(f"doubt: read: page 2 is left out: {why}")
    xml = tei.render(issue)
    assert check(xml) == ()
    assert b'facs="#facs_3_l1"' in xml


@both
def test_a_page_whose_object_is_missing_loses_no_other(engine: str) -> None:
    data = pdf([words("first", 50, 500), words("second", 50, 500)])
    broken = re.sub(rb"6 0 obj\n<< /Type /Page ", b"6 0 obj\n<< /Type /Pagy ", data)
    assert broken != data
    assert "first" in [line.text for one in read(broken, engine).value.pages for line in one.lines]


@given(st.integers(0, 5000), st.integers(0, 255), st.sampled_from(ENGINES))
@settings(max_examples=60, deadline=None)
def test_damaged_files_are_read_or_refused(at: int, byte: int, engine: str) -> None:
    data = bytearray(pdf([words("some text", 50, 500)] * 2))
    data[at % len(data)] = byte
    for damaged in (bytes(data), bytes(data[: at % len(data)])):
        if damaged.startswith(b"%PDF-"):
            with contextlib.suppress(InputError, UsageError):
                read(damaged, engine)


PLACED = st.lists(st.tuples(st.integers(0, 5), st.integers(1, 28), st.text("abcdefgh", min_size=1, max_size=9)),
                  min_size=1, max_size=20, unique_by=lambda one: one[:2])  # fmt: skip


@given(PLACED, st.sampled_from(ENGINES))
@settings(max_examples=60, deadline=None)
def test_every_character_is_read_once_wherever_words_stand(placed: list[tuple[int, int, str]], engine: str) -> None:
    data = pdf(["".join(words(text, 10 + 60 * x, 20 * y) for x, y, text in placed)])
    got = "".join(line.raw for line in page(data, engine).lines)
    assert sorted(got.replace(" ", "")) == sorted("".join(text for _, _, text in placed))


def test_fix_reads_a_pdf() -> None:
    issue = relayout.fix(pdf([words("A line of text.", 50, 500)]), name="page.pdf")
    assert "A line of text." in "\n".join(paragraph.text for paragraph in issue.paragraphs)


@pytest.mark.parametrize("engine", ["pdfium", "pdfplumber"])
def test_a_credit_that_climbs_and_a_solution_that_stands_on_its_head(engine: str) -> None:
    """Both are common in print; their lines are read as they are, and their boxes stand where they are printed."""
    page = (
        words("The market hall opens again on Monday", 40, 500)
        + "BT /R 7 Tf 0 1 -1 0 350 300 Tm (Photo: Helen Marsh) Tj ET\n"
        + "BT /R 8 Tf -1 0 0 -1 200 60 Tm (Solution: nine of hearts) Tj ET\n"
        + "BT /R 8 Tf 0 -1 1 0 20 400 Tm (Page two of six) Tj ET\n"
    )
    reading = readers.read(pdf([page]), "turned.pdf", wishes=Wishes(engine=engine)).value
    found = {line.text: line.box for line in reading.pages[0].lines}
    assert set(found) == {
        "The market hall opens again on Monday",
        "Photo: Helen Marsh",
        "Solution: nine of hearts",
        "Page two of six",
    }
    climbing, upside = found["Photo: Helen Marsh"], found["Solution: nine of hearts"]
    assert climbing is not None
    assert upside is not None
    assert climbing.height > 5 * climbing.width
    assert 340 < climbing.x0 < climbing.x1 < 355
    assert 230 < climbing.y0 < climbing.y1 < 301
    assert upside.width > 5 * upside.height
    assert 100 < upside.x0 < upside.x1 < 201
    assert 537 < upside.y0 < upside.y1 < 549


@pytest.mark.parametrize("engine", ["pdfium", "pdfplumber"])
@pytest.mark.parametrize("width", [50, 60, 70, 100])
def test_the_letters_of_condensed_type_are_no_letters_printed_twice(engine: str, width: int) -> None:
    page = words("illicit willing fulfilling 1100", 40, 500, before=f"{width} Tz")
    (line,) = readers.read(pdf([page]), "narrow.pdf", wishes=Wishes(engine=engine)).value.pages[0].lines
    assert line.text == "illicit willing fulfilling 1100"


@pytest.mark.parametrize("engine", ["pdfium", "pdfplumber"])
def test_a_letter_of_another_size_in_one_place_is_no_letter_printed_twice(engine: str) -> None:
    page = words("Farm", 40, 500, font="B", size=20) + words("Fa", 40, 500, size=9)
    lines = readers.read(pdf([page]), "sizes.pdf", wishes=Wishes(engine=engine)).value.pages[0].lines
    assert sorted(char for line in lines for char in line.text if char != " ") == sorted("FarmFa")


@pytest.mark.parametrize(
    "before", [b"\r\n", b"\xef\xbb\xbf", b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n"]
)
def test_a_pdf_may_begin_after_some_other_bytes(before: bytes) -> None:
    reading = readers.read(before + pdf([words("The market hall opens again", 40, 500)]), "page.pdf").value
    assert [line.text for line in reading.pages[0].lines] == ["The market hall opens again"]
