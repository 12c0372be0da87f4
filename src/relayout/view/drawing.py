"""The marks of a page as SVG: tints, rows of text, arrows, labels, each a layer over the last."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from relayout.imprint import Box
from relayout.view.labels import Label, labels, scale
from relayout.view.links import Link
from relayout.view.nouns import Mark, Unit
from relayout.view.palette import ink_on
from relayout.view.rows import NUMBERED, shown
from relayout.view.scene import Scene, Sheet

Say = Callable[[str], str]

_GAP = 0.9  # of the height of a line: the white between two lines of a mark that is tinted, too


def tinted(mark: Mark) -> list[Box]:
    """Return the boxes to tint: those of the lines, each drawn out to the next, so that no white stays between.

    >>> from relayout.model import Line, Place
    >>> from relayout.roles import Role
    >>> line = Line("a", "a", Place(1, 1))
    >>> boxes = (Box(0, 0, 9, 4), Box(0, 6, 9, 10))
    >>> [box.y1 for box in tinted(Mark("a1-p1", Role.BODY, 1, (line, line), boxes, 1))]
    [6, 10]
    """
    found = []
    for index, box in enumerate(mark.boxes):
        line, after = mark.lines[index], mark.boxes[index + 1 : index + 2]
        for below in after:
            if line.vertical and 0 <= box.x0 - below.x1 <= _GAP * box.width:
                box = Box(below.x1, box.y0, box.x1, box.y1)
            elif not line.vertical and 0 <= below.y0 - box.y1 <= _GAP * box.height:
                box = Box(box.x0, box.y0, box.x1, below.y0)
        found.append(box)
    return found


def marks(scene: Scene, sheet: Sheet, say: Say) -> Iterator[str]:
    """Write the layers of a page; ``say`` escapes what the page says."""
    k, units = scale(sheet), scene.units
    here = [(n, unit, [m for m in unit.marks if m.page == sheet.page.number]) for n, unit in enumerate(units)]
    here = [(n, unit, found) for n, unit, found in here if found]
    yield '<g class="tints">\n'
    for index, unit, found in here:
        yield _open("g", index, unit, "unit")
        for mark in found:
            path = "".join(map(_rectangle, tinted(mark)))
            named = f'class="mark r-{mark.role.value}" data-unit="{index}" data-part="{say(mark.part)}"'
            yield f'<path {named} d="{path}"/>'
        yield "</g>\n"
    yield "</g>\n"
    if sheet.grid:
        yield from _rows(here, sheet, say)
    placed = labels(scene, sheet)
    yield '<g class="links">\n'
    yield from (_link(link, units[link.unit], k) for link in sheet.links)
    yield '</g>\n<g class="roles">\n'
    yield from (_role(label, units[label.unit], k) for label in placed.roles)
    yield '</g>\n<g class="order">\n'
    yield from (_number(label, units[label.unit]) for label in placed.numbers)
    yield "</g>\n<g>\n"
    yield from (_badge(label, units[label.unit]) for label in placed.badges)
    yield "</g>\n"


def _open(tag: str, index: int, unit: Unit, kind: str, more: str = "") -> str:
    grey = "" if unit.number else " grey"
    style = f"--c:{unit.colour};--i:{ink_on(unit.colour)}"
    return f'<{tag} class="{kind}{grey}" data-unit="{index}" style="{style}"{more}>'


def _rectangle(box: Box) -> str:
    return f"M{box.x0:.1f} {box.y0:.1f}H{box.x1:.1f}V{box.y1:.1f}H{box.x0:.1f}Z"


def _rows(here: Sequence[tuple[int, Unit, list[Mark]]], sheet: Sheet, say: Say) -> Iterator[str]:
    yield '<g class="lines" aria-hidden="true">\n'
    for row in sheet.grid.rows.values() if sheet.grid else ():
        yield f'<text class="number" x="{NUMBERED:g}" y="{row.y + 4:g}">{row.number}</text>'
    yield "\n"
    for _, unit, found in here:
        grey = "" if unit.number else ' class="grey"'
        for mark in found:
            for line, box in zip(mark.lines, mark.boxes, strict=True):
                text = say(shown(line, box))
                yield f'<text{grey} x="{box.x0:g}" y="{(box.y0 + box.y1) / 2 + 5:g}" textLength="{box.width:g}" '
                yield f'lengthAdjust="spacingAndGlyphs">{text}</text>\n'
    yield "</g>\n"


def _link(link: Link, unit: Unit, k: float) -> str:
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = link.curve
    corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in link.head(7 * k))
    words = f'<text x="{x3 + 3 * k:.1f}" y="{y3 + 3 * k:.1f}">{link.words}</text>' if link.words else ""
    curve = f"M{x0:.1f} {y0:.1f}C{x1:.1f} {y1:.1f} {x2:.1f} {y2:.1f} {x3:.1f} {y3:.1f}"
    lines = f'<path class="halo" d="{curve}"/><path d="{curve}"/><polygon points="{corners}"/>'
    return f"{_open('g', link.unit, unit, f'link k-{link.kind}')}{lines}{words}</g>\n"


def _role(label: Label, unit: Unit, k: float) -> str:
    box = label.box
    size = f'width="{box.width:.1f}" height="{box.height:.1f}" rx="{2.5 * k:.1f}"'
    rectangle = f'<rect x="{box.x0:.1f}" y="{box.y0:.1f}" {size}/>'
    words = f'<text x="{(box.x0 + box.x1) / 2:.1f}" y="{box.y0 + 0.74 * box.height:.1f}">{label.words}</text>'
    return f"{_open('g', label.unit, unit, 'tag')}{rectangle}{words}</g>\n"


def _number(label: Label, unit: Unit) -> str:
    at = f' x="{label.box.x1:.1f}" y="{label.box.y1 - 0.12 * label.box.height:.1f}"'
    return f"{_open('text', label.unit, unit, 'no', at)}{label.words}</text>\n"


def _badge(label: Label, unit: Unit) -> str:
    box, index = label.box, label.unit
    x, y, radius = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2, box.width / 2
    title = f"<title>{unit.article.kind.value if unit.article else ''} {unit.number}</title>"
    circle = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>'
    words = (
        f'<text x="{x:.1f}" y="{y + 0.36 * radius:.1f}" style="font-size:{1.05 * radius:.1f}px">{label.words}</text>'
    )
    opened = _open("a", index, unit, "badge", f' id="m-{index}" href="#t-{index}"')
    return f"{opened}{title}{circle}{words}</a>\n"
