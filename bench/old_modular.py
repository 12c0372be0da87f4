"""Pages in the habit of the French press of 1942: headlines over columns, boxes, photographs, short local news."""

from __future__ import annotations

import random
from itertools import count

from bench.old_text import RUBRICS, Pen
from bench.old_type import NONE, Set, Sheet, Slug, breadth, placed, poured, signed, text, title

from relayout.imprint import Box

MARGIN, GUTTER, SIZE = 130.0, 34.0, 32.0
WIDTH, HEIGHT = 3700.0, 5200.0
FOOT = HEIGHT - 130
AIR = 0.7 * SIZE


class Paper:
    """An issue of two pages whose habits are those of a seed."""

    def __init__(self, seed: int) -> None:
        """Choose the habits of the paper."""
        self.chance = random.Random(f"1942 {seed}")
        self.pen = Pen(self.chance)
        self.columns = self.chance.choice((5, 6, 7))
        self.measure = (WIDTH - 2 * MARGIN - (self.columns - 1) * GUTTER) / self.columns
        kind, place = self.chance.choice(("PETIT", "NOUVEAU", "GRAND")), self.chance.choice(("BRETON", "LYONNAIS"))
        self.name = f"LE {kind} {place}"
        self.next = count()
        self.flush = self.chance.random() < 0.4
        self.lines: list[Set] = []
        self.rules: list[Box] = []
        self.images: list[Box] = []
        self.depths: list[float] = []
        self.rest: list[Slug] = []  # what goes on on page 2

    def pages(self) -> list[Sheet]:
        """Return the two pages."""
        return [self.front(), self.back()]

    def front(self) -> Sheet:
        """Return page 1: modules in all widths."""
        self._blank()
        self.lines += [
            self._across(self.name, 120, 170),
            self._across(f"{self.pen.day()} 1942. — Le numéro : un franc", 330, 36),
        ]
        self.rules.append(Box(MARGIN, 390, WIDTH - MARGIN, 395))
        self.depths = [420.0] * self.columns
        self._module(0, self.chance.choice((3, 4)), 2200, jump=True)
        self._fill(0.6)
        return self._sheet()

    def back(self) -> Sheet:
        """Return page 2: the rest of an article of page 1, local news in columns, some modules."""
        self._blank()
        self.lines.append(self._across(f"{self.name.title()} — {self.pen.day()} 1942", 110, 32))
        self.rules.append(Box(MARGIN, 160, WIDTH - MARGIN, 164))
        self.depths = [185.0] * self.columns
        if self.rest:
            self._column(self.rest)
        self._fill(0.25)
        return self._sheet()

    def _blank(self) -> None:
        self.lines, self.rules, self.images = [], [], []

    def _sheet(self) -> Sheet:
        return Sheet(self.lines, self.rules, self.images, Box(0, 0, WIDTH, HEIGHT))

    def _fill(self, modular: float) -> None:
        """Fill the page, always where it is emptiest."""
        while min(self.depths) < FOOT - 8 * SIZE:
            at = min(range(self.columns), key=lambda n: (self.depths[n], n))
            level = 1
            while at + level < self.columns and self.depths[at + level] - self.depths[at] < 3 * SIZE:
                level += 1
            room = FOOT - self.depths[at]
            roll = self.chance.random()
            if level > 1 and roll < modular and room > 22 * SIZE:
                wide = min(level, self.chance.choice((2, 2, 3, 4)))
                self._module(at, wide, self.chance.choice((900, 1600, 2500)) * wide // 2)
            elif roll > 0.92 and room > 16 * SIZE:
                self._boxed(at)
            elif roll > 0.85 and room > 20 * SIZE:
                self._photo(at, min(level, self.chance.choice((1, 2))))
            else:
                self._column(self._short() if self.chance.random() < 0.75 else self._single(), at)

    # ---------------------------------------------------------------- articles

    def _body(self, letters: int, article: int, measure: float = 0.0) -> list[Slug]:
        found: list[Slug] = []
        for n, said in enumerate(self.pen.paragraphs(letters)):
            if n == 0 and self.chance.random() < 0.4:
                said = f"{self.pen.one(('Vichy', 'Paris', 'Berne', 'Rome', 'Lyon'))}, {self.pen.day()}. — {said}"
            found += text(said, measure or self.measure, SIZE, article)
        return found

    def _short(self) -> list[Slug]:
        """Return local news: a rubric now and then, items under small titles."""
        n = next(self.next)
        found: list[Slug] = []
        if self.chance.random() < 0.5:
            found += title(self.pen.one(RUBRICS), self.measure, 1.5 * SIZE, n, over=AIR, filet=True)
        for k in range(self.chance.randint(2, 6)):
            n = next(self.next) if k else n
            size = self.chance.choice((1.1, 1.1, 1.25)) * SIZE
            found += title(self.pen.title(), self.measure, size, n, over=AIR if k else 0.4 * SIZE, flush=self.flush)
            found += self._body(self.chance.choice((120, 250, 400, 700)), n)
        return found

    def _single(self) -> list[Slug]:
        """Return an article of one column with a headline of its own and perhaps a crosshead."""
        n = next(self.next)
        found = title(
            self.pen.headline(7), self.measure, self.chance.choice((1.5, 1.9)) * SIZE, n, over=AIR, flush=self.flush
        )
        found += self._body(self.chance.choice((700, 1200, 1800)), n)
        if self.chance.random() < 0.4:
            found += title(self.pen.headline(3), self.measure, 1.1 * SIZE, n, over=0.4 * SIZE)
            found += self._body(600, n)
        return found + (signed(self.pen.name(), self.measure, SIZE, n) if self.chance.random() < 0.4 else [])

    # ---------------------------------------------------------------- on the page

    def _x(self, at: int) -> float:
        return MARGIN + at * (self.measure + GUTTER)

    def _wide(self, wide: int) -> float:
        return wide * self.measure + (wide - 1) * GUTTER

    def _module(self, at: int, wide: int, letters: int, *, jump: bool = False) -> None:
        """Set an article under a headline over ``wide`` columns; one of its columns may be longer than the others."""
        n = next(self.next)
        top = max(self.depths[at : at + wide]) + (0.6 * SIZE if self.depths[at] > 500 else 0)
        measure = self._wide(wide)
        size = self.chance.choice((2.0, 2.5, 3.0)) * SIZE
        if top > 500:
            self.rules.append(Box(self._x(at), top - 8, self._x(at) + measure, top - 5))
        heads: list[Slug] = []
        if self.chance.random() < 0.3:
            heads += title(self.pen.headline(4), measure, 1.2 * SIZE, n, over=0.2 * SIZE)
        heads += title(self.pen.headline(3 * wide), measure, size, n, over=0.2 * SIZE)
        if self.chance.random() < 0.5:
            heads += title(self.pen.headline(9), measure, 1.3 * SIZE, n, over=0.2 * SIZE)
        y = top
        for slug in heads:
            self.lines.append(placed(slug, self._x(at), y, measure))
            y += slug.high
        y += 0.5 * SIZE
        slugs = self._body(letters, n)
        if self.chance.random() < 0.4:
            slugs += signed(self.pen.name(), self.measure, SIZE, n)
        even = sum(slug.high for slug in slugs) / wide + 2 * SIZE
        feet = [min(FOOT, y + even * self.chance.choice((1.0, 1.0, 1.25, 0.8))) for _ in range(wide)]
        feet[-1] = min(FOOT, y + 2 * even)
        set_, _, done, depths = poured(slugs, [(self._x(at + k), y, feet[k]) for k in range(wide)], self.measure)
        left = slugs[done:]
        if jump and not left and done > 30:
            left = self._body(700, n)
        self.lines += set_
        for k in range(wide):
            self.depths[at + k] = depths[k] + 0.5 * SIZE
        if left and jump:
            said = "(Suite page 2)"
            last = at + wide - 1
            wide_ = breadth(said, SIZE)
            self.lines.append(
                placed(
                    Slug(said, self.measure - wide_, wide_, SIZE, n, 0.1 * SIZE),
                    self._x(last),
                    depths[-1],
                    self.measure,
                )
            )
            self.depths[last] += 1.5 * SIZE
            self.rest = title(self.pen.headline(4), self.measure, 1.3 * SIZE, n, over=0) + left

    def _column(self, slugs: list[Slug], at: int = 0) -> None:
        """Set short articles into a column; what finds no room goes on under what stands in the next one."""
        while slugs and at < self.columns:
            top = self.depths[at] + (0.3 * SIZE if self.depths[at] > 500 else 0)
            if FOOT - top < 4 * SIZE:
                self.depths[at] = FOOT
                at += 1
                continue
            set_, filets, done, depths = poured(slugs, [(self._x(at), top, FOOT)], self.measure)
            if self.depths[at] > 500:
                self.rules.append(Box(self._x(at), top - 6, self._x(at) + self.measure, top - 4))
            self.lines += set_
            self.rules += filets
            slugs = slugs[done:]
            self.depths[at] = FOOT if slugs else depths[0] + 0.5 * SIZE
            at += 1

    def _boxed(self, at: int) -> None:
        """Set a short text in a frame, narrower than its column."""
        n = next(self.next)
        top = self.depths[at] + 0.4 * SIZE
        measure = self.measure - 50
        slugs = title(self.pen.headline(4), measure, 1.4 * SIZE, n, over=0) + self._body(300, n, measure)
        high = sum(slug.high for slug in slugs) + 40
        if top + high > FOOT:
            self._column(self._short(), at)
            return
        x = self._x(at)
        self.lines += poured(slugs, [(x + 25, top + 20, FOOT)], measure)[0]
        self.rules += [Box(x, top, x + self.measure, top + 3), Box(x, top + high, x + self.measure, top + high + 3)]
        self.rules += [Box(x, top, x + 3, top + high), Box(x + self.measure - 3, top, x + self.measure, top + high)]
        self.depths[at] = top + high + 0.6 * SIZE

    def _photo(self, at: int, wide: int) -> None:
        """Set a picture with its caption under it, an article of its own."""
        n = next(self.next)
        top = max(self.depths[at : at + wide]) + 0.4 * SIZE
        measure = self._wide(wide)
        high = min(0.6 * measure, FOOT - top - 4 * SIZE)
        self.images.append(Box(self._x(at), top, self._x(at) + measure, top + high))
        slugs = text(self.pen.sentence(), measure, 0.85 * SIZE, n, over=0.3 * SIZE, indent=0)
        set_, _, _, depths = poured(slugs, [(self._x(at), top + high + 10, FOOT)], measure)
        self.lines += set_
        for k in range(wide):
            self.depths[at + k] = depths[0] + 0.5 * SIZE

    def _across(self, said: str, y: float, size: float) -> Set:
        wide = min(breadth(said, size), WIDTH - 2 * MARGIN)
        box = Box((WIDTH - wide) / 2, y, (WIDTH + wide) / 2, y + size)
        return Set(said, box, size, NONE, (MARGIN, WIDTH - MARGIN), head=True, opens=True)
