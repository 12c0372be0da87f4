"""Random issues for property tests: any parts in any order, cut lines, hostile characters, several pages."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from issues_by_hand import issue, unsure
from relayout.imprint import Box, Shape, TextStyle
from relayout.model import Article, Evidence, Figure, Issue, Line, Note, Page, Paragraph, Place
from relayout.roles import Form, Joint, Kind, Level, Role

# Prose, marks, markup, white space of many kinds, combining, private use, noncharacters, controls, astral planes.
ALPHABET = (
    "大公報訊，。「」 •❶ABCab12-/&<>\"']é\u0301\u3000\u00a0\u200b\t\ue111\ufffe\U0001ffff\U000f1234\x01\r\x85𠮷⼯︒"
)
FRACTIONS = st.integers(0, 20).map(lambda number: number / 20)


@st.composite
def _paragraphs(draw: st.DrawFn, pieces: list[Line], roles: list[Role]) -> Paragraph:
    """Take the next one to three pieces as a paragraph."""
    count = min(len(pieces), draw(st.integers(1, 3)))
    lines = tuple(pieces.pop(0) for _ in range(count))
    role = draw(st.sampled_from(roles))
    known = [joint for joint in Joint if joint is not Joint.CELL or role is Role.ROW]
    joints = tuple(draw(st.sampled_from(known)) for _ in lines[1:])
    mark = draw(st.integers(0, min(2, len(lines[0].text) - 1)))
    return Paragraph(lines, joints, role, draw(FRACTIONS), mark)


@st.composite
def issues(draw: st.DrawFn) -> Issue:
    """Any issue whose lines stand in it once."""
    texts = draw(st.lists(st.text(ALPHABET, min_size=1, max_size=8).filter(str.strip), min_size=1, max_size=14))
    pieces: list[Line] = []
    page = 1
    for number, raw in enumerate(texts, 1):
        page += draw(st.integers(0, 9)) == 9
        at = draw(st.integers(0, len(raw)))
        if draw(st.booleans()) and raw[:at].strip() and raw[at:].strip():
            spans = [(0, at), (at, len(raw))]
        else:
            spans = [(0, None)]
        pieces += [Line(raw[a:b], raw[a:b].strip(), Place(page, number, a, b)) for a, b in spans]
    pieces = draw(st.permutations(pieces))
    articles: list[Article] = []
    furniture: list[Paragraph] = []
    while pieces:
        if draw(st.integers(0, 9)) == 9:
            furniture.append(draw(_paragraphs(pieces, [Role.FURNITURE])))
            continue
        parts: list[Paragraph] = []
        while pieces and draw(st.integers(0, 4)):
            parts.append(draw(_paragraphs(pieces, list(Role))))
        figures: list[Figure] = []
        while pieces and not draw(st.integers(0, 3)):
            figures.append(Figure((draw(_paragraphs(pieces, [Role.CAPTION, Role.CREDIT])),), draw(FRACTIONS)))
        if parts or figures:
            about = draw(st.sampled_from(["", "a1", "a2", "x"]))
            kind = draw(st.sampled_from(Kind))
            articles.append(Article(tuple(parts), kind, tuple(figures), about=about, cert=draw(FRACTIONS)))
    places = st.integers(1, len(texts) + 2).map(lambda number: Place(1, number))
    reasons = st.tuples(st.builds(Evidence, st.just("x"), st.just(0.5), FRACTIONS))
    notes = draw(
        st.lists(
            st.builds(
                Note,
                st.just("stage"),
                st.text(ALPHABET, max_size=4),
                st.text(ALPHABET, max_size=4),
                FRACTIONS,
                st.sampled_from(Level),
                st.none() | places,
                st.text(ALPHABET, max_size=4),
                reasons,
            ),
            max_size=3,
        )
    )
    whole = issue(*articles, furniture=sorted(furniture, key=lambda part: part.lines[0].place), notes=notes)
    if draw(st.booleans()):
        return whole
    certs = draw(st.lists(FRACTIONS, min_size=1, max_size=3))
    return replace(unsure(whole, *certs, step=draw(st.integers(1, 4))), unclear=draw(FRACTIONS))


@st.composite
def placed_issues(draw: st.DrawFn) -> Issue:
    """Any issue, most of whose lines, pages and figures have a place."""
    numbers = st.integers(0, 50_000).map(lambda number: number / 100)

    def box() -> Box:
        x, y, wide, high = (draw(numbers) for _ in range(4))
        return Box(x, y, x + wide, y + high)

    def line(one: Line) -> Line:
        style = draw(st.none() | st.just(TextStyle(9.5)))
        return replace(one, box=draw(st.sampled_from((box(), None))), style=style, vertical=draw(st.booleans()))

    def part(one: Paragraph) -> Paragraph:
        return replace(one, lines=tuple(map(line, one.lines)))

    def figure(one: Figure) -> Figure:
        return replace(one, parts=tuple(map(part, one.parts)), box=draw(st.sampled_from((box(), None))))

    def article(one: Article) -> Article:
        return replace(one, parts=tuple(map(part, one.parts)), figures=tuple(map(figure, one.figures)))

    def page(one: Page) -> Page:
        size = draw(st.sampled_from((Box(0, 0, 1000, 1000), Box(0, 0, 300.125, 9), None)))
        shapes = tuple(Shape(form, box()) for form in draw(st.lists(st.sampled_from(Form), max_size=3)))
        return replace(one, box=size, shapes=shapes, label=draw(st.sampled_from(("", "A 5", "<&"))))

    whole = draw(issues())
    return replace(
        whole,
        articles=tuple(map(article, whole.articles)),
        furniture=tuple(map(part, whole.furniture)),
        pages=tuple(map(page, whole.pages)),
    )
