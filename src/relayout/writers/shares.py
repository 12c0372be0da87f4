"""An article by the pages that it jumps to: what of it stands in one place, and is a ``div`` of its own in TEI."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from relayout.model import Article, Figure, Line, Paragraph
from relayout.roles import Joint, Role
from relayout.writers import naming


class Text(NamedTuple):
    """A paragraph with its id, or what of it stands here; ``before`` and ``after`` are the ids of its other parts.

    ``entry`` and ``exit`` are the joints to these.
    """

    ident: str
    paragraph: Paragraph
    before: str = ""
    after: str = ""
    entry: Joint | None = None
    exit: Joint | None = None


class Share(NamedTuple):
    """What of an article stands in one place: its id, its page, its texts, its figures with the ids of their texts."""

    ident: str
    page: int
    texts: tuple[Text, ...]
    figures: tuple[tuple[str, Figure, tuple[Text, ...]], ...]


def shares(article: Article, unit: str) -> list[Share]:
    """Cut an article at its jumps: mostly one share, with all that it has.

    A paragraph that a jump breaks is in both, as two texts that know each other; in the later one it comes after the
    headline and the line that say where the text is from. Figures stand on the page of their captions.

    >>> from relayout.model import Place
    >>> one, two = (Line(raw=t, text=t, place=Place(p, 1)) for p, t in ((1, "one"), (4, "two")))
    >>> whole = Article((Paragraph((one, two), (Joint.SPACE,)),), jumps=(4,))
    >>> [(s.ident, [(t.ident, t.paragraph.text) for t in s.texts]) for s in shares(whole, "a1")]
    [('a1', [('a1-p1', 'one')]), ('a1-2', [('a1-p1-2', 'two')])]
    """
    named = list(naming.named(article, unit))
    of = _places(article)
    count = max(of.values(), default=0) + 1
    texts: list[list[Text]] = [[] for _ in range(count)]
    waiting: dict[int, Text] = {}
    for ident, part in named[: len(article.parts)]:
        cut = _cut(ident, part, of)
        here = cut[0][0]
        if here in waiting and part.role is not Role.JUMP:
            texts[here].append(waiting.pop(here))
        texts[here].append(cut[0][1])
        waiting.update(cut[1:])
    for n, text in waiting.items():
        texts[n].append(text)
    figures: list[list[tuple[str, Figure, tuple[Text, ...]]]] = [[] for _ in range(count)]
    captions = iter(named[len(article.parts) :])
    for n, figure in enumerate(article.figures, 1):
        own = tuple(Text(*next(captions)) for _ in figure.parts)
        figures[of.get(figure.page, 0)].append((naming.figure_id(unit, n), figure, own))
    first = article.paragraphs[0].lines[0].place.page
    pages = [first, *article.jumps]
    return [
        Share(unit if n == 0 else f"{unit}-{n + 1}", page, tuple(some), tuple(pictured))
        for n, (page, some, pictured) in enumerate(zip(pages, texts, figures, strict=False))
    ]


def _places(article: Article) -> dict[int, int]:
    """Return in which share the text of each page stands."""
    of: dict[int, int] = {}
    now = 0
    for line in (line for part in article.parts for line in part.lines):
        page = line.place.page
        if page not in of:
            if page in article.jumps[now:]:
                now += 1
            of[page] = now
    return of


def _cut(ident: str, part: Paragraph, of: dict[int, int]) -> list[tuple[int, Text]]:
    runs: list[tuple[int, Sequence[tuple[int, Line]]]] = [
        (n, list(run)) for n, run in groupby(enumerate(part.lines), key=lambda one: of[one[1].place.page])
    ]
    if len(runs) == 1:
        return [(runs[0][0], Text(ident, part))]
    ids = [ident if n == 0 else f"{ident}-{n + 1}" for n in range(len(runs))]
    cut: list[tuple[int, Text]] = []
    for n, (share, run) in enumerate(runs):
        start, stop = run[0][0], run[-1][0] + 1
        piece = replace(
            part, lines=part.lines[start:stop], joints=part.joints[start : stop - 1], mark=part.mark if n == 0 else 0
        )
        before, after = ids[n - 1] if n else "", ids[n + 1] if n + 1 < len(ids) else ""
        joints = part.joints[start - 1] if n else None, part.joints[stop - 1] if after else None
        cut.append((share, Text(ids[n], piece, before, after, *joints)))
    return cut
