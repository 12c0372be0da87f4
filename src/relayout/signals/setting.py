"""Does the typesetting explain this line break? The inverse of breaking lines.

A line is *full* exactly when the next unbreakable unit would not have fitted. So each line break allows an
interval of measures, and a line that could have taken more is a paragraph's end.
Source: the prohibitions of JIS X 4051 and clreq; the inversion is this project's own.
"""

from __future__ import annotations

from collections.abc import Sequence

from relayout.chars import cells, ends_clause, ends_sentence, first_unit, has_han, tight
from relayout.model import Line, Setting


INDENTED = 3  # less white space than this before a line is no paragraph indent but an extractor's leaving


def look(line: Line, *, opens: str = "", closed: bool = False) -> Setting:
    """Return the setting of ``line``; ``closed`` says that a tail beyond its last mark ends the sentence."""
    text = tight(line.text)
    han = has_han(text)
    unit = cells(first_unit(text))
    ends = "sentence" if closed or ends_sentence(text) else "clause" if ends_clause(text) else ""
    return Setting(cells(text), unit if han else unit + 1, line.indent, han, ends, opens)


def spare(width: int, measure: int, unit: int) -> int:
    """Return how many cells of ``measure`` the typesetter left unused without need; negative: cells over.

    0 where the line is full: the next unit of ``unit`` cells would not have fitted.

    >>> spare(36, 38, 4), spare(36, 38, 2), spare(39, 38, 2)
    (0, 1, -1)
    """
    slack = measure - width
    if slack < 0:
        return slack
    return max(0, slack - unit + 1)


def slop(measure: int, *, han: bool) -> int:
    """Return how far a line's counted width may be off: 0 for Han, an eighth for proportional Latin letters."""
    return 0 if han else max(3, measure // 8)


def measures(settings: Sequence[Setting], least: int) -> dict[int, int]:
    """Return the widths that at least ``least`` lines have exactly, with how many lines have them.

    >>> line = Setting(width=38, unit=2, indent=0, han=True)
    >>> measures([line, line, line], 3)
    {38: 3}
    """
    count: dict[int, int] = {}
    for one in settings:
        width = one.width + one.indent if one.indent >= INDENTED else one.width
        count[width] = count.get(width, 0) + 1
    return {width: n for width, n in sorted(count.items()) if n >= least}
