"""Makes a module of a story: deck, rubric, byline, body with crossheads and lists, and what stands over it."""

from __future__ import annotations

from dataclasses import replace

from bench.press.desk import Desk, head_size, rank
from bench.press.model import Blocker, Module, Para, Story


def deck(desk: Desk, unit: str, story: Story, cols: int, width: float) -> tuple[Para, ...]:
    """Set kicker, headline and second line; the kicker may be missing."""
    size = head_size(desk, story.head, cols, width, rank(story, cols))
    small = max(11.0, min(size * 0.5, 20.0))
    out = []
    if story.kicker and desk.chance.random() < 0.6:
        out.append(desk.para(unit, "kicker", story.kicker, size=small, runs=desk.dress.whole(story.kicker)))
    out.append(desk.para(unit, "head", story.head, size=size, runs=desk.dress.whole(story.head)))
    if story.sub and cols >= 2 and desk.chance.random() < 0.65:
        out.append(desk.para(unit, "sub", story.sub, size=small, runs=desk.dress.whole(story.sub)))
    return tuple(out)


def opening(desk: Desk, unit: str, story: Story, role: str = "p", boxed: bool = False) -> Para:
    """Set the first paragraph, with a dateline in bold or a drop cap."""
    chance, dress = desk.chance, desk.dress
    text = story.paras[0]
    line = (story.dateline or desk.word("datelines")) if chance.random() < dress.datelines else ""
    gap = "" if dress.style.asian else " "
    whole = f"{line}{gap}{text}" if line else text
    if line:
        style = chance.choice(["b", "s", ""])
        runs = (
            (*dress.runs(line, style), (gap, ""), *dress.runs(text))
            if gap
            else (*dress.runs(line, style), *dress.runs(text))
        )
        return desk.para(unit, role, whole, "flush" if not dress.style.asian else "", runs=runs)
    if not boxed and chance.random() < dress.drops and text[0].isalpha() and role == "p" and not dress.style.vertical:
        return desk.para(unit, role, whole, "flush", runs=(*dress.runs(text[0], "drop"), *dress.runs(text[1:])))
    return desk.para(unit, role, whole, "" if dress.style.asian else "flush")


def body(desk: Desk, unit: str, story: Story, boxed: bool) -> tuple[Para, ...]:
    """Set the paragraphs, with crossheads where the story has them."""
    chance = desk.chance
    out = [opening(desk, unit, story, boxed=boxed)]
    marks = list(story.crossheads) if chance.random() < 0.6 and len(story.paras) >= 4 else []
    step = max(2, len(story.paras) // (len(marks) + 1)) if marks else 0
    for number, text in enumerate(story.paras[1:], 1):
        if marks and number % step == 0 and number < len(story.paras):
            out.append(desk.para(unit, "subhead", marks.pop(0)))
        out.append(desk.para(unit, "p", text))
    return tuple(out)


def points(desk: Desk, unit: str, story: Story) -> tuple[Para, ...]:
    """Set the story's list: head and items with bullets or numbers."""
    bullet = desk.chance.choice(["•", "●", "■"] if desk.dress.style.asian else ["•", "•", "–"])
    number = desk.chance.random() < 0.35
    gap = "" if desk.dress.style.asian and not number else " "
    head = story.points_head or desk.word("lists")
    out = [desk.para(unit, "list-head", head)]
    for place, text in enumerate(story.points, 1):
        mark = f"{place}." if number else bullet
        out.append(desk.para(unit, "item", f"{mark}{gap}{text}"))
    return tuple(out)


def table(desk: Desk, unit: str, story: Story) -> tuple[Para, ...]:
    """Set the story's table: its head and one part a row, cells parted by a tab in the gold."""
    out = [desk.para(unit, "list-head", story.table_head or desk.word("tables"))]
    for row in story.rows:
        cells = tuple((desk.dress.plain(cell), "") for cell in row)
        out.append(desk.para(unit, "row", "\t".join(row), runs=cells))
    return tuple(out)


def standing(desk: Desk, unit: str, story: Story, cols: int, side: Story | None) -> tuple[Blocker, ...]:
    """Choose what stands over the columns: a photo at the top, a sidebar at the bottom, a list, a table, a quote."""
    chance, dress = desk.chance, desk.dress
    found: list[Blocker] = []
    photo_cols = 0
    if chance.random() < (0.3 if cols == 1 else 0.7 if cols == 2 else 0.85):
        photo_cols = 1 if cols == 1 else chance.randint(1, cols - 1) if cols < 4 else chance.randint(2, cols - 1)
        first = chance.choice([0, cols - photo_cols, cols - photo_cols])
        low = 60 + 26 * photo_cols
        found.append(
            Blocker(
                "photo",
                first,
                photo_cols,
                "top",
                low,
                low * 2.6,
                caption(desk, unit, story),
                seed=chance.randrange(1 << 30),
            )
        )
    if side is not None and cols >= 3:
        name = desk.unit("sidebar", about=unit, story=side)
        wide = chance.choice([1, 2]) if cols > 3 else 1
        inner = Module(
            unit=name, cols=wide, deck=deck(desk, name, side, 1, dress.column * wide * 0.92), deck_cols=wide, label=(),
            byline=(), paras=tuple(desk.para(name, "p", text) for text in side.paras[:3]), tail=(), blockers=(),
            look=chance.choice(["box", "tint", "tintbox"]), share=1.0,
        )  # fmt: skip
        found.append(Blocker("sidebar", chance.choice([0, cols - wide]), wide, "bottom", 0, 420, inner=inner))
    elif story.points and chance.random() < 0.6 and cols >= 2:
        found.append(Blocker("list", chance.choice([0, cols - 1]), 1, "bottom", 0, 300, points(desk, unit, story)))
    elif story.rows and cols >= 2:
        found.append(Blocker("table", 0, min(2, cols), "bottom", 0, 300, table(desk, unit, story)))
    if story.quote and cols >= 3 and chance.random() < 0.6:
        marks = ("「", "」") if dress.style.lang in ("zh-Hant", "ja") else ("“", "”")
        if dress.style.lang == "de":
            marks = ("„", "“")
        text = f"{marks[0]}{story.quote}{marks[1]}"
        found.append(
            Blocker("quote", chance.randrange(1, cols - 1), 1, "middle", 0, 200, (desk.para(unit, "quote", text),))
        )
    return tuple(found)


def caption(desk: Desk, unit: str, story: Story) -> tuple[Para, ...]:
    """Set a caption with or without a credit, as a unit of its own."""
    if not story.caption:
        return ()
    name = desk.unit("caption", of=unit)
    mark = desk.word("marks")
    out = [desk.para(name, "caption", mark + story.caption)]
    if desk.chance.random() < 0.6:
        out.append(desk.para(name, "credit", desk.word("credits")))
    return tuple(out)


def article(
    desk: Desk, story: Story, cols: int, share: float, *, side: Story | None = None, kind: str = "article"
) -> Module:
    """Make the module of a story that is ``cols`` grid columns wide."""
    chance, dress = desk.chance, desk.dress
    unit = desk.unit(kind, story=story)
    width = cols * dress.column + (cols - 1) * dress.gutter
    look = "" if chance.random() < 0.8 else chance.choice(["box", "tint", "bars"])
    label: tuple[Para, ...] = ()
    rubric = "" if chance.random() > 0.3 else desk.word("rubrics")
    if kind == "commentary":
        rubric = desk.word("opinions")
        look = chance.choice(["box", "tint", "bars", ""])
    boxed: tuple[Para, ...] = ()
    if rubric and chance.random() < 0.4:
        boxed = (desk.para(unit, "rubric", rubric, runs=dress.whole(rubric)),)
    elif rubric:
        label = (desk.para(unit, "rubric", rubric, size=12.5),)
    inner = cols // 2 if cols >= 4 and cols % 2 == 0 and chance.random() < 0.25 else cols
    wide, beside, turned = deck_place(desk, inner, story)
    column = (width - (inner - 1) * dress.gutter) / inner
    span = wide * column + (wide - 1) * dress.gutter
    heads = deck(desk, unit, story, max(1, round(wide * cols / inner)), span * (0.94 if look else 1.0))
    if turned:
        heads, label = (*label, *heads), ()
    writer = (story.byline or desk.word("reporters")) if chance.random() < 0.62 or kind == "commentary" else ""
    byline: tuple[Para, ...] = ()
    tail: list[Para] = []
    if writer and chance.random() < dress.bylines_first and not turned:
        byline = (desk.para(unit, "byline", writer, runs=dress.whole(writer)),)
        if chance.random() < 0.15 and "standing" in dress.style.words:
            byline += (desk.para(unit, "dateline", desk.word("standing")),)
    lead: tuple[Para, ...] = ()
    if (
        cols >= 2
        and not (beside or turned)
        and len(story.paras) > 3
        and story.paras[0][-1] in ".。"
        and chance.random() < 0.16
    ):
        lead, story = (
            (opening(desk, unit, story, "lead"),),
            replace(story, paras=story.paras[1:], dateline="", crossheads=()),
        )
        paras = tuple(desk.para(unit, "p", text) for text in story.paras)
    else:
        paras = body(desk, unit, story, bool(boxed))
    blockers = standing(desk, unit, story, inner, side)
    if story.points and not any(it.kind in ("list", "sidebar") for it in blockers) and chance.random() < 0.7:
        paras += points(desk, unit, story)
    if writer and not byline:
        tail.append(
            desk.para(unit, "byline", writer, "hang" if chance.random() < 0.5 else "", runs=dress.whole(writer))
        )
    if chance.random() < 0.1:
        tail.append(desk.para("furniture", "furniture", desk.word("jumps"), "jump"))
    return Module(
        unit=unit, cols=inner, deck=heads, deck_cols=wide, label=label, byline=byline, paras=paras, tail=tuple(tail),
        blockers=blockers, look=look, share=share, lead=lead, round=boxed, beside=beside, turned=turned,
    )  # fmt: skip


def deck_place(desk: Desk, cols: int, story: Story) -> tuple[int, bool, bool]:
    """Choose how many columns the deck spans, whether the others start beside it, and whether it is turned."""
    chance, vertical = desk.chance, desk.dress.style.vertical
    if vertical and cols >= 2 and story.size > 240 and chance.random() < 0.22:
        return 1, False, True
    if cols >= 2 and chance.random() < (0.55 if vertical and cols >= 3 else 0.12):
        least = 2 if vertical and cols >= 3 else 1
        return chance.randint(least, cols - 1), True, False
    return cols, False, False


def notice(desk: Desk, cols: int, share: float) -> Module | None:
    """Make a small table under a headline of its own, such as the weather; None if all kinds are on the page."""
    chance, dress = desk.chance, desk.dress
    left = [table for table in dress.style.notices if table[0] not in desk.notices]
    if not left:
        return None
    head, columns, names, (low, high) = chance.choice(left)
    desk.notices.append(head)
    unit = desk.unit("notice")
    width = cols * dress.column + (cols - 1) * dress.gutter
    numbers = [sorted((chance.randint(low, high) for _ in columns[1:]), reverse=True) for _ in names]
    rows = [columns, *((name, *map(str, row)) for name, row in zip(names, numbers, strict=True))]
    paras = tuple(
        desk.para(unit, "row", "\t".join(row), runs=tuple((dress.digit(cell), "") for cell in row)) for row in rows
    )
    size = min(head_size(desk, head, 1, width), 22.0)
    headline = desk.para(unit, "head", head, size=size, runs=dress.whole(head))
    return Module(
        unit=unit, cols=1, deck=(headline,), deck_cols=1, label=(), byline=(), paras=paras, tail=(), blockers=(),
        look=chance.choice(["box", "bars", ""]), share=share,
    )  # fmt: skip


def briefs(desk: Desk, stories: list[Story], cols: int, share: float) -> Module:
    """Make a column of short items under one head, each with a mini-headline."""
    chance, dress = desk.chance, desk.dress
    desk.briefs += 1
    unit = desk.unit("briefs", story=stories[0])
    width = cols * dress.column + (cols - 1) * dress.gutter
    head = desk.word("briefs")
    size = min(head_size(desk, head, max(1, cols), width, 0.9), 30.0)
    paras: list[Para] = []
    for story in stories:
        paras.append(desk.para(unit, "subhead", story.head, "mini"))
        paras.append(desk.para(unit, "p", story.paras[0]))
    look = chance.choice(["tint", "box", "bars", ""])
    return Module(
        unit, cols, (desk.para(unit, "head", head, size=size),), cols, (), (), tuple(paras), (), (), look, share
    )
