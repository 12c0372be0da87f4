"""Restore: every line of a page that was turned, made larger or set upright gets the box of its source again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from relayout.geometry import returned, scaled
from relayout.imprint import Box
from relayout.layout import Layout
from relayout.leaning import shift
from relayout.model import Article, Figure, Line, Outcome, Page, Paragraph
from relayout.profile import Profile


def restore(layout: Layout, profile: Profile) -> Outcome[Layout]:  # noqa: ARG001
    """Give the page its lines again, with their boxes: lay it as it lay, turn it back, and undo its scale.

    A part of a line that was cut has the height of the line. Leaves all else alone. Declines where the page is as
    it was read.
    """
    if layout.source:
        layout = _as_it_lay(layout, layout.source)
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

    shapes = tuple(replace(shape, box=place(shape.box)) for shape in page.shapes)
    gaps = tuple(gap._replace(low=gap.low * by, high=gap.high * by) for gap in page.blanks)
    back = replace(page, lines=tuple(map(line, page.lines)), shapes=shapes, blanks=gaps, box=place(page.box))
    return Outcome(replace(_moved(layout, line, place), page=back, turned=False, scale=1.0))


def _as_it_lay(layout: Layout, source: Page) -> Layout:
    """Return the layout with the lines and boxes that its page had before it was set upright and sifted."""
    lines = {line.place.line: line for line in source.lines}
    shapes = {new.box: old.box for new, old in zip(layout.page.shapes, source.shapes, strict=True)}
    slope = layout.lean
    middle = ((source.box.x0 + source.box.x1) / 2, (source.box.y0 + source.box.y1) / 2) if source.box else (0.0, 0.0)

    def line(one: Line) -> Line:
        before = lines[one.place.line]
        if one.place == before.place or not one.box or not before.box:
            return replace(one, box=before.box)
        here, whole = one.box, before.box
        dx, dy = shift((whole.x0 + whole.x1) / 2, (whole.y0 + whole.y1) / 2, slope, middle)
        if one.vertical:
            first, last = sorted(min(max(y - dy, whole.y0), whole.y1) for y in (here.y0, here.y1))
            return replace(one, box=Box(whole.x0, first, whole.x1, last))
        first, last = sorted(min(max(x - dx, whole.x0), whole.x1) for x in (here.x0, here.x1))
        return replace(one, box=Box(first, whole.y0, last, whole.y1))

    def place(box: Box) -> Box:
        if box in shapes:
            return shapes[box]
        dx, dy = shift((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2, slope, middle)
        return Box(box.x0 - dx, box.y0 - dy, box.x1 - dx, box.y1 - dy)

    return replace(_moved(layout, line, place), page=source, source=None, lean=0.0)


def _moved(layout: Layout, line: Callable[[Line], Line], place: Callable[[Box], Box]) -> Layout:
    """Return the layout with other lines and boxes in its articles and furniture."""

    def paragraph(one: Paragraph) -> Paragraph:
        return replace(one, lines=tuple(map(line, one.lines)))

    def figure(one: Figure) -> Figure:
        box = place(one.box) if one.box else None
        return replace(one, parts=tuple(map(paragraph, one.parts)), box=box)

    def article(one: Article) -> Article:
        return replace(one, parts=tuple(map(paragraph, one.parts)), figures=tuple(map(figure, one.figures)))

    articles = tuple(map(article, layout.articles))
    return replace(layout, articles=articles, furniture=tuple(map(paragraph, layout.furniture)))
