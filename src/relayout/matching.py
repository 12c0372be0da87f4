"""Match headlines to articles for a whole page at once; used by the stages ``part`` and ``crown``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from relayout.chars import has_han
from relayout.layout import Block
from relayout.model import Article, Evidence
from relayout.profile import Profile
from relayout.roles import Role
from relayout.signals.kinship import Bodies, counted
from relayout.signals.lexical import terms
from relayout.signals.spatial import Neighbours, neighbours
from relayout.signals.weigh import weigh

STEP = 0.002  # how close to the best sum the auction comes, for each suitor
CROWDED = 120  # headlines: no newspaper page has so many, and trying each deck costs their square
SPLIT = 0.05  # what splitting a deck must be worth
PILE = 7  # titles that stand together: more are not before their text, but were moved there
MOST = 3  # lines of a deck
HALVES = 5  # titles of a deck whose lines come in halves, out of a string of characters
ALIKE, NEARLY = 0.85, 0.5  # how well two lines must agree on an article to be a deck; the latter where decks abound
Worth = dict[int, tuple[float, tuple[Evidence, ...]]]


class Match(NamedTuple):
    """Which headlines stand together, which article each deck heads (or ``None``), and what that is worth.

    ``total`` is what the matching of the whole page is worth, so that two readings of a page can be compared;
    ``strained`` says that some deck has no article of its own and does not touch the one it was given to.
    """

    heads: tuple[Block, ...]
    decks: tuple[tuple[int, ...], ...]
    worth: tuple[Worth, ...]
    got: tuple[int | None, ...]
    total: float
    strained: bool = False


def match(blocks: Sequence[Block], articles: Sequence[Article], profile: Profile, *, strung: bool = False) -> Match:
    """Match the display lines among ``blocks`` to ``articles`` so that the worth of the whole page is greatest.

    A deck is made of display lines that stand together and tell of the same article. A deck that fits none and
    an article without headline cost something. Evidence: shared terms, a number in the headline that counts the
    items, nearness in the stream. On a ``strung`` page a deck has more titles, since its lines come in halves.
    """
    most = HALVES if strung else MOST
    near = [one for one, block in zip(neighbours(blocks, articles), blocks, strict=True) if block.role is Role.DISPLAY]
    heads = tuple(block for block in blocks if block.role is Role.DISPLAY)
    bodies = Bodies.of(articles)
    crowned = {a for a, article in enumerate(articles) if article.heads()}
    worth = [_worth(head, beside, bodies, crowned, profile) for head, beside in zip(heads, near, strict=True)]
    free = len(articles) - len(crowned)
    best = _valued(_decks(heads, near, worth, free, most), heads, near, worth, free, profile, most)
    for deck in best.decks if len(heads) <= CROWDED else ():
        for at in range(1, len(deck)):
            whole = list(best.decks)
            if deck in whole:  # a deck may have taken in a line that heads another article (line 338 of the seed page)
                d = whole.index(deck)
                cut = [*whole[:d], deck[:at], deck[at:], *whole[d + 1 :]]
                trial = _valued(cut, heads, near, worth, free, profile, most)
                best = trial if trial.total > best.total + SPLIT else best
    return best


def _valued(
    decks: Sequence[Sequence[int]],
    heads: tuple[Block, ...],
    near: Sequence[Neighbours],
    worth: Sequence[Worth],
    free: int,
    profile: Profile,
    most: int,
) -> Match:
    """Assign ``decks`` to the articles without headline, of which there are ``free``, and add up what it is worth."""
    joined = tuple(_joined([worth[i] for i in deck]) for deck in decks)
    got = assign([{u: v for u, (v, _) in value.items()} for value in joined], profile.number("crown.least"))
    total = sum(value[u][0] for value, u in zip(joined, got, strict=True) if u is not None)
    total -= profile.number("crown.headless") * (free - len(decks) + got.count(None))
    alone = list(got)
    got = _seconds(got, decks, joined, heads, near, profile, most)
    strained = any(one is None and not _beside(d, got, decks, heads, near) for d, one in enumerate(alone))
    total -= profile.number("crown.left-over") * got.count(None)
    return Match(heads, tuple(tuple(deck) for deck in decks), joined, tuple(got), total, strained)


def _seconds(
    got: Sequence[int | None],
    decks: Sequence[Sequence[int]],
    joined: Sequence[Worth],
    heads: Sequence[Block],
    near: Sequence[Neighbours],
    profile: Profile,
    most: int,
) -> list[int | None]:
    """Let a deck whose article has a better one lengthen that deck: it tells clearly of it, or touches the other."""
    final = list(got)
    lines = Counter[int]()
    for deck, u in zip(decks, got, strict=True):
        if u is not None:
            lines[u] += len(deck)
    for d, value in enumerate(joined):
        best = max(value, key=lambda u: (value[u][0], -u), default=None)
        if got[d] is not None or best is None or not lines[best]:
            continue
        if lines[best] + len(decks[d]) > most:
            continue  # more lines than a deck has: there are several articles in this one, or it heads nothing
        final[d] = best
        touching = _beside(d, final, decks, heads, near)
        final[d] = None
        if value[best][0] >= profile.number("crown.second-touching" if touching else "crown.second"):
            final[d] = best
            lines[best] += len(decks[d])
    return final


def _beside(
    d: int,
    got: Sequence[int | None],
    decks: Sequence[Sequence[int]],
    heads: Sequence[Block],
    near: Sequence[Neighbours],
) -> bool:
    """Say whether deck ``d`` touches another deck of the article it got."""
    beside = [e for e in (d - 1, d + 1) if 0 <= e < len(decks) and got[d] is not None and got[e] == got[d]]
    return any(_touch(min(decks[max(d, e)]) - 1, heads, near) for e in beside)


def _worth(head: Block, beside: Neighbours, bodies: Bodies, crowned: Set[int], profile: Profile) -> Worth:
    """Weigh ``head`` against the articles that share terms with it and those next to it; not those with a headline."""
    shares = bodies.nearest(terms(head.text))
    worth: Worth = {}
    latin = not has_han(head.text)
    beside_it = {a for a in (beside.before, beside.after) if a is not None}
    for u in sorted({*shares, *beside_it, *bodies.lists} - crowned):
        seen = (
            ("shared", shares.get(u, 0.0)),
            ("counted", counted(head.text, bodies.bodies[u])),
            ("list", float(bodies.bodies[u].is_list)),
            ("parted-list", float(bodies.bodies[u].is_list and " " in head.text)),
            ("before", float(beside.after == u and beside.begins)),
            ("after", float(beside.before == u and beside.ends)),
            ("numbers-latin", float(latin and _mostly_numbers(head.text))),
            ("before-latin", float(latin and beside.after == u and beside.begins and beside.run <= PILE)),
        )
        worth[u] = weigh("crown", seen, profile)
    return worth


def _mostly_numbers(text: str) -> bool:
    """Say whether two words of ``text`` or more, and every third, are numbers: a row of a table, no title."""
    words = text.split()
    count = sum(word[0].isdigit() for word in words)
    return count >= 2 and 3 * count >= len(words)


def _decks(
    heads: Sequence[Block], near: Sequence[Neighbours], worth: Sequence[Worth], articles: int, most: int
) -> list[list[int]]:
    """Put display lines together that follow each other and agree on an article.

    Lines that agree well always; the best of the others while there are more decks than articles.
    """
    links = [_agree(worth[i], worth[i + 1]) if _touch(i, heads, near) else 0.0 for i in range(len(heads) - 1)]
    joined = [link >= ALIKE for link in links]
    surplus = len(heads) - sum(joined) - articles
    for i in sorted(range(len(links)), key=lambda i: -links[i]):
        if surplus > 0 and not joined[i] and links[i] >= NEARLY:
            joined[i] = True
            surplus -= 1
    decks: list[list[int]] = []
    for i in range(len(heads)):
        if decks and joined[i - 1] and len(decks[-1]) < most:
            decks[-1].append(i)
        else:
            decks.append([i])
    return decks


def _touch(i: int, heads: Sequence[Block], near: Sequence[Neighbours]) -> bool:
    return near[i + 1].rank == near[i].rank + 1 and heads[i].place.line != heads[i + 1].place.line


def _agree(one: Worth, two: Worth) -> float:
    """Return how near the article that both like best together comes to what each likes best alone."""
    best_one, best_two = (max((v for v, _ in worth.values()), default=0.0) for worth in (one, two))
    if best_one <= 0 or best_two <= 0:
        return 0.0
    return max((min(one[u][0] / best_one, two[u][0] / best_two) for u in one.keys() & two.keys()), default=0.0)


def _joined(worths: Sequence[Worth]) -> Worth:
    """Return the worth of a deck: for each article what its best line is worth, a little more for every other line."""
    joined: Worth = {}
    for worth in worths:
        for u, (value, evidence) in worth.items():
            if u not in joined:
                joined[u] = (value, evidence)
            else:
                old, seen = joined[u]
                joined[u] = (max(old, value) + 0.25 * max(0.0, min(old, value)), evidence if value > old else seen)
    return joined


def assign(values: Sequence[Mapping[int, float]], least: float) -> list[int | None]:
    """Return for each suitor the place it gets, so that the sum of values is as large as can be.

    ``values[s]`` holds what each place is worth to suitor ``s``; places worth less than ``least`` are never
    given. Source: D. P. Bertsekas, "The auction algorithm" (1988); within ``STEP`` of the optimum per suitor.

    >>> assign([{0: 0.9, 1: 0.8}, {0: 0.9}], least=0.1)
    [1, 0]
    """
    price: dict[int, float] = {}
    holder: dict[int, int] = {}
    got: list[int | None] = [None] * len(values)
    waiting = list(range(len(values)))[::-1]
    while waiting:
        suitor = waiting.pop()
        best, first, second = None, 0.0, 0.0
        for place, value in values[suitor].items():
            net = value - price.get(place, 0.0)
            if value < least or net <= 0.0:
                continue
            if best is None or net > first:
                best, first, second = place, net, max(first, 0.0)
            elif net > second:
                second = net
        if best is None:
            continue
        price[best] = price.get(best, 0.0) + (first - second) + STEP
        if best in holder:
            got[holder[best]] = None
            waiting.append(holder[best])
        holder[best] = suitor
        got[suitor] = best
    return got
