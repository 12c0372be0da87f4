"""What recurs at the head and foot of the pages of an issue: running heads, and the folios that count up with them.

One page cannot tell a running head from a title (THE STATESMAN over the second column of page 2); several can: it
stands at the same margin of other pages, in the same words as far as OCR reads them, often on every second page only.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from relayout.chars import chinese_number
from relayout.geometry import around
from relayout.imprint import Box
from relayout.model import Line, Page
from relayout.regions import body_size

DEPTH = 0.08  # of the height of what is printed on a page: what stands deeper is no running head
ROWS = 2  # of lines at a margin, from it inwards
SHORT = 0.5  # of the width of what is printed: a running head is no longer
LETTERS = 5  # of a running head: fewer recur by chance
ALIKE = 0.72  # of the letters of two readings of one running head (Ti 1F S rATESM AN, THE STATESMAN: 0.82)
SHARE = 0.25  # of the pages of an issue: left and right pages differ, and so do the sections of a paper
WINDOW = 12  # pages before and after one that are compared with it: sections are not longer apart
APART = 0.6  # of the height of a line: white over what stands at the foot of a page
EDGE = 20  # one line in so many may stand beside the columns
PLATE = 2.5  # of the size of running text: what is smaller is no name of a paper
HEAD = 0.15  # of the height of the page: no name stands deeper
MARGIN = 8  # lines at a margin that are looked at
_FOLIO = re.compile(r"(?<![A-Za-z0-9])([A-Z]{0,2})[- ]?([0-9]{1,4})(?![A-Za-z0-9])")
_HAN = re.compile(
    "第 ?([一二三四五六七八九十]{1,4}|[0-9]{1,3}) ?[版頁页面張张]|([一二三四五六七八九十]{1,4}|[0-9]{1,3}) ?[版面]$"
)


class Margins(NamedTuple):
    """What is learned of a page: the numbers of its running lines, and what page it says it is."""

    running: tuple[int, ...] = ()
    folio: str = ""


class _Spot(NamedTuple):
    """A short line at a margin with nothing else at its height: its page, which margin, its letters."""

    page: int
    foot: bool
    line: Line
    words: str


def learned(pages: Sequence[Page], title: str = "") -> list[Margins]:
    """Return what recurs at the margins of each page, and its folio where folios count up with the pages.

    The name of the paper, by its ``title`` or in large type at the head of another page, recurs, too. Leaves all as it
    is where there is one page only, and on pages without places, with vertical text, or whose margin has a line of
    running text in it.
    """
    spots = [_spots(n, page) for n, page in enumerate(pages)]
    if len(pages) < 2:
        return [Margins() for _ in pages]
    names = {n: _plate(page) for n, page in enumerate(pages)}
    running = [
        tuple(
            spot.line.place.line
            for spot in here
            if _recurs(spot, spots) or _is_name(spot, [_words(title), *(names[m] for m in names if m != n)])
        )
        for n, here in enumerate(spots)
    ]
    folios = _folios(pages, spots)
    return [Margins(lines, folio) for lines, folio in zip(running, folios, strict=True)]


def _spots(n: int, page: Page) -> list[_Spot]:
    lines = [line for line in page.lines if line.box]
    if len(lines) < MARGIN or page.box is None or sum(line.vertical for line in lines) * 2 > len(lines):
        return []
    whole = around(line.box for line in lines if line.box)
    left = sorted(_box(line).x0 for line in lines)[len(lines) // EDGE]
    right = sorted(_box(line).x1 for line in lines)[-1 - len(lines) // EDGE]
    lines = [line for line in lines if _box(line).x1 > left and _box(line).x0 < right]  # no dirt beside the columns
    found: list[_Spot] = []
    for foot in (False, True):
        order = sorted(lines, key=lambda line: -_box(line).y1 if foot else _box(line).y0)
        rows: list[list[Line]] = []
        edge = 0.0
        for line in order[: MARGIN * ROWS]:
            box = _box(line)
            if rows and (box.y1 > edge if foot else box.y0 < edge):
                rows[-1].append(line)
                edge = min(edge, box.y0) if foot else max(edge, box.y1)
                continue
            rows.append([line])
            edge = box.y0 if foot else box.y1
        for row in _clear(rows, whole, foot=foot):
            if foot and not _is_apart(row, lines):
                break
            found += [_Spot(n, foot, line, _words(line.text)) for line in row]
    return found


def _box(line: Line) -> Box:
    assert line.box
    return line.box


def _clear(rows: Sequence[list[Line]], whole: Box, *, foot: bool) -> list[list[Line]]:
    """Return the outer rows of short lines."""
    found: list[list[Line]] = []
    for row in rows:
        deep = max(_box(line).y1 for line in row) - whole.y0 if not foot else whole.y1 - min(_box(x).y0 for x in row)
        long = any(_box(line).width > SHORT * whole.width for line in row)
        if deep > DEPTH * whole.height or long or len(row) > MARGIN or len(found) == ROWS:
            break
        found.append(row)
    return found


def _is_apart(row: Sequence[Line], lines: Sequence[Line]) -> bool:
    """Say whether white parts a row at the foot from what is over it: else it is the last line of a text."""
    box = around(_box(line) for line in row)
    over = [_box(line).y1 for line in lines if _box(line).y1 <= box.y0 + box.height / 2]
    return not over or box.y0 - max(over) > APART * box.height


def _words(text: str) -> str:
    """Return the letters of a line: its number is another one on each page.

    >>> _words("4   The Harbour Post, May 4")
    'theharbourpostmay'
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in plain if char.isalpha() and char not in "一二三四五六七八九十")


@lru_cache(maxsize=4096)
def _likeness(one: str, two: str) -> float:
    match = SequenceMatcher(None, one, two, autojunk=False)
    return match.ratio() if match.real_quick_ratio() >= ALIKE and match.quick_ratio() >= ALIKE else 0.0


def _recurs(spot: _Spot, spots: Sequence[Sequence[_Spot]]) -> bool:
    """Say whether the words of a line stand at the same margin of enough other pages near it."""
    han = any(char >= "\u3400" for char in spot.words)
    if len(spot.words) < (2 if han else LETTERS):
        return False
    near = range(max(0, spot.page - WINDOW), min(len(spots), spot.page + WINDOW + 1))
    others = [n for n in near if n != spot.page and spots[n]]
    need, like = max(1, SHARE * len(others)), 0
    for looked, n in enumerate(others, 1):
        like += any(one.foot is spot.foot and _likeness(*sorted((one.words, spot.words))) >= ALIKE for one in spots[n])
        if like >= need or like + len(others) - looked < need:  # no other page changes that
            break
    return like >= need


def _plate(page: Page) -> str:
    """Return the letters of the largest line at the head of a page, if it is as large as the name of a paper."""
    lines = [line for line in page.lines if line.box and line.style]
    if not lines or not page.box:
        return ""
    largest = max(lines, key=lambda line: line.style.size if line.style else 0.0)
    high = largest.style.size if largest.style else 0.0
    deep = (_box(largest).y0 - page.box.y0) / (page.box.height or 1.0)
    return _words(largest.text) if high > PLATE * body_size(lines) and deep < HEAD else ""


def _is_name(spot: _Spot, names: Sequence[str]) -> bool:
    """Say whether a line at the head of a page is the name of the paper."""
    return not spot.foot and any(
        len(name) >= LETTERS and _likeness(*sorted((name, spot.words))) >= ALIKE for name in names
    )


def _folios(pages: Sequence[Page], spots: Sequence[Sequence[_Spot]]) -> list[str]:
    """Return the folio of each page: of the numbers at its margins the one that goes with those of other pages.

    Numbers count up with the pages: what is left when the place of the page is taken away is the same for most. Pages
    of a section (A1, A2, B1) count in it. A page without a number has the one that its neighbours leave for it.
    """
    said = [[(m[1], int(m[2])) for spot in here for m in _FOLIO.finditer(_plain(spot.line.text))] for here in spots]
    for n, here in enumerate(spots):
        said[n] += [("", _number(m[1] or m[2])) for spot in here for m in _HAN.finditer(_plain(spot.line.text))]
    votes = Counter(
        (letter, number - page.number) for page, found in zip(pages, said, strict=True) for letter, number in set(found)
    )
    folios: list[str] = []
    for page, found in zip(pages, said, strict=True):
        known = [(votes[letter, number - page.number], letter, number) for letter, number in found]
        most, letter, number = max(known, default=(0, "", 0))
        folios.append(f"{letter}{number}" if most > 1 and number else "")
    plain = {shift: count for (letter, shift), count in votes.items() if not letter}
    shift = max(plain, key=lambda one: plain[one], default=0)
    if plain and plain[shift] * 2 > len(pages) and not any(name[:1].isalpha() for name in folios):
        folios = [f"{page.number + shift}" if page.number + shift > 0 else "" for page in pages]
    return folios


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    return chinese_number(text) if re.fullmatch("[一二三四五六七八九]?十?[一二三四五六七八九]?", text) else 0
