"""Lines that are one square of a vertical column each, as extractors leave them that know of rows only.

Mostly a line is one character. Some leave a mark on the line of the character beside it, or letters that lie in the
column, and figures stand upright two abreast.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from relayout.chars import has_han, ink
from relayout.model import Line

KANA = re.compile("[\u3041-\u30fa]")
MOST = 4  # characters of a square: 、「は, は W, or 13-
MOSTLY = 0.75  # share of a run that is one character a line, where others have more


def is_square(text: str) -> bool:
    """Say whether a line may be a square of a vertical column: a character, figures, or one with its marks.

    >>> [is_square(text) for text in ("北", "北【", "を JR", "台北", "12")]
    [True, True, True, False, True]
    """
    return len(ink(text)) <= MOST and sum(has_han(char) or KANA.match(char) is not None for char in text) <= 1


def is_column(run: Sequence[Line]) -> bool:
    """Say whether lines are squares of vertical columns: most are of Han, and few have more than one character."""
    texts = [ink(line.text) for line in run]
    return 2 * sum(map(has_han, texts)) >= len(run) and sum(len(text) == 1 for text in texts) >= MOSTLY * len(run)


def runs_of(lines: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """Part the page into runs of lines that may be squares, and single other lines."""
    start = 0
    for i, line in enumerate(lines):
        if not is_square(line.text):
            if start < i:
                yield tuple(lines[start:i])
            yield (line,)
            start = i + 1
    if start < len(lines):
        yield tuple(lines[start:])
