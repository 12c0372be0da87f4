"""In which columns of its pages an article stands, counted from the left."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median

from relayout.imprint import Box
from relayout.model import Article, Page

FEW = 3  # lines of a column
USUAL = (0.6, 1.3)  # of the width that most lines have: what is shorter or longer tells of no column
OVERLAP = 0.5  # of the width of a line: so much of it lies in its column

Lanes = tuple[tuple[float, float], ...]


def lanes(page: Page) -> Lanes:
    """Return where the columns of a page begin and end, from left to right; none without places, or if it is vertical.

    >>> lanes(Page(1, ()))
    ()
    """
    boxes = [line.box for line in page.lines if line.box and line.style and not line.vertical]
    if not page.box or len(boxes) < FEW or len(boxes) * 2 < len(page.lines):
        return ()
    usual = median(box.width for box in boxes)
    groups: list[list[Box]] = []
    for box in sorted(boxes, key=lambda box: box.x0):
        if not USUAL[0] * usual < box.width < USUAL[1] * usual:
            continue
        if groups and _within(box, (groups[-1][0].x0, median(one.x1 for one in groups[-1][:FEW]))):
            groups[-1].append(box)
        else:
            groups.append([box])
    return tuple((group[0].x0, max(box.x1 for box in group)) for group in groups if len(group) >= FEW)


def standing(article: Article, found: dict[int, Lanes]) -> str:
    """Say in which columns of which pages an article stands: ``1:2-3 5:1`` is the second and third of page 1, and one.

    Leaves out pages whose columns are not known; a headline over several columns stands in all of them.
    """
    seen: dict[int, set[int]] = {}
    for line in (line for part in article.paragraphs for line in part.lines):
        for n, (left, right) in enumerate(found.get(line.place.page, ()), 1):
            box = line.box
            if box and min(box.x1, right) - max(box.x0, left) > OVERLAP * min(box.width, right - left):
                seen.setdefault(line.place.page, set()).add(n)
    return " ".join(f"{page}:{_runs(sorted(numbers))}" for page, numbers in sorted(seen.items()))


def _within(box: Box, lane: tuple[float, float]) -> bool:
    return min(box.x1, lane[1]) - max(box.x0, lane[0]) > OVERLAP * box.width


def _runs(numbers: Iterable[int]) -> str:
    """Write numbers, those that follow each other as a range.

    >>> _runs([1, 2, 3, 5])
    '1-3,5'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ",".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
