"""Divide: the page is cut into the pieces that are its articles, by white space, rules, boxes and headlines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from relayout.dividing import adopted, divide_page
from relayout.given import boxed, given_pieces, parted
from relayout.imprint import Box
from relayout.layout import Layout, Piece
from relayout.lying import all_lie, raised, raised_boxes
from relayout.margins import margins
from relayout.model import Note, Outcome, Paragraph
from relayout.profile import Profile
from relayout.regions import Look, Region, laid, regions
from relayout.roles import Form, Kind, Role
from relayout.signals.panels import Content, content

WEIGHTS = (
    "piece", "scrap", "untitled", "titled", "another", "bare", "late", "label", "open-flush", "open-in", "closed-flush",
    "closed-in", "rule", "crossed", "unended", "boxed",
)  # fmt: skip


def divide(layout: Layout, profile: Profile) -> Outcome[Layout]:
    """Cut the page into pieces, in reading order; running heads and folios become furniture.

    A box with a headline and text of its own is a piece of its own, inside another one a sidebar; what else is in a box
    stays with its piece. Advertisements are set apart. Leaves every line in one piece or in the furniture. Declines
    where no line has a box.
    """
    page = layout.page
    if not page.box:
        return Outcome(layout)
    weights = {name: profile.number(f"divide.{name}") for name in WEIGHTS}
    head, lines = margins(page, profile, turned=layout.turned)
    rules = [shape.box for shape in page.shapes if shape.form is Form.RULE]
    if page.blocks:
        adverts, rest = parted(page, lines)
        pieces = [Piece(tuple(piece)) for piece in given_pieces(page, rest)]
        pieces += [Piece((boxed(advert),), Kind.ADVERTISEMENT) for advert in adverts]
    else:
        pieces = _Cutter(rules, weights, profile).pieces(regions(page, lines))
    furniture = tuple(Paragraph((line,), (), Role.FURNITURE) for line in head)
    notes = [Note("divide", "is furniture", "it stands alone at the margin", 0.9, place=line.place) for line in head]
    for n, piece in enumerate(pieces, 1):
        first = next((r.lines[0] for r in piece.regions if r.lines), None)
        if first:
            why = f"piece {n} of {len(pieces)}: {len(piece.regions)} regions under one headline"
            notes.append(Note("divide", f"is {piece.kind.value}", why, 0.8, place=first.place, window=first.text[:24]))
    return Outcome(replace(layout, pieces=tuple(pieces), furniture=(*layout.furniture, *furniture)), tuple(notes))


class _Cutter:
    """Cuts regions into pieces, boxes within boxes."""

    def __init__(self, rules: Sequence[Box], weights: Mapping[str, float], profile: Profile) -> None:
        self.rules, self.weights, self.profile = rules, weights, profile

    def item(self, text: str) -> bool:
        return any(self.profile.cue(cue).match(text) for cue in ("item", "numbered", "listed"))

    def pieces(self, found: Sequence[Region]) -> list[Piece]:
        """Return the pieces of the page or of a box."""
        holds = {id(r): content(raised(r) if all_lie([r]) else r, self.item) for r in found if r.look is Look.BOX}
        adverts = [r for r in found if holds.get(id(r)) is Content.ADVERT]
        rest = [r for r in found if holds.get(id(r)) is not Content.ADVERT]
        out: list[Piece] = []
        for regions_ in adopted(divide_page(rest, self.rules, self.weights)) if rest else ():
            own = [r for r in regions_ if holds.get(id(r)) is not Content.ARTICLE]
            inner = [r for r in regions_ if holds.get(id(r)) is Content.ARTICLE]
            host = any(r.lines for r in own)
            if own:
                out.append(Piece(tuple(own)))
            about = len(out) - 1 if host else -1
            for box in inner:
                deeper = self._inner(box)
                kind = Kind.SIDEBAR if host else Kind.ARTICLE
                first = len(out)
                for piece in deeper:
                    known = piece.kind is Kind.ADVERTISEMENT or piece.about >= 0
                    shifted = piece.about + first if piece.about >= 0 else about
                    out.append(replace(piece, kind=piece.kind if known else kind, about=shifted))
        out += [Piece((r,), Kind.ADVERTISEMENT) for r in adverts]
        return out

    def _inner(self, box: Region) -> list[Piece]:
        """Return the pieces of a box; level text on a page that was turned is raised for it, and laid down again."""
        if not all_lie([box]):
            return self.pieces(box.inner)
        upright = _Cutter(raised_boxes(self.rules), self.weights, self.profile)
        found = upright.pieces([raised(region) for region in box.inner])
        return [replace(piece, regions=tuple(map(laid, piece.regions))) for piece in found]
