"""What ALTO says of structure: tags that blocks, lines and words refer to (2.1), and the ``ReadingOrder`` (4.3).

A ``StructureTag`` whose ``TYPE`` is that of a unit of a newspaper is one article; other tags give roles, by their
``TYPE`` or ``LABEL``, as ``OtherTag TYPE="region" LABEL="RunningTitleZone"`` of eScriptorium does.

Source: the schema 4.4 of the Library of Congress.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from relayout.readers import markup
from relayout.readers.marks import issue_of, own
from relayout.readers.telling import Named
from relayout.readers.vocabulary import kind_of, role_of
from relayout.roles import Kind, Role

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_TAGS = ("LayoutTag", "StructureTag", "RoleTag", "OtherTag")
_GROUPS = ("OrderedGroup", "UnorderedGroup")
CONTINUES = "l-continuation"  # the tag that relayout gives to a block that is one with the block before it
Span = tuple[int, int]  # numbers of the first and last line of an element


class Told(NamedTuple):
    """What tags say of an element: the article that it is of, by the id of its tag, and its role.

    Of what relayout wrote, too: whether it is one with the block before it, and of which picture it is.
    """

    article: str = ""
    role: Role | None = None
    goes_on: bool = False
    picture: int = 0


class Tags:
    """The tags of a file, by their ids; counts the references that lead nowhere."""

    def __init__(self, root: Element) -> None:
        """Read the tags: the first of those with one id."""
        self.named: dict[str, Named] = {}
        self.roles: dict[str, Role | None] = {}
        self.lost = 0
        self.example = ""
        self.known: dict[str, Told] = {}
        self.issue = next(
            filter(None, (issue_of(e.text or "") for e in markup.inside(root, "processingStepSettings"))), ""
        )
        self.pictures = _pictured(root) if self.issue else {}
        loose: list[tuple[str, Named]] = []
        for section in markup.inside(root, "Tags"):
            for tag in markup.children(section, *_TAGS):
                ident, kind, label, more = (tag.get(a, "").strip() for a in ("ID", "TYPE", "LABEL", "DESCRIPTION"))
                if ident in self.roles:
                    continue
                self.roles[ident] = role_of(label) or role_of(kind)
                if markup.local(tag) not in ("StructureTag", "LayoutTag"):
                    continue
                if found := kind_of(kind):
                    named = own(more) if "{" in more else Named(kind_of(more) or Kind.ARTICLE)
                    unit = found if named.kind is Kind.ARTICLE else named.kind
                    self.named[ident] = named._replace(kind=unit, label="" if kind_of(label) else label[:300])
                elif not kind and (found := kind_of(label)):
                    loose.append((ident, Named(found)))
        # One tag that is called "article" and no more names a class of blocks; several are so many articles.
        self.named.update(loose if len(loose) > 1 else ())

    def of(self, element: Element, outer: Told) -> Told:
        """Return what the tags of an element say, else what is said of what it stands in."""
        refs = element.get("TAGREFS", "")
        if not refs:
            return outer
        own = self.known.get(refs)
        if own is None:
            own = self.known[refs] = self._read(refs)
        picture = self.pictures.get(element.get("ID", ""), outer.picture)
        return Told(outer.article or own.article, own.role or outer.role, own.goes_on, picture)

    def _read(self, refs: str) -> Told:
        article, role = "", None
        for ref in refs.split():
            if ref not in self.roles:
                self.lost += 1
                self.example = ref
            elif ref in self.named:
                article = article or ref
            else:
                role = role or self.roles[ref]
        return Told(article, role, goes_on=bool(self.issue) and CONTINUES in refs.split())


def _pictured(root: Element) -> dict[str, int]:
    """Return of which picture blocks are, as relayout writes it: of groups that stand in that of an article."""
    groups = (
        inner
        for order in markup.children(root, "ReadingOrder")
        for unit in markup.inside(order, "OrderedGroup")
        if unit.get("TAGREFS")
        for inner in markup.children(unit, "OrderedGroup")
    )
    return {
        ref: n
        for n, group in enumerate(groups, 1)
        for member in markup.children(group, "ElementRef")
        for ref in member.get("REF", "").split()
    }


def refs(root: Element) -> tuple[str, ...]:
    """Return what the ``ReadingOrder`` of a file refers to, in its order, groups in groups in their place."""
    return tuple(ref for order in markup.children(root, "ReadingOrder") for ref in _refs(order))


def _refs(group: Element) -> Iterator[str]:
    for member in markup.children(group, "ElementRef", *_GROUPS):
        yield from member.get("REF", "").split()
        yield from _refs(member)


def ordered(
    blocks: Sequence[tuple[int, ...]], named: Sequence[str], spans: Mapping[str, Span]
) -> tuple[tuple[int, ...], ...]:
    """Return the blocks of a page in the order in which a ``ReadingOrder`` names them, or lines or words of them.

    A line stands where it is named first. A block of which single lines are named is cut where others stand between;
    what is not named comes last, in the order of the file.

    >>> ordered(((1, 2), (3,)), ("b", "a", "b"), {"a": (1, 2), "b": (3, 3)})
    ((3,), (1, 2))
    """
    of = {number: n for n, block in enumerate(blocks) for number in block}
    todo = {number: None for block in blocks for number in block}
    found: list[list[int]] = []
    homes: list[int] = []
    for name in dict.fromkeys(named):
        first, last = spans.get(name, (1, 0))
        for number in range(first, last + 1):
            if number in todo:
                del todo[number]
                if not homes or homes[-1] != of[number]:
                    found.append([])
                    homes.append(of[number])
                found[-1].append(number)
    for number in todo:
        if not homes or homes[-1] != of[number]:
            found.append([])
            homes.append(of[number])
        found[-1].append(number)
    return tuple(map(tuple, found))
