"""Typst as a second engine: optimised paragraphs, its own rules for Chinese marks, its own hyphenation.

The package ``typst`` of PyPI carries the compiler. It does not balance columns by itself: the body is measured in one
column first, and gets a block as tall as its share and ``slack`` lines more.
"""

from __future__ import annotations

import json

from bench.press.browser import timeless
from bench.press.model import Para
from bench.press.sheet import TOP, Piece, Sheet, Tower

TONGUES = {"zh-Hant": "zh-hk", "zh-Hans": "zh-cn", "en": "en-gb"}
HEAD = """\
#set document(date: none)
#set page(width: {width}pt, height: {height}pt, margin: 0pt)
#set text(font: ({body}, {bold}), size: {size}pt, lang: {lang}, region: {region}, ligatures: false, kerning: false,
  cjk-latin-spacing: none, hyphenate: {hyphenate}, top-edge: 0.88em, bottom-edge: -0.12em,
  costs: (widow: 0%, orphan: 0%))
#set par(justify: {justify}, leading: {leading}pt, spacing: {spacing}pt,
  first-line-indent: (amount: {indent}em, all: true))
#let plain(size, face, where, what) = block(above: 3pt, below: 3pt, width: 100%, {{
  set par(justify: false, first-line-indent: 0em, leading: 0.2em)
  set text(font: face, size: size, hyphenate: false)
  align(where, what)
}})
#let flow(count, wide, body) = context {{
  let share = measure(block(width: wide, body)).height / count
  block(height: share + {slack} * {line}pt, columns(count, gutter: {gutter}pt, body))
}}
"""


def version() -> str:
    """Return the version of the package. Raises ImportError where it is not installed."""
    from importlib.metadata import version

    import typst  # noqa: F401

    return f"typst {version('typst')}"


def printed(page: Sheet, height: float, slack: int) -> bytes:
    """Return the PDF of a page that is ``height`` points tall."""
    import typst

    return timeless(bytes(typst.compile(source(page, height, slack).encode("utf-8"))))


def source(page: Sheet, height: float, slack: int) -> str:
    """Return the page as Typst's source."""
    lang, _, region = TONGUES.get(page.style.lang, page.style.lang).partition("-")
    leading = page.line - page.size
    out = [
        HEAD.format(
            width=page.width,
            height=height,
            body=_quoted(page.body),
            bold=_quoted(page.bold),
            size=page.size,
            lang=_quoted(lang),
            region=_quoted(region) if region else "none",
            hyphenate="true" if page.style.hyphens else "false",
            justify="true" if page.justify else "false",
            leading=leading,
            spacing=leading if page.indent else leading + page.line / 2,
            indent=page.indent,
            slack=slack,
            line=page.line,
            gutter=page.gutter,
        )
    ]
    for number, part in enumerate(page.furniture):
        left = TOP + number * (page.width - 2 * TOP) / 3
        out.append(f"#place(top + left, dx: {left}pt, dy: {TOP / 2}pt, {_quoted(part.text)})")
    out.extend(_tower(tower, page) for tower in page.towers)
    return "\n".join(out) + "\n"


def _tower(tower: Tower, page: Sheet) -> str:
    pieces = "\n".join(_piece(piece, tower, page) for piece in tower.pieces)
    return f"#place(top + left, dx: {tower.left}pt, dy: {TOP}pt, block(width: {tower.width}pt)[\n{pieces}\n])"


def _piece(piece: Piece, tower: Tower, page: Sheet) -> str:
    where = "center" if page.centred else "left"
    wide = (tower.width - (tower.columns - 1) * page.gutter) / tower.columns
    deck = "\n".join(_plain(part, page, where) for part in piece.deck)
    body = "\n".join(_part(part, page) for part in piece.body)
    return f"{deck}\n#flow({tower.columns}, {wide}pt)[\n{body}\n]\n#v({page.line}pt)"


def _part(part: Para, page: Sheet) -> str:
    return f"#par[#{_quoted(part.text)}]" if part.role == "p" else _plain(part, page, "left")


def _plain(part: Para, page: Sheet, where: str) -> str:
    face = page.body if part.role == "byline" else page.bold
    weight = "regular" if part.role == "byline" else "bold"
    return f"#plain({part.size}pt, {_quoted(face)}, {where}, text(weight: {_quoted(weight)}, {_quoted(part.text)}))"


def _quoted(text: str) -> str:
    r"""Return a string of Typst, which knows the escapes of JSON that are needed here.

    >>> _quoted('a "b"')
    '"a \\"b\\""'
    """
    return json.dumps(text, ensure_ascii=False)
