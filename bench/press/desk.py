"""The work on one page: what has been given out so far, and how large headlines are."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field

from bench.press.dress import Dress
from bench.press.model import Para, Run, Story, Unit

SIZES = {1: 17.0, 2: 25.0, 3: 32.0, 4: 40.0, 5: 48.0}


@dataclass(slots=True)
class Desk:
    """The work on one page: chance, habits, and the units and parts given out so far."""

    chance: random.Random
    dress: Dress
    units: list[Unit] = field(default_factory=list)
    count: int = 0
    parts: int = 0
    used: dict[str, list[str]] = field(default_factory=dict)
    briefs: int = 0
    notices: list[str] = field(default_factory=list)
    origins: list[tuple[str, str]] = field(default_factory=list)

    def unit(self, kind: str, of: str = "", about: str = "", story: Story | None = None) -> str:
        """Open a unit and return its id."""
        self.count += 1
        name = f"{kind[0]}{self.count}"
        self.units.append(Unit(name, kind, of, about))
        if story is not None:
            self.origins.append((name, story.origin))
        return name

    def para(
        self, unit: str, role: str, text: str, cls: str = "", size: float = 0.0, runs: tuple[Run, ...] = ()
    ) -> Para:
        """Make a part; ``runs`` where the print differs from the plain text in more than dress."""
        self.parts += 1
        parted = role in ("p", "lead", "item", "caption", "subhead")
        printed = runs or (self.dress.runs(text) if parted else self.dress.whole(text))
        return Para(self.parts, unit, role, printed, self.dress.plain(text), cls, round(size, 2))

    def word(self, name: str) -> str:
        """Return a small word of the style, each of a kind once before one comes again."""
        left = self.used.setdefault(name, [])
        if not left:
            left.extend(self.dress.style.words.get(name, [""]))
            self.chance.shuffle(left)
        return left.pop()


def head_size(desk: Desk, text: str, cols: int, width: float, scale: float = 1.0) -> float:
    """Return the size of a headline in points: by its columns; Asian ones fill the width with one or two lines."""
    jitter: float = desk.chance.uniform(0.88, 1.12) * scale
    if not desk.dress.style.asian:
        return max(
            13.0,
            min(
                SIZES.get(cols, 48.0) * jitter * min(1.1, math.sqrt(48 / len(text))),
                2.2 * width / max(map(len, text.split())),
            ),
        )
    lines = 1 if len(text) * 15 < width else 2 if len(text) * 15 < 2 * width else 3
    longest = max(len(text) / lines + (0.6 if lines > 1 else 0.2), 4)
    return max(12.5, min(width / longest * 0.97, SIZES.get(cols, 48.0) * 1.05 * jitter))


def rank(story: Story, cols: int) -> float:
    """Return the scale of a headline: a short story has a smaller one than its width would allow.

    >>> rank(Story("k", "own", "Head", ("word " * 40,)), 5)
    0.5
    """
    return min(1.0, max(0.5, story.size / (cols * 220 if ord(story.head[0]) > 0x2E80 else 900 * cols) + 0.35))
