"""Does a line go on with that line, does a column begin or end with it? What is seen of it, for fitted weights.

Used where an extractor read the columns of a page row by row. The weights are in ``profiles/fitted/turns.toml``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from relayout.chars import NO_START, OPENERS, owes
from relayout.fitted import Seen
from relayout.signals.flow import Ends, Flow, look

Gain = Callable[[str, str], float]
SHARE, LEAST = 0.03, 5  # a width that so many lines have is a measure
STEPS = (-5.0, -2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 5.0)  # Han characters by which a line is wider, in bins
FIRST = (3, 4)  # cells by which the first line of a paragraph is short
TINY = 10  # cells
MOST = 6.0
UNITS = frozenset("年月日％%億萬亿万千百元人時时點点個个歲岁,．.")
POINTERS = frozenset("▲▼◀▶◆■●△▽圖图")
REPORTS = ("記者", "记者", "報訊", "报讯", "專訊", "专讯", "讯】", "訊】")


class Piece(NamedTuple):
    """A line as its neighbours see it: its ends, whether it fills a measure, which brackets it opens or closes."""

    ends: Ends
    full: bool
    kind: str
    opens: bool
    closes: bool
    plain: str


class Scene(NamedTuple):
    """The lines of a page, and what the page and a list of words say of two ends that meet."""

    pieces: tuple[Piece, ...]
    flow: Flow
    gain: Gain

    @classmethod
    def of(cls, texts: Sequence[str], plainly: Mapping[int, str], gain: Gain) -> Scene:
        """Look at the lines ``texts``; ``plainly`` says how the list of words writes their characters."""
        ends = [look(text) for text in texts]
        widths = Counter(one.width for one in ends)
        enough = max(LEAST, SHARE * len(texts))
        measures = sorted(width for width, count in widths.items() if count >= enough)
        pieces = tuple(_piece(one, measures, plainly) for one in ends)
        return cls(pieces, Flow.of(one.text for one in ends), gain)

    def follows(self, i: int, j: int) -> Seen:
        """Return what is seen of line ``j`` standing behind line ``i``."""
        one, two = self.pieces[i], self.pieces[j]
        step = (two.ends.width - one.ends.width) / 2
        fits = f"{int(one.ends.ended)}{int(two.ends.ended)}{int(one.full)}{int(two.full)}"
        seen = [(f"width{sum(step >= limit for limit in STEPS)}-{fits}", 1.0)]
        if one.ends.ended:
            if two.ends.text[0] in NO_START:
                seen.append(("mark-after-end", 1.0))
        elif two.ends.text[0] in NO_START:
            seen.append(("mark", 1.0))
        elif one.ends.text[-1] in OPENERS:
            seen.append(("bracket", 1.0))
        else:
            seen += self._letters(one, two)
        if one.opens and not one.ends.ended:
            seen.append(("opened-closes" if two.closes else "opened", 1.0))
        elif two.closes:
            seen.append(("closes", 1.0))
        return tuple(seen)

    def _letters(self, one: Piece, two: Piece) -> Seen:
        """Return what the characters say that meet."""
        a, b = one.ends.text[-1], two.ends.text[0]
        met = self.flow.meets(one.ends.text, two.ends.text)
        said = max(-MOST, min(MOST + 2, self.gain(one.plain, two.plain)))
        seen = [("pair" if met > 0 else "no-pair", met), ("word" if said > 0 else "no-word", said)]
        if self.flow.tripled(one.ends.text, two.ends.text):
            seen.append(("triple", 1.0))
        if a.isdigit():
            seen.append(("figure-figure" if b.isdigit() else "figure-unit" if b in UNITS else "figure-han", 1.0))
        elif b.isdigit():
            seen.append(("han-figure", 1.0))
        return tuple(seen)

    def alone(self, i: int) -> Seen:
        """Return what is seen of line ``i`` that may begin a column, or end one."""
        one = self.pieces[i]
        text = one.ends.text
        first, last = text[0], text[-1]
        begins = "pointer" if first in POINTERS else "bracket" if first in OPENERS else "figure" * first.isdigit()
        if not begins:
            begins = "mark" if first in NO_START else "han"
        end = "stop" if one.ends.ended else "comma" if last in "，、；：" else "figure" if last.isdigit() else "han"
        seen = [(f"is-{one.kind}-{int(one.ends.ended)}", 1.0), (f"begins-{begins}", 1.0), (f"ends-{end}", 1.0)]
        for name, holds in (
            ("narrow", one.ends.width <= TINY),
            ("report", any(word in text for word in REPORTS)),
            ("marks", any(mark in text for mark in "，。、")),
            ("space", " " in text),
        ):
            if holds:
                seen.append((name, 1.0))
        return (*seen, ("bias", 1.0))


def _piece(ends: Ends, measures: Sequence[int], plainly: Mapping[int, str]) -> Piece:
    short = [width - ends.width for width in measures if width >= ends.width]
    full = any(one <= 2 for one in short)
    kind = "full" if full else "first" if any(one in FIRST for one in short) else "short" if short else "long"
    closed = owes(ends.text) < 0
    return Piece(ends, full, kind, owes(ends.text) > 0, closed, ends.text.translate(plainly))
