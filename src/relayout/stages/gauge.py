"""Gauge: look at each line alone, and at what recurs: its width, its cue, the page's measures and indent."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from relayout.chars import tight
from relayout.layout import Layout, Setting
from relayout.model import Line, Note, Outcome
from relayout.profile import Profile
from relayout.roles import Level
from relayout.signals.setting import INDENTED, digits_are_full, look, measures, mostly_han

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
    full = digits_are_full([tight(line.text) for line in layout.page.lines])
    settings = tuple(_look(line, cues, tail, full) for line in layout.page.lines)
    found = measures(settings)
    indent, seen, kept = _indent(settings, found)
    if seen < FEW:
        indent = int(profile.number("gauge.indent-han" if mostly_han(settings) else "gauge.indent-latin"))
    new = Layout(layout.page, settings, tuple(found.items()), indent, kept, seen >= FEW)
    why = (
        f"{sum(n >= 3 for n in found.values())} widths recur; first lines are {indent} cells short ({seen} times seen)"
    )
    return Outcome(new, (Note("gauge", "measures and indent of the page", why, level=Level.DECISION),))


def _look(line: Line, cues: Sequence[tuple[str, Find]], tail: Find, full: bool) -> Setting:
    text = line.text
    opens = next((name for name, match in cues if match(text)), "")
    return look(line, opens=opens, closed=tail(text) is not None, full=full)


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
