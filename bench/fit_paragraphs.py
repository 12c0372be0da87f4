"""Fit what speaks for a new paragraph between two sentences, where a vertical page came as one string.

    python bench/fit_paragraphs.py            # fit, and print how many paragraphs come out whole, here and elsewhere
    python bench/fit_paragraphs.py --write    # and write src/relayout/profiles/fitted/paragraphs.toml
    python bench/fit_paragraphs.py --check    # fit again and compare with what was written

A logistic regression, drawn to zero, of each gap between two sentences; the paragraph before it is that of the gold.
One table is for text with kana, one for text without.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import fit, fit_strings, fit_turns, tables, trials
from bench.truth import digest

from relayout.fitted import FOLDER
from relayout.sentences import Sentences, rarity
from relayout.squares import KANA, is_column, runs_of
from relayout.stages.stack import cut, sentences_of

FILE = FOLDER / "paragraphs.toml"
UNIT = 3  # what a gap between two articles counts beside one between two paragraphs


class Group(NamedTuple):
    """Sentences that follow each other; ``opens`` says of each what begins with it: nothing, or it counts so much."""

    table: str
    sentences: Sentences
    opens: Sequence[int | None]


def gathered(golds: Sequence[Path], extractors: Iterable[str]) -> Iterator[Group]:
    """Yield the sentences of the pages; test pages are refused."""
    for gold in golds:
        for extractor in extractors:
            page = fit_strings.sheet(gold, extractor)
            runs = list(runs_of(page.layout.page.lines))
            text = "\n".join("".join(line.text for line in run) for run in runs)
            table = "kana" if KANA.search(text) else "han"
            at = 0
            for run in runs:
                if is_column(run):
                    whole, found = cut(run, text, page.profile)
                    groups = sentences_of(found)
                    telling = rarity(whole[one.start : one.end] for group in groups for one in group)
                    for group in groups:
                        texts = [whole[one.start : one.end] for one in group]
                        starts = [at + len(fit._plain(whole[: one.start])) for one in group]
                        opens = [UNIT, *(_opens(page, start) for start in starts[1:])]
                        yield Group(table, Sentences(texts, telling, page.profile), opens)
                at += sum(len(fit._plain(line.text)) for line in run)


def _opens(page: fit_strings.Sheet, here: int) -> int | None:
    one, two = (next((p for p in page.parts if p[0] <= at < p[1]), None) for at in (here - 1, here))
    if one is None or two is None:
        return None
    return UNIT if one[2] != two[2] else int(one is not two)


def examples(groups: Iterable[Group]) -> list[fit_turns.Example]:
    """Return the gaps that the gold tells of, with what is seen there."""
    found: list[fit_turns.Example] = []
    for group in groups:
        start = 0
        for i in range(1, len(group.opens)):
            opens = group.opens[i]
            if opens is None:
                continue
            seen = (*group.sentences.here(i)[1:], *group.sentences.since(start, i))
            found += [(tuple((name, value) for name, value in seen if value), opens > 0)] * max(1, opens)
            start = i if opens else start
    return found


def fitted(groups: Sequence[Group], strength: float) -> dict[str, dict[str, list[float]]]:
    """Return the tables, rounded."""
    made = {
        name: fit_turns.fit(examples(one for one in groups if one.table == name), strength, ratio=False)
        for name in sorted({one.table for one in groups})
    }
    return {name: {sight: [round(value, 2) + 0.0] for sight, value in row.items()} for name, row in made.items()}


def score(groups: Iterable[Group], made: Mapping[str, Mapping[str, Sequence[float]]]) -> str:
    """Say how well the paragraphs, and the borders of articles, are found."""
    right = given = wanted = missed = borders = 0
    for group in groups:
        size = len(group.opens)
        found = group.sentences.paragraphs(made[group.table])
        true = [i for i, opens in enumerate(group.opens) if opens]
        right += len({*pairwise([*found, size])} & {*pairwise([*true, size])})
        given, wanted = given + len(found), wanted + len(true)
        inside = [i for i in true if i and group.opens[i] == UNIT]
        borders, missed = borders + len(inside), missed + len({*inside} - {*found})
    return f"F1 {2 * right / max(1, given + wanted):.3f}, {missed} of {borders} borders of articles missed"


def main() -> int:
    """Fit, print, and write or check where that is asked for."""
    parser = tables.options(__doc__, "tw,ja", "pdftotext-raw,pypdf", 1.0)
    parser.add_argument("--held", default="25-28", help="seeds of pages on which the fit is tried; none: ''")
    asked = parser.parse_args()
    golds, extractors = tables.pages(asked), asked.extractors.split(",")
    groups = list(gathered(golds, extractors))
    made = fitted(groups, asked.strength)
    for name in made:
        print(name, "here", score([one for one in groups if one.table == name], made))
    if asked.check:
        return tables.checked(tomllib.loads(FILE.read_text(encoding="utf-8")), made)
    if asked.held:
        jobs = [(style, seed) for style in asked.styles.split(",") for seed in trials.seeds(asked.held)]
        held = list(gathered(trials.set_pages(jobs, asked.folder), extractors))
        for name in made:
            print(name, "elsewhere", score([one for one in held if one.table == name], made))
    if asked.write:
        provenance = {
            "command": tables.command("fit_paragraphs", asked, f"--strength {asked.strength:g}"),
            "pages": len(golds), "gaps": sum(len(one.opens) - 1 for one in groups), "gold_sha256": digest(golds),
        }  # fmt: skip
        FILE.write_text(tables.written("fit_paragraphs", provenance, made), encoding="utf-8")
        print(f"written: {FILE.name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
