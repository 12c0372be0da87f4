"""Follow: a page whose source is trusted: its articles, as the source tells of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from relayout.believing import tells_of_heads
from relayout.composing import Composer
from relayout.geometry import around
from relayout.given import FEW, Columns, blocks_of
from relayout.layout import Layout
from relayout.margins import margins
from relayout.model import Article, Line, Note, Outcome, Page, Paragraph
from relayout.profile import Profile
from relayout.regions import body_size
from relayout.roles import Form, Kind, Level, Role
from relayout.signals.hyphens import whole_words
from relayout.tidying import has_upright, tidy
from relayout.verbatim import Truster


def follow(layout: Layout, profile: Profile) -> Outcome[Layout]:
    """Make the articles that the source tells of: the same lines, in the same order, with the roles that it gives.

    Paragraphs are found in them, and joints chosen. Where the source tells of no headings, those are taken for such
    that are set so. Lines of no article become furniture where the source or their place says so, else UNASSIGNED,
    block by block. What relayout wrote itself has its paragraphs as they are. Declines nowhere: the pipeline runs it
    only on pages that are trusted.
    """
    page = layout.page
    composer = Composer(frozenset(whole_words(line.text for line in page.lines)), profile)
    blocks = blocks_of(page, page.lines)
    boxes = [around(line.box for line in block if line.box) for block in blocks if len(block) >= FEW and block[0].box]
    lines = {line.place.line: line for line in page.lines}
    headed = tells_of_heads(page, layout.told)
    pictures = {n: shape.box for n, shape in enumerate(page.shapes, 1) if shape.form is Form.IMAGE}
    truster = Truster(lines, composer, Columns(boxes), body_size(page.lines), headed, pictures)
    figures = has_upright(page.lines)
    articles: list[Article] = []
    notes: list[Note] = []
    counts = {"a": 0, "u": 0}
    for here in layout.told:
        if article := truster.article(here):
            letter = "u" if article.kind is Kind.UNASSIGNED else "a"
            counts[letter] += 1
            cert = 0.3 if article.kind is Kind.UNASSIGNED else 1.0
            article = replace(article, id=f"{letter}{counts[letter]}", cert=cert)
            articles.append(tidy(article, figures=figures)[0])
            place = article.paragraphs[0].lines[0].place
            notes.append(Note("follow", f"is {article.kind.value}", _named(here.article.id), 1.0, place=place))
    told = {key[1] for here in layout.told for part in here.article.parts for key in part.lines}
    rest = [line for line in page.lines if line.place.line not in told]
    aside = _aside(page, rest, profile, turned=layout.turned)
    left = [line for line in rest if line.place.line not in aside]
    furniture = [Paragraph((line,), (), Role.FURNITURE) for line in rest if line.place.line in aside]
    for n, block in enumerate(blocks_of(page, left), counts["u"] + 1):
        unit = Article(tuple(truster.text([block])), Kind.UNASSIGNED, id=f"u{n}", cert=0.3)
        articles.append(tidy(unit, figures=figures)[0])
        place, window = block[0].place, block[0].text[:24]
        notes.append(Note("follow", "is in no article", "the source tells of none", 0.3, Level.DOUBT, place, window))
    out = replace(layout, articles=tuple(articles), furniture=(*layout.furniture, *furniture))
    return Outcome(out, tuple(notes))


def _named(name: str) -> str:
    return f"the source calls it {name[:40]!r}" if name else "the source tells of it"


def _aside(page: Page, rest: Sequence[Line], profile: Profile, *, turned: bool) -> set[int]:
    """Return the lines of no article that are furniture: by what the source says, or at the margin."""
    found = {number for told in page.roles if told.role is Role.FURNITURE for number in told.lines}
    return found | ({line.place.line for line in margins(page, profile, turned=turned)[0]} if rest else set())
