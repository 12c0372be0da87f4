"""Crown: give each article its headlines, matched for the whole page at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from relayout.crowning import Reader, spans, weights
from relayout.layout import Block, Layout
from relayout.matching import match
from relayout.model import Article, Evidence, Note, Outcome, Paragraph
from relayout.pieces import parts, pieces
from relayout.profile import Profile
from relayout.roles import Level, Role
from relayout.signals.ranks import ranks
from relayout.signals.scenes import Scenes
from relayout.signals.weigh import certainty
from relayout.titling import left_over, titles_of, together

CROWDED = 400  # pieces of titles: no newspaper page has so many
SURE = 0.75  # how sure a headline is that needs no second look


def crown(layout: Layout, profile: Profile) -> Outcome[Layout]:
    """Give each article the headline deck that fits it best, so that the sum over the page is greatest.

    Leaves decks that fit nothing as blocks; a deck whose article has a better one may lengthen that deck where it
    clearly tells of the article. Declines, so that an article stays without, where no headline fits.
    """
    if not layout.articles or not any(block.role is Role.DISPLAY for block in layout.blocks):
        return Outcome(layout)
    if layout.squares:
        return _matched(layout, profile, 0.0)
    read = _read(layout, profile)
    offered = _matched(read.value, profile, profile.number("crown.offered"))
    return Outcome(offered.value, (*read.notes, *offered.notes))


def _matched(layout: Layout, profile: Profile, least: float) -> Outcome[Layout]:
    """Match whole titles to articles without a headline; what is worth less than ``least`` stays a block."""
    found = match(layout.blocks, layout.articles, profile, strung=layout.strung)
    crowns: dict[int, list[int]] = {}
    certs: dict[int, float] = {}
    notes: list[Note] = []
    for deck, value, article in zip(found.decks, found.worth, found.got, strict=True):
        if article is not None and value[article][0] >= least:
            crowns.setdefault(article, []).extend(deck)
            certs[article] = min(certs.get(article, 1.0), _certainty(value[article][0]))
            notes.extend(_note(found.heads[i], layout.articles[article], *value[article]) for i in deck)
    articles = tuple(
        _crowned(article, [found.heads[i] for i in sorted(crowns.get(a, ()))], certs.get(a, 1.0))
        for a, article in enumerate(layout.articles)
    )
    placed = {id(found.heads[i]) for deck in crowns.values() for i in deck}
    rest = tuple(block for block in layout.blocks if id(block) not in placed)
    return Outcome(replace(layout, blocks=rest, articles=articles, seams=()), tuple(notes))


def _read(layout: Layout, profile: Profile) -> Outcome[Layout]:
    """Read the titles of the page, and put them over their articles."""
    some = parts(layout)
    free = [a for a, article in enumerate(layout.articles) if not article.heads()]
    if not some or not free or len(some) > CROWDED:
        return Outcome(replace(layout, seams=()))
    reader = Reader(pieces(some, layout, profile), Scenes.of(layout.articles), free, weights(strung=layout.strung))
    found = reader.read()
    decks: dict[int, list[Paragraph]] = {}
    notes: list[Note] = []
    for deck in spans(found):
        if (u := found[deck.start].article) is None:
            continue
        cert = certainty(max(0.0, reader.gain(found, deck)))
        titles = titles_of(found, deck)
        made = [together([some[i] for i in title], [found[i].label for i in title], Role.HEAD, 1.0) for title in titles]
        each = ranks([one.text for one in made])
        decks.setdefault(u, []).extend(
            replace(one, role=rank, cert=min(cert, *(some[i].block.paragraph.cert for i in title)))
            for one, rank, title in zip(made, each, titles, strict=True)
        )
        begins = layout.articles[u].parts[0].lines[0].place.line
        why = f"tells of the article that begins on line {begins}, or stands where its title would"
        level = Level.DECISION if cert >= SURE else Level.DOUBT
        notes += [
            Note("crown", "heads an article", why, cert, level, one.lines[0].place, one.text[:24],
                 reader.evidence(found, deck)) for one in made
        ]  # fmt: skip
    articles = tuple(
        replace(article, parts=(*decks[a], *article.parts), cert=min(article.cert, *(p.cert for p in decks[a])))
        if a in decks
        else article
        for a, article in enumerate(layout.articles)
    )
    taken = {i for i, told in enumerate(found) if told.article is not None}
    rest = left_over(layout.blocks, some, taken, profile)
    return Outcome(replace(layout, blocks=rest, articles=articles, seams=()), tuple(notes))


def _crowned(article: Article, heads: Sequence[Block], cert: float) -> Article:
    """Put the deck before the text, each line with its rank; an article is as sure as its headline."""
    if not heads:
        return article
    each = ranks([head.text for head in heads])
    decked = tuple(
        replace(head.paragraph, role=rank, cert=min(head.paragraph.cert, cert))
        for head, rank in zip(heads, each, strict=True)
    )
    return replace(article, parts=(*decked, *article.parts), cert=min(article.cert, cert))


def _note(head: Block, article: Article, value: float, evidence: tuple[Evidence, ...]) -> Note:
    begins = article.parts[0].lines[0].place.line
    why = f"evidence adds up to {value:.2f} for the article that begins on line {begins}"
    level = Level.DECISION if value >= 0.3 else Level.DOUBT
    cert = _certainty(value)
    return Note("crown", "heads an article", why, cert, level, head.place, head.text[:24], evidence)


def _certainty(value: float) -> float:
    """Return how sure a match is whose evidence adds up to ``value``: where half a headline is said, nearly sure."""
    return max(0.0, min(1.0, 0.3 + 1.3 * value))
