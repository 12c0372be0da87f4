"""Seeded noise on top of a text: what a second tool, an editor or a mail programme does to the text of an extractor.

Nothing of it changes what is printed, so the gold stays as it is. The same text and kind give the same noise.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Callable

LETTER = re.compile(r"[A-Za-zÄÖÜäöüß]")
LONG = re.compile(r"([A-Za-zÄÖÜäöüß]{4})([a-zäöüß]{3})")
PUT_IN, TAKEN_OUT, SPACED, SOFT = 0.08, 0.5, 0.3, 0.01


def blank(lines: list[str], chance: random.Random) -> list[str]:
    """Put a blank line after some lines and take out half of those that are there."""
    out: list[str] = []
    for line in lines:
        if line.strip() or chance.random() >= TAKEN_OUT:
            out.append(line)
        if line.strip() and chance.random() < PUT_IN:
            out.append("")
    return out


def hyphen(lines: list[str], chance: random.Random) -> list[str]:
    """Turn hyphens at line ends into soft or typographic ones, and leave a soft hyphen in a word here and there."""
    out = []
    for line in lines:
        ends = line.endswith("-") and len(line) > 1 and LETTER.match(line[-2])
        new = line[:-1] + chance.choice("-\u00ad\u2010") if ends else line
        out.append(LONG.sub(lambda m: "\u00ad".join(m.groups()) if chance.random() < SOFT else m.group(), new))
    return out


def space(lines: list[str], chance: random.Random) -> list[str]:
    """Leave white space at the ends of some lines: spaces, a tab, a no-break or an ideographic space."""
    tails = (" ", "  ", "\t", "\u00a0", "\u3000")
    return [line + chance.choice(tails) if line.strip() and chance.random() < SPACED else line for line in lines]


def feed(lines: list[str], chance: random.Random) -> list[str]:
    """Begin and end the page with form feeds, as tools do that write one for every page."""
    return ["\f" * chance.randint(1, 2) + line if n == 0 else line for n, line in enumerate(lines)] + ["\f", "", "\f"]


KINDS: dict[str, Callable[[list[str], random.Random], list[str]]] = {
    "blank": blank,
    "hyphen": hyphen,
    "space": space,
    "feed": feed,
}


def noisy(text: str, kind: str) -> str:
    r"""Return ``text`` with noise of ``kind``: one of ``KINDS``, or ``all`` of them.

    >>> noisy("one\ntwo\n", "feed").count("\f") >= 3
    True
    """
    kinds = list(KINDS) if kind == "all" else [kind]
    chance = random.Random(int(hashlib.sha256(f"{kind}\n{text}".encode()).hexdigest()[:16], 16))
    lines = text.removesuffix("\f").removesuffix("\n").split("\n")
    for one in kinds:
        lines = KINDS[one](lines, chance)
    return "\n".join(lines) + "\n"
