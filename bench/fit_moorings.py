"""Fit what says in which column a row begins whose first white space is lost, on pages whose lines have known places.

    python bench/fit_moorings.py            # fit, and print how many rows there are
    python bench/fit_moorings.py --write    # and write src/relayout/profiles/fitted/moorings.toml
    python bench/fit_moorings.py --check    # fit again and compare with what was written

Each row of a page can stand in a few ways. The weights are those with which the right one is likeliest, given the
right ones above it: a regression over the ways of each row, drawn to zero. One table for pages in Han, one for
those in letters.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import damage, glue, tables, trials
from bench.truth import digest

from relayout import readers
from relayout.berths import Way
from relayout.fitted import FOLDER
from relayout.floating import FIT, Harbour, harbour
from relayout.moorings import Anchors
from relayout.threads import cloth

FILE = FOLDER / f"{FIT}.toml"
LEAST = 10  # ways that must show a sight
WIDE = 0.6  # of the measure: narrower pieces say little of where a row stands
NEAREST = 2  # ways in the right columns of which the nearest places are taken for right
FIRST = {
    "way": [1.0], "open-full": [0.8], "open-last": [0.8], "last-set": [1.0], "open-set": [-1.2], "last-full": [-1.0],
    "flow": [0.5], "word": [0.4], "far-open-1": [-1.0],
}  # fmt: skip
"""Weights to begin with: they only choose among right ways that differ by an indent."""
Choice = list[tuple[bool, Mapping[str, float]]]


def right(found: Harbour, known: Sequence[Mapping[int, float]]) -> list[list[Way]]:
    """Return for each row the ways that put its wide pieces into the right columns; none where no way does."""
    out: list[list[Way]] = []
    for row, ways, there in zip(found.rows, found.ways, known, strict=True):
        xs = [there.get(piece.start) for piece in row]
        wide = [
            (k, found.berths.column(x))
            for k, (piece, x) in enumerate(zip(row, xs, strict=True))
            if x is not None and piece.width >= WIDE * found.berths.ruling.measure
        ]
        good = [way for way in ways if wide and all(found.berths.column(way.xs[k]) == c for k, c in wide)]

        def far(way: Way, xs: Sequence[float | None] = xs) -> float:
            return sum(min(abs(a - b), 10.0) for a, b in zip(way.xs, xs, strict=True) if b is not None)

        out.append(sorted(good, key=far)[:NEAREST])
    return out


def choices(gold: Path, table: Mapping[str, list[float]]) -> Iterator[Choice]:
    """Give what is seen of every way of each row, below the right ways of the rows above it."""
    if trials.named(gold)[1] not in trials.DEV:
        raise ValueError(f"{gold.name} is a test page; nothing is fitted on those")
    text = damage.damage(gold, "glued-gap")
    lines = readers.read(text.read_bytes(), text.name).value.pages[0].lines
    woven = cloth(lines)
    found = harbour(lines, han=woven.han) if woven.floating else None
    if found is None:
        return
    good = right(found, glue.places(gold.with_name(gold.name.replace(".gold.json", ".pdf"))))
    search = Anchors(found.berths, found.looks, found.meets, {name: tuple(row) for name, row in table.items()})
    path = search.run([some or ways for some, ways in zip(good, found.ways, strict=True)])
    for row, (way, some, looks) in enumerate(zip(path, good, search.seen(found.ways, path), strict=True)):
        if way is None or not some:
            continue
        seen: dict[tuple[int, ...], Counter[str]] = {}
        for one, look in zip(found.ways[row], looks, strict=True):
            sights: Counter[str] = Counter()
            for name, value in look:
                sights[name] += value  # type: ignore[assignment]  # values are no whole numbers
            seen.setdefault(search.stands(row, one), sights)
        if len(seen) > 1:
            yield [(stands == search.stands(row, way), sights) for stands, sights in seen.items()]


def fit(groups: Sequence[Choice], strength: float) -> dict[str, list[float]]:
    """Return the weights with which the right way of each row is likeliest."""
    flat = [(n, sights) for n, group in enumerate(groups) for _, sights in group]
    counts = Counter(name for _, sights in flat for name in sights)
    names = sorted(name for name, count in counts.items() if count >= LEAST)
    at = {name: k for k, name in enumerate(names)}
    cells = [(r, at[n], v) for r, (_, sights) in enumerate(flat) for n, v in sights.items() if n in at]
    rows, cols, values = zip(*cells, strict=True)
    matrix = csr_matrix((values, (rows, cols)), shape=(len(flat), len(names)))
    chosen = np.array([float(good) for group in groups for good, _ in group])
    group_of = np.array([n for n, _ in flat])
    begins = np.flatnonzero(np.append(True, np.diff(group_of) > 0))

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        worth = matrix @ weights
        top = np.maximum.reduceat(worth, begins)
        odds = np.exp(worth - top[group_of])
        sums = np.add.reduceat(odds, begins)
        value = (np.log(sums) + top).sum() - (worth * chosen).sum() + strength / 2 * (weights**2).sum()
        return float(value), matrix.T @ (odds / sums[group_of] - chosen) + strength * weights

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    return {name: [round(float(weight), 2) + 0.0] for name, weight in zip(names, best, strict=True)}


def main() -> int:
    """Fit, print, and write or check where that is asked for."""
    asked = tables.options(__doc__, "hk,cn,en,de", "glued-gap", 1.0).parse_args()
    golds = tables.pages(asked)
    made: dict[str, dict[str, list[float]]] = {}
    count = 0
    for name, styles in (("han", ("hk", "cn")), ("letters", ("en", "de"))):
        mine = [gold for gold in golds if trials.named(gold)[0] in styles]
        groups = [choice for gold in mine for choice in choices(gold, FIRST)]
        made[name] = fit(groups, asked.strength)
        count += len(groups)
    provenance = {
        "command": tables.command("fit_moorings", asked, f"--strength {asked.strength:g}"),
        "pages": len(golds), "rows": count, "gold_sha256": digest(golds),
    }  # fmt: skip
    print(f"{sum(map(len, made.values()))} sights; {count} rows")
    if asked.check:
        return tables.checked(tomllib.loads(FILE.read_text(encoding="utf-8")), made)
    if asked.write:
        FILE.write_text(tables.written("fit_moorings", provenance, made), encoding="utf-8")
        print(f"written: {FILE.name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
