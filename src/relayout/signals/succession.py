"""Which piece of running text comes after which? What two pieces say for and against it.

A piece is what stands together in the stream: paragraphs with neither a title nor a blank line between. An extractor
that reads the columns of a page one by one tears an article into pieces and puts others between them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence, Set
from itertools import pairwise
from typing import NamedTuple

from relayout.fitted import Seen
from relayout.layout import Block
from relayout.roles import Role
from relayout.signals.hyphens import Torn
from relayout.signals.letters import begins_great, begins_small, ended, torn
from relayout.signals.lexical import Vocabulary, terms
from relayout.signals.sights import quotes

Match = Callable[[str], re.Match[str] | None]
TEXT = (Role.BODY, Role.ITEM, Role.LIST_HEAD)
TITLE = (Role.DISPLAY, Role.RUBRIC, Role.BYLINE)
ALIKE = 0.08  # measures that differ by a smaller part are one
CROSS = 4  # words that a crosshead has at most, mostly
STEPS = (-3, 0, 2, 3, 4, 7)  # pieces between two, in bins
SHARES = (0.02, 0.08, 0.2, 0.4)  # of the words of one that stand in the other, in bins


class Piece(NamedTuple):
    """Running text that stands together: its blocks, where it stands, and how it begins and ends.

    ``headed`` says that a title stands right before it, ``crossed`` that it is a short one, as crossheads are; ``rank``
    counts the pieces of the page; ``hangs`` says that after its last word more must come, ``leads`` that it begins with
    such a word.
    """

    blocks: tuple[Block, ...]
    start: int
    rank: int
    headed: bool
    crossed: bool
    small: bool
    great: bool
    open: bool
    torn: bool
    hangs: bool
    leads: bool
    first: int
    last: int
    dated: bool
    refers: bool
    quotes: int
    words: frozenset[str]

    @property
    def lines(self) -> int:
        """Return how many printed lines it has."""
        return sum(len(block.paragraph.lines) for block in self.blocks)


def pieces(
    blocks: Sequence[Block], abbreviations: frozenset[str], hanging: frozenset[str], refers: Match
) -> list[Piece]:
    """Return the pieces of running text among ``blocks``, in the order of the stream.

    A piece ends at a title, a blank line, and where the text does not go on: a sentence is left open, or begun before.
    """
    found: list[Piece] = []
    run: list[Block] = []
    start = 0
    titles: list[Block] = []

    def close() -> None:
        nonlocal run, titles
        if run:
            found.append(_piece(run, start, len(found), titles, abbreviations, hanging, refers))
            run, titles = [], []

    for i, block in enumerate(blocks):
        if block.role in TEXT:
            if run and (block.paragraph.lines[0].after_blank or _parts(run[-1], block, abbreviations)):
                close()
            if not run:
                start = i
            run.append(block)
            continue
        close()
        if block.role in TITLE:
            titles.append(block)
    close()
    return found


def _parts(one: Block, two: Block, abbreviations: frozenset[str]) -> bool:
    """Say whether two paragraphs that stand together do not follow each other: one is left open, or the other begun."""
    if Role.BODY not in (one.role, two.role) or one.role is not two.role:
        return False
    last = one.paragraph.lines[-1].text
    return begins_small(two.text) or (not ended(last, abbreviations) and last[-1] not in ":,–—")


def blanks_part(found: Sequence[Piece]) -> float:
    """Return how surely a blank line is the mark of a paragraph on this page, from 0 to 1: full stops stand before it.

    Some extractors leave blank lines between paragraphs, others wherever a column ends.
    """
    ends = [not one.open for one, two in pairwise(found) if not two.headed]
    return max(0.0, min(1.0, 5 * ((sum(ends) + 1) / (len(ends) + 1) - 0.7)))


def _piece(
    run: Sequence[Block],
    start: int,
    rank: int,
    titles: Sequence[Block],
    abbreviations: frozenset[str],
    hanging: frozenset[str],
    refers: Match,
) -> Piece:
    first, last = run[0].text, run[-1].paragraph.lines[-1].text
    return Piece(
        tuple(run),
        start,
        rank,
        bool(titles),
        _crossed(titles),
        begins_small(first),
        begins_great(first),
        not ended(last, abbreviations),
        torn(last),
        last.split()[-1].casefold() in hanging,
        first.split()[0].casefold() in hanging,
        run[0].opening,
        run[-1].measure,
        run[0].paragraph.mark > 0 and run[0].role is Role.BODY,
        refers(first) is not None,
        quotes(" ".join(block.text for block in run)),
        frozenset().union(*(terms(block.text) for block in run)),
    )


def _crossed(titles: Sequence[Block]) -> bool:
    """Say whether what stands before a piece is one line of a few words."""
    if len(titles) != 1 or titles[0].role is not Role.DISPLAY:
        return False
    return len(titles[0].paragraph.lines) == 1 and len(titles[0].text.split()) <= CROSS


def begins(two: Piece) -> Seen:
    """Return what says that a text begins with ``two``, and does not go on from any piece."""
    seen = (
        ("bias", 1.0),
        ("first", two.rank == 0),
        ("small", two.small),
        ("headed", two.headed and not two.small),
        ("crossed", two.crossed),
        ("dated", two.dated),
        ("refers", two.refers),
        ("one-line", two.lines == 1),
    )
    return tuple((name, float(value)) for name, value in seen if value)


def follows(one: Piece, two: Piece, vocabulary: Vocabulary, known: Set[str]) -> Seen:
    """Return what the two pieces show that speaks for or against the text going on from ``one`` to ``two``."""
    steps = two.rank - one.rank
    near = "-next" if steps == 1 else ""
    shares = (vocabulary.cover(two.words, one.words), vocabulary.cover(one.words, two.words))
    share = max([share for share in shares if share is not None], default=0.0)
    joint = f"{'open' if one.open else 'ended'}-{'small' if two.small else 'great'}"
    wider = two.first / max(1, one.last)
    made_whole = _torn(one, two, known)
    seen = (
        (f"steps{bisect_right(STEPS, steps)}", 1.0),
        (joint + near, 1.0),
        (f"headed{near}", two.headed and not two.crossed and not two.small),
        (f"crossed{near}", two.crossed and not two.small),
        (f"headed-small{near}", two.headed and two.small),
        ("torn", one.torn),
        ("torn-made-whole", max(0.0, made_whole)),
        ("torn-left", float(made_whole < 0)),
        (f"alike{near}", abs(wider - 1) <= ALIKE),
        ("wider", max(0.0, min(1.0, wider - 1 - ALIKE))),
        ("narrower", max(0.0, min(1.0, 1 / max(0.1, wider) - 1 - ALIKE))),
        (f"shared{bisect_right(SHARES, share)}{near}", 1.0),
        (f"dated{near}", two.dated),
        (f"refers{near}", two.refers),
        ("quotes", one.quotes > 0 > two.quotes),
        ("quotes-open", (one.quotes > 0) != (two.quotes < 0)),
        ("hangs-small", one.hangs and two.small),
        ("hangs-great", one.hangs and not two.small),
        ("hangs-leads", one.hangs and two.leads),
        ("open-leads", one.open and not one.hangs and two.leads),
        ("comma", one.blocks[-1].text[-1] in ",;:"),
        ("comma-leads", one.blocks[-1].text[-1] in ",;" and two.leads),
        ("one-line", one.lines == 1),
    )
    return tuple((name, float(value)) for name, value in seen if value)


def _torn(one: Piece, two: Piece, known: Set[str]) -> float:
    """Return 1 where a torn word is made whole by ``two``, more than half where it may be, below zero where not."""
    if not one.torn:
        return 0.0
    word = Torn.of(one.blocks[-1].paragraph.lines[-1].text, two.blocks[0].text)
    if word is None or not two.small:
        return -1.0
    return 1.0 if word.left + word.right in known else 0.5
