"""Compose: each piece of the page becomes an article: deck, text column by column, lists, pictures, signatures."""

from __future__ import annotations

from dataclasses import replace

from relayout.adverts import advert
from relayout.composing import Composer
from relayout.layout import Block, Layout, Piece
from relayout.lying import all_lie, laid_article, laid_text, raised
from relayout.model import Article, Note, Outcome, Paragraph
from relayout.profile import Profile
from relayout.regions import Look, Region
from relayout.roles import Kind
from relayout.signals.hyphens import whole_words
from relayout.unrolling import by_number, returned_to


def compose(layout: Layout, profile: Profile) -> Outcome[Layout]:
    """Make an article of each piece, its parts in reading order, each with its role.

    Leaves texts and places alone: it chooses order, roles and joints. A line that has no box is left over. Declines
    where the page was not divided.
    """
    if not layout.pieces:
        return Outcome(layout)
    words = frozenset(whole_words(line.text for line in layout.page.lines))
    composer = Composer(words, profile)
    articles: list[Article] = []
    index: dict[int, int] = {}
    furniture = list(layout.furniture)
    known = by_number(layout.page.lines)
    notes: list[Note] = []
    for n, piece in enumerate(layout.pieces):
        if piece.kind is Kind.ADVERTISEMENT:
            parts = tuple(text for box in piece.regions for text in _advert(box, composer))
            article: Article | None = Article(parts, Kind.ADVERTISEMENT, cert=0.7) if parts else None
        else:
            article, more = _article(piece, composer)
            more = [returned_to(known, part) for part in more] if piece.unrolled else more
            furniture += more
        if piece.unrolled and article:
            article = replace(article, parts=tuple(returned_to(known, part) for part in article.parts))
        if article is None:
            continue
        index[n] = len(articles)
        kind = piece.kind if article.kind is Kind.ARTICLE else article.kind
        about = str(index[piece.about]) if piece.about in index and kind is Kind.SIDEBAR else ""
        articles.append(replace(article, kind=kind, about=about, cert=0.9))
        notes += [
            Note("compose", f"is {p.role.value}", "by its place and setting", p.cert, place=p.lines[0].place)
            for p in article.paragraphs
        ]
    bare = tuple(Block(Paragraph((line,), ())) for line in layout.page.lines if not line.box)
    return Outcome(replace(layout, articles=tuple(articles), furniture=tuple(furniture), blocks=bare), tuple(notes))


def _advert(box: Region, composer: Composer) -> list[Paragraph]:
    if not all_lie([box]):
        return advert(box, composer.text)
    return [laid_text(text) for text in advert(raised(box), composer.text)]


def _article(piece: Piece, composer: Composer) -> tuple[Article | None, list[Paragraph]]:
    """Compose a piece; level text on a page that was turned is raised for it, if it is more than headlines."""
    found = piece.regions
    if not (all_lie(found) and any(r.look is not Look.DISPLAY for r in found if r.look is not Look.IMAGE)):
        return composer.article(found, ordered=piece.ordered)
    article, furniture = composer.article([raised(region) for region in found], ordered=piece.ordered)
    return laid_article(article) if article else None, [laid_text(text) for text in furniture]
