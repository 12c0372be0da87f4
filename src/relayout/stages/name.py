"""Name: what each block is by itself, by its cue or its form; then in the company of its neighbours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from relayout.chars import ends_sentence, has_han
from relayout.layout import Block, Layout
from relayout.model import Note, Outcome, Paragraph
from relayout.profile import Profile
from relayout.roles import Joint, Level, Role
from relayout.signals.letters import begins_small

_GAP = re.compile(r"\t+ *| {2,}")
_NAMES = re.compile(r"(?:[^\W\d_a-z][\w.’'-]*)(?: [^\W\d_a-z][\w.’'-]*){1,3}")
OPENS = {
    "caption": Role.CAPTION, "source": Role.SOURCE, "list-head": Role.LIST_HEAD, "item": Role.ITEM,
    "furniture": Role.FURNITURE, "masthead": Role.FURNITURE, "row": Role.ROW,
}  # fmt: skip


def name(layout: Layout, profile: Profile) -> Outcome[Layout]:
    """Give each block its role as far as the block itself and its neighbours tell it.

    Leaves headlines and crossheads as DISPLAY: which of them they are shows only when articles are known. Joins
    a rubric that is broken over two short lines (專家 / 解讀). Declines to call a short line a byline where its
    first character is no surname.
    """
    opens = {line.place: one.opens for line, one in zip(layout.page.lines, layout.settings, strict=True)}
    alone = [_alone(block, opens[block.place], profile) for block in layout.blocks]
    blocks = _in_company(alone, profile, broken=not layout.squares)
    notes = tuple(
        Note(
            "name",
            f"is {b.role.value}",
            "by its cue or form",
            place=b.place,
            level=Level.DECISION,
            cert=b.paragraph.cert,
        )
        for b in blocks
        if b.role not in (Role.BODY, Role.DISPLAY)
    )
    return Outcome(replace(layout, blocks=tuple(blocks)), notes)


def _alone(block: Block, opens: str, profile: Profile) -> Block:
    paragraph = block.paragraph
    if paragraph.role in (Role.CAPTION, Role.FURNITURE):
        return block
    first = paragraph.lines[0].text
    role = OPENS.get(opens)
    if role is Role.ROW:
        line = replace(paragraph.lines[0], text=_GAP.sub("\t", first))
        return _as(block, replace(paragraph, lines=(line, *paragraph.lines[1:])), role)
    if role is Role.ITEM and profile.cue("byline").search(paragraph.text):
        return _as(block, paragraph, Role.BYLINE)
    if role is not None or opens:
        match = profile.cue(opens).match(first) or (opens == "item" and profile.cue("numbered").match(first)) or None
        mark = match.end() if match and opens in ("item", "list-head", "dateline") else 0
        mark = len(first) if opens == "dateline" and not match else mark  # it runs over the line end
        return _as(block, replace(paragraph, mark=mark), role or Role.BODY)
    text = paragraph.text
    if len(paragraph.lines) <= FEW and not has_han(text):
        if profile.cue("jump").search(text):
            return _as(block, paragraph, Role.FURNITURE)
        if profile.cue("credit").search(text):
            return _as(block, paragraph, Role.CREDIT)
    if paragraph.role is Role.BODY and (not has_han(text) or not _may_be_display(paragraph)):
        return block
    if profile.cue("date").search(text):
        return _as(block, paragraph, Role.DATELINE)
    if profile.cue("byline").search(text) or _is_name(text, profile, least=3):
        return _as(block, paragraph, Role.BYLINE)
    if profile.cue("rubric").search(text):
        return _as(block, paragraph, Role.RUBRIC)
    if paragraph.role is Role.BYLINE:  # a label that no cue names: an author's names, or a rubric
        return _as(block, paragraph, Role.BYLINE if _NAMES.fullmatch(text) else Role.RUBRIC)
    if paragraph.role is Role.RUBRIC and not has_han(text):
        return block
    return _as(block, paragraph, Role.DISPLAY)


def _may_be_display(paragraph: Paragraph) -> bool:
    """Say whether what was set like prose could yet be a short title: no full stop, one line or short ones."""
    if ends_sentence(paragraph.lines[-1].text):
        return False
    return len(paragraph.lines) == 1 or all(len(line.text) <= SHORT for line in paragraph.lines)


FEW = 4  # lines of a Latin caption; fewer have a credit or a jump
REACH = 12  # blocks from the first head of a list to its second
LISTS = (Role.ITEM, Role.LIST_HEAD, Role.ROW)
SHORT = 5  # characters: what a rubric or a name has at most


def _in_company(blocks: list[Block], profile: Profile, *, broken: bool) -> list[Block]:
    """Look at neighbours: broken rubrics, short names beside titles, numbers that head no items."""
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if last and broken and _broken_rubric(last, block, profile):
            lines = (*last.paragraph.lines, *block.paragraph.lines)
            paragraph = Paragraph(lines, (Joint.TIGHT,) * (len(lines) - 1), Role.RUBRIC, min(last.paragraph.cert, 0.9))
            joined[-1] = Block(paragraph)
        else:
            joined.append(block)
    for i in range(len(joined) - 1):
        # A short text right before a credit tells of the picture, though nothing says so.
        if joined[i + 1].role is Role.CREDIT and _may_be_caption(joined[i]):
            joined[i] = _as(joined[i], joined[i].paragraph, Role.CAPTION)
    for i in range(1, len(joined) - 1):
        # An office signs its notice, with the day below (dongjiang-ribao, line 113).
        if joined[i + 1].role is Role.DATELINE and joined[i].role is Role.DISPLAY and joined[i - 1].role is Role.BODY:
            joined[i] = _as(joined[i], joined[i].paragraph, Role.BYLINE)
        # One line that ends with a colon leads to the list below it; it is no title.
        if joined[i].role is Role.DISPLAY and joined[i].text[-1] in "：:" and joined[i + 1].role in LISTS:
            joined[i] = _as(joined[i], joined[i].paragraph, Role.BODY)
    _heads_of_lists(joined)
    return [
        _beside(block, joined[i - 1] if i else None, joined[i + 1 : i + 2], profile) for i, block in enumerate(joined)
    ]


def _may_be_caption(block: Block) -> bool:
    """Say whether a Latin block before a credit may be a caption: a few lines that begin like a sentence."""
    first = block.text
    short = len(block.paragraph.lines) <= FEW and block.role in (Role.BODY, Role.DISPLAY) and not block.paragraph.mark
    return short and not has_han(first) and not begins_small(first)


def _heads_of_lists(blocks: list[Block]) -> None:
    """Call titles between items the heads of a list, where there are two or more: their numbers were lost."""
    heads = [i for i, block in enumerate(blocks[:-1]) if block.role is Role.DISPLAY and blocks[i + 1].role is Role.ITEM]
    inside = [i for i in heads if i and blocks[i - 1].role is Role.ITEM]
    if len(inside) < 2:
        return
    for i in heads:
        if i in inside or any(0 < j - i <= REACH for j in inside):
            blocks[i] = _as(blocks[i], blocks[i].paragraph, Role.LIST_HEAD)


def _broken_rubric(last: Block, block: Block, profile: Profile) -> bool:
    """專家 / 解讀: two short lines of one width, not two names, and no rubric complete by itself."""
    a, b = last.paragraph, block.paragraph
    if not (len(a.lines) == len(b.lines) == 1 and a.role is Role.DISPLAY and b.role in (Role.DISPLAY, Role.RUBRIC)):
        return False
    one, two = a.text, b.text
    if not (len(one) == len(two) <= 3 and has_han(one) and has_han(two)):
        return False
    return not (_is_name(one, profile, least=2) and _is_name(two, profile, least=2))


def _beside(block: Block, before: Block | None, after: Sequence[Block], profile: Profile) -> Block:
    paragraph, text = block.paragraph, block.text
    near = [b.role for b in (before, *after) if b]
    titles = (Role.DISPLAY, Role.RUBRIC, Role.BYLINE)
    if block.role is Role.LIST_HEAD and Role.ITEM not in [b.role for b in after]:
        return _as(block, paragraph, Role.ITEM)
    if block.role is Role.BYLINE and near == [Role.BODY, Role.BODY] and not profile.cue("byline").search(text):
        return _as(block, paragraph, Role.DISPLAY)  # 時間表 between two paragraphs is a crosshead, whatever 時 may be
    if block.role is not Role.DISPLAY or len(text) > SHORT or not has_han(text):
        return block
    if len(paragraph.lines) > 1:
        return _as(block, paragraph, Role.RUBRIC)
    if Role.RUBRIC in near and _is_name(text, profile, least=2):
        return _as(block, paragraph, Role.BYLINE)
    return _as(block, paragraph, Role.RUBRIC) if any(role in titles for role in near) else block


def _is_name(text: str, profile: Profile, least: int) -> bool:
    """Say whether ``text`` has the form of a Chinese person's name: a surname and one or two characters more."""
    text = text.replace(" ", "")
    if not has_han(text) or not least <= len(text) <= 4:
        return False
    if len(text) == 4 or text[:2] in profile.words("compound-surnames"):
        return text[:2] in profile.words("compound-surnames")
    return text[0] in profile.words("surnames") and not profile.cue("rubric").search(text)


def _as(block: Block, paragraph: Paragraph, role: Role) -> Block:
    return replace(block, paragraph=replace(paragraph, role=role))
