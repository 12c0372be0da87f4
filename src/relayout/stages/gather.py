"""Gather: make an article of the blocks of each rectangle of columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from relayout.chars import ends_sentence, has_han
from relayout.layout import Block, Layout
from relayout.model import Article, Figure, Note, Outcome, Paragraph, Place
from relayout.profile import Profile
from relayout.roles import Joint, Kind, Role

TEXT = (Role.BODY, Role.LEAD, Role.ITEM, Role.ROW, Role.LIST_HEAD, Role.SOURCE)
LONGEST = 14  # words of a headline
KICKER = 3  # words that a kicker in letters has at most


def gather(layout: Layout, profile: Profile) -> Outcome[Layout]:  # noqa: ARG001
    """Make an article of each parcel: what is shown before its text is its deck, what is shown inside a crosshead.

    Leaves furniture, and the lines of parcels without text, as blocks. Declines where the page was not cut.
    """
    if not layout.parcels:
        return Outcome(layout)
    starts = set(layout.parcels)
    owner, here = {}, -1
    for line in layout.page.lines:
        here += line.place in starts
        owner[line.place] = here
    titles = frozenset(layout.titles)
    groups: dict[int, list[Block]] = {}
    for block in layout.blocks:
        groups.setdefault(owner.get(block.place, -1), []).append(block)
    articles: list[Article] = []
    rest: list[Block] = []
    notes: list[Note] = []
    for number, blocks in sorted(groups.items()):
        rest += [block for block in blocks if block.role is Role.FURNITURE]
        mine = [block for block in blocks if block.role is not Role.FURNITURE]
        if number < 0 or not mine:
            rest += mine if number < 0 else []
            continue
        article = _article([_shown(block, titles) for block in mine])
        articles.append(article)
        why = f"{len(mine)} blocks stand in one rectangle under its headline"
        notes.append(Note("gather", "is one article", why, 0.8, place=mine[0].place, window=mine[0].text[:24]))
    return Outcome(replace(layout, blocks=tuple(rest), articles=tuple(articles)), tuple(notes))


def _shown(block: Block, titles: frozenset[Place]) -> Block:
    """Take a block of letters for a title, of which the page shows that it is no running text."""
    text = block.text
    told = block.role not in TEXT or block.paragraph.mark or ends_sentence(text) or len(text.split()) > LONGEST
    if told or has_han(text) or not titles.issuperset(line.place for line in block.paragraph.lines):
        return block
    return replace(block, paragraph=replace(block.paragraph, role=Role.DISPLAY, mark=0))


def _article(blocks: Sequence[Block]) -> Article:
    pictures = [b.paragraph for b in blocks if b.role in (Role.CAPTION, Role.CREDIT)]
    blocks = [b for b in blocks if b.role not in (Role.CAPTION, Role.CREDIT)]
    figures = _figures(pictures)
    blocks = _untold(blocks)
    blocks = _whole(blocks)
    first = next((n for n, block in enumerate(blocks) if block.role in TEXT), len(blocks))
    heads = [n for n in range(first) if blocks[n].role is Role.DISPLAY]
    ranks = dict(zip(heads, _ranks([blocks[n].text for n in heads]), strict=True))
    parts: list[Paragraph] = []
    for n, block in enumerate(blocks):
        role = ranks.get(n, Role.CROSSHEAD if n > first and block.role in (Role.DISPLAY, Role.RUBRIC) else block.role)
        parts.append(replace(block.paragraph, role=role))
    text = first < len(blocks)
    return Article(tuple(parts), Kind.ARTICLE if text else Kind.UNASSIGNED, figures, cert=0.8 if text else 0.3)


def _figures(pictures: Sequence[Paragraph]) -> tuple[Figure, ...]:
    found: list[list[Paragraph]] = []
    for paragraph in pictures:
        if paragraph.role is Role.CAPTION or not found:
            found.append([paragraph])
        else:
            found[-1].append(paragraph)
    return tuple(Figure(tuple(parts), 0.7) for parts in found)


def _ranks(deck: Sequence[str]) -> list[Role]:
    """Return the ranks of the lines of a deck: head and subs; few words of letters over more are a kicker.

    Among lines of letters those in capitals are heads.
    """
    capitals = [line.isupper() for line in deck]
    if any(capitals) and not all(capitals):
        first = capitals.index(True)
        return [Role.HEAD if big else Role.KICKER if i < first else Role.SUB for i, big in enumerate(capitals)]
    kicker = len(deck) > 1 and not has_han(deck[0]) and len(deck[0].split()) <= KICKER
    ranks = [Role.KICKER] * kicker + [Role.HEAD] * bool(deck)
    return ranks + [Role.SUB] * (len(deck) - len(ranks))


def _untold(blocks: Sequence[Block]) -> list[Block]:
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


def _whole(blocks: Sequence[Block]) -> list[Block]:
    """Put headlines together: halves that stand in one row, and in letters lines that follow each other.

    A first line in letters that had room for the next word is a kicker, and stays alone.
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
    widest = max(len(block.text) for block in blocks if block.role is Role.DISPLAY)
    if first and " " not in one.text:
        return False
    short = len(one.text.split()) <= KICKER and len(one.text) + 1 + len(two.text.split()[0]) <= widest
    return not (first and short)
