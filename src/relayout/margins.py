"""What stands at the margins of a page: running head, folio, date, and on a front page the name of the paper."""

from __future__ import annotations

from collections.abc import Sequence

from relayout.geometry import around
from relayout.model import Line, Page
from relayout.profile import Profile
from relayout.regions import body_size
from relayout.roles import Form
from relayout.tabling import tables

CUES = ("furniture", "masthead", "folio", "date", "issue-day")
SHORT = 0.45  # of the width of the page: what is longer is no running head
MOST = 3  # rows at one margin
RULED = 0.75  # of the width of the lines of a page: a rule as long under a running head ends it
PLATE = 2.5  # of the size of running text: what is smaller is no name of a paper
TEXT = 1.25  # of the size of running text: what is set larger is no running head
MIDDLE = 0.05  # of the width of the lines of a page: how far from its middle a name stands
FAR = 0.25  # of the height of the page: what stands further down is no running head


def margins(page: Page, profile: Profile, *, turned: bool) -> tuple[list[Line], list[Line]]:
    """Return the lines at the head and foot of a page that are furniture, and the others.

    Rows are taken from the margin inwards as long as each is of short lines with nothing else at their height, and
    says or is beside what says which page, day or paper this is. What recurs at the margins of other pages of the
    issue is furniture, too. ``turned``: the page stands on its side.
    """
    lines = [line for line in page.lines if line.box]
    if not lines or page.box is None:
        return [], lines
    depth = page.box.width if turned else page.box.height
    breadth = page.box.height if turned else page.box.width
    top = page.box.x0 if turned else page.box.y0
    found: list[Line] = []
    tabled = {id(line) for line in lines} - {id(line) for line in tables(lines)[1]}
    for foot in (False, True):
        rest = [line for line in lines if line not in found]
        rows = _rows(rest, foot=foot, turned=turned)
        taken: list[list[Line]] = []
        for row in rows[: MOST + 1]:
            deep = _span(row[0], turned)[1] - top if not foot else top + depth - _span(row[0], turned)[0]
            if deep > FAR * depth or len(taken) == MOST or not _is_short(row, breadth, turned=turned):
                break
            if any(id(line) in tabled for line in row):  # the last row of a table at the foot (de-17, Grünau 26 31:21)
                break
            taken.append(row)
        told = [any(_tells(line, profile) for line in row) for row in taken]
        if not foot and not turned and (plate := _nameplate(rest, rows, page, profile)):
            taken, told = plate, [True] * len(plate)
        if taken and not turned and _is_ruled(taken[0], rest, page, foot=foot):
            told[0] = True
        last = max((n for n, tells in enumerate(told) if tells), default=-1)
        found += [line for row in taken[: last + 1] for line in row]
    found += [line for line in lines if line.place.line in page.running and line not in found]
    return found, [line for line in lines if line not in found]


def _nameplate(
    lines: Sequence[Line], rows: Sequence[list[Line]], page: Page, profile: Profile
) -> list[list[Line]] | None:
    """Return the rows down to the name of the paper on a front page, or to the small rows under it; else nothing.

    It is set large, with the day in its row or next to it, and parted from the news by a rule as wide as the page; or
    larger than anything else, with the day at its side and several headlines right under it: no headline has. On a
    scan, whose rules are seldom known, it is enough that it is larger than all else, alone in the middle of the page.
    """
    body = body_size(lines)
    sizes = sorted((line.style.size for line in lines if line.style), reverse=True)
    for n, row in enumerate(rows[:MOST]):
        large = [line for line in row if line.style and line.style.size > PLATE * body]
        if not large:
            continue
        if len(large) > 1 or large[0].style is None:
            return None
        largest = large[0].style.size == sizes[0] and sizes[1:2] != sizes[:1]
        beside = largest and any(_tells(line, profile) for line in row)
        last = n + (n + 1 < len(rows) and all(line.style and line.style.size < TEXT * body for line in rows[n + 1]))
        dated = any(_tells(line, profile) for near in rows[max(n - 1, 0) : last + 1] for line in near)
        heads = (
            [line for line in rows[n + 1] if line.style and line.style.size > TEXT * body] if n + 1 < len(rows) else []
        )
        plate = [list(one) for one in rows[: last + 1]]
        alone = page.scanned and largest and len(row) == 1 and _is_in_the_middle(large[0], lines)
        parted = _is_parted(plate[-1], lines, page)
        if dated and len(plate) <= MOST and ((beside and len(heads) > 1) or parted or alone):
            return plate
        return None
    return None


def _is_in_the_middle(line: Line, lines: Sequence[Line]) -> bool:
    whole = around(one.box for one in lines if one.box)
    own = line.box
    assert own
    return abs((own.x0 + own.x1) - (whole.x0 + whole.x1)) < 2 * MIDDLE * whole.width


def _is_parted(row: Sequence[Line], lines: Sequence[Line], page: Page) -> bool:
    """Say whether a rule as wide as the lines of the page stands right under a row."""
    whole = around(line.box for line in lines if line.box)
    own = around(line.box for line in row if line.box)
    size = max(line.style.size for line in row if line.style)
    rules = [s.box for s in page.shapes if s.form is Form.RULE and s.box.height < 3]
    return any(r.width > RULED * whole.width and -1 < r.y0 - own.y1 < max(size, 12.0) for r in rules)


def _span(line: Line, turned: bool) -> tuple[float, float]:
    box = line.box
    assert box
    return (box.x0, box.x1) if turned else (box.y0, box.y1)


def _rows(lines: Sequence[Line], *, foot: bool, turned: bool) -> list[list[Line]]:
    """Return the lines from one margin inwards, in rows that share a height with nothing else."""
    order = sorted(lines, key=lambda one: -_span(one, turned)[1] if foot else _span(one, turned)[0])
    rows: list[list[Line]] = []
    edge = 0.0
    for line in order:
        low, high = _span(line, turned)
        if rows and (high > edge if foot else low < edge):
            rows[-1].append(line)
            edge = min(edge, low) if foot else max(edge, high)
            continue
        if len(rows) > MOST:
            break
        rows.append([line])
        edge = low if foot else high
    return rows[: MOST + 1]


def _is_short(row: Sequence[Line], breadth: float, *, turned: bool) -> bool:
    for line in row:
        box = line.box
        assert box
        length = box.height if turned else box.width
        if length > SHORT * breadth or line.vertical != turned:
            return False
    return len(row) <= 6


def _is_ruled(row: Sequence[Line], lines: Sequence[Line], page: Page, *, foot: bool) -> bool:
    """Say whether a row of small type is parted from the page by a rule as long as its lines are wide.

    At the head the rule stands under it, at the foot over it (22 The Harbour Post, Sunday, May 4, 2025).
    """
    body = body_size(lines)
    if any(line.style is None or line.style.size > TEXT * body or line.style.bold for line in row):
        return False
    own = around(line.box for line in row if line.box)
    rest = [line.box for line in lines if line.box and line not in row]
    if not rest:
        return False
    whole = around(rest)
    near = [
        shape.box
        for shape in page.shapes
        if shape.form is Form.RULE and shape.box.width > RULED * whole.width and shape.box.height < 3
    ]
    first, last = (whole.y1 - 1, own.y0 + 1) if foot else (own.y1 - 1, whole.y0 + 1)
    return any(first <= rule.y0 <= last for rule in near)


def _tells(line: Line, profile: Profile) -> bool:
    text = line.text
    return any(profile.cue(cue).search(text) for cue in CUES) or (len(text) <= 4 and any(c.isdigit() for c in text))
