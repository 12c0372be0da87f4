"""The weights of pages that came as strings are those that bench/fit_strung.py wrote, and say where they come from."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
for package in ("scipy", "pypdfium2"):
    pytest.importorskip(package)
strung = pytest.importorskip("bench.fit_strung")
strings = pytest.importorskip("bench.fit_strings")

KEPT = tomllib.loads(strung.TABLE.read_text(encoding="utf-8"))


def test_the_table_names_the_command_and_the_pages() -> None:
    told = KEPT["provenance"]
    assert told["command"].startswith("python bench/fit_strung.py ")
    assert len(told["gold_sha256"]) == 64
    assert told["pages"] > 0
    assert 10 * told["wrong"] < told["gaps"]


def test_what_speaks_for_and_against_a_new_article() -> None:
    weights = {name: row[0] for name, row in KEPT["gap"].items()}
    assert weights["dateline"] > 0 > weights["no-head"]


def test_a_test_page_is_refused(tmp_path: Path) -> None:
    gold = tmp_path / "tw-1003.gold.json"
    gold.write_text("{}", encoding="utf-8")
    with pytest.raises(ValueError, match="test page"):
        list(strung.examples([gold], ["pdftotext-raw"]))
    with pytest.raises(ValueError, match="test page"):
        strings.sheet(gold, "pypdf")
