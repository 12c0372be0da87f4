"""Fit what it counts for and against a piece of running text going on from another one, on pages that are known.

    python bench/fit_threads.py            # fit and print how often the right piece is found
    python bench/fit_threads.py --write    # and write src/relayout/profiles/fitted/threads.toml
    python bench/fit_threads.py --check    # fit again and compare with what was written

Every piece either begins a text or goes on from one other piece of its page; the gold says which. The weights are
those under which the right choices are likeliest (a conditional logit, McFadden 1974), drawn to zero.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import tables
from bench.truth import SAMPLE, Where, digest, shown, whereabouts

from relayout.fitted import FOLDER, Seen
from relayout.signals.succession import Piece, begins
from relayout.stages.thread import compared, parted

FILE = FOLDER / "threads.toml"
LEAST = 8  # choices, by what they count, that must show a sight before it is fitted
TABLES = ("begins", "follows")


class Choice(NamedTuple):
    """One piece: what says that a text begins there, what says that it goes on from each other piece, what is right.

    ``right`` counts the others from 1; 0 says that a text begins.
    """

    begins: Seen
    follows: tuple[Seen, ...]
    right: int
    weight: float


def right(found: Sequence[Piece], places: Sequence[tuple[Where | None, Where | None]], two: int) -> int | None:
    """Return the rank of the piece that ends right before ``two`` begins in its unit, -1 if none; ``None`` if unknown.

    ``places`` are those of the first and the last line of each piece.
    """
    here = places[two][0]
    if here is None:
        return None
    best, rank = (-1, -1), -1
    for one in range(len(found)):
        last = places[one][1]
        if one != two and last and last.unit == here.unit and last.role != "caption":
            at = last.part, last.stop
            if best < at <= (here.part, here.start + 1):
                best, rank = at, one
    return rank


def gathered(golds: Sequence[Path], extractors: Iterable[str]) -> list[Choice]:
    """Return the choices that the pages and the sample offer."""
    found: list[Choice] = []
    for page in shown(golds, extractors, "thread"):
        pieces = parted(page.layout, page.profile)
        seen = compared(pieces, page.layout)
        ends = [(p.blocks[0].paragraph.lines[0], p.blocks[-1].paragraph.lines[-1]) for p in pieces]
        there = whereabouts([line.text for line in page.layout.page.lines], page.gold)
        where = {line.place: one for line, one in zip(page.layout.page.lines, there, strict=True)}
        places = [(where[a.place], where[b.place]) for a, b in ends]
        for piece, others in zip(pieces, seen, strict=True):
            rank = right(pieces, places, piece.rank)
            if rank is None or (rank >= 0 and rank not in others):
                continue
            chosen = list(others).index(rank) + 1 if rank >= 0 else 0
            found.append(Choice(begins(piece), tuple(others.values()), chosen, page.weight))
    return found


class Fit(NamedTuple):
    """The weights of both tables, and at how many of the choices what they say for most is right."""

    tables: Mapping[str, Mapping[str, float]]
    right: int
    choices: int


def fit(found: Sequence[Choice], strength: float) -> Fit:
    """Fit the weights; the same choices give the same weights."""
    counts: Counter[tuple[int, str]] = Counter()
    for one in found:
        seen = {(0, name) for name, _ in one.begins} | {(1, name) for row in one.follows for name, _ in row}
        counts.update(dict.fromkeys(seen, int(one.weight)))
    names = sorted(key for key, count in counts.items() if count >= LEAST)
    at = {key: k for k, key in enumerate(names)}
    options = [(t, seen) for one in found for t, seen in ((0, one.begins), *((1, s) for s in one.follows))]
    cells = [
        (row, at[t, name], value) for row, (t, seen) in enumerate(options) for name, value in seen if (t, name) in at
    ]
    rows, cols, values = zip(*cells, strict=True)
    matrix = csr_matrix((values, (rows, cols)), shape=(len(options), len(names)))
    sizes = np.array([1 + len(one.follows) for one in found])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    chosen = starts + np.array([one.right for one in found])
    weight = np.array([one.weight for one in found])
    each = np.repeat(weight, sizes)

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        logs = matrix @ flat
        top = np.maximum.reduceat(logs, starts)
        odds = np.exp(logs - np.repeat(top, sizes))
        sums = np.add.reduceat(odds, starts)
        slope = each * odds / np.repeat(sums, sizes)
        slope[chosen] -= weight
        value = (weight * (np.log(sums) + top - logs[chosen])).sum() + strength / 2 * (flat**2).sum()
        return float(value), matrix.T @ slope + strength * flat

    flat = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    logs = matrix @ flat
    hits = sum(
        int(np.argmax(logs[a : a + size])) == one.right for a, size, one in zip(starts, sizes, found, strict=True)
    )
    tables = {
        table: {name: round(float(flat[at[t, name]]), 2) + 0.0 for t_, name in names if t_ == t}
        for t, table in enumerate(TABLES)
    }
    return Fit(tables, hits, len(found))


def written(result: Fit, provenance: Mapping[str, object]) -> str:
    """Return ``threads.toml``."""
    return tables.written("fit_threads", provenance, made(result))


def made(result: Fit) -> dict[str, dict[str, list[float]]]:
    """Return the tables of a fit."""
    return {table: {name: [value] for name, value in weights.items()} for table, weights in result.tables.items()}


def main() -> int:
    """Fit, print, and write or check where that is asked for."""
    asked = tables.options(__doc__, "en,de", "pdftotext-raw,pdftotext,pdfminer", 1.0).parse_args()
    golds = tables.pages(asked)
    result = fit(gathered(golds, asked.extractors.split(",")), asked.strength)
    provenance = {
        "command": tables.command("fit_threads", asked, f"--strength {asked.strength:g}"),
        "pages": len(golds), "choices": result.choices, "right": result.right, "gold_sha256": digest(golds),
        "sample": SAMPLE,
    }  # fmt: skip
    print(f"{sum(map(len, result.tables.values()))} sights; {result.right} of {result.choices} choices right")
    if asked.check:
        return tables.checked(tomllib.loads(FILE.read_text(encoding="utf-8")), made(result))
    if asked.write:
        FILE.write_text(written(result, provenance), encoding="utf-8")
        print(f"written: {FILE.name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
