"""Cut a line in two, so that each part knows which characters of the source it holds."""

from __future__ import annotations

from dataclasses import replace

from relayout.chars import ink
from relayout.model import Line, Paragraph


def cut(line: Line, at: int) -> tuple[Line, Line]:
    """Cut ``line`` before character ``at`` of its text; the space between goes with the second part.

    Keeps page and line number; the places differ in their spans. Raises :class:`ValueError` where a part would
    be empty.

    >>> from relayout.model import Place
    >>> left, right = cut(Line(raw="點。 記者王珏", text="點。 記者王珏", place=Place(1, 326)), 3)
    >>> left.text, str(left.place), right.text, str(right.place)
    ('點。', '326[0:2]', '記者王珏', '326[2:]')
    """
    left, right = line.text[:at].rstrip(), line.text[at:].lstrip()
    raw_at = _after(line.raw, len(ink(left)))
    start = line.place.start
    return (
        replace(line, raw=line.raw[:raw_at], text=left, place=replace(line.place, end=start + raw_at)),
        replace(
            line, raw=line.raw[raw_at:], text=right, place=replace(line.place, start=start + raw_at), indent=0,
            after_blank=False,
        ),
    )  # fmt: skip


def cut_paragraph(paragraph: Paragraph, at: int) -> tuple[Paragraph, Paragraph]:
    """Cut the last line of ``paragraph`` before character ``at`` of that line; the tail is a paragraph of its own."""
    kept, tail = cut(paragraph.lines[-1], at)
    return replace(paragraph, lines=(*paragraph.lines[:-1], kept)), Paragraph((tail,), (), paragraph.role, paragraph.cert)


def _after(raw: str, count: int) -> int:
    """Return where in ``raw`` its first ``count`` printed characters end."""
    seen = 0
    for i, char in enumerate(raw):
        if seen == count and ink(raw[: i + 1]) != ink(raw[:i]):
            return _close(raw, i)
        if not char.isspace():
            seen = len(ink(raw[: i + 1]))
    return len(raw)


def _close(raw: str, end: int) -> int:
    """Take white space before ``end`` to the second part."""
    while end and raw[end - 1].isspace():
        end -= 1
    return end
