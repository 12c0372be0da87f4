"""Old vertical pages, whose texts run from register to register: PAGE XML of lines alone, as an engine leaves them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import cycle, islice

import pytest

import relayout
from relayout import readers, unrolling
from relayout.imprint import Box, TextStyle
from relayout.model import Issue, Line, Paragraph, Place
from relayout.register_lines import Run, shared
from relayout.registers import chains, in_order
from relayout.roles import Role

SIZE, LEAD = 20, 26  # pixels: a character of running text, and from line to line
HIGH, GAP = 10 * SIZE, 20  # a register of ten characters, and the white to the next one
WIDE, TALL = 1000, 3 * HIGH + 15 * GAP
WORDS = "東岸海濱步道延伸段昨日舉行動土儀式工程全長三公里預計年後完成屆時市民可由青灣行至石塘當局表示沿途將設觀景台"

Placed = tuple[str, tuple[float, float, float, float]]


def top(register: int) -> float:
    return GAP + register * (HIGH + GAP)


def said(name: str, count: int, begin: int = 0) -> str:
    """Return ``count`` characters that no other article has, as its first one is its name."""
    return (name + "".join(islice(cycle(WORDS), begin, begin + count)))[:count]


def columns(name: str, right: float, register: int, lines: int, *, last: int = 10, indent: bool = True) -> list[Placed]:
    """Return lines of running text from ``right`` on; the first is set in by one character, the last may be short."""
    found = []
    for n in range(lines):
        start = SIZE if indent and n == 0 else 0
        count = last if n == lines - 1 else 10 - start // SIZE
        x1, y0 = right - n * LEAD, top(register) + start
        found.append((said(name, count, 7 * n + register), (x1 - SIZE, y0, x1, y0 + count * SIZE)))
    return found


def upright(text: str, right: float, y: float, size: float, height: float) -> Placed:
    return text, (right - size, y, right, y + height)


def level(text: str, left: float, y: float, size: float) -> Placed:
    return text, (left, y, left + len(text) * size, y + size)


def data(lines: Sequence[Placed], wide: int = WIDE) -> bytes:
    """Return a PAGE file with the lines in one region, in an order that says nothing."""
    shuffled = list(lines)
    random.Random(len(lines)).shuffle(shuffled)
    body = "".join(
        f'<TextLine><Coords points="{x0},{y0} {x1},{y0} {x1},{y1} {x0},{y1}"/><TextEquiv><Unicode>{text}</Unicode>'
        "</TextEquiv></TextLine>"
        for text, (x0, y0, x1, y1) in shuffled
    )
    page = f'<Page imageWidth="{wide}" imageHeight="{TALL}"><TextRegion>{body}</TextRegion></Page>'
    return f"<PcGts>{page}</PcGts>".encode()


def fixed(lines: Sequence[Placed], wide: int = WIDE) -> Issue:
    return relayout.fix(data(lines, wide), name="page.xml")


def names(issue: Issue) -> list[str]:
    """Return the articles as the names of their lines of running text, each once for each run."""
    found = []
    for article in issue.articles:
        letters = [line.text[0] for part in article.parts for line in part.lines if part.role is Role.BODY]
        found.append("".join(a for n, a in enumerate(letters) if n == 0 or letters[n - 1] != a))
    return found


def running(name: str, right: float, register: int, lines: int, *, last: int = 10, indent: bool = True) -> list[Placed]:
    """Return columns each of whose lines begins with the name of its article."""
    found = columns(name, right, register, lines, last=last, indent=indent)
    return [(name + text[1:], box) for text, box in found]


def tall_headline() -> list[Placed]:
    """Return a page where the first article is interrupted by the headline of the second, as tall as two registers."""
    head = upright("圖書館延長開放", 960, top(0), 40, HIGH)
    first = running("甲", 900, 0, 12) + running("甲", 960, 1, 14, last=4, indent=False)
    title = upright("離島航線明年三月起加開夜班", 560, top(0), 40, 2 * HIGH + GAP)
    second = running("乙", 500, 0, 16) + running("乙", 500, 1, 16, indent=False)
    return [head, *first, title, *second, *running("乙", 960, 2, 8, last=3, indent=False)]


def test_a_text_goes_on_in_the_next_register_round_the_headline_of_another() -> None:
    issue = fixed(tall_headline())
    assert names(issue) == ["甲", "乙"]
    assert [article.heads()[0].text for article in issue.articles] == ["圖書館延長開放", "離島航線明年三月起加開夜班"]


def test_its_lines_are_in_order_and_have_the_boxes_of_the_source() -> None:
    lines = tall_headline()
    issue = fixed(lines)
    known = {text: Box(*box) for text, box in lines}
    found = [line for article in issue.articles for part in article.parts for line in part.lines]
    assert [line.text for line in found] == [text for text, _ in lines]
    assert all(line.box == known[line.text] and line.vertical for line in found)


def test_a_level_headline_heads_what_stands_under_and_to_the_left_of_it() -> None:
    head = upright("圖書館延長開放", 960, top(0), 40, HIGH)
    first = running("甲", 900, 0, 8, last=5)
    title = level("離島航線加開夜班", 440, top(0), 30)
    rights = [680 - n * LEAD for n in range(9)]
    under = [(f"乙{WORDS[n : n + 6]}", (x - SIZE, top(0) + 60, x, top(0) + 200)) for n, x in enumerate(rights)]
    second = running("乙", 430, 0, 12, indent=False)
    issue = fixed([head, *first, title, *under, *second])
    assert names(issue) == ["甲", "乙"]
    assert issue.articles[1].heads()[0].text == "離島航線加開夜班"


def test_a_crosshead_with_text_beside_it_is_no_headline() -> None:
    head = upright("圖書館延長開放", 960, top(0), 40, HIGH)
    cross = upright("經費", 716, top(0) + 10, 28, 70)
    beside = [(f"甲{WORDS[n : n + 4]}", (x - SIZE, top(0) + 100, x, top(0) + 200)) for n, x in enumerate((716, 690))]
    issue = fixed([head, *running("甲", 900, 0, 7), cross, *beside, *running("甲", 660, 0, 10, last=4, indent=False)])
    assert names(issue) == ["甲"]


def test_a_headline_no_larger_than_text_stands_in_the_middle() -> None:
    head = upright("圖書館延長開放", 960, top(0), 40, HIGH)
    title = upright("夜班加開", 900 - 8 * LEAD, top(0) + 40, SIZE, 120)
    lines = [head, *running("甲", 900, 0, 8, last=5), title, *running("乙", 900 - 9 * LEAD, 0, 10, last=6)]
    assert names(fixed(lines)) == ["甲", "乙"]


def test_what_leads_to_a_headline_is_part_of_it() -> None:
    kicker = upright("昨日市議會三讀", 980, top(0) + 10, SIZE, 7 * 26)
    head = upright("圖書館延長開放", 940, top(0), 40, HIGH)
    issue = fixed([kicker, head, *running("甲", 880, 0, 12)])
    assert [part.text for part in issue.articles[0].heads()] == ["昨日市議會三讀", "圖書館延長開放"]


def test_no_text_goes_on_from_one_page_of_a_fold_to_the_other() -> None:
    def article(name: str, right: float) -> list[Placed]:
        return [
            upright("圖書館延長開放", right, top(0), 40, HIGH),
            *running(name, right - 60, 0, 20),
            *running(name, right, 1, 10, last=4, indent=False),
        ]

    assert names(fixed([*article("甲", 1960), *article("乙", 900)], 2000)) == ["甲", "乙"]


def test_texts_that_nothing_joins_stay_apart() -> None:
    issue = fixed([*running("甲", 960, 0, 6, last=4), *running("乙", 500, 0, 6), *running("丙", 960, 2, 6)])
    assert sorted(names(issue)) == ["丙", "乙", "甲"]


def test_articles_come_register_by_register_and_the_right_page_of_a_fold_first() -> None:
    def article(name: str, right: float, register: int) -> list[Placed]:
        head = upright("圖書館延長開放", right, top(register), 40, HIGH)
        return [head, *running(name, right - 60, register, 8, last=4)]

    page = [*article("丙", 900, 2), *article("乙", 400, 0), *article("甲", 900, 0)]
    assert names(fixed(page)) == ["甲", "乙", "丙"]
    far = [(text, (x0 + 1000, y0, x1 + 1000, y1)) for text, (x0, y0, x1, y1) in article("丁", 900, 2)]
    assert names(fixed([*page, *far], 2000)) == ["丁", "甲", "乙", "丙"]


def test_every_line_is_printed_once() -> None:
    lines = [*tall_headline(), ("小", (10, 600, 14, 700)), ("一二三四五六七八九十", (10, 10, 300, 20))]
    issue = fixed(lines)
    found = [line.text for paragraph in issue.paragraphs for line in paragraph.lines]
    assert sorted(found) == sorted(text for text, _ in lines)


def test_a_page_of_too_many_lines_is_cut_as_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unrolling, "MOST", 3)
    issue = fixed(tall_headline())
    assert sum(len(part.lines) for part in issue.paragraphs) == len(tall_headline())


def test_pages_that_tell_of_type_are_cut_by_it() -> None:
    page = readers.read(data(tall_headline()), "page.xml").value.pages[0]
    assert unrolling.is_registered(page)
    assert not unrolling.is_registered(replace(page, scanned=False))


def lines_at(boxes: Iterable[tuple[float, float, float, float]]) -> list[Line]:
    return [
        Line("東岸海濱步道延伸", "東岸海濱步道延伸", Place(1, n), Box(*box), style=TextStyle(20))
        for n, box in enumerate(boxes, 1)
    ]


def test_nothing_comes_of_nothing() -> None:
    assert chains([]) == []
    assert chains([Line("甲", "甲", Place(1, 1))]) == []


def test_lines_without_extent_are_kept() -> None:
    found = chains(lines_at([(0, 0, 0, 0), (0, 0, 160, 20), (0, 0, 160, 20), (0, 1e6, 1, 1e6)]))
    kept = [line for chain in found for run in (*chain.deck, *chain.texts) for line in run.lines]
    assert len(kept) == 4


def test_runs_are_read_down_and_then_across() -> None:
    boxes = (0, 0, 200, 40), (0, 50, 90, 90), (100, 45, 200, 90)
    one, two, three = (Run(n, (), Box(*box)) for n, box in enumerate(boxes))
    assert in_order([three, two, one]) == [one, two, three]
    assert shared(Box(0, 0, 1, 1), Box(2, 0, 3, 1)) < 0


def test_dirt_on_a_vertical_page_is_set_apart() -> None:
    whole = tall_headline()
    dirt = upright(".|", 30, 30, 4, 9)
    issue = relayout.fix(data([*whole, dirt]), name="page.xml", structure="ignore")
    assert ".|" in [paragraph.text for paragraph in issue.furniture]
    assert len([line for paragraph in issue.paragraphs for line in paragraph.lines]) == len(whole) + 1


def test_the_parts_of_a_line_get_the_place_of_their_part_back() -> None:
    one, two = (
        Line("甲乙丙丁", text, Place(1, 7, start, end), Box(x, 0, x + 9, 9))
        for text, start, end, x in (("甲乙", 0, 2, 10), ("丙丁", 2, None, 50))
    )
    strip = replace(two, box=Box(0, 0, 1, 1))
    (back,) = unrolling.returned_to(unrolling.by_number([two, one]), Paragraph((strip,))).lines
    assert back.box == two.box
