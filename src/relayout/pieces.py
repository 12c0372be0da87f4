"""Titles of a page in pieces: lines, cut at their spaces where they are set in Han."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from relayout.chars import has_han
from relayout.cutting import clipped
from relayout.layout import Block, Layout
from relayout.matching import match
from relayout.model import Line, Paragraph
from relayout.profile import Profile
from relayout.roles import Joint, Role
from relayout.signals.spatial import neighbours
from relayout.signals.telling import Piece, cue

MOST = 6  # pieces of a line; a line with more is a table or list
SOUGHT = (Role.DISPLAY, Role.RUBRIC)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a line: the line, whole, and which characters of its text; with it the block and the joint before."""

    line: Line
    start: int
    stop: int
    block: Block
    joint: Joint | None = None
    cut: bool = False

    @property
    def text(self) -> str:
        """The text of the piece."""
        return self.line.text[self.start : self.stop].strip()


def parts(layout: Layout) -> list[Part]:
    """Return the pieces of all titles and labels of the page, and of short lines between them, in its order."""
    found: list[Part] = []
    for block in sorted(layout.blocks, key=lambda one: one.place):
        if not _may_be_title(block):
            continue
        joints = (None, *block.paragraph.joints)
        for line, before in zip(block.paragraph.lines, joints, strict=True):
            last = found[-1] if found else None
            if last and last.line.place.line == line.place.line and last.line.place.end == line.place.start:
                whole = _whole(last.line, line)
                shift = len(whole.text) - len(line.text)
                at = len(found)
                while at and found[at - 1].line is last.line:
                    at -= 1
                found[at:] = [replace(one, line=whole) for one in found[at:]]
                found += [
                    Part(whole, shift + a, shift + b, block, cut=n == 0 and whole.text[shift - 1] != " ")
                    for n, (a, b) in enumerate(_spans(line.text))
                ]
                continue
            found += [Part(line, a, b, block, before if a == 0 else None) for a, b in _spans(line.text)]
    return found


def _may_be_title(block: Block) -> bool:
    """Say whether a block is a title or label, or a line of letters that only its neighbours made furniture."""
    if block.role is Role.RUBRIC and len(block.paragraph.lines) > 1 and has_han(block.text):
        return False  # 專家 / 解讀
    return block.role in SOUGHT or (block.role is Role.FURNITURE and not has_han(block.text) and not block.measure)


def _whole(one: Line, two: Line) -> Line:
    """Put two parts of a line together again."""
    space = " " if one.raw[-1:].isspace() or two.raw[:1].isspace() else ""
    place = replace(one.place, end=two.place.end)
    return replace(one, raw=one.raw + two.raw, text=one.text + space + two.text, place=place)


def _spans(text: str) -> list[tuple[int, int]]:
    if not has_han(text) or not 0 < text.count(" ") < MOST:
        return [(0, len(text))]
    found, start = [], 0
    for word in text.split(" "):
        if word:
            found.append((start, start + len(word)))
        start += len(word) + 1
    return found


def pieces(some: Sequence[Part], layout: Layout, profile: Profile) -> list[Piece]:
    """Return what is to be known of each part."""
    loose = [Block(Paragraph((_alone(one),), ())) for one in some]
    near = neighbours(loose, layout.articles)
    ranks = {line.place.line: n for n, line in enumerate(layout.page.lines)}
    links = ["apart"]
    for a, b in pairwise(some):
        if a.line is b.line:
            links.append("cut" if b.cut else "space")
        elif ranks.get(b.line.place.line, 0) - ranks.get(a.line.place.line, 0) == 1:
            links.append("blank" if b.line.after_blank and not has_han(b.text) else "line")
        else:
            links.append("apart")
    old = match(layout.blocks, layout.articles, profile, strung=layout.strung)
    decked = {id(old.heads[i]): n for n, deck in enumerate(old.decks) for i in deck}
    decks = [decked.get(id(one.block), -1) for one in some]
    after = [*(link == "apart" for link in links[1:]), True]
    return [
        Piece(
            one.text, one.block.role, link, beside, last, n > 0 and some[n - 1].block is one.block,
            cue(one.text, profile), old.got[deck] if deck >= 0 else None, deck,
        )
        for n, (one, link, beside, last, deck) in enumerate(zip(some, links, near, after, decks, strict=True))
    ]  # fmt: skip


def _alone(part: Part) -> Line:
    return clipped(part.line, part.start, part.stop)
