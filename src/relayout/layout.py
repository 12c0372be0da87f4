"""The nouns of a page while it is being put together; see :mod:`relayout.model` for the others.

Stages hand on a :class:`Layout`. Frozen, slotted, tuples inside, like every noun here.
"""

from __future__ import annotations

from dataclasses import dataclass

from relayout.model import Article, Line, Page, Paragraph, Place
from relayout.regions import Region
from relayout.roles import Kind, Role
from relayout.told import ToldHere


@dataclass(frozen=True, slots=True)
class Setting:
    """What the typesetter saw of one line; all lengths in half-width cells.

    ``width`` of the text without loose spaces; ``unit``, the width of its first unbreakable unit (what the line
    before would have had to take); ``indent``, white space kept before it; ``han``, whether it is set without word
    spaces; ``ends``, ``"sentence"``, ``"clause"``, ``"tail"`` (a byline or credit after the full stop) or ``""``;
    ``opens``, the cue that it begins with (``"dateline"``, ``"item"``, ``"caption"`` …) or ``""``; ``parted``, whether
    a wanted space stands between two Han characters; ``owes``, how many brackets it opens and does not close
    (negative: closes that it did not open); ``comma``, whether a comma stands in it.
    """

    width: int
    unit: int
    indent: int
    han: bool
    ends: str = ""
    opens: str = ""
    parted: bool = False
    owes: int = 0
    comma: bool = False

    def __post_init__(self) -> None:
        if self.width < 0 or self.unit < 0 or self.indent < 0:
            raise ValueError(f"lengths are not negative: {self}")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or display line as it is set: ``opening`` is the measure of its first line, ``measure`` of its last.

    Both are half-width cells, 0 where no measure explains the block (a headline). They differ where the text
    runs round a box or goes on in another column.
    """

    paragraph: Paragraph
    measure: int = 0
    opening: int = 0

    @property
    def role(self) -> Role:
        """The role of the paragraph."""
        return self.paragraph.role

    @property
    def text(self) -> str:
        """The joined text of the paragraph."""
        return self.paragraph.text

    @property
    def place(self) -> Place:
        """Where the block begins."""
        return self.paragraph.lines[0].place


@dataclass(frozen=True, slots=True)
class Piece:
    """Regions of a page that are one unit, what kind it is, and the index of the piece a sidebar stands in (or -1).

    ``ordered``: they stand in the order in which they are read. ``unrolled``: they stand on a strip of their own, not
    in their places on the page.
    """

    regions: tuple[Region, ...]
    kind: Kind = Kind.ARTICLE
    about: int = -1
    ordered: bool = False
    unrolled: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A page while it is being put together.

    First only ``page`` is there; then each line's setting, the ``measures`` that recur (cells, and how many lines
    speak for them) and the ``indent`` are known (cells by which first lines are short; ``indent_kept``: the white
    space itself is there; ``indent_seen``: the page shows it); then every line is in exactly one of the ``blocks``;
    at last every block has gone into one of the ``articles``, and ``blocks`` is empty again. ``seams`` are places
    where an article could yet be cut, with the evidence for it (below zero). ``stacks`` are the lines of the source
    that were drawn together to one printed line, which has the place of the first. ``squares``: every character has a
    square of its own, so that marks begin lines too. ``parcels`` are the lines with which an article begins, where the
    page shows it, ``stops`` those with which a paragraph or title does, and ``titles`` those that are no running text.
    ``strung``: the page came as a string of characters, so that its paragraphs have no lines and no measures.
    ``columns`` are the lines with which a column begins, where columns were put together again. ``turned``: the page
    was vertical and is turned by a quarter; ``scale``: its lengths are so many times those of the source.
    ``pieces`` are what the page was cut into, in reading order. ``told`` are the articles on it that the source tells
    of and that are followed. ``source`` is the page before it was set upright and sifted, if it was; ``lean`` how far
    it leaned: to the right for each unit down, and up for each to the right.
    """

    page: Page
    settings: tuple[Setting, ...] = ()
    measures: tuple[tuple[int, float], ...] = ()
    indent: int = 0
    indent_kept: bool = False
    indent_seen: bool = True
    blocks: tuple[Block, ...] = ()
    articles: tuple[Article, ...] = ()
    furniture: tuple[Paragraph, ...] = ()
    seams: tuple[tuple[Place, float], ...] = ()
    stacks: tuple[tuple[Line, ...], ...] = ()
    squares: bool = False
    threads: tuple[tuple[Place, float], ...] = ()
    parcels: tuple[Place, ...] = ()
    stops: tuple[Place, ...] = ()
    titles: tuple[Place, ...] = ()
    strung: bool = False
    columns: tuple[Place, ...] = ()
    turned: bool = False
    scale: float = 1.0
    pieces: tuple[Piece, ...] = ()
    told: tuple[ToldHere, ...] = ()
    source: Page | None = None
    lean: float = 0.0
