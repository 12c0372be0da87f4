"""The text that a PDF gives for glyphs (ActualText), and what fonts call glyphs without Unicode, by both engines."""

from __future__ import annotations

import io

import pytest
from tests.pdfs_by_hand import pdf, words
from tests.test_reader_pdf import both, notes, texts

import relayout
from relayout.readers.pdf.programs import compact, outlined
from relayout.readers.pdf.saying import SOFT


def given(text: str, shown: str, properties: str = "") -> str:
    """Return shown text as marked content with ``text`` given for it, as a string of a PDF."""
    return f"/Span {properties or f'<< /ActualText {text} >>'} BDC {shown} EMC "


@both
def test_the_text_that_is_given_for_a_glyph_replaces_it_once(engine: str) -> None:
    data = pdf(["BT /R 10 Tf 50 500 Td (of) Tj " + given("(fi)", "(X) Tj") + "(ce) Tj ET"])
    assert texts(data, engine) == ["office"]
    assert "1 texts are read as the file says: fi for X" in notes(data, engine)


@both
@pytest.mark.parametrize("hyphen", ["<FEFF00AD>", "()"])
def test_a_hyphen_at_a_line_end_that_is_no_text_is_a_soft_one(engine: str, hyphen: str) -> None:
    shown = words("the secre", 50, 500) + given(hyphen, words("-", 92.2, 500)) + words("tary said", 50, 488)
    assert texts(pdf([shown]), engine) == ["the secre" + SOFT, "tary said"]
    assert "for -" in notes(pdf([shown]), engine)


@both
def test_the_halves_of_a_word_whose_hyphen_is_soft_find_each_other(engine: str, tmp_path: object) -> None:
    rows = ["The vote on the budget was put off by the parlia", "ment of the city until the end of next week, the"]
    shown = words("News of the day", 50, 540, font="B", size=24)
    shown += words(rows[0], 50, 500) + given("()", words("-", 262.3, 500)) + words(rows[1], 50, 488)
    shown += words("mayor said on Tuesday after a long debate.", 50, 476)
    path = tmp_path / "page.pdf"  # type: ignore[operator]
    path.write_bytes(pdf([shown]))
    issue = relayout.fix(path, pdf_engine=engine)
    assert "parliament of the city" in "".join(p.text for a in issue.articles for p in a.paragraphs)


@both
def test_a_word_over_two_lines_keeps_its_glyphs_in_their_places(engine: str) -> None:
    shown = words("the", 50, 500) + given("(secretary)", words("secre-", 69, 500) + words("tary", 50, 488))
    assert texts(pdf([shown + words("said", 72, 488)]), engine) == ["the secre" + SOFT, "tary said"]


@both
def test_a_text_that_is_given_and_is_that_of_the_glyphs_changes_nothing(engine: str) -> None:
    shown = given("(The vote was)", words("The", 50, 500) + words("vote", 71, 500) + words("was", 94, 500))
    assert texts(pdf([shown]), engine) == ["The vote was"]
    assert "as the file says" not in notes(pdf([shown]), engine)


@both
def test_neighbours_that_are_given_the_same_text_have_it_twice(engine: str) -> None:
    shown = "BT /R 10 Tf 50 500 Td " + given("(o)", "(X) Tj") + given("(o)", "(Y) Tj") + "(k) Tj ET"
    assert texts(pdf([shown]), engine) == ["ook"]


@both
def test_of_marks_within_each_other_the_outer_one_counts(engine: str) -> None:
    shown = "BT /R 10 Tf 50 500 Td " + given("(ab)", "(X) Tj " + given("(q)", "(Y) Tj")) + "(c) Tj ET"
    assert texts(pdf([shown]), engine) == ["abc"]


@both
def test_properties_may_stand_among_the_resources(engine: str) -> None:
    shown = "BT /R 10 Tf 50 500 Td " + given("", "(X) Tj", "/MC0") + "(nd) Tj ET"
    data = pdf([shown]).replace(b"/Resources << ", b"/Resources << /Properties << /MC0 << /ActualText (fi) >> >> ")
    assert texts(data, engine) == ["find"]


@both
def test_glyphs_that_are_said_to_be_no_text_are_left_out_with_a_note(engine: str) -> None:
    data = pdf([words("Contents", 50, 500) + given("()", words("......", 100, 500)) + words("7", 150, 500)])
    assert texts(data, engine)[0].startswith("Contents")
    assert not any("." in text for text in texts(data, engine))
    assert "6 glyphs are left out: ......" in notes(data, engine)


@both
def test_a_drop_cap_that_is_given_as_text(engine: str) -> None:
    data = pdf([given("(T)", words("x", 50, 480, size=30)) + words("he vote", 70, 480)])
    assert "T" in "".join(texts(data, engine))
    assert "x" not in "".join(texts(data, engine))


NAMES = "/f_i /uni0041.alt /oneoldstyle /emdash /T_h /Asmall /a /b /uniE0A1"


def named(content: str, names: str, more: str = "", kind: str = "Type1", descriptor: str = "") -> bytes:
    """Return a PDF with a font /P, whose glyphs from 65 on have these names."""
    encoding = f"/Encoding << /Type /Encoding /Differences [65 {names}] >>" if names else ""
    about = f"<< /Type /FontDescriptor /FontName /AAAAAA+Odd /Flags 4 /FontBBox [0 0 500 700] /Ascent 700 \
/Descent -100 /ItalicAngle 0 /CapHeight 700 /StemV 80 {descriptor} >>"
    font = f"<< /Type /Font /Subtype /{kind} /BaseFont /AAAAAA+Odd /FirstChar 65 /LastChar 79 /Widths [{'500 ' * 15}] \
{encoding} {more} /FontDescriptor {about} >>"
    return pdf([content]).replace(b"/Font << ", b"/Font << /P " + font.encode() + b" ")


@both
@pytest.mark.parametrize("kind", ["Type1", "TrueType"])
def test_glyphs_without_unicode_are_read_by_their_names(engine: str, kind: str) -> None:
    data = named(words("ABCDEFGH", 50, 500, font="P"), NAMES, kind=kind)
    assert texts(data, engine) == ["fiA1—ThAab"]
    assert "are read by their names, font Odd" in notes(data, engine)


@both
def test_what_a_name_does_not_tell_is_kept_with_a_note(engine: str) -> None:
    data = named(words("GHI", 50, 500, font="P"), NAMES)
    assert texts(data, engine) == ["ab\ue0a1"]
    assert "1 characters of private use, font Odd" in notes(data, engine)


def unicodes(table: dict[int, int]) -> str:
    rows = "\n".join(f"<{code:02X}> <{to:04X}>" for code, to in table.items())
    return f"/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <FF> \
endcodespacerange {len(table)} beginbfchar\n{rows}\nendbfchar endcmap end end"


def with_stream(data: bytes, body: bytes, entries: str = "") -> bytes:
    """Return a PDF with one more object, number 90, a stream; readers mend the table of objects."""
    stream = b"90 0 obj\n<< /Length %d %s >>\nstream\n%b\nendstream\nendobj\n" % (len(body), entries.encode(), body)
    return data.replace(b"%PDF-1.4\n", b"%PDF-1.4\n" + stream).replace(b"startxref", b"startxref\n1 % ")


@both
def test_private_codes_that_a_font_names_are_read(engine: str) -> None:
    table = unicodes({65: 0xE001, 66: 0xE002, 67: 0xF731, 68: 0x2014, 69: 0x0042, 73: 0xE009})
    data = with_stream(named(words("ABCDEI", 50, 500, font="P"), NAMES, "/ToUnicode 90 0 R"), table.encode())
    assert texts(data, engine) == ["fiA1—B\ue009"]
    assert "3 characters are read by their names, font Odd: fi A 1" in notes(data, engine)
    assert "1 characters of private use, font Odd" in notes(data, engine)


@both
def test_private_codes_without_names_are_kept_with_a_note(engine: str) -> None:
    table = unicodes({65: 0xE001, 66: 0xF731})
    data = with_stream(named(words("AB", 50, 500, font="P"), "", "/ToUnicode 90 0 R"), table.encode())
    assert texts(data, engine) == ["\ue001\uf731"]
    assert "2 characters of private use, font Odd" in notes(data, engine)


GLYPHS = [".notdef", "f_i", "oneoldstyle", "uni4E00", "g7"]


def program(*, outlines: str) -> bytes:
    """Return a font of :data:`GLYPHS`, each a square: TrueType, or the CFF table of one."""
    builder = pytest.importorskip("fontTools.fontBuilder", reason="fontTools makes the fonts of this test")
    pens = pytest.importorskip("fontTools.pens.ttGlyphPen"), pytest.importorskip("fontTools.pens.t2CharStringPen")
    font = builder.FontBuilder(1000, isTTF=outlines == "TrueType")
    font.setupGlyphOrder(GLYPHS)
    font.setupCharacterMap({0xF041 + n: name for n, name in enumerate(GLYPHS[1:])})
    drawn = {}
    for name in GLYPHS:
        pen = pens[0].TTGlyphPen(None) if outlines == "TrueType" else pens[1].T2CharStringPen(500, None)
        pen.moveTo((0, 0))
        for corner in ((0, 500), (400, 500), (400, 0)):
            pen.lineTo(corner)
        pen.closePath()
        drawn[name] = pen.glyph() if outlines == "TrueType" else pen.getCharString()
    if outlines == "TrueType":
        font.setupGlyf(drawn)
    else:
        font.setupCFF("Odd", {}, drawn, {})
    font.setupHorizontalMetrics(dict.fromkeys(GLYPHS, (500, 0)))
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupOS2()
    font.setupPost(keepGlyphNames=True)
    if outlines == "CFF":
        top = font.font["CFF "].cff.topDictIndex[0]
        top.Encoding = [".notdef"] * 65 + GLYPHS[1:] + [".notdef"] * 187
        return bytes(font.font["CFF "].compile(font.font))
    tables = font.font["cmap"].tables
    tables[:] = tables[-1:]
    tables[0].platformID, tables[0].platEncID = 3, 0
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()


def test_programs_of_fonts_name_their_glyphs() -> None:
    names, codes = outlined(program(outlines="TrueType"))
    assert names == dict(enumerate(GLYPHS[1:], 1))
    assert codes == {65: 1, 66: 2, 67: 3, 68: 4}
    assert compact(program(outlines="CFF")) == dict(enumerate(GLYPHS[1:], 65))


@both
def test_private_codes_that_an_embedded_font_names_are_read(engine: str) -> None:
    table = "begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange 4 beginbfchar <0001> <E001> \
<0002> <E002> <0003> <E003> <0004> <E004> endbfchar endcmap"
    font = "<< /Type /Font /Subtype /Type0 /BaseFont /AAAAAA+Odd /Encoding /Identity-H /ToUnicode 90 0 R \
/DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /AAAAAA+Odd /DW 500 /CIDToGIDMap /Identity \
/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor << /Type /FontDescriptor \
/FontName /AAAAAA+Odd /Flags 4 /FontBBox [0 0 500 700] /Ascent 700 /Descent -100 /ItalicAngle 0 /CapHeight 700 \
/StemV 80 /FontFile2 91 0 R >> >>] >>"
    shown = "BT /P 10 Tf 50 500 Td <00010002000300010004> Tj ET"
    data = pdf([shown]).replace(b"/Font << ", b"/Font << /P " + font.encode() + b" ")
    data = with_stream(data, table.encode())
    body = program(outlines="TrueType")
    stream = b"91 0 obj\n<< /Length %d >>\nstream\n%b\nendstream\nendobj\n" % (len(body), body)
    data = data.replace(b"90 0 obj", stream + b"90 0 obj")
    assert texts(data, engine) == ["fi1一fi\ue004"]


@both
def test_a_type_1_program_names_what_the_encoding_does_not(engine: str) -> None:
    body = b"%!PS-AdobeFont-1.0\n/Encoding 256 array\ndup 65 /f_i put\ndup 66 /oneoldstyle put\nreadonly def\neexec"
    data = named(words("AB", 50, 500, font="P"), "", "/ToUnicode 90 0 R", descriptor="/FontFile 92 0 R")
    data = with_stream(data, unicodes({65: 0xE001, 66: 0xE002}).encode())
    stream = b"92 0 obj\n<< /Length %d /Length1 %d >>\nstream\n%b\nendstream\nendobj\n" % (len(body), len(body), body)
    assert texts(data.replace(b"90 0 obj", stream + b"90 0 obj"), engine) == ["fi1"]
