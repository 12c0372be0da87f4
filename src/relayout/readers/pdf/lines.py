"""From runs to lines: rows put together, cut at gutters, their word spaces found; columns of vertical text likewise."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from relayout.chars import canonical, is_han
from relayout.errors import LossError
from relayout.imprint import Box, Shape, TextStyle
from relayout.model import Line, Place
from relayout.readers.pdf.aside import TURNS, blockwise, levelled, returned
from relayout.readers.pdf.glyphs import Glyph
from relayout.readers.pdf.runs import LEVEL, Run, runs
from relayout.readers.pdf.stacks import claimed, lent, parted, stacked
from relayout.roles import Form

NEAR = 0.35  # of the type size: runs as near are one line, however the stream has them
GAP = 0.9  # of the type size: a wider gap in letters may be a gutter
APART, COMMON = 6.0, 0.8  # of the type size: a gap that is no word space; what two gaps have in common
EVEN, CELL = 0.3, 2.6  # of the type size: spaces that are one width; what a justified line does not need
UNDER, OVER = 0.9, 1.7  # of the type size: from the baseline down to the rule of a table's row, and up to it
CLOSE, MOST = 0.45, 0.7  # of the type size: a gap between cells of such a row; of a gap, what it shares with another
PITCH = 3.2  # of the type size: from a row to the next one of a table
MARKED = 0.15  # of the type size: white after the number of an item (1. 臺灣)
LOOSE = 0.13  # of the type size: what a space adds to letters that are set apart a little (Opinion)
SPACE, TRACK = 0.17, 0.13  # of the type size: a space between letters; letters set further apart than that are spaced
LIKE = "“”‘’…—·"  # marks that letters and Han share
WIDE = 0.55  # of the type size: a gap that parts the halves of a title in Han
_MARKER = re.compile(r"(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,2})[.．、]")
_SPACES = re.compile(r"\s+")


Made = tuple[str, Box, TextStyle, bool]


def lines(glyphs: Sequence[Glyph], shapes: Sequence[Shape], number: int) -> tuple[Line, ...]:
    """Return the lines of page ``number``, in an order that the page tells and not the stream."""
    made = _made([g for g in glyphs if g.turn not in TURNS], shapes, number)
    vertical = sum(len(text) for text, _, _, up in made if up) > sum(len(text) for text, _, _, up in made if not up)
    for turn in TURNS:
        turned = _made(levelled([g for g in glyphs if g.turn == turn], turn), (), number)
        boxes = blockwise([returned(box, turn) for _, box, _, _ in turned], turn)
        made += [(text, box, style, up) for (text, _, style, up), box in zip(turned, boxes, strict=True)]
    made.sort(key=lambda one: (-round(one[1].x1), one[1].y0) if vertical else (round(one[1].y0), one[1].x0))
    return tuple(
        Line(text, _clean(text), Place(number, n), box, style=style, vertical=up)
        for n, (text, box, style, up) in enumerate(made, 1)
    )


def _made(glyphs: Sequence[Glyph], shapes: Sequence[Shape], number: int) -> list[Made]:
    """Return the lines of glyphs that are level, or stand in columns: text, box, style, and whether it is a column."""
    found = lent(runs(glyphs))
    whole = sum(len(run.glyphs) for run in found)
    level = _together([run for run in found if not run.upright], shapes)
    upright = [run for run in found if run.upright]
    if upright:
        level, upright = stacked(level, upright)
    gaps = _Gaps.of(level, shapes)
    level = [piece for run in level for piece in cut(run, gaps, shapes)]
    level, upright = claimed(level, upright)
    upright = [piece for run in upright for piece in parted(run, shapes)]
    count = sum(len(run.glyphs) for run in (*level, *upright))
    if count != whole:
        raise LossError(
            f"page {number}: {count} of {whole} glyphs are in lines",
            "this is a defect of relayout; please report the file",
        )
    return [one for run in (*level, *upright) if (one := _line(run))]


class _Gaps(NamedTuple):
    """The wide gaps in the rows of a page, by their baselines."""

    ys: list[float]
    gaps: list[tuple[float, float]]
    all: frozenset[tuple[float, float, float]]

    @classmethod
    def of(cls, level: Sequence[Run], shapes: Sequence[Shape]) -> _Gaps:
        rules = [s.box for s in shapes if s.form is Form.RULE and s.box.width > s.box.height]
        found = sorted(gap for run in level for gap in _wide_gaps(run, ruled=_ruled(run, rules)))
        return cls([y for y, _, _ in found], [(left, right) for _, left, right in found], frozenset(found))

    def near(self, y: float, far: float, least: float) -> list[tuple[float, float]]:
        """Return the gaps in the rows over and under a baseline."""
        first, last = bisect_left(self.ys, y - far), bisect_left(self.ys, y + far)
        return [self.gaps[n] for n in range(first, last) if abs(self.ys[n] - y) > least]


def _ruled(run: Run, rules: Sequence[Box]) -> bool:
    """Say whether a rule stands right under a row, or over it, that is as long at least: a row of a table has one."""
    base, size, left, right = run.glyphs[0].y, run.size, run.glyphs[0].x0, run.glyphs[-1].x1
    return any(
        (0.0 < r.y0 - base < UNDER * size or 0.8 * size < base - r.y1 < OVER * size)
        and r.x0 < left + size
        and right < r.x1 + size
        for r in rules
    )


def _wide_gaps(run: Run, *, ruled: bool) -> list[tuple[float, float, float]]:
    """Return the gaps of a row that no justified line explains: its word spaces are all as wide, and not too wide.

    In the row of a table the cells may stand close.
    """
    size = run.size
    if ruled:
        return [(a.y, a.x1, b.x0) for a, b in pairwise(run.glyphs) if b.x0 - a.x1 > CLOSE * size]
    gaps = [(a.y, a.x1, b.x0) for a, b in pairwise(run.glyphs) if b.x0 - a.x1 > SPACE * size]
    widths = [right - left for _, left, right in gaps]
    even = len(gaps) < 2 or max(widths) - min(widths) < EVEN * size
    return [gap for gap, width in zip(gaps, widths, strict=True) if width > (CELL if even else GAP) * size]


def _clean(raw: str) -> str:
    return _SPACES.sub(" ", canonical(raw)).strip() or raw


def _together(level: list[Run], shapes: Sequence[Shape]) -> list[Run]:
    """Put runs of one baseline together that stand close: pieces of one line that the stream has apart."""
    order = sorted(level, key=lambda run: (round(run.glyphs[0].y), run.glyphs[0].x0))
    ys = [round(run.glyphs[0].y) for run in order]
    gone: set[int] = set()
    for n, run in enumerate(order):
        if n in gone:
            continue
        grown = True
        while grown:
            grown = False
            first = bisect_left(ys, round(run.glyphs[0].y) - 2)
            for m in range(first, len(order)):
                other = order[m]
                if ys[m] > round(run.glyphs[0].y) + 2:
                    break
                if m == n or m in gone or not _joins(run, other, shapes):
                    continue
                run.spaces |= {s + len(run.glyphs) for s in other.spaces}
                run.glyphs += other.glyphs
                gone.add(m)
                grown = True
    return [run for n, run in enumerate(order) if n not in gone]


def _joins(run: Run, other: Run, shapes: Sequence[Shape]) -> bool:
    last, first = run.glyphs[-1], other.glyphs[0]
    size = max(last.size, first.size)
    if min(last.size, first.size) < 0.75 * size or abs(last.y - first.y) > LEVEL * size:
        return False
    return -0.3 * size < first.x0 - last.x1 < NEAR * size and not _parted(last, first, shapes)


def _parted(last: Glyph, first: Glyph, shapes: Sequence[Shape]) -> bool:
    """Say whether a rule, or the edge of a frame or picture, stands between two glyphs of a row."""
    for shape in shapes:
        box = shape.box
        if box.y0 < last.y - 0.3 * last.size < box.y1:
            edges = (box.x0, box.x1) if shape.form is not Form.RULE else ((box.x0 + box.x1) / 2,)
            if (shape.form is not Form.RULE or box.height > box.width) and any(
                last.x1 - 1 <= x <= first.x0 + 1 for x in edges
            ):
                return True
    return False


def cut(run: Run, gaps: _Gaps, shapes: Sequence[Shape]) -> list[Run]:
    """Cut a row at rules and gutters: at gaps that go on, white, in the rows over or under it."""
    pieces: list[Run] = []
    start = 0
    for n in range(1, len(run.glyphs) + 1):
        if n < len(run.glyphs):
            last, first = run.glyphs[n - 1], run.glyphs[n]
            gap = (first.x0 - last.x1) / max(last.size, first.size)
            told = (last.y, last.x1, first.x0) in gaps.all
            if gap < NEAR or not (_parted(last, first, shapes) or (told and _gutter(last, first, gaps))):
                continue
        pieces.append(Run(run.glyphs[start:n], False, {s - start for s in run.spaces if start < s < n}))
        start = n
    return pieces


def _gutter(last: Glyph, first: Glyph, gaps: _Gaps) -> bool:
    """Say whether the gap between two glyphs parts columns or cells: a gap as wide stands right over or under it.

    A wide space of a badly justified line is white in one row only.
    """
    size = max(last.size, first.size)
    if first.x0 - last.x1 > APART * size:
        return True
    common = min(COMMON * size, MOST * (first.x0 - last.x1))
    return any(
        min(first.x0, right) - max(last.x1, left) > common
        for left, right in gaps.near(first.y, PITCH * size, 0.5 * size)
    )


def _line(run: Run) -> tuple[str, Box, TextStyle, bool] | None:
    glyphs = run.glyphs
    text = _spaced(run)
    if not text.strip():
        return None
    size = run.size
    fonts: dict[str, int] = {}
    for g in glyphs:
        fonts[g.font] = fonts.get(g.font, 0) + 1
    told = [g for g in glyphs if g.text.isalnum()] or glyphs
    style = TextStyle(
        round(size, 2), max(fonts, key=lambda name: (fonts[name], name)), all(g.bold for g in told),
        all(g.italic for g in told), _most([g.colour for g in glyphs]),
    )  # fmt: skip
    if run.upright:
        middle = median(g.middle for g in glyphs)
        top, end = min(g.top for g in glyphs), max(g.end for g in glyphs)
        box = Box(middle - size / 2, top, middle + size / 2, end)
    else:
        base = median(g.y for g in glyphs)
        box = Box(min(g.x0 for g in glyphs), base - 0.88 * size, max(g.x1 for g in glyphs), base + 0.12 * size)
    return text, Box(*(round(v, 2) for v in (box.x0, box.y0, box.x1, box.y1))), style, run.upright


def _wide(char: str) -> bool:
    return is_han(char) or unicodedata.east_asian_width(char) in "WF"


def _wides(a: str, b: str) -> int:
    """Count how many of two characters are wide; quotation marks and dashes are if the other one is."""
    one, two = _wide(a), _wide(b)
    return (one or (two and a in LIKE)) + (two or (one and b in LIKE))


def _most(values: Sequence[str]) -> str:
    return max(set(values), key=lambda value: (values.count(value), value))


def _spaced(run: Run) -> str:
    """Return the characters of a run with a space where one stands between its words."""
    glyphs = run.glyphs
    size = run.size
    if run.upright:
        gaps = [b.top - a.end if a.length or b.top - a.top > 0.3 * size else 0.0 for a, b in pairwise(glyphs)]
    else:
        gaps = [b.x0 - a.x1 for a, b in pairwise(glyphs)]
    inner = [g for n, g in enumerate(gaps, 1) if n not in run.spaces]
    track = _track(inner, han=run.upright or sum(_wide(g.text[0]) for g in glyphs) > len(glyphs) / 2) / size
    out = [glyphs[0].text]
    for n, gap in enumerate(gaps, 1):
        a, b = out[-1][-1], glyphs[n].text[0]
        marked = n < 4 and gap > MARKED * size and _MARKER.fullmatch("".join(out)) is not None
        # pdfium tells so little white between italics on their side that only the space itself tells.
        aside = run.upright and n in run.spaces and glyphs[n - 1].turn == glyphs[n].turn == 90 and not _wides(a, b)
        if marked or aside or _is_space(gap / size, track, n in run.spaces, han=_wides(a, b), upright=run.upright):
            out.append(" ")
        out.append(glyphs[n].text)
    return "".join(out)


def _track(gaps: Sequence[float], *, han: bool) -> float:
    """Return by how much the characters of a line are set apart; in Han some gaps may be of words (徵　倉管　會計)."""
    if not gaps:
        return 0.0
    return sorted(gaps)[len(gaps) // 4] if han else median(gaps)


def _is_space(gap: float, track: float, told: bool, *, han: int, upright: bool) -> bool:
    if han == 2 or upright:
        return gap - max(track, 0.0) > WIDE or (told and gap - max(track, 0.0) > 0.2)
    if han == 1:
        return told and gap - max(track, 0.0) > 0.12
    if track > TRACK:
        return gap > 2.2 * track or (told and gap > 1.5 * track)
    return told or gap > max(SPACE, track + LOOSE)
