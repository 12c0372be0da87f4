"""Words: whether a sentence or word goes on, and whether two texts are about the same thing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from functools import lru_cache
from itertools import repeat
from math import log
from operator import add
from sys import intern
from typing import NamedTuple

from relayout.chars import has_han, is_han, numerals
from relayout.roles import Joint

HYPHENS = "-‐\u00ad⸗¬"
DASHES = "—―…⋯‥·"


def joint(before: str, after: str, words: Set[str] = frozenset()) -> Joint:
    """Return what joins a line to the next line of its paragraph.

    Han text is joined tight, words are parted by a space. A hyphen at a line end is dropped where the joined
    word stands among ``words``, kept where the hyphened one does, and else dropped before a small letter.

    >>> joint("中央城市工", "作會議").value, joint("the wide", "road").value
    ('tight', 'space')
    >>> joint("二鞠躬—", "—三鞠躬").value
    'tight'
    >>> joint("eco-", "nomy").value, joint("Franco-", "German").value
    ('hyphen-gone', 'hyphen-kept')
    """
    last, first = before[-1], after[0]
    if last in HYPHENS and len(before) > 1 and before[-2].isalpha() and not is_han(before[-2]) and first.isalpha():
        left = before[:-1].split()[-1].casefold()
        right = after.split()[0].casefold().rstrip(".,;:!?\"'”’)")
        if left + right in words:
            return Joint.HYPHEN_GONE
        if f"{left}-{right}" in words:
            return Joint.HYPHEN_KEPT
        return Joint.HYPHEN_GONE if first.islower() else Joint.HYPHEN_KEPT
    if _wide(last) or _wide(first):
        return Joint.TIGHT
    if (last in DASHES or first in DASHES) and has_han(before + after):
        return Joint.TIGHT  # a dash or dots of two squares, one on either line
    if last in "0123456789.," and first in "0123456789.,%" and has_han(before + after):
        return Joint.TIGHT  # a typesetter that breaks numbers left 20 / 15年
    return Joint.SPACE


def _wide(char: str) -> bool:
    return is_han(char) or "\u3000" <= char <= "\u303f" or "\uff01" <= char <= "\uff60"


def words(texts: Iterable[str]) -> frozenset[str]:
    """Return the casefolded Latin words of ``texts`` that do not stand at a line end, hyphened ones whole."""
    found: set[str] = set()
    for text in texts:
        if not text.isascii() and not any("a" <= c <= "z" for c in text):
            continue
        found.update(word.strip(".,;:!?\"'“”‘’()").casefold() for word in text.split()[:-1])
    return frozenset(found)


def word_pairs(lines: Iterable[str]) -> frozenset[str]:
    """Return every pair of characters that stand side by side inside a line.

    A word that a line end tears (城市工 / 作會議) mostly stands whole somewhere else on the page.
    """
    pairs: set[str] = set()
    for line in lines:
        pairs.update(map(add, line, line[1:]))
    return frozenset(pairs)


STEM = 6  # letters that tell a word from others
_RUN = re.compile(r"[^\W_]+")
_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile("[0-9]+|[a-zA-Z\u00c0-\u024f]+|.")
_PLAIN = re.compile("[0-9a-zA-Z\u00c0-\u024f]")


def stem(word: str) -> str:
    """Return what forms of a word and its compounds have in common, cheaply: at most its first six letters.

    >>> stem("Fernwärmepreis") == stem("Fernwärme"), stem("bridges") == stem("bridge"), stem("GDP")
    (True, True, 'gdp')
    """
    small = word.casefold()
    if len(small) > STEM:
        return small[:STEM]
    return small[:-1] if len(small) > STEM // 2 + 1 and small[-1] == "s" else small


def bigrams(text: str) -> list[str]:
    """Return the pairs of neighbouring Han characters of ``text``, and its Latin words; numerals as digits.

    Pairs never reach over a mark or a space.

    >>> bigrams("時隔十年，GDP")
    ['時隔', '隔10', '10年', 'gdp']
    """
    found: list[str] = []
    for run in _RUN.findall(numerals(text)):
        if not _PLAIN.search(run):
            found.extend(map(intern, map(add, run, run[1:])))
            continue
        tokens = _TOKEN.findall(run)
        if len(tokens) == 1 and len(run) > 2:
            found.append(stem(run))
        found.extend(map(intern, map(add, tokens, tokens[1:])))
    return found


@lru_cache(maxsize=8192)
def terms(text: str) -> frozenset[str]:
    """Return the set of :func:`bigrams` of ``text``; kept, because several stages ask for the same paragraphs."""
    return frozenset(bigrams(text))


class Vocabulary(NamedTuple):
    """How telling each term of a page is: the rarer among its texts, the more (inverse document frequency).

    ``weight`` holds terms that stand in two texts or more; a term in one text only counts ``single``.
    """

    weight: Mapping[str, float]
    single: float

    @classmethod
    def of(cls, texts: Iterable[Set[str]]) -> Vocabulary:
        """Count the terms of ``texts``."""
        count: Counter[str] = Counter()
        number = 0
        for text in texts:
            count.update(text)
            number += 1
        scale = [log((number + 1) / max(n, 0.5)) for n in range(number + 1)]
        return cls({term: scale[n] for term, n in count.items() if n > 1}, scale[1] if number else 1.0)

    def mass(self, some: Iterable[str]) -> float:
        """Return how telling ``some`` terms are together."""
        return sum(map(self.weight.get, some, repeat(self.single)), 0.0)

    def cover(self, some: Set[str], text: Set[str]) -> float | None:
        """Return what share of ``some`` stands in ``text`` too, by weight; ``None`` where ``some`` says nothing.

        >>> one, two = terms("宜居城市"), terms("城市更新")
        >>> Vocabulary.of([one, two]).cover(terms("宜居"), one)
        1.0
        """
        whole = self.mass(some)
        return self.mass(some & text) / whole if whole > 0 else None


_TRADITIONAL = frozenset(
    "這個們來時說為學國會對發後過還進種開問間長門東車馬語話請讓與從業義樂書畫電機關員總統議報導陸港灣臺區廣麼點將當設經濟"
)
_SIMPLIFIED = frozenset(
    "这个们来时说为学国会对发后过还进种开问间长门东车马语话请让与从业义乐书画电机关员总统议报导陆港湾台区广么点将当设经济"
)


_COMMON = {
    "en": frozenset(["the", "of", "and", "to", "in", "that", "was", "is", "for", "with"]),
    "de": frozenset(["der", "die", "das", "und", "den", "von", "ist", "mit", "des", "nicht"]),
    "fr": frozenset(["le", "la", "les", "de", "des", "et", "du", "en", "est", "que"]),
}


def _latin_language(text: str) -> str:
    """Return the language whose commonest words make up a tenth of ``text`` or more, else und."""
    found = [word.casefold() for word in _WORD.findall(text)]
    share = {name: sum(word in common for word in found) / max(1, len(found)) for name, common in _COMMON.items()}
    best = max(share, key=lambda name: share[name])
    return best if share[best] >= 0.1 and len(found) >= 12 else "und"


def language(text: str) -> str:
    """Return the BCP 47 tag of the language of ``text`` as far as it shows: zh-Hant, zh-Hans, ja, en, de, fr or und.

    >>> language("會議部署城市工作"), language("会议部署城市工作"), language("the city")
    ('zh-Hant', 'zh-Hans', 'und')
    """
    counts = Counter(text)
    kana = sum(n for c, n in counts.items() if "\u3041" <= c <= "\u30ff")
    han = sum(n for c, n in counts.items() if is_han(c)) - kana
    if kana * 10 > han and kana > 1:
        return "ja"
    if not han:
        return _latin_language(text)
    traditional = sum(counts[c] for c in _TRADITIONAL - _SIMPLIFIED)
    simplified = sum(counts[c] for c in _SIMPLIFIED - _TRADITIONAL)
    return "zh-Hant" if traditional > simplified else "zh-Hans" if simplified else "zh"
