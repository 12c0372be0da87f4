"""Ruby on hand-made pages, in rows and in columns, by both engines: it breaks no line, and a note keeps it."""

from __future__ import annotations

import pytest
from tests.pdfs_by_hand import pdf
from tests.test_reader_pdf import both, read, texts

JAPANESE = (
    "/Type /Font /Subtype /Type0 /BaseFont /Ryumin /Encoding /UniJIS-UTF16-{way} /DescendantFonts [<< /Type /Font \
/Subtype /CIDFontType0 /BaseFont /Ryumin /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 4 >> \
/FontDescriptor << /Type /FontDescriptor /FontName /Ryumin /Flags 4 /FontBBox [0 -120 1000 880] /Ascent 880 \
/Descent -120 /ItalicAngle 0 /CapHeight 700 /StemV 80 >> >>]"
)


def sheet(*shown: str) -> bytes:
    """Return a PDF with fonts /H for rows and /V for columns."""
    fonts = " ".join(f"/{way} << {JAPANESE.format(way=way)} >>" for way in "HV")
    return pdf(["".join(shown)]).replace(b"/Font << ", f"/Font << {fonts} ".encode())


def row(text: str, x: float, y: float, size: float = 20) -> str:
    """Return a row whose squares stand on ``y`` less 0.12 of the size."""
    return f"BT /H {size} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET\n"


def column(text: str, x: float, y: float, size: float = 20) -> str:
    """Return a column with its middle at ``x``, from ``y`` down."""
    return f"BT /V {size} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET\n"


def ruby(data: bytes, engine: str) -> list[tuple[int, str]]:
    found = read(data, engine).notes
    return [(note.place.line, note.window) for note in found if note.place and note.what == "ruby is set aside"]


FIRST, SECOND = "東京の気象庁は十日、霧が濃くなる", "と発表した。町では警戒が続いた。"


@both
def test_ruby_over_rows(engine: str) -> None:
    data = sheet(
        row(FIRST, 40, 500),
        row("とうきょう", 35, 520, 10),
        row("きしょうちょう", 95, 520, 10),
        row(SECOND, 40, 460),
        row("けい", 220, 480, 10),
        row("かい", 240, 480, 10),
    )
    assert texts(data, engine) == [FIRST, SECOND]
    assert ruby(data, engine) == [(1, "とうきょう over 東京, きしょうちょう over 気象庁"), (2, "けいかい over 警戒")]


@both
def test_ruby_beside_columns(engine: str) -> None:
    data = sheet(
        column(FIRST, 300, 500),
        column("とうきょう", 315, 505, 10),
        column("きしょうちょう", 315, 445, 10),
        column(SECOND, 264, 500),
        column("けいかい", 279, 320, 10),
    )
    assert texts(data, engine) == [FIRST, SECOND]
    assert ruby(data, engine) == [(1, "とうきょう over 東京, きしょうちょう over 気象庁"), (2, "けいかい over 警戒")]


@both
def test_ruby_that_the_stream_has_within_the_line(engine: str) -> None:
    data = sheet(
        column("東京", 300, 500), column("とうきょう", 315, 505, 10), column("の気象庁", 300, 460),
        column("きしょう", 315, 440, 10), column("は十日", 300, 380), column("次の列には振り仮名がない", 264, 500),
    )  # fmt: skip
    assert texts(data, engine) == ["東京の気象庁は十日", "次の列には振り仮名がない"]
    assert ruby(data, engine) == [(1, "とうきょう over 東京, きしょう over 気象庁")]


@both
def test_ruby_of_one_kana_by_one_character(engine: str) -> None:
    assert ruby(sheet(column("日本の木", 300, 500), column("き", 315, 435, 10)), engine) == [(1, "き over 木")]
    assert ruby(sheet(row("日本の木", 40, 500), row("き", 105, 520, 10)), engine) == [(1, "き over 木")]


@both
@pytest.mark.parametrize(
    "other",
    [
        row("の", 80, 500, 10),  # a small particle of a headline
        row("ルポ", 40, 520, 10),  # a kicker over its first character
        row("とうきょう", 40, 545, 10),  # too far up
        row("とうきょう", 40, 520, 16),  # too large
        row("町のことば", 40, 520, 10),  # not of kana alone
        row("続いていた", 40, 520, 10) + row("町では警戒が", 40, 534, 10),  # the last line of small text
        row("とうきょう", 40, 480, 10),  # under it
    ],
)
def test_small_kana_that_are_no_ruby_stay_in_the_text(engine: str, other: str) -> None:
    data = sheet(row("東京 気象庁", 40, 500).replace("0020", "3000"), other)
    assert not ruby(data, engine)
    whole = "".join(texts(data, engine)).replace(" ", "").replace("\u3000", "")
    assert len(whole) > len("東京気象庁")


@both
def test_katakana_is_ruby_where_hiragana_is_or_within_a_line(engine: str) -> None:
    within = sheet(row("昨日の北京で", 40, 500), row("ペキン", 102, 520, 10))
    assert ruby(within, engine) == [(1, "ペキン over 北京")]
    beside = sheet(row("北京の天気", 40, 500), row("ペキン", 42, 520, 10), row("てんき", 102, 520, 10))
    assert ruby(beside, engine) == [(1, "ペキン over 北京, てんき over 天気")]


@both
def test_every_character_is_in_a_line_or_in_a_note(engine: str) -> None:
    kana = "とうきょうきしょうちょう"
    data = sheet(row(FIRST, 40, 500), row(kana[:5], 35, 520, 10), row(kana[5:], 95, 520, 10))
    told = "".join(window for _, window in ruby(data, engine))
    assert sorted(kana) == sorted(char for char in told if char in kana)
