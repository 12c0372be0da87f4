"""The laws that hold for every page, whatever stands on it: DESIGN, section 2."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from random_issues import ALPHABET
from relayout import fix, law, pipeline, readers
from relayout.chars import canonical, has_han, ink, tight
from relayout.cutting import cut, cut_paragraph
from relayout.errors import InputError, LossError
from relayout.imprint import Box
from relayout.layout import Layout
from relayout.model import Issue, Line, Page, Paragraph, Place
from relayout.profile import load
from relayout.roles import Joint, Kind, Role
from relayout.stages.arrange import arrange
from relayout.stages.clean import clean
from relayout.stages.name import name
from relayout.stages.splice import splice
from relayout.stages.stack import stack
from relayout.stages.trim import trim
from relayout.stages.unstack import unstack
from relayout.stages.unweave import unweave
from relayout.stages.wrap import wrap
from relayout.writers import WRITERS

SAMPLES = sorted(Path(__file__).parent.parent.glob("samples/*/input.txt"))
HAN = [path for path in SAMPLES if "courier" not in path.parent.name]
DEFAULT = load("default")
LAW = settings(max_examples=100, deadline=None, derandomize=True)

# Marks that stages look for, so that arbitrary pages reach the rare paths: cues, stops, brackets, gaps, surnames.
PIECES = (
    "【本報訊】", "本報記者", "王珏", "專家", "解讀", "社評", "簡訊", "▲", "圖：", "•", "❶", "❷", "資料來源：", "問：",
    "第1版 要聞 ", "2023年5月19日", "公告", "責任編輯：", "（", "）", "「", "」", "。", "，", "：", " ", "  ", "\t",
    "中央城市工作會議", "城市更新", "LONDON, April 15.—", "the strike", "labour-", "12,345", "…", "——", "⺼", "⼯",
    "\u3000", "\u00a0", "\u200b", "e\u0301", "\u0301", "𠮷", "か\u3099", "\ue000", "\U000f0000", "🀄", "ﬁ", "㎡",
    "\u202e", "\u0001", "\u00ad", "\u2028", "︒", "七大", "答：",
)  # fmt: skip
MARKED = st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join)
TEXTS = MARKED | st.text(max_size=30) | st.text(ALPHABET)
MOVED = {"stack", "turn", "untangle", "link", "align"}
LINE_ENDS = re.compile("[\n\r\f\u0085\u2028\u2029]")


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")


def page_of(texts: Iterable[str]) -> Page:
    """Return a page as a reader would: a line for each text that is not blank."""
    lines = []
    for number, raw in enumerate(LINE_ENDS.sub(" ", text) for text in texts):
        text = raw.strip()
        if text:
            indent = len(raw) - len(raw.lstrip())
            lines.append(Line(raw, text, Place(1, number + 1), indent=indent, after_blank=number % 5 == 4))
    return Page(1, tuple(lines))


PAGES = st.lists(TEXTS, max_size=30).map(page_of)


@st.composite
def torn_pages(draw: st.DrawFn) -> Page:
    """Lines of a sample in another order, some left out, some cut in two, hostile ones between."""
    lines = [line for line in lines_of(draw(st.sampled_from(SAMPLES))) if line.strip()]
    start = draw(st.integers(0, len(lines) - 1))
    chosen = lines[start : start + draw(st.integers(1, 60))]
    if draw(st.booleans()):
        chosen = draw(st.permutations(chosen))
    torn: list[str] = []
    for line in chosen:
        at = draw(st.integers(0, 4 * len(line)))
        torn += [line[:at], line[at:]] if at < len(line) else [line]
        if draw(st.integers(0, 9)) == 9:
            torn.append(draw(TEXTS))
    return page_of(torn)


def held(layout: Layout) -> list[Paragraph]:
    """Every paragraph of a page in the making; before there are any, every line is one."""
    found = [block.paragraph for block in layout.blocks]
    found += [p for article in layout.articles for p in article.paragraphs]
    found += layout.furniture
    return found or [Paragraph((line,)) for line in layout.page.lines]


def spelled(layout: Layout) -> list[Paragraph]:
    """Return what :func:`held` does, but lines that were drawn together as the pieces that ``stacks`` keeps."""
    stacks = {lines[0].place: lines for lines in layout.stacks}
    return [
        Paragraph(lines, (Joint.SPACE,) * (len(lines) - 1))
        for p in held(layout)
        if (lines := tuple(piece for line in p.lines for piece in stacks.get(line.place, (line,))))
    ]


def outline(issue: Issue) -> object:
    """Tell what an issue says, without the numbers of its lines."""
    return (
        [
            (a.id, a.kind, a.about, [(p.role, p.text, p.mark, p.joints) for p in a.paragraphs], len(a.figures))
            for a in issue.articles
        ],
        [p.text for p in issue.furniture],
    )


@LAW
@given(PAGES | torn_pages())
@example(page_of(["【本報訊】"] * 3 + ["0", "0" * 12, "0" * 12, "【本報訊】王珏"]))
def test_every_stage_keeps_every_character_and_changes_nothing_under_your_hand(page: Page) -> None:
    layout = Layout(page)
    for stage, run in pipeline.TEXT:
        before = repr(layout)
        after = run(layout, DEFAULT).value
        assert repr(layout) == before, f"{stage} changed its input"
        assert law.losses([page], spelled(after)) == [], f"{stage} lost or doubled a character"
        layout = after
    assert not layout.blocks


LETTERS = st.sampled_from("步道動工居民出席。，「」：年A▲【】⼯")
PRINTED = st.lists(LETTERS | st.sampled_from(("15", " ", "\u3000", "\u200b", "新華社", "。 本報記者王珏")), max_size=9)


@st.composite
def pieces(draw: st.DrawFn) -> Page:
    """Lines of one character, as vertical text comes out, and lines torn at their marks; spaces around and inside."""
    column = st.lists(st.tuples(st.sampled_from(("", " ", "\u3000 ")), LETTERS).map("".join), min_size=4, max_size=14)
    torn = st.lists(
        st.sampled_from(("，步道由青灣起", "「動工」，", " ：居民 出席", "海濱步道延伸段 。", "第1版 要聞")), max_size=9
    )
    columns = st.lists(column | torn | PRINTED.map(lambda parts: ["".join(parts)]), min_size=1, max_size=9)
    return page_of(text for one in draw(columns) for text in one)


@LAW
@given(pieces())
def test_what_is_drawn_together_comes_apart_again(page: Page) -> None:
    layout = pipeline.run(page, DEFAULT, pipeline.TEXT[:-1]).value
    whole = unstack(layout, DEFAULT).value
    assert law.losses([page], held(whole)) == []
    assert [p.text for p in held(whole)] == [p.text for p in held(layout)]
    assert sorted(line.place for line in whole.page.lines) == [
        line.place for line in clean(Layout(page), DEFAULT).value.page.lines
    ]
    assert unstack(whole, DEFAULT).value == whole


@LAW
@given(pieces() | torn_pages())
def test_twice_is_once_for_what_is_drawn_together(page: Page) -> None:
    for stage in (stack, splice, wrap):
        once = stage(pipeline.run(page, DEFAULT, pipeline.until(stage.__name__)[:-1]).value, DEFAULT).value
        assert stage(once, DEFAULT).value == once


@LAW
@given(PAGES | torn_pages())
def test_what_comes_out_is_in_order(page: Page) -> None:
    outcome = pipeline.run(page, DEFAULT)
    articles = outcome.value.articles
    placed = [a.id for a in articles if a.kind is not Kind.UNASSIGNED]
    left = [a.id for a in articles if a.kind is Kind.UNASSIGNED]
    assert placed == [f"a{n}" for n in range(1, len(placed) + 1)]
    assert left == [f"u{n}" for n in range(1, len(left) + 1)]
    assert all(a.about == "" or (a.about in placed and a.about != a.id) for a in articles)
    numbers = {line.place.line for line in page.lines}
    assert all(note.place is None or note.place.line in numbers for note in outcome.notes)
    assert all(p.role is Role.FURNITURE for p in outcome.value.furniture)


@LAW
@given(st.lists(TEXTS, min_size=1, max_size=20))
def test_any_text_is_rebuilt_or_refused(texts: list[str]) -> None:
    data = "\n".join(texts).encode("utf-8", "surrogatepass")
    try:
        issue = fix(data)
    except InputError:
        return
    expected = "".join(ink(line.raw) for page in issue.pages for line in page.lines)
    assert law.losses(issue.pages, issue.paragraphs) == []
    assert len(expected) == sum(len(ink(line.text)) for p in issue.paragraphs for line in p.lines)


@LAW
@given(st.binary(max_size=200))
def test_any_bytes_are_rebuilt_or_refused(data: bytes) -> None:
    try:
        issue = fix(data)
    except InputError:
        return
    assert law.losses(issue.pages, issue.paragraphs) == []


@LAW
@given(PAGES | torn_pages())
def test_boxes_here_and_there_lose_nothing(page: Page) -> None:
    """Some lines have a box, most have none."""
    boxed = tuple(
        replace(line, box=Box(n % 7, n, n % 7 + 1 + len(line.text), n + 1) if n % 3 == 0 else None)
        for n, line in enumerate(page.lines)
    )
    whole = pipeline.run(replace(page, lines=boxed), DEFAULT).value
    assert law.losses([page], held(whole)) == []


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_text_runs_without_boxes(path: Path) -> None:
    issue = fix(path)
    assert all(line.box is None for page in issue.pages for line in page.lines)
    assert len(issue.articles) > 1


@LAW
@given(st.text() | TEXTS)
def test_twice_is_once_for_characters(text: str) -> None:
    assert canonical(canonical(text)) == canonical(text)
    assert ink(ink(text)) == ink(text)
    assert ink(canonical(text)) == ink(text)
    assert tight(tight(text)) == tight(text)
    assert ink(tight(text)) == ink(text)


@st.composite
def woven_pages(draw: st.DrawFn) -> Page:
    """Lines of samples set beside each other in columns, with gutters, some rows with an indent or a hole."""
    columns = draw(st.integers(2, 5))
    stock = [line.strip() for line in lines_of(draw(st.sampled_from(SAMPLES))) if line.strip()]
    rows = draw(st.integers(6, 30))
    start = draw(st.integers(0, max(0, len(stock) - 1 - columns * rows)))
    wide = max(map(len, stock)) + draw(st.integers(2, 6))
    grid = draw(st.booleans())
    texts = []
    for n in range(rows):
        parts = stock[start + n :: rows][:columns]
        holes = draw(st.integers(0, 2**columns - 1)) if n % 5 == 0 else 0
        cells = ["" if holes >> k & 1 else part for k, part in enumerate(parts)]
        text = "".join(cell.ljust(wide) for cell in cells).rstrip()
        texts.append(text if grid else text.lstrip())
    return page_of(texts)


@LAW
@given(woven_pages() | PAGES)
def test_unweaving_loses_nothing_and_twice_is_once(page: Page) -> None:
    once = unweave(Layout(page), DEFAULT).value
    assert law.losses([page], held(once)) == []
    if once.page != page:
        assert all(line.text == " ".join(line.raw.split()) for line in once.page.lines)
        # all have a place, or none: where every row begins somewhere else, positions tell nothing
        assert len({line.box is None for line in once.page.lines}) == 1
        if any(line.raw.startswith(" ") for line in page.lines):
            assert all(line.box for line in once.page.lines)
        assert unweave(once, DEFAULT).value == once
    else:
        assert all(line.text == line.raw.strip() for line in once.page.lines)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_a_plain_stream_is_not_unwoven(path: Path) -> None:
    page = readers.read(path.read_bytes(), "page").value.pages[0]
    outcome = unweave(Layout(page), DEFAULT)
    assert outcome.value == Layout(page)
    assert outcome.notes == ()


@LAW
@given(PAGES | torn_pages())
def test_twice_is_once_for_clean(page: Page) -> None:
    once = clean(Layout(page), DEFAULT).value
    twice = clean(once, DEFAULT)
    assert twice.value == once
    assert twice.notes == ()


@LAW
@given(PAGES | torn_pages())
def test_twice_is_once_for_names_and_tails(page: Page) -> None:
    named = pipeline.run(page, DEFAULT, pipeline.until("name")).value
    assert name(named, DEFAULT).value == named
    trimmed = trim(named, DEFAULT).value
    assert trim(trimmed, DEFAULT).value == trimmed


@LAW
@given(PAGES | torn_pages())
def test_twice_is_once_for_arrange(page: Page) -> None:
    once = pipeline.run(page, DEFAULT).value
    unnamed = tuple(replace(article, about="") for article in once.articles)
    twice = arrange(replace(once, articles=unnamed), DEFAULT).value
    assert [a.paragraphs for a in twice.articles if a.kind is not Kind.UNASSIGNED] == [
        a.paragraphs for a in once.articles if a.kind is not Kind.UNASSIGNED
    ]
    assert {a.paragraphs for a in twice.articles} == {a.paragraphs for a in once.articles}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_a_page_read_again_is_the_same_page(path: Path) -> None:
    issue = fix(path, name="page")
    again = "".join(line.raw + "\n" for page in issue.pages for line in page.lines)
    if path in HAN:
        assert outline(fix(again, name="page")) == outline(issue)
    assert outline(fix(fix(again).pages[0].lines[0].raw + again[len(issue.pages[0].lines[0].raw) :])) == outline(
        fix(again)
    )


@settings(LAW, max_examples=20)
@given(st.sampled_from(HAN), st.sets(st.integers(0, 400)), st.booleans())
def test_blank_lines_mean_nothing_among_han(path: Path, where: set[int], bare: bool) -> None:
    lines = lines_of(path)
    text = [line for line in lines if line.strip()] if bare else lines
    blown = [piece for n, line in enumerate(text) for piece in ((line, "", " ") if n in where else (line,))]
    assert outline(fix("\n".join(blown) + "\n")) == outline(fix("\n".join(lines) + "\n"))


@LAW
@given(torn_pages(), st.integers(0, 4))
def test_where_blank_lines_stand_means_nothing_among_han(page: Page, every: int) -> None:
    """Unless lines are to be put into order first, which an extractor had torn into boxes."""
    assume(all(has_han(canonical(line.text)) for line in page.lines))
    boxed = replace(page, lines=tuple(replace(line, after_blank=True) for line in page.lines))
    blown = replace(page, lines=tuple(replace(line, after_blank=every == 4) for line in page.lines))
    for each in (page, blown, boxed):
        assume(not {note.stage for note in pipeline.run(each, DEFAULT, pipeline.until("align")).notes} & MOVED)
    one, two = (pipeline.run(each, DEFAULT).value for each in (page, blown))
    assert [[(p.role, p.text) for p in a.paragraphs] for a in one.articles] == [
        [(p.role, p.text) for p in a.paragraphs] for a in two.articles
    ]


@LAW
@given(torn_pages())
def test_same_page_same_bytes(page: Page) -> None:
    reading = "".join(line.raw + "\n" for line in page.lines)
    try:
        one, two = fix(reading), fix(reading)
    except InputError:
        return
    for writer in (writer for writer in WRITERS.values() if not writer.placed):
        assert writer.render(one) == writer.render(two)


DIGESTS = """
import hashlib, json, sys
from relayout import fix
from relayout.writers import WRITERS
found = {}
for path in sys.argv[1:]:
    issue = fix(path)
    for kind, writer in WRITERS.items():
        for file, data in () if writer.placed else writer.render(issue).items():
            found[f"{path} {kind} {file}"] = hashlib.sha256(data).hexdigest()
    found[f"{path} notes"] = hashlib.sha256(repr(issue.notes).encode()).hexdigest()
print(json.dumps(found, sort_keys=True))
"""


def digests(seed: str, paths: list[str]) -> dict[str, str]:
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    words = [sys.executable, "-c", DIGESTS, *paths]
    done = subprocess.run(words, env=environment, capture_output=True, check=True, timeout=120)
    return dict(json.loads(done.stdout))


def test_same_input_same_bytes_in_every_process() -> None:
    """Sets of strings come in another order under another hash seed; and what was read before must not matter."""
    paths = [str(path) for path in SAMPLES]
    first = digests("0", paths)
    assert len(first) > 4 * len(paths)
    assert digests("1", paths[::-1]) == first
    assert digests("4242", paths) == first


@LAW
@given(st.lists(TEXTS, min_size=1, max_size=12), st.integers(0, 5))
def test_pages_of_a_file_are_rebuilt_each_by_itself(texts: list[str], at: int) -> None:
    halves = "\n".join(texts[:at]), "\n".join(texts[at:])
    try:
        both = fix((halves[0] + "\n\f" + halves[1] + "\n").encode("utf-8", "surrogatepass"))
    except InputError:
        return
    ids = [a.id for a in both.articles]
    assert len(set(ids)) == len(ids)
    assert law.losses(both.pages, both.paragraphs) == []


# The law itself, and the knife that all cuts are made with.


def line(raw: str, number: int = 1) -> Line:
    return Line(raw, raw.strip(), Place(1, number))


def test_a_loss_is_found() -> None:
    page = Page(1, (line("會議開幕。"), line("代表鼓掌。", 2)))
    kept = Paragraph((page.lines[0],))
    assert law.losses([page], [kept]) == [(Place(1, 2), "代表鼓掌。", "")]
    with pytest.raises(LossError, match=r"line 2: '代表鼓掌。' became '' \(1 lines in all\)"):
        law.uphold([page], [kept])


def test_a_doubled_line_is_found() -> None:
    page = Page(1, (line("會議開幕。"),))
    twice = [Paragraph(page.lines), Paragraph(page.lines)]
    assert law.losses([page], twice) == [(Place(1, 1), "會議開幕。", "會議開幕。會議開幕。")]


def test_a_line_from_nowhere_is_found() -> None:
    page = Page(1, (line("會議開幕。"),))
    found = law.losses([page], [Paragraph(page.lines), Paragraph((line("無中生有", 7),))])
    assert found == [(Place(1, 7), "", "無中生有")]


def test_a_changed_character_is_found() -> None:
    page = Page(1, (line("會議開幕。"),))
    wrong = replace(page.lines[0], text="會議閉幕。")
    assert law.losses([page], [Paragraph((wrong,))]) == [(Place(1, 1), "會議開幕。", "會議閉幕。")]


def test_space_is_no_loss() -> None:
    page = Page(1, (line("　會議 「開幕」 。"),))
    law.uphold([page], [Paragraph((replace(page.lines[0], text="會議「開幕」。"),))])


def test_halves_of_a_line_count_in_their_order() -> None:
    page = Page(1, (line("打造城市會議開幕"),))
    left, right = cut(page.lines[0], 4)
    assert law.losses([page], [Paragraph((right,)), Paragraph((left,))]) == []


@LAW
@given(TEXTS, st.integers(1, 40))
def test_a_cut_loses_nothing_and_spans_meet(text: str, at: int) -> None:
    whole = clean(Layout(page_of([text])), DEFAULT).value.page.lines
    assume(whole and ink(whole[0].text[:at]) and ink(whole[0].text[at:]))
    assume(len(ink(whole[0].text[:at])) + len(ink(whole[0].text[at:])) == len(ink(whole[0].raw)))
    left, right = cut(whole[0], at)
    assert left.raw + right.raw == whole[0].raw
    assert ink(left.text) + ink(right.text) == ink(whole[0].text)
    assert left.place.end == right.place.start
    assert ink(left.raw) == ink(left.text)


def test_a_cut_of_a_cut_keeps_the_places_of_the_page() -> None:
    first, rest = cut(line("第1版 要聞 國產試驗列車"), 7)
    second, third = cut(rest, 4)
    assert [str(one.place) for one in (first, second, third)] == ["1[0:6]", "1[6:11]", "1[11:]"]
    assert [one.text for one in (first, second, third)] == ["第1版 要聞", "國產試驗", "列車"]


@pytest.mark.parametrize("at", [0, 2, 9])
def test_a_cut_that_leaves_nothing_is_refused(at: int) -> None:
    with pytest.raises(ValueError, match="no text"):
        cut(line("會議"), at)


@pytest.mark.parametrize(
    ("at", "number", "left", "right"),
    [
        (2, 1, ["甲乙丙", "丁戊"], ["己", "庚辛"]),
        (0, 1, ["甲乙丙"], ["丁戊己", "庚辛"]),
        (3, 1, ["甲乙丙", "丁戊己"], ["庚辛"]),
        (1, -1, ["甲乙丙", "丁戊己", "庚"], ["辛"]),
    ],
)
def test_a_paragraph_is_cut_in_a_line_or_at_its_end(at: int, number: int, left: list[str], right: list[str]) -> None:
    lines = tuple(line(text, n) for n, text in enumerate(("甲乙丙", "丁戊己", "庚辛"), 1))
    whole = Paragraph(lines, (Joint.TIGHT, Joint.SPACE), Role.CAPTION, mark=1)
    one, two = cut_paragraph(whole, at, number)
    assert [each.text for each in one.lines] == left
    assert [each.text for each in two.lines] == right
    assert (one.mark, two.mark) == (1, 0)
    assert one.role is two.role is Role.CAPTION
    assert ink(one.text + two.text) == ink(whole.text)
