"""What hangs together in a string of characters, place by place: words, brackets, cues, and what stands twice.

The evidence on which ``stringing.py`` cuts the string of a vertical page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from functools import lru_cache
from math import inf

from relayout.lexicon import simplified
from relayout.profile import Profile

NEAR = 160  # characters after a title in which its text begins
SECOND = 0.6  # what a cue is worth that is found after a better one
RUBRIC = 6  # characters of a rubric
WORD = 4  # characters of the longest word that is looked for
MARK = re.compile("[，、；：。！？]")
_OPEN, _CLOSE = "「『（《〈【〔“", "」』）》〉】〕”"


def depths(text: str) -> list[int]:
    """Return at each place how many brackets are open; those that are never closed do not count."""
    open_at: list[int] = []
    pairs: list[tuple[int, int]] = []
    for i, char in enumerate(text):
        if char in _OPEN:
            open_at.append(i)
        elif char in _CLOSE and open_at:
            kind = _OPEN[_CLOSE.index(char)]
            while open_at and text[open_at[-1]] != kind:
                open_at.pop()
            if open_at:
                pairs.append((open_at.pop(), i))
    change = [0] * (len(text) + 2)
    for one, two in pairs:
        change[one + 1] += 1
        change[two + 1] -= 1
    depth, out = 0, []
    for i in range(len(text) + 1):
        depth += change[i]
        out.append(depth)
    return out


def known(text: str, page: str) -> list[bool]:
    """Say of each place whether the pair of characters round it stands elsewhere on the page too."""
    count = Counter(page[i : i + 2] for i in range(len(page) - 1))
    return [False, *(count[text[i - 1 : i + 1]] > 1 for i in range(1, len(text))), False]


def links(text: str, met: Sequence[bool], words: Set[str], profile: Profile) -> list[float]:
    """Return what a border costs at each place: much where a word goes on, little where nothing hangs together."""
    plain = text.translate(simplified()) if words else text
    tied, strange, kana, word = (profile.number(f"string.{name}") for name in ("known", "strange", "kana", "word"))
    out = [0.0] * (len(text) + 1)
    for i in range(1, len(text)):
        price = tied if met[i] else -strange
        one, two = _class(text[i - 1]), _class(text[i])
        if one == two and one in "kd":
            price = inf
        elif one == two == "l":
            price = inf if text[i].islower() else price
        elif two == "h":
            price += kana * (2 if one == "c" else 1)
        out[i] = price
    if words:
        for i in _inside(plain, words):
            out[i] += word
    return out


@lru_cache(maxsize=8192)
def _class(char: str) -> str:
    """Return what script a character is of: Han, hiragana, katakana, digit, letter, mark."""
    if "\u3041" <= char <= "\u309f":
        return "h"
    if "\u30a1" <= char <= "\u30ff":
        return "k"
    if char.isdigit() or char in "．.一二三四五六七八九〇十百千":
        return "d"
    return "c" if "\u3400" <= char <= "\u9fff" else "l" if char.isalpha() else "m"


def _inside(text: str, words: Set[str]) -> list[int]:
    """Return the places inside words, where the text is cut into as few words as it can be."""
    size = len(text)
    best: list[tuple[int, int]] = [(0, 0)] * (size + 1)
    for i in range(size):
        count = best[i][0] + 1
        for length in range(1, WORD + 1):
            if i + length <= size and (length == 1 or text[i : i + length] in words):
                j = i + length
                if best[j] == (0, 0) or count < best[j][0]:
                    best[j] = (count, i)
    places: list[int] = []
    at = size
    while at:
        start = best[at][1]
        places += range(start + 1, at)
        at = start
    return places


def cued(text: str, profile: Profile) -> dict[int, dict[int, float]]:
    """Return where what a cue of the profile describes may begin, where it ends, and how sure that is."""
    found: dict[int, dict[int, float]] = {}
    for pattern in profile.cues["string-line"]:
        for match in re.finditer(pattern, text):
            ends = found.setdefault(match.start(), {})
            ends.setdefault(match.end(), SECOND if ends else 1.0)
    rubric = profile.cue("rubric").match
    for i in range(len(text)):
        for j in range(i + 2, min(i + RUBRIC, len(text)) + 1):
            if rubric(text[i:j]):
                found.setdefault(i, {}).setdefault(j, SECOND)
    return found


def near(text: str) -> list[bool]:
    """Say of each place whether the pair of characters round it stands again a little further on."""
    after: dict[str, int] = {}
    out = [False] * (len(text) + 1)
    for i in range(len(text) - 1, 0, -1):
        pair = text[i - 1 : i + 1]
        out[i] = 2 < after.get(pair, -1) - i < NEAR
        after[pair] = i
    return out


def again(text: str, stops: Sequence[int]) -> list[int]:
    """Count for each place how many triples of characters, from there on, stand twice before the next full stop."""
    out = [0] * (len(text) + 1)
    start = 0
    for stop in [*stops, len(text)]:
        seen: dict[str, int] = {}
        count = 0
        for i in range(stop - 3, start - 1, -1):
            triple = text[i : i + 3]
            if triple in seen and seen[triple] - i > 3 and not MARK.search(triple):
                count += 1
            seen[triple] = i
            out[i] = count
        start = stop
    return out


def marks(text: str, profile: Profile) -> frozenset[int]:
    """Return where captions and items open."""
    return frozenset(match.start() for match in profile.cue("string-mark").finditer(text))


def datelines(text: str, profile: Profile) -> frozenset[int]:
    """Return where datelines in brackets open a report."""
    return frozenset(match.start() for match in profile.cue("string-opening").finditer(text))
