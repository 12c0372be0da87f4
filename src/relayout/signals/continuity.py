"""Does the article go on with the next paragraph of the stream? What each pair of neighbours says for and against.

What is seen between two paragraphs depends on the page alone, never on where it was cut before: so a wrong cut
makes no other one wrong, and the weights can be fitted on what is really seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import sqrt
from types import MappingProxyType
from typing import NamedTuple

from relayout.chars import CLOSERS, cells, has_han, tight
from relayout.layout import Block
from relayout.model import Evidence, Place
from relayout.profile import Profile
from relayout.roles import Role
from relayout.signals.claims import Claims
from relayout.signals.lexical import Vocabulary, terms
from relayout.signals.weigh import weigh, weigh_fitted

STREAM = (Role.BODY, Role.ITEM, Role.LIST_HEAD, Role.ROW, Role.SOURCE)
LIST = (Role.ITEM, Role.LIST_HEAD, Role.ROW)
FEET = (Role.BYLINE, Role.SOURCE, Role.CREDIT, Role.DATELINE)
FAR = 8  # paragraphs on either side of a title whose words are compared
BACK, AHEAD = 6, 4  # paragraphs before and after a gap whose words are compared
AGAIN = 0.5  # two texts that are nearer than this say the same again
CLOSE = 0.3  # nearer than this tells no more; on small pages few words are shared, and tell much
STRANGE = 0.02  # paragraphs that are no nearer than this share nothing
NEAR = 3  # cells by which one measure may seem to differ
SHOWN = 3  # blocks looked at for a measure
LEAD = 4  # paragraphs of a lead
WORDS, CHARACTERS = 6, 14  # of a title that is hardly a crosshead
QUOTES = "「」『』“”"
ENDS = "。！？；.!?…:：" + CLOSERS + "\"'”’"


class Stream(NamedTuple):
    """The running text of a page: which blocks it is made of, and what is telling on this page.

    ``texts`` are the terms of each paragraph, ``claims`` which of them the headlines of the page tell of,
    ``threads`` how likely a piece goes on from no other (stage ``thread``); on a ``strung`` page lines tell nothing.
    """

    blocks: Sequence[Block]
    places: Sequence[int]
    texts: Sequence[frozenset[str]]
    vocabulary: Vocabulary
    profile: Profile
    claims: Claims
    threads: Mapping[Place, float] = MappingProxyType({})
    strung: bool = False

    def cut(self, k: int, *, boxed: bool = False) -> tuple[float, tuple[Evidence, ...]]:
        """Weigh whether a new article begins with the ``k``-th block of the stream, in a box of briefs or not."""
        here, seen = self._at(k), self.seen(k, boxed=boxed)
        if not seen:
            return weigh("group", (("belongs", 1.0),), self.profile)
        if self.strung:
            return weigh_fitted("strung", seen)
        return weigh("group" if has_han(here.text) else "cut", seen, self.profile)

    def seen(self, k: int, *, boxed: bool = False) -> tuple[tuple[str, float | None], ...]:
        """Return all that is seen before the ``k``-th block; nothing where it is a foot, which always belongs."""
        between = self.between(k)
        heads = [block for block in between if block.role is Role.DISPLAY]
        if self._at(k).role in FEET and not heads:
            return ()
        before, after = self._window(k, -1, BACK), self._window(k, 1, AHEAD)
        seen = (
            ("bias", 1.0),
            *self._form(k),
            *self._between(k, between, heads, boxed=boxed),
            *self._measures(k),
            ("lead", self._lead(k, after)),
            *self._cohesion(k, before, after),
            *self.claims.seen(k, before, after),
        )
        strung = (("head", float(bool(heads))), ("dated-between", float(any(b.role is Role.DATELINE for b in between))))
        return (*seen, *(strung if self.strung else ()), *_together(dict(seen)))

    def between(self, k: int) -> Sequence[Block]:
        """Return the blocks that stand between the ``k``-th of the stream and the one before."""
        return self.blocks[self.places[k - 1] + 1 : self.places[k]]

    def _form(self, k: int) -> tuple[tuple[str, float | None], ...]:
        """Return what the two paragraphs are by themselves: opened, closed, of one line, items of a list."""
        last, here = self._at(k - 1), self._at(k)
        listed, lists = last.role in LIST, here.role in LIST
        return (
            ("dateline", float(_dateline(here))),
            ("dated-last", float(_dateline(last) and not _dateline(here))),
            ("closed", float(last.role in FEET)),
            ("open", float(not listed and not lists and last.text[-1] not in ENDS)),
            ("in-list", float(listed and lists)),
            ("list", float(lists and not listed)),
            ("box", float(here.role is Role.LIST_HEAD and not listed)),
            ("after-list", float(listed and not lists)),
            ("introduced", float(lists and last.text.endswith(("：", ":")))),
            ("one-line", float(len(here.paragraph.lines) == 1 and not _dateline(here))),
            ("last-one-line", float(len(last.paragraph.lines) == 1)),
            ("refers", float(self.profile.cue("refers").match(here.text) is not None)),
            ("thread", self.threads.get(here.place)),
            *(_han(last, here) if has_han(here.text) else ()),
        )

    def _between(
        self, k: int, between: Sequence[Block], heads: Sequence[Block], *, boxed: bool
    ) -> tuple[tuple[str, float | None], ...]:
        """Return what stands between the two paragraphs: titles, and what a single one tells of."""
        roles = {block.role for block in between}
        lone = heads[0] if len(heads) == 1 == len(between) else None
        width, measure = cells(tight(lone.text)) if lone else 0, self.measure_after(k)
        long = (len(lone.text) / CHARACTERS if has_han(lone.text) else len(lone.text.split()) / WORDS) if lone else 0
        return (
            ("no-head", float(not between)),
            ("heads", float(len(heads) > 1)),
            ("wide-head", max(0.0, min(1.0, 2.0 * width / measure - 1.0)) if measure else None),
            ("parted-head", float(lone is not None and " " in lone.text and has_han(lone.text))),
            ("wrapped-head", float(lone is not None and len(lone.paragraph.lines) > 1)),
            ("long-head", min(1.0, long)),
            *self._told(k, lone),
            ("title", float(Role.RUBRIC in roles)),
            ("byline", float(Role.BYLINE in roles)),
            ("caption", float(Role.CAPTION in roles or Role.CREDIT in roles)),
            ("furniture", float(Role.FURNITURE in roles)),
            ("turns", float(len(heads) == 1) * 0.5 * (self._titled(k - 1) + self._titled(k + 1))),
            ("in-briefs", float(boxed and len(heads) == 1)),
        )

    def _titled(self, k: int) -> bool:
        """Say whether a single title stands before the ``k``-th paragraph: titles and paragraphs take turns."""
        if not 0 < k < len(self.places):
            return False
        return sum(block.role is Role.DISPLAY for block in self.between(k)) == 1

    def _told(self, k: int, lone: Block | None) -> tuple[tuple[str, float | None], ...]:
        """Return how much of a single title the texts before and after it say."""
        title = terms(lone.text) if lone else frozenset[str]()
        before, after = (self._union(self._window(k, step, reach)) for step, reach in ((-1, BACK), (1, AHEAD)))
        return (
            ("told-before", self.vocabulary.cover(title, before) if title else None),
            ("told-after", self.vocabulary.cover(title, after) if title else None),
        )

    def _measures(self, k: int) -> tuple[tuple[str, float | None], ...]:
        """Return how the measures of both sides differ, and whether the first lines run round something."""
        before, after, here = self.measure_before(k), self.measure_after(k), self._at(k)
        if not before or not after or (here.role in LIST and self._at(k - 1).role in LIST):
            return ()
        apart = abs(before - after)
        opened = here.opening if _shows(here) else 0
        return (
            ("same", float(apart <= 1)),
            ("other", float(apart > NEAR)),
            ("twice", float(2 * max(before, after) >= 3 * min(before, after))),
            ("as-before", float(opened >= here.measure and abs(opened - before) <= 1)),
            ("widens", float(0 < opened < here.measure and abs(opened - before) <= 1)),
            ("runround", float(0 < opened < here.measure and abs(opened - before) > 1)),
        )

    def measure_before(self, k: int) -> int:
        """Return the measure of the nearest block before the ``k``-th that has two lines to show it, or 0."""
        return next((b.measure for b in map(self._at, range(k - 1, max(-1, k - 1 - SHOWN), -1)) if _shows(b)), 0)

    def measure_after(self, k: int) -> int:
        """Return the measure of the ``k``-th block or the next one that has two lines to show it, or 0."""
        return next((b.measure for b in map(self._at, range(k, min(len(self.places), k + SHOWN))) if _shows(b)), 0)

    def _at(self, k: int) -> Block:
        return self.blocks[self.places[k]]

    def _window(self, k: int, step: int, reach: int) -> list[int]:
        """Return the paragraphs before or after the gap, the nearest first; not over a dateline."""
        found: list[int] = []
        i = k if step > 0 else k - 1
        while 0 <= i < len(self.places) and len(found) < reach:
            dated = _dateline(self._at(i))
            if step > 0 and i > k and dated:
                break
            found.append(i)
            if step < 0 and dated:
                break
            i += step
        return found

    def _union(self, window: Sequence[int]) -> frozenset[str]:
        return frozenset().union(*(self.texts[i] for i in window))

    def _lead(self, k: int, after: Sequence[int]) -> float:
        """Say how surely the text before is the lead of what begins now: short, set wider, of the same words.

        Before a dateline a lead may have a few paragraphs, and the report says some of them again, or most where it
        is not set wider; else a lead is one paragraph.
        """
        if self.between(k) or _dateline(self._at(k - 1)):
            return 0.0
        dated = _dateline(self._at(k))
        wide = 4 * self.measure_before(k) >= 5 * self.measure_after(k) > 0
        run = [k - 1]
        while dated and run[-1] and not self.between(run[-1]) and self._level(run[-1]) and len(run) <= LEAD:
            run.append(run[-1] - 1)
        if any(self._at(i).role is not Role.BODY for i in run) or (not dated and not wide):
            return 0.0
        before = run[-1]
        if not dated and before and self._level(before) and not self.between(before):
            return 0.0
        if len(run) > LEAD:
            return 0.0
        share = self.vocabulary.cover(self._union(run), self._union(after)) or 0.0
        return max(0.0, min(1.0, 4 * share + (0.3 if wide else -1.2)))

    def _level(self, k: int) -> bool:
        """Say whether the ``k``-th paragraph and the one before it are prose of one measure, without a dateline."""
        last, here = self._at(k - 1), self._at(k)
        plain = last.role is here.role is Role.BODY and not _dateline(last) and not _dateline(here)
        return plain and (not _shows(last) or abs(last.measure - here.measure) <= NEAR)

    def strangers(self, k: int, unit: Sequence[Block]) -> float | None:
        """Return 1 where the texts on both sides of a single title share next to nothing, 0 where they share a little.

        Sections of an article share a twentieth of their words and more, short reports under headlines hundredths.
        Between the items of a box of briefs it says nothing.
        """
        if unit[0].role is Role.HEAD:
            return None
        before = frozenset().union(*(terms(block.text) for block in unit[-FAR:]))
        after = self._union(range(k, min(len(self.places), k + FAR)))
        covers = (self.vocabulary.cover(after, before), self.vocabulary.cover(before, after))
        shared = [share for share in covers if share is not None]
        return max(0.0, min(1.0, (0.05 - max(shared)) / 0.03)) if shared else None

    def _cohesion(self, k: int, before: Sequence[int], after: Sequence[int]) -> tuple[tuple[str, float | None], ...]:
        """Return how alike the texts on both sides are.

        Source: the lexical cohesion of TextTiling (Hearst 1997), over paragraphs.
        """
        ahead, behind = self._union(after), self._union(before)
        cover = self.vocabulary.cover
        shared = [share for share in (cover(ahead, behind), cover(behind, ahead)) if share is not None]
        pairs = [self._alike(i, j) for i in before[:4] for j in after[:3]]
        within = [self._alike(i, j) for row in (before[:4], after[:4]) for i, j in pairwise(row)]
        return (
            ("apart", max(-1.0, 1.0 - 4.0 * max(shared)) if shared else None),
            ("touching", pairs[0]),
            ("nearest", max(pairs)),
            ("strange", float(max(pairs) < STRANGE)),
            ("inside", sum(within) / len(within) - sum(pairs) / len(pairs) if within else None),
            ("taken-up", min(AGAIN, cover(self.texts[k], behind) or 0.0)),
            ("told-on", min(AGAIN, cover(self.texts[k - 1], ahead) or 0.0)),
        )

    def _alike(self, i: int, j: int) -> float:
        """Return how much two paragraphs share of what they say, by weight: the cosine of their sets of words.

        A text that says nearly the same again does not go on with the other: a lead, a box.
        """
        one, two = self.texts[i], self.texts[j]
        mass = self.vocabulary.mass(one) * self.vocabulary.mass(two)
        cosine = self.vocabulary.mass(one & two) / sqrt(mass) if mass > 0 else 0.0
        return min(CLOSE, cosine) if cosine < AGAIN else 0.0


def _together(seen: Mapping[str, float | None]) -> tuple[tuple[str, float], ...]:
    """Return what tells more than its parts: a title and the measure under it, a picture in the middle of a text."""
    value = {name: value or 0.0 for name, value in seen.items()}
    other, twice, same = (value.get(name, 0.0) for name in ("other", "twice", "same"))
    return (
        ("wide-other", value["wide-head"] * other),
        ("wide-twice", value["wide-head"] * twice),
        ("long-other", value["long-head"] * other),
        ("caption-same", value["caption"] * same),
        ("bare-apart", value["no-head"] * value["apart"]),
    )


def _shows(block: Block) -> bool:
    return block.role in STREAM and len(block.paragraph.lines) > 1


def _han(last: Block, here: Block) -> tuple[tuple[str, float], ...]:
    """Return what tells of Han text only: a paragraph all speech, a row without numbers that heads the next table."""
    quoted = here.role is Role.BODY and here.text[0] in QUOTES and here.text[-1] in QUOTES
    numbers = [any(char.isdigit() for char in block.text) for block in (last, here)]
    table = last.role is here.role is Role.ROW and numbers == [True, False]
    return ("quoted", float(quoted)), ("table", float(table))


def _dateline(block: Block) -> bool:
    return block.role is Role.BODY and block.paragraph.mark > 0
