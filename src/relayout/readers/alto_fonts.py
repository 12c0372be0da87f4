"""The fonts that a file of ALTO names."""

from __future__ import annotations

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
    """Return the fonts by the ids of their styles."""
    found: dict[str, Font] = {}
    for style in markup.inside(root, "TextStyle"):
        how = style.get("FONTSTYLE", "").lower()
        family = style.get("FONTFAMILY", "").strip()
        size = max(0.0, markup.number(style, "FONTSIZE") or 0.0)
        found[style.get("ID", "")] = Font(
            size, "" if family.lower() == "unknown" else family, "bold" in how, "italic" in how
        )
    return found
