"""Which short lines are titles of which article: decks cut, put together and given away for the whole page at once.

Used by the stage ``crown``. What speaks for what is named in ``signals/title.py``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from relayout.fitted import Seen
from relayout.signals.title import LABELS, PART, Piece, Scenes, begins, ends, hangs, opens, stays, tells

TITLES = 3  # titles that a deck has: kicker, head, sub head
ROUNDS = 12  # of asking more for an article that several decks want
STEP = 0.35  # how much more
SECOND = 2.0  # what a second deck costs at most: it must clearly tell of its article
FAR = -1e9
Weights = Mapping[str, float]


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
        self.pieces, self.scenes, self.free, self.weights = pieces, scenes, list(free), weights
        self.order = {u: n for n, u in enumerate(self.free)}
        self.tells = [tells(piece, scenes) for piece in pieces]
        self.stays = [stays(piece, told) for piece, told in zip(pieces, self.tells, strict=True)]
        self.said = [[self.worth(seen) for seen in told] for told in self.tells]
        self.kept = [self.worth(seen) for seen in self.stays]
        self.hung = [
            {
                (label, titles): FAR if piece.link == "apart" else self.worth(self.hang(i, label, titles))
                for label in LABELS
                for titles in range(1, TITLES + 1)
            }
            for i, piece in enumerate(pieces)
        ]

    def worth(self, seen: Seen) -> float:
        """Return what is seen, each by its weight, added up."""
        return sum(self.weights.get(name, 0.0) * value for name, value in seen)

    def hang(self, i: int, label: str, titles: int) -> Seen:
        """Return what is seen where piece ``i`` goes on from the one before."""
        return hangs(self.pieces[i - 1], self.pieces[i], label, titles, self.scenes) if i else ()

    def follows(self, before: int | None, u: int, i: int) -> str:
        """Return the name of what is seen where a deck for ``u`` comes after one for ``before``."""
        return opens(None if before is None else self.order[before], self.order[u], self.pieces[i])

    def read(self) -> list[Told]:
        """Return for each piece what it is; an article that several decks want goes to the one that wants it most."""
        prices = dict.fromkeys(self.free, 0.0)
        found = self._path(prices)
        for _ in range(ROUNDS):
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
        return self._once(found, prices)

    def _once(self, found: list[Told], prices: Mapping[int, float]) -> list[Told]:
        """Leave each article the deck that is worth most, and others that are worth a second one."""
        worth = self._decks(found)
        best = {u: max(value for v, value, _ in worth if v == u) for u in {v for v, _, _ in worth}}
        out = list(found)
        for u, value, deck in worth:
            if value < best[u] and value < SECOND:
                out[deck.start : deck.stop] = [Told(None)] * len(deck)
        return out

    def _decks(self, found: Sequence[Told]) -> list[tuple[int, float, range]]:
        decks: list[tuple[int, float, range]] = []
        for deck in spans(found):
            u = found[deck.start].article
            if u is not None:
                value = sum(self.said[i][u] - self.kept[i] for i in deck)
                value += self.worth(begins(self.pieces[deck.start], u))
                value += self.worth(ends(self.pieces[deck.stop - 1], u, found[deck.stop - 1].titles))
                value += sum(self.hung[i][found[i].label, found[i].titles] for i in deck[1:])
                decks.append((u, value, deck))
        return decks

    def _path(self, prices: Mapping[int, float]) -> list[Told]:
        """Return the likeliest reading (Viterbi)."""
        best: dict[_State, float] = {_State(None, 0): 0.0}
        back: list[dict[_State, tuple[_State, Told]]] = []
        for i in range(len(self.pieces)):
            now: dict[_State, float] = {}
            came: dict[_State, tuple[_State, Told]] = {}

            def put(state: _State, value: float, source: _State, told: Told, now=now, came=came) -> None:  # type: ignore[no-untyped-def]
                if value > now.get(state, FAR):
                    now[state], came[state] = value, (source, told)

            closed: dict[int | None, tuple[float, _State]] = {}
            for state, value in best.items():
                done = value + self._end(i - 1, state)
                if done > closed.get(state.article, (FAR, state))[0]:
                    closed[state.article] = done, state
                if state.titles and self.pieces[i].link != "apart":
                    for label in LABELS:
                        titles = state.titles + (label == PART)
                        if titles <= TITLES and state.article is not None:
                            more = value + self.hung[i][label, titles] + self.said[i][state.article]
                            put(_State(state.article, titles), more, state, Told(state.article, label, titles))
            for p, (value, source) in closed.items():
                put(_State(p, 0), value + self.kept[i], source, Told(None))
            for u, relations in self._sources(closed, i):
                first = self.said[i][u] - prices[u] + self.worth(begins(self.pieces[i], u))
                for value, source in relations:
                    put(_State(u, 1), value + first, source, Told(u, "", 1))
            best = now
            back.append(came)
        state = max(best, key=lambda one: best[one] + self._end(len(self.pieces) - 1, one))
        found: list[Told] = []
        for came in reversed(back):
            state, told = came[state]
            found.append(told)
        return found[::-1]

    def _end(self, i: int, state: _State) -> float:
        return self.worth(ends(self.pieces[i], state.article, state.titles)) if state.titles and state.article is not None else 0.0

    def _sources(
        self, closed: Mapping[int | None, tuple[float, _State]], i: int
    ) -> list[tuple[int, list[tuple[float, _State]]]]:
        """Return for each article the best ways to come to it: from none, the one before, an earlier or a later one."""
        values = [closed.get(u, (FAR, _State(u, 0))) for u in self.free]
        up, down = [(FAR, _State(None, 0))], [(FAR, _State(None, 0))]
        for one in values:
            up.append(max(up[-1], one, key=lambda pair: pair[0]))
        for one in reversed(values):
            down.append(max(down[-1], one, key=lambda pair: pair[0]))
        found = []
        for n, u in enumerate(self.free):
            ways = [closed.get(None, (FAR, _State(None, 0))), values[n], up[max(0, n - 1)], down[len(values) - 1 - n]]
            if n:
                ways.append(values[n - 1])
            ways = [way for way in ways if way[0] > FAR / 2]
            found.append((u, [(v + self.weights.get(self.follows(s.article, u, i), 0.0), s) for v, s in ways]))
        return found

    def seen(self, found: Sequence[Told]) -> dict[str, float]:
        """Return what is seen of a reading, added up: what a fit learns from."""
        total: dict[str, float] = {}

        def add(some: Seen) -> None:
            for name, value in some:
                total[name] = total.get(name, 0.0) + value

        last: int | None = None
        for i, told in enumerate(found):
            if told.article is None:
                add(self.stays[i])
                continue
            add(self.tells[i][told.article])
            if told.label:
                add(self.hang(i, told.label, told.titles))
            else:
                add(begins(self.pieces[i], told.article))
                add(((self.follows(last, told.article, i), 1.0),))
            last = told.article
        for deck in spans(found):
            end = found[deck.stop - 1]
            if end.article is not None:
                add(ends(self.pieces[deck.stop - 1], end.article, end.titles))
        return total


def spans(found: Sequence[Told]) -> list[range]:
    """Return the decks of a reading, and the pieces that head nothing, one by one.

    >>> spans([Told(None), Told(2, "", 1), Told(2, "same", 1), Told(3, "", 1)])
    [range(0, 1), range(1, 3), range(3, 4)]
    """
    starts = [i for i, told in enumerate(found) if not told.label] + [len(found)]
    return [range(a, b) for a, b in zip(starts, starts[1:], strict=False)]
