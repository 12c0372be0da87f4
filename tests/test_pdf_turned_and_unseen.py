"""What is not seen, texts that are given, and ruby, on pages that stand in the wrong way: all as on upright ones."""

from __future__ import annotations

import pytest
from tests.pdfs_by_hand import pdf, words
from tests.test_pdf_given_text import given
from tests.test_pdf_hostile import STANCES
from tests.test_pdf_ruby import JAPANESE, column, row, ruby
from tests.test_pdf_unseen import PICTURE, UNDER, resourced, with_object
from tests.test_reader_pdf import both, notes, page, read, texts

from relayout.imprint import Stance
from relayout.readers.pdf import opening

PLAIN = "".join(words(f"line {n} is plain text", 50, 560 - 14 * n) for n in range(8))
SAID = "BT /R 10 Tf 50 300 Td " + given("", "(X) Tj", "/MC0") + "(nd the ) Tj " + given("(cafe)", "(CAFE) Tj") + " ET "
CLIPPED = f"q 20 20 20 20 re W n {words('gone', 50, 300)} Q q 45 295 99 20 re W n {words('stays', 50, 250)} Q "
HAN = "東京の気象庁は十日、霧が濃"
WAYS = pytest.mark.parametrize(("matrix", "rotate", "size"), [one[:3] for one in STANCES.values()], ids=STANCES)
FONT = "/Font << /R << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"


def sheet(content: str, rotate: str = "", size: tuple[float, float] = (400, 600), forms: tuple[str, ...] = ()) -> bytes:
    """Return a page with fonts for Japanese, properties /MC0, and forms /F90, /F91, ... that may draw each other."""
    fonts = " ".join(f"/{way} << {JAPANESE.format(way=way)} >>" for way in "HV")
    data = resourced(pdf([content], page=rotate, size=size), "/Properties << /MC0 << /ActualText (fi) >> >>")
    names = " ".join(f"/F{90 + n} {90 + n} 0 R" for n in range(len(forms)))
    data = data.replace(b"/Font << ", f"/Font << {fonts} ".encode()).replace(b"/Im 3", f"{names} /Im 3".encode())
    head = f"/Type /XObject /Subtype /Form /BBox [0 0 200 400] /Resources << {FONT} /XObject << {names} >> >>"
    for n, drawn in enumerate(forms):
        body = f"<< {head} /Length {len(drawn)} >>\nstream\n{drawn}\nendstream"
        data = with_object(data, 90 + n, body)
    return data


ROWS = "".join(row(HAN, 40, 500 - 40 * k) + row("とうきょう", 35, 520 - 40 * k, 10) for k in range(3))
COLUMNS = "".join(column(HAN, 300 - 40 * k, 500) + column("とうきょう", 315 - 40 * k, 505, 10) for k in range(3))
INNER = words("in the form", 50, 300) + words("gone", 50, 280) + "0.5 g 40 270 60 30 re f 0 g " + words("out", 300, 99)
OUTER = "q 45 60 99 300 re W n q 1 0 0 1 0 -30 cm /F90 Do Q " + words("clipped", 50, 30) + " Q "
PAGES = {
    "covered": PLAIN + UNDER + PICTURE + words("on it", 50, 400),
    "clipped": PLAIN + CLIPPED,
    "given": PLAIN + SAID + given("()", words("....", 150, 300)),
    "rows with ruby": ROWS + UNDER + PICTURE,
    "columns with ruby": COLUMNS + UNDER + PICTURE,
    "forms": PLAIN + "q 1 0 0 1 0 -20 cm /F91 Do Q " + words("after them", 50, 40),
    "strips": PLAIN + "q 400 0 0 300 0 300 cm /Im Do Q q 400 0 0 300 0 0 cm /Im Do Q " + words("stamp", 300, 20),
}


@both
@WAYS
@pytest.mark.parametrize("content", PAGES.values(), ids=PAGES)
def test_a_page_tells_the_same_however_it_stands(
    engine: str, matrix: str, rotate: str, size: tuple[float, float], content: str
) -> None:
    upright = sheet(content, forms=(INNER, OUTER))
    turned = sheet(f"q {matrix} {content} Q", rotate, size, (INNER, OUTER))
    assert texts(turned, engine) == texts(upright, engine)
    kept = [note for note in read(turned, engine).notes if "most of its text stands" not in note.why]
    assert sorted(map(str, kept)) == sorted(map(str, read(upright, engine).notes))
    for line, other in zip(page(turned, engine).lines, page(upright, engine).lines, strict=True):
        assert line.box is not None
        assert other.box is not None
        assert (line.box.x0, line.box.y0) == pytest.approx((other.box.x0, other.box.y0), abs=3)


@both
def test_the_text_that_pages_share_is_given_on_each(engine: str) -> None:
    shared = "/Properties << /MC0 90 0 R >>"
    data = resourced(pdf([SAID, SAID, f"q -1 0 0 -1 400 600 cm {SAID} Q"]), shared)
    data = with_object(data, 90, "<< /ActualText (fi) >>")
    assert [[line.text for line in one.lines] for one in read(data, engine).value.pages] == [["find the cafe"]] * 3


@both
def test_covered_text_may_be_given_text_on_each_page(engine: str) -> None:
    shown = PLAIN + given("", words("X", 50, 400), "/MC0") + PICTURE
    data = with_object(resourced(pdf([shown, shown]), "/Properties << /MC0 90 0 R >>"), 90, "<< /ActualText (fi) >>")
    assert notes(data, engine).count("1 covered glyphs: X") == 2


@both
@pytest.mark.parametrize("unseen", ["3 Tr", "q 0 0 1 1 re W n"])
def test_text_that_is_not_seen_does_not_tell_how_a_page_stands(engine: str, unseen: str) -> None:
    aside = "".join(words(f"line {n} of very much more text that nobody sees", 50, 350 - 14 * n) for n in range(20))
    found = page(pdf([f"q {unseen} 0 1 -1 0 400 0 cm {aside} Q {PLAIN}"]), engine)
    assert found.stance == Stance()
    assert [line.text for line in found.lines] == texts(pdf([PLAIN]), engine)
    unread = f"q 0 1 -1 0 400 0 cm BT 3 Tr ET {aside} Q"
    assert page(pdf([unread]), engine).stance == Stance(270)  # no other text is there


@both
def test_letters_in_a_mirror_are_clipped_and_covered_where_they_print(engine: str) -> None:
    mirrored = "q 1 0 0 -1 0 700 cm " + words("mirrored", 50, 400) + " Q "  # from 300 down to 293
    assert "mirrored" in texts(pdf([PLAIN + f"q 45 290 99 9 re W n {mirrored} Q"]), engine)
    assert "8 clipped glyphs: mirrored" in notes(pdf([PLAIN + f"q 45 301 99 9 re W n {mirrored} Q"]), engine)


@both
def test_a_form_leaves_the_place_of_what_comes_after_it_alone(engine: str) -> None:
    drawn = words("within", 50, 300) + "1 0 0 1 70 -70 cm"
    line = page(sheet(f"/F90 Do {words('after', 50, 200)}", forms=(drawn,)), engine).lines[-1]
    assert line.box is not None
    assert (line.box.x0, line.box.y1) == pytest.approx((50, 401.2), abs=0.5)


@both
def test_a_form_begins_with_the_colour_and_mode_of_what_draws_it(engine: str) -> None:
    drawn = words("within", 50, 300)
    assert "6 white glyphs: within" in notes(sheet(f"{PLAIN} q 1 g /F90 Do Q", forms=(drawn,)), engine)
    assert "6 hidden glyphs: within" in notes(sheet(f"{PLAIN} q 3 Tr /F90 Do Q", forms=(drawn,)), engine)


@both
def test_columns_on_their_head_have_their_ruby_and_places(engine: str) -> None:
    aside = "".join(words(f"line {n} is plain text, and more of it than that", 50, 90 - 14 * n) for n in range(6))
    turned = sheet(f"q -1 0 0 -1 400 600 cm {COLUMNS} {aside} Q", "/Rotate 180")
    assert ruby(turned, engine) == [(n, "とうきょう over 東京") for n in (1, 2, 3)]


@both
def test_what_engines_keep_of_pages_may_be_let_go_between_them(engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    turned = f"q -1 0 0 -1 400 600 cm {SAID} Q"
    data = with_object(
        resourced(pdf([SAID, turned, PLAIN + UNDER + PICTURE] * 3), "/Properties << /MC0 90 0 R >>"),
        90,
        "<< /ActualText (fi) >>",
    )
    kept = read(data, engine)
    monkeypatch.setattr(opening, "MOST_OPEN", 0)
    assert read(data, engine) == kept
    assert kept.value.pages[7].lines[0].text == "find the cafe"


@both
def test_letters_in_a_mirror_or_on_their_side_are_on_the_page_where_they_print(engine: str) -> None:
    mirrored = "q 1 0 0 -1 0 602 cm " + words("mirrored", 50, 0) + " Q "  # its baseline is over the top of the page
    over = "q 1 0 0 -1 0 0 cm " + words("over", 150, -1) + " Q "  # one point is on the page
    white = "0 g 100 200 60 6 re f 1 g q 1 0 0 -1 0 207 cm " + words("white", 105, 0) + " Q 0 g "
    found = texts(pdf([PLAIN + mirrored + over + white]), engine)
    assert "mirrored" in found
    assert "white" in found
    assert "4 glyphs outside the page: over" in notes(pdf([PLAIN + over]), engine)
