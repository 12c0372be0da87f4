"""Pages with known articles as pictures: drawn, recognised by Tesseract, and held against their gold.

    python -m bench.scan_pictures [--style en …] [--seeds 1-2] [--dpi 300] [--articles]

A page of the press (``bench/press``) is drawn, and goes through ``relayout.fix`` as a picture. The table shows how many
articles come out at 0.90 of their gold, as everywhere; and why others do not. Characters of the gold are aligned with
those that came out (``relayout.evaluate``). An article is *read* if nine in ten of its characters are anywhere on the
page that came out, else Tesseract has lost it; it is *apart* if of what was read of it and of the article that has most
of it, nine in ten are in both: then the page was cut well, whatever was read. With ``--articles`` every article that is
not apart is shown.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from bench import trials

import relayout
from relayout import evaluate, pictures, readers
from relayout.evaluate.align import align
from relayout.evaluate.articles import is_article, length
from relayout.evaluate.nouns import Unit, figures_apart
from relayout.writers import WRITERS

LANGUAGES = {"en": "eng", "de": "deu", "cn": "chi_sim", "hk": "chi_tra", "tw": "chi_tra_vert", "ja": "jpn_vert"}
NEAR = 0.90


class Found(NamedTuple):
    """What became of a page: shares of its articles, pair F1 of what was read, and what is shown of the others."""

    near: float
    read: float
    apart: float
    pair_f1: float
    shown: tuple[str, ...] = ()


def installed() -> frozenset[str]:
    """Return the languages that Tesseract has here; none where it is not installed."""
    if not shutil.which("tesseract"):
        return frozenset()
    out = subprocess.run(["tesseract", "--list-langs"], capture_output=True, check=True, text=True).stdout
    return frozenset(out.split("\n")[1:])


def found(gold: Path, style: str, dpi: int) -> Found:
    """Draw a page, let it be recognised, and score it."""
    pdf = gold.with_name(gold.name.replace(".gold.json", ".pdf"))
    box = readers.read(pdf.read_bytes(), pdf.name).value.pages[0].box
    assert box
    drawn = pictures.pages(pdf.read_bytes(), [1], round(box.width * dpi / 72), "image/png")[1].data
    issue = relayout.fix(drawn, name=f"{pdf.stem}.png", ocr="tesseract", lang=LANGUAGES[style])
    (written,) = WRITERS["json"].render(issue).values()
    return scored(evaluate.read_gold(gold), evaluate.parse_prediction(written, "page.json", "json"))


def scored(truth: evaluate.Truth, prediction: evaluate.Prediction) -> Found:
    """Say how many articles of a page are near their gold, how many were read, and how many are apart.

    >>> from relayout.evaluate.nouns import Part
    >>> one = Unit("a1", "article", (Part("head", "Fire"), Part("p", "It was put out by the people of the street.")))
    >>> scored(evaluate.Truth((one,)), evaluate.Prediction((one,)))[:3]
    (1.0, 1.0, 1.0)
    """
    gold = [one for unit in truth.units for one in figures_apart(unit)]
    given = [one for unit in prediction.units for one in figures_apart(unit)]
    shared = align(gold, given).shared()
    of_gold: Counter[int] = Counter()
    of_given: Counter[int] = Counter()
    for (i, j), count in shared.items():
        of_gold[i] += count
        of_given[j] += count
    read, apart, shown = [], [], []
    for i, unit in enumerate(gold):
        if not is_article(unit):
            continue
        best = max((j for n, j in shared if n == i), key=lambda j, i=i: shared[i, j], default=-1)
        both = 2 * shared[i, best] / (of_gold[i] + of_given[best]) if best >= 0 else 0.0
        read.append(of_gold[i] >= NEAR * length(unit))
        apart.append(both >= NEAR)
        if not apart[-1]:
            shown += _shown(unit, of_gold[i], [(given[j], shared[n, j]) for n, j in shared if n == i])
    scores = evaluate.score(truth, prediction)
    return Found(float(scores.articles_90 or 0), fmean(read), fmean(apart), float(scores.pair_f1 or 0), tuple(shown))


def _shown(unit: Unit, count: int, others: Iterable[tuple[Unit, int]]) -> Iterator[str]:
    yield f"    {unit.parts[0].text[:40]}: {count} of {length(unit)} characters read"
    for other, shared in sorted(others, key=lambda one: -one[1])[:4]:
        yield f"      {shared:6} of {length(other):6} in {other.kind} {other.parts[0].role} {other.parts[0].text[:40]}"


def report(styles: Iterable[str], seeds: Iterable[int], dpi: int, *, articles: bool) -> Iterator[str]:
    """Yield the lines of the table: a row a page, and the mean of each style."""
    yield f"{'':10}{'>= .90':>9}{'read':>9}{'apart':>9}{'pair F1':>9}"
    have = installed()
    every: list[Found] = []
    for style in styles:
        if LANGUAGES[style] not in have:
            yield f"{style:10}left out: Tesseract has no {LANGUAGES[style]} here"
            continue
        for gold in trials.set_pages([(style, seed) for seed in seeds]):
            every.append(found(gold, style, dpi))
            yield _row(gold.name.split(".")[0], [every[-1]])
            yield from every[-1].shown if articles else ()
    if every:
        yield _row("all", every)


def _row(name: str, some: Iterable[Found]) -> str:
    return f"{name:10}" + "".join(f"{fmean(values):9.3f}" for values in list(zip(*some, strict=True))[:4])


def main(words: Iterable[str]) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.scan_pictures", description="Articles on pictures of pages.")
    parser.add_argument("--style", nargs="*", default=list(LANGUAGES), choices=list(LANGUAGES))
    parser.add_argument("--seeds", default="1-2")
    parser.add_argument("--dpi", type=int, default=300)
    parser.add_argument("--articles", action="store_true", help="show what became of the articles that are not apart")
    chosen = parser.parse_args(list(words))
    for line in report(chosen.style, trials.seeds(chosen.seeds), chosen.dpi, articles=chosen.articles):
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
