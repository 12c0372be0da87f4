"""What stands beyond the columns of a page of blocks and is no words: dirt, stamps, the edge of the next page."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from relayout.geometry import around
from relayout.model import Line, Page

SPECK = 5  # characters: a line as long may be a word
MOST = 12  # on a page; more are the cells of a table
WIDE = 2.0  # times as wide as most is a text over columns, and over the dirt beside them
TEXT = 3  # lines of a block that shows where a column is


def specks(page: Page, lines: Sequence[Line]) -> tuple[list[list[Line]], list[Line]]:
    """Part blocks of a few characters over and under which no text stands from all other lines.

    Leaves pages alone on which no block has three lines, since nothing shows their columns, and those with many such
    blocks, which are tables.
    """
    of = {number: n for n, block in enumerate(page.blocks) for number in block}
    blocks: dict[int, list[Line]] = {}
    for line in lines:
        blocks.setdefault(of.get(line.place.line, -line.place.line), []).append(line)
    boxes = {n: around(line.box for line in block if line.box) for n, block in blocks.items()}
    texts = [boxes[n] for n, block in blocks.items() if len(block) >= TEXT]
    usual = median([boxes[n].width for n, block in blocks.items() for _ in block if len(block) >= TEXT] or [0.0])
    spans: list[list[float]] = []
    for x0, x1 in sorted((box.x0, box.x1) for box in texts if box.width < WIDE * usual):
        if spans and x0 <= spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], x1)
        else:
            spans.append([x0, x1])

    def is_speck(block: Sequence[Line]) -> bool:
        if not spans or len(block) >= TEXT or any(len(line.text) >= SPECK for line in block):
            return False
        box = around(line.box for line in block if line.box)
        return not any(x0 <= (box.x0 + box.x1) / 2 <= x1 for x0, x1 in spans)

    found = [block for block in blocks.values() if is_speck(block)]
    if len(found) > MOST:
        return [], list(lines)
    taken = {id(line) for block in found for line in block}
    return found, [line for line in lines if id(line) not in taken]
