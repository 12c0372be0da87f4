"""How large the lines of OCR are set: measured on the words, the same for lines that are set alike.

The height of a line says little: a skewed line is higher (49 pixels beside 36 in the Statesman of 1824 for one and the
same type), and one in capitals lower. A word says more, since its letters tell which part of the type it shows. Font
sizes in files are points rounded by OCR (8 and 9 by turns within a column), or 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import inf, log
from statistics import median

from relayout.chars import has_han, ink
from relayout.imprint import Box
from relayout.readers.placing import Found, Placed

_OTHER = 1.3  # times the size of its block: a line in another size
_LOWER = 1.7  # times smaller, where only lines are measured: "one can see" has neither ascenders nor capitals
_STEP = 1.25  # from one size to the next where only lines are measured: medians of blocks set alike vary by a tenth
_ALIKE = 1.1  # times: nearer than two sizes of one paper are (8 and 9 points), farther than OCR errs
_UP, _DOWN, _MIDDLE = 0.24, 0.21, 0.46  # of the size: ascenders and capitals over the x-height, descenders, x-height
_DEEP = frozenset("gjpqyçſ,;()[]")
_LOW = frozenset("acegmnopqrsuvwxyzçıæœ,;")
_NEITHER = frozenset(".-–—_~'’‘\"“”„*•·^°:=«»")
_FINEST = 0.01  # units: no type is smaller
_LEAST = 4  # characters in a line that may be of another size than its block
_FLAT = 0.8  # of the words are as high as their line: the file has no heights of words


def sizes(found: Sequence[Found], placed: Placed) -> list[float]:
    """Return the type size of every line in the page's unit: its block's, or its own where that is clearly another.

    Where the boxes of words are not known, the thickness of lines is all that there is.

    >>> box = Box(0, 0, 40, 7)
    >>> sizes([Found("HEAD", box, block=1, words=(("HEAD", box),))], Placed(box, (box,), (False,)))
    [10.0]
    """
    flat = _flat(found)
    rows = zip(found, placed.boxes, placed.upright, strict=True)
    own = [_measures(one, box, flat=flat, upright=upright) for one, box, upright in rows]
    blocks: dict[int, list[float]] = {}
    for one, measures in zip(found, own, strict=True):
        blocks.setdefault(one.block, []).extend(measures)
    usual = {block: median(measures) for block, measures in blocks.items() if measures}
    each = [median(measures) for one, measures in zip(found, own, strict=True) if measures for _ in one.raw[:80]]
    whole = median(each or [1.0])
    out: list[float] = []
    for one, measures in zip(found, own, strict=True):
        size = usual.get(one.block, whole)
        lettered = _lettered(one, flat=flat)
        if measures and (not lettered or len(ink(one.raw)) >= _LEAST):
            mine = median(measures)
            smaller = _OTHER if lettered else _LOWER if len(one.raw) >= _LEAST else inf
            size = size if 1 / smaller <= mine / size <= _OTHER else mine
        if not lettered:
            size = whole * _STEP ** round(log(size / whole, _STEP))
        out.append(size)
    return _alike(out, [len(ink(one.raw)) for one in found])


def _flat(found: Sequence[Found]) -> bool:
    """Say whether the file gives every word the height of its line, as writers do that know only lines."""
    many = [(d.box, box) for d in found if d.box and len(d.words) > 2 and not d.vertical for _, box in d.words if box]
    return bool(many) and sum(box.height >= 0.98 * line.height for line, box in many) >= _FLAT * len(many)


def _lettered(one: Found, *, flat: bool) -> bool:
    """Say whether the words of a line tell its size."""
    return not flat and any(box for _, box in one.words)


def _measures(one: Found, box: Box, *, flat: bool, upright: bool) -> list[float]:
    """Return what is measured of the size of a line: of single words as often as they have characters, up to 12."""
    if upright:
        return [one.thick or min(box.width, box.height)] * 3
    if not _lettered(one, flat=flat):
        part = _part("Ég") if flat else 1.0  # a polygon has some white round the letters
        return [one.thick / part] * 3 if one.thick > 0 else []
    found: list[float] = []
    for text, place in one.words:
        if place and (part := _part(text)):
            found += [place.height / part] * min(len(text), 12)
    return found


@lru_cache(maxsize=65536)
def _part(text: str) -> float:
    """Return which part of the type size a word is high: ``nose`` its x-height, ``HEAD`` a capital; 0 for marks."""
    if has_han(text):
        return 0.92
    letters = [char for char in text if char not in _NEITHER]
    if len(letters) < 2:
        return 0.0
    up = any(char not in _LOW for char in letters)
    return _MIDDLE + (_UP if up else 0.0) + (_DOWN if any(char in _DEEP for char in letters) else 0.0)


def _alike(found: list[float], weights: list[int]) -> list[float]:
    """Make sizes the same that are nearly so: the size of most characters draws what is near to it, and so on."""
    steps: dict[float, int] = {}
    found = [max(_FINEST, round(size, 2)) for size in found]  # a line of which a sliver is on the page, 1e-3 high
    for size, weight in zip(found, weights, strict=True):
        steps[size] = steps.get(size, 0) + weight
    centres: list[float] = []
    to: dict[float, float] = {}
    for size in sorted(steps, key=lambda one: (-steps[one], one)):
        near = min(centres, key=lambda centre: abs(log(centre / size)), default=0.0)
        if near and 1 / _ALIKE <= near / size <= _ALIKE:
            to[size] = near
        else:
            to[size] = size
            centres.append(size)
    return [to[size] for size in found]
