"""Does the article go on with the next paragraph of the stream? What each pair of neighbours says for and against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from math import sqrt
from types import MappingProxyType
from typing import NamedTuple

from relayout.chars import cells, has_han, tight
from relayout.layout import Block
from relayout.model import Evidence, Place
from relayout.profile import Profile
from relayout.roles import Role
from relayout.signals.lexical import Vocabulary, terms
from relayout.signals.weigh import weigh

STREAM = (Role.BODY, Role.ITEM, Role.LIST_HEAD, Role.ROW, Role.SOURCE)
LIST = (Role.ITEM, Role.LIST_HEAD, Role.ROW)
TITLES = (Role.RUBRIC, Role.BYLINE)
RECENT = 12  # paragraphs of the article so far whose openings are compared
FAR = 8  # paragraphs on either side of a title whose words are compared
AGAIN = 0.5  # two texts that are nearer than this say the same again
CROWDED = 200  # titles: no newspaper page has so many, and each is compared with each paragraph
CLOSE = 0.25  # nearer than this tells no more; on small pages few words are shared, and tell much
NEAR = 3  # cells by which one measure may seem to differ
CROSS = 4  # words that a crosshead has at most, mostly
LONG = 6  # words of a title that is hardly a crosshead
AHEAD = 3  # paragraphs looked at on either side of a possible cut


class Stream(NamedTuple):
    """The running text of a page: which blocks it is made of, and what is telling on this page."""

    blocks: Sequence[Block]
    places: Sequence[int]
    vocabulary: Vocabulary
    profile: Profile
    titles: tuple[frozenset[str], ...] = ()
    threads: Mapping[Place, float] = MappingProxyType({})

    def cut(self, k: int, unit: Sequence[Block]) -> tuple[float, tuple[Evidence, ...]]:
        """Weigh whether a new article begins with the ``k``-th block of the stream, ``unit`` being the one before."""
        last, here = self.blocks[self.places[k - 1]], self.blocks[self.places[k]]
        between = self.blocks[self.places[k - 1] + 1 : self.places[k]]
        heads = [block for block in between if block.role is Role.DISPLAY]
        before, after = self.measure_before(k), self.measure_after(k)
        if here.role in (Role.SOURCE, Role.BYLINE, Role.CREDIT, Role.DATELINE) and not heads:
            return weigh("group", (("belongs", 1.0),), self.profile)
        if not has_han(here.text):
            return self._cut_latin(k, unit, last, here, between, heads)
        seen = (
            ("dateline", float(_dateline(here))),
            ("closed", float(last.role in (Role.BYLINE, Role.SOURCE, Role.CREDIT, Role.DATELINE))),
            ("in-list", float(here.role in LIST and last.role in LIST)),
            ("measure", self._changed(unit, last, here, before, after)),
            ("runround", float(not _dateline(here) and 0 < here.opening < here.measure and here.opening != before)),
            ("no-head", float(not heads)),
            ("heads", float(len(heads) - 1) if len(heads) > 1 else 0.0),
            ("wide-head", float(any(cells(tight(b.text)) > before > 0 for b in heads))),
            ("parted-head", float(any(" " in b.text and has_han(b.text) for b in heads))),
            ("title", float(any(block.role in TITLES for block in between))),
            ("titled", float(bool(heads) and any(block.role in TITLES for block in between))),
            ("caption", float(any(block.role is Role.CAPTION for block in between))),
            ("furniture", float(any(block.role is Role.FURNITURE for block in between))),
            ("list", float(here.role in LIST and last.role not in LIST)),
            ("box", float(here.role is Role.LIST_HEAD and last.role not in LIST)),
            ("introduced", float(here.role in LIST and last.text.endswith(("：", ":")))),
            ("after-list", float(here.role is Role.BODY and last.role in LIST)),
            ("open", float(last.role is Role.BODY and last.text[-1:] in "，、；,;")),
            ("lead", self._lead(unit, k, before, after, between)),
            ("wide-lead", self._wide_lead(unit, k, before, after)),
            ("in-briefs", float(unit[0].role is Role.HEAD and len(heads) == 1)),
            ("apart", self._apart(k)),
            *self._cohesion(k, unit),
            ("headed", self._headed(k, unit)),
            ("brief", self._brief(k, unit, heads)),
            ("strangers", self.strangers(k, unit) if len(heads) == 1 else None),
            ("parallel", float(any(_opening(b) == _opening(here) for b in unit[-RECENT:] if b.role is Role.BODY))),
        )
        return weigh("group", seen, self.profile)

    def _cut_latin(
        self, k: int, unit: Sequence[Block], last: Block, here: Block, between: Sequence[Block], heads: Sequence[Block]
    ) -> tuple[float, tuple[Evidence, ...]]:
        """Weigh the same for text in letters: ragged measures tell less, words and titles more."""
        before, after = self.measure_before(k), self.measure_after(k)
        counts = [len(block.text.split()) for block in heads]
        listed = here.role in LIST, last.role in LIST
        seen = (
            ("bias", 1.0),
            ("dateline", float(_dateline(here))),
            ("closed", float(last.role in (Role.BYLINE, Role.SOURCE, Role.CREDIT, Role.DATELINE))),
            ("list", float(any(listed))),
            ("measure", self._changed(unit, last, here, before, after)),
            ("head", float(len(heads) > 0)),
            ("heads", float(len(heads) > 1)),
            ("crosshead", float(len(heads) == 1 == len(heads[0].paragraph.lines) and counts[0] <= CROSS)),
            ("wrapped-head", float(any(len(block.paragraph.lines) > 1 for block in heads))),
            ("long-head", min(1.0, max(counts, default=0) / LONG)),
            ("told-head", self._told(k, [terms(block.text) for block in heads]) if heads else None),
            ("told", self._told(k, self.titles) if not heads else None),
            ("title", float(any(block.role in TITLES for block in between))),
            ("touching", float(bool(between) and between[-1].role in (Role.DISPLAY, *TITLES))),
            ("thread", self.threads.get(here.place)),
            ("apart", self._apart(k)),
            ("refers", float(self.profile.cue("refers").match(here.text) is not None)),
            ("begun", float(len(unit) == 1)),
            ("in-briefs", float(unit[0].role is Role.HEAD and len(heads) == 1)),
            ("open", float(last.role is Role.BODY and last.text[-1:] in ",;:-")),
        )
        return weigh("cut", seen, self.profile)

    def _told(self, k: int, titles: Sequence[frozenset[str]]) -> float | None:
        """Return how much more of some of ``titles`` is told from the ``k``-th block on than just before it.

        In letters a title often stands far from its text, and the text begins with what it says.
        """
        if not titles or len(titles) > CROWDED:
            return None
        after = terms(self._at(k).text)
        before = frozenset().union(*(terms(self._at(j).text) for j in range(max(0, k - AHEAD), k)))
        cover = self.vocabulary.cover
        return max((cover(title, after) or 0.0) - (cover(title, before) or 0.0) for title in titles)

    def _changed(self, unit: Sequence[Block], last: Block, here: Block, before: int, after: int) -> float | None:
        """Return 1 where the measure is another one, -1 where it stays; little where an article may just have begun.

        A text may run round a box over all of its first paragraph and get wider with its second.
        """
        if not before or not after or (here.role in LIST and last.role in LIST):
            return None
        if abs(before - after) <= 1:
            return -1.0
        if abs(before - after) <= NEAR:
            return -0.5  # marks of half a width make a column look a little wider or narrower
        if _shows(here) and abs(before - here.opening) <= 1:
            # A text that begins in the same measure and gets wider may run round a box at the head of an article.
            return -1.0 if here.opening > here.measure else 0.0
        begun = len(unit) == 1 and not _dateline(here) and here.opening == here.measure
        if begun and 5 * before < 5 * after <= 11 * before:
            return 0.0
        return 1.5 if 2 * after >= 3 * before and len(unit) > AHEAD else 1.0

    def measure_before(self, k: int) -> int:
        """Return the measure of the nearest block before the ``k``-th that has two lines to show it, or 0."""
        return next((b.measure for b in map(self._at, range(k - 1, max(-1, k - 1 - AHEAD), -1)) if _shows(b)), 0)

    def measure_after(self, k: int) -> int:
        """Return the measure of the ``k``-th block or the next one that has two lines to show it, or 0."""
        return next((b.measure for b in map(self._at, range(k, min(len(self.places), k + AHEAD))) if _shows(b)), 0)

    def _at(self, k: int) -> Block:
        return self.blocks[self.places[k]]

    def _lead(self, unit: Sequence[Block], k: int, before: int, after: int, between: Sequence[Block]) -> float:
        """Say how surely ``unit`` is the lead of the report that begins with a dateline now: short, and set wider.

        The report must say some of it again; where it is not set wider, most of it.
        """
        if not _dateline(self._at(k)) or between or not 0 < len(unit) <= AHEAD + 1:
            return 0.0
        if any(block.role is not Role.BODY or _dateline(block) for block in unit):
            return 0.0
        told = frozenset().union(*(terms(block.text) for block in unit))
        report: set[str] = set()
        for j in range(k, min(len(self.places), k + RECENT)):
            if j > k and (_dateline(self._at(j)) or self._at(j).role in LIST):
                break
            report |= terms(self._at(j).text)
        share = self.vocabulary.cover(told, report) or 0.0
        wide = bool(after) and before * 4 >= after * 5
        return max(0.0, min(1.0, 4 * share + (0.3 if wide else -1.2)))

    def _wide_lead(self, unit: Sequence[Block], k: int, before: int, after: int) -> float:
        """Return how surely ``unit`` is a lead that the text goes on from: one paragraph, wider, of the same words."""
        if len(unit) != 1 or unit[0].role is not Role.BODY or _dateline(self._at(k)) or not 0 < 5 * after <= 4 * before:
            return 0.0
        return min(1.0, 8.0 * (_alike(terms(unit[0].text), terms(self._at(k).text), self.vocabulary) or 0.0))

    def strangers(self, k: int, unit: Sequence[Block]) -> float | None:
        """Return 1 where the texts on both sides of a single title share next to nothing, 0 where they share a little.

        Sections of an article share a twentieth of their words and more, short reports under headlines hundredths.
        Between the items of a box of briefs it says nothing.
        """
        if unit[0].role is Role.HEAD:
            return None
        before = frozenset().union(*(terms(block.text) for block in unit[-FAR:]))
        after = frozenset().union(*(terms(self._at(j).text) for j in range(k, min(len(self.places), k + FAR))))
        covers = (self.vocabulary.cover(after, before), self.vocabulary.cover(before, after))
        shared = [share for share in covers if share is not None]
        return max(0.0, min(1.0, (0.05 - max(shared)) / 0.03)) if shared else None

    def _headed(self, k: int, unit: Sequence[Block]) -> float | None:
        """Return how much more some headline of the page tells of the ``k``-th block than of the article so far.

        Headlines may stand anywhere; what one tells of is mostly in the first paragraphs of its article. No page has
        more than ``CROWDED`` of them; where a text has, nothing is told, since asking each would take too long.
        """
        if len(self.titles) > CROWDED:
            return None
        so_far = frozenset().union(*(terms(block.text) for block in unit if block.role in STREAM))
        here = terms(self._at(k).text)
        best = 0.0
        for title in self.titles:
            if title & here:
                cover = self.vocabulary.cover
                best = max(best, (cover(title, here) or 0.0) - (cover(title, so_far) or 0.0))
        return max(0.0, best - 0.3) if self.titles else None

    def _cohesion(self, k: int, unit: Sequence[Block]) -> tuple[tuple[str, float | None], ...]:
        """Return how alike the ``k``-th block is to the article so far, to its last paragraph, and with the next ones.

        Source: the lexical cohesion of TextTiling (Hearst 1997), over paragraphs.
        """
        prose = [terms(block.text) for block in unit[-FAR:] if block.role in STREAM]
        here, last = terms(self._at(k).text), terms(self._at(k - 1).text)
        ahead: set[str] = set()
        for j in range(k, min(len(self.places), k + AHEAD)):
            if j > k and _dateline(self._at(j)):
                break
            ahead |= terms(self._at(j).text)
        so_far = frozenset().union(*prose)
        return (
            ("told", _alike(so_far, here, self.vocabulary)),
            ("touching", _alike(last, here, self.vocabulary)),
            ("ahead", _alike(so_far, ahead, self.vocabulary)),
        )

    def _brief(self, k: int, unit: Sequence[Block], heads: Sequence[Block]) -> float:
        """Return 1 where titles and single paragraphs take turns, before and after: the items of a box of briefs."""
        if len(heads) != 1 or k + 1 >= len(self.places):
            return 0.0
        here, following = self.places[k], self.places[k + 1]
        prose = 0
        for block in reversed(unit):
            if block.role not in STREAM:
                break
            prose += 1
        next_titled = any(block.role is Role.DISPLAY for block in self.blocks[here + 1 : following])
        opened = unit[0].role in (Role.HEAD, Role.CROSSHEAD) or any(b.role is Role.CROSSHEAD for b in unit)
        return float(prose == 1) * (0.5 * next_titled + 0.5 * opened)

    def _apart(self, k: int) -> float | None:
        """Return 1 where the paragraphs after share nothing telling with those before, down to -1 for half and more.

        Neither side reaches over a dateline, where another report begins.
        """
        before: set[str] = set()
        for j in range(k - 1, max(-1, k - 1 - AHEAD), -1):
            before |= terms(self._at(j).text)
            if _dateline(self._at(j)):
                break
        after: set[str] = set()
        for j in range(k, min(len(self.places), k + AHEAD)):
            if j > k and _dateline(self._at(j)):
                break
            after |= terms(self._at(j).text)
        covers = (self.vocabulary.cover(after, before), self.vocabulary.cover(before, after))
        shared = [share for share in covers if share is not None]
        return max(-1.0, 1.0 - 4.0 * max(shared)) if shared else None


def _alike(one: Set[str], two: Set[str], vocabulary: Vocabulary) -> float | None:
    """Return how much two texts share of what they say, by weight: the cosine of their sets of words.

    A text that says nearly the same again does not go on with the other: a lead, a box.
    """
    a, b = vocabulary.mass(one), vocabulary.mass(two)
    if a <= 0 or b <= 0:
        return None
    cosine = vocabulary.mass(one & two) / sqrt(a * b)
    return min(CLOSE, cosine) if cosine < AGAIN else 0.0


def _shows(block: Block) -> bool:
    return block.role in STREAM and len(block.paragraph.lines) > 1


def _dateline(block: Block) -> bool:
    return block.role is Role.BODY and block.paragraph.mark > 0


def _opening(block: Block) -> str:
    return block.text[block.paragraph.mark :][:2]
