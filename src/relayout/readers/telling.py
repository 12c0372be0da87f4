"""What a file says of single lines, put together: the articles of a page, part by part, and the roles of its lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from relayout.model import Note
from relayout.roles import Kind, Level, Role
from relayout.told import Key, ToldArticle, ToldPart, ToldRole


class Said(NamedTuple):
    """What a file says of a line: its article (by a name, or nothing), its role, and the block that it stands in.

    ``goes_on``: the block is one with the text before it; ``picture``: of which picture of the article it is.
    """

    article: str = ""
    role: Role | None = None
    block: int = 0
    goes_on: bool = False
    picture: int = 0


class Named(NamedTuple):
    """An article that a file names: its kind, and the title that it gives.

    As relayout writes it, too: ``n``, its place in the issue, and ``texts``, where its texts stand in it.
    """

    kind: Kind = Kind.ARTICLE
    label: str = ""
    n: int = 0
    texts: tuple[int, ...] = ()


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


def articles(lines: Iterable[tuple[Key, Said]], named: Mapping[str, Named], issue: str = "") -> tuple[ToldArticle, ...]:
    """Return the articles that lines, in reading order, are said to belong to, in the order in which they begin.

    A part is a run of lines of one article in one block that have one role; a line without a role is text. ``issue``
    is what relayout, if it wrote the file, says of the issue.
    """
    found: dict[str, list[tuple[Role, int, list[Key], Said]]] = {}
    for key, said in lines:
        if not said.article:
            continue
        parts = found.setdefault(said.article, [])
        role = said.role or Role.BODY
        if parts and parts[-1][:2] == (role, said.block):
            parts[-1][2].append(key)
        else:
            parts.append((role, said.block, [key], said))
    return tuple(_article(name, parts, named.get(name, Named()), issue) for name, parts in found.items())


def _article(name: str, parts: Sequence[tuple[Role, int, list[Key], Said]], own: Named, issue: str) -> ToldArticle:
    if not issue:
        told = tuple(ToldPart(role, tuple(keys)) for role, _, keys, _ in parts)
        return ToldArticle(told, own.kind, name, own.label)
    turns = own.texts if len(own.texts) == len(parts) else (0,) * len(parts)
    told = tuple(
        ToldPart(role, tuple(keys), said.goes_on, turn, said.picture)
        for (role, _, keys, said), turn in zip(parts, turns, strict=True)
    )
    return ToldArticle(told, own.kind, name, own.label, exact=True, issue=issue, n=own.n)


def of_shapes(said: Sequence[Said], drawn: Mapping[int, str], shapes: Sequence[str]) -> list[Said]:
    """Let lines name the picture that they are of by its shape on the page, from 1; one without a shape comes after.

    ``drawn`` are the ids of the shapes of pictures, ``shapes`` those of all shapes of the page.

    >>> [one.picture for one in of_shapes([Said(picture=1), Said(picture=2), Said()], {1: "s2"}, ["s1", "s2"])]
    [2, 4, 0]
    """
    at = {ident: n for n, ident in enumerate(shapes, 1)}
    moved = {n: at.get(drawn.get(n, ""), len(shapes) + n) for n in {one.picture for one in said} if n}
    return [one._replace(picture=moved.get(one.picture, 0)) for one in said]


def own_marks(said: Mapping[str, str]) -> tuple[int, tuple[int, ...]]:
    """Return what a mark of relayout says of an article: its place in the issue, and those of its texts in it.

    >>> own_marks({"n": "3", "texts": "1 2 5"}), own_marks({"n": "x"})
    ((3, (1, 2, 5)), (0, ()))
    """
    n, texts = said.get("n", ""), said.get("texts", "").split()
    fit = all(one.isascii() and one.isdigit() and len(one) < 8 for one in (*texts, n or "0"))
    return (int(n or 0), tuple(map(int, texts))) if fit else (0, ())


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
