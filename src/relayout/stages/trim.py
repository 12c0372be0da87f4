"""Trim: cut off the byline or credit that hangs at the end of a sentence."""

from __future__ import annotations

from dataclasses import replace

from relayout.chars import ends_sentence
from relayout.cutting import cut_paragraph
from relayout.layout import Block, Layout
from relayout.model import Note, Outcome, Paragraph
from relayout.profile import Profile
from relayout.roles import Level, Role


def trim(layout: Layout, profile: Profile) -> Outcome[Layout]:
    """Part 「…支點。 本報記者王珏」 into text and byline, 「…會議。 某某社」 under a picture into caption and credit.

    The tail may run over a line end, or begin on a line of its own. Leaves every character; the parts keep page
    and line and get spans. After a caption a known agency or a tail after a space is a credit; after prose it
    must look like a byline or be a known agency. Declines else, and leaves the tail on.
    """
    blocks: list[Block] = []
    notes: list[Note] = []
    for block in layout.blocks:
        if block.role is Role.DISPLAY and (folio := profile.cue("folio").match(block.text)):
            while folio:  # 第1版 要聞 may stand twice where two pages meet
                left, right = cut_paragraph(block.paragraph, folio.end(), 0)
                blocks.append(Block(replace(left, role=Role.FURNITURE)))
                block = replace(block, paragraph=right)
                notes.append(_note("a folio is cut from a headline", "it has the form of one", left))
                folio = profile.cue("folio").match(block.text)
            blocks.append(block)
            continue
        found = _tail(block, profile) if block.role in (Role.BODY, Role.CAPTION) else None
        if found is None:
            blocks.append(_credit(block, blocks[-1] if blocks else None, profile))
            continue
        role, line, at = found
        kept, tail = cut_paragraph(block.paragraph, at, line)
        blocks += [replace(block, paragraph=kept), Block(replace(tail, role=role))]
        notes.append(_note(f"a {role.value} is cut from the end of a sentence", "it stands after the full stop", tail))
    return Outcome(replace(layout, blocks=tuple(blocks)), tuple(notes))


def _note(what: str, why: str, part: Paragraph) -> Note:
    return Note("trim", what, why, 0.9, Level.REPAIR, part.lines[0].place, part.text)


def _tail(block: Block, profile: Profile) -> tuple[Role, int, int] | None:
    """Return the role of the tail of ``block`` and where it begins: line and character."""
    paragraph = block.paragraph
    count = len(paragraph.lines)
    for line in range(count - 1, max(-1, count - 3), -1):
        end = "".join(one.text for one in paragraph.lines[line + 1 :])
        text = paragraph.lines[line].text
        match = profile.cue("tail").search(text + end) if " " in text else None
        if match and " " in match.group():
            at = match.start() + match.group().index(" ") + 1
            role = _role(block, text[at:] + end, profile)
        elif end and ends_sentence(text):
            at = len(text)
            role = _role(block, end, profile) if _known(end, profile) else None
        else:
            continue
        return (role, line, at) if role else None
    return None


def _role(block: Block, tail: str, profile: Profile) -> Role | None:
    if block.role is Role.CAPTION or tail in profile.words("agencies"):
        return Role.CREDIT
    return Role.BYLINE if profile.cue("byline").search(tail) else None


def _known(tail: str, profile: Profile) -> bool:
    return tail in profile.words("agencies") or bool(
        profile.cue("byline").search(tail) or profile.cue("credit").search(tail)
    )


def _credit(block: Block, before: Block | None, profile: Profile) -> Block:
    """Call the line after a caption its credit where it did not fit into the caption's last line."""
    paragraph: Paragraph = block.paragraph
    after_caption = before is not None and before.role is Role.CAPTION and ends_sentence(before.text)
    if after_caption and block.role in (Role.DISPLAY, Role.RUBRIC, Role.BYLINE) and _known(block.text, profile):
        return replace(block, paragraph=replace(paragraph, role=Role.CREDIT))
    return block
