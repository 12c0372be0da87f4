"""Fit what the sights of Latin lines count for each reading of them, on development pages whose articles are known.

    python bench/fit_latin.py            # fit and print how well lines are read, before and after
    python bench/fit_latin.py --write    # and write src/relayout/profiles/fitted/letters.toml
    python bench/fit_latin.py --check    # fit again and compare with what was written

Every line of a page has one of twelve states: it begins or goes on with running text, a title, a label (byline,
rubric, credit, row of a table), a caption, furniture or an advertisement; the gold says which. The weights are those
under which the right states of all lines of a page together are likeliest (``chain.py``), drawn to zero.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import tables
from bench.chain import UNKNOWN, Example, Weights, fit
from bench.truth import SAMPLE, Where, carried, digest, shown, whereabouts

from relayout import ragged
from relayout.fitted import FOLDER
from relayout.ragged import ADVERT, CAPTION, FURNITURE, KINDS, LABEL, TEXT, TITLE
from relayout.signals.rows import rows

FILE = FOLDER / "letters.toml"
KIND = dict.fromkeys(("p", "lead", "item", "quote"), TEXT) | {"caption": CAPTION}
KIND |= {"furniture": FURNITURE, "advert": ADVERT}
KIND |= dict.fromkeys(("kicker", "head", "sub", "subhead", "crosshead", "list-head"), TITLE)


def headed(text: str) -> str:
    """Write the longer words of a title with capitals, as many newspapers do.

    >>> headed("Council votes to reopen baths")
    'Council Votes to Reopen Baths'
    """
    return " ".join(word[0].upper() + word[1:] if len(word) > SHORT else word for word in text.split(" "))


SHORT = 3  # letters of the words that are not written with a capital in a title
DRESSES: tuple[Mapping[str, Callable[[str], str]], ...] = (
    {"head": str.upper, "kicker": str.upper, "sub": headed}, {"head": headed, "rubric": str.upper}
)  # fmt: skip
LESSONS = Path(__file__).with_name("lessons.toml")
LESSON = 20.0  # pages that a lesson counts for
DRESSED = 1.0  # what a page counts whose titles the press did not set so


def states(places: Sequence[Where | None]) -> list[int]:
    """Return the state of each row: it goes on where it stands in the same part right behind the row before."""
    found: list[int] = []
    before: Where | None = None
    for one in places:
        if one is None:
            found.append(UNKNOWN)
        else:
            more = before is not None and before.part == one.part and abs(one.start - before.stop) <= 2
            found.append(2 * KIND.get(one.role, LABEL) + more)
        before = one
    return found


def gathered(golds: Sequence[Path], extractors: Iterable[str]) -> list[Example]:
    """Return the examples of the pages, each also with its titles in another dress, and of the sample in letters."""
    found: list[Example] = []
    for number, one in enumerate(shown(golds, extractors, "mend")):
        lines = one.layout.page.lines
        printed = rows(lines)
        places = whereabouts([" ".join(lines[i].text for i in row) for row in printed], one.gold)
        right = states(places)
        for dress in ({}, DRESSES[number % len(DRESSES)]) if one.name != SAMPLE else ({},):
            texts = [line.text for line in lines]
            for row, place in zip(printed, places, strict=True):
                for i in row if place else ():
                    texts[i] = dress.get(place.role, str)(texts[i])
            dressed = tuple(replace(line, text=text) for line, text in zip(lines, texts, strict=True))
            layout = replace(one.layout, page=replace(one.layout.page, lines=dressed))
            seen = ragged.sights(layout, printed, one.profile)
            found.append(Example(one.name, seen.alone, seen.joint, right, one.weight if not dress else DRESSED))
    return found + list(lessons())


def lessons() -> Iterator[Example]:
    """Yield the short texts of ``lessons.toml``, which say of each of their lines what it is; ``_`` is a blank line."""
    for number, lesson in enumerate(tomllib.loads(LESSONS.read_text(encoding="utf-8"))["lesson"]):
        told = [line.split(maxsplit=1) for line in lesson["lines"].strip().split("\n")]
        text = "".join(f"{one[1] if len(one) > 1 else ''}\n" for one in told)
        page = carried(text.encode(), f"lesson-{number}", {}, LESSON, "mend")
        marks = [one[0] for one in told if len(one) > 1]
        right: list[int] = []
        for mark in marks:
            right.append(right[-1] | 1 if mark == "+" else 2 * KINDS.index(mark))
        seen = ragged.sights(page.layout, rows(page.layout.page.lines), page.profile)
        yield Example(page.name, seen.alone, seen.joint, right, LESSON)


def scored(examples: Sequence[Example]) -> dict[str, float]:
    """Return how well the weights in force read the examples: lines, line ends, and whole blocks of each kind (F1)."""
    lines = Counter[str]()
    for one in examples:
        path, _ = ragged.best(one.alone, one.joint)
        known = [(a, b) for a, b in zip(path, one.states, strict=True) if b != UNKNOWN]
        lines["all"] += len(known)
        lines["right"] += sum(a == b for a, b in known)
        lines["joints"] += sum(a % 2 == b % 2 for a, b in known)
        right, found = blocks(one.states), blocks(path)
        for kind, name in enumerate(KINDS):
            ones, twos = ({block for block in some if block[2] == kind} for some in (right, found))
            lines[f"{name}-both"] += 2 * len(ones & twos)
            lines[f"{name}-sum"] += len(ones) + len(twos)
    shares = {"lines": lines["right"] / lines["all"], "line ends": lines["joints"] / lines["all"]}
    return shares | {name: lines[f"{name}-both"] / max(1, lines[f"{name}-sum"]) for name in KINDS}


def blocks(path: Sequence[int]) -> set[tuple[int, int, int]]:
    """Return the blocks of a reading: where each begins and ends, and its kind."""
    starts = [i for i, state in enumerate(path) if state == UNKNOWN or state % 2 == 0]
    return {(a, b, path[a] // 2) for a, b in zip(starts, [*starts[1:], len(path)], strict=True) if path[a] != UNKNOWN}


def written(weights: Weights, provenance: Mapping[str, object]) -> str:
    """Return ``letters.toml``."""
    return tables.written("fit_latin", provenance, made(weights))


def made(weights: Weights) -> dict[str, dict[str, list[float]]]:
    """Return the tables of a fit."""
    both = (("itself", weights.alone, weights.itself), ("between", weights.joint, weights.between))
    return {
        table: {name: list(row) for name, row in zip(names, values.tolist(), strict=True)}
        for table, names, values in both
    }


def kept() -> Weights | None:
    """Return the weights that were written."""
    if not FILE.exists():
        return None
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    one, two = data["itself"], data["between"]
    return Weights(tuple(one), tuple(two), np.array(list(one.values())), np.array(list(two.values())))


def main() -> int:
    """Fit, print, and write or check where that is asked for."""
    parser = tables.options(__doc__, "en,de", "pdftotext-raw,pdftotext,pdfminer", 1.0)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--warm", action="store_true", help="start from what was written")
    parser.add_argument("--score", action="store_true", help="fit nothing, say how well the weights in force read")
    asked = parser.parse_args()
    golds = tables.pages(asked)
    found = gathered(golds, asked.extractors.split(","))
    if asked.score:
        for extractor in asked.extractors.split(","):
            some = [one for one in found if f".{extractor}." in one.name]
            print(extractor, {name: round(value, 3) for name, value in scored(some).items()})
        return 0
    weights = fit(found, asked.strength, asked.rounds, kept() if asked.warm else None)
    provenance = {
        "command": tables.command("fit_latin", asked, f"--strength {asked.strength:g} --rounds {asked.rounds}"),
        "pages": len(golds), "lines": sum(len(one.states) for one in found), "gold_sha256": digest(golds),
        "sample": SAMPLE,
    }  # fmt: skip
    print(f"{len(weights.alone)} sights alone, {len(weights.joint)} with the line before, {provenance['lines']} lines")
    if asked.check:
        return tables.checked(tomllib.loads(FILE.read_text(encoding="utf-8")), made(weights))
    if asked.write:
        FILE.write_text(written(weights, provenance), encoding="utf-8")
        print(f"written: {FILE.name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
