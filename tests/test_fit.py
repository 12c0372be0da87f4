"""The fit of the weights can be run again, and what it wrote is in force (bench/fit.py)."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
for package in ("scipy", "pypdfium2"):
    pytest.importorskip(package)
fit = pytest.importorskip("bench.fit")

from relayout.profile import load  # noqa: E402 - after what may be skipped

KEPT = tomllib.loads((ROOT / "bench" / "weights.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("group", fit.GROUPS)
def test_the_weights_in_force_are_those_of_the_fit(group: str) -> None:
    assert KEPT[group]
    assert {name: load("default").number(f"{group}.{name}") for name in KEPT[group]} == KEPT[group]


@pytest.mark.parametrize("group", fit.GROUPS)
def test_the_provenance_names_the_command_and_the_pages(group: str) -> None:
    told = KEPT["provenance"][group]
    assert told["command"].startswith("python bench/fit.py ")
    assert len(told["gold_sha256"]) == 64
    assert told["pages"] > 0


def test_the_fit_can_be_run_again() -> None:
    """Without a browser: on the samples and the seed page in other clothes. Same examples, same weights."""
    found = fit.gathered((), ())
    prior = fit.prior()
    one, two = (fit.fit("group", found, prior, 1.0) for _ in range(2))
    assert one == two
    assert one.examples > 1000
    assert one.wrong_after <= one.wrong_before
    assert set(one.names) <= {key.removeprefix("group.") for key in load("default").numbers if key.startswith("group.")}


def test_held_weights_stay() -> None:
    found = fit.gathered((), ())
    result = fit.fit("group", found, fit.prior(), 1.0)
    for name, before, after in zip(result.names, result.before, result.after, strict=True):
        assert after == before or f"group.{name}" not in fit.HELD


def test_a_test_page_is_refused(tmp_path: Path) -> None:
    gold = tmp_path / "hk-1003.gold.json"
    gold.write_text("{}", encoding="utf-8")
    with pytest.raises(ValueError, match="test page"):
        fit.gathered([gold], ["pdftotext-raw"])


def test_a_weight_that_the_profile_lacks_is_no_silence() -> None:
    result = fit.Fit("group", ("nothing-of-the-kind",), (0.0,), (1.0,), 0, 0, 1)
    with pytest.raises(ValueError, match="stands 0 times"):
        fit.renew("", result)
