"""When is a line full? The widths that lines of text recur to on a page whose lines have boxes, in cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from relayout.chars import cells, is_han
from relayout.model import Line
from relayout.threads import SPACE, width_of

INDENT = 4.0  # cells of the first line of a paragraph
STEP = 4  # rows, and positions, from a line to one like it
FEW = 2  # lines with which one of text is never alone
MOST, LEAST = 8, 5  # measures of a page, lines that show one
NARROW = 14  # cells: no column is narrower
BESIDE = 6  # cells within which two columns begin at one place


def size(text: str) -> float:
    """Return how wide a text is set, in cells; words of letters by the widths of their letters."""
    if any(is_han(char) for char in text):
        return float(cells("".join(text.split())))
    words = text.split()
    return sum(map(width_of, words)) + SPACE * (len(words) - 1)


def filled(width: float, common: Sequence[float], *, han: bool) -> float:
    """Return the measure that a line fills, or nothing."""
    indent = INDENT if han else 0.0
    high, low = (2.0, 2.0) if han else (0.18, 0.2)
    found = [
        m
        for m in common
        for least in {0.0, indent}
        if -low * (1.0 if han else m) <= width + least - m <= high * (1.0 if han else m) * (least == 0)
    ]
    return min(found, key=lambda m: abs(m - width), default=0.0)


def measures(lines: Sequence[Line], widths: Sequence[float], *, han: bool) -> list[float]:
    """Return the widths that full lines of the page have, the commonest first: those of lines under each other."""
    by_row: dict[int, list[int]] = {}
    for i, line in enumerate(lines):
        by_row.setdefault(line.place.line, []).append(i)
    count: Counter[int] = Counter()
    for i, line in enumerate(lines):
        if widths[i] < NARROW:
            continue
        slack = 2.0 if han else 0.15 * widths[i]
        alike = sum(
            abs(widths[j] - widths[i]) <= slack and abs(left(lines[j]) - left(line)) <= STEP
            for row in range(line.place.line - STEP, line.place.line + STEP + 1)
            for j in by_row.get(row, ())
        )
        count[round(widths[i])] += alike > FEW
    found: list[float] = []
    low, high = (2, 4) if han else (4, 3)
    while count and len(found) < MOST:
        support = {m: sum(count[w] for w in range(m - low, m + high + 1)) + 0.5 * count[m] for m in list(count)}
        best = max(support, key=lambda m: (support[m], -m))
        if support[best] < LEAST:
            break
        found.append(float(best))
        for w in range(best - (low + 1 if han else 8), best + high + 1):
            count.pop(w, None)
    return found


def lowest(measure: float, *, han: bool) -> float:
    """Return how much a full line may lack of its measure."""
    return 2.0 if han else 0.2 * measure


def highest(measure: float, *, han: bool) -> float:
    """Return how much a full line may be wider than its measure."""
    return 3.0 if han else 0.18 * measure


def left(line: Line) -> float:
    """Return the position of the grid at which a line begins."""
    return line.box.x0 if line.box else 0.0


def edges(xs: Sequence[float], least: int) -> list[float]:
    """Return where many pieces begin, the places with most of them first; what is near to one belongs to it."""
    count = Counter(round(x) for x in xs)
    found: list[float] = []
    while count:
        votes = {x: sum(count[y] for y in range(x - 1, x + 2)) + 0.5 * count[x] for x in list(count)}
        best = max(votes, key=lambda x: (votes[x], -x))
        if sum(count[y] for y in range(best - 1, best + 2)) < least:
            break
        found.append(float(best))
        for y in range(best - BESIDE, best + BESIDE + 1):
            count.pop(y, None)
    return sorted(found)
