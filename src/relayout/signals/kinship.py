"""Is this title, rubric or caption about that article? Shared terms, counts, and nearness in the stream."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import dropwhile
from operator import is_
from typing import NamedTuple

from relayout.chars import numerals
from relayout.model import Article, Paragraph
from relayout.roles import Role
from relayout.signals.lexical import Vocabulary, terms

_COUNT = re.compile(r"(?<![0-9.])([0-9]{1,2})(?=[^0-9年月日時时分%％.:：])")
LONG = 100  # terms of a text whose commoner terms need not be asked
CROWD = 64  # a term that stands in more articles than this leads nowhere
HEADING = (Role.KICKER, Role.HEAD, Role.SUB, Role.RUBRIC, Role.BYLINE)
PROSE = (Role.BODY, Role.LEAD, Role.CROSSHEAD, Role.ITEM, Role.LIST_HEAD, Role.ROW, Role.SOURCE)


class _Same(tuple[Paragraph, ...]):
    """Paragraphs that are equal only to the very same ones, which is quick to tell."""

    __slots__ = ()

    def __hash__(self) -> int:
        return hash(tuple(map(id, self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and len(self) == len(other) and all(map(is_, self, other))


def _is_title(paragraph: Paragraph) -> bool:
    return paragraph.role in HEADING


@lru_cache(maxsize=256)
def _body(parts: _Same) -> Body:
    return Body.of(parts)


@lru_cache(maxsize=1)
def _bodies(articles: tuple[_Same, ...]) -> Bodies:
    return Bodies.look(articles)


class Body(NamedTuple):
    """What titles are compared with: the terms of an article's running text, whole and by paragraph."""

    whole: frozenset[str]
    paragraphs: tuple[frozenset[str], ...]
    list_heads: int
    items: int
    dated: bool
    signed: bool

    @classmethod
    def of(cls, parts: Sequence[Paragraph]) -> Body:
        """Look at the running text among ``parts``."""
        prose = [p for p in parts if p.role in PROSE]
        each = tuple(terms(p.text) for p in prose)
        roles = [p.role for p in parts]
        return cls(
            frozenset().union(*each),
            each,
            roles.count(Role.LIST_HEAD),
            roles.count(Role.ITEM) + roles.count(Role.ROW),
            any(p.mark and p.role in (Role.BODY, Role.LEAD) for p in prose),
            Role.BYLINE in roles,
        )

    @property
    def is_list(self) -> bool:
        """Say whether the article is nothing but a list or table."""
        return self.items > 0 and self.items + self.list_heads >= len(self.paragraphs) - 1


def forget() -> None:
    """Let go of what is kept of the page last looked at."""
    _bodies.cache_clear()
    _body.cache_clear()
    terms.cache_clear()


def shared(title: frozenset[str], body: Body, vocabulary: Vocabulary) -> float | None:
    """Return how much of ``title`` the article says, from 0 to 1: half in the whole, half in its best paragraph.

    An article that says all of a headline in one paragraph is nearer to it than a long one in which the words
    are scattered (「擴張」轉向「提質」 on the seed page).
    """
    whole = vocabulary.cover(title, body.whole)
    if whole is None or not body.paragraphs:
        return None
    most = vocabulary.mass(title)
    best = max(vocabulary.mass(title & one) for one in body.paragraphs)
    return (whole + best / most) / 2


def counted(title: str, body: Body) -> float | None:
    """Return 1 where a number in ``title`` is the number of the article's list heads or items (七方面 and ❶ to ❼)."""
    counts = {int(n) for n in _COUNT.findall(numerals(title))}
    if not counts or not body.items:
        return None
    return float(bool(counts & {body.list_heads, body.items} - {0, 1}))


class Bodies(NamedTuple):
    """The articles of a page as titles see them, with what is telling among them and where each term stands."""

    bodies: tuple[Body, ...]
    vocabulary: Vocabulary
    shelves: Mapping[str, tuple[int, ...]]

    @classmethod
    def of(cls, articles: Sequence[Article]) -> Bodies:
        """Look at the running text of all ``articles``; kept while only their titles change from stage to stage."""
        return _bodies(tuple(_Same(dropwhile(_is_title, article.parts)) for article in articles))

    @classmethod
    def look(cls, articles: Sequence[_Same]) -> Bodies:
        """Look at the running text of all ``articles``, given as paragraphs."""
        bodies = tuple(_body(parts) for parts in articles)
        shelves: dict[str, list[int]] = {}
        for i, body in enumerate(bodies):
            for term in body.whole:
                shelves.setdefault(term, []).append(i)
        few = {term: tuple(found) for term, found in shelves.items() if len(found) <= CROWD}
        return cls(bodies, Vocabulary.of(body.whole for body in bodies), few)

    @property
    def lists(self) -> tuple[int, ...]:
        """Return the articles that are nothing but a list: few words to share with their headline."""
        return tuple(i for i, body in enumerate(self.bodies) if body.is_list)[:CROWD]

    def known(self, title: frozenset[str]) -> frozenset[str]:
        """Return the terms of ``title`` that some article says."""
        return frozenset(term for term in title if term in self.shelves)

    def most(self, title: frozenset[str]) -> tuple[int | None, float]:
        """Return the article that says most of ``title``, and what share of it; quick, for many tries."""
        votes = self._votes(title)
        if not votes:
            return None, 0.0
        best = max(votes, key=lambda i: (votes[i], -i))
        return best, votes[best] / self.vocabulary.mass(title)

    def _votes(self, title: frozenset[str]) -> dict[int, float]:
        votes: dict[int, float] = {}
        weight, single = self.vocabulary.weight, self.vocabulary.single
        crowd = CROWD if len(title) < LONG else CROWD // 8
        for term in title:
            shelf = self.shelves.get(term, ())
            if len(shelf) > crowd:
                continue
            for i in shelf:
                votes[i] = votes.get(i, 0.0) + weight.get(term, single)
        return votes

    def nearest(self, title: frozenset[str], most: int = 8) -> dict[int, float]:
        """Return the articles that share most with ``title``, best first, each with :func:`shared`."""
        votes = self._votes(title)
        tried = sorted(votes, key=lambda i: (-votes[i], i))[: 2 * most]
        values = {i: shared(title, self.bodies[i], self.vocabulary) or 0.0 for i in tried}
        return dict(sorted(values.items(), key=lambda pair: (-pair[1], pair[0]))[:most])
