"""The gold of a page that another engine has set: read from the characters of the PDF, in the order they are drawn.

Both engines draw a page in the order of its source, so the letters of the PDF are the letters of the parts, one after
the other; where they are not, the page is thrown away. Spaces and hyphens are left out, as in ``gold.letters``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import Any, NamedTuple

from bench.press.gold import unit_entry
from bench.press.model import Para, PressError, Unit
from bench.press.sheet import Sheet

Box = list[float]
OVER, UNDER = 0.88, 0.22  # of the type size, over and under the baseline: as in the gold of the browser


class Glyph(NamedTuple):
    """A printed character: the letters it stands for, left and right edge, baseline from the top, size."""

    text: str
    left: float
    right: float
    base: float
    size: float


def letters(text: str) -> str:
    """Return the letters that count, in compatible forms.

    >>> letters("ﬁre-\u00ad fighter")
    'firefighter'
    """
    return re.sub(r"[\s\u00ad\u2010\ufffe\x00\x02-]", "", unicodedata.normalize("NFKC", text))


def glyphs(pdf: bytes) -> list[Glyph]:
    """Return the characters of the only page in the order they are drawn. Raises PressError if there are more."""
    import pdfplumber

    with pdfplumber.open(BytesIO(pdf)) as document:
        if len(document.pages) != 1:
            raise PressError(f"{len(document.pages)} pages")
        page = document.pages[0]
        return [
            Glyph(c["text"], c["x0"], c["x1"], float(page.height) - c["matrix"][5], c["size"])
            for c in page.chars
            if not c["text"].isspace()
        ]


def lowest(found: list[Glyph]) -> float:
    """Return how far down the page there is ink."""
    return max(glyph.base + UNDER * glyph.size for glyph in found)


def boxes(parts: list[Para], found: list[Glyph]) -> dict[str, list[Box]]:
    """Return the box of every printed line, by part. Raises PressError where the PDF says anything else."""
    expected = "".join(letters(part.text) for part in parts)
    owners = [part.pid for part in parts for _ in letters(part.text)]
    mine: dict[str, list[Glyph]] = {str(part.pid): [] for part in parts}
    place = 0
    for glyph in found:
        text = letters(glyph.text)
        if not expected.startswith(text, place):
            raise PressError(f"the PDF has {text!r} for {expected[place : place + 12]!r}")
        owner = owners[place if text else place - 1]  # a hyphen is of the part before it
        mine[str(owner)].append(glyph)
        place += len(text)
    if place < len(expected):
        raise PressError(f"the PDF lacks {expected[place : place + 12]!r}")
    return {pid: [_box(row) for row in _rows(row)] for pid, row in mine.items()}


def _rows(found: list[Glyph]) -> Iterator[list[Glyph]]:
    """Part the characters of a part into printed lines: at another baseline, or where the next column is."""
    row = found[:1]
    for before, glyph in pairwise(found):
        if abs(glyph.base - before.base) > 0.3 * glyph.size or glyph.left < before.left - glyph.size:
            yield row
            row = []
        row.append(glyph)
    if row:
        yield row


def _box(row: list[Glyph]) -> Box:
    size, base = max(glyph.size for glyph in row), row[0].base
    edges = (
        min(glyph.left for glyph in row),
        base - OVER * size,
        max(glyph.right for glyph in row),
        base + UNDER * size,
    )
    return [round(edge, 2) for edge in edges]


def crossing(printed: dict[str, list[Box]]) -> bool:
    """Tell whether lines of two parts stand on each other."""
    rows = sorted((box[1], box[3], box[0], box[2], pid) for pid, each in printed.items() for box in each)
    for number, (top, bottom, left, right, pid) in enumerate(rows):
        for other in rows[number + 1 :]:
            if other[0] > bottom - 0.35 * (bottom - top):
                break
            if other[4] != pid and min(right, other[3]) - max(left, other[2]) > 1:
                return True
    return False


def truth(page: Sheet, printed: dict[str, list[Box]], height: float, version: str, engine: str) -> dict[str, Any]:
    """Return the gold of a page."""
    furniture = unit_entry(Unit("f1", "furniture"), list(page.furniture), printed)
    units = [unit_entry(piece.unit, [*piece.deck, *piece.body], printed) for piece in page.pieces()]
    return {
        "format": "relayout-gold/1",
        "press": version,
        "engine": engine,
        "style": page.style.name,
        "seed": page.seed,
        "attempt": page.attempt,
        "lang": page.style.lang,
        "writing": "horizontal-tb",
        "page": {"width": page.width, "height": height, "unit": "pt"},
        "source": f"{page.style.name}-{page.seed}.pdf",
        "texts": list(page.origins),
        "stream": "page",
        "units": [*units, furniture],
        "barriers": [],
    }
