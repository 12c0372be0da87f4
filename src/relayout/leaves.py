"""The pages of an issue as they came out of the stages: the units on each, the jump lines, where texts break off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from relayout.chars import ink
from relayout.cutting import cut_paragraph
from relayout.jumping import Jump, jump
from relayout.model import Article, Line, Page, Paragraph
from relayout.profile import Profile
from relayout.roles import Joint, Kind, Role
from relayout.signals.lexical import joint, terms

HEADS = frozenset((Role.KICKER, Role.HEAD, Role.SUB, Role.RUBRIC))
TEXT = frozenset((Role.BODY, Role.LEAD, Role.ITEM))
ASIDE = frozenset((Kind.ADVERTISEMENT, Kind.MASTHEAD))
FIRST = 6  # parts of a unit, in which it may say where it comes from
LEAST = 24  # characters that are a text; less is a speck, or a letter at the margin
CROWD = 60  # jump lines of a page that stand alone: each is compared with every line; more are furniture
LINES = 3  # of a jump line
SPECK = 8  # characters: what is shorter is no end of a text


class Leaf(NamedTuple):
    """A page: what was made of it, and which page it is by its own print (``A4``; empty where it does not say).

    ``closed``: its source tells which of its articles go on elsewhere, so that nothing else is asked.
    """

    page: Page
    articles: tuple[Article, ...]
    furniture: tuple[Paragraph, ...] = ()
    folio: str = ""
    closed: bool = False


class Said(NamedTuple):
    """A jump, and the paragraph that is its line."""

    jump: Jump
    line: Paragraph


# Not a tuple: what is asked of it often is worked out once.
@dataclass(frozen=True)
class Piece:
    """A unit of one page, its jump lines taken out of its text: where it goes on (``outs``), where it is from."""

    leaf: int
    article: Article
    outs: tuple[Said, ...] = ()
    ins: tuple[Said, ...] = ()

    @cached_property
    def texts(self) -> tuple[Paragraph, ...]:
        """Its running text."""
        return tuple(part for part in self.article.parts if part.role in TEXT)

    @cached_property
    def titled(self) -> bool:
        """Say whether a headline stands before its text."""
        parts = self.article.parts
        first = next((n for n, part in enumerate(parts) if part.role in TEXT), len(parts))
        return any(part.role in HEADS for part in parts[:first])

    @cached_property
    def end(self) -> str:
        """The text that it ends with, but specks."""
        return next((p.text for p in reversed(self.texts) if len(ink(p.text)) >= SPECK), "")

    @property
    def first(self) -> Line:
        """The line that its text begins with."""
        return self.texts[0].lines[0]

    @property
    def last(self) -> Line:
        """The line that its text ends with."""
        return self.texts[-1].lines[-1]

    @cached_property
    def words(self) -> frozenset[str]:
        """The terms of all its text."""
        return frozenset[str]().union(*(terms(part.text) for part in self.article.parts))

    @cached_property
    def is_text(self) -> bool:
        """Say whether there is enough of it."""
        return sum(len(ink(part.text)) for part in self.texts) >= LEAST


def pieces(leaves: Sequence[Leaf], profile: Profile) -> tuple[list[Piece], list[tuple[Paragraph, ...]]]:
    """Return the units of all pages with their jump lines, and the furniture of each page that is none of these.

    A jump line stands among the paragraphs of a unit, at the end of one, or was taken for furniture; then it is of the
    unit that is nearest: before it, if it says where the text goes on, else after it. Advertisements have none.
    """
    found: list[Piece] = []
    rest: list[tuple[Paragraph, ...]] = []
    for n, leaf in enumerate(leaves):
        if leaf.closed:
            found += (Piece(n, article) for article in leaf.articles)
            rest.append(leaf.furniture)
            continue
        here: list[Piece] = []
        loose: list[Said] = []
        for article in leaf.articles:
            left, said = _taken(article, profile)
            if left:
                outs, ins = (tuple(one for one in said if one.jump.out is out) for out in (True, False))
                here.append(Piece(n, left, outs, ins))
            else:
                loose += said
        kept: list[Paragraph] = []
        for part in leaf.furniture:
            told = jump(part.text, profile) if len(part.lines) <= LINES else None
            if told and not told.start:
                loose.append(Said(told, replace(part, role=Role.JUMP)))
            else:
                kept.append(part)
        for one in loose:
            if len(loose) > CROWD or (owner := _owner(one, here)) is None:
                kept.append(replace(one.line, role=Role.FURNITURE))
            elif one.jump.out:
                here[owner] = replace(here[owner], outs=(*here[owner].outs, one))
            else:
                here[owner] = replace(here[owner], ins=(*here[owner].ins, one))
        found += here
        rest.append(tuple(kept))
    return found, rest


def _taken(article: Article, profile: Profile) -> tuple[Article | None, list[Said]]:
    """Take the jump lines out of a unit; nothing is left of one that is only jump lines."""
    if article.kind in ASIDE or not any(profile.cue("jump-hint").search(part.text) for part in article.parts):
        return article, []
    found: list[Said] = []
    parts: list[Paragraph] = []
    for n, part in enumerate(article.parts):
        told = jump(part.text, profile) if len(part.lines) <= LINES else None
        if told and not told.start and (part.role not in HEADS if told.out else n < FIRST):
            found.append(Said(told, replace(part, role=Role.JUMP, mark=0)))
            continue
        kept, said = _cut(part, profile, first=n < FIRST) if part.role in TEXT else (part, [])
        found += said
        parts.append(kept)
    if not found:
        return article, []
    return (replace(article, parts=tuple(parts)) if parts or article.figures else None), found


def _cut(part: Paragraph, profile: Profile, *, first: bool) -> tuple[Paragraph, list[Said]]:
    """Take jump lines out of a paragraph: lines of their own, and what the last line ends with."""
    found: list[Said] = []
    n = len(part.lines)
    while n and len(part.lines) > 1:
        n -= 1
        line = part.lines[n]
        told = jump(line.text, profile)
        if told and not told.start and (told.out or (first and n == 0)):
            found.insert(0, Said(told, Paragraph((line,), (), Role.JUMP)))
            part = _without(part, n)
    last = part.lines[-1]
    told = jump(last.text, profile)
    if told and told.out and told.start:
        part, line_ = cut_paragraph(part, told.start)
        found.append(Said(told, replace(line_, role=Role.JUMP)))
    return part, found


def _without(part: Paragraph, n: int) -> Paragraph:
    """Leave out a line of a paragraph that has others."""
    lines = (*part.lines[:n], *part.lines[n + 1 :])
    if 0 < n < len(lines):
        between: tuple[Joint, ...] = (joint(lines[n - 1].text, lines[n].text),)
        joints = (*part.joints[: n - 1], *between, *part.joints[n + 1 :])
    else:
        joints = part.joints[1:] if n == 0 else part.joints[:-1]
    return replace(part, lines=lines, joints=joints, mark=0 if n == 0 else part.mark)


def _owner(said: Said, here: Sequence[Piece]) -> int | None:
    """Return the unit that a jump line is of: the one that ends nearest before it, or begins nearest after it."""
    line = said.line.lines[0]
    best: tuple[float, int] | None = None
    for n, piece in enumerate(here):
        if piece.article.kind in ASIDE:
            continue
        for part in piece.article.parts:
            for other in part.lines:
                far = _far(line, other, out=said.jump.out)
                if best is None or far < best[0]:
                    best = (far, n)
    return best[1] if best else None


def _far(line: Line, other: Line, *, out: bool) -> float:
    """Say how far a line of a text is from a jump line; on the wrong side of it, four times as far."""
    one, two = line.box, other.box
    if not (one and two and line.style and other.style):
        step = line.place.line - other.place.line
        return abs(step) * (4.0 if (step < 0) is out else 1.0)
    dx = max(0.0, one.x0 - two.x1, two.x0 - one.x1)
    dy = max(0.0, one.y0 - two.y1, two.y0 - one.y1)
    wrong = one.y0 < two.y0 if out else one.y0 > two.y0
    if line.vertical and other.vertical:
        wrong = (one.x0 > two.x0) if out else (one.x0 < two.x0)
    return (dx + dy + 1.0) * (4.0 if wrong else 1.0)
