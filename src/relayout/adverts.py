"""The text of an advertisement: mostly lines set round a middle, each a text of its own where it had room for more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from relayout.chars import cells, has_han
from relayout.model import Line, Paragraph
from relayout.regions import Look, Region
from relayout.roles import Joint, Role
from relayout.tabling import rows_of

LIKE = 0.07  # of the type size: sizes that differ by less are one
SPACED = 0.5  # of the type size: white between lines that parts texts
MARGIN = 0.5  # of the smallest type size: what stays white at either side of a box
GAP = 0.25  # of the type size: a space between words in Han
REST = 0.4  # of the first line: a last line as long is a word of a name, and not what did not fit

Text = Callable[[Sequence[Line], Role], Paragraph]


def advert(box: Region, text: Text) -> list[Paragraph]:
    """Return the texts of an advertisement, cut where the type changes and where a line had room for more.

    A line goes on in the next one if the first word of that one would not have fitted into it (Experienced bookkeeper,
    part time. Apply in / writing.): the inverse of setting it ragged. Bold lines are one name. ``text`` makes a
    paragraph; tables keep their rows, boxes in the box their texts.
    """
    sizes = [line.style.size for region in box.inner for line in region.lines if line.style]
    widest = max((line.box.width for region in box.inner for line in region.lines if line.box), default=0.0)
    room = max(box.box.width - 2 * MARGIN * min(sizes, default=0.0), widest)
    made: list[Paragraph] = []
    run: list[Line] = []
    for region in sorted(box.inner, key=lambda r: (r.box.y0, r.box.x0)):
        if run and (region.inner or region.look is Look.TABLE):
            made.append(_joined(run, room, text))
            run = []
        if region.look is Look.TABLE:
            made += rows_of(region.lines, region.rows)
            continue
        for line in region.lines:
            if run and not _goes_on(run[-1], line, room):
                made.append(_joined(run, room, text))
                run = []
            run.append(line)
        made += advert(region, text)
    return [*made, _joined(run, room, text)] if run else made


def _goes_on(before: Line, line: Line, room: float) -> bool:
    one, two = before.style, line.style
    if not (before.box and line.box and one and two):
        return False
    if abs(one.size - two.size) > LIKE * one.size or one.bold != two.bold or one.font != two.font:
        return False
    if line.box.y0 - before.box.y1 > SPACED * one.size:
        return False
    return one.bold or not _fits(line, before, room, space=GAP * one.size if has_han(line.text) else 0.0)


def _joined(run: Sequence[Line], room: float, text: Text) -> Paragraph:
    """Join lines; in Han a line that had room was broken at a space (淡江書局 / 開學特賣)."""
    whole = text(run, Role.BODY)
    joints = [
        Joint.SPACE
        if joint is Joint.TIGHT and has_han(line.text) and (_fits(after, line, room) or _is_name(run))
        else joint
        for joint, line, after in zip(whole.joints, run, run[1:], strict=False)
    ]
    return replace(whole, joints=tuple(joints))


def _fits(line: Line, before: Line, room: float, space: float = 0.0) -> bool:
    """Say whether a space and the first word of a line had room after the line before, give or take a hundredth."""
    assert before.box
    return room - before.box.width > 0.99 * _first(line) + space


def _is_name(run: Sequence[Line]) -> bool:
    """Say whether two bold lines are words of one name, and not a word with its rest (海景茶樓 / 新張誌慶)."""
    bold = len(run) == 2 and all(line.style and line.style.bold for line in run)
    return bold and not any(" " in line.text for line in run) and len(run[1].text) >= REST * len(run[0].text)


def _first(line: Line) -> float:
    """Return how wide the first word of a line is; in Han, its first character; with the space before it."""
    assert line.box
    word = line.text.split(" ", 1)[0]
    if has_han(word):
        return line.box.width * 2 / max(cells(line.text), 2)
    return line.box.width * (len(word) + 1) / max(len(line.text), 1)
