"""How likely each reading of the titles of a page is: the conditional random field over all of them.

What ``relayout.crowning`` reads is a path: each piece heads nothing, begins a deck for an article, or goes on with the
deck that is open. A reading is as likely as the exponent of what speaks for it, so the weights under which the right
readings are likeliest are found by their slope: what is seen of the right reading, less what is seen of all of them,
each by how likely it is (Lafferty, McCallum & Pereira 2001). The loss is convex: the same pages, the same weights.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate, product
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from relayout.chars import has_han
from relayout.crowning import TITLES, Reader, Told, spans
from relayout.signals.telling import LABELS, PART, PARTED, RELATIONS, opens, relation

NEVER = -1e9
SIDE_BY_SIDE = 48  # pages
NEAR = 1e-6  # share of the loss that a last step must gain
Array = np.ndarray


class Page(NamedTuple):
    """A page as ``crown`` gets it, ready to be read, and how the gold reads it."""

    name: str
    reader: Reader
    right: list[Told]
    weight: float


class Sums(NamedTuple):
    """What each step of a reading counts, or how likely it is; articles are counted among those free.

    ``tells[i, u]`` piece ``i`` telling of article ``u``, ``stays[i]`` heading nothing, ``begins[i, u]``,
    ``ends[i, u, titles]``, ``hangs[i, label, titles]``, ``opens[i, relation]``.
    """

    tells: Array
    stays: Array
    begins: Array
    ends: Array
    hangs: Array
    opens: Array

    @classmethod
    def of(cls, flat: Array, pieces: int, articles: int) -> Sums:
        """Part a row of numbers, in the order of the fields."""
        shapes = shapes_of(pieces, articles)
        edges = np.cumsum([0, *(int(np.prod(shape)) for shape in shapes)])
        return cls(*(flat[a:b].reshape(shape) for a, b, shape in zip(edges, edges[1:], shapes, strict=False)))

    def flat(self) -> Array:
        """Return all as one row."""
        return np.concatenate([one.ravel() for one in self])


def shapes_of(pieces: int, articles: int) -> list[tuple[int, ...]]:
    """Return the shapes of the fields of ``Sums``."""
    return [
        (pieces, articles), (pieces,), (pieces, articles), (pieces, articles, TITLES), (pieces, len(LABELS), TITLES),
        (pieces, len(RELATIONS)),
    ]  # fmt: skip


def steps(reader: Reader) -> list[Sequence[tuple[str, float]]]:
    """Return what is seen at each step that a reading may take, in the order of ``Sums``."""
    every, each = range(len(reader.pieces)), range(1, TITLES + 1)
    found: list[Sequence[tuple[str, float]]] = [reader.tells[i][u] for i, u in product(every, reader.free)]
    found += reader.stays
    found += [reader.begins[i][u] for i, u in product(every, reader.free)]
    found += [reader.ends[i][u, titles] for i, u, titles in product(every, reader.free, each)]
    found += [reader.hangs[i][label, titles] for i, label, titles in product(every, LABELS, each)]
    return [*found, *(((opens(piece, name), 1.0),) for piece in reader.pieces for name in RELATIONS)]


def taken(reader: Reader, told: Sequence[Told]) -> Array:
    """Return which steps a reading takes, 1 or 0, in the order of ``Sums``."""
    shapes = shapes_of(len(reader.pieces), len(reader.free))
    out = Sums(*(np.zeros(shape) for shape in shapes))
    last: int | None = None
    for deck in spans(told):
        first, end = told[deck.start], told[deck.stop - 1]
        if first.article is None:
            out.stays[deck.start] = 1
            continue
        u = reader.order[first.article]
        out.tells[list(deck), u] = 1
        out.begins[deck.start, u] = out.ends[deck.stop - 1, u, end.titles - 1] = 1
        out.opens[deck.start, RELATIONS.index(reader.follows(last, first.article))] = 1
        last = first.article
        for i in deck[1:]:
            out.hangs[i, LABELS.index(told[i].label), told[i].titles - 1] = 1
    return out.flat()


class Batch:
    """All readings of pages of like length, side by side: pieces that a page lacks come first and head nothing."""

    def __init__(self, pages: Sequence[Page], starts: Sequence[int], end: int) -> None:
        """Make ready; the steps of a page begin at ``starts``, behind ``end`` stand what never is and what counts 0."""
        self.never, self.nothing = end, end + 1
        most = max(len(page.reader.pieces) for page in pages)
        articles = max(len(page.reader.free) for page in pages)
        shapes = shapes_of(most, articles)
        self.at = Sums(*(np.full((len(pages), *shape), self.never) for shape in shapes))
        for n, (page, start) in enumerate(zip(pages, starts, strict=True)):
            pieces, own = page.reader.pieces, len(page.reader.free)
            size = sum(int(np.prod(shape)) for shape in shapes_of(len(pieces), own))
            here = Sums.of(np.arange(start, start + size), len(pieces), own)
            free = most - len(pieces)
            for i, piece in enumerate(pieces):
                barred = (
                    slice(None) if piece.link == "apart" else LABELS.index(PARTED) if not has_han(piece.text) else []
                )
                here.hangs[i, barred] = self.never
            self.at.tells[n, free:, :own], self.at.begins[n, free:, :own] = here.tells, here.begins
            self.at.ends[n, free:, :own], self.at.stays[n, free:] = here.ends, here.stays
            self.at.hangs[n, free:], self.at.opens[n, free:] = here.hangs, here.opens
            self.at.stays[n, :free] = self.nothing
        rows = [[relation(p, u) for u in range(articles)] for p in (None, *range(articles))]
        self.relation = np.array([[RELATIONS.index(name) for name in row] for row in rows])
        self.weight = np.array([page.weight for page in pages])

    def likely(self, worth: Array, out: Array) -> float:
        """Return the logarithm of the sum over all readings, by weight; put into ``out`` how likely each step is."""
        s = Sums(*(worth[one] for one in self.at))
        same, part = np.logaddexp(s.hangs[:, :, 0], s.hangs[:, :, 1]), s.hangs[:, :, LABELS.index(PART)]
        count, most, articles = s.tells.shape
        now = np.full((count, articles + 1, TITLES + 1), NEVER)
        now[:, 0, 0] = 0.0
        ways: list[tuple[Array, ...]] = []
        for i in range(most):
            ended = now.copy()
            if i:
                ended[:, 1:, 1:] += s.ends[:, i - 1]
            closed = _sum(ended)
            then = np.full_like(now, NEVER)
            then[:, :, 0] = closed + s.stays[:, i, None]
            came = (closed[:, :, None] + s.opens[:, i][:, self.relation]).transpose(0, 2, 1)
            come = _sum(came)
            begun = come + s.tells[:, i] + s.begins[:, i]
            on = now[:, 1:, 1:] + same[:, i, None] + s.tells[:, i, :, None]
            further = now[:, 1:, 1:-1] + part[:, i, None, 1:] + s.tells[:, i, :, None]
            then[:, 1:, 1] = begun
            then[:, 1:, 1:] = np.logaddexp(then[:, 1:, 1:], on)
            then[:, 1:, 2:] = np.logaddexp(then[:, 1:, 2:], further)
            ways.append((ended, closed, came, come, begun, on, further, then))
            now = then
        last = now.copy()
        last[:, 1:, 1:] += s.ends[:, -1]
        whole = _sum(last.reshape(count, -1))
        share = np.exp(last - whole[:, None, None]) * self.weight[:, None, None]
        found = Sums(*(np.zeros_like(one) for one in s))
        found.ends[:, -1] = share[:, 1:, 1:]
        for i in range(most - 1, -1, -1):
            ended, closed, came, come, begun, on, further, then = ways[i]
            found.stays[:, i] = share[:, :, 0].sum(1)
            begins = share[:, 1:, 1] * np.exp(begun - then[:, 1:, 1])
            found.begins[:, i] = begins
            shares = np.exp(came - come[:, :, None]) * begins[:, :, None]
            for k in range(len(RELATIONS)):
                found.opens[:, i, k] = shares[:, (self.relation == k).T].sum(1)
            from_closed = share[:, :, 0] + shares.sum(1)
            before = np.exp(ended - closed[:, :, None]) * from_closed[:, :, None]
            if i:
                found.ends[:, i - 1] = before[:, 1:, 1:]
            stay = share[:, 1:, 1:] * np.exp(on - then[:, 1:, 1:])
            more = share[:, 1:, 2:] * np.exp(further - then[:, 1:, 2:])
            found.tells[:, i] = begins + stay.sum(2) + more.sum(2)
            found.hangs[:, i, :2] = np.exp(s.hangs[:, i, :2] - same[:, i, None]) * stay.sum(1)[:, None]
            found.hangs[:, i, 2, 1:] = more.sum(1)
            before[:, 1:, 1:] += stay
            before[:, 1:, 1:-1] += more
            share = before
        for one, at in zip(found, self.at, strict=True):
            out[at] = one
        return float(whole @ self.weight)


def _sum(logs: Array) -> Array:
    """Return the logarithm of the sums along the last axis."""
    top = logs.max(-1)
    return top + np.log(np.exp(logs - top[..., None]).sum(-1))


def batches(pages: Sequence[Page], starts: Sequence[int], end: int) -> list[Batch]:
    """Put pages of like length side by side."""
    order = sorted(range(len(pages)), key=lambda n: len(pages[n].reader.pieces))
    rows = [order[k : k + SIDE_BY_SIDE] for k in range(0, len(order), SIDE_BY_SIDE)]
    return [Batch([pages[n] for n in row], [starts[n] for n in row], end) for row in rows]


def fit(pages: Sequence[Page], strength: float, least: float) -> dict[str, float]:
    """Return the weights under which the right readings are likeliest, drawn to zero; none for what is seldom seen.

    A sight counts that ``least`` pages show, by what they count.
    """
    seen = [steps(page.reader) for page in pages]
    counts: defaultdict[str, float] = defaultdict(float)
    for page, rows in zip(pages, seen, strict=True):
        for name in {name for row in rows for name, _ in row}:
            counts[name] += page.weight
    names = sorted(name for name, count in counts.items() if count >= least)
    at = {name: k for k, name in enumerate(names)}
    starts = [0, *accumulate(map(len, seen))]
    every = (row for rows in seen for row in rows)
    cells = [(n, at[name], value) for n, row in enumerate(every) for name, value in row if name in at]
    rows, cols, values = zip(*cells, strict=True)
    matrix = csr_matrix((values, (rows, cols)), shape=(starts[-1], len(names)))
    turned = matrix.T.tocsr()
    wanted = turned @ np.concatenate([page.weight * taken(page.reader, page.right) for page in pages])
    side = batches(pages, starts[:-1], starts[-1])
    out = np.zeros(starts[-1] + 2)

    def loss(flat: Array) -> tuple[float, Array]:
        worth = np.append(matrix @ flat, [NEVER, 0.0])
        value = sum(batch.likely(worth, out) for batch in side)
        slope = turned @ out[:-2] - wanted + strength * flat
        return value + strength / 2 * float(flat @ flat) - float(wanted @ flat), slope

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 500, "ftol": NEAR}).x
    return dict(zip(names, map(float, best), strict=True))
