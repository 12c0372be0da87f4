"""Random pages whose lines have places: put together as pages are, or scattered as none is.

All lengths are whole quarters of a point, so that pages can be moved and scaled without an error of rounding.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from hypothesis import strategies as st

from pages_by_hand import LEADING, Setting
from relayout.geometry import returned
from relayout.imprint import Box, Shape, TextStyle
from relayout.model import Line, Page, Place
from relayout.roles import Form

# Marks that stages look for, so that random pages reach the rare paths.
PIECES = (
    "海濱步道昨日動工", "居民代表出席", "。", "，", "「", "」", "【本報訊】", "本報記者", "▲", "圖：", "• ", "1. ",
    "A12", "2024年11月8日", "星期五", "下轉A5版", "資料來源：", "新華社", " ", "The walk is begun", "harbour-",
    "By Ruth Lane", "Page 3", "in 3 years.", "T", "㎡", "\u0301", "𠮷", "\u200b", "（李文）",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map("".join).filter(str.strip)
SIZES = st.sampled_from((8.0, 10.0, 10.0, 10.0, 14.0, 24.0))
FORMS = st.sampled_from(tuple(Form))
PROSE = "步道動工居民出席工程全長三公里預計年後完成沿舊堤岸而行"
WIDTH, HEIGHT = 400.0, 600.0


def line(said: str, number: int, setting: Setting) -> Line:
    """Return the line of a text; its box and style are those of ``setting``."""
    text = said.strip()
    style = TextStyle(setting.size, bold=setting.bold)
    return Line(said, text, Place(1, number), setting.box(0, "", text), style=style, vertical=setting.upright)


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    x, y = draw(st.integers(0, 390)), draw(st.integers(0, 590))
    return Box(x, y, x + draw(st.integers(0, 390)), y + draw(st.integers(0, 300)))


@st.composite
def scattered(draw: st.DrawFn) -> Page:
    """Put lines anywhere, over each other and over rules, frames, tints and pictures; across and down."""
    upright = draw(st.booleans())
    lines = [
        line(text, number, Setting(x, y, size, bold=bold, upright=upright != turned))
        for number, (text, x, y, size, bold, turned) in enumerate(
            draw(
                st.lists(
                    st.tuples(
                        TEXTS,
                        st.integers(0, 19).map(lambda n: 20.0 * n),
                        st.integers(0, 59).map(lambda n: 10.0 * n),
                        SIZES,
                        st.booleans(),
                        st.sampled_from((False, False, False, True)),
                    ),
                    max_size=20,
                )
            ),
            1,
        )
    ]
    shapes = draw(st.lists(st.builds(Shape, FORMS, boxes()), max_size=5))
    return Page(1, tuple(lines), Box(0, 0, WIDTH, HEIGHT), shapes=tuple(shapes))


class Composing:
    """A page that is being filled from the top of each column."""

    def __init__(self, draw: st.DrawFn) -> None:
        """Begin with nothing on it; ``draw`` chooses what comes."""
        self.draw = draw
        self.lines: list[Line] = []
        self.shapes: list[Shape] = []

    def put(self, text: str, x: float, y: float, size: float, *, bold: bool = False) -> float:
        """Set a line, and return where the next one begins."""
        self.lines.append(line(text, len(self.lines) + 1, Setting(x, y, size, bold=bold)))
        return y + round(4 * LEADING * size) / 4

    def prose(self, x: float, y: float, width: float) -> float:
        """Set a paragraph of full lines, the first of them set in and the last one short."""
        count = int(width / 10)
        start = self.draw(st.integers(0, len(PROSE) - 1))
        whole = (PROSE * 4)[start : start + self.draw(st.integers(3, 3 * count))] + self.draw(
            st.sampled_from(("。", "，", ""))
        )
        first = self.draw(st.sampled_from((0, 2)))
        rows = [
            whole[: count - first],
            *(whole[n : n + count] for n in range(count - first, max(len(whole), 1), count)),
        ]
        for n, row in enumerate(filter(None, rows)):
            y = self.put(row, x + 10 * first * (n == 0), y, 10)
        return y

    def module(self, x: float, y: float, width: float) -> float:
        """Set something that stands on newspaper pages as wide as a column, or several."""
        what = self.draw(st.sampled_from(("article", "article", "picture", "frame", "table", "rule", "marked")))
        inside = {
            "article": self.article, "picture": self.picture, "frame": self.frame, "table": self.table,
            "rule": self.rule, "marked": self.marked,
        }[what]  # fmt: skip
        return inside(x, y, width) + self.draw(st.sampled_from((1, 3, 6, 10, 16)))

    def article(self, x: float, y: float, width: float) -> float:
        size = self.draw(st.sampled_from((14, 18, 24)))
        y = self.put(PROSE[: int(width / size)], x, y, size, bold=True) + 4
        for _ in range(self.draw(st.integers(1, 3))):
            y = self.prose(x, y, width)
        return y

    def picture(self, x: float, y: float, width: float) -> float:
        self.shapes.append(Shape(Form.IMAGE, Box(x, y, x + width, y + 60)))
        return self.put(self.draw(TEXTS), x, y + 64, 8)

    def frame(self, x: float, y: float, width: float) -> float:
        end = self.draw(st.sampled_from((self.article, self.marked, self.picture)))(x + 10, y + 6, width - 20)
        self.shapes.append(Shape(self.draw(st.sampled_from((Form.FRAME, Form.TINT))), Box(x, y, x + width, end)))
        return end

    def table(self, x: float, y: float, width: float) -> float:
        for _ in range(self.draw(st.integers(2, 5))):
            for n in range(3):
                self.put(PROSE[n : n + 2], x + n * (width // 3), y, 10)
            y += 18
        return y

    def rule(self, x: float, y: float, width: float) -> float:
        self.shapes.append(Shape(Form.RULE, Box(x, y, x + width, y + self.draw(st.sampled_from((0.5, 1, 4))))))
        return y + 4

    def marked(self, x: float, y: float, width: float) -> float:  # noqa: ARG002
        for _ in range(self.draw(st.integers(1, 3))):
            y = self.put(self.draw(TEXTS), x, y, 10, bold=self.draw(st.booleans()))
        return y


@st.composite
def printed(draw: st.DrawFn) -> Page:
    """Set a page of three columns, some things over two or three of them, with or without a running head."""
    page = Composing(draw)
    top = 20.0
    if draw(st.booleans()):
        page.put("港聞", 20, 5, 8)
        page.put("2024年11月8日 星期五", 290, 5, 8)
    if draw(st.booleans()):
        top = page.module(20, top, 360)
    ends = [top, top, top]
    for _ in range(draw(st.integers(0, 5))):
        column, span = draw(st.sampled_from(((0, 1), (1, 1), (2, 1), (0, 2), (1, 2))))
        start = max(ends[column : column + span])
        ends[column : column + span] = [page.module(20.0 + 125 * column, start, 125.0 * span - 15)] * span
    return Page(1, tuple(page.lines), Box(0, 0, WIDTH, max(HEIGHT, *ends)), shapes=tuple(page.shapes))


def mapped(page: Page, change: Callable[[Box], Box], *, size: float = 1.0, turned: bool = False) -> Page:
    """Return a page with every box changed, that of the page too, and every size multiplied."""
    lines = tuple(
        replace(
            one,
            box=change(one.box),
            style=replace(one.style, size=size * one.style.size),
            vertical=one.vertical != turned,
        )
        for one in page.lines
        if one.box and one.style
    )
    assert page.box
    shapes = tuple(replace(shape, box=change(shape.box)) for shape in page.shapes)
    return replace(page, lines=lines, shapes=shapes, box=change(page.box))


def upright(page: Page) -> Page:
    """Return a page turned by a quarter to the right: its lines stand upright, the top one at the right edge."""
    assert page.box
    width = page.box.height
    return mapped(page, lambda box: returned(box, width), turned=True)


def renumbered(page: Page, order: Sequence[int]) -> Page:
    """Return a page whose source has the lines in another order, with the places of that order."""
    lines = [page.lines[n] for n in order]
    return replace(page, lines=tuple(replace(one, place=Place(1, n)) for n, one in enumerate(lines, 1)))


PAGES = printed() | scattered() | printed().map(upright)
