"""From a piece of a page to an article: its deck, its text column by column, its pictures with their captions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from relayout.captions import figures
from relayout.chars import cells, ends_sentence
from relayout.cutting import cut
from relayout.decks import parted, ranked
from relayout.flowing import (
    INDENT,
    NAME,
    is_far,
    is_jump,
    is_person,
    is_right,
    joined,
    listed,
    paragraphs,
)
from relayout.geometry import around
from relayout.insets import Sight, sights
from relayout.lanes import lanes, runs
from relayout.lying import all_lie, laid_text, raised
from relayout.model import Article, Line, Paragraph
from relayout.profile import Profile
from relayout.regions import Look, Region
from relayout.roles import Joint, Kind, Role
from relayout.signals.panels import Content, columns, content, is_drop, is_prose, is_quote
from relayout.tabling import rows_of

_SENTENCE = re.compile(r"[^\W\d_]{4,}[.!?] [^\W\d_]|[。！？][^」』”）]")


@dataclass(frozen=True, slots=True)
class Composer:
    """What composing needs to know of the page: its whole words, and the profile."""

    words: frozenset[str]
    profile: Profile

    def item(self, text: str) -> bool:
        """Say whether a line begins an item of a list."""
        return any(self.profile.cue(cue).match(text) for cue in ("item", "numbered", "listed"))

    def text(self, lines: Sequence[Line], role: Role, mark: int = 0) -> Paragraph:
        """Return lines as one paragraph."""
        return joined(lines, self.words, self.profile, role, mark)

    def article(self, piece: Sequence[Region], *, ordered: bool = False) -> tuple[Article | None, list[Paragraph]]:
        """Return the article that a piece is, and what of it is furniture; ``ordered``: its texts are in order."""
        boxes = [r for r in piece if r.look is Look.BOX]
        labels = [r for r in boxes if content(r, self.item) is Content.LABEL]
        plain = [r for r in piece if r.look is not Look.BOX]
        pictured, rest = figures(plain, self.profile, self.text)
        rest = [r for r in rest if r.look is not Look.TABLE]
        drops = [r for r in rest if is_drop(r)]
        rest = [r for r in rest if not is_drop(r)]
        prose = [r for r in rest if is_prose(r)]
        shown = [r for r in rest if not is_prose(r)]
        if not ordered:
            shown.sort(key=lambda r: (r.box.y0, r.box.x0))
        deck, inside = parted(shown, prose)
        parts = [self.text([line for r in label.inner for line in r.lines], Role.RUBRIC) for label in labels]
        parts += ranked(deck, around(r.box for r in piece), self.text)
        images = [r for r in plain if r.look is Look.IMAGE]
        body, foot, furniture = self._body(prose, inside, [*boxes, *drops, *images], deck, rest if ordered else ())
        body = _with_drops(drops, body)
        after = [p for box in boxes if box not in labels for p in self._boxed(box)]
        quotes = [self.text(r.lines, Role.DISPLAY) for r in inside if is_quote(r) or r.quoted]
        rows = [row for r in plain if r.look is Look.TABLE for row in rows_of(r.lines, r.rows)]
        if after and not parts and not body and after[0].role is Role.LIST_HEAD:
            after[0] = replace(after[0], role=Role.HEAD)  # a box that is no part of an article (消委會提醒)
        parts += [*body, *rows, *after, *quotes, *foot]
        if not parts and not pictured:
            return None, furniture
        kind = Kind.ARTICLE if prose or any(p.role is Role.ROW for p in parts) else Kind.UNASSIGNED
        return Article(tuple(parts), kind, tuple(pictured)), furniture

    def _body(
        self,
        prose: Sequence[Region],
        inside: Sequence[Region],
        barriers: Sequence[Region],
        deck: Sequence[Region],
        told: Sequence[Region],
    ) -> tuple[list[Paragraph], list[Paragraph], list[Paragraph]]:
        """Return the paragraphs and crossheads of the text, the signatures at its foot, and jumps."""
        heads = [r for r in inside if not (is_quote(r) or r.quoted)]
        flow = [*prose, *heads]
        if not flow:
            return [], [], []
        if told:
            known = {id(region) for region in flow}
            flow = [region for region in told if id(region) in known]
        grid = runs(flow) if told else columns(flow, range(len(flow)), [r.box for r in barriers])
        order = [i for lane in grid for i in lane]
        edges_of = lanes(flow, grid, [r.box for r in barriers])
        parts: list[Paragraph] = []
        foot: list[Paragraph] = []
        furniture: list[Paragraph] = []
        chunks: list[tuple[Region, bool]] = []
        edges: list[tuple[float, float]] = []
        marks: dict[int, list[Region]] = {}
        headed = False
        tops = {lane[0] for lane in grid}
        for i, edge in zip(order, edges_of, strict=True):
            if flow[i] in heads:
                over = marks.setdefault(len(chunks), [])
                if over and i in tops and headed and over[-1].bold == flow[i].bold:
                    # A crosshead that begins at the foot of a column goes on at the head of the next (tw-2, 簡訊).
                    over[-1] = replace(over[-1], lines=(*over[-1].lines, *flow[i].lines))
                else:
                    over.append(flow[i])
                headed = True
                continue
            chunks.append((flow[i], headed))
            edges.append(edge)
            headed = False
        # The first lines of a text run round a label that stands at its corner (tw-3, 專題).
        seen = sights(chunks, edges, [r.box for r in (*barriers, *deck)])
        texts = paragraphs(seen, self.profile)
        done = -1
        for n, text in enumerate(texts):
            for chunk in range(done + 1, text[0].chunk + 1):
                self._mark(marks.get(chunk, ()), parts, furniture)
            done = max(done, text[0].chunk)
            self._place(text, n, texts, parts, foot, furniture)
        for chunk in range(done + 1, len(chunks) + 1):
            self._mark(marks.get(chunk, ()), parts if chunk < len(chunks) or not chunks else foot, furniture)
        return parts, foot, furniture

    def _mark(self, found: Sequence[Region], parts: list[Paragraph], furniture: list[Paragraph]) -> None:
        """Give what stands between texts its role: crossheads, and in small type names and jumps."""
        for region in found:
            whole = self.text(region.lines, Role.CROSSHEAD)
            if region.look is not Look.SMALL:
                parts.append(whole)
            elif is_jump(whole.text, self.profile):
                furniture.append(replace(whole, role=Role.FURNITURE))
            elif len(region.lines) < 4 and cells(whole.text) <= (NAME if ends_sentence(whole.text) else 2 * NAME):
                told = bool(self.profile.cue("date").search(whole.text))
                parts.append(replace(whole, role=Role.DATELINE if told else Role.BYLINE))
            else:
                parts.append(whole if region.bold else replace(whole, role=Role.BODY))

    def _place(
        self,
        text: Sequence[Sight],
        n: int,
        texts: Sequence[Sequence[Sight]],
        parts: list[Paragraph],
        foot: list[Paragraph],
        furniture: list[Paragraph],
    ) -> None:
        lines = [s.line for s in text]
        whole = self.text(lines, Role.BODY)
        last = n >= len(texts) - 3
        if last and len(lines) < 3 and is_jump(whole.text, self.profile):
            furniture.append(self.text(lines, Role.FURNITURE))
        elif last and self._closes(text, whole.text, alone=n > 0 and n == len(texts) - 1):
            foot.append(self.text(lines, Role.BYLINE))
        elif n < 3 and not any(p.role is Role.BODY for p in parts) and self._signs(text):
            for line in lines:
                dated = self.profile.cue("date").search(line.text) or self.profile.cue("dateline").search(line.text)
                parts.append(self.text([line], Role.DATELINE if dated else Role.BYLINE))
        else:
            kept = list(lines)
            tail = self._tail(kept[-1]) if last else None
            if tail:
                kept[-1:] = [tail[0]]
                foot.append(self.text([tail[1]], Role.BYLINE))
            if kept[0].style and kept[0].style.bold and all(line.style and line.style.bold for line in kept) and n == 0:
                parts.append(self.text(kept, Role.LEAD))
                return
            if len(listed([one[0] for one in texts[max(n - 1, 0) : n + 2]], self.profile)) > 1 and self.item(
                kept[0].text
            ):
                parts.append(self._item(kept))
                return
            match = self.profile.cue("dateline").match(kept[0].text)
            parts.append(self.text(kept, Role.BODY, match.end() if match else 0))

    def _closes(self, text: Sequence[Sight], whole: str, *, alone: bool) -> bool:
        """Say whether short lines at the end say who wrote it: they stand at the right edge, or have a word for it."""
        if alone and len(text) < 3 and (self.profile.cue("byline").search(whole) or is_person(whole)):
            return True
        far = any(map(is_far, text)) or any(map(is_right, text, text[1:]))
        return far and len(text) < 4 and cells(whole) <= NAME and not ends_sentence(whole)

    def _signs(self, text: Sequence[Sight]) -> bool:
        """Say whether lines before the text say who wrote it, or where and when: short ones that are no sentence."""
        whole = " ".join(s.line.text for s in text)
        # A brief may end with a word more than its sentence (… were dark last night. Page 6).
        if len(text) > 3 or cells(whole) > 2 * NAME or ends_sentence(text[-1].line.text) or _SENTENCE.search(whole):
            return False
        if any(self.profile.cue(cue).search(s.line.text) for s in text for cue in ("byline", "date")):
            return True
        return text[0].inset < INDENT and text[-1].short > 2.0

    def _tail(self, line: Line) -> tuple[Line, Line] | None:
        """Cut a signature from the end of the last line."""
        match = self.profile.cue("tail").search(line.text)
        if not match:
            return None
        at = match.start() + 1
        while at < len(line.text) and line.text[at] in '」』”）)’"»' and line.text[at - 1] in "。！？」』”.!?":
            at += 1
        return cut(line, at) if 0 < at < len(line.text) else None

    def _boxed(self, box: Region) -> list[Paragraph]:
        """Return what a box in an article holds: a list with its head, a table, a quotation."""
        if all_lie([box]):
            return [laid_text(text) for text in self._boxed(raised(box))]
        regions = sorted(box.inner, key=lambda r: (r.box.y0, r.box.x0))
        found: list[Paragraph] = []
        for region in regions:
            if region.look is Look.BOX:
                found += self._boxed(region)
            elif region.look is Look.TABLE:
                found += rows_of(region.lines, region.rows)
            elif region.lines and (region.look is Look.DISPLAY or region.bold) and not found:
                found.append(self.text(region.lines, Role.LIST_HEAD))
            elif region.lines:
                found += self._items(region)
        return found

    def _items(self, region: Region) -> list[Paragraph]:
        runs: list[list[Line]] = []
        sign = _sign(region.lines)
        for line in region.lines:
            if self.item(line.text) or not runs or (sign and line.text.startswith(sign)):
                runs.append([line])
            else:
                runs[-1].append(line)
        if sign:
            return [self.text(run, Role.ITEM, len(sign)) for run in runs]
        return [self._item(run) for run in runs]

    def _item(self, run: Sequence[Line]) -> Paragraph:
        told = (self.profile.cue(cue).match(run[0].text) for cue in ("item", "numbered", "listed"))
        match = next((one for one in told if one), None)
        return self.text(run, Role.ITEM if match else Role.BODY, match.end() if match else 0)


def _sign(lines: Sequence[Line]) -> str:
    """Return the sign that begins the first line in a box and others after it, as bullets do (▽午前10時 市議会)."""
    sign = lines[0].text[:1]
    symbol = unicodedata.category(sign).startswith("S")
    return sign if symbol and sum(line.text.startswith(sign) for line in lines) > 1 else ""


def _with_drops(drops: Sequence[Region], body: list[Paragraph]) -> list[Paragraph]:
    """Put each drop cap before the paragraph whose first line stands beside it."""
    for drop in drops:
        for n, part in enumerate(body):
            box = part.lines[0].box
            if (
                box
                and part.role in (Role.BODY, Role.LEAD)
                and -2 < box.x0 - drop.box.x1 < 1.5 * drop.box.height
                and box.y0 < drop.box.y1
            ):
                body[n] = replace(part, lines=(*drop.lines, *part.lines), joints=(Joint.TIGHT, *part.joints), mark=0)
                break
        else:
            body.insert(0, Paragraph(drop.lines, (), Role.DISPLAY))
    return body
