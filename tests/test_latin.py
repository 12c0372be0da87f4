"""Hyphens at line ends, widths of letters, and lines of letters read as paragraphs and titles."""

from __future__ import annotations

import pytest

from relayout import pipeline, readers
from relayout.layout import Layout
from relayout.profile import load
from relayout.roles import Joint, Role
from relayout.signals.hyphens import decide
from relayout.signals.letters import begins_small, ended, first_word, set_width

ENGLISH = frozenset(["the", "representatives", "co-operation", "north", "coast"])
GERMAN = frozenset(["der", "die", "hafen", "rundfahrt"])


@pytest.mark.parametrize(
    ("before", "after", "words", "joint"),
    [
        ("the representa-", "tives of", ENGLISH, Joint.HYPHEN_GONE),
        ("the co-", "operation of", ENGLISH, Joint.HYPHEN_KEPT),
        ("a well-", "known man", ENGLISH, Joint.HYPHEN_KEPT),
        ("the Franco-", "German border", ENGLISH, Joint.HYPHEN_KEPT),
        ("a 19-", "year-old", ENGLISH, Joint.HYPHEN_KEPT),
        ("in Berlin-", "Mitte wird", GERMAN, Joint.HYPHEN_KEPT),
        ("der Hafen-", "rundfahrt wegen", GERMAN, Joint.HYPHEN_GONE),
        ("die Ein-", "und Ausfuhr", GERMAN, Joint.SPACE),
        ("die Regie\u00ad", "rung hat", GERMAN, Joint.HYPHEN_GONE),
        ("die Regie‐", "rung hat", GERMAN, Joint.HYPHEN_GONE),
    ],
)
def test_hyphens(before: str, after: str, words: frozenset[str], joint: Joint) -> None:
    found = decide(before, after, words, load("default"))
    assert found is not None
    assert found[0] is joint


@pytest.mark.parametrize(
    ("before", "after"), [("the strike of", "the men"), ("on Monday –", "the men"), ("1925-", "26")]
)
def test_no_word_is_torn(before: str, after: str) -> None:
    found = decide(before, after, ENGLISH, load("default"))
    assert found is None or found[0] is Joint.HYPHEN_KEPT


def test_widths_and_ends() -> None:
    assert set_width("million") < set_width("MILLION")
    assert first_word("state-of-the-art") == "state-"
    assert begins_small("“and so")
    assert not begins_small("Mr. Hallam")
    assert not ended("said Mr.", frozenset(["mr"]))
    assert ended("he said.”")


def test_a_wrapped_headline_is_one_title() -> None:
    text = (
        "Council Agrees To Spend More\nOn The Northern Bridge\n"
        "LONDON, April 15 — The council agreed yesterday\nto spend more on the bridge over the river, which\n"
        "has been closed since the storm of last winter.\nThe work begins in May and will take a year.\n"
    )
    layout = _mended(text)
    assert [(block.role, len(block.paragraph.lines)) for block in layout.blocks] == [(Role.DISPLAY, 2), (Role.BODY, 4)]


def test_soft_hyphens_inside_a_line_are_not_printed() -> None:
    layout = _mended("The coun\u00adcil a\u00adgreed to spend more on the\nbridge o\u00adver the river this year.\n")
    assert layout.blocks[0].text == "The council agreed to spend more on the bridge over the river this year."


def _mended(text: str) -> Layout:
    page = readers.read(text.encode(), "page", "utf-8").value.pages[0]
    return pipeline.run(page, load("default"), pipeline.until("mend")).value
