"""What PAGE says of structure: types of regions, marks in ``custom`` (Transkribus), groups of the ``ReadingOrder``.

Sources: PAGE 2019; Transkribus and NewsEye write ``custom="readingOrder {index:0;} structure {id:a3; type:article;}"``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from relayout.readers.markup import children, number
from relayout.readers.telling import Named
from relayout.readers.vocabulary import kind_of, role_of
from relayout.roles import Role

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MARK = re.compile(r"(structure|relayout)\s{0,9}\{([^{}]*)\}")
_MOST = 10_000  # characters of a custom attribute; those of Transkribus have some hundred


class Marks(NamedTuple):
    """What is said of a region or line: the article that it belongs to, what that is, and its role."""

    article: str = ""
    named: Named = Named()
    role: Role | None = None


def marks(element: Element) -> Marks:
    """Return what ``type`` and ``custom`` say of a region or line; what is in ``custom`` counts first.

    An article without an id is no article: it cannot be told from others. A type that is no role here (``reference``,
    ``footnote``, the cells of a table) is text.
    """
    article, named = "", Named()
    types = [element.get("type", "")]
    own: Role | None = None
    for name, found in _MARK.findall(element.get("custom", "")[:_MOST]):
        said = dict(_pairs(found))
        if name == "relayout":  # what PAGE has no word for, as relayout writes it
            own = own or role_of(said.get("role", ""))
            named = Named(kind_of(said.get("kind", "")) or named.kind)
            continue
        kind = kind_of(said.get("type", ""))
        if kind and said.get("id") and not article:
            article, named = said["id"], Named(kind) if named == Named() else named
        types += [said.get("type", "")] if not kind else []
    role = next((found for found in map(role_of, reversed(types)) if found), Role.BODY if any(types) else None)
    return Marks(article, named, own or role)


def within(element: Element, outer: Marks, named: dict[str, Named]) -> Marks:
    """Return what is said of a region or line itself, else of what it stands in; ``named`` gets articles it names."""
    own = marks(element)
    if own.article:
        named.setdefault(own.article, own.named)
    return Marks(own.article or outer.article, own.named, own.role or outer.role)


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for one in text.split(";"):
        key, _, value = one.partition(":")
        yield key.strip(), value.strip()


def refs(group: Element, within: str = "", named: Named | None = None) -> Iterator[tuple[str, str, Named]]:
    """Yield the regions of a group, those of groups in it in their place, each with the article that its group is.

    A group is an article where its ``type`` says so, or the ``structure`` in its ``custom``; the outermost counts.
    """
    members = list(children(group))
    if all(number(member, "index") is not None for member in members):
        members.sort(key=lambda member: number(member, "index") or 0.0)
    for member in members:
        own, kind = within, named or Named()
        if not within:
            said = marks(member)
            found = kind_of(member.get("type", ""))
            if said.article or found or said.named != Named():
                known = found if found and said.named == Named() else said.named.kind
                own = said.article or member.get("id", "")
                kind = Named(known, member.get("caption", "").strip()[:300])
        yield member.get("regionRef", ""), own, kind
        yield from refs(member, own, kind)
