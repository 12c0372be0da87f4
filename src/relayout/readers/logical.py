"""The logical structure of METS: which divisions are articles, and which lines of which files their areas name.

Areas stand in the divisions (docWorks), or in divisions of the physical structure that ``structLink`` ties to them
(British Library). The outermost article counts, what is in it is its parts. A line that two articles name is of the
first.

Source: METS 1.12.1 of the Library of Congress; ``BETYPE="IDREF"`` of ``area``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from relayout.model import Note, Outcome
from relayout.readers import markup
from relayout.readers.tags import Span
from relayout.readers.telling import dangling
from relayout.readers.vocabulary import kind_of, role_of
from relayout.roles import Kind, Level, Role
from relayout.told import Gap, Key, ToldArticle, ToldPart, ToldRole

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_FAR = 1_000_000  # more than a page has shapes
_XLINK = "{http://www.w3.org/1999/xlink}"


class Area(NamedTuple):
    """A part of a file: from one id to another."""

    file: str
    begin: str
    end: str


class Part(NamedTuple):
    """What a division takes areas for; ``picture`` counts illustrations it may stand in, ``drawn`` are areas of it."""

    role: Role
    areas: list[Area]
    picture: int = 0
    drawn: tuple[Area, ...] = ()


class Division(NamedTuple):
    """An article; or, where ``kind`` is ``None``, something that is none, as the title section."""

    kind: Kind | None
    id: str
    label: str
    parts: list[Part]
    exact: bool = False


class Sheet:
    """The lines of a file: where ids stand, and which lines no article has yet."""

    def __init__(
        self,
        pages: Iterable[tuple[int, int]],
        spans: Iterable[Mapping[str, Span]],
        shapes: Iterable[Sequence[str]] = (),
    ) -> None:
        """Take the pages of a file, each with its number and how many lines it has, and where its ids stand.

        ``shapes`` are the ids of the shapes of each page.
        """
        self.shapes = {ident: n for page in shapes for n, ident in enumerate(page, 1) if ident}
        self.keys: list[Key] = []
        self.spans: dict[str, Span] = {}
        for (page, count), named in zip(pages, spans, strict=True):
            before = len(self.keys)
            for ident, (first, last) in named.items():
                self.spans.setdefault(ident, (before + first - 1, before + last - 1))
            self.keys += [(page, n) for n in range(1, count + 1)]
        self.free = list(range(len(self.keys) + 1))  # the first line, from each on, that no article has

    def _next(self, n: int) -> int:
        end = n
        while self.free[end] != end:
            end = self.free[end]
        while self.free[n] != end:
            self.free[n], n = end, self.free[n]
        return end

    def take(self, area: Area) -> tuple[list[Key], int] | None:
        """Return the lines of an area that nobody had, and how many somebody had; ``None`` for no ids of it."""
        one, two = self.spans.get(area.begin), self.spans.get(area.end)
        if not one or not two or two[1] < one[0] - 1:
            return None
        found: list[Key] = []
        n = self._next(one[0])
        while n <= two[1]:
            found.append(self.keys[n])
            self.free[n] = n + 1
            n = self._next(n + 1)
        return found, two[1] - one[0] + 1 - len(found)


def divisions(root: Element) -> tuple[Division, ...]:
    """Return the articles of the logical structure in its order, and what it says of other lines."""
    logical: list[Element] = []
    physical: dict[str, Element] = {}
    for structure in markup.inside(root, "structMap"):
        if structure.get("TYPE", "").lower() == "physical":
            physical.update({div.get("ID", ""): div for div in markup.inside(structure, "div")})
        else:
            logical.append(structure)
    exact = any(
        (name.text or "").startswith("relayout ")
        for agent in markup.inside(root, "agent")
        for name in markup.children(agent, "name")
    )
    walker = _Walker(physical, _links(root), _genres(root), exact=exact)
    for structure in logical:
        for div in markup.children(structure, "div"):
            walker.walk(div, None, Role.BODY, None)
    for div in physical.values():  # running heads and folios of a page
        if role_of(div.get("TYPE", "")) is Role.FURNITURE and div.get("ID", "") not in walker.targets:
            walker.found.append(Division(None, "", "", [Part(Role.FURNITURE, list(_areas(div)))]))
    return tuple(division for division in walker.found if division.parts)


class _Walker:
    """Gathers the divisions; what ``structLink`` ties to two of them is of the first."""

    def __init__(
        self,
        physical: Mapping[str, Element],
        links: Mapping[str, Sequence[str]],
        genres: Mapping[str, Kind],
        *,
        exact: bool,
    ) -> None:
        self.physical, self.links, self.genres, self.exact = physical, links, genres, exact
        self.targets = {target for targets in links.values() for target in targets}
        self.used: set[str] = set()
        self.pictures = 0
        self.picture: tuple[int, tuple[Area, ...]] = (0, ())
        self.found: list[Division] = []

    def walk(self, div: Element, outer: Division | None, role: Role, part: Part | None) -> None:
        """Gather a division and those in it; ``part`` is that of what it stands in, if that is one with a role."""
        own = outer
        genre = self.genres.get(div.get("DMDID", "").partition(" ")[0])
        kind = genre or kind_of(div.get("TYPE", ""))
        said = role_of(div.get("TYPE", "")) if not genre else None
        if kind and (outer is None or outer.kind is None):
            label = div.get("LABEL", "").strip()[:300]
            own, role, part = Division(kind, div.get("ID", ""), label, [], self.exact), Role.BODY, None
            self.found.append(own)
        elif said and own is None:
            own = Division(None, div.get("ID", ""), "", [])
            self.found.append(own)
        if said and not (own and own.kind is None and role is Role.FURNITURE):
            role, part = said, None
        areas = list(_areas(div))
        if said and own:
            part = Part(role, areas, *self.picture)
            own.parts.append(part)
        elif areas and own:
            if part is None or own.parts[-1] is not part:
                part = Part(role, [])
                own.parts.append(part)
            part.areas.extend(areas)
        for target in dict.fromkeys(self.links.get(div.get("ID", ""), ())) if own else ():
            if own and target in self.physical and target not in self.used:
                self.used.add(target)
                own.parts.extend(self._linked(self.physical[target], role if said else None))
        outside = self.picture
        if self.exact and div.get("TYPE", "") == "ILLUSTRATION":
            images = (image for image in markup.children(div, "div") if image.get("TYPE", "") == "IMAGE")
            self.pictures += 1
            self.picture = (self.pictures, tuple(area for image in images for area in _areas(image)))
        for child in markup.children(div, "div"):
            self.walk(child, own, role, part)
        self.picture = outside

    def _linked(self, div: Element, role: Role | None) -> Iterator[Part]:
        """Yield the parts of a physical division: its own areas, and those deeper that no link leads to."""
        told = role or role_of(div.get("LABEL", "")) or role_of(div.get("TYPE", "")) or Role.BODY
        if areas := list(_areas(div)):
            yield Part(told, areas)
        for child in markup.children(div, "div"):
            if child.get("ID", "") not in self.targets:
                yield from self._linked(child, role)


def _genres(root: Element) -> dict[str, Kind]:
    """Return the kinds that descriptions (MODS) give to what refers to them, by their ids."""
    found: dict[str, Kind] = {}
    for section in markup.inside(root, "dmdSec"):
        genre = next(markup.inside(section, "genre"), None)
        kind = kind_of(genre.text or "") if genre is not None else None
        if kind and section.get("ID"):
            found.setdefault(section.get("ID", ""), kind)
    return found


def _areas(div: Element) -> Iterator[Area]:
    """Yield the areas that a division names itself, by ids."""
    for pointer in markup.children(div, "fptr"):
        for area in markup.inside(pointer, "area"):
            begin = area.get("BEGIN", "")
            if begin and area.get("BETYPE", "IDREF").upper() == "IDREF":
                yield Area(area.get("FILEID", ""), begin, area.get("END") or begin)


def _links(root: Element) -> dict[str, list[str]]:
    """Return what ``structLink`` ties to each division: by ``smLink``, or by arcs between the labels of a group."""
    found: dict[str, list[str]] = {}
    for link in markup.inside(root, "smLink"):
        found.setdefault(_end(link, "from"), []).append(_end(link, "to"))
    for group in markup.inside(root, "smLinkGrp"):
        ids = {
            place.get(f"{_XLINK}label", ""): _end(place, "href") for place in markup.children(group, "smLocatorLink")
        }
        for arc in markup.children(group, "smArcLink"):
            ends = [ids.get(_end(arc, end), "") for end in ("from", "to")]
            if all(ends):
                found.setdefault(ends[0], []).append(ends[1])
    return found


def _end(link: Element, name: str) -> str:
    return str(link.get(f"{_XLINK}{name}", "")).removeprefix("#")


def _picture(part: Part, sheets: Mapping[str, Sheet]) -> int:
    """Return the shape that a part is the caption of, by its number; illustrations without one have others."""
    shapes = (sheets[one.file].shapes.get(one.begin, 0) for one in part.drawn if one.file in sheets)
    return part.picture and (next(filter(None, shapes), 0) or _FAR + part.picture)


def wanted(found: Iterable[Division]) -> dict[str, set[str]]:
    """Return the ids that areas name in each file."""
    ids: dict[str, set[str]] = {}
    for area in (area for division in found for part in division.parts for area in part.areas):
        ids.setdefault(area.file, set()).update((area.begin, area.end))
    return ids


def resolved(
    found: Sequence[Division], sheets: Mapping[str, Sheet], absent: Mapping[str, str]
) -> Outcome[tuple[tuple[ToldArticle, ...], dict[int, tuple[ToldRole, ...]]]]:
    """Return the articles by their lines, and the roles of all lines by page.

    ``sheets`` are the files that were read, ``absent`` the pages whose files could not be, by the ids of these: an
    article that has areas there has a gap.
    """
    told: list[ToldArticle] = []
    roles: dict[int, dict[Role, list[int]]] = {}
    lost: list[Area] = []
    again = 0
    for division in sorted(found, key=lambda one: one.kind is None):
        parts: list[ToldPart] = []
        gaps: dict[str, Gap] = {}
        for part in division.parts:
            keys: list[Key] = []
            for area in part.areas:
                taken = sheets[area.file].take(area) if area.file in sheets else None
                if taken is None:
                    if gone := absent.get(area.file, ""):
                        gaps.setdefault(gone, Gap(gone, not parts and not keys))
                    lost += [area] if area.file not in absent else []
                    continue
                keys += taken[0]
                again += taken[1] if division.kind else 0
            if keys:
                parts.append(ToldPart(part.role, tuple(keys), picture=_picture(part, sheets)))
            for page, number in keys if part.role is not Role.BODY else ():
                roles.setdefault(page, {}).setdefault(part.role, []).append(number)
        if parts and division.kind:
            one = ToldArticle(tuple(parts), division.kind, division.id, division.label, exact=division.exact)
            told.append(replace(one, gaps=tuple(gaps.values())))
    by_page = {
        page: tuple(ToldRole(role, tuple(numbers)) for role, numbers in one.items()) for page, one in roles.items()
    }
    notes = [*dangling(len(lost), "areas of the logical structure", lost[0].begin if lost else "")]
    if again:
        what = f"{again} lines are named by two articles"
        notes.append(Note("read", what, "the first has them", 1.0, Level.DOUBT))
    return Outcome((tuple(told), by_page), tuple(notes))
