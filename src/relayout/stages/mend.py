"""Mend: find the paragraphs, measures and indents that would set to these lines.

Every line is the first or a further line of a paragraph, or a display line; every paragraph has a measure,
which may change inside it where the text runs round a box. The cheapest reading of the whole page is found by
dynamic programming over the lines, so a line end is never judged by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import exp

from relayout.chars import ends_sentence
from relayout.layout import Block, Layout, Setting
from relayout.model import Line, Note, Outcome, Paragraph
from relayout.profile import Profile
from relayout.roles import Joint, Level, Role
from relayout.signals.lexical import joint, word_pairs, words
from relayout.signals.typeset import DISPLAY, FIRST, FURTHER, Prices, reasons
from relayout.signals.verse import one_text
from relayout.typesetting import Choice, cheapest

SHORT = 5  # characters of a last line that may be a rubric broken over two lines
WHAT = {DISPLAY: "stands alone", FIRST: "begins a paragraph", FURTHER: "goes on"}


def mend(layout: Layout, profile: Profile) -> Outcome[Layout]:
    """Join the lines of ``layout`` to blocks: paragraphs with their joints, and display lines alone.

    Leaves texts and order as they are; sets the roles BODY and DISPLAY only. Blank lines do not count in Han
    text. Declines, that is leaves every line alone, where no measure explains more than one line.
    """
    lines = layout.page.lines
    if not lines:
        return Outcome(layout)
    pairs = word_pairs(line.text for line in lines)
    path = cheapest(layout, pairs, profile)
    known = words(line.text for line in lines)
    blocks: list[Block] = []
    start = 0
    for i in range(1, len(lines) + 1):
        if i < len(lines) and path[i][1] == FURTHER:
            continue
        blocks.append(_block(lines[start:i], path[start:i], known, squares=layout.squares))
        start = i
    if layout.squares:
        blocks = _texts(blocks, known)
    notes = _notes(path, lines, layout.settings, pairs, Prices.of(profile, squares=layout.squares))
    opens = {line.place: one.opens for line, one in zip(lines, layout.settings, strict=True)}
    notes += [_unended(block) for block in blocks if not opens[block.place] and _is_unended(block)]
    return Outcome(replace(layout, blocks=tuple(blocks)), tuple(notes))


def _block(lines: Sequence[Line], path: Sequence[Choice], known: frozenset[str], *, squares: bool) -> Block:
    role = Role.DISPLAY if path[0][1] == DISPLAY else Role.BODY
    joints = tuple(_joint(a.text, b.text, known, squares=squares) for a, b in pairwise(lines))
    cert = exp(-sum(max(0.0, price) for _, _, price in path[1:]) / 40)
    return Block(Paragraph(tuple(lines), joints, role, cert), path[-1][0], path[0][0])


def _joint(before: str, after: str, known: frozenset[str], *, squares: bool) -> Joint:
    """Return what joins two lines; where each character has a square, a Latin word goes on without a hyphen."""
    torn = squares and before[-1].isalpha() and before[-1].isascii() and "a" <= after[0] <= "z"
    return Joint.TIGHT if torn else joint(before, after, known)


def _texts(blocks: Sequence[Block], known: frozenset[str]) -> list[Block]:
    """Make one paragraph of the lines of a poem, and of those of a text without marks."""
    found = list(blocks)
    for run in reversed(one_text(blocks)):
        lines = [line for i in run for line in blocks[i].paragraph.lines]
        joints = tuple(_joint(a.text, b.text, known, squares=True) for a, b in pairwise(lines))
        cert = min(blocks[i].paragraph.cert for i in run)
        whole = Block(Paragraph(tuple(lines), joints, Role.BODY, cert), blocks[run[0]].measure, blocks[run[0]].opening)
        found[run.start : run.stop] = [whole]
    return found


def _is_unended(block: Block) -> bool:
    """Say whether a paragraph of several lines has no full stop: it may be titles of one length, or a text cut off."""
    last = block.paragraph.lines[-1].text
    return block.role is Role.BODY and len(block.paragraph.lines) > 1 and len(last) > SHORT and not ends_sentence(last)


def _unended(block: Block) -> Note:
    why = "its lines fit one measure; it may be titles that do, or a text that is cut off"
    return Note("mend", "a paragraph without a full stop", why, 0.5, Level.DOUBT, block.place, block.text[:24])


def _notes(
    path: Sequence[Choice], lines: Sequence[Line], settings: Sequence[Setting], pairs: frozenset[str], prices: Prices
) -> list[Note]:
    """Say of every line what it is and what that was paid for; line by line, with the one before and after."""
    notes: list[Note] = []
    for i, (measure, label, price) in enumerate(path):
        one, before = settings[i], settings[i - 1].ends if i else ""
        more = i + 1 < len(path) and path[i + 1][1] == FURTHER
        why = _why(one.width, measure, settings[i + 1].unit if more else 0)
        known = lines[i - 1].text[-1] + lines[i].text[0] in pairs if i and one.han else None
        evidence = reasons(label, one, before, known, price, prices)
        notes.append(Note("mend", WHAT[label], why, exp(-max(0.0, price) / 8), place=lines[i].place, evidence=evidence))
    return notes


def _why(width: int, measure: int, unit: int) -> str:
    """Say how full a line is, and what would have been put into it next (``unit`` cells, 0: it is the last)."""
    if not measure:
        return f"{width} cells, no measure explains it"
    if not unit:
        return f"{width} of {measure} cells, and the paragraph ends"
    return f"{width} of {measure} cells, and {unit} more would come"
