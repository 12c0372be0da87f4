"""The law of conservation: every printed character of the input is in the output once. Runs inside ``fix``."""

from __future__ import annotations

from collections.abc import Iterable

from relayout.chars import ink
from relayout.counting import counting
from relayout.errors import LossError
from relayout.model import Page, Paragraph, Place


def losses(pages: Iterable[Page], paragraphs: Iterable[Paragraph]) -> list[tuple[Place, str, str]]:
    """Return each source line whose characters are not in ``paragraphs`` exactly once: place, expected, found."""
    found: dict[tuple[int, int], list[tuple[int, str]]] = {}
    for paragraph in paragraphs:
        for line in paragraph.lines:
            found.setdefault((line.place.page, line.place.line), []).append((line.place.start, line.text))
    wrong: list[tuple[Place, str, str]] = []
    for page in pages:
        for line in page.lines:
            parts = found.pop((line.place.page, line.place.line), [])
            text = "".join(ink(part) for _, part in sorted(parts))
            expected = ink(line.raw)
            if text != expected:
                wrong.append((line.place, expected, text))
    wrong += [(Place(page, line), "", "".join(t for _, t in parts)) for (page, line), parts in found.items()]
    return wrong


def uphold(pages: Iterable[Page], paragraphs: Iterable[Paragraph]) -> None:
    """Raise :class:`LossError` where the law is broken, naming the first line."""
    pages = tuple(pages)
    wrong = losses(pages, paragraphs)
    if wrong:
        place, expected, text = wrong[0]
        raise LossError(
            f"line {counting(pages).said(place)}: {expected[:40]!r} became {text[:40]!r} ({len(wrong)} lines in all)",
            "this is a defect of relayout; please report it with the input",
        )
