"""Unweave: rows that hold a line of every column are cut, and the columns put after each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from relayout.chars import cells, ends_sentence
from relayout.columns import Strip, chained
from relayout.fitting import OPEN, Weights
from relayout.floating import floated
from relayout.imprint import Box
from relayout.layout import Layout
from relayout.model import Line, Note, Outcome
from relayout.profile import Profile
from relayout.roles import Level
from relayout.threads import SHORTEST, Cloth, cloth, middle
from relayout.ungluing import unglued
from relayout.weaving import Loom, Piece, Strand

GUTTER = "   "  # two spaces stand between the words of justified lines, as pdfminer leaves them
FEWEST = 6  # one row in so many has a gutter in it, or the page is plain
LINES = 5  # of text that a column has at least
ROOM_HAN, ROOM_LATIN = 3, 8  # spaces that stand in no line
WIDE = 50  # characters; twice as many cells are no column of a newspaper


def unweave(layout: Layout, profile: Profile) -> Outcome[Layout]:
    """Take the rows of a woven page apart and read its columns one after the other.

    Every piece becomes a line with its span, its indent inside its column, and a box in positions of the grid.
    Declines, that is leaves the page as it is, where rows are plain lines of a stream, where lines have boxes, and,
    with a note, where rows are glued together without any white space and show no measure of a column.
    """
    lines = layout.page.lines
    if any(line.box for line in lines):
        return Outcome(layout)
    if sum(GUTTER in line.text for line in lines) * FEWEST <= len(lines):
        return _glued(layout)
    woven = cloth(lines)
    if not woven.gaps or not woven.measures:
        return Outcome(layout)
    if woven.floating:
        return _floated(layout, han=woven.han)
    loom = Loom(woven, Weights.of(profile))
    strands = loom.run()
    if not _side_by_side(strands):
        return Outcome(layout)
    parts = [_strip(n, strand, woven) for n, strand in enumerate(strands)]
    chains = chained(parts, lambda one, two: loom.kin(strands[one], strands[two]))
    ordered = [strands[n] for chain in chains for n in chain]
    pieces = tuple(new for strand in ordered for new in _lines(strand, woven, lines))
    why = f"{len(lines)} rows, {len(pieces)} lines in {len(ordered)} strips"
    note = Note("unweave", "rows with gutters taken apart", why, level=Level.REPAIR)
    return Outcome(replace(layout, page=replace(layout.page, lines=pieces)), (note,))


def _floated(layout: Layout, *, han: bool) -> Outcome[Layout]:
    """Take rows apart whose first white space is lost: every piece gets its place, but in rows that fit no column."""
    lines = layout.page.lines
    found = floated(lines, han=han)
    if found is None:
        return Outcome(layout)
    pieces, left = found
    why = f"{len(lines)} rows, {len(pieces)} lines; gaps, and what stands above, tell in which column each row begins"
    notes = [Note("unweave", "rows with gutters taken apart", why, 0.7, Level.REPAIR)]
    if left:
        why = "their pieces do not fit the columns of the page"
        notes.append(Note("unweave", f"{left} row{'s' * (left > 1)} left whole", why, 0.5, Level.DOUBT))
    return Outcome(replace(layout, page=replace(layout.page, lines=tuple(pieces))), tuple(notes))


def _glued(layout: Layout) -> Outcome[Layout]:
    """Take rows apart that have nothing between their columns; those of a page that shows no measure stay."""
    lines = layout.page.lines
    pieces = unglued(lines)
    if pieces is None:
        return Outcome(layout, _doubt(lines))
    why = f"{len(lines)} rows, {len(pieces)} lines; where each ends, widths and words tell"
    note = Note("unweave", "rows without gutters taken apart", why, 0.5, Level.REPAIR)
    return Outcome(replace(layout, page=replace(layout.page, lines=tuple(pieces))), (note,))


def _doubt(lines: Sequence[Line]) -> tuple[Note, ...]:
    """Note rows without gutters that are far wider than a column, and that end anywhere in a sentence."""
    wide = [line for line in lines if len(line.text) >= WIDE and cells(line.text) >= 2 * WIDE]
    torn = [line for line in wide if not ends_sentence(line.text)]
    if len(wide) * FEWEST < len(lines) or 2 * len(torn) < len(wide) or len(torn) < LINES:
        return ()
    why = f"{len(wide)} of {len(lines)} lines are wider than a column, and no white space parts them; they are left so"
    first = torn[0]
    what = "rows may hold lines of several columns"
    return (Note("unweave", what, why, 0.5, Level.DOUBT, first.place, first.text[:24]),)


def _side_by_side(strands: Sequence[Strand]) -> bool:
    """Say whether two columns of running text stand beside each other: a table has no lines that fill it."""
    long = [strand for strand in strands if len(strand.pieces) >= LINES and strand.column.measure >= SHORTEST]
    spans = [(strand.pieces[0].row, strand.pieces[-1].row) for strand in long]
    return any(
        min(one[1], two[1]) - max(one[0], two[0]) + 1 >= LINES for n, one in enumerate(spans) for two in spans[n + 1 :]
    )


def _strip(name: int, strand: Strand, woven: Cloth) -> Strip:
    numbers = [woven.numbers[piece.row] for piece in strand.pieces]
    return Strip(
        name,
        numbers[0],
        numbers[-1],
        strand.left,
        strand.right,
        strand.column.measure,
        strand.column.state == OPEN,
        strand.inside,
    )


def _lines(strand: Strand, woven: Cloth, lines: Sequence[Line]) -> list[Line]:
    """Return the lines of ``strand``: what was a part of a row is a line now."""
    found: list[Line] = []
    numbers = [woven.numbers[piece.row] for piece in strand.pieces]
    steps = [two - one for one, two in pairwise(numbers)]
    usual = middle(steps) if steps else 1
    before = numbers[0] - usual - 1
    edge = _edge([piece.x for piece in strand.pieces]) if woven.grid else strand.left
    for piece in (part for whole in strand.pieces for part in _parts(whole, woven)):
        line, row = lines[piece.row], woven.rows[piece.row]
        begin = row[piece.first].start if piece.first else 0
        end = row[piece.end].start if piece.end < len(row) else len(line.raw)
        raw = line.raw[begin:end]
        start = line.place.start
        stop = line.place.end if piece.end == len(row) else start + end
        place = replace(line.place, start=start + begin, end=stop)
        text = " ".join(raw.split())
        indent = _indent(round(piece.x - edge), woven) if woven.grid else 0
        x0, last = row[piece.first].x, row[piece.end - 1]
        box = Box(x0, place.line, last.x + len(last.text), place.line + 1)
        found.append(Line(raw, text, place, box, indent, place.line - before > usual))
        before = place.line
    return found


def _parts(piece: Piece, woven: Cloth) -> Iterator[Piece]:
    """Cut a piece where white space stands in it that no line has: two headlines side by side, a head of the page."""
    row, first = woven.rows[piece.row], piece.first
    if not woven.grid:
        yield piece
        return
    for k in range(piece.first + 1, piece.end):
        if row[k].gap >= (ROOM_HAN if woven.han else ROOM_LATIN):
            yield piece._replace(first=first, end=k, x=piece.x if first == piece.first else float(row[first].x))
            first = k
    yield piece._replace(first=first, x=piece.x if first == piece.first else float(row[first].x))


def _edge(places: Sequence[float]) -> float:
    """Return where most lines of a column begin, of several such places the leftmost."""
    count = Counter(round(x) for x in places)
    return float(max(count, key=lambda x: (count[x] + 0.5 * count[x + 1], -x)))


def _indent(off: int, woven: Cloth) -> int:
    if woven.han:
        return 4 if 1 < off < 7 else 0
    return off if 0 < off < 7 else 0
