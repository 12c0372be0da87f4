"""What hOCR says of an element in its ``class`` and its ``title``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from relayout.imprint import Box
from relayout.readers.placing import box_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_PROPERTY = re.compile(r"""((?:[^;"']|"[^"]*"|'[^']*')+)""")
_NUMBER = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")


def classes(element: Element) -> set[str]:
    """Return the classes of an element."""
    return set((element.get("class") or "").split())


def tag(element: Element) -> str:
    """Return the name of an element in small letters, without a prefix; nothing for what is no element."""
    return element.tag.rpartition(":")[2].lower() if isinstance(element.tag, str) else ""


def prop(element: Element, name: str) -> str | None:
    """Return a property of ``title``, as it stands there; quoted names of files may hold anything."""
    for found in _PROPERTY.findall(element.get("title") or ""):
        key, _, value = found.strip().partition(" ")
        if key == name:
            return str(value).strip()
    return None


def value(element: Element, name: str) -> float | None:
    """Return the first number of a property, or ``None``."""
    found = _NUMBER.match(prop(element, name) or "")
    return float(found.group()) if found else None


def values(element: Element, name: str) -> list[float]:
    """Return all numbers of a property."""
    return [float(one) for one in _NUMBER.findall(prop(element, name) or "")]


def box(element: Element) -> Box | None:
    """Return the box of an element, of its ``bbox`` or of those of its characters; ``None`` where it has none."""
    for name in ("bbox", "x_bboxes"):
        found = [float(one) for one in _NUMBER.findall(prop(element, name) or "")]
        if len(found) >= 4:
            return box_of(zip(found[0::2], found[1::2], strict=False))
    return None
