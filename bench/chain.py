"""A linear-chain conditional random field, fitted: all rows of a page at once (Lafferty, McCallum & Pereira 2001).

The states and the steps between them are those of ``relayout.ragged``. The sums over all readings are taken forward
and back, as Rabiner (1989) does, on all pages side by side.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from relayout.fitted import Seen
from relayout.ragged import JOINTS, STATES

LEAST = 6  # lines that must show a sight before it is fitted
UNKNOWN = -1


class Example(NamedTuple):
    """One page: what is seen of its rows, and the state of each (or ``UNKNOWN``)."""

    name: str
    alone: list[Seen]
    joint: list[Seen]
    states: list[int]
    weight: float = 1.0


class Weights(NamedTuple):
    """The names of the sights of both tables, and what each counts for each column."""

    alone: tuple[str, ...]
    joint: tuple[str, ...]
    itself: np.ndarray
    between: np.ndarray


class _Batch:
    """All pages side by side, padded to the longest, so that one step of the sums is one step for all of them."""

    def __init__(self, examples: Sequence[Example], alone: Sequence[str], joint: Sequence[str]) -> None:
        """Lay out what is seen; pages of ``examples`` are sorted from the longest to the shortest."""
        ordered = sorted(examples, key=lambda one: -len(one.states))
        self.lengths = [len(one.states) for one in ordered]
        self.rows = np.array([(b, i) for b, one in enumerate(ordered) for i in range(len(one.states))])
        self.alone = _matrix([seen for one in ordered for seen in one.alone], alone)
        self.joint = _matrix([seen for one in ordered for seen in one.joint], joint)
        self.weight = np.array([one.weight for one in ordered for _ in one.states])
        self.allowed = np.ones((len(self.rows), STATES))
        right = [state for one in ordered for state in one.states]
        for row, state in enumerate(right):
            if state != UNKNOWN:
                self.allowed[row] = np.eye(STATES)[state]
        self.alive = [sum(length > i for length in self.lengths) for i in range(self.lengths[0])]
        self.place = np.full((len(ordered), self.lengths[0]), -1)
        self.place[self.rows[:, 0], self.rows[:, 1]] = range(len(self.rows))


def _matrix(seen: Sequence[Seen], names: Sequence[str]) -> Any:
    at = {name: k for k, name in enumerate(names)}
    cells = [(row, at[name], value) for row, one in enumerate(seen) for name, value in one if name in at]
    rows, cols, values = zip(*cells, strict=True)
    return csr_matrix((values, (rows, cols)), shape=(len(seen), len(names)))


class Steps(NamedTuple):
    """What the steps to each row are worth: going on with each kind, beginning it, and ending the kind before."""

    on: np.ndarray
    begin: np.ndarray
    end: np.ndarray


def _steps(logs: np.ndarray) -> Steps:
    """Take the columns of ``between`` apart; the best way of each row is worth 1, so that nothing overflows."""
    on, begin, end = np.split(logs, 3, axis=1)
    first = begin.max(1, keepdims=True)
    best = np.maximum(on.max(1, keepdims=True), first + end.max(1, keepdims=True))
    return Steps(np.exp(on - best), np.exp(begin - first), np.exp(end + first - best))


def _sums(batch: _Batch, unary: np.ndarray, steps: Steps) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the log of the sum over all readings at each row, and how likely each state is, and each end before it."""
    size, longest = batch.place.shape
    forward = np.zeros((size, longest, STATES))
    back = np.zeros((size, longest, STATES))
    scale = np.ones((size, longest))
    begun = np.zeros((size, longest))
    for i in range(longest):
        live = batch.alive[i]
        at = batch.place[:live, i]
        now = np.zeros((live, STATES))
        now[:, ::2] = 1.0
        if i:
            kinds = forward[:live, i - 1, ::2] + forward[:live, i - 1, 1::2]
            now[:, ::2] = (kinds * steps.end[at]).sum(1)[:, None] * steps.begin[at]
            now[:, 1::2] = kinds * steps.on[at]
        now *= unary[at]
        scale[:live, i] = now.sum(1)
        forward[:live, i] = now / scale[:live, i, None]
    for i in range(longest - 1, -1, -1):
        back[: batch.alive[i], i] = 1.0
        more = batch.alive[i + 1] if i + 1 < longest else 0
        if more:
            at = batch.place[:more, i + 1]
            rest = unary[at] * back[:more, i + 1] / scale[:more, i + 1, None]
            begun[:more, i + 1] = (rest[:, ::2] * steps.begin[at]).sum(1)
            each = steps.end[at] * begun[:more, i + 1, None] + steps.on[at] * rest[:, 1::2]
            back[:more, i] = np.repeat(each, 2, axis=1)
    b, i = batch.rows[:, 0], batch.rows[:, 1]
    before = np.where((i > 0)[:, None], forward[b, i - 1], 0.0)
    ends = (before[:, ::2] + before[:, 1::2]) * steps.end * begun[b, i][:, None]
    return np.log(scale[b, i]), forward[b, i] * back[b, i], ends


def fit(examples: Sequence[Example], strength: float, rounds: int, start: Weights | None = None) -> Weights:
    """Fit the weights; the same examples give the same weights."""
    alone = _common(one.alone for one in examples)
    joint = _common(one.joint for one in examples)
    batch = _Batch(examples, alone, joint)
    cut = len(alone) * STATES
    weight = batch.weight

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        itself, between = flat[:cut].reshape(-1, STATES), flat[cut:].reshape(-1, JOINTS)
        logs = batch.alone @ itself
        unary = np.exp(logs - logs.max(1, keepdims=True))
        steps = _steps(batch.joint @ between)
        whole, states, ends = _sums(batch, unary, steps)
        right, states_right, ends_right = _sums(batch, unary * batch.allowed, steps)
        value = (weight * (whole - right)).sum() + strength / 2 * (flat**2).sum()
        one = (states - states_right) * weight[:, None]
        two = np.hstack([one[:, 1::2], one[:, ::2], (ends - ends_right) * weight[:, None]])
        slope = np.concatenate([(batch.alone.T @ one).ravel(), (batch.joint.T @ two).ravel()])
        return float(value), slope + strength * flat

    begin = np.zeros(cut + len(joint) * JOINTS)
    if start is not None:
        for k, name in enumerate(alone):
            if name in start.alone:
                begin[k * STATES : (k + 1) * STATES] = start.itself[start.alone.index(name)]
        for k, name in enumerate(joint):
            if name in start.joint:
                begin[cut + k * JOINTS : cut + (k + 1) * JOINTS] = start.between[start.joint.index(name)]
    flat = minimize(loss, begin, jac=True, method="L-BFGS-B", options={"maxiter": rounds}).x
    return Weights(alone, joint, flat[:cut].reshape(-1, STATES), flat[cut:].reshape(-1, JOINTS))


def _common(pages: Iterable[Sequence[Seen]]) -> tuple[str, ...]:
    counts = Counter(name for page in pages for seen in page for name, _ in seen)
    return tuple(sorted(name for name, count in counts.items() if count >= LEAST))
