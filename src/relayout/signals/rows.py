"""Which pieces are one printed line: an extractor tears a widely spaced line into its words.

Where an extractor writes two spaces for a wide gap inside a line, a piece that ends with a space is followed by
another one of the same row; the piece that ends a row has none. It may have written the pieces in any order.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from relayout.model import Line
from relayout.signals.letters import SPACE, ended, set_width

GAP = "  "
SPREAD = 0.1  # share of lines with wide gaps where an extractor leaves them
RARE = 0.3  # share of lines that end with a space above which the space is no sign of anything
MOST = 6  # pieces of one row
AROUND = 7  # lines on either side that show the measure
ALONE = 3.0  # what it costs to leave a piece without its row
OVER = 1.06  # measures that the pieces of a row may fill
BLANK = 1.2  # what a blank line between two pieces costs
LAST = 0.3  # what it costs if the end of the row does not come last
LOOSE = 0.55  # of the measure: no row of running text is set wider than this makes it
SHORT = 1.0  # what it costs to take for a whole row what is shorter, and ends no sentence


def spread(lines: Sequence[Line]) -> bool:
    """Say whether the extractor left the wide gaps of justified lines, so that trailing spaces tell of torn ones."""
    wide = sum(GAP in line.raw.strip() for line in lines)
    open_ended = sum(line.raw.endswith(" ") for line in lines)
    return wide >= SPREAD * len(lines) and open_ended <= RARE * len(lines)


def rows(lines: Sequence[Line]) -> list[tuple[int, ...]]:
    """Return the rows of ``lines`` as indices, the pieces of each from left to right; mostly each line is its own.

    The cheapest parting of the stream: a row has one piece that ends it, and its pieces fit into the measure.
    """
    if not spread(lines):
        return [(i,) for i in range(len(lines))]
    open_ended = [line.raw.endswith(" ") for line in lines]
    widths = [set_width(line.text) for line in lines]
    cost = [0.0]
    came = [0]
    for end in range(1, len(lines) + 1):
        short = _short(lines, widths[end - 1], _measure(widths, end - 1, end), end - 1)
        best = cost[end - 1] + (ALONE if open_ended[end - 1] else short), end - 1
        for start in range(max(0, end - MOST), end - 1):
            price = _price(lines, open_ended, widths, start, end)
            if price is not None and cost[start] + price < best[0]:
                best = cost[start] + price, start
        cost.append(best[0])
        came.append(best[1])
    found: list[tuple[int, ...]] = []
    end = len(lines)
    while end:
        start = came[end]
        found.append(tuple(sorted(range(start, end), key=lambda i: not open_ended[i])))
        end = start
    return found[::-1]


def _price(
    lines: Sequence[Line], open_ended: Sequence[bool], widths: Sequence[float], start: int, end: int
) -> float | None:
    """Return what it costs to take a stretch as one row; nothing where it can be none."""
    last = [i for i in range(start, end) if not open_ended[i]]
    if len(last) != 1:
        return None
    whole = sum(widths[start:end]) + SPACE * (end - start - 1)
    measure = _measure(widths, start, end)
    if whole > OVER * measure:
        return None
    blanks = sum(two.after_blank for _, two in pairwise(lines[start:end]))
    return BLANK * blanks + LAST * (last[0] != end - 1) + _short(lines, whole, measure, last[0])


def _measure(widths: Sequence[float], start: int, end: int) -> float:
    around = sorted(widths[max(0, start - AROUND) : end + AROUND])
    return around[len(around) * 9 // 10]


def _short(lines: Sequence[Line], width: float, measure: float, last: int) -> float:
    return SHORT * (width < LOOSE * measure and not ended(lines[last].text))
