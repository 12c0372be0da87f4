"""Arrange: order the articles, give them ids, set leftovers apart, and drop the spaces nobody wants."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from relayout.chars import close_figures, has_han, tight, upright
from relayout.layout import Block, Layout
from relayout.model import Article, Line, Note, Outcome, Paragraph, Place
from relayout.profile import Profile
from relayout.roles import Kind, Level, Role

HEADLESS = 0.6  # how sure an article is that no headline fits
PROSE = (Role.BODY, Role.LEAD, Role.ITEM, Role.LIST_HEAD, Role.CAPTION, Role.CREDIT, Role.SOURCE, Role.CROSSHEAD)
_RUN = re.compile(r"[\t ]{2,}|\t")
UPRIGHT = 3  # lines with marks in the form for vertical text: then figures stand upright among them


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
    figures = sum(upright(line.raw) for line in layout.page.lines) >= UPRIGHT
    dropped = 0
    articles: list[Article] = []
    for a in order:
        article = layout.articles[a]
        tidy, count = _tidy_article(article, figures=figures)
        dropped += count
        about = renamed[int(article.about)] if article.about else ""
        cert = article.cert if article.heads() or article.kind is Kind.UNASSIGNED else min(article.cert, HEADLESS)
        articles.append(replace(tidy, id=renamed[a], about=about, cert=cert))
    units = sum(article.kind is Kind.UNASSIGNED for article in articles)
    articles += [replace(article, id=f"u{units + n}") for n, article in enumerate(left, 1)]
    notes += [_headless(article) for article in articles if article.kind is not Kind.UNASSIGNED and not article.heads()]
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


def _tidy_article(article: Article, *, figures: bool) -> tuple[Article, int]:
    parts = tuple(_tidy(p, figures=figures) for p in article.parts)
    pictures = tuple(replace(f, parts=tuple(_tidy(p, figures=figures) for p in f.parts)) for f in article.figures)
    new = replace(article, parts=parts, figures=pictures)
    count = sum(
        one.text != two.text
        for p, q in zip(article.paragraphs, new.paragraphs, strict=True)
        for one, two in zip(p.lines, q.lines, strict=True)
    )
    return new, count


def _tidy(paragraph: Paragraph, *, figures: bool) -> Paragraph:
    """Drop the loose spaces of a paragraph, line by line; cells of a row stay parted."""
    if paragraph.role is Role.ROW or not any(" " in line.text or "\t" in line.text for line in paragraph.lines):
        return paragraph
    letters = not has_han(paragraph.text) and any(map(str.isalpha, paragraph.text))
    lines = tuple(_tidy_line(line, paragraph.role, letters=letters, figures=figures) for line in paragraph.lines)
    return replace(paragraph, lines=lines, mark=_moved(paragraph.mark, paragraph.lines[0].text, lines[0].text))


def _moved(mark: int, before: str, after: str) -> int:
    """Return where in ``after`` the characters end that ``mark`` counts in ``before``; only spaces differ."""
    count = sum(not char.isspace() for char in before[:mark])
    seen = 0
    for at, char in enumerate(after):
        if seen == count:
            return at
        seen += not char.isspace()
    return len(after) if count else 0


def _tidy_line(line: Line, role: Role, *, letters: bool, figures: bool) -> Line:
    text = _plain(line.text, role, letters=letters, figures=figures)
    return line if text == line.text else replace(line, text=text)


def _plain(text: str, role: Role, *, letters: bool, figures: bool) -> str:
    """Drop what spaces nobody wants; those beside quotation marks are wanted in text in ``letters``."""
    if role in PROSE and not letters:
        text = tight(text)
        if figures and role in (Role.BODY, Role.LEAD, Role.CAPTION):
            text = close_figures(text)
    return _RUN.sub(" ", text)


def _left(place: Place, text: str) -> Note:
    why = "no article on the page fits it well enough"
    return Note("arrange", "a title could not be placed", why, 0.3, Level.DOUBT, place, text[:24])


def _headless(article: Article) -> Note:
    first = article.paragraphs[0]
    why = "no headline on the page fits it"
    return Note(
        "arrange", f"{article.id} has no headline", why, 0.5, Level.DOUBT, first.lines[0].place, first.text[:16]
    )
