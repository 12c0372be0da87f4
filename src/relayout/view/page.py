"""The picture as one HTML file: pages as SVG on the left, the text of the articles on the right, nothing from outside.

Works from a disk and without a network: styles, script and page pictures are in the file, and its own content security
policy lets nothing else in and no script run but its own. Every character of the page is escaped.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from html import escape
from pathlib import Path

from relayout.model import Article, Paragraph
from relayout.pictures import Picture
from relayout.roles import Kind, Role
from relayout.version import __version__
from relayout.view import drawing
from relayout.view.labels import scale
from relayout.view.nouns import Unit
from relayout.view.palette import ink_on
from relayout.view.scene import Scene, Sheet

MARK = f"<!-- relayout view {__version__} -->"

_WEB = Path(__file__).parent / "web"
# What HTML cannot hold: controls, halves of surrogate pairs, noncharacters.
_BARE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_HELP = """<dl>
<dt>Colour, number in a disc</dt><dd>an article; grey: in none</dd>
<dt>Small number</dt><dd>the order of reading inside it</dd>
<dt>→</dt><dd>from headline to text, from column to column, to another page</dd>
<dt>⇢</dt><dd>from a caption to its article, from a sidebar to what it tells of</dd>
<dt>Move, click, Esc</dt><dd>show on both sides, keep, let go</dd>
<dt>Tab, ↑ ↓, Enter</dt><dd>the same with the keyboard</dd>
<dt>, .&emsp;+ −</dt><dd>turn pages, zoom</dd>
</dl>"""
_KINDS = {Kind.UNASSIGNED: "in no article"}
HEADS = frozenset((Role.KICKER, Role.HEAD, Role.SUB))


def html(scene: Scene, pictures: Mapping[int, Picture]) -> str:
    """Write the whole file; ``pictures`` are those of the pages, by their numbers, as far as there are any."""
    script = (_WEB / "view.js").read_text(encoding="utf-8")
    style = (_WEB / "view.css").read_text(encoding="utf-8")
    digest = b64encode(sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    name = said(scene.issue.source.name)
    out = [
        f'<!doctype html>\n{MARK}\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n',
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
        f"<title>{name} – relayout</title>\n<style>\n{style}</style>\n</head>\n<body>\n",
        *_bar(scene, name),
        '<main>\n<div class="pages" id="pages" tabindex="0" role="region" aria-label="Pages">\n',
        *(part for sheet in scene.sheets for part in _sheet(scene, sheet, pictures.get(sheet.page.number))),
        '</div>\n<div class="texts" id="texts" tabindex="0" role="region" aria-label="Articles">\n',
        *(part for index, unit in enumerate(scene.units) for part in _unit(scene, index, unit)),
        "</div>\n</main>\n",
        f"<script>{script}</script>\n</body>\n</html>\n",
    ]
    return "".join(out)


def said(text: str) -> str:
    r"""Escape text for HTML, also between quotes; U+FFFD stands for what HTML cannot hold.

    >>> said('<b a="1">\x00')
    '&lt;b a=&quot;1&quot;&gt;�'
    """
    return escape(_BARE.sub("\ufffd", text))


def _bar(scene: Scene, name: str) -> Iterator[str]:
    issue = scene.issue
    articles = sum(bool(unit.number and unit.parts) for unit in scene.units)
    counts = [f"{articles} article{'' if articles == 1 else 's'}"]
    if len(scene.sheets) > 1:
        counts.append(f"{len(scene.sheets)} pages")
    about = " · ".join(said(word) for word in (issue.title, issue.date, *counts) if word)
    yield f'<header class="bar">\n<h1>{name}</h1><p class="about">{about}</p>\n'
    if len(scene.sheets) > 1:
        options = "".join(
            f'<option value="{sheet.page.number}">{said(sheet.page.label or f"Page {sheet.page.number}")}</option>'
            for sheet in scene.sheets
        )
        yield '<nav class="pager" aria-label="Pages"><button type="button" id="back" title="Page before (,)">‹</button>'
        yield f'<select id="page" aria-label="Page">{options}</select>'
        yield '<button type="button" id="on" title="Next page (.)">›</button></nav>\n'
    yield '<div class="tools">'
    for ident, words in (("links", "Links"), ("roles", "Roles"), ("order", "Order"), ("tint", "Colours")):
        yield f'<button type="button" id="{ident}" aria-pressed="true">{words}</button>'
    yield '<span class="zoom"><button type="button" id="out" title="Smaller (-)">−</button>'
    yield '<button type="button" id="in" title="Larger (+)">+</button></span>'
    yield '<button type="button" id="theme" title="Light or dark">◐</button>'
    yield f'<details class="help"><summary title="What is what">?</summary>{_HELP}</details></div>\n</header>\n'


def _sheet(scene: Scene, sheet: Sheet, picture: Picture | None) -> Iterator[str]:
    number = sheet.page.number
    label = said(sheet.page.label or f"Page {number}")
    rows = " rows" if sheet.grid else ""
    yield f'<section class="sheet{rows}" id="page-{number}" data-page="{number}" aria-label="{label}">\n'
    style = f"--k:{scale(sheet):.3f};--w:{sheet.width:g}"
    lang = said(scene.issue.lang)
    yield f'<svg lang="{lang}" viewBox="0 0 {sheet.width:g} {sheet.height:g}" style="{style}">\n'
    if picture:
        data = b64encode(picture.data).decode()
        yield f'<image class="picture" width="{sheet.width:g}" height="{sheet.height:g}" preserveAspectRatio="none" '
        yield f'href="data:{picture.media};base64,{data}"/>\n'
    else:
        yield f'<rect class="paper" width="{sheet.width:g}" height="{sheet.height:g}"/>\n'
    yield from drawing.marks(scene, sheet, said)
    yield "</svg>\n</section>\n"


def _unit(scene: Scene, index: int, unit: Unit) -> Iterator[str]:
    if not unit.parts:
        return
    pages = " ".join(map(str, unit.pages))
    colours = f"--c:{unit.colour};--i:{ink_on(unit.colour)}"
    grey = "" if unit.number else " grey"
    yield f'<article class="unit{grey}" id="t-{index}" data-unit="{index}" data-pages="{pages}" style="{colours}">\n'
    yield f'<div class="top"><a class="badge" href="#m-{index}">{unit.number or "–"}</a>'
    yield f'<span class="kind">{_kind(unit.article)}</span>'
    if unit.article and unit.article.about:
        yield f'<span class="kind">about {said(unit.article.about)}</span>'
    if unit.article and unit.article.cert < 0.5:
        yield '<span class="kind doubt">in doubt</span>'
    if unit.ident:
        yield f'<span class="ident">{said(unit.ident)}</span>'
    yield "</div>\n"
    lang = said(scene.issue.lang)
    numbers: dict[str, list[int]] = {}
    for mark in unit.marks:
        numbers.setdefault(mark.part, []).append(mark.number)
    for ident, part in unit.parts:
        yield from _part(index, ident, part, numbers.get(ident, ()), lang)
    yield "</article>\n"


def _kind(article: Article | None) -> str:
    return _KINDS.get(article.kind, article.kind.value) if article else "furniture of the page"


def _part(index: int, ident: str, part: Paragraph, numbers: Sequence[int], lang: str) -> Iterator[str]:
    role = part.role.value
    attributes = f'class="part r-{role}" data-unit="{index}" data-part="{said(ident)}"'
    shown = "" if role == "p" else f'<span class="role">{role}</span>'
    order = "–".join(dict.fromkeys(str(n) for n in (numbers[:1] or ()) if n))
    yield f'<div {attributes}><span class="no">{order}</span>{shown}'
    tag = "h2" if part.role in HEADS else "p"
    yield f'<{tag} lang="{lang}">{said(part.text)}</{tag}></div>\n'
