"""The floors: what stands in ``bench/floors.toml``, how scores are held against it, and what may not happen to it.

A floor of a measure of which less is better (``trials.FEWER``) is a ceiling. Floors of one corpus, that is of one
digest, may only rise; one that is lowered or taken out must be named in the CHANGELOG with its new number, and
a corpus that is changed with the first twelve digits of its new digest. ``lowered`` looks through all of git's history.
"""

from __future__ import annotations

import math
import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "bench" / "floors.toml"
CHANGELOG = ROOT / "CHANGELOG.md"
PARTS = ("fast", "whole")
MARGIN = 0.01  # between what is observed and the floor proposed: another poppler or chromium may move a line
SHORT = 12

HEAD = """\
# Floors of the scores, held by bench/gate.py. A key is style.extractor.measure; the style `mean` is the mean over
# styles, `sample` a page of samples/. `fast` is measured on development pages and samples in `make test`, `whole` on
# test pages in `make gate`. Of measures of which less is better the number is a ceiling.
# `python bench/gate.py --write` raises floors and never lowers one: that is done by hand, with a line in CHANGELOG.md
# that holds the key, the new number, and the reason.
"""


@dataclass(frozen=True, slots=True)
class Floors:
    """The floors for each part of the gate, and its corpus.

    The corpus has the digest of the plans under the name of the part, that of the texts under ``<part>-texts``, and the
    ``browser`` that set them.
    """

    corpus: dict[str, str]
    numbers: dict[str, dict[str, float]]

    def part(self, name: str) -> dict[str, float]:
        """Return the floors of ``fast`` or ``whole``."""
        return self.numbers.get(name, {})


class Miss(NamedTuple):
    """A floor that is not reached; ``seen`` is ``None`` where nothing was measured."""

    key: str
    floor: float
    seen: float | None

    def __str__(self) -> str:
        if self.seen is None:
            return f"{self.key}: the floor is {self.floor:g}, but nothing was measured"
        return f"{self.key}: {self.seen:.4f} misses the floor {self.floor:g} by {abs(self.floor - self.seen):.4f}"


def parse(text: str) -> Floors:
    """Read the text of a floors file."""
    found = tomllib.loads(text)
    return Floors(
        {key: str(value) for key, value in found.get("corpus", {}).items()},
        {part: {key: float(value) for key, value in found.get(part, {}).items()} for part in PARTS},
    )


def load(path: Path = FILE) -> Floors:
    """Read the file; one that is not there has no floors."""
    return parse(path.read_text(encoding="utf-8")) if path.is_file() else Floors({}, {})


def written(floors: Floors) -> str:
    """Return the text of the floors file.

    >>> parse(written(Floors({"fast": "ab", "whole": ""}, {"fast": {"hk.x.y": 0.5}, "whole": {}}))).part("fast")
    {'hk.x.y': 0.5}
    """
    out = [HEAD, "[corpus]"]
    out += [f'{key} = "{value}"' for key, value in sorted(floors.corpus.items())]
    for part in PARTS:
        out += ["", f"[{part}]"]
        out += [f'"{key}" = {value:g}' for key, value in sorted(floors.part(part).items())]
    return "\n".join(out) + "\n"


def less_is_better(key: str, fewer: frozenset[str]) -> bool:
    """Tell whether the floor of ``key`` is a ceiling."""
    return key.rpartition(".")[2] in fewer


def misses(floors: dict[str, float], seen: dict[str, float], fewer: frozenset[str]) -> list[Miss]:
    """Return the floors that are not reached, in the order of their keys.

    >>> misses({"a.x.f": 0.9, "a.x.wrong": 1.0}, {"a.x.f": 0.8, "a.x.wrong": 0.5}, frozenset({"wrong"}))
    [Miss(key='a.x.f', floor=0.9, seen=0.8)]
    """
    out = []
    for key, floor in sorted(floors.items()):
        value = seen.get(key)
        if value is None or (value > floor + 1e-9 if less_is_better(key, fewer) else value < floor - 1e-9):
            out.append(Miss(key, floor, value))
    return out


def proposed(floors: dict[str, float], seen: dict[str, float], fewer: frozenset[str]) -> dict[str, float]:
    """Return floors for all that was measured, a little below it; an old floor that is stricter stays.

    >>> proposed({"a.x.f": 0.9}, {"a.x.f": 0.8, "b.x.f": 0.8}, frozenset())
    {'a.x.f': 0.9, 'b.x.f': 0.79}
    """
    out = dict(floors)
    for key, value in sorted(seen.items()):
        if less_is_better(key, fewer):
            room = 0.0 if value == 0 else max(MARGIN, 0.1 * value)
            new = math.ceil((value + room) * 1000 - 1e-6) / 1000
            out[key] = min(new, floors.get(key, math.inf))
        else:
            exact = value >= 1.0 - 1e-9
            new = 1.0 if exact and key.startswith("sample.") else math.floor((value - MARGIN) * 1000 + 1e-6) / 1000
            out[key] = max(new, floors.get(key, 0.0), 0.0)
    return out


def history() -> list[Floors] | None:
    """Return the floors file as it was after every commit that touched it, newest first; ``None`` without git."""
    name = FILE.relative_to(ROOT).as_posix()
    try:
        log = ["git", "log", "--format=%H", "--", name]
        commits = subprocess.run(log, cwd=ROOT, capture_output=True, check=True).stdout.decode().split()
    except (OSError, subprocess.CalledProcessError):
        return None
    out = []
    for commit in commits:
        shown = subprocess.run(["git", "show", f"{commit}:{name}"], cwd=ROOT, capture_output=True, check=False)
        if shown.returncode == 0:
            out.append(parse(shown.stdout.decode("utf-8")))
    return out


def lowered(now: Floors, past: list[Floors], changelog: str, fewer: frozenset[str]) -> list[str]:
    """Say which floors were lowered, taken out or set on another corpus without a line in the changelog.

    A line explains a lowered floor if it holds the key and the new number (or the word ``removed``).
    """
    lines = changelog.splitlines()
    out = []
    for part in PARTS:
        digest = now.corpus.get(part, "")
        if past and past[0].corpus.get(part) not in (None, "", digest) and digest[:SHORT] not in changelog:
            out.append(f"{part}: the corpus is another; a line of CHANGELOG.md must hold {digest[:SHORT]} and say why")
        for key, best in sorted(_strictest(part, digest, past, fewer).items()):
            value = now.part(part).get(key)
            worse = value is None or (value > best if less_is_better(key, fewer) else value < best)
            said = "removed" if value is None else f"{value:g}"
            if worse and not any(key in line and said in line.replace(key, "") for line in lines):
                out.append(
                    f"{part}: {key} was {best:g} and is {said}; a line of CHANGELOG.md must hold both, and say why"
                )
    return out


def _strictest(part: str, digest: str, past: list[Floors], fewer: frozenset[str]) -> dict[str, float]:
    out: dict[str, float] = {}
    for old in past:
        if old.corpus.get(part) == digest:
            for key, value in old.part(part).items():
                choose = min if less_is_better(key, fewer) else max
                out[key] = choose(out.get(key, value), value)
    return out
