"""The pieces of a page by the articles that its source tells of, where these are followed and not taken as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from relayout.geometry import around
from relayout.given import FEW, Columns, boxed, by_role, region_of, titled_by
from relayout.layout import Piece
from relayout.model import Line
from relayout.regions import Region, body_size
from relayout.roles import TITLES, Kind, Role
from relayout.told import ToldHere


def told_pieces(
    lines: Sequence[Line], told: Sequence[ToldHere], roles: Mapping[int, Role]
) -> tuple[list[Piece], list[Line]]:
    """Return a piece for each article, its parts as regions, and the lines that none of them has.

    Titles are those that the source tells of; in an article without any, those that are set so.
    """
    known = {line.place.line: line for line in lines}
    body = body_size(lines)
    parts = [(here, [[known[n] for _, n in part.lines if n in known] for part in here.article.parts]) for here in told]
    texts = Columns(
        around(line.box for line in part if line.box) for _, one in parts for part in one if len(part) >= FEW
    )
    pieces: list[Piece] = []
    for here, found in parts:
        mine = [line for part in found for line in part]
        if not mine:
            continue
        if here.article.kind is Kind.ADVERTISEMENT:
            pieces.append(Piece((boxed(mine),), Kind.ADVERTISEMENT))
            continue
        headed = any(part.role in TITLES for part in here.article.parts)
        regions: list[Region] = []
        for part, block in zip(here.article.parts, found, strict=True):
            for run in by_role(block, roles):
                role = part.role if headed or part.role is not Role.BODY else roles.get(run[0].place.line)
                title = titled_by(role, run, texts, body)
                regions.append(region_of(run, body, role, title=title))
        pieces.append(Piece(tuple(regions), here.article.kind))
    taken = {line.place.line for _, found in parts for part in found for line in part}
    return pieces, [line for line in lines if line.place.line not in taken]
