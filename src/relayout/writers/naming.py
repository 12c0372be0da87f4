"""Names that outputs share: safe file names from any stem, ids of articles, paragraphs and figures.

A paragraph's name is the same in every output: ``a1-p3`` is the third paragraph of article ``a1`` in the TEI
(``xml:id``), in the JSON and in what is said to the user.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from relayout.model import Article, Issue, Paragraph
from relayout.roles import Kind

# Folders, drives, wild cards, and everything a terminal or a file system may act upon.
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
# File systems allow 255 bytes a name; the longest ending here ("-a99999.hk2s.tei.xml") takes 20 of them.
_LONGEST = 200


def safe(stem: str) -> str:
    """Turn any stem into a file name that stays in its folder, is not hidden, and is not too long.

    Leaves a harmless name as it is, whatever its script.

    >>> safe("takungpao-2025-07-16"), safe("大公報 A2"), safe("../../etc/passwd"), safe("..")
    ('takungpao-2025-07-16', '大公報 A2', '_.._etc_passwd', 'page')
    """
    name = _UNSAFE.sub("_", stem).lstrip(". ").rstrip(". ")
    name = name.encode()[:_LONGEST].decode(errors="ignore").rstrip(". ")
    if _RESERVED.match(name):
        name = f"_{name}"
    return name or "page"


def article_ids(issue: Issue) -> tuple[str, ...]:
    """Give the id of every article in order; one that has none yet gets its number: a1, a2, and u1 for unassigned."""
    taken = {article.id for article in issue.articles}
    counts = {"a": 0, "u": 0}
    ids = []
    for article in issue.articles:
        letter = "u" if article.kind is Kind.UNASSIGNED else "a"
        counts[letter] += 1
        while not article.id and f"{letter}{counts[letter]}" in taken:
            counts[letter] += 1
        ids.append(article.id or f"{letter}{counts[letter]}")
    return tuple(ids)


def paragraph_id(unit: str, number: int) -> str:
    """Name the paragraph with this 1-based place in ``Article.paragraphs``.

    >>> paragraph_id("a1", 3)
    'a1-p3'
    """
    return f"{unit}-p{number}"


def figure_id(unit: str, number: int) -> str:
    """Name the figure with this 1-based place in ``Article.figures``.

    >>> figure_id("a1", 1)
    'a1-f1'
    """
    return f"{unit}-f{number}"


def furniture_id(number: int) -> str:
    """Name the piece of page furniture with this 1-based place in ``Issue.furniture``.

    >>> furniture_id(2)
    'fw-2'
    """
    return f"fw-{number}"


def named(article: Article, unit: str) -> Iterator[tuple[str, Paragraph]]:
    """Every paragraph of an article with its id, those of figures last."""
    for number, paragraph in enumerate(article.paragraphs, 1):
        yield paragraph_id(unit, number), paragraph
