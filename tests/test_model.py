"""A bad value cannot be built, and what is computed is never stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError, fields, is_dataclass, replace

import pytest

from relayout import layout, model
from relayout.imprint import Box
from relayout.layout import Block, Setting
from relayout.model import Article, Evidence, Figure, Issue, Line, Note, Page, Paragraph, Place, Source
from relayout.roles import Joint, Role


def line(text: str, number: int = 1) -> Line:
    return Line(text, text, Place(1, number))


LINE = line("會議")
CAPTION = Paragraph((LINE,), role=Role.CAPTION)


@pytest.mark.parametrize(
    ("build", "complaint"),
    [
        (lambda: Box(2, 0, 1, 1), "left to right"),
        (lambda: Box(0, 2, 1, 1), "top to bottom"),
        (lambda: Box(float("nan"), 0, 1, 1), "left to right"),
        (lambda: Place(0, 1), "count from 1"),
        (lambda: Place(1, 0), "count from 1"),
        (lambda: Place(1, 1, -1), "not a span"),
        (lambda: Place(1, 1, 3, 2), "not a span"),
        (lambda: Line("  ", "", Place(1, 1)), "no text"),
        (lambda: Line("a\nb", "a", Place(1, 1)), "more than one line"),
        (lambda: Line("a", "a\nb", Place(1, 1)), "more than one line"),
        (lambda: Note("mend", "", "", cert=1.1), "from 0 to 1"),
        (lambda: Note("mend", "", "", cert=-0.1), "from 0 to 1"),
        (lambda: Note("mend", "", "", cert=float("nan")), "from 0 to 1"),
        (lambda: Paragraph(()), "at least one line"),
        (lambda: Paragraph((LINE,), (Joint.TIGHT,)), "1 lines need 0 joints, not 1"),
        (lambda: Paragraph((LINE, LINE)), "2 lines need 1 joints, not 0"),
        (lambda: Paragraph((LINE,), mark=3), "in the first line"),
        (lambda: Paragraph((LINE,), mark=-1), "in the first line"),
        (lambda: Paragraph((LINE,), cert=2), "from 0 to 1"),
        (lambda: Figure(()), "captions and credits"),
        (lambda: Figure((CAPTION, Paragraph((LINE,)))), "captions and credits"),
        (lambda: Article(()), "at least one part"),
        (lambda: Page(0, ()), "count from 1"),
        (lambda: Setting(-1, 2, 0, True), "not negative"),
        (lambda: Setting(1, -2, 0, True), "not negative"),
        (lambda: Setting(1, 2, -1, True), "not negative"),
    ],
)
def test_a_bad_value_cannot_be_built(build: Callable[[], object], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        build()


@pytest.mark.parametrize(
    "value",
    [Box(0, 0, 0, 0), Place(1, 1, 2, 2), LINE, Note("", "", "", 0.0), Paragraph((LINE,), mark=2), Page(1, ())],
    ids=lambda value: type(value).__name__,
)
def test_a_value_on_the_edge_is_good_and_frozen(value: object) -> None:
    name = fields(value)[0].name  # type: ignore[arg-type]
    with pytest.raises(FrozenInstanceError):
        setattr(value, name, None)


def test_every_noun_is_frozen_and_slotted() -> None:
    nouns = [
        noun
        for module in (model, layout)
        for noun in vars(module).values()
        if isinstance(noun, type) and is_dataclass(noun)
    ]
    assert len(nouns) > 12
    for noun in nouns:
        assert noun.__dataclass_params__.frozen, noun  # type: ignore[attr-defined]
        assert "__slots__" in vars(noun), noun


def test_a_box_knows_its_size() -> None:
    box = Box(1.5, 2, 4, 2)
    assert (box.width, box.height) == (2.5, 0)


@pytest.mark.parametrize(
    ("place", "shown"), [(Place(1, 7), "7"), (Place(2, 7, 3), "7[3:]"), (Place(1, 7, 0, 3), "7[0:3]")]
)
def test_a_place_is_printed(place: Place, shown: str) -> None:
    assert str(place) == shown


def test_places_are_in_the_order_of_the_page() -> None:
    assert sorted([Place(2, 1), Place(1, 9), Place(1, 2, 5, 8), Place(1, 2, 0, 5)]) == [
        Place(1, 2, 0, 5),
        Place(1, 2, 5, 8),
        Place(1, 9),
        Place(2, 1),
    ]


def test_evidence_is_value_by_weight() -> None:
    assert Evidence("apart", 0.5, -3.0).product == -1.5


@pytest.mark.parametrize(
    ("joint", "text"),
    [
        (Joint.TIGHT, "Franco-German"),
        (Joint.SPACE, "Franco- German"),
        (Joint.HYPHEN_KEPT, "Franco-German"),
        (Joint.HYPHEN_GONE, "FrancoGerman"),
    ],
)
def test_the_text_is_computed_from_joints(joint: Joint, text: str) -> None:
    assert Paragraph((line("Franco-"), line("German", 2)), (joint,)).text == text


def test_a_wrong_join_can_be_undone() -> None:
    glued = Paragraph((line("Franco-"), line("German", 2), line("pact", 3)), (Joint.HYPHEN_GONE, Joint.SPACE))
    assert replace(glued, joints=(Joint.HYPHEN_KEPT, Joint.SPACE)).text == "Franco-German pact"


def test_an_article_gives_its_headlines_and_all_its_paragraphs() -> None:
    roles = (Role.KICKER, Role.HEAD, Role.SUB, Role.RUBRIC, Role.BODY)
    parts = tuple(Paragraph((line(role.value, n),), role=role) for n, role in enumerate(roles, 1))
    article = Article(parts, figures=(Figure((CAPTION,)),))
    assert [p.text for p in article.heads()] == ["kicker", "head", "sub"]
    assert article.paragraphs == (*parts, CAPTION)


def test_an_article_may_be_a_figure_alone() -> None:
    assert Article((), figures=(Figure((CAPTION,)),)).paragraphs == (CAPTION,)


@pytest.mark.parametrize(
    ("name", "stem"),
    [("a1.txt", "a1"), ("a.b.txt", "a.b"), ("page", "page"), (".txt", ".txt"), ("", "page"), ("大公報.txt", "大公報")],
)
def test_an_issue_is_called_after_its_source(name: str, stem: str) -> None:
    assert Issue(Source(name), (), ()).stem == stem


def test_an_issue_gives_furniture_last() -> None:
    body, folio = Paragraph((LINE,)), Paragraph((line("A6", 2),), role=Role.FURNITURE)
    issue = Issue(Source("a"), (), (Article((body,), figures=(Figure((CAPTION,)),)),), (folio,))
    assert issue.paragraphs == (body, CAPTION, folio)


def test_a_block_is_its_paragraph() -> None:
    block = Block(Paragraph((line("會議", 3), line("開幕", 4)), (Joint.TIGHT,), Role.HEAD), 38, 20)
    assert (block.role, block.text, block.place) == (Role.HEAD, "會議開幕", Place(1, 3))
