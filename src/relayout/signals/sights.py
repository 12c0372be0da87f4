"""What is seen of a Latin line that tells what it is, and whether it goes on with the line before.

Nothing here decides: each function names sights, with a value each. What a sight counts for every reading is fitted
(``bench/fit_latin.py``), and ``ragged.py`` adds it up along the page.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from relayout.fitted import Seen
from relayout.signals.latin import MANY, Habits, Look, room
from relayout.signals.letters import DASHES

_STOP_INSIDE = re.compile(r"[^\W\d_]{3}[.!?][\"”’)]? +[A-ZÄÖÜ]")
_QUOTES = "“„\"'‘»"
RATIOS = (0.3, 0.5, 0.7, 0.85, 0.93, 1.07, 1.3, 1.8, 2.5)
ROOMS = (-3.0, 0.0, 1.5, 3.0, 6.0, 12.0)
PAIRS = (-3.0, 0.0, 2.0, 5.0)
LONGER = (0.3, 0.6, 0.9, 1.1, 1.6, 2.5)
ROOM = 6.0  # letters of room at the end of a line that tell as much as any more do


def itself(looks: Sequence[Look], i: int, habits: Habits) -> Seen:
    """Return what the ``i``-th line shows by itself and beside its neighbours."""
    here = looks[i]
    before = looks[i - 1] if i else None
    after = looks[i + 1] if i + 1 < len(looks) else None
    text, words = here.text, here.text.count(" ") + 1
    ratio = here.whole / here.measure
    joined = "-joined" if here.joined and ratio > 1.05 else ""
    seen: list[tuple[str, float]] = [
        ("bias", 1.0),
        ("capitals", here.capitals),
        ("titled", here.titled),
        ("titled-all", here.titled == 1),
        _bin("words", words, (2, 3, 5, 8, 11)),
        ("ended", here.ended),
        ("clause", here.clause),
        ("torn", here.torn),
        ("hangs", here.hangs),
        _bin(f"ratio{joined}", ratio, RATIOS),
        (f"run-{here.run}", 1.0),
        ("small", here.small),
        ("great", here.great),
        ("blank", here.blank),
        ("blank-next", after is None or after.blank),
        ("alone", here.blank and (after is None or after.blank)),
        (f"cue-{here.cue}", bool(here.cue)),
        ("stop-inside", _STOP_INSIDE.search(text) is not None),
        _bin("digits", sum(map(str.isdigit, text)) / len(text), (0.02, 0.15, 0.4)),
        ("mark", text[-1] in "!?"),
        ("bang", "!" in text),
        ("colon", ":" in text[:-1]),
        ("comma", ", " in text),
        ("dash", " – " in text or " — " in text),
        ("quote", text[0] in _QUOTES),
        _bin("function", here.function, (0.01, 0.2, 0.35)),
        ("spread", here.spread),
        ("unspread", habits.spread and not here.spread and words > 3),
        ("top", i < 3 and len(looks) > MANY),
        ("end", i >= len(looks) - 3 and len(looks) > MANY),
    ]
    if after is not None:
        left = max(0.0, min(1.0, room(here, after, here.measure) / ROOM))
        seen += [
            ("next-small", after.small),
            ("next-ended", after.ended),
            ("next-torn", after.torn),
            (f"next-cue-{after.cue}", bool(after.cue)),
            ("short-open-small" if after.small else "short-open", left * (not here.ended and not here.torn)),
            _bin("next-words", after.text.count(" ") + 1, (2, 5)),
            _bin("next-longer", after.whole / here.whole, LONGER),
        ]
    if before is not None:
        seen += [
            ("before-open", not before.ended and not before.clause),
            ("before-torn", before.torn),
            (f"before-cue-{before.cue}", bool(before.cue)),
        ]
    return tuple((name, float(value)) for name, value in seen if value)


def between(looks: Sequence[Look], i: int, habits: Habits) -> Seen:
    """Return what the ``i``-th line and the one before it show together."""
    before, here = looks[i - 1], looks[i]
    after = looks[i + 1] if i + 1 < len(looks) else None
    left = room(before, here, before.measure)
    kind = "ended" if before.ended else "small" if here.small else "open"
    short = room(here, after, here.measure) if after else 0.0
    first = before.ended and not here.ended and after is not None
    full = [abs(one.whole / one.measure - 1) < 0.08 for one in (before, here)]
    seen: list[tuple[str, float]] = [
        ("bias", 1.0),
        ("blank", here.blank),
        ("blank-ended" if before.ended else "blank-open", here.blank),
        ("blank-habit" if here.blank else "no-blank-habit", habits.blanks),
        ("no-blank-habit-ended", habits.blanks * (before.ended and not here.blank)),
        ("small", here.small),
        ("great-open", here.great and not before.ended),
        ("ended", before.ended),
        ("ended-great", before.ended and here.great),
        ("ended-small", before.ended and here.small),
        ("clause", before.clause),
        ("comma", before.text[-1] in ",;"),
        ("colon", before.text[-1] == ":"),
        ("torn", before.torn),
        ("torn-great", before.torn and not here.small),
        ("hangs", before.hangs),
        ("dash", before.text[-1] in DASHES),
        ("dash-here", here.text[0] in DASHES),
        _bin(f"room-{kind}", left, ROOMS),
        (f"slack-{kind}", max(0.0, min(3.0, left / habits.slack))),
        _bin("pair", room(before, here, max(before.whole, here.whole)), PAIRS),
        _bin("longer", here.whole / before.whole, LONGER),
        ("indent", here.indent >= 2 and here.indent > before.indent),
        ("first-short", first and 0.3 < short < 4),
        ("first-short-habit", habits.indents * (first and 0.3 < short < 4)),
        ("first-full-habit", habits.indents * (first and short <= 0.3)),
        (f"cue-{here.cue}", bool(here.cue)),
        (f"before-cue-{before.cue}", bool(before.cue)),
        (f"capitals-{before.capitals:d}{here.capitals:d}", before.capitals or here.capitals),
        ("titled", abs(here.titled - before.titled)),
        ("one-word", " " not in before.text),
        ("one-word-here", " " not in here.text),
        ("both-full", all(full)),
        ("quote-open", quotes(before.text) > 0),
        ("quote-close", quotes(here.text) < 0),
        ("bracket-open", before.text.count("(") > before.text.count(")")),
        ("quote", here.text[0] in "“„»"),
        ("refers", here.refers),
        ("spread-before", before.spread),
        ("unspread-before", habits.spread and not before.spread and before.text.count(" ") > 2),
        ("spread-on", habits.spread and here.spread and not before.spread),
        ("digit-here", here.text[0].isdigit()),
        ("digit-before", before.text[-1].isdigit()),
    ]
    if i > 1:
        above = looks[i - 2]
        seen.append(_bin("above", room(before, here, above.whole), PAIRS))
    if after is not None:
        seen.append(_bin("next-longer", after.whole / here.whole, LONGER))
    return tuple((name, float(value)) for name, value in seen if value)


def _bin(name: str, value: float, edges: Sequence[float]) -> tuple[str, float]:
    """Name the bin that a value falls into: a sum of weights can then have any shape."""
    return f"{name}-{bisect_right(edges, value)}", 1.0


def quotes(text: str) -> int:
    """Return how many quotations ``text`` opens and does not close; negative where it closes more.

    >>> quotes("„Nun ja“, sagte er, „aber"), quotes("the end.”")
    (1, -1)
    """
    low = text.count("„")
    closing = text.count("”") + (text.count("“") if low else 0)
    return low + (0 if low else text.count("“")) - closing
