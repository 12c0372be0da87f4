"""Articles over several pages, where the source tells of them: what stands on each page is put together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from relayout.chars import ends_sentence
from relayout.model import Article, Paragraph
from relayout.roles import Kind, Role
from relayout.signals.lexical import joint
from relayout.told import Key, ToldHere


def bound(
    articles: Sequence[Article], told: Mapping[int, Sequence[ToldHere]], *, in_order: bool
) -> tuple[Article, ...]:
    """Put the pieces of each article of the source together, and number all articles anew.

    ``told`` are the articles that were followed, by page; a piece is of the one that has its first line. With
    ``in_order`` these articles come in the order of the source, in the places that they have among the others. A
    paragraph that ends no sentence goes on in the next piece.
    """
    of: dict[Key, tuple[int, int]] = {}
    kinds: dict[int, Kind] = {}
    for here in chain.from_iterable(told.values()):
        kinds[here.n] = here.article.kind
        of.update((key, here[:2]) for part in here.article.parts for key in part.lines)
    pieces: dict[int, list[tuple[int, Article]]] = {}
    slots: list[Article | int] = []
    homes: dict[str, int] = {}
    for article in articles:
        place = article.paragraphs[0].lines[0].place
        n, stretch = of.get((place.page, place.line), (-1, 0))
        if n < 0:
            slots.append(article)
            continue
        homes[article.id] = n
        if n not in pieces:
            slots.append(n)
        pieces.setdefault(n, []).append((stretch, article))
    order = iter(sorted(pieces) if in_order else pieces)
    whole: list[tuple[Article, list[str]]] = []
    for slot in slots:
        if isinstance(slot, int):
            n = next(order)
            found = [article for _, article in sorted(pieces[n], key=lambda piece: piece[0])]
            kind = kinds[n] if found[0].kind is Kind.UNASSIGNED else found[0].kind
            whole.append((_together(found, kind), [article.id for article in found]))
        else:
            whole.append((slot, [slot.id]))
    return _numbered(whole)


def _together(found: Sequence[Article], kind: Kind) -> Article:
    parts = found[0].parts
    for article in found[1:]:
        parts = _joined(parts, article.parts)
    figures = tuple(figure for article in found for figure in article.figures)
    return replace(found[0], parts=parts, figures=figures, kind=kind, cert=min(article.cert for article in found))


def _joined(one: tuple[Paragraph, ...], two: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    if not one or not two:
        return (*one, *two)
    end, start = one[-1], two[0]
    if end.role is not Role.BODY or start.role is not Role.BODY or ends_sentence(end.text):
        return (*one, *two)
    between = joint(end.lines[-1].text, start.lines[0].text)
    whole = replace(end, lines=(*end.lines, *start.lines), joints=(*end.joints, between, *start.joints))
    return (*one[:-1], whole, *two[1:])


def _numbered(found: Iterable[tuple[Article, list[str]]]) -> tuple[Article, ...]:
    """Give ids in order, and let what tells of an article tell of it by its new one."""
    counts = {"a": 0, "u": 0}
    renamed: dict[str, str] = {}
    articles: list[Article] = []
    for article, names in found:
        letter = "u" if article.kind is Kind.UNASSIGNED else "a"
        counts[letter] += 1
        new = f"{letter}{counts[letter]}"
        renamed.update(dict.fromkeys(names, new))
        articles.append(replace(article, id=new))
    return tuple(replace(article, about=renamed.get(article.about, "")) for article in articles)
