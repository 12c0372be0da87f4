"""Part: cut an article that two headlines claim, where its seam allows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from relayout.layout import Layout
from relayout.matching import Match, match
from relayout.model import Article, Note, Outcome, Place
from relayout.profile import Profile
from relayout.roles import Level, Role
from relayout.signals.setting import mostly_han
from relayout.signals.spatial import Neighbours, neighbours

SURE = 0.6  # how sure such a cut is at the most
TRIES = 12  # seams tried at a time, the weakest first
CROWDED = 100  # articles: no newspaper page has so many
ROUNDS = 6  # articles parted on a page at the most


def part(layout: Layout, profile: Profile) -> Outcome[Layout]:
    """Part articles at seams, as long as that lets the headlines of the page fit better by a clear margin.

    Two articles of one measure may follow each other with neither a headline nor a dateline between; but then
    two headlines tell of what looks like one. Leaves every paragraph in its order. Declines where each headline
    has an article, or the gain is small.
    """
    articles = list(layout.articles)
    seams = dict(layout.seams)
    if not seams or len(articles) > CROWDED or not any(block.role is Role.DISPLAY for block in layout.blocks):
        return Outcome(layout)
    found = match(layout.blocks, articles, profile, strung=layout.strung)
    notes: list[Note] = []
    for _ in range(ROUNDS):
        best = _best_cut(layout, articles, seams, found, profile)
        if best is None:
            break
        gain, a, at, found = best
        place = articles[a].parts[at].lines[0].place
        articles[a : a + 1] = _halves(articles[a], at)
        del seams[place]
        why = f"two headlines tell of its parts; the page fits its headlines better by {gain:.2f}"
        notes.append(
            Note("part", "a new article begins", why, SURE, Level.DOUBT, place, articles[a + 1].parts[0].text[:16])
        )
    return Outcome(replace(layout, articles=tuple(articles)), tuple(notes))


def _best_cut(
    layout: Layout, articles: Sequence[Article], seams: dict[Place, float], found: Match, profile: Profile
) -> tuple[float, int, int, Match] | None:
    """Return the cut that is worth most, with its gain and the matching after it, if it is worth enough."""
    if not found.strained:
        return None
    cuts = [
        (seams[place], a, at)
        for a in range(len(articles))
        for at, paragraph in enumerate(articles[a].parts)
        if at and (place := paragraph.lines[0].place) in seams
    ]
    best: tuple[float, int, int, Match] | None = None
    seam = profile.number("part.seam" if mostly_han(layout.settings) else "part.seam-latin")
    for score, a, at in sorted(cuts, reverse=True)[:TRIES]:
        tried = [*articles[:a], *_halves(articles[a], at), *articles[a + 1 :]]
        after = match(layout.blocks, tried, profile, strung=layout.strung)
        gain = after.total - found.total + score * seam
        if _one_deck(after, a, _beside(layout, tried)):
            gain -= profile.number("part.deck")
        if gain > profile.number("part.least") and (best is None or gain > best[0]):
            best = (gain, a, at, after)
    return best


def _beside(layout: Layout, articles: Sequence[Article]) -> list[Neighbours]:
    """Return where each display line stands among the articles."""
    near = neighbours(layout.blocks, articles)
    return [one for one, block in zip(near, layout.blocks, strict=True) if block.role is Role.DISPLAY]


def _one_deck(found: Match, a: int, beside: Sequence[Neighbours]) -> bool:
    """Say whether the two halves of article ``a`` are headed by one title each, and these stand together.

    Mostly they are head and second line of one deck, each of which tells of another part of the text.
    """
    decks = [deck for half in (a, a + 1) for deck, got in zip(found.decks, found.got, strict=True) if got == half]
    if [len(deck) for deck in decks] != [1, 1]:
        return False
    return abs(beside[decks[0][0]].rank - beside[decks[1][0]].rank) == 1


def _halves(article: Article, at: int) -> tuple[Article, Article]:
    cert = min(article.cert, SURE)
    return replace(article, parts=article.parts[:at], cert=cert), replace(article, parts=article.parts[at:], cert=cert)
