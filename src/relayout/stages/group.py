"""Group: cut the stream of paragraphs into articles, and tell crossheads from headlines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from relayout.chars import cells, has_han
from relayout.layout import Block, Layout
from relayout.model import Article, Evidence, Note, Outcome, Paragraph, Place
from relayout.profile import Profile
from relayout.roles import Joint, Kind, Role
from relayout.signals.claims import Claims
from relayout.signals.continuity import STREAM, Stream
from relayout.signals.deck import Deck, as_role, read_deck, within
from relayout.signals.lexical import Vocabulary, terms
from relayout.signals.order import cut_in_order, titles_lead
from relayout.signals.setting import spare
from relayout.signals.weigh import certainty

LEAST = 5  # characters of a title that tells of something
HEADING = (Role.DISPLAY, Role.RUBRIC)


def group(layout: Layout, profile: Profile) -> Outcome[Layout]:
    """Take the blocks of running text into articles; leave headlines, rubrics, captions and furniture as blocks.

    Between each two neighbours of the stream the evidence for a new article is added up; above zero is a cut.
    A single title between two paragraphs that belong together is a crosshead. Declines, that is makes one
    article, where nothing speaks for a cut; a headline that is left over then may part it (``part``).
    """
    page = stream_of(layout, profile)
    if page is None:
        return Outcome(layout)
    stream = page.places
    in_order = layout.squares and titles_lead(layout.blocks, profile)
    box, used = _briefs(layout.blocks, range(stream[0]), profile)
    deck = read_deck(layout.blocks, range(stream[0]), profile) if in_order else Deck(heads=tuple(box), places=used)
    adverts = [deck.advert]
    units: list[list[Block]] = [[*deck.heads, layout.blocks[stream[0]]]]
    certs = [1.0]
    taken = {*stream, *deck.places}
    notes: list[Note] = []
    seams: list[tuple[Place, float]] = []
    for k in range(1, len(stream)):
        between = range(stream[k - 1] + 1, stream[k])
        boxed = units[-1][0].role is Role.HEAD
        score, evidence = cut_in_order(page, k, units[-1]) if in_order else page.cut(k, boxed=boxed)
        notes.append(_note(layout.blocks[stream[k]], score, evidence))
        if score > 0:
            units.append([])
            certs.append(certainty(score))
            box, used = _briefs(layout.blocks, between, profile)
            deck = read_deck(layout.blocks, between, profile) if in_order else Deck(heads=tuple(box), places=used)
            units[-2] += deck.foot
            units[-1] += deck.heads
            adverts.append(deck.advert)
            taken |= deck.places
        elif in_order:
            units[-1] += [within(layout.blocks[i]) for i in between if layout.blocks[i].role is not Role.FURNITURE]
            taken.update(i for i in between if layout.blocks[i].role is not Role.FURNITURE)
        else:
            heads = [layout.blocks[i] for i in between if layout.blocks[i].role is Role.DISPLAY]
            if not heads and score > profile.number("group.seam") and not any(e.name == "lead" for e in evidence):
                seams.append((layout.blocks[stream[k]].place, score))
            crosshead = _crosshead(heads, page.measure_before(k), score)
            if crosshead:
                taken.update(i for i in between if layout.blocks[i].role is Role.DISPLAY)
                units[-1].append(crosshead)
        units[-1].append(layout.blocks[stream[k]])
    end = range(stream[-1] + 1, len(layout.blocks))
    tail = read_deck(layout.blocks, end, profile) if in_order else Deck()
    if tail.foot or tail.advert:
        units[-1] += tail.foot
        adverts.append((*tail.advert, *(as_role(block, Role.DISPLAY) for block in tail.heads if tail.advert)))
        taken |= tail.places if tail.advert else {end.start}
    rest = tuple(block for i, block in enumerate(layout.blocks) if i not in taken)
    articles = [
        Article(parts if in_order else _leads(parts), cert=cert)
        for parts, cert in zip((tuple(b.paragraph for b in unit) for unit in units), certs, strict=True)
    ]
    articles += [Article(tuple(b.paragraph for b in unit), Kind.ADVERTISEMENT, cert=0.5) for unit in adverts if unit]
    return Outcome(replace(layout, blocks=rest, articles=tuple(articles), seams=tuple(seams)), tuple(notes))


def stream_of(layout: Layout, profile: Profile) -> Stream | None:
    """Return the running text of a page with what is telling on it, or nothing where there is none."""
    places = [i for i, block in enumerate(layout.blocks) if _flows(layout.blocks, i, profile)]
    if not places:
        return None
    texts = [terms(layout.blocks[i].text) for i in places]
    words = Vocabulary.of(texts)
    lone = {i - 1 for i, before in zip(places[1:], places, strict=False) if i - before == 2}  # mostly crossheads
    titles = dict.fromkeys(  # each is asked for every paragraph; once is enough
        terms(block.text)
        for i, block in enumerate(layout.blocks)
        if block.role is Role.DISPLAY and len(block.text) >= LEAST and i not in lone
    )
    claims = Claims.of(tuple(titles), texts, words)
    return Stream(layout.blocks, places, texts, words, profile, claims, dict(layout.threads), layout.strung)


def _briefs(blocks: Sequence[Block], between: range, profile: Profile) -> tuple[list[Block], frozenset[int]]:
    """Return the common head of a box of briefs and the title of its first item, where they stand above it."""
    for i in between:
        if blocks[i].role is Role.RUBRIC and profile.cue("briefs").search(blocks[i].text):
            titles = [i, *(j for j in range(i + 1, between.stop) if blocks[j].role is Role.DISPLAY)]
            if len(titles) != 2:
                break
            roles = (Role.HEAD, Role.CROSSHEAD)
            return [as_role(blocks[j], role) for j, role in zip(titles, roles, strict=True)], frozenset(titles)
    return [], frozenset()


def _flows(blocks: Sequence[Block], i: int, profile: Profile) -> bool:
    """Say whether a block is running text, or a byline or agency that hangs at the end of running text.

    An agency after a caption belongs to the picture. A byline that did not fit into the last line stands alone in
    the next one (seed page, line 326, in a narrower measure); at the head of an article it has a title before it.
    """
    block = blocks[i]
    if block.role is Role.CREDIT:
        return i > 0 and blocks[i - 1].role is Role.BODY
    if block.role is not Role.BYLINE or block.place.start > 0:
        return block.role in (*STREAM, Role.BYLINE, Role.DATELINE)
    if not i or blocks[i - 1].role is not Role.BODY:
        return False
    if i + 1 < len(blocks) and blocks[i + 1].role is Role.BODY and not has_han(block.text):
        return False  # in letters an author stands above the text as often as below
    before_title = i + 1 < len(blocks) and blocks[i + 1].role in HEADING
    return not before_title or profile.cue("byline").search(block.text) is not None


def _crosshead(heads: Sequence[Block], measure: int, score: float) -> Block | None:
    """Make one crosshead of the titles between two paragraphs: a single one, or one that was wrapped."""
    if not heads:
        return None
    lines = [line for block in heads for line in block.paragraph.lines]
    for line, following in pairwise(lines):
        if spare(cells(line.text), measure, cells(following.text[:1])) != 0:
            return None
    joints = (Joint.TIGHT,) * (len(lines) - 1)
    return Block(Paragraph(tuple(lines), joints, Role.CROSSHEAD, certainty(score)), measure, measure)


def _leads(parts: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """Call the paragraphs before a later dateline the lead."""
    at = next((i for i, p in enumerate(parts) if p.role is Role.BODY and p.mark), 0)
    return tuple(replace(p, role=Role.LEAD) if i < at and p.role is Role.BODY else p for i, p in enumerate(parts))


def _note(block: Block, score: float, evidence: tuple[Evidence, ...]) -> Note:
    what = "a new article begins" if score > 0 else "belongs to the article before"
    why = f"evidence adds up to {score:+.1f}"
    return Note("group", what, why, certainty(score), place=block.place, window=block.text[:16], evidence=evidence)
