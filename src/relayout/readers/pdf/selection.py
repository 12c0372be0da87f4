"""Which pages are wanted: numbers, ranges, and the names that the source gives its pages."""

from __future__ import annotations

from collections.abc import Sequence

from relayout.errors import UsageError


def chosen(wanted: str, labels: Sequence[str]) -> list[int]:
    """Return the pages (from 0) that ``wanted`` names, in the order of the file; all where it says nothing.

    A word is taken for a label (``A5``) if a page has it, else for a number from 1 or a range of them. Every word must
    name a page.

    >>> chosen("1-2,A5", ["A1", "A2", "A3", "A5"])
    [0, 1, 3]
    """
    if not wanted:
        return list(range(len(labels)))
    found: set[int] = set()
    for word in map(str.strip, wanted.split(",")):
        first, dash, last = word.partition("-")
        if word and word in labels:
            places = [n for n, label in enumerate(labels) if label == word]
        elif dash and first and last:
            places = list(range(_place(first, labels, wanted), _place(last, labels, wanted) + 1))
        else:
            places = [_place(word, labels, wanted)] if word and not dash else []
        if not places:
            raise UsageError(f"--pages {wanted}: names no page", "give numbers, ranges or labels, as in --pages 1-3,A5")
        found.update(places)
    return sorted(found)


def _place(word: str, labels: Sequence[str], wanted: str) -> int:
    word = word.strip()
    if word in labels:
        return labels.index(word)
    if word.isascii() and word.isdigit() and 1 <= int(word) <= len(labels):
        return int(word) - 1
    raise UsageError(
        f"--pages {wanted}: there is no page {word!r}",
        f"the file has {len(labels)}, from {labels[0] or 1} to {labels[-1] or len(labels)}",
    )


def picked(wanted: str, pages: Sequence[tuple[int, str]]) -> list[int]:
    """Return which of the pages, each with its number and label, ``wanted`` names; all where it says nothing.

    As :func:`chosen`, where numbers need not be places: a page that cannot be read leaves a hole.

    >>> picked("2-A5", [(1, ""), (2, ""), (4, "A5"), (5, "")])
    [1, 2]
    """
    if not wanted:
        return list(range(len(pages)))
    labels = {label: number for number, label in reversed(pages) if label}
    found: set[int] = set()
    for word in map(str.strip, wanted.split(",")):
        first, dash, last = word.partition("-")
        if word in labels or not dash:
            first, last = word, word
        ends = [
            labels.get(end.strip(), int(end) if end.strip().isascii() and end.strip().isdigit() else 0)
            for end in (first, last)
        ]
        here = {n for n, (number, _) in enumerate(pages) if ends[0] <= number <= ends[1]} if all(ends) else set()
        if not here:
            names = ", ".join(label or str(number) for number, label in pages[:3])
            more = f"{names} … {pages[-1][1] or pages[-1][0]}" if len(pages) > 3 else names
            raise UsageError(f"--pages {wanted}: there is no page {word!r}", f"there are {len(pages)}: {more}")
        found |= here
    return sorted(found)
