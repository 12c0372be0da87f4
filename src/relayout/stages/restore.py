"""Restore: every line of a page that was turned or made larger gets the box of its source again."""

from __future__ import annotations

from dataclasses import replace

from relayout.geometry import returned, scaled
from relayout.imprint import Box
from relayout.layout import Layout
from relayout.model import Article, Figure, Line, Outcome, Paragraph
from relayout.profile import Profile


def restore(layout: Layout, profile: Profile) -> Outcome[Layout]:  # noqa: ARG001
    """Turn the boxes of a turned page back, and undo its scale; leaves all else alone.

    Declines where the page was neither turned nor scaled.
    """
    page = layout.page
    if not page.box or not (layout.turned or layout.scale != 1.0):
        return Outcome(layout)
    width, by = page.box.height, 1 / layout.scale

    def place(box: Box) -> Box:
        return scaled(returned(box, width) if layout.turned else box, by)

    def line(one: Line) -> Line:
        style = replace(one.style, size=one.style.size * by) if one.style else None
        box = place(one.box) if one.box else None
        return replace(one, box=box, style=style, vertical=one.vertical is not (layout.turned and box is not None))

    def paragraph(one: Paragraph) -> Paragraph:
        return replace(one, lines=tuple(map(line, one.lines)))

    def figure(one: Figure) -> Figure:
        box = place(one.box) if one.box else None
        return replace(one, parts=tuple(map(paragraph, one.parts)), box=box)

    def article(one: Article) -> Article:
        return replace(one, parts=tuple(map(paragraph, one.parts)), figures=tuple(map(figure, one.figures)))

    shapes = tuple(replace(shape, box=place(shape.box)) for shape in page.shapes)
    back = replace(page, lines=tuple(map(line, page.lines)), shapes=shapes, box=place(page.box))
    articles = tuple(map(article, layout.articles))
    furniture = tuple(map(paragraph, layout.furniture))
    return Outcome(replace(layout, page=back, articles=articles, furniture=furniture, turned=False, scale=1.0))
