"""The lines of a vertical page that was turned: how large they are, which are headlines, which make runs of text.

Nothing but boxes and lengths is asked: OCR tells of no type. A headline is thicker than text, or its characters stand
further apart; or it is no larger, short, and in the middle between the end of a text and the beginning of the next.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from relayout.geometry import around
from relayout.imprint import Box
from relayout.model import Line

LARGE = 1.22  # of the thickness of running text: what is thicker is set larger
LONG, LARGER = 16, 1.5  # characters: what is longer is a headline only if it is so much thicker than text
SPREAD, FEW = 1.25, 9  # times as far apart stand the characters of a headline of the size of text, of less than so many
SHORT = 7  # characters of a headline in the middle between two texts, at most
CENTRED = 0.6  # of the size of running text: how far it is set in at both ends, at least
AROUND = 5.0  # of it: how far over and under it stand lines that tell where its column begins and ends
NEAR = 1.3  # of it: white from line to line of one text at most
REACH = 2.2  # of it: white between a line and what is said to stand right over it
INDENT = 1.7  # of it: how far the first line of a paragraph is set in
SEEN = 0.6  # of the last line of a run is not hidden by what stands under it: it stands over the next line, too
SHARED = 0.4  # of the narrower of two lines stands under the other


@dataclass(frozen=True, slots=True)
class Run:
    """Lines of one text under each other, or one large line (``head``); its number among the runs of the page.

    ``over`` and ``under`` are the numbers of the runs that stand right over and right under it.
    """

    n: int
    lines: tuple[Line, ...]
    box: Box
    head: bool = False
    over: tuple[int, ...] = ()
    under: tuple[int, ...] = ()


def thickness(lines: Iterable[Line]) -> float:
    """Return how thick lines of running text are: the median over the characters."""
    return median([line.box.height for line in lines if line.box for _ in line.text[:80]])


def pitch(line: Line) -> float:
    """Return the way from character to character of a line; 0 without a box."""
    return line.box.width / len(line.text) if line.box else 0.0


def runs_of(lines: Sequence[Line], body: float, usual: float) -> list[Run]:
    """Put lines under each other into runs; every large line is one of its own.

    ``body`` is how thick running text is, ``usual`` the way from character to character of it. All lines have boxes.
    """
    step = body / 2
    order = sorted(lines, key=lambda line: (line.box.y0, line.box.x0) if line.box else ())
    heads = {id(line) for line in lines if _is_large(line, body, usual)} | _middling(order, body)
    last: dict[int, tuple[int, float]] = {}  # the lowest run at each step from left to right, and how low
    found: list[list[Line]] = []
    overs: list[list[int]] = []
    for line in order:
        box = line.box
        assert box
        steps = range(int(box.x0 / step), int(box.x1 / step) + 1)
        over = _over(box, [last[n] for n in steps if n in last], len(steps), found, body)
        one = over[0] if len(over) == 1 and id(line) not in heads and id(found[over[0]][0]) not in heads else -1
        if one >= 0 and _joins(found[one], line, body):
            found[one].append(line)
        else:
            one = len(found)
            found.append([line])
            overs.append(over)
        last.update((n, (one, box.y1)) for n in steps)
    unders: list[list[int]] = [[] for _ in found]
    for n, over in enumerate(overs):
        for k in over:
            unders[k].append(n)
    return [
        Run(n, tuple(group), _around(group), id(group[0]) in heads, tuple(overs[n]), tuple(unders[n]))
        for n, group in enumerate(found)
    ]


def _around(lines: Iterable[Line]) -> Box:
    return around(line.box for line in lines if line.box)


def _over(
    box: Box, below: Sequence[tuple[int, float]], steps: int, found: Sequence[Sequence[Line]], body: float
) -> list[int]:
    """Return the runs that stand right over a line: over a good part of it, or with most of their own last line."""
    seen: dict[int, int] = {}
    for run, foot in below:
        if box.y0 - foot < REACH * body:
            seen[run] = seen.get(run, 0) + 1
    wide = {run: _around(found[run][-1:]).width / body * 2 for run in seen}
    return [run for run, n in seen.items() if n > SHARED * steps or n > SEEN * wide[run]]


def _is_large(line: Line, body: float, usual: float) -> bool:
    if not line.box:
        return False
    if line.vertical:  # a level headline lies on its side: it is as thick as its letters are wide
        return line.box.width > 1.1 * body and len(line.text) < LONG
    large = line.box.height > (LARGE if len(line.text) < LONG else LARGER) * body
    return large or (len(line.text) < FEW and pitch(line) > SPREAD * usual and line.box.height > 0.9 * body)


class _Rows:
    """Lines by where they stand across the page, from the top down: who is near is found without asking all."""

    def __init__(self, lines: Sequence[Line], step: float) -> None:
        self.step = step
        self.strips: dict[int, list[Line]] = {}
        for line in sorted(lines, key=lambda line: line.box.y0 if line.box else 0.0):
            for n in self._strips(line.box):
                self.strips.setdefault(n, []).append(line)

    def _strips(self, box: Box | None) -> range:
        return range(int(box.x0 / self.step), int(box.x1 / self.step) + 1) if box else range(0)

    def between(self, box: Box, top: float, foot: float) -> list[Line]:
        """Return the lines over or under a box that begin from ``top`` to ``foot``, the highest first."""
        found: dict[int, Line] = {}
        for n in self._strips(box):
            strip = self.strips.get(n, [])
            at = bisect_left(strip, top, key=lambda line: line.box.y0 if line.box else 0.0)
            while at < len(strip) and (one := strip[at].box) and one.y0 <= foot:
                found[id(strip[at])] = strip[at]
                at += 1
        return sorted(found.values(), key=lambda line: line.box.y0 if line.box else 0.0)


def _middling(lines: Sequence[Line], body: float) -> set[int]:
    """Return the lines that are headlines no larger than text: one to three under each other, then a paragraph."""
    found: set[int] = set()
    rows = _Rows([line for line in lines if line.box and not line.vertical], body)
    for line in lines:
        if not line.box or line.vertical or len(line.text) > SHORT or id(line) in found or not _apart(line, body, rows):
            continue
        taken = [line]
        after = _next(line.box, body, rows)
        while after and after.box and len(taken) < 4 and len(after.text) <= SHORT and _apart(after, body, rows):
            taken.append(after)
            after = _next(after.box, body, rows)
        if not after or not after.box or len(taken) > 3:
            continue
        follow = _next(after.box, body, rows)
        if follow and follow.box and after.box.x0 - follow.box.x0 > 0.5 * body:
            found.update(map(id, taken))
    return found


def _next(box: Box, body: float, rows: _Rows) -> Line | None:
    """Return the line right under a box."""
    under = rows.between(box, box.y1 - 0.3 * body, box.y1 + NEAR * body)
    return next((line for line in under if shared(line.box, box) > SHARED), None)


def _apart(line: Line, body: float, rows: _Rows) -> bool:
    """Say whether a line is set in at both ends, in regard to the text under it and to that over it."""
    box = line.box
    assert box
    near = rows.between(box, box.y0 - AROUND * body, box.y0 + AROUND * body)
    reach = [
        one.box for one in near if one.box and one is not line and len(one.text) >= SHORT and shared(one.box, box) > 0.9
    ]
    over, under = ([one for one in reach if (one.y0 < box.y0) is first] for first in (True, False))
    return bool(reach) and all(
        box.x0 - min(one.x0 for one in some) > CENTRED * body and max(one.x1 for one in some) - box.x1 > CENTRED * body
        for some in (over, under)
        if some
    )


def shared(a: Box | None, b: Box) -> float:
    """Return how much of the narrower of two boxes stands over or under the other; less than 0 where they are apart.

    >>> shared(Box(0, 0, 10, 1), Box(5, 3, 25, 4)), shared(None, Box(0, 0, 1, 1))
    (0.5, 0.0)
    """
    if not a:
        return 0.0
    return (min(a.x1, b.x1) - max(a.x0, b.x0)) / max(1e-6, min(a.width, b.width))


def _joins(run: Sequence[Line], line: Line, body: float) -> bool:
    """Say whether a line goes on with a run of text: near, and at the edge of its column or set in."""
    last, box, whole = run[-1].box, line.box, _around(run)
    assert last
    assert box
    if run[-1].vertical != line.vertical:
        return False
    first = len(run) == 1
    left = -INDENT * body * (1.3 if first else 0.6) < box.x0 - whole.x0 < INDENT * body
    right = first or box.x1 - whole.x1 < 0.8 * body
    return box.y0 - last.y1 < NEAR * body and left and right
