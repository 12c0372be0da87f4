"""Folds of 1939 with places: text and geometry are aligned, a page is made of them, its articles are found.

The folds are no part of the project; without them what needs them is skipped, unless ``RELAYOUT_REQUIRE`` names
``data``. The rest stands on a fold made by hand.
"""

from __future__ import annotations

import json
import os
import sys
from itertools import pairwise
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))
pytest.importorskip("scipy")
places = pytest.importorskip("bench.jingbao_places")
from bench import jingbao_align, jingbao_pages, jingbao_sheets  # noqa: E402
from bench.jingbao_places import LEAD, PITCH  # noqa: E402

FLOORS = {"pair F1": 0.85, "≥ .90": 0.6}
"""What comes out at the least of one fold of development, the pages 2 and 3 of 21 April."""

TEN, FIVE = 10 * LEAD, 5 * LEAD


def item(label: str, name: str, *boxes: tuple[float, float, float, float]) -> dict[str, object]:
    """Return an annotation as the geometry has it: polygons round a middle, a group where there are several."""
    body: list[dict[str, object]] = [{"type": "CategoryLabel", "value": {"name": label}}]
    body += [{"type": "GroupAnnotation"}] * (len(boxes) > 1)
    targets = []
    for n, (x, y, wide, high) in enumerate(boxes):
        points = f"{-wide / 2},{-high / 2} {wide / 2},{-high / 2} {wide / 2},{high / 2} {-wide / 2},{high / 2} "
        value = f'<g transform="matrix(1 0 0 1 {x + wide / 2} {y + high / 2})"><polygon points="{points}"/></g>'
        targets.append({"id": f"{name}{n}", "selector": {"value": value}})
    return {"body": body, "target": targets}


def fold(folder: Path) -> tuple[Path, Path]:
    """Write a fold with two articles on its right page, one of them in two registers, and one that has no place."""
    high = 8 * PITCH
    head = (4000.0, 400.0, 60.0, 300.0)
    first = (4000 - TEN, 400.0, TEN, high)
    second = (4060 - FIVE, 640.0, FIVE, high)
    other = (3000.0, 1400.0, 12 * LEAD, 16 * PITCH)
    items = [
        item("article", "a", head, first, second),
        item("article", "b", other, (3000 + 12 * LEAD, 1400.0, 60.0, 400.0)),
        item("article", "c", (100.0, 100.0, 3.0, 3.0)),
        item("image", "d", (100.0, 100.0, 300.0, 300.0)),
        item("article", "a", head),
    ]
    geometry, text = folder / "geometry" / "j-04-21_1.json", folder / "text" / "j-04-21_1.xml"
    for path in (geometry, text):
        path.parent.mkdir()
    geometry.write_text(json.dumps({"items": items}), "utf-8")
    one = "渡輪周末加班<lb/></p><p>" + "青灣渡輪公司宣布<lb/>" * 15
    two = "步道動工<lb/></p><p>" + "東岸海濱步道延伸段昨日舉行動土儀<lb/>" * 12
    lost = "甲乙丙丁戊<lb/>" * 3
    articles = "".join(f'<div type="article"><p>{content}</p></div>' for content in (two, one, lost))
    text.write_text(f'<fold><div type="page" page="verso" n="2">{articles}</div></fold>', "utf-8")
    return text, geometry


def test_articles_are_given_to_the_polygons_that_their_lines_fill(tmp_path: Path) -> None:
    found = jingbao_align.aligned(*fold(tmp_path))
    assert sorted(found.places) == [0, 1]
    assert found.left == {2: "no group"}
    one = found.places[1]
    ids = [one.polys[n].id for n in one.homes]
    assert ids == ["a0"] + ["a1"] * 10 + ["a2"] * 5
    assert [group.label for group in found.groups] == ["article", "article", "image"]


def test_a_page_has_a_box_for_each_line_and_nothing_that_tells_the_articles(tmp_path: Path) -> None:
    one = jingbao_sheets.made(jingbao_align.aligned(*fold(tmp_path)))
    assert sum(map(len, one.scan.units)) == 29
    for variant in jingbao_sheets.VARIANTS:
        data, numbers = jingbao_sheets.given(one, variant)
        assert sorted(numbers) == list(range(1, 30))
        assert list(numbers) != sorted(numbers)
        assert not any(word in data.decode() for word in ("id=", "ReadingOrder", "custom", "type="))


def test_lines_of_running_text_stand_side_by_side_from_the_right(tmp_path: Path) -> None:
    one = jingbao_sheets.made(jingbao_align.aligned(*fold(tmp_path)))
    text = next(lines for lines in one.polys if len(lines) == 10)
    rights = [line.box[2] for line in text]
    assert all(a - b == pytest.approx(LEAD) for a, b in pairwise(rights))
    assert all(line.box[3] - line.box[1] == pytest.approx(8 * PITCH) for line in text)


def test_the_report_says_what_is_absent(tmp_path: Path) -> None:
    assert list(jingbao_pages.report(("04-21",), "a day", tmp_path)) == [
        "a day: absent; RELAYOUT_DATA says where the folds are"
    ]


def test_the_report_counts_and_scores(tmp_path: Path) -> None:
    text, _ = fold(tmp_path)
    lines = list(jingbao_pages.report(("04-21",), "a day", text.parent))
    assert lines[0].startswith("a day: 1 folds, 2 of 3 articles placed")
    assert "1 without a group" in lines[1]
    ours = next(line for line in lines if "bare lines" in line)
    assert ours.split()[3] == "1.000"


def test_as_much_comes_out_as_before() -> None:
    paths = [pair for pair in jingbao_align.folds(("04-21",)) if "0002+0003" in pair[0].name]
    if not paths:
        why = f"{jingbao_align.DATA} is absent; RELAYOUT_DATA says where the data is"
        if "data" in os.environ.get("RELAYOUT_REQUIRE", ""):
            pytest.fail(why)
        pytest.skip(why)
    one = jingbao_sheets.made(jingbao_align.aligned(*paths[0]))
    found = jingbao_pages.fixed(one.sheet, given=jingbao_sheets.given(one, "lines"))
    measures = jingbao_pages.score(one.scan.units, found.units, one.scan.weights).measures()
    assert {name: value for name, value in measures.items() if value < FLOORS.get(name, 0)} == {}
