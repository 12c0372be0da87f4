"""In which order strips of columns are read: bands from the top, in a band columns from the left.

A page is cut across where no strip stands in the way, else downwards where columns do not share a cut across; so
the columns of one module stay together under their headline, whatever stands beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from typing import NamedTuple

ALIKE = 3.0  # cells by which the measures of two columns of one text differ at most
APART = 9  # rows between two pieces of one column that no cut across parts


class Strip(NamedTuple):
    """A rectangle of lines: which one it is, its first and last row, and its reach from left to right, any unit.

    ``goes_on`` says that it ends inside a paragraph, ``comes_from`` that it seems to begin inside one.
    """

    name: int
    top: int
    bottom: int
    left: float
    right: float
    measure: float = 0.0
    goes_on: bool = False
    comes_from: bool = False


def in_order(strips: Sequence[Strip]) -> list[int]:
    """Return the names of ``strips`` in the order in which they are read.

    >>> head, one, two = Strip(0, 1, 1, 0, 1), Strip(1, 2, 9, 0, 0), Strip(2, 2, 9, 1, 1)
    >>> in_order([two, one, head])
    [0, 1, 2]
    """
    if len(strips) < 2:
        return [strip.name for strip in strips]
    bands = _bands(strips)
    groups = bands if len(bands) > 1 else _groups(_columns(strips))
    if len(groups) > 1:
        return [name for group in groups for name in in_order(group)]
    return [strip.name for strip in sorted(strips, key=lambda strip: (strip.left, strip.top))]


def joined(strips: Sequence[Strip], goes_on: Set[int]) -> list[list[int]]:
    """Return the names of ``strips`` in lists: a strip, and what stands below it and only goes on with it.

    ``goes_on`` names strips that end inside a paragraph. The next strip of the same column goes on with one, unless
    another column ends beside it: there a module ends, and the text goes on at the top of the next column.
    """
    upper: dict[int, int] = {}
    taken: set[int] = set()
    for strip in sorted(strips, key=lambda strip: (strip.bottom, strip.left)):
        below = [s for s in strips if s.top > strip.bottom and s.left < strip.right and strip.left < s.right]
        next_ = min(below, key=lambda s: s.top, default=None)
        if strip.name not in goes_on or next_ is None or next_.name in taken:
            continue
        if abs(next_.left - strip.left) > 3 or next_.top - strip.bottom > APART or _ends(strip, next_, strips):
            continue
        upper[strip.name] = next_.name
        taken.add(next_.name)
    chains = []
    for strip in strips:
        if strip.name not in taken:
            chain = [strip.name]
            while chain[-1] in upper:
                chain.append(upper[chain[-1]])
            chains.append(chain)
    return chains


def chained(strips: Sequence[Strip], kin: Callable[[int, int], float]) -> list[list[int]]:
    """Return the names of ``strips`` in the order in which they are read, in lists of what is one text for sure.

    A strip that ends inside a paragraph goes on at the top of the next column, or below a picture in its own. Of all
    pairs the likeliest are taken first; ``kin`` says how well the words of one go on with those of another.
    """
    pairs = sorted(
        ((kin(u.name, v.name) + how, u.name, v.name) for u in strips if u.goes_on for v, how in _next(u, strips)),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    after: dict[int, int] = {}
    before: dict[int, int] = {}
    for score, u, v in pairs:
        if score <= 0 or u in after or v in before:
            continue
        end = v
        while end in after:
            end = after[end]
        if end != u:
            after[u], before[v] = v, u
    by_name = {strip.name: strip for strip in strips}
    whole = joined(strips, {strip.name for strip in strips if strip.goes_on})
    spans = in_order([_over(n, [by_name[name] for name in part]) for n, part in enumerate(whole)])
    chains = []
    for name in [name for n in spans for name in whole[n]]:
        if name not in before:
            chain = [name]
            while chain[-1] in after:
                chain.append(after[chain[-1]])
            chains.append(chain)
    return chains


def _over(name: int, parts: Sequence[Strip]) -> Strip:
    left, right = min(part.left for part in parts), max(part.right for part in parts)
    return Strip(name, parts[0].top, parts[-1].bottom, left, right)


def _next(strip: Strip, strips: Sequence[Strip]) -> list[tuple[Strip, float]]:
    """Return the strips that ``strip`` can go on with, and how well they stand to it."""
    found: list[tuple[Strip, float]] = []
    below = [s for s in strips if s.top > strip.bottom and s.left < strip.right and strip.left < s.right]
    if below:
        one = min(below, key=lambda s: (s.top, s.left))
        how = 1.5 - 0.25 * (one.top - strip.bottom) - (2.5 if _ends(strip, one, strips) else 0.0)
        found.append((one, how))
    beside = [
        s
        for s in strips
        if s.left > strip.left + 3
        and s.top <= strip.bottom
        and s.bottom >= strip.top - 2
        and s.comes_from
        and abs(s.measure - strip.measure) <= ALIKE
    ]
    if beside:
        nearest = min(s.left for s in beside) + 6
        for one in beside:
            if one.left <= nearest:
                how = 1.0 - min(1.0, 0.04 * abs(one.top - strip.top))
                found.append((one, how + (0.7 if abs(one.bottom - strip.bottom) <= 2 else 0.0)))
    return [
        (one, how - (2.0 if abs(one.measure - strip.measure) > ALIKE else 0.0) - (0.0 if one.comes_from else 3.0))
        for one, how in found
    ]


def _ends(strip: Strip, next_: Strip, strips: Sequence[Strip]) -> bool:
    """Say whether a column beside ``strip`` ends where it does, and another begins where ``next_`` does."""
    return any(
        other.name not in (strip.name, next_.name)
        and abs(other.bottom - strip.bottom) <= 2
        and other.bottom - other.top >= 3
        and any(abs(s.top - next_.top) <= 2 for s in strips if s.left < other.right and other.left < s.right)
        for other in strips
    )


def _bands(strips: Sequence[Strip]) -> list[list[Strip]]:
    """Cut across wherever everything above ends before anything below begins."""
    bands: list[list[Strip]] = []
    bottom = -1
    for strip in sorted(strips, key=lambda strip: (strip.top, strip.left)):
        if strip.top > bottom:
            bands.append([])
        bands[-1].append(strip)
        bottom = max(bottom, strip.bottom)
    return bands


def _columns(strips: Sequence[Strip]) -> list[list[Strip]]:
    """Cut downwards wherever everything on the left ends before anything on the right begins."""
    columns: list[list[Strip]] = []
    right = float("-inf")
    for strip in sorted(strips, key=lambda strip: (strip.left, strip.top)):
        if strip.left > right:
            columns.append([])
        columns[-1].append(strip)
        right = max(right, strip.right)
    return columns


def _groups(columns: Sequence[Sequence[Strip]]) -> list[list[Strip]]:
    """Join neighbouring columns as long as one cut across goes through all of them."""
    groups: list[list[Strip]] = []
    shared: set[int] = set()
    for column in columns:
        cuts = _cuts(column, columns)
        if groups and _parts(groups[-1] + list(column), shared & cuts):
            groups[-1] += column
            shared &= cuts
        else:
            groups.append(list(column))
            shared = cuts
    return groups


def _cuts(column: Sequence[Strip], columns: Sequence[Sequence[Strip]]) -> set[int]:
    """Return the rows before which nothing in ``column`` stands in the way of a cut across."""
    last = max(strip.bottom for other in columns for strip in other)
    return set(range(last + 1)).difference(*(range(strip.top + 1, strip.bottom + 1) for strip in column))


def _parts(strips: Sequence[Strip], cuts: set[int]) -> bool:
    """Say whether one of ``cuts`` has something above and something below it."""
    top, bottom = min(strip.bottom for strip in strips), max(strip.top for strip in strips)
    return any(top < cut <= bottom for cut in cuts)
