"""Old pages as recognition leaves them: noise on lines and text, and the regions of several habits, as PAGE or ALTO."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from bench.old_text import misread
from bench.old_type import NONE, Set, Sheet
from bench.scan_ours import Given
from bench.scan_truth import Block, Row, Unit
from bench.scan_truth import Sheet as Known

from relayout.imprint import Box

SKEW = 0.017  # at most: BnF 1901 and BL 1824 lean by 0.5 to 1.9 per cent
UNEVEN = 0.15  # of its height: how far a polygon is higher or lower than its line
MERGED, MISSING, WRONG = 0.008, 0.01, 0.02  # of the lines; of the letters
BASE = 0.22  # of the size of type is under the baseline
Region = list[int]


class Page(NamedTuple):
    """A page with noise: its lines in reading order, straight, how far it leans, its shapes and size."""

    lines: list[Set]
    skew: float
    rules: list[Box]
    images: list[Box]
    size: Box

    def turned(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point stands on the page that leans."""
        dx, dy = x - self.size.x1 / 2, y - self.size.y1 / 2
        return max(0.0, x - self.skew * dy), max(0.0, y + self.skew * dx)


def noisy(sheet: Sheet, seed: str) -> Page:
    """Put noise in, always the same for a seed."""
    chance = random.Random(seed)
    skew = chance.uniform(-SKEW, SKEW)
    lines: list[Set] = []
    gone: set[int] = set()
    for n, one in enumerate(sheet.lines):
        if n in gone or (chance.random() < MISSING and not one.head):
            continue
        if chance.random() < MERGED and not one.head:
            beside = _level(sheet.lines, n)
            if beside is not None and beside not in gone and beside > n:
                other = sheet.lines[beside]
                gone.add(beside)
                larger = one if len(one.text) >= len(other.text) else other
                box = Box(one.box.x0, one.box.y0, other.box.x1, one.box.y1)
                one = one._replace(text=f"{one.text} {other.text}", box=box, article=larger.article)
        high = one.size * chance.uniform(1 - UNEVEN, 1 + UNEVEN)
        foot = one.box.y1 + chance.uniform(-0.05, 0.05) * one.size
        left, right = (chance.uniform(-0.12, 0.12) * one.size for _ in range(2))
        x0, x1 = max(0.0, one.box.x0 + left), max(one.box.x1 + right, one.box.x0 + one.size / 2)
        said = misread(one.text, chance, WRONG)
        lines.append(one._replace(text=said, box=Box(x0, foot - high, x1, foot)))
    return Page(lines, skew, sheet.rules, sheet.images, sheet.size)


def _level(lines: Sequence[Set], n: int) -> int | None:
    """Return the line of the next column that stands level."""
    one = lines[n]
    for m, other in enumerate(lines):
        near = 0 < other.box.x0 - one.box.x1 < 2.5 * one.size and not other.head
        if near and abs(other.box.y0 - one.box.y0) < 0.3 * one.size:
            return m
    return None


# ---------------------------------------------------------------- regions


def whole(page: Page) -> list[Region]:
    """Return one region of all lines."""
    return [_down(page, range(len(page.lines)))]


def single(page: Page) -> list[Region]:
    """Return a region a line."""
    return [[n] for n in range(len(page.lines))]


def columns(page: Page) -> list[Region]:
    """Return a region a column, as far as nothing of another width stands between its lines."""
    of: dict[tuple[float, float], Region] = {}
    for n, one in enumerate(page.lines):
        of.setdefault(one.column, []).append(n)
    found: list[Region] = []
    for column, numbers in of.items():
        across = [o for o in page.lines if o.column != column and o.box.x0 < column[1] and o.box.x1 > column[0]]
        ordered = _down(page, numbers)
        found.append([ordered[0]])
        for a, b in pairwise(ordered):
            top, foot = page.lines[a].box.y0, page.lines[b].box.y0
            if any(top < other.box.y0 < foot for other in across):
                found.append([])
            found[-1].append(b)
    return found


def wide(page: Page) -> list[Region]:
    """Return two or three columns a region, where they stand level."""
    left = sorted(columns(page), key=lambda region: _hull(page, region).x0)
    found: list[Region] = []
    while left:
        one = left.pop(0)
        boxes = [_hull(page, one)]
        for other in list(left):
            box = _hull(page, other)
            both = min(box.y1, boxes[-1].y1) - max(box.y0, boxes[-1].y0)
            if len(boxes) < 3 and 0 < box.x0 - boxes[-1].x1 < 150 and both > 0.8 * max(box.height, boxes[-1].height):
                one = [*one, *other]
                boxes.append(box)
                left.remove(other)
        found.append(_down(page, one))
    return found


def paragraphs(page: Page) -> list[Region]:
    """Return regions like paragraphs: titles apart most times, paragraphs and what rules part often."""
    chance = random.Random(f"{page.skew} {len(page.lines)}")
    found: list[Region] = []
    for region in columns(page):
        found.append([])
        for n, m in pairwise([-1, *region]):
            before, here = page.lines[n], page.lines[m]
            cut = here.ruled or (here.head != before.head and chance.random() < 0.85)
            cut = cut or (here.head and here.opens and before.article != here.article)
            cut = cut or (not here.head and here.opens and chance.random() < 0.5)
            if cut and found[-1]:
                found.append([])
            found[-1].append(m)
    return sorted(found, key=min)


def _down(page: Page, numbers: Iterable[int]) -> Region:
    return sorted(numbers, key=lambda n: (page.lines[n].box.y0, page.lines[n].box.x0))


def _hull(page: Page, region: Region) -> Box:
    boxes = [page.lines[n].box for n in region]
    return Box(min(b.x0 for b in boxes), min(b.y0 for b in boxes), max(b.x1 for b in boxes), max(b.y1 for b in boxes))


# ---------------------------------------------------------------- files


class Habit(NamedTuple):
    """How a page is given: its regions, in which order, with what."""

    name: str
    regions: Callable[[Page], list[Region]]
    order: str = "index"  # by the top of the regions; "none", in a chance order; "file", as they are read
    polygons: bool = True
    rules: bool = False
    alto: bool = False


HABITS = (
    Habit("PAGE, one region", whole),
    Habit("PAGE, one region, baselines", whole, polygons=False),
    Habit("PAGE, a region a column", columns),
    Habit("PAGE, a region a column, no order", columns, "none"),
    Habit("PAGE, some columns a region", wide),
    Habit("PAGE, paragraphs by their tops", paragraphs, rules=True),
    Habit("PAGE, paragraphs without order", paragraphs, "none"),
    Habit("PAGE, a region a line", single, "none"),
    Habit("ALTO, paragraphs", paragraphs, "file", rules=True, alto=True),
)


def given(page: Page, habit: Habit) -> Given:
    """Write a page in a habit, with the numbers of its lines."""
    regions = habit.regions(page)
    if habit.order == "index":
        regions.sort(key=lambda region: (_hull(page, region).y0, _hull(page, region).x0))
    elif habit.order == "none":
        random.Random(len(page.lines)).shuffle(regions)
    numbers = tuple(n + 1 for region in regions for n in region)
    return Given(_alto(page, regions) if habit.alto else _page(page, regions, habit), numbers)


def _page(page: Page, regions: list[Region], habit: Habit) -> bytes:
    out = [f'<PcGts><Page imageWidth="{page.size.x1:.0f}" imageHeight="{page.size.y1:.0f}">']
    if habit.order == "index":
        refs = "".join(f'<RegionRefIndexed index="{n}" regionRef="r{n}"/>' for n in range(len(regions)))
        out.append(f'<ReadingOrder><OrderedGroup id="ro">{refs}</OrderedGroup></ReadingOrder>')
    for n, region in enumerate(regions):
        box = _hull(page, region)
        out.append(f'<TextRegion id="r{n}" custom="readingOrder {{index:{n};}}"><Coords points="{_quad(page, box)}"/>')
        for k, m in enumerate(region):
            one = page.lines[m]
            foot = one.box.y1 - BASE * one.size
            base = " ".join(_point(page, x, foot) for x in (one.box.x0, (one.box.x0 + one.box.x1) / 2, one.box.x1))
            coords = f'<Coords points="{_quad(page, one.box)}"/>' if habit.polygons else ""
            out.append(
                f'<TextLine id="r{n}l{k}" custom="readingOrder {{index:{k};}}">{coords}<Baseline points="{base}"/>'
                f"<TextEquiv><Unicode>{escape(one.text)}</Unicode></TextEquiv></TextLine>"
            )
        out.append("</TextRegion>")
    for name, boxes in (("SeparatorRegion", page.rules if habit.rules else []), ("ImageRegion", page.images)):
        out += [f'<{name} id="{name[0]}{n}"><Coords points="{_quad(page, b)}"/></{name}>' for n, b in enumerate(boxes)]
    return ("".join(out) + "</Page></PcGts>").encode()


def _point(page: Page, x: float, y: float) -> str:
    u, v = page.turned(x, y)
    return f"{u:.0f},{v:.0f}"


def _quad(page: Page, box: Box) -> str:
    corners = ((box.x0, box.y0), (box.x1, box.y0), (box.x1, box.y1), (box.x0, box.y1))
    return " ".join(_point(page, x, y) for x, y in corners)


def _alto(page: Page, regions: list[Region]) -> bytes:
    out = ["<alto><Description><MeasurementUnit>pixel</MeasurementUnit></Description><Layout>"]
    out.append(f'<Page WIDTH="{page.size.x1:.0f}" HEIGHT="{page.size.y1:.0f}"><PrintSpace>')
    out += [f"<GraphicalElement {_at(page, box)}/>" for box in page.rules]
    out += [f"<Illustration {_at(page, box)}/>" for box in page.images]
    for n, region in enumerate(regions):
        out.append(f'<TextBlock ID="b{n}" {_at(page, _hull(page, region))}>')
        for m in region:
            box, words, at = page.lines[m].box, page.lines[m].text.split(" "), 0
            whole_ = len(page.lines[m].text)
            out.append(f"<TextLine {_at(page, box)}>")
            for word in words:
                span = [box.x0 + box.width * k / whole_ for k in (at, at + max(1, len(word)))]
                at += len(word) + 1
                where = _at(page, Box(span[0], box.y0, span[1], box.y1))
                out.append(f"<String CONTENT={quoteattr(word)} {where}/>" if word else "")
            out.append("</TextLine>")
        out.append("</TextBlock>")
    return ("".join(out) + "</PrintSpace></Page></Layout></alto>").encode()


def _at(page: Page, box: Box) -> str:
    points = [page.turned(x, y) for x in (box.x0, box.x1) for y in (box.y0, box.y1)]
    x0, y0 = min(x for x, _ in points), min(y for _, y in points)
    x1, y1 = max(x for x, _ in points), max(y for _, y in points)
    return f'HPOS="{x0:.0f}" VPOS="{y0:.0f}" WIDTH="{x1 - x0:.0f}" HEIGHT="{y1 - y0:.0f}"'


# ---------------------------------------------------------------- truth


def units(page: Page) -> list[Unit]:
    """Return the articles: the keys of their lines in reading order."""
    found: dict[int, list[tuple[int, int]]] = {}
    for n, one in enumerate(page.lines, 1):
        if one.article != NONE:
            found.setdefault(one.article, []).append((1, n))
    return [tuple(keys) for keys in found.values()]


def known(page: Page) -> Known:
    """Return a page for the rules that need no reading: its blocks are paragraphs, in reading order."""
    blocks = []
    for n, region in enumerate(paragraphs(page)):
        rows = tuple(Row((1, m + 1), page.lines[m].text, page.lines[m].box.height) for m in region)
        box = _hull(page, region)
        blocks.append(Block(f"b{n}", (box.x0, box.y0, box.x1, box.y1), "", rows))
    return Known(Path("old.xml"), page.size.height, tuple(blocks), {})
