"""Titles put together of their pieces, and what is left of the lines that they were cut from."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace

from relayout.chars import has_han
from relayout.crowning import Told
from relayout.cutting import clipped
from relayout.layout import Block
from relayout.model import Line, Paragraph
from relayout.pieces import Part
from relayout.profile import Profile
from relayout.roles import Joint, Role
from relayout.signals.lexical import joint
from relayout.signals.telling import PARTED, SAME, cue


def titles_of(found: Sequence[Told], deck: range) -> list[list[int]]:
    """Return the pieces of each title of a deck.

    >>> titles_of([Told(0, "", 1), Told(0, "same", 1), Told(0, "part", 2)], range(3))
    [[0, 1], [2]]
    """
    titles: list[list[int]] = []
    for i in deck:
        if found[i].label in (SAME, PARTED):
            titles[-1].append(i)
        else:
            titles.append([i])
    return titles


def together(some: Sequence[Part], labels: Sequence[str], role: Role, cert: float) -> Paragraph:
    """Make a title of parts that follow each other; ``labels`` say whether a space stands between them."""
    lines: list[Line] = []
    joints: list[Joint] = []
    at = 0
    while at < len(some):
        end = at + 1
        while end < len(some) and some[end].line is some[at].line:
            end += 1
        line = clipped(some[at].line, some[at].start, some[end - 1].stop)
        if lines:
            joints.append(_joint(lines[-1].text, line.text, labels[at], some[at].joint))
        lines.append(line)
        at = end
    return Paragraph(tuple(lines), tuple(joints), role, cert)


def _joint(before: str, after: str, label: str, old: Joint | None) -> Joint:
    if has_han(before + after):
        return Joint.SPACE if label == PARTED else joint(before, after)
    return old or joint(before, after)


CUES = {
    "caption": Role.CAPTION, "credit": Role.CREDIT, "byline": Role.BYLINE, "furniture": Role.FURNITURE,
    "masthead": Role.FURNITURE, "jump": Role.FURNITURE, "rubric": Role.RUBRIC,
}  # fmt: skip


def left_over(blocks: Sequence[Block], some: Sequence[Part], taken: Set[int], profile: Profile) -> tuple[Block, ...]:
    """Return the blocks of which no title took a piece, and what is left of the others."""
    touched = {id(some[i].block) for i in taken}
    rests: dict[int, list[list[Part]]] = {}
    for i, one in enumerate(some):
        if id(one.block) not in touched or i in taken:
            continue
        own = rests.setdefault(id(one.block), [])
        if own and i - 1 not in taken and some[i - 1] is own[-1][-1]:
            own[-1].append(one)
        else:
            own.append([one])
    found: list[Block] = []
    for block in blocks:
        if id(block) not in touched:
            found.append(block)
            continue
        for rest in rests.get(id(block), ()):
            made = together(rest, [SAME] * len(rest), block.role, block.paragraph.cert)
            role = CUES.get(cue(made.text, profile), block.role)
            found.append(replace(block, paragraph=replace(made, role=role)))
    return tuple(found)
