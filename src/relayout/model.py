"""All nouns of relayout: frozen, slotted, tuples inside.

Data flows one way, ``bytes -> Page -> Layout -> Issue -> files``. Nothing here reads, decides or writes; a bad value
cannot be built. A change is :func:`dataclasses.replace`. Two ideas carry the house:
* A :class:`Line` keeps ``raw``, the characters as they were read, for ever. Stages may only refine ``text``.
* A :class:`Paragraph` never stores its text, but lines and the *joints* between them: mending is choosing these.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from relayout.imprint import UPRIGHT, Blank, Box, Shape, Stance
from relayout.lines import Line as Line
from relayout.lines import Place as Place
from relayout.roles import Joint, Kind, Level, Order, Role
from relayout.told import Gap, Sureness, ToldArticle, ToldNames, ToldRole

T = TypeVar("T")
_BETWEEN = {Joint.SPACE: " ", Joint.CELL: "\t"}


def _check_certainty(cert: float) -> None:
    if not 0.0 <= cert <= 1.0:
        raise ValueError(f"certainty runs from 0 to 1, not {cert}")


class Evidence(NamedTuple):
    """One reason: what was seen (``value``), how much it counts (``weight``), and their product."""

    name: str
    value: float
    weight: float

    @property
    def product(self) -> float:
        """What this reason adds to the sum."""
        return self.value * self.weight


@dataclass(frozen=True, slots=True)
class Note:
    """What a stage did, decided or doubts, at which place, why, and how sure it is (0 to 1)."""

    stage: str
    what: str
    why: str
    cert: float = 1.0
    level: Level = Level.DECISION
    place: Place | None = None
    window: str = ""
    evidence: tuple[Evidence, ...] = ()

    def __post_init__(self) -> None:
        _check_certainty(self.cert)


class Outcome(NamedTuple, Generic[T]):
    """What a stage returns: the new value and the notes on what it did."""

    value: T
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that are one text, with one joint fewer than lines; its text is computed, never stored.

    ``mark`` is how many characters at the start of the first line are not prose: the dateline of a report
    (【…訊】), the bullet or number of a list item. A row of a table parts its cells with tabs.

    >>> one, two = (Line(raw=t, text=t, place=Place(1, n)) for n, t in ((1, "pre-"), (2, "fix")))
    >>> Paragraph((one, two), (Joint.HYPHEN_GONE,)).text
    'prefix'
    """

    lines: tuple[Line, ...]
    joints: tuple[Joint, ...] = ()
    role: Role = Role.BODY
    cert: float = 1.0
    mark: int = 0

    def __post_init__(self) -> None:
        if not self.lines:
            raise ValueError("a paragraph has at least one line")
        if len(self.joints) != len(self.lines) - 1:
            raise ValueError(f"{len(self.lines)} lines need {len(self.lines) - 1} joints, not {len(self.joints)}")
        if Joint.CELL in self.joints and self.role is not Role.ROW:
            raise ValueError(f"a {self.role.value} has no cells; a row has")
        if not 0 <= self.mark <= len(self.lines[0].text):
            raise ValueError(f"a mark stands in the first line: {self.mark}")
        _check_certainty(self.cert)

    @property
    def text(self) -> str:
        """The joined text."""
        if not self.joints:
            return self.lines[0].text
        out: list[str] = []
        for line, joint in zip(self.lines, self.joints, strict=False):
            out += (line.text[:-1] if joint is Joint.HYPHEN_GONE else line.text, _BETWEEN.get(joint, ""))
        out.append(self.lines[-1].text)
        return "".join(out)


@dataclass(frozen=True, slots=True)
class Figure:
    """A photo or chart that is known by its caption: caption paragraphs and credits, in order.

    ``box`` is the picture itself, on the page of the first caption, where it was found; ``image`` the name of the file
    that holds it, if one was made.
    """

    parts: tuple[Paragraph, ...]
    cert: float = 1.0
    box: Box | None = None
    image: str = ""

    def __post_init__(self) -> None:
        if not self.parts or any(p.role not in (Role.CAPTION, Role.CREDIT) for p in self.parts):
            raise ValueError("a figure is made of captions and credits")

    @property
    def page(self) -> int:
        """The number of its page."""
        return self.parts[0].lines[0].place.page


@dataclass(frozen=True, slots=True)
class Article:
    """One unit of a page: an article, commentary, sidebar, notice …, or what could not be placed.

    ``parts`` stand in reading order: heads and rubrics, bylines, then the body. ``about`` is the id of the
    article whose event a sidebar tells of. ``id`` is empty until the units are in order. ``jumps`` are the pages on
    which it goes on away from what is before; ``gaps`` what of it is not there.
    """

    parts: tuple[Paragraph, ...]
    kind: Kind = Kind.ARTICLE
    figures: tuple[Figure, ...] = ()
    id: str = ""
    about: str = ""
    cert: float = 1.0
    jumps: tuple[int, ...] = ()
    gaps: tuple[Gap, ...] = ()

    def __post_init__(self) -> None:
        if not self.parts and not self.figures:
            raise ValueError("an article has at least one part or figure")

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Every paragraph, those of figures last."""
        return (*self.parts, *(p for f in self.figures for p in f.parts))

    def heads(self) -> tuple[Paragraph, ...]:
        """Return the headline deck: kicker, main and sub heads in order."""
        return tuple(p for p in self.parts if p.role in (Role.KICKER, Role.HEAD, Role.SUB))


@dataclass(frozen=True, slots=True)
class Page:
    """What a reader gives: the non-blank lines of one page in the order of the source, and nothing decided.

    ``box`` is the page itself, from 0, 0, in ``unit``, the unit of all its boxes; ``None`` where the source knows no
    places. ``label`` is what the source calls the page (``A5``), if that is not its number. ``stance`` is how it stood
    before the reader set it upright. Of lines, by their numbers: ``blocks`` that the source gives (the zones of an OCR
    engine), ``order`` what order that is; ``adverts`` that it tells of; ``roles``, ``sure``, ``names`` as in `told.py`;
    ``running``, those that recur at the margins of pages. ``scanned``: OCR read them; ``blanks`` are wide ones in them.
    """

    number: int
    lines: tuple[Line, ...]
    box: Box | None = None
    unit: str = "pt"
    shapes: tuple[Shape, ...] = ()
    label: str = ""
    stance: Stance = UPRIGHT
    blocks: tuple[tuple[int, ...], ...] = ()
    order: Order = Order.FILE
    adverts: tuple[tuple[int, ...], ...] = ()
    roles: tuple[ToldRole, ...] = ()
    sure: tuple[Sureness, ...] = ()
    running: tuple[int, ...] = ()
    names: ToldNames | None = None
    scanned: bool = False
    blanks: tuple[Blank, ...] = ()

    def __post_init__(self) -> None:
        if self.number < 1:
            raise ValueError(f"pages count from 1, not {self.number}")


class Source(NamedTuple):
    """Where the characters came from: file name (no folders), SHA-256 of the bytes, and how they were decoded."""

    name: str
    sha256: str = ""
    encoding: str = "utf-8"


class Reading(NamedTuple):
    """What a reader gives: the source and its pages, before anything is decided.

    ``title`` and ``date`` (``YYYY-MM-DD``) are what the source says of the paper and its day, if it does; ``told`` the
    articles that it tells of; ``missing`` the numbers of pages that it names and that could not be read.
    """

    source: Source
    pages: tuple[Page, ...]
    title: str = ""
    date: str = ""
    told: tuple[ToldArticle, ...] = ()
    missing: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Issue:
    """The result: every page as it was read, the articles in order, the furniture, and all notes.

    ``lang`` is a BCP 47 tag (``zh-Hant``, ``en``, ``und``); ``profile`` the name of the profile used; ``unclear`` how
    sure an engine must be of a word (0 to 1) for it not to be marked; ``stem`` what outputs and ids are named after.
    """

    source: Source
    pages: tuple[Page, ...]
    articles: tuple[Article, ...]
    furniture: tuple[Paragraph, ...] = ()
    notes: tuple[Note, ...] = ()
    profile: str = "default"
    lang: str = "und"
    title: str = ""
    date: str = ""
    unclear: float = 0.5

    def __post_init__(self) -> None:
        _check_certainty(self.unclear)

    @property
    def stem(self) -> str:
        """The source's file name without its ending; of ``issue.mets.xml`` and the like, without both."""
        head = self.source.name.rpartition(".")[0]
        return head.removesuffix(".mets").removesuffix(".page").removesuffix(".alto") or self.source.name or "page"

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Every paragraph of every article, then the furniture."""
        return (*(p for a in self.articles for p in a.paragraphs), *self.furniture)
