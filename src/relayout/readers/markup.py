"""XML of others, read as hostile: no entities, no network, no other file, and limits that say so."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from math import isfinite
from typing import TYPE_CHECKING, Any

from relayout.errors import InputError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MOST_BYTES = 64 * 1024 * 1024  # of a page; the largest ALTO pages of newspapers have some 10 MB
MOST_WORDS = 300_000  # on a page
LONG_WORD = 20  # characters: text without spaces counts as words that are so long


def root(data: bytes, name: str) -> Element:
    """Parse ``data``; raises :class:`InputError` for what is no XML, has entities of its own, or is too large.

    >>> local(root(b"<alto xmlns='x'><Layout/></alto>", "page.xml"))
    'alto'
    """
    from lxml import etree

    if len(data) > MOST_BYTES:
        raise InputError(f"{name}: is larger than {MOST_BYTES // 1024**2} MB", "give one page, not the whole volume")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True, recover=False,
    )  # fmt: skip
    try:
        found = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        why = " ".join(str(error).split())[:100]
        raise InputError(f"{name}: is no XML that can be read ({why})", "get it again, or mend it") from None
    # What stands in an attribute, as the words of ALTO do, the parser puts in whatever it was told.
    declared: Any = found.getroottree().docinfo.internalDTD
    if any(True for _ in found.iter(etree.Entity)) or (declared is not None and any(declared.iterentities())):
        raise InputError(f"{name}: has entities of its own, which are not read", "write the characters themselves")
    return found


def local(element: Element) -> str:
    """Return the name of an element without its namespace: files declare others, or none.

    >>> local(root(b"<a:b xmlns:a='x'/>", "page.xml"))
    'b'
    """
    tag = element.tag
    return _bare(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=1024)
def _bare(tag: str) -> str:
    return tag.rpartition("}")[2]


def children(element: Element, *names: str) -> Iterator[Element]:
    """Yield the children with one of these local names, in order; all of them where none is given."""
    yield from element.iterchildren(*(f"{{*}}{name}" for name in names or ("*",)))


def inside(element: Element, *names: str) -> Iterator[Element]:
    """Yield what is in an element, at any depth, with one of these local names, in document order."""
    yield from element.iter(*(f"{{*}}{name}" for name in names))


def number(element: Element, name: str) -> float | None:
    """Return an attribute as a number, or ``None`` where it is missing or none.

    >>> number(root(b"<a HPOS='12.5' VPOS='x'/>", "page.xml"), "HPOS")
    12.5
    """
    try:
        value = float(element.get(name, ""))
    except ValueError:
        return None
    return value if isfinite(value) else None


def words_in(text: str) -> int:
    """Count words, however they are parted; a text that nothing parts counts by its length.

    >>> words_in("one two three"), words_in("x" * 4_000)
    (3, 200)
    """
    return max(len(text.split()), len(text) // LONG_WORD)
