"""Do both engines of the PDF reader lead to the same articles? Run it with ``python bench/pdf_speed.py --engines``.

The texts of the articles are compared as they are, in their order, white space and all.
"""

from __future__ import annotations

import multiprocessing
from collections import Counter
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

from bench import trials

from relayout import api

WINDOW = 8  # characters that are shown on either side of a difference


def articles(page: Path, engine: str) -> list[str]:
    """Return the texts of the articles of a page, their paragraphs parted by line ends."""
    issue = api.fix(page, pdf_engine=engine)
    return ["\n".join(paragraph.text for paragraph in article.paragraphs) for article in issue.articles]


def first(one: Sequence[str], other: Sequence[str]) -> str:
    """Say where two pages begin to differ.

    >>> first(["甲", "乙丙丁"], ["甲", "乙丙"])
    "article 2: '乙丙丁' / '乙丙'"
    """
    for number, (a, b) in enumerate(zip_longest(one, other, fillvalue=""), 1):
        if a != b:
            at = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
            shown = slice(max(0, at - WINDOW), at + WINDOW)
            return f"article {number}: {a[shown]!r} / {b[shown]!r}"
    return ""


def verdict(page: Path) -> tuple[Path, str]:
    """Return the first difference between the engines on a page, or nothing."""
    fast, slow = articles(page, "pdfium"), articles(page, "pdfplumber")
    return page, "" if fast == slow else f"{len(fast)} and {len(slow)} articles, {first(fast, slow)}"


def compare(pages: Sequence[Path]) -> int:
    """Print on how many pages the engines agree, and where they do not; return 1 if there is such a page, else 0."""
    agree: Counter[str] = Counter()
    count: Counter[str] = Counter()
    with multiprocessing.Pool(trials.WORKERS) as pool:
        for page, where in pool.imap(verdict, pages):
            style = page.stem.rpartition("-")[0]
            count[style] += 1
            agree[style] += not where
            if where:
                print(f"{page.stem}: {where}", flush=True)
    print(f"{'':<8}{'pages':>8}{'the same articles':>20}")
    for style in count:
        print(f"{style:<8}{count[style]:>8}{agree[style]:>20}")
    print(f"{'all':<8}{count.total():>8}{agree.total():>20}")
    return 0 if agree.total() == count.total() else 1
