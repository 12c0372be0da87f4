"""Figures set upright in a vertical column, two abreast in one square: an extractor tears the column between them.

``6月2`` and ``3日夜`` are one column, in which ``23`` stands upright; a pair at the head or foot of a column may come
as a line of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from relayout.chars import cells, has_han

FORMS = re.compile("[\ufe10-\ufe19\ufe30-\ufe44\ufe47\ufe48]")  # marks as vertical fonts have them
FEW = 4  # lines that must have such marks
REACH = 4  # lines further on or back in which the other half may stand
FAR = 8  # lines round a line that show the measure of its column
SHORT = 2  # squares that a column may be short of its measure
_FOOT = re.compile(r"(?<![0-9])[0-9] ?[．.]?$")
_HEAD = re.compile(r"^[0-9](?![0-9])")
_ALONE = re.compile(r"^[0-9]{1,2}$")
_PAIR = re.compile(r"(?<![0-9])[0-9]{2}(?![0-9])")


def stands_upright(raws: Sequence[str]) -> bool:
    """Say whether marks of vertical fonts show that the columns of a page run down.

    >>> stands_upright(["︻ロンドン︼", "︵三面︶", "決めた︒", "ある︑"])
    True
    """
    return sum(FORMS.search(raw) is not None for raw in raws) >= FEW


def squares(text: str) -> float:
    """Return how many squares of a column ``text`` fills: a pair of figures stands in one.

    >>> squares("6月23日夜")
    4.5
    """
    tight = text.replace(" ", "")
    return cells(_PAIR.sub("田", tight)) / 2


def columns(texts: Sequence[str]) -> list[tuple[int, ...]]:
    """Return the lines as indices, drawn together in the order of the text where a pair of figures was torn.

    >>> columns(["8歳︶を逮捕したと警察は", "容疑者︵3", "発表した︒同じ日の夜に三人が"])
    [(1, 0), (2,)]
    """
    wide = [squares(text) for text in texts]
    group: dict[int, tuple[int, ...]] = {i: (i,) for i in range(len(texts))}
    taken: set[int] = set()
    feet = [i for i, text in enumerate(texts) if _FOOT.search(text) and not _ALONE.match(text)]
    for i in feet:
        if i not in group:
            continue  # its column has a head already
        measure = _measure(wide, i)
        best: tuple[float, int] | None = None
        for j in range(max(0, i - REACH), min(len(texts), i + REACH + 1)):
            if j == i or j not in group or len(group[j]) > 1 or not _HEAD.match(texts[j]):
                continue
            over = abs(measure - squares(texts[i] + texts[j])) if measure else 1.0
            if _ALONE.match(texts[j]) and over > 1:
                over = 2.0  # the rest of the column stands in the next line
            price = min(over, 4.0) + abs(j - i) / 2
            if (best is None or price < best[0]) and (not measure or squares(texts[i] + texts[j]) < measure + 1.5):
                best = (price, j)
        if best:
            j = best[1]
            taken |= {i, j}
            del group[j]
            group[i] = (i, j)
    for j, text in enumerate(texts):
        if j in taken or not _ALONE.match(text) or len(text) < 2:
            continue
        host = _host(texts, wide, group, j)
        if host is not None:
            i, before = host
            del group[j]
            group[i] = (j, *group[i]) if before else (*group[i], j)
            taken.add(j)
    return [group[i] for i in sorted(group)]


def _host(
    texts: Sequence[str], wide: Sequence[float], group: dict[int, tuple[int, ...]], j: int
) -> tuple[int, bool] | None:
    """Return the line whose column a pair of figures begins (true) or ends, because it is one square short."""
    best: tuple[float, int, bool] | None = None
    for i in range(max(0, j - FAR), min(len(texts), j + FAR + 1)):
        if i == j or i not in group or not has_han(texts[i]) or len(group[i]) > 1:
            continue
        measure = _measure(wide, i)
        if not measure or abs(measure - 1 - wide[i]) > 0.5:
            continue
        counted = texts[i][0] in "日月年歳人％%万億分秒時回年票位件"
        price = abs(i - j) - (6 if counted else 0)
        if best is None or price < best[0]:
            best = (price, i, counted)
    return (best[1], best[2]) if best else None


def _measure(wide: Sequence[float], i: int) -> float:
    """Return the commonest length of the lines round line ``i``, or 0 where none recurs."""
    count = Counter(wide[max(0, i - FAR) : i + FAR + 1])
    length, times = max(count.items(), key=lambda item: (item[1], item[0]))
    return length if times > 1 and length >= SHORT * 2 else 0.0
