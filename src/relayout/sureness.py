"""How sure an engine was of the words of a line, wherever the line went: by page and number, and by span of ``raw``.

Stages cut lines and make them clean, and know nothing of this: a cut line keeps its place, and the characters that are
printed are the same in ``raw`` and ``text``, in the same order.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from relayout.chars import ink
from relayout.model import Line, Page
from relayout.told import Key, Sureness

Known = Mapping[Key, Sequence[Sureness]]


class Sure(NamedTuple):
    """Characters ``start`` to ``end`` of the text of a line, and how sure the engine was of them, from 0 to 1."""

    start: int
    end: int
    cert: float


def known(pages: Iterable[Page]) -> Known:
    """Gather what is known of every line, by page and number.

    >>> known([Page(3, (), sure=(Sureness(1, 0, 2, 0.5),))])[3, 1][0].cert
    0.5
    """
    found: dict[Key, list[Sureness]] = {}
    for page in pages:
        for one in page.sure:
            found.setdefault((page.number, one.line), []).append(one)
    return found


def words(line: Line, told: Known) -> tuple[Sure, ...]:
    """Return the words of the text of a line, or of its part, of which something is known, in their order.

    Nothing where ``text`` has not the printed characters of ``raw``.

    >>> from relayout.model import Place
    >>> line = Line("⼯ 作 。", "工作。", Place(1, 1))
    >>> words(line, {(1, 1): (Sureness(1, 0, 1, 0.5), Sureness(1, 2, 5, 0.9))})
    (Sure(start=0, end=1, cert=0.5), Sure(start=1, end=3, cert=0.9))
    """
    place = line.place
    here = told.get((place.page, place.line), ())
    if not here:
        return ()
    stops = _stops(line.raw, line.text)
    if not stops:
        return ()
    found: list[Sure] = []
    for one in sorted(here, key=lambda one: one.start):
        start, end = max(0, one.start - place.start), min(len(line.raw), one.end - place.start)
        first = stops[start][1] if start < end else 0
        last = stops[end][0] if start < end else 0
        first = max(first, found[-1].end) if found else first
        if first < last:
            found.append(Sure(first, last, one.cert))
    return tuple(found)


def mean(lines: Iterable[Line], told: Known) -> float | None:
    """Return how sure the engine was of the characters of some lines on average; ``None`` where nothing is known."""
    weight = total = 0.0
    for line in lines:
        for one in words(line, told):
            weight += one.end - one.start
            total += one.cert * (one.end - one.start)
    return total / weight if weight else None


def _stops(raw: str, text: str) -> Sequence[tuple[int, int]]:
    """Say for every place in ``raw``, its end too, where in ``text`` the ink before it ends, and the next begins.

    Nothing where the ink is not the same.
    """
    if raw == text:
        return [(n, n) for n in range(len(raw) + 1)]
    ends, begins = [0], []
    for n, char in enumerate(text):
        for _ in range(_weight(char)):
            begins.append(n)
            ends.append(n + 1)
    begins.append(len(text))
    stops, count = [(0, begins[0])], 0
    for char in raw:
        count += _weight(char)
        if count >= len(ends):
            return ()
        stops.append((ends[count], begins[count]))
    return stops if count == len(ends) - 1 else ()


@lru_cache(maxsize=4096)
def _weight(char: str) -> int:
    """Count the characters that a character is made of, composed or not; 0 for one without ink."""
    return len(unicodedata.normalize("NFD", ink(char)))
