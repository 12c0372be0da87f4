"""An issue made of the gold of a typeset page: what a perfect reading of its PDF would be, each line in its place."""

from __future__ import annotations

import json
from pathlib import Path

from relayout.chars import cells
from relayout.imprint import Box, Shape, TextStyle
from relayout.model import Article, Figure, Issue, Line, Page, Paragraph, Place, Source
from relayout.roles import Form, Joint, Kind, Role

_ROLES = {"subhead": Role.CROSSHEAD, "quote": Role.DISPLAY, **{role.value: role for role in Role}}


def gold_issue(file: Path) -> Issue:
    """Read ``<page>.gold.json``; lines are cut where the widths of the boxes put the cut."""
    gold = json.loads(file.read_text(encoding="utf-8"))
    vertical = gold["writing"].startswith("vertical")
    articles: dict[str, Article] = {}
    captions: list[tuple[str, Article]] = []
    furniture: list[Paragraph] = []
    number = 0
    for unit in gold["units"]:
        parts = []
        for part in unit["parts"]:
            parts.append(_part(part, number, vertical=vertical))
            number += len(parts[-1].lines)
        if unit["type"] == "furniture":
            furniture += parts
        elif unit["type"] == "caption":
            captions.append((unit.get("of", ""), parts))
        else:
            kind = Kind(unit["type"])
            articles[unit["id"]] = Article(tuple(parts), kind, id=unit["id"], about=unit.get("about") or "")
    for of, parts in captions:
        owner = articles[of]
        figure = Figure(tuple(parts))
        articles[of] = Article(owner.parts, owner.kind, (*owner.figures, figure), owner.id, owner.about)
    page = gold["page"]
    shapes = tuple(Shape(Form.RULE, Box(*_upright(box))) for box in gold["barriers"])
    everything = [*(p for a in articles.values() for p in a.paragraphs), *furniture]
    lines = tuple(line for part in everything for line in part.lines)
    sheet = Page(1, lines, Box(0, 0, page["width"], page["height"]), page["unit"], shapes)
    return Issue(Source(gold["source"]), (sheet,), tuple(articles.values()), tuple(furniture), lang=gold["lang"])


def _upright(box: list[float]) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = box
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _part(part: dict[str, object], number: int, *, vertical: bool) -> Paragraph:
    text, boxes = str(part["text"]), [Box(*_upright(box)) for box in part["boxes"]]  # type: ignore[attr-defined]
    upright = vertical and all(box.height > box.width for box in boxes[:1])
    lengths = [box.height if upright else box.width for box in boxes]
    lines = []
    whole, at = sum(lengths), 0
    for index, length in enumerate(lengths):
        last = index == len(lengths) - 1
        end = len(text) if last else max(at + 1, min(len(text), at + round(len(text) * length / whole)))
        piece = text[at:end] or " "
        at = end
        if not piece.strip():
            continue
        box = boxes[index]
        size = box.width if upright else box.height
        place = Place(1, number + len(lines) + 1)
        lines.append(Line(piece, piece.strip(), place, box, style=TextStyle(size), vertical=upright))
    assert lines
    assert cells(text)
    return Paragraph(tuple(lines), (Joint.TIGHT,) * (len(lines) - 1), _ROLES[str(part["role"])])
