"""Does a hyphen at a line end belong to the word, or to the line end? Evidence for each, and what it comes to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from typing import NamedTuple

from relayout.model import Evidence
from relayout.profile import Profile
from relayout.roles import Joint
from relayout.signals.letters import LONGEST, torn
from relayout.signals.weigh import weigh

SOFT = "\u00ad"
_TAIL = re.compile(r"([\w’'.-]*[^\W_])[-‐\u00ad\u2011⸗¬]$")  # ⸗ is that of Fraktur, ¬ what some OCR writes
_HEAD = re.compile(r"[^\W_](?:[\w’'-]*[^\W_])?")
_MARKS = ".,;:!?\"'“”„‘’»«()[]"
_JOINERS = "-‐\u2011"
Seen = tuple[tuple[str, float | None], ...]


class Torn(NamedTuple):
    """The two halves of a word at a line end, casefolded; ``last`` and ``first`` are the letters beside the hyphen."""

    left: str
    right: str
    last: str
    first: str
    soft: bool

    @classmethod
    def of(cls, before: str, after: str) -> Torn | None:
        """Return the halves, or ``None`` where no word is torn.

        >>> Torn.of("the men’s secre-", "tary, said")[:2]
        ('secre', 'tary')
        >>> Torn.of("die Bekannt⸗", "machung")[:2]
        ('bekannt', 'machung')
        """
        tail, head = _TAIL.search(before[-LONGEST:]), _HEAD.match(after.lstrip("„“\"'‚‘"))
        if tail is None or head is None:
            return None
        left = tail.group(1)
        return cls(left.casefold(), head.group().casefold(), left[-1], head.group()[0], before.endswith(SOFT))


def whole_words(texts: Iterable[str]) -> frozenset[str]:
    """Return the casefolded words of ``texts`` that no line end tore, hyphened ones whole.

    >>> sorted(whole_words(["an enter-", "tainment for all"]))
    ['an', 'for']
    """
    found: set[str] = set()
    tail = False
    for text in texts:
        row = text.split()
        found.update(word.strip(_MARKS).casefold() for word in row[int(tail) : -1])
        tail = torn(text)
    return frozenset(found)


def kept(word: Torn, words: Set[str], profile: Profile) -> Seen:
    """Return what says that the hyphen belongs to the word (above zero) or to the line end (below).

    ``words`` are the words of the page, casefolded, hyphened ones whole. First and second parts that take a hyphen
    are English ones; they count where the page has English articles.
    """
    english = float("the" in words)
    left, right = word.left, word.right
    parts = re.split(f"[{_JOINERS}]", left)
    whole = left + right in words
    hyphened = f"{left}-{right}" in words
    return (
        ("bias", 1.0),
        ("soft", float(word.soft)),
        ("whole", float(whole and not hyphened)),
        ("hyphened", float(hyphened and not whole)),
        ("capital", float(word.first.isupper() and not word.last.isupper())),
        ("capitals", float(word.first.isupper() and word.last.isupper())),
        ("digit", float(word.first.isdigit() or word.last.isdigit())),
        ("prefix", english * (parts[-1] in profile.words("hyphen-prefixes"))),
        ("second", english * (right.split("-")[0] in profile.words("hyphen-endings"))),
        ("compound", float(len(parts) > 1)),
        ("more", float("-" in right)),
        ("both-words", both(left, right, words) if english else None),
        ("stub", float(len(left) <= 2 or not _sounds(left) or not _sounds(right))),
    )


def both(left: str, right: str, words: Set[str]) -> float | None:
    """Return 1 where both halves are words of the page by themselves, 0 where only one is; ``None`` for neither.

    Halves of two or three letters tell nothing: *be-* and *to-* are words too.
    """
    if len(left) < 4 or len(right) < 4:
        return None
    known = (left in words) + (right in words)
    return None if not known else float(known == 2)


def _sounds(half: str) -> bool:
    """Say whether ``half`` holds a vowel, as words do."""
    return any(char in "aeiouyäöüáéíóúàèìòùâêîôûåøæœ" for char in half)


def suspended(before: str, after: str, profile: Profile) -> bool:
    """Say whether the hyphen stands for the end of a word that comes later: Ein- und Ausfuhr."""
    word = _HEAD.match(after)
    return bool(word and before[-1:] in _JOINERS and word.group() in profile.words("hyphen-conjunctions"))


def decide(
    before: str, after: str, words: Set[str], profile: Profile
) -> tuple[Joint, float, tuple[Evidence, ...]] | None:
    """Return how a torn word is joined, the sum of the evidence, and the evidence; ``None`` where none is torn.

    A false hyphen and a lost one are equally bad, so the sum decides: above zero the hyphen is kept.
    """
    word = Torn.of(before, after)
    if word is None:
        return None
    if suspended(before, after, profile):
        return Joint.SPACE, 3.0, (Evidence("suspended", 1.0, 3.0),)
    score, evidence = weigh("hyphen", kept(word, words, profile), profile)
    return (Joint.HYPHEN_KEPT if score > 0 else Joint.HYPHEN_GONE), score, evidence
