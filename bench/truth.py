"""Where the lines of a page stand in its gold: what the fits of weights for text in letters learn from."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bench import damage, trials

from relayout import pipeline, readers
from relayout.evaluate.align import align
from relayout.evaluate.nouns import Part, Unit
from relayout.layout import Layout
from relayout.profile import Profile, choose

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = "harbour-courier-1925-04-15"
SAMPLE_WEIGHT = 20.0
HALF = 0.5  # share of a line that must stand in one part of the gold
STAGES = [name for name, _ in pipeline.TEXT]


class Where(NamedTuple):
    """Where a line stands in the gold: its unit and part (numbers), its role, and which characters of it it is."""

    unit: int
    part: int
    role: str
    start: int
    stop: int
    length: int


class Shown(NamedTuple):
    """One page as a stage would get it, with its gold, and how much it counts."""

    name: str
    layout: Layout
    profile: Profile
    gold: Mapping[str, Any]
    weight: float


def shown(golds: Sequence[Path], extractors: Iterable[str], stage: str) -> Iterator[Shown]:
    """Yield the pages, and the sample in letters, as they come to ``stage``; test pages are refused."""
    for gold in golds:
        style, seed = trials.named(gold)
        if seed not in trials.DEV:
            raise ValueError(f"{style}-{seed} is a test page; nothing is fitted on those")
        truth = json.loads(gold.read_text(encoding="utf-8"))
        for extractor in extractors:
            text = damage.damage(gold, extractor)
            yield carried(text.read_bytes(), text.name, truth, 1.0, stage)
    folder = ROOT / "samples" / SAMPLE
    truth = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    yield carried((folder / "input.txt").read_bytes(), SAMPLE, truth, SAMPLE_WEIGHT, stage)


def carried(data: bytes, name: str, gold: Mapping[str, Any], weight: float, stage: str) -> Shown:
    """Return a page as it comes to ``stage``."""
    page = readers.read(data, name).value.pages[0]
    profile, _ = choose([line.text for line in page.lines])
    layout = pipeline.run(page, profile, pipeline.TEXT[: STAGES.index(stage)]).value
    return Shown(name, layout, profile, gold, weight)


def whereabouts(texts: Sequence[str], gold: Mapping[str, Any]) -> list[Where | None]:
    """Return for each text of a page where it stands in the gold; nothing where that is in doubt."""
    units = [Unit(u["id"], u["type"], tuple(Part(p["role"], p["text"]) for p in u["parts"])) for u in gold["units"]]
    made = align(units, [Unit(str(i), "article", (Part("p", text),)) for i, text in enumerate(texts)])
    flat = [(u, p) for u in units for p in u.parts]
    found: list[Where | None] = []
    for start, stop in made.found.units:
        there = [made.there[j] for j in range(start, stop) if made.there[j] >= 0]
        part, count = Counter(made.gold.part_of[i] for i in there).most_common(1)[0] if there else (0, 0)
        if not there or count < HALF * (stop - start):
            found.append(None)
            continue
        places = [i for i in there if made.gold.part_of[i] == part]
        first, last = made.gold.parts[part]
        unit, piece = flat[part]
        role = "advert" if unit.kind == "advertisement" else piece.role
        number = made.gold.unit_of_part[part]
        found.append(Where(number, part, role, min(places) - first, max(places) + 1 - first, last - first))
    return found


def digest(golds: Sequence[Path]) -> str:
    """Return the SHA-256 of the gold files one after the other."""
    return hashlib.sha256("".join(gold.read_text(encoding="utf-8") for gold in golds).encode()).hexdigest()
