"""Rows whose first white space is lost: whatever they hold, they are taken apart or left, and nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relayout import fix
from relayout.chars import ink
from relayout.floating import floated
from relayout.model import Line, Place

HAN = "步道由青灣起沿舊堤岸而行至白沙碼頭止全程不設圍欄"
LETTERS = ("the man walked into houses ", "a council agreed to spend ", "more on the bridge over ")


def rows(texts: list[str]) -> list[Line]:
    return [Line(text, text, Place(1, n)) for n, text in enumerate(texts, 1) if text]


def glued(pieces: list[tuple[int, str]]) -> str:
    return "".join(" " * gap * bool(n) + piece for n, (gap, piece) in enumerate(pieces))


HAN_PIECES = st.one_of(
    st.integers(12, 16).map(lambda n: HAN[:n]), st.sampled_from(["l", "1", "\u0301", "。", "㎡", "國" * 130]),
    st.integers(1, 11).map(lambda n: HAN[-n:]),
)  # fmt: skip
LATIN_PIECES = st.one_of(
    st.integers(22, 30).map(lambda n: (LETTERS[n % 3] * 2)[:n].strip()), st.sampled_from(["l", "i", "—", "W" * 150])
)


@pytest.mark.parametrize("pieces", [HAN_PIECES, LATIN_PIECES], ids=["han", "letters"])
@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.data())
def test_whatever_a_row_holds_nothing_is_lost(pieces: st.SearchStrategy[str], data: st.DataObject) -> None:
    full = data.draw(st.integers(12, 16))
    line = HAN[:full] if pieces is HAN_PIECES else LETTERS[full % 3].strip()
    some = [glued([(0, line), (3, line), (3, line)])] * 6
    row = st.lists(st.tuples(st.sampled_from([1, 2, 3, 20, 35]), pieces), min_size=1, max_size=6).map(glued)
    texts = [*some, *data.draw(st.lists(row, max_size=6))]
    found = floated(rows(texts), han=pieces is HAN_PIECES)
    if found is None:
        return
    lines, left = found
    assert sorted("".join(ink(line.raw) for line in lines)) == sorted(ink("".join(texts)))
    assert 0 <= left <= len(texts)
    assert all(line.box is not None and line.box.x0 <= line.box.x1 for line in lines)


@pytest.mark.parametrize("text", ["國" * 130, (LETTERS[0] * 13).strip()], ids=["han", "letters"])
def test_lines_wider_than_any_column_stand_in_none(text: str) -> None:
    assert floated(rows([f"{text}   {text}"] * 8), han=text[0] == "國") is None
    assert fix("\n".join([f"{text}   {text}"] * 8)).articles


def test_a_row_with_tabs_is_cut_too() -> None:
    line = HAN[:14]
    texts = [glued([(0, line), (3, line), (3, line)])] * 8 + [f"{line}\t{line}"]
    found = floated(rows(texts), han=True)
    assert found is not None
    assert [one.text for one in found[0] if one.place.line == 9] == [line, line]
