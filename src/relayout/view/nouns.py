"""The nouns of a picture: marks on a page, and the units that they belong to."""

from __future__ import annotations

from typing import NamedTuple

from relayout.imprint import Box, around
from relayout.model import Article, Line, Paragraph
from relayout.roles import Role


class Mark(NamedTuple):
    """What of a paragraph stands in one place of a page: its lines, each with its box.

    ``number`` counts the marks of a unit in the order of reading, over all pages; 0 for furniture.
    """

    part: str
    role: Role
    page: int
    lines: tuple[Line, ...]
    boxes: tuple[Box, ...]
    number: int

    @property
    def hull(self) -> Box:
        """The box round all its lines."""
        return around(self.boxes)


class Unit(NamedTuple):
    """An article, or the furniture (an empty id): its colour, its parts with their ids, what is drawn of it."""

    ident: str
    number: int
    article: Article | None
    colour: str
    parts: tuple[tuple[str, Paragraph], ...]
    marks: tuple[Mark, ...]

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages that it stands on."""
        lines = (line for _, part in self.parts for line in part.lines)
        return tuple(sorted({line.place.page for line in lines}))
