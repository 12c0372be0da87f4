"""What is drawn over text, and what clips it: text that is in the file and cannot be seen on the page."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from relayout.geometry import holds
from relayout.imprint import Box
from relayout.readers.pdf.glyphs import Glyph, Remark
from relayout.roles import Level

CLIPPED, COVERED = "clipped", "covered"
LEAST = 3.0  # points: what is thinner covers no letter, a rule strikes it through
OVER = 0.7  # of the type size: how high letters stand; Han fills its square
ASIDE = 0.4  # of the type size: how far letters on their side reach from their middle
SLACK = 0.1  # of the type size: what may look out from under a cover
LARGE = 16  # covers: as many of the largest are known while the others are looked at
EFFORT = 5_000_000  # comparisons on a page, some seconds: what would take more is taken to cover nothing
MOST = 0.5  # of the glyphs of a page: where more would be hidden they are its text, e.g. OCR under a scan in strips


class Cover(NamedTuple):
    """Something opaque that fills its box; what is drawn at a ``depth`` less than its own lies under it."""

    box: Box
    depth: int


def marked(
    glyphs: Sequence[Glyph], depths: Sequence[int], clips: Sequence[Box | None], covers: Sequence[Cover]
) -> tuple[list[Glyph], list[Remark]]:
    """Return glyphs that say whether they are clipped away or covered, and a remark where that was not believed.

    ``depths`` and ``clips`` say of each glyph when it was drawn and through what. Declines where most of the page would
    be covered: a scan over the text that was recognised on it.
    """
    found = {n: CLIPPED for n, clip in enumerate(clips) if clip is not None and not meets(_ink(glyphs[n]), clip)}
    under = {n for n in _under(glyphs, depths, covers) if n not in found and not glyphs[n].hidden}
    told = sorted(n for n in under if not glyphs[n].text.isspace())
    seen = sum(not (glyph.hidden or glyph.text.isspace() or n in found) for n, glyph in enumerate(glyphs))
    remarks: list[Remark] = []
    if len(told) > MOST * seen:
        window = "".join(glyphs[n].text for n in told[:24])
        why = "they are most of the text of the page, as under a scan"
        remarks.append(Remark(f"{len(told)} covered glyphs are read", why, window, Level.DOUBT))
    else:
        found |= dict.fromkeys(under, COVERED)
    if not found:
        return list(glyphs), remarks
    kept = [glyph._replace(hidden=glyph.hidden or found.get(n, "")) for n, glyph in enumerate(glyphs)]
    return kept, remarks


def _ink(glyph: Glyph) -> Box:
    """Return where a glyph prints, roughly: its advance, from the baseline up; of one in a mirror, down."""
    if glyph.mirrored and not glyph.turn:
        return Box(glyph.x0, glyph.y, max(glyph.x0, glyph.x1), glyph.y + OVER * glyph.size)
    if glyph.length:  # on its side: the engines do not agree on what is under the baseline
        half = min(ASIDE * glyph.size, (glyph.x1 - glyph.x0) / 2)
        return Box(glyph.middle - half, glyph.top, glyph.middle + half, max(glyph.top, glyph.end))
    return Box(glyph.x0, glyph.y - OVER * glyph.size, max(glyph.x0, glyph.x1), glyph.y)


def meets(one: Box, other: Box) -> bool:
    """Say whether two boxes have more than an edge in common."""
    return one.x0 < other.x1 and other.x0 < one.x1 and one.y0 < other.y1 and other.y0 < one.y1


def _under(glyphs: Sequence[Glyph], depths: Sequence[int], covers: Sequence[Cover]) -> Iterator[int]:
    """Return the numbers of the glyphs that lie wholly under one of the covers."""
    first = min(depths, default=0)
    order = sorted(range(len(glyphs)), key=lambda n: glyphs[n].y)
    levels = [glyphs[n].y for n in order]
    effort = 0
    for box, depth in _outer([cover for cover in covers if cover.depth > first]):
        rows = order[bisect_left(levels, box.y0) : bisect_right(levels, box.y1 + 2 * LEAST)]
        effort += len(rows)
        if effort > EFFORT:
            return
        for n in rows:
            ink, slack = _ink(glyphs[n]), SLACK * glyphs[n].size
            if (
                depths[n] < depth
                and box.x0 - slack <= ink.x0
                and ink.x1 <= box.x1 + slack
                and box.y0 - slack <= ink.y0
                and ink.y1 <= box.y1 + slack
            ):
                yield n


def _outer(covers: Sequence[Cover]) -> Iterator[Cover]:
    """Return the covers from the last one that was drawn, without those within one of the large ones after them."""
    large: list[Box] = []
    for cover in reversed(covers):
        box = cover.box
        if min(box.width, box.height) < LEAST or any(holds(one, box) for one in large):
            continue
        large = sorted((*large, box), key=lambda one: one.width * one.height)[-LARGE:]
        yield cover


def cut(box: Box, clip: Box | None) -> Box | None:
    """Return what a clip leaves of a box, nothing where it leaves none.

    >>> cut(Box(0, 0, 10, 10), Box(5, 5, 20, 20))
    Box(x0=5, y0=5, x1=10, y1=10)
    """
    if clip is None:
        return box
    x0, y0, x1, y1 = max(box.x0, clip.x0), max(box.y0, clip.y0), min(box.x1, clip.x1), min(box.y1, clip.y1)
    return Box(x0, y0, x1, y1) if x0 <= x1 and y0 <= y1 else None
