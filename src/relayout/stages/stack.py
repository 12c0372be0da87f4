"""Stack: draw lines of one character each together; a vertical column that an extractor took for many lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from relayout.chars import has_han, ink
from relayout.layout import Layout
from relayout.lexicon import words_of
from relayout.model import Line, Note, Outcome
from relayout.profile import Profile
from relayout.roles import Level
from relayout.stringing import pieces

KANA = re.compile("[\u3041-\u30fa]")
WIDE = 2  # characters: figures set upright in a vertical column stand two abreast
MARKED = 4  # characters: marks and letters that an extractor leaves on the line of the character beside them
MOSTLY = 0.75  # share of a run that is one character a line, where others have more
SELDOM = 80  # lines to a blank one: no column is so long, so the blank one is a wide space in a title


def stack(layout: Layout, profile: Profile) -> Outcome[Layout]:
    """Draw runs of lines with one character each together to one line, the printed column they were.

    A blank line ends a column where most lines of the run have none before them. A run in which no blank line
    shows the columns is cut into titles and paragraphs by what its characters say (``stringing.py``). Keeps the lines
    that were drawn together in ``stacks``, so that ``unstack`` can put them back into the result. Declines where fewer
    than ``stack.least`` such lines follow each other, or where most of them are Latin letters or figures: a list may
    have such a column.
    """
    least = int(profile.number("stack.least"))
    lines = layout.page.lines
    if any(line.place.start or line.place.end is not None for line in lines):
        return Outcome(layout)  # parts of rows: their columns are known
    if sum(_lone(line.text) for line in lines) < least:
        return Outcome(layout)
    out: list[Line] = []
    stacks: list[tuple[Line, ...]] = []
    runs = list(_runs(lines))
    text = "\n".join("".join(line.text for line in run) for run in runs)
    for run in runs:
        if len(run) < least or not _column(run):
            out.extend(run)
            continue
        for column in _columns(run, text, profile):
            out.append(_drawn(column))
            stacks.append(column)
    if not stacks:
        return Outcome(layout)
    count = sum(map(len, stacks))
    note = Note("stack", f"{count} lines of one character drawn together to {len(stacks)} columns",
                "they follow each other; vertical text comes out of an extractor so", 0.8, Level.REPAIR,
                stacks[0][0].place, out[0].text[:24])  # fmt: skip
    page = replace(layout.page, lines=tuple(out))
    strung = 2 * count > len(lines)
    stops = tuple(column[0].place for column in stacks) if strung else ()
    return Outcome(replace(layout, page=page, stacks=tuple(stacks), strung=strung, stops=stops), (note,))


def _runs(lines: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """Part the page into runs of lines of one character, and single other lines."""
    start = 0
    for i, line in enumerate(lines):
        if not _lone(line.text):
            if start < i:
                yield tuple(lines[start:i])
            yield (line,)
            start = i + 1
    if start < len(lines):
        yield tuple(lines[start:])


def _lone(text: str) -> bool:
    """Say whether a line may be one square of a vertical column: a character, figures, or one with its marks."""
    letters = sum(has_han(char) or KANA.match(char) is not None for char in text)
    return len(ink(text)) <= MARKED and letters <= 1


def _column(run: Sequence[Line]) -> bool:
    """Say whether lines are squares of vertical columns: most are of Han, and hardly any has two characters."""
    texts = [ink(line.text) for line in run]
    return 2 * sum(map(has_han, texts)) >= len(run) and sum(len(text) == 1 for text in texts) >= MOSTLY * len(run)


def _columns(run: Sequence[Line], page: str, profile: Profile) -> Iterator[tuple[Line, ...]]:
    """Part a run at its blank lines, or else into the titles and paragraphs that its characters make."""
    blanks = sum(line.after_blank for line in run[1:])
    if 2 * blanks < len(run) <= SELDOM * blanks:
        starts = [0, *(i for i in range(1, len(run)) if run[i].after_blank)]
    else:
        starts = _texts(run, page, profile)
    for start, end in pairwise([*starts, len(run)]):
        yield tuple(run[start:end])


def _texts(run: Sequence[Line], page: str, profile: Profile) -> list[int]:
    """Return where texts begin in a run: titles, and paragraphs of some length."""
    squares = [ink(line.text) for line in run]
    places = list(accumulate(map(len, squares), initial=0))
    at = {place: i for i, place in enumerate(places)}
    gaps = frozenset(place for place, line in zip(places[1:], run[1:], strict=False) if line.after_blank)
    if SELDOM * len(gaps) > len(run):
        gaps = frozenset()
    words = frozenset() if KANA.search(page) else words_of(run)
    starts, begun = [0], 0
    for piece in pieces("".join(squares), page, words, profile, gaps):
        long = piece.start - begun >= profile.number("stack.paragraph")
        if piece.start in at and piece.start and (piece.begins or long):
            starts.append(at[piece.start])
            begun = piece.start
    return starts


def _drawn(column: Sequence[Line]) -> Line:
    first = column[0]
    return replace(first, raw="".join(line.raw.strip() for line in column), text="".join(ink(c.text) for c in column))
