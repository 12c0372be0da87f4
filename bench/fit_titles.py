"""Fits what stage ``crown`` knows of titles: which short lines head which article.

A structured perceptron, as ``fit_parcel.py``: each development page is read with the weights so far, and they are moved
towards what is seen where its titles are read as the gold has them. The result is the mean of the second half of all
steps.

    python bench/fit_titles.py                fit, print how many titles are read right
    python bench/fit_titles.py --write        the same, and renew profiles/fitted/titles.toml

Test seeds are refused.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))  # before bench/, which has a press too

from bench import trials, truth

from relayout.crowning import TITLES, Reader, Told, spans
from relayout.evaluate.nouns import HEADS
from relayout.evaluate.texts import dense, one_space
from relayout.fitted import FOLDER
from relayout.layout import Layout
from relayout.pieces import Part, parts, pieces
from relayout.signals.scenes import Scenes
from relayout.signals.telling import PART, PARTED, SAME
from test_variants import ALL

WRITTEN = FOLDER / "titles.toml"
SAMPLES = ("takungpao-2025-07-16", "dongjiang-ribao-2023-05-19", "gangcheng-zaobao-2024-11-08", truth.SAMPLE)
SAMPLE_WEIGHT = 10
SHEET_WEIGHT, CASE_WEIGHT = 2, 5
CASES = ("crown", "sign", "judge", "arrange", "part", "hang", "rejoin", "sever")
MARKS = {ord(mark): None for mark in "⟨⟩"}
APART = ("advertisement", "caption", "furniture")
EXTRACTORS = ("pdftotext", "pdftotext-raw", "pdfminer", "pypdf")
BROKEN = {
    ("pypdf", "tw"),
    ("pypdf", "ja"),
    *((e, s) for e in ("pdftotext", "pdftotext-raw") for s in ("tw", "ja")),
    ("pdftotext", "hk"),
    ("pdftotext", "cn"),
}
STEP = 0.5
MARGIN = 0.3


class Page(NamedTuple):
    """A page as ``crown`` gets it, ready to be read, and how the gold reads it."""

    name: str
    reader: Reader
    right: list[Told]
    weight: int


def page(shown: truth.Shown, weight: int) -> Page | None:
    """Look at the titles of a page; nothing where it has none."""
    layout, gold = shown.layout, shown.gold
    some = parts(layout)
    free = [a for a, article in enumerate(layout.articles) if not article.heads()]
    if not some or not free or layout.parcels or layout.squares:
        return None
    found, article = _found(some, layout, gold, free)
    known = [n for n, at in enumerate(found) if at is None or at[0] in article]
    some, found = [some[n] for n in known], [found[n] for n in known]
    if not some:
        return None
    reader = Reader(pieces(some, layout, shown.profile), Scenes.of(layout.articles), free, {})
    return Page(shown.name, reader, _right(some, found, article, gold, reader), weight)


def _found(
    some: Sequence[Part], layout: Layout, gold: Mapping[str, Any], free: Sequence[int]
) -> tuple[list[tuple[int, int] | None], dict[int, int]]:
    """Return for each piece of which unit and part of the gold it is, if it is a headline; and each unit's article."""
    prose = [(a, p.text) for a, article in enumerate(layout.articles) for p in article.parts]
    sought = {id(one.block) for one in some}
    others = [block.text for block in layout.blocks if id(block) not in sought]
    where = truth.whereabouts([*(one.text for one in some), *(text for _, text in prose), *others], gold)
    sizes: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for (a, text), place in zip(prose, where[len(some) :], strict=False):
        if place is not None:
            sizes[a][place.unit] += len(text)
    owner = {a: count.most_common(1)[0] for a, count in sizes.items()}
    article: dict[int, int] = {}
    for a in free:
        unit, size = owner.get(a, (-1, 0))
        told = unit >= 0 and gold["units"][unit]["type"] not in APART
        if told and (unit not in article or size > owner[article[unit]][1]):
            article[unit] = a
    heads = [
        (u, n, p["text"])
        for u, unit in enumerate(gold["units"])
        if unit["type"] not in APART
        for n, p in enumerate(unit["parts"])
        if p["role"] in HEADS
    ]
    flat = [(u, n) for u, unit in enumerate(gold["units"]) for n, _ in enumerate(unit["parts"])]
    other = {dense(p["text"]) for unit in gold["units"] for p in unit["parts"] if p["role"] not in HEADS}
    found: list[tuple[int, int] | None] = []
    for one, place in zip(some, where, strict=False):
        if place is not None and place.role in HEADS:
            found.append(flat[place.part])
            continue
        text = dense(one.text)
        fits = [(u, n) for u, n, whole in heads if text in dense(whole)]
        found.append(fits[0] if len(fits) == 1 and text not in other and len(text) > 3 else None)
    return found, article


def _right(
    some: Sequence[Part],
    found: Sequence[tuple[int, int] | None],
    article: Mapping[int, int],
    gold: Mapping[str, Any],
    reader: Reader,
) -> list[Told]:
    """Return how the gold reads the pieces."""
    told: list[Told] = []
    for i, at in enumerate(found):
        u = article.get(at[0]) if at else None
        last = told[-1] if told else Told(None)
        if at is None or u is None:
            told.append(Told(None))
        elif last.article == u and found[i - 1] is not None and reader.pieces[i].link != "apart":
            before = found[i - 1]
            if before == at:
                text = one_space(gold["units"][at[0]]["parts"][at[1]]["text"])
                parted = some[i - 1].text[-2:] + " " + some[i].text[:2] in text
                told.append(Told(u, PARTED if parted and reader.pieces[i].text[0] > "\u2e80" else SAME, last.titles))
            else:
                told.append(Told(u, PART, last.titles + 1) if last.titles < TITLES else Told(u, "", 1))
        else:
            told.append(Told(u, "", 1))
    return told


def pages(styles: Sequence[str], seeds: Sequence[int], extractors: Sequence[str], *, samples: bool) -> list[Page]:
    """Carry the pages as far as ``crown``; with ``samples`` those as well."""
    found: list[Page] = []
    for style in styles:
        for extractor in extractors:
            if (extractor, style) in BROKEN or extractor not in trials.extractors(style, [extractor]):
                continue
            golds = trials.set_pages([(style, seed) for seed in seeds])
            for shown in truth.shown(golds, [extractor], "crown"):
                if shown.name != truth.SAMPLE:
                    found += filter(None, [page(shown, 1)])
    if samples:
        found += filter(None, [page(shown, weight) for shown, weight in small()])
    return found


def small() -> Iterator[tuple[truth.Shown, int]]:
    """Yield the samples, the seed page in its other clothes, and the hand-made cases, each with its weight."""
    for name in SAMPLES:
        folder = truth.ROOT / "samples" / name
        gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
        yield truth.carried((folder / "input.txt").read_bytes(), name, gold, 1.0, "crown"), SAMPLE_WEIGHT
    for name, sheet in sorted(ALL.items()):
        units = [
            {"id": u.id, "type": u.type, "parts": [{"role": p.role, "text": p.text} for p in u.parts]}
            for u in sheet.gold.units
        ]
        yield truth.carried(sheet.text.encode(), f"{name}.txt", {"units": units}, 1.0, "crown"), SHEET_WEIGHT
    for stage in CASES:
        for case in tomllib.loads((truth.ROOT / "tests" / "cases" / f"{stage}.toml").read_text(encoding="utf-8"))[
            "case"
        ]:
            if not case.get("unchanged") and not case.get("xfail"):
                units = list(told_by(case["expected"]))
                yield truth.carried(case["input"].encode(), f"{stage}.txt", {"units": units}, 1.0, "crown"), CASE_WEIGHT


def told_by(expected: str) -> Iterator[dict[str, Any]]:
    """Yield the units that a hand-made case expects."""
    for n, unit in enumerate(expected.split("== ")[1:]):
        kind, *rows = unit.strip().splitlines()
        split = [row.partition(": ") for row in rows]
        parts = [{"role": role, "text": text.translate(MARKS)} for role, _, text in split if text]
        if parts:
            yield {"id": f"{kind} {n}", "type": kind.split()[0], "parts": parts}


def fit(some: Sequence[Page], rounds: int) -> dict[str, float]:
    """Return the mean of the weights of all steps."""
    weights: defaultdict[str, float] = defaultdict(float)
    total: defaultdict[str, float] = defaultdict(float)
    wanted = {id(p): p.reader.seen(p.right) for p in some}
    order = [p for p in some for _ in range(p.weight)]
    moved: defaultdict[str, float] = defaultdict(lambda: 1.0)
    chance = random.Random(1)
    steps = 0
    for turn in range(rounds):
        chance.shuffle(order)
        for p in order:
            p.reader.weigh(weights)
            _feared(p)
            found, right = p.reader.seen(p.reader.read(1)), wanted[id(p)]
            for name in sorted({*found, *right}):
                change = right.get(name, 0.0) - found.get(name, 0.0)
                if change:
                    moved[name] += change * change
                    weights[name] += STEP * change / moved[name] ** 0.5
            if 2 * turn >= rounds:  # the first rounds have yet to find the way
                for name, value in weights.items():
                    total[name] += value
                steps += 1
    return {name: round(value / steps, 3) for name, value in sorted(total.items())}


def _feared(p: Page) -> None:
    """Make every wrong reading worth more by a margin, so that the right one must win clearly."""
    for i, told in enumerate(p.right):
        p.reader.said[i] = [value + MARGIN * (u != told.article) for u, value in enumerate(p.reader.said[i])]
        p.reader.kept[i] += MARGIN * (told.article is not None)
        for key in p.reader.hung[i]:
            p.reader.hung[i][key] += MARGIN * (key[0] != told.label)
        p.reader.begun[i] = [value + MARGIN * bool(told.label) for value in p.reader.begun[i]]


def score(some: Sequence[Page], weights: Mapping[str, float]) -> str:
    """Return F1 of whole titles with their article, by style and extractor."""
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for p in some:
        p.reader.weigh(weights)
        found = p.reader.read()
        ones, twos = _titles(p.right), _titles(found)
        stem = p.name.split("-")[0] + " " + p.name.rsplit(".", 2)[-2][-10:] if p.weight == 1 else "samples"
        for n, value in enumerate((len(ones & twos), len(ones), len(twos))):
            counts[stem][n] += value
    rows = {stem: 2 * a / max(1, b + c) for stem, (a, b, c) in counts.items()}
    return f"mean {sum(rows.values()) / len(rows):.3f}: " + ", ".join(f"{k} {v:.2f}" for k, v in rows.items())


def _titles(found: Sequence[Told]) -> set[tuple[object, ...]]:
    titles: list[list[object]] = []
    for deck in spans(found):
        for i in deck:
            told = found[i]
            if told.article is None:
                continue
            if told.label in (SAME, PARTED) and titles:
                titles[-1] += [told.label, i]
            else:
                titles.append([told.article, i])
    return {tuple(one) for one in titles}


def main() -> None:
    """Fit, print, and write where it is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--styles", default="hk,cn,tw,ja,en,de")
    parser.add_argument("--seeds", default="1-8")
    parser.add_argument("--held", default="21-24")
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    styles = options.styles.split(",")
    train = pages(styles, trials.seeds(options.seeds), EXTRACTORS, samples=True)
    held = pages(styles, trials.seeds(options.held), EXTRACTORS, samples=False)
    weights = fit(train, options.rounds)
    print(len(train), "pages; fitted on", score(train, weights))
    print("held out", score(held, weights))
    if options.write:
        command = f"python bench/fit_titles.py --seeds {options.seeds} --rounds {options.rounds} --write"
        rows = [f'"{name}" = [{value}]' for name, value in weights.items() if value]
        head = ["# Written by bench/fit_titles.py --write; do not edit.", "", "[provenance]", f'command = "{command}"']
        WRITTEN.write_text("\n".join([*head, f"pages = {len(train)}", "", "[titles]", *rows, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
