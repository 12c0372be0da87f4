"""Evidence, each kind by itself: setting, prices, words, kinship, neighbours, and the one place that adds it up."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relayout.layout import Block, Setting
from relayout.model import Article, Line, Paragraph, Place
from relayout.profile import load
from relayout.roles import Joint, Role
from relayout.signals.kinship import CROWD, Bodies, Body, counted, shared
from relayout.signals.lexical import Vocabulary, bigrams, joint, language, terms, word_pairs, words
from relayout.signals.setting import digits_are_full, list_measures, look, measures, slop, spare
from relayout.signals.spatial import Neighbours, neighbours
from relayout.signals.typeset import BODY, CLOSED, ITEM, NO_NEXT, Prices, ending, fit, room_at_end, stand_alone
from relayout.signals.weigh import certainty, weigh

DEFAULT = load("default")
PRICES = Prices.of(DEFAULT)
FEW = settings(max_examples=100, deadline=None, derandomize=True)
HAN = Setting(width=38, unit=2, indent=0, han=True)
LATIN = Setting(width=38, unit=5, indent=0, han=False)


def line(text: str, number: int = 1, indent: int = 0) -> Line:
    return Line(text, text, Place(1, number), indent=indent)


def paragraph(text: str, number: int = 1, role: Role = Role.BODY, mark: int = 0) -> Paragraph:
    return Paragraph((line(text, number),), role=role, mark=mark)


# setting


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("會議「開幕」。", {"width": 14, "unit": 2, "han": True, "ends": "sentence"}),
        ("會議 「開幕」 ，", {"width": 14, "ends": "clause"}),
        ("2015年，會", {"width": 10, "unit": 4, "comma": True}),
        ("部署七大任務 建設城市", {"parted": True, "width": 21}),
        ("提出「高質量", {"owes": 1}),
        ("the wide road,", {"width": 14, "unit": 4, "han": False, "ends": "clause", "comma": False}),
    ],
)
def test_what_a_line_looks_like(text: str, seen: dict[str, object]) -> None:
    found = look(line(text))
    assert {key: getattr(found, key) for key in seen} == seen


def test_a_tail_closes_and_an_opening_is_kept() -> None:
    found = look(line("重要支點。 大公報記者王珏", indent=2), opens="item", closed=True)
    assert (found.ends, found.opens, found.indent) == ("tail", "item", 2)


def test_full_digits_take_a_whole_character() -> None:
    assert look(line("會議於2025年"), full=True).width == 16
    assert look(line("會議於2025年")).width == 12
    assert look(line("in 2025"), full=True).width == 7  # Latin lines are never full-width


def test_digits_are_half_width_where_lines_with_digits_are_as_wide_as_others() -> None:
    assert not digits_are_full(["中央城市工作會議在京召開", "會議於2025年07月14日舉行", "這是時隔多年召開會議了嗎"])
    assert not digits_are_full(["中央城市工作會議在北京召開"] * 5)
    assert not digits_are_full([])
    assert not digits_are_full(["in 2025 and on", "in 2026 and on", "in 2027 and on"])


@pytest.mark.parametrize(
    ("width", "measure", "unit", "left"),
    [(38, 38, 2, 0), (37, 38, 2, 0), (36, 38, 2, 1), (36, 38, 4, 0), (34, 38, 4, 1), (20, 38, 2, 17), (39, 38, 2, -1)],
)
def test_a_line_is_full_where_the_next_unit_would_not_have_fitted(
    width: int, measure: int, unit: int, left: int
) -> None:
    assert spare(width, measure, unit) == left


@FEW
@given(st.integers(0, 80), st.integers(0, 80), st.integers(1, 20))
def test_spare_is_what_the_definition_says(width: int, measure: int, unit: int) -> None:
    left = spare(width, measure, unit)
    assert (left < 0) == (width > measure)
    assert (left == 0) == (width <= measure < width + unit)


def test_latin_widths_are_blurred_and_han_widths_are_not() -> None:
    assert slop(38, han=True) == 0
    assert slop(8, han=False) == 3
    assert slop(64, han=False) == 8


def test_widths_that_recur_beside_each_other_are_measures() -> None:
    found = measures([replace(HAN, width=width) for width in (34, 38, 38, 12, 70, 20)])
    assert found[38] == 2.0
    assert found[34] == 1.0
    assert found[12] == found[70] == 0.33
    assert list(found) == sorted(found)
    assert measures([]) == {}


def test_a_kept_indent_counts_with_its_line() -> None:
    assert set(measures([replace(HAN, width=34, indent=4), replace(HAN, width=36, indent=2)])) == {38, 36}


def test_a_list_shows_its_measure_where_its_widest_item_runs_over() -> None:
    item, rest = replace(HAN, width=32, opens="item"), replace(HAN, width=8)
    short = replace(item, width=20)
    assert list_measures([short, item, rest, item, rest, short]) == [32, 32]
    assert list_measures([short, item]) == []
    assert list_measures([short, rest, item, rest]) == [32]  # not 20: a wider item stands in the same list
    assert measures([item, rest])[32] > 3


# typeset


def test_a_full_line_costs_nothing_and_a_short_one_is_nearly_impossible() -> None:
    assert fit(HAN, 38, 38, 2, PRICES) == 0
    assert fit(HAN, 37, 38, 2, PRICES) == 0
    assert fit(HAN, 36, 38, 2, PRICES) == PRICES.loose
    assert fit(HAN, 35, 38, 2, PRICES) == 2 * PRICES.loose
    assert fit(HAN, 20, 38, 2, PRICES) == PRICES.broken


def test_a_line_may_hang_a_mark_or_squeeze_a_cell() -> None:
    assert fit(HAN, 39, 38, 2, PRICES) == PRICES.over
    assert fit(HAN, 40, 38, 2, PRICES) == 2 * PRICES.squeezed
    assert fit(replace(HAN, ends="clause"), 40, 38, 2, PRICES) == PRICES.over
    assert fit(HAN, 41, 38, 2, PRICES) == PRICES.broken


def test_proportional_letters_are_allowed_an_eighth() -> None:
    assert fit(LATIN, 32, 38, 3, PRICES) == 0
    assert fit(LATIN, 40, 38, 3, PRICES) == PRICES.over
    assert fit(LATIN, 60, 38, 3, PRICES) == PRICES.broken
    assert fit(LATIN, 10, 38, 3, PRICES) == PRICES.broken


def test_a_last_line_must_fit_and_being_full_is_a_coincidence() -> None:
    assert room_at_end(HAN, 20, 38, 2, PRICES) == 0
    assert room_at_end(HAN, 38, 38, 2, PRICES) == PRICES.full_end
    assert room_at_end(HAN, 38, 38, NO_NEXT, PRICES) == 0
    assert room_at_end(HAN, 39, 38, 2, PRICES) == PRICES.over
    assert room_at_end(HAN, 40, 38, 2, PRICES) == 2 * PRICES.squeezed
    assert room_at_end(replace(HAN, ends="sentence"), 40, 38, 2, PRICES) == PRICES.over
    assert room_at_end(HAN, 60, 38, 2, PRICES) == PRICES.broken
    assert room_at_end(LATIN, 42, 38, 5, PRICES) == 0


@FEW
@given(st.integers(1, 80), st.integers(1, 80), st.integers(1, 20), st.booleans())
def test_no_price_is_below_nothing(width: int, measure: int, unit: int, han: bool) -> None:
    one = replace(HAN, han=han, width=width)
    assert 0 <= fit(one, width, measure, unit, PRICES) < inf
    assert 0 <= room_at_end(one, width, measure, unit, PRICES) < inf


def test_prose_ends_with_a_stop_and_lists_need_none() -> None:
    stop, comma, none = replace(HAN, ends="sentence"), replace(HAN, ends="clause"), HAN
    assert ending(stop, BODY, PRICES) == 0
    assert ending(none, BODY, PRICES) == PRICES.unended
    assert ending(none, ITEM, PRICES) == ending(none, CLOSED, PRICES) == 0
    assert ending(comma, ITEM, PRICES) == PRICES.clause_end
    assert ending(replace(stop, owes=1), BODY, PRICES) == PRICES.bracket


def test_what_speaks_against_a_title() -> None:
    plain = stand_alone(HAN, PRICES)
    assert plain == PRICES.display
    assert stand_alone(replace(HAN, ends="sentence"), PRICES) == plain + PRICES.display_sentence
    assert stand_alone(replace(HAN, ends="tail"), PRICES) == plain + PRICES.display_sentence
    assert stand_alone(replace(HAN, ends="clause"), PRICES) == plain + PRICES.display_clause
    assert stand_alone(replace(HAN, opens="item"), PRICES) == plain + PRICES.cue
    assert stand_alone(replace(HAN, owes=-1), PRICES) == plain + PRICES.bracket
    assert stand_alone(replace(HAN, width=2), PRICES) == plain + PRICES.display_one
    assert stand_alone(replace(HAN, comma=True), PRICES) == plain + PRICES.display_comma
    assert stand_alone(replace(HAN, parted=True), PRICES) == plain - PRICES.display_parted


# lexical


@pytest.mark.parametrize(
    ("before", "after", "known", "found"),
    [
        ("中央城市工", "作會議", (), Joint.TIGHT),
        ("the wide", "road", (), Joint.SPACE),
        ("rose to 20", "percent", (), Joint.SPACE),
        ("上一次是20", "15年", (), Joint.TIGHT),
        ("增至9.", "44億", (), Joint.TIGHT),
        ("使用5G", "網絡", (), Joint.TIGHT),
        ("會議，", "the end", (), Joint.TIGHT),
        ("the end", "，會議", (), Joint.TIGHT),
        ("representa-", "tives", (), Joint.HYPHEN_GONE),
        ("Franco-", "German", (), Joint.HYPHEN_KEPT),
        ("re-", "elected", ("re-elected",), Joint.HYPHEN_KEPT),
        ("Del-", "Rey", ("delrey",), Joint.HYPHEN_GONE),
        ("the labour\u00ad", "ers went", (), Joint.HYPHEN_GONE),
        ("the labour‐", "ers.”", ("labourers",), Joint.HYPHEN_GONE),
        ("from 1914-", "1918", (), Joint.SPACE),
        ("-", "and", (), Joint.SPACE),
        ("會議-", "and", (), Joint.SPACE),
    ],
)
def test_what_joins_two_lines(before: str, after: str, known: tuple[str, ...], found: Joint) -> None:
    assert joint(before, after, frozenset(known)) is found


def test_words_at_a_line_end_may_be_torn_and_do_not_count() -> None:
    assert words(["He was re-elected, said", "“The” chairman repre-", "會議開幕", "12 34"]) >= {
        "he",
        "was",
        "re-elected",
        "the",
        "chairman",
    }
    assert "said" not in words(["He was re-elected, said"])
    assert words(["會議 開幕"]) == frozenset()


def test_pairs_are_of_characters_inside_a_line() -> None:
    assert word_pairs(["城市", "工作會"]) == {"城市", "工作", "作會"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("時隔十年", ["時隔", "隔10", "10年"]),
        ("城市，更新", ["城市", "更新"]),
        ("Dock Strike", ["dock", "strike"]),
        ("an", []),
        ("", []),
    ],
)
def test_terms_are_pairs_of_han_characters_and_latin_words(text: str, found: list[str]) -> None:
    assert bigrams(text) == found
    assert terms(text) == frozenset(found)


def test_rare_terms_tell_more() -> None:
    texts = [terms("城市更新"), terms("城市工作"), terms("城市天氣")]
    vocabulary = Vocabulary.of(texts)
    assert vocabulary.mass(["城市"]) < vocabulary.mass(["更新"])
    assert vocabulary.cover(terms("更新"), texts[0]) == 1.0
    assert vocabulary.cover(terms("更新"), texts[1]) == 0.0
    assert vocabulary.cover(frozenset(), texts[1]) is None
    assert Vocabulary.of([]).mass(["城市"]) > 0


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("會議部署城市工作", "zh-Hant"),
        ("会议部署城市工作", "zh-Hans"),
        ("山水人口", "zh"),
        ("これはとても山です", "ja"),
        ("the city", "und"),
        ("", "und"),
    ],
)
def test_the_script_tells_the_language(text: str, tag: str) -> None:
    assert language(text) == tag


# kinship


def article(*texts: str, role: Role = Role.BODY, first: int = 1) -> Article:
    return Article(tuple(paragraph(text, n, role) for n, text in enumerate(texts, first)))


def test_a_headline_is_nearer_to_the_article_that_says_it_in_one_paragraph() -> None:
    scattered = Body.of(article("城市工作", "更新會議", "城市更天").parts)
    dense = Body.of(article("城市更新", "天氣", "步道").parts)
    vocabulary = Vocabulary.of([scattered.whole, dense.whole])
    title = terms("城市更新")
    assert (shared(title, dense, vocabulary) or 0) > (shared(title, scattered, vocabulary) or 0)
    assert shared(frozenset(), dense, vocabulary) is None
    assert shared(title, Body.of([paragraph("城市", role=Role.HEAD)]), vocabulary) is None


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("會議部署三方面任務", 1.0),
        ("部署五項任務", 1.0),
        ("部署七大任務", 0.0),
        ("會議部署任務", None),
        ("3日開會", None),
    ],
)
def test_a_number_counts_heads_or_items(title: str, found: float | None) -> None:
    heads = [paragraph(f"❶{n}", role=Role.LIST_HEAD) for n in range(3)]
    items = [paragraph(f"•{n}", role=Role.ITEM) for n in range(5)]
    assert counted(title, Body.of([*heads, *items])) == found
    assert counted(title, Body.of([paragraph("會議")])) is None


def test_what_a_body_is() -> None:
    body = Body.of(
        [
            paragraph("標題", role=Role.HEAD),
            paragraph("【本報訊】會議", mark=5),
            paragraph("•城市", role=Role.ITEM),
            paragraph("記者王珏", role=Role.BYLINE),
        ]
    )
    assert (body.dated, body.signed, body.items, body.list_heads) == (True, True, 1, 0)
    assert "標題" not in body.whole
    assert body.is_list  # one paragraph may lead to it
    assert not Body.of([paragraph("會議")]).is_list


def test_bodies_are_looked_up_by_their_terms() -> None:
    bodies = Bodies.of([article("城市更新"), article("離島航線"), Article((paragraph("•城市", role=Role.ITEM),))])
    assert bodies.most(terms("離島航線")) == (1, 1.0)
    assert bodies.most(terms("名醫養生")) == (None, 0.0)
    assert next(iter(bodies.nearest(terms("城市更新")))) == 0
    assert bodies.known(terms("離島名醫")) == {"離島"}
    assert bodies.lists == (2,)
    assert bodies.nearest(terms("名醫養生")) == {}


def test_a_term_that_stands_everywhere_leads_nowhere() -> None:
    bodies = Bodies.of([article(f"城市第{n}號") for n in range(CROWD + 1)])
    assert bodies.most(terms("城市")) == (None, 0.0)


def test_a_long_text_is_compared_by_its_telling_terms_only() -> None:
    """A whole article asks for its like: terms that stand in a dozen articles would cost much and tell little."""
    many = [article(f"城市第{n}號") for n in range(CROWD // 8 + 1)]
    telling = article("".join(chr(0x4E00 + n) for n in range(400)))
    bodies = Bodies.of([*many, telling])
    assert bodies.most(terms("城市"))[0] == 0
    assert list(bodies.nearest(bodies.bodies[-1].whole | terms("城市"))) == [len(many)]


def test_bodies_are_looked_at_anew_where_the_text_changes() -> None:
    one = article("城市更新")
    headed = replace(one, parts=(paragraph("標題", role=Role.HEAD), *one.parts))
    assert Bodies.of([one]) is Bodies.of([headed])
    other = Bodies.of([article("離島航線")])
    assert other.most(terms("離島")) == (0, 1.0)
    assert Bodies.of([one]).most(terms("離島")) == (None, 0.0)


# spatial


def test_neighbours_are_those_in_the_stream() -> None:
    articles = [article("甲", "乙", first=2), article("丙", first=6)]
    loose = [Block(paragraph(text, n)) for text, n in (("頭", 1), ("中", 4), ("下", 5), ("尾", 9))]
    assert neighbours(loose, articles) == [
        Neighbours(None, False, 0, True, 0),
        Neighbours(0, True, 1, True, 3, 2),
        Neighbours(0, True, 1, True, 4, 2),
        Neighbours(1, True, None, False, 6),
    ]


def test_a_block_inside_an_article_ends_and_begins_nothing() -> None:
    (found,) = neighbours([Block(paragraph("圖", 3))], [Article((paragraph("甲", 2), paragraph("乙", 4)))])
    assert found == Neighbours(0, False, 0, False, 1)


def test_titles_of_an_article_may_stand_anywhere_and_do_not_count() -> None:
    headed = Article((paragraph("標題", 9, Role.HEAD), paragraph("甲", 2)))
    (found,) = neighbours([Block(paragraph("圖", 5))], [headed])
    assert (found.before, found.ends, found.after) == (0, True, None)


def test_without_articles_nothing_is_beside() -> None:
    assert neighbours([Block(paragraph("圖", 5))], []) == [Neighbours(None, False, None, False, 0)]


# weigh


def test_what_cannot_be_told_counts_nothing() -> None:
    score, evidence = weigh("group", (("dateline", 1.0), ("apart", None), ("measure", 0.0), ("list", 0.5)), DEFAULT)
    assert [one.name for one in evidence] == ["dateline", "list"]
    assert score == sum(one.product for one in evidence)
    assert score == DEFAULT.number("group.dateline") + 0.5 * DEFAULT.number("group.list")
    assert weigh("group", (), DEFAULT) == (0, ())


@FEW
@given(st.floats(-700, 700))
def test_certainty_is_the_same_for_and_against(score: float) -> None:
    assert 0.5 <= certainty(score) <= 1
    assert certainty(score) == certainty(-score)


def test_prices_come_from_the_profile() -> None:
    names = [field.name for field in fields(Prices)] if is_dataclass(Prices) else list(Prices._fields)
    assert len(names) > 20
    assert all(getattr(PRICES, name) == DEFAULT.number(f"mend.{name}") for name in names)
