"""Do the headlines of this stream stand before their texts? Then where they stand says more than what they say."""

from __future__ import annotations

import re
from collections.abc import Sequence

from relayout.layout import Block
from relayout.model import Evidence
from relayout.profile import Profile
from relayout.roles import Role
from relayout.signals.continuity import STREAM, Stream
from relayout.signals.lexical import Vocabulary, terms
from relayout.signals.weigh import weigh

TITLES = (Role.DISPLAY, Role.RUBRIC, Role.BYLINE, Role.DATELINE)
SHORT = 4  # characters of a title between paragraphs that is mostly a crosshead
_BRACKETED = re.compile("[（(][^（）()]{1,8}[）)]$")


def titles_lead(blocks: Sequence[Block], profile: Profile) -> bool:
    """Say whether titles tell of the text after them, nearly always, and not of the one before.

    Declines on a page with few titles.
    """
    runs: list[frozenset[str]] = []
    texts: list[set[str]] = [set()]
    titles: set[str] = set()
    for block in blocks:
        if block.role in STREAM:
            if titles:
                runs.append(frozenset(titles))
                texts.append(set())
                titles = set()
            texts[-1] |= terms(block.text)
        elif block.role in TITLES:
            titles |= terms(block.text)
    vocabulary = Vocabulary.of(texts)
    after = before = 0
    for run, last, following in zip(runs, texts, texts[1:], strict=False):
        ahead, behind = vocabulary.cover(run, following) or 0.0, vocabulary.cover(run, last) or 0.0
        after += ahead > behind
        before += behind > ahead
    return after >= profile.number("order.least") and after >= profile.number("order.times") * before


def bracketed(block: Block) -> bool:
    """Say whether a line is nothing but a name or a number in brackets."""
    return _BRACKETED.match(block.text) is not None


def cut_in_order(page: Stream, k: int, unit: Sequence[Block]) -> tuple[float, tuple[Evidence, ...]]:
    """Weigh whether a new article begins with the ``k``-th block of the stream, where headlines stand before texts."""
    last, here = page.blocks[page.places[k - 1]], page.blocks[page.places[k]]
    titles = [block for block in page.blocks[page.places[k - 1] + 1 : page.places[k]] if block.role in TITLES]
    if not titles:
        return weigh("order", (("no-title", 1.0),), page.profile)
    one = len(titles) == 1
    length = len(titles[0].text)
    before, after = page.measure_before(k), page.measure_after(k)
    seen = (
        ("base", 1.0),
        ("titles", float(min(3, len(titles) - 1))),
        ("long", float(one and length > SHORT)),
        ("short", float(one and length <= SHORT)),
        ("dateline", float(here.role is Role.BODY and here.paragraph.mark > 0)),
        ("unended", float(last.text[-1] not in "。、！？」』）云")),
        ("run-in", float(one and here.opening < here.measure and len(here.paragraph.lines) > 1)),
        ("measure", float(before != after)),
        ("strangers", page.strangers(k, unit)),
    )
    return weigh("order", seen, page.profile)
