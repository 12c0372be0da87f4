"""Words of Tesseract's ALTO that touch: it cuts Chinese and Japanese at will, and says a space at every cut."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from relayout.readers import markup

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SPACE = 0.8  # of how thick a line is; an ideographic space with the white beside it is more, justified text less
_EDGES = ("HPOS", "VPOS", "WIDTH", "HEIGHT")
_Edges = tuple[float, float, float, float]


def joined(data: bytes) -> bytes:
    """Return ALTO in which words that touch are one, where one of the characters that meet is a wide one.

    >>> word = "<String HPOS='%d' VPOS='0' WIDTH='30' HEIGHT='30' CONTENT='%s'/>"
    >>> words = word % (0, "近") + "<SP/>" + word % (34, "4") + word % (100, "年")
    >>> line = f"<TextLine HPOS='0' VPOS='0' WIDTH='130' HEIGHT='30'>{words}</TextLine>"
    >>> alto = joined(f"<alto>{line}</alto>".encode())
    >>> [string.get("CONTENT") for string in markup.inside(markup.root(alto, ""), "String")]
    ['近4', '年']
    """
    from lxml import etree

    root = markup.root(data, "what Tesseract wrote")
    for line in markup.inside(root, "TextLine"):
        _join(list(markup.children(line, "String", "SP")), _edges(line))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _join(parts: list[Element], line: _Edges | None) -> None:
    if line is None:
        return
    size = min(line[2] - line[0], line[3] - line[1])
    before: Element | None = None
    spaces: list[Element] = []
    for part in parts:
        if markup.local(part) == "SP":
            spaces.append(part)
            continue
        if before is None or not _touch(before, part, size):
            before = part
        else:
            _merge(before, part, level=line[2] - line[0] >= line[3] - line[1])
            for gone in (*spaces, part):
                parent = gone.getparent()
                if parent is not None:
                    parent.remove(gone)
        spaces = []


def _touch(one: Element, other: Element, size: float) -> bool:
    first, second = one.get("CONTENT", ""), other.get("CONTENT", "")
    a, b = _edges(one), _edges(other)
    if not first or not second or not a or not b or not (_wide(first[-1]) or _wide(second[0])):
        return False
    return max(b[0] - a[2], b[1] - a[3]) < _SPACE * size


def _merge(one: Element, other: Element, *, level: bool) -> None:
    first, second = one.get("CONTENT", ""), other.get("CONTENT", "")
    a, b = _edges(one), _edges(other)
    if a and b:
        # Along the line all of both; across it what most of their characters have: the type size is measured there.
        share = len(second) / (len(first) + len(second))
        edges = [x + (y - x) * share for x, y in zip(a, b, strict=True)]
        start, end = (0, 2) if level else (1, 3)
        edges[start], edges[end] = min(a[start], b[start]), max(a[end], b[end])
        for name, value in zip(_EDGES, (*edges[:2], edges[2] - edges[0], edges[3] - edges[1]), strict=True):
            one.set(name, f"{value:.1f}")
    sure, too = markup.number(one, "WC"), markup.number(other, "WC")
    if sure is not None and too is not None:
        one.set("WC", f"{(sure * len(first) + too * len(second)) / (len(first) + len(second)):.2f}")
    one.set("CONTENT", first + second)


def _edges(string: Element) -> _Edges | None:
    """Return left, upper, right and lower edge of a word, if it says all four."""
    x, y, width, height = (markup.number(string, name) for name in _EDGES)
    if x is None or y is None or width is None or height is None:
        return None
    return x, y, x + width, y + height


def _wide(char: str) -> bool:
    return east_asian_width(char) in "WF"
