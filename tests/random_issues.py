"""Random issues for property tests: any parts in any order, cut lines, hostile characters, several pages."""

from __future__ import annotations

from hypothesis import strategies as st

from issues_by_hand import issue
from relayout.model import Article, Evidence, Figure, Issue, Line, Note, Paragraph, Place
from relayout.roles import Joint, Kind, Level, Role

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
    joints = tuple(draw(st.sampled_from(Joint)) for _ in lines[1:])
    mark = draw(st.integers(0, min(2, len(lines[0].text) - 1)))
    return Paragraph(lines, joints, draw(st.sampled_from(roles)), draw(FRACTIONS), mark)


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
    return issue(*articles, furniture=sorted(furniture, key=lambda part: part.lines[0].place), notes=notes)
