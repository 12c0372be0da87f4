"""In which order strips are read: bands from the top, in a band columns from the left.

A page is cut across where no strip stands in the way, else downwards where columns do not share a cut across; so
the columns of one module stay together under their headline, whatever stands beside them.
"""

from __future__ import annotations

from collections.abc import Sequence

from relayout.grid import Strip


def in_order(strips: Sequence[Strip]) -> list[Strip]:
    """Return ``strips`` in the order in which they are read."""
    if len(strips) < 2:
        return list(strips)
    bands = _bands(strips)
    if len(bands) > 1:
        return [strip for band in bands for strip in in_order(band)]
    columns = _columns(strips)
    groups = _groups(columns)
    if len(groups) > 1:
        return [strip for group in groups for strip in in_order(group)]
    return sorted(strips, key=lambda strip: (strip.x0, strip.top))


def _bands(strips: Sequence[Strip]) -> list[list[Strip]]:
    """Cut across wherever everything above ends before anything below begins."""
    bands: list[list[Strip]] = []
    bottom = -1
    for strip in sorted(strips, key=lambda strip: strip.top):
        if strip.top > bottom:
            bands.append([])
        bands[-1].append(strip)
        bottom = max(bottom, strip.bottom)
    return bands


def _columns(strips: Sequence[Strip]) -> list[list[Strip]]:
    """Cut downwards wherever everything on the left ends before anything on the right begins."""
    columns: list[list[Strip]] = []
    right = -1
    for strip in sorted(strips, key=lambda strip: strip.x0):
        if strip.x0 >= right:
            columns.append([])
        columns[-1].append(strip)
        right = max(right, strip.x1)
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
