"""The picture of a result: what is drawn, in which colour, what the HTML holds, and what it never lets in."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from PIL import Image

import relayout
from issues_by_hand import every_role, issue, line, paragraph
from places_by_hand import placed, placed_line, tight
from random_issues import issues
from relayout import pictures
from relayout.errors import OutputError
from relayout.imprint import Box
from relayout.model import Article, Issue, Paragraph
from relayout.roles import Kind, Role
from relayout.view import html, only, png, scene
from relayout.view.fonts import font_file
from relayout.view.labels import labels
from relayout.view.palette import COLOURS, GREY, ink_on, spread
from relayout.view.rows import WIDEST

SAMPLE = Path(__file__).resolve().parents[1] / "samples" / "takungpao-2025-07-16" / "input.txt"
HOSTILE = "</text></svg><script>alert(1)</script><img src=x onerror=alert(2)>\"'&\u202e\x00\ud800"
Run = Callable[..., tuple[int, str, str]]


class Reader(HTMLParser):
    """Collects the elements of a page: names with attributes, and the text outside style and script."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {key: value or "" for key, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def all(self, tag: str, kind: str = "") -> list[dict[str, str]]:
        return [a for name, a in self.tags if name == tag and (not kind or kind in a.get("class", "").split())]


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    return reader


# ---------------------------------------------------------------- what is drawn


def test_a_page_with_places_is_drawn_where_its_lines_stand():
    drawn = scene(placed())
    assert [sheet.grid for sheet in drawn.sheets] == [None, None]
    assert (drawn.sheets[0].width, drawn.sheets[0].height) == (400, 600)
    marks = drawn.units[0].marks
    assert [mark.part for mark in marks] == ["a1-p1", "a1-p2", "a1-p3", "a1-p4", "a1-p4", "a1-p5"]
    assert [mark.number for mark in marks] == [1, 2, 3, 4, 5, 6]
    assert marks[4].hull == Box(120, 80, 200, 102)


def test_the_links_lead_from_head_and_caption_and_from_column_to_column():
    drawn = scene(placed())
    assert [link.kind for link in drawn.sheets[0].links] == ["head", "column", "caption"]
    assert [link.kind for link in drawn.sheets[1].links] == ["head", "column"]
    column = drawn.sheets[0].links[1].curve
    assert column[0] == (100, 109)  # the end of line 5
    assert column[-1] == (120, 85)  # the start of line 6


def test_a_sidebar_is_linked_to_its_article_and_a_text_to_its_next_page():
    whole = placed()
    first, second = whole.articles[:2]
    over = replace(first, parts=(*first.parts, tight(Role.BODY, placed_line("在下頁", 16, 20, 300, page=2))))
    box = replace(whole.articles[2], kind=Kind.SIDEBAR, id="a3", about="a1")
    drawn = scene(replace(whole, articles=(over, second, box)))
    assert [(link.kind, link.words) for link in drawn.sheets[0].links][-2:] == [("caption", ""), ("about", "")]
    assert ("page", "p. 2") in [(link.kind, link.words) for link in drawn.sheets[0].links]


def test_what_is_in_no_article_is_grey_and_has_no_number():
    drawn = scene(placed())
    assert [(unit.ident, unit.number) for unit in drawn.units] == [("a1", 1), ("a2", 2), ("u1", 0), ("", 0)]
    assert [unit.colour == GREY for unit in drawn.units] == [False, False, True, True]


def test_neighbours_have_colours_of_their_own():
    row = [{1: Box(100 * n, 0, 100 * n + 100, 100)} for n in range(40)]
    chosen = spread(row)
    assert all(one != other for one, other in pairwise(chosen))
    assert set(chosen) == set(COLOURS)


def test_every_colour_bears_its_ink():
    assert {ink_on(colour) for colour in COLOURS} == {"#000000", "#ffffff"}


def test_labels_do_not_lie_on_each_other():
    drawn = scene(placed())
    for sheet in drawn.sheets:
        placed_labels = labels(drawn, sheet)
        boxes = [each.box for group in placed_labels[1:] for each in group]
        for n, one in enumerate(boxes):
            for other in boxes[n + 1 :]:
                apart = one.x1 <= other.x0 or other.x1 <= one.x0 or one.y1 <= other.y0 or other.y1 <= one.y0
                assert apart, (one, other)


def test_text_is_drawn_as_the_rows_of_its_source():
    drawn = scene(relayout.fix(SAMPLE))
    (sheet,) = drawn.sheets
    assert sheet.grid is not None
    source = SAMPLE.read_text(encoding="utf-8").splitlines()
    assert [row.number for row in sheet.grid.rows.values()] == [n for n, row in enumerate(source, 1) if row.strip()]
    glued = [mark for unit in drawn.units for mark in unit.marks if mark.lines[0].place.line == 338]
    assert len(glued) == 2
    one, other = sorted((mark.boxes[0] for mark in glued), key=lambda box: box.x0)
    assert one.x1 <= other.x0
    assert one.y0 == other.y0


def test_a_row_that_is_too_long_is_cut_in_the_picture_only():
    long = "字" * 500
    page = html(scene(relayout.fix(long + "\n")), {})
    assert f"{'字' * (WIDEST // 2 - 1)}…" in page
    assert long in page


# ---------------------------------------------------------------- the HTML


def test_every_paragraph_stands_on_both_sides():
    for whole in (placed(), every_role()):
        page = read(html(scene(whole), {}))
        left = {mark["data-part"] for mark in page.all("path", "mark")}
        right = {part["data-part"] for part in page.all("div", "part")}
        assert left == right
        text = "".join(page.text)
        for part in whole.paragraphs:
            assert part.text in text


def test_the_file_says_that_nothing_comes_from_outside():
    page = html(scene(placed()), {1: pictures.Picture(b"\xff\xd8", "image/jpeg")})
    reader = read(page)
    policy = next(a["content"] for a in reader.all("meta") if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; img-src data:; ")
    assert "unsafe-inline" not in policy.partition("script-src")[2]
    links = [value for _, a in reader.tags for key, value in a.items() if key in ("href", "src", "action")]
    assert links
    assert all(link.startswith(("#", "data:image/jpeg;base64,")) for link in links)
    assert not re.search(r"url\(|@import|https?:", page)


@pytest.mark.parametrize("where", ["text", "title", "name", "id", "label"])
def test_hostile_text_is_text(where: str):
    said = HOSTILE.replace("\x00", "").replace("\ud800", "") if where == "id" else HOSTILE
    part = Paragraph((line(HOSTILE, 1),), role=Role.BODY)
    whole = issue(Article((part,), id=said if where == "id" else "a1"))
    if where == "title":
        whole = replace(whole, title=HOSTILE)
    if where == "name":
        whole = replace(whole, source=whole.source._replace(name=HOSTILE))
    if where == "label":
        whole = replace(whole, pages=(replace(whole.pages[0], label=HOSTILE),))
    page = html(scene(whole), {})
    page.encode()
    reader = read(page)
    assert len(reader.all("script")) == 1
    assert not reader.all("img")
    assert not [key for _, a in reader.tags for key in a if key.startswith("on")]
    assert "\x00" not in page


@given(issues())
@settings(max_examples=40, deadline=None)
def test_any_issue_can_be_drawn(an_issue: Issue):
    page = html(scene(an_issue), {})
    page.encode()
    assert len(read(page).all("script")) == 1


def test_an_issue_without_anything_can_be_drawn():
    assert "0 articles" in html(scene(Issue(relayout.fix("一行。\n").source, (), ())), {})


def test_one_page_of_many():
    whole = scene(placed())
    second = only(whole, 2)
    page = read(html(second, {}))
    assert [a["id"] for a in page.all("section", "sheet")] == ["page-2"]
    assert {part["data-part"].split("-")[0] for part in page.all("div", "part")} == {"a2"}
    assert not only(whole, 3).sheets


def test_same_issue_same_bytes():
    assert html(scene(placed()), {}) == html(scene(placed()), {})


# ---------------------------------------------------------------- the PNG


def test_the_png_is_coloured_where_an_article_stands():
    drawn = scene(placed())
    with Image.open(io.BytesIO(png(drawn, drawn.sheets[0]))) as image:
        assert image.size == (1600, 2400)
        assert image.text["Software"] == "relayout view"
        picture = image.convert("RGB")
    assert picture.getpixel((1590, 2390)) == (255, 255, 255)
    x, y = 60 * 4, 111 * 4  # the middle of line 5
    red, green, blue = picture.getpixel((x, y))
    assert blue > red
    assert (red, green, blue) != (255, 255, 255)


def test_the_png_keeps_the_page_under_its_colours():
    black = io.BytesIO()
    Image.new("RGB", (40, 60), "black").save(black, "PNG")
    drawn = scene(placed())
    data = png(drawn, drawn.sheets[0], pictures.Picture(black.getvalue(), "image/png"))
    with Image.open(io.BytesIO(data)) as image:
        assert image.convert("RGB").getpixel((1590, 2390)) == (0, 0, 0)


def test_letters_need_no_font_of_the_machine():
    drawn = scene(relayout.fix("The council has met.\nIt will meet again.\n"))
    with Image.open(io.BytesIO(png(drawn, drawn.sheets[0]))) as image:
        assert image.size[0] > 300


def test_without_a_font_for_han_it_is_said_what_to_do(tmp_path: Path):
    with pytest.raises(OutputError, match="no font") as error:
        font_file("大公報", (str(tmp_path),))
    assert "apt install" in error.value.advice
    assert font_file("letters", (str(tmp_path),)) is None
    (tmp_path / "wqy-zenhei.ttc").write_bytes(b"")
    assert font_file("大公報", (str(tmp_path),)) == tmp_path / "wqy-zenhei.ttc"


def test_a_page_of_text_is_drawn_as_png():
    try:
        font_file("大公報")
    except OutputError as error:
        pytest.skip(error.what)
    drawn = scene(issue(Article((paragraph(Role.HEAD, 1, "大公報"), paragraph(Role.BODY, 2, "會議", "開幕。")))))
    with Image.open(io.BytesIO(png(drawn, drawn.sheets[0]))) as image:
        assert image.size[1] > 100


# ---------------------------------------------------------------- the command


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "page.txt"
    file.write_text("本市新聞\n會議今日開幕，各界代表出席。\n", encoding="utf-8")
    return file


def test_view_writes_one_file(run: Run, page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    assert run("view", page) == (0, "written: page.view.html\n", "")
    text = (tmp_path / "page.view.html").read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>\n<!-- relayout view ")
    assert run("view", page)[0] == 0  # its own file is replaced
    assert sorted(p.name for p in tmp_path.iterdir()) == ["page.txt", "page.view.html"]


def test_view_never_writes_over_what_is_not_its_own(run: Run, page: Path, tmp_path: Path):
    other = tmp_path / "other.html"
    other.write_text("mine", encoding="utf-8")
    code, _, err = run("view", page, "-o", other)
    assert code == 5
    assert "is no picture by relayout" in err
    assert other.read_text(encoding="utf-8") == "mine"
    assert run("view", page, "-o", page, "--force")[0] == 5
    assert page.read_text(encoding="utf-8").startswith("本市新聞")
    assert run("view", page, "-o", tmp_path)[0] == 5
    assert run("view", page, "-o", tmp_path / "no" / "where.html")[0] == 5
    assert run("view", page, "-o", other, "--force")[0] == 0
    assert "<svg" in other.read_text(encoding="utf-8")


def test_view_draws_one_page_or_all(run: Run, tmp_path: Path):
    file = tmp_path / "two.txt"
    file.write_text("First page.\n\fSecond page.\n", encoding="utf-8")
    assert run("view", file, "--png", "-o", tmp_path / "v.png")[0] == 0
    assert {"v-1.png", "v-2.png"} <= {p.name for p in tmp_path.iterdir()}
    assert run("view", file, "--page", "2", "-o", tmp_path / "w.png")[0] == 0
    assert (tmp_path / "w.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "w.png").exists()
    assert run("view", file, "--png", "-o", "-")[0] == 2
    assert run("view", file, "--page", "3")[0] == 2


def test_images_need_a_pdf(run: Run, page: Path):
    code, _, err = run("fix", page, "--images")
    assert code == 2
    assert "--images needs a PDF" in err
