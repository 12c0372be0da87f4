"""Time and memory of an issue by its pages: 4, 40 and 400 of ALTO, made here; both must grow with the pages only.

``python -m bench.issue_speed`` prints for each number of pages the seconds a page, and the memory that the process
took at most beyond what it takes for nothing; then the ratio of the largest issue to the smallest. Every page has four
columns of 50 lines and six articles, one of which jumps to the next page; each run is a process of its own.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

PAGES = (4, 40, 400)
COLUMNS, LINES, WIDE, HIGH = 4, 50, 600, 24
SYLLABLES = ("ra", "to", "men", "li", "sor", "ka", "ven", "di", "pol", "est", "uma", "ner")


def page(number: int, last: int) -> str:
    """Write a page: columns of titles and texts in words that mean nothing, the last of which goes on."""
    chance = random.Random(number)
    blocks: list[str] = []
    for column in range(COLUMNS):
        left, top = 100 + column * (WIDE + 60), 200
        lines: list[str] = []
        for n in range(LINES):
            said = " ".join(_word(chance) for _ in range(7))
            if column == 0 and n == 0 and number > 1:
                said = f"(Continued from page {number - 1})"
            if column == COLUMNS - 1 and n == LINES - 1 and number < last:
                said = f"(Continued on page {number + 1})"
            lines.append(said)
            if n in (19, 39) or n == LINES - 1:
                blocks.append(_block(lines, left, top, HIGH))
                top += len(lines) * int(HIGH * 1.4) + HIGH
                lines = []
                if n < LINES - 1:
                    blocks.append(_block([" ".join(_word(chance) for _ in range(3)).title()], left + 90, top, 2 * HIGH))
                    top += 4 * HIGH
    size = f'WIDTH="{100 + COLUMNS * (WIDE + 60)}" HEIGHT="2600"'
    return f'<alto><Layout><Page ID="p" PHYSICAL_IMG_NR="{number}" {size}>{"".join(blocks)}</Page></Layout></alto>'


def words(seed: int) -> Iterator[str]:
    """Yield words that mean nothing, always the same for a seed."""
    chance = random.Random(seed)
    while True:
        yield _word(chance)


def _word(chance: random.Random) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(chance.randint(1, 4)))


def _block(lines: list[str], left: int, top: int, high: int) -> str:
    rows = []
    for n, line in enumerate(lines):
        width = WIDE if n < len(lines) - 1 and high == HIGH else WIDE * 2 // 3
        box = f'HPOS="{left}" VPOS="{top + n * int(high * 1.4)}" WIDTH="{width}" HEIGHT="{high}"'
        words = "<SP/>".join(f'<String {box} CONTENT="{word}"/>' for word in line.split())
        rows.append(f"<TextLine {box}>{words}</TextLine>")
    return f"<TextBlock>{''.join(rows)}</TextBlock>"


def write(folder: Path, pages: int) -> Path:
    """Write an issue of so many pages into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(1, pages + 1):
        (folder / f"{n}.xml").write_text(page(n, pages), "utf-8")
    return folder


def measured(folder: str) -> str:
    """Rebuild a folder in this process: seconds, and the most megabytes beyond those before."""
    import relayout

    relayout.fix("A page.\n")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begin = time.perf_counter()
    relayout.fix(Path(folder))
    seconds = time.perf_counter() - begin
    return f"{seconds} {(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024}"


def report(pages: tuple[int, ...]) -> Iterator[str]:
    """Yield the lines of the report."""
    yield f"{'pages':>7}{'seconds':>10}{'s a page':>11}{'MB':>9}{'MB a page':>12}"
    rows: list[tuple[float, float]] = []
    for count in pages:
        with tempfile.TemporaryDirectory() as place:
            write(Path(place), count)
            command = [sys.executable, "-m", "bench.issue_speed", "--of", place]
            out = subprocess.run(command, capture_output=True, check=True, text=True).stdout
        seconds, most = map(float, out.split())
        rows.append((seconds / count, most / count))
        yield f"{count:>7}{seconds:>10.2f}{rows[-1][0]:>11.4f}{most:>9.1f}{rows[-1][1]:>12.2f}"
    yield f"a page of {pages[-1]} takes {rows[-1][0] / rows[0][0]:.2f} of the time of a page of {pages[0]}"
    if len(rows) > 1:
        yield f"and {rows[-1][1] / rows[-2][1]:.2f} of the memory of a page of {pages[-2]}"


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, nargs="+", default=PAGES, help="how many pages the issues have")
    parser.add_argument("--of", default="", help="rebuild this folder and print seconds and megabytes only")
    options = parser.parse_args()
    if options.of:
        print(measured(options.of))
        return
    for line in report(tuple(options.pages)):
        print(line, flush=True)


if __name__ == "__main__":
    main()
