"""Level text on a page that was turned lies on its side: raised, it is read as on any other page, and laid down again.

A page of upright columns is turned by a quarter to the left, and with it its boxes of level text: a list, a table, an
advertisement. What is raised keeps its place in regard to what is raised with it, and is nowhere on the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from relayout.geometry import returned, turned
from relayout.imprint import Box
from relayout.model import Article, Line, Paragraph
from relayout.regions import Region


def all_lie(found: Sequence[Region]) -> bool:
    """Say whether all lines of regions, and of what is in them, lie on their side."""
    lines = [line for region in found for line in _lines(region)]
    return bool(lines) and all(line.vertical for line in lines)


def _lines(region: Region) -> list[Line]:
    return [*region.lines, *(line for inner in region.inner for line in _lines(inner))]


def raised(region: Region) -> Region:
    """Return a region with what is in it, raised."""
    lines = tuple(replace(one, box=returned(one.box, 0.0), vertical=False) if one.box else one for one in region.lines)
    return replace(region, box=returned(region.box, 0.0), lines=lines, inner=tuple(map(raised, region.inner)))


def laid_text(text: Paragraph) -> Paragraph:
    """Return a paragraph of raised lines, these as they lay."""
    return replace(text, lines=tuple(map(_laid_line, text.lines)))


def laid_article(article: Article) -> Article:
    """Return an article of raised lines and pictures, these as they lay."""
    figures = tuple(
        replace(one, parts=tuple(map(laid_text, one.parts)), box=turned(one.box, 0.0) if one.box else None)
        for one in article.figures
    )
    return replace(article, parts=tuple(map(laid_text, article.parts)), figures=figures)


def raised_boxes(boxes: Sequence[Box]) -> list[Box]:
    """Return boxes, raised."""
    return [returned(box, 0.0) for box in boxes]


def _laid_line(line: Line) -> Line:
    return replace(line, box=turned(line.box, 0.0), vertical=True) if line.box else line
