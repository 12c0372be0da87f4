"""Articles of several pages: the pieces that go on with each other become one, and what is missing is said."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from relayout.binding import joined, numbered
from relayout.chars import ends_sentence
from relayout.edges import lasts
from relayout.following import Index, Link, followed, index
from relayout.jumping import Target
from relayout.leaves import HEADS, Leaf, Piece, Said, pieces
from relayout.model import Article, Note, Outcome, Page, Paragraph
from relayout.profile import Profile
from relayout.roles import Level, Role
from relayout.signals.weigh import certainty
from relayout.told import Gap

STAGE = "carry"
Bound = tuple[tuple[Article, ...], tuple[Paragraph, ...]]


def carried(leaves: Sequence[Leaf], profile: Profile, missing: Collection[int] = ()) -> Outcome[Bound]:
    """Bind the units of all pages: what goes on on another page becomes one article. Returns also the furniture.

    Jump lines become parts of the article that they are of. An article that goes on on a page which is not there has a
    gap, and a note says so. A single page is left as it is, unless its source names pages that are ``missing``.
    """
    if len(leaves) + len(missing) < 2:
        found = [Piece(n, article) for n, leaf in enumerate(leaves) for article in leaf.articles]
        loose = tuple(part for leaf in leaves for part in leaf.furniture)
        return Outcome((_numbered([[piece] for piece in found], [piece.article for piece in found]), loose))
    found, rest = pieces(leaves, profile)
    told = followed(found, leaves, profile)
    nexts = {link.before: link.after for link in told.links}
    chains = list(_chains(len(found), nexts))
    gaps, notes = _gaps(found, nexts, leaves, missing)
    bare = {link.after for link in told.links if link.after == link.before + 1 and _is_bare(link, found)}
    loose_ = {link.after for link in told.links if not link.tight}
    articles = [_bound(found, chain, (bare, loose_), gaps, leaves) for chain in chains]
    said = [_note(link, found, leaves, doubtful=False) for link in told.links]
    said += [_note(link, found, leaves, doubtful=True) for link in told.doubtful]
    bound = _numbered([[found[n] for n in chain] for chain in chains], articles)
    return Outcome((bound, tuple(part for parts in rest for part in parts)), (*said, *notes))


def _chains(count: int, nexts: Mapping[int, int]) -> Iterator[list[int]]:
    """Yield the pieces of each article, in the order of the first."""
    followers = set(nexts.values())
    for n in range(count):
        if n not in followers:
            chain = [n]
            while chain[-1] in nexts:
                chain.append(nexts[chain[-1]])
            yield chain


def _is_bare(link: Link, found: Sequence[Piece]) -> bool:
    return not found[link.before].outs and not found[link.after].ins


def _bound(
    found: Sequence[Piece],
    chain: Sequence[int],
    known: tuple[Collection[int], Collection[int]],
    gaps: Mapping[int, Sequence[Gap]],
    leaves: Sequence[Leaf],
) -> Article:
    """Make one article of its pieces; the paragraph that a page breaks off is one, jump lines come after it."""
    first = found[chain[0]]
    bare, loose = known
    parts = _with_jumps(first, first.article.parts)
    for n in chain[1:]:
        piece = found[n]
        lead = next((i for i, part in enumerate(piece.article.parts) if part.role not in HEADS), 0)
        heads = [replace(part, role=Role.JUMP, mark=0) for part in piece.article.parts[:lead]]
        between = [*heads, *(said.line for said in piece.ins)]
        rest = piece.article.parts[lead:]
        if rest and rest[0].role is Role.LEAD:  # what a page begins with looks like the lead of an article
            rest = (replace(rest[0], role=Role.BODY), *rest[1:])
        parts = [*parts, *between, *rest] if n in loose else joined(parts, between, rest)
        parts += [said.line for said in piece.outs]
    return replace(
        first.article,
        parts=tuple(parts),
        figures=tuple(figure for n in chain for figure in found[n].article.figures),
        jumps=tuple(leaves[found[n].leaf].page.number for n in chain[1:] if n not in bare),
        gaps=tuple(gap for n in chain for gap in gaps.get(n, ())),
    )


def _with_jumps(piece: Piece, own: Sequence[Paragraph]) -> list[Paragraph]:
    lead = next((i for i, part in enumerate(own) if part.role not in HEADS), len(own))
    ins, outs = ([said.line for said in some] for some in (piece.ins, piece.outs))
    return [*own[:lead], *ins, *own[lead:], *outs]


def _numbered(chains: Sequence[Sequence[Piece]], articles: Sequence[Article]) -> tuple[Article, ...]:
    """Let the ids of the issue count over all its pages; a sidebar names its article by the new one."""
    return numbered(
        (article, [(piece.leaf, piece.article.id) for piece in pieces_], (pieces_[0].leaf, article.about))
        for pieces_, article in zip(chains, articles, strict=True)
    )


def _gaps(
    found: Sequence[Piece], nexts: Mapping[int, int], leaves: Sequence[Leaf], missing: Collection[int]
) -> tuple[dict[int, list[Gap]], list[Note]]:
    """Return the gaps of pieces whose text goes on on, or comes from, a page that is not there, and notes on them."""
    called = index(leaves)
    gaps: dict[int, list[Gap]] = {}
    notes: list[Note] = []
    for n, piece in enumerate(found):
        page = leaves[piece.leaf].page
        open_ = (*(() if n in nexts else piece.outs), *(() if n in nexts.values() else piece.ins))
        for said in open_:
            if said.jump.weak and ends_sentence(piece.end):
                continue
            what, why = _unfound(said, piece.leaf, called, leaves)
            if name := _absent(said.jump.target, piece.leaf, called, leaves):
                gaps.setdefault(n, []).append(Gap(name, not said.jump.out))
            notes.append(_said(what, why, said.line))
        if (
            not open_
            and not leaves[piece.leaf].closed
            and not piece.outs
            and n not in nexts
            and page.number + 1 in missing
            and _breaks_off(n, found, leaves)
        ):
            gaps.setdefault(n, []).append(Gap(str(page.number + 1)))
            notes.append(_said("text is missing", f"page {page.number + 1} cannot be read", piece.texts[-1], last=True))
    return gaps, notes


def _breaks_off(n: int, found: Sequence[Piece], leaves: Sequence[Leaf]) -> bool:
    """Say whether a piece is the last of its page, and ends in the middle of a sentence."""
    page = leaves[found[n].leaf].page
    here = [m for m, piece in enumerate(found) if piece.leaf == found[n].leaf]
    ends = list(lasts(found, here, page)) if page.blocks else []
    return [m for m, _, _ in ends] == [n] and not ends_sentence(found[n].end)


def _absent(target: Target, leaf: int, called: Index, leaves: Sequence[Leaf]) -> str:
    """Return what the page is called that a jump names, if it is not there."""
    if called.find(target, leaf, leaves)[0] is not None or target.last:
        return ""
    number = leaves[leaf].page.number + target.step
    return target.label or (str(number) if number > 0 else "")


def _unfound(said: Said, leaf: int, called: Index, leaves: Sequence[Leaf]) -> tuple[str, str]:
    way = "goes on on" if said.jump.out else "comes from"
    there, _ = called.find(said.jump.target, leaf, leaves)
    if there is None:
        return "text is missing", f"it {way} {said.jump.target}, which is not there"
    if there == leaf:
        return "the jump is not followed", f"it {way} {said.jump.target}, and stands there itself"
    return "the jump is not followed", f"it {way} {said.jump.target}, where nothing fits for sure"


def _name(page: Page) -> str:
    """Return what a page is called, if that is a name a page can have, and no leaving of OCR."""
    return page.label if re.fullmatch("[A-Z]{0,2}[0-9]{1,4}", page.label) else str(page.number)


def _said(what: str, why: str, part: Paragraph, *, last: bool = False) -> Note:
    line = part.lines[-1 if last else 0]
    return Note(STAGE, what, why, 0.5, Level.DOUBT, line.place, line.text[:24])


def _note(link: Link, found: Sequence[Piece], leaves: Sequence[Leaf], *, doubtful: bool) -> Note:
    one, two = found[link.before], found[link.after]
    here, there = leaves[one.leaf].page, leaves[two.leaf].page
    part = next(iter((*two.texts, *two.article.paragraphs, *(said.line for said in two.ins))))
    line = part.lines[0]
    called = [str(said.jump.target) for said in one.outs]
    why = f"the jump there names {called[0]}" if called else f"page {there.number} begins without a title"
    if two.ins and not called:
        why = f"it says that it comes from {two.ins[0].jump.target}"
    what = f"goes on from page {_name(here)}"
    level = Level.DECISION
    if doubtful:
        what, level = f"may go on from page {_name(here)}, and is kept apart", Level.DOUBT
        why = "another part fits nearly as well"
    cert = 0.5 if doubtful else certainty(link.score)
    return Note(STAGE, what, why, cert, level, line.place, line.text[:24], link.evidence)
