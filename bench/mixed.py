"""Pages in two scripts: an English or German page and one of Han in one text, against each of them alone.

    python -m bench.mixed [--seeds 1-3] [--extractor pdftotext-raw]

Two development pages of the press stand one behind the other with nothing between them. What each scores alone, with
the weight of its articles, is what the mixed page should score.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean

from bench import damage, trials

import relayout
from relayout import evaluate
from relayout.writers import WRITERS

PAIRS = (("hk", "en"), ("en", "hk"), ("cn", "de"), ("de", "cn"))
MEASURES = ("articles_90", "paragraph_f1", "headline_f1", "cjk_spaces")


def scores(text: str, golds: Sequence[Path]) -> dict[str, float | None]:
    """Score what relayout makes of a text against the units of all ``golds`` together."""
    units = []
    for gold in golds:
        for unit in json.loads(gold.read_text(encoding="utf-8"))["units"]:
            owner = {"of": f"{gold.name}-{unit['of']}"} if unit.get("of") else {}
            units.append({**unit, "id": f"{gold.name}-{unit['id']}", **owner})
    truth = evaluate.parse_gold(json.dumps({"units": units}).encode("utf-8"), "the golds")
    (written,) = WRITERS["json"].render(relayout.fix(text.encode("utf-8"))).values()
    found = evaluate.score(truth, evaluate.parse_prediction(written, "mixed", "json"))._asdict()
    return {measure: found[measure] for measure in MEASURES}


def together(texts: Sequence[str]) -> str:
    r"""Put texts behind each other, without the form feeds that part pages.

    >>> together(["a\n\f", "b\n"])
    'a\nb\n'
    """
    return "".join(text.replace("\f", "").strip("\n") + "\n" for text in texts)


def main() -> None:
    """Print what mixed pages score, and what their parts do alone."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", default="1-3", help="development pages, like 1-3,7")
    parser.add_argument("--extractor", default="pdftotext-raw")
    chosen = parser.parse_args()
    seeds = [seed for seed in trials.seeds(chosen.seeds) if seed in trials.DEV]
    print(f"{'':8}" + "".join(f"{measure:>15} (alone)" for measure in MEASURES))
    for pair in PAIRS:
        mixed: dict[str, list[float]] = {measure: [] for measure in MEASURES}
        alone: dict[str, list[float]] = {measure: [] for measure in MEASURES}
        for seed in seeds:
            golds = trials.set_pages([(style, seed) for style in pair])
            texts = [damage.damage(gold, chosen.extractor).read_text(encoding="utf-8") for gold in golds]
            sizes = [
                sum(u["type"] == "article" for u in json.loads(gold.read_text("utf-8"))["units"]) for gold in golds
            ]
            parts = [scores(text, [gold]) for text, gold in zip(texts, golds, strict=True)]
            for measure, value in scores(together(texts), golds).items():
                mixed[measure].append(value or 0.0)
                each = zip(parts, sizes, strict=True)
                alone[measure].append(sum((part[measure] or 0.0) * size for part, size in each) / sum(sizes))
        row = "".join(f"{fmean(mixed[m]):15.3f} ({fmean(alone[m]):.3f})" for m in MEASURES)
        print(f"{'+'.join(pair):8}{row}", flush=True)


if __name__ == "__main__":
    main()
