"""Lines that say on which page a text goes on, or from which page it comes: what they say, whatever the language."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from relayout.chars import chinese_number
from relayout.profile import Profile

LONGEST = 80  # characters of a jump line; a sentence that says "continued on page 5" is longer
MOST = 4  # digits: no paper has a page 99999
_LABEL = re.compile(
    r"(?<![^\W_])([A-Z]{0,2})[- ]?([0-9]{1,12})(?:st|nd|rd|th|re|er|e|\.?[ªº]|[oa])?(?![^\W_])", re.ASCII
)
_HAN = re.compile("[〇零一二三四五六七八九十]+")
_ROMAN = re.compile(r"(?<!\w)(?=[IVXL])X{0,4}(?:L?)(?:I[VX]|V?I{0,4})(?!\w)")
_COLUMN = re.compile(r",? ?col(?:umn|s?\.)? ?\S{1,5}$", re.IGNORECASE)
_EDGE = " ,/:–—-()[]▸►»>◄◀（【〔＝"
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}
_SEE = re.compile(r"(?i)[▸►»>(\[ ]*(?:please )?see\b")
_PAGE_WORD = re.compile(
    r"(?i)\b(?:please|see|turn|to|on|the|from|page|pages|pg|seite|seiten|pagina|página|pág|pag|blz|bladzijde)\b\.?"
)


class Target(NamedTuple):
    """The page that a jump names: by its label or number (``A4``, ``3``), or counted from its own (``step``).

    ``last`` is the last page.
    """

    label: str = ""
    step: int = 0
    last: bool = False

    def __str__(self) -> str:
        """Say it as a reader would."""
        if self.last:
            return "the last page"
        return f"page {self.label}" if self.label else ("the next page" if self.step > 0 else "the page before")


class Jump(NamedTuple):
    """What a line says: whether the text goes on there (``out``) or comes from there, where, and its catch word.

    ``start`` is where in the line the jump begins; what stands before it is text. ``weak``: after the end of a sentence
    it only refers to something else (See LETTERS, page 12).
    """

    out: bool
    target: Target
    slug: str
    start: int
    weak: bool = False


def jump(text: str, profile: Profile) -> Jump | None:
    """Read a jump at the end of a line, or as a line of its own; ``None`` where there is none.

    What goes on in another issue (Fortsetzung folgt) is none, and neither is what names no page that a paper can have.

    >>> from relayout.profile import load
    >>> jump("the mayor said. Continued on page 5", load("default"))
    Jump(out=True, target=Target(label='5', step=0, last=False), slug='', start=16, weak=False)
    >>> jump("（下轉第三版）", load("default")).target.label, jump("STORM, from page A1", load("default")).slug
    ('3', 'STORM')
    >>> jump("Fortsetzung folgt.", load("default"))
    """
    tail = text[-LONGEST:]
    if not profile.cue("jump-hint").search(text):
        return None
    plain = unicodedata.normalize("NFKC", tail) if not tail.isascii() else tail
    if len(plain) != len(tail):  # a ligature or a ㌻ is another number of characters; places would slip
        plain = "".join(_narrow(char) for char in tail)
    if profile.cue("serial").search(plain):
        return None
    for out, cue in ((False, "jump-from"), (True, "jump-to")):
        if cue == "jump-from" and len(tail) != len(text):
            continue
        found = profile.cue(cue).search(plain)
        if not found:
            continue
        said = found.group()
        target = _target(said, profile)
        if target is None:
            continue
        lead = len(said) - len(said.lstrip(' .,;:!?”“"’)»–—-。')) if out else 0
        slug = _slug(said[lead:], profile, out=out)
        weak = out and _SEE.match(said[lead:]) is not None
        return Jump(out, target, slug, len(text) - len(tail) + found.start() + lead, weak)
    return None


def _narrow(char: str) -> str:
    narrow = unicodedata.normalize("NFKC", char)
    return narrow if len(narrow) == 1 else char


@cache
def _names(profile: Profile) -> dict[str, str]:
    return {name: value for value, _, name in (word.partition(" ") for word in profile.words("page-names"))}


def _target(said: str, profile: Profile) -> Target | None:
    """Return the page that is named last."""
    body = _COLUMN.sub("", said.rstrip(")].）】〕 "))
    for found in reversed(list(_LABEL.finditer(body))):
        number = int(found[2])
        return Target(f"{found[1]}{number}") if number and len(found[2]) <= MOST else None
    names = _names(profile)
    for found in reversed(list(re.finditer(r"[^\W\d_]+", body))):
        if (value := names.get(found.group().casefold())) is not None:
            return _named(value)
    for found in _HAN.finditer(body):
        if number := _han(found.group()):
            return Target(str(number))
    for char, value in names.items():
        if len(char) == 1 and char in body:
            return _named(value)
    for found in reversed(list(_ROMAN.finditer(body))):
        if found.group():
            return Target(str(_roman(found.group())))
    return None


def _named(value: str) -> Target:
    if value == "last":
        return Target(last=True)
    return Target(step=int(value)) if value[0] in "+-" else Target(value)


def _han(text: str) -> int:
    if "十" in text:
        return chinese_number(text) if re.fullmatch("[一二三四五六七八九]?十[一二三四五六七八九]?", text) else 0
    digits = "".join(str("〇一二三四五六七八九".find(char.replace("零", "〇"))) for char in text)
    return int(digits) if len(digits) <= MOST else 0


def _roman(text: str) -> int:
    total = 0
    for char, after in zip(text, (*text[1:], " "), strict=True):
        value = _VALUES[char]
        total += -value if _VALUES.get(after, 0) > value else value
    return total


def _slug(said: str, profile: Profile, *, out: bool) -> str:
    """Return the catch word of a jump: what stands in it beside the words that every jump has.

    >>> from relayout.profile import load
    >>> _slug("See STORM, page A4", load("default"), out=True)
    'STORM'
    """
    if out:
        found = re.match(r"(?i)[▸►»>(\[ ]*(?:please )?see (?P<slug>.+?)[,/]? ?(?:on )?(?:page|pg\.|p\.)", said)
        found = found or re.match(r"(?P<slug>[^\s.;].{0,60}?) continues on\b", said)
        word = found["slug"] if found else ""
    else:
        found = profile.cue("jump-words").search(said)
        word = said[: found.start()] if found else ""
    word = _PAGE_WORD.sub("", word).strip(_EDGE)
    return word if len(word) > 1 else ""
