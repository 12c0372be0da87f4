"""The nouns of the press: stories as they are written, pages as they are planned. Lengths are points of the page.

A plan is logical: `inline` runs along a line of text, `block` from line to line. On a horizontal page that is right and
down, on a vertical page down and left. So one planner and one fitting programme serve both.
"""

from __future__ import annotations

from dataclasses import dataclass

Run = tuple[str, str]
"""A piece of text and the names of the CSS classes it is set with ("" for none)."""


class PressError(Exception):
    """A page could not be made; the message says which page and why."""


@dataclass(frozen=True, slots=True)
class Story:
    """One source article. Only ``key``, ``head`` and ``paras`` are always there."""

    key: str
    origin: str
    head: str
    paras: tuple[str, ...]
    kicker: str = ""
    sub: str = ""
    byline: str = ""
    dateline: str = ""
    caption: str = ""
    quote: str = ""
    crossheads: tuple[str, ...] = ()
    points_head: str = ""
    points: tuple[str, ...] = ()
    table_head: str = ""
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def size(self) -> int:
        """The number of characters of all paragraphs."""
        return sum(len(para) for para in self.paras)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the gold: an article, a sidebar, a caption, the furniture of the page."""

    id: str
    type: str
    of: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Para:
    """One part of the gold and how it is printed: its runs, joined, are what the browser gets."""

    pid: int
    unit: str
    role: str
    runs: tuple[Run, ...]
    text: str
    cls: str = ""
    size: float = 0.0
    """Type size in points; 0 = that of the body."""


@dataclass(frozen=True, slots=True)
class Blocker:
    """Something that stands over part of an article's columns: photo, sidebar, pull quote, list or table."""

    kind: str
    first: int
    cols: int
    anchor: str
    low: float
    high: float
    paras: tuple[Para, ...] = ()
    inner: Module | None = None
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Module:
    """One unit with all that belongs to it, for a rectangle of known width."""

    unit: str
    cols: int
    deck: tuple[Para, ...]
    deck_cols: int
    label: tuple[Para, ...]
    byline: tuple[Para, ...]
    paras: tuple[Para, ...]
    tail: tuple[Para, ...]
    blockers: tuple[Blocker, ...]
    look: str
    share: float
    lead: tuple[Para, ...] = ()
    """A lead over the whole width, before the columns."""
    round: tuple[Para, ...] = ()
    """A rubric in a small box that the first lines run round."""
    beside: bool = False
    """The deck stands over its own columns only; the others start at the top of the module."""
    turned: bool = False
    """The deck of a vertical page is set in one horizontal line over the first register."""


@dataclass(frozen=True, slots=True)
class Stack:
    """Modules one after the other in block direction; ``spares`` are set if there is room."""

    first: int
    cols: int
    block: float
    size: float
    modules: tuple[Module, ...]
    spares: tuple[Module, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole page before the browser has seen it."""

    style: str
    seed: int
    attempt: int
    lang: str
    vertical: bool
    width: float
    height: float
    start: tuple[float, float]
    """Where the type area starts, inline and block."""
    inline: float
    block: float
    columns: int
    gutter: float
    line: float
    css: str
    order: str
    rules: str
    column_rules: bool
    stacks: tuple[Stack, ...]
    fillers: tuple[tuple[Para, ...], ...]
    furniture: tuple[tuple[Para, float, float, float, str], ...]
    """Paragraph, left, top, width, alignment: always horizontal lines."""
    units: tuple[Unit, ...]
    origins: tuple[tuple[str, str], ...]
    """Which set of texts each unit is of."""
