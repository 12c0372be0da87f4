"""Which printed lines of a fold of 1939 stand in which of its polygons.

Text and geometry were made apart; no ids join them. What joins them is the setting: a printed line end stands in the
text, so an article is a row of line lengths, and a polygon of running text holds as many lines as its width has room
for, each of as many characters as its height has. Per article and group of polygons the lines are laid into the
polygons one after the other so that the misfit is least; per fold the articles are given to the groups so that the sum
of misfits is least (assignment). What fits badly is left out and counted; where another group fits as well, the order
of the file decides, and that is counted, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from math import log
from pathlib import Path
from typing import NamedTuple

from bench.jingbao import DATA
from bench.jingbao_places import CLOSE, LEAD, PITCH, Group, Poly, Row, Story, groups, stories

ALONE = 4.0  # cost of a polygon without a line
LEFT = 5.0  # cost of a line without a polygon
SIDE = 6.0  # cost of an article on the other page
STEP = 0.5  # cost of an article that changes places with its neighbour in the order of the file
FAR = 12.0  # cost of the worst misfit
ALIKE = 0.3  # by how much the costs of two groups differ that fit as well
FULL = 0.25, 1.6  # characters of an article to those that its polygons have room for, in running text
LOST = 0.1  # share of the lines of an article that may stand in no polygon of its group
SURE = 0.9  # misfit of a polygon (mean) up to which an article is placed: `--control` says how many are placed wrongly


class Laid(NamedTuple):
    """An article in its group: the misfit of a polygon (mean), which lines stand in which polygon; -1 is none."""

    misfit: float
    homes: tuple[int, ...]
    polys: tuple[Poly, ...]


@cache
def _room(along: float, across: float, n: int, most: int) -> float:
    """Return how badly ``n`` lines of ``most`` characters fit a polygon: as running text, or in type of its own."""
    lines = (across / LEAD - n) / (0.35 + 0.02 * n)
    # A first line is set in by one or two characters, and lines of a short piece may all be short.
    reach = max(0.0, along / PITCH - most - (2.2 if n < 3 else 0.4)) - max(0.0, most - along / CLOSE)
    text = lines * lines + (reach / (0.5 + 0.02 * most)) ** 2
    size, pitch = along / most, across / n
    shape = log(size / pitch)
    shape /= 0.8 if shape > 0 else 0.35  # headlines are often set wide
    large = 0.6 + shape * shape + (n - 1) * 0.2 + max(0.0, 0.85 * PITCH - size) / 4
    return min(text, large, 40.0)


def lay(rows: Sequence[Row], polys: Sequence[Poly]) -> tuple[float, tuple[int, ...]]:
    """Lay lines into polygons in their order; returns the sum of misfits, and the polygon of each line or -1."""
    lengths = tuple(len(row.text) for row in rows)
    levels = tuple(row.level for row in rows)
    best: list[float] = [LEFT * i for i in range(len(rows) + 1)]
    back: list[list[tuple[int, bool]]] = []
    for poly in polys:
        most = int(max(poly.width, poly.height) / LEAD * 1.15 + 3)
        sides = (poly.height, poly.width), (poly.width, poly.height)
        now, trace = [], []
        for i in range(len(rows) + 1):
            score, how = best[i] + ALONE, (i, False)
            if i and now[i - 1] + LEFT < score:
                score, how = now[i - 1] + LEFT, (i - 1, True)
            longest = 0
            for j in range(i - 1, max(-1, i - most - 1), -1):
                longest = max(longest, lengths[j])
                if levels[j] != levels[i - 1]:
                    break
                if best[j] < score:
                    one = best[j] + _room(*sides[levels[j]], i - j, longest)
                    if one < score:
                        score, how = one, (j, False)
            now.append(score)
            trace.append(how)
        best = now
        back.append(trace)
    homes = [-1] * len(rows)
    i = len(rows)
    for n in range(len(polys) - 1, -1, -1):
        while back[n][i][1]:
            i -= 1
        j = back[n][i][0]
        homes[j:i] = [n] * (i - j)
        i = j
    return best[-1], tuple(homes)


def _flow(polys: Sequence[Poly]) -> list[Poly]:
    """Return polygons register by register, each from the right; what is taller than a register stands in its first."""
    left = sorted(polys, key=lambda p: p.y0)
    found: list[Poly] = []
    while left:
        top = left[0]
        line = [p for p in left if p.y0 < top.y0 + min(0.6 * top.height, 3 * PITCH)]
        found += sorted(line, key=lambda p: (-round(p.x1 / LEAD), p.y0))
        left = [p for p in left if p not in line]
    return found


@cache
def laid(rows: tuple[Row, ...], polys: tuple[Poly, ...], thorough: bool = False) -> Laid:
    """Lay an article into a group, in the order of the file or register by register, whichever fits better.

    ``thorough`` also moves single polygons to other places in the order while that makes the misfit less.
    """
    orders = [list(polys), _flow(polys)]
    cost, homes, order = min((*lay(rows, one), one) for one in orders)
    better = thorough and cost > 0.5 * len(polys)
    while better:
        better = False
        for i in range(len(order)):
            for j in range(len(order)):
                one = order[:i] + order[i + 1 :]
                one.insert(j, order[i])
                if i != j and (tried := lay(rows, one))[0] < cost - 0.5:
                    (cost, homes), order, better = tried, one, True
                    break
    each = cost / (len(polys) + homes.count(-1))
    return Laid(max(each, _by_characters(rows, homes, order)), homes, tuple(order))


def _by_characters(rows: Sequence[Row], homes: Sequence[int], polys: Sequence[Poly]) -> float:
    """Return the misfit of the polygon of a character (mean): running text counts for more than headlines."""
    total = 0.0
    for n, poly in enumerate(polys):
        here = [row for row, home in zip(rows, homes, strict=True) if home == n]
        if here:
            long, broad = (poly.width, poly.height) if here[0].level else (poly.height, poly.width)
            cost = _room(long, broad, len(here), max(len(row.text) for row in here))
            total += cost * sum(len(row.text) for row in here)
    return total / sum(len(row.text) for row in rows) if rows else 0.0


class Fold(NamedTuple):
    """A fold: its name, groups, articles, the place of each article that is sure, why the others have none.

    ``twins`` counts those placed ones that another group on their page fits as well.
    """

    name: str
    groups: tuple[Group, ...]
    stories: tuple[Story, ...]
    places: dict[int, Laid]
    left: dict[int, str]
    twins: int


def aligned(text: Path, geometry: Path) -> Fold:
    """Give the articles of a fold to the groups of its geometry, one to one; what is not sure is left out."""
    from scipy.optimize import linear_sum_assignment

    all_groups, all_stories = groups(geometry), stories(text)
    there = [group for group in all_groups if group.label == "article"]
    costs = [[_cost(s, g) for g in there] for s in all_stories]
    full = [
        [
            cost + (0.0 if g.right == s.right else SIDE) + _apart(i, j, all_stories, there)
            for j, (cost, g) in enumerate(zip(line, there, strict=True))
        ]
        for i, (line, s) in enumerate(zip(costs, all_stories, strict=True))
    ]
    pairs = [(int(i), int(j)) for i, j in zip(*linear_sum_assignment(full), strict=True)]
    places: dict[int, Laid] = {}
    left: dict[int, str] = dict.fromkeys(range(len(all_stories)), "no group")
    twins = 0
    for i, j in pairs:
        one = laid(all_stories[i].rows, there[j].polys, thorough=True)
        if one.misfit > SURE:
            left[i] = f"misfit {one.misfit:.1f}"
        elif one.homes.count(-1) > LOST * len(one.homes):
            left[i] = f"{one.homes.count(-1)} lines without a polygon"
        else:
            places[i] = one
            del left[i]
            others = (c for n, c in enumerate(costs[i]) if n != j and there[n].right == all_stories[i].right)
            twins += min(others, default=FAR) < costs[i][j] + ALIKE
    return Fold(text.stem, tuple(all_groups), tuple(all_stories), places, left, twins)


def _cost(story: Story, group: Group) -> float:
    """Return the cost of giving an article to a group; one that is far too large or small for it is not laid out."""
    room = sum(poly.width * poly.height for poly in group.polys) / (LEAD * PITCH)
    full = sum(len(row.text) for row in story.rows) / max(1.0, room)
    return min(FAR, 2 * laid(story.rows, group.polys).misfit) if FULL[0] < full < FULL[1] else FAR


def _apart(i: int, j: int, some: Sequence[Story], others: Sequence[Group]) -> float:
    return min(4.0, STEP * abs(i / max(1, len(some)) - j / max(1, len(others))) * len(some) / 2)


def folds(days: Iterable[str], folder: Path = DATA) -> list[tuple[Path, Path]]:
    """Return text and geometry of the folds of ``days`` (``04-21``), in order; none where the data is absent."""
    paths = sorted(path for day in days for path in folder.glob(f"*-{day}_*.xml"))
    return [(path, folder.parent / "geometry" / f"{path.stem}.json") for path in paths]
