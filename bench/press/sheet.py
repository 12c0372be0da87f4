"""A simpler page for the second engines: towers of columns, in each one article under the other.

No photos, boxes or run-rounds: what counts on these pages is how another engine breaks, justifies and balances lines.
Lengths are points. A sheet says nothing of where a line ends or how tall an article gets; that is up to the engine.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass

from bench.press.desk import SIZES
from bench.press.model import Para, PressError, Story, Unit
from bench.press.styles import Style, style
from bench.press.texts import stories

LEAST, MOST = 150, 1400  # characters of a story; a Latin letter counts as a third of one of Chinese
TOP = 40.0  # from the edge to the running head, and from there to the towers


@dataclass(frozen=True, slots=True)
class Piece:
    """One article: its deck over all columns of the tower, its body in them."""

    unit: Unit
    deck: tuple[Para, ...]
    body: tuple[Para, ...]


@dataclass(frozen=True, slots=True)
class Tower:
    """Articles one under the other, each as wide as the tower."""

    left: float
    width: float
    columns: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole page before an engine has seen it."""

    style: Style
    seed: int
    attempt: int
    width: float
    size: float
    line: float
    gutter: float
    body: str
    bold: str
    indent: float
    """Of a paragraph's first line, in em; 0 where white space parts the paragraphs."""
    justify: bool
    centred: bool
    furniture: tuple[Para, ...]
    towers: tuple[Tower, ...]
    origins: tuple[str, ...]

    def parts(self) -> Iterator[Para]:
        """Give all parts in the order in which they are printed."""
        yield from self.furniture
        for piece in self.pieces():
            yield from (*piece.deck, *piece.body)

    def pieces(self) -> Iterator[Piece]:
        """Give all articles in the order in which they are printed."""
        for tower in self.towers:
            yield from tower.pieces


def sheet(name: str, seed: int, attempt: int = 0) -> Sheet:
    """Plan a page, the same for the same style, seed and attempt. Raises PressError for a vertical style."""
    look = style(name)
    if look.vertical:
        raise PressError(f"{name}: no engine but chromium sets vertical lines")
    chance = random.Random(f"sheet:{name}-{seed}.{attempt}")
    columns, gutter = chance.choice(look.columns), round(chance.uniform(*look.gutter), 1)
    size = round(chance.uniform(*look.size) * 4) / 4
    column = chance.choice((11, 13, 15, 17, 19)) * size if look.asian else chance.uniform(110, 180)
    width = round(2 * TOP + columns * column + (columns - 1) * gutter, 1)
    desk = _Desk(chance, look, size, [])
    furniture = tuple(desk.part("f1", "furniture", text) for text in _running(chance, look))
    pool = [story for story in stories(look.texts) if LEAST <= _weight(story, look) <= MOST]
    chance.shuffle(pool)
    towers, left, deep = [], TOP, chance.uniform(480, 900)
    for span in _spans(chance, columns):
        wide = span * column + (span - 1) * gutter
        towers.append(Tower(left, round(wide, 2), span, tuple(desk.fill(pool, span, wide, column, deep))))
        left += wide + gutter
    return Sheet(
        style=look,
        seed=seed,
        attempt=attempt,
        width=width,
        size=size,
        line=round(size * chance.uniform(*look.leading) * 4) / 4,
        gutter=gutter,
        body=chance.choice(look.body),
        bold=chance.choice(look.bold),
        indent=look.indent if look.asian or chance.random() < 0.8 else 0.0,
        justify=chance.random() >= look.ragged,
        centred=chance.random() < 0.4,
        furniture=furniture,
        towers=tuple(tower for tower in towers if tower.pieces),
        origins=tuple(sorted(set(desk.origins))),
    )


@dataclass(slots=True)
class _Desk:
    """The work on one sheet: numbers given out so far."""

    chance: random.Random
    style: Style
    size: float
    origins: list[str]
    count: int = 0
    number: int = 0

    def part(self, unit: str, role: str, text: str, size: float = 0.0) -> Para:
        self.count += 1
        return Para(self.count, unit, role, ((text, ""),), text, "", round(size or self.size, 2))

    def fill(self, pool: list[Story], span: int, wide: float, column: float, deep: float) -> Iterator[Piece]:
        """Take stories from the pool until a tower is about as deep as it should be."""
        used = 0.0
        while pool and used < deep:
            story = pool.pop()
            piece = self.piece(story, span, wide)
            area = sum(len(part.text) for part in piece.body) * self.size**2 * (1.6 if self.style.asian else 0.62)
            used += area / column / span + 3.0 * piece.deck[-1].size
            self.origins.append(story.origin)
            yield piece

    def piece(self, story: Story, span: int, wide: float) -> Piece:
        """Make an article of a story: deck, byline at the head or at the foot, crossheads between paragraphs."""
        self.number += 1
        unit, chance, words = Unit(f"a{self.number}", "article"), self.chance, self.style.words
        head = self._head(story.head, span, wide)
        deck = [self.part(unit.id, "kicker", story.kicker, 1.3 * self.size)] if story.kicker else []
        deck.append(self.part(unit.id, "head", story.head, head))
        if story.sub and chance.random() < 0.6:
            deck.append(self.part(unit.id, "sub", story.sub, max(1.3 * self.size, 0.55 * head)))
        dateline = chance.choice(words["datelines"]) if chance.random() < 0.5 else ""
        first = dateline + (" " if dateline and not self.style.asian else "")
        byline, crossheads = chance.choice(("head", "foot", "")), list(story.crossheads)
        body = [self.part(unit.id, "byline", chance.choice(words["reporters"]))] if byline == "head" else []
        for number, text in enumerate(story.paras):
            if crossheads and number and number % 3 == 0:
                body.append(self.part(unit.id, "subhead", crossheads.pop(0)))
            body.append(self.part(unit.id, "p", f"{first}{text}" if not number else text))
        if byline == "foot":
            body.append(self.part(unit.id, "byline", chance.choice(words["reporters"])))
        return Piece(unit, tuple(deck), tuple(body))

    def _head(self, text: str, span: int, wide: float) -> float:
        most = SIZES[span] * self.chance.uniform(0.9, 1.1)
        if not self.style.asian:
            longest = max(map(len, text.split()))
            return max(14.0, min(most * min(1.1, math.sqrt(48 / len(text))), 1.6 * wide / longest))
        lines = 1 if len(text) * 16 < wide else 2
        return max(14.0, min(most, 0.95 * wide / (len(text) / lines + 1)))


def _weight(story: Story, look: Style) -> float:
    return story.size / (1 if look.asian else 3)


def _spans(chance: random.Random, columns: int) -> list[int]:
    """Part the columns of a page into towers of two to four.

    >>> _spans(random.Random(1), 7)
    [2, 2, 3]
    """
    out: list[int] = []
    while (left := columns - sum(out)) > 4:
        out.append(chance.choice([span for span in (2, 3, 4) if left - span >= 2]))
    return [*out, left]


def _running(chance: random.Random, look: Style) -> tuple[str, ...]:
    """Give the running head: folio, section, name of the paper."""
    words = look.words
    return (
        look.folio.format(page=chance.randint(2, 28)),
        chance.choice(words["sections"]),
        chance.choice(words["papers"]),
    )
