"""Where does each row begin, if the white space before it is lost? Rows that go on with each other tell.

Columns of a page stand at equal distances, so the pieces of a row have known places from its first piece, and only the
column of the first piece is to be found: by dynamic programming over the rows, a state being where the last rows begin.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from relayout.chars import ends_sentence
from relayout.lexicon import simplified, words_of
from relayout.model import Line
from relayout.signals.flow import Ends, Flow, look
from relayout.threads import INDENT, SHORTEST, Cloth, Row, Token

NEW, LEFT = -0.6, -0.05  # a piece below nothing; for each column that a row begins further right
SURE = 2  # rows that tell of a column
MEMORY = 3  # rows that tell where the next one begins
PATIENCE = 8  # rows after which a column has ended
FADED = 0.7  # of what a piece tells that stands further above
BEAM, FEW, PAGE = 60, 12, 2000  # ways that are kept; where there are more rows than a page has
HABIT = 2.0  # a row begins where the last one did, or the one before that, and reaches as far
INDENTED, FLUSH, TORN = 1.5, 0.5, 0.5


class Mark(NamedTuple):
    """A piece: in which column from the first, its first and last token, whether it is indented, full, and ended."""

    at: int
    first: Token
    last: Token
    indented: bool
    full: bool
    ended: bool
    ends: Ends


class _Way(NamedTuple):
    """In which column a row begins, the way to it, and what each column held last: in which row, and which piece."""

    here: int
    came: _Way | None
    held: tuple[tuple[int, Mark] | None, ...]


def shifts(cloth: Cloth, pitch: float, lines: Sequence[Line]) -> list[float]:
    """Return for each row of ``cloth`` how far right it begins, in cells; ``pitch`` is the distance of columns."""
    words = words_of(lines)
    plainly = simplified() if words else {}
    rows = [_marks(Row(tokens, cloth), cloth, pitch, plainly) for tokens in cloth.rows]
    flow = Flow.of((mark.ends.text for row in rows for mark in row), words)
    reach = Counter(max((mark.at for mark in row if mark.full), default=0) for row in rows)
    columns = max((at for at in reach if sum(reach[n] for n in reach if n >= at) >= SURE), default=0) + 1
    rows = [[mark for mark in row if 0 <= mark.at < columns] for row in rows]
    ways: list[tuple[float, _Way]] = [(0.0, _Way(0, None, (None,) * columns))]
    known: dict[tuple[Mark, Mark], float] = {}
    before: list[list[Mark]] = [[] for _ in range(MEMORY)]
    for n, row in enumerate(rows):
        alike = [bool(other and row) and other[-1].at == row[-1].at for other in before]
        found: dict[tuple[int, ...], tuple[float, _Way]] = {}
        for score, way in ways:
            path = _recent(way)
            for here in range(columns - (row[-1].at if row else 0)):
                total = score + LEFT * here
                total += HABIT * any(one and here == there for one, there in zip(alike, path, strict=False))
                for mark in row:
                    last = way.held[mark.at + here]
                    if last is None or n - last[0] > PATIENCE:
                        total += NEW
                        continue
                    pair = (last[1], mark)
                    if pair not in known:
                        known[pair] = _tie(*pair, flow)
                    total += known[pair] * (1.0 if n - last[0] <= MEMORY else FADED)
                key = (here, *path[: MEMORY - 1])
                if key not in found or found[key][0] < total:
                    held = list(way.held)
                    for mark in row:
                        held[mark.at + here] = (n, mark)
                    found[key] = (total, _Way(here, way, tuple(held)))
        ways = sorted(found.values(), key=lambda one: -one[0])[: BEAM if len(rows) <= PAGE else FEW]
        before = [row, *before[:-1]]
    begins: list[float] = []
    for here, marks, tokens in zip(_traced(ways[0][1]), rows, cloth.rows, strict=True):
        indented = bool(marks) and marks[0].indented and marks[0].first is tokens[0]
        begins.append(here * pitch + (INDENT if indented else 0.0))
    return begins


def _recent(way: _Way) -> tuple[int, ...]:
    """Return where the last rows begin, the last one first."""
    found: list[int] = []
    step: _Way | None = way
    while step is not None and step.came is not None and len(found) < MEMORY:
        found.append(step.here)
        step = step.came
    return tuple(found)


def _traced(way: _Way | None) -> list[int]:
    """Return in which column each row begins, from the top."""
    path: list[int] = []
    while way is not None and way.came is not None:
        path.append(way.here)
        way = way.came
    return path[::-1]


def _marks(row: Row, cloth: Cloth, pitch: float, plainly: Mapping[int, str]) -> list[Mark]:
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
            text = ("" if cloth.han else " ").join(token.text for token in row.tokens[first:end])
            found.append(Mark(at, row.tokens[first], last, indented, full, ended, look(text, plainly)))
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


def _tie(one: Mark, mark: Mark, flow: Flow) -> float:
    """Weigh that ``mark`` goes on with the piece ``one`` above it."""
    if one.full and not one.ended:
        return TORN * flow.language(one.ends, mark.ends) + (FLUSH if not mark.indented else -INDENTED)
    if one.ended and not one.full:
        return INDENTED if mark.indented else -FLUSH
    return 0.2 if one.ended else -1.0
