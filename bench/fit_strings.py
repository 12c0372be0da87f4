"""Searches the numbers by which the string of a vertical page is cut into titles and texts (``string.*``).

What a reading costs is no sum of single decisions, so one number after the other is tried a step up and down, and
kept where the pages come out better, until no step helps. A page is judged by the borders of the parts of its gold:
what a border that was missed, and one that is none, costs is in ``MISSED`` and ``FALSE``.

    python bench/fit_strings.py --style tw --seeds 1-12     print the numbers that are better, and what they are worth

It writes nothing: what helps pages of one style is weighed against the other by hand (docs/fit.md).
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import damage, fit, trials

from relayout import pipeline, readers
from relayout.layout import Layout
from relayout.profile import Profile, choose
from relayout.stages.stack import stack

EXTRACTORS = ("pdftotext-raw", "pypdf")
TEXTS = ("p", "lead")
MISSED = {"unit": 2.0, "text": 1.5, "title": 0.5, "paragraph": 0.3}
FALSE = {"sentence": 0.3, "text": 1.5, "title": 0.7}
STEPS = (0.7, 1.4)
ROUNDS = 2


class Sheet(NamedTuple):
    """A page as it comes before ``stack``, and its parts: where they stand in its string, unit and role."""

    layout: Layout
    profile: Profile
    string: str
    parts: tuple[tuple[int, int, str, str], ...]


def sheet(gold: Path, extractor: str) -> Sheet:
    """Read a page and find the parts of its gold in its string."""
    if trials.named(gold)[1] not in trials.DEV:
        raise ValueError(f"{gold.name} is a test page; nothing is fitted on those")
    text = damage.damage(gold, extractor)
    reading = readers.read(text.read_bytes(), text.name).value
    profile, _ = choose([line.text for page in reading.pages for line in page.lines])
    layout = pipeline.run(reading.pages[0], profile, pipeline.until("clean")).value
    string = "".join(fit._plain(line.text) for line in layout.page.lines)
    truth = json.loads(gold.read_text(encoding="utf-8"))
    parts: list[tuple[int, int, str, str]] = []
    for unit in truth["units"]:
        for part in unit["parts"]:
            plain = fit._plain(part["text"])
            at = string.find(plain)
            if len(plain) > 1 and at >= 0 and string.find(plain, at + 1) < 0:
                parts.append((at, at + len(plain), unit["id"], part["role"]))
    return Sheet(layout, profile, string, tuple(sorted(parts)))


def cost(page: Sheet, numbers: Mapping[str, float]) -> float:
    """Return what the borders that ``stack`` finds with these numbers cost."""
    profile = replace(page.profile, numbers=MappingProxyType({**page.profile.numbers, **numbers}))
    found: set[int] = set()
    at = 0
    for line in stack(page.layout, profile).value.page.lines:
        found.add(at)
        at += len(fit._plain(line.text))
    total = 0.0
    ended: tuple[int, int, str, str] = (0, 0, "", "")
    for part in page.parts:
        start, end, unit, role = part
        if start not in found:
            near = ended[1] == start
            kind = "unit" if not near or ended[2] != unit else "title"
            if kind == "title" and (role in TEXTS or ended[3] in TEXTS):
                kind = "paragraph" if role in TEXTS and ended[3] in TEXTS else "text"
            total += MISSED[kind]
        for place in found & set(range(start + 1, end)):
            if role in TEXTS:
                total += FALSE["sentence" if page.string[place - 1] in "。」！？" else "text"]
            else:
                total += FALSE["title"]
        ended = part
    return total


def _cost(job: tuple[Sheet, Mapping[str, float]]) -> float:
    return cost(*job)


def search(pages: Sequence[Sheet], names: Sequence[str]) -> tuple[dict[str, float], float, float]:
    """Return the numbers that differ from those in force, and what the pages cost before and after."""
    best: dict[str, float] = {}
    global _PAGES
    _PAGES = pages
    with multiprocessing.get_context("fork").Pool(trials.WORKERS) as pool:

        def whole(numbers: Mapping[str, float]) -> float:
            return sum(pool.map(_numbered, [(k, dict(numbers)) for k in range(len(pages))], chunksize=2))

        before = least = whole({})
        for _ in range(ROUNDS):
            old = least
            for name in names:
                now = best.get(name, pages[0].profile.numbers[name])
                for step in STEPS:
                    trial = {**best, name: round(now * step, 2)}
                    price = whole(trial)
                    if price < least - 0.5:
                        best, least = trial, price
                        print(f"  {name} {now:g} -> {trial[name]:g}: {least:.1f}", flush=True)
                        break
            if old - least < 2:
                break
    return best, before, least


_PAGES: Sequence[Sheet] = ()


def _numbered(job: tuple[int, Mapping[str, float]]) -> float:
    return cost(_PAGES[job[0]], job[1])


def main() -> int:
    """Search and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--style", default="tw", choices=trials.VERTICAL)
    parser.add_argument("--seeds", default="1-24")
    asked = parser.parse_args()
    golds = trials.set_pages([(asked.style, seed) for seed in trials.seeds(asked.seeds)], trials.PAGES)
    pages = [sheet(gold, extractor) for gold in golds for extractor in EXTRACTORS]
    names = [name for name in pages[0].profile.numbers if name.startswith("string.")]
    found, before, after = search(pages, names)
    print(f"{asked.style}: {len(pages)} pages cost {before:.1f} before, {after:.1f} now")
    for name, value in sorted(found.items()):
        print(f"  {name} = {value:g}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
