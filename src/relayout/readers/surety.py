"""How sure an engine says it is of its words: spans of a line, and numbers that mean the same in every format."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import isfinite

from relayout.model import Note
from relayout.roles import Level
from relayout.told import Sureness

Span = tuple[int, int, float]  # of the raw line, and what the file says
DOUBTFUL = 0.5  # of 1: surer wrong than right
_FEW = 20  # words that may all be said to be equally sure by chance
_AFAR = 200  # characters that may stand between two words of a line, and belong to none


def spans(raw: str, words: Iterable[tuple[str, float | None]]) -> tuple[Span, ...]:
    """Find words, in their order, in a line, and return those of which the file says how sure it is.

    >>> spans("the old king", [("the", 0.9), ("old", None), ("king", 0.2)])
    ((0, 3, 0.9), (8, 12, 0.2))
    """
    found: list[Span] = []
    at = 0
    for word, sure in words:
        text = " ".join(word.split())
        start = raw.find(text, at, at + len(text) + _AFAR) if text else -1
        if start < 0:
            continue
        at = start + len(text)
        if sure is not None:
            found.append((start, at, sure))
    return tuple(found)


def average(numbers: Iterable[float | None]) -> float | None:
    """Return the mean of what is known, or nothing."""
    known = [one for one in numbers if one is not None]
    return sum(known) / len(known) if known else None


def graded(
    lines: Sequence[tuple[str, Sequence[Span]]], best: float, page: int
) -> tuple[tuple[Sureness, ...], list[Note]]:
    """Return how sure the engine is of the words of a page, from 0 to 1, by the numbers of its lines.

    ``best`` is what the format says for certainty: 1, or 100. Files that count to the other are known by most of their
    numbers. What is no number from 0 to ``best`` is left out. A page whose words are all alike says nothing.

    >>> graded([("a b", ((0, 1, 96.0), (2, 3, 31.0)))], 1.0, 1)[0][1]
    Sureness(line=1, start=2, end=3, cert=0.31)
    """
    said = [(n, start, min(end, len(raw)), sure) for n, (raw, some) in enumerate(lines, 1) for start, end, sure in some]
    numbers = [sure for *_, sure in said if isfinite(sure)]
    if best == 1.0 and 2 * sum(1 < one <= 100 for one in numbers) > len(numbers):
        best = 100.0
    elif best == 100.0 and all(one <= 1 for one in numbers) and any(0 < one < 1 for one in numbers):
        best = 1.0
    good = [(n, start, end, sure / best) for n, start, end, sure in said if 0 <= sure <= best and start < end]
    notes: list[Note] = []
    if len(good) < len(said):
        what = f"how sure OCR is of {len(said) - len(good)} words of page {page} is not known"
        notes.append(Note("read", what, f"they say no number from 0 to {best:g}", 1.0, Level.DOUBT))
    alike = {sure for *_, sure in good}
    if len(alike) == 1 and (len(good) >= _FEW or alike & {0.0, 1.0}):
        what = f"how sure OCR is of the words of page {page} is not used"
        notes.append(Note("read", what, f"it says {next(iter(alike)) * best:g} of each of {len(good)}", 1.0))
        return (), notes
    low = sum(sure < DOUBTFUL for *_, sure in good)
    if low:
        what = f"{low} of {len(good)} words of page {page} are doubtful"
        notes.append(Note("read", what, f"OCR is less than {DOUBTFUL:g} sure of them, of 1", 1.0, Level.DOUBT))
    return tuple(Sureness(*one) for one in good), notes
