"""Mend: find the paragraphs, measures and indents that would set to these lines.

Every line is the first or a further line of a paragraph, or a display line; every paragraph has a measure,
which may change inside it where the text runs round a box. The cheapest reading of the whole page is found by
dynamic programming over the lines, so a line end is never judged by itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import exp

from relayout.chars import ends_sentence, has_han
from relayout.layout import Block, Layout, Setting
from relayout.model import Line, Note, Outcome, Paragraph
from relayout.profile import Profile
from relayout.ragged import reading
from relayout.roles import Joint, Level, Role
from relayout.signals.hyphens import decide, whole_words
from relayout.signals.lexical import joint, word_pairs, words
from relayout.signals.setting import mostly_han
from relayout.signals.typeset import DISPLAY, FIRST, FURTHER, Prices, reasons
from relayout.signals.verse import one_text
from relayout.signals.weigh import certainty
from relayout.typesetting import Choice, cheapest

TITLES = 6  # lines of one length that may be titles above each other, on a page of squares: its texts may lack marks
_MARK = re.compile("[，。、；：？！,;:]|^[•‧●○■□◆◇►▪◦・▲△▼◀▶❶-❿①-⑳]")
SHORT = 5  # characters of a last line that may be a rubric broken over two lines
HYPHEN = {
    Joint.HYPHEN_GONE: "a hyphen is dropped",
    Joint.HYPHEN_KEPT: "a hyphen is kept",
    Joint.SPACE: "a hyphen stands for a word to come",
}
WHAT_KIND = ("begins a paragraph", "begins a title", "is a label", "begins a caption", "is furniture", "is an advert")
ROLE = (Role.BODY, Role.DISPLAY, Role.BYLINE, Role.CAPTION, Role.FURNITURE, Role.FURNITURE)  # of each kind
WHAT = {DISPLAY: "stands alone", FIRST: "begins a paragraph", FURTHER: "goes on"}


def mend(layout: Layout, profile: Profile) -> Outcome[Layout]:
    """Join the lines of ``layout`` to blocks: paragraphs with their joints, and display lines alone.

    Leaves texts and order as they are; sets the roles BODY and DISPLAY only. Blank lines do not count in Han
    text. Declines, that is leaves every line alone, where no measure explains more than one line.
    """
    lines = layout.page.lines
    if not lines:
        return Outcome(layout)
    if not mostly_han(layout.settings):
        return _latin(layout, profile)
    pairs = word_pairs(line.text for line in lines)
    path = cheapest(layout, pairs, profile)
    known = words(line.text for line in lines)
    blocks: list[Block] = []
    start = 0
    for i in range(1, len(lines) + 1):
        if i < len(lines) and path[i][1] == FURTHER:
            continue
        whole = _block(lines[start:i], path[start:i], known, squares=layout.squares)
        blocks += _dissolved(whole, squares=layout.squares)
        start = i
    if layout.squares:
        blocks = _texts(blocks, known)
    notes = _notes(path, lines, layout.settings, pairs, Prices.of(profile, squares=layout.squares))
    opens = {line.place: one.opens for line, one in zip(lines, layout.settings, strict=True)}
    notes += [_unended(block) for block in blocks if not opens[block.place] and _is_unended(block)]
    return Outcome(replace(layout, blocks=tuple(blocks)), tuple(notes))


def _latin(layout: Layout, profile: Profile) -> Outcome[Layout]:
    """Join lines of letters: their widths are ragged, so the whole page is read by what its lines tell."""
    lines = layout.page.lines
    path = reading(layout, profile)
    known = whole_words(line.text for line in lines)
    blocks: list[Block] = []
    notes: list[Note] = []
    start = 0
    for i in range(1, len(lines) + 1):
        one = path[i - 1]
        cert = certainty(max(0.0, one.margin))
        why = "the evidence of the lines adds up to most so"
        what = WHAT[FURTHER] if not one.begins else WHAT_KIND[one.kind]
        notes.append(Note("mend", what, why, cert, place=lines[i - 1].place, evidence=one.evidence))
        if i < len(lines) and not path[i].begins:
            continue
        joints: list[Joint] = []
        for a, b in pairwise(lines[start:i]):
            chosen, note = _judged(a, b, known, profile)
            joints.append(chosen)
            notes += note
        sure = min(certainty(max(0.0, other.margin)) for other in path[start:i])
        block = Paragraph(tuple(lines[start:i]), tuple(joints), ROLE[path[start].kind], sure)
        blocks.append(Block(block, path[i - 1].measure, path[start].measure))
        start = i
    return Outcome(replace(layout, blocks=tuple(blocks)), tuple(notes))


def _judged(before: Line, after: Line, known: frozenset[str], profile: Profile) -> tuple[Joint, list[Note]]:
    """Return what joins two lines, and a note where a hyphen had to be judged."""
    found = decide(before.text, after.text, known, profile)
    if found is None:
        return joint(before.text, after.text, known), []
    chosen, score, evidence = found
    why = f"evidence for a hyphen of the word adds up to {score:+.1f}"
    window = f"{before.text.split()[-1]} {after.text.split()[0]}"
    return chosen, [
        Note("mend", HYPHEN[chosen], why, certainty(score), place=before.place, window=window, evidence=evidence)
    ]


def _block(lines: Sequence[Line], path: Sequence[Choice], known: frozenset[str], *, squares: bool) -> Block:
    role = Role.DISPLAY if path[0][1] == DISPLAY else Role.BODY
    joints = tuple(_joint(a.text, b.text, known, squares=squares) for a, b in pairwise(lines))
    cert = exp(-sum(max(0.0, price) for _, _, price in path[1:]) / 40)
    return Block(Paragraph(tuple(lines), joints, role, cert), path[-1][0], path[0][0])


def _dissolved(block: Block, *, squares: bool) -> list[Block]:
    """Take apart what is no paragraph: lines of one length without any mark are titles above each other."""
    lines, text = block.paragraph.lines, block.text
    if block.role is not Role.BODY or len(lines) == 1 or (squares and len(lines) > TITLES):
        return [block]
    if not has_han(text) or _MARK.search(text):
        return [block]
    return [Block(Paragraph((line,), (), Role.DISPLAY, block.paragraph.cert)) for line in lines]


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
