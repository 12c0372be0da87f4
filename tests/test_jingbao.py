"""A newspaper of 1939 as its physical lines: how much comes out right, over the folds of four days.

The folds are no part of the project; without them the tests are skipped, unless ``RELAYOUT_REQUIRE`` names ``data``.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))
jingbao = pytest.importorskip("bench.jingbao")

FLOORS = {
    "articles": {"body": 0.84, "headed": 0.84, "decked": 0.88, "whole": 0.86, "texts": 0.875},
    "all": {"body": 0.79, "whole": 0.81},
}
"""What share comes out at the least (F1), by stream and reading; see ``bench/jingbao.py``."""


@cache
def found(stream: str) -> dict[str, float]:
    paths = jingbao.folds(jingbao.DEVELOPMENT)
    if not paths:
        why = f"{jingbao.DATA} is absent; RELAYOUT_DATA says where the data is"
        if "data" in os.environ.get("RELAYOUT_REQUIRE", ""):
            pytest.fail(why)
        pytest.skip(why)
    pytest.importorskip("rapidfuzz")
    return {name: one.f1 for name, one in jingbao.sums(paths, stream).items()}


@pytest.mark.parametrize(("stream", "reading"), [(s, r) for s, readings in FLOORS.items() for r in readings])
def test_as_much_comes_out_as_before(stream: str, reading: str) -> None:
    assert found(stream)[reading] >= FLOORS[stream][reading]


def test_days_of_development_and_test_are_apart() -> None:
    assert not set(jingbao.DEVELOPMENT) & set(jingbao.TEST)


def test_a_fold_is_read_line_by_line(tmp_path: Path) -> None:
    fold = tmp_path / "a-04-21_1.xml"
    fold.write_text(
        '<!DOCTYPE e [<!ENTITY gaiji "&#xe111;">]><fold><div type="page"><div type="article"><p>渡輪<lb/>加班<lb/></p>'
        "<p>青灣<!-- x --> 渡<r>輪<lb/></r>公司&gaiji;、<lb/></p></div>"
        '<div type="advert"><p>好<lb/></p></div></div></fold>',
        "utf-8",
    )
    page = jingbao.read(fold)
    assert page.units == (
        jingbao.Unit("article", (("渡輪", "加班"), ("青灣渡輪", "公司\ue111、"))),
        jingbao.Unit("advertisement", (("好",),)),
    )
    assert jingbao.text_of(page) == "渡輪\n加班\n青灣渡輪\n公司\ue111、\n"
    (unit,) = jingbao.gold(page)["units"]
    assert [(part["role"], part["text"]) for part in unit["parts"]] == [
        ("head", "渡輪"),
        ("head", "加班"),
        ("p", "青灣渡輪公司\ue111、"),
    ]
