"""Fits the weights of stage ``group`` on development pages, and says where they come from.

Whether a new article begins between two neighbours of the stream is a sum of evidence (``signals/continuity.py``),
so its weights are those of a logistic regression. The hand-set weights are where the fit starts from and is drawn
back to (a Gaussian prior), so that what no page tells of keeps its value, and no sample page may go wrong for the
sake of many others: it counts for more.

    python bench/fit.py                 fit, print old and new weights and the errors of both
    python bench/fit.py --write         the same, and renew profiles/default.toml and bench/weights.toml
    python bench/fit.py --check         fit again, and fail where the weights differ from bench/weights.toml

``bench/weights.toml`` holds the result with its provenance: pages, digest, options, counts. Test seeds are refused.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))  # before bench/, which has a press too

from bench import damage, trials

from relayout import pipeline, readers
from relayout.chars import canonical, has_han, ink
from relayout.layout import Block, Layout
from relayout.profile import choose, load
from relayout.stages import group as group_module
from test_variants import ALL

ROOT = Path(__file__).resolve().parents[1]
PROFILE = ROOT / "src" / "relayout" / "profiles" / "default.toml"
WEIGHTS = ROOT / "bench" / "weights.toml"
SAMPLES = (
    "takungpao-2025-07-16",
    "gangcheng-zaobao-2024-11-08",
    "dongjiang-ribao-2023-05-19",
    "harbour-courier-1925-04-15",
)
LETTERS = ("en", "de")  # styles set in letters; of the others only what comes in order is learnt from
IN_ORDER = ("pdftotext-raw",)
PIECE = 6  # characters by which a block is known in the gold
SAMPLE_WEIGHT = 4.0
SHEET_WEIGHT = 1.5  # the seed page in other clothes: there are 45
CASE_WEIGHT = 4.0  # the hand-made cases: short, but each shows one thing clearly
CASES = ("group", "rejoin", "part", "crown", "sign", "judge", "hang")
PRIOR = {"group.dateline": 5.0, "cut.dateline": 4.5}  # what else is seen there, a dateline opens a report
HELD = ("group.in-briefs", "cut.in-briefs", "group.introduced", "cut.introduced")  # by hand: no page shows them
MARKS = {ord(mark): None for mark in "⟨⟩"}
GROUPS = ("group", "cut")
MISSED = {"group": 1.4, "cut": 2.25}  # a missed cut spoils two articles; a false one is often joined again by rejoin
STAGES = [name for name, _ in pipeline.TEXT]


class Example(NamedTuple):
    """One gap between two blocks of the stream: what was seen there, and whether a new article begins.

    ``group`` names the weights that count there: ``group`` for Han text, ``cut`` for letters.
    """

    group: str
    seen: Mapping[str, float]
    cut: bool
    weight: float


def units_of(blocks: Sequence[Block], gold: Mapping[str, Any]) -> list[str]:
    """Return for each block the id of the gold unit that holds most of it, or nothing."""
    texts = [(u, _plain("".join(p["text"] for p in u["parts"]))) for u in gold["units"] if u["type"] != "caption"]
    found: list[str] = []
    for block in blocks:
        text = _plain(block.text)
        grams = {text[i : i + PIECE] for i in range(0, max(1, len(text) - PIECE + 1), 2)}
        shares = [(sum(gram in whole for gram in grams) / len(grams), unit["id"]) for unit, whole in texts]
        share, name = max(shares, default=(0.0, ""))
        found.append(name if share >= 0.5 else "")
    return found


def _plain(text: str) -> str:
    return ink(canonical(text)).replace("-", "")


def examples(data: bytes, name: str, gold: Mapping[str, Any], weight: float) -> Iterator[Example]:
    """Carry a page as far as ``group`` and yield its gaps, each seen as it is with the right articles before it."""
    reading = readers.read(data, name).value
    profile, _ = choose([line.text for page in reading.pages for line in page.lines])
    layout = Layout(reading.pages[0])
    for _, stage in pipeline.TEXT[: STAGES.index("group")]:
        layout = stage(layout, profile).value
    page = group_module.stream_of(layout, profile)
    if page is None:
        return
    names = units_of(layout.blocks, gold)
    for k in range(1, len(page.places)):
        one, two = names[page.places[k - 1]], names[page.places[k]]
        _, evidence = page.cut(k)
        if one and two and not any(seen.name == "belongs" for seen in evidence):
            group = "group" if has_han(layout.blocks[page.places[k]].text) else "cut"
            yield Example(group, {seen.name: seen.value for seen in evidence}, one != two, weight)


def told(case: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the units that a hand-made case expects (``tests/cases``)."""
    for n, unit in enumerate(case.get("expected", case["input"]).split("== ")[1:]):
        kind, *rows = unit.strip().splitlines()
        parts = [{"text": row.partition(": ")[2].translate(MARKS)} for row in rows]
        yield {"id": f"{kind} {n}", "type": kind.split()[0], "parts": parts}


def gathered(golds: Sequence[Path], extractors: Iterable[str]) -> list[Example]:
    """Return the examples of the pages and of the samples."""
    found: list[Example] = []
    for gold in golds:
        style, seed = trials.named(gold)
        if seed not in trials.DEV:
            raise ValueError(f"{style}-{seed} is a test page; nothing is fitted on those")
        truth = json.loads(gold.read_text(encoding="utf-8"))
        for extractor in trials.extractors(style, list(extractors)):
            if style not in LETTERS and extractor not in IN_ORDER:
                continue
            text = damage.damage(gold, extractor)
            found += examples(text.read_bytes(), text.name, truth, 1.0)
    for sample in SAMPLES:
        folder = ROOT / "samples" / sample
        truth = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
        found += examples((folder / "input.txt").read_bytes(), sample, truth, SAMPLE_WEIGHT)
    for name, sheet in sorted(ALL.items()):
        units = [{"id": u.id, "type": u.type, "parts": [{"text": p.text} for p in u.parts]} for u in sheet.gold.units]
        found += examples(sheet.text.encode(), f"{name}.txt", {"units": units}, SHEET_WEIGHT)
    for stage in CASES:
        for case in tomllib.loads((ROOT / "tests" / "cases" / f"{stage}.toml").read_text(encoding="utf-8"))["case"]:
            found += examples(case["input"].encode(), f"{stage}.txt", {"units": list(told(case))}, CASE_WEIGHT)
    return found


class Fit(NamedTuple):
    """The names of the weights, what they were, what they are now, and the errors of both on the examples."""

    group: str
    names: tuple[str, ...]
    before: tuple[float, ...]
    after: tuple[float, ...]
    wrong_before: int
    wrong_after: int
    examples: int


def fit(group: str, examples: Sequence[Example], prior: Mapping[str, float], strength: float) -> Fit:
    """Fit a logistic regression drawn to ``prior``; the same examples give the same weights."""
    found = [one for one in examples if one.group == group]
    names = tuple(sorted({name for one in found for name in one.seen}))
    seen = np.array([[one.seen.get(name, 0.0) for name in names] for one in found])
    cut = np.array([float(one.cut) for one in found])
    missed = MISSED.get(group, 1.0)
    weight = np.array([one.weight * (missed if one.cut else 1.0) for one in found])
    start = np.array([prior[f"{group}.{name}"] for name in names])

    bounds = [(one, one) if f"{group}.{name}" in HELD else (None, None) for name, one in zip(names, start, strict=True)]

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        sums = seen @ weights
        value = (weight * (np.logaddexp(0, sums) - cut * sums)).sum() + strength * ((weights - start) ** 2).sum()
        slope = seen.T @ (weight * (1 / (1 + np.exp(-sums)) - cut)) + 2 * strength * (weights - start)
        return float(value), slope

    best = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    wrong = [int(((seen @ weights > 0) != (cut > 0)).sum()) for weights in (start, best)]
    return Fit(group, names, tuple(start), tuple(round(float(one), 2) for one in best), wrong[0], wrong[1], len(found))


def written(results: Sequence[Fit], provenance: Mapping[str, object], old: Mapping[str, Any] | None = None) -> str:
    """Return ``weights.toml``: the groups that were fitted, and of the ``old`` file those that were not."""
    kept = dict(old or {"provenance": {}, "counts": {}, "prior": {}})
    for one in results:
        kept["provenance"] = {**kept["provenance"], one.group: provenance}
        kept[one.group] = dict(zip(one.names, one.after, strict=True))
        counts = {"gaps": one.examples, "wrong_before": one.wrong_before, "wrong_after": one.wrong_after}
        kept["counts"] = {**kept["counts"], one.group: counts}
        mine = {f"{one.group}.{name}": value for name, value in zip(one.names, one.before, strict=True)}
        others = {key: value for key, value in kept["prior"].items() if not key.startswith(f"{one.group}.")}
        kept["prior"] = others | mine
    rows = ["# Written by bench/fit.py --write; do not edit."]
    for group in (group for group in GROUPS if group in kept):
        told = kept["provenance"][group].items()
        rows += ["", f"[provenance.{group}]", *(f"{key} = {json.dumps(v, ensure_ascii=False)}" for key, v in told)]
        rows += ["", f"[{group}]", *(f"{name} = {value}" for name, value in kept[group].items())]
        rows += ["", f"[counts.{group}]", *(f"{name} = {value}" for name, value in kept["counts"][group].items())]
    rows += ["", "[prior]", *(f'"{key}" = {kept["prior"][key]}' for key in sorted(kept["prior"]))]
    return "\n".join(rows) + "\n"


def renew(profile: str, result: Fit) -> str:
    """Put the new weights into the text of a profile."""
    for name, value in zip(result.names, result.after, strict=True):
        pattern = rf"(\[numbers\.{result.group}\.{re.escape(name)}\]\nvalue = )\S+"
        profile, count = re.subn(pattern, lambda found, value=value: f"{found[1]}{value}", profile)
        if count != 1:
            raise ValueError(f"{result.group}.{name} stands {count} times in the profile")
    return profile


def prior() -> dict[str, float]:
    """Return what the weights are drawn to: those by hand to themselves, the others to zero."""
    return {name: value if name in HELD else PRIOR.get(name, 0.0) for name, value in load("default").numbers.items()}


def main() -> int:
    """Fit, print, and write or check where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--styles", default="hk,cn,en,de")
    parser.add_argument("--seeds", default="1-24")
    parser.add_argument("--extractors", default="pdftotext-raw,pdfminer,pdftotext")
    parser.add_argument("--strength", type=float, default=0.3)
    parser.add_argument("--folder", type=Path, default=trials.PAGES)
    parser.add_argument("--only", choices=GROUPS, help="fit one group, and leave the weights of the other as they are")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    jobs = [(style, seed) for style in asked.styles.split(",") for seed in trials.seeds(asked.seeds)]
    golds = trials.set_pages(jobs, asked.folder)
    found = gathered(golds, asked.extractors.split(","))
    results = [fit(group, found, prior(), asked.strength) for group in GROUPS if asked.only in (None, group)]
    for result in results:
        print(f"{result.group}: {result.examples} gaps, wrong before {result.wrong_before}, after {result.wrong_after}")
        for name, old, new in zip(result.names, result.before, result.after, strict=True):
            seen = sum(bool(one.seen.get(name)) for one in found if one.group == result.group)
            print(f"  {name:14s} {old:7.2f} -> {new:7.2f}   seen {seen} times")
    digest = hashlib.sha256("".join(gold.read_text(encoding="utf-8") for gold in golds).encode()).hexdigest()
    command = f"python bench/fit.py --styles {asked.styles} --seeds {asked.seeds} --extractors {asked.extractors}"
    only = f" --only {asked.only}" if asked.only else ""
    provenance = {
        "command": f"{command} --strength {asked.strength:g}{only} --write", "pages": len(golds), "gold_sha256": digest,
        "samples": list(SAMPLES),
    }  # fmt: skip
    if asked.check:
        kept = tomllib.loads(WEIGHTS.read_text(encoding="utf-8"))
        new = {(r.group, name): value for r in results for name, value in zip(r.names, r.after, strict=True)}
        apart = {name: v for (group, name), v in new.items() if abs(kept[group].get(name, 1e9) - v) > 0.02}
        print(f"{len(apart)} weights differ from {WEIGHTS.name}: {apart}" if apart else "the weights are the same")
        return bool(apart)
    if asked.write:
        old = tomllib.loads(WEIGHTS.read_text(encoding="utf-8")) if asked.only else None
        WEIGHTS.write_text(written(results, provenance, old), encoding="utf-8")
        text = PROFILE.read_text(encoding="utf-8")
        for result in results:
            text = renew(text, result)
        PROFILE.write_text(text, encoding="utf-8")
        print(f"written: {WEIGHTS.name}, {PROFILE.name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
