"""Titles are read for a whole page; whatever they are, no piece of them is lost."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from relayout.crowning import Reader, Told, spans, weights
from relayout.layout import Block, Layout
from relayout.model import Article, Line, Page, Paragraph, Place
from relayout.pieces import parts, pieces
from relayout.profile import load
from relayout.roles import Joint, Role
from relayout.signals.scenes import Scenes
from relayout.stages.crown import crown

DEFAULT = load("default")
TEXTS = (
    "東岸海濱步道延伸段昨日舉行動土儀式，屆時市民可由青灣步行至石塘。",
    "音樂老師何詠琴走遍全港濕地，錄下一百種鳥聲，免費送給六十間學校。",
)
SEEN = (
    "海濱步道延伸段動工",
    "把一百種鳥聲帶進課室 何詠琴走遍濕地",
    "何詠琴走遍",
    "歡迎訂座",
    "特稿",
    "Harbour news",
    "A９",
)


def paragraph(text: str, number: int, role: Role) -> Paragraph:
    return Paragraph((Line(raw=text, text=text, place=Place(1, number)),), (), role)


def page(titles: Sequence[str]) -> Layout:
    blocks = tuple(Block(paragraph(text, n, Role.DISPLAY)) for n, text in enumerate(titles, 1))
    bodies = [paragraph(text, len(titles) + n, Role.BODY) for n, text in enumerate(TEXTS, 1)]
    lines = tuple(p.lines[0] for p in (*(block.paragraph for block in blocks), *bodies))
    return Layout(Page(1, lines), blocks=blocks, articles=tuple(Article((body,)) for body in bodies))


def printed(layout: Layout) -> str:
    texts = [p.text for article in layout.articles for p in article.paragraphs] + [b.text for b in layout.blocks]
    return "".join(sorted("".join("".join(texts).split())))


def heads(layout: Layout) -> list[list[str]]:
    return [[part.text for part in article.heads()] for article in layout.articles]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(SEEN), max_size=7))
def test_nothing_is_lost_or_doubled(titles: list[str]) -> None:
    layout = page(titles)
    assert printed(crown(layout, DEFAULT).value) == printed(layout)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(SEEN), min_size=1, max_size=7))
def test_every_piece_is_read_once(titles: list[str]) -> None:
    layout = page(titles)
    some = parts(layout)
    reader = Reader(pieces(some, layout, DEFAULT), Scenes.of(layout.articles), [0, 1], weights())
    found = reader.read()
    assert len(found) == len(some)
    assert [i for deck in spans(found) for i in deck] == list(range(len(some)))


def test_each_article_gets_its_headline() -> None:
    assert heads(crown(page(["把一百種鳥聲帶進課室", "海濱步道延伸段動工"]), DEFAULT).value) == [
        ["海濱步道延伸段動工"],
        ["把一百種鳥聲帶進課室"],
    ]


def test_a_page_without_titles_is_left_alone() -> None:
    assert crown(page([]), DEFAULT).value == page([])
    assert spans([]) == []
    assert spans([Told(None), Told(None)]) == [range(1), range(1, 2)]


def test_a_couplet_keeps_its_space() -> None:
    layout = crown(page(["海濱步道延伸段動工 市民可由青灣步行至石塘"]), DEFAULT).value
    assert Joint.TIGHT not in [
        joint for article in layout.articles for part in article.heads() for joint in part.joints
    ]
