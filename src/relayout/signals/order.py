"""Do the headlines of this stream stand before their texts? Then where they stand says more than what they say."""

from __future__ import annotations

import re
from collections.abc import Sequence

from relayout.chars import bracketed, cells, has_han
from relayout.layout import Block
from relayout.model import Evidence
from relayout.profile import Profile
from relayout.roles import Role
from relayout.signals.continuity import STREAM, Stream
from relayout.signals.lexical import Vocabulary, terms
from relayout.signals.weigh import weigh

TITLES = (Role.DISPLAY, Role.RUBRIC, Role.BYLINE, Role.DATELINE)
TINY = 2  # characters of a title that is nearly always a crosshead
SHORT = 4  # characters of a title between paragraphs that is mostly a crosshead
_NUMBERED = re.compile("[（(]?第?[一二三四五六七八九十]{1,3}[）)、　 回囘章]")


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


def cut_in_order(page: Stream, k: int, unit: Sequence[Block]) -> tuple[float, tuple[Evidence, ...]]:
    """Weigh whether a new article begins with the ``k``-th block of the stream, where headlines stand before texts."""
    last, here = page.blocks[page.places[k - 1]], page.blocks[page.places[k]]
    titles = [block for block in page.blocks[page.places[k - 1] + 1 : page.places[k]] if block.role in TITLES]
    if not titles:
        bullet = last.role is here.role is Role.BODY and last.text[0] == here.text[0]
        bullet = bullet and page.profile.cue("bullet").match(here.text) is not None
        return weigh("order", (("no-title", 1.0), ("bullet", float(bullet))), page.profile)
    one = titles[0].text if len(titles) == 1 else ""
    before, after = page.measure_before(k), here.measure
    prose = [block for block in unit if block.role in STREAM]
    narrow = here.opening < here.measure and len(here.paragraph.lines) > 1
    last_line = last.paragraph.lines[-1].text
    seen = (
        ("base", 1.0),
        ("titles", float(min(3, len(titles) - 1))),
        ("long", float(len(one) > SHORT)),
        ("tiny", float(0 < len(one) <= TINY)),
        ("dateline", float(here.role is Role.BODY and here.paragraph.mark > 0)),
        ("unended", float(last_line[-1] not in "。、！？」』）云")),
        ("unfilled", float(last_line[-1] not in "。、！？」』）云" and cells(last_line) < last.measure)),
        ("run-in", float(narrow and after == before)),
        ("narrow", float(narrow and after != before)),
        ("measure", float(before != after)),
        ("strangers", page.strangers(k, prose) if prose else None),
        ("alike", float(any(len(block.text) == len(one) for block in unit if block.role is Role.CROSSHEAD))),
        (
            "plain",
            float(
                not narrow
                and one != ""
                and here.paragraph.lines[0].text != ""
                and cells(here.paragraph.lines[0].text) < here.measure
                and len(here.paragraph.lines) > 1
            ),
        ),
        ("grown", float(min(6, len(prose)))),
        ("numbered", float(_NUMBERED.match(one) is not None)),
        ("ornament", float(one != "" and not has_han(one))),
        ("colon", float(one != "" and one[-1] in ("：", "，", "、"))),
        ("signed", float(any(bracketed(block.text) for block in titles))),
    )
    return weigh("order", seen, page.profile)
