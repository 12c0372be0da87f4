"""Which rows of a column are titles, and with which a new text begins, on pages of which only the lines are known.

Old papers set short items under small titles in their columns: in the middle, in capitals, a little larger, with some
white over them. A paragraph begins further in and ends before the edge, so that a row is known by the white beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from relayout.imprint import Box
from relayout.model import Line

LARGE, LARGER = 1.25, 1.8  # of the size of running text: what may be a title, and what hardly is anything else
FLUSH = 0.025  # of the width of a column: as near to its edge a line is set at it
INSET, SET_IN = 0.035, 0.105  # of it: white at both sides of a title; at most so much stands before a paragraph
EVEN, LEANING = 0.05, 0.05  # of it, and of the white at both sides: how far that differs
CLEAR = 0.1  # of it: white at both sides that no line of running text has
SHORT = 0.08  # of it: what is shorter ends a paragraph
ASIDE = 0.35  # of it: white at the left of what is set at the right: a dateline, a signature, a title
AIR, MORE_AIR = 1.15, 1.3  # of the usual distance of rows: more stands over a title or under it
SOME_AIR = 1.1  # of it: as much stands under a title that is nearly as wide as its column
APART = 1.45  # of it: what is set at the right and stands as far from what is above it is a title
NEARER, OFF = 0.2, 1.12  # of it: the text under such a title is so much nearer, and stands off as far; a dateline's not
ALONE = 1.7  # of it: a line is no text that has as much white over it and under it
NEAR = 4.0  # of it: farther apart, one title does not lead to another
FAR, ANEW = 5.0, 2.5  # of it: so far apart are two texts, or two where the first can end
UPPER = 0.7  # of the letters are capitals
LETTERS = 3  # a title has at least
SHOWN, FEW = 0.4, 4  # of the rows of an advertisement are set as titles are; how many rows it has at least
_ROMAN = re.compile(r"[\W\d]*[IVXLCivxlc1]*[\W\d]*")
CROWDED, LISTED = 0.16, 40  # of the rows of a list are set as titles are, more than in any text; how many it has
STARS, ITEM = 2, 25  # rows of stars between titles that part short items; rows of such an item at most
CAPITALS = 5  # letters: as many capitals at the head of a paragraph are a title in the line of its text
LATER, FOOT = 1.6, 2.0  # times the white over the first of some titles, and usual distances: there a text ends
_STARS = re.compile(r"(?:[*✻★—–_=-] ?){2,}")
_STOPS = (".", "!", "?", "»", ".)", ":", ";")


class Row(NamedTuple):
    """A row of a column: its lines, white at its left and right (of the width of the column), type (of that of text).

    ``over`` and ``under`` are how far the rows above and below are, in usual distances of rows; ``ruled`` says that a
    printed rule stands between it and the row above.
    """

    lines: tuple[Line, ...]
    box: Box
    left: float
    right: float
    over: float
    under: float
    size: float
    ruled: bool = False

    @property
    def text(self) -> str:
        """What it says."""
        return " ".join(line.text for line in self.lines)

    @property
    def centred(self) -> bool:
        """Whether there is as much white at its left as at its right."""
        even = EVEN + LEANING * (self.left + self.right)
        return min(self.left, self.right) > INSET and abs(self.left - self.right) < even

    @property
    def clear(self) -> bool:
        """Whether it is so far from both edges as no running text is."""
        return self.centred and min(self.left, self.right) > CLEAR

    @property
    def air(self) -> float:
        """How far the row above is, but for the size of its own type."""
        return self.over - max(0.0, self.size - 1) / 2

    @property
    def full(self) -> bool:
        """Whether it goes from edge to edge."""
        return self.left < FLUSH and self.right < FLUSH

    @property
    def ends(self) -> bool:
        """Whether a paragraph can end with it."""
        return self.right > SHORT or self.text.endswith(_STOPS)

    @property
    def numbered(self) -> bool:
        """Whether it is a number or a mark over a part of a text: VII, 1., * * *."""
        return sum(c.isalpha() for c in self.text) < LETTERS or bool(_ROMAN.fullmatch(self.text))


def titles(column: Sequence[Row]) -> list[bool]:
    """Say of each row of a column whether it is set as a title is; what leads to a title is part of it."""
    indented = sum(INSET < row.left < SET_IN and row.right < FLUSH for row in column) > 2
    found: list[bool] = []
    for n, row in enumerate(column):
        before, after = column[n - 1] if n else None, column[n + 1] if n + 1 < len(column) else None
        found.append(_is_title(row, before, after, indented=indented))
    for n in range(len(column) - 1, 0, -1):
        row, last, before = column[n - 1], column[n], column[n - 2] if n > 1 else None
        if (
            found[n]
            and not found[n - 1]
            and (_leads(row, last, before) or _goes_on(row, last, before) or _is_over(row, last, before))
        ):
            found[n - 1] = True
    closing = _closing(column, found)
    return [head and n not in closing for n, head in enumerate(found)]


def openings(column: Sequence[Row], heads: Sequence[bool]) -> list[bool]:
    """Say of each row whether a text begins with it: with a title under text, after much white, a rule or stars.

    A single row between two titles is part of them, unless it is set as a paragraph is. In a long column in which very
    many rows are set as titles are (books that are advertised), only white parts.
    """
    found: list[bool] = []
    text: list[Row] = []
    starred = _starred(column, heads)
    crowded = len(column) >= LISTED and sum(heads) > CROWDED * len(heads)
    for n, (row, head) in enumerate(zip(column, heads, strict=True)):
        single = len(text) == 1 and not (text[0].left < SET_IN and text[0].text.endswith((".", "!", "?")))
        begins = head and (not found or (bool(text) and not single)) and (not crowded or row.over > APART)
        if text and row.left < ASIDE and not (text[-1].centred and text[-1].numbered):
            begins = begins or row.over > FAR or (text[-1].ends and (row.over > ANEW or row.ruled))
            begins = begins or (text[-1].ends and row.over > MORE_AIR and _runs_in(row))
        found.append(begins or n in starred)
        text = [] if head else [*text, row][-2:]
    return found


def _starred(column: Sequence[Row], heads: Sequence[bool]) -> set[int]:
    """Return the rows after stars or dashes that part short items; in a long text these part its chapters."""
    marks = [n for n, row in enumerate(column) if _STARS.fullmatch(row.text)]
    found: set[int] = set()
    ends = [-1, *(n for n, head in enumerate(heads) if head), len(column)]
    for a, b in pairwise(ends):
        at = [n for n in marks if a < n < b]
        if len(at) >= STARS and all(two - one <= ITEM for one, two in pairwise([a, *at, b])):
            found.update(n + 1 for n in at)
    return found


def _closing(column: Sequence[Row], heads: Sequence[bool]) -> set[int]:
    """Return the rows that are set as titles are and end the text over them: much more white is under than over them.

    So the price stands at the foot of an advertisement.
    """
    found: set[int] = set()
    for n, head in enumerate(heads):
        if not head or not n or heads[n - 1]:
            continue
        end = next((m for m in range(n, len(heads)) if not heads[m]), len(heads))
        widest = max(range(n, end), key=lambda m: column[m].air)
        if column[widest].air > max(FOOT, LATER * column[n].air):
            found.update(range(n, widest))
    return found


def is_paragraph(row: Row, before: Row) -> bool:
    """Say whether a paragraph begins with a row of text: set in, or set at the right, where the one before can end."""
    return before.ends and (row.left > INSET or row.over > MORE_AIR) and not before.left > ASIDE < row.left


def is_shown(heads: Sequence[bool]) -> bool:
    """Say whether a column is an advertisement: so many of its rows are set as titles are.

    >>> is_shown([True, True, False, True]), is_shown([True, False, False, False])
    (True, False)
    """
    return sum(heads) > SHOWN * len(heads) and len(heads) >= FEW


def _is_title(row: Row, before: Row | None, after: Row | None, *, indented: bool) -> bool:
    if row.numbered:
        return False
    ended = before is None or before.ends or row.over > APART
    if ended and _stands_out(row):
        return True
    if len(row.lines) > 1:
        return False
    if row.centred:
        airy = row.over > AIR and row.under > SOME_AIR and not row.text.endswith((".", ",", ";"))
        return row.clear or airy or _upper(row.text)
    if not ended or after is None or row.text.endswith((".", ",", ";", "-")):
        return False
    if indented and before and row.left < FLUSH and (before.right > SHORT or row.over > APART):
        # A paragraph would be set in.
        dated = after.left > ASIDE and after.right < CLEAR
        return (row.over > MORE_AIR and after.left > INSET) or (dated and row.over > SOME_AIR)
    aside = row.left > ASIDE and row.right < CLEAR and not any(c.isdigit() for c in row.text)
    return aside and row.over > APART and row.over > row.under + NEARER and row.under > OFF


def _stands_out(row: Row) -> bool:
    """Say whether a row is larger than text, or alone between white, as no row of a text is."""
    alone = min(row.over, row.under) > ALONE and (row.centred or row.left < ASIDE) and len(row.lines) == 1
    if alone and not row.text.endswith((".", ",", ";")):
        return True
    if row.size <= LARGE:
        return False
    paragraph = INSET < row.left < SET_IN and row.right < FLUSH
    airy = row.over > MORE_AIR and row.under > AIR and not paragraph
    return row.centred or airy or (row.size > LARGER and row.full)


def _upper(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return sum(c.isupper() for c in letters) > UPPER * len(letters)


def _runs_in(row: Row) -> bool:
    """Say whether a paragraph begins with a title in the line of its text: LES ÉCOLES. — Hier …, or fills the row."""
    if not INSET < row.left < SET_IN:
        return False
    head, dash, _ = row.text.partition("— ")
    letters = sum(c.isalpha() for c in head)
    whole = bool(dash) or (row.right < FLUSH and not row.text.endswith(_STOPS))
    return whole and letters > CAPITALS and _upper(head)


def _leads(row: Row, title: Row, before: Row | None) -> bool:
    """Say whether a row that is set in leads to the title right under it (Feuilleton de l'Ouest-Éclair)."""
    return row.left > CLEAR and row.over > APART and title.over < NEAR and (before is None or before.ends)


def _goes_on(row: Row, title: Row, before: Row | None) -> bool:
    """Say whether a row fills its column, and the title right under it is its last line, set in the middle."""
    if not title.clear or title.over >= AIR or row.right > CLEAR or row.text.endswith((".", "!", "?")):
        return False
    return row.centred or (row.over > AIR and (before is None or before.ends))


def _is_over(row: Row, title: Row, before: Row | None) -> bool:
    """Say whether a large row is the first line of a title that is set at the left, with its last line under it."""
    if row.size < LARGE or max(row.left, title.left) > FLUSH or row.text.endswith((".", "!", "?", ",", ";")):
        return False
    return row.over > APART and title.over < row.over and (before is None or before.ends)
