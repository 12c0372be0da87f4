"""Which stretch of lines goes on with which: find it for a whole page at once; used by the stage ``link``.

Each stretch chooses among all others what it goes on from, or nothing, and what it goes on with, or nothing: two
choices by the same fitted weights. A link is worth what both choices say for it, against both being nothing, and the
links of a page are assigned so that their sum is greatest.
"""

from __future__ import annotations

from collections.abc import Sequence

from relayout.fitted import columns as summed
from relayout.fitted import tables
from relayout.matching import assign
from relayout.signals.crossing import Scene
from relayout.signals.stretches import Stretches

REACH = 120  # stretches to either side that are compared


def hardly(scene: Scene, least: float) -> list[bool]:
    """Return for each line whether the one before it hardly goes on with it: for less than ``least`` of it, in nats."""
    weights = tables("turns")
    alone = [summed(weights["alone"], scene.alone(i), 2) for i in range(len(scene.pieces))]
    found = [False] * len(scene.pieces)
    for i in range(1, len(found)):
        said = summed(weights["follows"], (*scene.follows(i - 1, i), ("bias", 1.0)), 1)[0]
        found[i] = said - alone[i - 1][1] - alone[i][0] < least
    return found


def linked(page: Stretches, least: float) -> tuple[list[int | None], list[dict[int, float]]]:
    """Return for each stretch the one it goes on from, or ``None``, and what each is worth that is above ``least``."""
    worth = worths(page)
    kept = [{a: value for a, value in row.items() if value > least} for row in worth]
    got = assign(kept, least)
    for b in range(len(got)):
        _part_ring(b, got, kept)
    return got, kept


def worths(page: Stretches) -> list[dict[int, float]]:
    """Return for each stretch what it is worth, in nats, that it goes on from each other one, and neither is loose."""
    weights = tables("links")
    size = len(page.found)
    sums: list[dict[int, float]] = [{} for _ in range(size)]
    for two in page.found:
        for one in page.found[max(0, two.rank - REACH) : two.rank + REACH]:
            if one is not two:
                sums[two.rank][one.rank] = summed(weights["follows"], page.follows(one, two), 1)[0]
    ends = [summed(weights["ends"], page.ends(one), 1)[0] for one in page.found]
    begins = [summed(weights["begins"], page.begins(one), 1)[0] for one in page.found]
    return [{a: 2 * value - ends[a] - begins[b] for a, value in row.items()} for b, row in enumerate(sums)]


def _part_ring(b: int, got: list[int | None], worth: Sequence[dict[int, float]]) -> None:
    """Take away the weakest link of a ring that ``b`` may be in."""
    ring = [b]
    while (before := got[ring[-1]]) is not None and before not in ring:
        ring.append(before)
    if before == b:
        got[min(ring, key=lambda one: (worth[one][got[one] or 0], one))] = None
