"""Which piece of running text comes after which? What two pieces say for and against it.

A piece is what stands together in the stream: paragraphs with neither a title nor a blank line between. An extractor
that reads the columns of a page one by one tears an article into pieces and puts others between them.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import pairwise
from typing import NamedTuple

from relayout.layout import Block
from relayout.model import Evidence
from relayout.profile import Profile
from relayout.roles import Role
from relayout.signals.hyphens import Torn
from relayout.signals.letters import begins_great, begins_small, ended, torn
from relayout.signals.lexical import Vocabulary, terms
from relayout.signals.weigh import weigh

TEXT = (Role.BODY, Role.ITEM, Role.LIST_HEAD)
TITLE = (Role.DISPLAY, Role.RUBRIC, Role.BYLINE)
ALIKE = 0.08  # measures that differ by a smaller part are one
CROSS = 4  # words that a crosshead has at most, mostly
STEPS = 6.0  # pieces between two: more tell no more


class Piece(NamedTuple):
    """Running text that stands together: its blocks, where it stands, and how it begins and ends.

    ``headed`` says that a title stands right before it, ``crossed`` that it is a short one, as crossheads are; ``rank``
    counts the pieces of the page.
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
    first: int
    last: int
    dated: bool
    quotes: int
    words: frozenset[str]

    @property
    def lines(self) -> int:
        """Return how many printed lines it has."""
        return sum(len(block.paragraph.lines) for block in self.blocks)


def pieces(blocks: Sequence[Block], abbreviations: frozenset[str]) -> list[Piece]:
    """Return the pieces of running text among ``blocks``, in the order of the stream."""
    found: list[Piece] = []
    run: list[Block] = []
    start = 0
    titles: list[Block] = []
    for i, block in enumerate((*blocks, None)):
        if block is not None and block.role in TEXT:
            apart = run and block.paragraph.lines[0].after_blank
            if apart:
                found.append(_piece(run, start, len(found), titles, abbreviations))
                run, titles = [], []
            if not run:
                start = i
            run.append(block)
            continue
        if run:
            found.append(_piece(run, start, len(found), titles, abbreviations))
            run, titles = [], []
        if block is not None and block.role in TITLE:
            titles.append(block)
    return found


def blanks_part(found: Sequence[Piece]) -> float:
    """Return how surely a blank line is the mark of a paragraph on this page, from 0 to 1: full stops stand before it.

    Some extractors leave blank lines between paragraphs, others wherever a column ends.
    """
    ends = [not one.open for one, two in pairwise(found) if not two.headed]
    return max(0.0, min(1.0, 5 * ((sum(ends) + 1) / (len(ends) + 1) - 0.7)))


def _piece(
    run: Sequence[Block], start: int, rank: int, titles: Sequence[Block], abbreviations: frozenset[str]
) -> Piece:
    first, last = run[0].text, run[-1].paragraph.lines[-1].text
    text = " ".join(block.text for block in run)
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
        run[0].opening,
        run[-1].measure,
        run[0].paragraph.mark > 0 and run[0].role is Role.BODY,
        _quotes(text),
        frozenset().union(*(terms(block.text) for block in run)),
    )


def _crossed(titles: Sequence[Block]) -> bool:
    """Say whether what stands before a piece is one line of a few words."""
    if len(titles) != 1 or titles[0].role is not Role.DISPLAY:
        return False
    return len(titles[0].paragraph.lines) == 1 and len(titles[0].text.split()) <= CROSS


def _quotes(text: str) -> int:
    """Return how many quotations ``text`` opens and does not close."""
    return text.count("“") + text.count("„") - text.count("”") - (text.count("“") if "„" in text else 0)


def follows(
    one: Piece, two: Piece, vocabulary: Vocabulary, known: Set[str], profile: Profile
) -> tuple[float, tuple[Evidence, ...]]:
    """Weigh whether the text goes on from ``one`` to ``two``."""
    steps = two.rank - one.rank
    shares = (vocabulary.cover(two.words, one.words), vocabulary.cover(one.words, two.words))
    shared = [share for share in shares if share is not None]
    alike = abs(one.last - two.first) <= ALIKE * max(one.last, two.first)
    seen = (
        ("base", 1.0),
        ("next", float(steps == 1)),
        ("headed", float(two.headed and not two.crossed and not two.small)),
        ("crossed", float(two.crossed and not two.small)),
        ("crossed-next", float(two.crossed and not two.small and steps == 1)),
        ("headed-small", float(two.headed and two.small)),
        ("goes-on", float(one.open and two.small)),
        ("torn", _torn(one, two, known)),
        ("open-great", float(one.open and not two.small)),
        ("ended-small", float(not one.open and two.small)),
        ("ended-great", float(not one.open and not two.small)),
        ("alike", float(alike)),
        ("unlike", float(not alike)),
        ("back", float(steps < 0)),
        ("steps", min(1.0, (abs(steps) - 1) / STEPS)),
        ("shared", min(1.0, 4 * max(shared)) if shared else None),
        ("dated", float(two.dated)),
        ("quotes", float(one.quotes > 0 > two.quotes)),
        ("quotes-open", float((one.quotes > 0) != (two.quotes < 0))),
    )
    return weigh("thread", seen, profile)


def _torn(one: Piece, two: Piece, known: Set[str]) -> float:
    """Return 1 where a torn word is made whole by ``two``, more than half where it may be, below zero where not."""
    if not one.torn:
        return 0.0
    word = Torn.of(one.blocks[-1].paragraph.lines[-1].text, two.blocks[0].text)
    if word is None or not two.small:
        return -1.0
    return 1.0 if word.left + word.right in known else 0.5
