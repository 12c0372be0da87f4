"""The running text of a piece of a page, line by line in reading order: where its paragraphs begin, by what is seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain, islice, pairwise
from typing import NamedTuple

from relayout.chars import ends_sentence, has_han
from relayout.insets import Sight
from relayout.model import Line, Paragraph
from relayout.profile import Profile
from relayout.roles import Joint, Role
from relayout.signals.hyphens import decide
from relayout.signals.lexical import joint

INDENT = 0.5  # of the type size: what is set in by less stands flush
FULL = 0.35  # of the type size: a justified line that leaves more is the last of its paragraph
ROOM = 2.5  # of the type size: what is left free by a line that no sentence ends, but a title or signature
APART = 0.45  # of the type size: white space over a line, beyond the usual
RAGGED = 1.2  # of the type size: what a line at the right edge leaves free
FAR = 3.6  # of the type size: what is set in further is no paragraph but a signature
RIGHT, UNEVEN = 1.2, 0.3  # of the type size: lines that are set in by more, and not by the same, stand at the right
PLACE = 4.0  # of the type size: what a line that says where the text comes from leaves free
LITTLE = 0.25  # of the type size: white under a signature, beyond the usual
NAME = 40  # cells of a signature


def begins(before: Sight | None, this: Sight, manner: Manner, profile: Profile) -> bool:
    """Say whether a paragraph begins with a line: it is set in, stands apart, or the line before had room for more."""
    if before is None or this.after_head:
        return True
    # A full line goes on, though a reporter is named in it (tw-3, 【記者林志明臺 / 北報導】).
    room = _had_room(before, this) or is_far(before) or this.gap > LITTLE
    if room and is_signed(before, profile) and not (this.short > ROOM and _is_name([before, this], profile)):
        return True
    if this.inset > INDENT or this.gap > APART:
        return True
    # Briefs have a little white between them, and may end with no mark (… on lines. Page 6).
    if (
        this.gap > LITTLE
        and before.gap < LITTLE
        and before.short > (1.0 if has_han(this.line.text) else _first_word(this))
    ):
        return True
    if manner.justified and before.short > (ROOM if has_han(before.line.text) else 2 * ROOM) and not is_far(before):
        return True
    ended = ends_sentence(before.line.text) or before.line.text[-1] in "：:"
    if not ended:
        return False
    if profile.cue("dateline").match(this.line.text):
        return True
    if manner.indented:
        return False
    if manner.justified:
        return before.short > FULL
    return before.short > (1.6 if has_han(before.line.text) else _first_word(this))


def is_signed(this: Sight, profile: Profile) -> bool:
    """Say whether a line names who wrote the text, or its day, and is no beginning of the text itself."""
    text = this.line.text
    named = profile.cue("byline").search(text) or profile.cue("date").search(text)
    return bool(named) and not profile.cue("dateline").match(text)


def _is_name(texts: Sequence[Sight], profile: Profile) -> bool:
    """Say whether lines together name who wrote the text (Von Paul Brandt und Mia / Seidel)."""
    between = "" if has_han(texts[-1].line.text) else " "
    return profile.cue("byline").search(between.join(s.line.text for s in texts)) is not None


def _had_room(before: Sight, this: Sight) -> bool:
    """Say whether the line before had room for the first word: 本报记者 刘思远 通讯 / 员 陈立 had not (cn-10)."""
    return before.short > (1.0 if has_han(this.line.text) else FULL)


def _first_word(this: Sight) -> float:
    """Return how long the first word of a line is, and the space before it."""
    box, text = this.line.box, this.line.text
    assert box
    word = text.split(" ", 1)[0]
    return box.width / this.size * (len(word) + 1) / max(len(text), 1) + 0.3


class Manner(NamedTuple):
    """How a text is set: with first lines set in, and with lines that fill their column."""

    indented: bool
    justified: bool

    @classmethod
    def of(cls, found: Sequence[Sight]) -> Manner:
        """Return the manner of a text."""
        inset = sum(INDENT < s.inset < FAR for s in found)
        full = sum(s.short < FULL for s in found)
        return cls(inset > 0.02 * len(found), full > 0.65 * len(found))


def paragraphs(found: Sequence[Sight], profile: Profile) -> list[list[Sight]]:
    """Cut the lines of a text into paragraphs, signatures and jumps."""
    manner = Manner.of(found)
    out: list[list[Sight]] = []
    hung: Line | None = None  # the first line of the item that is being read
    # A jump at the foot of a column stands between the halves of a paragraph that goes on in the next one (tw-7).
    jumps = [n for n, s in enumerate(found) if is_far(s) and is_jump(s.line.text, profile)]
    found = [*(s for n, s in enumerate(found) if n not in jumps), *(found[n] for n in jumps)]
    items = listed(found, profile)
    for n, this in enumerate(found):
        before = found[n - 1] if n else None
        jumping = is_jump(this.line.text, profile)
        if before is None or n in items or jumping or is_jump(before.line.text, profile) or _opens(out, this, profile):
            start = True
        elif out[-1][0].line is hung and this.chunk == before.chunk and not is_far(this):
            # An item goes on in lines that are set in under its text (de-21, der Klappen).
            start = this.inset < INDENT < before.inset or (this.inset < INDENT and before.short > FULL)
        elif not this.after_head and (_are_far(before, this) or is_right(before, this)):
            start = False
        else:
            start = begins(before, this, manner, profile) or is_far(before) != is_far(this)
        if start:
            out.append([])
            hung = this.line if n in items else None
        out[-1].append(this)
    return _closed(_signed(out, profile), profile)


def _closed(found: list[list[Sight]], profile: Profile) -> list[list[Sight]]:
    """Part a signature at the left edge from the end of the last sentence: it ends none itself."""
    last = found[-1] if found else []
    for n in range(max(len(last) - 2, 1), len(last)):
        before, rest = last[n - 1], last[n:]
        fresh = ends_sentence(before.line.text) and not any(ends_sentence(s.line.text) for s in rest)
        if fresh and (
            _is_name(rest, profile) or (len(rest) == 1 and before.short > ROOM and is_person(rest[0].line.text))
        ):
            return [*found[:-1], last[:n], rest]
    return found


def is_person(text: str) -> bool:
    """Say whether a text may be the bare name of a person: a few Han, or two to four words with capitals.

    >>> is_person("李文静"), is_person("Henning Kruse"), is_person("in Kiel")
    (True, True, False)
    """
    words = text.split()
    if has_han(text):
        return len(text) <= 4 and all(map(str.isalpha, text))
    return 2 <= len(words) <= 4 and all(word[0].isupper() and word.isalpha() for word in words)


def listed(found: Sequence[Sight], profile: Profile) -> set[int]:
    """Return which lines begin items of a list in the text: with a bullet or number, two or more in one region."""
    told = [n for n, s in enumerate(found) if any(profile.cue(cue).match(s.line.text) for cue in ("item", "numbered"))]
    times = Counter(found[n].chunk for n in told)
    return {n for n in told if times[found[n].chunk] > 1}


def _opens(out: Sequence[Sequence[Sight]], this: Sight, profile: Profile) -> bool:
    """Say whether the text begins with a line, after what stands over it: who wrote it (en-7), and where (de-10)."""
    over = list(islice(chain.from_iterable(out), 4))  # a text of 20,000 lines is looked at no further
    if len(over) > 3 or not is_signed(over[0], profile):
        return False
    if len(out) == 1 and not has_han(over[0].line.text) and _is_name(over, profile):
        # A name may fill its line (Von Paul Brandt und Mia Seidel).
        return this.short < ROOM or not _is_name([*over, this], profile)
    place = len(out) > 1 and len(out[-1]) == 1 and over[-1].short > PLACE and not ends_sentence(over[-1].line.text)
    return place or (len(out) == 1 and this.chunk != over[-1].chunk)


def _signed(found: list[list[Sight]], profile: Profile) -> list[list[Sight]]:
    """Put the first line of a signature of two lines to it: By Daniel Okoro and / Ruth Lane (en-8)."""
    for n in range(1, len(found)):
        this, before = found[n], found[n - 1]
        if not is_far(this[0]) or before[-1].short > RAGGED or (len(before) < 2 and n < 2):
            continue
        if is_jump(this[0].line.text, profile):  # a jump under a signature of one line (hk-12, 文：鄭嘉玲)
            continue
        whole = f"{before[-1].line.text} {this[0].line.text}"
        if profile.cue("byline").search(whole) and not profile.cue("byline").search(this[0].line.text):
            this.insert(0, before.pop())
    return [text for text in found if text]


def is_jump(text: str, profile: Profile) -> bool:
    """Say whether a line says where the article goes on, or where more about it stands."""
    return any(profile.cue(cue).search(text) for cue in ("jump", "furniture", "page-reference"))


def is_far(this: Sight) -> bool:
    """Say whether a line stands at the right edge of its column, as signatures and jumps do."""
    return this.inset > FAR and this.short < RAGGED


def _are_far(before: Sight, this: Sight) -> bool:
    return is_far(this) and is_far(before)


def is_right(before: Sight, this: Sight) -> bool:
    """Say whether two lines are set to the right: a long signature (James Whitcombe, / Transport Editor)."""
    flush = all(s.inset > RIGHT and s.short < FULL for s in (before, this))
    return flush and abs(before.inset - this.inset) > UNEVEN and not ends_sentence(before.line.text)


def joined(lines: Sequence[Line], words: frozenset[str], profile: Profile, role: Role, mark: int = 0) -> Paragraph:
    """Make a paragraph of lines, with the joints that their ends ask for."""
    joints: list[Joint] = []
    for a, b in pairwise(lines):
        told = decide(a.text, b.text, words, profile)
        joints.append(told[0] if told else joint(a.text, b.text, words))
    return Paragraph(tuple(lines), tuple(joints), role, mark=mark)
