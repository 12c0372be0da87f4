"""What both maps of METS are made of: namespaces, divisions, pointers."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from relayout.writers.areas import Area

NS = "http://www.loc.gov/METS/"
MODS = "http://www.loc.gov/mods/v3"
XLINK = "http://www.w3.org/1999/xlink"
XSI = "http://www.w3.org/2001/XMLSchema-instance"


class Ids:
    """Gives ids of one kind, one after the other.

    >>> ids = Ids("d-l")
    >>> ids.next(), ids.next()
    ('d-l1', 'd-l2')
    """

    __slots__ = ("_count", "_name")

    def __init__(self, name: str) -> None:
        """Take what all of them begin with."""
        self._name, self._count = name, 0

    def next(self) -> str:
        """Give the next."""
        self._count += 1
        return f"{self._name}{self._count}"


def element(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    """Append an element of METS."""
    child = etree.SubElement(parent, f"{{{NS}}}{tag}")
    for key, value in attributes.items():
        child.set(key, value)
    return child


def area(parent: etree._Element, meant: Area) -> None:
    """Append a pointer to what is meant in a file."""
    file, ident = meant
    element(parent, "area", BETYPE="IDREF", FILEID=file, BEGIN=ident)


def pointer(division: etree._Element, meant: Sequence[Area]) -> None:
    """Append a pointer to one thing, or to several one after the other."""
    if meant:
        parent = element(division, "fptr")
        parent = element(parent, "seq") if len(meant) > 1 else parent
        for each in meant:
            area(parent, each)
