"""The articles of a page as titles see them: what each says, and how telling each word is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from itertools import pairwise
from math import log
from typing import NamedTuple

from relayout.chars import has_han
from relayout.model import Article
from relayout.signals.kinship import HEADING, Bodies
from relayout.signals.lexical import word_pairs


class Scenes(NamedTuple):
    """The articles of a page as titles see them; ``pairs`` of characters and ``follows`` of words stand in them."""

    bodies: Bodies
    texts: tuple[str, ...]
    size: float
    pairs: Set[str]
    idf: Mapping[str, float]
    follows: Set[tuple[str, str]]

    @classmethod
    def of(cls, articles: Sequence[Article]) -> Scenes:
        """Look at the running text of ``articles``."""
        bodies = Bodies.of(articles)
        prose = [[p.text for p in article.parts if p.role not in HEADING] for article in articles]
        number = len(articles)
        idf = {term: log((number + 1) / len(shelf)) for term, shelf in bodies.shelves.items()}
        size = max(1.0, sum(len(body.whole) for body in bodies.bodies) / max(1, number))
        texts = tuple("".join("".join(one).split()) for one in prose)
        lines = [text for one in prose for text in one]
        latin = [text.casefold().split() for text in lines if not has_han(text)]
        follows = frozenset(pair for words in latin for pair in pairwise(words))
        return cls(bodies, texts, size, word_pairs(lines), idf, follows)
