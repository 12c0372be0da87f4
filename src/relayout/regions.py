"""What stands on a page with boxes: lines of one setting under each other, pictures, and boxes with their content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from relayout.chars import ends_sentence
from relayout.geometry import around, beside, centred, holds, returned, turned
from relayout.imprint import Box, Shape
from relayout.model import Line, Page
from relayout.roles import Form, Role
from relayout.strays import drops, is_torn
from relayout.tabling import tables


class Look(Enum):
    """What a region looks like: running text, larger than that, smaller, a picture, a box with something in it."""

    TEXT = "text"
    DISPLAY = "display"
    SMALL = "small"
    TABLE = "table"
    IMAGE = "image"
    BOX = "box"


@dataclass(frozen=True, slots=True)
class Region:
    """Lines set alike under each other, or a picture, or a box with the regions ``inner`` to it.

    ``size`` is that of its lines, as a share of the size of the page's running text; ``rules`` says whether printed
    rules stand right over and right under it; ``rows``, in a table, how many lines each cell of each row has;
    ``headed`` says that a table stands right under it, ``kicks`` that a headline does, to which it may lead; ``quoted``
    that it is said, in light type on a page of bold headlines. ``told`` is what the source takes it for.
    """

    look: Look
    box: Box
    lines: tuple[Line, ...] = ()
    size: float = 0.0
    bold: bool = False
    inner: tuple[Region, ...] = ()
    rules: tuple[bool, bool] = (False, False)
    rows: tuple[tuple[int, ...], ...] = ()
    headed: bool = False
    kicks: bool = False
    quoted: bool = False
    told: Role | None = None

    @property
    def text(self) -> str:
        """The lines, one after the other."""
        return "\n".join(line.text for line in self.lines)


SMALLEST, GREATEST = 0.93, 1.06  # of the size of running text: what looks smaller, and larger
OPENING, CLOSING = '「『“„«"‘', '」』”“»"’'
QUOTED = 1.5  # of the size of running text: what is set larger is a headline, or a quotation
KICKED, UNDER = 1.5, 1.5  # of the size of text: a headline that has a kicker; how far under it, in sizes of the kicker
TEXT_GAP, TITLE_GAP, ALIKE = 1.3, 0.75, 0.06


def body_size(lines: Iterable[Line]) -> float:
    """Return the size in which most characters are set."""
    counted: Counter[float] = Counter()
    for line in lines:
        if line.style:
            counted[max(0.1, round(line.style.size, 1))] += len(line.text)  # never 0: slivers of OCR are 0.03 high
    return max(counted, key=lambda size: (counted[size], -size)) if counted else 1.0


def regions(page: Page, lines: Sequence[Line]) -> tuple[Region, ...]:
    """Return the regions of ``lines``, with the pictures and boxes of the page; what lies in a box is inner to it."""
    body = body_size(lines)
    whole = page.box.width * page.box.height if page.box else 0.0
    boxes = _boxes([s for s in page.shapes if s.form in (Form.FRAME, Form.TINT)], whole, lines)
    images = [s.box for s in page.shapes if s.form is Form.IMAGE]
    rules = [s.box for s in page.shapes if s.form is Form.RULE]
    found = _inside(None, boxes, list(lines), images, rules, body)
    large = [line for line in lines if line.style and line.style.size > QUOTED * body]
    bold = sum(len(line.text) for line in large if line.style and line.style.bold)
    return _told(found) if 2 * bold > sum(len(line.text) for line in large) else found


def _told(found: Sequence[Region]) -> tuple[Region, ...]:
    """Mark the quotations among regions: light type of some lines, in quotation marks from the first to the last."""
    return tuple(replace(r, quoted=not r.bold and is_said(r), inner=_told(r.inner)) for r in found)


def is_said(region: Region) -> bool:
    """Say whether a region is a quotation: large lines in quotation marks, under which may stand who said it."""
    if region.look is not Look.DISPLAY or len(region.lines) < 2 or region.lines[0].text[0] not in OPENING:
        return False
    # « … vingt ans » / Hélène Vasseur, maire
    return any(line.text.rstrip(",. ")[-1:] in CLOSING for line in region.lines)


def _boxes(shapes: Sequence[Shape], whole: float, lines: Sequence[Line]) -> list[Box]:
    """Return frames and tints with text in them, largest first, each once: a tint often has a frame round it."""
    found: list[Box] = []
    for shape in sorted(shapes, key=lambda s: -s.box.width * s.box.height):
        box = shape.box
        if box.width * box.height > 0.9 * whole or any(holds(o, box, 4) and holds(box, o, 9) for o in found):
            continue
        if any(line.box and centred(box, line.box) for line in lines):
            found.append(box)
    return found


def _inside(
    outer: Box | None, boxes: list[Box], lines: list[Line], images: list[Box], rules: list[Box], body: float
) -> tuple[Region, ...]:
    mine = [b for b in boxes if not any(o is not b and holds(o, b, 2) for o in boxes)]
    found: list[Region] = []
    for box in mine:
        within = [line for line in lines if line.box and centred(box, line.box)]
        lines = [line for line in lines if not (line.box and centred(box, line.box))]
        pictures = [i for i in images if centred(box, i)]
        images = [i for i in images if not centred(box, i)]
        deeper = [b for b in boxes if b is not box and holds(box, b, 2)]
        if within and all(line.vertical for line in within):
            inner = _lying(box, deeper, within, pictures, rules, body)
        else:
            inner = _inside(box, deeper, within, pictures, rules, body)
        if {region.look for region in inner} == {Look.IMAGE, Look.SMALL}:
            found += inner  # a framed picture with its caption is a picture
        elif inner:
            found.append(Region(Look.BOX, box, inner=inner))
    found += [Region(Look.IMAGE, box) for box in images]
    found_tables, lines = tables(lines, rules)
    found += [_table(rows, body) for rows in found_tables]
    if outer:
        rules = [r for r in rules if holds(outer, r, 1)]
    over = [region.box for region in found if region.look is Look.TABLE]
    stacks = _stacks(lines, [*rules, *images, *mine], rules, body)
    return (*found, *(replace(r, headed=_heads(r, over), kicks=_kicks(r, stacks)) for r in stacks))


def _kicks(region: Region, stacks: Sequence[Region]) -> bool:
    """Say whether a short line no larger than text stands right over a headline, at its edge or middle: a kicker.

    It is no end of a text: it ends no sentence, and stands nearer to the headline than to what is over it.
    """
    if region.look is Look.DISPLAY or len(region.lines) > 1 or ends_sentence(region.lines[-1].text):
        return False
    box, size = region.box, region.lines[0].style.size if region.lines[0].style else 1.0
    for title in stacks:
        gap = title.box.y0 - box.y1
        if not (title.look is Look.DISPLAY and title.size > KICKED and -0.3 * size < gap < UNDER * size):
            continue
        edge = abs(title.box.x0 - box.x0) < 0.6 * size
        middle = abs(title.box.x0 + title.box.x1 - box.x0 - box.x1) < 2 * size
        if (edge or middle) and box.width < 1.2 * title.box.width:
            over = [box.y0 - r.box.y1 for r in stacks if beside(r.box, box) > 0.2 and r.box.y1 < box.y0 + 1]
            return min(over, default=99.0 * size) > max(1.5 * size, gap)
    return False


def _lying(
    outer: Box, boxes: list[Box], lines: list[Line], images: list[Box], rules: list[Box], body: float
) -> tuple[Region, ...]:
    """Return what is in a box of level text on a page that was turned: found upright, and laid on its side again."""
    up = [[returned(box, 0.0) for box in some] for some in (boxes, images, rules)]
    raised = [replace(one, box=returned(one.box, 0.0), vertical=False) for one in lines if one.box]
    return tuple(map(laid, _inside(returned(outer, 0.0), up[0], raised, up[1], up[2], body)))


def laid(region: Region) -> Region:
    """Lay a region on its side with what is in it, as level text lies on a page that was turned."""
    lines = tuple(replace(one, box=turned(one.box, 0.0), vertical=True) if one.box else one for one in region.lines)
    return replace(region, box=turned(region.box, 0.0), lines=lines, inner=tuple(map(laid, region.inner)))


def _heads(region: Region, tabled: Sequence[Box]) -> bool:
    size = region.lines[0].style.size if region.lines[0].style else 1.0
    return any(beside(region.box, t) > 0.3 and -1 < t.y0 - region.box.y1 < 2.5 * size for t in tabled)


def _table(rows: Sequence[Sequence[Sequence[Line]]], body: float) -> Region:
    lines = tuple(line for row in rows for cell in row for line in cell)
    size = lines[0].style.size / body if lines[0].style else 1.0
    box = around(line.box for line in lines if line.box)
    return Region(Look.TABLE, box, lines, size, rows=tuple(tuple(map(len, row)) for row in rows))


def _stacks(lines: Sequence[Line], barriers: Sequence[Box], rules: Sequence[Box], body: float) -> list[Region]:
    """Put lines of one setting that stand under each other together."""
    letters = drops(lines)
    open_: list[list[Line]] = []
    done: list[list[Line]] = []
    for line in sorted((one for one in lines if one.box), key=lambda one: (one.box.y0, one.box.x0) if one.box else ()):
        assert line.box
        assert line.style
        still: list[list[Line]] = []
        for stack in open_:
            last = stack[-1].box
            assert last
            (still if line.box.y0 - last.y1 < TEXT_GAP * 2 * line.style.size else done).append(stack)
        open_ = still
        under = [stack for stack in open_ if _goes_on(stack, line, barriers, body, letters)]
        if len(under) == 1:
            under[0].append(line)
        else:
            open_.append([line])
    return [_region(stack, rules, body) for stack in (*done, *open_)]


def _goes_on(stack: list[Line], line: Line, barriers: Sequence[Box], body: float, letters: Sequence[Line]) -> bool:
    last = stack[-1]
    a, b = last.box, line.box
    assert a
    assert b
    assert last.style
    assert line.style
    size = max(last.style.size, line.style.size)
    if abs(last.style.size / line.style.size - 1) > ALIKE:
        return False
    if last.style.bold != line.style.bold and not _bold_opening(stack, line, body):
        return False
    if last.vertical != line.vertical or line.vertical:
        return False
    display = size > GREATEST * body
    if not display and is_torn(stack, line):
        return True
    if display and line in letters:
        return False  # as large as the headline over it
    gap = b.y0 - a.y1
    if not -0.45 * size < gap < (TITLE_GAP if display else TEXT_GAP) * size or b.y0 < a.y0 + 0.3 * size:
        return False
    if beside(a, b) < 0.5 and display and not _edges(around(one.box for one in stack if one.box), b, size):
        return False
    first = len(stack) == 1 and not display
    if not display and not _edges(around(one.box for one in stack if one.box), b, size, first=first):
        return False
    between = Box(max(a.x0, b.x0), min(a.y1, b.y0), max(max(a.x0, b.x0), min(a.x1, b.x1)), max(a.y1, b.y0))
    return not any(
        r.y1 > between.y0 - 0.2 * size and r.y0 < between.y1 + 0.2 * size and r.height < 3
        and min(r.x1, between.x1) - max(r.x0, between.x0) > 0.5 * between.width
        and between.y0 - 0.3 * size <= (r.y0 + r.y1) / 2 <= between.y1 + 0.3 * size
        for r in barriers
    )  # fmt: skip


def _bold_opening(stack: Sequence[Line], line: Line, body: float) -> bool:
    """Say whether bold lines open the text that follows: a dateline that fills its line, as no crosshead does."""
    last = stack[-1]
    a, b = last.box, line.box
    assert a
    assert b
    assert last.style
    assert line.style
    size = line.style.size
    text = SMALLEST * body <= size <= GREATEST * body
    return text and last.style.bold and len(stack) < 3 and b.y0 - a.y1 < 0.75 * size and abs(a.x1 - b.x1) < 0.8 * size


def _edges(stack: Box, line: Box, size: float, *, first: bool = False) -> bool:
    """Say whether a line can stand in the column of the lines above it: one of the edges is shared, or nearly.

    The ``first`` line may be set in by two characters, over one that is short (　　夜班每日來回兩次，需 / 時一小時。).
    """
    left = (-2.2 if first else -1.5) * size < line.x0 - stack.x0 < 3.2 * size
    right = abs(line.x1 - stack.x1) < 1.2 * size
    middle = abs(line.x0 + line.x1 - stack.x0 - stack.x1) < 1.2 * size
    return left or right or middle


def _region(stack: Sequence[Line], rules: Sequence[Box], body: float) -> Region:
    box = around(line.box for line in stack if line.box)
    style = stack[0].style
    assert style
    size = style.size / body
    look = Look.SMALL if size < SMALLEST else Look.DISPLAY if size > GREATEST else Look.TEXT
    near = [r for r in rules if r.width > r.height and beside(r, box) > 0.8 and r.width > 0.5 * box.width]
    reach = 1.3 * style.size
    over = any(-0.4 * style.size < box.y0 - r.y1 < reach for r in near)
    under = any(-0.4 * style.size < r.y0 - box.y1 < reach for r in near)
    return Region(look, box, tuple(stack), size, style.bold, (), (over, under))
