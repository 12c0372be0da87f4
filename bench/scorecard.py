"""The scorecard: relayout and its peers side by side, in one run, on the same pages.

    python bench/scorecard.py                     the test pages, all extractors and peers: tables on the screen
    python bench/scorecard.py --write             the same, and docs/scorecard.md and docs/plots/ renewed
    python bench/scorecard.py --seeds dev --limit 3 --no-peers
    python bench/scorecard.py --engines           pages set by other engines than the browser; --write renews that table
    python bench/scorecard.py --dev --style hk --extractor pdftotext-raw --seeds 1-10

The last is a close view of development pages: scores of every page, articles missed, and what was there instead.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import closeup, corpus, damage, peers, plots, press, trials
from bench.trials import RELAYOUT, Key, Trial

from relayout.version import __version__

DOCS = trials.ROOT / "docs"
CARD = DOCS / "scorecard.md"
MARKS = ("<!-- scores -->", "<!-- end of scores -->")
ENGINE_MARKS = ("<!-- engines -->", "<!-- end of engines -->")
ENGINE_EXTRACTORS = ("pdf-pdfium", *damage.STREAMS, "pdftotext-layout", "glued-gap")
ENGINE_SUMMARY = ("articles_90", "paragraph_f1", "headline_f1", "cjk_spaces")
FEWEST = 5  # test pages of a style: a sum of fewer is nearly a result of one
Scores = dict[Key, dict[str, float]]

SUMMARY = (
    ("articles_90", "articles ≥ .90"),
    ("articles_90_precision", "precision"),
    ("articles_99", "≥ .99"),
    ("articles_exact", "exact"),
    ("paragraph_f1", "paragraphs"),
    ("headline_f1", "headlines"),
    ("captions", "captions"),
    ("order", "order"),
    ("cjk_spaces", "CJK spaces ‰"),
)
PLOTTED = (
    ("articles_90", "articles", "articles recovered at 0.90 or better"),
    ("paragraph_f1", "paragraphs", "F1 of exact paragraphs"),
)


TARGETS = (
    ("articles ≥ .90 on streams", "articles_90", damage.STREAMS, 0.90),
    ("articles ≥ .90 on rows with gutters", "articles_90", ("pdftotext-layout",), 0.85),
    ("articles ≥ .90 on glued rows", "articles_90", damage.GLUED, 0.60),
    ("exact paragraphs on streams", "paragraph_f1", damage.STREAMS, 0.95),
    ("headlines on streams", "headline_f1", damage.STREAMS, 0.90),
    ("spaces put into CJK on streams, per thousand joins", "cjk_spaces", damage.STREAMS, 0.0),
)


PDF_TARGETS = (
    ("articles ≥ .99, horizontal styles", "articles_99", trials.HORIZONTAL, 0.95),
    ("articles ≥ .99, vertical styles", "articles_99", trials.VERTICAL, 0.85),
    ("articles ≥ .90", "articles_90", trials.STYLES, 0.98),
    ("headlines", "headline_f1", trials.STYLES, 0.97),
    ("captions", "captions", trials.STYLES, 0.95),
    ("exact paragraphs", "paragraph_f1", trials.STYLES, 0.97),
    ("order", "order", trials.STYLES, 0.99),
)
"""What is aimed at for the PDF itself: measure, over which styles, and the aim."""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Give the lines of a Markdown table."""
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def number(value: float | None) -> str:
    """Write a score with three digits, or a dash for what cannot be told."""
    return "–" if value is None else f"{value:.3f}"


def label(tool: str, extractor: str) -> str:
    """Name a row: relayout by the text it got, a peer by itself."""
    return f"relayout, {extractor}" if tool == RELAYOUT else tool


def order(runs: Sequence[Trial]) -> list[tuple[str, str]]:
    """Return the rows in the order in which they were run."""
    return list(dict.fromkeys((trial.tool, trial.extractor) for trial in runs))


def card(runs: Sequence[Trial], failed: dict[str, str], versions: Sequence[str], command: str) -> Iterator[str]:
    """Give the lines of the card: versions, the summary, articles and paragraphs style by style, seconds."""
    by_style = trials.means(runs)
    all_scores = by_style | trials.over_styles(by_style)
    rows = order(runs)
    styles = [style for style in trials.STYLES if any(trial.style == style for trial in runs)]
    pages = {(trial.style, trial.seed) for trial in runs}
    day = time.strftime("%Y-%m-%d", time.gmtime())
    yield f"{len(pages)} pages, {', '.join(styles)}. {day}. Printed again by `{command}`."
    yield ""
    yield from (f"- {one}" for one in versions)
    yield from (f"- **{name} could not be run: {why}**" for name, why in failed.items())
    crashes = sum(bool(trial.error) for trial in runs)
    yield from [f"- **relayout crashed {crashes} times; each counts 0**"] if crashes else []
    yield from ["", "What relayout aims at, and what it reaches; means over styles:", ""]
    yield from table(["measure", "aim", "mean", "each extractor"], targets(all_scores))
    if any(trial.extractor in trials.PDF for trial in runs):
        yield from ["", "The same from the PDF itself, through either engine:", ""]
        yield from table(["measure", "aim", *trials.PDF], pdf_targets(by_style))
    yield from ["", "Means over styles:", ""]
    yield from table(
        ["from", *(name for _, name in SUMMARY)],
        ([label(*row), *(number(all_scores[("mean", *row)].get(measure)) for measure, _ in SUMMARY)] for row in rows),
    )
    for measure, _, title in PLOTTED:
        yield from ["", f"{title[0].upper()}{title[1:]}, style by style:", ""]
        yield from table(["from", *styles, "mean"], _styled(rows, [*styles, "mean"], all_scores, measure))
    yield from ["", "Seconds a page:", ""]
    yield from table(["from", "seconds"], ([label(*row), f"{_seconds(runs, row):.2f}"] for row in rows))


def targets(scores: Scores) -> Iterator[list[str]]:
    """Give the rows of the aims: for each the mean over its extractors, and every one of them."""
    for what, measure, extractors, aim in TARGETS:
        got = {name: scores.get(("mean", RELAYOUT, name), {}).get(measure) for name in extractors}
        there = [value for value in got.values() if value is not None]
        mean = sum(there) / len(there) if there else None
        each = ", ".join(f"{name} {number(value)}" for name, value in got.items())
        yield [what, f"{'≤' if measure in trials.FEWER else '≥'} {aim:.2f}", number(mean), each]


def pdf_targets(by_style: Scores) -> Iterator[list[str]]:
    """Give the rows of the aims for PDFs: the mean over the styles that each speaks of."""
    for what, measure, styles, aim in PDF_TARGETS:
        means = trials.over_styles(by_style, styles)
        got = [number(means.get(("mean", RELAYOUT, name), {}).get(measure)) for name in trials.PDF]
        yield [what, f"≥ {aim:.2f}", *got]


def _styled(rows: list[tuple[str, str]], styles: list[str], scores: Scores, measure: str) -> Iterator[list[str]]:
    for row in rows:
        yield [label(*row), *(number(scores.get((style, *row), {}).get(measure)) for style in styles)]


def _seconds(runs: Sequence[Trial], row: tuple[str, str]) -> float:
    mine = [trial.seconds for trial in runs if (trial.tool, trial.extractor) == row]
    return sum(mine) / len(mine)


def engine_card(runs: dict[str, list[Trial]], versions: Sequence[str], command: str) -> Iterator[str]:
    """Give the lines of the card of the other engines: articles style by style, and means of a few measures."""
    every = [trial for made in runs.values() for trial in made]
    styles = [style for style in trials.STYLES if any(trial.style == style for trial in every)]
    pages = sum(len({(trial.style, trial.seed) for trial in made}) for made in runs.values())
    day = time.strftime("%Y-%m-%d", time.gmtime())
    yield f"{pages} pages, {', '.join(styles)}, relayout {__version__}; {', '.join(versions)}. {day}. "
    yield f"Printed again by `{command}`. Articles at 0.90 or better style by style, then means over styles:"
    yield ""
    names = dict(SUMMARY)
    rows = []
    for engine, made in runs.items():
        by_style = trials.means(made)
        means = trials.over_styles(by_style)
        for row in order(made):
            each = [number(by_style.get((style, *row), {}).get("articles_90")) for style in styles]
            mean = [number(means["mean", *row].get(measure)) for measure in ENGINE_SUMMARY]
            rows.append([f"{engine}, {row[1]}", *each, *mean])
    yield from table(["from", *styles, *(names[measure] for measure in ENGINE_SUMMARY)], rows)


def by_engine(jobs: Sequence[tuple[str, int]], extractors: Sequence[str]) -> tuple[dict[str, list[Trial]], list[str]]:
    """Let every engine set the pages and relayout rebuild them. Raises PressError for an engine that is not here."""
    made = {
        engine: trials.of_relayout(trials.set_pages(jobs, trials.PAGES.with_name(engine), engine), extractors)
        for engine in press.engines.ENGINES
    }
    return made, [press.engines.version(engine) for engine in made]


def draw(runs: Sequence[Trial], folder: Path) -> list[Path]:
    """Write the plots and return their paths."""
    by_style = trials.means(runs)
    rows = order(runs)
    styles = [style for style in trials.STYLES if any(trial.style == style for trial in runs)]
    out = []
    for measure, name, title in PLOTTED:
        lines = [
            (label(*row), {s: by_style[s, *row][measure] for s in styles if measure in by_style.get((s, *row), {})})
            for row in rows
        ]
        out.append(folder / f"{name}.svg")
        plots.dots(out[-1], title, lines, styles, sum(tool == RELAYOUT for tool, _ in rows))
    return out


def replaced(text: str, block: str, marks: tuple[str, str] = MARKS) -> str:
    r"""Put a block between the marks of a document.

    >>> replaced("a <!-- scores -->old<!-- end of scores --> b", "new")
    'a <!-- scores -->\n\nnew\n\n<!-- end of scores --> b'
    """
    pattern = re.compile(f"({re.escape(marks[0])}).*?({re.escape(marks[1])})", re.DOTALL)
    if not pattern.search(text):
        raise ValueError(f"{CARD.name} has no {marks[0]} … {marks[1]}")
    return pattern.sub(lambda m: f"{m[1]}\n\n{block}\n\n{m[2]}", text)


def run(
    golds: list[Path], extractors: Sequence[str], with_peers: bool
) -> tuple[list[Trial], dict[str, str], list[str]]:
    """Run relayout and the peers; return the trials, the peers that failed and why, and the versions."""
    runs = trials.of_relayout(golds, extractors)
    rows = [*trials.PDF, *damage.EXTRACTORS]
    runs.sort(key=lambda trial: (rows.index(trial.extractor.partition("~")[0]), trial.extractor))
    failed: dict[str, str] = {}
    versions = [f"relayout {__version__}, pages set by {corpus.browser()}"]
    for name, peer in peers.PEERS.items() if with_peers else ():
        ready, version = peer.ready()
        try:
            if not ready:
                raise RuntimeError(version)
            made, reading = trials.of_peer(name, golds)
            runs += made
            versions.append(f"{name} {version}: {peer.what}, {reading}")
        except Exception as error:  # whatever a peer raises goes into the table, loudly
            failed[name] = " ".join(str(error).split())[:200]
            print(f"{name} COULD NOT BE RUN: {failed[name]}", file=sys.stderr)
    return runs, failed, versions


def parsed(words: Iterable[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Score relayout and its peers on the pages of the press.")
    parser.add_argument("--seeds", default="", help="test (the default), dev, or numbers like 1-10,12")
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N pages of each style")
    parser.add_argument("--style", default="", help=f"one or more of {','.join(trials.STYLES)}")
    parser.add_argument("--extractor", default="", help="one or more, with commas; with ~blank and the like for noise")
    parser.add_argument("--no-peers", action="store_true", help="relayout only")
    parser.add_argument("--write", action="store_true", help="renew docs/scorecard.md and its plots")
    parser.add_argument(
        "--own", action="store_true", help="pages of the project's own texts alone, as the fast gate has"
    )
    parser.add_argument("--pages", type=Path, metavar="DIR", help="where the pages are kept")
    parser.add_argument("--engines", action="store_true", help="pages of typst and weasyprint, relayout only")
    parser.add_argument("--dev", action="store_true", help="a close view of single development pages")
    parser.add_argument("--brief", action="store_true", help="with --dev: only the scores of each page")
    parser.add_argument("--units", action="store_true", help="with --dev: also every unit that was predicted")
    return parser.parse_args(list(words))


def main(words: Sequence[str]) -> int:
    """Print the card or the close view."""
    chosen = parsed(words)
    numbers = trials.seeds(chosen.seeds or ("dev" if chosen.dev else "test"))[: chosen.limit]
    possible = press.engines.styles() if chosen.engines else trials.STYLES
    styles = chosen.style.split(",") if chosen.style else list(possible)
    extractors = chosen.extractor.split(",") if chosen.extractor else []
    unknown = [s for s in styles if s not in possible] + [e for e in extractors if not trials.known(e)]
    if unknown:
        print(f"unknown: {', '.join(unknown)}", file=sys.stderr)
        return 2
    tested = [seed for seed in numbers if seed not in trials.DEV]
    if tested and (chosen.dev or len(tested) < FEWEST):
        print(
            f"test pages are not looked at, and of fewer than {FEWEST} a style no sums are printed; take --seeds 1-499",
            file=sys.stderr,
        )
        return 2
    command = " ".join(["python bench/scorecard.py", *(word for word in words if word != "--write")])
    if chosen.engines:
        jobs = [(style, seed) for style in styles for seed in numbers]
        block = "\n".join(engine_card(*by_engine(jobs, extractors or ENGINE_EXTRACTORS), command))
        print(block)
        if chosen.write:
            CARD.write_text(replaced(CARD.read_text(encoding="utf-8"), block, ENGINE_MARKS), encoding="utf-8")
        return 0
    with corpus.own_texts() if chosen.own else nullcontext():
        folder = chosen.pages or (trials.OWN_PAGES if chosen.own else trials.PAGES)
        golds = trials.set_pages([(style, seed) for style in styles for seed in numbers], folder)
    if chosen.dev:
        for line in closeup.pages(golds, extractors, brief=chosen.brief, whole=chosen.units):
            print(line, flush=True)
        return 0
    runs, failed, versions = run(golds, extractors, not chosen.no_peers)
    block = "\n".join(card(runs, failed, versions, command))
    print(block)
    if chosen.write:
        CARD.write_text(replaced(CARD.read_text(encoding="utf-8"), block), encoding="utf-8")
        for path in (CARD, *draw(runs, DOCS / "plots")):
            print(f"written: {path.relative_to(trials.ROOT)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
