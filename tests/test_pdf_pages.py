"""Small pages as PDF, from the file to the articles: both engines give the same, and that is what is printed.

Each page is written in the notation of tests/pages_by_hand.py and set in Helvetica, so lines are ragged at the right.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages_by_hand import page as page_by_hand
from pdfs_by_hand import pdf, words
from relayout import fix
from relayout.imprint import Box
from relayout.model import Issue, Page
from relayout.readers.pdf import ENGINES
from relayout.roles import Form

WALK = """
page 400 300
20 8 8  | HARBOUR NEWS
250 8 8 | Friday, November 8, 2024
image 210 100 380 180
40 30 24 bold | Harbour walk is begun at last
20 70 10 | By Ruth Lane
20 90 10 | The first stone of the harbour walk
         | was laid on Friday by the mayor.
30 118 10 | He said that nothing so useful to
20 132 10 | the town had yet been done in all
         | the years that it has had a harbour.
30 160 10 | The walk will lead along the old
20 174 10 | wall and past the pier, which was
         | closed nine years ago, and no fence
         | will be set between it and the under-
210 70 10 | growth of the shore.
220 84 10 | It will be open in three years.
210 184 8 | Pictured: the mayor and the first stone
"""
FERRY = """
page 400 300
rule 200 20 201 280
frame 215 150 375 230
20 20 15 bold | More ferries at night
20 50 10 | Three ferries will run by night from
         | March on, and the fares remain as
         | they are, the owners said.
30 92 10 | They hope for ten thousand more
20 106 10 | passengers a month.
210 20 15 bold | Market hall opens again
210 50 10 | The market hall in the old town was
          | opened again on Friday, after seven
          | years of work.
225 160 24 bold | Fresh tea
225 195 12 | Dock Street 12
20 288 8 | Page 3
"""
TIMES = """
page 400 300
20 20 18 bold | When the ferries leave
20 50 10 | From March on the ferries leave as is shown under this, unless the
         | owners say on the day before that the sea will be too high.
30 78 10 | The fares remain as they are.
20 100 10 | Ferry
140 100 10 | Leaves
260 100 10 | Comes back
20 118 10 | Green Bay
140 118 10 | seven
260 118 10 | nine
20 136 10 | White Sands
140 136 10 | eight
260 136 10 | ten
20 154 10 | Stone Quay
140 154 10 | nine
260 154 10 | eleven
"""
ALONE = """
page 400 300
20 20 18 bold | When the ferries leave
20 50 10 | Ferry
140 50 10 | Leaves
260 50 10 | Comes back
20 68 10 | Green Bay
140 68 10 | seven
260 68 10 | nine
20 86 10 | White Sands
140 86 10 | eight
260 86 10 | ten
20 104 10 | Stone Quay
140 104 10 | nine
260 104 10 | eleven
"""
PAGES = {
    "a headline over two columns": (
        WALK,
        """
== a1 article
head: Harbour walk is begun at last
byline: By Ruth Lane
p: The first stone of the harbour walk was laid on Friday by the mayor.
p: He said that nothing so useful to the town had yet been done in all the years that it has had a harbour.
p: The walk will lead along the old wall and past the pier, which was closed nine years ago, and no fence \
will be set between it and the undergrowth of the shore.
p: It will be open in three years.
caption: Pictured: the mayor and the first stone
== furniture
HARBOUR NEWS
Friday, November 8, 2024
""",
    ),
    "two articles and an advertisement": (
        FERRY,
        """
== a1 article
head: More ferries at night
p: Three ferries will run by night from March on, and the fares remain as they are, the owners said.
p: They hope for ten thousand more passengers a month.
== a2 article
head: Market hall opens again
p: The market hall in the old town was opened again on Friday, after seven years of work.
== a3 advertisement
p: Fresh tea
p: Dock Street 12
== furniture
Page 3
""",
    ),
    "a table under its text": (
        TIMES,
        """
== a1 article
head: When the ferries leave
p: From March on the ferries leave as is shown under this, unless the owners say on the day before \
that the sea will be too high.
p: The fares remain as they are.
row: Ferry⇥Leaves⇥Comes back
row: Green Bay⇥seven⇥nine
row: White Sands⇥eight⇥ten
row: Stone Quay⇥nine⇥eleven
""",
    ),
}
TABLE_ALONE = """
== a1 article
head: When the ferries leave
row: Ferry⇥Leaves⇥Comes back
row: Green Bay⇥seven⇥nine
row: White Sands⇥eight⇥ten
row: Stone Quay⇥nine⇥eleven
"""


def printed(page: Page) -> str:
    """Return the operators that print a page: its shapes, then its lines."""
    assert page.box
    high = page.box.height
    out = [drawn(shape.form, shape.box, high) for shape in page.shapes]
    for line in page.lines:
        assert line.box
        assert line.style
        font = "B" if line.style.bold else "R"
        size = line.style.size
        out.append(words(line.text, line.box.x0, high - line.box.y0 - 0.8 * size, font=font, size=size))
    return "".join(out)


def drawn(form: Form, box: Box, high: float) -> str:
    corner = f"{box.x0} {high - box.y1}"
    if form is Form.IMAGE:
        return f"q {box.width} 0 0 {box.height} {corner} cm /Im Do Q\n"
    return f"{corner} {box.width} {box.height} re {'S' if form is Form.FRAME else 'f'}\n"


def told(issue: Issue) -> str:
    """Tell what an issue says."""
    out = []
    for article in issue.articles:
        out.append(f"== {article.id} {article.kind.value}\n")
        out += [f"{p.role.value}: {p.text}\n".replace("\t", "⇥") for p in article.paragraphs]
    furniture = "".join(f"{paragraph.text}\n" for paragraph in issue.furniture)
    return "".join(out) + (f"== furniture\n{furniture}" if furniture else "")


def file_of(*notations: str) -> bytes:
    pages = [page_by_hand(notation) for notation in notations]
    assert pages[0].box
    return pdf([printed(page) for page in pages], size=(pages[0].box.width, pages[0].box.height))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", list(PAGES))
def test_a_page_from_the_file_to_the_articles(name: str, engine: str) -> None:
    notation, expected = PAGES[name]
    assert told(fix(file_of(notation), pdf_engine=engine)) == expected.lstrip("\n")


@pytest.mark.parametrize("engine", ENGINES)
def test_a_page_of_nothing_but_a_table(engine: str) -> None:
    assert told(fix(file_of(ALONE), pdf_engine=engine)) == TABLE_ALONE.lstrip("\n")


def test_both_engines_give_the_same_articles_of_many_pages() -> None:
    data = file_of(*(notation for notation, _ in PAGES.values()))
    fast, slow = (fix(data, pdf_engine=engine) for engine in ("pdfium", "pdfplumber"))
    assert told(fast) == told(slow)
    assert [article.id for article in fast.articles] == ["a1", "a2", "a3", "a4", "a5"]
    assert [figure.page for article in fast.articles for figure in article.figures] == [1]
    boxes = [[f.box for a in issue.articles for f in a.figures] for issue in (fast, slow)]
    for one, other in zip(*boxes, strict=True):
        assert corners(one) == pytest.approx(corners(other), abs=1)


def corners(box: Box | None) -> tuple[float, ...]:
    assert box
    return box.x0, box.y0, box.x1, box.y1


BEGINNINGS = (
    "The first stone",
    "was laid on Friday",
    "harbour-",
    "in three years.",
    "By Ruth Lane",
    "Page 3",
    "He said",
)
PLACED = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.integers(0, 18),
        st.sampled_from(BEGINNINGS),
        st.sampled_from((8, 10, 10, 10, 14)),
        st.booleans(),
    ),
    min_size=1,
    max_size=20,
    unique_by=lambda one: one[:2],
)
RULES = st.lists(st.tuples(st.sampled_from(["rule", "frame", "image", "tint"]), *[st.integers(0, 18)] * 2), max_size=3)


@settings(max_examples=50)
@given(PLACED, RULES)
def test_both_engines_give_the_same_articles_wherever_lines_stand(
    placed: list[tuple[int, int, str, int, bool]], shapes: list[tuple[str, int, int]]
) -> None:
    rows = ["page 400 400"]
    for form, top, rows_high in shapes:
        high = 1 if form == "rule" else 20 * rows_high + 15
        rows.append(f"{form} 15 {20 * top + 16} 385 {min(399, 20 * top + 16 + high)}")
    for column, row, text, size, bold in sorted(placed):
        rows.append(f"{20 + 125 * column} {20 * row + 18} {size} {'bold' * bold} | {text}")
    data = file_of("\n".join(rows))
    assert told(fix(data, pdf_engine="pdfium")) == told(fix(data, pdf_engine="pdfplumber"))
