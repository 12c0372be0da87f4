"""Whether titles stand inside the blocks that a source gives: such blocks are columns, or parts of them, and no texts.

A layout analysis that looks for areas of text makes a region of a column, or of a few, as far as nothing lies across. The
short items of old papers are then inside it with their titles, and a piece that is made of whole blocks holds them all.
"""

from __future__ import annotations

from collections.abc import Sequence

from relayout.model import Line, Page
from relayout.regions import body_size
from relayout.zoning import columns

LONG, MOST = 25, 0.5  # lines of a block, and of a page in such blocks: shorter ones are paragraphs
FEW, SUNKEN = 8, 0.75  # titles in the columns of a page (fewer do not tell), and of these inside blocks: texts have 0.3


def sunken(page: Page, lines: Sequence[Line]) -> str:
    """Say why the blocks of a page are not used where its titles stand inside them; nothing where they do not.

    ``lines`` are those that are no furniture. Declines where few lines are in long blocks, and where few titles are
    seen.
    """
    of = {number: n for n, block in enumerate(page.blocks) for number in block}
    known = [line for line in lines if line.box]
    sizes = [len(page.blocks[of[line.place.line]]) for line in known if line.place.line in of]
    if sum(size >= LONG for size in sizes) <= MOST * len(known):
        return ""
    inside = seen = 0
    for column in columns(page, known, body_size(known)):
        for n, (head, begins) in enumerate(zip(column.heads, column.begins, strict=True)):
            if not (n and head and begins) or column.shown:
                continue
            row, above = column.rows[n].lines[0].place.line, column.rows[n - 1].lines[0].place.line
            seen += 1
            inside += row in of and of[row] == of.get(above)
    return f"{inside} of {seen} titles stand inside them" if seen >= FEW and inside > SUNKEN * seen else ""
