"""Stack: draw lines of one character each together; a vertical column that an extractor took for many lines."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from relayout.chars import ink
from relayout.fitted import tables
from relayout.layout import Layout
from relayout.lexicon import words_of
from relayout.model import Line, Note, Outcome, Place
from relayout.profile import Profile
from relayout.roles import Level
from relayout.sentences import Sentences, rarity
from relayout.squares import KANA, is_column, is_square, runs_of
from relayout.stringing import SENTENCE, Piece, pieces

SELDOM = 80  # lines to a blank one: no column is so long, so the blank one is a wide space in a title


def stack(layout: Layout, profile: Profile) -> Outcome[Layout]:
    """Draw runs of lines with one character each together to one line, the printed column they were.

    A blank line ends a column where most lines of the run have none before them. A run in which no blank line
    shows the columns is cut into titles and paragraphs by what its characters say (``stringing.py``,
    ``sentences.py``). Keeps the lines that were drawn together in ``stacks``, so that ``unstack`` can put them back
    into the result. Declines where fewer than ``stack.least`` such lines follow each other, or where most of them are
    Latin letters or figures: a list may have such a column.
    """
    least = int(profile.number("stack.least"))
    lines = layout.page.lines
    if any(line.place.start or line.place.end is not None for line in lines):
        return Outcome(layout)  # parts of rows: their columns are known
    if sum(is_square(line.text) for line in lines) < least:
        return Outcome(layout)
    out: list[Line] = []
    stacks: list[Sequence[Line]] = []
    stops: list[Place] = []
    strung = 0
    runs = list(runs_of(lines))
    text = "\n".join("".join(line.text for line in run) for run in runs)
    for run in runs:
        if len(run) < least or not is_column(run):
            out.extend(run)
            continue
        columns = _blank_ended(run)
        if not columns:
            strung += len(run)
            columns = _texts(run, text, profile)
            stops += [column[0].place for column in columns]
        out += map(_drawn, columns)
        stacks += columns
    if not stacks:
        return Outcome(layout)
    count = sum(map(len, stacks))
    note = Note("stack", f"{count} lines of one character drawn together to {len(stacks)} columns",
                "they follow each other; vertical text comes out of an extractor so", 0.8, Level.REPAIR,
                stacks[0][0].place, out[0].text[:24])  # fmt: skip
    page = replace(layout.page, lines=tuple(out))
    layout = replace(layout, page=page, stacks=tuple(map(tuple, stacks)))
    if 2 * strung > len(lines):
        layout = replace(layout, strung=True, stops=tuple(stops))
    return Outcome(layout, (note,))


def _blank_ended(run: Sequence[Line]) -> list[Sequence[Line]]:
    """Part a run at its blank lines where they show its columns; nothing where they do not."""
    blanks = [i for i in range(1, len(run)) if run[i].after_blank]
    if 2 * len(blanks) < len(run) <= SELDOM * len(blanks):
        return [run[start:end] for start, end in pairwise([0, *blanks, len(run)])]
    return []


def _texts(run: Sequence[Line], page: str, profile: Profile) -> list[Sequence[Line]]:
    """Part a run into the titles and paragraphs that its characters make."""
    squares = [ink(line.text) for line in run]
    places = list(accumulate(map(len, squares), initial=0))
    starts = [0]
    for text in texts_of(run, page, profile):
        square = bisect_right(places, text.start) - 1  # a text that begins inside a square gets all of it
        starts += [square] * (text.start > 0 and square > starts[-1])  # a soft hyphen before it all has no ink
    return [run[start:end] for start, end in pairwise([*starts, len(run)])]


def texts_of(run: Sequence[Line], page: str, profile: Profile) -> list[Piece]:
    """Return the pieces of a run with which texts begin: titles, and sentences that open a paragraph."""
    whole, found = cut(run, page, profile)
    groups = sentences_of(found)
    telling = rarity(whole[one.start : one.end] for group in groups for one in group)
    weights = tables("paragraphs")["kana" if KANA.search(page) else "han"]
    opening = [one for one in found if one.begins]
    for group in groups:
        if len(group) > 1:
            several = Sentences([whole[one.start : one.end] for one in group], telling, profile)
            opening += [group[i] for i in several.paragraphs(weights) if i]
    return sorted(opening)


def cut(run: Sequence[Line], page: str, profile: Profile) -> tuple[str, list[Piece]]:
    """Return the characters of a run, and the titles and sentences in it."""
    whole = "".join(ink(line.text) for line in run)
    places = accumulate(len(ink(line.text)) for line in run)
    gaps = frozenset(place for place, line in zip(places, run[1:], strict=False) if line.after_blank)
    if SELDOM * len(gaps) > len(run):
        gaps = frozenset()
    words = frozenset() if KANA.search(page) else words_of(run)
    return whole, pieces(whole, page, words, profile, gaps)


def sentences_of(found: Sequence[Piece]) -> list[list[Piece]]:
    """Return the sentences that follow each other with no title or dateline between."""
    groups: list[list[Piece]] = []
    for one in found:
        if one.kind == SENTENCE and one.begins:
            groups.append([one])
        elif one.kind == SENTENCE:
            groups[-1].append(one)
    return groups


def _drawn(column: Sequence[Line]) -> Line:
    first = column[0]
    return replace(first, raw="".join(line.raw.strip() for line in column), text="".join(ink(c.text) for c in column))
