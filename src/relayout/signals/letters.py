"""How wide a line of Latin letters is set, and what it begins and ends with.

Letters are of different widths, so characters are a poor measure of a line: ``ill`` takes a third of ``Mum``. The
widths of one common book face tell far better whether a line was full, whatever the face was.
Source: the widths of Times-Roman in Adobe's Core 14 metrics, in thousandths of the type size.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

EM = 420.0  # thousandths: how wide a letter of running text is, spaces included; so widths compare with characters
SPACE = 250.0 / EM
HYPHENS = "-‐\u00ad\u2011⸗¬"
DASHES = "–—―"
_QUOTES = "\"'“”„‚‘’»«›‹"
_TABLE = {
    180: "'",
    250: " .,\u00a0",
    278: "ijlt:;/|",
    333: "frI-‐!()[]’‘`ſ",
    389: "Js",
    408: '"',
    444: "aceéz?“”„»«",
    500: "bdghknopqsuvxy0123456789–$€ß*#_",
    556: "PSF",
    611: "ELTZ",
    667: "BCR",
    722: "ADGHKNOQUVXYw&",
    778: "m",
    833: "%",
    889: "M",
    944: "W",
    1000: "—…",
}
_WIDTH = {char: float(width) for width, chars in _TABLE.items() for char in chars}
_ENDED = re.compile(rf"[.!?…](?:[\s]?[{_QUOTES}\)\]])*$")
LONGEST = 200  # characters of a word; looking for its beginning takes time that grows with the square
_DOT = re.compile(r"([^\W\d_](?:[\w.’'-]*[^\W_])?)\.$")
_LETTER = re.compile(r"[^\W\d_]")


@lru_cache(maxsize=1024)
def _of(char: str) -> float:
    if char in _WIDTH:
        return _WIDTH[char]
    plain = unicodedata.normalize("NFD", char)[0]
    if plain in _WIDTH:
        return _WIDTH[plain]
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0.0
    return 1000.0 if unicodedata.east_asian_width(char) in "WF" else 500.0


def set_width(text: str) -> float:
    """Return how wide ``text`` is set with ordinary word spaces, in letters of running text.

    >>> set_width("ill") < set_width("Mum") / 2
    True
    """
    return sum(map(_of, text)) / EM


def first_word(text: str) -> str:
    """Return what the line before would have had to take: the first word, up to a hyphen or dash inside it.

    >>> first_word("well-known men"), first_word("year—and")
    ('well-', 'year—')
    """
    word = text.split(" ", 1)[0]
    for at, char in enumerate(word[:-1]):
        if at and char in HYPHENS + DASHES:
            return word[: at + 1]
    return word


def begins_small(text: str) -> bool:
    """Say whether the first letter of ``text`` is a small one, quotes and brackets before it allowed."""
    for char in text:
        if char.isalpha():
            return char.islower()
        if char not in _QUOTES + "([" + HYPHENS:
            return char in ",;:.)!?%" or (char in DASHES and text[1:3].strip()[:1].islower())
    return False


def begins_great(text: str) -> bool:
    """Say whether the first letter of ``text`` is a capital, or it begins with a digit."""
    for char in text:
        if char.isalnum():
            return not char.islower()
    return False


def torn(text: str) -> bool:
    """Say whether ``text`` ends with a hyphen inside a word.

    >>> torn("the fog sig-"), torn("on Monday –")
    (True, False)
    """
    return len(text) > 1 and text[-1] in HYPHENS and text[-2].isalnum()


def ended(text: str, abbreviations: frozenset[str] = frozenset()) -> bool:
    """Say whether ``text`` ends with a full stop that is none of an abbreviation or initial.

    >>> ended("the vote to go."), ended("said Mr.", frozenset(["mr"])), ended("by J. T."), ended("“Never!”")
    (True, False, False, True)
    """
    if _ENDED.search(text) is None:
        return False
    dot = _DOT.search(text[-LONGEST:])
    if dot is None:
        return True
    word = dot.group(1)
    return not (word.casefold() in abbreviations or (len(word) == 1 and word.isupper()))


def capitals(text: str) -> bool:
    """Say whether ``text`` is set in capitals: three letters or more, and no small one but in Mc or Mac."""
    letters = _LETTER.findall(text.replace("Mc", "").replace("Mac", ""))
    return len(letters) >= 3 and all(not letter.islower() for letter in letters)
