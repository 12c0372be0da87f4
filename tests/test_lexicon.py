"""The list of words: what is in it, when it is read, and that a page is read without it as well."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from relayout import fix, lexicon
from relayout.model import Line, Place
from relayout.signals.flow import Flow, look

SEED = Path(__file__).parent.parent / "samples" / "takungpao-2025-07-16" / "input.txt"
HEADLINE = """
海濱將建新中央圖
書館明年春天開放
【本報訊】東岸海濱步道延伸段
昨日動工，運輸部門代表與居民
團體出席儀式。步道由青灣起，
沿舊堤岸而行，至白沙碼頭止，
全程不設圍欄，只種矮樹。
"""


def line(text: str) -> Line:
    return Line(text, text, Place(1, 1))


@pytest.fixture
def unread() -> Iterator[None]:
    for table in (lexicon._chinese, lexicon.simplified):
        table.cache_clear()
    yield
    for table in (lexicon._chinese, lexicon.simplified):
        table.cache_clear()


def test_words_have_two_to_four_characters_and_are_common() -> None:
    words = lexicon.words_of([line("會議")])
    assert {"工作", "图书馆"} <= words
    assert {len(word) for word in words} == {2, 3, 4}
    assert "中华人民共和国" not in words


def test_only_chinese_needs_words() -> None:
    assert lexicon.words_of([line("The council agreed"), line("カタカナ")]) == frozenset()


def test_characters_become_those_of_the_list() -> None:
    assert "圖書館".translate(lexicon.simplified()) == "图书馆"


def test_a_word_that_the_line_end_parts_speaks_for_one_text() -> None:
    plain = Flow.of(["海濱將建新館"])
    flow = plain._replace(lexicon=lexicon.words_of([line("館")]))
    before, after = (look(text, lexicon.simplified()) for text in ("海濱將建新中央圖", "書館明年春天開放"))
    assert flow.language(before, after) > plain.language(before, after)
    assert flow.language(after, before) < plain.language(after, before)


@pytest.mark.usefixtures("unread")
def test_the_list_is_read_only_where_the_page_leaves_it_in_doubt() -> None:
    fix(SEED)
    assert lexicon._chinese.cache_info().currsize == 0
    fix(HEADLINE)
    assert lexicon._chinese.cache_info().currsize == 1


@pytest.mark.usefixtures("unread")
def test_without_the_list_a_page_is_read_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "find_spec", lambda _: None)
    assert lexicon.simplified() == {}
    assert lexicon.words_of([line("會議")]) == frozenset()
    assert "".join(p.text for p in fix(HEADLINE).paragraphs).startswith("海濱將建新中央圖書館")
