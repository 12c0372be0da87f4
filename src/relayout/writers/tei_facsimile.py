"""Where everything stands, in TEI: a ``surface`` a page, ``zone`` in ``zone`` for columns, blocks and lines."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from relayout.imprint import Box
from relayout.writers.tei_text import XML_ID, element
from relayout.writers.zones import Places, Zone

_MODES = {False: "writing-mode: horizontal-tb", True: "writing-mode: vertical-rl"}


def write(root: etree._Element, found: Places) -> None:
    """Write the facsimile, if any page has a box.

    A surface says how it is set if that is vertically; a line if it is not set as most of its page is.
    """
    if not found.surfaces:
        return
    facsimile = element(root, "facsimile")
    for surface in found.surfaces:
        box = surface.page.box
        if not box:
            continue
        corners = {"ulx": box.x0, "uly": box.y0, "lrx": box.x1, "lry": box.y1}
        child = element(
            facsimile,
            "surface",
            id=surface.ident,
            n=surface.page.label or str(surface.page.number),
            **{key: number(value) for key, value in corners.items()},
            style=_MODES[True] if surface.vertical else "",
        )
        element(child, "desc", surface.page.unit, type="unit")
        _zones(child, surface.zones, vertical=surface.vertical)


def _zones(parent: etree._Element, zones: Iterable[Zone], *, vertical: bool) -> None:
    for zone in zones:
        turned = zone.kind == "line" and zone.vertical is not vertical
        style = _MODES[zone.vertical] if turned else ""
        child = element(parent, "zone", id=zone.ident, type=zone.kind, points=points(zone.box), style=style)
        _zones(child, zone.parts, vertical=vertical)


def refer(text: etree._Element, found: Places) -> None:
    """Give every text with an id the zones that it stands in as ``facs``."""
    if found.texts:
        for child in text.iter(etree.Element):
            zones = found.texts.get(child.get(XML_ID, ""))
            if zones:
                child.set("facs", " ".join(f"#{zone}" for zone in zones))


def points(box: Box) -> str:
    """Write the corners of a box as TEI's ``points``, from the upper left on clockwise.

    >>> points(Box(0, 10.5, 100, 20))
    '0,10.5 100,10.5 100,20 0,20'
    """
    x0, y0, x1, y1 = map(number, (box.x0, box.y0, box.x1, box.y1))
    return f"{x0},{y0} {x1},{y0} {x1},{y1} {x0},{y1}"


def number(value: float) -> str:
    """Write a coordinate with two places of decimals at most.

    >>> number(12.0), number(0.125), number(-0.001)
    ('12', '0.12', '0')
    """
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")
