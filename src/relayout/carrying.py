"""Articles that go on on the next page of an issue, where the source of both pages gives blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from relayout.chars import ends_sentence
from relayout.model import Article, Note, Outcome, Page, Paragraph
from relayout.roles import Kind, Level, Role
from relayout.signals.lexical import joint


def carried(
    before: Sequence[Article], found: Sequence[Article], last: Page | None, page: Page
) -> Outcome[tuple[list[Article], tuple[Article, ...]]]:
    """Put what stands on a page before its first title to the article that ends the page before.

    ``before`` are the articles so far, ``found`` those of ``page``, which comes right after ``last``. As within a page,
    an article goes on until the next title; and the paragraph that ends no sentence is one with what follows. Declines
    where a source gives no blocks, pages lack between, the page before ends with a sentence, or the page begins with a
    title.
    """
    articles = [article for article in found if article.kind is Kind.ARTICLE and article.parts]
    if last is None or not (last.blocks and page.blocks) or page.number != last.number + 1 or not articles:
        return Outcome((list(before), tuple(found)))
    here, there = _ranks(page), _ranks(last)
    first = min(articles, key=lambda article: min(_at(article, page, here)))
    open_ = [article for article in before if article.kind is Kind.ARTICLE and _at(article, last, there)]
    if first.heads() or not open_ or min(_at(first, page, here)) > min(here.values()):
        return Outcome((list(before), tuple(found)))
    home = max(open_, key=lambda article: max(_at(article, last, there)))
    if ends_sentence(home.parts[-1].text):
        return Outcome((list(before), tuple(found)))
    whole = replace(home, parts=_joined(home.parts, first.parts), figures=(*home.figures, *first.figures))
    line = first.parts[0].lines[0]
    why = f"page {page.number} begins without a title"
    note = Note("carry", "goes on from the page before", why, 0.7, Level.DECISION, line.place, line.text[:24])
    rest = tuple(_closed_up(article, first.id) for article in found if article is not first)
    return Outcome(([whole if article is home else article for article in before], rest), (note,))


def _closed_up(article: Article, gone: str) -> Article:
    """Close the gap that an article leaves in the ids of its page; what told of it tells of nothing."""

    def near(name: str) -> str:
        after = name[:1] == gone[:1] and int(name[1:] or 0) > int(gone[1:] or 0)
        return f"{name[0]}{int(name[1:]) - 1}" if after else name

    return replace(article, id=near(article.id), about="" if article.about == gone else near(article.about))


def _ranks(page: Page) -> dict[int, int]:
    """Return where each line that is no advertisement stands in the order of the blocks."""
    adverts = {number for advert in page.adverts for number in advert}
    order = [number for block in page.blocks for number in block if number not in adverts]
    return {number: n for n, number in enumerate(order)}


def _at(article: Article, page: Page, ranks: dict[int, int]) -> list[int]:
    places = (line.place for part in article.parts for line in part.lines)
    return [ranks[place.line] for place in places if place.page == page.number and place.line in ranks] or []


def _joined(one: Sequence[Paragraph], two: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    end, start = one[-1], two[0]
    if end.role is not Role.BODY or start.role is not Role.BODY or ends_sentence(end.text):
        return (*one, *two)
    between = joint(end.lines[-1].text, start.lines[0].text)
    whole = replace(end, lines=(*end.lines, *start.lines), joints=(*end.joints, between, *start.joints))
    return (*one[:-1], whole, *two[1:])
