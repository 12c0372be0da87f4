"""Sever: cut headlines apart that the extractor glued together in one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from relayout.chars import CLOSERS, NO_START, OPENERS, has_han
from relayout.cutting import cut_paragraph
from relayout.layout import Block, Layout
from relayout.model import Evidence, Note, Outcome
from relayout.profile import Profile
from relayout.roles import Level, Role
from relayout.signals.kinship import Bodies
from relayout.signals.lexical import terms, word_pairs
from relayout.signals.weigh import certainty, weigh

TOLD = 0.3  # what share of a headline its article says at the least
USUAL = 6  # characters that a headline mostly has at the least
LEAST = 4  # characters on either side of a cut
SHORTEST, LONGEST = 12, 80  # other lines are no two headlines
Cut = tuple[float, int, int, tuple[Evidence, ...]]  # score, block, position in its text, evidence


def sever(layout: Layout, profile: Profile) -> Outcome[Layout]:
    """Cut display lines in two where some article has no headline that tells of it, and the evidence is for a cut.

    Evidence: the halves tell of different articles; one of them begins as a paragraph of the page does; a
    couplet of equal halves stands out; the pair of characters at the seam is strange to the page. Leaves every
    character. Declines where the headlines tell of as many articles as there are.
    """
    blocks = list(layout.blocks)
    notes: list[Note] = []
    if not layout.articles:
        return Outcome(layout)
    crowned = frozenset(a for a, article in enumerate(layout.articles) if article.heads())
    pairs = word_pairs(p.text for article in layout.articles for p in article.parts)
    page = _Page(Bodies.of(layout.articles), crowned, pairs, _openings(layout), _long(blocks), profile)
    wanted = page.wanted(blocks)
    cuts = [
        cut
        for i, block in enumerate(blocks)
        if wanted and _may_be_glued(block)
        for cut in page.cuts(i, block.text, wanted)
    ]
    cut_at: dict[int, Cut] = {}
    for cut in sorted(cuts, key=lambda one: -one[0])[: 4 * len(wanted)]:
        if cut[0] > 0 and cut[1] not in cut_at and len(cut_at) < len(wanted):
            cut_at[cut[1]] = cut
    for i, (score, _, at, evidence) in sorted(cut_at.items(), reverse=True):
        left, right = cut_paragraph(blocks[i].paragraph, at)
        notes.insert(0, _note(blocks[i], f"{left.text} | {right.text}", score, evidence))
        cert = certainty(score)
        blocks[i : i + 1] = [
            replace(blocks[i], paragraph=replace(part, cert=min(part.cert, cert))) for part in (left, right)
        ]
    return Outcome(replace(layout, blocks=tuple(blocks)), tuple(notes))


def _may_be_glued(block: Block) -> bool:
    if block.role is not Role.DISPLAY or len(block.paragraph.lines) > 1 or block.place.start:
        return False
    return SHORTEST <= len(block.text) <= LONGEST and has_han(block.text) and block.place.end is None


def _long(blocks: Sequence[Block]) -> float:
    """Return the length from which a display line is longer than those of the page mostly are."""
    lengths = sorted(len(block.text) for block in blocks if block.role is Role.DISPLAY)
    return 1.3 * lengths[len(lengths) // 2] if lengths else 0.0


def _openings(layout: Layout) -> frozenset[str]:
    """Return the first two characters of every paragraph of running text."""
    prose = (p for article in layout.articles for p in article.parts if p.role in (Role.BODY, Role.LEAD))
    return frozenset(p.text[p.mark :][:2] for p in prose)


class _Page(NamedTuple):
    """What the articles of a page say, and how they begin."""

    bodies: Bodies
    crowned: frozenset[int]
    pairs: frozenset[str]
    openings: frozenset[str]
    long: float
    profile: Profile

    def wanted(self, blocks: Sequence[Block]) -> frozenset[int]:
        """Return the articles without a headline of which no headline tells best."""
        told = {self._most(block.text)[0] for block in blocks if block.role is Role.DISPLAY}
        return frozenset(range(len(self.bodies.bodies))) - told - self.crowned if told else frozenset()

    def cuts(self, i: int, text: str, wanted: frozenset[int]) -> list[Cut]:
        """Weigh every place at which ``text`` may be cut."""
        whole = self._most(text)[1]
        found: list[Cut] = []
        for at in range(LEAST, len(text) - LEAST + 1):
            left, right = text[:at], text[at:]
            if " " in (left[-1], right[0]) or not _seam(left, right):
                continue
            (one, share), (two, other) = self._most(left), self._most(right)
            if one is None or two is None or one == two:
                continue
            halves = (share * len(left) + other * len(right)) / len(text)
            seen = (
                ("base", 1.0),
                ("gain", halves - whole),
                ("wanted", float((one in wanted and share >= TOLD) or (two in wanted and other >= TOLD))),
                ("foreign", 1.0 - max(self._says(one, right), self._says(two, left))),
                ("long", float(len(text) > self.long)),
                ("short", float(max(0, USUAL - min(len(left), len(right))))),
                ("opening", float(right[:2] in self.openings)),
                ("couplet", _couplet(left, right)),
                ("seam", -1.0 if left[-1] + right[0] in self.pairs else 1.0),
            )
            score, evidence = weigh("sever", seen, self.profile)
            found.append((score, i, at, evidence))
        return found

    def _most(self, text: str) -> tuple[int | None, float]:
        return self.bodies.most(terms(text))

    def _says(self, article: int, text: str) -> float:
        return self.bodies.vocabulary.cover(terms(text), self.bodies.bodies[article].whole) or 0.0


def _seam(left: str, right: str) -> bool:
    """Say whether a line may part between ``left`` and ``right``: no number, word or bracket is torn."""
    if right[0] in NO_START or left[-1] in OPENERS or left[-1] in "，、；：—":
        return False
    if left[-1].isascii() and right[0].isascii():
        return False
    return sum(left.count(c) for c in OPENERS) == sum(left.count(c) for c in CLOSERS)


def _couplet(left: str, right: str) -> float:
    """Return 1 where one side is two halves of one length and the whole line is not, -1 where the cut spoils halves."""
    spaces = (left + right).count(" ")
    if spaces != 1:
        return 0.0
    side = left if " " in left else right
    one, two = (len(half) for half in side.split(" "))
    whole_one, whole_two = (len(half) for half in (left + right).split(" "))
    if abs(whole_one - whole_two) <= 2:
        return -1.0
    return 1.0 if one == two else 0.0


def _note(block: Block, why: str, score: float, evidence: tuple[Evidence, ...]) -> Note:
    what = "a line is cut into two headlines"
    return Note("sever", what, why, certainty(score), Level.REPAIR, block.place, block.text[:40], evidence)
