"""The fits for text in letters can be run again (bench/fit_latin.py, bench/fit_threads.py)."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
for package in ("scipy", "pypdfium2"):
    pytest.importorskip(package)
fit_latin = pytest.importorskip("bench.fit_latin")
fit_threads = pytest.importorskip("bench.fit_threads")

from relayout import ragged  # noqa: E402 - after what may be skipped
from relayout.fitted import FOLDER, tables  # noqa: E402


@pytest.mark.parametrize("name", ["letters", "threads"])
def test_the_provenance_names_the_command_and_the_pages(name: str) -> None:
    told = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["provenance"]
    assert told["command"].startswith("python bench/fit_")
    assert len(told["gold_sha256"]) == 64
    assert told["pages"] > 0


def test_every_row_has_a_weight_for_each_column() -> None:
    assert {len(row) for row in tables("letters")["itself"].values()} == {ragged.STATES}
    assert {len(row) for row in tables("letters")["between"].values()} == {ragged.JOINTS}
    assert {len(row) for table in tables("threads").values() for row in table.values()} == {1}


def test_the_reading_of_lines_can_be_fitted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a browser: on the sample alone. Same examples, same weights, and with these the sample is read right."""
    found = fit_latin.gathered((), ())
    one, two = (fit_latin.fit(found, 1.0, 40) for _ in range(2))
    assert fit_latin.written(one, {}) == fit_latin.written(two, {})
    made = tomllib.loads(fit_latin.written(one, {}))
    monkeypatch.setattr(ragged, "tables", lambda _: made)
    assert fit_latin.scored(found)["lines"] > 0.9


def test_the_threads_can_be_fitted_again() -> None:
    found = fit_threads.gathered((), ())
    one, two = (fit_threads.fit(found, 1.0) for _ in range(2))
    assert one == two
    assert one.choices >= one.right > 0.8 * one.choices
    assert tomllib.loads(fit_threads.written(one, {}))["begins"]


@pytest.mark.parametrize("fit", [fit_latin, fit_threads], ids=["lines", "threads"])
def test_a_test_page_is_refused(fit: object, tmp_path: Path) -> None:
    gold = tmp_path / "en-1003.gold.json"
    gold.write_text("{}", encoding="utf-8")
    with pytest.raises(ValueError, match="test page"):
        fit.gathered([gold], ["pdftotext-raw"])  # type: ignore[attr-defined]
