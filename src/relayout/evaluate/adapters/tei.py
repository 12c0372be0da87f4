"""TEI of relayout, read as docs/tei.md tells a reader to.

An ``lb`` opens a line, a space stands before it unless it says ``break="no"``, white space before it is layout, a weak
``pc`` is left out, ``g`` is the character it declares. No entity is expanded and nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from relayout.errors import InputError
from relayout.evaluate.nouns import Part, Prediction, Unit
from relayout.writers.tei_text import TEI_NS, XML_ID, name

_LEAVES = {
    "p": "p",
    "byline": "byline",
    "dateline": "dateline",
    "item": "item",
    "bibl": "credit",
    "ab": "display",
    "head": "crosshead",
    "row": "row",
}
_HEADS = {"main": "head", "kicker": "kicker", "sub": "sub", "rubric": "rubric", "caption": "caption"}
_SPACE = " \t\r\n"


def sniff(data: bytes) -> bool:
    """Say whether this is XML in the namespace of TEI."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and TEI_NS.encode() in data[:4096]


def read(data: bytes, name_of_file: str) -> Prediction:
    """Read the units of a TEI file: each ``div`` of the body, figures as captions, all ``fw`` as furniture."""
    if b"<!DOCTYPE" in data:
        raise InputError(f"{name_of_file}: has a document type declaration", "take the DOCTYPE and its entities out")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise InputError(f"{name_of_file}: not well-formed XML ({error.msg})", "write it again with fix") from None
    body = root.find(f"{name('text')}/{name('body')}")
    if body is None:
        raise InputError(f"{name_of_file}: no body of a TEI text", "give a file that relayout fix wrote")
    text = _Text({f"#{char.get(XML_ID)}": _declared(char) for char in root.iter(name("char"))})
    units = [unit for div in body.iterchildren(name("div")) for unit in _units(div, text)]
    furniture = tuple(text.part(node, "furniture") for node in body.iter(name("fw")))
    if furniture:
        units.append(Unit("furniture", "furniture", furniture))
    return Prediction(tuple(units))


class _Text(NamedTuple):
    """Reads text; knows the characters that the header declares."""

    characters: Mapping[str, str]

    def part(self, node: etree._Element, role: str) -> Part:
        """Give the text of an element that holds lines."""
        out: list[str] = []
        lines = self._into(out, node, 0)
        return Part(role, "".join(out), lines)

    def _into(self, out: list[str], node: etree._Element, lines: int) -> int:
        """Write the text of ``node`` into ``out``; ``lines`` were opened before it."""
        out.append(node.text or "")
        for child in node:
            tag = etree.QName(child).localname if isinstance(child.tag, str) else ""
            if tag in ("lb", "cb", "pb"):
                out[-1] = out[-1].rstrip(_SPACE)
                if tag == "lb":
                    out.append(" " if lines and child.get("break") != "no" else "")
                    lines += 1
            elif tag == "g":
                out.append(self.characters.get(child.get("ref", ""), "\ufffd"))
            elif tag == "cell":
                # White space between cells is layout of the file.
                if child.getprevious() is None:
                    out.clear()
                else:
                    out.append("\t")
                lines = self._into(out, child, lines)
            elif tag and not (tag == "pc" and child.get("force") == "weak"):
                lines = self._into(out, child, lines)
            if tag != "cell":
                out.append(child.tail or "")
        return lines


def _declared(char: etree._Element) -> str:
    for prop in char.iter(name("localProp")):
        value = prop.get("value", "")
        if prop.get("name") == "codepoint" and value.startswith("U+"):
            try:
                return chr(int(value[2:], 16))
            except (ValueError, OverflowError):
                break
    return "\ufffd"


def _units(div: etree._Element, text: _Text) -> Iterator[Unit]:
    ident = div.get(XML_ID, "")
    parts: list[Part] = []
    figures: list[tuple[str, tuple[Part, ...]]] = []
    for node, figure in _leaves(div):
        if figure is None:
            parts.append(text.part(node, _role(node)))
        else:
            inside = tuple(text.part(each, _role(each)) for each, _ in _leaves(figure))
            figures.append((figure.get(XML_ID, f"{ident}-i{len(figures) + 1}"), inside))
    if parts:
        yield Unit(ident, div.get("type", ""), tuple(parts))
    for number, inside in figures:
        yield Unit(number, "caption", inside, ident if parts else "")


def _leaves(node: etree._Element) -> Iterator[tuple[etree._Element, etree._Element | None]]:
    """Every element that holds lines, in order; a figure is given whole, as the second."""
    for child in node:
        tag = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if tag == "figure":
            yield child, child
        elif tag in _LEAVES:
            yield child, None
        elif tag in ("div", "list", "table", "note"):
            yield from _leaves(child)


def _role(node: etree._Element) -> str:
    tag, kind = etree.QName(node).localname, node.get("type", "")
    parent = node.getparent()
    if tag == "head":
        if parent is not None and parent.tag == name("list"):
            return "list-head"
        return _HEADS.get(kind, "crosshead")
    if tag == "p" and node.get("rend") == "lead":
        return "lead"
    if tag == "bibl" and node.get("subtype") == "source":
        return "source"
    if tag == "ab" and kind in ("byline", "dateline", "list-head"):
        return kind
    return _LEAVES[tag]
