"""Pages in two scripts: each is read by its own rules, whatever the other does on the page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from relayout import evaluate, fix, pipeline
from relayout.layout import Layout
from relayout.model import Issue, Line, Page, Place
from relayout.profile import load
from relayout.roles import Kind
from relayout.signals.scripts import by_script
from relayout.stages.clean import clean
from relayout.writers import WRITERS

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
ENGLISH = "harbour-courier-1925-04-15"
HAN = ("takungpao-2025-07-16", "dongjiang-ribao-2023-05-19", "gangcheng-zaobao-2024-11-08")
DEFAULT = load("default")

REPORT = """\
海港今早重開 首班渡輪駛出
　　城外的海港今早重新開放，首班渡輪在六時正駛
離碼頭，船上載有三百名乘客，大多是返回離島的居
民。船公司說，班次會在本週內逐步恢復正常。
　　港務處表示，風暴過後航道已經清理，但仍有兩
處浮標需要更換，船隻經過時要減慢速度，直至另行
通告為止。受影響的漁民可以向港務處申領補助。
　　離島的商戶歡迎渡輪復航。有店東說，風暴期間
存貨幾乎賣光，今早第一批蔬果已經運到。
"""
ADVERT = """\
HARBOUR VIEW HOTEL
Rooms to let by the week or the month, with a fine
view of the bay. Breakfast is served from seven. Our
"""
MORE = """\
boat meets every steamer. Terms on application to
the manager, who speaks French and German. The
house is lit by electric light in every room and has
a garden that goes down to the water. Dinner is at
eight.
"""


def lines_of(text: str) -> tuple[Line, ...]:
    rows = [row for row in text.splitlines() if row.strip()]
    page = Page(1, tuple(Line(raw=row, text=row.strip(), place=Place(1, n)) for n, row in enumerate(rows, 1)))
    return clean(Layout(page), DEFAULT).value.page.lines


def told(text: str) -> list[list[str]]:
    issue: Issue = fix(text)
    return [[p.text for p in article.parts] for article in issue.articles]


@pytest.mark.parametrize("name", HAN)
@pytest.mark.parametrize("first", [True, False])
def test_an_english_article_and_a_chinese_page_are_both_exact(name: str, first: bool) -> None:
    """The English one stands before or behind the Chinese ones, with nothing between them."""
    pages = [ENGLISH, name] if first else [name, ENGLISH]
    text = "".join((SAMPLES / one / "input.txt").read_text(encoding="utf-8").strip("\n") + "\n" for one in pages)
    units = []
    for one in pages:
        for unit in json.loads((SAMPLES / one / "gold.json").read_text(encoding="utf-8"))["units"]:
            owner = {"of": f"{one}-{unit['of']}"} if unit.get("of") else {}
            units.append({**unit, "id": f"{one}-{unit['id']}", **owner})
    written = evaluate.parse_gold(json.dumps({"units": units}).encode(), "gold")
    (record,) = as_json(fix(text)).values()
    scores = evaluate.score(written, evaluate.parse_prediction(record, "page", "json"))
    assert scores.articles_99 == scores.articles_90_precision == 1.0
    assert scores.paragraph_f1 == scores.headline_f1 == 1.0
    assert scores.cjk_spaces == scores.spaces_lost == 0.0


def as_json(issue: Issue) -> dict[str, bytes]:
    return dict(WRITERS["json"].render(issue))


def test_a_latin_advert_among_han_changes_no_han_text() -> None:
    alone = told(REPORT)
    advert = ADVERT + MORE
    for text in (REPORT + advert, advert + REPORT):
        both = told(text)
        assert all(article in both for article in alone)
        assert any("Our boat meets every steamer." in part for article in both for part in article)


def test_a_headline_in_two_languages_stays_with_its_report() -> None:
    head, _, body = REPORT.partition("\n")
    lines = lines_of(f"{head}\nHarbour opens again as first ferry sails\n{body}")
    assert by_script(lines, DEFAULT) == (lines,)
    (report,) = told(f"{head}\nHarbour opens again as first ferry sails\n{body}")
    assert report[:2] == [head, "Harbour opens again as first ferry sails"]


def test_few_lines_of_the_other_script_and_tables_of_figures_stay_where_they_stand() -> None:
    for other in (ADVERT, "12 345 678\n" * 12, "GDP\n" * 12):
        lines = lines_of(REPORT + other)
        assert by_script(lines, DEFAULT) == (lines,)
    english = (SAMPLES / ENGLISH / "input.txt").read_text(encoding="utf-8")
    lines = lines_of(english + "\n".join(REPORT.splitlines()[:4]))
    assert by_script(lines, DEFAULT) == (lines,)
    assert by_script((), DEFAULT) == ((),)


def test_the_parts_of_a_page_are_put_together_with_ids_of_their_own() -> None:
    english = (SAMPLES / ENGLISH / "input.txt").read_text(encoding="utf-8")
    page = Page(1, lines_of(REPORT + english))
    found = pipeline.run(page, DEFAULT).value
    assert sorted(line.place for line in found.page.lines) == sorted(line.place for line in page.lines)
    placed = [a.id for a in found.articles if a.kind is not Kind.UNASSIGNED]
    assert placed == [f"a{n}" for n in range(1, len(placed) + 1)]
    mended = pipeline.run(page, DEFAULT, pipeline.until("mend")).value
    assert len(mended.settings) == len(mended.page.lines)
    assert sum(len(block.paragraph.lines) for block in mended.blocks) == len(page.lines)
