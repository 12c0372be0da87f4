"""How lines are counted: through the whole file in a text, anew on every page where pages have a box (PDF).

In a text a number says which line is meant, and a form feed may part one line between two pages. Where every page
counts from 1 it takes page and line.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from relayout.model import Page, Place, Reading
from relayout.told import Key as Key
from relayout.told import renamed


class Counting(NamedTuple):
    """The pages that count their lines from 1, each for itself; none of a text."""

    own: frozenset[int]

    def key(self, place: Place) -> Key:
        """Return what tells the line of a place from all others: its page (0 in a text) and its number."""
        return (place.page if place.page in self.own else 0, place.line)

    def said(self, place: Place) -> str:
        """Word a place: line and span, before them the page where the line alone does not say which is meant.

        >>> Counting(frozenset((1, 2))).said(Place(2, 9, 0, 4)), Counting(frozenset()).said(Place(2, 9))
        ('2:9[0:4]', '9')
        """
        several = len(self.own) > 1 or (bool(self.own) and place.page not in self.own)
        return f"{place.page}:{place}" if several else f"{place}"

    def line(self, key: Key) -> str:
        """Word a line by its key.

        >>> Counting(frozenset((1, 2))).line((2, 9))
        '2:9'
        """
        page, line = key
        return f"{line} without a page" if self.own and not page else self.said(Place(page or 1, line))


def counting(pages: Iterable[Page]) -> Counting:
    """Say how the lines of these pages are counted."""
    return Counting(frozenset(page.number for page in pages if page.box))


def renumbered(page: Page, number: int) -> Page:
    """Give a page and the places of its lines another number.

    >>> renumbered(Page(1, ()), 3).number
    3
    """
    lines = tuple(replace(line, place=replace(line.place, page=number)) for line in page.lines)
    return replace(page, number=number, lines=lines)


def counted_from(page: Page, before: int) -> Page:
    """Let the lines of a page, and what is told of them, count on from as many lines ``before``.

    >>> from relayout.told import Sureness
    >>> counted_from(Page(1, (), sure=(Sureness(1, 0, 4, 0.5),)), 9).sure[0].line
    10
    """
    lines = tuple(replace(line, place=replace(line.place, line=line.place.line + before)) for line in page.lines)
    roles = tuple(replace(told, lines=tuple(n + before for n in told.lines)) for told in page.roles)
    sure = tuple(replace(one, line=one.line + before) for one in page.sure)
    return replace(page, lines=lines, roles=roles, sure=sure)


def counted_through(reading: Reading) -> Reading:
    """Let the lines of pages without places count through, where each page begins anew: else two have one number."""
    last = 0
    pages: list[Page] = []
    moved: dict[int, int] = {}
    for page in reading.pages:
        if not page.box and page.lines:
            if last and page.lines[0].place.line <= last:
                moved[page.number] = last
            last = moved.get(page.number, 0) + max(line.place.line for line in page.lines)
        pages.append(counted_from(page, moved[page.number]) if page.number in moved else page)
    if not moved:
        return reading
    return reading._replace(pages=tuple(pages), told=tuple(renamed(told, {}, moved) for told in reading.told))
