"""Whether the order in which the blocks that a source gives stand makes sense, and in which they are read if not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from relayout.imprint import Box
from relayout.model import Line, Page
from relayout.ordering import in_order
from relayout.roles import Form, Order

TEXT, TEXTS = 3, 6  # lines of a block of text; how many such blocks show whether their order makes sense
SENSE = 0.2  # of them follow on each other as the page shows: less than 0.15 do by chance or row by row, 0.4 in print
TURNED = 0.4  # of all pairs of them stand in the other order: half do by chance, 0.3 at most in print
SOME = 500  # blocks whose pairs are looked at


def put_in_order(page: Page, lines: Iterable[Line]) -> tuple[Page, str]:
    """Return a page with its blocks in the order in which they are read, and why they are; nothing where they stay.

    ``lines`` are those that are no furniture. Blocks stay where the source says their order, unless that makes no
    sense: hardly any text goes on in the one that stands under it, or at the head of the next column.
    """
    known = {line.place.line: line for line in lines}
    blocks = [[known[number] for number in block if number in known] for block in page.blocks]
    rules = [shape.box for shape in page.shapes if shape.form is Form.RULE]
    chance = page.order is Order.CHANCE
    if not chance and not _makes_no_sense(blocks, rules):
        return page, ""
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
