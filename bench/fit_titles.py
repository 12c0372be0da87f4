"""Fits what stage ``crown`` knows of titles: which short lines head which article.

Each page is one example: of all readings of its titles (``bench/readings.py``) that of the gold shall be likeliest.
Weights are drawn to zero.

    python bench/fit_titles.py --seeds 1-8             fit, print how many titles are read right, on these and others
    python bench/fit_titles.py --seeds 1-8 --write     the same, and renew profiles/fitted/titles.toml
    python bench/fit_titles.py --seeds 1-8 --check     fit again and compare with what was written
    python bench/fit_titles.py --strung …              the same for vertical pages that came as strings

Test seeds are refused.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))  # before bench/, which has a press too

from bench import readings, tables, trials, truth
from bench.readings import Page

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
STRUNG = FOLDER / "strung-titles.toml"
SAMPLES = ("takungpao-2025-07-16", "dongjiang-ribao-2023-05-19", "gangcheng-zaobao-2024-11-08", truth.SAMPLE)
SAMPLE_WEIGHT = 10.0
SHEET_WEIGHT, CASE_WEIGHT = 2.0, 5.0
STRENGTH = 1.0
LEAST = 6.0  # pages, by what they count, that must show a sight
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


def page(shown: truth.Shown, weight: float) -> Page | None:
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


def pages(golds: Sequence[Path], extractors: Sequence[str], *, samples: bool, strung: bool = False) -> list[Page]:
    """Carry the pages as far as ``crown``; with ``samples`` those as well; or those alone that came as strings."""
    found: list[Page] = []
    for gold in golds:
        style, _ = trials.named(gold)
        some = [one for one in trials.extractors(style, extractors) if strung or (one, style) not in BROKEN]
        shown = [one for one in truth.shown([gold], some, "crown") if one.name != truth.SAMPLE]
        shown = [one for one in shown if one.layout.strung or not strung]
        found += filter(None, (page(one, 1.0) for one in shown))
    if samples:
        found += filter(None, [page(shown, weight) for shown, weight in small()])
    return found


def small() -> Iterator[tuple[truth.Shown, float]]:
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


def main() -> int:
    """Fit, print, and write or check where it is asked for."""
    parser = tables.options(__doc__, "hk,cn,tw,ja,en,de", ",".join(EXTRACTORS), STRENGTH)
    parser.add_argument("--held", default="34-36", help="seeds of pages on which the fit is tried; none: ''")
    parser.add_argument("--strung", action="store_true", help="vertical pages that came as strings, and only those")
    asked = parser.parse_args()
    file = STRUNG if asked.strung else WRITTEN
    golds = tables.pages(asked)
    train = pages(golds, asked.extractors.split(","), samples=not asked.strung, strung=asked.strung)
    made = {"titles": {name: [round(v, 2)] for name, v in readings.fit(train, asked.strength, LEAST).items()}}
    weights = {name: row[0] for name, row in made["titles"].items()}
    print(len(train), "pages; fitted on", score(train, weights))
    if asked.held and not asked.check:
        held = trials.set_pages(
            [(s, n) for s in asked.styles.split(",") for n in trials.seeds(asked.held)], asked.folder
        )
        print("held out", score(pages(held, asked.extractors.split(","), samples=False, strung=asked.strung), weights))
    if asked.check:
        return tables.checked(tomllib.loads(file.read_text(encoding="utf-8")), made)
    if asked.write:
        more = f"--strength {asked.strength:g}{' --strung' * asked.strung}"
        provenance = {
            "command": tables.command("fit_titles", asked, more),
            "pages": len(train), "gold_sha256": truth.digest(golds), "samples": [] if asked.strung else list(SAMPLES),
        }  # fmt: skip
        file.write_text(tables.written("fit_titles", provenance, made), encoding="utf-8")
        print(f"written: {file.name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
