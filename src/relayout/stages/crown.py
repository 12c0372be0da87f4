"""Crown: match headlines to articles, for the whole page at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from relayout.assign import assign
from relayout.model import Article, Block, Evidence, Layout, Level, Note, Outcome, Paragraph, Role
from relayout.profile import Profile
from relayout.signals.kinship import Bodies, counted
from relayout.signals.lexical import terms
from relayout.signals.spatial import Neighbours, neighbours
from relayout.signals.weigh import certainty, weigh

MOST = 3  # lines of a deck
Worth = dict[int, tuple[float, tuple[Evidence, ...]]]


def crown(layout: Layout, profile: Profile) -> Outcome[Layout]:
    """Give each article the headline deck that fits it best, so that the sum over the page is greatest.

    A deck is made of display lines that stand together and tell of the same article. Evidence: shared terms,
    a number in the headline that counts the items, nearness in the stream. Leaves decks that fit nothing as
    blocks, with a note; an article that no headline fits stays without.
    """
    heads = [b for b in layout.blocks if b.role is Role.DISPLAY]
    if not heads or not layout.articles:
        return Outcome(layout)
    bodies = Bodies.of(layout.articles)
    near = neighbours(heads, layout.articles)
    worth = [_worth(head, beside, bodies, profile) for head, beside in zip(heads, near, strict=True)]
    decks = _decks(heads, near, worth)
    values = [_joined([worth[i] for i in deck]) for deck in decks]
    got = assign([{u: v for u, (v, _) in value.items()} for value in values], profile.number("crown.least"))
    crowns: dict[int, list[int]] = {}
    notes: list[Note] = []
    for deck, value, article in zip(decks, values, got, strict=True):
        chosen = article if article is not None else _second_deck(value, crowns, profile)
        if chosen is None:
            continue
        crowns.setdefault(chosen, []).extend(deck)
        notes.extend(_note(heads[i], layout.articles[chosen], *value[chosen]) for i in deck)
    articles = tuple(
        _crowned(article, [heads[i] for i in sorted(crowns.get(a, ()))]) for a, article in enumerate(layout.articles)
    )
    placed = {id(heads[i]) for deck in crowns.values() for i in deck}
    rest = tuple(block for block in layout.blocks if id(block) not in placed)
    return Outcome(replace(layout, blocks=rest, articles=articles), tuple(notes))


def _worth(head: Block, beside: Neighbours, bodies: Bodies, profile: Profile) -> Worth:
    """Weigh ``head`` against the articles that share terms with it and those next to it."""
    shares = bodies.nearest(terms(head.text))
    worth: Worth = {}
    for u in sorted({*shares, *(a for a in (beside.before, beside.after) if a is not None), *bodies.lists}):
        seen = (
            ("shared", shares.get(u, 0.0)),
            ("counted", counted(head.text, bodies.bodies[u])),
            ("parted-list", float(bodies.bodies[u].is_list and " " in head.text)),
            ("before", float(beside.after == u and beside.begins)),
            ("after", float(beside.before == u and beside.ends)),
        )
        worth[u] = weigh("crown", seen, profile)
    return worth


def _best(worth: Worth) -> int | None:
    return max(worth, key=lambda u: (worth[u][0], -u), default=None)


def _decks(heads: Sequence[Block], near: Sequence[Neighbours], worth: Sequence[Worth]) -> list[list[int]]:
    """Put display lines together that follow each other and tell of the same article."""
    decks: list[list[int]] = [[0]]
    for i in range(1, len(heads)):
        deck = decks[-1]
        together = near[i].rank == near[i - 1].rank + 1 and heads[i].place.line != heads[i - 1].place.line
        if together and len(deck) < MOST and _best(worth[i]) == _best(worth[deck[-1]]) is not None:
            deck.append(i)
        else:
            decks.append([i])
    return decks


def _joined(worths: Sequence[Worth]) -> Worth:
    """Return the worth of a deck: for each article what its best line is worth, a little more for every other line."""
    joined: Worth = {}
    for worth in worths:
        for u, (value, evidence) in worth.items():
            if u not in joined:
                joined[u] = (value, evidence)
            else:
                old, seen = joined[u]
                joined[u] = (max(old, value) + 0.25 * min(old, value), evidence if value > old else seen)
    return joined


def _second_deck(value: Worth, crowns: dict[int, list[int]], profile: Profile) -> int | None:
    """Return the article whose deck this one may lengthen: only where it clearly tells of it."""
    best = _best(value)
    if best is None or best not in crowns or value[best][0] < profile.number("crown.second"):
        return None
    return best


def _crowned(article: Article, heads: Sequence[Block]) -> Article:
    decked = tuple(replace(head.paragraph, role=Role.HEAD) for head in heads)
    return replace(article, parts=(*decked, *article.parts)) if decked else article


def _note(head: Block, article: Article, value: float, evidence: tuple[Evidence, ...]) -> Note:
    begins: Paragraph = article.parts[0]
    why = f"evidence adds up to {value:.2f} for the article that begins on line {begins.lines[0].place.line}"
    level = Level.DECISION if value >= 0.3 else Level.DOUBT
    return Note("crown", "heads an article", why, min(1.0, value), level, head.place, head.text[:24], evidence)
