"""Whether titles stand inside the texts that the blocks of a source make: the page is then known better by its lines.

A layout analysis that looks for areas of text makes a region of a column, or of a few, as far as nothing lies across:
the short items of old papers are inside it with their titles. Or its regions are like paragraphs, and the titles, which
are set at the left, or in the line of their text, or parted by rules and stars alone, are not seen by the blocks.
"""

from __future__ import annotations

from collections.abc import Sequence

from relayout.chars import has_han
from relayout.given import given_pieces, parted
from relayout.leaning import set_upright
from relayout.model import Line, Page
from relayout.regions import Look, Region, body_size
from relayout.roles import Order
from relayout.zoning import columns, zoned_pieces

FEW, SUNKEN = 8, 0.75  # titles of a page (fewer do not tell), and of these inside blocks: 0.3 where blocks are texts
MANY, MISSED = 10, 0.4  # texts that begin where no block does, and of all that begin in columns: 7 at most in print


def sunken(page: Page, lines: Sequence[Line], pieces: Sequence[Sequence[Region]]) -> str:
    """Say why the blocks of a page are not used where titles stand inside what they make; nothing where they do not.

    ``lines`` are those that are no furniture, ``pieces`` what the blocks make. Declines where few titles are seen.
    """
    of = {number: n for n, block in enumerate(page.blocks) for number in block}
    known = {line.place.line for piece in pieces for line in piece[0].lines[:1]}
    known |= {line.place.line for piece in pieces for one in piece if one.look is Look.DISPLAY for line in one.lines}
    inside = titles = missed = seen = 0
    boxed = [line for line in lines if line.box]
    for column in columns(page, boxed, body_size(boxed)) if boxed else ():
        for n, (head, begins) in enumerate(zip(column.heads, column.begins, strict=True)):
            if not (n and begins) or column.shown:
                continue
            row, above = (one.lines[0].place.line for one in (column.rows[n], column.rows[n - 1]))
            titles += head
            inside += head and row in of and of[row] == of.get(above)
            seen += 1
            missed += not any(line.place.line in known for line in column.rows[n].lines)
    if titles >= FEW and inside > SUNKEN * titles:
        return f"{inside} of {titles} titles stand inside them"
    # Notices of a gazette have no titles; without an order, its paragraphs are read better than its lines (1924).
    if page.order is not Order.CHANCE and missed >= MANY and missed > MISSED * seen:
        return f"{missed} of {seen} texts begin inside what they make"
    return ""


def hidden_titles(page: Page, lines: Sequence[Line]) -> str:
    """Say why the blocks of a page of letters are worse than its lines alone, of which columns can be made.

    ``lines`` are those that are no furniture. The page is looked at as it stands upright.
    """
    upright, _ = set_upright(page)
    numbers = {line.place.line for line in lines}
    _, rest = parted(upright, [line for line in upright.lines if line.place.line in numbers and line.box])
    if not rest or not is_in_letters(page):
        return ""
    why = sunken(upright, rest, given_pieces(upright, rest, {}))
    return why if why and zoned_pieces(upright, rest) else ""


def is_in_letters(page: Page) -> bool:
    """Say whether no more than half of the lines of a page have characters of Han."""
    return 2 * sum(has_han(line.text) for line in page.lines) < len(page.lines)
