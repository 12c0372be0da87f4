"""What stands in the columns of a page, and what is seen of each: running text, titles, captions, bylines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from relayout.chars import is_han
from relayout.lexicon import simplified, words_of
from relayout.profile import Profile
from relayout.runs import Run, runs
from relayout.sheets import Sheet
from relayout.signals.flow import Ends, Flow, look

TEXT, SHOWN, ASIDE, BYLINE = range(4)
COMMON = 0.12  # of the texts of a page; a word that more have tells nothing
LONG = 5  # letters of a word that may tell what a text is about
PICTURED = 6  # lines that what is printed under a picture has at most
OVER = 6.0  # cells that a run reaches into a column it stands over


class Scene(NamedTuple):
    """The runs of a page in its columns, with what is seen of each.

    ``words`` are those of each run that few runs of the page have. ``steps`` and ``insides`` keep what was asked of
    pairs and of columns.
    """

    runs: tuple[Run, ...]
    kinds: tuple[int, ...]
    columns: tuple[tuple[int, ...], ...]
    reach: tuple[int, ...]
    column: tuple[int, ...]
    place: tuple[int, ...]
    firsts: tuple[Ends, ...]
    lasts: tuple[Ends, ...]
    cued: tuple[bool, ...]
    flow: Flow
    briefs: tuple[bool, ...]
    words: tuple[frozenset[str], ...]
    steps: dict[tuple[int, int], dict[str, float]]
    insides: dict[tuple[int, ...], dict[str, float]]


def scene(s: Sheet, profile: Profile) -> Scene:
    """Look at the runs of a page together."""
    found = runs(s)
    words = words_of(s.lines)
    ends = [look(line.text, simplified() if words else {}) for line in s.lines]
    flow = Flow.of((end.text for end in ends), words)
    columns: list[list[int]] = [[] for _ in range(max(s.columns, default=0) + 1)]
    for n in sorted(range(len(found)), key=lambda n: (found[n].top, found[n].left)):
        columns[found[n].column].append(n)
    place = {n: k for column in columns for k, n in enumerate(column)}
    texts = [line.text for line in s.lines]
    dateline, briefs = profile.cue("dateline"), profile.cue("briefs")
    return Scene(
        tuple(found),
        tuple(_kind(run, texts, profile) for run in found),
        tuple(map(tuple, columns)),
        tuple(max([run.column, *(n for n, edge in enumerate(s.edges) if edge <= run.right - OVER)]) for run in found),
        tuple(run.column for run in found),
        tuple(place[n] for n in range(len(found))),
        tuple(ends[run.lines[0]] for run in found),
        tuple(ends[run.lines[-1]] for run in found),
        tuple(bool(dateline.match(texts[run.lines[0]])) for run in found),
        flow,
        tuple(run.shown and bool(briefs.search(texts[run.lines[0]])) for run in found),
        _words([("" if s.han else " ").join(texts[i] for i in run.lines) for run in found]),
        {},
        {},
    )


def _kind(run: Run, texts: Sequence[str], profile: Profile) -> int:
    first, last = texts[run.lines[0]], texts[run.lines[-1]]
    credit = profile.cue("credit")
    if profile.cue("caption").match(first):
        return ASIDE
    if len(run.lines) <= PICTURED and (credit.search(last) or credit.search(first)):
        return ASIDE
    if not run.shown:
        return TEXT
    return BYLINE if any(profile.cue(name).search(last) for name in ("byline", "date", "jump")) else SHOWN


def _words(texts: Sequence[str]) -> tuple[frozenset[str], ...]:
    """Return of each text the pairs of Han characters, and the long words of letters, that few of the texts have."""
    found = [frozenset(_pieces(text)) for text in texts]
    count = Counter(word for words in found for word in words)
    most = max(3.0, COMMON * len(texts))
    seldom = {word for word, times in count.items() if 2 <= times <= most}
    return tuple(words & seldom for words in found)


def _pieces(text: str) -> Iterator[str]:
    for one, two in pairwise(text):
        if is_han(one) and is_han(two):
            yield one + two
    for word in text.split():
        bare = word.strip(".,;:!?()\"'“”„’").lower()
        if len(bare) >= LONG and bare.isalpha() and not is_han(bare[0]):
            yield bare
