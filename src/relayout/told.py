"""What a source tells of its own structure: its articles, the roles of its lines, how sure an engine is; what it lacks.

And what it calls things, so that what is written can point to them.

Lines are meant by their number on the page, from 1, as readers number them; several pages by page and line.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from types import MappingProxyType
from typing import NamedTuple

from relayout.roles import Kind, Role

Key = tuple[int, int]  # page, line


class Gap(NamedTuple):
    """Text of an article that is not there: on which page it stands, and whether ``before`` all else of it."""

    page: str
    before: bool = False


@dataclass(frozen=True, slots=True)
class ToldPart:
    """Lines that a source takes for one part of an article (a paragraph, a headline), by page and number, in order.

    ``goes_on``: it is one with the text before it, of which a column or page has parted it; ``turn``: where it stands
    among all parts of its article, from 1, where the file of one page says so. ``picture`` is the shape of the page
    that it is the caption of, from 1; pictures without a place have greater numbers. All three are known of what
    relayout wrote.
    """

    role: Role
    lines: tuple[Key, ...]
    goes_on: bool = False
    turn: int = 0
    picture: int = 0

    def __post_init__(self) -> None:
        if not self.lines:
            raise ValueError("a part has at least one line")


@dataclass(frozen=True, slots=True)
class ToldArticle:
    """An article as a source tells of it: its parts in reading order, on one page or several.

    ``id`` is what the source calls it, ``label`` the title that it gives. ``exact``: relayout wrote the source, so that
    its parts are paragraphs and their roles final; ``issue`` tells of which issue a file of one page is, ``n`` where
    the article stands in it, from 1, if that is not plain. ``gaps`` are pages that it stands on and that are not there.

    >>> ToldArticle((ToldPart(Role.HEAD, ((1, 4),)), ToldPart(Role.BODY, ((1, 5), (2, 1))))).pages
    (1, 2)
    """

    parts: tuple[ToldPart, ...]
    kind: Kind = Kind.ARTICLE
    id: str = ""
    label: str = ""
    exact: bool = False
    issue: str = ""
    n: int = 0
    gaps: tuple[Gap, ...] = ()

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
        stretches: list[tuple[int, list[ToldPart]]] = []
        for part in article.parts:
            for nth, (page, run) in enumerate(groupby(part.lines, key=lambda key: key[0])):
                if not stretches or stretches[-1][0] != page:
                    stretches.append((page, []))
                stretches[-1][1].append(replace(part, lines=tuple(run), goes_on=part.goes_on or nth > 0))
        for stretch, (page, parts) in enumerate(stretches):
            found.setdefault(page, []).append(ToldHere(n, stretch, replace(article, parts=tuple(parts))))
    return {page: tuple(here) for page, here in found.items()}


def renamed(
    told: ToldArticle, pages: Mapping[int, int], lines: Mapping[int, int] = MappingProxyType({})
) -> ToldArticle:
    """Return an article with other numbers for its pages; ``lines`` come before the lines of a page by its old one."""
    parts = []
    for part in told.parts:
        keys = tuple((pages.get(page, page), line + lines.get(page, 0)) for page, line in part.lines)
        parts.append(replace(part, lines=keys))
    return replace(told, parts=tuple(parts))


def together(told: Iterable[ToldArticle]) -> tuple[ToldArticle, ...]:
    """Make one article of those that have one id in the files of one issue, in the order that the files tell of.

    What no file says of its issue stays as it is: ids count anew in every file.

    >>> one, two = (ToldArticle((ToldPart(Role.BODY, ((p, 1),)),), id="a1", issue="x") for p in (1, 2))
    >>> [article.pages for article in together([one, two])]
    [(1, 2)]
    """
    found: dict[object, list[ToldArticle]] = {}
    for at, article in enumerate(told):
        found.setdefault((article.issue, article.id) if article.issue and article.id else at, []).append(article)
    whole = []
    for same in found.values():
        parts = tuple(part for article in same for part in article.parts)
        if all(part.turn for part in parts):
            parts = tuple(sorted(parts, key=lambda part: part.turn))
        whole.append(replace(same[0], parts=parts))
    return tuple(sorted(whole, key=lambda article: article.n) if all(article.n for article in whole) else whole)


def within(told: Iterable[ToldArticle], pages: Collection[int]) -> tuple[ToldArticle, ...]:
    """Return what of articles stands on pages that are there; each of the others is a gap.

    >>> [one] = within([ToldArticle((ToldPart(Role.BODY, ((1, 5), (2, 1))),))], {2})
    >>> one.pages, one.gaps
    ((2,), (Gap(page='1', before=True),))
    """
    kept: list[ToldArticle] = []
    for article in told:
        if set(article.pages) <= set(pages):
            kept.append(article)
            continue
        parts: list[ToldPart] = []
        gaps = list(article.gaps)
        for part in article.parts:
            gone = dict.fromkeys(str(page) for page, _ in part.lines if page not in pages)
            lines = tuple(key for key in part.lines if key[0] in pages)
            before = not parts and part.lines[0][0] not in pages
            known = {gap.page for gap in gaps}
            gaps += [Gap(page, before) for page in gone if page not in known]
            if lines:
                parts.append(replace(part, lines=lines))
        if parts:
            kept.append(replace(article, parts=tuple(parts), gaps=tuple(gaps)))
    return tuple(kept)


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
