"""Vet: blocks of a source that cannot be worked with are dropped, and the page is read by its lines alone."""

from __future__ import annotations

from dataclasses import replace

from relayout.believing import heeded
from relayout.faults import fault
from relayout.layout import Layout
from relayout.model import Note, Outcome
from relayout.profile import Profile
from relayout.roles import Level, Order, Role
from relayout.sunken import hidden_titles


def vet(layout: Layout, profile: Profile) -> Outcome[Layout]:  # noqa: ARG001
    """Drop the blocks of a page that cannot be worked with, so that it is set upright, sifted and cut as any other.

    All of them or none: a page is read by blocks or by lines. Leaves lines, shapes, and what the source tells of
    articles and roles. Declines where the page has no blocks, and where they can be used: `divide` puts them in order.
    """
    page = layout.page
    if not page.box or not page.blocks:
        return Outcome(layout)
    roles = heeded(page)
    aside = {number for number, role in roles.items() if role is Role.FURNITURE} | set(page.running)
    lines = [line for line in page.lines if line.place.line not in aside]
    why = fault(page, lines, turned=layout.turned)
    if not why and page.scanned and not (layout.turned or layout.told or roles):
        why = hidden_titles(page, lines)
    if not why:
        return Outcome(layout)
    note = Note("vet", "blocks are not used", why, 0.8, Level.DOUBT)
    return Outcome(replace(layout, page=replace(page, blocks=(), order=Order.FILE)), (note,))
