"""What a source tells of its own structure: its articles, the roles of its lines, how sure an engine is; what it lacks.

And what it calls things, so that what is written can point to them.

Lines are meant by their number on the page, from 1, as readers number them; several pages by page and line.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from relayout.roles import Kind, Role

Key = tuple[int, int]  # page, line


class Gap(NamedTuple):
    """Text of an article that is not there: on which page it stands, and whether ``before`` all else of it."""

    page: str
    before: bool = False


@dataclass(frozen=True, slots=True)
class ToldPart:
    """Lines that a source takes for one part of an article (a paragraph, a headline), by page and number, in order."""

    role: Role
    lines: tuple[Key, ...]

    def __post_init__(self) -> None:
        if not self.lines:
            raise ValueError("a part has at least one line")


@dataclass(frozen=True, slots=True)
class ToldArticle:
    """An article as a source tells of it: its parts in reading order, on one page or several.

    ``id`` is what the source calls it, ``label`` the title that it gives.

    >>> ToldArticle((ToldPart(Role.HEAD, ((1, 4),)), ToldPart(Role.BODY, ((1, 5), (2, 1))))).pages
    (1, 2)
    """

    parts: tuple[ToldPart, ...]
    kind: Kind = Kind.ARTICLE
    id: str = ""
    label: str = ""

    def __post_init__(self) -> None:
        if not self.parts:
            raise ValueError("an article has at least one part")

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages that it stands on, in the order of its parts."""
        return tuple(dict.fromkeys(page for part in self.parts for page, _ in part.lines))


class ToldHere(NamedTuple):
    """What of an article stands on one page: which article of the source it is, which stretch of it, and its parts.

    ``n`` counts the articles from 0, ``stretch`` the changes of page in one: it begins in its stretch 0.
    """

    n: int
    stretch: int
    article: ToldArticle


def by_page(told: Iterable[ToldArticle]) -> dict[int, tuple[ToldHere, ...]]:
    """Cut articles where their parts go on on another page: what stands on each page, in the order of the articles.

    >>> found = by_page([ToldArticle((ToldPart(Role.BODY, ((1, 5), (2, 1))),))])
    >>> [here.article.parts[0].lines for page in (1, 2) for here in found[page]]
    [((1, 5),), ((2, 1),)]
    """
    found: dict[int, list[ToldHere]] = {}
    for n, article in enumerate(told):
        stretches: list[tuple[int, list[tuple[Role, list[Key]]]]] = []
        for part in article.parts:
            begun = False
            for key in part.lines:
                if not stretches or stretches[-1][0] != key[0]:
                    stretches.append((key[0], []))
                    begun = False
                if not begun:
                    stretches[-1][1].append((part.role, []))
                    begun = True
                stretches[-1][1][-1][1].append(key)
        for stretch, (page, parts) in enumerate(stretches):
            cut = tuple(ToldPart(role, tuple(keys)) for role, keys in parts)
            found.setdefault(page, []).append(ToldHere(n, stretch, replace(article, parts=cut)))
    return {page: tuple(here) for page, here in found.items()}


@dataclass(frozen=True, slots=True)
class ToldRole:
    """Lines of one page that a source gives a role (``type="heading"`` of a region), by number."""

    role: Role
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ToldNames:
    """What a source calls a page and what is on it, so that another file can point there.

    ``file`` is where the file of the page lies, from the folder of the source on, with its SHA-256 and its size in
    bytes; ``image`` the picture that it says the page is of, ``dpi`` its resolution, 0 where it does not say. ``page``
    is the id of the page; ``lines`` those of the block and of the line itself, for every line of the page in order;
    ``shapes`` those of its shapes. An id that is missing, or given twice, is empty; where ids are of no use, there are
    none.
    """

    file: str = ""
    sha256: str = ""
    size: int = 0
    image: str = ""
    dpi: int = 0
    page: str = ""
    lines: tuple[tuple[str, str], ...] = ()
    shapes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sureness:
    """How sure an engine is of the characters ``start`` to ``end`` of the raw line ``line``: ``cert`` from 0 to 1."""

    line: int
    start: int
    end: int
    cert: float

    def __post_init__(self) -> None:
        if self.line < 1 or not 0 <= self.start < self.end:
            raise ValueError(f"not a span of a line: {self.line}[{self.start}:{self.end}]")
        if not 0.0 <= self.cert <= 1.0:
            raise ValueError(f"certainty runs from 0 to 1, not {self.cert}")
