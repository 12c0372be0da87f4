"""Whether the blocks that a source gives can be worked with.

Archives have pages whose lines are all in one region, or in one a column, or each in a region of its own: people draw
a region over a page to have it recognised, and engines that know no layout make one of each line.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from relayout.chars import cells
from relayout.geometry import around
from relayout.model import Line, Page
from relayout.regions import body_size
from relayout.roles import Order

WIDE, LONG = 6.0, 15  # of the size of running text, half-widths of text: a shorter line may be the cell of a table
PAIRS = 0.2  # of the lines of a block stand beside another of it: it runs through several columns
MOST = 0.3  # of the lines of a page are in such blocks
SINGLE, FEW = 0.9, 20  # blocks a line, on a page of as many lines at least
TALL, COLUMNS = 0.7, 3  # of the height of the text are blocks that are columns; most lines are in them, and so many


def fault(page: Page, lines: Sequence[Line], *, turned: bool = False) -> str:
    """Say why the blocks of a page cannot be worked with, by its lines that are no furniture; nothing where they can.

    They can not where they run through several columns, or most lines are a block each, or most are in blocks that are
    columns, three or more, from head to foot. Nor can those of a vertical page, that is ``turned``, without an order:
    its registers are found by what stands where.
    """
    known = {line.place.line: line for line in lines if line.box}
    blocks = [some for block in page.blocks if (some := [known[n] for n in block if n in known])]
    count = sum(map(len, blocks))
    if not count:
        return ""
    if turned and page.order is Order.CHANCE:
        return "they are in no order, and the page is vertical"
    body = body_size(lines)
    across = [block for block in blocks if _runs_across(block, body)]
    if sum(map(len, across)) > MOST * count:
        return f"{len(across)} of {len(blocks)} run through several columns"
    if count >= FEW and sum(len(block) == 1 for block in blocks) > SINGLE * count:
        return "nearly every line is one"
    if _are_columns(blocks):
        return "most are columns from head to foot"
    return ""


def _runs_across(block: Sequence[Line], body: float) -> bool:
    """Say whether many lines of a block stand beside another one of it, as long as those of a text."""
    found = sorted(((line.box, line) for line in block if line.box), key=lambda one: one[0].y0 + one[0].y1)
    pairs = 0
    for (a, one), (b, two) in pairwise(found):
        level = min(a.y1, b.y1) - max(a.y0, b.y0) > 0.5 * min(a.height, b.height)
        apart = max(b.x0 - a.x1, a.x0 - b.x1) > -0.5 * body
        wide = min(a.width, b.width) > WIDE * body
        pairs += level and apart and wide and min(cells(one.text), cells(two.text)) > LONG
    return pairs > PAIRS * len(block)


def _are_columns(blocks: Sequence[Sequence[Line]]) -> bool:
    """Say whether most lines are in blocks that go from the head of the text to its foot, several beside each other."""
    boxes = [around(line.box for line in block if line.box) for block in blocks]
    whole = around(boxes)
    tall = [n for n, box in enumerate(boxes) if box.height > TALL * whole.height]
    return len(tall) >= COLUMNS and sum(len(blocks[n]) for n in tall) > TALL * sum(map(len, blocks))
