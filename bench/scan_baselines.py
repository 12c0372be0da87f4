"""What one gets without any reading: every block an article, cuts at blocks that look like headings, nearest boxes."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median

from bench.scan_truth import Block, Sheet, Unit

HIGH = 1.3  # times the median height of the lines of the page
UPPER = 0.8  # share of capitals among the letters of a block
REACH = 0.1  # of the height of the page, from a headline down to its text


def blocks(sheet: Sheet) -> list[Unit]:
    """Take every block for an article."""
    return [_keys(block) for block in sheet.blocks]


def cuts(sheet: Sheet) -> list[Unit]:
    """Follow the order of the file; every block that looks like a heading begins an article."""
    found: list[list[Block]] = []
    heads = headings(sheet)
    for block in sheet.blocks:
        if not found or block.id in heads:
            found.append([])
        found[-1].append(block)
    return [_joined(one) for one in found]


def boxes(sheet: Sheet) -> list[Unit]:
    """Apply the rules of American Stories, written anew from their description.

    A headline belongs to the nearest text box below it that stands within a tenth of the height of the page and
    overlaps it sideways; every other box belongs to the last chain that was begun so. What comes before any chain is
    one of its own. There the kinds of boxes were known; here a box that looks like a heading is a headline.
    """
    heads = headings(sheet)
    texts = [block for block in sheet.blocks if block.id not in heads]
    owned: dict[str, list[Block]] = {}
    loose: set[str] = set()
    for head in (block for block in sheet.blocks if block.id in heads):
        under = [t for t in texts if _below(head, t) <= REACH * sheet.height and _beside(head, t)]
        if under:
            owned.setdefault(min(under, key=lambda t: _below(head, t)).id, []).append(head)
        else:
            loose.add(head.id)
    chains: list[list[Block]] = []
    for block in sheet.blocks:
        if block.id in heads and block.id not in loose:
            continue
        if block.id in owned or not chains:
            chains.append(list(owned.get(block.id, ())))
        chains[-1].append(block)
    return [_joined(chain) for chain in chains]


def by_rows(sheet: Sheet) -> list[Unit]:
    """Take the blocks from the top down, and from left to right where they begin level."""
    return [_keys(block) for block in sorted(sheet.blocks, key=lambda block: (block.box[1], block.box[0]))]


def headings(sheet: Sheet) -> set[str]:
    """Return the blocks that look like headings: with high lines, or in capitals."""
    heights = [row.height for row in sheet.rows]
    usual = median(heights) if heights else 0
    return {block.id for block in sheet.blocks if block.height >= HIGH * usual or _upper(block)}


def _upper(block: Block) -> bool:
    letters = [c for row in block.rows for c in row.text if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) >= UPPER * len(letters)


def _below(head: Block, text: Block) -> float:
    """How far a box stands under a headline; endless where it begins above the middle of it."""
    middle = (head.box[1] + head.box[3]) / 2
    return max(0.0, text.box[1] - head.box[3]) if text.box[1] >= middle else float("inf")


def _beside(head: Block, text: Block) -> bool:
    return min(head.box[2], text.box[2]) > max(head.box[0], text.box[0])


def _keys(block: Block) -> Unit:
    return tuple(row.key for row in block.rows)


def _joined(found: list[Block]) -> Unit:
    return tuple(key for block in found for key in _keys(block))


BASELINES: dict[str, Callable[[Sheet], list[Unit]]] = {
    "every block an article": blocks,
    "cut at high or upper-case blocks": cuts,
    "nearest box below (American Stories)": boxes,
}
