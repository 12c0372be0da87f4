"""Lines of which only the baseline is known: how high their type is, by their letters and by the baselines beside."""

from __future__ import annotations

from collections.abc import Sequence

from relayout.imprint import Box
from relayout.readers.placing import Found

_ASCENT = 0.8  # of the size stands above a baseline
_LETTERS = 2  # stand in a square, on the average
_FEW = 4  # letters: fewer do not tell
_REACH = 40  # baselines that are looked at below each
_NEAREST = 0.4  # of the size that letters tell: nearer baselines are two pieces of one line


def above(base: Sequence[tuple[float, float]], text: str) -> tuple[Box | None, float]:
    """Return the box of a line that is known by its baseline, and the size of its type: two letters to a square.

    >>> above([(0, 100), (80, 100)], "zwei und")
    (Box(x0=0, y0=84.0, x1=80, y1=104.0), 20.0)
    """
    xs = [x for x, _ in base]
    size = _LETTERS * (max(xs) - min(xs)) / max(len(text), _FEW)
    return _placed(min(xs), max(xs), sum(y for _, y in base) / len(base), size), size


def evened(found: Sequence[Found]) -> list[Found]:
    """Return the lines of a page, those that only have a baseline no higher than the next baseline is away.

    OCR reads specks as wide letters, and capitals are wide. Leaves all lines that have a polygon, and the order.
    """
    known = [(one.level, n) for n, one in enumerate(found) if one.level is not None and one.box]
    known.sort()
    sizes = {n: found[n].thick for _, n in known}
    for at, (level, n) in enumerate(known):
        for other, o in known[at + 1 : at + 1 + _REACH]:
            away = other - level
            if away >= max(found[n].thick, found[o].thick):
                break
            a, b = found[n].box, found[o].box
            if a and b and min(a.x1, b.x1) - max(a.x0, b.x0) > 0.5 * min(a.width, b.width):
                for i in (n, o):
                    if away > _NEAREST * found[i].thick:
                        sizes[i] = min(sizes[i], away)
    return [_sized(one, sizes[n]) if n in sizes else one for n, one in enumerate(found)]


def _sized(one: Found, size: float) -> Found:
    if not one.box or one.level is None:
        return one
    return one._replace(thick=size, box=_placed(one.box.x0, one.box.x1, one.level, size))


def _placed(left: float, right: float, level: float, size: float) -> Box | None:
    if size <= 0:
        return None
    return Box(left, level - _ASCENT * size, right, level + (1 - _ASCENT) * size)
