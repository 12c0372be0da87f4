"""Pieces that stand by themselves and belong to what is before them: the end of a torn line, of a headline."""

from __future__ import annotations

from collections.abc import Sequence

from relayout.chars import ends_sentence, has_han
from relayout.geometry import level
from relayout.imprint import Box
from relayout.model import Line

ALIKE = 0.06  # of the type size: sizes that differ by less are one
NEAR = 0.75  # of the type size: white between the lines of a headline


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


def whole_titles(stacks: list[list[Line]]) -> list[list[Line]]:
    """Put a character of Han back that is the last line of a headline (加开六 / 列); a drop cap has text beside."""
    alone = [s for s in stacks if len(s) == 1 and len(s[0].text) == 1 and has_han(s[0].text)]
    for one in alone:
        box, style = one[0].box, one[0].style
        assert box
        assert style
        if any(_at_side(line, box, style.size) for stack in stacks if stack is not one for line in stack):
            continue
        for stack in stacks:
            last, like = stack[-1].box, stack[-1].style
            if stack is one or last is None or like is None or len(stack[-1].text) < 3:
                continue
            same = abs(like.size / style.size - 1) < ALIKE and like.bold == style.bold
            if same and -0.45 < (box.y0 - last.y1) / style.size < NEAR and abs(last.x0 - box.x0) < style.size / 4:
                stack.append(one[0])
                stacks = [s for s in stacks if s is not one]
                break
    return stacks


def _at_side(line: Line, cap: Box, size: float) -> bool:
    box = line.box
    return box is not None and level(box, cap) > 0.5 and 0 <= box.x0 - cap.x1 < size
