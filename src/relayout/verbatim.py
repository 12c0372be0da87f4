"""Articles as a source tells of them: its lines in its order; roles are its own, paragraphs are found in its parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from relayout.composing import Composer
from relayout.flowing import paragraphs
from relayout.geometry import around
from relayout.given import FEW, LARGE, Columns, is_title
from relayout.imprint import Box
from relayout.insets import sights
from relayout.lanes import columns_in_order, lanes
from relayout.model import Article, Figure, Line, Paragraph
from relayout.regions import Look, Region
from relayout.roles import DECK, Joint, Role
from relayout.told import ToldHere

PICTURED = (Role.CAPTION, Role.CREDIT)
Run = tuple[Role, list[Line]]


@dataclass(frozen=True, slots=True)
class Truster:
    """What is needed of a page: its lines by number, how text is joined, where text stands, the size of that.

    ``headed`` says that the source tells which lines are headings; else they are known by how they are set.
    ``pictures`` are those of the page, by the number of their shape.
    """

    lines: Mapping[int, Line]
    composer: Composer
    texts: Columns
    body: float
    headed: bool
    pictures: Mapping[int, Box] = field(default_factory=dict)

    def article(self, here: ToldHere) -> Article | None:
        """Return what of an article stands on the page; ``None`` where the page has none of its lines."""
        if here.article.exact:
            return self._exact(here)
        parts: list[Paragraph] = []
        pictured: list[list[Paragraph]] = []
        flow: list[list[Line]] = []
        before = Role.BODY
        for role, lines in self._runs(here):
            if role is not Role.BODY:
                parts += self.text(flow)
                flow = []
            if role in PICTURED:
                if before not in PICTURED:
                    pictured.append([])
                pictured[-1].append(self.composer.text(lines, role))
            elif role is Role.BODY:
                flow.append(lines)
            else:
                parts.append(self.composer.text(lines, role))
            before = role
        parts += self.text(flow)
        figures = tuple(Figure(tuple(one)) for one in pictured)
        return Article(tuple(parts), here.article.kind, figures) if parts or figures else None

    def _exact(self, here: ToldHere) -> Article | None:
        """Return what relayout once wrote: each part is a paragraph in its role, or goes on with the one before."""
        parts: list[Run] = []
        pictured: dict[int, list[Run]] = {}
        for part in here.article.parts:
            lines = [self.lines[number] for _, number in part.lines if number in self.lines]
            shown = part.role is Role.CAPTION or (part.picture and part.role in PICTURED)
            into = pictured.setdefault(part.picture or -len(pictured), []) if shown else parts
            before = next((n for n in reversed(range(len(into))) if into[n][0] is not Role.JUMP), None)
            if not lines:
                continue
            if part.goes_on and before is not None and into[before][0] is part.role:
                into[before] = (part.role, [*into[before][1], *lines])
            else:
                into.append((part.role, lines))
        told = tuple(self._given(*run) for run in parts)
        figures = tuple(
            Figure(tuple(self._given(*run) for run in runs), box=self.pictures.get(n))
            for n, runs in pictured.items()
            if runs
        )
        return Article(told, here.article.kind, figures) if told or figures else None

    def _given(self, role: Role, lines: list[Line]) -> Paragraph:
        if role is Role.ROW:
            return Paragraph(tuple(lines), (Joint.CELL,) * (len(lines) - 1), role)
        cues = {Role.BODY: ("dateline",), Role.ITEM: ("item", "numbered", "listed")}.get(role, ())
        told = (self.composer.profile.cue(cue).match(lines[0].text) for cue in cues)
        return self.composer.text(lines, role, next((one.end() for one in told if one), 0))

    def _runs(self, here: ToldHere) -> list[Run]:
        """Return the lines part by part with their roles; a heading after text, or further on, is a crosshead."""
        found: list[Run] = []
        begun = here.stretch > 0
        for part in here.article.parts:
            lines = [self.lines[number] for _, number in part.lines if number in self.lines]
            for role, run in [(part.role, lines)] if self.headed else self._seen(part.role, lines):
                if not run:
                    continue
                begun = begun or role in (Role.BODY, Role.LEAD)
                found.append((Role.CROSSHEAD if begun and role in DECK else role, run))
        return found

    def _seen(self, role: Role, lines: list[Line]) -> list[Run]:
        """Return the lines of a part in runs, titles by how they are set: a short part, or its first lines."""
        if role is not Role.BODY or not lines or not all(line.box for line in lines):
            return [(role, lines)]
        if is_title(lines, self.texts, self.body):
            return [(Role.HEAD, lines)]
        first = next((n for n, line in enumerate(lines) if not self._is_large(line)), len(lines))
        if 0 < first <= FEW:
            return [(Role.HEAD, lines[:first]), (role, lines[first:])]
        return [(role, lines)]

    def _is_large(self, line: Line) -> bool:
        return bool(line.style and line.style.size > LARGE * self.body)

    def text(self, chunks: Sequence[Sequence[Line]]) -> list[Paragraph]:
        """Return the paragraphs of running text, which may go on from one part to the next; lines keep their order."""
        if not all(line.box for lines in chunks for line in lines):
            return [self.composer.text(lines, Role.BODY) for lines in chunks]
        if not chunks:
            return []
        regions = [Region(Look.TEXT, around(one.box for one in lines if one.box), tuple(lines)) for lines in chunks]
        grid = columns_in_order([region.box for region in regions])
        seen = sights([(region, False) for region in regions], lanes(regions, grid, ()), ())
        texts = paragraphs(seen, self.composer.profile)
        of = {sight.line.place: n for n, text in enumerate(texts) for sight in text}
        found: list[list[Line]] = []
        for line in (line for lines in chunks for line in lines):
            if not found or of[line.place] != of[found[-1][-1].place]:
                found.append([])
            found[-1].append(line)
        return [self._paragraph(lines) for lines in found]

    def _paragraph(self, lines: Sequence[Line]) -> Paragraph:
        match = self.composer.profile.cue("dateline").match(lines[0].text)
        return self.composer.text(lines, Role.BODY, match.end() if match else 0)
