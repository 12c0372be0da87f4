"""From a piece of a page to an article: its deck, its text column by column, its pictures with their captions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from relayout.chars import cells, ends_sentence, has_han
from relayout.cutting import cut
from relayout.decks import distance, middling, parted
from relayout.flowing import INDENT, NAME, Sight, is_far, is_jump, joined, paragraphs, sights
from relayout.geometry import around, beside
from relayout.imprint import Box
from relayout.lanes import lanes
from relayout.model import Article, Figure, Line, Paragraph
from relayout.profile import Profile
from relayout.regions import Look, Region
from relayout.roles import Joint, Kind, Role
from relayout.signals.panels import Content, columns, content, is_drop, is_label, is_prose, is_quote

HALVES = 1.6  # of the type size: room that the next characters of an unbroken title would have taken


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

    def article(self, piece: Sequence[Region]) -> tuple[Article | None, list[Paragraph]]:
        """Return the article that a piece is, and what of it is furniture."""
        boxes = [r for r in piece if r.look is Look.BOX]
        labels = [r for r in boxes if content(r, self.item) is Content.LABEL]
        plain = [r for r in piece if r.look is not Look.BOX]
        figures, rest = self._figures(plain)
        rest = [r for r in rest if r.look is not Look.TABLE]
        drops = [r for r in rest if is_drop(r)]
        rest = [r for r in rest if not is_drop(r)]
        prose = [r for r in rest if is_prose(r)]
        shown = sorted((r for r in rest if not is_prose(r)), key=lambda r: (r.box.y0, r.box.x0))
        deck, inside = parted(shown, prose)
        parts = [self.text([line for r in label.inner for line in r.lines], Role.RUBRIC) for label in labels]
        parts += self._ranked(deck, around(r.box for r in piece))
        body, foot, furniture = self._body(prose, inside, [*boxes, *drops, *(r for r in plain if r.look is Look.IMAGE)])
        body = _with_drops(drops, body)
        after = [p for box in boxes if box not in labels for p in self._boxed(box)]
        quotes = [self.text(r.lines, Role.DISPLAY) for r in inside if is_quote(r)]
        rows = [row for r in plain if r.look is Look.TABLE for row in table(r)]
        parts += [*body, *rows, *after, *quotes, *foot]
        if not parts and not figures:
            return None, furniture
        kind = Kind.ARTICLE if prose or any(p.role is Role.ROW for p in parts) else Kind.UNASSIGNED
        return Article(tuple(parts), kind, tuple(figures)), furniture

    def _figures(self, plain: Sequence[Region]) -> tuple[list[Figure], list[Region]]:
        """Put small text near pictures with them: below, beside or over, the nearest first."""
        images = [r for r in plain if r.look is Look.IMAGE]
        small = [r for r in plain if self._captions(r, images)]
        found: dict[int, list[Region]] = {}
        for region in sorted(small, key=lambda r: (r.box.y0, r.box.x0)):
            near = min(range(len(images)), key=lambda i: distance(images[i].box, region.box), default=-1)
            found.setdefault(near, []).append(region)
        boxes = {n: region.box for n, region in enumerate(images)}
        figures = [replace(self._figure(regions), box=boxes.get(n)) for n, regions in sorted(found.items())]
        return figures, [r for r in plain if r not in small and r.look is not Look.IMAGE]

    def _captions(self, region: Region, images: Sequence[Region]) -> bool:
        if not region.lines or region.look in (Look.DISPLAY, Look.TABLE):
            return False
        if region.look is Look.TEXT:
            return bool(self.profile.cue("caption").match(region.lines[0].text)) and len(region.lines) < 7
        size = region.lines[0].style.size if region.lines[0].style else 1.0
        return any(distance(i.box, region.box) < 6 * size for i in images) or self._captioned(region)

    def _captioned(self, region: Region) -> bool:
        return any(self.profile.cue(cue).search(region.lines[0].text) for cue in ("caption", "credit"))

    def _figure(self, found: Sequence[Region]) -> Figure:
        captions: list[Paragraph] = []
        credited: list[Paragraph] = []
        largest = max(r.size for r in found)
        for region in found:
            lines = list(region.lines)
            if region.size < 0.93 * largest or (len(lines) == 1 and captions and self._credits(lines[0])):
                credited.append(self.text(lines, Role.CREDIT))
                continue
            if len(lines) > 1 and self._credits(lines[-1]):
                credited.append(self.text(lines[-1:], Role.CREDIT))
                lines = lines[:-1]
            captions.append(self.text(lines, Role.CAPTION))
        return Figure((*captions, *credited))

    def _credits(self, line: Line) -> bool:
        return bool(self.profile.cue("credit").search(line.text) or self.profile.cue("byline").search(line.text))

    def title(self, region: Region, role: Role, width: float) -> Paragraph:
        """Return a title of several lines, which has room for ``width``.

        In Han a line that had room for more was broken where a space parts the halves of the title.
        """
        whole = self.text(region.lines, role)
        if len(region.lines) < 2 or not has_han(whole.text) or any(" " in line.text for line in region.lines):
            return whole
        joints = list(whole.joints)
        for n, line in enumerate(region.lines[:-1]):
            assert line.box
            assert line.style
            even = abs(len(line.text) - len(region.lines[n + 1].text)) <= 1  # a browser may have made it so
            if joints[n] is Joint.TIGHT and not even and width - line.box.width > HALVES * line.style.size:
                joints[n] = Joint.SPACE
        return replace(whole, joints=tuple(joints)) if joints.count(Joint.SPACE) == 1 else whole

    def _ranked(self, deck: Sequence[Region], piece: Box) -> list[Paragraph]:
        """Return a deck with its ranks: the largest is the head, what stands over it kicker or rubric."""
        if not deck:
            return []
        titles = [r for r in deck if not is_label(r) or r.size > 1.8]
        main = max(titles or deck, key=lambda r: (r.size * (1.15 if r.bold else 1.0), -r.box.y0))
        parts: list[Paragraph] = []
        rubrics: list[Paragraph] = []
        width = max(
            piece.width if beside(main.box, piece) > 0.99 and middling(main.box, piece) else 0.0, main.box.width
        )
        for region in deck:
            if region is main:
                parts.append(self.title(region, Role.HEAD, width))
            elif is_label(region) and region.size < 1.8:
                rubrics.append(self.text(region.lines, Role.RUBRIC))
            elif region.box.y0 < main.box.y0:
                parts.append(self.title(region, Role.KICKER, width))
            else:
                parts.append(self.title(region, Role.SUB, width))
        return [*rubrics, *parts]

    def _body(
        self, prose: Sequence[Region], inside: Sequence[Region], barriers: Sequence[Region]
    ) -> tuple[list[Paragraph], list[Paragraph], list[Paragraph]]:
        """Return the paragraphs and crossheads of the text, the signatures at its foot, and jumps."""
        heads = [r for r in inside if not is_quote(r)]
        flow = [*prose, *heads]
        if not flow:
            return [], [], []
        grid = columns(flow, range(len(flow)), [r.box for r in barriers])
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
        seen = sights(chunks, edges, [r.box for r in barriers])
        texts = paragraphs(seen, self.profile)
        done = -1
        for n, text in enumerate(texts):
            for chunk in range(done + 1, text[0].chunk + 1):
                parts += [self.text(r.lines, Role.CROSSHEAD) for r in marks.get(chunk, ())]
            done = max(done, text[0].chunk)
            self._place(text, n, texts, parts, foot, furniture)
        for chunk in range(done + 1, len(chunks) + 1):
            parts += [self.text(r.lines, Role.CROSSHEAD) for r in marks.get(chunk, ())]
        return parts, foot, furniture

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
        elif (
            last
            and any(map(is_far, text))
            and len(lines) < 4
            and cells(whole.text) <= NAME
            and not ends_sentence(whole.text)
        ):
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
            match = self.profile.cue("dateline").match(kept[0].text)
            parts.append(self.text(kept, Role.BODY, match.end() if match else 0))

    def _signs(self, text: Sequence[Sight]) -> bool:
        """Say whether lines before the text say who wrote it, or where and when: short ones that are no sentence."""
        whole = " ".join(s.line.text for s in text)
        if len(text) > 3 or cells(whole) > 2 * NAME or ends_sentence(text[-1].line.text):
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
        while at < len(line.text) and line.text[at] in "」』”）)" and line.text[at - 1] in "。！？」』”":
            at += 1
        return cut(line, at) if 0 < at < len(line.text) else None

    def _boxed(self, box: Region) -> list[Paragraph]:
        """Return what a box in an article holds: a list with its head, a table, a quotation."""
        regions = sorted(box.inner, key=lambda r: (r.box.y0, r.box.x0))
        found: list[Paragraph] = []
        for region in regions:
            if region.look is Look.BOX:
                found += self._boxed(region)
            elif region.look is Look.TABLE:
                found += table(region)
            elif region.lines and (region.look is Look.DISPLAY or region.bold) and not found:
                found.append(self.text(region.lines, Role.LIST_HEAD))
            elif region.lines:
                found += self._items(region)
        return found

    def _items(self, region: Region) -> list[Paragraph]:
        runs: list[list[Line]] = []
        for line in region.lines:
            if self.item(line.text) or not runs:
                runs.append([line])
            else:
                runs[-1].append(line)
        found = []
        for run in runs:
            told = (self.profile.cue(cue).match(run[0].text) for cue in ("item", "numbered", "listed"))
            match = next((one for one in told if one), None)
            found.append(self.text(run, Role.ITEM if match else Role.BODY, match.end() if match else 0))
        return found


def table(region: Region) -> list[Paragraph]:
    """Return the rows of a table, their cells parted by tabs."""
    found: list[Paragraph] = []
    start = 0
    for count in region.rows:
        found.append(Paragraph(region.lines[start : start + count], (Joint.CELL,) * (count - 1), Role.ROW))
        start += count
    return found


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
