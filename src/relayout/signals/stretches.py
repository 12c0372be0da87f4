"""Which stretch of lines goes on with which? What two stretches of a page show of it, for fitted weights.

An extractor keeps the lines of a box together, with a blank line before it, or columns were put together again. Such
a box or column is cut into stretches where a line hardly goes on with the next. An article that stands in several
columns or registers comes as several stretches, and others stand between them. The weights are in
``profiles/fitted/links.toml``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from relayout.fitted import Seen
from relayout.model import Line
from relayout.signals.crossing import Scene
from relayout.signals.lexical import Vocabulary, terms

MARKS = frozenset("，。、；")
PROSE = 0.5  # of the lines of a running text, or more, have a mark
LONG = 3  # lines from which words tell
STEPS = (-12, -6, -3, -2, -1, 0, 1, 2, 3, 4, 6, 10, 16)  # stretches from one to the other, in bins
SIZES = (2, 3, 5, 9, 17)  # lines of a stretch, in bins
WIDER = (-9, -5, -2, 0, 1, 3, 6, 10)  # cells by which a stretch is wider, in bins
SHARES = (0.01, 0.04, 0.1, 0.2, 0.35)  # of the words of one that stand in the other, in bins
LOWER = (-60, -25, -8, -3, -1, 0, 1, 2, 3, 5, 9, 25, 60)  # lines of the source by which a stretch begins later, in bins
BESIDE = (0.01, 0.5, 0.9)  # of a stretch that stands beside the other, in bins
COLUMNS = 3  # columns between two stretches that are too many to tell apart


class Stretch(NamedTuple):
    """Lines that stand together: the first and the last of them, how wide most are, the words in them.

    ``rank`` counts the stretches of the page, ``column`` its columns or boxes; ``heads`` and ``tails`` say that this
    one begins or ends a column or box. ``top`` and ``bottom`` are where its lines stood in the source, from and to.
    ``prose`` says that marks stand in it as in running text.
    """

    rank: int
    first: int
    last: int
    width: int
    prose: bool
    words: frozenset[str]
    column: int
    heads: bool
    tails: bool
    top: int
    bottom: int

    @property
    def lines(self) -> int:
        """Return how many lines stand in it."""
        return self.last - self.first + 1


class Stretches(NamedTuple):
    """The stretches of a page; ``tangled`` says that they are columns which were put together again."""

    found: tuple[Stretch, ...]
    scene: Scene
    vocabulary: Vocabulary
    masses: tuple[float, ...]
    tangled: bool

    @classmethod
    def of(
        cls, lines: Sequence[Line], scene: Scene, heads: Sequence[bool], cuts: Sequence[bool], *, tangled: bool
    ) -> Stretches:
        """Cut ``lines`` where ``heads`` says that a box or column begins, and where ``cuts`` says so.

        >>> from relayout.model import Place
        >>> lines = [Line(t, t, Place(1, n)) for n, t in enumerate(["一月動工。", "預計", "三月完成。"], 1)]
        >>> scene = Scene.of([line.text for line in lines], {}, lambda a, b: 0.0)
        >>> page = Stretches.of(lines, scene, [True, True, False], [False, False, False], tangled=False)
        >>> [(one.first, one.last) for one in page.found]
        [(0, 0), (1, 2)]
        """
        places = [(line.place.line, line.place.start) for line in lines]
        stood = {k: rank for rank, k in enumerate(sorted(range(len(lines)), key=places.__getitem__))}
        firsts = [i for i in range(len(lines)) if not i or heads[i] or cuts[i]]
        found: list[Stretch] = []
        column = -1
        for rank, (first, after) in enumerate(zip(firsts, [*firsts[1:], len(lines)], strict=True)):
            rows = range(first, after)
            column += heads[first] or not first
            widths = Counter(scene.pieces[i].ends.width for i in rows)
            marked = sum(any(mark in MARKS for mark in scene.pieces[i].ends.text) for i in rows)
            ends = after == len(lines) or heads[after]
            found.append(Stretch(
                rank, first, after - 1, max(widths, key=lambda one: (widths[one], one)), marked >= PROSE * len(rows),
                terms("".join(scene.pieces[i].ends.text for i in rows)), column, heads[first] or not first, ends,
                min(stood[i] for i in rows), max(stood[i] for i in rows),
            ))  # fmt: skip
        vocabulary = Vocabulary.of(one.words for one in found)
        return cls(tuple(found), scene, vocabulary, tuple(vocabulary.mass(one.words) for one in found), tangled)

    def follows(self, one: Stretch, two: Stretch) -> Seen:
        """Return what is seen of the text going on from stretch ``one`` to ``two``."""
        step = f"step{bisect_right(STEPS, two.rank - one.rank)}"
        kind = f"{'prose' if one.prose else 'title'}-{'prose' if two.prose else 'title'}"
        how = "tangled" if self.tangled else "boxed"
        long = "long" if min(one.lines, two.lines) >= LONG else "short"
        seen = [
            (kind, 1.0),
            (step, 1.0),
            (f"{kind}-{step}", 1.0),
            (f"{how}-{step}", 1.0),
            (f"wider{bisect_right(WIDER, two.width - one.width)}", 1.0),
            (f"{long}-shared{bisect_right(SHARES, self._shared(one, two))}", 1.0),
        ]
        if abs(one.width - two.width) <= 1:
            seen.append((f"{kind}-same-width", 1.0))
        if min(one.lines, two.lines) >= LONG:
            seen.append(("as-many" if one.lines == two.lines else "fewer" if one.lines > two.lines else "more", 1.0))
        if two.rank == one.rank + 1:
            seen.append((f"{how}-next-{'start' if two.heads else 'inside'}", 1.0))
        elif self.tangled:
            seen += [(f"start{int(two.heads)}", 1.0), (f"end{int(one.tails)}", 1.0)]
        if self.tangled and one.column != two.column:
            seen += self._beside(one, two)
        return (*self.scene.follows(one.last, two.first), *seen)

    def _shared(self, one: Stretch, two: Stretch) -> float:
        """Return which part of the words of one stretch stands in the other, the greater of both."""
        both = one.words & two.words
        if not both:
            return 0.0
        less = min(self.masses[one.rank], self.masses[two.rank])
        return self.vocabulary.mass(both) / less if less > 0 else 0.0

    @staticmethod
    def _beside(one: Stretch, two: Stretch) -> Seen:
        """Return what is seen of where both stood in the source, which names rows from the top of the page."""
        shared = max(0, min(one.bottom, two.bottom) - max(one.top, two.top))
        least = max(1, min(one.bottom - one.top, two.bottom - two.top))
        columns = max(-COLUMNS, min(COLUMNS, two.column - one.column))
        return (
            (f"top{bisect_right(LOWER, two.top - one.top)}", 1.0),
            (f"below{bisect_right(LOWER, two.top - one.bottom)}", 1.0),
            (f"beside{bisect_right(BESIDE, shared / least)}", 1.0),
            (f"column{columns}", 1.0),
        )

    def ends(self, one: Stretch) -> Seen:
        """Return what says that nothing goes on from ``one``."""
        return (*_itself(one), *((f"last-{name}", value) for name, value in self.scene.alone(one.last)))

    def begins(self, one: Stretch) -> Seen:
        """Return what says that ``one`` goes on from nothing."""
        return (*_itself(one), *((f"first-{name}", value) for name, value in self.scene.alone(one.first)))


def _itself(one: Stretch) -> Seen:
    kind = "prose" if one.prose else "title"
    return ((kind, 1.0), (f"{kind}-lines{bisect_right(SIZES, one.lines)}", 1.0))
