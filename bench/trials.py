"""Trials: one page through one tool, held against its gold. The gate and the scorecard both count these.

A page is typeset where needed (``bench.press``), put through an extractor (``bench.damage``), given to relayout in
this process, and scored by ``relayout.evaluate``; or given to a peer (``bench.peers``) and scored the same way.
"""

from __future__ import annotations

import multiprocessing
import re
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from bench import damage, peers, press

import relayout
from relayout import evaluate
from relayout.writers import WRITERS

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "bench" / "out" / "pages"
OWN_PAGES = ROOT / "bench" / "out" / "own"  # set from the project's own texts alone
STYLES = ("hk", "cn", "tw", "ja", "en", "de")
VERTICAL = ("tw", "ja")
DEV = range(1, 500)
TEST = range(1000, 1010)
STREAMS = damage.STREAMS
WORKERS = 2
RELAYOUT = "relayout"
PDF = {"pdf-pdfium": "pdfium", "pdf-pdfplumber": "pdfplumber"}
"""The page itself, no text made of it: read by relayout through one of its engines."""
HORIZONTAL = tuple(style for style in STYLES if style not in VERTICAL)


class Trial(NamedTuple):
    """The scores of one page: of relayout on the text of an extractor, or of a peer on the PDF.

    ``scores`` has a number for each measure that the page can tell of; ``error`` says why there is none at all.
    """

    style: str
    seed: int
    tool: str
    extractor: str
    scores: dict[str, float]
    seconds: float
    error: str = ""


Key = tuple[str, str, str]  # style, tool, extractor
MEASURES = tuple(evaluate.Scores._fields)
FEWER = evaluate.WORSE


def seeds(words: str) -> list[int]:
    """Read seeds as a user types them: ``1-3,7``, ``dev`` (the first ten) or ``test``.

    >>> seeds("1-3,7")
    [1, 2, 3, 7]
    """
    if words in ("dev", "test"):
        return list(TEST if words == "test" else DEV[:10])
    out: list[int] = []
    for one in words.split(","):
        found = re.fullmatch(r"(\d+)(?:-(\d+))?", one.strip())
        if not found:
            raise ValueError(f"seeds are numbers like 1-3,7, or dev, or test, not {words!r}")
        out += range(int(found[1]), int(found[2] or found[1]) + 1)
    return out


def set_pages(jobs: Iterable[tuple[str, int]], folder: Path = PAGES, engine: str = press.CHROMIUM) -> list[Path]:
    """Return the gold paths of the pages (style, seed), set where they are not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    return press.typeset(list(jobs), folder, engine)


def named(gold: Path) -> tuple[str, int]:
    """Return style and seed, which are the file's name.

    >>> named(Path("hk-12.gold.json"))
    ('hk', 12)
    """
    style, _, seed = gold.name.split(".", 1)[0].partition("-")
    return style, int(seed)


def extractors(style: str, wanted: Sequence[str] = ()) -> list[str]:
    """Return the extractors that a page of the style goes through: those wanted, or all."""
    possible = damage.extractors_for("vertical-rl" if style in VERTICAL else "horizontal-tb")
    return [one for one in wanted or (*possible, *PDF) if one.partition("~")[0] in (*possible, *PDF)]


def known(extractor: str) -> bool:
    """Say whether there is such an extractor, or such an engine.

    >>> known("pdf-pdfium"), known("pdf-none")
    (True, False)
    """
    return extractor in PDF or damage.known(extractor)


def given(gold: Path, extractor: str) -> Path:
    """Return what relayout is given of a page: its text, as an extractor leaves it, or its PDF."""
    return (
        gold.with_name(gold.name.replace(".gold.json", ".pdf")) if extractor in PDF else damage.damage(gold, extractor)
    )


def fixed(source: Path, extractor: str = "") -> evaluate.Prediction:
    """Let relayout rebuild the page in a file, as ``relayout fix`` does; of a PDF with the engine that is named."""
    (written,) = WRITERS["json"].render(relayout.fix(source, pdf_engine=PDF.get(extractor, ""))).values()
    return evaluate.parse_prediction(written, source.name, "json")


def one(gold: Path, extractor: str) -> Trial:
    """Put one page through an extractor and relayout. What goes wrong in relayout is told in the trial."""
    style, seed = named(gold)
    source = given(gold, extractor)
    start = time.perf_counter()
    try:
        prediction = fixed(source, extractor)
    except Exception as error:  # a crash is a result too: it is shown, and the gate fails on it
        return Trial(style, seed, RELAYOUT, extractor, {}, 0.0, f"{type(error).__name__}: {error}")
    seconds = time.perf_counter() - start
    return Trial(style, seed, RELAYOUT, extractor, _scores(gold, prediction), seconds)


def _scores(gold: Path, prediction: evaluate.Prediction) -> dict[str, float]:
    found = evaluate.score(evaluate.read_gold(gold), prediction)
    return {name: float(value) for name, value in found._asdict().items() if isinstance(value, int | float)}


def _job(job: tuple[Path, str]) -> Trial:
    return one(*job)


def of_relayout(golds: Sequence[Path], wanted: Sequence[str] = ()) -> list[Trial]:
    """Run relayout over all pages and extractors, two processes at a time; the order is that of the pages."""
    jobs = [(gold, name) for gold in golds for name in extractors(named(gold)[0], wanted)]
    if len(jobs) < 2:
        return [one(*job) for job in jobs]
    with multiprocessing.get_context("fork").Pool(WORKERS) as pool:
        return pool.map(_job, jobs, chunksize=1)


def of_peer(name: str, golds: Sequence[Path], *, fresh: bool = False) -> tuple[list[Trial], str]:
    """Run a peer over all pages and read its output in each way that ``READINGS`` has; return the best and its name.

    Best is the greatest mean of articles recovered: a peer is not made to lose by our reading. Raises whatever the
    peer raises.
    """
    made = peers.outputs(peers.PEERS[name], list(golds), fresh=fresh)
    ways = READINGS if peers.PEERS[name].ending == "md" else {"as it is": READINGS["as it is"]}
    read = {way: [_peer_page(name, gold, *made[gold], change) for gold in made] for way, change in ways.items()}
    best = max(read, key=lambda way: _mean([trial.scores for trial in read[way]]).get("articles_90", 0.0))
    return read[best], best


def _peer_page(name: str, gold: Path, made: Path, seconds: float, change: Callable[[str], str]) -> Trial:
    style, seed = named(gold)
    text = change(made.read_text(encoding="utf-8"))
    prediction = evaluate.parse_prediction(text.encode("utf-8"), made.name)
    return Trial(style, seed, name, "pdf", _scores(gold, prediction), seconds)


READINGS: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "every heading begins a unit": lambda text: re.sub(r"^ {0,3}#{4,6}(?=\s)", "###", text, flags=re.MULTILINE),
}


def means(trials: Iterable[Trial]) -> dict[Key, dict[str, float]]:
    """Return the mean of every measure over the pages of a style; a page that crashed counts 0 in each share."""
    groups: dict[Key, list[Trial]] = {}
    for trial in trials:
        groups.setdefault((trial.style, trial.tool, trial.extractor), []).append(trial)
    return {key: _mean([t.scores for t in group], sum(bool(t.error) for t in group)) for key, group in groups.items()}


def over_styles(by_style: dict[Key, dict[str, float]], styles: Sequence[str] = STYLES) -> dict[Key, dict[str, float]]:
    """Return the mean over styles of the means over pages, under the style ``mean``."""
    groups: dict[Key, list[dict[str, float]]] = {}
    for (style, tool, extractor), scores in by_style.items():
        if style in styles:
            groups.setdefault(("mean", tool, extractor), []).append(scores)
    return {key: _mean(group) for key, group in groups.items()}


def _mean(rows: list[dict[str, float]], crashed: int = 0) -> dict[str, float]:
    out = {}
    for measure in MEASURES:
        values = [row[measure] for row in rows if measure in row]
        if values:
            out[measure] = fmean(values + [0.0] * (crashed if measure not in FEWER else 0))
    return out
