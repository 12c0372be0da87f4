"""What stands next to what. Without boxes the stream of the source is all the space there is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from relayout.layout import Block
from relayout.model import Article
from relayout.roles import Role

TITLES = (Role.KICKER, Role.HEAD, Role.SUB, Role.RUBRIC)  # these may stand anywhere


class Neighbours(NamedTuple):
    """Where a loose block stands among the articles, in the order of the source.

    ``before`` is the article whose text is the last one above it and ``after`` the first one below (indices or
    ``None``); ``ends`` and ``begins`` say that the article ends or begins there, so that the block may be its foot or
    its head. ``rank`` counts the loose blocks and paragraphs of the page, ``run`` how many loose blocks stand together.
    """

    before: int | None
    ends: bool
    after: int | None
    begins: bool
    rank: int
    run: int = 1


def neighbours(blocks: Sequence[Block], articles: Sequence[Article]) -> list[Neighbours]:
    """Return for each loose block its neighbours among the articles; blank lines count nothing."""
    pieces: list[tuple[tuple[int, int, int], int, int]] = []
    firsts: dict[int, tuple[int, int, int]] = {}
    lasts: dict[int, tuple[int, int, int]] = {}
    for a, article in enumerate(articles):
        for paragraph in article.parts:
            if paragraph.role in TITLES:
                continue
            place = paragraph.lines[0].place
            key = (place.page, place.line, place.start)
            pieces.append((key, -1, a))
            firsts[a] = min(firsts.get(a, key), key)
            lasts[a] = max(lasts.get(a, key), key)
    pieces += [((b.place.page, b.place.line, b.place.start), i, -1) for i, b in enumerate(blocks)]
    pieces.sort()
    found: list[Neighbours | None] = [None] * len(blocks)
    above: list[tuple[int | None, bool]] = []
    last: tuple[int | None, bool] = (None, False)
    for key, _, a in pieces:
        if a >= 0:
            last = (a, lasts[a] == key)
        above.append(last)
    below: tuple[int | None, bool] = (None, False)
    for rank in range(len(pieces) - 1, -1, -1):
        key, i, a = pieces[rank]
        if a >= 0:
            below = (a, firsts[a] == key)
        else:
            found[i] = Neighbours(*above[rank], *below, rank)
    return _with_runs([one for one in found if one is not None])


def _with_runs(found: list[Neighbours]) -> list[Neighbours]:
    """Add to each block how many loose blocks stand together where it stands."""
    ranks = {one.rank for one in found}
    runs: dict[int, int] = {}
    for rank in sorted(ranks):
        if rank - 1 not in ranks:
            length = 1
            while rank + length in ranks:
                length += 1
            runs |= {rank + k: length for k in range(length)}
    return [one._replace(run=runs[one.rank]) for one in found]
