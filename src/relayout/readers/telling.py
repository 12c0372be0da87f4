"""What a file says of single lines, put together: the articles of a page, part by part, and the roles of its lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from relayout.model import Note
from relayout.roles import Kind, Level, Role
from relayout.told import Key, ToldArticle, ToldPart, ToldRole


class Said(NamedTuple):
    """What a file says of a line: its article (by a name, or nothing), its role, and the block that it stands in."""

    article: str = ""
    role: Role | None = None
    block: int = 0


class Named(NamedTuple):
    """An article that a file names: its kind, and the title that it gives."""

    kind: Kind = Kind.ARTICLE
    label: str = ""


def roles(said: Sequence[Said]) -> tuple[ToldRole, ...]:
    """Return the roles of the lines of a page, which are numbered from 1 in their order; one entry for each role.

    >>> [told.lines for told in roles([Said(role=Role.HEAD), Said(), Said(role=Role.HEAD)])]
    [(1, 3)]
    """
    found: dict[Role, list[int]] = {}
    for n, one in enumerate(said, 1):
        if one.role:
            found.setdefault(one.role, []).append(n)
    return tuple(ToldRole(role, tuple(numbers)) for role, numbers in found.items())


def articles(lines: Iterable[tuple[Key, Said]], named: Mapping[str, Named]) -> tuple[ToldArticle, ...]:
    """Return the articles that lines, in reading order, are said to belong to, in the order in which they begin.

    A part is a run of lines of one article in one block that have one role; a line without a role is text.
    """
    found: dict[str, list[tuple[Role, int, list[Key]]]] = {}
    for key, said in lines:
        if not said.article:
            continue
        parts = found.setdefault(said.article, [])
        role = said.role or Role.BODY
        if parts and parts[-1][:2] == (role, said.block):
            parts[-1][2].append(key)
        else:
            parts.append((role, said.block, [key]))
    return tuple(
        ToldArticle(
            tuple(ToldPart(role, tuple(keys)) for role, _, keys in parts),
            named[name].kind if name in named else Kind.ARTICLE,
            name,
            named[name].label if name in named else "",
        )
        for name, parts in found.items()
    )


def in_order(count: int, blocks: Sequence[Sequence[int]]) -> list[int]:
    """Return the numbers of the lines of a page in the order of its blocks, and then those that are in none.

    >>> in_order(4, ((3, 4), (1,)))
    [3, 4, 1, 2]
    """
    return list(dict.fromkeys([*(n for block in blocks for n in block), *range(1, count + 1)]))


def dangling(count: int, what: str, example: str) -> tuple[Note, ...]:
    """Return a note on references that lead nowhere; none where there are none."""
    if not count:
        return ()
    shown = "".join(char for char in example if char.isprintable())[:40]
    why = f"there is no {shown!r}" + (f", and {count - 1} more" if count > 1 else "")
    return (Note("read", f"{what} lead nowhere", why, 1.0, Level.DOUBT),)
