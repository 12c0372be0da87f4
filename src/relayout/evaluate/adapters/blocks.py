"""What Markdown and plain text share: blocks of lines between blank lines, and which of them looks like a headline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from relayout.chars import cells, ends_clause, ends_sentence
from relayout.errors import InputError
from relayout.evaluate.nouns import Part, Unit
from relayout.evaluate.texts import one_space

_LONGEST_HEADLINE = 100  # cells
_FIGURE = r"(?i)(?:Figure|Fig\.|Abb\.|Abbildung|圖|图|図)\s*\d*\s*[:：.]"


class Block(NamedTuple):
    """Lines without a blank one between them, and how many blank lines stood before."""

    lines: tuple[str, ...]
    gap: int


def decode(data: bytes, name: str) -> str:
    """Decode UTF-8, a mark of byte order allowed. Raises InputError for other bytes."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: not UTF-8 at byte {error.start}", "save the prediction as UTF-8") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def blocks(text: str) -> Iterator[Block]:
    """Cut at blank lines; a form feed counts as two of them."""
    lines: list[str] = []
    gap = before = 0
    for line in text.replace("\f", "\n\n\n").split("\n"):
        if line.strip():
            if not lines:
                before = gap
            lines.append(line.rstrip())
            gap = 0
            continue
        if lines:
            yield Block(tuple(lines), before)
            lines = []
        gap += 1
    if lines:
        yield Block(tuple(lines), before)


def like_headline(text: str) -> bool:
    """Say whether a text that stands alone looks like a headline: short, and no clause or sentence ends it.

    >>> like_headline("七大任務 建設宜居城市"), like_headline("會議開幕。"), like_headline("12")
    (True, False, False)
    """
    short = cells(text) <= _LONGEST_HEADLINE
    return short and any(map(str.isalpha, text)) and not ends_sentence(text) and not ends_clause(text)


def like_caption(text: str) -> bool:
    """Say whether a text calls itself the caption of a figure."""
    return re.match(_FIGURE, text) is not None


def units(groups: Sequence[Sequence[Part]]) -> tuple[Unit, ...]:
    """Make numbered units without a kind of groups of parts."""
    return tuple(Unit(f"a{n}", "", tuple(parts)) for n, parts in enumerate(filter(None, groups), 1))


def by_headlines(parts: Sequence[Part]) -> list[list[Part]]:
    """Begin a new group at each part that looks like a headline and does not follow one."""
    groups: list[list[Part]] = [[]]
    deck = False
    for part in parts:
        head = part.role in ("p", "head") and like_headline(one_space(part.text))
        if head and not deck:
            groups.append([])
        groups[-1].append(part)
        deck = head
    return groups
