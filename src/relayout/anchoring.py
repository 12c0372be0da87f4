"""Where does each row begin, if the white space before it is lost? Rows that go on with each other tell.

Columns of a page stand at equal distances, so the pieces of a row have known places from its first piece, and only the
column of the first piece is to be found: by dynamic programming over the rows, a state being where the last two begin.
"""

from __future__ import annotations

from itertools import pairwise, product
from typing import NamedTuple

from relayout.chars import ends_sentence
from relayout.threads import INDENT, SHORTEST, Cloth, Row, Token

NEW, LEFT = -0.6, -0.4  # a piece below nothing; for each column that a row begins further right
INDENTED, FLUSH, TORN = 1.5, 1.0, 2.0


class Mark(NamedTuple):
    """A piece: in which column from the first, its first and last token, whether it is indented, full, and ended."""

    at: int
    first: Token
    last: Token
    indented: bool
    full: bool
    ended: bool


def shifts(cloth: Cloth, pitch: float) -> list[float]:
    """Return for each row of ``cloth`` how far right it begins, in cells; ``pitch`` is the distance of columns."""
    rows = [_marks(Row(tokens, cloth), cloth, pitch) for tokens in cloth.rows]
    columns = max((row[-1].at for row in rows if row), default=0) + 1
    best: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {(0, 0): (0.0, ())}
    before: list[Mark] = []
    older: list[Mark] = []
    for row in rows:
        found: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {}
        ties = {d: _ties(before, row, d, cloth) for d in range(-columns, columns)}
        far = {d: _ties(older, row, d, cloth) for d in range(-columns, columns)}
        places = range(columns - (row[-1].at if row else 0))
        for ((one, two), (score, path)), here in product(best.items(), places):
            near, next_ = ties[here - two], far[here - one]
            total = score + LEFT * here + sum(near.get(m.at, next_.get(m.at, NEW)) for m in row)
            key = (two, here)
            if key not in found or found[key][0] < total:
                found[key] = (total, (*path, here))
        best = found
        older, before = before, row
    _, path = max(best.values())
    return [here * pitch for here in path]


def _marks(row: Row, cloth: Cloth, pitch: float) -> list[Mark]:
    cuts = [n for n, token in enumerate(row.tokens) if not n or token.gap] + [len(row.tokens)]
    found: list[Mark] = []
    for first, end in pairwise(cuts):
        x = row.xs[first]
        at = round((x - INDENT / 4) / pitch)
        indent = 2 < x - at * pitch < 7
        width = row.widths[end] - row.widths[first]
        full = width + (INDENT if indent else 0) >= cloth.measures[0] - 2
        last = row.tokens[end - 1]
        if width >= SHORTEST or ends_sentence(last.text):
            found.append(Mark(at, row.tokens[first], last, indent, full, ends_sentence(last.text)))
    return found


def _ties(above: list[Mark], below: list[Mark], shift: int, cloth: Cloth) -> dict[int, float]:
    """Weigh each piece of ``below``, ``shift`` columns further right, as going on with one of ``above``."""
    marks = {mark.at: mark for mark in above}
    found: dict[int, float] = {}
    for mark in below:
        one = marks.get(mark.at + shift)
        if one is None:
            continue
        if one.full and not one.ended:
            torn = TORN if cloth.pairs[one.last.text[-1] + mark.first.text[0]] else -0.3
            found[mark.at] = torn + (FLUSH if not mark.indented else -INDENTED)
        elif one.ended and not one.full:
            found[mark.at] = INDENTED if mark.indented else -FLUSH
        else:
            found[mark.at] = 0.2 if one.ended else -1.0
    return found
