"""Trim: cut off the byline or credit that hangs at the end of a sentence."""

from __future__ import annotations

from dataclasses import replace

from relayout.cutting import cut_paragraph
from relayout.model import Block, Layout, Level, Note, Outcome, Role
from relayout.profile import Profile


def trim(layout: Layout, profile: Profile) -> Outcome[Layout]:
    """Part 「…支點。 大公報記者王珏」 into text and byline, 「…會議。 新華社」 under a picture into caption and credit.

    Leaves every character; the two parts keep page and line and get spans. After a caption any tail is a
    credit; after prose it must look like a byline or be a known agency. Declines else, and leaves the tail on.
    """
    blocks: list[Block] = []
    notes: list[Note] = []
    for block in layout.blocks:
        role = _tail_role(block, profile)
        match = profile.cue("tail").search(block.paragraph.lines[-1].text) if role else None
        if role is None or match is None:
            blocks.append(block)
            continue
        text = block.paragraph.lines[-1].text
        kept, tail = cut_paragraph(block.paragraph, text.rindex(" "))
        blocks += [replace(block, paragraph=kept), Block(replace(tail, role=role))]
        notes.append(
            Note(
                "trim",
                f"a {role.value} is cut from the end of a sentence",
                "it stands after the full stop and a space",
                0.9,
                Level.REPAIR,
                tail.lines[0].place,
                tail.text,
            )
        )
    return Outcome(replace(layout, blocks=tuple(blocks)), tuple(notes))


def _tail_role(block: Block, profile: Profile) -> Role | None:
    text = block.paragraph.lines[-1].text
    if block.role not in (Role.BODY, Role.CAPTION) or " " not in text or not profile.cue("tail").search(text):
        return None
    tail = text.rpartition(" ")[2]
    if tail in profile.words("agencies") or block.role is Role.CAPTION:
        return Role.CREDIT
    return Role.BYLINE if profile.cue("byline").search(tail) else None
