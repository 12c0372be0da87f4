"""JSON of the whole result: every place, joint, role, certainty and note, and the pages as they were read.

``schemas/result.schema.json`` describes every field. What cannot be split further stands on one line of the file,
so that two results can be compared in a diff. What only a source with places knows is left out where it is not
known. ``relayout.writers.recall`` reads it back.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from relayout.imprint import UPRIGHT, Box, Shape, TextStyle
from relayout.model import Article, Evidence, Figure, Issue, Line, Note, Page, Paragraph, Place
from relayout.version import __version__
from relayout.writers import naming

FORMAT = 1
_USUAL = 0.5  # what stands for ``unclear`` where it is left out

_SURROGATE = re.compile("[\ud800-\udfff]")

Value = str | int | float | bool | None | Sequence["Value"] | Mapping[str, "Value"]


def render(issue: Issue) -> bytes:
    """Write the issue as JSON, UTF-8, keys in the order of the schema."""
    text = "".join(_lay_out(_issue(issue), "\n")) + "\n"
    # Half of a surrogate pair cannot be UTF-8; it is written escaped, and so it is read back.
    return _SURROGATE.sub(lambda found: f"\\u{ord(found.group()):04x}", text).encode()


def files(issue: Issue) -> dict[str, bytes]:
    """Give the one file of this writer: ``<stem>.json``."""
    return {f"{naming.safe(issue.stem)}.json": render(issue)}


def _issue(issue: Issue) -> dict[str, Value]:
    ids = naming.article_ids(issue)
    return {
        "format": FORMAT,
        "relayout": __version__,
        "source": {"name": issue.source.name, "sha256": issue.source.sha256, "encoding": issue.source.encoding},
        "title": issue.title,
        "date": issue.date,
        "lang": issue.lang,
        "profile": issue.profile,
        "articles": [_article(unit, article) for unit, article in zip(ids, issue.articles, strict=True)],
        "furniture": [_paragraph(naming.furniture_id(number), part) for number, part in enumerate(issue.furniture, 1)],
        "pages": [_page(page) for page in issue.pages],
        "notes": [_note(note) for note in issue.notes],
        **({"unclear": issue.unclear} if any(page.sure for page in issue.pages) or issue.unclear != _USUAL else {}),
    }


def _article(unit: str, article: Article) -> dict[str, Value]:
    paragraphs = [_paragraph(ident, part) for ident, part in naming.named(article, unit)]
    pictured = iter(paragraphs[len(article.parts) :])
    record: dict[str, Value] = {
        "id": unit,
        "kind": article.kind.value,
        "about": article.about,
        "cert": article.cert,
        "parts": paragraphs[: len(article.parts)],
        "figures": [
            _figure(naming.figure_id(unit, number), figure, pictured)
            for number, figure in enumerate(article.figures, 1)
        ],
    }
    if article.jumps:
        record["jumps"] = list(article.jumps)
    if article.gaps:
        record["gaps"] = [{"page": gap.page, "before": gap.before} for gap in article.gaps]
    return record


def _figure(ident: str, figure: Figure, pictured: Iterable[dict[str, Value]]) -> dict[str, Value]:
    record: dict[str, Value] = {"id": ident, "cert": figure.cert}
    if figure.box:
        record["box"] = _box(figure.box)
    if figure.image:
        record["image"] = figure.image
    return {**record, "parts": list(islice(pictured, len(figure.parts)))}


def _paragraph(ident: str, part: Paragraph) -> dict[str, Value]:
    return {
        "id": ident,
        "role": part.role.value,
        "cert": part.cert,
        "mark": part.mark,
        "text": part.text,
        "joints": [joint.value for joint in part.joints],
        "lines": [_line(line) for line in part.lines],
    }


def _page(page: Page) -> dict[str, Value]:
    record: dict[str, Value] = {"number": page.number}
    if page.label:
        record["label"] = page.label
    if page.stance != UPRIGHT:
        record["stance"] = {"turn": page.stance.turn, "mirrored": page.stance.mirrored}
    if page.box:
        record |= {"box": _box(page.box), "unit": page.unit, "shapes": [_shape(shape) for shape in page.shapes]}
    record["lines"] = [_line(line) for line in page.lines]
    if page.sure:
        record["sure"] = [[one.line, one.start, one.end, one.cert] for one in page.sure]
    return record


def _shape(shape: Shape) -> dict[str, Value]:
    return {"form": shape.form.value, "box": _box(shape.box), "colour": shape.colour}


def _box(box: Box) -> list[float]:
    return [box.x0, box.y0, box.x1, box.y1]


def _line(line: Line) -> dict[str, Value]:
    record: dict[str, Value] = {
        **_place(line.place),
        "raw": line.raw,
        "text": line.text,
        "box": _box(line.box) if line.box else None,
        "indent": line.indent,
        "after_blank": line.after_blank,
    }
    if line.style:
        record["style"] = _style(line.style)
    if line.vertical:
        record["vertical"] = True
    return record


def _style(style: TextStyle) -> dict[str, Value]:
    return {
        "size": style.size,
        "font": style.font,
        "bold": style.bold,
        "italic": style.italic,
        "colour": style.colour,
    }


def _place(place: Place) -> dict[str, Value]:
    return {"page": place.page, "line": place.line, "start": place.start, "end": place.end}


def _note(note: Note) -> dict[str, Value]:
    return {
        "stage": note.stage,
        "level": note.level.value,
        "what": note.what,
        "why": note.why,
        "cert": note.cert,
        "place": _place(note.place) if note.place else None,
        "window": note.window,
        "evidence": [_evidence(reason) for reason in note.evidence],
    }


def _evidence(reason: Evidence) -> dict[str, Value]:
    return {"name": reason.name, "value": _finite(reason.value), "weight": _finite(reason.weight)}


def _finite(number: float) -> float | None:
    """JSON has no infinity; evidence that forbids may carry it."""
    return number if math.isfinite(number) else None


def _lay_out(value: Value, newline: str) -> Iterable[str]:
    """Write what holds other containers over several lines, anything else on one."""
    children = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    if not any(isinstance(child, (Mapping, list)) and child for child in children):
        yield json.dumps(value, ensure_ascii=False, allow_nan=False)
        return
    deeper = newline + " "
    opening = "{" if isinstance(value, Mapping) else "["
    if isinstance(value, Mapping):
        for key, child in value.items():
            yield f"{opening}{deeper}{json.dumps(key)}: "
            yield from _lay_out(child, deeper)
            opening = ","
        yield newline + "}"
    elif isinstance(value, list):
        for child in value:
            yield opening + deeper
            yield from _lay_out(child, deeper)
            opening = ","
        yield newline + "]"
