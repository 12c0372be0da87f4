"""The laws of pages whose lines have places: nothing is lost, and where the page lies on the paper does not matter."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from pages_by_hand import page as page_by_hand
from random_pages import PAGES, boxes, mapped, printed, renumbered, upright
from relayout import law, pipeline
from relayout.geometry import around, beside, centred, holds, level, returned, turned
from relayout.imprint import Blank, Box
from relayout.layout import Layout
from relayout.model import Line, Outcome, Page, Paragraph, Place
from relayout.profile import load
from relayout.regions import Region
from relayout.stages.orient import orient
from relayout.stages.restore import restore
from test_cases import in_file

DEFAULT = load("default")
LAW = settings(max_examples=100)
HEADED = page_by_hand("""
page 300 400
20 5 8   | 港聞
190 5 8  | 2024年11月8日 星期五
20 30 15 bold | 海濱步道動工
20 60 10 | 　　東岸海濱步道延伸段昨
         | 日舉行動土儀式，工程全長
         | 三公里，預計三年後完成。
""")
NARROW = page_by_hand("""
page 300 200
20 20 15 bold | 海濱步道動工
20 50 10  | 　　東岸海濱步道延伸段昨
          | 日舉行動土儀式。
          | 　　工程全長三公里，預計
          | 三年後完成，
145 50 10 | 屆時市民可由青灣步行至石
          | 塘。
""")
OVERLAPPING = page_by_hand("""
page 400 400
frame 20 20 220 220
frame 180 180 320 300
image 230 210 300 290
30 30 15 bold | 海濱步道動工
30 60 10  | 　　東岸海濱步道延伸段昨日
          | 舉行動土儀式，工程全長三公
          | 里，預計三年後完成。
185 200 8 | 碼頭候船
""")


def recognised(page: Page) -> Page:
    """Return a page as OCR would give it: aslant, with lines that lie on others, marks, and gaps in lines."""
    lines, gaps = list(page.lines), []
    for line in page.lines:
        number, at = line.place.line, len(line.raw) // 2
        if line.box and at:
            low, span = (line.box.y0, line.box.height) if line.vertical else (line.box.x0, line.box.width)
            gaps.append(Blank(number, at, low + 0.4 * span, low + 0.6 * span))
    last = max((line.place.line for line in lines), default=0)
    for n, line in enumerate(page.lines[:3], 1):
        text = line.raw if n % 2 else ". '~"
        lines.append(replace(line, raw=text, text=text.strip() or ".", place=Place(line.place.page, last + n)))
    leans = mapped(replace(page, lines=tuple(lines)), lambda b: Box(b.x0 + b.y0 / 64, b.y0, b.x1 + b.y0 / 64, b.y1))
    return replace(leans, scanned=True, blanks=tuple(gaps))


ANY = PAGES | PAGES.map(recognised)


def lines_in(region: Region) -> list[Line]:
    return [*region.lines, *(line for one in region.inner for line in lines_in(one))]


def held(layout: Layout, stage: str) -> list[Paragraph]:
    """Every paragraph of a page after ``stage``; before there are any, every line is one."""
    if stage in ("orient", "vet", "level", "sift"):
        return [*(Paragraph((line,)) for line in layout.page.lines), *layout.furniture]
    if stage == "divide":
        inside = [line for piece in layout.pieces for region in piece.regions for line in lines_in(region)]
        return [*(Paragraph((line,)) for line in inside), *layout.furniture]
    return [*(p for article in layout.articles for p in article.paragraphs), *layout.furniture]


def run(page: Page) -> Outcome[Layout]:
    return pipeline.run(page, DEFAULT)


def moved(page: Page, right: float, down: float) -> Page:
    return mapped(page, lambda b: Box(b.x0 + right, b.y0 + down, b.x1 + right, b.y1 + down))


def scaled(page: Page, by: float) -> Page:
    return mapped(page, lambda b: Box(b.x0 * by, b.y0 * by, b.x1 * by, b.y1 * by), size=by)


def told(outcome: Outcome[Layout]) -> object:
    """Tell what a page says, without where it says it."""
    layout = outcome.value
    articles = [
        (a.id, a.kind, a.about, [(p.role, p.text, p.mark, p.joints) for p in a.paragraphs], len(a.figures))
        for a in layout.articles
    ]
    return articles, sorted(p.text for p in layout.furniture)


@LAW
@given(ANY)
def test_every_stage_keeps_every_character_and_changes_nothing_under_your_hand(page: Page) -> None:
    layout = Layout(page)
    for stage, verb in pipeline.PLACED:
        before = repr(layout)
        after = verb(layout, DEFAULT).value
        assert repr(layout) == before, f"{stage} changed its input"
        assert law.losses([page], held(after, stage)) == [], f"{stage} lost or doubled a character"
        layout = after
    assert not layout.blocks
    assert layout.page == page


@LAW
@given(ANY)
def test_lines_keep_their_places_and_boxes(page: Page) -> None:
    known = {line.place: line for line in page.lines}
    for paragraph in held(run(page).value, "restore"):
        for line in paragraph.lines:
            source = known[replace(line.place, start=0, end=None)]
            assert line.vertical == source.vertical
            assert line.box
            assert source.box
            assert holds(source.box, line.box, 0.01)


@LAW
@given(PAGES)
def test_the_same_page_gives_the_same_result(page: Page) -> None:
    assert repr(run(page)) == repr(run(page))


@LAW
@given(PAGES, st.sampled_from((0.25, 1.0, 16.0, 1024.0)), st.sampled_from((0.0, 3.0, 512.0)))
def test_where_the_page_lies_does_not_matter(page: Page, right: float, down: float) -> None:
    one, other = run(page), run(moved(page, right, down))
    assume(not one.value.furniture and not other.value.furniture)
    assert told(one) == told(other)


def test_where_the_page_lies_does_not_matter_to_its_running_head() -> None:
    assert told(run(moved(HEADED, 0, 512))) == told(run(HEADED))


@LAW
@example(NARROW, 1 / 64)
@given(printed(), st.sampled_from((0.25, 0.5, 2.0, 4.0, 8.0)))
def test_the_unit_of_a_page_does_not_matter(page: Page, by: float) -> None:
    assert told(run(scaled(page, by))) == told(run(page))


@pytest.mark.parametrize("by", [0.25, 0.5, 2.0, 4.0, 16.0])
@pytest.mark.parametrize("stage", ["divide", "compose"])
def test_the_unit_of_a_page_does_not_matter_to_the_cases(stage: str, by: float) -> None:
    for case in in_file(stage):
        page = page_by_hand(case.page)
        if page.box:
            assert told(run(scaled(page, by))) == told(run(page)), case.name


@LAW
@given(printed(), st.data())
def test_the_order_of_the_source_does_not_matter(page: Page, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(page.lines))))
    assert told(run(renumbered(page, order))) == told(run(page))


@LAW
@given(printed())
def test_a_page_set_upright_says_the_same(page: Page) -> None:
    one, other = run(page), run(upright(page))
    assume(not one.value.furniture and not other.value.furniture)
    assert told(one) == told(other)


@LAW
@given(PAGES)
def test_a_quarter_turn_and_back_is_the_same_page(page: Page) -> None:
    oriented = orient(Layout(page), DEFAULT).value
    assert restore(oriented, DEFAULT).value == Layout(page)
    if oriented.turned:
        assert orient(oriented, DEFAULT).value == oriented, "once is enough"


@given(boxes(), st.integers(1, 1000))
def test_a_quarter_turn_and_back_is_the_same_box(box: Box, width: int) -> None:
    assert returned(turned(box, width), width) == box
    assert turned(returned(box, width), width) == box
    assert (turned(box, width).width, turned(box, width).height) == (box.height, box.width)


@given(boxes(), st.integers(1, 1000), st.integers(1, 1000))
def test_four_quarter_turns_are_none(box: Box, width: int, height: int) -> None:
    assert turned(turned(turned(turned(box, width), height), width), height) == box


@given(boxes(), boxes(), st.integers(400, 1000))
def test_what_stands_beside_stands_level_once_turned(a: Box, b: Box, width: int) -> None:
    assert level(turned(a, width), turned(b, width)) == beside(a, b)
    assert beside(turned(a, width), turned(b, width)) == level(a, b)
    assert holds(turned(a, width), turned(b, width)) == holds(a, b)
    assert centred(turned(a, width), turned(b, width)) == centred(a, b)


@given(boxes(), boxes())
def test_what_two_boxes_share_is_the_same_from_either_side(a: Box, b: Box) -> None:
    assert beside(a, b) == beside(b, a)
    assert level(a, b) == level(b, a)
    assert holds(around((a, b)), a, 0)
    assert around((a, b)) == around((b, a))


def test_frames_that_overlap_lose_nothing() -> None:
    found = run(OVERLAPPING).value
    assert law.losses([OVERLAPPING], held(found, "restore")) == []


def test_a_line_without_a_box_on_a_page_with_boxes_is_kept() -> None:
    lines = (replace(HEADED.lines[0], box=None), *HEADED.lines[1:])
    bare = replace(HEADED, lines=lines)
    assert law.losses([bare], held(run(bare).value, "restore")) == []
