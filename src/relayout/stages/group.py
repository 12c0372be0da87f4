"""Group: cut the stream of paragraphs into articles, and tell crossheads from headlines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from relayout.chars import cells, tight
from relayout.layout import Block, Layout
from relayout.model import Article, Evidence, Note, Outcome, Paragraph, Place
from relayout.profile import Profile
from relayout.roles import Joint, Role
from relayout.signals.lexical import Vocabulary, terms
from relayout.signals.setting import spare
from relayout.signals.weigh import certainty, weigh

STREAM = (Role.BODY, Role.ITEM, Role.LIST_HEAD, Role.ROW, Role.SOURCE)
LIST = (Role.ITEM, Role.LIST_HEAD, Role.ROW)
HEADING = (Role.DISPLAY, Role.RUBRIC)
TITLES = (Role.RUBRIC, Role.BYLINE)
RECENT = 12  # paragraphs of the article so far whose openings are compared
AHEAD = 3  # paragraphs looked at on either side of a possible cut


def group(layout: Layout, profile: Profile) -> Outcome[Layout]:
    """Take the blocks of running text into articles; leave headlines, rubrics, captions and furniture as blocks.

    Between each two neighbours of the stream the evidence for a new article is added up; above zero is a cut.
    A single title between two paragraphs that belong together is a crosshead. Declines, that is makes one
    article, where nothing speaks for a cut; a headline that is left over then may part it (``part``).
    """
    stream = [i for i, block in enumerate(layout.blocks) if _flows(layout.blocks, i)]
    if not stream:
        return Outcome(layout)
    page = _Stream(layout.blocks, stream, Vocabulary.of(terms(layout.blocks[i].text) for i in stream), profile)
    units: list[list[Block]] = [[layout.blocks[stream[0]]]]
    taken = set(stream)
    notes: list[Note] = []
    seams: list[tuple[Place, float]] = []
    for k in range(1, len(stream)):
        between = range(stream[k - 1] + 1, stream[k])
        score, evidence = page.cut(k, units[-1])
        notes.append(_note(layout.blocks[stream[k]], score, evidence))
        if score > 0:
            units.append([])
            box, used = _briefs(layout.blocks, between, profile)
            units[-1] += box
            taken |= used
        else:
            heads = [layout.blocks[i] for i in between if layout.blocks[i].role is Role.DISPLAY]
            if not heads and score > profile.number("group.seam") and not any(e.name == "lead" for e in evidence):
                seams.append((layout.blocks[stream[k]].place, score))
            crosshead = _crosshead(heads, page.measure_before(k), score)
            if crosshead:
                taken.update(i for i in between if layout.blocks[i].role is Role.DISPLAY)
                units[-1].append(crosshead)
        units[-1].append(layout.blocks[stream[k]])
    rest = tuple(block for i, block in enumerate(layout.blocks) if i not in taken)
    articles = tuple(Article(_leads([b.paragraph for b in unit])) for unit in units)
    return Outcome(replace(layout, blocks=rest, articles=articles, seams=tuple(seams)), tuple(notes))


def _briefs(blocks: Sequence[Block], between: range, profile: Profile) -> tuple[list[Block], set[int]]:
    """Return the common head of a box of briefs and the title of its first item, where they stand above it."""
    for i in between:
        if blocks[i].role is Role.RUBRIC and profile.cue("briefs").search(blocks[i].text):
            titles = [i, *(j for j in range(i + 1, between.stop) if blocks[j].role is Role.DISPLAY)]
            if len(titles) != 2:
                break
            roles = (Role.HEAD, Role.CROSSHEAD)
            return [_as(blocks[j], role) for j, role in zip(titles, roles, strict=True)], set(titles)
    return [], set()


def _as(block: Block, role: Role) -> Block:
    return replace(block, paragraph=replace(block.paragraph, role=role))


def _flows(blocks: Sequence[Block], i: int) -> bool:
    """Say whether a block is running text, or a byline that hangs at the end of running text.

    One that did not fit into the last line stands alone in the next one (seed page, line 326, in a narrower measure); a
    byline at the head of an article has a title before it.
    """
    block = blocks[i]
    if block.role is not Role.BYLINE or block.place.start > 0:
        return block.role in (*STREAM, Role.BYLINE, Role.DATELINE)
    return i > 0 and blocks[i - 1].role is Role.BODY and not (i + 1 < len(blocks) and blocks[i + 1].role in HEADING)


class _Stream(NamedTuple):
    """The running text of a page: which blocks it is made of, and what is telling on this page."""

    blocks: Sequence[Block]
    places: Sequence[int]
    vocabulary: Vocabulary
    profile: Profile

    def cut(self, k: int, unit: Sequence[Block]) -> tuple[float, tuple[Evidence, ...]]:
        """Weigh whether a new article begins with the ``k``-th block of the stream, ``unit`` being the one before."""
        last, here = self.blocks[self.places[k - 1]], self.blocks[self.places[k]]
        between = self.blocks[self.places[k - 1] + 1 : self.places[k]]
        heads = [block for block in between if block.role is Role.DISPLAY]
        before, after = self.measure_before(k), self.measure_after(k)
        if here.role in (Role.SOURCE, Role.BYLINE, Role.DATELINE) and not heads:
            return weigh("group", (("belongs", 1.0),), self.profile)
        seen = (
            ("dateline", float(_dateline(here))),
            ("closed", float(last.role in (Role.BYLINE, Role.SOURCE, Role.CREDIT, Role.DATELINE))),
            ("in-list", float(here.role in LIST and last.role in LIST)),
            ("measure", self._changed(unit, last, here, before, after)),
            ("runround", float(not _dateline(here) and 0 < here.opening < here.measure and here.opening != before)),
            ("no-head", float(not heads)),
            ("heads", float(len(heads) - 1) if len(heads) > 1 else 0.0),
            ("wide-head", float(any(cells(tight(b.text)) > before > 0 for b in heads))),
            ("parted-head", float(any(" " in b.text for b in heads))),
            ("title", float(any(block.role in TITLES for block in between))),
            ("list", float(here.role in LIST and last.role not in LIST)),
            ("box", float(here.role is Role.LIST_HEAD and last.role not in LIST)),
            ("introduced", float(here.role in LIST and last.text.endswith(("：", ":")))),
            ("after-list", float(here.role is Role.BODY and last.role in LIST)),
            ("open", float(last.role is Role.BODY and last.text[-1:] in "，、；,;")),
            ("lead", self._lead(unit, k, before, after, between)),
            ("apart", self._apart(k)),
            ("parallel", float(any(_opening(b) == _opening(here) for b in unit[-RECENT:] if b.role is Role.BODY))),
        )
        return weigh("group", seen, self.profile)

    def _changed(self, unit: Sequence[Block], last: Block, here: Block, before: int, after: int) -> float | None:
        """Return 1 where the measure is another one, -1 where it stays; little where an article may just have begun.

        A text may run round a box over all of its first paragraph and get wider with its second.
        """
        if not before or not after or (here.role in LIST and last.role in LIST):
            return None
        if abs(before - after) <= 1 or (_shows(here) and abs(before - here.opening) <= 1):
            return -1.0
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

        Where it is set otherwise, the report must say again most of what it says.
        """
        if not _dateline(self._at(k)) or between or not 0 < len(unit) <= AHEAD + 1:
            return 0.0
        if any(block.role is not Role.BODY or _dateline(block) for block in unit):
            return 0.0
        if after and before * 4 >= after * 5:
            return 1.0
        told = frozenset().union(*(terms(block.text) for block in unit))
        report: set[str] = set()
        for j in range(k, min(len(self.places), k + RECENT)):
            if j > k and (_dateline(self._at(j)) or self._at(j).role in LIST):
                break
            report |= terms(self._at(j).text)
        return max(0.0, min(1.0, 4 * (self.vocabulary.cover(told, report) or 0.0) - 1.2))

    def _apart(self, k: int) -> float | None:
        """Return 1 where the paragraphs after share nothing telling with those before, down to -1 for half and more."""
        before = frozenset().union(*(terms(self._at(j).text) for j in range(max(0, k - AHEAD), k)))
        after = frozenset().union(*(terms(self._at(j).text) for j in range(k, min(len(self.places), k + AHEAD))))
        shared = [
            share
            for share in (self.vocabulary.cover(after, before), self.vocabulary.cover(before, after))
            if share is not None
        ]
        return max(-1.0, 1.0 - 4.0 * max(shared)) if shared else None


def _shows(block: Block) -> bool:
    return block.role in STREAM and len(block.paragraph.lines) > 1


def _dateline(block: Block) -> bool:
    return block.role is Role.BODY and block.paragraph.mark > 0


def _opening(block: Block) -> str:
    return block.text[block.paragraph.mark :][:2]


def _crosshead(heads: Sequence[Block], measure: int, score: float) -> Block | None:
    """Make one crosshead of the titles between two paragraphs: a single one, or one that was wrapped."""
    if not heads:
        return None
    lines = [line for block in heads for line in block.paragraph.lines]
    for line, following in zip(lines, lines[1:], strict=False):
        if spare(cells(line.text), measure, cells(following.text[:1])) != 0:
            return None
    joints = (Joint.TIGHT,) * (len(lines) - 1)
    return Block(Paragraph(tuple(lines), joints, Role.CROSSHEAD, certainty(score)), measure, measure)


def _leads(parts: list[Paragraph]) -> tuple[Paragraph, ...]:
    """Call the paragraphs before a later dateline the lead."""
    at = next((i for i, p in enumerate(parts) if p.role is Role.BODY and p.mark), 0)
    return tuple(replace(p, role=Role.LEAD) if i < at and p.role is Role.BODY else p for i, p in enumerate(parts))


def _note(block: Block, score: float, evidence: tuple[Evidence, ...]) -> Note:
    what = "a new article begins" if score > 0 else "belongs to the article before"
    why = f"evidence adds up to {score:+.1f}"
    return Note("group", what, why, certainty(score), place=block.place, window=block.text[:16], evidence=evidence)
