"""What is set line by line and yet is one text: the verses of a poem, and old prose without any mark."""

from __future__ import annotations

from collections.abc import Sequence

from relayout.chars import cells
from relayout.layout import Block

VERSES = 6  # verses in a row that make a poem
VERSE, MEAN = 18, 12  # characters of a verse: the most, and on the average
VERSE_ENDS = "，。；！？：』」、"
MARKS = "，、。；：？！「『（"
UNMARKED, WIDE = 4, 24  # lines without a mark that make a text, and cells of a line that no title has


def one_text(blocks: Sequence[Block]) -> list[range]:
    """Return the runs of blocks that are the lines of one text, in order; for pages set in squares.

    Many short paragraphs in a row, each with its mark, are verses; a verse that runs over may look like a title without
    mark, and counts between two that have one. Many long lines in a row without any mark are no titles. Declines
    where a run is short.
    """
    found: list[range] = []
    at = 0
    while at < len(blocks):
        end = max(_verses(blocks, at), _unmarked(blocks, at))
        if end > at:
            found.append(range(at, end))
        at = max(end, at + 1)
    return found


def _verses(blocks: Sequence[Block], at: int) -> int:
    """Return where the poem ends that begins with block ``at``, or ``at``."""
    end = at
    while end < len(blocks) and (
        _marked(blocks, end) or (at < end and _short(blocks[end]) and _marked(blocks, end + 1))
    ):
        end += 1
    long = sum(len(block.text) for block in blocks[at:end]) > MEAN * (end - at)
    return at if end - at < VERSES or long else end


def _short(block: Block) -> bool:
    return len(block.text) <= VERSE and len(block.paragraph.lines) <= 3 and block.text[0] not in "（("


def _marked(blocks: Sequence[Block], i: int) -> bool:
    return i < len(blocks) and _short(blocks[i]) and blocks[i].text[-1] in VERSE_ENDS


def _unmarked(blocks: Sequence[Block], at: int) -> int:
    """Return where the text without marks ends whose first wide line is block ``at``, or ``at``."""
    if not _wide(blocks[at]):
        return at
    end, wide = at, at
    while end < len(blocks) and not any(mark in blocks[end].text for mark in MARKS):
        end += 1
        wide = end if _wide(blocks[end - 1]) else wide
    lines = [line for block in blocks[at:wide] for line in block.paragraph.lines]
    return wide if len(lines) >= UNMARKED and 2 * sum(map(_wide, blocks[at:wide])) > wide - at else at


def _wide(block: Block) -> bool:
    text = block.text
    return cells(block.paragraph.lines[0].text) >= WIDE and " " not in text and not any(mark in text for mark in MARKS)
