"""Doubt in TEI: a ``certainty`` for every unit or paragraph that may belong elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from relayout.counting import Key, counting
from relayout.model import Issue, Note, Paragraph
from relayout.roles import Level
from relayout.writers import naming
from relayout.writers.tei_text import RESP, element, level


def write(text: etree._Element, issue: Issue) -> None:
    """Write ``standOff`` after the text if anything is in doubt; a note's own words stand in ``desc``."""
    doubts = [*_notes(issue)]
    said = {target for target, _, _ in doubts}
    doubts += [(target, cert, None) for target, cert in _low(issue) if target not in said]
    if not doubts:
        return
    root = text.getparent()
    assert root is not None
    stand_off = element(root, "standOff")
    for target, cert, note in doubts:
        attributes = {"target": f"#{target}", "locus": "location", "degree": f"{cert:.2f}", "resp": RESP}
        certainty = element(stand_off, "certainty", **attributes)
        if note:
            element(certainty, "desc", ": ".join(part for part in (note.what, note.why) if part))


def _notes(issue: Issue) -> Iterator[tuple[str, float, Note | None]]:
    doubts = [note for note in issue.notes if note.level is Level.DOUBT and note.place]
    if not doubts:
        return
    counted = counting(issue.pages)
    holders: dict[Key, list[tuple[int, str]]] = {}
    for ident, paragraph in _paragraphs(issue):
        for line in paragraph.lines:
            holders.setdefault(counted.key(line.place), []).append((line.place.start, ident))
    for note in doubts:
        place = note.place
        if place and counted.key(place) in holders:
            # The part of a cut line that the note's span begins in; a note on the whole line goes to the first part.
            parts = sorted(holders[counted.key(place)])
            yield max((part for part in parts if part[0] <= place.start), default=parts[0])[1], note.cert, note


def _low(issue: Issue) -> Iterator[tuple[str, float]]:
    for unit, article in zip(naming.article_ids(issue), issue.articles, strict=True):
        if level(article.cert) == "low":
            yield unit, article.cert
        for ident, paragraph in naming.named(article, unit):
            if level(paragraph.cert) == "low":
                yield ident, paragraph.cert


def _paragraphs(issue: Issue) -> Iterator[tuple[str, Paragraph]]:
    for unit, article in zip(naming.article_ids(issue), issue.articles, strict=True):
        yield from naming.named(article, unit)
    yield from ((naming.furniture_id(number), paragraph) for number, paragraph in enumerate(issue.furniture, 1))
