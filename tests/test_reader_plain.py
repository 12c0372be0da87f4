"""The plain reader: encodings decided by the bytes, pages and lines, and a clear refusal of what is no text."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relayout import readers
from relayout.chars import ink
from relayout.errors import InputError, UsageError
from relayout.model import Line, Outcome, Place, Reading
from relayout.readers import plain
from relayout.roles import Level

TRADITIONAL = """當局昨日宣布，新的圖書館將於下月開放，市民可以免費借閱。
館長在記者會上表示，館內設有兒童閱讀區、展覽廳和學習中心，
希望吸引更多年輕人前來。「這是社區多年來的願望」，他說。

新圖書館下月啟用
"""
SIMPLIFIED = """当局昨日宣布，新的图书馆将于下月开放，市民可以免费借阅。
馆长在记者会上表示，馆内设有儿童阅读区、展览厅和学习中心，
希望吸引更多年轻人前来。“这是社区多年来的愿望”，他说。

新图书馆下月启用
"""
JAPANESE = "市立図書館は来月から新しい建物で開館すると発表した。\n子ども向けの読書室や展示室も設けられる。\n"
KOREAN = "시립 도서관은 다음 달부터 새 건물에서 문을 연다고 발표했다.\n어린이 열람실과 전시실도 마련된다.\n"
FRENCH = "L’été dernier, les députés ont voté la loi à une très large majorité.\nLe préfet s’en félicite.\n"
GERMAN = "Die Straße über die Brücke wurde für Fußgänger geöffnet.\nKönigsberg, den 3. März.\n"
RUSSIAN = "Сегодня в Москве прошло заседание, на котором обсуждались вопросы экономики.\n"


def lines(data: bytes, encoding: str = "") -> list[Line]:
    return [line for page in plain.read(data, "page.txt", encoding).value.pages for line in page.lines]


def text_of(outcome: Outcome[Reading]) -> list[str]:
    return [line.raw for page in outcome.value.pages for line in page.lines]


def printed(text: str) -> list[str]:
    return [row for row in text.split("\n") if row.strip()]


def refusal(data: bytes, encoding: str = "") -> str:
    with pytest.raises(InputError) as caught:
        plain.read(data, "page.txt", encoding)
    assert caught.value.exit_code == 3
    return str(caught.value)


# --- encodings


@pytest.mark.parametrize(
    ("text", "codec", "found"),
    [
        (TRADITIONAL, "utf-8", "utf-8"),
        (TRADITIONAL, "utf-8-sig", "utf-8-sig"),
        (TRADITIONAL, "utf-16", "utf-16"),
        (TRADITIONAL, "utf-32", "utf-32"),
        (TRADITIONAL, "utf-16-le", "utf-16-le"),
        (TRADITIONAL, "utf-16-be", "utf-16-be"),
        (TRADITIONAL, "utf-32-le", "utf-32-le"),
        (TRADITIONAL, "utf-32-be", "utf-32-be"),
        (TRADITIONAL, "big5", "big5hkscs"),
        (TRADITIONAL, "big5hkscs", "big5hkscs"),
        (TRADITIONAL, "gb18030", "gb18030"),  # Traditional characters in a mainland encoding: only GBK has them
        (SIMPLIFIED, "gb18030", "gb18030"),
        (SIMPLIFIED, "gb2312", "gb18030"),
        (JAPANESE, "utf-16-le", "utf-16-le"),
        (JAPANESE, "utf-16-be", "utf-16-be"),
        (JAPANESE, "shift_jis", "cp932"),
        (JAPANESE, "euc_jp", "euc_jp"),  # its kana are valid GB 2312, byte for byte
        (KOREAN, "euc_kr", "cp949"),
        (FRENCH, "cp1252", "cp1252"),
        (GERMAN, "cp1252", "cp1252"),
        (RUSSIAN, "cp1251", "cp1251"),
        ("Hello\nworld\n", "utf-16-le", "utf-16-le"),  # valid UTF-8 as well, with a NUL after each letter
        ("Hello\nworld\n", "utf-16-be", "utf-16-be"),
        ("Hello\nworld\n", "ascii", "utf-8"),
    ],
)
def test_encoding_is_decided_by_the_bytes(text: str, codec: str, found: str) -> None:
    outcome = plain.read(text.encode(codec), "page.txt")
    assert outcome.value.source.encoding == found
    assert text_of(outcome) == printed(text)
    assert outcome.notes[0].what == f"decoded as {found}"


@pytest.mark.parametrize("line", [*printed(TRADITIONAL), "新圖書館下月啟用", "政府公布新政策", "社評", "【本報訊】"])
@pytest.mark.parametrize("codec", ["big5hkscs", "gb18030", "utf-16-le", "utf-16-be"])
def test_one_headline_is_enough(line: str, codec: str) -> None:
    assert [found.raw for found in lines(line.encode(codec))] == [line]


@pytest.mark.parametrize("line", [*printed(SIMPLIFIED), "联通", "国务院发布新规定"])
def test_one_simplified_headline_is_enough(line: str) -> None:
    # 联通 in GBK is the text that Notepad took for UTF-8.
    assert [found.raw for found in lines(line.encode("gbk"))] == [line]


def test_hong_kong_characters() -> None:
    # Cantonese that plain Big5 lacks: 嘅 and 啲 are in HKSCS only.
    text = "佢哋話呢個價錢都係咁嘅啲"
    assert [found.raw for found in lines(text.encode("big5hkscs"))] == [text]


def test_evidence_after_a_long_english_start() -> None:
    # A page that begins with more ASCII than the sample holds.
    text = "An English paragraph of one line.\n" * 2000 + TRADITIONAL
    assert [found.raw for found in lines(text.encode("big5"))] == printed(text)


@pytest.mark.parametrize(
    "mark", [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0", b"\0\0\xfe\xff", b"\x841\x953"]
)
def test_byte_order_mark_is_no_text(mark: bytes) -> None:
    codec = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(mark)
    codec = codec or {b"\xff\xfe\0\0": "utf-32-le", b"\0\0\xfe\xff": "utf-32-be"}.get(mark, "gb18030")
    outcome = plain.read(mark + "一行\n".encode(codec), "page.txt")
    assert text_of(outcome) == ["一行"]
    assert (outcome.notes[0].level, outcome.notes[0].why) == (Level.REPAIR, "a byte order mark stands before it")


def test_plain_utf8_is_no_repair() -> None:
    (note,) = plain.read("一行".encode(), "page.txt").notes
    assert (note.level, note.cert, note.stage) == (Level.DECISION, 1.0, "read")


def test_decoding_carries_its_evidence() -> None:
    note = plain.read(TRADITIONAL.encode("big5"), "page.txt").notes[0]
    best, second, *_ = note.evidence
    assert note.level is Level.REPAIR
    assert best.name == "big5hkscs"
    assert best.value > second.value + 0.15
    assert note.why.startswith("ordinary Chinese scores 0.")


def test_foreign_encoding_is_in_doubt() -> None:
    note = plain.read(GERMAN.encode("cp1252"), "page.txt").notes[0]
    assert (note.level, note.cert) == (Level.DOUBT, 0.5)
    assert "charset-normalizer" in note.why


def test_a_headline_of_rare_characters_is_in_doubt() -> None:
    # Only one of its ten characters is among the commonest; the first levels of Big5 and GB 2312 speak for it.
    outcome = plain.read("減污降碳擴綠協同增效".encode("big5"), "page.txt")
    assert text_of(outcome) == ["減污降碳擴綠協同增效"]
    assert (outcome.notes[0].level, outcome.notes[0].cert) == (Level.DOUBT, 0.5)


def test_wrong_decodings_stay_below_the_threshold() -> None:
    # The bound that the reader's threshold of 0.4 rests on.
    pairs = [(TRADITIONAL, "big5", "gb18030"), (SIMPLIFIED, "gb18030", "big5hkscs"), (TRADITIONAL, "utf-8", "gb18030")]
    pairs += [(JAPANESE, "euc_jp", "gb18030"), (KOREAN, "euc_kr", "gb18030"), (JAPANESE, "shift_jis", "big5hkscs")]
    for text, right, wrong in pairs:
        assert plain._ordinary(text.encode(right).decode(wrong, "replace")) < 0.32, (right, wrong)
    assert plain._ordinary(TRADITIONAL) > 0.6
    assert plain._ordinary(SIMPLIFIED) > 0.6


HAN = st.text(alphabet=st.sampled_from(sorted(set(TRADITIONAL + SIMPLIFIED) - set("\n"))), min_size=1, max_size=60)


@given(st.lists(HAN, min_size=1, max_size=8), st.sampled_from(["utf-8", "utf-16", "utf-32", "gb18030", "utf-8-sig"]))
def test_named_encoding_gives_back_what_was_encoded(rows: list[str], codec: str) -> None:
    text = "\n".join(["頭", *rows])
    assert [line.raw for line in lines(text.encode(codec), codec)] == printed(text)


@given(
    st.permutations(printed(TRADITIONAL)), st.sampled_from(["big5", "gb18030", "utf-16-le", "utf-16-be", "utf-32-le"])
)
def test_found_encoding_gives_back_what_was_encoded(rows: list[str], codec: str) -> None:
    assert [line.raw for line in lines("\n".join(rows).encode(codec))] == rows


@pytest.mark.parametrize("encoding", ["big5", "Big5-HKSCS", "GB18030", "utf-16", "shift_jis", "cp1252"])
def test_encoding_by_name(encoding: str) -> None:
    text = "Text 1914\n" if encoding == "cp1252" else "新聞\n"
    outcome = plain.read(text.encode(encoding), "page.txt", encoding)
    assert text_of(outcome) == [text.strip()]
    assert outcome.notes[0].why == "the user named it"


def test_named_utf8_drops_the_byte_order_mark() -> None:
    assert lines("\ufeff一行".encode(), "utf-8")[0].raw == "一行"


@pytest.mark.parametrize("encoding", ["klingon", "base64", "rot13", "undefined", "a\0b", "ü"])
def test_unknown_encoding(encoding: str) -> None:
    with pytest.raises(UsageError) as caught:
        plain.read("一行".encode(), "page.txt", encoding)
    assert caught.value.exit_code == 2
    assert f"--encoding {encoding}: no such encoding" in str(caught.value)
    assert "big5hkscs, gb18030, utf-16" in str(caught.value)


def test_named_encoding_is_strict() -> None:
    message = refusal("一行\n二行\n".encode() + b"\xff", "utf-8")
    assert message.startswith(
        "page.txt: not utf-8 at byte 14 (line 3); mend it, or give the encoding, as in --encoding "
    )


def test_line_of_a_damaged_utf16_is_counted_in_characters() -> None:
    # 0x0A is half of 吊 (U+540A) in UTF-16: counting bytes would find a line end in it.
    assert "(line 2)" in refusal("吊吊\n吊".encode("utf-16-le") + b"\0", "utf-16-le")


def test_damaged_utf8_is_not_taken_for_gb18030() -> None:
    # GB 18030 accepts nearly any bytes; that is how 錕斤拷 comes about.
    data = TRADITIONAL.encode()
    assert "not utf-8 at byte 88 (line 2)" in refusal(data[:90] + b"\xe5" + data[91:])


def test_damaged_big5_names_the_byte() -> None:
    data = TRADITIONAL.encode("big5")
    assert "not big5hkscs at byte 20 (line 1)" in refusal(data[:20] + b"\xff" + data[20:])


@pytest.mark.parametrize("encoding", ["utf-7", "unicode_escape"])
def test_no_half_surrogates(encoding: str) -> None:
    data = rb"\ud800" if encoding == "unicode_escape" else b"+2AA-"
    assert f"not {encoding.replace('_', '-')} at byte 0" in refusal(data, encoding)


# --- what is no text


def test_empty() -> None:
    assert refusal(b"") == "page.txt: is empty; give a file with text in it"


@pytest.mark.parametrize("text", [" \n\n\t", "\u3000\n", "\ufeff", "\u200b\n", "\f\n\f", "\n"])
def test_only_white_space(text: str) -> None:
    assert refusal(text.encode()) == "page.txt: holds only white space; give a file with text in it"


@pytest.mark.parametrize(
    ("data", "what", "advice"),
    [
        (b"PK\x03\x04\x14\0", "a ZIP archive", "save it as plain text"),
        (b"\x89PNG\r\n\x1a\n", "a picture", "OCR"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a picture", "OCR"),
        (b"GIF89a", "a picture", "OCR"),
        (b"II*\0\x08\0", "a picture", "OCR"),
        (b"\0\0\0\x0cjP  \r\n", "a picture", "OCR"),
        (b"BM\x36\x10\0\0\0\0\0\0", "a picture", "OCR"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "a picture", "OCR"),
        (b"\x1f\x8b\x08", "a compressed file", "unpack"),
        (b"BZh91AY&SY", "a compressed file", "unpack"),
        (b"MZ\x90\0\x03", "a programme", "text file"),
        (b"\xd0\xcf\x11\xe0\xa1", "a word processor file", "plain text"),
        (b"{\\rtf1", "a word processor file", "plain text"),
        (b"\x7fELF\x02\x01\0", "a programme", "text file"),
        (b"SQLite format 3\0", "a programme or a database", "text file"),
        (b'<?xml version="1.0"?>\n<doc>', "XML or HTML", "are read"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html>", "XML or HTML", "are read"),
    ],
)
def test_other_formats_are_named(data: bytes, what: str, advice: str) -> None:
    with pytest.raises(InputError) as caught:
        readers.read(data, "page.bin")
    assert caught.value.what.startswith(f"page.bin: looks like {what}")
    assert advice in caught.value.advice


@pytest.mark.parametrize("text", ["PK 大戰", "BMW 公司\n", "MZ 世代", "<專題>", "GIF 動圖", "II. Teil", "%", "RIFF"])
def test_text_that_begins_like_another_format(text: str) -> None:
    assert [line.text for page in readers.read(text.encode(), "a.txt").value.pages for line in page.lines] == [
        text.strip()
    ]


def test_a_pdf_is_no_text() -> None:
    with pytest.raises(InputError) as caught:
        readers.read(b"%PDF-1.7\n%\xe2\xe3", "page.pdf")
    assert caught.value.what.startswith("page.pdf: ")


def test_readers_hand_the_encoding_on() -> None:
    assert readers.read("社".encode("big5"), "a.txt", "big5").value.source.encoding == "big5"
    names = [reader.name for reader in readers.READERS]
    assert names == ["pdf", "picture", "alto", "mets", "page", "hocr", "plain"]


def test_binary_data() -> None:
    assert "looks like binary data (it holds NUL bytes)" in refusal(bytes(range(256)) * 20)


def test_control_characters_without_nul() -> None:
    assert "looks like binary data (many control characters)" in refusal(b"\x01\x02\x03\x04abc" * 20)


def test_bytes_of_no_encoding() -> None:
    # 0x81 0xFF and the like are valid nowhere.
    assert "not utf-8 at byte 0 (line 1)" in refusal(b"\x81\xff\x80\xff\xa0\xff\xfd\xff" * 8)


def test_lines_up_to_the_limit() -> None:
    assert len(lines(b"a" * 100_000)[0].text) == 100_000
    assert len(lines("城".encode() * 100_000)[0].text) == 100_000


@pytest.mark.parametrize(
    "row", [b"a" * 100_001, "城".encode() * 100_001, "城".encode() * 200_000, "𠀀".encode() * 100_001, b"a" * 2_000_000]
)
def test_a_line_over_the_limit(row: bytes) -> None:
    message = refusal(b"one\r\ntwo\rthree\n" + row + b"\nfive\n")
    assert message.startswith("page.txt: line 4 has more than 100,000 characters; give a text with a line end")


def test_a_line_over_the_limit_far_down() -> None:
    assert "line 50001 has" in refusal(b"0123456789\n" * 50_000 + b"a" * 1_000_000)


def test_a_long_line_is_refused_before_decoding() -> None:
    # Undecodable at its end, but nobody gets there: a line of 200 MB must fail in flat memory.
    assert "line 1 has more than 100,000" in refusal(b"a" * 500_000 + b"\xff")


def test_rare_line_ends_count_for_the_limit() -> None:
    assert len(lines(("行" * 999 + "\u2028").encode() * 500)) == 500


def test_size_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "MOST_BYTES", 3 << 20)
    assert refusal(b"a\n" * (2 << 20)) == "page.txt: is larger than 3 MiB; cut it into single pages"


# --- lines and pages


def test_source() -> None:
    data = "一行".encode()
    source = plain.read(data, "folder/page.txt").value.source
    assert (source.name, source.sha256, source.encoding) == ("page.txt", hashlib.sha256(data).hexdigest(), "utf-8")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x85"])
def test_every_line_end(end: str) -> None:
    found = lines(end.join(["一", "", "二", "三"]).encode())
    assert [(line.raw, line.place, line.after_blank) for line in found] == [
        ("一", Place(1, 1), False),
        ("二", Place(1, 3), True),
        ("三", Place(1, 4), False),
    ]


def test_crlf_needs_no_note() -> None:
    assert len(plain.read("一\r\n二\r\n".encode(), "page.txt").notes) == 1


def test_other_separators_are_no_line_ends() -> None:
    # str.splitlines would cut at each of these.
    assert [line.text for line in lines(b"a\x0bb\x1cc\x1dd" + b" words" * 20)] == ["a\x0bb\x1cc\x1dd" + " words" * 20]


def test_raw_is_kept_and_text_is_stripped() -> None:
    raw = "\u3000\u3000\ufeff當局 「宣布」\u200b\u00a0\u3000"
    (line,) = lines(raw.encode(), "utf-8")
    assert (line.raw, line.text) == (raw, "當局 「宣布」")


@pytest.mark.parametrize(
    ("lead", "cells"),
    [("", 0), ("\u3000\u3000", 4), ("  ", 2), ("\t", 4), (" \t", 4), ("    \t", 8), ("\u200b\u3000", 2), ("\u00a0", 1)],
)
def test_indent_in_half_width_cells(lead: str, cells: int) -> None:
    assert lines(f"上一行\n{lead}當局".encode())[1].indent == cells


def test_blank_lines_may_hold_white_space() -> None:
    assert [line.after_blank for line in lines("一\n \u3000\t\n二\n三".encode())] == [False, True, False]


def test_form_feed_begins_a_page_and_line_numbers_go_on() -> None:
    # pdftotext writes the form feed before the first line of the next page, and one at the end.
    pages = plain.read("一\n二\n\f三\n\n四\n\f".encode(), "page.txt").value.pages
    assert [(page.number, [(li.text, li.place, li.after_blank) for li in page.lines]) for page in pages] == [
        (1, [("一", Place(1, 1), False), ("二", Place(1, 2), False)]),
        (2, [("三", Place(2, 3), False), ("四", Place(2, 5), True)]),
    ]


def test_blank_line_does_not_reach_over_a_page() -> None:
    pages = plain.read("一\n\n\f二\n".encode(), "page.txt").value.pages
    assert not pages[1].lines[0].after_blank


def test_empty_page_keeps_its_number() -> None:
    pages = plain.read("一\n\f\n\f三\n".encode(), "page.txt").value.pages
    assert [page.number for page in pages] == [1, 3]


def test_form_feed_inside_a_line_cuts_it() -> None:
    pages = plain.read("前\n一頁\f二頁 \f三\n".encode(), "page.txt").value.pages
    spans = [(line.raw, line.place) for page in pages[1:] for line in page.lines]
    assert pages[0].lines[1].place == Place(1, 2, 0, 2)
    assert spans == [("二頁 ", Place(2, 2, 3, 6)), ("三", Place(3, 2, 7, None))]


def test_replacement_characters_are_a_doubt_with_their_place() -> None:
    note = plain.read("第一行\n\f第二\ufffd行\ufffd\n".encode(), "page.txt").notes[1]
    assert (note.level, note.place) == (Level.DOUBT, Place(2, 2))
    assert note.what == "2 U+FFFD, first '\\ufffd'"
    assert "第二\ufffd行" in note.window


def test_control_characters_are_a_doubt_with_their_place() -> None:
    outcome = plain.read(("當局昨日宣布新的圖書館將於下月開放\r\n" * 3 + "一\x00二\x07三\n").encode(), "page.txt")
    (note,) = outcome.notes[1:]
    assert (note.level, note.place, note.what) == (Level.DOUBT, Place(1, 4), "2 control characters, first '\\x00'")
    assert text_of(outcome)[3] == "一\x00二\x07三"


# Letters, marks, every kind of white space and line end, what is invisible; no NUL, which is for binary data.
MIXED = st.text(
    alphabet=st.sampled_from("新聞，。「」ab1 \t\u3000\u00a0\u200b\u200d\ufeff\n\r\f\u2028\x85"), max_size=120
)


@given(MIXED)
def test_every_printed_character_comes_out_once(text: str) -> None:
    text = "頭\n" + text  # never empty, never taken for a byte order mark
    rows = text.replace("\r\n", "\n")
    for end in "\r\u2028\u2029\x85":
        rows = rows.replace(end, "\n")
    found: dict[int, str] = {}
    last = Place(1, 1)
    for line in lines(text.encode(), "utf-8"):
        assert line.place >= last
        last = line.place
        assert ink(line.text) == ink(line.raw)
        assert line.text == line.text.strip()
        source = rows.split("\n")[line.place.line - 1]
        assert line.raw == source[line.place.start : line.place.end]
        found[line.place.line] = found.get(line.place.line, "") + line.text
    assert {n: ink(t) for n, t in found.items()} == {n: ink(r) for n, r in enumerate(rows.split("\n"), 1) if ink(r)}


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        outcome = readers.read(data, "page.txt")
    except InputError:
        return
    assert outcome.value.pages
    assert data.decode(outcome.value.source.encoding)
