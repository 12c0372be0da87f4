"""What the fits of tables share: their options, the file that they write, and how a fit is held against it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench import trials

Table = Mapping[str, Sequence[float]]
CLOSE = 0.05  # two fits whose weights differ by less are the same


def options(doc: str | None, styles: str, extractors: str, strength: float) -> argparse.ArgumentParser:
    """Return the options that all have; ``--folder`` is where the pages lie or are typeset."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--styles", default=styles)
    parser.add_argument("--seeds", default="1-24")
    parser.add_argument("--extractors", default=extractors)
    parser.add_argument("--strength", type=float, default=strength)
    parser.add_argument("--folder", type=Path, default=trials.PAGES)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--check", action="store_true")
    return parser


def pages(asked: argparse.Namespace) -> list[Path]:
    """Return the gold files of the pages asked for; those that are missing are typeset."""
    return trials.set_pages([(s, n) for s in asked.styles.split(",") for n in trials.seeds(asked.seeds)], asked.folder)


def command(script: str, asked: argparse.Namespace, *more: str) -> str:
    """Return the command that makes the same fit again."""
    words = (f"--styles {asked.styles} --seeds {asked.seeds} --extractors {asked.extractors}", *more)
    return " ".join((f"python bench/{script}.py", *words, "--write"))


def written(script: str, provenance: Mapping[str, object], tables: Mapping[str, Table]) -> str:
    """Return the TOML of ``tables``: each sight with its weights, rounded to two decimals.

    >>> print(written("fit_turns", {"pages": 2}, {"alone": {"small": [-0.001, 1.5]}}), end="")
    # Written by bench/fit_turns.py --write; do not edit.
    <BLANKLINE>
    [provenance]
    pages = 2
    <BLANKLINE>
    [alone]
    small = [0.00, 1.50]
    """
    rows = [f"# Written by bench/{script}.py --write; do not edit.", "", "[provenance]"]
    rows += [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in provenance.items()]
    for name, table in tables.items():
        rows += ["", f"[{name}]"]
        rows += [f"{sight} = [{', '.join(f'{round(v, 2) + 0.0:.2f}' for v in row)}]" for sight, row in table.items()]
    return "\n".join(rows) + "\n"


def apart(old: Mapping[str, Table], new: Mapping[str, Table]) -> float:
    """Return the largest difference between two weights; infinite where the sights are not the same ones.

    >>> apart({"a": {"small": [1.0]}}, {"a": {"small": [1.25]}}), apart({"a": {}}, {"a": {"small": [1.0]}})
    (0.25, inf)
    """
    if any(set(old[name]) != set(table) for name, table in new.items()):
        return float("inf")
    rows = [(old[name][sight], row) for name, table in new.items() for sight, row in table.items()]
    return max((abs(a - b) for one, two in rows for a, b in zip(one, two, strict=True)), default=0.0)


def checked(old: Mapping[str, Table], new: Mapping[str, Table]) -> int:
    """Say whether two fits are the same, and return the exit code."""
    far = apart(old, new)
    print("the weights are the same" if far <= CLOSE else f"the weights differ by {far:.2f}")
    return int(far > CLOSE)
