"""In which order the blocks of a page are read, where its source does not say: by columns, heads over them, and rules.

A group of blocks is cut downwards wherever white runs through it from top to bottom, upright or as steep as a page
leans that was not laid straight: that is a gutter, and what is left of it is read first. Where a head, a table or a
rule lies across, the group is cut above and below that. Where blocks overlap, they are taken to be smaller.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from relayout.imprint import Box
from relayout.model import Line

SLOPES = (0.0, 0.005, -0.005, 0.01, -0.01, 0.015, -0.015, 0.02, -0.02, 0.03, -0.03)  # what leans more is no column
SHRINKS = (0.25, 0.6, 1.0)  # sizes of type that are taken from each side of a block, where blocks overlap
LAST = 2.0  # of them, where nothing else finds columns
HALF = 0.3  # of a block, at most, is taken from each side
INNER = 0.7  # of a block lies in another: it is read with that (the number of a notice, beside its first line)
NEAR = 400  # blocks that begin above: among them is the one that a block lies in
HEAD = 3  # lines of a head over columns
MIDDLE = 0.04  # of the width of columns: how far from their middle stands a head over them
MANY, WHITE = 3, 0.5  # columns; sizes of type: white that runs through so many is no chance
NEXT = 0.006  # of a slope: the next one
LONG = 4  # times as long as high is a rule
RULES = 200  # rules, the longest: where there are more, they are those of tables
DEEPEST = 40  # cuts within cuts; a page of 3,700 cells has 12


class Extent(NamedTuple):
    """Where a block reaches to; a box that need not be checked, since thousands are made of each page."""

    x0: float
    y0: float
    x1: float
    y1: float


Cut = Callable[[dict[int, Extent], Sequence[Extent]], list[list[int]]]


def in_order(blocks: Sequence[Sequence[Line]], rules: Sequence[Box]) -> list[int]:
    """Return the numbers of ``blocks`` in the order in which they are read, from the left and from the top.

    ``rules`` are the printed rules of the page. Blocks without any box come last.

    >>> from relayout.model import Place
    >>> boxes = Box(60, 20, 100, 90), Box(0, 20, 40, 90), Box(0, 0, 100, 10)
    >>> in_order([[Line("a", "a", Place(1, n), box)] for n, box in enumerate(boxes, 1)], [])
    [2, 1, 0]
    """
    placed = {n: [line.box for line in block if line.box] for n, block in enumerate(blocks)}
    placed = {n: boxes for n, boxes in placed.items() if boxes}
    if not placed:
        return list(range(len(blocks)))
    level = sorted((rule for rule in rules if rule.width > LONG * rule.height), key=lambda rule: -rule.width)
    found = _Sorter(placed, level[:RULES]).all()
    return [*found, *(n for n in range(len(blocks)) if n not in placed)]


class _Sorter:
    """Sorts blocks, group by group."""

    def __init__(self, placed: dict[int, list[Box]], rules: Sequence[Box]) -> None:
        self.placed, self.rules = placed, rules
        self.size = median(min(box.height, box.width) for boxes in placed.values() for box in boxes)
        self.leaning: dict[tuple[int, float], Extent] = {}
        self.boxes = {n: self._leaning(n, 0.0) for n in placed}

    def all(self) -> list[int]:
        """Return all blocks in order, those that lie in another with that."""
        inner: dict[int, list[int]] = {}
        outer = _outer(self.boxes)
        for n, other in outer.items():
            inner.setdefault(other, []).append(n)
        found: list[int] = []
        todo = self._sorted([n for n in self.boxes if n not in outer])[::-1]
        while todo:
            n = todo.pop()
            within = self._sorted(inner.pop(n)) if n in inner else []
            before = [m for m in within if self._leads(m, n)]
            if before:
                todo += [*[m for m in within if m not in before][::-1], n, *before[::-1]]
                continue
            found.append(n)
            todo += within[::-1]
        return found

    def _leads(self, one: int, outer: int) -> bool:
        """Say whether a block stands to the left of the first line of that which it lies in."""
        box, first = self.boxes[one], self.placed[outer][0]
        return box.x0 < first.x0 and box.x1 < (first.x0 + first.x1) / 2 and box.y0 < first.y1

    def _leaning(self, n: int, slope: float) -> Extent:
        known = self.leaning.get((n, slope))
        if known is None:
            known = self.leaning[n, slope] = _leaning(self.placed[n], slope)
        return known

    def _sorted(self, group: list[int]) -> list[int]:
        found: list[int] = []
        todo = [(group, self.rules, 0)]
        while todo:
            one, rules, depth = todo.pop()
            parts = [one]
            if len(one) > 1 and depth < DEEPEST:
                whole = _around(self.boxes[n] for n in one)
                rules = [r for r in rules if whole.y0 < r.y0 < whole.y1 and r.x0 < whole.x1 and r.x1 > whole.x0]
                parts = self._cut(one, whole, rules)
            if len(parts) > 1:
                todo += [(part, rules, depth + 1) for part in reversed(parts)]
            else:
                found += sorted(one, key=lambda n: (self.boxes[n].y0, self.boxes[n].x0))
        return found

    def _cut(self, group: list[int], whole: Extent, rules: Sequence[Box]) -> list[list[int]]:
        """Cut a group downwards, else across; returns it whole where neither can be done."""
        bars, heads = self._bars(group, rules), self._heads(group, whole)
        seen = [s for s in SLOPES if not s or abs(s) * max(whole.x1 - whole.x0, whole.y1 - whole.y0) > self.size / 2]
        for cut, shrinks in ((_columns, SHRINKS), (_bands, SHRINKS), (_columns, (LAST,))):
            slopes = seen
            if cut is _columns:  # what has no gutter where blocks are smallest has none where they are larger
                slopes = [s for s in seen if len(self._tried(cut, group, heads, bars, s, shrinks[-1])) > 1]
            for shrink in shrinks:
                for slope in slopes:
                    parts = self._tried(cut, group, heads, bars, slope, shrink)
                    if len(parts) >= MANY and cut is _columns:
                        lean = max(seen, key=lambda s: self._white(parts, s))
                        return next(filter(None, (self._strips(parts, s) for s in seen if abs(s - lean) < NEXT)), parts)
                    if len(parts) > 1:
                        return parts
        return [group]

    def _white(self, columns: list[list[int]], slope: float) -> float:
        """Return how wide the narrowest gutter is on the page turned back: it is widest where columns are upright."""
        boxes = [_around(self._leaning(n, slope) for n in column) for column in columns]
        return min(two.x0 - one.x1 for one, two in pairwise(boxes))

    def _strips(self, columns: list[list[int]], slope: float) -> list[list[int]]:
        """Cut across where white runs straight through columns, over and under which most of them have text.

        So a serial stands at the foot of a page (Feuilleton).
        """
        boxes = {n: self._leaning(n, slope) for column in columns for n in column}
        of = {n: at for at, column in enumerate(columns) for n in column}
        runs = _runs(sorted((box.y0, box.y1, n) for n, box in boxes.items()))
        parts = [runs[0]]
        for run in runs[1:]:
            white = min(boxes[n].y0 for n in run) - max(boxes[n].y1 for n in parts[-1])
            both = {of[n] for n in run} & {of[n] for n in parts[-1]}
            if white > WHITE * self.size and len(both) >= MANY:
                parts.append(run)
            else:
                parts[-1] = [*parts[-1], *run]
        return parts if len(parts) > 1 else []

    def _tried(
        self, cut: Cut, group: list[int], heads: dict[int, Extent], bars: Sequence[Box], slope: float, shrink: float
    ) -> list[list[int]]:
        by = shrink * self.size
        boxes = {n: heads.get(n) or _less(self._leaning(n, slope), by) for n in group}
        return cut(boxes, [_less(_leaning([bar], slope), by) for bar in bars])

    def _bars(self, group: list[int], rules: Sequence[Box]) -> list[Box]:
        """Return the rules that part a group: they have something over and under them, and run through nothing."""
        boxes = [_less(self.boxes[n], SHRINKS[1] * self.size) for n in group]
        low, high = min(box.y1 for box in boxes), max(box.y0 for box in boxes)
        found = []
        for rule in rules:
            y = (rule.y0 + rule.y1) / 2
            if low < y < high and not any(b.y0 < y < b.y1 and b.x0 < rule.x1 and b.x1 > rule.x0 for b in boxes):
                found.append(Box(rule.x0, y, rule.x1, y))
        return found

    def _heads(self, group: list[int], whole: Extent) -> dict[int, Extent]:
        """Return the heads in the middle of white that runs through a group, as wide as that.

        Over three columns a short head crosses no gutter.
        """
        boxes = {n: _less(self.boxes[n], SHRINKS[0] * self.size) for n in group}
        found = {}
        for run in _runs(sorted((box.y0, box.y1, n) for n, box in boxes.items())):
            box = boxes[run[0]]
            off = abs(box.x0 + box.x1 - whole.x0 - whole.x1) / 2
            if len(run) == 1 and len(self.placed[run[0]]) <= HEAD and off < MIDDLE * (whole.x1 - whole.x0):
                found[run[0]] = Extent(whole.x0, box.y0, whole.x1, box.y1)
        return found


def _leaning(boxes: Iterable[Box], slope: float) -> Extent:
    """Return where lines reach to on the page as it is when it is turned back; they keep their form."""
    spans = [(box, slope * (box.y0 + box.y1) / 2, -slope * (box.x0 + box.x1) / 2) for box in boxes]
    return Extent(
        min(box.x0 + dx for box, dx, _ in spans),
        min(box.y0 + dy for box, _, dy in spans),
        max(box.x1 + dx for box, dx, _ in spans),
        max(box.y1 + dy for box, _, dy in spans),
    )


def _less(box: Extent, by: float) -> Extent:
    dx, dy = min(by, HALF * (box.x1 - box.x0)), min(by, HALF * (box.y1 - box.y0))
    return Extent(box.x0 + dx, box.y0 + dy, box.x1 - dx, box.y1 - dy)


def _around(boxes: Iterable[Extent]) -> Extent:
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return Extent(min(x0), min(y0), max(x1), max(y1))


def _outer(boxes: dict[int, Extent]) -> dict[int, int]:
    """Return the block that each block lies in, for those that lie in one; the smallest such."""

    def area(box: Extent) -> float:
        return (box.x1 - box.x0) * (box.y1 - box.y0)

    found: dict[int, int] = {}
    order = sorted(boxes, key=lambda n: boxes[n].y0)
    tops = [boxes[n].y0 for n in order]
    for n, box in boxes.items():
        own = area(box)
        last = bisect_left(tops, box.y1)
        for m in order[max(0, last - NEAR) : last]:
            other = boxes[m]
            wide = min(box.x1, other.x1) - max(box.x0, other.x0)
            high = min(box.y1, other.y1) - max(box.y0, other.y0)
            if (
                min(wide, high) > 0
                and wide * high > INNER * own
                and 2 * own < area(other)
                and (n not in found or area(other) < area(boxes[found[n]]))
            ):
                found[n] = m
    return found


def _columns(boxes: dict[int, Extent], bars: Sequence[Extent]) -> list[list[int]]:
    """Part boxes where white, with no rule across, runs from top to bottom."""
    spans = [(b.x0, b.x1, n) for n, b in boxes.items()] + [(b.x0, b.x1, -1) for b in bars]
    return _runs(sorted(spans))


def _bands(boxes: dict[int, Extent], bars: Sequence[Extent]) -> list[list[int]]:
    """Part boxes where white runs from left to right; bands that one gutter parts stay together."""
    parts: list[list[int]] = []
    spans: list[tuple[float, float]] = []
    foot = 0.0
    for band in _runs(sorted((b.y0, b.y1, n) for n, b in boxes.items())):
        top = min(boxes[n].y0 for n in band)
        own = _united([(boxes[n].x0, boxes[n].x1) for n in band])
        between = [(bar.x0, bar.x1) for bar in bars if foot <= bar.y0 <= top]
        both = _united([*spans, *own, *between])
        if parts and len(both) > 1:
            parts[-1] += band
            spans = both
        else:
            parts.append(list(band))
            spans = own
        foot = max(boxes[n].y1 for n in band)
    return parts


def _runs(spans: Iterable[tuple[float, float, int]]) -> list[list[int]]:
    """Return what overlaps, run by run; ``spans`` are sorted, and one with the number -1 only fills a gap.

    >>> _runs([(0, 2, 4), (1, 3, 7), (2.5, 5, -1), (4, 6, 5), (6, 8, 2)])
    [[4, 7, 5], [2]]
    """
    parts: list[list[int]] = []
    reach = float("-inf")
    for low, high, n in spans:
        if low >= reach:
            parts.append([])
        if n >= 0:
            parts[-1].append(n)
        reach = max(reach, high)
    return [part for part in parts if part]


def _united(spans: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return spans that overlap as one.

    >>> _united([(0, 2), (5, 6), (1, 3)])
    [(0, 3), (5, 6)]
    """
    found: list[tuple[float, float]] = []
    for low, high in sorted(spans):
        if found and low < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return found
