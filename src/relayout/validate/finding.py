"""A finding: what is wrong with a TEI file, where, and what to do."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree


class Finding(NamedTuple):
    """One fault of a file, at a line of it that counts from 1.

    >>> print(Finding("page.tei.xml", 17, "item lacks xml:id", "add it"))
    page.tei.xml:17: item lacks xml:id; add it
    """

    file: str
    line: int
    what: str
    advice: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}; {self.advice}"


def line_of(node: etree._Element) -> int:
    """Return the line of the file at which an element starts."""
    line = node.sourceline
    return line if isinstance(line, int) else 1
