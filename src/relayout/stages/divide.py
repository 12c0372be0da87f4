"""Divide: the page is cut into the pieces that are its articles, by white space, rules, boxes and headlines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from relayout.believing import heeded
from relayout.dividing import adopted, divide_page
from relayout.given import boxed, given_pieces, parted, pictured
from relayout.heeding import told_pieces
from relayout.imprint import Box
from relayout.jumping import jump
from relayout.layout import Layout, Piece
from relayout.lying import all_lie, raised, raised_boxes
from relayout.margins import margins
from relayout.model import Line, Note, Outcome, Page, Paragraph
from relayout.profile import Profile
from relayout.regions import Look, Region, laid, regions
from relayout.roles import Form, Kind, Level, Order, Role
from relayout.signals.panels import Content, content
from relayout.specks import specks
from relayout.sunken import is_in_letters
from relayout.trusting import put_in_order
from relayout.unrolling import is_registered, register_pieces
from relayout.zoning import zoned_pieces

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
    roles = heeded(page)
    head, lines = margins(page, profile, turned=layout.turned)
    aside = [line for line in lines if roles.get(line.place.line) is Role.FURNITURE]
    lines = [line for line in lines if roles.get(line.place.line) is not Role.FURNITURE]
    rules = [shape.box for shape in page.shapes if shape.form is Form.RULE]
    notes = [Note("divide", "is furniture", "it stands alone at the margin", 0.9, place=line.place) for line in head]
    notes += [Note("divide", "is furniture", "the source says so", 0.95, place=line.place) for line in aside]
    if page.blocks:
        page, why = put_in_order(page, lines)
        if why:
            notes.append(Note("divide", "blocks are put in order", why, 0.8, Level.REPAIR))
    told, lines = told_pieces(lines, layout.told, roles)
    adverts, rest = parted(page, lines)
    dirt: list[list[Line]] = []
    # (La suite à la 2e page.) stands in the middle of its column, as a title does.
    said = ((line.place.line, jump(line.text, profile)) for line in (rest if page.scanned else ()))
    jumps = {number: Role.JUMP for number, one in said if one and one.out and not one.start}
    if page.blocks:
        dirt, rest = specks(page, rest) if not roles else ([], rest)
        known = jumps | roles
        pieces = [Piece(tuple(one), ordered=page.order is Order.READING) for one in given_pieces(page, rest, known)]
    else:
        flat = page.scanned and not layout.turned and is_in_letters(page)
        pieces = [Piece(tuple(one)) for one in zoned_pieces(page, rest, jumps)] if flat and rest else []
    if pieces or not rest:
        pieces = _with_pictures(page, [*(piece for piece in told if piece.kind is not Kind.ADVERTISEMENT), *pieces])
        pieces += [piece for piece in told if piece.kind is Kind.ADVERTISEMENT]
    elif layout.turned and is_registered(page):
        pieces = [*told, *(Piece(piece, unrolled=True) for piece in register_pieces(page, rest))]
    else:
        pieces = [*told, *_Cutter(rules, weights, profile).pieces(regions(page, rest))]
    pieces += [Piece((boxed(advert),), Kind.ADVERTISEMENT) for advert in adverts]
    pieces += [Piece((boxed(one),), Kind.UNASSIGNED) for one in dirt]
    furniture = tuple(Paragraph((line,), (), Role.FURNITURE) for line in (*head, *aside))
    for n, piece in enumerate(pieces, 1):
        first = next((r.lines[0] for r in piece.regions if r.lines), None)
        if first:
            why = f"piece {n} of {len(pieces)}: {len(piece.regions)} regions under one headline"
            notes.append(Note("divide", f"is {piece.kind.value}", why, 0.8, place=first.place, window=first.text[:24]))
    furniture = (*layout.furniture, *furniture)
    return Outcome(replace(layout, page=page, pieces=tuple(pieces), furniture=furniture), tuple(notes))


def _with_pictures(page: Page, pieces: Sequence[Piece]) -> list[Piece]:
    """Put each picture of a page to the piece that is nearest."""
    found = [list(piece.regions) for piece in pieces]
    pictured(page, found)
    return [replace(piece, regions=tuple(one)) for piece, one in zip(pieces, found, strict=True)]


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
