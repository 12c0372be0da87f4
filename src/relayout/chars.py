"""Free functions on strings: widths in half-width cells, what may not begin or end a line, sentence ends.

Sources: Unicode Standard Annex 11 (East Asian Width), JIS X 4051 and W3C *Requirements for Chinese Text
Layout* (clreq) for the line-start and line-end prohibitions, Unicode's EquivalentUnifiedIdeograph for radicals.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import groupby, pairwise

OPENERS = "「『（《〈【〔［｛〖〘“‘([{"
CLOSERS = "」』）》〉】〕］｝〗〙”’)]}"
STOPS = "。！？!?…⋯"
NO_START = CLOSERS + STOPS + "，、；：．・·,.;:%％‰℃°～—ー々ゝゞヽヾぁぃぅぇぉっゃゅょァィゥェォッャュョ"

# Marks that PDF fonts set half-width, so that an extractor leaves a space on their outer side (seed page, line 251).
SPACED_OPENERS = "「『《〈（【〔“"
SPACED_CLOSERS = "」』》〉）】〕”，。、；：？！"

_CONTROL = re.compile(
    "[\u0000-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f\u200b\u200e\u200f\u2060\ufeff\ufffe\uffff]"
    "|\u00ad(?=\\S)"  # a soft hyphen inside a line is not printed
)

_RADICALS = dict(
    zip(
        "⺁⺅⺆⺉⺊⺎⺏⺐⺒⺓⺔⺕⺖⺗⺘⺙⺛⺝⺞⺟⺠⺡⺢⺣⺤⺦⺨⺩⺫⺬⺭⺯⺰⺱⺲⺶⺹⺺⺻⺼⺽⺾⺿⻀"
        "⻁⻂⻃⻄⻅⻆⻈⻉⻋⻌⻍⻎⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂亻冂刂卜兀尣尢巳幺彑彐忄㣺扌攵旡月歺母民氵氺灬爫丬犭王罒示礻糹纟罓罒羊耂肀聿月臼艹艹艹"
        "虎衤覀西见角讠贝车辶辶辶钅長镸长门阝雨青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
_VERTICAL = dict(
    zip(
        "︐︑︒︓︔︕︖︗︘︙︰︱︲︳︴︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄﹇﹈",
        "，、。：；！？〖〗…‥—–＿﹏（）｛｝〔〕【】《》〈〉「」『』［］",
        strict=True,
    )
)
_KANGXI = {chr(c): unicodedata.normalize("NFKC", chr(c)) for c in range(0x2F00, 0x2FD6)}
_STANDS_FOR = str.maketrans({**_RADICALS, **_VERTICAL, **_KANGXI})
_FONT_LEAVINGS = re.compile("[\u2e80-\u2ef3\u2f00-\u2fd5\ufe10-\ufe19\ufe30-\ufe44\ufe47\ufe48]")

_SENTENCE_END = re.compile(rf"[。！？!?.．…⋯][{re.escape(CLOSERS)}]*$")
_CLAUSE_END = re.compile(r"[，、；：,;:]$")
_IN_BRACKETS = re.compile("[（(][^（）()]{1,12}[）)]$")
_NUMBER = r"[0-9０-９]+(?:[.,．，:：/-][0-9０-９]+)*[%％‰]?"
_WORD = r"[A-Za-z\u00c0-\u024f](?:[A-Za-z\u00c0-\u024f0-9'’.@/&-]*[A-Za-z\u00c0-\u024f0-9])?"
_UNIT = re.compile(rf"[{re.escape(OPENERS)}]*(?:{_NUMBER}|{_WORD}|——|……|.)[{re.escape(NO_START)}]*", re.S)
_BRACKETS = "「」『』《》〈〉（）【】〔〕“”"
_ANY_BRACKET = re.compile(f"[{_BRACKETS}]")
_OPEN, _CLOSE = re.compile(f"[{_BRACKETS[0::2]}]"), re.compile(f"[{_BRACKETS[1::2]}]")
_OUTER = re.compile(f"(?:(.)([{_BRACKETS[0::2]}]))|(?:(?<=[{_BRACKETS[1::2]}])(.))")
_FIGURES = re.compile("(?<=[^\\s０-９])([０-９．]*[０-９％]|[0-9]+％) (?=[\u3041-\u30ff\u3400-\u9fff])")
_UPRIGHT = re.compile("[\ufe10-\ufe19\ufe30-\ufe48]")
_LOOSE = re.compile(
    rf"\s+(?=[{re.escape(SPACED_OPENERS + SPACED_CLOSERS)}])|(?<=[{re.escape(SPACED_OPENERS + SPACED_CLOSERS)}])\s+"
)


def canonical(raw: str) -> str:
    """Return the characters that ``raw`` stands for, spaces untouched.

    NFC (never NFKC: ㎡ and ① stay); Kangxi and CJK radicals and vertical presentation forms, which PDF fonts
    leave behind, become ordinary characters; control and zero-width characters go.

    >>> canonical("⼯作︒")
    '工作。'
    """
    if raw.isascii():
        return _CONTROL.sub("", raw)
    text = _CONTROL.sub("", raw)
    if _FONT_LEAVINGS.search(text):
        text = text.translate(_STANDS_FOR)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def ink(raw: str) -> str:
    """Return what is printed: the canonical characters without any white space. The unit of conservation.

    A soft hyphen never counts: whether one is printed depends on where its line ends, and lines are cut and joined.

    >>> ink(" 「增量 」 ")
    '「增量」'
    """
    return "".join(canonical(raw).replace("\u00ad", "").split())


def bracketed(text: str) -> bool:
    """Say whether ``text`` is nothing but a few characters in round brackets: a name, a number.

    >>> bracketed("（十四）"), bracketed("（一）甲（二）")
    (True, False)
    """
    return _IN_BRACKETS.match(text) is not None


def is_han(char: str) -> bool:
    """Say whether ``char`` is a Han character or kana: script that is set without word spaces."""
    return (
        "\u3400" <= char <= "\u9fff"
        or "\u3041" <= char <= "\u30ff"
        or "\uf900" <= char <= "\ufaff"
        or char >= "\U00020000"
    )


def has_han(text: str) -> bool:
    """Say whether any character of ``text`` is Han or kana."""
    return not text.isascii() and any(map(is_han, text))


class _Widths(dict[str, int]):
    """Widths of characters in cells, looked up once each; ``ambiguous`` is the width of dashes, bullets, quotes."""

    def __init__(self, ambiguous: int) -> None:
        super().__init__()
        self.ambiguous = ambiguous

    def __missing__(self, char: str) -> int:
        kind, category = unicodedata.east_asian_width(char), unicodedata.category(char)
        if category in ("Mn", "Me", "Cf"):
            width = 0
        elif kind in "WF":
            width = 2
        else:
            width = self.ambiguous if kind == "A" and category[0] != "L" else 1
        self[char] = width
        return width


_AMONG_HAN, _AMONG_LATIN = _Widths(2), _Widths(1)


def cells(text: str) -> int:
    """Return the width of ``text`` in half-width cells: Han characters and their marks 2, Latin and digits 1.

    Characters of ambiguous width (dashes, bullets, curly quotes) count 2 where the text holds wide characters
    (UAX 11, section 4.1); letters of other alphabets count 1 everywhere.

    >>> cells("15日，中央"), cells("“to-day”"), cells("“今日”")
    (10, 8, 8)
    """
    if text.isascii():
        return len(text)
    widths = _AMONG_HAN if max(text) >= "\u2e80" else _AMONG_LATIN
    return sum(map(widths.__getitem__, text))


def tight(text: str) -> str:
    """Return ``text`` without the white space that touches full-width marks.

    What an extractor leaves around half-width 「」; whether the space is wanted is for a stage to decide.

    >>> tight("步 「套開」 ，而此次")
    '步「套開」，而此次'
    """
    return _LOOSE.sub("", text)


def close_figures(text: str) -> str:
    """Return ``text`` without the spaces between a full-width figure or per cent sign and the Han or kana behind it.

    Figures that stand upright in a vertical column come out with such a space. One between two figures stays, and one
    behind a number at the head of a line, since it numbers an item.

    >>> close_figures("訂明年３ 月完成，有84％ 表示滿意"), close_figures("１０ 月完成"), close_figures("以２１ １９勝")
    ('訂明年３月完成，有84％表示滿意', '１０ 月完成', '以２１ １９勝')
    """
    return _FIGURES.sub(r"\1", text)


def upright(raw: str) -> bool:
    """Say whether ``raw`` has marks in the form that they have in vertical text.

    >>> upright("︻本報訊︼"), upright("【本報訊】")
    (True, False)
    """
    return _UPRIGHT.search(raw) is not None


def parted(text: str) -> bool:
    """Say whether a space that someone wanted stands between the halves of ``text``.

    It stands between two Han characters, or beside a bracket while other brackets of the line have none: what
    an extractor leaves around half-width marks it leaves around all of them.

    >>> parted("部署七大任務 建設"), parted("「擴張」轉向「提質」 助力"), parted("反對 「築牆」 、")
    (True, True, False)
    """
    if " " not in text:
        return False
    halves = text.split(" ")
    if any(one and two and is_han(one[-1]) and is_han(two[0]) for one, two in pairwise(halves)):
        return True
    outer = [match.group(1) or match.group(3) for match in _OUTER.finditer(text)]
    return " " in outer and any(is_han(char) for char in outer)


def owes(text: str) -> int:
    """Return how many brackets and quotation marks ``text`` opens and does not close.

    >>> owes("提出「高質量"), owes("更新」，這為"), owes("《求是》雜誌")
    (1, -1, 0)
    """
    if not _ANY_BRACKET.search(text):
        return 0
    return len(_OPEN.findall(text)) - len(_CLOSE.findall(text))


def first_unit(text: str) -> str:
    """Return the shortest start of ``text`` that a typesetter may put at the end of a line.

    A character with the marks that may not begin a line, an opening mark with what it opens, a whole number, a
    whole Latin word.

    >>> first_unit("「套」開"), first_unit("2015年"), first_unit("量」，「擴張")
    ('「套」', '2015', '量」，')
    """
    match = _UNIT.match(text)
    return match.group() if match else text[:1]


def ends_sentence(text: str) -> bool:
    """Say whether ``text`` ends with a full stop, question or exclamation mark, closing marks allowed."""
    return _SENTENCE_END.search(text) is not None


def ends_clause(text: str) -> bool:
    """Say whether ``text`` ends with a comma, semicolon or colon: a text that surely goes on."""
    return _CLAUSE_END.search(text) is not None


def numerals(text: str) -> str:
    """Return ``text`` with small Chinese numerals as digits, so that 時隔十年 meets 時隔10年.

    >>> numerals("時隔十年"), numerals("七大任務")
    ('時隔10年', '7大任務')
    """
    return _CHINESE_NUMBER.sub(lambda m: str(chinese_number(m.group())), text) if _CHINESE_NUMBER.search(text) else text


_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"两": 2, "兩": 2, "零": 0}
_CHINESE_NUMBER = re.compile("[一二三四五六七八九]?十[一二三四五六七八九]?|[一二兩两三四五六七八九]")


def chinese_number(text: str) -> int:
    """Return the value of a Chinese numeral below one hundred.

    >>> chinese_number("二十一"), chinese_number("十"), chinese_number("七")
    (21, 10, 7)
    """
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS[text]
    return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)


def strung(lines: Iterable[str], least: int = 6) -> list[str]:
    """Return what lines of one character say together, where at least so many follow each other.

    >>> strung(["春天", "記", "者", "報", "導"], least=4)
    ['記者報導']
    """
    groups = (list(run) for single, run in groupby(lines, lambda line: len(line.strip()) <= 1) if single)
    return ["".join(map(str.strip, run)) for run in groups if len(run) >= least]
