"""How well the lines of a PDF are found: every printed line of the gold against the lines of the reader.

    python -m bench.lines --style hk --style en --seeds 1-6 --engine pdfium --show 10

A line of the gold is *exact* if one line of the reader stands in its place, no longer and no shorter, and says what
the part says there, spaces between words included. Rows of tables may be in pieces: a cell may be a line of its own.
"""

from __future__ import annotations

import argparse
import json
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from relayout.model import Line
from relayout.readers import read
from relayout.readers.wishes import Wishes

PAGES = Path(__file__).parent / "out" / "pages"
STYLES = ("hk", "cn", "tw", "ja", "en", "de")
NEAR = 0.6  # of the type size: how far the ends of a line may be from those of the gold
_HYPHENS = "-\u00ad\u2010\x02"


class Verdict(NamedTuple):
    """What became of one line of the gold: exact, merged, split, lost or text; and what was found there."""

    what: str
    role: str
    found: tuple[str, ...]


def plain(text: str) -> str:
    """Return ``text`` in compatible forms with single spaces, as the comparison is made.

    >>> plain("１２ ⼈")
    '12 人'
    """
    return " ".join(unicodedata.normalize("NFKC", text).split())


def verdicts(gold: dict[str, object], lines: Sequence[Line]) -> Iterator[Verdict]:
    """Judge every box of every part."""
    for unit in gold["units"]:  # type: ignore[attr-defined]
        for part in unit["parts"]:
            text = plain(part["text"])
            for box in part["boxes"]:
                yield judged(box, text, part["role"], lines)


def judged(box: Sequence[float], text: str, role: str, lines: Sequence[Line]) -> Verdict:
    """Judge one box of a part that says ``text``."""
    here = [line for line in lines if _stands(line, box)]
    found = tuple(line.text for line in here)
    if not here:
        return Verdict("lost", role, found)
    upright = box[3] - box[1] > box[2] - box[0] and any(line.vertical for line in here)
    size = (box[2] - box[0]) if upright else (box[3] - box[1]) / 1.1
    first, last = (box[1], box[3]) if upright else (box[0], box[2])
    ends = [_span(line, upright) for line in here]
    if min(a for a, _ in ends) < first - NEAR * size or max(b for _, b in ends) > last + NEAR * size:
        return Verdict("merged", role, found)
    # The browser counts the wide space at which it broke a title of two halves to the line's width.
    slack = NEAR + (1.2 if len(here) == 1 and plain(here[0].text) + " " in text else 0.0)
    if role != "row" and (len(here) > 1 or ends[0][0] > first + NEAR * size or ends[0][1] < last - slack * size):
        return Verdict("split", role, found)
    said = all(_says(text, plain(line.text)) for line in here)
    return Verdict("exact" if said else "text", role, found)


def _says(text: str, said: str) -> bool:
    """Say whether a line says a piece of ``text``; at its end a hyphen may be that of the line."""
    return said in text or (said[-1:] in _HYPHENS and said[:-1] in text)


def _stands(line: Line, box: Sequence[float]) -> bool:
    """Say whether a line stands in a box: its middle across, and half of it or of the box along."""
    own = line.box
    if own is None:
        return False
    wide, high = min(own.x1, box[2]) - max(own.x0, box[0]), min(own.y1, box[3]) - max(own.y0, box[1])
    least_wide = min(own.width, box[2] - box[0])
    least_high = min(own.height, box[3] - box[1])
    return wide > least_wide / 2 and high > least_high / 2


def _span(line: Line, upright: bool) -> tuple[float, float]:
    assert line.box is not None
    return (line.box.y0, line.box.y1) if upright else (line.box.x0, line.box.x1)


def _numbers(text: str) -> list[int]:
    spans = [piece.split("-") for piece in text.split(",")]
    return [n for span in spans for n in range(int(span[0]), int(span[-1]) + 1)]


def main() -> None:
    """Print a row a style: lines of the gold, the share of each verdict, and examples of what is not exact."""
    parser = argparse.ArgumentParser(description="Lines of the reader against those of the gold.")
    parser.add_argument("--style", action="append", choices=STYLES)
    parser.add_argument("--seeds", default="1-6")
    parser.add_argument("--engine", default="pdfium")
    parser.add_argument("--folder", type=Path, default=PAGES)
    parser.add_argument("--show", type=int, default=0, help="so many examples a style")
    words = parser.parse_args()
    print("style  lines   exact  merged   split    text    lost")
    for style in words.style or STYLES:
        counts: Counter[str] = Counter()
        examples: list[str] = []
        for seed in _numbers(words.seeds):
            path = words.folder / f"{style}-{seed}.pdf"
            gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
            reading = read(path.read_bytes(), path.name, wishes=Wishes(engine=words.engine)).value
            for verdict in verdicts(gold, reading.pages[0].lines):
                counts[verdict.what] += 1
                if verdict.what != "exact":
                    examples.append(f"  {path.stem} {verdict.what} {verdict.role}: {' | '.join(verdict.found)}")
        total = counts.total() or 1
        shares = "".join(f"{counts[what] / total:8.4f}" for what in ("exact", "merged", "split", "text", "lost"))
        print(f"{style:5} {total:6}{shares}")
        for example in examples[: words.show]:
            print(example)


if __name__ == "__main__":
    main()
