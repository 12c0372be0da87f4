"""Type set for made-up old newspapers: texts wrapped into slugs, slugs poured into columns, as lines with boxes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from relayout.imprint import Box

NARROW, WIDE = frozenset("iljtf.,;:!'’()I- "), frozenset("mwMWŒœ—")
LEAD = 1.14  # of the size of type is from line to line
EM = 0.44  # of the size is a letter wide, about
NONE = -1  # the article of what is in none: mastheads, running heads


class Slug(NamedTuple):
    """A line of type: its text, where it begins and how wide it is in its measure, its size, the white over it.

    ``article`` is which it belongs to, ``head`` whether it is a title, ``opens`` whether a paragraph or title begins;
    ``filet`` whether a short rule stands over it.
    """

    text: str
    left: float
    width: float
    size: float
    article: int
    over: float = 0.0
    head: bool = False
    opens: bool = False
    filet: bool = False

    @property
    def high(self) -> float:
        """What it takes of a column."""
        return self.over + LEAD * self.size


class Set(NamedTuple):
    """A line on a page: text, box, size of type, article, its column, whether it is a title, whether it begins one."""

    text: str
    box: Box
    size: float
    article: int
    column: tuple[float, float]
    head: bool = False
    opens: bool = False
    ruled: bool = False


class Sheet(NamedTuple):
    """A page: its lines in reading order, rules, pictures, size in pixels."""

    lines: list[Set]
    rules: list[Box]
    images: list[Box]
    size: Box


def breadth(text: str, size: float) -> float:
    """Return how wide a text is set in a size."""
    letters = sum(0.55 if c in NARROW else 1.5 if c in WIDE else 1.4 if c.isupper() else 1.0 for c in text)
    return letters * EM * size


def wrapped(text: str, measure: float, size: float, indent: float = 0.0) -> list[str]:
    """Break a text into lines of a measure; a long word is hyphenated where it would leave much white."""
    lines: list[str] = []
    row, room = "", measure - indent
    for word in text.split():
        more = f"{row} {word}" if row else word
        if breadth(more, size) <= room:
            row = more
            continue
        free = room - breadth(f"{row} -", size)
        cut = next((n for n in range(len(word) - 3, 2, -1) if breadth(word[:n], size) <= free), 0)
        if row and cut and word.isalpha() and free > 0.1 * measure:
            lines.append(f"{row} {word[:cut]}-")
            row = word[cut:]
        else:
            lines += [row] if row else []
            row = word
        room = measure
    return [*lines, row] if row else lines


def text(said: str, measure: float, size: float, article: int, *, over: float = 0.0, indent: float = 1.0) -> list[Slug]:
    """Set a paragraph: its first line further in, its last one short."""
    rows = wrapped(said, measure, size, indent * size)
    found = []
    for n, row in enumerate(rows):
        left = indent * size if n == 0 else 0.0
        wide = measure - left if n < len(rows) - 1 else min(measure - left, breadth(row, size))
        found.append(Slug(row, left, wide, size, article, over if n == 0 else 0.0, opens=n == 0))
    return found


def title(
    said: str, measure: float, size: float, article: int, *, over: float, flush: bool = False, filet: bool = False
) -> list[Slug]:
    """Set a title in the middle, or at the left; its lines are of like length."""
    found = []
    for n, row in enumerate(wrapped(said, 0.92 * measure, size)):
        wide = breadth(row, size)
        left = 0.0 if flush else (measure - wide) / 2
        first = n == 0
        found.append(Slug(row, left, wide, size, article, over if first else 0, True, first, filet and first))
    return found


def signed(name: str, measure: float, size: float, article: int) -> list[Slug]:
    """Set a signature at the right."""
    wide = breadth(name, size)
    return [Slug(name, measure - wide - size, wide, size, article, 0.15 * size, opens=True)]


def placed(slug: Slug, x: float, y: float, measure: float) -> Set:
    """Put a slug on the page: ``x``, ``y`` are the corner of the column that is left."""
    top = y + slug.over
    box = Box(x + slug.left, top, x + slug.left + max(slug.width, slug.size), top + slug.size)
    return Set(slug.text, box, slug.size, slug.article, (x, x + measure), slug.head, slug.opens, slug.filet)


def poured(
    slugs: Sequence[Slug], columns: Sequence[tuple[float, float, float]], measure: float
) -> tuple[list[Set], list[Box], int, list[float]]:
    """Pour slugs into columns (left, top, foot); returns lines, rules, how many found room, and how far columns go.

    No title is left at the foot of a column, and no white is set at its head.
    """
    lines: list[Set] = []
    rules: list[Box] = []
    n = 0
    depths: list[float] = []
    for x, top, foot in columns:
        y = top
        while n < len(slugs):
            slug = slugs[n] if y > top else slugs[n]._replace(over=0.0, filet=False)
            after = n
            while after + 1 < len(slugs) and slugs[after].head:
                after += 1
            need = slug.high + sum(one.high for one in slugs[n + 1 : after + 1])
            if y + need > foot and (slug.head or y + slug.high > foot):
                break
            if slug.filet:
                middle = y + slug.over / 2
                rules.append(Box(x + 0.38 * measure, middle - 1, x + 0.62 * measure, middle + 2))
            lines.append(placed(slug, x, y, measure))
            y += slug.high
            n += 1
        depths.append(y)
    return lines, rules, n, depths
