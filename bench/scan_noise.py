"""Pages with known articles as OCR might leave them: skewed, lines merged, split and doubled, and garbage between them.

    python -m bench.scan_noise [--style en …] [--seeds 1-6] [--kind skew …] [--write DIR]

A page of the press (``bench/press``) is read as the PDF it is, and written as ALTO with a box for every word, as high
as its letters are. Noise is put in at known rates, always the same for a page and a kind. Both go through
``relayout.fix`` without the blocks of the file, and the table shows how many articles come out at 0.90 of their gold,
clean and noisy.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
from collections.abc import Callable, Iterable, Sequence
from math import atan, cos, sin
from pathlib import Path
from statistics import fmean, median
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

from bench import trials

import relayout
from relayout import evaluate, readers
from relayout.chars import cells, has_han
from relayout.imprint import Box
from relayout.model import Page
from relayout.readers.placing import hull
from relayout.roles import Form
from relayout.writers import WRITERS

SCALE = 300 / 72
SKEW = 0.012  # BnF 1901 and BL 1824 lean by 0.5 to 1.9 per cent
MERGED, SPLIT, DOUBLED, GARBAGE = 0.05, 0.05, 0.03, 0.04  # of the lines
GUTTER = 3.0  # times the size of type: no column is farther from the next
SPECKS = (".", ",", "'", "-", "|", "•", "~", ":", "_", "^", "*", ";", "i", "l", "1", "J")
UP, DOWN = 0.7, 0.21  # of the size: capitals over the base line, descenders under it
DEEP = frozenset("gjpqyçſ,;()[]")
LOW = frozenset("acegmnopqrsuvwxyzçıæœ,;")


class Word(NamedTuple):
    """A word, or some of the characters of one, and its box, in pixels; ``torn`` from the piece before."""

    text: str
    box: Box
    torn: bool = False


Row = list[Word]


class Sheet(NamedTuple):
    """A page: its lines as words, its rules and pictures, and its size."""

    rows: list[Row]
    rules: list[Box]
    images: list[Box]
    size: Box


def sheet(page: Page) -> Sheet:
    """Make words of the lines of a page, and take its rules and pictures."""
    rows = [
        _words(line.text, line.box, line.style.size, line.vertical) for line in page.lines if line.box and line.style
    ]
    rules = [_pixels(shape.box) for shape in page.shapes if shape.form is Form.RULE]
    images = [_pixels(shape.box) for shape in page.shapes if shape.form is Form.IMAGE]
    assert page.box
    return Sheet([row for row in rows if row], rules, images, _pixels(page.box))


def _pixels(box: Box) -> Box:
    return Box(*(round(v * SCALE, 1) for v in (box.x0, box.y0, box.x1, box.y1)))


def _words(text: str, box: Box, size: float, vertical: bool) -> Row:
    """Cut a line at its spaces; a word is as wide as its characters are of the line, and as high as its letters."""
    whole = max(1, cells(text))
    low, span = (box.y0, box.height) if vertical else (box.x0, box.width)
    base = (box.y0 + box.y1) / 2 + (UP - DOWN) / 2 * size
    row: Row = []
    at = 0
    for piece, torn in ((one, n > 0) for word in text.split(" ") for n, one in enumerate(_pieces(word))):
        at += 0 if torn or not at else 1
        first, last = low + span * at / whole, low + span * (at + cells(piece)) / whole
        at += cells(piece)
        if not piece or last <= first:
            continue
        if vertical:
            row.append(Word(piece, _pixels(Box(box.x0, first, box.x1, last)), torn))
            continue
        if has_han(piece):
            top, foot = base - 0.8 * size, base + 0.12 * size
        else:
            top = base - (UP if any(c not in LOW for c in piece) else 0.46) * size
            foot = base + (DOWN if any(c in DEEP for c in piece) else 0.0) * size
        row.append(Word(piece, _pixels(Box(first, top, last, foot)), torn))
    return row


def _pieces(word: str) -> list[str]:
    """Cut what is set without spaces in twos, as engines do that find no words in it."""
    return [word[n : n + 2] for n in range(0, len(word), 2)] if has_han(word) else [word]


def alto(page: Sheet) -> bytes:
    """Write a page as ALTO, every line a block of its own."""
    out = ['<?xml version="1.0" encoding="UTF-8"?><alto><Description><MeasurementUnit>pixel</MeasurementUnit>']
    out.append(f'</Description><Layout><Page WIDTH="{page.size.x1:g}" HEIGHT="{page.size.y1:g}"><PrintSpace>')
    for name, boxes in (("GraphicalElement", page.rules), ("Illustration", page.images)):
        out += [f"<{name} {_at(box)}/>" for box in boxes]
    for row in page.rows:
        box = hull(word.box for word in row)
        assert box
        words = "".join(
            f"{'' if word.torn or not n else '<SP/>'}<String CONTENT={quoteattr(word.text)} {_at(word.box)}/>"
            for n, word in enumerate(row)
        )
        out.append(f"<TextBlock><TextLine {_at(box)}>{words}</TextLine></TextBlock>")
    return ("".join(out) + "</PrintSpace></Page></Layout></alto>").encode()


def _at(box: Box) -> str:
    return f'HPOS="{box.x0:.1f}" VPOS="{box.y0:.1f}" WIDTH="{box.width:.1f}" HEIGHT="{box.height:.1f}"'


# ---------------------------------------------------------------- noise


def skewed(page: Sheet, chance: random.Random) -> Sheet:
    """Lay the page on the glass at a slant, to one side or the other."""
    angle = atan(SKEW) * chance.choice((-1, 1))
    middle = (page.size.x1 / 2, page.size.y1 / 2)

    def turn(box: Box) -> Box:
        x, y = (box.x0 + box.x1) / 2 - middle[0], (box.y0 + box.y1) / 2 - middle[1]
        u, v = x * cos(angle) - y * sin(angle) + middle[0], x * sin(angle) + y * cos(angle) + middle[1]
        wide = (box.width * cos(angle) + box.height * abs(sin(angle))) / 2
        high = (box.height * cos(angle) + box.width * abs(sin(angle))) / 2
        return Box(max(0.0, u - wide), max(0.0, v - high), max(0.1, u + wide), max(0.1, v + high))

    rows = [[word._replace(box=turn(word.box)) for word in row] for row in page.rows]
    return page._replace(rows=rows, rules=list(map(turn, page.rules)), images=list(map(turn, page.images)))


def merged(page: Sheet, chance: random.Random) -> Sheet:
    """Draw lines of neighbouring columns together that stand at one height: OCR saw no gutter there."""
    upright = 2 * sum(word.box.height > word.box.width for row in page.rows for word in row) > sum(map(len, page.rows))
    boxes = [box and (_flat(box) if upright else box) for box in (hull(w.box for w in row) for row in page.rows)]
    gone: set[int] = set()
    rows = [list(row) for row in page.rows]
    for at in chance.sample(range(len(rows)), len(rows)):
        one = boxes[at]
        if at in gone or one is None or len(gone) > MERGED * len(rows):
            continue
        for other, two in enumerate(boxes):
            if (
                two is None
                or other in gone
                or other == at
                or one.height > 1.3 * two.height
                or two.height > 1.3 * one.height
            ):
                continue
            level = abs(one.y0 + one.y1 - two.y0 - two.y1) < 0.6 * min(one.height, two.height)
            if level and 0 < two.x0 - one.x1 < GUTTER * one.height:
                rows[at] += rows[other]
                gone |= {at, other}
                rows[other] = []
                break
    return page._replace(rows=[row for row in rows if row])


def _flat(box: Box) -> Box:
    """Lay a vertical line down: its register ends where its characters end."""
    return Box(box.y0, box.x0, box.y1, box.x1)


def split(page: Sheet, chance: random.Random) -> Sheet:
    """Tear lines in two at a space."""
    rows: list[Row] = []
    for row in page.rows:
        at = chance.randrange(1, len(row)) if len(row) > 3 and chance.random() < SPLIT else 0
        rows += [row[:at], row[at:]] if at else [row]
    return page._replace(rows=rows)


def doubled(page: Sheet, chance: random.Random) -> Sheet:
    """Read lines twice: the second time a little beside the first, with a letter or two read otherwise."""
    rows: list[Row] = []
    for row in page.rows:
        rows.append(row)
        if chance.random() < DOUBLED and sum(len(word.text) for word in row) > 8:
            dx, dy = chance.uniform(-3, 3), chance.uniform(-4, 4)
            rows.append([Word(_misread(word.text, chance), _moved(word.box, dx, dy), word.torn) for word in row])
    return page._replace(rows=rows)


def _moved(box: Box, dx: float, dy: float) -> Box:
    return Box(max(0.0, box.x0 + dx), max(0.0, box.y0 + dy), max(0.1, box.x1 + dx), max(0.1, box.y1 + dy))


def _misread(text: str, chance: random.Random) -> str:
    return "".join(
        chance.choice("eocaitl") if c.isascii() and c.isalpha() and chance.random() < 0.05 else c for c in text
    )


def garbage(page: Sheet, chance: random.Random) -> Sheet:
    """Read dirt and the grain of pictures as text: marks anywhere on the page, and some in pictures and gutters."""
    high = median(word.box.height for row in page.rows for word in row)
    rows = list(page.rows)
    for _ in range(max(2, round(GARBAGE * len(rows)))):
        row: Row = []
        x, y = chance.uniform(0, page.size.x1 * 0.95), chance.uniform(0, page.size.y1 * 0.98)
        if page.images and chance.random() < 0.4:
            inside = chance.choice(page.images)
            x, y = chance.uniform(inside.x0, inside.x1), chance.uniform(inside.y0, inside.y1)
        for _ in range(chance.choice((1, 1, 2, 3, 6))):
            text = "".join(chance.choice(SPECKS) for _ in range(chance.choice((1, 1, 2, 3))))
            wide, tall = 0.4 * high * len(text), chance.uniform(0.1, 1.2) * high
            row.append(Word(text, Box(x, y, x + wide, y + tall)))
            x += wide + chance.uniform(0.3, 2) * high
        rows.insert(chance.randrange(len(rows) + 1), row)
    return page._replace(rows=rows)


KINDS: dict[str, tuple[Callable[[Sheet, random.Random], Sheet], ...]] = {
    "clean": (),
    "skew": (skewed,),
    "merged": (merged,),
    "split": (split,),
    "doubled": (doubled,),
    "garbage": (garbage,),
    "all": (merged, split, doubled, garbage, skewed),
}


def noisy(page: Sheet, kind: str, name: str) -> Sheet:
    """Put noise of a kind on a page; ``name`` is that of the page, and decides where."""
    chance = random.Random(int(hashlib.sha256(f"{kind} {name}".encode()).hexdigest()[:16], 16))
    for one in KINDS[kind]:
        page = one(page, chance)
    return page


# ---------------------------------------------------------------- scores


def scores(gold: Path, kinds: Sequence[str], folder: Path | None = None) -> dict[str, float]:
    """Return the share of articles of a page that come out at 0.90, by kind of noise."""
    pdf = gold.with_name(gold.name.replace(".gold.json", ".pdf"))
    clean = sheet(readers.read(pdf.read_bytes(), pdf.name).value.pages[0])
    found: dict[str, float] = {}
    for kind in kinds:
        data = alto(noisy(clean, kind, pdf.stem))
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{pdf.stem}.{kind}.xml").write_bytes(data)
        issue = relayout.fix(data, name=f"{pdf.stem}.xml", structure="ignore")
        (written,) = WRITERS["json"].render(issue).values()
        value = evaluate.score(evaluate.read_gold(gold), evaluate.parse_prediction(written, "page.json", "json"))
        found[kind] = float(value.articles_90 or 0.0)
    return found


def main(words: Iterable[str]) -> int:
    """Print the table: a row a style, a column a kind."""
    parser = argparse.ArgumentParser(prog="python -m bench.scan_noise", description="Articles on noisy pages.")
    parser.add_argument("--style", nargs="*", default=["en", "de", "cn", "hk", "tw"])
    parser.add_argument("--seeds", default="1-6")
    parser.add_argument("--kind", nargs="*", default=list(KINDS), choices=list(KINDS))
    parser.add_argument("--write", type=Path, metavar="DIR", help="keep the ALTO files there")
    parser.add_argument("--pages", action="store_true", help="a row for every page, too")
    chosen = parser.parse_args(list(words))
    print("articles at 0.90".ljust(18) + "".join(kind.rjust(9) for kind in chosen.kind))
    rows: list[dict[str, float]] = []
    for style in chosen.style:
        golds = trials.set_pages([(style, seed) for seed in trials.seeds(chosen.seeds)])
        some = []
        for gold in golds:
            some.append(scores(gold, chosen.kind, chosen.write))
            if chosen.pages:
                print(gold.name.split(".")[0].ljust(18) + "".join(f"{some[-1][kind]:9.3f}" for kind in chosen.kind))
        rows += some
        print(style.ljust(18) + "".join(f"{fmean(one[kind] for one in some):9.3f}" for kind in chosen.kind), flush=True)
    print("all".ljust(18) + "".join(f"{fmean(one[kind] for one in rows):9.3f}" for kind in chosen.kind))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
