"""Fit what says that a stretch of lines goes on with another one, on pages that are known.

    python bench/fit_links.py            # fit, and print how many sights and choices there are
    python bench/fit_links.py --write    # and write src/relayout/profiles/fitted/links.toml
    python bench/fit_links.py --check    # fit again and compare with what was written

Each stretch chooses what it goes on with, and what it goes on from, among all others of the page and nothing: a
multinomial logistic regression, drawn to zero. Table ``follows`` has the weight of each sight of two stretches,
``ends`` and ``begins`` those of one that nothing goes on from, and that goes on from nothing.
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
from bench.truth import Where, carried, digest, whereabouts

from relayout.fitted import FOLDER, Seen
from relayout.links import REACH
from relayout.signals.stretches import Stretches
from relayout.stages.link import CROWDED, stretches_of

FILE = FOLDER / "links.toml"
LEAST = 15  # sightings of what is fitted
RUNNING = frozenset({"p", "item", "list-head", "subhead", "lead"})  # roles of the gold that follow each other
FOLLOWS, ENDS, BEGINS = TABLES = ("follows", "ends", "begins")
Named = tuple[str, Seen]  # a table, and what is seen


class Choices(NamedTuple):
    """What is seen of everything that can be chosen; which of it each choice is among, and which is right."""

    seen: list[Named]
    among: list[list[int]]
    right: list[int]


def gathered(golds: Sequence[Path], extractors: Iterable[str]) -> Choices:
    """Return the choices of the pages; test pages are refused."""
    found = Choices([], [], [])
    for gold in golds:
        style, seed = trials.named(gold)
        if seed not in trials.DEV:
            raise ValueError(f"{gold.name} is a test page; nothing is fitted on those")
        truth = json.loads(gold.read_text(encoding="utf-8"))
        for extractor in extractors:
            if style in trials.VERTICAL and extractor == "pdftotext":
                continue  # a matrix of characters, no lines
            text = damage.damage(gold, extractor)
            page = carried(text.read_bytes(), text.name, truth, 1.0, "link")
            stretches = stretches_of(page.layout, page.profile)
            if stretches is not None and len(stretches.found) <= CROWDED:
                _choices(stretches, whereabouts([line.text for line in page.layout.page.lines], truth), found)
    return found


def _choices(page: Stretches, there: Sequence[Where | None], found: Choices) -> None:
    """Add the choices of a page: those of which the gold says what is right, or that nothing is."""
    rows: dict[int, list[tuple[int, int, int]]] = {}
    for i, where in enumerate(there):
        if where and where.role in RUNNING:
            rows.setdefault(where.unit, []).append((where.part, where.start, i))
    after = {a[2]: b[2] for row in rows.values() for a, b in zip(sorted(row), sorted(row)[1:], strict=False)}
    before = {b: a for a, b in after.items()}
    first = {one.first: one.rank for one in page.found}
    last = {one.last: one.rank for one in page.found}
    at = {}
    for two in page.found:
        for one in page.found[max(0, two.rank - REACH) : two.rank + REACH]:
            if one is not two:
                at[one.rank, two.rank] = len(found.seen)
                found.seen.append((FOLLOWS, page.follows(one, two)))
    for one in page.found:
        for line, on, ends, table, seen in (
            (one.last, after, first, ENDS, page.ends(one)), (one.first, before, last, BEGINS, page.begins(one)),
        ):  # fmt: skip
            other = on.get(line)
            if there[line] is None or (other is not None and (other not in ends or ends[other] == one.rank)):
                continue
            pair = [(one.rank, k) if table is ENDS else (k, one.rank) for k in range(len(page.found))]
            nothing = len(found.seen)
            found.seen.append((table, seen))
            right = nothing
            if other is not None:
                link = (one.rank, ends[other]) if table is ENDS else (ends[other], one.rank)
                if link not in at:
                    continue
                right = at[link]
            found.among.append([*(at[p] for p in pair if p in at), nothing])
            found.right.append(right)


def fit(choices: Choices, strength: float) -> dict[str, dict[str, list[float]]]:
    """Return the weights of the three tables."""
    counts = Counter((table, name) for table, seen in choices.seen for name, _ in seen)
    names = sorted(one for one, count in counts.items() if count >= LEAST)
    at = {one: k for k, one in enumerate(names)}
    cells = [(r, at[t, n], v) for r, (t, seen) in enumerate(choices.seen) for n, v in seen if (t, n) in at]
    rows, cols, values = zip(*cells, strict=True)
    matrix = csr_matrix((values, (rows, cols)), shape=(len(choices.seen), len(names)))
    among = np.array([k for one in choices.among for k in one])
    group = np.repeat(np.arange(len(choices.among)), [len(one) for one in choices.among])
    starts = np.cumsum([0, *(len(one) for one in choices.among[:-1])])
    right = np.array(choices.right)
    taken = np.bincount(right, minlength=len(choices.seen))

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        sums = matrix @ flat
        most = np.maximum.reduceat(sums[among], starts)
        parts = np.exp(sums[among] - most[group])
        total = np.add.reduceat(parts, starts)
        value = (np.log(total) + most - sums[right]).sum() + strength / 2 * (flat**2).sum()
        slope = np.bincount(among, parts / total[group], minlength=len(choices.seen)) - taken
        return float(value), matrix.T @ slope + strength * flat

    flat = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    made: dict[str, dict[str, list[float]]] = {table: {} for table in TABLES}
    for (table, name), weight in zip(names, flat, strict=True):
        made[table][name] = [round(float(weight), 2) + 0.0]
    return made


def main() -> int:
    """Fit, print, and write or check where that is asked for."""
    asked = tables.options(__doc__, "hk,cn,tw,ja", "pdfminer,pdftotext", 1.0).parse_args()
    golds = tables.pages(asked)
    choices = gathered(golds, asked.extractors.split(","))
    made = fit(choices, asked.strength)
    provenance = {
        "command": tables.command("fit_links", asked, f"--strength {asked.strength:g}"),
        "pages": len(golds), "choices": len(choices.right), "gold_sha256": digest(golds),
    }  # fmt: skip
    print(f"{sum(map(len, made.values()))} sights; {len(choices.right)} choices")
    if asked.check:
        return tables.checked(tomllib.loads(FILE.read_text(encoding="utf-8")), made)
    if asked.write:
        FILE.write_text(tables.written("fit_links", provenance, made), encoding="utf-8")
        print(f"written: {FILE.name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
