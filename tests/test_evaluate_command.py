"""``relayout score``: files and folders, the table, JSON, bounds, and what is said when something is missing."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from relayout.commands import score
from relayout.evaluate import Scores

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples"
SAMPLE = SAMPLES / "harbour-courier-1925-04-15"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(run: Run, tmp_path: Path) -> Path:
    """Make a folder of gold with two pages, one of results in folders of their own, and one of plain texts."""
    for page in ("harbour-courier-1925-04-15", "dongjiang-ribao-2023-05-19"):
        (tmp_path / "gold").mkdir(exist_ok=True)
        shutil.copy(SAMPLES / page / "gold.json", tmp_path / "gold" / f"{page}.gold.json")
        (tmp_path / "out").mkdir(exist_ok=True)
        assert run("fix", SAMPLES / page / "input.txt", "-o", tmp_path / "out" / page, "--quiet")[0] == 0
    (tmp_path / "raw").mkdir()
    for page in tmp_path.joinpath("gold").iterdir():
        stem = page.name.removesuffix(".gold.json")
        shutil.copy(SAMPLES / stem / "input.txt", tmp_path / "raw" / f"{stem}.txt")
    return tmp_path


def test_files(run: Run) -> None:
    code, out, err = run("score", SAMPLE / "gold.json", SAMPLE / "expected.tei.xml", SAMPLE / "input.txt")
    assert (code, err) == (0, "")
    rows = out.splitlines()
    assert rows[0].split()[:3] == ["prediction", "≥.90", "prec."]
    assert rows[1].split()[1] == "1.000"
    assert len(rows) == 3, "no mean of one page"


@pytest.mark.usefixtures("folder")
def test_folders(run: Run) -> None:
    code, out, err = run("score", "gold", "out", "raw")
    assert (code, err) == (0, "")
    rows = [row.split() for row in out.splitlines()]
    assert [row[0] for row in rows[1:]] == ["out", "out", "raw", "raw", "out", "raw"]
    assert " ".join(rows[5][1:4]) == "mean of 2"
    assert rows[5][4] == "1.000"


@pytest.mark.usefixtures("folder")
def test_a_file_finds_its_gold_in_a_folder(run: Run) -> None:
    code, out, _ = run("score", "gold", "raw/harbour-courier-1925-04-15.txt", "--json")
    assert code == 0
    assert [page["page"] for page in json.loads(out)["pages"]] == ["harbour-courier-1925-04-15"]
    code, out, _ = run("score", SAMPLES, SAMPLE / "expected.tei.xml", "--json")
    assert json.loads(out)["pages"][0]["scores"]["articles_99"] == 1.0


@pytest.mark.usefixtures("folder")
def test_json(run: Run) -> None:
    code, out, _ = run("score", "gold", "out", "--json")
    record = json.loads(out)
    assert code == 0
    assert record["format"] == "relayout-scores/1"
    assert "cer" in record["less_is_better"]
    assert [page["adapter"] for page in record["pages"]] == ["tei", "tei"]
    assert list(record["pages"][0]["scores"]) == list(Scores._fields)
    assert record["means"][0]["pages"] == 2
    assert record["means"][0]["scores"]["paragraph_f1"] == 1.0


@pytest.mark.usefixtures("folder")
def test_all_measures(run: Run) -> None:
    _, out, _ = run("score", SAMPLE / "gold.json", "raw/harbour-courier-1925-04-15.txt", "--all")
    assert [row.split()[0] for row in out.splitlines()[1:]] == list(Scores._fields)
    assert "cer_unordered (less)" in out
    _, out, _ = run("score", "gold", "out", "--all")
    assert "out mean of 2" in out


def test_a_terminal_has_its_own_width(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr(type(sys.stdout), "isatty", lambda self: True)  # noqa: ARG005
    code, out, _ = run("score", SAMPLE / "gold.json", SAMPLE / "expected.tei.xml")
    assert code == 0
    assert "≥" in out


def test_bounds(run: Run) -> None:
    words = ("score", SAMPLE / "gold.json", SAMPLE / "expected.tei.xml")
    assert run(*words, "--min", "articles_90=1", "--min", "ari=0.99", "--max", "cer_unordered=0")[0] == 0
    raw = SAMPLES / "takungpao-2025-07-16" / "input.txt"
    code, out, err = run("score", raw.with_name("gold.json"), raw, "--min", "articles_99=0.9")
    assert code == 1
    assert out
    assert err == f"{raw}: articles_99 is 0.0000, below 0.9\n"
    assert "joins is 25.0000, above 3" in run(*words, "--max", "joins=3")[2]
    assert "captions is not measured, below 0.5" in run(*words, "--min", "captions=0.5")[2]


def test_an_adapter_can_be_forced(run: Run) -> None:
    _, out, _ = run("score", SAMPLE / "gold.json", SAMPLE / "gold.json", "--adapter", "gold", "--json")
    assert json.loads(out)["pages"][0]["scores"]["articles_exact"] == 1.0
    _, out, _ = run("score", SAMPLE / "gold.json", SAMPLE / "expected.tei.xml", "--adapter", "text", "--json")
    assert json.loads(out)["pages"][0]["adapter"] == "text"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("gold", "none"), 3, "relayout: none: no gold for it in gold; name the prediction after its page"),
        (("gold", "empty"), 3, "relayout: empty: no prediction for dongjiang-ribao-2023-05-19; name it dong"),
        (("empty", "out"), 3, "relayout: empty: no gold files in this folder; give a folder of <page>.gold.json"),
        (("none.json", "out"), 3, "no prediction for none"),
        (("gold", "two"), 3, "relayout: two: several predictions for dongjiang-ribao-2023-05-19: dongjiang-ribao"),
        (("bad.json", "bad.json"), 3, "relayout: bad.json: units[0].type: expected a value, found nothing; mend that"),
        (("gold", "out", "--min", "nice=1"), 2, "relayout: no measure 'nice'; relayout score --all shows"),
        (("gold", "out", "--max", "cer"), 2, "relayout: 'cer' is no bound; write it like articles_90=0.9"),
        (("gold", "out", "--min", "cer=nan"), 2, "relayout: 'cer=nan' is no bound; write it like articles_90=0.9"),
        (("gold", "out", "--adapter", "x"), 2, "relayout: no adapter 'x'; take one of tei, json"),
        (("gold",), 2, "relayout: Missing argument 'PRED...'"),
    ],
)
def test_what_is_wrong(run: Run, folder: Path, words: tuple[str, ...], code: int, said: str) -> None:
    (folder / "empty").mkdir()
    (folder / "two").mkdir()
    for name in ("a", "b"):
        (folder / "two" / f"dongjiang-ribao-2023-05-19.{name}.md").write_text("# x\n")
    (folder / "bad.json").write_text('{"units": [{"id": "a"}]}')
    got, out, err = run("score", *words)
    assert (got, out) == (code, "")
    assert err.count("\n") == 1
    assert said in err


def test_tei_goes_before_text_and_names_of_pages_may_begin_alike(run: Run, tmp_path: Path) -> None:
    for name in ("hk-1", "hk-1.b"):
        (tmp_path / f"{name}.gold.json").write_text(
            '{"units": [{"id": "a", "type": "article", "parts": [{"role": "p", "text": "It burnt."}]}]}'
        )
    (tmp_path / "hk-1.md").write_text("# x\n\nWrong.\n")
    (tmp_path / "hk-1.json").write_text((tmp_path / "hk-1.gold.json").read_text())
    code, out, _ = run("score", "hk-1.gold.json", ".", "--json")
    assert code == 0
    assert json.loads(out)["pages"][0]["scores"]["articles_99"] == 1.0
    (tmp_path / "hk-1.b.txt").write_text("It burnt.\n")
    _, out, _ = run("score", ".", "hk-1.b.txt", "--json")
    assert json.loads(out)["pages"][0]["page"] == "hk-1.b"


def test_the_documents_name_every_option() -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    part = text.split("## relayout score", 1)[1].split("\n## ", 1)[0]
    command = score.command
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert f"`{parameter.opts[0]}" in part
    assert "relayout score" in (command.epilog or "")
