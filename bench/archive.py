"""Write the sample of an issue as archives have it: two pages of ALTO and a METS file, in the habit of French papers.

``python bench/archive.py`` writes ``samples/courrier-du-port-1901-11-21`` anew: its ``texts.txt``, set in two columns
a page, every line with a box, every word with how sure an engine might have been; a block for each title and each
paragraph; and in the METS file the articles, as a vendor gives them. The same input gives the same bytes.
"""

from __future__ import annotations

import random
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

FOLDER = Path(__file__).resolve().parents[1] / "samples" / "courrier-du-port-1901-11-21"
PAGE = (2480, 3508)  # pixels, at 300 dpi
COLUMNS = (200, 1290)  # where they begin
WIDE, ROW, BODY = 990, 56, 40  # of a column, from line to line, of a line
CHARS = 46  # of a full line
SPACES = {
    "mets": "http://www.loc.gov/METS/",
    "mods": "http://www.loc.gov/mods/v3",
    "xlink": "http://www.w3.org/1999/xlink",
}

TITLE, SMALL, TEXT, SIGNED, LINE = "# ", "## ", "", "> ", "~ "  # how lines of texts.txt begin, by what they are
HEADS = ("LE COURRIER DU PORT", "2 LE COURRIER DU PORT")
DAY = "Jeudi 21 novembre 1901. — Nº 325. — Cinq centimes."


class Article(NamedTuple):
    """What of an article stands in a column: its parts, each with what it is; is it an advert, does it go on here."""

    parts: list[tuple[str, str]]
    advert: bool = False
    goes_on: bool = False


def texts() -> list[list[Article]]:
    """Read the four columns of ``texts.txt``: an article begins at a title, an advertisement or what goes on."""
    columns: list[list[Article]] = []
    for row in (FOLDER / "texts.txt").read_text(encoding="utf-8").splitlines():
        if row.startswith("="):
            columns.append([])
        elif row[0] in "!+":
            columns[-1].append(Article([], row[0] == "!", row[0] == "+"))
        else:
            kind = next(mark for mark in (SMALL, TITLE, SIGNED, LINE, TEXT) if row.startswith(mark))
            if kind in (TITLE, SMALL) and (not columns[-1] or columns[-1][-1].parts):
                columns[-1].append(Article([]))
            columns[-1][-1].parts.append((kind, row.removeprefix(kind)))
    return columns


class Set(NamedTuple):
    """A block as it is set: its id, its box (left, top, width, height), its lines, what it is, whether an advert's."""

    ident: str
    kind: str
    lines: tuple[tuple[str, int, int, int, int], ...]
    advert: bool = False


def column(parts: list[tuple[str, str, bool]], left: int, top: int, count: int, page: int) -> list[Set]:
    """Set parts under each other from ``top`` on; blocks count on from ``count``."""
    found: list[Set] = []
    y = top
    for kind, text, advert in parts:
        size = {TITLE: 58, SMALL: 44}.get(kind, BODY)
        y += 34 if kind in (TITLE, SMALL) else 6
        rows = textwrap.wrap(text, CHARS, initial_indent="  " if kind == TEXT and text[0].isupper() else "")
        lines = []
        for n, row in enumerate(rows):
            wide = WIDE if kind == TEXT and n < len(rows) - 1 else round(min(WIDE, 0.5 * size * len(row.strip())))
            x = left + (40 if kind == TEXT and row.startswith(" ") else 0)
            if kind in (TITLE, SMALL, LINE):
                x = left + (WIDE - wide) // 2
            elif kind == SIGNED:
                x = left + WIDE - wide - 60
            wide -= 40 if kind == TEXT and x > left and wide == WIDE else 0
            lines.append((row.strip(), x, y, wide, size))
            y += ROW + size - BODY
        y += 20 if kind in (TITLE, SMALL) else 0
        count += 1
        found.append(Set(f"P{page}_TB{count:03}", kind, tuple(lines), advert))
    return found


def pages() -> tuple[list[Set], list[Set]]:
    """Set both pages."""
    name = Set("P1_TB001", TITLE, ((HEADS[0], 640, 180, 1200, 110),))
    first = [name, Set("P1_TB002", TEXT, ((DAY, 760, 330, 960, 38),))]
    second = [Set("P2_TB001", TEXT, ((HEADS[1], 200, 150, 1000, 38),))]
    for n, articles in enumerate(texts()):
        page, into = (1, first) if n < len(COLUMNS) else (2, second)
        parts = [(*part, one.advert) for one in articles for part in one.parts]
        into += column(parts, COLUMNS[n % len(COLUMNS)], 460 if page == 1 else 260, len(into), page)
    return first, second


def alto(blocks: list[Set], page: int) -> str:
    """Write a page."""
    chance = random.Random(page)
    rows: list[str] = []
    open_ = False
    for block in blocks:
        if block.advert and not open_:
            rows.append('<ComposedBlock ID="P2_CB001" TYPE="Advertisement">')
            open_ = True
        left = min(x for _, x, _, _, _ in block.lines)
        top = block.lines[0][2]
        right = max(x + wide for _, x, _, wide, _ in block.lines)
        foot = block.lines[-1][2] + block.lines[-1][4]
        rows.append(f'<TextBlock ID="{block.ident}" {_place(left, top, right - left, foot - top)}>')
        for n, (text, x, y, wide, high) in enumerate(block.lines, 1):
            rows.append(f'<TextLine ID="{block.ident}_L{n}" {_place(x, y, wide, high)}>')
            rows.append("".join(_words(text, x, y, wide, high, chance)))
            rows.append("</TextLine>")
        rows.append("</TextBlock>")
    if open_:
        rows.append("</ComposedBlock>")
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<alto xmlns="http://www.loc.gov/standards/alto/ns-v3#">',
            "<Description><MeasurementUnit>pixel</MeasurementUnit></Description>",
            f'<Layout><Page ID="P{page}" PHYSICAL_IMG_NR="{page}" WIDTH="{PAGE[0]}" HEIGHT="{PAGE[1]}"><PrintSpace>',
            *rows,
            "</PrintSpace></Page></Layout></alto>",
            "",
        ]
    )


def _words(text: str, x: int, y: int, wide: int, high: int, chance: random.Random) -> Iterator[str]:
    step = wide / len(text)
    at = 0
    for n, word in enumerate(text.split(" ")):
        if n:
            yield "<SP/>"
        sure = 0.41 if chance.random() < 0.02 else round(chance.uniform(0.82, 0.99), 2)
        where = _place(round(x + at * step), y, round(len(word) * step), high)
        yield f'<String CONTENT={quoteattr(word)} {where} WC="{sure}"/>'
        at += len(word) + 1


def _place(x: int, y: int, wide: int, high: int) -> str:
    return f'HPOS="{x}" VPOS="{y}" WIDTH="{wide}" HEIGHT="{high}"'


def mets(first: list[Set], second: list[Set]) -> str:
    """Write the issue: its pages, and its articles as a vendor gives them."""
    blocks = {1: iter(first[2:]), 2: iter(second[1:])}
    units: list[tuple[bool, list[tuple[int, Set, str]]]] = []
    whole: list[tuple[int, Set, str]] = []  # the article that goes on: the first of the issue
    for n, articles in enumerate(texts()):
        page = 1 if n < len(COLUMNS) else 2
        for article in articles:
            own = [(page, next(blocks[page]), kind) for kind, _ in article.parts]
            if article.goes_on:
                whole += own
            else:
                units.append((article.advert, own))
                whole = units[0][1]
    logical = "\n".join(_unit(n, advert, parts) for n, (advert, parts) in enumerate(units, 1))
    files = "".join(
        f'<mets:file ID="ALTO{n}" MIMETYPE="text/xml"><mets:FLocat LOCTYPE="URL" '
        f'xlink:href="file://./alto/000{n}.xml"/></mets:file>'
        for n in (1, 2)
    )
    physical = "".join(
        f'<mets:div TYPE="PAGE" ORDER="{n}" ORDERLABEL="{n}"><mets:fptr FILEID="ALTO{n}"/></mets:div>' for n in (1, 2)
    )
    spaces = " ".join(f'xmlns:{name}="{address}"' for name, address in SPACES.items())
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<mets:mets {spaces} TYPE="Newspaper" LABEL="Le Courrier du Port">
<mets:dmdSec ID="MODSMD_ISSUE1"><mets:mdWrap MDTYPE="MODS"><mets:xmlData><mods:mods>
<mods:titleInfo><mods:title>Le Courrier du Port</mods:title></mods:titleInfo>
<mods:originInfo><mods:dateIssued encoding="iso8601">1901-11-21</mods:dateIssued></mods:originInfo>
</mods:mods></mets:xmlData></mets:mdWrap></mets:dmdSec>
<mets:fileSec><mets:fileGrp ID="ALTOGRP">{files}</mets:fileGrp></mets:fileSec>
<mets:structMap TYPE="PHYSICAL"><mets:div TYPE="Newspaper">{physical}</mets:div></mets:structMap>
<mets:structMap TYPE="LOGICAL"><mets:div TYPE="Newspaper" DMDID="MODSMD_ISSUE1"><mets:div TYPE="ISSUE">
<mets:div TYPE="CONTENT">
{logical}
</mets:div></mets:div></mets:div></mets:structMap>
</mets:mets>
"""


def _unit(number: int, advert: bool, parts: list[tuple[int, Set, str]]) -> str:
    if advert:
        return f'<mets:div TYPE="ADVERTISEMENT" ID="AD{number}">{"".join(map(_area, parts))}</mets:div>'
    heads = [part for part in parts if part[2] in (TITLE, SMALL)]
    body = [part for part in parts if part not in heads]
    title = " ".join(text for _, block, _ in heads for text, *_ in block.lines)
    inner = f'<mets:div TYPE="HEADING"><mets:div TYPE="TITLE">{"".join(map(_area, heads))}</mets:div></mets:div>'
    paragraphs = "".join(f'<mets:div TYPE="PARAGRAPH">{_area(part)}</mets:div>' for part in body)
    inner += f'<mets:div TYPE="BODY"><mets:div TYPE="BODY_CONTENT">{paragraphs}</mets:div></mets:div>'
    return f'<mets:div TYPE="ARTICLE" ID="ART{number}" LABEL={quoteattr(title)}>{inner}</mets:div>'


def _area(part: tuple[int, Set, str]) -> str:
    page, block, _ = part
    return f'<mets:fptr><mets:area FILEID="ALTO{page}" BEGIN="{block.ident}" BETYPE="IDREF"/></mets:fptr>'


def everything() -> dict[Path, bytes]:
    """Return all that this script writes: path and content."""
    first, second = pages()
    return {
        FOLDER / "mets.xml": mets(first, second).encode(),
        FOLDER / "alto" / "0001.xml": alto(first, 1).encode(),
        FOLDER / "alto" / "0002.xml": alto(second, 2).encode(),
    }


if __name__ == "__main__":
    for path, data in everything().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        print(path.relative_to(FOLDER.parents[1]))
