"""Time of one page by its words: ALTO pages of 10,000 to 300,000 words, made here; it must grow with the words only.

``python -m bench.word_speed`` prints for each number of words, with the blocks of the file used and ignored, the
seconds that the page takes beyond reading it, and those of 10,000 words. The page has columns of 250 lines of seven
words, with a title over every fiftieth line.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator

from bench.issue_speed import HIGH, WIDE, words

import relayout
from relayout import readers

COUNTS = (10_000, 30_000, 100_000, 300_000)
ROWS, EACH, WORDS = 250, 50, 7
STEP = 1.4  # heights of a line


def page(count: int) -> bytes:
    """Write a page of about so many words."""
    said = words(count)
    columns = -(-count // (ROWS * WORDS))
    out: list[str] = []
    for column in range(columns):
        left = 100 + column * (WIDE + 60)
        for first in range(0, ROWS, EACH):
            rows = []
            for n in range(first, first + EACH):
                titled = n == first
                text = [next(said) for _ in range(3 if titled else WORDS)]
                high, inset = (HIGH * 1.25, 150) if titled else (HIGH, 0)
                wide = (WIDE - 2 * inset) / len(text)
                boxes = (
                    f'<String HPOS="{left + inset + k * wide:.0f}" VPOS="{200 + n * STEP * HIGH:.0f}" '
                    f'WIDTH="{wide - 8:.0f}" HEIGHT="{high:.0f}" CONTENT="{word.upper() if titled else word}"/>'
                    for k, word in enumerate(text)
                )
                rows.append(f"<TextLine>{'<SP/>'.join(boxes)}</TextLine>")
            out.append(f"<TextBlock>{rows[0]}</TextBlock><TextBlock>{''.join(rows[1:])}</TextBlock>")
    size = f'WIDTH="{200 + columns * (WIDE + 60)}" HEIGHT="{400 + ROWS * STEP * HIGH:.0f}"'
    return f"<alto><Layout><Page {size}>{''.join(out)}</Page></Layout></alto>".encode()


def report(counts: tuple[int, ...]) -> Iterator[str]:
    """Yield the lines of the report."""
    yield f"{'words':>8}{'reading':>10}{'use':>10}{'a 10,000':>10}{'ignore':>10}{'a 10,000':>10}"
    relayout.fix("A page.\n")
    for count in counts:
        data = page(count)
        begin = time.process_time()
        readers.read(data, "page.xml")
        read = time.process_time() - begin
        row = f"{count:>8}{read:>10.2f}"
        for structure in ("use", "ignore"):
            begin = time.process_time()
            relayout.fix(data, name="page.xml", structure=structure)
            took = max(0.0, time.process_time() - begin - read)
            row += f"{took:>10.2f}{took * 10_000 / count:>10.3f}"
        yield row


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", type=int, nargs="+", default=COUNTS, help="how many words the pages have")
    for line in report(tuple(parser.parse_args().words)):
        print(line, flush=True)


if __name__ == "__main__":
    main()
