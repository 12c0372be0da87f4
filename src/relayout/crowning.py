"""Which short lines are titles of which article: decks cut, put together and given away for the whole page at once.

Used by the stage ``crown``. What speaks for what is named in ``signals/telling.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from relayout.chars import has_han
from relayout.fitted import Seen, tables
from relayout.model import Evidence
from relayout.signals.scenes import Scenes
from relayout.signals.telling import (
    LABELS,
    PART,
    PARTED,
    RELATIONS,
    Piece,
    begins,
    ends,
    hangs,
    opens,
    relation,
    stays,
    tells,
)

TITLES = 3  # titles that a deck has: kicker, head, sub head
ROUNDS = 6  # of asking more for an article that several decks want
STEP = 0.6  # how much more
SECOND = 2.0  # what a second deck costs at most: it must clearly tell of its article
MOST = 8  # reasons that a note gives
FAR = -1e9
Weights = Mapping[str, float]


def weights(*, strung: bool = False) -> Weights:
    """Return what each sight counts, as it was fitted; on pages that came as strings another fit."""
    return {name: row[0] for name, row in tables("strung-titles" if strung else "titles")["titles"].items()}


class Told(NamedTuple):
    """What is read of a piece: its ``article``, or none, and how it hangs on the piece before."""

    article: int | None
    label: str = ""
    titles: int = 0


class _State(NamedTuple):
    """Up to here: a deck for ``article`` of so many titles is open (none: 0), the last deck was for ``article``."""

    article: int | None
    titles: int


class Reader:
    """Finds the likeliest reading of the pieces of a page."""

    def __init__(self, pieces: Sequence[Piece], scenes: Scenes, free: Sequence[int], weights: Weights) -> None:
        """Make ready for a page; only ``free`` articles get a headline."""
        self.pieces, self.scenes, self.free = pieces, scenes, list(free)
        self.order = {u: n for n, u in enumerate(self.free)}
        self.tells = [tells(piece, scenes) for piece in pieces]
        self.stays = [stays(piece, told) for piece, told in zip(pieces, self.tells, strict=True)]
        self.begins = [[begins(piece, u) for u in range(len(scenes.texts))] for piece in pieces]
        self.ends = [
            {(u, titles): ends(piece, u, titles) for u in self.free for titles in range(1, TITLES + 1)}
            for piece in pieces
        ]
        self.hangs = [
            {
                (label, titles): hangs(pieces[i - 1], piece, label, titles, scenes)
                for label in LABELS
                for titles in range(1, TITLES + 1)
            }
            for i, piece in enumerate(pieces)
        ]
        self.weigh(weights)

    def weigh(self, weights: Weights) -> None:
        """Weigh all that is seen anew."""
        self.weights = weights
        self.said = [[self.worth(seen) for seen in told] for told in self.tells]
        self.kept = [self.worth(seen) for seen in self.stays]
        self.begun = [[self.worth(seen) for seen in each] for each in self.begins]
        self.ended = [{key: self.worth(seen) for key, seen in each.items()} for each in self.ends]
        self.hung = [
            {
                key: FAR
                if piece.link == "apart" or (key[0] == PARTED and not has_han(piece.text))
                else self.worth(seen)
                for key, seen in each.items()
            }
            for piece, each in zip(self.pieces, self.hangs, strict=True)
        ]
        self.relation = [{name: weights.get(opens(piece, name), 0.0) for name in RELATIONS} for piece in self.pieces]

    def worth(self, seen: Seen) -> float:
        """Return what is seen, each by its weight, added up."""
        return sum(self.weights.get(name, 0.0) * value for name, value in seen)

    def follows(self, before: int | None, u: int) -> str:
        """Return how a deck for ``u`` comes after one for ``before``."""
        return relation(None if before is None else self.order[before], self.order[u])

    def read(self, rounds: int = ROUNDS) -> list[Told]:
        """Return for each piece what it is; an article that several decks want goes to the one that wants it most."""
        prices = dict.fromkeys(self.free, 0.0)
        found = self._path(prices)
        for _ in range(rounds):
            count = dict.fromkeys(self.free, 0)
            for one in found:
                if one.article is not None and not one.label:
                    count[one.article] += 1
            wanted = [u for u, number in count.items() if number > 1 and prices[u] < SECOND]
            if not wanted:
                break
            for u in wanted:
                prices[u] += STEP
            found = self._path(prices)
        return self._once(found)

    def evidence(self, found: Sequence[Told], deck: range) -> tuple[Evidence, ...]:
        """Return the reasons for a deck of a reading, against its pieces heading nothing; the weightiest ones."""
        seen: dict[str, float] = {}
        for sign, some in ((1.0, self._seen(found, deck)), (-1.0, [one for i in deck for one in self.stays[i]])):
            for name, value in some:
                seen[name] = seen.get(name, 0.0) + sign * value
        reasons = (Evidence(name, round(value, 3), self.weights.get(name, 0.0)) for name, value in seen.items())
        return tuple(
            sorted((one for one in reasons if one.product), key=lambda one: (-abs(one.product), one.name))[:MOST]
        )

    def _seen(self, found: Sequence[Told], deck: range) -> list[tuple[str, float]]:
        """Return what is seen of a deck by itself."""
        first, last = found[deck.start], found[deck.stop - 1]
        if first.article is None or last.article is None:
            return [one for i in deck for one in self.stays[i]]
        seen = [one for i in deck for one in self.tells[i][first.article]]
        seen += [one for i in deck[1:] for one in self.hangs[i][found[i].label, found[i].titles]]
        seen += self.begins[deck.start][first.article]
        return [*seen, *self.ends[deck.stop - 1][last.article, last.titles]]

    def gain(self, found: Sequence[Told], deck: range) -> float:
        """Return how much more a deck is worth than its pieces heading nothing."""
        return self.worth(tuple(self._seen(found, deck))) - sum(self.kept[i] for i in deck)

    def _once(self, found: list[Told]) -> list[Told]:
        """Leave each article the deck that is worth most, and others that are worth a second one."""
        given = [(found[deck.start].article, deck) for deck in spans(found)]
        decks = [(u, self.gain(found, deck), deck) for u, deck in given if u is not None]
        best: dict[int, float] = {}
        for u, value, _ in decks:
            best[u] = max(value, best.get(u, FAR))
        out = list(found)
        for u, value, deck in decks:
            if value < best[u] and value < SECOND:
                out[deck.start : deck.stop] = [Told(None)] * len(deck)
        return out

    def _path(self, prices: Mapping[int, float]) -> list[Told]:
        """Return the likeliest reading (Viterbi)."""
        best: dict[_State, float] = {_State(None, 0): 0.0}
        back: list[dict[_State, tuple[_State, Told]]] = []
        for i in range(len(self.pieces)):
            ways: dict[_State, tuple[float, _State, Told]] = {}
            closed: dict[int | None, tuple[float, _State]] = {}
            for state, value in best.items():
                done = value + self._end(i - 1, state)
                if done > closed.get(state.article, (FAR, state))[0]:
                    closed[state.article] = done, state
                for told in self._goes_on(i, state):
                    more = value + self.hung[i][told.label, told.titles] + self.said[i][told.article or 0]
                    _offer(ways, _State(told.article, told.titles), (more, state, told))
            for p, (value, source) in closed.items():
                _offer(ways, _State(p, 0), (value + self.kept[i], source, Told(None)))
            for u, value, source in self._sources(closed, i):
                first = self.said[i][u] - prices[u] + self.begun[i][u]
                _offer(ways, _State(u, 1), (value + first, source, Told(u, "", 1)))
            best = {state: value for state, (value, _, _) in ways.items()}
            back.append({state: (source, told) for state, (_, source, told) in ways.items()})
        state = max(best, key=lambda one: best[one] + self._end(len(self.pieces) - 1, one))
        found: list[Told] = []
        for came in reversed(back):
            state, told = came[state]
            found.append(told)
        return found[::-1]

    def _goes_on(self, i: int, state: _State) -> list[Told]:
        """Return how piece ``i`` may go on with the deck that is open."""
        if state.article is None or not state.titles or self.pieces[i].link == "apart":
            return []
        told = [Told(state.article, label, state.titles + (label == PART)) for label in LABELS]
        return [one for one in told if one.titles <= TITLES]

    def _end(self, i: int, state: _State) -> float:
        if state.article is None or not state.titles:
            return 0.0
        return self.ended[i][state.article, state.titles]

    def _sources(
        self, closed: Mapping[int | None, tuple[float, _State]], i: int
    ) -> Iterator[tuple[int, float, _State]]:
        """Yield for each article the best ways to come to it: from none, the one before, an earlier or a later one."""
        nowhere = (FAR, _State(None, 0))
        values = [closed.get(u, nowhere) for u in self.free]
        up, down = [nowhere], [nowhere]
        for one in values:
            up.append(max(up[-1], one, key=_value))
        for one in reversed(values):
            down.append(max(down[-1], one, key=_value))
        for n, u in enumerate(self.free):
            ways = (closed.get(None, nowhere), values[n], up[max(0, n - 1)], down[len(values) - 1 - n])
            for value, state in (*ways, *values[max(0, n - 1) : n]):
                if value > FAR / 2:
                    yield u, value + self.relation[i][self.follows(state.article, u)], state

    def seen(self, found: Sequence[Told]) -> dict[str, float]:
        """Return what is seen of a reading, added up: what a fit learns from."""
        total: dict[str, float] = {}
        last: int | None = None
        for deck in spans(found):
            some, u = self._seen(found, deck), found[deck.start].article
            if u is not None:
                some.append((opens(self.pieces[deck.start], self.follows(last, u)), 1.0))
                last = u
            for name, value in some:
                total[name] = total.get(name, 0.0) + value
        return total


def _value(way: tuple[float, _State]) -> float:
    return way[0]


def _offer(ways: dict[_State, tuple[float, _State, Told]], state: _State, way: tuple[float, _State, Told]) -> None:
    """Keep the best way to a state."""
    if state not in ways or way[0] > ways[state][0]:
        ways[state] = way


def spans(found: Sequence[Told]) -> list[range]:
    """Return the decks of a reading, and the pieces that head nothing, one by one.

    >>> spans([Told(None), Told(2, "", 1), Told(2, "same", 1), Told(3, "", 1)])
    [range(0, 1), range(1, 3), range(3, 4)]
    """
    starts = [*(i for i, told in enumerate(found) if not told.label), len(found)]
    return [range(a, b) for a, b in pairwise(starts)]
