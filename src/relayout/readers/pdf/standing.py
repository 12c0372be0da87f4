"""How a page stands in its file: on its side, on its head, or in a mirror. It is read again as it should be seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from relayout.imprint import UPRIGHT, Stance
from relayout.model import Note, Place
from relayout.readers.pdf.glyphs import Glyph
from relayout.roles import Level

MOST = 0.75  # of the glyphs of a page: a table on its side may be half of one; letters on their side in columns less
_TURNS = {90: "on its side", 180: "on its head", 270: "on its side"}


def stance(glyphs: Sequence[Glyph]) -> Stance:
    """Return how most of the glyphs stand; upright where they do not agree.

    >>> stance([])
    Stance(turn=0, mirrored=False)
    """
    counts = Counter(Stance(glyph.turn, glyph.mirrored) for glyph in glyphs if not glyph.text.isspace())
    if not counts:
        return UPRIGHT
    most, count = counts.most_common(1)[0]
    return most if count > MOST * counts.total() else UPRIGHT


def told(found: Stance, number: int) -> Note:
    """Note that page ``number`` was set upright, and how it stood."""
    ways = [_TURNS[found.turn]] if found.turn and not (found.mirrored and found.turn == 180) else []
    if found.mirrored:
        ways.append("in a mirror")
    turned = f", turned by {found.turn} degrees to the right" if ways != ["in a mirror"] else ""
    what = "the page is set upright" if ways != ["in a mirror"] else "the page is turned over"
    return Note(
        "read", what, f"most of its text stands {' and '.join(ways)}{turned}", 1.0, Level.REPAIR, Place(number, 1)
    )
