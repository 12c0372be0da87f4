"""Do both engines of the PDF reader lead to the same articles? Run it with ``python bench/pdf_speed.py --engines``.

The engines differ by nature in some characters. Of fonts whose map names two characters for one glyph pdfium takes
the one and pdfminer the other (户 and 戶, ・ and ‧); white space that is a glyph pdfium leaves out, and where a font
has no advances the engines do not see the same gaps. Pages that are equal but for these are counted apart.
"""

from __future__ import annotations

import multiprocessing
from collections import Counter
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

from bench import trials

from relayout import api

EQUAL, ALIKE, OTHER = "the same articles", "the same but for characters", "others"
ALIKES = str.maketrans(
    {"戶": "户", "戸": "户", "∕": "／", "‧": "・", "·": "•", "―": "—", "〜": "～", "ﬁ": "fi", "ﬂ": "fl"}
)
WINDOW = 8  # characters that are shown on either side of a difference


def articles(page: Path, engine: str) -> list[str]:
    """Return the texts of the articles of a page, their paragraphs parted by line ends."""
    issue = api.fix(page, pdf_engine=engine)
    return ["\n".join(paragraph.text for paragraph in article.paragraphs) for article in issue.articles]


def folded(text: str) -> str:
    """Return a text without what the engines do not agree on by nature.

    >>> folded("門 戶") == folded("門户")
    True
    """
    return "".join(text.translate(ALIKES).split())


def first(one: Sequence[str], other: Sequence[str]) -> str:
    """Say where two pages begin to differ.

    >>> first(["甲", "乙丙丁"], ["甲", "乙丙"])
    "article 2: '乙丙丁' / '乙丙'"
    """
    for number, (a, b) in enumerate(zip_longest(map(folded, one), map(folded, other), fillvalue=""), 1):
        if a != b:
            at = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
            shown = slice(max(0, at - WINDOW), at + WINDOW)
            return f"article {number}: {a[shown]!r} / {b[shown]!r}"
    return ""


def verdict(page: Path) -> tuple[Path, str, str]:
    """Return how the engines agree on a page, and the first difference where they do not."""
    fast, slow = articles(page, "pdfium"), articles(page, "pdfplumber")
    if fast == slow:
        return page, EQUAL, ""
    where = first(fast, slow)
    return page, OTHER if where else ALIKE, f"{len(fast)} and {len(slow)} articles, {where}"


def compare(pages: Sequence[Path]) -> int:
    """Print on how many pages the engines agree, and the pages on which they do not; 0, as it is no failure."""
    counts: Counter[tuple[str, str]] = Counter()
    with multiprocessing.Pool(trials.WORKERS) as pool:
        for page, found, where in pool.imap(verdict, pages):
            counts[page.stem.rpartition("-")[0], found] += 1
            if found == OTHER:
                print(f"{page.stem}: {where}", flush=True)
    print(f"{'':<8}" + "".join(f"{found:>30}" for found in (EQUAL, ALIKE, OTHER)))
    for style in dict.fromkeys(style for style, _ in counts):
        print(f"{style:<8}" + "".join(f"{counts[style, found]:>30}" for found in (EQUAL, ALIKE, OTHER)))
    sums = [sum(count for (_, kind), count in counts.items() if kind == found) for found in (EQUAL, ALIKE, OTHER)]
    print(f"{'all':<8}" + "".join(f"{count:>30}" for count in sums))
    return 0
