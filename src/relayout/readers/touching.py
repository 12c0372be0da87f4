"""Words of Tesseract's ALTO that touch: it cuts Chinese and Japanese at will, and says a space at every cut."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from relayout.readers import markup

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SPACE = 1.2  # times the thickness of a line: the white half of a full-width mark is 1.0, an ideographic space 1.3
_LARGE = 1.3  # times the usual thickness: a headline, with few marks, and a space between its halves that may be thin
_SPACE_LARGE = 0.65  # times the thickness of such a line: letters stand up to 0.6 apart, halves 0.7 to 1.1
_FIGURES = 0.5  # times it: full-width figures stand so apart, and are cut (3 .9%, 1 53.6)
_IN_FIGURES = frozenset("0123456789.,%")
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
    lines = [(line, edges) for line in markup.inside(root, "TextLine") if (edges := _edges(line))]
    usual = median(map(_thickness, (edges for _, edges in lines))) if lines else 0.0
    for line, edges in lines:
        space = _SPACE_LARGE if _thickness(edges) > _LARGE * usual else _SPACE
        _join(list(markup.children(line, "String", "SP")), edges, space * _thickness(edges))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _join(parts: list[Element], line: _Edges, space: float) -> None:
    if not any(_wide(char) for part in parts for char in part.get("CONTENT", "")):
        return
    before: Element | None = None
    spaces: list[Element] = []
    for part in parts:
        if markup.local(part) == "SP":
            spaces.append(part)
            continue
        if before is None or not _touch(before, part, space, _FIGURES * _thickness(line)):
            before = part
        else:
            _merge(before, part, level=line[2] - line[0] >= line[3] - line[1])
            for gone in (*spaces, part):
                parent = gone.getparent()
                if parent is not None:
                    parent.remove(gone)
        spaces = []


def _touch(one: Element, other: Element, space: float, figures: float) -> bool:
    first, second = one.get("CONTENT", ""), other.get("CONTENT", "")
    a, b = _edges(one), _edges(other)
    if not first or not second or not a or not b:
        return False
    gap = max(b[0] - a[2], b[1] - a[3])
    if _wide(first[-1]) or _wide(second[0]):
        return gap < space
    return first[-1] in _IN_FIGURES and second[0] in _IN_FIGURES and gap < figures


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


def _thickness(edges: _Edges) -> float:
    return min(edges[2] - edges[0], edges[3] - edges[1])


def _wide(char: str) -> bool:
    return east_asian_width(char) in "WF"
