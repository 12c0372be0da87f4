"""The fit of turns: where its weights come from, and that test pages stay out of it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

pytest.importorskip("scipy")
fit_turns = pytest.importorskip("bench.fit_turns")

from relayout.fitted import FOLDER, tables  # noqa: E402 - after what may be skipped


def test_the_provenance_names_the_command_and_the_pages() -> None:
    told = tomllib.loads((FOLDER / "turns.toml").read_text(encoding="utf-8"))["provenance"]
    assert told["command"].startswith("python bench/fit_turns.py")
    assert len(told["gold_sha256"]) == 64
    assert told["pages"] > 0


def test_every_row_has_a_weight_for_each_column() -> None:
    assert {len(row) for row in tables("turns")["follows"].values()} == {1}
    assert {len(row) for row in tables("turns")["alone"].values()} == {2}


def test_what_is_seen_of_right_pairs_alone_counts_for_them() -> None:
    right = [((("good", 1.0),), True)] * 30 + [((("bad", 1.0),), False)] * 60
    weights = fit_turns.fit(right, 1.0, ratio=True)
    assert weights["good"] > 0 > weights["bad"]
    assert weights == fit_turns.fit(right, 1.0, ratio=True)


def test_a_test_page_is_refused(tmp_path: Path) -> None:
    gold = tmp_path / "hk-1003.gold.json"
    gold.write_text("{}", encoding="utf-8")
    with pytest.raises(ValueError, match="test page"):
        fit_turns.gathered([gold], ["pdftotext"])
