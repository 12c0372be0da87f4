"""Which paragraphs do the headlines of a page tell of? A headline may stand anywhere; its article stays together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp
from typing import NamedTuple

from relayout.signals.lexical import Vocabulary

SHARP = 8.0  # how much more the paragraph that says most of a title counts than the next
NOWHERE = 8.0  # how much the chance counts that a title tells of none
CROWD = 64  # a term that stands in more paragraphs than this leads nowhere


class Claims(NamedTuple):
    """For each headline the paragraphs that it may tell of, each with its share, all together at most 1."""

    titles: Sequence[Mapping[int, float]] = ()
    by_place: Mapping[int, Sequence[int]] = {}

    @classmethod
    def of(cls, titles: Sequence[frozenset[str]], texts: Sequence[frozenset[str]], vocabulary: Vocabulary) -> Claims:
        """Look for what each of ``titles`` tells of among ``texts``."""
        shelves: dict[str, list[int]] = {}
        wanted = frozenset().union(*titles)
        for i, text in enumerate(texts):
            for term in text & wanted:
                shelves.setdefault(term, []).append(i)
        found: list[dict[int, float]] = []
        by_place: dict[int, list[int]] = {}
        for t, title in enumerate(titles):
            mass = vocabulary.mass(title)
            said: dict[int, float] = {}
            for term in sorted(title):
                shelf = shelves.get(term, ())
                for i in shelf if len(shelf) <= CROWD else ():
                    said[i] = said.get(i, 0.0) + vocabulary.mass((term,))
            cover = {i: value / mass for i, value in said.items()}
            whole = len(texts) - len(cover) + NOWHERE + sum(exp(SHARP * value) for value in cover.values())
            found.append({i: value * exp(SHARP * value) / whole for i, value in cover.items()})
            for i in cover:
                by_place.setdefault(i, []).append(t)
        return cls(found, by_place)

    def seen(self, k: int, before: Sequence[int], after: Sequence[int]) -> tuple[tuple[str, float | None], ...]:
        """Return what the headlines say for and against a cut before the ``k``-th paragraph.

        ``claimed-here``: one tells of this paragraph and not of those before; ``claimed-apart``: one tells of the
        texts after, and another one of those before; ``claimed-both``: one tells of both.
        """
        names = sorted({t for i in (*before, *after) for t in self.by_place.get(i, ())})
        if not names:
            return ()
        rows = [self.titles[t] for t in names]
        behind = [max((row.get(i, 0.0) for i in before), default=0.0) for row in rows]
        ahead = [max((row.get(i, 0.0) for i in after), default=0.0) for row in rows]
        pairs = list(zip(behind, ahead, strict=True))
        return (
            ("claimed-here", max(0.0, *(row.get(k, 0.0) - b for row, b in zip(rows, behind, strict=True)))),
            ("claimed-apart", min(max(0.0, *(a - b for b, a in pairs)), max(0.0, *(b - a for b, a in pairs)))),
            ("claimed-both", max(min(pair) for pair in pairs)),
        )
