"""Assignment is as good as trying everything; decks stand together, and each article has one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from relayout.layout import Block
from relayout.matching import CROWDED, MOST, STEP, assign, match
from relayout.model import Article, Line, Paragraph, Place
from relayout.profile import load
from relayout.roles import Role

DEFAULT = load("default")
FEW = settings(max_examples=200, deadline=None, derandomize=True)
VALUES = st.lists(st.dictionaries(st.integers(0, 4), st.floats(-0.5, 2.0), max_size=5), max_size=5)


def total(values: Sequence[Mapping[int, float]], got: Sequence[int | None]) -> float:
    return sum(value[place] for value, place in zip(values, got, strict=True) if place is not None)


def brute(values: Sequence[Mapping[int, float]], least: float) -> float:
    """Try every assignment; a suitor may stay without a place."""
    places = [*{place for value in values for place in value}, *([None] * len(values))]
    best = 0.0
    for tried in set(permutations(places, len(values))):
        worth = [0.0 if p is None else value.get(p, -9.0) for value, p in zip(values, tried, strict=True)]
        if all(p is None or v >= least for p, v in zip(tried, worth, strict=True)):
            best = max(best, sum(worth))
    return best


@settings(FEW, max_examples=60)
@given(st.lists(st.dictionaries(st.integers(0, 2), st.floats(-0.5, 2.0), max_size=3), max_size=3), st.floats(0, 0.5))
def test_assignment_is_as_good_as_trying_everything(values: list[dict[int, float]], least: float) -> None:
    got = assign(values, least)
    assert total(values, got) >= brute(values, least) - STEP * len(values) - 1e-9


@FEW
@given(VALUES, st.floats(0, 0.5))
def test_an_assignment_is_allowed(values: list[dict[int, float]], least: float) -> None:
    got = assign(values, least)
    taken = [place for place in got if place is not None]
    assert len(got) == len(values)
    assert len(set(taken)) == len(taken)
    assert all(place is None or value[place] >= least for value, place in zip(values, got, strict=True))


@FEW
@given(VALUES)
def test_nobody_stays_without_a_place_that_is_free(values: list[dict[int, float]]) -> None:
    got = assign(values, 0.1)
    for value, place in zip(values, got, strict=True):
        assert place is not None or all(free in got or worth < 0.1 for free, worth in value.items())


def test_a_second_choice_is_taken_where_the_first_is_worth_more_to_another() -> None:
    assert assign([{0: 1.0, 1: 0.9}, {0: 0.8}], 0.1) == [1, 0]
    assert assign([{0: 1.0, 1: 0.1}, {0: 0.8}], 0.1) == [0, None]


def test_what_is_worth_too_little_is_never_given() -> None:
    assert assign([{0: 0.09}, {0: 0.1}], 0.1) == [None, 0]
    assert assign([], 0.1) == []
    assert assign([{}], 0.1) == [None]


# Headlines and articles.

WALK = "東岸海濱步道延伸段昨日舉行動土儀式，屆時市民可由青灣步行至石塘。"
BIRD = "音樂老師何詠琴走遍全港濕地，錄下一百種鳥聲，免費送給六十間學校。"
FLY = "交通主管部門宣布，離島航線加開夜班，每月可多運送旅客一萬人次。"


def paragraph(text: str, number: int, role: Role = Role.BODY) -> Paragraph:
    return Paragraph((Line(text, text, Place(1, number)),), role=role)


def heads(*texts: str, first: int = 50) -> list[Block]:
    return [Block(paragraph(text, n, Role.DISPLAY)) for n, text in enumerate(texts, first)]


def bodies(*texts: str) -> list[Article]:
    return [Article((paragraph(text, 10 * n),)) for n, text in enumerate(texts, 1)]


def test_headlines_find_their_articles_in_any_order() -> None:
    texts = ["離島航線加開夜班", "海濱步道延伸段動土", "老師錄下一百種鳥聲"]
    for order in permutations(texts):
        found = match(heads(*order), bodies(WALK, BIRD, FLY), DEFAULT)
        headed = {found.heads[i].text: a for deck, a in zip(found.decks, found.got, strict=True) for i in deck}
        assert headed == {texts[1]: 0, texts[2]: 1, texts[0]: 2}


def test_lines_that_tell_of_one_article_are_a_deck() -> None:
    found = match(heads("海濱步道延伸段動土", "市民可由青灣步行至石塘", "離島航線加開夜班"), bodies(WALK, FLY), DEFAULT)
    assert found.decks == ((0, 1), (2,))
    assert found.got == (0, 1)


def test_a_deck_has_at_most_three_lines() -> None:
    lines = ["海濱步道延伸段動土"] * 5
    found = match(heads(*lines), bodies(WALK), DEFAULT)
    assert max(map(len, found.decks)) == MOST
    assert sorted(i for deck in found.decks for i in deck) == [0, 1, 2, 3, 4]


def test_halves_of_one_line_are_no_deck() -> None:
    one, two = heads("海濱步道延伸段", "市民可由青灣步行")
    half = Line("市民可由青灣步行", "市民可由青灣步行", Place(1, 50, 7, 15))
    found = match([one, Block(Paragraph((half,), role=Role.DISPLAY))], bodies(WALK, BIRD), DEFAULT)
    assert found.decks == ((0,), (1,))
    assert two.role is Role.DISPLAY


def test_an_article_with_a_headline_gets_no_other() -> None:
    crowned = Article((paragraph("海濱步道動土", 9, Role.HEAD), paragraph(WALK, 10)))
    found = match(heads("海濱步道延伸段動土"), [crowned, *bodies(BIRD, FLY)[1:]], DEFAULT)
    assert found.got == (None,)


def test_what_nothing_answers_is_left() -> None:
    found = match(heads("名醫談養生之道", first=5), bodies(WALK, BIRD), DEFAULT)
    assert found.got in ((None,), (0,))
    assert match(heads("名醫談養生之道", first=15), [bodies(WALK)[0]], DEFAULT).total < 1


def test_other_blocks_are_no_headlines() -> None:
    rubric = Block(paragraph("海濱步道", 40, Role.RUBRIC))
    found = match([rubric, *heads("離島航線加開夜班")], bodies(WALK, FLY), DEFAULT)
    assert [head.text for head in found.heads] == ["離島航線加開夜班"]
    assert found.got == (1,)


def test_a_page_with_more_headlines_than_any_newspaper_has_is_matched_too() -> None:
    texts = [f"海濱步道第{n}段動土" for n in range(CROWDED + 5)]
    found = match(heads(*texts), bodies(WALK, FLY), DEFAULT)
    assert sorted(i for deck in found.decks for i in deck) == list(range(len(texts)))
    assert 0 in found.got
