"""What was read, line by line, and where it stood; see :mod:`relayout.model`, which hands on both nouns."""

from __future__ import annotations

from dataclasses import dataclass

from relayout.imprint import Box, TextStyle


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where characters stood: page and line from 1, and a half-open span of ``raw`` characters.

    ``end`` is ``None`` for a line taken whole. A line shared by two articles becomes two lines that keep
    page and number and differ in their spans.

    >>> str(Place(1, 338, 0, 13))
    '338[0:13]'
    """

    page: int
    line: int
    start: int = 0
    end: int | None = None

    def __post_init__(self) -> None:
        if self.page < 1 or self.line < 1:
            raise ValueError(f"pages and lines count from 1, not {self.page}:{self.line}")
        if self.start < 0 or (self.end is not None and self.end < self.start):
            raise ValueError(f"not a span: {self.start}:{self.end}")

    def __str__(self) -> str:
        whole = self.start == 0 and self.end is None
        return f"{self.line}" if whole else f"{self.line}[{self.start}:{'' if self.end is None else self.end}]"


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line, or a part of one.

    ``raw`` is what was read at ``place`` (only the characters of the span, surrounding space included) and is
    never changed. ``text`` is ``raw`` made clean, without space at its ends. ``indent`` is the white space that
    stood before the text, in half-width cells; ``after_blank`` says whether an empty line stood before it.
    ``box`` and ``style`` are known where the source says where and how the line is set; ``vertical`` says that its
    characters stand one under the other.
    """

    raw: str
    text: str
    place: Place
    box: Box | None = None
    indent: int = 0
    after_blank: bool = False
    style: TextStyle | None = None
    vertical: bool = False

    def __post_init__(self) -> None:
        if not self.text:
            raise ValueError(f"line {self.place} has no text; blank lines are not lines")
        if "\n" in self.raw or "\n" in self.text:
            raise ValueError(f"line {self.place} holds more than one line")
