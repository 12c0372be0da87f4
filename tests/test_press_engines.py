"""The second engines of the press: the same page each time, its gold read from the PDF, and what is refused."""

from __future__ import annotations

import importlib
import json
import os
from pathlib import Path

import pytest
from bench import scorecard
from bench.press import CHROMIUM, PressError, engines, gold_path, ink, typeset, typst, weasyprint
from bench.press.__main__ import main
from bench.press.gold import dumps, faults
from bench.press.sheet import sheet
from tests.test_press import ROLES, astray


def glyphs(*lines: tuple[str, float, float]) -> list[ink.Glyph]:
    """Characters ten points wide: text, left edge and baseline of each line."""
    return [
        ink.Glyph(mark, left + 10 * n, left + 10 * n + 10, base, 10.0)
        for text, left, base in lines
        for n, mark in enumerate(text)
    ]


def test_a_sheet_is_the_same_each_time() -> None:
    for name in engines.styles():
        page = sheet(name, 3)
        assert page == sheet(name, 3)
        assert page != sheet(name, 4)
        assert page != sheet(name, 3, attempt=1)
        heads = [part.text for part in page.parts() if part.role == "head"]
        assert len(heads) == len(set(heads)) >= 2
        assert {part.role for part in page.parts()} <= ROLES


def test_vertical_styles_are_left_to_the_browser() -> None:
    assert "tw" not in engines.styles()
    with pytest.raises(PressError, match="no engine but chromium"):
        sheet("tw", 1)


def test_boxes_are_those_of_the_lines_that_were_printed() -> None:
    part = next(part for part in sheet("hk", 1).parts() if part.role == "p")
    one = glyphs((part.text[:7], 40, 100), (part.text[7:12], 40, 115), (part.text[12:], 200, 100))
    found = ink.boxes([part], one)
    assert found == {
        str(part.pid): [
            [40, 91.2, 110, 102.2],
            [40, 106.2, 90, 117.2],
            [200, 91.2, 200 + 10 * len(part.text[12:]), 102.2],
        ]
    }


def test_a_pdf_that_says_something_else_is_refused() -> None:
    part = next(part for part in sheet("hk", 1).parts() if part.role == "p")
    with pytest.raises(PressError, match="lacks"):
        ink.boxes([part], glyphs((part.text[:-1], 40, 100)))
    with pytest.raises(PressError, match="has '異'"):
        ink.boxes([part], glyphs(("異" + part.text, 40, 100)))
    with pytest.raises(PressError, match="has '異'"):
        ink.boxes([part], glyphs((part.text + "異", 40, 100)))


def test_lines_on_each_other_are_seen() -> None:
    assert ink.crossing({"1": [[0, 0, 50, 10]], "2": [[40, 2, 90, 12]]})
    assert not ink.crossing({"1": [[0, 0, 50, 10]], "2": [[0, 10, 50, 20], [60, 0, 90, 10]]})


def test_an_engine_that_is_not_here_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(name: str) -> None:
        raise ImportError(f"No module named {name!r}")

    monkeypatch.setattr(importlib, "import_module", gone)
    with pytest.raises(PressError, match="pip install"):
        typeset([("hk", 1)], tmp_path, "typst")


def test_sources_keep_their_own_marks() -> None:
    page = sheet("en", 1)
    part = next(part for part in page.parts() if part.role == "p")
    assert part.text.replace('"', '\\"') in typst.source(page, 800, 2)
    assert part.text.replace("&", "&amp;") in weasyprint.source(page, 800)


@pytest.mark.parametrize("engine", sorted(engines.ENGINES))
def test_a_page_of_every_engine(engine: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if reason := engines.lacking(engine):
        if engine in os.environ.get("RELAYOUT_REQUIRE", "").split(","):
            pytest.fail(reason)
        pytest.skip(reason)
    assert (
        main(["--engine", engine, "--style", "hk", "--style", "de", "--seed", "1", "--out", str(tmp_path / "a")]) == 0
    )
    assert capsys.readouterr().out.count("gold.json") == 2
    assert main(["--engine", engine, "--style", "tw", "--out", str(tmp_path / "a")]) == 1
    assert "no engine but chromium" in capsys.readouterr().err
    (again,) = typeset([("hk", 1)], tmp_path / "b", engine)
    first = gold_path(tmp_path / "a", "hk", 1)
    assert first.read_bytes() == again.read_bytes()
    assert first.with_name("hk-1.pdf").read_bytes() == again.with_name("hk-1.pdf").read_bytes()
    for path in (first, gold_path(tmp_path / "a", "de", 1)):
        gold = json.loads(path.read_text(encoding="utf-8"))
        assert gold["engine"].startswith(engine)
        assert dumps(gold) == path.read_text(encoding="utf-8")
        assert not faults(gold, path.with_name(gold["source"]))
        assert not astray(gold, path.parent)
        assert sum(unit["type"] == "article" for unit in gold["units"]) >= 3
        for unit in gold["units"]:
            for part in unit["parts"]:
                for x0, y0, x1, y1 in part["boxes"]:
                    assert -1 <= x0 < x1 <= gold["page"]["width"] + 1
                    assert -1 <= y0 < y1 <= gold["page"]["height"] + 1


def test_the_card_of_the_docs_has_a_place_for_the_engines() -> None:
    text = scorecard.CARD.read_text(encoding="utf-8")
    assert scorecard.replaced(text, "x", scorecard.ENGINE_MARKS).count("x\n\n" + scorecard.ENGINE_MARKS[1]) == 1
    assert CHROMIUM not in engines.ENGINES
