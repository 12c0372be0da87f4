"""The gate: scores on fixed pages must not fall below their floors, and floors are never lowered silently.

    python bench/gate.py --fast      development pages and samples, in less than a minute; ``make test`` runs it
    python bench/gate.py             that, and the test pages, of which only sums are printed; ``make gate``
    python bench/gate.py --write     raise the floors to what is observed now; never lowers one

The fast pages are set from the project's own texts, the test pages need the larger sets (``RELAYOUT_DATA``) and are
left out, loudly, without them. ``RELAYOUT_REQUIRE=chromium,poppler,data`` makes a failure of what is left out.
Exit code 0 if all floors hold, 1 if one does not, 2 if the gate cannot be run here.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import corpus, floors, trials
from bench.trials import Trial

from relayout import evaluate

FAST = (("hk", 1), ("hk", 2), ("cn", 1), ("tw", 1), ("ja", 1), ("en", 1), ("en", 2), ("de", 1))
FAST_EXTRACTORS = ("pdftotext-raw", "pdfminer", "pdftotext-layout", "glued", "pdftotext-raw~all", "pdf-pdfium")
WHOLE = tuple((style, seed) for style in trials.STYLES for seed in trials.TEST)
PINNED = ("articles_90", "articles_90_precision", "articles_99", "paragraph_f1", "headline_f1", "cjk_spaces")
SAMPLES = trials.ROOT / "samples"
LOOK = "python bench/scorecard.py --dev --style {style} --extractor {extractor} --seeds {seeds}"


@dataclass(frozen=True, slots=True)
class Found:
    """What one part of the gate found: the digests of its pages, the scores, and which pages relayout crashed on."""

    plans: str
    texts: str
    seen: dict[str, float]
    crashes: tuple[str, ...]


def sample_golds() -> list[Path]:
    """Return the gold files of ``samples/``."""
    return sorted(SAMPLES.glob("*/gold.json"))


def measured(runs: Sequence[Trial]) -> dict[str, float]:
    """Return ``style.extractor.measure`` -> mean, for the measures that have floors."""
    by_style = trials.means(runs)
    both = by_style | trials.over_styles(by_style)
    return {
        f"{style}.{extractor}.{measure}": value
        for (style, _, extractor), scores in both.items()
        for measure, value in scores.items()
        if measure in PINNED
    }


def on_samples() -> dict[str, float]:
    """Score relayout on the sample pages: ``sample.<name>.<measure>``."""
    out = {}
    for gold in sample_golds():
        scores = evaluate.score(evaluate.read_gold(gold), trials.fixed(gold.with_name("input.txt")))._asdict()
        out |= {f"sample.{gold.parent.name}.{name}": scores[name] for name in PINNED if scores[name] is not None}
    return out


def look(key: str) -> str:
    """Give the command that shows what is behind a floor, always on development pages."""
    if key.startswith("sample."):
        name = key.split(".")[1]
        return (
            f"relayout fix samples/{name}/input.txt; relayout score samples/{name}/gold.json input.relayout/input.json"
        )
    style, extractor, _ = key.split(".", 2)
    if style == "mean":
        return LOOK.replace("--style {style} ", "").format(extractor=extractor, seeds="1-3")
    return LOOK.format(style=style, extractor=extractor, seeds="1-10")


def fast() -> Found:
    """Run the fast part: development pages of the project's own texts, and the samples."""
    with corpus.own_texts():
        golds = trials.set_pages(FAST, trials.OWN_PAGES)
        plans = corpus.of_plans(FAST, sample_golds())
    runs = trials.of_relayout(golds, FAST_EXTRACTORS)
    crashes = tuple(f"{t.style}-{t.seed} {t.extractor}: {t.error}" for t in runs if t.error)
    return Found(plans, corpus.of_texts(golds), measured(runs) | on_samples(), crashes)


def whole() -> Found:
    """Run the test pages. A crash tells style and extractor, and neither seed nor message: they may hold text."""
    golds = trials.set_pages(WHOLE, trials.PAGES)
    runs = trials.of_relayout(golds)
    crashes = tuple(f"{t.style} {t.extractor}: {t.error.split(':')[0]}" for t in runs if t.error)
    return Found(corpus.of_plans(WHOLE), corpus.of_texts(golds), measured(runs), crashes)


def faults(part: str, found: Found, held: floors.Floors, browser: str) -> list[str]:
    """Return what is wrong with one part; what only the browser may have changed is printed and is no fault."""
    wrong = [f"{part}: relayout crashed on {crash}" for crash in found.crashes]
    if not held.part(part) or not held.corpus.get(part):
        wrong.append(f"{part}: no floors, or no digest of their pages; python bench/gate.py --write sets them")
    elif held.corpus.get(part) != found.plans:
        short = found.plans[: floors.SHORT]
        wrong.append(f"{part}: other pages than those of the floors; if so meant, --write, and {short} in CHANGELOG.md")
    elif held.corpus.get(f"{part}-texts") != found.texts:
        said = f"{part}: the browser printed other texts of the same plans"
        if held.corpus.get("browser") in ("", None, browser):
            wrong.append(said)
        else:
            print(f"{said}: the floors were made with {held.corpus.get('browser')}, this is {browser}")
    for miss in floors.misses(held.part(part), found.seen, trials.FEWER):
        wrong.append(f"{part}: {miss}\n    look: {look(miss.key)}{' --own' if part == 'fast' else ''}")
    return wrong


def raised(part: str, found: Found, held: floors.Floors, browser: str) -> floors.Floors:
    """Return the floors with those of one part raised to what was found; floors of other pages are made anew."""
    same = held.corpus.get(part, "") in ("", found.plans)
    numbers = floors.proposed(held.part(part) if same else {}, found.seen, trials.FEWER)
    digests = {part: found.plans, f"{part}-texts": found.texts, "browser": browser}
    return replace(held, corpus=held.corpus | digests, numbers=held.numbers | {part: numbers})


def main(words: Iterable[str]) -> int:
    """Run the gate, print what is wrong, and tell by the exit code."""
    parser = argparse.ArgumentParser(description="Hold the scores against their floors.")
    parser.add_argument("--fast", action="store_true", help="development pages and samples only")
    parser.add_argument("--write", action="store_true", help="raise the floors to what is observed")
    chosen = parser.parse_args(list(words))
    if corpus.lacking():
        print(f"the gate cannot be run: {corpus.lacking()}", file=sys.stderr)
        return 2
    parts = {"fast": fast} if chosen.fast else {"fast": fast, "whole": whole}
    wrong: list[str] = []
    if "whole" in parts and not corpus.has_data():
        del parts["whole"]
        print("whole: LEFT OUT, the larger sets of texts are not here (RELAYOUT_DATA)")
        if "data" in os.environ.get("RELAYOUT_REQUIRE", "").split(","):
            wrong.append("whole: the data is required (RELAYOUT_REQUIRE)")
    held = floors.load()
    browser = corpus.browser()
    for part, run in parts.items():
        start = time.monotonic()
        found = run()
        took = time.monotonic() - start
        print(f"{part}: {len(found.seen)} numbers, {len(held.part(part))} floors, {took:.0f} s", flush=True)
        if chosen.write:
            held = raised(part, found, held, browser)
        wrong += faults(part, found, held, browser)
    if chosen.write:
        floors.FILE.write_text(floors.written(held), encoding="utf-8")
        print(f"written: {floors.FILE.relative_to(trials.ROOT)}")
    past = floors.history()
    if past is None:
        print("no git here, so it was not checked whether a floor was lowered")
    else:
        wrong += floors.lowered(held, past, floors.CHANGELOG.read_text(encoding="utf-8"), trials.FEWER)
    for line in wrong:
        print(f"FAILED {line}")
    print("the gate holds" if not wrong else f"{len(wrong)} failures")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
