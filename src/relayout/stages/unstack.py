"""Unstack: put the lines of the source back where ``stack`` or ``splice`` had drawn them together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from relayout.chars import ink
from relayout.cutting import printed_end
from relayout.layout import Layout
from relayout.model import Line, Outcome, Paragraph
from relayout.profile import Profile
from relayout.roles import Joint

Stacks = Mapping[int, tuple[Line, ...]]


def unstack(layout: Layout, profile: Profile) -> Outcome[Layout]:  # noqa: ARG001
    """Give every paragraph the lines of the source again, joined tight, instead of the columns drawn from them.

    Leaves the texts as they are. Declines where nothing was drawn together.
    """
    if not layout.stacks:
        return Outcome(layout)
    stacks = {lines[0].place.line: lines for lines in layout.stacks}
    lines = tuple(part for line in layout.page.lines for part in stacks.get(line.place.line, (line,)))
    articles = tuple(
        replace(
            article,
            parts=tuple(_spelled(p, stacks) for p in article.parts),
            figures=tuple(replace(f, parts=tuple(_spelled(p, stacks) for p in f.parts)) for f in article.figures),
        )
        for article in layout.articles
    )
    furniture = tuple(_spelled(p, stacks) for p in layout.furniture)
    page = replace(layout.page, lines=lines)
    return Outcome(replace(layout, page=page, articles=articles, furniture=furniture, stacks=()))


def _spelled(paragraph: Paragraph, stacks: Stacks) -> Paragraph:
    if not any(line.place.line in stacks for line in paragraph.lines):
        return paragraph
    lines: list[Line] = []
    joints: list[Joint] = []
    for line, joint in zip(paragraph.lines, (*paragraph.joints, None), strict=True):
        parts = list(_letters(line, stacks[line.place.line])) if line.place.line in stacks else [line]
        lines += parts
        joints += [Joint.TIGHT] * (len(parts) - 1)
        if joint is not None:
            joints.append(joint)
    return replace(paragraph, lines=tuple(lines), joints=tuple(joints), mark=min(paragraph.mark, len(lines[0].text)))


def _letters(line: Line, column: Sequence[Line]) -> Iterator[Line]:
    """Yield what of the lines of ``column`` stands in ``line``, which may be a part of the whole column.

    The texts are those of ``line``: stages between may have dropped spaces.
    """
    start, end = line.place.start, line.place.end
    at = 0
    rest = line.text
    for letter in column:
        raw = letter.raw.strip()
        low, high = max(start - at, 0), len(raw) if end is None else min(end - at, len(raw))
        at += len(raw)
        if low >= high:
            continue
        count = printed_end(rest, len(ink(raw[low:high])))
        text, rest = rest[:count], rest[count:]
        if not text:
            continue  # nothing of it is printed: a soft hyphen alone
        if low == 0 and high == len(raw):
            yield replace(letter, text=text)
            continue
        lead = len(letter.raw) - len(letter.raw.lstrip())
        first, last = lead + low if low else 0, lead + high if high < len(raw) else None
        yield replace(letter, raw=letter.raw[first:last], text=text, place=replace(letter.place, start=first, end=last))
