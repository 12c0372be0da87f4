"""A close view of single development pages: what each page scored, which articles were missed, and where they went.

For the one who tunes. Test pages are refused: nobody looks at them.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bench import trials
from bench.trials import Trial

from relayout.evaluate import Prediction, Truth, Unit, read_gold, score
from relayout.evaluate.articles import is_article, predicted
from relayout.evaluate.packages import similarities
from relayout.evaluate.texts import article_text, dense

NEAR = 0.90
WINDOW = 28  # characters of a text that are shown
HELD = 0.6  # share of a part's pieces that a unit must hold to be named
PIECE = 8  # characters


def shown(text: str, width: int = WINDOW) -> str:
    """Give a text in one line, its middle left out where it is long.

    >>> shown("abcdefghij", 8)
    'abcd…hij'
    """
    text = " ".join(text.split())
    return text if len(text) <= width else f"{text[: width // 2]}…{text[-(width // 2 - 1) :]}"


def title(unit: Unit) -> str:
    """Name a unit for people: id, kind, and its first headline or first words."""
    head = next((part.text for part in unit.parts if part.role in ("head", "kicker")), "")
    first = unit.parts[0].text if unit.parts else ""
    return f"{unit.id or '?'} {unit.kind or 'unit'} {'«' + shown(head) + '»' if head else shown(first)}"


def row(scores: dict[str, float]) -> str:
    """Give the scores of a page in one line."""
    return "  ".join(f"{name} {scores[key]:.3g}" for key, name in SHOWN.items() if key in scores)


SHOWN = {
    "articles_90": "articles",
    "articles_90_precision": "precision",
    "articles_99": "at.99",
    "paragraph_f1": "paragraphs",
    "headline_f1": "headlines",
    "captions": "captions",
    "splits": "splits",
    "merges": "merges",
    "cjk_spaces": "cjk-spaces",
    "wrong_joins": "wrong-joins",
}


def page(gold: Path, extractor: str, *, brief: bool = False, whole: bool = False) -> tuple[Trial, list[str]]:
    """Return the trial of one page and lines that tell of it: scores, missed articles, with ``whole`` all units.

    Raises :class:`ValueError` for a test page.
    """
    style, seed = trials.named(gold)
    if seed not in trials.DEV:
        raise ValueError(f"{style}-{seed} is a test page; nobody looks at those")
    text = trials.given(gold, extractor)
    start = time.perf_counter()
    found = trials.fixed(text, extractor)
    seconds = time.perf_counter() - start
    truth = read_gold(gold)
    scores = {name: float(value) for name, value in score(truth, found)._asdict().items() if value is not None}
    lines = [f"{style}-{seed} {extractor}  {row(scores)}"]
    if not brief:
        lines += [f"  text {text}", *missed(truth, found)]
    if whole:
        for unit in found.units:
            lines.append(f"  got {title(unit)}")
            lines += [f"      {part.role:<10} {shown(part.text, 90)}" for part in unit.parts]
    return Trial(style, seed, trials.RELAYOUT, extractor, scores, seconds), lines


def missed(truth: Truth, found: Prediction) -> Iterator[str]:
    """Give for each article that was not recovered its best match, and where its parts and the surplus belong."""
    wanted = [unit for unit in truth.units if is_article(unit) and article_text(unit)]
    given = predicted(found.units)
    pairs = similarities(list(map(article_text, wanted)), list(map(article_text, given)), 0.0)
    for n, unit in enumerate(wanted):
        best = max(((value, j) for (i, j), value in pairs.items() if i == n), default=(0.0, -1))
        if best[0] >= NEAR:
            continue
        yield f"  MISSED {title(unit)} ({len(article_text(unit))} characters), best similarity {best[0]:.2f}"
        if best[1] < 0:
            continue
        got = given[best[1]]
        yield f"    best {title(got)} ({len(article_text(got))} characters)"
        yield from _strays("lacks", unit, got, found.units)
        yield from _strays("has too", got, unit, truth.units)


def _strays(verb: str, unit: Unit, other: Unit, everywhere: Sequence[Unit]) -> Iterator[str]:
    """Give the parts of ``unit`` that ``other`` has not, and the units among ``everywhere`` that have them."""
    for part in unit.parts:
        if _held(part.text, other) < HELD:
            owners = sorted(((_held(part.text, one), n) for n, one in enumerate(everywhere)), reverse=True)
            where = [f"{title(everywhere[n])} ({share:.0%})" for share, n in owners[:2] if share >= 0.3]
            yield f"      {verb} {part.role:<9} {shown(part.text)}  -> {', '.join(where) or 'nowhere in one piece'}"


def _held(text: str, unit: Unit) -> float:
    """Give the share of the pieces of ``text`` that stand in ``unit``, 0 to 1."""
    text = dense(text)
    inside = dense("".join(part.text for part in unit.parts))
    pieces = [text[at : at + PIECE] for at in range(0, max(len(text) - PIECE, 0) + 1, PIECE)]
    return sum(piece in inside for piece in pieces) / len(pieces)


def pages(golds: Iterable[Path], extractors: Sequence[str], *, brief: bool, whole: bool) -> Iterator[str]:
    """Give the lines of several pages, then the means."""
    runs = []
    for gold in golds:
        for extractor in trials.extractors(trials.named(gold)[0], extractors):
            trial, lines = page(gold, extractor, brief=brief, whole=whole)
            runs.append(trial)
            yield from lines
    by_style = trials.means(runs)
    for (style, _, extractor), scores in (
        by_style | (trials.over_styles(by_style) if len(by_style) > 1 else {})
    ).items():
        yield f"{style} {extractor}: mean  {row(scores)}"
