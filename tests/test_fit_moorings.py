"""The fit of moorings: where its weights come from, and that test pages stay out of it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

pytest.importorskip("scipy")
fit_moorings = pytest.importorskip("bench.fit_moorings")

from relayout.fitted import FOLDER, tables  # noqa: E402 - after what may be skipped


def test_the_provenance_names_the_command_and_the_pages() -> None:
    told = tomllib.loads((FOLDER / "moorings.toml").read_text(encoding="utf-8"))["provenance"]
    assert told["command"].startswith("python bench/fit_moorings.py")
    assert len(told["gold_sha256"]) == 64
    assert told["pages"] > 0


def test_a_line_that_goes_on_counts_for_its_column() -> None:
    for script in ("han", "letters"):
        table = tables("moorings")[script]
        assert table["open-full"][0] > table["open-set"][0]
        assert table["last-set"][0] > table["last-full"][0]


def test_what_is_seen_of_right_ways_alone_counts_for_them() -> None:
    groups = 20 * [[(True, {"good": 1.0}), (False, {"bad": 1.0})]]
    weights = fit_moorings.fit(groups, 1.0)
    assert weights["good"][0] > 0 > weights["bad"][0]


def test_a_test_page_is_refused(tmp_path: Path) -> None:
    gold = tmp_path / "hk-1003.gold.json"
    gold.write_text("{}", encoding="utf-8")
    with pytest.raises(ValueError, match="test page"):
        list(fit_moorings.choices(gold, {}))
