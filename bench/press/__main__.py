"""``python -m bench.press --style hk --seeds 1-20 --out DIR``: typeset pages into a folder."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bench.press import CHROMIUM, PressError, engines, typeset
from bench.press.styles import names


def seeds(text: str) -> list[int]:
    """Return the seeds of ``1-3,7``.

    >>> seeds("1-3,7")
    [1, 2, 3, 7]
    """
    out: list[int] = []
    for piece in text.split(","):
        first, _, last = piece.partition("-")
        out.extend(range(int(first), int(last or first) + 1))
    return out


def main(arguments: list[str] | None = None) -> int:
    """Parse, typeset, print the paths."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.press", description="Typeset newspaper pages with known articles."
    )
    parser.add_argument(
        "--style", action="append", choices=names(), help="may be given more than once; all if not given"
    )
    parser.add_argument("--seed", type=int, help="one page")
    parser.add_argument("--seeds", type=seeds, default=[1], help="many pages, as 1-20 or 1-3,7")
    parser.add_argument(
        "--engine", default=CHROMIUM, choices=(CHROMIUM, *engines.ENGINES), help="who breaks the lines (%(default)s)"
    )
    parser.add_argument(
        "--out", type=Path, help="folder of the pages (bench/out/pages, or bench/out/ENGINE of a second engine)"
    )
    given = parser.parse_args(arguments)
    wanted = [given.seed] if given.seed is not None else given.seeds
    styles = given.style or (names() if given.engine == CHROMIUM else engines.styles())
    folder = given.out or Path("bench/out") / ("pages" if given.engine == CHROMIUM else given.engine)
    try:
        for path in typeset([(name, seed) for name in styles for seed in wanted], folder, given.engine):
            print(path)
    except PressError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
