"""Articles over several pages put together: one rule for what pages find, and for what a source tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain, pairwise
from typing import NamedTuple

from relayout.chars import ends_sentence
from relayout.model import Article, Note, Outcome, Paragraph
from relayout.roles import Kind, Level, Role
from relayout.signals.lexical import joint
from relayout.told import Gap, Key, ToldHere

STAGE = "carry"


class _Piece(NamedTuple):
    """What of an article of the source stands on one page, and where it is in the row of all pieces.

    ``goes_on``: its text is one with the text before it; ``None`` where the source does not say.
    """

    stretch: int
    at: int
    article: Article
    goes_on: bool | None


def bound(
    articles: Sequence[Article], told: Mapping[int, Sequence[ToldHere]], *, in_order: bool
) -> Outcome[tuple[Article, ...]]:
    """Put the pieces of each article of the source together, and number all articles anew.

    ``told`` are the articles that were followed, by page; a piece is of the one that has its first line. With
    ``in_order`` these articles come in the order of the source, in the places that they have among the others. A
    paragraph that ends no sentence goes on in the next piece, unless the source says where paragraphs end. Pages that
    the source names and that are not there are gaps, each with a note.
    """
    of: dict[Key, tuple[int, int]] = {}
    known: dict[tuple[int, int], ToldHere] = {}
    for here in chain.from_iterable(told.values()):
        known[here[:2]] = here
        of.update((key, here[:2]) for part in here.article.parts for key in part.lines)
    pieces: dict[int, list[_Piece]] = {}
    slots: list[Article | int] = []
    for at, article in enumerate(articles):
        place = article.paragraphs[0].lines[0].place
        n, stretch = of.get((place.page, place.line), (-1, 0))
        if n < 0:
            slots.append(article)
            continue
        if n not in pieces:
            slots.append(n)
        pieces.setdefault(n, []).append(_Piece(stretch, at, article, _goes_on(known[n, stretch])))
    order = iter(sorted(pieces) if in_order else pieces)
    whole: list[tuple[Article, list[str]]] = []
    notes: list[Note] = []
    for slot in slots:
        if isinstance(slot, int):
            n = next(order)
            found = sorted(pieces[n], key=lambda piece: piece.stretch)
            source = known[n, found[0].stretch].article
            made = _together(found, source.kind, source.gaps)
            notes += (_missing(gap, made) for gap in source.gaps)
            whole.append((made, [piece.article.id for piece in found]))
        else:
            whole.append((slot, [slot.id]))
    return Outcome(numbered([(article, names, "") for article, names in whole]), tuple(notes))


def _goes_on(here: ToldHere) -> bool | None:
    first = next((part for part in here.article.parts if not part.picture), None)
    return bool(first and first.goes_on) if here.article.exact else None


def _together(found: Sequence[_Piece], kind: Kind, gaps: tuple[Gap, ...]) -> Article:
    first = found[0].article
    parts: Sequence[Paragraph] = first.parts
    for piece in found[1:]:
        parts = joined(parts, (), piece.article.parts, goes_on=piece.goes_on)
    return replace(
        first,
        parts=tuple(parts),
        figures=tuple(figure for piece in found for figure in piece.article.figures),
        kind=kind if first.kind is Kind.UNASSIGNED else first.kind,
        cert=min(piece.article.cert for piece in found),
        jumps=tuple(dict.fromkeys((*(page for piece in found for page in piece.article.jumps), *_jumps(found)))),
        gaps=tuple(dict.fromkeys((*(gap for piece in found for gap in piece.article.gaps), *gaps))),
    )


def _jumps(found: Sequence[_Piece]) -> list[int]:
    """Return the pages on which an article goes on away from what is before: another unit, or jump lines, between."""
    jumps: list[int] = []
    seen = {_page(found[0].article)}
    for one, two in pairwise(found):
        page = _page(two.article)
        told = any(part.role is Role.JUMP for part in (*one.article.parts, *two.article.parts))
        if page not in seen and (told or two.at != one.at + 1):
            jumps.append(page)
        seen.add(page)
    return jumps


def _page(article: Article) -> int:
    return article.paragraphs[0].lines[0].place.page


def _missing(gap: Gap, article: Article) -> Note:
    way = "comes from" if gap.before else "goes on on"
    part = article.paragraphs[0 if gap.before else -1]
    line = part.lines[0 if gap.before else -1]
    why = f"by its source it {way} page {gap.page}, which is not there"
    return Note(STAGE, "text is missing", why, 1.0, Level.DOUBT, line.place, line.text[:24])


def joined(
    one: Sequence[Paragraph], between: Sequence[Paragraph], two: Sequence[Paragraph], *, goes_on: bool | None = None
) -> list[Paragraph]:
    """Put a piece after another: the paragraph that a page breaks off is one, jump lines come after it.

    Without ``goes_on`` it is a body paragraph that ends no sentence, and body text that follows.
    """
    last = next((n for n in reversed(range(len(one))) if one[n].role is not Role.JUMP), None)
    if last is None or not two or goes_on is False:
        return [*one, *between, *two]
    end, start = one[last], two[0]
    text = start.role is Role.BODY and end.role in (Role.BODY, Role.LEAD)
    if not (end.role is start.role if goes_on else text and not ends_sentence(end.text)):
        return [*one, *between, *two]
    joints = (*end.joints, joint(end.lines[-1].text, start.lines[0].text), *start.joints)
    whole = replace(end, lines=(*end.lines, *start.lines), joints=joints)
    return [*one[:last], whole, *one[last + 1 :], *between, *two[1:]]


def numbered(found: Iterable[tuple[Article, Collection[Hashable], Hashable]]) -> tuple[Article, ...]:
    """Give ids that count over all pages, and let what tells of an article tell of it by its new one.

    With every article come the names that its pieces had, and the name by which it tells of another, if that is not
    ``about`` itself.
    """
    counts: Counter[str] = Counter()
    names: dict[Hashable, str] = {}
    made: list[tuple[Article, Hashable]] = []
    for article, old, about in found:
        letter = "u" if article.kind is Kind.UNASSIGNED else "a"
        counts[letter] += 1
        new = f"{letter}{counts[letter]}"
        names.update(dict.fromkeys(old, new))
        made.append((replace(article, id=new), about or article.about))
    abouts = ((article, names.get(about, "") if article.about else "") for article, about in made)
    return tuple(replace(article, about="" if about == article.id else about) for article, about in abouts)
