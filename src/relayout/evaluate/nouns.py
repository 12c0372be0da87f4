"""What is scored: gold and prediction as the same nouns, units of parts.

A unit is an article, a sidebar, an advertisement …; a ``caption`` that tells of the photo of another unit
(``of``); or ``furniture``. So gold, TEI and a peer's Markdown look the same to every measure. Roles are those
of :class:`relayout.roles.Role` and ``quote``, a pull quote.
"""

from __future__ import annotations

from typing import NamedTuple

from relayout.roles import Role

ROLES = (*(role.value for role in Role), "quote")
HEADS = frozenset({"kicker", "head", "sub"})
BODY = frozenset({"p", "lead", "item", "row", "list-head", "crosshead"})
CREDITS = frozenset({"credit", "source"})

ARTICLES = frozenset({"article", "commentary", "sidebar", "briefs", "notice"})
APART = frozenset({"caption", "furniture"})
"""Kinds of units that are no unit of reading: they are measured by themselves."""

ACCEPTS: dict[str, frozenset[str]] = {
    "head": HEADS,
    "credit": CREDITS,
    "quote": frozenset({"quote", "display"}),
}
"""What a gold role accepts beside itself: ``head`` leaves the rank in the deck open (docs/samples.md)."""


class Part(NamedTuple):
    """One headline, paragraph, list item …; ``lines`` counts its printed lines, 0 where nobody says."""

    role: str
    text: str
    lines: int = 0


class Unit(NamedTuple):
    """A unit of the page; ``kind`` is empty where a format has no kinds, ``of`` is the unit of a caption."""

    id: str
    kind: str
    parts: tuple[Part, ...]
    of: str = ""


class Truth(NamedTuple):
    """What is right about one page; ``ordered`` says that the units stand in reading order."""

    units: tuple[Unit, ...]
    name: str = ""
    ordered: bool = True


class Prediction(NamedTuple):
    """What a program said about one page; ``knows`` are the roles its format can tell, ``adapter`` who read it."""

    units: tuple[Unit, ...]
    knows: frozenset[str] = frozenset(ROLES)
    adapter: str = ""


def accepts(gold: str, found: str) -> bool:
    """Say whether a part of gold role ``gold`` may have the role ``found``.

    >>> accepts("head", "kicker"), accepts("kicker", "head"), accepts("p", "p")
    (True, False, True)
    """
    return found == gold or found in ACCEPTS.get(gold, ())


def figures_apart(unit: Unit) -> tuple[Unit, ...]:
    """Take captions, with the credits that follow each, and furniture out of ``unit``: units of their own follow it.

    Leaves out a unit of which nothing remains.
    """
    if unit.kind in APART or not any(part.role in APART for part in unit.parts):
        return (unit,)
    furniture = [part for part in unit.parts if part.role == "furniture"]
    rest: list[Part] = []
    captions: list[list[Part]] = []
    pictured = False
    for part in unit.parts:
        if part.role == "furniture":
            continue
        if part.role == "caption":
            captions.append([part])
        elif pictured and part.role in CREDITS:
            captions[-1].append(part)
            continue
        else:
            rest.append(part)
        pictured = part.role == "caption"
    made = [Unit(f"{unit.id}-c{n}", "caption", tuple(parts), unit.id) for n, parts in enumerate(captions, 1)]
    if furniture:
        made.append(Unit(f"{unit.id}-f", "furniture", tuple(furniture)))
    return (*([unit._replace(parts=tuple(rest))] if rest else []), *made)
