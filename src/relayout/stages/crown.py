"""Crown: give each article its headlines, matched for the whole page at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from relayout.chars import has_han
from relayout.layout import Block, Layout
from relayout.matching import match
from relayout.model import Article, Evidence, Note, Outcome
from relayout.profile import Profile
from relayout.roles import Level, Role

KICKER = 3  # words that a kicker in letters has at most


def crown(layout: Layout, profile: Profile) -> Outcome[Layout]:
    """Give each article the headline deck that fits it best, so that the sum over the page is greatest.

    Leaves decks that fit nothing as blocks; a deck whose article has a better one may lengthen that deck where it
    clearly tells of the article. Declines, so that an article stays without, where no headline fits.
    """
    if not layout.articles or not any(block.role is Role.DISPLAY for block in layout.blocks):
        return Outcome(layout)
    found = match(layout.blocks, layout.articles, profile, strung=layout.strung)
    crowns: dict[int, list[int]] = {}
    certs: dict[int, float] = {}
    notes: list[Note] = []
    for deck, value, article in zip(found.decks, found.worth, found.got, strict=True):
        if article is not None:
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


def _crowned(article: Article, heads: Sequence[Block], cert: float) -> Article:
    """Put the deck before the text, each line with its rank; an article is as sure as its headline."""
    if not heads:
        return article
    ranks = _ranks([head.text for head in heads])
    decked = tuple(
        replace(head.paragraph, role=rank, cert=min(head.paragraph.cert, cert))
        for head, rank in zip(heads, ranks, strict=True)
    )
    return replace(article, parts=(*decked, *article.parts), cert=min(article.cert, cert))


def _ranks(deck: Sequence[str]) -> list[Role]:
    """Return the rank of each line of a deck, as far as its text tells: three lines are kicker, main and sub head.

    Among Latin lines those in capitals are main heads and those after them sub heads.
    """
    capitals = [line.isupper() for line in deck]
    if any(capitals) and not all(capitals):
        first = capitals.index(True)
        return [Role.HEAD if big else Role.KICKER if i < first else Role.SUB for i, big in enumerate(capitals)]
    if not any(has_han(line) for line in deck):
        return _latin_ranks([len(line.split()) for line in deck])
    return [Role.KICKER, Role.HEAD, Role.SUB] if len(deck) == 3 else [Role.HEAD] * len(deck)


def _latin_ranks(counts: Sequence[int]) -> list[Role]:
    """Return the ranks of titles of so many words: few over more are a kicker, what follows the head is a sub."""
    kicker = len(counts) > 1 and counts[0] <= KICKER and counts[0] < counts[1]
    ranks = [Role.KICKER] * kicker + [Role.HEAD]
    return ranks + [Role.SUB] * (len(counts) - len(ranks))


def _note(head: Block, article: Article, value: float, evidence: tuple[Evidence, ...]) -> Note:
    begins = article.parts[0].lines[0].place.line
    why = f"evidence adds up to {value:.2f} for the article that begins on line {begins}"
    level = Level.DECISION if value >= 0.3 else Level.DOUBT
    cert = _certainty(value)
    return Note("crown", "heads an article", why, cert, level, head.place, head.text[:24], evidence)


def _certainty(value: float) -> float:
    """Return how sure a match is whose evidence adds up to ``value``: where half a headline is said, nearly sure."""
    return max(0.0, min(1.0, 0.3 + 1.3 * value))
