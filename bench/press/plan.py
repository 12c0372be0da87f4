"""Plans a page from style and seed alone, without a browser: which stories, where, how wide, in what dress."""

from __future__ import annotations

import datetime
import random
from dataclasses import replace

from bench.press.article import article, briefs, notice
from bench.press.desk import Desk
from bench.press.dress import dress
from bench.press.layout import Cell, horizontal, parts, registers
from bench.press.model import Module, Para, Plan, Stack, Story, Unit
from bench.press.styles import Style, style
from bench.press.texts import stories

SPACE = 16.0


class Shelf:
    """The stories of a page: each is taken once."""

    def __init__(self, chance: random.Random, all_: tuple[Story, ...]) -> None:
        """Shuffle the stories; the project's own come as often as they are many, but at least to a fifth."""
        own = [story for story in all_ if story.origin == "own"]
        other = [story for story in all_ if story.origin != "own"]
        chance.shuffle(own)
        chance.shuffle(other)
        keep = own[: chance.randint(3, 8)] if len(other) > 40 else own
        self.left = keep + other[:60] + (own[len(keep) :])
        self.heads: set[str] = set()

    def take(self, low: float, high: float) -> Story | None:
        """Take the first story of ``low`` to ``high`` characters; else the one nearest; None if none is left."""
        if not self.left:
            return None
        best = min(self.left, key=lambda story: max(0.0, low - story.size) * 2 + max(0.0, story.size - high))
        self.left.remove(best)
        return best


def fit_length(story: Story, most: float) -> Story:
    """Drop paragraphs from the end of a story that is far too long: the browser drops the rest."""
    total, kept = 0, 0
    for para in story.paras:
        total += len(para)
        kept += 1
        if total > most:
            break
    return replace(story, paras=story.paras[:kept])


def plan(name: str, seed: int, attempt: int = 0) -> Plan:
    """Return the plan of a page; another attempt is another page."""
    chance = random.Random(f"{name}-{seed}" if attempt == 0 else f"{name}-{seed}.{attempt}")
    look = style(name)
    columns = chance.choice(look.columns)
    width, height, columns = paper(look, chance.choice(look.pages), columns)
    margin = (chance.uniform(28, 40), chance.uniform(52, 64), chance.uniform(26, 38))
    side, top, bottom = (round(value) for value in margin)
    front = chance.random() < 0.25
    top += 62 if front else 0
    inline, block = (
        (height - top - bottom, width - 2 * side) if look.vertical else (width - 2 * side, height - top - bottom)
    )
    start = (float(top), float(side)) if look.vertical else (float(side), float(top))
    habits = dress(chance, look, inline, columns)
    desk = Desk(chance, habits)
    desk.units.append(Unit("furniture", "furniture"))
    shelf = Shelf(chance, stories(look.texts))
    size = block
    bands: tuple[Stack, ...] = ()
    used = columns
    if chance.random() < 0.35:
        size, used, bands = advert_band(chance, look, block, columns)
    cells = registers(chance, used, size) if look.vertical else horizontal(chance, used, size, SPACE)
    stacks = tuple(stack(desk, shelf, cell, main) for cell, main in with_main(cells))
    fillers = tuple(adverts(desk, look))
    pieces = [module for each in stacks for module in (*each.modules, *each.spares)]
    if not pieces:
        raise ValueError("no stories")
    stacks += bands
    return Plan(
        style=name, seed=seed, attempt=attempt, lang=look.lang, vertical=look.vertical, width=width, height=height,
        start=start, inline=float(inline), block=float(block), columns=columns, gutter=habits.gutter, line=habits.line,
        css=habits.css, order=chance.choice(["page", "shuffle", "shuffle", "heads-first", "heads-last"]),
        rules=chance.choice(["none", "between", "all"]), column_rules=chance.random() < 0.2, stacks=stacks,
        fillers=fillers, furniture=furniture(desk, look, front, (width, height), (side, top, bottom)),
        units=tuple(desk.units), origins=tuple(desk.origins),
    )  # fmt: skip


def paper(look: Style, page: tuple[int, int], columns: int) -> tuple[float, float, int]:
    """Return width, height and columns: smaller where there are too few stories to fill the page."""
    each = look.size[0] ** 2 * look.leading[0] * (1.0 if look.asian else 0.46)
    needed = page[0] * page[1] * 0.52 / each
    scale = max(0.6, min(1.0, (sum(story.size for story in stories(look.texts)) / needed / 1.1) ** 0.5))
    if scale > 0.95:
        return float(page[0]), float(page[1]), columns
    # Multiples of three points are whole pixels.
    return round(page[0] * scale / 3) * 3.0, round(page[1] * scale / 3) * 3.0, max(4, round(columns * scale))


def advert_band(chance: random.Random, look: Style, block: float, columns: int) -> tuple[float, int, tuple[Stack, ...]]:
    """Keep the foot of the page for advertisements: return what is left of it, and the stacks of the band.

    On a vertical page the foot is its last two registers; elsewhere a strip of 110 to 200 points.
    """
    if look.vertical:
        cut = chance.uniform(0.3, 0.7) * block
        foot = ((0.0, cut - 4), (cut + 4, block - cut - 4))
        return block, columns - 2, tuple(Stack(columns - 2, 2, round(b, 2), round(size, 2), (), ()) for b, size in foot)
    high = chance.uniform(110, 200)
    pieces = parts(chance, columns, min(columns, 4), 1)
    firsts = [sum(pieces[:number]) for number in range(len(pieces))]
    band = tuple(
        Stack(first, cols, round(block - high, 2), round(high, 2), (), ())
        for first, cols in zip(firsts, pieces, strict=True)
    )
    return block - high - SPACE, columns, band


def with_main(cells: list[Cell]) -> list[tuple[Cell, bool]]:
    """Mark the cell of the main story: the widest of the first band."""
    first = [cell for cell in cells if cell.block == 0]
    main = max(first, key=lambda cell: (cell.cols, -cell.first))
    return [(cell, cell is main) for cell in cells]


def capacity(desk: Desk, cols: int, size: float) -> float:
    """Return about how many characters a module of this area takes beside its headline."""
    habits = desk.dress
    each = habits.size * (1.0 if habits.style.asian else 0.46)
    area = cols * habits.column * max(60.0, size - 50 - 14 * cols)
    return area / (each * habits.line)


def stack(desk: Desk, shelf: Shelf, cell: Cell, main: bool) -> Stack:
    """Fill one cell of the page with modules, and keep short stories for what is left."""
    chance = desk.chance
    weights = [chance.uniform(0.8, 1.25) * (1.4 if main and number == 0 else 1.0) for number in range(cell.count)]
    modules: list[Module] = []
    for number, weight in enumerate(weights):
        share = weight / sum(weights)
        room = capacity(desk, cell.cols, share * cell.size)
        if cell.cols <= 2 and number > 0 and desk.briefs < 2 and chance.random() < 0.25:
            short = [shelf.take(60, 500) for _ in range(chance.randint(3, 6))]
            items = [one_para(story) for story in short if story is not None]
            if len(items) >= 2:
                modules.append(briefs(desk, items, cell.cols, share))
                continue
        story = shelf.take(room * 0.7, room * 1.6)
        if story is None:
            break
        side = shelf.take(60, 450) if cell.cols >= 3 and chance.random() < (0.6 if main else 0.3) else None
        if side is not None:
            side = replace(side, kicker="", sub="", paras=side.paras[:2])
        kind = "commentary" if chance.random() < 0.09 else "article"
        modules.append(article(desk, fit_length(story, room * 1.3), cell.cols, share, side=side, kind=kind))
    if (
        modules
        and cell.cols <= 2
        and cell.count >= 2
        and chance.random() < 0.3
        and (small := notice(desk, cell.cols, 0.25))
    ):
        modules.insert(1, small)
    spares = [story for story in (shelf.take(120, 500),) if story is not None] if modules else []
    extra = tuple(article(desk, story, cell.cols, 1.0) for story in spares)
    if modules and cell.cols <= 2 and chance.random() < 0.3 and (small := notice(desk, cell.cols, 1.0)):
        extra = (small, *extra)
    return Stack(cell.first, cell.cols, round(cell.block, 2), round(cell.size, 2), tuple(modules), extra)


def one_para(story: Story) -> Story:
    """Return the story as a brief: its first paragraph."""
    return replace(story, paras=(story.paras[0],), kicker="", sub="")


def adverts(desk: Desk, look: Style) -> list[tuple[Para, ...]]:
    """Make the advertisements that fill what the stories leave."""
    order = list(look.adverts)
    desk.chance.shuffle(order)
    out = []
    for lines in order:
        unit = desk.unit("advertisement")
        out.append(tuple(desk.para(unit, "p", text, size=10, runs=desk.dress.whole(text)) for text in lines))
    return out


def furniture(
    desk: Desk, look: Style, front: bool, page: tuple[float, float], margins: tuple[int, int, int]
) -> tuple[tuple[Para, float, float, float, str], ...]:
    """Make folio, running head and date in the top margin; on a front page the name of the paper too."""
    chance = desk.chance
    side, top, _ = margins
    day = datetime.date(2019, 1, 1) + datetime.timedelta(days=chance.randrange(2200))
    weekday = look.words["weekdays"][day.weekday()]
    months = look.words.get("months")
    date = look.date.format(
        year=day.year,
        month=months[day.month - 1] if months else day.month,
        day=day.day,
        weekday=weekday,
        roc=day.year - 1911,
    )
    number = str(1 if front else chance.randint(2, 24))
    texts = [(desk.word("sections"), "start"), (desk.word("papers"), "center"), (date, "end")]
    if chance.random() < 0.5:
        texts[0], texts[2] = (texts[2][0], "start"), (texts[0][0], "end")
    folio = look.folio.format(page=number)
    at = 26.0
    whole = page[0] - 2 * side
    third = whole / 3
    out: list[tuple[Para, float, float, float, str]] = []
    if front:
        para = desk.para("furniture", "furniture", texts[1][0], "name", size=40)
        out.append((para, float(side), 30.0, whole, "center"))
        texts[1] = (folio, "center")
        at = float(top - 20)
    else:
        left = chance.random() < 0.5
        spot = 0 if left else 2
        texts[spot] = (f"{folio} {texts[spot][0]}" if left else f"{texts[spot][0]} {folio}", texts[spot][1])
    if chance.random() < 0.25:
        out.append(
            (
                desk.para("furniture", "furniture", folio),
                float(side),
                page[1] - 22,
                whole,
                chance.choice(["start", "center", "end"]),
            )
        )
    for number_, (text, align) in enumerate(texts):
        out.append((desk.para("furniture", "furniture", text), side + number_ * third, at, third, align))
    return tuple(out)
