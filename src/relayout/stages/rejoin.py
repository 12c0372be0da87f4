"""Rejoin: give a lead that stands apart back to its report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from relayout.chars import cells
from relayout.layout import Layout
from relayout.model import Article, Note, Outcome, Paragraph
from relayout.profile import Profile
from relayout.roles import Level, Role
from relayout.signals.kinship import Bodies

SURE = 0.75  # how sure such a join is at the most
MOST = 4  # paragraphs of a lead


def rejoin(layout: Layout, profile: Profile) -> Outcome[Layout]:
    """Join a short text that is set wider to the report with a dateline that says most of it again, as its lead.

    An extractor may move the lead of a page's main report away from it, since it is a text frame of its own.
    Leaves a text that has a dateline, a byline, a list or a title of its own. Declines where the report does not
    say enough of it, or another article says nearly as much: a false join is worse than a false break.
    """
    bodies = Bodies.of(layout.articles)
    widths = [_widest(article.parts) for article in layout.articles]
    reports = {
        a for a, body in enumerate(bodies.bodies) if body.dated and layout.articles[a].parts[0].role is not Role.LEAD
    }
    if not reports:
        return Outcome(layout)
    narrowest = min(widths[b] for b in reports)
    taken: set[int] = set()
    moved: dict[int, int] = {}
    notes: list[Note] = []
    for a, article in enumerate(layout.articles):
        if 4 * widths[a] < 5 * narrowest or not _may_lead(article.parts) or bodies.bodies[a].dated:
            continue
        shares = {
            b: bodies.vocabulary.cover(bodies.bodies[a].whole, bodies.bodies[b].whole) or 0.0
            for b in bodies.nearest(bodies.bodies[a].whole, most=5)
            if b != a and not bodies.bodies[b].is_list
        }
        best = max(shares, key=lambda b: (shares[b], -b), default=None)
        if best is None or best not in reports or best in taken or 4 * widths[a] < 5 * widths[best]:
            continue
        second = max((share for b, share in shares.items() if b != best), default=0.0)
        if shares[best] >= profile.number("rejoin.least") and shares[best] >= 2 * second:
            moved[a] = best
            taken.add(best)
            notes.append(_note(article, layout.articles[best], shares[best]))
    leads = {b: a for a, b in moved.items()}
    articles = tuple(
        replace(article, parts=(*_leads(layout.articles[leads[a]].parts), *article.parts), cert=min(article.cert, SURE))
        if a in leads
        else article
        for a, article in enumerate(layout.articles)
        if a not in moved
    )
    return Outcome(replace(layout, articles=articles), tuple(notes))


def _may_lead(parts: Sequence[Paragraph]) -> bool:
    return len(parts) <= MOST and all(p.role is Role.BODY for p in parts) and any(len(p.lines) > 1 for p in parts)


def _widest(parts: Sequence[Paragraph]) -> int:
    return max(cells(line.text) for p in parts for line in p.lines)


def _leads(parts: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    return tuple(replace(p, role=Role.LEAD) for p in parts)


def _note(lead: Article, report: Article, share: float) -> Note:
    place, line = lead.parts[0].lines[0].place, report.parts[0].lines[0].place.line
    why = f"it is set wider, and the report that begins on line {line} says {share:.0%} of it again"
    return Note(
        "rejoin", "is the lead of a report", why, min(0.9, 0.4 + share), Level.DOUBT, place, lead.parts[0].text[:16]
    )
