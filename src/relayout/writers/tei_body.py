"""The body in TEI: a ``div`` for every unit, sections under crossheads, lists, tables, figures, notes.

TEI lets heads and bylines stand only at the top or the foot of a ``div``, and nothing but another ``div`` after a
section. So the parts of a unit are cut in three, a top, a middle and a foot, and the middle at its crossheads.
Their order never changes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby
from urllib.parse import quote

from lxml import etree

from relayout.model import Article, Issue, Paragraph
from relayout.roles import Kind, Role
from relayout.writers import naming
from relayout.writers.tei_text import RESP, Flow, element, level

Part = tuple[str, Paragraph]

_HEADS = {Role.KICKER: "kicker", Role.HEAD: "main", Role.SUB: "sub", Role.RUBRIC: "rubric", Role.CROSSHEAD: ""}
_DECK = frozenset((Role.KICKER, Role.HEAD, Role.SUB, Role.RUBRIC))
_SIGNED = frozenset((Role.BYLINE, Role.DATELINE))
_SOURCED = frozenset((Role.SOURCE, Role.CREDIT))
# What TEI allows anywhere in a div, so that it parts neither a top nor a foot.
_ANYWHERE = frozenset((Role.FURNITURE, Role.CAPTION)) | _SOURCED
_PAGE_NUMBER = re.compile(r"[A-Z]{0,2}\d{1,4}", re.ASCII)


def write(body: etree._Element, issue: Issue, flow: Flow) -> None:
    """Write every article in order; the furniture of a page before the first article that starts on it or later."""
    ids = dict.fromkeys(naming.article_ids(issue))
    waiting = [(naming.furniture_id(number), part) for number, part in enumerate(issue.furniture, 1)]
    if not issue.articles:
        # TEI wants a div in every body.
        body = element(body, "div", type="unassigned", id="u1", n="1", cert="high", resp=RESP)
    for number, (unit, article) in enumerate(zip(ids, issue.articles, strict=True), 1):
        page = article.paragraphs[0].lines[0].place.page
        while waiting and waiting[0][1].lines[0].place.page <= page:
            _furniture(body, waiting.pop(0), flow)
        flow.turn(body, page)
        div = _unit(body, article, unit, number, flow)
        if article.about in ids and article.about != unit:
            div.set("corresp", f"#{article.about}")
    for part in waiting:
        _furniture(body, part, flow)


def _unit(body: etree._Element, article: Article, unit: str, number: int, flow: Flow) -> etree._Element:
    div = element(body, "div", type=article.kind.value, id=unit, n=str(number))
    div.set("cert", level(article.cert))
    div.set("resp", RESP)
    if article.kind is Kind.BRIEFS:
        div.set("org", "composite")
    parts = list(naming.named(article, unit))
    own, pictured = parts[: len(article.parts)], parts[len(article.parts) :]
    top, rest = _cut_top(own, _DECK | _SIGNED)
    # The last brief's signature is its own, not that of the whole box.
    middle, foot = (rest, []) if article.kind is Kind.BRIEFS else _cut_foot(rest)
    blocks, sections = _cut_sections(middle)
    _edge(div, top, flow)
    _blocks(div, blocks, flow)
    for section in sections:
        _section(div, section, flow)
    _edge(div, foot, flow)
    for index, figure in enumerate(article.figures, 1):
        _figure(div, pictured[: len(figure.parts)], flow, naming.figure_id(unit, index), figure.cert, figure.image)
        del pictured[: len(figure.parts)]
    return div


def _section(div: etree._Element, parts: list[Part], flow: Flow) -> None:
    section = element(div, "div", type="section")
    top, rest = _cut_top(parts, frozenset(_HEADS) | _SIGNED)
    middle, foot = _cut_foot(rest)
    _edge(section, top, flow)
    _blocks(section, middle, flow)
    _edge(section, foot, flow)


def _cut_top(parts: list[Part], allowed: frozenset[Role]) -> tuple[list[Part], list[Part]]:
    """Cut after the last head or byline that only heads, bylines and what may stand anywhere come before."""
    end = 0
    for index, (_, part) in enumerate(parts):
        if part.role in allowed:
            end = index + 1
        elif part.role not in _ANYWHERE:
            break
    return parts[:end], parts[end:]


def _cut_foot(parts: list[Part]) -> tuple[list[Part], list[Part]]:
    """Cut before the first byline that only bylines and what may stand anywhere come after."""
    foot, _ = _cut_top(parts[::-1], _SIGNED)
    start = len(parts) - len(foot)
    return parts[:start], parts[start:]


def _cut_sections(parts: list[Part]) -> tuple[list[Part], list[list[Part]]]:
    """Cut before every crosshead; so does a headline after text (a brief's). Runs of heads stay one."""
    blocks: list[Part] = []
    sections: list[list[Part]] = []
    in_heads = False
    for part in parts:
        head = part[1].role in _HEADS
        if head and not in_heads:
            sections.append([])
        (sections[-1] if sections else blocks).append(part)
        in_heads = head
    return blocks, sections


def _edge(div: etree._Element, parts: list[Part], flow: Flow) -> None:
    """Write a top or a foot: heads, bylines, datelines as such; sources in a note, for a bibl may not stand there."""
    for role, run in _runs(parts):
        for part in run:
            if role in _HEADS:
                _line(div, "head", part, flow, type=_HEADS[role])
            elif role in _SIGNED:
                _line(div, role.value, part, flow)
            elif role in _SOURCED:
                _bibl(element(div, "note", type="source"), part, flow)
            elif role is Role.FURNITURE:
                _furniture(div, part, flow)
        if role is Role.CAPTION:
            _figure(div, run, flow)


def _blocks(div: etree._Element, parts: list[Part], flow: Flow) -> None:
    """Write what stands between top and foot; a byline amid the text is an ``ab``, for TEI has no place for it."""
    runs = _runs(parts)
    for index, (role, run) in enumerate(runs):
        if role is Role.LIST_HEAD and index + 1 < len(runs) and runs[index + 1][0] is Role.ITEM:
            continue
        if role is Role.ITEM:
            heads = runs[index - 1][1] if index and runs[index - 1][0] is Role.LIST_HEAD else []
            _list(div, heads, run, flow)
        elif role is Role.ROW:
            table = element(div, "table")
            for part in run:
                _line(table, "row", part, flow)
        elif role is Role.CAPTION:
            _figure(div, run, flow)
        else:
            for part in run:
                _BLOCKS.get(role, _anonymous)(div, part, flow)


def _runs(parts: list[Part]) -> list[tuple[Role, list[Part]]]:
    """Group neighbours of one role; credits that follow a caption belong to its run."""
    roles: list[Role] = []
    for _, part in parts:
        pictured = part.role is Role.CREDIT and bool(roles) and roles[-1] is Role.CAPTION
        roles.append(Role.CAPTION if pictured else part.role)
    pairs = zip(roles, parts, strict=True)
    return [(role, [part for _, part in run]) for role, run in groupby(pairs, key=lambda pair: pair[0])]


def _list(div: etree._Element, heads: list[Part], items: list[Part], flow: Flow) -> None:
    block = element(div, "list")
    for part in heads:
        _line(block, "head", part, flow)
    for part in items:
        _line(block, "item", part, flow)


def _figure(
    div: etree._Element, parts: Sequence[Part], flow: Flow, ident: str = "", cert: float = 1.0, image: str = ""
) -> None:
    figure = element(div, "figure", type="photo", id=ident)
    if image:
        element(figure, "graphic", url=quote(image))
    if level(cert) != "high":
        figure.set("cert", level(cert))
        figure.set("resp", RESP)
    for part in parts:
        if part[1].role is Role.CAPTION:
            _line(figure, "head", part, flow, type="caption")
        else:
            _bibl(figure, part, flow)


def _paragraph(div: etree._Element, part: Part, flow: Flow) -> None:
    _line(div, "p", part, flow, rend="lead" if part[1].role is Role.LEAD else "")


def _anonymous(div: etree._Element, part: Part, flow: Flow) -> None:
    _line(div, "ab", part, flow, type=part[1].role.value)


def _bibl(parent: etree._Element, part: Part, flow: Flow) -> None:
    _line(parent, "bibl", part, flow, type="credit", subtype="source" if part[1].role is Role.SOURCE else "")


def _furniture(parent: etree._Element, part: Part, flow: Flow) -> None:
    flow.turn(parent, part[1].lines[0].place.page)
    kind = "pageNum" if _PAGE_NUMBER.fullmatch(part[1].text) else "furniture"
    _line(parent, "fw", part, flow, type=kind)


def _line(parent: etree._Element, tag: str, part: Part, flow: Flow, **attributes: str) -> None:
    ident, paragraph = part
    child = element(parent, tag, id=ident, **attributes)
    if level(paragraph.cert) != "high":
        child.set("cert", level(paragraph.cert))
        child.set("resp", RESP)
    flow.lines(child, paragraph)


_BLOCKS: dict[Role, Callable[[etree._Element, Part, Flow], None]] = {
    Role.BODY: _paragraph,
    Role.LEAD: _paragraph,
    Role.SOURCE: _bibl,
    Role.CREDIT: _bibl,
    Role.FURNITURE: _furniture,
}
