"""The fit of titles: where its weights come from, that its slope is that of its loss, and that test pages stay out."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

pytest.importorskip("scipy")
fit_titles = pytest.importorskip("bench.fit_titles")

import numpy as np  # noqa: E402 - after what may be skipped
from bench import readings, truth  # noqa: E402

from relayout.crowning import weights  # noqa: E402
from relayout.fitted import FOLDER, tables  # noqa: E402

FERRY = "渡輪公司昨日宣布，往離島的渡輪由下月起每日加開四個班次，", "最後一班改為晚上十一時半開出。"
BOOKS = "城市書店由本月起營業至凌晨兩點，首晚有兩百名讀者到場，排隊", "的人群一直延伸到街角。"
HEADS = "渡輪加開班次", "城市書店深夜營業 讀者排隊等候"
PAGE = "\n\n".join((HEADS[1], HEADS[0], "\n".join(FERRY), "\n".join(BOOKS)))
GOLD = {
    "units": [
        {"id": head, "type": "article", "parts": [{"role": "head", "text": head}, {"role": "p", "text": "".join(text)}]}
        for head, text in zip(HEADS, (FERRY, BOOKS), strict=True)
    ]
}


@pytest.fixture(scope="module")
def page() -> readings.Page:
    shown = truth.carried(PAGE.encode(), "page.txt", GOLD, 1.0, "crown")
    found = fit_titles.page(shown, 1.0)
    assert found is not None
    return found


@pytest.mark.parametrize("name", ["titles", "strung-titles"])
def test_the_provenance_names_the_command_and_the_pages(name: str) -> None:
    told = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["provenance"]
    assert (" --strung " in told["command"]) == (name == "strung-titles")
    assert told["command"].startswith("python bench/fit_titles.py")
    assert len(told["gold_sha256"]) == 64
    assert told["pages"] > 0


def test_every_sight_has_one_weight() -> None:
    assert {len(row) for row in tables("titles")["titles"].values()} == {1}


def test_the_steps_of_a_reading_show_what_the_reading_shows(page: readings.Page) -> None:
    total: dict[str, float] = {}
    for row, times in zip(readings.steps(page.reader), readings.taken(page.reader, page.right), strict=True):
        for name, value in row if times else ():
            total[name] = total.get(name, 0.0) + value
    assert total == pytest.approx(page.reader.seen(page.right))


def test_how_likely_steps_are_is_the_slope_of_the_sum_over_all_readings(page: readings.Page) -> None:
    count = len(readings.steps(page.reader))
    worth = np.append(np.sin(np.arange(count)), [readings.NEVER, 0.0])
    batch = readings.Batch([page], [0], count)
    likely, unused = np.zeros(count + 2), np.zeros(count + 2)
    batch.likely(worth, likely)
    for k in range(0, count, 7):
        more, less = worth.copy(), worth.copy()
        more[k] += 1e-4
        less[k] -= 1e-4
        slope = (batch.likely(more, unused) - batch.likely(less, unused)) / 2e-4
        assert likely[k] == pytest.approx(slope, abs=1e-5)


def test_a_fitted_page_is_read_as_its_gold(page: readings.Page) -> None:
    weights = readings.fit([page], 0.1, 1.0)
    page.reader.weigh(weights)
    assert page.reader.read() == page.right
    assert weights == readings.fit([page], 0.1, 1.0)


def test_a_test_page_is_refused(tmp_path: Path) -> None:
    gold = tmp_path / "hk-1003.gold.json"
    gold.write_text("{}", encoding="utf-8")
    with pytest.raises(ValueError, match="test page"):
        fit_titles.pages([gold], ["pdfminer"], samples=False)


def test_lines_of_a_string_are_halves_of_a_headline_more_often() -> None:
    strung, others = weights(strung=True), weights()
    assert strung["han-parted-line"] - strung["han-part-line"] > others["han-parted-line"] - others["han-part-line"]
