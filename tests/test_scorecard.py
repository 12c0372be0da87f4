"""The scorecard and the close view: what they print, that plots are the same each time, and that failures are loud."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest
from bench import closeup, peers, plots, scorecard, trials
from bench.peers import Peer
from bench.trials import Trial

from relayout.evaluate import Part, Prediction, Truth, Unit

FIRE = Unit("a1", "article", (Part("head", "Fire at the mill"), Part("p", "The old mill burnt down on Monday night.")))
RAIN = Unit("a2", "article", (Part("head", "Rain at last"), Part("p", "After nine dry weeks it rained in the valley.")))


def trial(style: str, seed: int, tool: str = "relayout", extractor: str = "pdftotext", **scores: float) -> Trial:
    return Trial(style, seed, tool, extractor, scores, 0.5)


def test_nothing_is_missed_in_a_perfect_page() -> None:
    assert list(closeup.missed(Truth((FIRE, RAIN)), Prediction((RAIN, FIRE)))) == []


def test_a_missed_article_says_where_its_parts_went() -> None:
    mixed = Unit("u1", "article", (FIRE.parts[0], RAIN.parts[1]))
    rest = Unit("u2", "unassigned", (FIRE.parts[1],))
    lines = "\n".join(closeup.missed(Truth((FIRE,)), Prediction((mixed, rest))))
    assert "MISSED a1 article «Fire at the mill»" in lines
    assert "lacks head" in lines or "lacks p" in lines
    assert "u1 article" in lines


def test_means_are_over_pages_first_and_over_styles_then() -> None:
    runs = [trial("hk", 1, order=1.0), trial("hk", 2, order=0.0), trial("cn", 1, order=1.0)]
    by_style = trials.means(runs)
    assert by_style["hk", "relayout", "pdftotext"] == {"order": 0.5}
    assert trials.over_styles(by_style)["mean", "relayout", "pdftotext"] == {"order": 0.75}


def test_the_aims_are_held_against_the_mean_of_their_extractors() -> None:
    runs = [trial("hk", 1, extractor=name, articles_90=value) for name, value in (("glued", 0.5), ("glued-gap", 0.7))]
    rows = {row[0]: row for row in scorecard.targets(trials.over_styles(trials.means(runs)))}
    assert rows["articles ≥ .90 on glued rows"][1:3] == ["≥ 0.60", "0.600"]
    assert rows["articles ≥ .90 on streams"][2] == "–"


def test_seeds_as_they_are_typed() -> None:
    assert trials.seeds("1-3,7") == [1, 2, 3, 7]
    assert trials.seeds("test") == list(trials.TEST)
    with pytest.raises(ValueError, match="seeds"):
        trials.seeds("all")


def test_unknown_words_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert scorecard.main(["--style", "fr"]) == 2
    assert scorecard.main(["--extractor", "pdftohtml"]) == 2
    assert "fr" in capsys.readouterr().err


def test_a_document_without_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="scores"):
        scorecard.replaced("no marks", "x")


def test_the_card_of_the_docs_has_its_marks() -> None:
    text = scorecard.CARD.read_text(encoding="utf-8")
    assert scorecard.replaced(text, "x").count("x\n\n" + scorecard.MARKS[1]) == 1


def test_a_peer_that_cannot_be_run_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> str:
        raise FileNotFoundError("no java")

    peer = Peer("broken", broken, lambda _: iter(()), "md", "Markdown")
    monkeypatch.setattr(peers, "PEERS", {"broken": peer})
    runs, failed, _ = scorecard.run([], [], with_peers=True)
    assert runs == []
    assert "no java" in failed["broken"]


def test_a_peer_is_read_in_its_favour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n\n".join(f"###### {unit.parts[0].text}\n\n{unit.parts[1].text}" for unit in (FIRE, RAIN))

    def run(pdfs: list[Path]) -> peers.Made:
        yield from ((pdf, text, 0.5) for pdf in pdfs)

    units = [
        {"id": u.id, "type": u.kind, "parts": [{"role": p.role, "text": p.text} for p in u.parts]} for u in (FIRE, RAIN)
    ]
    gold = tmp_path / "en-1.gold.json"
    gold.write_text(json.dumps({"units": units}), encoding="utf-8")
    (tmp_path / "en-1.pdf").write_bytes(b"")
    monkeypatch.setattr(peers, "PEERS", {"x": Peer("x", lambda: "1", run, "md", "Markdown")})
    (one,), reading = trials.of_peer("x", [gold])
    assert reading == "every heading begins a unit"
    assert one.scores["articles_90"] == 1.0
    assert one.seconds == 0.5


@pytest.mark.skipif(importlib.util.find_spec("matplotlib") is None, reason="no matplotlib (the extra bench)")
@pytest.mark.filterwarnings("default")
def test_the_same_scores_give_the_same_plot(tmp_path: Path) -> None:
    rows = [("relayout", {"hk": 0.5, "cn": 0.25}), ("a peer", {"hk": 0.1})]
    for name in ("one.svg", "two.svg"):
        plots.dots(tmp_path / name, "articles", rows, ["hk", "cn"], 1)
    one, two = ((tmp_path / name).read_text(encoding="utf-8") for name in ("one.svg", "two.svg"))
    assert one == two
    assert "a peer" in one
    assert "dc:date" not in one
