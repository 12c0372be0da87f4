"""Fit what says that a line goes on with that line, where columns were read row by row, on pages that are known.

    python bench/fit_turns.py            # fit, and print how many sights and examples there are
    python bench/fit_turns.py --write    # and write src/relayout/profiles/fitted/turns.toml
    python bench/fit_turns.py --check    # fit again and compare with what was written

Table ``follows`` has the weight of each sight of two lines: a logistic regression, drawn to zero, of the right next
line against those near by; its bias leaves out how seldom a line is the right one. Table ``alone`` has two weights of
each sight of one line: that nothing near by stands before it, and behind it.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import damage, tables, trials
from bench.truth import carried, digest, whereabouts

from relayout.fitted import FOLDER, Seen
from relayout.stages.untangle import scene_of

FILE = FOLDER / "turns.toml"
BACK, ON = 3, 13  # lines before and after that are asked
LEAST = 20  # examples that must show a sight
Example = tuple[Seen, bool]


class Examples(NamedTuple):
    """What is seen of two lines, of one that may begin a column, of one that may end it; and whether it is so."""

    follows: list[Example]
    begins: list[Example]
    ends: list[Example]


def gathered(golds: Sequence[Path], extractors: Iterable[str]) -> Examples:
    """Return the examples of the pages; test pages are refused."""
    found = Examples([], [], [])
    for gold in golds:
        if trials.named(gold)[1] not in trials.DEV:
            raise ValueError(f"{gold.name} is a test page; nothing is fitted on those")
        truth = json.loads(gold.read_text(encoding="utf-8"))
        for extractor in extractors:
            text = damage.damage(gold, extractor)
            page = carried(text.read_bytes(), text.name, truth, 1.0, "untangle")
            lines, scene, _ = scene_of(page.layout.page.lines)
            there = whereabouts([line.text for line in lines], truth)
            inside: dict[int, list[tuple[int, int, int]]] = {}
            for i, one in enumerate(there):
                if one:
                    inside.setdefault(one.unit, []).append((one.part, one.start, i))
            after = {a[2]: b[2] for row in inside.values() for a, b in zip(sorted(row), sorted(row)[1:], strict=False)}
            near = {a: b for a, b in after.items() if 0 < b - a <= ON}
            followers = set(near.values())
            for i, one in enumerate(there):
                if not one:
                    continue
                found.begins.append((scene.alone(i), i not in followers))
                found.ends.append((scene.alone(i), i not in near))
                for j in range(max(0, i - BACK), min(len(lines), i + ON)):
                    if j != i:
                        found.follows.append((scene.follows(i, j), after.get(i) == j))
    return found


def fit(examples: Sequence[Example], strength: float, *, ratio: bool) -> dict[str, float]:
    """Return the weights; with ``ratio`` the bias is that of a ratio of likelihoods, not of the odds."""
    counts = Counter(name for seen, _ in examples for name, _ in seen)
    names = sorted(name for name, count in counts.items() if count >= LEAST and name != "bias")
    at = {name: k for k, name in enumerate(names)}
    cells = [(r, at[n], v) for r, (seen, _) in enumerate(examples) for n, v in seen if n in at]
    rows, cols, values = zip(*cells, strict=True)
    matrix = csr_matrix((values, (rows, cols)), shape=(len(examples), len(names)))
    sign = np.array([1.0 if right else -1.0 for _, right in examples])

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        odds = sign * (matrix @ flat[:-1] + flat[-1])
        slope = -sign / (1 + np.exp(odds))
        value = np.logaddexp(0, -odds).sum() + strength / 2 * (flat[:-1] ** 2).sum()
        return float(value), np.append(matrix.T @ slope + strength * flat[:-1], slope.sum())

    flat = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    share = float((sign > 0).mean())
    prior = float(np.log(share / (1 - share))) if ratio else 0.0
    return {"bias": float(flat[-1]) - prior, **dict(zip(names, map(float, flat), strict=False))}


def fitted(examples: Examples, strength: float) -> dict[str, dict[str, list[float]]]:
    """Return both tables, rounded."""
    begins, ends = (fit(some, strength, ratio=False) for some in (examples.begins, examples.ends))
    pairs = fit(examples.follows, strength, ratio=True)
    return {
        "follows": {name: [round(value, 2) + 0.0] for name, value in pairs.items()},
        "alone": {name: [round(one[name], 2) + 0.0 for one in (begins, ends)] for name in begins},
    }


def main() -> int:
    """Fit, print, and write or check where that is asked for."""
    asked = tables.options(__doc__, "hk,cn", "pdftotext,pdfminer", 1.0).parse_args()
    golds = tables.pages(asked)
    examples = gathered(golds, asked.extractors.split(","))
    made = fitted(examples, asked.strength)
    provenance = {
        "command": tables.command("fit_turns", asked, f"--strength {asked.strength:g}"),
        "pages": len(golds), "lines": len(examples.begins), "pairs": len(examples.follows),
        "gold_sha256": digest(golds),
    }  # fmt: skip
    print(f"{sum(map(len, made.values()))} sights; {len(examples.begins)} lines, {len(examples.follows)} pairs")
    if asked.check:
        return tables.checked(tomllib.loads(FILE.read_text(encoding="utf-8")), made)
    if asked.write:
        FILE.write_text(tables.written("fit_turns", provenance, made), encoding="utf-8")
        print(f"written: {FILE.name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
