"""The floors: what stands in ``bench/floors.toml``, how scores are held against it, and what may not happen to it.

A floor of a measure of which less is better (``trials.FEWER``) is a ceiling. Floors of one corpus, that is of one
digest, may only rise; one that is lowered or taken out must be named in the CHANGELOG with its new number, and
a corpus that is changed with the first twelve digits of its new digest. ``lowered`` looks through all of git's history.
"""

from __future__ import annotations

import math
import re
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
    """Read the text of a floors file. Raises ValueError for a floor that is no finite number: it would hold always."""
    found = tomllib.loads(text)
    numbers = {part: {key: float(value) for key, value in found.get(part, {}).items()} for part in PARTS}
    for part, floors in numbers.items():
        for key, value in floors.items():
            if not math.isfinite(value):
                raise ValueError(f"{part}: the floor {key} is {value}, which is no number")
    return Floors({key: str(value) for key, value in found.get("corpus", {}).items()}, numbers)


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

    A line explains a lowered floor if it holds the key and the new number (or the word ``removed``), each as a whole.
    """
    lines = changelog.splitlines()
    out = []
    for part in PARTS:
        digest = now.corpus.get(part, "")
        before = {old.corpus.get(part, "") for old in past} - {"", digest}
        if before and not digest:
            out.append(f"{part}: the digest of the corpus is gone, and with it all floors that were")
        elif before and digest[:SHORT] not in changelog:
            out.append(f"{part}: the corpus is another; a line of CHANGELOG.md must hold {digest[:SHORT]} and say why")
        for key, best in sorted(_strictest(part, digest, past, fewer).items()):
            value = now.part(part).get(key)
            worse = value is None or (value > best if less_is_better(key, fewer) else value < best)
            said = "removed" if value is None else f"{value:g}"
            if worse and not any(_names(line, key) and _names(line.replace(key, ""), said) for line in lines):
                out.append(
                    f"{part}: {key} was {best:g} and is {said}; a line of CHANGELOG.md must hold both, and say why"
                )
    return out


def _names(line: str, wanted: str) -> bool:
    """Say whether a line holds a key or a number as a whole.

    >>> _names("- `x.f1` from 0.72 to 0.7", "0.7"), _names("- `x.f1` from 0.72 to 0.74", "0.7"), _names("0.7", "0")
    (True, False, False)
    """
    return re.search(rf"(?<![\w.~-]){re.escape(wanted)}(?![\w~-]|\.\w)", line) is not None


def _strictest(part: str, digest: str, past: list[Floors], fewer: frozenset[str]) -> dict[str, float]:
    out: dict[str, float] = {}
    for old in past:
        if old.corpus.get(part) == digest:
            for key, value in old.part(part).items():
                choose = min if less_is_better(key, fewer) else max
                out[key] = choose(out.get(key, value), value)
    return out
