"""The columns of a page whose lines are all that is known of it, in reading order: gutters, bands, and no blocks.

A page is cut along gutters, from the head of a part of it to its foot; where something spans the columns (the name of
the paper, a headline, an advert) it is first cut across, above or below that. OCR reads a line over a gutter now and
then: a gutter may be crossed by lines of running text that have such lines of either column right above or below them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from relayout.imprint import Box
from relayout.measures import SLIM, usual_width

EDGE = 0.25  # of the size of text: how far the ends of lines stray into a gutter
STRAY = 0.9  # of it: how far they do on a page that is bent
SPECK = 4.0  # of it: what is as short spans no columns
GUTTER = 0.55  # of it: how wide a gutter is at least, with what strays
SLIMMEST = 0.4  # of the usual width of a column: as wide it is at least
WHOLE = 1.3  # of it: what is no wider is one column, though a list in it may have a gutter
CROSSED = 0.08  # of the lines of the emptier side of a gutter: how many may cross it
LARGE = 1.3  # times the size of text: a line as large spans columns, and is not two that were read as one
HEADLINE = 1.5  # times it: the headlines of articles beside each other
BAND = 1.5  # of the size of text: white as high across three columns parts them, half of it across six or more
WIDER = 1.2  # times: a column that does not go on with the one before, whose lines are longer or shorter
HEADLINES, LONG = 0.125, 0.8  # of the lines span columns; half of the others are as long as these: no advertisement
STRAYS = 5  # one line in so many begins before its column, or ends after it
ACROSS = 0.8  # of the width of a part: a rule as long parts what is over and under it
FEW = 3  # columns at least that white alone may part
MOST, LINES = 24, 3000  # places at which a part is tried to be cut across; fewer where it has more lines than that
DEEP = 40  # times all lines of a page may be cut: those of newspapers are 4 to 9 times, a staircase without end


class Galley(NamedTuple):
    """A column of lines from its head to its foot, its rows each from left to right, by the numbers of the lines.

    ``opens`` says that it does not go on with the column before: it stands under what spans both, or is as wide as no
    column is beside it. ``beside`` is the number of the first column, counted from 0, under what spans that and this
    one, where this one begins right under it, too; the one before the first is what spans them.
    """

    rows: tuple[tuple[int, ...], ...]
    opens: bool = False
    beside: int | None = None


class _Part(NamedTuple):
    """A part of a page: its lines, whether it begins anew, under which cut across it stands, whether first under it."""

    lines: list[int]
    opens: bool
    under: int = 0
    first: bool = True


def galleys(boxes: Sequence[Box], sizes: Sequence[float], rules: Sequence[Box], body: float) -> list[Galley]:
    """Return the columns of a page, in the order in which they are read; each line is in one of them.

    ``sizes`` are those of the type of the lines, ``body`` that of running text, all lengths in one unit; a skewed page
    is to be set straight before. Leaves a part whole where no gutter runs through it.

    >>> two = [Box(x, y, x + 90, y + 9) for x in (0, 100) for y in range(0, 60, 10)]
    >>> [[n for row in one.rows for n in row] for one in galleys(two, [10.0] * 12, (), 10.0)]
    [[0, 1, 2, 3, 4, 5], [6, 7, 8, 9, 10, 11]]
    """
    if not boxes:
        return []
    found: list[Galley] = []
    heads: dict[int, int] = {}
    for part in _Cutter(boxes, sizes, rules, body).parts():
        if part.first:
            heads[part.under] = len(found)
        beside = None if part.first or not part.under else heads.get(part.under)
        found.append(Galley(rows(part.lines, boxes), part.opens, beside))
    return found


def rows(part: Iterable[int], boxes: Sequence[Box]) -> tuple[tuple[int, ...], ...]:
    """Return the lines of a column in rows: what stands at the same height beside each other is one."""
    found: list[list[int]] = []
    ends: list[tuple[float, float]] = []  # of the last row, from left to right
    for n in sorted(part, key=lambda n: (boxes[n].y0 + boxes[n].y1, boxes[n].x0)):
        box = boxes[n]
        middle = (box.y0 + box.y1) / 2
        first = boxes[found[-1][0]] if found else box
        free = all(min(b, box.x1) - max(a, box.x0) < 0.2 * min(b - a, box.width) for a, b in ends)
        if found and free and first.y0 < middle < first.y1:
            found[-1].append(n)
            ends = [*ends, (box.x0, box.x1)][-8:]
        else:
            found.append([n])
            ends = [(box.x0, box.x1)]
    return tuple(tuple(sorted(row, key=lambda n: boxes[n].x0)) for row in found)


class _Gutter(NamedTuple):
    """White from ``x0`` to ``x1``, and how many lines cross it."""

    x0: float
    x1: float
    crossed: int

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2


def _widest(valley: Sequence[_Gutter], least: float) -> list[_Gutter]:
    """Return the widest white of a valley that as few lines as may be cross, nothing where all is too narrow."""
    for most in sorted({one.crossed for one in valley}):
        wide: list[_Gutter] = []
        for one in valley:
            if one.crossed > most:
                continue
            if wide and wide[-1].x1 >= one.x0:
                wide[-1] = _Gutter(wide[-1].x0, one.x1, most)
            else:
                wide.append(_Gutter(one.x0, one.x1, most))
        best = max(wide, key=lambda one: one.x1 - one.x0)
        if best.x1 - best.x0 >= least:
            return [best]
    return []


class _Cutter:
    def __init__(self, boxes: Sequence[Box], sizes: Sequence[float], rules: Sequence[Box], body: float) -> None:
        self.boxes, self.sizes, self.body = boxes, sizes, body
        self.flat = [rule for rule in rules if rule.width > rule.height]
        self.usual = usual_width(boxes, body)
        self.slim = max(SLIM * body, SLIMMEST * self.usual)

    def parts(self) -> list[_Part]:
        """Cut the page, part by part, until nothing is left to cut; say of each part whether it begins anew."""
        done: list[_Part] = []
        todo = [_Part(sorted(range(len(self.boxes)), key=lambda n: self.boxes[n].y0), opens=True)]
        width, left, cuts = 0.0, DEEP * len(self.boxes), 0
        while todo:
            one = todo.pop()
            left -= len(one.lines)
            (piece, *more), across = self._cut(one.lines) if left > 0 else ([one.lines], False)
            if more:
                cuts += across
                under = cuts if across else one.under
                todo += [_Part(other, across, under, across and other is more[0]) for other in reversed(more)]
                todo.append(one._replace(lines=piece))
                continue
            lefts, rights = sorted(self.boxes[n].x0 for n in piece), sorted(self.boxes[n].x1 for n in piece)
            wide = rights[-1 - len(piece) // STRAYS] - lefts[len(piece) // STRAYS]
            done.append(one._replace(opens=one.opens or not 1 / WIDER < wide / max(width, 0.01) < WIDER))
            width = wide
        return done

    def _cut(self, part: list[int]) -> tuple[list[list[int]], bool]:
        """Cut a part once, and say whether that was across; it stays whole where nothing parts it.

        The lines of a part are in the order of their heads.
        """
        boxes = self.boxes
        left, right = min(boxes[n].x0 for n in part), max(boxes[n].x1 for n in part)
        if len(part) < 2 or right - left < max(2 * self.slim, WHOLE * self.usual):
            return [part], False
        down = self._gutters(part, EDGE)
        if over := self._band(part, len(down) + 1) if down else self._across(part):
            return over, True
        return self._down(part, down or self._gutters(part, STRAY)) or [part], False

    def _down(self, part: list[int], gutters: Sequence[float]) -> list[list[int]]:
        """Part lines at gutters, each to the side on which its middle stands."""
        found: list[list[int]] = [[] for _ in range(len(gutters) + 1)]
        for n in part:
            found[bisect_left(gutters, (self.boxes[n].x0 + self.boxes[n].x1) / 2)].append(n)
        return [some for some in found if some] if gutters else []

    def _gutters(self, part: Sequence[int], edge: float) -> list[float]:
        """Return where the gutters of a part are that nothing crosses but lines that were read over them."""
        boxes, stray = self.boxes, edge * self.body
        events: list[tuple[float, int]] = []
        for n in part:
            give = min(stray, boxes[n].width / 4)
            events += [(boxes[n].x0 + give, 1), (boxes[n].x1 - give, -1)]
        events.sort()
        least = max(GUTTER, 1.2 * edge) * self.body
        most = CROSSED * len(part) / 2
        found: list[_Gutter] = []
        valley: list[_Gutter] = []
        count = 0
        for (x, step), (to, _) in pairwise(events):
            count += step
            if count > most:
                found += _widest(valley, least) if valley else ()
                valley = []
            elif to > x:
                valley.append(_Gutter(x, to, count))
        found += _widest(valley, least) if valley else ()
        middles = sorted((boxes[n].x0 + boxes[n].x1) / 2 for n in part)
        out: list[float] = []
        last, right = events[0][0] - stray, events[-1][0] + stray
        for gutter in found:
            if gutter.x0 - last < self.slim or right - gutter.x1 < self.slim:
                continue
            over = bisect_left(middles, gutter.middle)
            if gutter.crossed and not self._is_read_over(part, gutter, min(over, len(part) - over)):
                continue
            out.append(gutter.middle)
            last = gutter.x1
        return out

    def _is_read_over(self, part: Sequence[int], gutter: _Gutter, beside: int) -> bool:
        """Say whether all lines that cross a gutter are two that were read as one: few, and text above or below."""
        if gutter.crossed > CROSSED * beside:
            return False
        x, heads = gutter.middle, [self.boxes[n].y0 for n in part]
        for n in part:
            box = self.boxes[n]
            if min(x - box.x0, box.x1 - x) < STRAY * self.body or box.width < SPECK * self.body:
                continue  # it ends a little too late, if it crosses the gutter at all; or it is a folio, or a speck
            if self.sizes[n] > LARGE * self.body:
                return False
            reach = box.height + 3 * self.body
            near = part[bisect_left(heads, box.y0 - reach) : bisect_right(heads, box.y1 + self.body)]
            sides = {self._side(self.boxes[o], box, x) for o in near if o != n}
            if not sides >= {-1, 1}:
                return False
        return True

    def _side(self, other: Box, box: Box, x: float) -> int:
        """Say on which side of a gutter a line stands right above or below one that crosses it; 0 for neither."""
        away = max(other.y0 - box.y1, box.y0 - other.y1)
        if not -0.3 * self.body < away < self.body or other.x0 >= box.x1 or other.x1 <= box.x0:
            return 0
        return -1 if other.x1 <= x else 1 if other.x0 >= x else 0

    def _white(self, part: list[int]) -> list[tuple[float, float, int]]:
        """Return the white from edge to edge of a part: its top, its foot, how many lines are above it."""
        found: list[tuple[float, float, int]] = []
        low = 0.0
        for at, n in enumerate(part):
            box = self.boxes[n]
            give = 0.15 * min(box.height, self.body)
            if at and box.y0 + give >= low:
                found.append((low, box.y0 + give, at))
            low = max(low, box.y1 - give) if at else box.y1 - give
        return found

    def _band(self, part: list[int], columns: int) -> list[list[int]]:
        """Cut across where white or a rule parts all columns of a part, nothing where none does."""
        boxes = self.boxes
        left, right = min(boxes[n].x0 for n in part), max(boxes[n].x1 for n in part)
        long = [rule for rule in self.flat if min(rule.x1, right) - max(rule.x0, left) > ACROSS * (right - left)]
        best: tuple[float, list[list[int]]] = (0.0, [])
        for top, foot, at in self._white(part):
            ruled = any(top - EDGE * self.body < rule.y0 < foot + EDGE * self.body for rule in long)
            wide = columns >= FEW and foot - top > BAND * self.body * max(0.5, FEW / columns)
            if foot - top > best[0] and (ruled or wide):
                best = (foot - top, [part[:at], part[at:]])
        return best[1]

    def _across(self, part: list[int]) -> list[list[int]]:
        """Cut across where the gutters above and below are longest; nothing where there are none.

        Where several lines span the columns, no cut by itself may show a gutter: then the first of them is cut off.
        """
        tried = max(4, min(MOST, MOST * LINES // len(part)))
        white = sorted(self._white(part), key=lambda one: one[0] - one[1])[:tried]
        best, longest, at, high = 0.0, 0.0, 0, 0
        for _, _, cut in white:
            lengths = [*self._lengths(part[:cut]), *self._lengths(part[cut:])]
            if sum(lengths) > best:
                best, at = sum(lengths), cut
            if max(lengths, default=0.0) > longest:
                longest, high = max(lengths), cut
        # Headlines of articles beside each other stay over their columns: the name of the paper alone is cut off.
        large = [self.boxes[n] for n in part[high:at] if self.sizes[n] > HEADLINE * self.body]
        if large and max(box.x0 for box in large) > min(box.x1 for box in large):
            at = high
        return [part[:at], part[at:]] if at else self._peeled(part)

    def _peeled(self, part: list[int]) -> list[list[int]]:
        """Cut beside the first line that is wider than a column, if there are columns of text but for such ones."""
        wide = {n for n in part if self.boxes[n].width > WIDER * self.usual}
        rest = [n for n in part if n not in wide]
        long = sum(self.boxes[n].width > LONG * self.usual for n in rest)
        if not wide or len(wide) > HEADLINES * len(part) or 2 * long < len(rest) or not self._gutters(rest, EDGE):
            return []
        return next(([part[:at], part[at:]] for _, _, at in self._white(part) if wide & {part[at - 1], part[at]}), [])

    def _lengths(self, part: list[int]) -> list[float]:
        """Return how long each gutter of a part is: as far as there are lines on both sides."""
        found: list[float] = []
        for x in self._gutters(part, EDGE):
            sides = [[self.boxes[n] for n in part if (self.boxes[n].x1 < x) is left] for left in (True, False)]
            if all(sides):
                top = max(min(box.y0 for box in side) for side in sides)
                found.append(max(0.0, min(max(box.y1 for box in side) for side in sides) - top))
        return found
