"""Free functions on strings: what characters stand for, how wide they are, where a line may break."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relayout.chars import (
    CLOSERS,
    NO_START,
    OPENERS,
    canonical,
    cells,
    chinese_number,
    ends_clause,
    ends_sentence,
    first_unit,
    has_han,
    ink,
    is_han,
    numerals,
    owes,
    parted,
    tight,
)

HAN = st.text("中央城市工作會議，。「」《》（）0123456789abc% —…·")
FEW = settings(max_examples=200, deadline=None, derandomize=True)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("⼯⼚", "工厂"),  # Kangxi radicals
        ("⺠⻄⻢", "民西马"),  # CJK radicals
        ("︒︐﹁﹂︻︼", "。，「」【】"),  # vertical forms
        ("㎡①％ﬁ", "㎡①％ﬁ"),  # never NFKC
        ("e\u0301", "é"),
        ("か\u3099", "が"),
        ("\ufeff會\u200b議\u2060", "會議"),
        ("a\u0000b\u001fc", "ab\u001fc"),
        ("\u00ad", "\u00ad"),  # a soft hyphen at a line end is a hyphen
        ("會 議", "會 議"),
        ("𠮷🀄\ue000", "𠮷🀄\ue000"),
        ("", ""),
    ],
)
def test_characters_become_what_they_stand_for(raw: str, text: str) -> None:
    assert canonical(raw) == text


@pytest.mark.parametrize(
    "text", ["會\u00ad ，議", "會\u00ad，議\u00ad", "會，議\u00ad\u00ad", "\u00ad \u00ad會，\u00ad  議"]
)
def test_soft_hyphens_are_no_ink_wherever_spaces_go(text: str) -> None:
    assert ink(text) == ink(tight(text)) == "會，議"


def test_every_kangxi_radical_has_an_ordinary_character() -> None:
    for code in range(0x2F00, 0x2FD6):
        assert is_han(canonical(chr(code))), hex(code)


def test_every_vertical_form_lies_down() -> None:
    upright = set(range(0xFE10, 0xFE1A)) | set(range(0xFE30, 0xFE45)) | {0xFE47, 0xFE48}
    for code in upright - {0xFE34}:  # the wavy line beside a book title has no form that lies down
        assert canonical(chr(code)) not in ("", chr(code)), hex(code)


def test_spaces_of_every_kind_are_no_ink() -> None:
    spaces = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
    assert len(spaces) > 20
    assert ink(f"會{spaces}議") == "會議"


@FEW
@given(st.text())
def test_ink_is_composed_and_has_no_space(text: str) -> None:
    printed = ink(text)
    assert unicodedata.is_normalized("NFC", canonical(text))
    assert not any(char.isspace() for char in printed)


@pytest.mark.parametrize("char", list("一龥㐀豈あんアー𠀀𰻝"))
def test_is_han(char: str) -> None:
    assert is_han(char)
    assert has_han(f"a{char}")


@pytest.mark.parametrize("char", list("aé1，。「 한ж①"))
def test_is_not_han(char: str) -> None:
    assert not is_han(char)
    assert not has_han(char)


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("abc 12", 6),
        ("會議", 4),
        ("2015年12月", 10),
        ("——", 2),
        ("會——議", 8),
        ("“to-day”", 8),
        ("“今日”", 8),
        ("•發展", 6),
        ("Москва", 6),
        ("Москва會", 8),
        ("e\u0301會", 3),
        ("會\u200b議", 4),
        ("ＡＢ", 4),
        ("ｱｲ", 2),
    ],
)
def test_widths_are_counted_in_half_width_cells(text: str, width: int) -> None:
    assert cells(text) == width


@FEW
@given(HAN, HAN)
def test_widths_add_up_among_han(one: str, two: str) -> None:
    assert cells("會" + one + two) == cells("會" + one) + cells("會" + two) - 2


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("步 「套開」 ，而", "步「套開」，而"),
        ("反對 「築牆設壘」 、 「脫鈎斷鏈」", "反對「築牆設壘」、「脫鈎斷鏈」"),
        ("部署七大任務 建設", "部署七大任務 建設"),
        ("方志遠（左三） 昨日", "方志遠（左三）昨日"),
        ("the “old” man, he", "the“old”man, he"),
        ("會議。  代表", "會議。代表"),
    ],
)
def test_loose_spaces_go(text: str, left: str) -> None:
    assert tight(text) == left


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("部署七大任務 建設智慧城市", True),
        ("「擴張」轉向「提質」 助力", True),
        ("反對 「築牆」 、", False),
        ("杭州 「六小龍」 和深圳 「四大金剛」 領銜", False),
        ("the wide road", False),
        ("J. T. Hallam", False),
        ("會議開幕", False),
        ("第1版 要聞", True),
        ("「人」 the", False),
    ],
)
def test_a_wanted_space_is_told(text: str, wanted: bool) -> None:
    assert parted(text) is wanted


@pytest.mark.parametrize(
    ("text", "owed"),
    [("會議", 0), ("提出「高質量", 1), ("更新」，這為", -1), ("《求是》", 0), ("「甲『乙", 2), ("）（", 0), ("“甲", 1)],
)
def test_open_brackets_are_counted(text: str, owed: int) -> None:
    assert owes(text) == owed


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("會議", "會"),
        ("會，議", "會，"),
        ("量」，「擴張", "量」，"),
        ("「套」開", "「套」"),
        ("（《求是》）", "（《求"),
        ("2015年", "2015"),
        ("12,345人", "12,345"),
        ("3.2%。又", "3.2%。"),
        ("ATR72-600。三", "ATR72-600。"),
        ("don’t go", "don’t"),
        ("——看的", "——"),
        ("……看", "……"),
        ("é́", "é"),
        ("「", "「"),
        ("", ""),
    ],
)
def test_the_first_unit_is_what_a_line_must_take(text: str, unit: str) -> None:
    assert first_unit(text) == unit


@FEW
@given(HAN.filter(bool))
def test_a_unit_begins_the_text_and_leaves_no_forbidden_mark_behind(text: str) -> None:
    unit = first_unit(text)
    assert unit
    assert text.startswith(unit)
    rest = text[len(unit) :]
    assert not rest or rest[0] not in NO_START or set(text[: len(unit) + 1]) <= set(OPENERS)


def test_no_mark_both_opens_and_closes() -> None:
    assert not set(OPENERS) & set(CLOSERS)
    assert not set(OPENERS) & set(NO_START)


@pytest.mark.parametrize(
    "text", ["會議。", "會議！", "會議？」", "會議。）』", "He went.", "“He went.”", "會議……", "⋯"]
)
def test_a_sentence_ends(text: str) -> None:
    assert ends_sentence(text)


@pytest.mark.parametrize("text", ["會議", "會議，", "會議。 記者", "「會議」", "", "：", "會議；"])
def test_a_sentence_does_not_end(text: str) -> None:
    assert not ends_sentence(text)


@pytest.mark.parametrize(
    ("text", "clause"), [("會議，", True), ("問：", True), ("and,", True), ("會議。", False), ("", False)]
)
def test_a_clause_ends(text: str, clause: bool) -> None:
    assert ends_clause(text) is clause


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("時隔十年", "時隔10年"),
        ("七大任務", "7大任務"),
        ("二十一個", "21個"),
        ("十五日", "15日"),
        ("兩家", "2家"),
        ("會議", "會議"),
        ("2015年", "2015年"),
    ],
)
def test_small_numerals_become_digits(text: str, digits: str) -> None:
    assert numerals(text) == digits


def test_numerals_below_one_hundred_have_their_value() -> None:
    names = "零一二三四五六七八九"
    for number in range(1, 100):
        tens, ones = divmod(number, 10)
        name = (names[tens] if tens > 1 else "") + ("十" if tens else "") + (names[ones] if ones else "")
        assert chinese_number(name) == number
    assert chinese_number("两") == chinese_number("兩") == 2
