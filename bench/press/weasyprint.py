"""WeasyPrint as a second engine: lines broken by Pango, columns balanced by its own layout, pyphen's hyphens (‐)."""

from __future__ import annotations

from html import escape

from bench.press.browser import timeless
from bench.press.model import Para
from bench.press.sheet import TOP, Piece, Sheet, Tower

CSS = """\
@page {{ size: {width}pt {height}pt; margin: 0 }}
body {{ margin: 0; font: {size}pt/{line}pt {body}; font-variant-ligatures: none; font-kerning: none }}
div, p {{ margin: 0; orphans: 1; widows: 1 }}
.tower, .f {{ position: absolute; top: {top}pt }}
.f {{ top: {half}pt; white-space: nowrap }}
.flow {{ column-gap: {gutter}pt; margin-bottom: {line}pt }}
.p {{ text-indent: {indent}em; margin-bottom: {gap}pt; text-align: {align}; hyphens: {hyphens} }}
.kicker, .head, .sub {{ text-align: {deck}; margin: 3pt 0 }}
.kicker, .head, .sub, .subhead {{ font-family: {bold}; font-weight: bold; line-height: 1.2 }}
.subhead {{ margin: 3pt 0; text-align: left; break-after: avoid }}
"""


def version() -> str:
    """Return the version of the package. Raises ImportError or OSError where it or Pango is not installed."""
    import weasyprint

    return f"weasyprint {weasyprint.__version__}"


def printed(page: Sheet, height: float, slack: int) -> bytes:
    """Return the PDF of a page that is ``height`` points tall; columns are balanced without ``slack``."""
    import weasyprint

    del slack
    return timeless(bytes(weasyprint.HTML(string=source(page, height)).write_pdf()))


def source(page: Sheet, height: float) -> str:
    """Return the page as HTML."""
    css = CSS.format(
        width=page.width,
        height=height,
        size=page.size,
        line=page.line,
        body=f"'{page.body}', '{page.bold}'",
        bold=f"'{page.bold}', '{page.body}'",
        top=TOP,
        half=TOP / 2,
        gutter=page.gutter,
        indent=page.indent,
        gap=0 if page.indent else page.line / 2,
        align="justify" if page.justify else "left",
        hyphens="auto" if page.style.hyphens else "manual",
        deck="center" if page.centred else "left",
    )
    third = (page.width - 2 * TOP) / 3
    running = "".join(
        f'<div class=f style="left:{TOP + number * third}pt">{escape(part.text)}</div>'
        for number, part in enumerate(page.furniture)
    )
    lang = page.style.hyphens.replace("_", "-") or page.style.lang
    towers = "".join(map(_tower, page.towers))
    return (
        f'<!doctype html><html lang="{lang}"><meta charset="utf-8"><style>{css}</style><body>{running}{towers}</html>'
    )


def _tower(tower: Tower) -> str:
    pieces = "".join(_piece(piece, tower.columns) for piece in tower.pieces)
    return f'<div class=tower style="left:{tower.left}pt;width:{tower.width}pt">{pieces}</div>'


def _piece(piece: Piece, columns: int) -> str:
    deck, body = ("".join(map(_part, parts)) for parts in (piece.deck, piece.body))
    return f'{deck}<div class=flow style="columns:{columns}">{body}</div>'


def _part(part: Para) -> str:
    return f'<div class="{part.role}" style="font-size:{part.size}pt">{escape(part.text)}</div>'
