"""Arrange: order the articles, give them ids, set leftovers apart, and drop the spaces nobody wants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from relayout.layout import Block, Layout
from relayout.model import Article, Note, Outcome, Place
from relayout.profile import Profile
from relayout.roles import Kind, Level, Role
from relayout.tidying import has_upright, tidy

HEADLESS = 0.6  # how sure an article is that no headline fits


def arrange(layout: Layout, profile: Profile) -> Outcome[Layout]:  # noqa: ARG001
    """Put the articles into the order in which their texts begin, number them, and tidy the spaces of prose.

    Display lines, rubrics and bylines that no article took become UNASSIGNED units, those that follow each other one
    together: mostly they are the lines of an advertisement. Furniture is set apart. Spaces that touch full-width marks
    go from prose; in headlines they stay, unless every mark has them.
    """
    furniture = (*layout.furniture, *(b.paragraph for b in layout.blocks if b.role is Role.FURNITURE))
    loose = [b for b in layout.blocks if b.role is not Role.FURNITURE]
    left = [
        Article(tuple(b.paragraph for b in run), Kind.UNASSIGNED, cert=0.3)
        for run in _runs(loose, apart=not layout.articles)
    ]
    notes = [_left(b.place, b.text) for b in loose]
    order = list(range(len(layout.articles)))
    if not layout.pieces:
        order.sort(key=lambda a: _begins(layout.articles[a]))
    ids = _ids([layout.articles[a].kind for a in order])
    renamed = dict(zip(order, ids, strict=True))
    figures = has_upright(layout.page.lines)
    dropped = 0
    articles: list[Article] = []
    for a in order:
        article = layout.articles[a]
        tidied, count = tidy(article, figures=figures)
        dropped += count
        about = renamed[int(article.about)] if article.about else ""
        cert = article.cert if article.heads() or article.kind is Kind.UNASSIGNED else min(article.cert, HEADLESS)
        articles.append(replace(tidied, id=renamed[a], about=about, cert=cert))
    units = sum(article.kind is Kind.UNASSIGNED for article in articles)
    articles += [replace(article, id=f"u{units + n}") for n, article in enumerate(left, 1)]
    named = [article for article in articles if article.kind not in (Kind.UNASSIGNED, Kind.ADVERTISEMENT)]
    notes += [_headless(article) for article in named if not article.heads()]
    if dropped:
        also = " and figures" * figures
        why = "an extractor puts them around half-width marks" + " and upright figures" * figures
        notes.append(
            Note(
                "arrange",
                f"{dropped} line{'s' if dropped > 1 else ''}: spaces around full-width marks{also} dropped",
                why,
                level=Level.REPAIR,
            )
        )
    return Outcome(replace(layout, articles=tuple(articles), blocks=(), furniture=furniture), tuple(notes))


def _runs(blocks: Sequence[Block], *, apart: bool) -> list[list[Block]]:
    """Put leftovers together whose lines follow each other; the name of a section begins anew.

    Where a page has no text at all (``apart``), its titles are those of so many articles.
    """
    runs: list[list[Block]] = []
    for block in blocks:
        last = runs[-1][-1].paragraph.lines[-1].place if runs else None
        follows = last is not None and last.page == block.place.page and block.place.line - last.line in (0, 1)
        if follows and not apart and not (block.role is Role.RUBRIC and runs[-1][-1].role is not Role.RUBRIC):
            runs[-1].append(block)
        else:
            runs.append([block])
    return runs


def _ids(kinds: list[Kind]) -> list[str]:
    """Return a1, a2 … for articles and u1, u2 … for what could not be placed."""
    count = {"a": 0, "u": 0}
    ids: list[str] = []
    for kind in kinds:
        letter = "u" if kind is Kind.UNASSIGNED else "a"
        count[letter] += 1
        ids.append(f"{letter}{count[letter]}")
    return ids


def _begins(article: Article) -> Place:
    """Return where the running text begins, since headlines may stand anywhere."""
    text = [p for p in article.parts if p.role not in (Role.HEAD, Role.KICKER, Role.SUB, Role.RUBRIC, Role.BYLINE)]
    return min(p.lines[0].place for p in (text or article.paragraphs))


def _left(place: Place, text: str) -> Note:
    why = "no article on the page fits it well enough"
    return Note("arrange", "a title could not be placed", why, 0.3, Level.DOUBT, place, text[:24])


def _headless(article: Article) -> Note:
    first = article.paragraphs[0]
    why = "no headline on the page fits it"
    place = first.lines[0].place
    return Note("arrange", f"{article.kind.value} without a headline", why, 0.5, Level.DOUBT, place, first.text[:16])
