"""Which lines of a page are a text in letters among Han, or the other way round: each is read by its own rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from relayout.chars import has_han
from relayout.model import Line
from relayout.profile import Profile

_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]{2,}")


def by_script(lines: Sequence[Line], profile: Profile) -> tuple[tuple[Line, ...], ...]:
    """Part lines in two scripts into those of Han and those of letters, each in their order; else all stay together.

    A stretch of lines without Han is a text in letters where enough of its lines have words. On a page that is mostly
    in letters the short stretches belong to it too, on a page of Han they stay among the Han: a name, a headline in
    two languages, a table. Too few lines of one script are left where they stand.
    """
    least = profile.number("script.least")
    stretches = [(han, list(some)) for han, some in groupby(lines, key=lambda line: has_han(line.text))]
    long = [not han and _words(some) >= max(least, len(some) / 2) for han, some in stretches]
    letters = sum(len(some) for (_, some), is_text in zip(stretches, long, strict=True) if is_text)
    of_han = sum(len(some) for han, some in stretches if han)
    if not letters or of_han < least:
        return (tuple(lines),)
    apart = long if of_han >= letters else [not han for han, _ in stretches]
    parts: tuple[list[Line], list[Line]] = ([], [])
    for (_, some), is_text in zip(stretches, apart, strict=True):
        parts[is_text].extend(some)
    return tuple(sorted((tuple(part) for part in parts), key=len, reverse=True))


def _words(lines: Sequence[Line]) -> int:
    """Count the lines that have two words or more."""
    return sum(len(_WORD.findall(line.text)) > 1 for line in lines)
