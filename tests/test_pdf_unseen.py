"""Text of a PDF page that cannot be seen: drawn over, or clipped away. Both engines set it aside with a note."""

from __future__ import annotations

import time

import pytest
from tests.pdfs_by_hand import pdf, words
from tests.test_reader_pdf import both, notes, texts

PICTURE = "q 120 0 0 40 40 385 cm /Im Do Q "
SEEN = words("this is seen", 50, 500)
UNDER = words("under", 50, 400)


def resourced(data: bytes, more: str) -> bytes:
    """Return a PDF whose pages have more resources; the table of its objects is then wrong, and read all the same."""
    return data.replace(b"/Resources << ", f"/Resources << {more} ".encode())


def with_object(data: bytes, number: int, body: str) -> bytes:
    """Return a PDF with one more object; readers mend the table of its objects."""
    more = f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    return data.replace(b"%PDF-1.4\n", b"%PDF-1.4\n" + more).replace(b"startxref", b"startxref\n1 % ")


@both
@pytest.mark.parametrize(
    "drawn",
    [
        PICTURE,
        "1 g 40 385 120 40 re f ",
        "0.5 g 40 385 120 40 re f ",
        "0 1 0 rg 40 385 m 160 385 l 160 425 l 40 425 l h f ",
        "q 40 385 120 40 re W n 400 0 0 600 0 0 cm /Im Do Q ",
        "1 g 40 385 120 40 re B ",
    ],
)
def test_text_under_something_opaque_is_set_aside(engine: str, drawn: str) -> None:
    data = pdf([SEEN + UNDER + drawn])
    assert texts(data, engine) == ["this is seen"]
    assert "5 covered glyphs: under" in notes(data, engine)


@both
@pytest.mark.parametrize(
    "drawn",
    [
        "q 40 385 120 40 re 45 390 110 30 re W* n 400 0 0 600 0 0 cm /Im Do Q ",  # through a frame
        "0.5 g 40 385 120 40 re 45 390 110 30 re f* ",  # a frame
        "0.5 g 40 385 m 160 385 l 100 425 l h f ",  # a triangle, larger than the word
        "0.5 g 40 385 m 160 385 160 425 40 425 c h f ",
        "q 1 0 0 1 0 0 cm 0.7 0.7 -0.7 0.7 100 385 cm 60 0 0 60 0 0 cm /Im Do Q ",  # turned by 45 degrees
        "0.5 G 40 385 120 40 re S ",
        "0.5 g 40 402 120 1 re f ",  # struck through
        "0.5 g 57 385 3.5 40 re f ",  # over some of a letter
        "q 20 20 20 20 re W n 0.5 g 40 385 120 40 re f Q ",  # clipped away
    ],
)
def test_text_that_shows_is_read(engine: str, drawn: str) -> None:
    assert texts(pdf([SEEN + UNDER + drawn]), engine) == ["this is seen", "under"]


@both
def test_text_over_a_picture_stays(engine: str) -> None:
    assert texts(pdf([SEEN + PICTURE + UNDER]), engine) == ["this is seen", "under"]


@both
def test_text_over_what_covers_other_text_stays(engine: str) -> None:
    data = pdf([SEEN + UNDER + "q 1 g 40 385 120 40 re f Q " + words("anew", 50, 400)])
    assert texts(data, engine) == ["this is seen", "anew"]
    assert "5 covered glyphs: under" in notes(data, engine)


@both
@pytest.mark.parametrize("state", ["<< /ca 0.5 >>", "<< /BM /Multiply >>"])
def test_text_under_what_is_seen_through_is_read(engine: str, state: str) -> None:
    data = resourced(pdf([SEEN + UNDER + "q /G gs 0.5 g 40 385 120 40 re f Q "]), f"/ExtGState << /G {state} >>")
    assert texts(data, engine) == ["this is seen", "under"]


@both
def test_text_under_a_picture_with_a_mask_is_read(engine: str) -> None:
    data = pdf([SEEN + UNDER + PICTURE]).replace(b"/ColorSpace /DeviceGray /BitsPer", b"/ImageMask true /BitsPer")
    data = data.replace(b"/BitsPerComponent 8", b"/BitsPerComponent 1").replace(b"\n0\nend", b"\n\xf0\nend")
    assert texts(data, engine) == ["this is seen", "under"]


@both
def test_text_under_a_picture_that_is_half_clear_is_read(engine: str) -> None:
    mask = "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
    data = pdf([SEEN + UNDER + PICTURE]).replace(b"/BitsPerComponent 8", b"/BitsPerComponent 8 /SMask 90 0 R")
    assert texts(with_object(data, 90, f"{mask} /Length 1 >>\nstream\nb\nendstream"), engine) == [
        "this is seen",
        "under",
    ]


@both
@pytest.mark.parametrize(("box", "left"), [("0 0 400 600", ""), ("0 0 100 50", "beyond"), ("0 0 9 9", "under beyond")])
def test_forms_cover_what_they_fill_within_their_box(engine: str, box: str, left: str) -> None:
    drawn = "0.5 g 0 0 300 40 re f"
    form = f"<< /Type /XObject /Subtype /Form /BBox [{box}] /Matrix [1 0 0 1 40 385] /Length {len(drawn)} >>"
    seen = SEEN + words("and so is this, over there", 50, 300)
    data = pdf([seen + UNDER + words("beyond", 250, 400) + "q /Fm Do Q "])
    data = with_object(data.replace(b"/Im 3 0 R", b"/Im 3 0 R /Fm 90 0 R"), 90, f"{form}\nstream\n{drawn}\nendstream")
    assert texts(data, engine) == ["this is seen", *left.split(), "and so is this, over there"]


@both
def test_text_of_forms_is_clipped_by_their_box_and_covered(engine: str) -> None:
    shown = words("inside", 10, 10) + words("beyond", 10, 100) + words("beneath", 50, 10)
    form = f"<< /Type /XObject /Subtype /Form /BBox [0 0 100 50] /Matrix [1 0 0 1 40 385] /Length {len(shown)} \
/Resources << /Font << /R << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
    data = pdf([SEEN + "q /Fm Do Q 0.5 g 85 380 60 40 re f "])
    data = with_object(data.replace(b"/Im 3 0 R", b"/Im 3 0 R /Fm 90 0 R"), 90, f"{form}\nstream\n{shown}\nendstream")
    assert texts(data, engine) == ["this is seen", "inside"]
    assert "6 clipped glyphs: beyond" in notes(data, engine)
    assert "7 covered glyphs: beneath" in notes(data, engine)


@both
def test_outlined_text_that_a_picture_is_seen_through_is_read(engine: str) -> None:
    filled = "q BT /B 30 Tf 7 Tr 50 400 Td (under) Tj ET 0.5 g 40 385 120 40 re f Q "
    assert texts(pdf([SEEN + filled]), engine) == ["this is seen", "under"]


@both
def test_printed_text_under_a_scan_in_strips_is_read_with_a_note(engine: str) -> None:
    strips = "".join(f"q 400 0 0 300 0 {y} cm /Im Do Q " for y in (0, 300))
    data = pdf([words("found by OCR", 50, 500) + words("below", 50, 100) + strips + words("stamp", 300, 20)])
    assert texts(data, engine) == ["found by OCR", "below", "stamp"]
    assert "15 covered glyphs are read: foundbyOCR" in notes(data, engine)


@both
@pytest.mark.parametrize("clip", ["20 20 20 20 re", "0 0 0 0 re", "20 20 m 40 20 l 30 40 l h", "300 380 60 60 re"])
def test_text_outside_a_clip_is_set_aside(engine: str, clip: str) -> None:
    data = pdf([f"q {clip} W n {UNDER} Q {SEEN}"])
    assert texts(data, engine) == ["this is seen"]
    assert "5 clipped glyphs: under" in notes(data, engine)


@both
def test_a_clip_is_in_force_until_the_state_is_restored_and_inside_forms(engine: str) -> None:
    content = f"q 40 380 100 60 re W n {UNDER} Q q 40 380 100 60 re W n q 50 0 0 50 0 0 cm Q {SEEN} Q " + words(
        "x", 9, 9
    )
    data = pdf([content])
    assert texts(data, engine) == ["under", "x"]
    assert "10 clipped glyphs: thisisseen" in notes(data, engine)


@both
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_pages_know_what_is_covered_and_clipped(engine: str, turn: int) -> None:
    clipped = f"q 20 20 20 20 re W n {words('gone', 50, 300)} Q "
    found = notes(pdf([SEEN + UNDER + PICTURE + clipped], page=f"/Rotate {turn}"), engine)
    assert "5 covered glyphs: under" in found
    assert "4 clipped glyphs: gone" in found


@both
def test_many_covers_over_each_other_take_no_time(engine: str) -> None:
    fills = "".join(f"{n / 3000} g 0 0 400 600 re f 40 385 {n / 20} 40 re f " for n in range(2000))
    data = pdf([words("under all of it", 50, 400) * 200 + fills + SEEN])
    assert "this is seen" in texts(data, engine)


def test_forms_that_hold_each_other_in_many_ways_take_no_time() -> None:
    data = pdf([SEEN + UNDER + "1 g 40 385 120 40 re f "]).replace(b"/Im 3 0 R", b"/Im 3 0 R /Fm 90 0 R")
    for n in range(90, 110):
        held = " ".join(f"/F{k} {n + 1} 0 R" for k in range(9)) if n < 109 else ""
        head = f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 0 /Resources << /XObject << {held} >> >>"
        data = with_object(data, n, f"<< {head} >>\nstream\n\nendstream")
    start = time.perf_counter()
    assert texts(data, "pdfium") == ["this is seen"]
    assert time.perf_counter() - start < 5


@both
@pytest.mark.parametrize(
    ("head", "tail"),
    [
        ("/Span << /ActualText (q) >> BDC " * 2000, "EMC " * 2000),
        ("".join(f"q {n / 100} 0 400 600 re W n " for n in range(900)), "Q " * 900),
    ],
)
def test_what_is_within_many_marks_or_clips_takes_no_time(engine: str, head: str, tail: str) -> None:
    shown = "".join(words("x", 20 + 10 * (n % 30), 580 - 10 * (n // 30)) for n in range(900))
    start = time.perf_counter()
    assert texts(pdf([SEEN + head + shown + tail]), engine)
    assert time.perf_counter() - start < 30
