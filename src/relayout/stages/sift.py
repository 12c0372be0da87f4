"""Sift: what OCR drew over a gutter is cut there, and what it read twice or in dirt is set apart."""

from __future__ import annotations

from dataclasses import replace

from relayout.crossings import crossed, parts
from relayout.dirt import dirty, doubled
from relayout.layout import Layout
from relayout.model import Line, Note, Outcome, Paragraph
from relayout.profile import Profile
from relayout.regions import body_size
from relayout.roles import Form, Level, Role


def sift(layout: Layout, profile: Profile) -> Outcome[Layout]:  # noqa: ARG001
    """Cut the lines of a scanned page at its gutters; make furniture of doubled lines and of dirt, with a doubt.

    Every line stays in the result. Stage ``restore`` gives the page its lines again. Declines for pages that no OCR
    has read, and those whose blocks are known.
    """
    page = layout.page
    if not page.box or not page.scanned or page.blocks:
        return Outcome(layout)
    notes: list[Note] = []
    apart: dict[int, Line] = {}
    images = [shape.box for shape in page.shapes if shape.form is Form.IMAGE]
    for line, other in doubled(page.lines):
        apart[line.place.line] = line
        why = f"line {other.place.line} stands in the same place and says nearly the same"
        notes.append(_note(line, "is read twice, and set apart", why, Level.DOUBT))
    rest = [line for line in page.lines if line.place.line not in apart]
    for line, why in dirty(rest, images, body_size(page.lines)):
        apart[line.place.line] = line
        notes.append(_note(line, "is taken for dirt, and set apart", why, Level.DOUBT))
    rest = [line for line in rest if line.place.line not in apart]
    cuts = crossed(rest, page.blanks)
    lines: list[Line] = []
    specks: list[Line] = []
    for line in rest:
        pieces = list(parts(line, cuts[line.place.line])) if line.place.line in cuts else [line]
        if len(pieces) > 1:
            notes.append(_note(line, f"is cut in {len(pieces)}", "a gutter runs through it", Level.REPAIR))
        for piece in pieces:
            if len(pieces) > 1 and len(piece.text) == 1:
                specks.append(piece)
                notes.append(_note(piece, "is taken for dirt, and set apart", "it stands in the gutter", Level.DOUBT))
            else:
                lines.append(piece)
    if not notes:
        return Outcome(layout)
    furniture = (
        *layout.furniture,
        *(Paragraph((line,), (), Role.FURNITURE, 0.5) for line in (*apart.values(), *specks)),
    )
    source = layout.source or page
    return Outcome(
        replace(layout, page=replace(page, lines=tuple(lines)), furniture=furniture, source=source), tuple(notes)
    )


def _note(line: Line, what: str, why: str, level: Level) -> Note:
    return Note("sift", what, why, 0.7, level, line.place, line.text[:24])
