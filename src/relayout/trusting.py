"""Whether the blocks that a source gives can be used, and whether the order in which they stand makes sense."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from relayout.geometry import beside, level
from relayout.imprint import Box
from relayout.model import Line, Page
from relayout.ordering import in_order
from relayout.roles import Form, Order

TEXT, TEXTS = 3, 6  # lines of a block of text; how many such blocks show whether their order makes sense
SENSE = 0.2  # of them follow on each other as the page shows: less than 0.15 do by chance or row by row, 0.4 in print
TURNED = 0.4  # of all pairs of them stand in the other order: half do by chance, 0.3 at most in print
SOME = 500  # blocks whose pairs are looked at
SIDE = 0.3  # of the lines of a block stand beside the line before: it holds columns
CELL = 15  # characters: what is as short is the cell of a table
WHOLE = 0.5  # of the characters of a page are in blocks that hold columns: it has no blocks of use


def put_in_order(page: Page, lines: Iterable[Line], *, turned: bool = False) -> tuple[Page, str]:
    """Return a page with its blocks in the order in which they are read, and why they are; nothing where they stay.

    ``lines`` are those that are no furniture. Blocks stay where the source says their order, unless that makes no
    sense: hardly any text goes on in the one that stands under it, or at the head of the next column. Without an order
    and with columns in most blocks, as where a region is the whole page, the page has none; and a vertical page, that
    is ``turned``, has none without an order: its registers are found by what stands where.
    """
    known = {line.place.line: line for line in lines}
    blocks = [[known[number] for number in block if number in known] for block in page.blocks]
    rules = [shape.box for shape in page.shapes if shape.form is Form.RULE]
    chance = page.order is Order.CHANCE
    if not chance and not _makes_no_sense(blocks, rules):
        return page, ""
    if chance and (turned or _hold_columns(blocks)):
        why = "they are in no order, and the page is vertical" if turned else "columns stand in them"
        return replace(page, blocks=(), order=Order.FILE), why
    why = "its source gives no order" if chance else "its source gives blocks in an order that makes no sense"
    found = tuple(page.blocks[n] for n in in_order(blocks, rules))
    return replace(page, blocks=found, order=Order.READING), why


def _makes_no_sense(blocks: Sequence[Sequence[Line]], rules: Sequence[Box]) -> bool:
    texts = [block for block in blocks if len(block) >= TEXT]
    if len(texts) < TEXTS:
        return False
    # Columns may be read from the right, too.
    mirrored = [[replace(line, box=_mirror(line.box)) for line in block] for block in texts]
    return not (_agrees(in_order(texts, rules)) or _agrees(in_order(mirrored, [_mirror(rule) for rule in rules])))


def _agrees(order: Sequence[int]) -> bool:
    """Say whether an order is much that of the source, by whose order its blocks are numbered."""
    steps = len(order) - 1
    alike = sum(after == before + 1 for before, after in pairwise(order))
    some = order[:: len(order) // SOME + 1]
    pairs = [after < before for n, before in enumerate(some) for after in some[n + 1 :]]
    return alike >= SENSE * steps and sum(pairs) < TURNED * len(pairs)


def _mirror(box: Box | None) -> Box:
    return Box(-box.x1, box.y0, -box.x0, box.y1) if box else Box(0, 0, 0, 0)


def _hold_columns(blocks: Sequence[Sequence[Line]]) -> bool:
    """Say whether most of the text stands in blocks that hold columns of their own."""

    def size(found: Iterable[Sequence[Line]]) -> int:
        return sum(len(line.text) for block in found for line in block)

    return size(block for block in blocks if _holds_columns(block)) > WHOLE * size(blocks)


def _holds_columns(block: Sequence[Line]) -> bool:
    boxes = sorted((line.box for line in block if line.box and len(line.text) > CELL), key=lambda box: box.y0 + box.y1)
    side = sum(level(one, two) > 0.5 and beside(one, two) < 0.1 for one, two in pairwise(boxes))
    return side > SIDE * len(block)
