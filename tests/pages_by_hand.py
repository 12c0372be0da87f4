"""Pages whose lines have places, written by hand: a notation that shows where each text stands, and how it is set.

Every text says the corner where it begins, at the top left, then its size, then ``bold`` or ``upright``; lines under it
go on in the same setting. White space before a text is printed white space: ␣ or U+3000 sets the line in.

    page 300 400
    image 20 100 140 180
    20 20 24 bold | 海濱步道動工
    20 60 10      | 　　步道延伸段昨日舉行動
                  | 土儀式，居民團體出席。

A character of Han is as wide as it is large, any other half as wide; a line stands 1.4 times the size under the last.
Of upright text each line stands to the left of the one before. A page without ``page`` has no places at all. With
``blocks`` behind its size the source gives every text as a block, with ``loose`` in a chance order; with ``scan`` OCR
has read it, and it is measured in pixels, with ``scanned`` in points; two spaces and more in a line are a gap then.
``leaning 0.01`` lays the page askew, one to the right for a hundred down.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from relayout.imprint import Blank, Box, Shape, TextStyle
from relayout.model import Line, Page, Place
from relayout.roles import Form, Order

LEADING = 1.4
FORMS = {form.value: form for form in Form}
ROW = re.compile(r"(?P<set>[^|]*)\| ?(?P<text>.*)")
BLANK = re.compile(r"[\s␣]*")


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a text stands, and how it is set."""

    x: float
    y: float
    size: float
    bold: bool = False
    upright: bool = False

    @classmethod
    def read(cls, words: Sequence[str]) -> Setting:
        x, y, size = map(float, words[:3])
        assert set(words[3:]) <= {"bold", "upright"}, words
        return cls(x, y, size, bold="bold" in words, upright="upright" in words)

    def box(self, row: int, before: str, text: str) -> Box:
        """Return the box of the line ``row`` of the text, which begins after the white space ``before``."""
        start, end = self.size * length(before), self.size * length(before + text)
        step = LEADING * self.size * row
        if self.upright:
            return Box(self.x - step, self.y + start, self.x - step + self.size, self.y + end)
        return Box(self.x + start, self.y + step, self.x + end, self.y + step + self.size)


def length(text: str) -> float:
    """Return how long a text is, in its size."""
    return sum(1.0 if _is_wide(char) else 0.5 for char in text)


def _is_wide(char: str) -> bool:
    wide = unicodedata.east_asian_width(char)
    return wide in "WF" or (wide == "A" and not char.isalpha() and char != "␣")


def page(text: str) -> Page:
    """Return the page that ``text`` describes."""
    whole: Box | None = None
    shapes: list[Shape] = []
    lines: list[Line] = []
    blocks: list[list[int]] = []
    given = scanned = False
    order, unit = Order.FILE, "pt"
    lean = 0.0
    gaps: list[Blank] = []
    setting, row = Setting(0, 0, 10), 0
    for written in filter(str.strip, text.splitlines()):
        match = ROW.fullmatch(written)
        if not match:
            form, *numbers = written.split()
            if form == "page":
                given = bool({"blocks", "loose"} & set(numbers))
                scanned = bool({"scan", "scanned"} & set(numbers))
                order = Order.CHANCE if "loose" in numbers else Order.FILE
                unit = "px" if "scan" in numbers else "pt"
                lean = float(numbers[numbers.index("leaning") + 1]) if "leaning" in numbers else 0.0
                whole = Box(0, 0, *map(float, numbers[:2]))
            else:
                shapes.append(Shape(FORMS[form], Box(*map(float, numbers))))
            continue
        words = match["set"].split()
        setting, row = (Setting.read(words), 0) if words else (setting, row + 1)
        if words or not blocks:
            blocks.append([])
        blocks[-1].append(len(lines) + 1)
        before = BLANK.match(match["text"])
        assert before
        said = match["text"][before.end() :].rstrip()
        box = setting.box(row, before[0], said) if whole else None
        if box and whole and lean:
            dx, dy = lean * ((box.y0 + box.y1) - whole.y1) / 2, -lean * ((box.x0 + box.x1) - whole.x1) / 2
            box = Box(box.x0 + dx, box.y0 + dy, box.x1 + dx, box.y1 + dy)
        for white in re.finditer(r"(?<=\S) {2,}", said) if box and scanned else ():
            low, high = (box.x0 + setting.size * length(said[:n]) for n in white.span())
            gaps.append(Blank(len(lines) + 1, white.end(), low, high))
        style = TextStyle(setting.size, bold=setting.bold) if whole else None
        place = Place(1, len(lines) + 1)
        lines.append(Line(said, said, place, box, style=style, vertical=bool(whole) and setting.upright))
    told = tuple(map(tuple, blocks)) if given else ()
    return Page(
        1, tuple(lines), whole, unit, tuple(shapes), blocks=told, order=order, scanned=scanned, blanks=tuple(gaps)
    )
