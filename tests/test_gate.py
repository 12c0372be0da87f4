"""The gate: floors are held, never lowered silently, and its fast part is run here.

What the machine lacks is said in the reason of the skip; with ``RELAYOUT_REQUIRE=chromium,poppler`` it is a failure.
"""

from __future__ import annotations

import doctest
import importlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from bench import closeup, corpus, damage, floors, gate, noise, peers, scorecard, trials
from bench.floors import Floors

ROOT = Path(__file__).resolve().parents[1]
FEWER = frozenset({"wrong"})
PROGRAMS = {"chromium": ("chromium", "chromedriver"), "poppler": ("pdftotext",)}


def found(plans: str, texts: str, **seen: float) -> gate.Found:
    return gate.Found(plans, texts, {key.replace("_", "."): value for key, value in seen.items()}, ())


def held(corpus: str, **numbers: float) -> Floors:
    keys = {key.replace("_", "."): value for key, value in numbers.items()}
    return Floors({"fast": corpus, "whole": ""}, {"fast": keys, "whole": {}})


def test_a_score_below_its_floor_is_missed_and_says_by_how_much() -> None:
    (miss,) = floors.misses({"hk.x.f1": 0.9, "hk.y.f1": 0.5}, {"hk.x.f1": 0.88, "hk.y.f1": 0.5}, FEWER)
    assert str(miss) == "hk.x.f1: 0.8800 misses the floor 0.9 by 0.0200"


def test_a_ceiling_is_missed_from_above() -> None:
    assert not floors.misses({"hk.x.wrong": 2.0}, {"hk.x.wrong": 1.0}, FEWER)
    assert floors.misses({"hk.x.wrong": 2.0}, {"hk.x.wrong": 2.5}, FEWER)


def test_what_was_not_measured_is_missed() -> None:
    (miss,) = floors.misses({"hk.x.f1": 0.9}, {}, FEWER)
    assert "nothing was measured" in str(miss)


def test_proposed_floors_rise_and_never_fall() -> None:
    old = {"hk.x.f1": 0.9, "hk.y.f1": 0.5, "hk.x.wrong": 1.0, "hk.y.wrong": 4.0}
    new = floors.proposed(old, {"hk.x.f1": 0.7, "hk.y.f1": 0.7, "hk.x.wrong": 3.0, "hk.y.wrong": 0.0}, FEWER)
    assert new == {"hk.x.f1": 0.9, "hk.y.f1": 0.69, "hk.x.wrong": 1.0, "hk.y.wrong": 0.0}


def test_a_proposed_floor_holds_for_what_it_was_made_of() -> None:
    seen = {"hk.x.f1": 0.12345, "hk.z.f1": 0.0, "hk.y.f1": 1.0, "sample.s.f1": 1.0, "hk.x.wrong": 0.777}
    assert not floors.misses(floors.proposed({}, seen, FEWER), seen, FEWER)


def test_what_is_written_is_read_back() -> None:
    one = held("ab" * 32, hk_x_f1=0.9, cn_x_f1=0.25)
    assert floors.parse(floors.written(one)) == one


def test_a_floor_may_rise_silently() -> None:
    assert not floors.lowered(held("a", hk_x_f1=0.9), [held("a", hk_x_f1=0.8)], "", FEWER)


@pytest.mark.parametrize(
    ("changelog", "silent"),
    [
        ("", True),
        ("- Floor `hk.x.f1` lowered.", True),
        ("- 0.7 is the new floor", True),
        ("- `hk.x.f1` from 0.8 to 0.75", True),
        ("- `hk.x.f1_precision` is 0.7 now", True),
        ("- `tw.hk.x.f1` is 0.7 now", True),
        ("- Floor `hk.x.f1` is 0.7 now: the byline counts as a part.", False),
    ],
)
def test_a_lowered_floor_needs_a_line_with_key_and_number(changelog: str, silent: bool) -> None:
    past = [held("a", hk_x_f1=0.7), held("a", hk_x_f1=0.8)]
    assert bool(floors.lowered(held("a", hk_x_f1=0.7), past, changelog, FEWER)) is silent


def test_a_floor_taken_out_needs_a_line() -> None:
    past = [held("a", hk_x_f1=0.8)]
    assert floors.lowered(held("a"), past, "", FEWER)
    assert not floors.lowered(held("a"), past, "- `hk.x.f1` removed: the extractor is no more", FEWER)


def test_a_ceiling_that_is_raised_needs_a_line() -> None:
    assert floors.lowered(held("a", hk_x_wrong=2.0), [held("a", hk_x_wrong=1.0)], "", FEWER)


def test_another_corpus_needs_a_line_and_frees_the_floors() -> None:
    now, past = held("b" * 64, hk_x_f1=0.7), [held("a" * 64, hk_x_f1=0.8)]
    assert len(floors.lowered(now, past, "", FEWER)) == 1
    assert not floors.lowered(now, past, f"- New pages (`{'b' * 12}`): with tables", FEWER)


@pytest.mark.skipif(shutil.which("git") is None, reason="no git")
def test_history_has_every_version_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def git(*words: str) -> None:
        who = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *who, *words], cwd=tmp_path, check=True, capture_output=True)

    monkeypatch.setattr(floors, "ROOT", tmp_path)
    monkeypatch.setattr(floors, "FILE", tmp_path / "floors.toml")
    assert floors.history() is None
    git("init")
    for value in (0.8, 0.9, 0.7):
        floors.FILE.write_text(floors.written(held("a", hk_x_f1=value)), encoding="utf-8")
        git("add", ".")
        git("commit", "-m", "floors")
    past = floors.history()
    assert past is not None
    assert [old.part("fast")["hk.x.f1"] for old in past] == [0.7, 0.9, 0.8]
    assert floors.lowered(floors.load(floors.FILE), past, "", FEWER) == [
        "fast: hk.x.f1 was 0.9 and is 0.7; a line of CHANGELOG.md must hold both, and say why"
    ]


def test_the_floors_of_the_project_are_explained() -> None:
    past = floors.history()
    if past is None:
        pytest.skip("no git checkout, so older floors are not known")
    changelog = floors.CHANGELOG.read_text(encoding="utf-8")
    assert floors.lowered(floors.load(), past, changelog, trials.FEWER) == []


def test_the_digest_is_of_texts_and_not_of_boxes(tmp_path: Path) -> None:
    def digest(text: str, box: float) -> str:
        part = {"role": "p", "text": text, "boxes": [[box, 0, 9, 9]]}
        path = tmp_path / "hk-1.gold.json"
        path.write_text(json.dumps({"units": [{"id": "a1", "type": "article", "parts": [part]}]}), encoding="utf-8")
        return corpus.of_texts([path])

    assert digest("one", 1.0) == digest("one", 2.0)
    assert digest("one", 1.0) != digest("two", 1.0)


def test_other_texts_of_the_same_plans_are_a_fault_of_the_same_browser_only() -> None:
    one = Floors({"fast": "p", "fast-texts": "t", "browser": "Chromium 1"}, {"fast": {"hk.x.f1": 0.5}, "whole": {}})
    assert not gate.faults("fast", found("p", "t", hk_x_f1=0.5), one, "Chromium 1")
    assert gate.faults("fast", found("p", "u", hk_x_f1=0.5), one, "Chromium 1")
    assert not gate.faults("fast", found("p", "u", hk_x_f1=0.5), one, "Chromium 2")
    assert gate.faults("fast", found("q", "t", hk_x_f1=0.5), one, "Chromium 1")


def test_without_floors_or_their_digest_nothing_holds() -> None:
    good = Floors({"fast": "p", "fast-texts": "t", "browser": "Chromium 1"}, {"fast": {"hk.x.f1": 0.5}, "whole": {}})
    for bad in (
        Floors({}, {}),
        Floors(good.corpus, {"fast": {}}),
        Floors({"browser": "Chromium 1"}, good.numbers),
        Floors({**good.corpus, "fast-texts": ""}, good.numbers),
    ):
        assert gate.faults("fast", found("p", "t", hk_x_f1=0.5), bad, "Chromium 1")
    assert gate.faults("fast", found("p", "t"), good, "Chromium 1"), "a programme that gives nothing"
    assert floors.lowered(Floors({}, {}), [good], "", FEWER)
    assert floors.lowered(Floors({"fast": ""}, good.numbers), [good], "", FEWER)


def test_a_corpus_that_was_changed_in_an_older_commit_needs_its_line_still() -> None:
    past = [held("b" * 64, hk_x_f1=0.1), held("a" * 64, hk_x_f1=0.8)]
    assert floors.lowered(past[0], past, "", FEWER)
    assert not floors.lowered(past[0], past, f"- New pages (`{'b' * 12}`)", FEWER)


@pytest.mark.parametrize("number", ["nan", "inf", "-inf"])
def test_a_floor_is_a_number(number: str) -> None:
    with pytest.raises(ValueError, match="no number"):
        floors.parse(f'[fast]\n"hk.x.f1" = {number}\n')


def test_raised_floors_hold_and_others_stay() -> None:
    one = held("p", hk_x_f1=0.9)
    raised = gate.raised("fast", found("p", "t", hk_x_f1=0.8, cn_x_f1=0.8), one, "Chromium 1")
    assert raised.part("fast") == {"hk.x.f1": 0.9, "cn.x.f1": 0.79}
    assert gate.raised("fast", found("q", "t", hk_x_f1=0.8), one, "Chromium 1").part("fast") == {"hk.x.f1": 0.79}


def test_own_texts_need_no_data() -> None:
    before = os.environ.get("RELAYOUT_DATA")
    with corpus.own_texts():
        assert not corpus.has_data()
    assert os.environ.get("RELAYOUT_DATA") == before


def test_development_and_test_pages_are_apart() -> None:
    assert not set(trials.DEV) & set(trials.TEST)
    assert all(seed in trials.DEV for _, seed in gate.FAST)
    assert len(trials.TEST) * len(trials.STYLES) >= 60


def test_nobody_looks_at_test_pages(capsys: pytest.CaptureFixture[str]) -> None:
    assert scorecard.main(["--dev", "--style", "hk", "--seeds", "1000"]) == 2
    assert scorecard.main(["--style", "hk", "--seeds", "1000-1002"]) == 2
    assert scorecard.main(["--limit", "1"]) == 2
    assert "not looked at" in capsys.readouterr().err
    with pytest.raises(ValueError, match="test page"):
        closeup.page(Path("hk-1003.gold.json"), "pdftotext")


def test_the_command_to_look_is_one_for_development_pages() -> None:
    assert gate.look("hk.pdfminer.articles_90").endswith("--style hk --extractor pdfminer --seeds 1-10")
    assert "--style" not in gate.look("mean.pdfminer.articles_90")
    assert "samples/x/input.txt" in gate.look("sample.x.articles_90")


def test_a_crash_counts_nothing_in_the_mean() -> None:
    good = trials.Trial("hk", 1, "relayout", "pdftotext", {"articles_90": 0.8, "splits": 0.2}, 0.1)
    bad = good._replace(seed=2, scores={}, error="ValueError: x")
    assert trials.means([good, bad])["hk", "relayout", "pdftotext"] == {"articles_90": 0.4, "splits": 0.2}


def test_the_card_names_what_failed() -> None:
    runs = [trials.Trial("hk", 1, "relayout", "pdftotext", {"articles_90": 0.8}, 0.1)]
    text = "\n".join(scorecard.card(runs, {"peer-x": "no java"}, ["relayout 1"], "a command"))
    assert "peer-x could not be run: no java" in text
    assert "| relayout, pdftotext | 0.800 |" in text


def lacking() -> list[str]:
    return [name for name, programs in PROGRAMS.items() if not all(map(shutil.which, programs))]


def test_the_fast_part_holds() -> None:
    required = set(filter(None, os.environ.get("RELAYOUT_REQUIRE", "").split(",")))
    if lacking():
        reason = f"not on this machine: {', '.join(lacking())}"
        assert not required & set(lacking()), reason
        pytest.skip(reason)
    run = subprocess.run(
        [sys.executable, "bench/gate.py", "--fast"], cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
    )
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize(
    "name",
    [
        "closeup",
        "corpus",
        "damage",
        "floors",
        "gate",
        "glue",
        "mixed",
        "noise",
        "peers",
        "plots",
        "scorecard",
        "trials",
    ],
)
def test_examples_in_the_bench_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(f"bench.{name}")).failed == 0


def test_the_docs_name_every_extractor_and_peer() -> None:
    text = (ROOT / "docs" / "scorecard.md").read_text(encoding="utf-8")
    assert all(f"| `{name}` |" in text for name in damage.EXTRACTORS)
    assert all(name in text for name in peers.PEERS)
    assert all(f"`~{kind}`" in text for kind in [*noise.KINDS, "all"])
