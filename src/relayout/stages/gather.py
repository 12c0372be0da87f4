"""Gather: make an article of the blocks of each rectangle of columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from relayout.layout import Block, Layout
from relayout.model import Article, Figure, Note, Outcome, Paragraph
from relayout.profile import Profile
from relayout.roles import Kind, Role
from relayout.signals.headlines import TEXT, ranks, shown, untold, whole


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
        article = _article([shown(block, titles) for block in mine])
        articles.append(article)
        why = f"{len(mine)} blocks stand in one rectangle under its headline"
        notes.append(Note("gather", "is one article", why, 0.8, place=mine[0].place, window=mine[0].text[:24]))
    return Outcome(replace(layout, blocks=tuple(rest), articles=tuple(articles)), tuple(notes))


def _article(blocks: Sequence[Block]) -> Article:
    pictures = [b.paragraph for b in blocks if b.role in (Role.CAPTION, Role.CREDIT)]
    blocks = [b for b in blocks if b.role not in (Role.CAPTION, Role.CREDIT)]
    figures = _figures(pictures)
    blocks = whole(untold(blocks))
    first = next((n for n, block in enumerate(blocks) if block.role in TEXT), len(blocks))
    heads = [n for n in range(first) if blocks[n].role is Role.DISPLAY]
    order = dict(zip(heads, ranks([blocks[n].text for n in heads]), strict=True))
    parts: list[Paragraph] = []
    for n, block in enumerate(blocks):
        role = order.get(n, Role.CROSSHEAD if n > first and block.role in (Role.DISPLAY, Role.RUBRIC) else block.role)
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
