"""Tables of fitted weights: what each sight counts for each of several readings.

A table is too long for a profile, where every number has a reason of its own; it has one provenance, and a command of
``bench/`` writes it anew. It is read when a page first asks for it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

FOLDER = Path(__file__).with_name("profiles") / "fitted"
Seen = tuple[tuple[str, float], ...]
Table = Mapping[str, tuple[float, ...]]


@cache
def tables(name: str) -> Mapping[str, Table]:
    """Return the tables of the fit called ``name``: for each sight a weight for each column.

    >>> len(tables("letters")["itself"]["bias"])
    12
    """
    data = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    return MappingProxyType({
        key: MappingProxyType({sight: tuple(map(float, row)) for sight, row in table.items()})
        for key, table in data.items() if key != "provenance"
    })  # fmt: skip


def columns(table: Table, seen: Iterable[tuple[str, float]], count: int) -> list[float]:
    """Return the sum for each of ``count`` columns; a sight that the fit never met counts nothing.

    >>> columns({"a": (1.0, 2.0)}, (("a", 0.5), ("b", 1.0)), 2)
    [0.5, 1.0]
    """
    sums = [0.0] * count
    for name, value in seen:
        row = table.get(name)
        if row:
            for k, weight in enumerate(row):
                sums[k] += weight * value
    return sums
