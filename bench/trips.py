"""What is written is read again: every collection and typeset page, as PAGE, ALTO and METS, used and trusted.

``python -m bench.trips`` prints for each file and format how many articles come back as they were: lines, order, roles,
paragraphs, kinds and ids. ``RELAYOUT_DATA`` says where the collections are; pages of PDF are those of ``make bench``.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bench import scans

import relayout
from relayout.commands.referred import referred
from relayout.model import Issue, Paragraph
from relayout.writers import WRITERS

FORMATS = ("page", "alto", "mets")
PAGES = Path(__file__).parent / "out" / "pages"
TYPESET = ("cn-1", "de-15", "en-8", "hk-17", "ja-13", "tw-6")
Shape = list[tuple[object, ...]]


class Trip(NamedTuple):
    """How many articles an issue has, and how many of them come back as they were; ``furniture`` does or does not."""

    name: str
    form: str
    structure: str
    articles: int
    same: int
    furniture: bool

    @property
    def whole(self) -> bool:
        """Whether all is as it was."""
        return self.same == self.articles and self.furniture


def shape(issue: Issue) -> Shape:
    """Return what of the articles must come back, one by one."""
    return [
        (one.id, one.kind, _texts(one.parts), [_texts(figure.parts) for figure in one.figures], one.jumps, one.gaps)
        for one in issue.articles
    ]


def _texts(parts: Sequence[Paragraph]) -> list[tuple[object, ...]]:
    return [(part.role, [" ".join(line.text.split()) for line in part.lines]) for part in parts]


def write(issue: Issue, form: str, folder: Path, source: Path | None = None) -> Path:
    """Write an issue into a folder, and return what is to be read: the METS file, or the folder."""
    files = dict(WRITERS[form].render(issue))
    if form == "mets" and source:
        files |= referred(issue, str(source), source.read_bytes())
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder / next(iter(files)) if form == "mets" else folder


def trips(issue: Issue, name: str, source: Path | None = None, forms: Sequence[str] = FORMATS) -> Iterator[Trip]:
    """Write an issue in each format, read it used and trusted, and compare."""
    first = shape(issue)
    margins = sorted(line.text for part in issue.furniture for line in part.lines)
    for form in forms:
        with tempfile.TemporaryDirectory() as folder:
            path = write(issue, form, Path(folder), source)
            for structure in ("use", "trust"):
                again = relayout.fix(path, structure=structure)
                second = shape(again)
                same = sum(one == two for one, two in zip(first, second, strict=False))
                same = same if len(first) == len(second) else min(same, len(first) - 1)
                furniture = margins == sorted(line.text for part in again.furniture for line in part.lines)
                yield Trip(name, form, structure, len(first), same, furniture)


def sources() -> list[Path]:
    """Return all files that there are."""
    found = [path for name in scans.ISSUES for path in scans.issues(name)]
    found += [path for name in scans.PAGES for path in scans.pages(name)]
    return [*found, *(path for name in TYPESET if (path := PAGES / f"{name}.pdf").exists())]


def main() -> None:
    """Print a line for each file and format."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("paths", nargs="*", type=Path, help="other files")
    count = whole = 0
    for path in parser.parse_args().paths or sources():
        for trip in trips(relayout.fix(path), path.stem, path):
            count, whole = count + 1, whole + trip.whole
            lost = "" if trip.furniture else ", furniture differs"
            print(
                f"{path.stem:30} {trip.form:5} {trip.structure:6} {trip.same:4} of {trip.articles:4}{lost}", flush=True
            )
    print(f"{whole} of {count} come back whole")


if __name__ == "__main__":
    main()
