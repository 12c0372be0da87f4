"""Fit what says where a row is cut that holds lines of several columns with nothing between them.

    python bench/fit_cleaving.py            # fit, and print how many rows there are
    python bench/fit_cleaving.py --write    # and write src/relayout/profiles/fitted/cleaving.toml
    python bench/fit_cleaving.py --check    # fit again and compare with what was written
    python bench/fit_cleaving.py --seeds 1-6 --score    # how many cuts are found on these pages, how many are right

The weights are those with which the right way of each row is likeliest, given the right ways of the rows above it,
against all ways that the search found best under the weights before: those are found anew a few times.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import damage, glue, tables, trials
from bench.fit_moorings import fit
from bench.truth import digest

from relayout import readers
from relayout.chars import cells
from relayout.cleaving import EMPTY, Cleaver, Place, Way
from relayout.fitted import FOLDER
from relayout.fitted import tables as fitted
from relayout.floating import harbour
from relayout.model import Line
from relayout.ruling import Ruling
from relayout.ungluing import FIT, cleaver, inked, measure_of

FILE = FOLDER / f"{FIT}.toml"
ROUNDS = 5  # in which ways are found anew
BEST = 6  # ways of a row that are found each time
MISSED = 20  # rows that no way can be right for, on a page whose columns were not understood
LEFT = 0.12  # of a column, that a line may begin left of it
FIRST = {
    "cut": 0.5, "cut-word": -1.0, "cut-pair": -0.5, "word": 0.5, "pair": 0.5, "is-full-1": 0.5, "is-full-2": -0.5,
    "is-full-3": -1.5, "is-set-1": -1.5, "is-set-2": -3.0, "is-set-3": -4.0, "is-last-1": -1.0, "is-last-2": -2.5,
    "is-shown-1": -4.0, "is-shown-2": -4.0, "is-shown-3": -4.5, "is-shown-4": -5.0, "is-shown-5": -5.0,
    "open-full": 1.0, "open-last": 1.0, "open-set": -2.0, "last-set": 2.0, "stop-set": 1.0, "last-full": -0.5,
    "open-shown": -2.0, "none-shown": 1.0, "none-full": -0.5, "skip-open-due": -1.5,
    **{f"go-{above}-{far}": value for above in ("open", "stop", "last", "shown")
       for far, value in (("due", 1.0), ("early", -1.0), ("late", -0.5))},
}  # fmt: skip
"""Weights to begin with; what the pages hardly show keeps them."""


class Known(NamedTuple):
    """A page of rows: the search for it, at which character of the row as read each stands, where its lines are."""

    search: Cleaver
    at: list[list[int]]
    lines: list[list[tuple[int, float, float]]]
    ruling: Ruling


def known(gold: Path, weights: Mapping[str, float]) -> Known | None:
    """Return what is known of a page; nothing where its columns cannot be told."""
    if trials.named(gold)[1] not in trials.DEV:
        raise ValueError(f"{gold.name} is a test page; nothing is fitted on those")
    gaps = harbour(_lines(gold, "glued-gap"), han=True)
    lines = _lines(gold, "glued")
    texts, at = inked(lines)
    measure = measure_of([cells(text) for text in texts])
    if gaps is None or not measure:
        return None
    ruling = gaps.berths.ruling
    pdf = gold.with_name(gold.name.replace(".gold.json", ".pdf"))
    return Known(cleaver(texts, measure, ruling.columns, weights), at, glue.edges(pdf), ruling)


def _lines(gold: Path, extractor: str) -> tuple[Line, ...]:
    text = damage.damage(gold, extractor)
    return readers.read(text.read_bytes(), text.name).value.pages[0].lines


def right(page: Known, row: int) -> Way | None:
    """Return the way of a row that the gold tells; nothing where there is none."""
    numbers = {at: n for n, at in enumerate(page.at[row])}
    found: list[Place] = []
    free, size = 0, len(page.at[row])
    lines = page.lines[row]
    for (start, x0, x1), after in zip(lines, [*lines[1:], None], strict=True):
        i, j = numbers.get(start), size if after is None else numbers.get(after[0])
        pieces = [] if i is None or j is None else list(page.search.splinters.pieces(row, i, j))
        if not pieces:
            return None
        pitch = page.ruling.pitch
        column = max(free, int((x0 + LEFT * pitch) // pitch))
        span = max(1, round((x1 - x0 + page.ruling.gutter) / pitch))
        set_in = x0 - column * pitch > 2.5
        full = any(piece.below == "full" for piece in pieces)
        piece = min(
            pieces,
            key=lambda one: (
                abs(one.span - span) + ((one.below == "set") != set_in) / 2 + 0.4 * (full and one.below == "shown")
            ),
        )
        free = column + piece.span
        if free > page.search.count:
            return None
        found.append(Place(piece, column))
    return tuple(found)


def gathered(page: Known, ways: dict[int, dict[Way, Counter[str]]]) -> None:
    """Add to ``ways`` of each row what the search finds best below the right ways of the rows above, and what is seen.

    The right one comes first.
    """
    columns = (EMPTY,) * page.search.count
    for row in range(len(page.at)):
        good = right(page, row)
        if good is None:
            continue
        some = [way for _, way in page.search.ways(row, columns, page.search.options(row), BEST)]
        for way in (good, *some):
            kept = ways.setdefault(row, {})
            if way not in kept:
                kept[way] = Counter()
                for name, value in page.search.seen(columns, way, row):
                    kept[way][name] += value  # type: ignore[assignment]  # values are no whole numbers
        columns = page.search.after(columns, good, row)


def fitting(golds: list[Path]) -> tuple[dict[str, float], int]:
    """Return the weights, and of how many rows they come."""
    weights: dict[str, float] = dict(FIRST)
    pages = [page for gold in golds if (page := known(gold, weights)) is not None]
    pages = [page for page in pages if sum(right(page, row) is None for row in range(len(page.at))) <= MISSED]
    seen: list[dict[int, dict[Way, Counter[str]]]] = [{} for _ in pages]
    count = 0
    for _ in range(ROUNDS):
        for page, ways in zip(pages, seen, strict=True):
            page.search.weigh(weights)
            gathered(page, ways)
        groups = [
            [(n == 0, sights) for n, sights in enumerate(some.values())]
            for ways in seen
            for some in ways.values()
            if len(some) > 1
        ]
        count = len(groups)
        weights = {**FIRST, **{name: row[0] for name, row in fit(groups, 1.0).items()}}
        print(f"{count} rows, {sum(map(len, groups))} ways", flush=True)
    return weights, count


def score(golds: list[Path]) -> None:
    """Print how many of the true cuts are found, how many of those found are true, how many rows are right."""
    weights = {name: row[0] for name, row in fitted(FIT)["han"].items()}
    total = Counter[str]()
    for gold in golds:
        page = known(gold, weights)
        if page is None:
            print(f"{gold.name}: nothing is known of its columns")
            continue
        for at, lines, way in zip(page.at, page.lines, page.search.run(), strict=True):
            found, true = {at[one.piece.start] for one in way[1:]}, {line[0] for line in lines[1:]}
            total += Counter(found=len(found), true=len(true), both=len(found & true), right=found == true, rows=1)
        print(f"{gold.name}: {_shares(total)}, so far", flush=True)


def _shares(total: Mapping[str, int]) -> str:
    return (
        f"{total['both'] / max(total['true'], 1):.3f} of the cuts found, {total['both'] / max(total['found'], 1):.3f} "
        f"of those found right, {total['right'] / max(total['rows'], 1):.3f} of the rows right"
    )


def main() -> int:
    """Fit, print, and write or check where that is asked for; or score."""
    parser = tables.options(__doc__, "hk,cn", "glued", 1.0)
    parser.add_argument("--score", action="store_true")
    asked = parser.parse_args()
    golds = tables.pages(asked)
    if asked.score:
        score(golds)
        return 0
    weights, count = fitting(golds)
    made = {"han": {name: [weights[name]] for name in sorted(weights)}}
    provenance = {
        "command": tables.command("fit_cleaving", asked), "pages": len(golds), "rows": count,
        "gold_sha256": digest(golds),
    }  # fmt: skip
    print(f"{len(weights)} sights; {count} rows")
    if asked.check:
        return tables.checked(tomllib.loads(FILE.read_text(encoding="utf-8")), made)
    if asked.write:
        FILE.write_text(tables.written("fit_cleaving", provenance, made), encoding="utf-8")
        print(f"written: {FILE.name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
