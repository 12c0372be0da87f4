"""Reads a folder of pages: ALTO, PAGE, hOCR, PDF, pictures or text, in the natural order of their names.

A METS file in the folder is taken instead, with the pages that it names. One file is read after the other, and its
bytes are let go. What is no page is left out with a note; so is a page that is broken, and the others go on.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from relayout import readers
from relayout.counting import counted_from, renumbered
from relayout.errors import InputError
from relayout.model import Note, Outcome, Page, Reading, Source
from relayout.readers.plain import MOST_BYTES
from relayout.readers.wishes import Wishes
from relayout.roles import Level
from relayout.told import ToldArticle, renamed, together

STAGE = "read"
MARKER = ".relayout.json"  # in a folder that relayout wrote
MOST_PAGES = 5_000
HEAD = 70_000  # bytes, by which a reader knows its own: a comment may stand before the first element
KINDS = ("mets", "alto", "page", "hocr", "pdf", "picture", "plain")  # of two files of one name, the first is read
_ANY = ("mets", "alto", "page", "hocr", "pdf")
_NUMBERED = re.compile(r"^page \d+\b")
_DIGITS = re.compile(r"(\d+)")


def natural(name: str) -> tuple[tuple[int, str], ...]:
    """Return what sorts names as people do: ``page 2`` before ``page 10``.

    >>> sorted(["p10.xml", "p2.xml", "P1.xml"], key=natural)
    ['P1.xml', 'p2.xml', 'p10.xml']
    """
    halves = _DIGITS.split(name.casefold())
    return tuple((int(half) if n % 2 else 0, "" if n % 2 else half) for n, half in enumerate(halves))


def read(folder: Path, wishes: Wishes) -> Outcome[Reading]:
    """Read the pages in a folder as one issue; raises :class:`InputError` where there are none, or none can be read.

    Files in folders of it are not read, nor links that lead out of it.
    """
    name = _called(folder)
    files, notes = _files(folder, name, wishes)
    kind = files[0][0]
    if kind == "mets":
        if len(files) > 1:
            raise InputError(f"{name}: holds {len(files)} METS files", f"name one: {folder / files[0][1].name}")
        found = readers.read(_bytes(files[0][1]), files[0][1].name, wishes=wishes._replace(folder=folder))
        return Outcome(found.value, (*notes, *found.notes))
    pages: list[Page] = []
    missing: list[int] = []
    told: list[ToldArticle] = []
    sums = hashlib.sha256()
    first: Reading | None = None
    broken: InputError | None = None
    number = lines = 0
    for n, (_, path) in enumerate(files, 1):
        wishes.progress("reading", n, len(files))
        try:
            data = _bytes(path)
            sums.update(path.name.encode("utf-8", "replace") + b"\0" + hashlib.sha256(data).digest())
            reading, more = readers.read(data, path.name, wishes=wishes._replace(pages="", folder=None))
        except InputError as error:
            number += 1
            missing.append(number)
            broken = broken or error
            notes.append(Note(STAGE, f"page {number} is left out", error.what, level=Level.DOUBT))
            continue
        first = first or reading
        moved: dict[int, int] = {}
        for one in reading.pages:
            number += 1
            moved[one.number] = number
            pages.append(_placed(one, number, lines))
            shift = 0 if one.box else lines
            notes += [_renamed(note, number, shift) for note in more if _of(note, one, reading.pages)]
        bare = {one.number: lines for one in reading.pages if not one.box}
        told += (renamed(one, moved, bare) for one in reading.told)
        lines += max((line.place.line for one in reading.pages if not one.box for line in one.lines), default=0)
        if number > MOST_PAGES:
            raise InputError(f"{name}: holds more than {MOST_PAGES:,} pages", "give one issue, not the whole run")
    if first is None:
        why = broken.what if broken else "it has no pages"
        raise InputError(f"{name}: none of its {len(files)} files can be read ({why})", broken.advice if broken else "")
    source = Source(name, sums.hexdigest(), first.source.encoding)
    said = tuple(dict.fromkeys(notes))  # what a reader says of every file is said once
    reading = Reading(source, tuple(pages), first.title, first.date, together(told), tuple(missing))
    return readers.of_pages(Outcome(reading, said), wishes.pages)


def _called(folder: Path) -> str:
    """Return the name that outputs are called after; a dot in it would look like the ending of a file name."""
    return (folder.resolve().name or "pages").replace(".", "-")


def _files(folder: Path, name: str, wishes: Wishes) -> tuple[list[tuple[str, Path]], list[Note]]:
    """Return the files that are pages, of one sort or several, each with its kind, in order; and why others are not."""
    advice = "name a folder with ALTO, PAGE, hOCR, PDF or text files, a page each"
    try:
        paths = sorted((p for p in folder.iterdir() if not p.name.startswith(".")), key=lambda p: natural(p.name))
        kinds = [(_kind(path, folder), path) for path in paths]
        if (folder / MARKER).exists() and not {"mets", "alto", "page"} & {kind for kind, _ in kinds}:
            advice = "name the folder of the pages, or one that was written with --to page, alto or mets"
            raise InputError(f"{name}: was written by relayout", advice)
    except (OSError, ValueError) as error:
        raise InputError(f"{name}: cannot be read ({type(error).__name__})", "check its permissions") from None
    found = {kind for kind, _ in kinds}
    if "mets" in found:
        wanted: tuple[str, ...] = ("mets",)
    else:
        say_more = (*_ANY, "picture") if wishes.ocr else _ANY
        wanted = say_more if found & set(say_more) else ("plain",)
    best: dict[str, str] = {}
    for kind, path in kinds:
        if kind in wanted and KINDS.index(kind) < KINDS.index(best.get(_stem(path), KINDS[-1])):
            best[_stem(path)] = kind
    taken = [(k, p) for k, p in kinds if k in wanted and best.get(_stem(p), KINDS[-1]) == k]
    if not taken:
        if "picture" in found:
            raise InputError(
                f"{name}: holds pictures only", f"let OCR read them: relayout fix {folder} --ocr tesseract --lang eng"
            )
        within = next((path for kind, path in kinds if kind == "folder"), None)
        raise InputError(f"{name}: holds no pages", f"{advice}; {within} may be one" if within else advice)
    left = [] if wanted == ("mets",) else [path.name for kind, path in kinds if (kind, path) not in taken]
    return taken, list(_ignored(left))


def _stem(path: Path) -> str:
    """Return the name by which files are of one page: ``p1.page.xml`` and ``p1.alto.xml``."""
    return path.stem.removesuffix(".page").removesuffix(".alto")


def _ignored(names: Sequence[str]) -> Iterator[Note]:
    if names:
        shown = ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
        many = f"{len(names)} files are" if len(names) > 1 else "a file is"
        yield Note(STAGE, f"{many} left out of the folder", f"no pages, or pages in another form: {shown}")


def _kind(path: Path, folder: Path) -> str:
    """Say what a file is, by its first bytes; text only by its name, for a README is no page."""
    try:
        if path.is_dir():
            return "folder"
        if not path.resolve().is_relative_to(folder.resolve()) or not path.is_file():
            return ""
    except (OSError, RuntimeError):  # a link that leads to itself
        return ""
    with path.open("rb") as file:
        head = file.read(HEAD)
    kind = next((reader.name for reader in readers.READERS if reader.sniff(head)), "")
    if kind == "plain" and not (path.suffix.lower() in (".txt", ".text") and head.strip()):
        return ""
    return kind


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)  # the reader refuses what is longer
    except OSError as error:
        raise InputError(f"{path.name} cannot be read ({error.strerror})") from None


def _placed(page: Page, number: int, lines: int) -> Page:
    """Give a page its number, and let the lines of a text count on from those of the files before."""
    page = renumbered(page, number)
    return page if page.box or not lines else counted_from(page, lines)


def _of(note: Note, page: Page, pages: Sequence[Page]) -> bool:
    """Say whether a note of a file is said with this page of it: the one it names, or the first."""
    named = (
        note.place.page
        if note.place
        else next((p.number for p in pages if note.what.startswith(f"page {p.number}")), 0)
    )
    return named == page.number if any(p.number == named for p in pages) else page is pages[0]


def _renamed(note: Note, number: int, lines: int) -> Note:
    what = _NUMBERED.sub(f"page {number}", note.what)
    if note.place is None:
        return replace(note, what=what)
    return replace(note, what=what, place=replace(note.place, page=number, line=note.place.line + lines))
