"""Mend: find the paragraphs, measures and indents that would set to these lines.

Every line is the first or a further line of a paragraph, or a display line; every paragraph has a measure,
which may change inside it where the text runs round a box. The cheapest reading of the whole page is found by
dynamic programming over the lines, so a line end is never judged by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import exp

from relayout.layout import Block, Layout, Setting
from relayout.model import Evidence, Line, Note, Outcome, Paragraph
from relayout.profile import Profile
from relayout.roles import Role
from relayout.signals.lexical import joint, words
from relayout.typesetting import DISPLAY, FIRST, FURTHER, Choice, cheapest


def mend(layout: Layout, profile: Profile) -> Outcome[Layout]:
    """Join the lines of ``layout`` to blocks: paragraphs with their joints, and display lines alone.

    Leaves texts and order as they are; sets the roles BODY and DISPLAY only. Blank lines do not count in Han
    text. Declines, that is leaves every line alone, where no measure explains more than one line.
    """
    lines = layout.page.lines
    if not lines:
        return Outcome(layout)
    path = cheapest(layout, profile)
    known = words(line.text for line in lines)
    blocks: list[Block] = []
    notes: list[Note] = []
    start = 0
    for i in range(1, len(lines) + 1):
        if i < len(lines) and path[i][1] == FURTHER:
            continue
        blocks.append(_block(lines[start:i], path[start:i], known))
        notes.extend(_notes(blocks[-1], path[start:i], layout.settings[start:i]))
        start = i
    return Outcome(replace(layout, blocks=tuple(blocks)), tuple(notes))


def _block(lines: Sequence[Line], path: Sequence[Choice], known: frozenset[str]) -> Block:
    role = Role.DISPLAY if path[0][1] == DISPLAY else Role.BODY
    joints = tuple(joint(a.text, b.text, known) for a, b in pairwise(lines))
    cert = exp(-sum(max(0.0, price) for _, _, price in path[1:]) / 40)
    return Block(Paragraph(tuple(lines), joints, role, cert), path[-1][0], path[0][0])


def _notes(block: Block, path: Sequence[Choice], settings: Sequence[Setting]) -> list[Note]:
    what = {DISPLAY: "stands alone", FIRST: "begins a paragraph", FURTHER: "goes on"}
    return [
        Note(
            "mend",
            what[label],
            f"{one.width} of {measure} cells" if measure else f"{one.width} cells, no measure explains it",
            exp(-max(0.0, price) / 8),
            place=line.place,
            evidence=(Evidence("setting", round(price, 2), -1.0),),
        )
        for line, (measure, label, price), one in zip(block.paragraph.lines, path, settings, strict=True)
    ]
