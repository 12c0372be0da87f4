"""The fit of links: where its weights come from, that it learns, and that test pages stay out of it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

pytest.importorskip("scipy")
fit_links = pytest.importorskip("bench.fit_links")

from relayout.fitted import FOLDER, tables  # noqa: E402 - after what may be skipped


def test_the_provenance_names_the_command_and_the_pages() -> None:
    told = tomllib.loads((FOLDER / "links.toml").read_text(encoding="utf-8"))["provenance"]
    assert told["command"].startswith("python bench/fit_links.py")
    assert len(told["gold_sha256"]) == 64
    assert told["choices"] > told["pages"] > 0


def test_every_table_has_one_weight_for_each_sight() -> None:
    assert set(tables("links")) == set(fit_links.TABLES)
    assert {len(row) for table in tables("links").values() for row in table.values()} == {1}


def test_what_is_seen_of_right_links_alone_counts_for_them() -> None:
    choices = fit_links.Choices([], [], [])
    for _ in range(30):
        first = len(choices.seen)
        choices.seen.extend([
            ("follows", (("good", 1.0),)), ("follows", (("bad", 1.0),)), ("ends", (("loose", 1.0),)),
        ])  # fmt: skip
        choices.among.append([first, first + 1, first + 2])
        choices.right.append(first)
    weights = fit_links.fit(choices, 1.0)
    assert weights["follows"]["good"][0] > 0 > weights["follows"]["bad"][0]
    assert weights["ends"]["loose"][0] < 0
    assert weights == fit_links.fit(choices, 1.0)


def test_a_test_page_is_refused(tmp_path: Path) -> None:
    gold = tmp_path / "tw-1003.gold.json"
    gold.write_text("{}", encoding="utf-8")
    with pytest.raises(ValueError, match="test page"):
        fit_links.gathered([gold], ["pdfminer"])
