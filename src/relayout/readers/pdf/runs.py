"""From glyphs to runs: glyphs that follow each other in the stream along one line, level or upright."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from relayout.chars import is_han
from relayout.readers.pdf.glyphs import Glyph

LEVEL = 0.25  # of the type size: how far baselines, or middles of a column, may lie apart
MARK = 0.45  # of the type size: the same for marks
BACK_MARK = 1.05  # of the type size: the same for marks, which may be set half as wide as their square
BACK = 0.6  # of the type size: how far a glyph may lie back over the one before
UP = 2.6  # of the type size: from the top of a glyph to that of the next one in a column, with an em of space between
UP_SAME = 3.2  # the same where it stands right under it: a line with long foreign words is spaced wide (ja-10)
STEP = 0.3  # of the type size: from one glyph of a column to the next one
OVER = 0.45  # of the type size: how far pdfium hands on a mark too early (tw-7, 《火星紅船》，)
TOGETHER = 0.15  # of the type size: the same glyph printed again as near is one, made bold so
COVERED = 0.4  # of its own width: what stands further along is a letter of its own (the two l of condensed type)
ONE_PLACE = 0.01  # points: letters that follow each other in one place are those of a ligature (ff)


class Run:
    """Glyphs in a row (``upright``: in a column), growing as it is read; ``spaces``: before which glyphs one stands."""

    __slots__ = ("glyphs", "spaces", "upright")

    def __init__(self, glyphs: list[Glyph], upright: bool = False, spaces: set[int] | None = None) -> None:
        """Begin with some glyphs."""
        self.glyphs = glyphs
        self.upright = upright
        self.spaces = spaces or set()

    @property
    def size(self) -> float:
        """The type size of most of its width."""
        return max(g.size for g in self.glyphs) if len(self.glyphs) < 3 else _middle([g.size for g in self.glyphs])


def _middle(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


def once(glyphs: Sequence[Glyph]) -> tuple[list[Glyph], list[Glyph]]:
    """Return the glyphs without those printed again on themselves, and these."""
    seen: dict[str, dict[tuple[int, int], list[Glyph]]] = {}
    kept: list[Glyph] = []
    again: list[Glyph] = []
    for glyph in glyphs:
        if glyph.text.isspace():
            kept.append(glyph)
            continue
        x, y = int(glyph.x0 // 8), int(glyph.y // 8)
        same = seen.setdefault(glyph.text, {})
        near = [o for dx in (-1, 0, 1) for dy in (-1, 0, 1) for o in same.get((x + dx, y + dy), ())] if same else ()
        if any(_again(o, glyph) for o in near):
            again.append(glyph)
            continue
        same.setdefault((x, y), []).append(glyph)
        kept.append(glyph)
    return kept, again


def _again(one: Glyph, glyph: Glyph) -> bool:
    """Say whether a glyph is another one printed again, as large and nearly in its place."""
    reach = TOGETHER * glyph.size
    aside = abs(one.x0 - glyph.x0)
    if abs(one.size - glyph.size) > 0.1 * glyph.size or abs(one.y - glyph.y) >= reach:
        return False
    if glyph.order - one.order == 1 and aside < ONE_PLACE and abs(one.y - glyph.y) < ONE_PLACE:
        return False
    along = (glyph.length or glyph.size) if glyph.turn % 180 else glyph.x1 - glyph.x0
    return aside < min(reach, COVERED * along)


def runs(glyphs: Sequence[Glyph]) -> list[Run]:
    """Return the runs of a page; a glyph that begins none that is seen to be level or upright stands alone."""
    found: list[Run] = []
    run: Run | None = None
    space = False
    for glyph in glyphs:
        if glyph.text.isspace() or glyph.text == "\u200b":
            space = True
            continue
        way = _way(run, glyph) if run else None
        if run is None or way is None or (len(run.glyphs) > 1 and way != run.upright):
            run = Run([glyph])
            found.append(run)
        else:
            if space:
                run.spaces.add(len(run.glyphs))
            run.upright = way
            run.glyphs.append(glyph)
        space = False
    for run in found:
        if run.upright:
            _settle(run)
    return found


def _settle(run: Run) -> None:
    """Put the glyphs of a column in their order from the top, figures side by side from the left."""
    tops = [g.top for g in run.glyphs]
    if all(a <= b for a, b in pairwise(tops)):
        return
    rows: list[list[int]] = []
    for n in sorted(range(len(tops)), key=lambda n: tops[n]):
        if rows and tops[n] - tops[rows[-1][0]] < 0.1 * run.glyphs[n].size:
            rows[-1].append(n)
        else:
            rows.append([n])
    order = [n for row in rows for n in sorted(row, key=lambda n: run.glyphs[n].x0)]
    run.spaces = {order.index(n) for n in run.spaces} - {0}
    run.glyphs = [run.glyphs[n] for n in order]


def _way(run: Run, glyph: Glyph) -> bool | None:
    """Say whether a glyph goes on with a run in a column (true) or in a row (false), or not at all."""
    last = run.glyphs[-1]
    size = max(last.size, glyph.size)
    if min(last.size, glyph.size) < 0.55 * size:
        return None
    if not run.upright and _one_place(last, glyph) and glyph.x1 - glyph.x0 > 1.5 * size:
        return False
    if (len(run.glyphs) == 1 or not run.upright) and glyph.turn == last.turn and glyph.turn % 180 == 0:
        gap = glyph.x0 - last.x1
        # Marks of Taiwan's and Hong Kong's fonts stand in the middle of their square (hk-6).
        letters = glyph.text.isalnum() and last.text.isalnum()
        loose, back = (LEVEL, BACK) if letters else (MARK, BACK_MARK)
        if abs(glyph.y - last.y) < loose * size and -back * size < gap and glyph.x0 > last.x0 - 0.2 * size:
            return False if gap < _reach(last, glyph) * size else None
    if len(run.glyphs) == 1 or run.upright:
        step = glyph.top - last.top
        if run.upright and any(_beside(one, glyph, size) for one in run.glyphs[-2:]):
            return True  # figures side by side in a column
        middle = sum(g.middle for g in run.glyphs[-3:]) / len(run.glyphs[-3:]) if run.upright else last.middle
        least = STEP * size if last.turn != 90 else 0.05 * size
        if run.upright and not glyph.text.isalnum():
            least = -OVER * size
        most = UP_SAME if abs(glyph.middle - last.middle) < 0.02 * size else UP
        if abs(glyph.middle - middle) < 0.55 * size and least < step < most * size:
            return True
    return None


def _one_place(last: Glyph, glyph: Glyph) -> bool:
    """Say whether two glyphs are drawn as one: the dash of two in a font of Han that draws it as one (——来自)."""
    return glyph.order - last.order == 1 and abs(glyph.x0 - last.x0) < ONE_PLACE and abs(glyph.y - last.y) < ONE_PLACE


def _beside(one: Glyph, glyph: Glyph, size: float) -> bool:
    return abs(glyph.top - one.top) < STEP * size and 0 < glyph.x0 - one.x0 < size and one.turn == glyph.turn == 0


def _reach(last: Glyph, glyph: Glyph) -> float:
    """Return how wide a gap may be inside a run: an em and a bit in Han; in letters what a justified line may need."""
    return 1.35 if is_han(last.text[-1]) or is_han(glyph.text[0]) else 7.0
