"""The issue that a gold file describes, built straight from it: what a perfect run would return."""

from __future__ import annotations

from collections.abc import Iterator

from gold import ROLES, Part, Unit
from relayout.model import Article, Figure, Issue, Line, Page, Paragraph, Place, Source
from relayout.roles import Joint, Kind, Role
from sheets import Sheet

FIRST = {"head": Role.HEAD, "credit": Role.CREDIT}


def issue(page: Sheet) -> Issue:
    """Build the issue."""
    lines = tuple(Line(raw, raw.strip(), Place(1, n)) for n, raw in enumerate(page.lines, 1) if raw.strip())
    figures = {u.of: Figure(tuple(_parts(page, u))) for u in page.gold.units if u.type == "caption"}
    articles = tuple(
        Article(tuple(_parts(page, u)), Kind(u.type), (figures[u.id],) if u.id in figures else (), f"x{n}")
        for n, u in enumerate(reversed(page.gold.units))
        if u.type not in ("caption", "furniture")
    )
    furniture = tuple(p for u in page.gold.units if u.type == "furniture" for p in _parts(page, u))
    return Issue(Source("input.txt"), (Page(1, lines),), articles, furniture)


def _parts(page: Sheet, unit: Unit) -> Iterator[Paragraph]:
    return (_paragraph(page, part) for part in unit.parts)


def _paragraph(page: Sheet, part: Part) -> Paragraph:
    """Deal the part's text out to its lines."""
    made: list[Line] = []
    joints: list[Joint] = []
    rest = part.text
    for span in part.spans:
        raw = page.lines[span.first - 1][span.start : span.end]
        size = sum(not c.isspace() for c in raw)
        text = _take(rest, size)
        hyphen = raw.rstrip().endswith("-") and span != part.spans[-1] and not text.rstrip().endswith("-")
        if hyphen:
            text = _take(rest, size - 1)
        rest = rest[len(text) :]
        made.append(Line(raw, text.strip() + ("-" if hyphen else ""), Place(1, span.first, span.start, span.end)))
        space = rest[:1].isspace()
        joints.append(Joint.HYPHEN_GONE if hyphen else Joint.SPACE if space else Joint.TIGHT)
        rest = rest.lstrip()
    return Paragraph(
        tuple(made), tuple(joints[:-1]), FIRST.get(part.role) or min(ROLES[part.role], key=lambda r: r.value)
    )


def _take(text: str, size: int) -> str:
    """Cut off the beginning that has this many characters other than white space."""
    seen = 0
    for n, c in enumerate(text):
        seen += not c.isspace()
        if seen > size:
            return text[:n].rstrip()
    return text
