"""Pages in the habit of the French press of 1884: long columns, rubrics, short items, rules and stars, a feuilleton."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import count

from bench.old_text import GOODS, RUBRICS, SHARES, Pen
from bench.old_type import NONE, Set, Sheet, Slug, breadth, placed, poured, signed, text, title

from relayout.imprint import Box

COLUMNS, MEASURE, GUTTER, MARGIN = 6, 560.0, 36.0, 150.0
SIZE = 34.0
WIDTH, HEIGHT = 2 * MARGIN + COLUMNS * MEASURE + (COLUMNS - 1) * GUTTER, 5500.0
FOOT = HEIGHT - 160
Style = Callable[[str], str]


class Paper:
    """An issue of four pages by one editor, whose habits are those of a seed."""

    def __init__(self, seed: int) -> None:
        """Choose the habits of the paper."""
        self.chance = random.Random(f"1884 {seed}")
        self.pen = Pen(self.chance)
        self.name = f"LE {self.chance.choice(('COURRIER', 'JOURNAL', 'RÉVEIL', 'PETIT ÉCHO'))} DE L'OUEST"
        self.next = count()
        self.filets = self.chance.random() < 0.6  # short rules between items
        self.rows = self.chance.choice((SIZE * 0.5, SIZE * 0.8))  # white over an item
        self.small = self.chance.choice((1.0, 1.0, 1.1))  # sizes of the titles of items
        self.indent = self.chance.choice((0.8, 1.2))

    def pages(self) -> list[Sheet]:
        """Return the four pages."""
        lead = self.leader()
        first, rest = self.front(lead)
        return [
            first,
            self.inner(2, rest + self.news()),
            self.inner(3, self.wires() + self.money() + self.news()),
            self.shop(),
        ]

    # ---------------------------------------------------------------- texts

    def body(self, letters: int, article: int, over: float = 0.0) -> list[Slug]:
        """Return paragraphs of so many letters."""
        found: list[Slug] = []
        for said in self.pen.paragraphs(letters):
            found += text(said, MEASURE, SIZE, article, over=over if not found else 0.0, indent=self.indent)
        return found

    def leader(self) -> list[Slug]:
        """Return the leading article, signed."""
        n = next(self.next)
        found = title(self.pen.headline(4).upper(), MEASURE, 1.5 * SIZE, n, over=SIZE)
        if self.chance.random() < 0.6:
            found += title(f"Paris, {self.pen.day()} 1884.", MEASURE, SIZE, n, over=0.5 * SIZE)
        return (
            found
            + self.body(self.chance.randint(4500, 8000), n, 0.6 * SIZE)
            + signed(self.pen.name(), MEASURE, SIZE, n)
        )

    def rubric(self, article: int) -> list[Slug]:
        """Return a rubric in capitals."""
        size = self.chance.choice((1.15, 1.3)) * SIZE
        return title(self.pen.one(RUBRICS), MEASURE, size, article, over=1.3 * SIZE, filet=True)

    def news(self) -> list[Slug]:
        """Return rubric after rubric, each with items in one habit."""
        found: list[Slug] = []
        habits = [self.titled, self.run_in, self.starred, self.long, self.titled]
        for habit in self.chance.sample(habits, len(habits)) * 3:
            found += habit()
        return found

    def titled(self) -> list[Slug]:
        """Return items under small titles."""
        n = next(self.next)
        found = self.rubric(n)
        capital = self.chance.random() < 0.3
        for k in range(self.chance.randint(4, 8)):
            n = next(self.next) if k else n
            said = self.pen.title()
            over = self.rows if k else 0.6 * SIZE
            found += title(
                said.upper() if capital else said, MEASURE, self.small * SIZE, n, over=over, filet=k > 0 and self.filets
            )
            found += self.body(self.chance.choice((200, 400, 600, 1000)), n, 0.2 * SIZE)
            found += signed(self.pen.name(), MEASURE, SIZE, n) if self.chance.random() < 0.15 else []
        return found

    def run_in(self) -> list[Slug]:
        """Return items whose titles begin their texts, with short rules or white between them."""
        n = next(self.next)
        found = self.rubric(n)
        for k in range(self.chance.randint(3, 7)):
            n = next(self.next) if k else n
            said = f"{self.pen.title().upper()}. — {self.pen.paragraph(self.chance.choice((150, 300, 500)))}"
            rows = text(said, MEASURE, SIZE, n, over=self.rows if k else 0.6 * SIZE, indent=self.indent)
            found += [rows[0]._replace(filet=k > 0), *rows[1:]]
            found += self.body(200, n) if self.chance.random() < 0.3 else []
        return found

    def starred(self) -> list[Slug]:
        """Return items that stars part."""
        n = next(self.next)
        found = self.rubric(n)
        for k in range(self.chance.randint(4, 7)):
            if k:
                wide = breadth("* * *", SIZE)
                found.append(Slug("* * *", (MEASURE - wide) / 2, wide, SIZE, n, 0.3 * SIZE, False, True))
            n = next(self.next) if k else n
            found += self.body(self.chance.choice((120, 250, 500)), n, 0.3 * SIZE)
        return found

    def long(self) -> list[Slug]:
        """Return one long article with parts under small titles or numbers, and a signature."""
        n = next(self.next)
        found = title(self.pen.headline(5).upper(), MEASURE, 1.35 * SIZE, n, over=1.3 * SIZE, filet=True)
        for part in ("I", "II", "III")[: self.chance.choice((1, 1, 2, 3))]:
            if part != "I" or self.chance.random() < 0.3:
                found += title(part, MEASURE, SIZE, n, over=0.6 * SIZE)
            found += self.body(self.chance.randint(900, 2500), n, 0.3 * SIZE)
        return found + signed(self.pen.name(), MEASURE, SIZE, n)

    def wires(self) -> list[Slug]:
        """Return telegrams: short titles, then place and day at the head of each text."""
        n = next(self.next)
        found = title("DÉPÊCHES TÉLÉGRAPHIQUES", MEASURE, 1.15 * SIZE, n, over=SIZE, filet=True)
        for k in range(self.chance.randint(4, 7)):
            n = next(self.next) if k else n
            found += title(self.pen.headline(5), MEASURE, SIZE, n, over=self.rows, filet=k > 0 and self.filets)
            dated = f"{self.pen.one(tuple(SHARED))}, {self.pen.day()}."
            wide = breadth(dated, SIZE)
            found.append(Slug(dated, MEASURE - wide - SIZE, wide, SIZE, n, 0.2 * SIZE, opens=True))
            found += self.body(self.chance.choice((150, 300, 600)), n, 0.1 * SIZE)
        return found

    def money(self) -> list[Slug]:
        """Return the bourse: a title, a sentence, rows of name and price as one line each."""
        n = next(self.next)
        found = title(
            f"BOURSE DE PARIS DU {self.pen.day().upper()}", MEASURE, 1.1 * SIZE, n, over=1.3 * SIZE, filet=True
        )
        found += self.body(200, n, 0.3 * SIZE)
        for share in self.chance.sample(SHARES, 10):
            price = f"{self.chance.randint(60, 1900)} {self.chance.choice(('25', '50', '75', '»»'))}"
            dots = "." * int((MEASURE - breadth(share + price, SIZE)) / breadth(".", SIZE) * 0.8)
            found.append(Slug(f"{share} {dots} {price}", 0, MEASURE, SIZE, n, opens=True))
        return found

    # ---------------------------------------------------------------- pages

    def front(self, lead: list[Slug]) -> tuple[Sheet, list[Slug]]:
        """Return page 1, and what of the leading article goes on on page 2."""
        lines = [self.across(self.name, 150, 180), self.across("ADMINISTRATION ET RÉDACTION, 4, RUE DU PORT", 370, 34)]
        lines.append(self.across(f"Douzième année. — N° 812. Cinq centimes le numéro. {self.pen.day()} 1884", 440, 40))
        rules = [Box(MARGIN, 420, WIDTH - MARGIN, 424), Box(MARGIN, 500, WIDTH - MARGIN, 505)]
        serial = FOOT - self.chance.choice((0.2, 0.26)) * FOOT
        tall = [(x, 530.0, serial - 40) for x in edges()]
        jump = self.chance.random() < 0.5
        if jump:  # two columns of it, then a line that says where it goes on
            at = next((n for n in range(150, len(lead)) if not lead[n].head and lead[n].opens), len(lead))
            rest, lead = lead[at:], lead[:at]
            if rest:
                said = "(La suite à la deuxième page.)"
                wide = breadth(said, SIZE)
                lead = [*lead, Slug(said, MEASURE - wide, wide, SIZE, lead[0].article, 0.2 * SIZE, opens=True)]
        else:
            rest = []
        flow = lead + self.news() + self.news()
        set_, filets, _, _ = poured(flow, tall, MEASURE)
        lines += set_
        rules += [*filets, *bars(530.0, serial - 40), Box(MARGIN, serial - 25, WIDTH - MARGIN, serial - 18)]
        n = next(self.next)
        y = serial
        for said, size in (
            ("FEUILLETON DU JOURNAL", 1.0),
            (self.pen.headline(4).upper(), 1.6),
            ("DEUXIÈME PARTIE", 1.0),
        ):
            head = title(said, MEASURE, size * SIZE, n, over=0.3 * SIZE)
            x = edges()[0]
            for slug in head:
                lines.append(placed(slug, x, y, MEASURE))
                y += slug.high
        low = [(edges()[0], y + 10, FOOT), *((x, serial, FOOT) for x in edges()[1:])]
        set_, filets, _, _ = poured(self.body(12000, n), low, MEASURE)
        return Sheet([*lines, *set_], [*rules, *filets], [], Box(0, 0, WIDTH, HEIGHT)), rest

    def inner(self, page: int, flow: list[Slug]) -> Sheet:
        """Return a page of news."""
        heads = [self.across(f"{self.name.title()}. — {self.pen.day()} 1884.", 150, 34)]
        rules = [Box(MARGIN, 200, WIDTH - MARGIN, 204)]
        while True:
            lines, filets, n, _ = poured(flow, [(x, 230.0, FOOT) for x in edges()], MEASURE)
            if n < len(flow):
                break
            flow = flow + self.news()
        heads.append(self.at(str(page), MARGIN, 150))
        return Sheet([*heads, *lines], [*rules, *filets, *bars(230.0, FOOT)], [], Box(0, 0, WIDTH, HEIGHT))

    def shop(self) -> Sheet:
        """Return page 4: adverts in boxes a column or two wide, under one title."""
        lines = [self.across("ANNONCES", 150, 60)]
        rules: list[Box] = []
        x, top = 0, 260.0
        depths = [top] * COLUMNS
        while min(depths) < FOOT - 300:
            x = min(range(COLUMNS), key=lambda n: (depths[n], n))
            wide = 2 if x + 1 < COLUMNS and depths[x + 1] <= depths[x] and self.chance.random() < 0.3 else 1
            measure = wide * MEASURE + (wide - 1) * GUTTER
            slugs = self.advert(measure - 60)
            high = sum(slug.high for slug in slugs) + 50
            y = depths[x]
            if y + high > FOOT:
                for k in range(x, x + wide):
                    depths[k] = FOOT
                continue
            set_, _, _, _ = poured(slugs, [(edges()[x] + 30, y + 25, FOOT + 500)], measure - 60)
            lines += set_
            left, right = edges()[x], edges()[x] + measure
            rules += [Box(left, y, right, y + 3), Box(left, y + high - 3, right, y + high)]
            rules += [Box(left, y, left + 3, y + high), Box(right - 3, y, right, y + high)]
            for k in range(x, x + wide):
                depths[k] = y + high + 16
        return Sheet(lines, rules, [], Box(0, 0, WIDTH, HEIGHT))

    def advert(self, measure: float) -> list[Slug]:
        """Return an advertisement: a name, an address, some text, a price."""
        n = next(self.next)
        found = title(f"{self.pen.one(GOODS)} {self.pen.name().split()[1].upper()}", measure, 2.0 * SIZE, n, over=0)
        if self.chance.random() < 0.7:
            found += title(f"{self.pen.one(tuple(SHARED))}, rue du Port", measure, 1.1 * SIZE, n, over=0.3 * SIZE)
        for said in self.pen.paragraphs(self.chance.choice((100, 250, 500))):
            found += text(said, measure, 0.9 * SIZE, n, over=0.2 * SIZE)
        if self.chance.random() < 0.6:
            found += title(f"PRIX : {self.chance.randint(1, 9)} FRANCS", measure, 1.4 * SIZE, n, over=0.4 * SIZE)
        return found

    def across(self, said: str, y: float, size: float) -> Set:
        """Set a line in the middle of the page, of no article."""
        wide = min(breadth(said, size), WIDTH - 2 * MARGIN)
        return Set(
            said,
            Box((WIDTH - wide) / 2, y, (WIDTH + wide) / 2, y + size),
            size,
            NONE,
            (MARGIN, WIDTH - MARGIN),
            True,
            True,
        )

    def at(self, said: str, x: float, y: float) -> Set:
        """Set a short line, of no article."""
        return Set(said, Box(x, y, x + breadth(said, SIZE) + 8, y + SIZE), SIZE, NONE, (x, x + MEASURE), False, True)


SHARED = ("Londres", "Berlin", "Rome", "Vienne", "Madrid", "Le Caire", "Paris", "Lyon", "Toulon", "Alger")


def edges() -> list[float]:
    """Return where the columns begin."""
    return [MARGIN + n * (MEASURE + GUTTER) for n in range(COLUMNS)]


def bars(top: float, foot: float) -> list[Box]:
    """Return the rules between columns."""
    return [Box(x - GUTTER / 2 - 1, top, x - GUTTER / 2 + 2, foot) for x in edges()[1:]]
