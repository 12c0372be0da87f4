"""Where does each row begin, if the white space before it is lost? Rows that go on with each other tell.

Columns of a page stand at equal distances, so the pieces of a row have known places from its first piece, and only the
column of the first piece is to be found: by dynamic programming over the rows, a state being where the last rows begin.
"""

from __future__ import annotations

from itertools import pairwise, product
from typing import NamedTuple

from relayout.chars import ends_sentence
from relayout.threads import INDENT, SHORTEST, Cloth, Row, Token

NEW, LEFT = -0.6, -0.05  # a piece below nothing; for each column that a row begins further right
MEMORY = 2  # rows above that a row can go on with
BEAM = 60  # states that are kept
HABIT = 2.0  # a row begins where the last one did, or the one before that, and reaches as far
INDENTED, FLUSH, TORN = 1.5, 0.5, 3.0


class Mark(NamedTuple):
    """A piece: in which column from the first, its first and last token, whether it is indented, full, and ended."""

    at: int
    first: Token
    last: Token
    indented: bool
    full: bool
    ended: bool


class _Way(NamedTuple):
    """In which column a row begins, and the way to it; a page of thousands of rows has no room for whole paths."""

    here: int
    came: _Way | None


def shifts(cloth: Cloth, pitch: float) -> list[float]:
    """Return for each row of ``cloth`` how far right it begins, in cells; ``pitch`` is the distance of columns."""
    rows = [_marks(Row(tokens, cloth), cloth, pitch) for tokens in cloth.rows]
    columns = max((row[-1].at for row in rows if row), default=0) + 1
    best: dict[tuple[int, ...], tuple[float, _Way | None]] = {(0,) * MEMORY: (0.0, None)}
    before: list[list[Mark]] = [[] for _ in range(MEMORY)]
    for row in rows:
        ties = [{d: _ties(other, row, d, cloth) for d in range(-columns, columns)} for other in before]
        alike = [bool(other and row) and other[-1].at == row[-1].at for other in before]
        found: dict[tuple[int, ...], tuple[float, _Way | None]] = {}
        for (state, (score, way)), here in product(best.items(), range(columns - (row[-1].at if row else 0))):
            total = score + LEFT * here
            total += HABIT * any(one and here == there for one, there in zip(alike, state, strict=True))
            near = [tie[here - there] for tie, there in zip(ties, state, strict=True)]
            total += sum(next((tie[mark.at] for tie in near if mark.at in tie), NEW) for mark in row)
            key = (here, *state[:-1])
            if key not in found or found[key][0] < total:
                found[key] = (total, _Way(here, way))
        best = dict(sorted(found.items(), key=lambda item: (-item[1][0], item[0]))[:BEAM])
        before = [row, *before[:-1]]
    _, path = max((score, _traced(way)) for score, way in best.values())
    begins: list[float] = []
    for here, marks, tokens in zip(path, rows, cloth.rows, strict=True):
        indented = bool(marks) and marks[0].indented and marks[0].first is tokens[0]
        begins.append(here * pitch + (INDENT if indented else 0.0))
    return begins


def _traced(way: _Way | None) -> list[int]:
    """Return in which column each row begins, from the top."""
    path: list[int] = []
    while way is not None:
        path.append(way.here)
        way = way.came
    return path[::-1]


def _marks(row: Row, cloth: Cloth, pitch: float) -> list[Mark]:
    """Return the pieces of ``row``; the first is indented where the others stand an indent too far left."""
    gutter = 1 if cloth.han else 2
    cuts = [n for n, token in enumerate(row.tokens) if not n or token.gap >= gutter] + [len(row.tokens)]
    measure = cloth.measures[0]
    found: list[Mark] = []
    shift = _first_indent(row, cuts, measure, pitch) if cloth.han else 0.0
    for first, end in pairwise(cuts):
        x = row.xs[first] + shift
        at = round((x - INDENT / 4) / pitch)
        width = row.widths[end] - row.widths[first] - row.space
        indented = INDENT - 0.6 <= x - at * pitch < INDENT + 3 and width <= measure - INDENT + 1
        last = row.tokens[end - 1]
        ended = ends_sentence(last.text)
        full = width + (INDENT if indented else 0) >= measure - (2 if cloth.han else 0.22 * measure)
        if width >= SHORTEST or ended:
            found.append(Mark(at, row.tokens[first], last, indented, full, ended))
    return found


def _first_indent(row: Row, cuts: list[int], measure: float, pitch: float) -> float:
    """Return the indent that stood before the first piece of ``row`` and is lost."""
    others = [row.xs[n] for n in cuts[1:-1]]
    if others:
        rests = [(x + INDENT / 2) / pitch for x in others]
        return INDENT if sum(rest - round(rest) < 0 for rest in rests) * 2 > len(rests) else 0.0
    width = row.widths[-1]
    return (
        INDENT if measure - INDENT - 2 <= width <= measure - INDENT and not ends_sentence(row.tokens[-1].text) else 0.0
    )


def _pair(one: str, two: str, cloth: Cloth) -> str:
    return one[-1] + two[0] if cloth.han else f"{one} {two}"


def _ties(above: list[Mark], below: list[Mark], shift: int, cloth: Cloth) -> dict[int, float]:
    """Weigh each piece of ``below``, ``shift`` columns further right, as going on with one of ``above``."""
    marks = {mark.at: mark for mark in above}
    found: dict[int, float] = {}
    for mark in below:
        one = marks.get(mark.at + shift)
        if one is None:
            continue
        if one.full and not one.ended:
            torn = TORN if cloth.pairs[_pair(one.last.text, mark.first.text, cloth)] else -0.3
            found[mark.at] = torn + (FLUSH if not mark.indented else -INDENTED)
        elif one.ended and not one.full:
            found[mark.at] = INDENTED if mark.indented else -FLUSH
        else:
            found[mark.at] = 0.2 if one.ended else -1.0
    return found
