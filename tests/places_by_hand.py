"""Issues whose lines have places, built by hand: two pages as a PDF would give them, horizontal and vertical."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from issues_by_hand import issue, source_of
from relayout.imprint import Box, Shape, TextStyle
from relayout.model import Article, Figure, Issue, Line, Page, Paragraph, Place
from relayout.roles import Form, Joint, Kind, Role
from relayout.told import Gap

SIZE = 10.0
PHOTO = Box(20, 400, 220, 520)


def placed_line(text: str, number: int, x: float, y: float, *, page: int = 1, size: float = SIZE) -> Line:
    """Make a horizontal line of Han whose box begins at x, y."""
    box = Box(x, y, x + size * len(text), y + size)
    return Line(text, text, Place(page, number), box, style=TextStyle(size, "Song", colour="#000000"))


def upright_line(text: str, number: int, x: float, y: float, *, page: int = 2, size: float = SIZE) -> Line:
    """Make a vertical line whose box begins at x, y."""
    box = Box(x, y, x + size, y + size * len(text))
    return Line(text, text, Place(page, number), box, style=TextStyle(size, "Ming"), vertical=True)


def tight(role: Role, *lines: Line, mark: int = 0) -> Paragraph:
    return Paragraph(lines, (Joint.TIGHT,) * (len(lines) - 1), role, mark=mark)


def placed() -> Issue:
    """Make a page in two columns with a photo, and a vertical page with a horizontal headline; both with rules."""
    report = Article(
        (
            tight(Role.HEAD, placed_line("市政府公布新方案", 1, 20, 20, size=30)),
            tight(Role.BYLINE, placed_line("本報記者", 2, 20, 60)),
            tight(Role.BODY, placed_line("會議今日開幕討論", 3, 20, 80), placed_line("各項議題。", 4, 20, 92)),
            tight(
                Role.BODY,
                placed_line("與會者認為方案可", 5, 20, 104),
                placed_line("行並且應當儘快施", 6, 120, 80),
                placed_line("行。", 7, 120, 92),
            ),
        ),
        figures=(Figure((tight(Role.CAPTION, placed_line("會場一景。", 8, 20, 525)),), 0.9, PHOTO),),
        id="a1",
    )
    other = Article(
        (
            tight(Role.HEAD, placed_line("直排的頁", 11, 20, 20, page=2, size=30)),
            tight(
                Role.BODY,
                upright_line("右邊的行先讀", 12, 200, 60),
                upright_line("然後向左", 13, 180, 60),
                upright_line("下一欄又從右起", 14, 200, 300),
                upright_line("讀到這裏。", 15, 180, 300),
            ),
        ),
        id="a2",
    )
    stray = Article((tight(Role.BODY, placed_line("孤立", 9, 20, 560)),), Kind.UNASSIGNED, id="u1", cert=0.4)
    folio = tight(Role.FURNITURE, placed_line("A5", 10, 300, 4))
    whole = issue(report, other, stray, furniture=(folio,))
    shapes = (Shape(Form.RULE, Box(110, 78, 110.5, 300)), Shape(Form.IMAGE, PHOTO), Shape(Form.TINT, Box(0, 0, 9, 9)))
    pages = (
        replace(whole.pages[0], box=Box(0, 0, 400, 600), shapes=shapes, label="A5"),
        replace(whole.pages[1], box=Box(0, 0, 400.256, 600), label="A6"),
    )
    whole = replace(whole, pages=pages)
    return replace(whole, source=whole.source._replace(sha256=hashlib.sha256(source_of(whole)).hexdigest()))


def counted_anew() -> Issue:
    """Make the same as a PDF counts: the lines of its second page from 1 again."""
    whole = placed()

    def line(one: Line) -> Line:
        return replace(one, place=replace(one.place, line=one.place.line - 10)) if one.place.page == 2 else one

    def article(one: Article) -> Article:
        parts = tuple(replace(part, lines=tuple(map(line, part.lines))) for part in one.parts)
        return replace(one, parts=parts)

    pages = tuple(replace(one, lines=tuple(map(line, one.lines))) for one in whole.pages)
    return replace(whole, articles=tuple(map(article, whole.articles)), pages=pages)


def illustrated() -> Issue:
    """Make the same with a file for its photo, as ``fix --images`` makes it."""
    whole = placed()
    first = whole.articles[0]
    figures = (replace(first.figures[0], image="page-a1-f1.png"),)
    return replace(whole, articles=(replace(first, figures=figures), *whole.articles[1:]))


def jumping() -> Issue:
    """Make the same with an article that jumps to the other page, in the middle of a sentence, and has gaps."""
    whole = illustrated()
    here, there = (
        placed_line(text, 40 + page, 20, 300, page=page) for page, text in ((1, "The road to"), (2, "the sea is open."))
    )
    away = placed_line("(Continued on A6)", 43, 20, 320, page=1)
    back = placed_line("From A5", 44, 20, 280, page=2)
    text = Paragraph((here, there), (Joint.SPACE,))
    parts = (text, *(Paragraph((line,), (), Role.JUMP) for line in (away, back)))
    known = {line.place: line for line in (here, there, away, back)}
    pages = tuple(
        replace(page, lines=(*page.lines, *(line for line in known.values() if line.place.page == page.number)))
        for page in whole.pages
    )
    first = whole.articles[0]
    gaps = (Gap("A7"), Gap("A1", before=True))
    first = replace(first, parts=(*first.parts, *parts), jumps=(2,), gaps=gaps)
    return replace(whole, pages=pages, articles=(first, *whole.articles[1:]))


def page(whole: Issue, number: int) -> Page:
    return next(each for each in whole.pages if each.number == number)
