"""What became of every source line and why, as text for people.

Only rendering: the decisions are the notes of the stages, which are in the :class:`Issue` already.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from relayout.chars import cells
from relayout.counting import Counting, Key, counting
from relayout.errors import UsageError
from relayout.model import Evidence, Issue, Line, Note, Place
from relayout.roles import Level
from relayout.sureness import Known, known, mean, words

DOUBTFUL = 0.5  # of 1: surer wrong than right
END = "end"  # stands for the joint after the last line of a paragraph


class Fate(NamedTuple):
    """What became of one source line, or of a part of one: its article, role, and the joint to the next line."""

    line: Line
    article: str
    role: str
    joint: str
    cert: float


def explain(issue: Issue, number: int | None = None, page: str = "") -> Iterator[str]:
    """Give one text line for every source line, or everything that is known about line ``number``.

    Columns: place, article, role, joint to the next line (``end``: none, the paragraph ends), certainty, the
    text, and after ``<-`` the decisions with their evidence. Blank lines are not shown. Where every page counts its
    lines from 1 a place says its page, too, and without ``page`` (a label or a number) a line is shown of every page
    that has one. Raises :class:`UsageError` for a page that is not there and a number that the source has no text at.
    """
    counted = counting(issue.pages)
    notes: dict[Key, list[Note]] = {}
    for note in issue.notes:
        if note.place is not None:
            notes.setdefault(counted.key(note.place), []).append(note)
    found = sorted(fates(issue), key=lambda fate: fate.line.place)
    if number is None:
        width = max((len(counted.said(f.line.place)) for f in found), default=1)
        for fate in found:
            mine = [n for n in notes.get(counted.key(fate.line.place), ()) if _concerns(n, fate.line.place)]
            shown = counted.said(fate.line.place).rjust(width)
            yield _row(fate, shown, [n for n in mine if n.level is Level.DECISION])
        return
    pages = _pages(issue, page)
    asked = [fate for fate in found if fate.line.place.line == number and fate.line.place.page in pages]
    if not asked:
        which = f"line {page}:{number}" if page else f"line {number}"
        raise UsageError(f"{which} is blank, or {issue.source.name} has no such line", _range(issue, pages))
    told = known(issue.pages)
    for key in dict.fromkeys(counted.key(fate.line.place) for fate in asked):
        for fate in asked:
            if counted.key(fate.line.place) == key:
                yield _row(fate, counted.said(fate.line.place), [])
                yield from _sure(fate.line, told)
        for note in notes.get(key, ()):
            yield from _in_full(note, counted)


def _pages(issue: Issue, wanted: str) -> frozenset[int]:
    """Return the numbers of the pages that have a label or number; of all where nothing is wanted."""
    found = [page.number for page in issue.pages if wanted in ("", page.label)]
    found = found or [page.number for page in issue.pages if wanted == str(page.number)]
    if not found:
        names = ", ".join(page.label or str(page.number) for page in issue.pages)
        raise UsageError(f"--line: there is no page {wanted!r}", f"give a page that is read, as in P:N: {names}")
    return frozenset(found)


def fates(issue: Issue) -> Iterator[Fate]:
    """Give what became of every line, article by article; page furniture has the article ``-``."""
    owners = [(a.id, p) for a in issue.articles for p in a.paragraphs]
    for owner, paragraph in (*owners, *(("-", p) for p in issue.furniture)):
        names = (*(joint.value for joint in paragraph.joints), END)
        for line, joint in zip(paragraph.lines, names, strict=True):
            yield Fate(line, owner, paragraph.role.value, joint, paragraph.cert)


def _concerns(note: Note, place: Place) -> bool:
    """Tell whether a note on this source line is about this part of it: their spans overlap."""
    if note.place is None:
        return False
    here, there = place, note.place
    return (here.end is None or there.start < here.end) and (there.end is None or here.start < there.end)


def _row(fate: Fate, place: str, notes: list[Note]) -> str:
    text = fate.line.text
    head = f"{place}  {fate.article:<4} {fate.role:<9} {fate.joint:<11} {fate.cert:4.2f}  {text}"
    if not notes:
        return head
    gap = " " * max(1, 40 - cells(text))
    return f"{head}{gap}<- {'; '.join(_short(note) for note in notes)}"


def _sure(line: Line, told: Known) -> Iterator[str]:
    """Say how sure OCR was of a line, and of which of its words it was not."""
    sure = mean((line,), told)
    if sure is not None:
        doubtful = [f"{line.text[start:end]} {cert:.2f}" for start, end, cert in words(line, told) if cert < DOUBTFUL]
        yield f"  OCR is {sure:.2f} sure of it{': not of ' if doubtful else ''}{', '.join(doubtful)}"


def _short(note: Note) -> str:
    reasons = _sum(note.evidence) if note.evidence else note.why
    return f"{note.stage}: {note.what} ({reasons})" if reasons else f"{note.stage}: {note.what}"


def _sum(evidence: tuple[Evidence, ...]) -> str:
    """Write evidence as a sum.

    >>> _sum((Evidence("full line", 1.0, 2.0), Evidence("blank", 1.0, -0.5)))
    'full line 1×2=+2, blank 1×-0.5=-0.5: sum +1.5'
    """
    terms = ", ".join(f"{e.name} {e.value:.3g}×{e.weight:.3g}={e.product:+.3g}" for e in evidence)
    return terms if len(evidence) == 1 else f"{terms}: sum {sum(e.product for e in evidence):+.3g}"


def _in_full(note: Note, counted: Counting) -> Iterator[str]:
    where = f" at {counted.said(note.place)}" if note.place is not None else ""
    yield f"  {note.level.value} of {note.stage}{where}, certainty {note.cert:.2f}: {note.what}"
    if note.why:
        yield f"    because {note.why}"
    if note.window:
        yield f"    in: {note.window}"
    width = max((cells(e.name) for e in note.evidence), default=0)
    for e in note.evidence:
        name = e.name + " " * (width - cells(e.name))
        yield f"    {name}  {e.value:8.3g} × {e.weight:6.3g} = {e.product:+8.3g}"
    if len(note.evidence) > 1:
        yield f"    {'sum':<{width}}  {'':8}   {'':6}   {sum(e.product for e in note.evidence):+8.3g}"


def _range(issue: Issue, pages: frozenset[int]) -> str:
    numbers = [line.place.line for page in issue.pages if page.number in pages for line in page.lines]
    return f"its text runs from line {min(numbers)} to {max(numbers)}" if numbers else "the page has no text"
