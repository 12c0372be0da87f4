"""Restore: every line of a page that was turned gets the box of its source again."""

from __future__ import annotations

from dataclasses import replace

from relayout.geometry import returned
from relayout.layout import Layout
from relayout.model import Article, Figure, Line, Outcome, Paragraph
from relayout.profile import Profile


def restore(layout: Layout, profile: Profile) -> Outcome[Layout]:  # noqa: ARG001
    """Turn the boxes of a turned page back; leaves all else alone. Declines where the page was not turned."""
    page = layout.page
    if not layout.turned or not page.box:
        return Outcome(layout)
    width = page.box.height

    def line(one: Line) -> Line:
        return replace(one, box=returned(one.box, width), vertical=not one.vertical) if one.box else one

    def paragraph(one: Paragraph) -> Paragraph:
        return replace(one, lines=tuple(map(line, one.lines)))

    def figure(one: Figure) -> Figure:
        box = returned(one.box, width) if one.box else None
        return replace(one, parts=tuple(map(paragraph, one.parts)), box=box)

    def article(one: Article) -> Article:
        return replace(one, parts=tuple(map(paragraph, one.parts)), figures=tuple(map(figure, one.figures)))

    shapes = tuple(replace(shape, box=returned(shape.box, width)) for shape in page.shapes)
    back = replace(page, lines=tuple(map(line, page.lines)), shapes=shapes, box=returned(page.box, width))
    articles = tuple(map(article, layout.articles))
    furniture = tuple(map(paragraph, layout.furniture))
    return Outcome(replace(layout, page=back, articles=articles, furniture=furniture, turned=False))
