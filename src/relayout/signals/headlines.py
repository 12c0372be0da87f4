"""The headlines of a rectangle of columns: which blocks are titles, which lines are one, and what rank each has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from relayout.chars import ends_sentence, has_han
from relayout.layout import Block
from relayout.model import Place
from relayout.roles import Joint, Role
from relayout.signals.ranks import KICKER, by_capitals

TEXT = (Role.BODY, Role.LEAD, Role.ITEM, Role.ROW, Role.LIST_HEAD, Role.SOURCE)
LONGEST = 14  # words of a headline


def shown(block: Block, titles: frozenset[Place]) -> Block:
    """Take a block of letters for a title, of which the page shows that it is no running text."""
    text = block.text
    told = block.role not in TEXT or block.paragraph.mark or ends_sentence(text) or len(text.split()) > LONGEST
    if told or has_han(text) or not titles.issuperset(line.place for line in block.paragraph.lines):
        return block
    return replace(block, paragraph=replace(block.paragraph, role=Role.DISPLAY, mark=0))


def untold(blocks: Sequence[Block]) -> list[Block]:
    """Take single lines of letters before the text for titles, which end no sentence."""
    found = list(blocks)
    for n, block in enumerate(found):
        one = len(block.paragraph.lines) == 1 and not block.paragraph.mark
        alone = one and not has_han(block.text) and not ends_sentence(block.text)
        if block.role is Role.BODY and not alone:
            break
        if block.role is Role.BODY and n + 1 < len(found):
            found[n] = replace(block, paragraph=replace(block.paragraph, role=Role.DISPLAY, mark=0))
    return found


def whole(blocks: Sequence[Block]) -> list[Block]:
    """Put headlines together: halves that stand in one row, and in letters lines that follow each other.

    A line of letters that had room for the next word ends a headline: a kicker, or a head over its sub.
    """
    found: list[Block] = []
    for n, block in enumerate(blocks):
        over = found[-1] if found else None
        if over and over.role is block.role is Role.DISPLAY and _goes_on(over, block, first=n == 1, blocks=blocks[n:]):
            one, two = over.paragraph, block.paragraph
            joints = (*one.joints, Joint.SPACE, *two.joints)
            found[-1] = replace(over, paragraph=replace(one, lines=(*one.lines, *two.lines), joints=joints))
        else:
            found.append(block)
    return found


def _goes_on(one: Block, two: Block, *, first: bool, blocks: Sequence[Block]) -> bool:
    a, b = one.paragraph.lines[-1].place, two.paragraph.lines[0].place
    if a.line == b.line and a.start < b.start:
        return True
    if has_han(one.text) or has_han(two.text) or one.text.isupper() != two.text.isupper():
        return False
    if len(one.text.split()) + len(two.text.split()) > LONGEST or (first and " " not in one.text):
        return False
    widest = max(len(block.paragraph.lines[-1].text) for block in blocks if block.role is Role.DISPLAY)
    return len(one.paragraph.lines[-1].text) + 1 + len(two.text.split()[0]) > widest


def ranks(deck: Sequence[str]) -> list[Role]:
    """Return the ranks of the lines of a deck: head and subs; few words of letters over more are a kicker.

    Among lines of letters those in capitals are heads.

    >>> [rank.value for rank in ranks(["Harbour", "Lighthouse keepers return to the rock", "After forty years"])]
    ['kicker', 'head', 'sub']
    """
    if told := by_capitals(deck):
        return told
    kicker = len(deck) > 1 and not has_han(deck[0]) and len(deck[0].split()) <= KICKER
    found = [Role.KICKER] * kicker + [Role.HEAD] * bool(deck)
    return found + [Role.SUB] * (len(deck) - len(found))
