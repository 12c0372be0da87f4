"""Columns of vertical text: what an engine hands on row by row is stacked, figures side by side go to their column."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from relayout.imprint import Shape
from relayout.readers.pdf.glyphs import Glyph
from relayout.readers.pdf.runs import Run

NEAR = 0.35  # of the type size: runs as near stand in one column
SHORT, ROW = 3, 4  # characters of a column that may be none, and of a row that surely is one
APART_HAN = 0.3  # of the type size: characters of a row stand closer, those of neighbouring columns do not


def lent(found: Sequence[Run]) -> list[Run]:
    """Give the foot of a short column back to the row that goes on at its right: it is the first of that row.

    The last line of a title is one character, and the text under it begins at the same edge (爐 / 開業六十六年, hk-7).
    """
    rows = [run for run in found if not run.upright and len(run.glyphs) >= ROW]
    made: list[Run] = []
    for run in found:
        foot = run.glyphs[-1]
        row = next((row for row in rows if _follows(foot, row.glyphs[0])), None) if _is_short(run) else None
        if row is None:
            made.append(run)
            continue
        row.glyphs.insert(0, foot)
        row.spaces = {n + 1 for n in row.spaces}
        made.append(Run(run.glyphs[:-1], len(run.glyphs) > 2, {n for n in run.spaces if n < len(run.glyphs) - 1}))
    return made


def _is_short(run: Run) -> bool:
    return run.upright and 1 < len(run.glyphs) <= SHORT


def _follows(foot: Glyph, glyph: Glyph) -> bool:
    alike = abs(foot.size - glyph.size) < 0.05 * foot.size and abs(foot.y - glyph.y) < 0.1 * foot.size
    return alike and -0.1 * foot.size < glyph.x0 - foot.x1 < NEAR * foot.size


def stacked(level: list[Run], upright: list[Run]) -> tuple[list[Run], list[Run]]:
    """Stack what pdfium hands on row by row: the characters of short columns beside each other (tw-2, 特六稿).

    Kana and full-width marks stand in such rows as Han does; one of them over or under a column tells for its row.
    """
    rows: list[Run] = []
    single: list[Run] = []
    for run in level:
        apart = len(run.glyphs) < 5 and all(unicodedata.east_asian_width(g.text[0]) in "WF" for g in run.glyphs)
        apart = apart and all(b.x0 - a.x1 > APART_HAN * a.size for a, b in pairwise(run.glyphs))
        if apart and (len(run.glyphs) == 1 or any(_touches(g, upright) for g in run.glyphs)):
            single += [Run([g]) for g in run.glyphs]
        else:
            rows.append(run)
    columns = _columns([*upright, *single])
    return rows + [run for run in columns if len(run.glyphs) == 1], [
        Run(run.glyphs, True, run.spaces) for run in columns if len(run.glyphs) > 1
    ]


def _touches(glyph: Glyph, upright: Sequence[Run]) -> bool:
    """Say whether a column ends right over a glyph, or begins right under it."""
    for run in upright:
        first, last = run.glyphs[0], run.glyphs[-1]
        if abs(first.middle - glyph.middle) < 0.3 * glyph.size:
            over, under = glyph.top - last.end, first.top - glyph.end
            if any(-0.2 * glyph.size < gap < NEAR * glyph.size for gap in (over, under)):
                return True
    return False


def _columns(upright: list[Run]) -> list[Run]:
    """Put upright runs together that stand close under each other."""
    order = sorted(upright, key=lambda run: (run.glyphs[0].middle, run.glyphs[0].y))
    middles = [run.glyphs[0].middle for run in order]
    gone: set[int] = set()
    for n, run in enumerate(order):
        if n in gone:
            continue
        last = run.glyphs[-1]
        for m in range(bisect_left(middles, last.middle - last.size), len(order)):
            other = order[m]
            last, first = run.glyphs[-1], other.glyphs[0]
            if middles[m] > last.middle + last.size:
                break
            if n == m or m in gone or first.top < last.top:
                continue
            size = max(last.size, first.size)
            step = first.top - last.end
            if abs(first.middle - last.middle) < 0.3 * size and -0.2 * size < step < NEAR * size:
                if min(last.size, first.size) < 0.75 * size:
                    continue
                run.spaces |= {s + len(run.glyphs) for s in other.spaces}
                run.glyphs += other.glyphs
                gone.add(m)
    return [run for n, run in enumerate(order) if n not in gone]


def claimed(level: list[Run], upright: list[Run]) -> tuple[list[Run], list[Run]]:
    """Give single glyphs and pairs of figures to the column that they stand in."""
    left: list[Run] = []
    for run in level:
        if len(run.glyphs) > 3 or not upright:
            left.append(run)
            continue
        home = next((column for column in upright if _inside(run, column)), None)
        if home is None:
            left.append(run)
            continue
        at = next((n for n, g in enumerate(home.glyphs) if g.top > run.glyphs[0].top - 0.1 * g.size), len(home.glyphs))
        home.spaces = {s + (len(run.glyphs) if s > at else 0) for s in home.spaces}
        home.glyphs[at:at] = run.glyphs
    alone = [run for run in left if len(run.glyphs) == 1 and _among(run, upright)]
    for run in alone:
        run.upright = True
    return [run for run in left if not run.upright], [*upright, *alone]


def parted(column: Run, shapes: Sequence[Shape]) -> list[Run]:
    """Cut a column where the edge of a frame, a picture or a rule stands between two of its glyphs."""
    middle = median(g.middle for g in column.glyphs)
    edges = [y for s in shapes if s.box.x0 < middle < s.box.x1 for y in (s.box.y0, s.box.y1)]
    pieces: list[Run] = []
    start = 0
    for n in range(1, len(column.glyphs) + 1):
        if n < len(column.glyphs):
            last, first = column.glyphs[n - 1], column.glyphs[n]
            if not any(last.end - 1 <= y <= first.top + 1 for y in edges):
                continue
        pieces.append(Run(column.glyphs[start:n], True, {s - start for s in column.spaces if start < s < n}))
        start = n
    return pieces


def _inside(run: Run, column: Run) -> bool:
    size = column.size
    first, last = column.glyphs[0], column.glyphs[-1]
    middle = (run.glyphs[0].x0 + run.glyphs[-1].x1) / 2
    top = run.glyphs[0].top
    if run.size > 1.3 * size or abs(middle - median(g.middle for g in column.glyphs)) > 0.35 * size:
        return False
    return first.top - 1.15 * size < top < last.top + 1.25 * size


def _among(run: Run, upright: Sequence[Run]) -> bool:
    """Say whether a single glyph stands beside a column: it is one of its own, of one character."""
    glyph = run.glyphs[0]
    return any(
        abs(glyph.size - column.size) < 0.1 * column.size
        and column.glyphs[0].top - 0.6 * glyph.size < glyph.top < column.glyphs[-1].top + 0.6 * glyph.size
        and abs(glyph.middle - column.glyphs[0].middle) < 2.6 * glyph.size
        for column in upright
    )
