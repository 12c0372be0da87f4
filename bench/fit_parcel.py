"""Fits the weights of stage ``parcel``: which rectangle of columns is an article of its own.

Every rectangle that the stage looks at on a development page is an example: it is right where its text is that of an
article of the gold (``RIGHT``). The weights are those of a logistic regression, drawn to zero by a Gaussian prior; a page is
then cut so that most rectangles are expected to be right.

    python bench/fit_parcel.py                 fit, print weights and how many articles are found
    python bench/fit_parcel.py --write         the same, and renew profiles/default.toml and bench/parcel.toml

Test seeds are refused.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import damage

from relayout import readers
from relayout.chars import canonical
from relayout.layout import Layout
from relayout.modules import ASIDE, Scene, Shape, features, scene
from relayout.parcelling import Cutter
from relayout.profile import load
from relayout.sheets import sheet
from relayout.stages.unweave import unweave

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "bench" / "out" / "pages"
PROFILE = ROOT / "src" / "relayout" / "profiles" / "default.toml"
WEIGHTS = ROOT / "bench" / "parcel.toml"
EXTRACTOR = "pdftotext-layout"
RIGHT = 0.9  # F1 of characters, from which on a rectangle is an article
NEARLY = 0.3  # F1 from which on every wrong rectangle counts; of the others, one in OTHERS, for as many
OTHERS = 8
FOREIGN = ("furniture", "advertisement", "notice", "caption")


class Page(NamedTuple):
    """A development page as ``parcel`` sees it: for each run, how many characters of each article stand in it."""

    name: str
    seen: Scene
    owners: list[Counter[str]]
    sizes: dict[str, int]


def dense(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", canonical(text)).split())


def page(name: str, gold: dict[str, Any]) -> Page:
    path = damage.damage(PAGES / f"{name}.gold.json", EXTRACTOR)
    reading = readers.read(path.read_bytes(), path.name, "").value
    lines = [line for p in reading.pages for line in unweave(Layout(p), load("default")).value.page.lines]
    seen = scene(sheet(lines), load("default"))
    texts, sizes = {}, {}
    for unit in gold["units"]:
        if unit["type"] not in FOREIGN:
            texts[unit["id"]] = dense("".join(part["text"] for part in unit["parts"]))
            sizes[unit["id"]] = sum(
                len(dense(part["text"])) for part in unit["parts"] if part["role"] not in ("caption", "credit")
            )
    owners = []
    for n, run in enumerate(seen.runs):
        count: Counter[str] = Counter()
        if seen.kinds[n] != ASIDE:
            for i in run.lines:
                text = dense(lines[i].text)
                bare = text.rstrip("-‐")
                count[next((key for key, whole in texts.items() if text in whole or bare in whole), "")] += len(text)
        owners.append(count)
    return Page(name, seen, owners, sizes)


def quality(p: Page, shape: Sequence[Sequence[int]]) -> tuple[float, str]:
    """Return how well the text of a rectangle is that of one article (F1), and of which."""
    count: Counter[str] = Counter()
    for column in shape:
        for n in column:
            count.update(p.owners[n])
    total = sum(count.values())
    best = max(
        ((2 * size / (total + p.sizes[key]), key) for key, size in count.items() if key and p.sizes[key]),
        default=(0.0, ""),
    )
    return best


def examples(p: Page, weights: dict[str, float], limit: int) -> Iterator[tuple[dict[str, float], bool, float]]:
    """Give every rectangle that is looked at: what is seen of it, is it right, and how much it counts."""
    cutter = Cutter(p.seen, weights)
    shapes: dict[Shape, None] = dict.fromkeys(cutter.run())
    shapes |= dict.fromkeys(cutter.worths)
    others = 0
    for shape in shapes:
        found = features(p.seen, shape)
        if "article" not in found:
            continue
        f1, _ = quality(p, shape)
        if f1 >= NEARLY:
            yield found, f1 >= RIGHT, 1.0
        else:
            others += 1
            if others % limit == 0:
                yield found, False, float(limit)


def fit(rows: Sequence[tuple[dict[str, float], bool, float]], strength: float) -> dict[str, float]:
    names = sorted({name for found, _, _ in rows for name in found})
    at = {name: n for n, name in enumerate(names)}
    x = np.zeros((len(rows), len(names)))
    for i, (found, _, _) in enumerate(rows):
        for name, value in found.items():
            x[i, at[name]] = value
    y = np.array([1.0 if right else -1.0 for _, right, _ in rows])
    c = np.array([count for _, _, count in rows])

    def loss(w: Any) -> tuple[float, Any]:
        z = y * (x @ w)
        value = float((c * np.logaddexp(0.0, -z)).sum()) + strength * float(w @ w)
        slope = -(c * y / (1.0 + np.exp(np.clip(z, -50, 50)))) @ x + 2 * strength * w
        return value, slope

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return {name: round(float(w), 2) for name, w in zip(names, found.x, strict=True)}


def score(pages: Sequence[Page], weights: dict[str, float]) -> dict[str, tuple[int, int]]:
    """Return by style how many articles are found in one rectangle, and of how many."""
    found: dict[str, tuple[int, int]] = {}
    for p in pages:
        hit = {key for f1, key in (quality(p, shape) for shape in Cutter(p.seen, weights).run()) if f1 >= RIGHT}
        style = p.name.split("-")[0]
        one, two = found.get(style, (0, 0))
        found[style] = (one + len(hit), two + sum(size > 0 for size in p.sizes.values()))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--styles", default="hk,cn,en,de")
    parser.add_argument("--seeds", default="1-16")
    parser.add_argument("--held", default="25-30")
    parser.add_argument("--strength", type=float, default=2.0)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    styles = options.styles.split(",")
    sets = []
    for span in (options.seeds, options.held):
        first, last = map(int, span.split("-"))
        if last >= 1000:
            sys.exit("seeds from 1000 on are for tests")
        names = [f"{style}-{n}" for style in styles for n in range(first, last + 1)]
        sets.append(
            [page(name, json.loads((PAGES / f"{name}.gold.json").read_text(encoding="utf-8"))) for name in names]
        )
    train, held = sets
    weights = {k.removeprefix("parcel."): v for k, v in load("default").numbers.items() if k.startswith("parcel.")}
    for _ in range(options.rounds):
        rows = [row for p in train for row in examples(p, weights, OTHERS)]
        weights = fit(rows, options.strength)
        print(len(rows), "rectangles,", sum(right for _, right, _ in rows), "right")
        print("fitted on", score(train, weights), "held out", score(held, weights))
    print(weights)
    if options.write:
        write(weights, options)


def write(weights: dict[str, float], options: argparse.Namespace) -> None:
    """Renew the weights in the profile and their provenance."""
    text = PROFILE.read_text(encoding="utf-8")
    for name, value in weights.items():
        text, count = re.subn(rf"(\[numbers\.parcel\.{name}\]\nvalue = )[^\n]+", rf"\g<1>{value}", text)
        if not count:
            print("not in the profile:", name)
    PROFILE.write_text(text, encoding="utf-8")
    command = f"python bench/fit_parcel.py --seeds {options.seeds} --strength {options.strength:g} --write"
    rows = [f"{name} = {value}" for name, value in sorted(weights.items())]
    head = ["# Written by bench/fit_parcel.py --write; do not edit.", "", "[provenance]", f'command = "{command}"', ""]
    WEIGHTS.write_text("\n".join([*head, "[parcel]", *rows, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
