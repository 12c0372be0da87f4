"""Made-up French pages in the habits of 1884 and 1942 through relayout and through simple rules.

    python -m bench.old_press [--seeds 1-3] [--years 1884,1942] [--write]

The pages are typeset here with known articles (``old_broadsheet.py``, ``old_modular.py``), of text that a small grammar
makes, and given as recognition leaves them (``old_habits.py``). They are no sample of any paper.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from datetime import date

from bench import old_broadsheet, old_modular, trials
from bench.old_habits import HABITS, Page, given, known, noisy, units
from bench.scan_baselines import BASELINES
from bench.scan_ours import fixed
from bench.scan_score import Tally, score

import relayout

YEARS = {"1884": old_broadsheet.Paper, "1942": old_modular.Paper}
MARKS = ("<!-- old press -->", "<!-- end of old press -->")
HELD = "7-10"  # seeds that no rule was made on


def pages(year: str, seed: int) -> list[Page]:
    """Return the pages of an issue, with noise."""
    return [noisy(sheet, f"{year} {seed} {n}") for n, sheet in enumerate(YEARS[year](seed).pages())]


def tally(page: Page, found: Sequence[tuple[tuple[int, int], ...]]) -> Tally:
    """Score what is found of a page."""
    weights = {(1, n): len("".join(one.text.split())) for n, one in enumerate(page.lines, 1)}
    return score(units(page), found, weights)


def report(years: Sequence[str], seeds: Sequence[int], habits: str = "") -> Iterator[str]:
    """Yield the lines of the report."""
    for year in years:
        made = [page for seed in seeds for page in pages(year, seed)]
        count = sum(len(units(page)) for page in made)
        yield f"{year}: {len(made)} pages, {count} articles"
        yield f"  {'':38}" + "".join(f"{name:>12}" for name in Tally().measures())
        for name, rule in BASELINES.items():
            yield _row(name, [tally(page, rule(known(page))) for page in made])
        begin = time.perf_counter()
        for habit in HABITS:
            if habits in habit.name:
                yield _row(habit.name, [tally(p, fixed(known(p), given=given(p, habit)).units) for p in made])
        yield f"  {(time.perf_counter() - begin) / len(HABITS) / len(made):.2f} s a page"


def _row(name: str, found: Sequence[Tally]) -> str:
    total = Tally()
    for one in found:
        total = total.plus(one)
    return f"  {name:38}" + "".join(f"{value:12.3f}" for value in total.measures().values())


def main() -> None:
    """Print the report; ``--write`` puts it into the scorecard, too."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", default=HELD, help="issues, as 1-3 or 1,4")
    parser.add_argument("--years", default=",".join(YEARS), help="habits of years, with commas")
    parser.add_argument("--habit", default="", help="only habits of regions whose name holds this")
    parser.add_argument("--write", action="store_true", help="renew the section of docs/scorecard.md")
    options = parser.parse_args()
    lines = []
    for line in report(options.years.split(","), trials.seeds(options.seeds), options.habit):
        print(line, flush=True)
        lines.append(line)
    if options.write:
        from bench.scorecard import CARD, replaced  # the libraries of the plots come with it

        block = "\n".join(["```text", f"{date.today()}, relayout {relayout.__version__}", "", *lines, "```"])
        CARD.write_text(replaced(CARD.read_text("utf-8"), block, MARKS), "utf-8")


if __name__ == "__main__":
    main()
