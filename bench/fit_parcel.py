"""Fits the weights of stage ``parcel``: which rectangle of columns is an article of its own.

A structured perceptron: each development page is cut with the weights so far, and they are moved towards what is seen
where it is cut as well as it can be, which is where most rectangles have the text of one article of the gold. The
result is the mean of the weights of all steps (Collins 2002), with a margin (Tsochantaridis et al. 2005).

    python bench/fit_parcel.py                 fit, print weights and how many articles are found
    python bench/fit_parcel.py --write         the same, and renew profiles/default.toml and bench/parcel.toml

Test seeds are refused.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import damage, trials

from relayout import readers
from relayout.chars import canonical
from relayout.layout import Layout
from relayout.modules import Shape, features
from relayout.parcelling import Cutter
from relayout.profile import load
from relayout.scenery import ASIDE, Scene, scene
from relayout.sheets import sheet
from relayout.stages.unweave import unweave

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "bench" / "out" / "pages"
PROFILE = ROOT / "src" / "relayout" / "profiles" / "default.toml"
WEIGHTS = ROOT / "bench" / "parcel.toml"
EXTRACTOR = "pdftotext-layout"
RIGHT = 0.9  # F1 of characters, from which on a rectangle is an article
COST = 0.12  # of an article that is none
MARGIN = 0.5
STEP, LIMIT = 0.03, 3.0  # of a page, and how much one sort of evidence counts at most
HELD = ("own-high", "own-high-2")  # what hand-made cases need, and development pages have hardly any of
FOREIGN = ("furniture", "advertisement", "notice", "caption")


class Page(NamedTuple):
    """A development page as ``parcel`` sees it: for each run, how many characters of each article stand in it."""

    name: str
    seen: Scene
    owners: list[Counter[str]]
    sizes: dict[str, int]


def dense(text: str) -> str:
    """Return the characters of a text that count."""
    return "".join(unicodedata.normalize("NFKC", canonical(text)).split())


def page(name: str, gold: dict[str, Any]) -> Page:
    """Look at a development page as far as ``parcel`` does."""
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
    return max(
        ((2 * size / (total + p.sizes[key]), key) for key, size in count.items() if key and p.sizes[key]),
        default=(0.0, ""),
    )


class Wanted(Cutter):
    """Cuts a page so that most articles of the gold are found; weights do not matter."""

    def __init__(self, p: Page) -> None:
        """Make ready for a page."""
        super().__init__(p.seen, {})
        self.page = p

    def value(self, shape: Shape) -> float:
        """Return how near a rectangle is to an article."""
        f1, _ = quality(self.page, shape)
        return float(f1 >= RIGHT) + 0.3 * f1 - COST if "article" in features(self.s, shape) else 0.001 * f1


class Feared(Cutter):
    """Cuts a page as the weights say, where a right rectangle is worth less by a margin."""

    def __init__(self, p: Page, weights: Mapping[str, float]) -> None:
        """Make ready for a page."""
        super().__init__(p.seen, weights)
        self.page = p

    def value(self, shape: Shape) -> float:
        """Return what speaks for a rectangle, less the margin."""
        return super().value(shape) - MARGIN * (quality(self.page, shape)[0] >= RIGHT)


def seen_of(p: Page, shapes: Iterable[Shape]) -> dict[str, float]:
    """Add up what is seen of the rectangles of a page."""
    found: defaultdict[str, float] = defaultdict(float)
    for shape in shapes:
        for name, value in features(p.seen, shape).items():
            found[name] += value
    return found


def fit(pages: Sequence[Page], start: Mapping[str, float], rounds: int) -> dict[str, float]:
    """Return the mean of the weights of all steps: of each page, towards the best way to cut it."""
    weights: defaultdict[str, float] = defaultdict(float, start)
    total: defaultdict[str, float] = defaultdict(float)
    wanted = {p.name: seen_of(p, Wanted(p).run()) for p in pages}
    order = list(pages)
    chance = random.Random(1)
    steps = 0
    for turn in range(rounds):
        chance.shuffle(order)
        for p in order:
            found, right = seen_of(p, Feared(p, weights).run()), wanted[p.name]
            for name in sorted({*found, *right}.difference(HELD)):
                weights[name] += (
                    STEP / (1 + 0.5 * turn) * max(-LIMIT, min(LIMIT, right.get(name, 0.0) - found.get(name, 0.0)))
                )
            if turn:  # the first round has yet to find the way
                for name, value in weights.items():
                    total[name] += value
                steps += 1
    return {name: round(value / steps, 2) for name, value in sorted(total.items())}


def score(pages: Sequence[Page], weights: Mapping[str, float]) -> str:
    """Return by style how many articles are found in one rectangle, and of how many."""
    found: dict[str, tuple[int, int]] = {}
    for p in pages:
        hit = {key for f1, key in (quality(p, shape) for shape in Cutter(p.seen, weights).run()) if f1 >= RIGHT}
        style = p.name.split("-")[0]
        one, two = found.get(style, (0, 0))
        found[style] = (one + len(hit), two + sum(size > 0 for size in p.sizes.values()))
    return ", ".join(f"{style} {one} of {two}" for style, (one, two) in found.items())


def main() -> None:
    """Fit, print, and write where it is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--styles", default="hk,cn,en,de")
    parser.add_argument("--seeds", default="1-20")
    parser.add_argument("--held", default="21-24")
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    styles = options.styles.split(",")
    sets = []
    for span in (options.seeds, options.held):
        first, last = map(int, span.split("-"))
        if not set(range(first, last + 1)) <= set(trials.DEV):
            sys.exit(f"{span}: only seeds {trials.DEV[0]}-{trials.DEV[-1]} are for development")
        names = [f"{style}-{n}" for style in styles for n in range(first, last + 1)]
        sets.append(
            [page(name, json.loads((PAGES / f"{name}.gold.json").read_text(encoding="utf-8"))) for name in names]
        )
    train, held = sets
    start: dict[str, float] = tomllib.loads(WEIGHTS.read_text(encoding="utf-8"))["start"]
    print("before: held out", score(held, in_force()))
    weights = fit(train, start, options.rounds)
    print("after: fitted on", score(train, weights), "; held out", score(held, weights))
    for name, value in weights.items():
        print(f"{name:20} {start.get(name, 0.0):6.2f} {value:6.2f}")
    if options.write:
        write(weights, start, options)


def in_force() -> dict[str, float]:
    """Return the weights of the profile."""
    numbers = load("default").numbers
    return {name.removeprefix("parcel."): value for name, value in numbers.items() if name.startswith("parcel.")}


def write(weights: dict[str, float], start: dict[str, float], options: argparse.Namespace) -> None:
    """Renew the weights in the profile and their provenance; where the fit starts stays as it is."""
    text = PROFILE.read_text(encoding="utf-8")
    for name, value in weights.items():
        text, count = re.subn(rf"(\[numbers\.parcel\.{name}\]\nvalue = )[^\n]+", rf"\g<1>{value}", text)
        if not count:
            print("not in the profile:", name)
    PROFILE.write_text(text, encoding="utf-8")
    command = f"python bench/fit_parcel.py --seeds {options.seeds} --rounds {options.rounds} --write"
    rows = [f"{name} = {value}" for name, value in sorted(weights.items())]
    head = ["# Written by bench/fit_parcel.py --write; do not edit.", "", "[provenance]", f'command = "{command}"', ""]
    first = [f"{name} = {value}" for name, value in sorted(start.items())]
    WEIGHTS.write_text("\n".join([*head, "[parcel]", *rows, "", "[start]", *first, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
