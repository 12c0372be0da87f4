"""Pieces that stand by themselves: the end of a torn line, which goes to its beginning, and drop caps, which do not."""

from __future__ import annotations

from collections.abc import Sequence

from relayout.chars import ends_sentence
from relayout.geometry import level
from relayout.model import Line

SMALLER = 0.9  # of a drop cap: the type size of the text beside it


def is_torn(stack: Sequence[Line], line: Line) -> bool:
    """Say whether a line ends the last one, of which a wide space parts it: few words that fill a narrow column.

    They begin and end where the lines of the column do (Schritt mit      gesunkenen).
    """
    a, b = stack[-1].box, line.box
    assert a
    assert b
    assert line.style
    size = line.style.size
    over = [one.box for one in stack[:-1] if one.box]
    if len(over) < 2 or level(a, b) < 0.9 or b.x0 < a.x1 or ends_sentence(stack[-1].text):
        return False
    left, right = min(box.x0 for box in over), max(box.x1 for box in over)
    return abs(a.x0 - left) < 0.5 * size and abs(b.x1 - right) < 0.5 * size


def drops(lines: Sequence[Line]) -> list[Line]:
    """Return the single letters that smaller lines stand beside: drop caps; others end a title (最後一 / 爐, hk-7)."""
    letters = [line for line in lines if len(line.text) == 1 and line.text.isalpha() and line.box and line.style]
    return [one for one in letters if any(_stands_beside(other, one) for other in lines)]


def _stands_beside(line: Line, letter: Line) -> bool:
    a, b = line.box, letter.box
    if not (a and b and line.style and letter.style) or line.style.size > SMALLER * letter.style.size:
        return False
    return -1 < a.x0 - b.x1 < 1.5 * letter.style.size and level(a, b) > 0.5
