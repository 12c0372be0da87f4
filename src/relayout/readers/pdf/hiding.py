"""Which glyphs print nothing that can be seen: invisible ones, and white ones on the white page."""

from __future__ import annotations

from relayout.readers.pdf.glyphs import Glyph, Sheet

WHITE = "#ffffff"


def told(sheet: Sheet) -> tuple[list[Glyph], list[Glyph]]:
    """Part the glyphs of a page into those that can be seen and those that cannot, spaces left out of these.

    Declines where most glyphs are white: then the ground that they stand on is one that was not found.
    """
    white = {n for n, glyph in enumerate(sheet.glyphs) if glyph.colour == WHITE and not _on_a_ground(glyph, sheet)}
    if 2 * len(white) > len(sheet.glyphs):
        white = set()
    printed = [glyph for n, glyph in enumerate(sheet.glyphs) if not glyph.hidden and n not in white]
    hidden = [g for n, g in enumerate(sheet.glyphs) if (g.hidden or n in white) and not g.text.isspace()]
    return printed, hidden


def _on_a_ground(glyph: Glyph, sheet: Sheet) -> bool:
    return any(box.x0 <= glyph.middle <= box.x1 and box.y0 <= glyph.level <= box.y1 for box in sheet.grounds)
