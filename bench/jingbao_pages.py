"""Scores on folds of 1939 as pages of printed lines with boxes: geometry and text aligned, the articles to be found.

``python -m bench.jingbao_pages`` aligns the folds (see ``jingbao_align.py``), makes a page of each (see
``jingbao_sheets.py``), and prints what relayout makes of it beside three rules, on the days of development and on those
of the test. ``--write`` puts the report into ``docs/scorecard.md``, too. A fold is judged as one page.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from bench.jingbao import DATA, DEVELOPMENT, TEST
from bench.jingbao_align import Fold, aligned, folds
from bench.jingbao_sheets import VARIANTS, given, made
from bench.scan_baselines import BASELINES
from bench.scan_ours import fixed
from bench.scan_score import Tally, score

import relayout

MARKS = ("<!-- jingbao -->", "<!-- end of jingbao -->")
NAMES = {"lines": "relayout, bare lines", "regions": "relayout, polygons as regions"}
POLYGONS = {"every block an article": "every polygon an article"}


def report(days: Sequence[str], name: str, folder: Path = DATA) -> Iterator[str]:
    """Yield the report on some days: how much could be aligned, and the scores."""
    paths = folds(days, folder)
    if not paths:
        yield f"{name}: absent; RELAYOUT_DATA says where the folds are"
        return
    known = [aligned(text, geometry) for text, geometry in paths]
    yield from _aligned(name, known)
    rows: dict[str, Tally] = {}
    times: list[float] = []
    for fold in known:
        one = made(fold)
        for rule, give in BASELINES.items():
            tally = score(one.scan.units, give(one.sheet), one.scan.weights)
            rule = POLYGONS.get(rule, rule)
            rows[rule] = rows.get(rule, Tally()).plus(tally)
        for variant in VARIANTS:
            found = fixed(one.sheet, given=given(one, variant))
            times.append(found.seconds)
            tally = score(one.scan.units, found.units, one.scan.weights)
            rows[NAMES[variant]] = rows.get(NAMES[variant], Tally()).plus(tally)
    yield f"  {'':38}" + "".join(f"{measure:>12}" for measure in Tally().measures())
    yield from (_row(rule, tally.measures()) for rule, tally in rows.items())
    yield f"  relayout: {sum(times) / len(times):.2f} s a fold, {max(times):.2f} s the slowest"


def control(days: Sequence[str], folder: Path = DATA) -> Iterator[str]:
    """Yield how many articles find a place in the geometry of the same pages of the next day: none of them is right."""
    paths = [folds([day], folder) for day in days]
    pairs = [
        (text, geometry)
        for one, other in zip(paths, [*paths[1:], *paths[:1]], strict=True)
        for (text, _), (_, geometry) in zip(one, other, strict=False)
    ]
    known = [aligned(text, geometry) for text, geometry in pairs]
    placed, stories = sum(len(fold.places) for fold in known), sum(len(fold.stories) for fold in known)
    span = f"{days[0]} to {days[-1]}"
    yield f"control, {span}: against the geometry of a next day {placed} of {stories} articles are placed"


def _aligned(name: str, known: Sequence[Fold]) -> Iterator[str]:
    stories = sum(len(fold.stories) for fold in known)
    placed = sum(len(fold.places) for fold in known)
    weights = [sum(len(row.text) for row in story.rows) for fold in known for story in fold.stories]
    inside = sum(len(row.text) for fold in known for n in fold.places for row in fold.stories[n].rows)
    why = Counter(reason.partition(" ")[0] for fold in known for reason in fold.left.values())
    lost = sum(one.homes.count(-1) for fold in known for one in fold.places.values())
    twins = sum(fold.twins for fold in known)
    yield (
        f"{name}: {len(known)} folds, {placed} of {stories} articles placed, "
        f"{inside / max(1, sum(weights)):.3f} of their characters"
    )
    yield (
        f"  left out: {why['misfit']} that fit no group, {why['lines']} with too many lines over, {why['no']} without "
        f"a group; {lost} lines of placed ones; {twins} placed by their order, another group fits as well"
    )


def _row(name: str, measures: Mapping[str, float]) -> str:
    return f"  {name:38}" + "".join(f"{value:12.3f}" for value in measures.values())


def main() -> None:
    """Print the report; ``--write`` puts it into the scorecard, too."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of the texts; the geometry is beside it")
    parser.add_argument("--days", help="only these days (04-21,04-22), in one table")
    parser.add_argument("--control", action="store_true", help="align the days of development with wrong days, too")
    parser.add_argument("--write", action="store_true", help="renew the section Jingbao of docs/scorecard.md")
    options = parser.parse_args()
    tables = {"21 to 24 April, development": DEVELOPMENT, "25 to 27 April, test": TEST}
    if options.days:
        tables = {options.days: tuple(options.days.split(","))}
    lines = []
    for name, days in tables.items():
        for line in report(days, name, options.data):
            print(line, flush=True)
            lines.append(line)
    if options.control:
        lines += control(DEVELOPMENT, options.data)
        print(lines[-1])
    if options.write:
        from bench.scorecard import CARD, replaced  # the libraries of the plots come with it

        if options.days or not folds(TEST, options.data):
            raise SystemExit("nothing written: not all days are there")
        block = "\n".join(["```text", f"{date.today()}, relayout {relayout.__version__}", "", *lines, "```"])
        CARD.write_text(replaced(CARD.read_text("utf-8"), block, MARKS), "utf-8")


if __name__ == "__main__":
    main()
