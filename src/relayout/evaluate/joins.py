"""Wrong joins: what stands between two characters of a paragraph where gold and prediction agree on both.

Four kinds are counted, for every two neighbours of a gold part that are bound to characters of one predicted part:

* a space put between two CJK characters;
* a space lost between two words of a script that has word spaces;
* a hyphen kept that only the line end asked for, with or without a space after it;
* a hyphen dropped that belongs to the word, with or without a space in its place.

They are given per thousand joins. Joins are the line ends inside the gold's parts; where the gold counts no lines,
those of the prediction; where nobody does, the characters of the gold.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from relayout.evaluate.align import Alignment
from relayout.evaluate.articles import length
from relayout.evaluate.nouns import Unit
from relayout.evaluate.texts import both_cjk, is_cjk

HYPHENS = "-\u00ad\u2010\u2011¬"


class Joins(NamedTuple):
    """How often each kind is wrong, and how many joins there are."""

    cjk_spaces: int
    spaces_lost: int
    hyphens_kept: int
    hyphens_dropped: int
    joins: int

    def rate(self, count: int) -> float | None:
        """Give a count per thousand joins; None where there are none."""
        return 1000 * count / self.joins if self.joins else None


def joins(gold: Sequence[Unit], found: Sequence[Unit], alignment: Alignment) -> Joins:
    """Count the wrong joins of a page."""
    one, two = alignment.gold, alignment.found
    counts = [0, 0, 0, 0]
    for i in range(1, len(one.text)):
        a, b = alignment.back[i - 1], alignment.back[i]
        if one.part_of[i - 1] != one.part_of[i] or a < 0:
            continue
        if b < 0:
            counts[3] += _dropped(alignment, i)
        elif two.part_of[a] == two.part_of[b] and b == a + 1:
            counts[0] += bool(two.spaced[b] and not one.spaced[i] and both_cjk(one.text[i - 1], one.text[i]))
            counts[1] += bool(one.spaced[i] and not two.spaced[b] and _worded(one.text[i - 1], one.text[i]))
        elif two.part_of[a] == two.part_of[b] and b == a + 2:
            letters = one.text[i - 1].isalpha() and one.text[i].isalpha() and not one.spaced[i]
            counts[2] += letters and two.text[a + 1] in HYPHENS and not two.spaced[a + 1]
    return Joins(counts[0], counts[1], counts[2], counts[3], _joins(gold, found))


def _dropped(alignment: Alignment, i: int) -> bool:
    """Say whether gold character ``i`` is a hyphen inside a word that the prediction has without it."""
    one, two = alignment.gold, alignment.found
    if one.text[i] not in HYPHENS or i + 1 >= len(one.text) or one.part_of[i + 1] != one.part_of[i]:
        return False
    a, b = alignment.back[i - 1], alignment.back[i + 1]
    inside = not one.spaced[i] and not one.spaced[i + 1] and one.text[i - 1].isalnum() and one.text[i + 1].isalnum()
    return inside and b == a + 1 and two.part_of[a] == two.part_of[b]


def _worded(one: str, two: str) -> bool:
    return not is_cjk(one) and not is_cjk(two)


def _joins(gold: Sequence[Unit], found: Sequence[Unit]) -> int:
    for units in (gold, found):
        lines = [part.lines for unit in units for part in unit.parts]
        if any(lines):
            return sum(max(0, count - 1) for count in lines)
    return sum(map(length, gold))
