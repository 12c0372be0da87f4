"""Plain text of anybody, read in its favour.

If half of the characters stand in lines wider than 100 cells, a line is a paragraph; a unit ends at a blank line or,
where there are none, before a line that looks like a headline. Otherwise lines are printed lines: a paragraph is
what stands between blank lines, its lines joined as anybody would; a unit begins at a block that looks like a
headline or, where none does, after two or more blank lines. Printed lines without any blank line are paragraphs of one
line, and one unit.
"""

from __future__ import annotations

import re

from relayout.chars import cells
from relayout.evaluate.adapters.blocks import Block, blocks, by_headlines, decode, like_headline, units
from relayout.evaluate.nouns import Part, Prediction
from relayout.evaluate.texts import join_lines, one_space

_WIDEST_PRINT = 100  # cells; wider is no line of a newspaper's column
_GUTTER = r"\S\s{3,}\S"


def read(data: bytes, name: str) -> Prediction:
    """Read paragraphs and units; the format knows no roles."""
    found = list(blocks(decode(data, name)))
    whole = _unwrapped(found)
    parts = [_paragraphs(block, whole=whole) for block in found]
    alone = [part for group in parts for part in group]
    if whole:
        groups = parts if len(parts) > 1 else by_headlines(alone)
    elif len(found) == 1:
        groups = [[Part("p", one_space(line)) for line in found[0].lines]]
    elif any(like_headline(part.text) for part in alone):
        groups = by_headlines(alone)
    else:
        groups = [[]]
        for block, group in zip(found, parts, strict=True):
            if block.gap > 1:
                groups.append([])
            groups[-1] += group
    return Prediction(units(groups), frozenset())


def _unwrapped(found: list[Block]) -> bool:
    lines = [line for block in found for line in block.lines]
    wide = sum(len(line) for line in lines if cells(line) > _WIDEST_PRINT and not re.search(_GUTTER, line))
    return wide * 2 >= max(1, sum(map(len, lines)))


def _paragraphs(block: Block, *, whole: bool) -> list[Part]:
    if whole:
        return [Part("p", line.strip()) for line in block.lines]
    return [Part("p", one_space(join_lines(block.lines)), len(block.lines))]
