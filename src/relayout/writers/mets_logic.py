"""The logical map of METS: an issue, its articles, in each the heading and the body with their parts."""

from __future__ import annotations

from itertools import count

from lxml import etree

from relayout.model import Article, Issue
from relayout.roles import Kind, Role
from relayout.writers import leaves
from relayout.writers.areas import Pointers
from relayout.writers.mets_nouns import Ids, element, pointer

# docWorks has the first six; the others are named as it would name them, one for one, so that roles can be read back.
TYPES = {
    Role.KICKER: "OVERLINE",
    Role.HEAD: "TITLE",
    Role.SUB: "SUBTITLE",
    Role.BYLINE: "AUTHOR",
    Role.BODY: "PARAGRAPH",
    Role.CAPTION: "CAPTION",
    Role.RUBRIC: "RUBRIC",
    Role.DATELINE: "DATELINE",
    Role.LEAD: "LEAD",
    Role.CROSSHEAD: "CROSSHEADING",
    Role.LIST_HEAD: "LIST_HEADING",
    Role.ITEM: "LIST_ITEM",
    Role.ROW: "TABLE_ROW",
    Role.CREDIT: "CREDIT",
    Role.SOURCE: "SOURCE",
    Role.FURNITURE: "RUNNING_TITLE",
    Role.DISPLAY: "PULL_QUOTE",
    Role.JUMP: "JUMP_LINE",
}
KINDS = {Kind.ADVERTISEMENT: "ADVERTISEMENT", Kind.MASTHEAD: "TITLE_SECTION", Kind.UNASSIGNED: "UNASSIGNED"}
_HEADING = (Role.KICKER, Role.HEAD, Role.SUB, Role.RUBRIC, Role.BYLINE, Role.DATELINE)


def logical(root: etree._Element, issue: Issue, found: Pointers, units: tuple[str, ...], label: str) -> None:
    """Write the map: Newspaper, ISSUE, CONTENT, and in it every unit of the issue in order."""
    ids = Ids("d-l")
    structure = element(root, "structMap", TYPE="LOGICAL", LABEL="Logical Structure")
    whole = element(structure, "div", ID=ids.next(), TYPE="Newspaper", LABEL=label)
    number = element(whole, "div", ID=ids.next(), TYPE="ISSUE", LABEL=label, DMDID="MODSMD_ISSUE1")
    content = element(number, "div", ID=ids.next(), TYPE="CONTENT")
    for nth, (unit, article) in enumerate(zip(units, issue.articles, strict=True), 1):
        _Unit(content, unit, article, nth, ids, found).write()


class _Unit:
    """Writes one unit."""

    __slots__ = ("_article", "_division", "_found", "_ids", "_unit")

    def __init__(
        self, content: etree._Element, unit: str, article: Article, nth: int, ids: Ids, found: Pointers
    ) -> None:
        self._unit, self._article, self._ids, self._found = unit, article, ids, found
        kind = KINDS.get(article.kind, "ARTICLE")
        self._division = element(content, "div", ID=unit, TYPE=kind, ORDER=str(nth), DMDID=f"MODSMD_ARTICLE{nth}")
        if title := leaves.title(article):
            self._division.set("LABEL", title)

    def write(self) -> None:
        parts = self._article.parts
        end = next((n for n, part in enumerate(parts) if part.role not in _HEADING), len(parts))
        if end:
            heading = self._div(self._division, "HEADING")
            for nth in range(end):
                self._part(heading, nth)
        if end == len(parts) and not self._article.figures:
            return
        body = self._div(self._division, "BODY")
        if end < len(parts):
            text = self._div(body, "BODY_CONTENT")
            for order, nth in zip(count(1), range(end, len(parts)), strict=False):
                self._part(text, nth, order)
        self._figures(body)

    def _part(self, parent: etree._Element, nth: int, order: int = 0) -> None:
        """Write a part of the unit; what of a paragraph is text is a division in it, as docWorks has it."""
        part = self._article.paragraphs[nth]
        division = self._div(parent, TYPES[part.role])
        if order:
            division.set("ORDER", str(order))
        if part.role is Role.BODY:
            division = self._div(division, "TEXT")
        pointer(division, self._found.of(self._unit, nth, part))

    def _figures(self, body: etree._Element) -> None:
        nth = len(self._article.parts)
        for order, figure in enumerate(self._article.figures, 1):
            division = self._div(body, "ILLUSTRATION")
            division.set("ORDER", str(order))
            drawn = self._found.picture(figure.page, figure.box)
            if drawn:
                pointer(self._div(division, "IMAGE"), [drawn])
            for _ in figure.parts:
                self._part(division, nth)
                nth += 1

    def _div(self, parent: etree._Element, kind: str) -> etree._Element:
        return element(parent, "div", ID=self._ids.next(), TYPE=kind)
