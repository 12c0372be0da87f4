"""Pages on which each character has a square of its own: what shows it, and what follows from it."""

from __future__ import annotations

import pytest

from relayout import fix
from relayout.layout import Block
from relayout.model import Line, Paragraph, Place
from relayout.profile import load
from relayout.roles import Joint, Kind, Role
from relayout.signals.deck import LEFT, MOST, read_deck
from relayout.signals.order import titles_lead
from relayout.signals.setting import look, sets_in_squares
from relayout.signals.verse import VERSES, one_text

DEFAULT = load("default")
TITLE, TEXT = Role.DISPLAY, Role.BODY


def line(text: str, number: int = 1) -> Line:
    return Line(text, text.strip(), Place(1, number))


def block(*texts: str, role: Role = TITLE, number: int = 1) -> Block:
    lines = tuple(line(text, number + n) for n, text in enumerate(texts))
    return Block(Paragraph(lines, (Joint.TIGHT,) * (len(lines) - 1), role), 16, 16)


def test_a_page_without_marks_at_the_head_of_lines_is_not_set_in_squares() -> None:
    assert not sets_in_squares(["渡輪公司昨日宣布、", "由下月起添開四艘、"] * 20, least=4, seldom=60)
    assert sets_in_squares(["渡輪公司昨日宣布", "、由下月起添開四"] * 20, least=4, seldom=60)
    assert not sets_in_squares(["渡輪公司昨日宣布", "、由下月起添開四"], least=4, seldom=60)
    assert sets_in_squares(["渡輪公司昨日宣布"], least=0, seldom=60)


def test_lines_that_an_extractor_tore_before_a_mark_show_no_squares() -> None:
    torn = ["昨日渡輪公司宣布於周末添開", "「四艘」", "，由青灣開往長沙", "島，票價不變，船期另行通告"]
    assert not sets_in_squares(torn * 9, least=4, seldom=60)


def test_the_profile_of_the_paper_takes_squares_and_order_for_granted() -> None:
    texts = (
        "渡輪加班 青灣渡輪公司昨日 宣布、由下月起逢周 末添開渡輪四艘、往 返長沙島與青灣之間 行駛、 "
        "米價回落 （香港廿日電）本 市米價、連日回落、 昨日上等白米每石售 二十元、較上周跌去 一元、"
    )
    issue = fix("\n".join(texts.split()) + "\n", profile="jingbao")
    assert [[len(part.lines) for part in article.parts] for article in issue.articles] == [[1, 5], [1, 5]]


@pytest.mark.parametrize(
    ("text", "width", "unit", "ends", "parted"),
    [
        ("、渡輪昨日開航、", 16, 2, "clause", False),
        ("往返長沙島。\u3000（Ｔ）", 20, 2, "sentence", False),
        ("渡輪加班\u3000（知之）", 18, 2, "", True),
        ("athwart 一名", 11, 9, "", False),
        ("尚有續跌之勢云", 14, 2, "sentence", False),
        ("票價不變\u3000", 10, 2, "", False),
    ],
)
def test_a_line_of_squares(text: str, width: int, unit: int, ends: str, parted: bool) -> None:
    found = look(line(text), squares=True)
    assert (found.width, found.unit, found.ends, found.parted) == (width, unit, ends, parted)


def test_verses_stay_together_and_short_titles_do_not() -> None:
    verses = [block(f"{way}風吹過小河，", role=TEXT) for way in "東西南北上下"]
    assert len(verses) == VERSES
    assert one_text([block("渡輪加班"), *verses, block("米價回落")]) == [range(1, 7)]
    assert one_text(verses[1:]) == []
    assert one_text([block("渡輪加班")] * 9) == []


def test_long_lines_without_marks_are_no_titles() -> None:
    prose = "昨日渡輪由青灣開往長沙島乘客甚多"
    assert one_text([block("日記"), *[block(prose)] * 4, block("晚歸"), block("米價回落、")]) == [range(1, 5)]
    assert one_text([block(prose)] * 3) == []


def test_titles_tell_of_the_text_after_them() -> None:
    texts = ("渡輪加班", "米價回落", "電車改道", "學生募捐")
    pairs = [(block(text), block(f"昨日{text}、甚多人知、", role=TEXT)) for text in texts]
    assert titles_lead([one for pair in pairs for one in pair], DEFAULT)
    assert not titles_lead([one for pair in pairs for one in reversed(pair)], DEFAULT)
    assert not titles_lead([one for pair in pairs[:3] for one in pair], DEFAULT)


def test_a_deck_with_an_author_a_number_and_the_title_of_a_part() -> None:
    titles = [block("新渡輪記"), block("（三）"), block("張三著"), block("李四譯"), block("五　風浪")]
    deck = read_deck([*titles, block("昨日、", role=TEXT)], range(5), DEFAULT)
    assert [(one.role, one.text) for one in deck.heads] == [
        (Role.HEAD, "新渡輪記"),
        (Role.BYLINE, "（三）"),
        (Role.BYLINE, "張三著李四譯"),
        (Role.CROSSHEAD, "五　風浪"),
    ]
    assert not deck.foot
    assert not deck.advert


def test_a_name_in_brackets_under_a_text_is_its_foot() -> None:
    blocks = [block("昨日、", role=TEXT), block("（知之）"), block("米價回落"), block("昨日、", role=TEXT)]
    deck = read_deck(blocks, range(1, 3), DEFAULT)
    assert ([one.text for one in deck.foot], [one.text for one in deck.heads]) == (["（知之）"], ["米價回落"])
    assert not read_deck([blocks[0], blocks[1], blocks[3]], range(1, 2), DEFAULT).foot


def test_a_run_too_long_for_a_deck_holds_an_advertisement() -> None:
    lines = ["青灣茶樓", "粵菜", "名茶", "電話二三四五號", "渡輪加班"]
    short = read_deck([block(text) for text in lines], range(5), DEFAULT)
    assert (len(short.advert), len(short.heads)) == (0, 5)
    long = [block(text) for text in (*lines[:3], *["小酌"] * 5, *lines[3:])]
    deck = read_deck(long, range(len(long)), DEFAULT)
    assert (len(deck.advert), [one.text for one in deck.heads]) == (9, ["渡輪加班"])
    unknown = [block("小酌")] * (MOST + 9)
    assert len(read_deck(unknown, range(len(unknown)), DEFAULT).heads) == LEFT


def test_a_whole_page() -> None:
    lines = (
        "渡輪加班 周末添四艘 青灣渡輪公司昨日 宣布、由下月起逢周 末添開渡輪四艘、往 "
        "返長沙島與青灣之間 、票價不變、船期另 行通告、 米價回落 （香港廿日電）本 "
        "市米價、連日回落、 昨日上等白米每石售 二十元、較上周跌去 一元、米業中人稱、 "
        "來源旺盛、尚有續跌 之勢云、 電車改道 北角馬路修築溝渠 、電車昨起改道行駛 "
        "、經英皇道轉入銅鑼 灣、乘客須在街口候 車、工程約需兩月竣 工、 學生募捐 "
        "救濟水災難民 全市中學學生發起 募捐、救濟水災難民 、昨日沿街勸募、得 "
        "國幣三千餘元、悉數 交紅十字會、轉匯災 區施放、 戲院失火 中央戲院昨晚失火 "
        "、放映室膠片起燃、 觀衆幸無死傷、救火 會聞警馳至、歷一小 時始將火救熄、損失 "
        "約五千元、 漁船遇風 失蹤二人 漁船兩艘、前日在 海面遇風、一艘沉沒 "
        "、船上漁民六人、四 人獲救、二人失蹤、 水警輪仍在出事海面 搜尋、 足球賽 "
        "南華足球隊昨與警 察隊賽於加路連山球 場、南華以三對一獲 勝、觀衆逾萬、秩序 甚佳、 "
        "茶樓 名茶 小酌 粵菜 點心 大小筵席 茶樓 禮堂 小酌 電話二三四五號"
    )
    issue = fix("\n".join(lines.split()) + "\n")
    articles = [article for article in issue.articles if article.kind is Kind.ARTICLE]
    heads = ["渡輪加班", "米價回落", "電車改道", "學生募捐", "戲院失火", "漁船遇風", "足球賽"]
    assert [article.heads()[0].text for article in articles] == heads
    assert [len(article.parts) for article in articles] == [3, 2, 2, 3, 2, 3, 2]
    assert [article.kind for article in issue.articles if article not in articles] == [Kind.ADVERTISEMENT]
