"""What files of single pages say of their issue, in marks of relayout, so that they can be put together again.

The mark of the issue stands in every file. Where an article stands among the others, and a text in its article, is said
only where the order of the pages does not tell it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from itertools import pairwise

from relayout.chars import ink
from relayout.model import Article


def issue_mark(articles: Iterable[tuple[str, Article]]) -> str:
    """Return what tells files of pages of one issue from those of another, of its articles and their ids.

    It hangs on their text only, so that what is read and written again has it again.

    >>> issue_mark(())
    'relayout {issue:e3b0c44298fc1c14;}'
    """
    digest = hashlib.sha256()
    for ident, article in articles:
        digest.update(f"{ident}\0{article.kind.value}\0".encode())
        for part in article.paragraphs:
            text = "".join(ink(line.raw) + "\0" for line in part.lines)
            digest.update(text.encode("utf-8", "replace"))
    return f"relayout {{issue:{digest.hexdigest()[:16]};}}"


def places(units: Sequence[str], pages: Iterable[Sequence[str]]) -> dict[str, str]:
    """Return the places of units in an issue, as marks; none where they begin on its pages in their order.

    >>> places(("a1", "a2"), [("a1",), ("a1", "a2")]), places(("a1", "a2"), [("a2",), ("a1",)])
    ({}, {'a1': 'n:1;', 'a2': 'n:2;'})
    """
    begun = list(dict.fromkeys(unit for page in pages for unit in page))
    known = set(begun)
    if begun == [unit for unit in units if unit in known]:
        return {}
    return {unit: f"n:{n};" for n, unit in enumerate(units, 1)}


def texts(homes: Sequence[int], page: int, figured: int) -> str:
    """Return where the texts of an article that stand on a page are in it, as a mark; those of figures come last.

    ``homes`` are the pages of its texts in order. Nothing where none goes back to a page before.

    >>> texts([1, 2, 1], 1, 0), texts([1, 1, 2], 1, 0)
    ('texts:1 3;', '')
    """
    if not any(one > two for one, two in pairwise(homes)):
        return ""
    at = [n for n, home in enumerate(homes, 1) if home == page]
    at += range(len(homes) + 1, len(homes) + 1 + figured)
    return f"texts:{' '.join(map(str, at))};"
