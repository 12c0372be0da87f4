"""The fit of cleaving: where its weights come from, and that test pages stay out of it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

pytest.importorskip("scipy")
fit_cleaving = pytest.importorskip("bench.fit_cleaving")

from relayout.fitted import FOLDER, tables  # noqa: E402 - after what may be skipped


def test_the_provenance_names_the_command_and_the_pages() -> None:
    told = tomllib.loads((FOLDER / "cleaving.toml").read_text(encoding="utf-8"))["provenance"]
    assert told["command"].startswith("python bench/fit_cleaving.py")
    assert len(told["gold_sha256"]) == 64
    assert told["pages"] > 0


def test_a_line_that_goes_on_counts_for_its_column() -> None:
    table = tables("cleaving")["han"]
    assert table["open-full"][0] > table["open-set"][0]
    assert table["word"][0] > 0


def test_a_test_page_is_refused(tmp_path: Path) -> None:
    gold = tmp_path / "hk-1003.gold.json"
    gold.write_text("{}", encoding="utf-8")
    with pytest.raises(ValueError, match="test page"):
        fit_cleaving.known(gold, {})
