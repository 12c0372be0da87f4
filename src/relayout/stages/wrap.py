"""Wrap: put the lines of a headline together that was too long for one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from relayout.chars import cells, has_han
from relayout.layout import Block, Layout
from relayout.lexicon import simplified, words_of
from relayout.model import Evidence, Note, Outcome, Paragraph, Place
from relayout.profile import Profile
from relayout.roles import Joint, Level, Role
from relayout.signals.flow import PARTED, Flow, look
from relayout.signals.weigh import certainty, weigh

OWN = ("rubric", "byline", "credit", "furniture", "masthead", "source", "caption")  # what such a line says by itself
MOST = 4  # lines of one headline
SHORT = 3  # characters: two such lines are a rubric (專家 / 解讀), or a rubric and a name (北京觀察 / 馬浩亮)


def wrap(layout: Layout, profile: Profile) -> Outcome[Layout]:
    """Join display lines that follow each other in the source and are one headline, broken where it was full.

    Each line but the last is about as long as the longest, and a word or the sense goes on over the line end; what
    the page and a list of words know of it is weighed. Leaves Latin lines, and two lines that may be two headlines.
    """
    if layout.squares:
        return Outcome(layout)  # its headlines come in decks, each line one of its own
    lines = layout.page.lines
    ranks = {line.place: rank for rank, line in enumerate(lines)}
    pairs = {i for i, (one, two) in enumerate(pairwise(layout.blocks)) if _may(one, two, ranks, profile)}
    if not pairs:
        return Outcome(layout)
    flow = Flow.of(line.text for line in lines)
    blocks: list[Block] = []
    notes: list[Note] = []
    before = -2
    for i, block in enumerate(layout.blocks):
        if before == i - 1 and i - 1 in pairs and len(blocks[-1].paragraph.lines) < MOST:
            score, evidence = _weighed(blocks[-1], block, flow, profile)
            if score > 0:
                notes.append(_note(block, score, evidence))
                blocks[-1] = _joined(blocks[-1], block)
                before = i
                continue
        blocks.append(block)
        before = i
    return Outcome(replace(layout, blocks=tuple(blocks)), tuple(notes)) if notes else Outcome(layout)


def _may(one: Block, two: Block, ranks: Mapping[Place, int], profile: Profile) -> bool:
    """Say whether two blocks can be lines of one headline: neighbours in the source, Han, the second not longer."""
    if one.role is not Role.DISPLAY or two.role is not Role.DISPLAY:
        return False
    a, b = one.paragraph.lines[-1], two.paragraph.lines[0]
    if ranks[b.place] != ranks[a.place] + 1 or not (has_han(a.text) and has_han(b.text)):
        return False
    if any(profile.cue(cue).search(b.text) for cue in OWN):
        return False
    return cells(b.text) <= cells(a.text) + 2 and not (len(a.text) <= SHORT + 1 and len(b.text) <= SHORT)


def _weighed(one: Block, two: Block, flow: Flow, profile: Profile) -> tuple[float, tuple[Evidence, ...]]:
    """Weigh what the page knows; the list of words is read only where it could turn the scale."""
    score, evidence = weigh("wrap", _seen(one, two, flow, {}), profile)
    says = [profile.number("wrap.flow") * value for value in PARTED.values()]
    if score + min(says) > 0 or score + max(says) <= 0:
        return score, evidence
    words = words_of(two.paragraph.lines)
    return weigh("wrap", _seen(one, two, flow._replace(lexicon=words), simplified() if words else {}), profile)


def _seen(one: Block, two: Block, flow: Flow, plainly: Mapping[int, str]) -> Sequence[tuple[str, float | None]]:
    a, b = one.paragraph.lines[-1].text, two.paragraph.lines[0].text
    before, after = look(a, plainly), look(b, plainly)
    even = [cells(line.text) for line in one.paragraph.lines]
    return (
        ("base", 1.0),
        ("flow", flow.language(before, after)),
        ("known", float(a[-2:] + b[:1] in flow.triples or a[-1:] + b[:2] in flow.triples)),
        ("even", float(max(even) - min(even) <= 2 and abs(even[-1] - cells(b)) <= 3)),
        ("parted", float((" " in a) != (" " in b))),
        ("both-parted", float(" " in a and " " in b)),
        ("half", float(" " in a and len(a.rsplit(" ", 1)[1]) <= SHORT)),
        ("rest", float(len(b) <= SHORT)),
        ("long", float(len(one.text) > 12)),
    )


def _joined(one: Block, two: Block) -> Block:
    """Join two blocks; where a wanted space stood at the line end, none is left to tell of it."""
    a, b = one.paragraph, two.paragraph
    paragraph = Paragraph((*a.lines, *b.lines), (*a.joints, Joint.TIGHT, *b.joints), Role.DISPLAY, min(a.cert, b.cert))
    return replace(one, paragraph=paragraph)


def _note(block: Block, score: float, evidence: tuple[Evidence, ...]) -> Note:
    why = "the headline was too long for one line"
    return Note(
        "wrap", "goes on the line before", why, certainty(score), Level.REPAIR, block.place, block.text[:24], evidence
    )
