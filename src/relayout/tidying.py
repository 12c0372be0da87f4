"""Spaces that nobody wants: those that an extractor puts around full-width marks, and runs of several."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from relayout.chars import close_figures, has_han, tight, upright
from relayout.model import Article, Line, Paragraph
from relayout.roles import Role

PROSE = (Role.BODY, Role.LEAD, Role.ITEM, Role.LIST_HEAD, Role.CAPTION, Role.CREDIT, Role.SOURCE, Role.CROSSHEAD)
_RUN = re.compile(r"[\t ]{2,}|\t")
UPRIGHT = 3  # lines with marks in the form for vertical text: then figures stand upright among them


def has_upright(lines: Iterable[Line]) -> bool:
    """Say whether marks of a page have the form for vertical text."""
    return sum(upright(line.raw) for line in lines) >= UPRIGHT


def tidy(article: Article, *, figures: bool) -> tuple[Article, int]:
    """Return an article without loose spaces, and how many lines had any; ``figures``: those stand upright."""
    parts = tuple(_paragraph(p, figures=figures) for p in article.parts)
    pictures = tuple(replace(f, parts=tuple(_paragraph(p, figures=figures) for p in f.parts)) for f in article.figures)
    new = replace(article, parts=parts, figures=pictures)
    count = sum(
        one.text != two.text
        for p, q in zip(article.paragraphs, new.paragraphs, strict=True)
        for one, two in zip(p.lines, q.lines, strict=True)
    )
    return new, count


def _paragraph(paragraph: Paragraph, *, figures: bool) -> Paragraph:
    """Drop the loose spaces of a paragraph, line by line; cells of a row stay parted."""
    if paragraph.role is Role.ROW or not any(" " in line.text or "\t" in line.text for line in paragraph.lines):
        return paragraph
    letters = not has_han(paragraph.text) and any(map(str.isalpha, paragraph.text))
    lines = tuple(_line(line, paragraph.role, letters=letters, figures=figures) for line in paragraph.lines)
    return replace(paragraph, lines=lines, mark=_moved(paragraph.mark, paragraph.lines[0].text, lines[0].text))


def _moved(mark: int, before: str, after: str) -> int:
    """Return where in ``after`` the characters end that ``mark`` counts in ``before``; only spaces differ."""
    count = sum(not char.isspace() for char in before[:mark])
    seen = 0
    for at, char in enumerate(after):
        if seen == count:
            return at
        seen += not char.isspace()
    return len(after) if count else 0


def _line(line: Line, role: Role, *, letters: bool, figures: bool) -> Line:
    text = _plain(line.text, role, letters=letters, figures=figures)
    return line if text == line.text else replace(line, text=text)


def _plain(text: str, role: Role, *, letters: bool, figures: bool) -> str:
    """Drop what spaces nobody wants; those beside quotation marks are wanted in text in ``letters``."""
    if role in PROSE and not letters:
        text = tight(text)
        if figures and role in (Role.BODY, Role.LEAD, Role.CAPTION):
            text = close_figures(text)
    return _RUN.sub(" ", text)
