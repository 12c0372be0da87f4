"""How words of ALTO are set: its text styles, and which of them an element refers to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from relayout.readers import markup

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


class Font(NamedTuple):
    """A ``TextStyle`` of the file: points (0 where it says none), family, weight and slope."""

    size: float = 0.0
    family: str = ""
    bold: bool = False
    italic: bool = False


def fonts(root: Element) -> dict[str, Font]:
    """Return the text styles of a file, by their ids."""
    found: dict[str, Font] = {}
    for style in markup.inside(root, "TextStyle"):
        how = style.get("FONTSTYLE", "").lower()
        family = style.get("FONTFAMILY", "").strip()
        size = max(0.0, markup.number(style, "FONTSIZE") or 0.0)
        found[style.get("ID", "")] = Font(
            size, "" if family.lower() == "unknown" else family, "bold" in how, "italic" in how
        )
    return found


def font_of(element: Element, known: Mapping[str, Font], font: Font) -> Font:
    """Return the font that an element refers to, or the one it has from outside; its own STYLE adds to it."""
    own, refs, style = font, element.get("STYLEREFS"), element.get("STYLE")
    if refs:
        own = next((known[key] for key in refs.split() if key in known), font)
    if style and ("bold" in style or "italic" in style):
        own = own._replace(bold=own.bold or "bold" in style, italic=own.italic or "italic" in style)
    return own
