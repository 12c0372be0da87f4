"""Cut a line in two, so that each part knows which characters of the source it holds."""

from __future__ import annotations

from dataclasses import replace

from relayout.chars import cells, ink
from relayout.imprint import Box
from relayout.model import Line, Paragraph


def cut(line: Line, at: int) -> tuple[Line, Line]:
    """Cut ``line`` before character ``at`` of its text; the space between goes with the second part.

    Keeps page and line number; the places differ in their spans. A box is cut where the widths of the characters put
    the cut, for the places of single characters are not kept. Raises :class:`ValueError` where a part would
    be empty.

    >>> from relayout.model import Place
    >>> left, right = cut(Line(raw="點。 記者王珏", text="點。 記者王珏", place=Place(1, 326)), 3)
    >>> left.text, str(left.place), right.text, str(right.place)
    ('點。', '326[0:2]', '記者王珏', '326[2:]')
    """
    left, right = line.text[:at].rstrip(), line.text[at:].lstrip()
    raw_at = printed_end(line.raw, len(ink(left)))
    start = line.place.start
    boxes = _halves(line, left, right)
    return (
        replace(line, raw=line.raw[:raw_at], text=left, place=replace(line.place, end=start + raw_at), box=boxes[0]),
        replace(
            line, raw=line.raw[raw_at:], text=right, place=replace(line.place, start=start + raw_at), indent=0,
            after_blank=False, box=boxes[1],
        ),
    )  # fmt: skip


def _halves(line: Line, left: str, right: str) -> tuple[Box | None, Box | None]:
    box = line.box
    if not box or not line.style:
        return box, box  # cells of a grid: a piece knows its row, and its place by its span
    share = cells(left) / max(cells(left) + cells(right), 1)
    if line.vertical:
        at = box.y0 + share * box.height
        return replace(box, y1=at), replace(box, y0=at)
    at = box.x0 + share * box.width
    return replace(box, x1=at), replace(box, x0=at)


def clipped(line: Line, start: int, stop: int) -> Line:
    """Return a stretch of a line as a line of its own, with its span."""
    if stop < len(line.text):
        line = cut(line, stop)[0]
    return cut(line, start)[1] if start else line


def printed_end(raw: str, count: int) -> int:
    """Return where in ``raw`` its first ``count`` printed characters end.

    >>> printed_end("會 議  部署", 3)
    6
    """
    seen = 0
    for i, char in enumerate(raw):
        if seen == count and ink(raw[: i + 1]) != ink(raw[:i]):
            return _close(raw, i)
        if not char.isspace():
            seen = len(ink(raw[: i + 1]))
    return len(raw)


def cut_paragraph(paragraph: Paragraph, at: int, line: int = -1) -> tuple[Paragraph, Paragraph]:
    """Cut ``paragraph`` before character ``at`` of one of its lines (the last, unless said): two paragraphs.

    Where ``at`` is 0 or the end of the line, the cut is a line end and no line is cut.
    """
    n = line % len(paragraph.lines)
    lines, joints, target = paragraph.lines, paragraph.joints, paragraph.lines[n]
    if at <= 0 or at >= len(target.text):
        n += at > 0
        left, right, between = lines[:n], lines[n:], (joints[: n - 1], joints[n:])
    else:
        kept, tail = cut(target, at)
        left, right, between = (*lines[:n], kept), (tail, *lines[n + 1 :]), (joints[:n], joints[n:])
    return replace(paragraph, lines=left, joints=between[0]), replace(paragraph, lines=right, joints=between[1], mark=0)


def _close(raw: str, end: int) -> int:
    """Take white space before ``end`` to the second part."""
    while end and raw[end - 1].isspace():
        end -= 1
    return end
