"""The best way to cut a page into its articles: along white space and rules, each piece with a headline of its own.

Pages are put together of rectangles, so every cut goes straight through the piece that it cuts (guillotine). Of all
ways to cut, the one is taken whose pieces, read column by column, are the most like articles: a deck at the top and
only there, text that goes on from column to column. Nothing is cut early that would have to be put together again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from relayout.geometry import around
from relayout.imprint import Box
from relayout.regions import Look, Region
from relayout.signals.panels import Panel, is_label, lies, worth

SLACK = 1.5  # points by which neighbours may overlap: em boxes are a little higher than what is printed
Ids = tuple[int, ...]


UNDER = 2.5  # of its type size: how far under a label the piece begins that it stands over


class Cut(NamedTuple):
    """Pieces of a page in reading order, and what speaks for cutting it so."""

    score: float
    pieces: tuple[Ids, ...]


def divide_page(found: Sequence[Region], rules: Sequence[Box], weights: Mapping[str, float]) -> list[list[Region]]:
    """Return the pieces of a page, in reading order: each a list of its regions."""
    divider = _Divider(found, rules, weights)
    cut = divider.best(tuple(range(len(found))))
    return [[found[i] for i in piece] for piece in cut.pieces]


def adopted(pieces: Sequence[Sequence[Region]]) -> list[list[Region]]:
    """Put a label that stands alone to the piece under it (tw-11, 幕後): nothing else is as near to it."""
    found = [list(piece) for piece in pieces]
    for piece in pieces:
        if len(piece) > 1 or not is_label(piece[0]):
            continue
        label, size = piece[0].box, piece[0].lines[0].style.size if piece[0].lines[0].style else 1.0
        for other in found:
            if other == list(piece):
                continue  # a sliver of OCR, less than a unit high, stands under itself
            box = around(region.box for region in other)
            under = -1 < box.y0 - label.y1 < UNDER * size and box.x0 - size < label.x0 and label.x1 < box.x1 + size
            if under and list(piece) in found:
                found.remove(list(piece))
                other.insert(0, piece[0])
                break
    return found


class _Divider:
    def __init__(self, found: Sequence[Region], rules: Sequence[Box], weights: Mapping[str, float]) -> None:
        self.found = found
        self.boxes = [region.box for region in found]
        self.down = [r for r in rules if r.height > r.width]
        self.flat = [r for r in rules if r.height <= r.width]
        self.weights = weights
        self.known: dict[Ids, Cut] = {}
        self.panel = Panel(found)

    def best(self, ids: Ids) -> Cut:
        """Return the best way to cut the regions ``ids``, or to leave them whole."""
        if ids in self.known:
            return self.known[ids]
        best = Cut(worth(self.panel, ids, self.weights), (ids,))
        if len(ids) > 1:
            for first, second, bonus in self._cuts(ids):
                a, b = self.best(first), self.best(second)
                score = a.score + b.score + bonus
                if score > best.score + 1e-9:
                    best = Cut(score, (*a.pieces, *b.pieces))
        self.known[ids] = best
        return best

    def _cuts(self, ids: Ids) -> list[tuple[Ids, Ids, float]]:
        boxes = self.boxes
        whole = around(boxes[i] for i in ids)
        found: list[tuple[Ids, Ids, float]] = []
        order = sorted(ids, key=lambda i: boxes[i].y0)
        low = boxes[order[0]].y1
        for n in range(1, len(order)):
            top = boxes[order[n]].y0
            if top >= low - SLACK and self._opens(order[n:], top):
                bonus = self._along(self.flat, self.down, whole, low, top, flat=True)
                found.append((tuple(sorted(order[:n])), tuple(sorted(order[n:])), bonus))
            low = max(low, boxes[order[n]].y1)
        order = sorted(ids, key=lambda i: boxes[i].x0)
        right = boxes[order[0]].x1
        for n in range(1, len(order)):
            left = boxes[order[n]].x0
            if left >= right - SLACK:
                bonus = self._along(self.down, self.flat, whole, right, left, flat=False)
                found.append((tuple(sorted(order[:n])), tuple(sorted(order[n:])), bonus))
            right = max(right, boxes[order[n]].x1)
        return found

    def _opens(self, below: Sequence[int], top: float) -> bool:
        """Say whether something begins at the height ``top`` that may begin an article: no text that goes on.

        On a page that was turned a level headline lies on its side, and may begin later than its text (圖書館延長開放).
        """
        at = [self.found[i] for i in below if self.boxes[i].y0 < top + 6]
        first = min(below, key=lambda i: self.boxes[i].x0)
        if self.panel.title[first] and lies(self.found[first]):
            return True
        return any(r.look is not Look.TEXT or r.bold or r.rules[0] for r in at)

    def _along(
        self, along: Sequence[Box], across: Sequence[Box], whole: Box, low: float, high: float, *, flat: bool
    ) -> float:
        """Weigh the rules: one that lies in the gap speaks for the cut, one that crosses it against."""
        score = 0.0
        for rule in along:
            at, length = (rule.y0, rule.width) if flat else (rule.x0, rule.height)
            start, end = (rule.x0, rule.x1) if flat else (rule.y0, rule.y1)
            first, last = (whole.x0, whole.x1) if flat else (whole.y0, whole.y1)
            if low - 2 <= at <= high + 2 and min(end, last) - max(start, first) > 0.75 * (last - first) and length > 0:
                score = self.weights["rule"]
        middle = (low + high) / 2
        for rule in across:
            start, end = (rule.y0, rule.y1) if flat else (rule.x0, rule.x1)
            at = rule.x0 if flat else rule.y0
            inside = whole.x0 < at < whole.x1 if flat else whole.y0 < at < whole.y1
            if inside and start < min(low, middle) - 8 and end > max(high, middle) + 8:
                score += self.weights["crossed"]
        return score
