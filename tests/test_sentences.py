"""Which sentences of a string make a paragraph: the likeliest way, and where its weights come from."""

from __future__ import annotations

import sys
import tomllib
from itertools import combinations
from math import exp, log
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relayout.fitted import FOLDER, tables
from relayout.profile import load
from relayout.sentences import Sentences, rarity

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
DEFAULT = load("default")
TEXT = st.text("步道渡輪由青灣起，「」此外但また一", min_size=1, max_size=40).map(lambda text: text + "。")


def sentences(texts: list[str]) -> Sentences:
    return Sentences(texts, rarity(texts), DEFAULT)


def worth(some: Sentences, starts: tuple[int, ...], weights: dict[str, tuple[float, ...]]) -> float:
    """How likely it is that paragraphs begin just there."""
    total, last = 0.0, 0
    for i in range(1, len(some.texts)):
        seen = (*some.here(i), *some.since(last, i))
        score = sum(weights[name][0] * value for name, value in seen if name in weights)
        total -= log(1 + exp(-score if i in starts else score))
        last = i if i in starts else last
    return total


@pytest.mark.parametrize("table", ["han", "kana"])
@given(texts=st.lists(TEXT, min_size=1, max_size=6))
def test_no_other_way_is_likelier(table: str, texts: list[str]) -> None:
    some, weights = sentences(texts), dict(tables("paragraphs")[table])
    found = tuple(some.paragraphs(weights))
    assert found[0] == 0
    assert sorted(set(found)) == list(found)
    ways = [(0, *rest) for k in range(len(texts)) for rest in combinations(range(1, len(texts)), k)]
    assert worth(some, found, weights) >= max(worth(some, way, weights) for way in ways) - 1e-6


def test_a_paragraph_has_an_end_however_many_sentences_follow() -> None:
    found = sentences(["步道由青灣起。"] * 100).paragraphs({"bias": (-50.0,)})
    assert len(found) == 7


def test_the_provenance_names_the_command_and_the_pages() -> None:
    told = tomllib.loads((FOLDER / "paragraphs.toml").read_text(encoding="utf-8"))["provenance"]
    assert told["command"].startswith("python bench/fit_paragraphs.py")
    assert len(told["gold_sha256"]) == 64
    assert told["pages"] > 0


def test_words_that_go_on_speak_against_a_paragraph() -> None:
    for table in ("han", "kana"):
        assert tables("paragraphs")[table]["follows"][0] < 0


def test_a_test_page_is_refused(tmp_path: Path) -> None:
    for package in ("scipy", "pypdfium2"):
        pytest.importorskip(package)
    fit_paragraphs = pytest.importorskip("bench.fit_paragraphs")
    gold = tmp_path / "tw-1003.gold.json"
    gold.write_text("{}", encoding="utf-8")
    with pytest.raises(ValueError, match="test page"):
        list(fit_paragraphs.gathered([gold], ["pdftotext-raw"]))
