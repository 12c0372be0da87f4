"""The press: plans are the same each time, the texts are whole, a printed page agrees with its gold."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from bench.press import VERSION, PressError, gold_path, typeset
from bench.press.__main__ import main, seeds
from bench.press.browser import chromium, timeless
from bench.press.dress import hyphenated
from bench.press.gold import dumps, faults, letters, printed_parts
from bench.press.headlines import chinese_headline
from bench.press.model import Module, Plan
from bench.press.plan import plan
from bench.press.styles import names, style
from bench.press.texts import own_stories, shorter, stories, wikinews_ja

ROLES = {"head", "kicker", "sub", "rubric", "byline", "dateline", "lead", "p", "subhead", "list-head", "item", "row"}
ROLES |= {"caption", "credit", "source", "furniture", "quote"}
TYPES = {"article", "commentary", "sidebar", "notice", "briefs", "advertisement", "furniture", "caption"}
LEAST = {"zh-Hant": 14, "zh-Hans": 10, "en": 12, "de": 12, "ja": 10}


@pytest.fixture
def without_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Only the project's own stories, wherever the tests run."""
    monkeypatch.setenv("RELAYOUT_DATA", str(tmp_path / "nowhere"))
    stories.cache_clear()
    yield
    stories.cache_clear()


def needs_hyphens(name: str) -> None:
    if style(name).hyphens:
        pytest.importorskip("pyphen", reason="development-only: pip install pyphen")


def modules(page: Plan) -> list[Module]:
    return [module for stack in page.stacks for module in (*stack.modules, *stack.spares)]


@pytest.mark.parametrize("lang", sorted(LEAST))
def test_own_texts_are_whole(lang: str) -> None:
    found = own_stories(lang)
    assert len(found) >= LEAST[lang]
    assert len({story.head for story in found}) == len(found)
    for story in found:
        assert story.paras, story.head
        for text in (story.head, story.sub, story.caption, *story.paras, *story.points):
            assert text == text.strip(), story.head
            assert "  " not in text, story.head
            assert "\u00ad" not in text, story.head
        assert all(para[-1] in "。.”“」？?！!" for para in story.paras), story.head
        words = re.findall(r"\w{4,}" if lang in ("en", "de") else r"[\u3400-\u9fff\u30a0-\u30ff]", story.head.lower())
        body = " ".join(story.paras).lower()
        assert any(word[:5] in body for word in words), f"the headline has nothing of its story: {story.head}"
        assert len({len(row) for row in story.rows}) <= 1, story.head


@pytest.mark.usefixtures("without_data")
@pytest.mark.parametrize("name", names())
def test_the_same_seed_is_the_same_plan(name: str) -> None:
    needs_hyphens(name)
    assert plan(name, 3) == plan(name, 3)
    assert plan(name, 3) != plan(name, 4)
    assert plan(name, 3) != plan(name, 3, attempt=1)


@pytest.mark.usefixtures("without_data")
@pytest.mark.parametrize("name", names())
def test_a_plan_is_well_formed(name: str) -> None:
    needs_hyphens(name)
    for seed in range(1, 6):
        page = plan(name, seed)
        known = {unit.id: unit for unit in page.units}
        parts = printed_parts(page)
        assert set(parts) <= set(known)
        assert {unit.type for unit in page.units} <= TYPES
        every = [para for paras in parts.values() for para in paras]
        assert {para.role for para in every} <= ROLES
        assert max(Counter(para.pid for para in every).values()) == 1
        for para in every:
            shown = "".join(text for text, _ in para.runs)
            assert letters(shown) == letters(para.text), para
            assert "\u00ad" not in para.text
        heads = Counter(para.text for para in every if para.role == "head" and known[para.unit].type != "briefs")
        assert max(heads.values()) == 1, "a story stands on the page twice"
        for unit in page.units:
            assert not unit.of or unit.of in known
            assert not unit.about or unit.about in known


@pytest.mark.usefixtures("without_data")
def test_seeds_vary_what_pages_have() -> None:
    needs_hyphens("de")
    pages = [plan(name, seed) for name in names() for seed in range(1, 13)]
    every = [para for page in pages for paras in printed_parts(page).values() for para in paras]
    assert {para.role for para in every} == ROLES - {"source"}
    kinds = {blocker.kind for page in pages for module in modules(page) for blocker in module.blockers}
    assert kinds == {"photo", "sidebar", "list", "table", "quote"}
    assert {page.order for page in pages} == {"page", "shuffle", "heads-first", "heads-last"}
    assert {module.cols for page in pages for module in modules(page)} >= {1, 2, 3, 4, 5}
    assert any(module.round for page in pages for module in modules(page))
    assert any(module.beside for page in pages for module in modules(page))
    assert any(module.turned for page in pages for module in modules(page))
    assert any(cls == "drop" for para in every for _, cls in para.runs)
    assert any(cls == "tcy" for para in every for _, cls in para.runs)


def test_headlines_are_made_of_the_text() -> None:
    paras = (
        "昨日市立圖書館重新開放，圖書館首日人潮不斷。",
        "市立圖書館館長感謝讀者耐心等候，並宣布延長開放時間。",
    )
    made = chinese_headline(paras)
    assert made is not None
    for half in made[0].split():
        assert half in "".join(paras)


def test_long_paragraphs_are_cut_at_sentences() -> None:
    text = "甲乙丙丁戊己庚辛。" * 40
    pieces = shorter(text)
    assert "".join(pieces) == text
    assert all(piece.endswith("。") for piece in pieces)


def test_sources_of_wikinews_are_dropped() -> None:
    row: dict[str, object] = {
        "id": "1",
        "title": "橋が開通",
        "sentences": [
            *["港町で新しい橋が1日に開通し、大勢の市民が橋を渡って祝った。"] * 4,
            "『橋が開通』。",
            "港新聞、2009年3月1日。",
        ],
    }
    (story,) = wikinews_ja(row)
    assert "2009" not in "".join(story.paras)
    assert len(story.paras) == 2


def test_soft_hyphens_change_no_letter() -> None:
    pytest.importorskip("pyphen", reason="development-only: pip install pyphen")
    text = "Die Klappbrücke am Westhafen, HAFEN und 14.000 Fahrzeuge"
    assert hyphenated(text, "de_DE").replace("\u00ad", "") == text
    assert "HAFEN" in hyphenated(text, "de_DE")


def test_dates_are_taken_out_in_place() -> None:
    data = b"<< /CreationDate (D:20260102030405+00'00') /Producer (x) >>"
    assert len(timeless(data)) == len(data)
    assert b"2026" not in timeless(data)


def test_command_lines() -> None:
    assert seeds("1-3,7") == [1, 2, 3, 7]
    with pytest.raises(PressError, match="no style xx; there are"):
        style("xx")
    with pytest.raises(SystemExit):
        main(["--style", "xx"])


def astray(gold: dict[str, Any], folder: Path) -> list[str]:
    """Return the parts whose boxes do not hold exactly their characters."""
    pdf = pypdfium2.PdfDocument(folder / gold["source"])
    text = pdf[0].get_textpage()
    high = gold["page"]["height"]
    marks = []
    for number in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(number, loose=True)
        marks.append(((left + right) / 2, high - (top + bottom) / 2, text.get_text_range(number, 1)))
    pdf.close()
    found = []
    for unit in gold["units"]:
        for part in unit["parts"]:
            inside = "".join(
                mark
                for x0, y0, x1, y1 in part["boxes"]
                for x, y, mark in marks
                if x0 - 0.6 <= x <= x1 + 0.6 and y0 - 0.3 <= y <= y1 + 0.3
            )
            if letters(inside) != letters(part["text"]):
                found.append(part["text"])
    return found


def test_pages_in_the_browser(tmp_path: Path) -> None:
    if chromium() is None:
        reason = "no chromium and chromedriver (Debian: apt install chromium chromium-driver)"
        if "chromium" in os.environ.get("RELAYOUT_REQUIRE", ""):
            pytest.fail(reason)
        pytest.skip(reason)
    for package in ("selenium", "pyphen"):
        pytest.importorskip(package, reason=f"development-only: pip install {package}")
    jobs = [("hk", 1), ("tw", 3), ("de", 1)]  # tw 1 and 2 are thin pages where only the own texts are there
    first = typeset(jobs, tmp_path / "a")
    again = typeset(jobs[1:], tmp_path / "b")
    for one, other in zip(first[1:], again, strict=True):
        assert one.read_bytes() == other.read_bytes()
        assert (one.parent / one.name.replace(".gold.json", ".pdf")).read_bytes() == (
            other.parent / other.name.replace(".gold.json", ".pdf")
        ).read_bytes()
    for (name, seed), path in zip(jobs, first, strict=True):
        assert path == gold_path(tmp_path / "a", name, seed)
        gold = json.loads(path.read_text(encoding="utf-8"))
        assert gold["format"] == "relayout-gold/1"
        assert gold["press"].startswith(f"{VERSION}.")
        assert dumps(gold) == path.read_text(encoding="utf-8")
        assert not faults(gold, path.parent / gold["source"])
        assert not astray(gold, path.parent)
        wide, high = gold["page"]["width"], gold["page"]["height"]
        ids = [unit["id"] for unit in gold["units"]]
        assert len(ids) == len(set(ids))
        assert sum(unit["type"] in ("article", "commentary", "briefs") for unit in gold["units"]) >= 4
        for unit in gold["units"]:
            assert unit["type"] in TYPES
            assert unit.get("of", ids[0]) in ids
            for part in unit["parts"]:
                assert part["role"] in ROLES
                assert part["boxes"]
                for x0, y0, x1, y1 in part["boxes"]:
                    assert -1 <= x0 < x1 <= wide + 1
                    assert -1 <= y0 < y1 <= high + 1
    stamps = [path.stat().st_mtime_ns for path in first]
    typeset(jobs, tmp_path / "a")
    assert stamps == [path.stat().st_mtime_ns for path in first]
