"""What METS points to: the files of a source as they are, where their ids tell blocks and lines apart, else ours.

A file of ALTO that was read is pointed to untouched: a paragraph is a block where it is all of it, else its lines. A
page is written anew only where ids are missing or given twice, where a line is cut between two texts, and where the
source is no ALTO.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from relayout.imprint import Box
from relayout.model import Issue, Line, Note, Page, Paragraph, Place
from relayout.roles import Form, Level
from relayout.told import ToldNames
from relayout.writers import alto, leaves, naming
from relayout.writers.leaves import Leaf
from relayout.writers.lengths import alto_units

Area = tuple[str, str]  # the id of a file, that of what is meant in it


class Sheet(NamedTuple):
    """The file of a page: its id in METS, its name beside it, where it comes from, and the id of the page in it.

    ``source`` is where the file of the source lies, from its folder on, with its SHA-256 and size; of a page that is
    written anew ``leaf`` is what is written.
    """

    ident: str
    name: str
    source: str
    sha256: str
    size: int
    page: Page
    page_id: str
    leaf: Leaf | None = None


class Pointers:
    """The files of an issue, and what in them each text of it is."""

    def __init__(self, issue: Issue) -> None:
        """Find the files; raises UsageError where a page has neither ids nor places."""
        written = set(anew(issue))
        ours = {leaf.page.number: leaf for leaf in leaves.leaves(issue, alto_units)} if written else {}
        self.sheets: list[Sheet] = []
        self._files: dict[int, Sheet] = {}
        self._told: dict[int, ToldNames] = {}
        self._blocks: dict[int, Counter[str]] = {}
        self._texts: dict[tuple[int, str, int], list[Area]] = {}
        self._pictures: dict[int, dict[Box, str]] = {}
        known: dict[tuple[str, str], tuple[str, str]] = {}
        names: set[str] = set()
        for page in issue.pages:
            told = page.names
            if page.number not in written and told:
                self._told[page.number] = told
                self._blocks[page.number] = Counter(block for block, _ in told.lines)
                shapes = zip(page.shapes, told.shapes, strict=False)
                box = alto_units(page).box
                self._pictures[page.number] = {box(s.box): i for s, i in shapes if i and s.form is Form.IMAGE}
                key = (told.file, told.sha256)
                if key not in known:
                    known[key] = (self._fresh(), _free(told.file, names))
                self._sheet(Sheet(*known[key], told.file, told.sha256, told.size, page, told.page))
                continue
            leaf = ours.get(page.number)
            if leaf is None:
                raise leaves.unplaced("mets", page.number)
            name = _free(alto.name(issue, leaf), names)
            self._sheet(Sheet(self._fresh(), name, "", "", 0, page, alto.page_id(leaf), leaf))
            self._fill(leaf)

    def _sheet(self, sheet: Sheet) -> None:
        self.sheets.append(sheet)
        self._files[sheet.page.number] = sheet

    def _fresh(self) -> str:
        return f"ALTO{len({sheet.ident for sheet in self.sheets}) + 1:05}"

    def _fill(self, leaf: Leaf) -> None:
        """Remember the blocks of a page that is written anew."""
        file = self._files[leaf.page.number].ident
        for unit, texts in (("", leaf.furniture), *((share.ident, share.all_texts) for share in leaf.shares)):
            for text in texts:
                self._texts.setdefault((leaf.page.number, unit, text.nth), []).append((file, text.ident))
        self._pictures[leaf.page.number] = {d.box: d.ident for d in leaf.drawings if d.form is Form.IMAGE}

    def of(self, unit: str, nth: int, part: Paragraph) -> list[Area]:
        """Return what a paragraph is, the ``nth`` of its unit, in order; of furniture the unit is empty."""
        found: list[Area] = []
        for number, places in _by_page(part.lines):
            told = self._told.get(number)
            if told is None:
                found += self._texts.get((number, unit, nth), [])
                continue
            file = self._files[number].ident
            found += [(file, ident) for ident in _meant(told, self._blocks[number], places)]
        return list(dict.fromkeys(found))

    def picture(self, page: int, box: Box | None) -> Area | None:
        """Return the picture of a page that has this box."""
        sheet = self._files.get(page)
        if not sheet or not box:
            return None
        ident = self._pictures[page].get(alto_units(sheet.page).box(box), "")
        return (sheet.ident, ident) if ident else None


def anew(issue: Issue) -> dict[int, str]:
    """Return the pages whose ALTO is written anew for METS, each with the reason; nothing is said of other formats."""
    found: dict[int, str] = {}
    paragraphs: dict[int, list[tuple[int, list[Place]]]] = {}
    for n, part in enumerate(issue.paragraphs):
        for number, places in _by_page(part.lines):
            paragraphs.setdefault(number, []).append((n, places))
    for page in issue.pages:
        told = page.names
        if told is None or not told.sha256 or len(told.lines) != len(page.lines):
            found[page.number] = ""
            continue
        counts = Counter(block for block, _ in told.lines)
        owners: dict[int, set[int]] = {}
        for n, places in paragraphs.get(page.number, ()):
            for place in places:
                owners.setdefault(place.line, set()).add(n)
            if "" in _meant(told, counts, places):
                found[page.number] = "lines that are parted have no id of their own in it"
        if any(len(those) > 1 for those in owners.values()):
            found[page.number] = "a line of it is of two texts"
    return found


def rewritten(issue: Issue) -> tuple[Note, ...]:
    """Note the pages of an ALTO source that are written anew, since its own ids do not tell their texts apart."""
    return tuple(
        Note(leaves.STAGE, f"page {number}: METS points to ALTO that is written anew", why, 1.0, Level.DOUBT)
        for number, why in anew(issue).items()
        if why
    )


def _by_page(lines: Sequence[Line]) -> Iterator[tuple[int, list[Place]]]:
    """Yield the places of lines in runs that stand on one page."""
    run: list[Place] = []
    for line in lines:
        if run and run[-1].page != line.place.page:
            yield run[-1].page, run
            run = []
        run.append(line.place)
    if run:
        yield run[-1].page, run


def _meant(told: ToldNames, blocks: Counter[str], places: Sequence[Place]) -> list[str]:
    """Return the ids of what holds these lines: whole blocks, or lines; an empty one where there is none.

    >>> told = ToldNames(lines=(("b", "1"), ("b", "2"), ("c", "3")))
    >>> _meant(told, Counter("bbc"), [Place(1, n) for n in (1, 2, 3)]), _meant(told, Counter("bbc"), [Place(1, 2)])
    (['b', 'c'], ['2'])
    """
    numbers = list(dict.fromkeys(place.line for place in places))
    found: list[str] = []
    at = 0
    while at < len(numbers):
        block, own = told.lines[numbers[at] - 1]
        run = numbers[at : at + blocks[block]]
        whole = block and len(run) == blocks[block] and all(told.lines[n - 1][0] == block for n in run)
        if whole and run == sorted(run):
            found.append(block)
            at += len(run)
        else:
            found.append(own)
            at += 1
    return found


def _free(file: str, names: set[str]) -> str:
    """Return a plain file name that no other file of the issue has, as near to ``file`` as can be."""
    name = naming.safe(PurePosixPath(file).name)
    stem, dot, ending = name.rpartition(".")
    n, free = 2, name
    while free.lower() in names:
        free = f"{stem if dot else name}-{n}{dot}{ending if dot else ''}"
        n += 1
    names.add(free.lower())
    return free
