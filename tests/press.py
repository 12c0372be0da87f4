"""A small typesetter for tests: it breaks text into the lines of a newspaper column.

Lengths are half-width cells: a Chinese character or mark takes two, a digit or Latin letter one. What it prints is
what a text extractor would leave of the page: an indent that was white space is gone, unless ``mark`` keeps it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

NO_START = frozenset("，。、；：？！」』）》〉】〕”’…—%‰℃,.;:?!)]}·")
"""Marks that may not begin a line."""

NO_END = frozenset("「『（《〈【〔“‘([{$¥")
"""Marks that may not end a line."""

HANGING = frozenset("，。、；：？！")
"""Marks that a typesetter who hangs them lets stand beyond the measure."""

TOKEN = re.compile(r"—+|…+|(?:[0-9A-Za-zÀ-ɏ'’&+@/%℃.,:_-]|\u00ad)*[0-9A-Za-zÀ-ɏ%℃]|\s+|.", re.ASCII)
"""What is never parted: dashes, ellipses, numbers, Latin words."""

SOFT = "\u00ad"


@dataclass(frozen=True, slots=True)
class Setting:
    """How one text is set.

    ``measure`` cells to a full line; the first line is ``indent`` cells short, every other line ``hanging`` cells.
    The first ``around`` lines of the text are ``beside`` cells shorter still, as they run round a small box.
    ``mark`` is what is left of the indent. ``hang`` lets a comma or full stop stand beyond the measure; otherwise
    the character before it is taken over to the next line. A mark that is only ``squeeze`` cells too wide is squeezed
    in, as the seed page does where an odd digit leaves one cell. ``spaced`` puts the spaces around 「」 that an
    extractor writes where those marks were set half-width.
    """

    measure: int
    indent: int = 4
    hanging: int = 0
    around: int = 0
    beside: int = 0
    mark: str = ""
    hang: bool = False
    squeeze: int = 1
    spaced: bool = False

    def __post_init__(self) -> None:
        if self.room(0) < 8 or self.room(1) < 8:
            raise ValueError(f"no room to set anything: {self}")

    def room(self, line: int) -> int:
        """Count the cells that line ``line`` (from 0) may take.

        >>> [Setting(30, around=2, beside=10).room(n) for n in range(4)]
        [16, 20, 30, 30]
        """
        short = self.beside if line < self.around else 0
        return self.measure - short - (self.hanging if line else self.indent)


def cells(text: str) -> int:
    """Count half-width cells; a soft hyphen takes none.

    >>> cells("中文，5G")
    8
    """
    return sum(0 if c == SOFT else 2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def compose(text: str, setting: Setting) -> list[str]:
    """Set one paragraph.

    A line takes what fits. It never begins with a mark of ``NO_START``, never ends with one of ``NO_END``, and no
    number or Latin word is parted, save at a soft hyphen. A token longer than a whole line is parted anywhere.

    >>> compose("會議指出，黨的十八大以來，「成就」在。", Setting(16))
    ['會議指出，黨', '的十八大以來，', '「成就」在。']
    """
    tokens = [t for t in TOKEN.findall(text) if t]
    lines: list[str] = []
    while tokens:
        room = setting.room(len(lines))
        count = _fitting(tokens, room)
        if count == 0:
            head, tail = _part(tokens[0], room)
            lines.append(head)
            tokens[0] = tail
            continue
        if count < len(tokens):
            count, tokens = _adjust(tokens, count, room, setting)
        line = "".join(tokens[:count]).strip()
        tokens = tokens[count:]
        while tokens and tokens[0].isspace():
            tokens = tokens[1:]
        lines.append(line if line.endswith(SOFT) else line.replace(SOFT, ""))
    shown = [line.replace(SOFT, "") + ("-" if line.endswith(SOFT) else "") for line in lines]
    if setting.spaced:
        shown = [space(line) for line in shown]
    return [setting.mark + shown[0], *shown[1:]] if shown else []


def space(line: str) -> str:
    """Put a space outside every 「」『』“” within a line, as where half of a full-width glyph was empty.

    >>> space("反對「築牆設壘」、「脫鈎斷鏈」")
    '反對 「築牆設壘」 、 「脫鈎斷鏈」'
    """
    return re.sub(r"(?<=[」』”])(?=.)", " ", re.sub(r"(?<=.)(?=[「『“])", " ", line)).replace("  ", " ")


def full(text: str, setting: Setting) -> bool:
    """Say whether the last line has no room for one more character, so that its end does not show."""
    lines = compose(text, replace(setting, mark="", spaced=False))
    return cells(lines[-1]) + 2 > setting.room(len(lines) - 1)


def _fitting(tokens: list[str], room: int) -> int:
    used = 0
    for count, token in enumerate(tokens):
        used += cells(token)
        if used > room and not token.isspace():
            return count
    return len(tokens)


def _adjust(tokens: list[str], count: int, room: int, setting: Setting) -> tuple[int, list[str]]:
    """Move a line end to where a line may end."""
    after = tokens[count + 1][0] if count + 1 < len(tokens) else ""
    left = room - sum(cells(t) for t in tokens[:count])
    hung = setting.hang or cells(tokens[count]) <= left + setting.squeeze
    if hung and tokens[count] in HANGING and after not in NO_START:
        return count + 1, tokens
    best = count
    while best > 1 and (tokens[best][0] in NO_START or tokens[best - 1][-1] in NO_END):
        best -= 1
    left = room - sum(cells(t) for t in tokens[:best])
    word = tokens[best]
    spots = [n for n, c in enumerate(word) if c == SOFT and cells(word[:n]) < left]
    if spots:
        cut = spots[-1] + 1
        return best + 1, [*tokens[:best], word[:cut], word[cut:], *tokens[best + 1 :]]
    return (best if best > 1 or tokens[1][0] not in NO_START else count), tokens


def _part(token: str, room: int) -> tuple[str, str]:
    cut = next((n for n in range(1, len(token)) if cells(token[: n + 1]) > room), len(token))
    return token[:cut], token[cut:]
