"""Gauge: look at each line alone, and at what recurs: its width, its cue, the page's measures and indent."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from relayout.chars import OPENERS, bracketed, tight
from relayout.layout import Layout, Setting
from relayout.model import Line, Note, Outcome
from relayout.profile import Profile
from relayout.roles import Level
from relayout.signals.setting import (
    INDENTED,
    digits_are_full,
    look,
    measures,
    mostly_han,
    sets_in_squares,
    width_of_marks,
)

POINTED = ("", "caption", "item")
OVER = 4  # lines of a narrow column that a dateline may take
APART = 6  # lines that an item of a list may have
FEW = 3  # paragraphs that must show an indent before it is believed
Find = Callable[[str], re.Match[str] | None]
# In this order: the first cue that a line begins with names what it opens.
OPENINGS = ("masthead", "furniture", "row", "caption", "source", "dateline", "list-head", "item", "question")


def gauge(layout: Layout, profile: Profile) -> Outcome[Layout]:
    """Add the settings, measures and indent of a page to ``layout``; leave its lines as they are.

    Declines to find an indent, that is takes the profile's, where fewer than three paragraphs show one.
    """
    cues = tuple((name, profile.cue(name).match) for name in OPENINGS)
    tail = profile.cue("tail").search
    texts = [tight(line.text) for line in layout.page.lines]
    full, marks = digits_are_full(texts), width_of_marks(texts)
    least, seldom = profile.number("gauge.squares-least"), profile.number("gauge.squares-seldom")
    squares = sets_in_squares(texts, least=least, seldom=seldom)
    settings = tuple(_look(line, cues, tail, full, squares, marks) for line in layout.page.lines)
    settings = _over_line_ends(settings, texts, profile) if squares else _datelines(settings, texts, profile)
    settings = _numbered(settings, texts, profile)
    found = measures(settings)
    indent, seen, kept = _indent_of_squares(settings, found) if squares else _indent(settings, found)
    if seen < FEW:
        kind = "squares" if squares else "han" if mostly_han(settings) else "latin"
        indent = int(profile.number(f"gauge.indent-{kind}"))
    new = replace(
        layout, settings=settings, measures=tuple(found.items()), indent=indent, indent_kept=kept,
        indent_seen=seen >= FEW, squares=squares,
    )  # fmt: skip
    why = (
        f"{sum(n >= 3 for n in found.values())} widths recur; first lines are {indent} cells short ({seen} times seen)"
    )
    return Outcome(new, (Note("gauge", "measures and indent of the page", why, level=Level.DECISION),))


def _look(line: Line, cues: Sequence[tuple[str, Find]], tail: Find, full: bool, squares: bool, marks: str) -> Setting:
    text = line.text
    opens = next((name for name, match in cues if match(text)), "")
    return look(line, opens=opens, closed=tail(text) is not None, full=full, squares=squares, marks=marks)


def _indent(settings: tuple[Setting, ...], found: dict[int, float]) -> tuple[int, int, bool]:
    """Count by how many cells the line after a short last line falls short of a full line after it.

    Returns the commonest, how often it was seen, and whether nearly all first lines kept their white space.
    """
    seen: Counter[int] = Counter()
    kept = 0
    for last, first, second in zip(settings, settings[1:], settings[2:], strict=False):
        measure = second.width
        if (
            last.ends not in ("sentence", "tail")
            or last.width + 2 >= measure
            or found.get(measure, 0) < 3
            or first.opens
        ):
            continue
        if first.indent >= INDENTED:
            seen[first.indent] += 1
            kept += 1
            continue
        short = measure - first.width
        if first.han and 0 <= short - (short % 2) <= 4 and first.width + second.unit > measure - 4:
            seen[short - short % 2] += 1
    if not seen:
        return 0, 0, False
    indent, times = max(seen.items(), key=lambda pair: (pair[1], pair[0]))
    return indent, times, kept >= 3 and kept * 10 >= 9 * seen.total()


def _indent_of_squares(settings: tuple[Setting, ...], found: dict[int, float]) -> tuple[int, int, bool]:
    """Count the same where each character has a square: two full lines follow, and a last line may end with any mark.

    Titles of one length look like paragraphs without indent, so these count half.
    """
    seen: Counter[int] = Counter()
    for last, first, second, third in zip(settings, settings[1:], settings[2:], settings[3:], strict=False):
        short = second.width - first.width
        if second.width == third.width > last.width + 2 and short in (0, 2, 4) and found.get(second.width, 0) >= FEW:
            seen[short] += 1
    indent = max((2, 4, 0), key=lambda short: seen[short] * (2 if short else 1))
    return indent, seen[indent], False


def _numbered(settings: Sequence[Setting], texts: Sequence[str], profile: Profile) -> tuple[Setting, ...]:
    """Find the items of a list that begins with 1: each has the next number, a few lines further on."""
    match = profile.cue("numbered").match
    number = [int(found["number"]) if (found := match(text)) else 0 for text in texts]
    items: set[int] = set()
    for i, first in enumerate(number):
        if first != 1 or settings[i].opens:
            continue
        run, at = [i], i
        while after := next((j for j in range(at + 1, min(at + APART, len(number))) if number[j] == len(run) + 1), 0):
            run.append(after)
            at = after
        items.update(run if len(run) > 1 else ())
    return tuple(replace(one, opens="item") if i in items else one for i, one in enumerate(settings))


def _datelines(settings: Sequence[Setting], texts: Sequence[str], profile: Profile) -> tuple[Setting, ...]:
    """Find the datelines in brackets that run over a line end or two, as they do in narrow columns."""
    dateline = profile.cue("dateline").match
    return tuple(
        replace(one, opens="dateline")
        if not one.opens and one.owes > 0 and texts[i][0] in OPENERS and dateline("".join(texts[i : i + OVER]))
        else one
        for i, one in enumerate(settings)
    )


def _over_line_ends(settings: Sequence[Setting], texts: Sequence[str], profile: Profile) -> tuple[Setting, ...]:
    """Find the datelines in brackets that run over a line end or two, as they do in narrow columns, and the bullets.

    What points to a picture or opens an item elsewhere opens a short report here, with an indent as any paragraph.
    """
    dateline, bullet = profile.cue("dateline").match, profile.cue("bullet").match
    found: list[Setting] = []
    for i, one in enumerate(settings):
        runs_over = not one.opens and one.owes > 0 and texts[i][0] in OPENERS
        opens = "dateline" if runs_over and dateline("".join(texts[i : i + OVER])) else one.opens
        if opens in POINTED and bullet(texts[i]):
            title = texts[i][0] == texts[i][-1] or bracketed("".join(texts[i + 1 : i + 2]))
            opens = "" if title else "bullet"
        # An author's name in brackets stands under the last line of his text, as it stands in it where there is room.
        signs = i > 0 and settings[i - 1].ends in ("sentence", "tail") and bracketed(texts[i])
        found.append(replace(one, opens=opens, ends="sentence" if signs else one.ends))
    return tuple(found)
