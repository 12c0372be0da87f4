"""With which line a page of blocks ends in the middle of a text, and with which the next one goes on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from relayout.chars import ends_sentence, ink
from relayout.leaves import SPECK, Piece
from relayout.model import Line, Page
from relayout.roles import Kind

COLUMN = 0.5  # of the width of a usual line: what is shorter does not tell where the last column is
SHORT, INSET = 0.06, 0.03  # of the width of a column: white at the end of a line that ends a text, before a first line
NEAR = 6  # lines beside which one is seen to be short or set in

Signs = tuple[tuple[str, float], ...]


def opening(found: Sequence[Piece], here: Sequence[int], page: Page) -> tuple[int, Line, Signs] | None:
    """Return the article that stands first on a page in the order of its blocks, if it has no headline; its first line.

    >>> opening((), (), Page(1, ()))
    """
    ranks = _ranks(page)
    at = [
        (rank, n, line) for n in here for line in _lines(found[n]) if (rank := ranks.get(line.place.line)) is not None
    ]
    if not at:
        return None
    _, n, line = min(at, key=lambda one: one[0])
    piece = found[n]
    heads = [ranks.get(one.place.line, len(ranks)) for part in piece.article.parts for one in part.lines]
    if piece.titled or piece.article.kind is not Kind.ARTICLE or min(heads) < ranks[line.place.line] - NEAR:
        return None
    letters = [char for char in line.text if char.isalpha()]
    upper = float(bool(letters) and not any(char.islower() for char in letters) and letters[0].isupper())
    column = _beside(line, page, after=True)
    left = line.box.x0 if line.box else 0.0
    inset = bool(column) and left - min(x0 for x0, _ in column) > INSET * _width(column)
    return n, line, (("capitals", upper), ("inset", float(inset)))


def lasts(found: Sequence[Piece], here: Sequence[int], page: Page) -> Iterator[tuple[int, Line, Signs]]:
    """Yield the articles that can be the last of a page: in the order of its blocks, and lowest in its last column.

    With each comes the line that it ends with there.
    """
    ranks = _ranks(page)
    lines = [(line, n) for n in here if found[n].article.kind is Kind.ARTICLE for line in _lines(found[n])]
    if not lines:
        return
    order = max(lines, key=lambda one: ranks.get(one[0].place.line, -1))
    place = order
    boxes = [(line.box, line, n) for line, n in lines if line.box and not line.vertical]
    if len(boxes) == len(lines):
        widths = sorted(box.width for box, _, _ in boxes)
        usual = widths[len(widths) // 2]
        full = [one for one in boxes if one[0].width >= COLUMN * usual]
        edge = max(box.x1 for box, _, _ in full)  # the last column: as wide as a usual line, up to here
        inside = [one for one in boxes if one[0].x0 + one[0].width / 2 > edge - usual]
        inside = inside or [one for one in boxes if one[0].x1 >= edge]  # only a wide headline reaches it
        _, last, n = max(inside, key=lambda one: one[0].y1)
        place = last, n
    for line, n in dict.fromkeys((place,) if order[1] == place[1] else (order, place)):
        column = _beside(line, page, after=False)
        right = line.box.x1 if line.box else 0.0
        short = bool(column) and max(x1 for _, x1 in column) - right > SHORT * _width(column)
        ended = ends_sentence(line.text)
        signs = {"bare": True, "last-order": n == order[1], "last-place": n == place[1], "ended": ended}
        yield n, line, (*((name, float(value)) for name, value in signs.items()), ("short", float(short and not ended)))


def _ranks(page: Page) -> dict[int, int]:
    """Return where each line that is no advertisement stands in the order of the blocks."""
    adverts = {number for advert in page.adverts for number in advert}
    order = [number for block in page.blocks for number in block if number not in adverts]
    return {number: n for n, number in enumerate(order)}


def _lines(piece: Piece) -> Iterator[Line]:
    """Yield the lines of its text, but specks."""
    if piece.is_text:
        yield from (line for part in piece.texts for line in part.lines if len(ink(line.text)) >= SPECK)


def _beside(line: Line, page: Page, *, after: bool) -> list[tuple[float, float]]:
    """Return where the lines of its column next to a line begin and end: those after it, or those before."""
    if not line.box:
        return []
    box, numbers = line.box, next((b for b in page.blocks if line.place.line in b), ())
    at = numbers.index(line.place.line) if numbers else 0
    near = numbers[at + 1 : at + 1 + NEAR] if after else numbers[max(0, at - NEAR) : at]
    boxes = [one.box for one in page.lines if one.place.line in near and one.box]
    return [(b.x0, b.x1) for b in boxes if min(b.x1, box.x1) > max(b.x0, box.x0)]


def _width(column: Sequence[tuple[float, float]]) -> float:
    return max(x1 for _, x1 in column) - min(x0 for x0, _ in column)
