"""The body in TEI: a ``div`` for every unit, sections under crossheads, lists, tables, figures, notes.

A unit that jumps to another page has a ``div`` there, too, and they point to each other.

TEI lets heads and bylines stand only at the top or the foot of a ``div``, and nothing but another ``div`` after a
section. So the parts of a unit are cut in three, a top, a middle and a foot, and the middle at its crossheads.
Their order never changes.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from urllib.parse import quote

from lxml import etree

from relayout.model import Article, Issue
from relayout.roles import Kind, Role
from relayout.told import Gap
from relayout.writers import naming
from relayout.writers.shares import Share, Text, shares
from relayout.writers.tei_text import RESP, Flow, element, level

_HEADS = {Role.KICKER: "kicker", Role.HEAD: "main", Role.SUB: "sub", Role.RUBRIC: "rubric", Role.CROSSHEAD: ""}
_DECK = frozenset((Role.KICKER, Role.HEAD, Role.SUB, Role.RUBRIC))
_SIGNED = frozenset((Role.BYLINE, Role.DATELINE))
_ENDS = _SIGNED | {Role.JUMP}
_SOURCED = frozenset((Role.SOURCE, Role.CREDIT))
# What TEI allows anywhere in a div, so that it parts neither a top nor a foot.
_ANYWHERE = frozenset((Role.FURNITURE, Role.CAPTION)) | _SOURCED
_PAGE_NUMBER = re.compile(r"[A-Z]{0,2}\d{1,4}", re.ASCII)


def write(body: etree._Element, issue: Issue, flow: Flow) -> None:
    """Write every article in order; the furniture of a page before the first article that starts on it or later.

    So is what of an article stands on a page to which it jumps: in a ``div`` of its own, before those of that page.
    """
    ids = dict.fromkeys(naming.article_ids(issue))
    waiting = [(naming.furniture_id(number), part) for number, part in enumerate(issue.furniture, 1)]
    if not issue.articles:
        # TEI wants a div in every body.
        body = element(body, "div", type="unassigned", id="u1", n="1", cert="high", resp=RESP)
    units = [shares(article, unit) for unit, article in zip(ids, issue.articles, strict=True)]
    for n, k in _order(units):
        share, article = units[n][k], issue.articles[n]
        while waiting and waiting[0][1].lines[0].place.page <= share.page:
            _furniture(body, Text(*waiting.pop(0)), flow)
        flow.turn(body, share.page)
        div = _unit(body, article, share, n + 1, flow)
        if k == 0 and article.about in ids and article.about != share.ident:
            div.set("corresp", f"#{article.about}")
        if k:
            div.set("prev", f"#{units[n][k - 1].ident}")
        if k + 1 < len(units[n]):
            div.set("next", f"#{units[n][k + 1].ident}")
        before, after = (k == 0, k + 1 == len(units[n]))
        for gap in article.gaps:
            if before if gap.before else after:
                _gap(div, gap)
    for part in waiting:
        _furniture(body, Text(*part), flow)


def _order(units: Sequence[Sequence[Share]]) -> Iterator[tuple[int, int]]:
    """Yield units and their shares as they are written: what is away from its unit before the others of its page."""
    away = deque(sorted((share.page, n, k) for n, unit in enumerate(units) for k, share in enumerate(unit) if k))
    for n, unit in enumerate(units):
        while away and away[0][0] <= unit[0].page:
            yield away.popleft()[1:]
        yield n, 0
    yield from (one[1:] for one in away)


def _gap(div: etree._Element, gap: Gap) -> None:
    """Say at the top or the foot of a unit that text of it stands on a page which is not there."""
    child = element(div, "gap", reason="missing", unit="page", n=gap.page)
    if gap.before:
        div.insert(0, child)


def _unit(body: etree._Element, article: Article, share: Share, number: int, flow: Flow) -> etree._Element:
    div = element(body, "div", type=article.kind.value, id=share.ident, n=str(number))
    div.set("cert", level(article.cert))
    div.set("resp", RESP)
    if article.kind is Kind.BRIEFS:
        div.set("org", "composite")
    top, rest = _cut_top(list(share.texts), _DECK | _ENDS)
    # The last brief's signature is its own, not that of the whole box.
    middle, foot = (rest, []) if article.kind is Kind.BRIEFS else _cut_foot(rest)
    blocks, sections = _cut_sections(middle)
    _edge(div, top, flow)
    _blocks(div, blocks, flow)
    for section in sections:
        _section(div, section, flow)
    _edge(div, foot, flow, jump="trailer")
    for ident, figure, texts in share.figures:
        _figure(div, texts, flow, ident, figure.cert, figure.image)
    return div


def _section(div: etree._Element, parts: list[Text], flow: Flow) -> None:
    section = element(div, "div", type="section")
    top, rest = _cut_top(parts, frozenset(_HEADS) | _SIGNED)
    middle, foot = _cut_foot(rest)
    _edge(section, top, flow)
    _blocks(section, middle, flow)
    _edge(section, foot, flow)


def _cut_top(parts: list[Text], allowed: frozenset[Role]) -> tuple[list[Text], list[Text]]:
    """Cut after the last head or byline that only heads, bylines and what may stand anywhere come before."""
    end = 0
    for index, text in enumerate(parts):
        part = text.paragraph
        if part.role in allowed:
            end = index + 1
        elif part.role not in _ANYWHERE:
            break
    return parts[:end], parts[end:]


def _cut_foot(parts: list[Text]) -> tuple[list[Text], list[Text]]:
    """Cut before the first byline or jump that only these and what may stand anywhere come after."""
    foot, _ = _cut_top(parts[::-1], _ENDS)
    start = len(parts) - len(foot)
    return parts[:start], parts[start:]


def _cut_sections(parts: list[Text]) -> tuple[list[Text], list[list[Text]]]:
    """Cut before every crosshead; so does a headline after text (a brief's). Runs of heads stay one."""
    blocks: list[Text] = []
    sections: list[list[Text]] = []
    in_heads = False
    for part in parts:
        head = part[1].role in _HEADS
        if head and not in_heads:
            sections.append([])
        (sections[-1] if sections else blocks).append(part)
        in_heads = head
    return blocks, sections


def _edge(div: etree._Element, parts: list[Text], flow: Flow, jump: str = "head") -> None:
    """Write a top or a foot: heads, bylines, datelines as such; sources in a note, for a bibl may not stand there.

    ``jump`` is what a jump line is: at the foot a ``trailer``.
    """
    for role, run in _runs(parts):
        for part in run:
            if role in _HEADS:
                _line(div, "head", part, flow, type=_HEADS[role])
            elif role in _SIGNED:
                _line(div, role.value, part, flow)
            elif role is Role.JUMP:
                _line(div, jump, part, flow, type="jump")
            elif role in _SOURCED:
                _bibl(element(div, "note", type="source"), part, flow)
            elif role is Role.FURNITURE:
                _furniture(div, part, flow)
        if role is Role.CAPTION:
            _figure(div, run, flow)


def _blocks(div: etree._Element, parts: list[Text], flow: Flow) -> None:
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


def _runs(parts: list[Text]) -> list[tuple[Role, list[Text]]]:
    """Group neighbours of one role; credits that follow a caption belong to its run."""
    roles: list[Role] = []
    for text in parts:
        part = text.paragraph
        pictured = part.role is Role.CREDIT and bool(roles) and roles[-1] is Role.CAPTION
        roles.append(Role.CAPTION if pictured else part.role)
    pairs = zip(roles, parts, strict=True)
    return [(role, [part for _, part in run]) for role, run in groupby(pairs, key=lambda pair: pair[0])]


def _list(div: etree._Element, heads: list[Text], items: list[Text], flow: Flow) -> None:
    block = element(div, "list")
    for part in heads:
        _line(block, "head", part, flow)
    for part in items:
        _line(block, "item", part, flow)


def _figure(
    div: etree._Element, parts: Sequence[Text], flow: Flow, ident: str = "", cert: float = 1.0, image: str = ""
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


def _paragraph(div: etree._Element, part: Text, flow: Flow) -> None:
    _line(div, "p", part, flow, rend="lead" if part[1].role is Role.LEAD else "")


def _anonymous(div: etree._Element, part: Text, flow: Flow) -> None:
    _line(div, "ab", part, flow, type=part[1].role.value)


def _bibl(parent: etree._Element, part: Text, flow: Flow) -> None:
    _line(parent, "bibl", part, flow, type="credit", subtype="source" if part[1].role is Role.SOURCE else "")


def _furniture(parent: etree._Element, part: Text, flow: Flow) -> None:
    flow.turn(parent, part[1].lines[0].place.page)
    kind = "pageNum" if _PAGE_NUMBER.fullmatch(part[1].text) else "furniture"
    _line(parent, "fw", part, flow, type=kind)


def _line(parent: etree._Element, tag: str, part: Text, flow: Flow, **attributes: str) -> None:
    ident, paragraph = part.ident, part.paragraph
    child = element(parent, tag, id=ident, **attributes)
    if level(paragraph.cert) != "high":
        child.set("cert", level(paragraph.cert))
        child.set("resp", RESP)
    if part.before:
        child.set("prev", f"#{part.before}")
    if part.after:
        child.set("next", f"#{part.after}")
    flow.lines(child, paragraph, part.entry, part.exit)


_BLOCKS: dict[Role, Callable[[etree._Element, Text, Flow], None]] = {
    Role.BODY: _paragraph,
    Role.LEAD: _paragraph,
    Role.SOURCE: _bibl,
    Role.CREDIT: _bibl,
    Role.FURNITURE: _furniture,
}
