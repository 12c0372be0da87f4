"""Where the pieces of rows truly stand: undoing how an extractor moved them.

``pdftotext -layout`` gives a Han character one position, as wide as a Latin letter. Blocks of text that begin at one
place of the page come at one position, and what begins further right at a greater one; but how far it is from one
to the other only rows tell that are full between them. A piece that one space parts from the one before it was taken
for one block with it, and stands right of it, wherever its position is. Source: ``TextPage::coalesce`` of poppler.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

GUTTER = 2.0  # cells between two columns
SMALL = 0.7  # of the size of text, in which a caption may be set
LOOSE = 1.5  # cells for each position, without which white space stands inside
BLOCK = 4  # positions between two blocks
SNAP = 0.2  # of the pitch of columns, within which a position is taken for that of a column
INSIDE = 4  # positions by which what is inside a column is further right than its edge
ROOM = 40.0  # cells that a title may be wider than its characters in text size
NEAR = 6  # cells within which two columns begin at one place
CLOSE = 1  # positions between two pieces that were taken for one


class Spot(NamedTuple):
    """A piece of a row: its position in the grid, how many it takes, its width in cells, and whether it is full."""

    at: int
    size: int
    width: float
    full: bool = True


def positions(rows: Sequence[Sequence[Spot]], pitch: float = 0.0) -> list[list[float]]:
    """Return for each piece of each row where it begins, in cells from the left; pieces come from the left.

    ``pitch`` is how far the columns of the page stand apart, if most do; what is found near to one is put there.

    >>> one, two, three = Spot(0, 10, 20.0), Spot(11, 10, 20.0), Spot(25, 10, 20.0)
    >>> positions([[one, two], [one, three], [one, two, three]])
    [[0.0, 22.0], [0.0, 44.0], [0.0, 22.0, 44.0]]
    """
    starts = sorted({spot.at for row in rows for n, spot in enumerate(row) if not _close(row, n)})
    number = {at: n for n, at in enumerate(starts)}
    full = [0] * len(starts)
    after: list[dict[int, float]] = [{} for _ in starts]
    blocks: list[dict[int, float]] = [{} for _ in starts]
    for row in rows:
        begin, width = -1, 0.0
        for n, spot in enumerate(row):
            if not _close(row, n):
                here = number[spot.at]
                full[here] += spot.full
                if begin >= 0:
                    after[here][begin] = max(width, after[here].get(begin, 0.0))
                begin, width = here, 0.0
            width += spot.width + GUTTER
            if n + 1 == len(row) or not _close(row, n + 1):
                size = spot.at + spot.size - starts[begin]
                least = (width - GUTTER) * (1.0 if spot.full or size > spot.size else SMALL)
                if width >= LOOSE * size:
                    blocks[begin][size] = min(least, blocks[begin].get(size, least))
    x = _spread(starts, full, after, blocks, pitch)
    known = edges([x[number[s.at]] for row in rows for n, s in enumerate(row) if s.full and not _close(row, n)], 3)
    found = []
    for row in rows:
        here_x: list[float] = []
        for n, spot in enumerate(row):
            if not _close(row, n):
                here_x.append(x[number[spot.at]])
                continue
            least = here_x[-1] + row[n - 1].width + GUTTER
            if not row[n - 1].full:
                least = min((edge for edge in known if least - 4 <= edge <= least + ROOM), default=least)
            here_x.append(least)
        found.append(here_x)
    return found


def _spread(
    starts: Sequence[int],
    full: Sequence[int],
    after: Sequence[dict[int, float]],
    blocks: Sequence[dict[int, float]],
    pitch: float,
) -> list[float]:
    """Return where each position stands: right of what rows have before it, and not left of what is inside it."""
    x: list[float] = []
    for n in range(len(starts)):
        x.append(max([x[n - 1] if n else 0.0, *(x[k] + width for k, width in after[n].items())]))
        x[n] = max(x[n], _least(n, starts, x, blocks))
        if full[n] and pitch and abs(x[n] - pitch * round(x[n] / pitch)) <= SNAP * pitch:
            x[n] = max(pitch * round(x[n] / pitch), x[n - 1] if n else 0.0)
    for n in range(len(starts) - 2, -1, -1):
        for k in range(n + 1, len(starts)):
            off = starts[k] - starts[n]
            if off > INSIDE:
                break
            if full[k] >= 2 and full[n]:
                x[n] = max(x[n], x[k] - 2.0 * off)
    return x


def _least(n: int, starts: Sequence[int], x: Sequence[float], blocks: Sequence[dict[int, float]]) -> float:
    """Return how far right a position is at least: something left of it must have asked for it."""
    found = []
    for k in range(n):
        off = starts[n] - starts[k]
        for size, width in blocks[k].items():
            if off < size:
                found.append(x[k] + width / size * off)
            elif off <= size + BLOCK:
                found.append(x[k] + width)
    return min(found, default=0.0)


def _close(row: Sequence[Spot], n: int) -> bool:
    return n > 0 and row[n].at - row[n - 1].at - row[n - 1].size <= CLOSE


def edges(xs: Sequence[float], least: int) -> list[float]:
    """Return where many pieces begin, the places with most of them first; what is near to one belongs to it."""
    count = Counter(round(x) for x in xs)
    found: list[float] = []
    while count:
        votes = {x: sum(count[y] for y in range(x - 1, x + 2)) + 0.5 * count[x] for x in list(count)}
        best = max(votes, key=lambda x: (votes[x], -x))
        if sum(count[y] for y in range(best - 1, best + 2)) < least:
            break
        found.append(float(best))
        for y in range(best - NEAR, best + NEAR + 1):
            count.pop(y, None)
    return sorted(found)
