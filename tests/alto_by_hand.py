"""ALTO pages by hand: blocks of lines under each other in one column, as OCR would give them; and folders of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

WIDE, HIGH, LEFT = 1000, 1600, 100


class Block(NamedTuple):
    """Lines set alike: how high a line is, where they begin, where they end, and whether the last one is shorter."""

    lines: tuple[str, ...]
    size: int = 30
    left: int = LEFT
    right: int = WIDE - LEFT
    last: float = 1.0


def title(text: str) -> Block:
    return Block((text,), 60, LEFT + 100, WIDE - LEFT - 100)


def text(*lines: str, ends: bool = True) -> Block:
    return Block(lines, last=0.5 if ends else 1.0)


def head(words: str) -> Block:
    """Make a running head: small, in the middle, over everything."""
    return Block((words,), 24, 400, 600)


def alto(*blocks: Block, image: int = 1, top: int = 60) -> bytes:
    """Write a page; blocks stand under each other, with white between them."""
    rows: list[str] = []
    y = top
    for n, block in enumerate(blocks, 1):
        lines = []
        start = y
        for k, line in enumerate(block.lines):
            share = block.last if k == len(block.lines) - 1 else 1.0
            width = int((block.right - block.left) * share)
            box = f'HPOS="{block.left}" VPOS="{y}" WIDTH="{width}" HEIGHT="{block.size}"'
            words = "<SP/>".join(f"<String {box} CONTENT={quoteattr(word)}/>" for word in line.split())
            lines.append(f'<TextLine ID="l{n}_{k}" {box}>{words}</TextLine>')
            y += int(block.size * 1.3)
        box = f'HPOS="{block.left}" VPOS="{start}" WIDTH="{block.right - block.left}" HEIGHT="{y - start}"'
        rows.append(f'<TextBlock ID="b{n}" {box}>{"".join(lines)}</TextBlock>')
        y += block.size
    page = f'<Page ID="p" PHYSICAL_IMG_NR="{image}" WIDTH="{WIDE}" HEIGHT="{max(HIGH, y)}"><PrintSpace>'
    head_ = "<Description><MeasurementUnit>pixel</MeasurementUnit></Description>"
    return f"<alto>{head_}<Layout>{page}{''.join(rows)}</PrintSpace></Page></Layout></alto>".encode()


def folder(where: Path, pages: Iterable[bytes], names: str = "page {}.xml") -> Path:
    where.mkdir(parents=True, exist_ok=True)
    for n, page in enumerate(pages, 1):
        (where / names.format(n)).write_bytes(page)
    return where
