"""What PAGE says of structure: types of regions, marks in ``custom`` (Transkribus), groups of the ``ReadingOrder``.

Sources: PAGE 2019; Transkribus and NewsEye write ``custom="readingOrder {index:0;} structure {id:a3; type:article;}"``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from relayout.readers.markup import children, inside, number
from relayout.readers.telling import Named, own_marks
from relayout.readers.vocabulary import kind_of, role_of
from relayout.roles import Kind, Role

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MARK = re.compile(r"(structure|relayout)\s{0,9}\{([^{}]*)\}")
_GROUPS = ("OrderedGroup", "OrderedGroupIndexed", "UnorderedGroup", "UnorderedGroupIndexed")
_MOST = 10_000  # characters of a custom attribute; those of Transkribus have some hundred


class Marks(NamedTuple):
    """What is said of a region or line: the article that it belongs to, what that is, and its role.

    ``goes_on``: it is one with the region before it.
    """

    article: str = ""
    named: Named = Named()
    role: Role | None = None
    goes_on: bool = False


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
            named = _named(said, named.kind)
            continue
        kind = kind_of(said.get("type", ""))
        if kind and said.get("id") and not article:
            article, named = said["id"], Named(kind) if named == Named() else named
        types += [said.get("type", "")] if not kind else []
    role = next((found for found in map(role_of, reversed(types)) if found), Role.BODY if any(types) else None)
    return Marks(article, named, own or role, element.get("continuation") == "true")


def _named(said: Mapping[str, str], kind: Kind) -> Named:
    n, texts = own_marks(said)
    return Named(kind_of(said.get("kind", "")) or kind, "", n, texts)


def own(custom: str) -> Named:
    """Return what relayout says of an article where PAGE and ALTO have no word for it.

    >>> own("relayout {kind:notice; n:3;}").n
    3
    """
    found = (dict(_pairs(found)) for name, found in _MARK.findall(custom[:_MOST]) if name == "relayout")
    return next((_named(said, Kind.ARTICLE) for said in found), Named())


def issue_of(custom: str) -> str:
    """Return what relayout, if it wrote a page, says of the issue that the page is of.

    >>> issue_of("relayout {issue:0a1b;}"), issue_of("structure {type:article;}")
    ('0a1b', '')
    """
    for name, found in _MARK.findall(custom[:_MOST]):
        if name == "relayout" and (said := dict(_pairs(found)).get("issue", "")):
            return said[:80]
    return ""


def within(element: Element, outer: Marks, named: dict[str, Named]) -> Marks:
    """Return what is said of a region or line itself, else of what it stands in; ``named`` gets articles it names."""
    own = marks(element)
    if own.article:
        named.setdefault(own.article, own.named)
    return Marks(own.article or outer.article, own.named, own.role or outer.role, own.goes_on or outer.goes_on)


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
                kind = said.named._replace(kind=known, label=member.get("caption", "").strip()[:300])
        yield member.get("regionRef", ""), own, kind
        yield from refs(member, own, kind)


def pictured(page: Element) -> dict[str, int]:
    """Return of which picture regions are, its own among them: groups of type ``figure`` count from 1."""
    members = (one for order in children(page, "ReadingOrder") for one in inside(order, *_GROUPS))
    groups = (group for group in members if group.get("type") == "figure")
    return {ref.get("regionRef", ""): n for n, group in enumerate(groups, 1) for ref in children(group)}
