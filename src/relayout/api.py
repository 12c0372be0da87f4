"""Read, run, hand over: the only place where readers and stages meet."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from relayout import law, pipeline, readers
from relayout.believing import believed
from relayout.binding import bound
from relayout.carrying import carried
from relayout.errors import InputError
from relayout.folios import learned
from relayout.leaves import Leaf
from relayout.model import Issue, Note, Outcome, Paragraph, Reading
from relayout.profile import DEFAULT, Profile, choose, load
from relayout.readers import folder as readers_folder
from relayout.readers.wishes import Progress, Wishes, silent
from relayout.roles import Level
from relayout.signals.lexical import language

_DATE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_ENGLISH_DATE = re.compile(r"([A-Za-z]+)\.? (\d{1,2}), (\d{4})")
MONTHS = [
    "JANUARY",
    "FEBRUARY",
    "MARCH",
    "APRIL",
    "MAY",
    "JUNE",
    "JULY",
    "AUGUST",
    "SEPTEMBER",
    "OCTOBER",
    "NOVEMBER",
    "DECEMBER",
]


def fix(
    source: str | os.PathLike[str] | bytes,
    *,
    profile: str = "",
    encoding: str = "",
    name: str = "",
    pages: str = "",
    password: str = "",
    pdf_engine: str = "",
    folder: str | os.PathLike[str] | None = None,
    structure: str = "use",
    ocr: str = "",
    lang: str = "",
    progress: Progress = silent,
) -> Issue:
    r"""Rebuild a newspaper page: separate its articles and join their lines.

    ``source`` is the path of a file or of a folder of pages, the bytes of a file, or the text itself (a string with a
    line break in it). ``profile`` is the name of a profile or the path of a TOML file; without it the best fitting one
    is chosen.
    ``encoding`` overrides what the bytes say; ``name`` is the file name that outputs and ids are called after.
    ``pages`` chooses (``"1-3,A5"``); ``password`` opens a PDF, ``pdf_engine`` reads it (pdfium, or pdfplumber).
    ``structure`` says whether blocks, roles and articles that the source gives are used as evidence (``"use"``), not
    at all (``"ignore"``), or as they are (``"trust"``).
    ``folder`` holds the files that a METS file names; without it, the folder that the file lies in.
    ``ocr="tesseract"`` lets pictures, and pages of a PDF that are pictures, be recognised, in the languages ``lang``.
    ``progress`` is told how far it is: ``("rebuilding", 3, 8)``.
    Leaves no file behind. Raises :class:`relayout.errors.RelayoutError` for what a user can mend; the law of
    conservation is checked before anything is handed over.

    >>> issue = fix("會議開幕。\n")
    >>> [p.text for article in issue.articles for p in article.parts]
    ['會議開幕。']
    """
    beside = folder_of(source) if folder is None else Path(folder)
    wishes = Wishes(encoding, pdf_engine, pages, password, beside, structure, ocr=ocr, lang=lang, progress=progress)
    reading, sha256 = _read(source, name, wishes)
    return rebuild(reading.value, profile, reading.notes, sha256, structure, progress)


def _read(source: str | os.PathLike[str] | bytes, name: str, wishes: Wishes) -> tuple[Outcome[Reading], str]:
    """Read a source, and give the sum of its bytes; that of a folder is in its reading."""
    if is_folder(source):
        assert not isinstance(source, bytes)
        return readers_folder.read(Path(source), wishes), ""
    data, known_as = _bytes_of(source)
    return readers.read(data, name or known_as, wishes=wishes), hashlib.sha256(data).hexdigest()


def is_folder(source: str | os.PathLike[str] | bytes) -> bool:
    r"""Say whether a source is a folder of pages; no name at all is none.

    >>> is_folder("."), is_folder(b"."), is_folder("a\n"), is_folder("")
    (True, False, False, False)
    """
    return source != "" and folder_of(source) is not None and not isinstance(source, bytes) and Path(source).is_dir()


def rebuild(
    reading: Reading,
    profile: str = "",
    notes: tuple[Note, ...] = (),
    sha256: str = "",
    structure: str = "use",
    progress: Progress = silent,
) -> Issue:
    """Carry every page of ``reading`` through the stages and bind the articles to one issue."""
    chosen, note = _profile(profile, reading)
    (told, trusted), more = believed(reading, structure)
    all_notes = [*notes, note, *more]
    leaves: list[Leaf] = []
    for n, (page, known) in enumerate(zip(reading.pages, learned(reading.pages, reading.title), strict=True), 1):
        progress("rebuilding", n, len(reading.pages))
        here = told.get(page.number, ())
        own = page.number in trusted
        outcome = pipeline.run(replace(page, running=known.running), chosen, told=here, trusted=own)
        all_notes += outcome.notes
        done = outcome.value
        leaves.append(Leaf(done.page, done.articles, done.furniture, known.folio, closed=own or bool(here)))
    (articles, furniture), carries = carried(leaves, chosen, reading.missing)
    all_notes += carries
    if told:
        articles, more = bound(articles, told, in_order=bool(trusted))
        all_notes += more
    pages = tuple(leaf.page for leaf in leaves)
    source = reading.source if reading.source.sha256 or not sha256 else reading.source._replace(sha256=sha256)
    issue = Issue(
        source,
        pages,
        articles,
        furniture,
        tuple(all_notes),
        chosen.name,
        chosen.lang or language("\n".join(line.text for page in pages for line in page.lines[:200])),
        reading.title or (chosen.title if chosen.name != DEFAULT else _title(furniture, chosen)),
        reading.date or _date(furniture),
        chosen.number("ocr.unclear"),
    )
    law.uphold(reading.pages, issue.paragraphs)
    return issue


def folder_of(source: str | os.PathLike[str] | bytes) -> Path | None:
    r"""Return the folder that a source lies in; ``None`` for bytes and for the text itself.

    >>> folder_of("issue/mets.xml").name, folder_of("a\n")
    ('issue', None)
    """
    if isinstance(source, bytes) or (isinstance(source, str) and ("\n" in source or "\r" in source)):
        return None
    return Path(source).parent


def _bytes_of(source: str | os.PathLike[str] | bytes) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        return source, "page"
    if isinstance(source, str) and ("\n" in source or "\r" in source):
        try:
            return source.encode("utf-8"), "page"
        except UnicodeEncodeError as error:
            code = f"U+{ord(source[error.start]):04X}"
            raise InputError(
                f"character {error.start + 1} of the text is half of a pair ({code})",
                "decode the text anew, as UTF-16 or with errors='replace'",
            ) from None
    path = Path(source)
    try:
        return path.read_bytes(), path.name
    except FileNotFoundError:
        raise InputError(f"{path}: no such file", "check the path") from None
    except IsADirectoryError:
        raise InputError(f"{path}: is a directory", "name a file in it") from None
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read ({error})", "check the path and its permissions") from None


def _profile(wanted: str, reading: Reading) -> tuple[Profile, Note]:
    if wanted:
        chosen = load(wanted)
        return chosen, Note("profile", f"profile {chosen.name}", "it was asked for")
    chosen, evidence = choose([line.text for page in reading.pages for line in page.lines])
    why = f"{evidence:g} lines answer to it" if chosen.name != DEFAULT else "no other profile fits"
    return chosen, Note("profile", f"profile {chosen.name}", why, level=Level.DECISION)


def _title(furniture: Sequence[Paragraph], profile: Profile) -> str:
    """Return the name of the paper where it stands alone on a line, or nothing."""
    return next((p.text for p in furniture if profile.cue("masthead").search(p.text)), "")


def _date(furniture: Sequence[Paragraph]) -> str:
    """Return the day a folio or date line names, as YYYY-MM-DD, or nothing."""
    for paragraph in furniture:
        match = _DATE.search(paragraph.text)
        if match:
            year, month, day = (int(group) for group in match.groups())
            if found := _day(year, month, day):
                return found
        match = _ENGLISH_DATE.search(paragraph.text)
        if match and match.group(1).upper() in MONTHS:
            found = _day(int(match.group(3)), MONTHS.index(match.group(1).upper()) + 1, int(match.group(2)))
            if found:
                return found
    return ""


def _day(year: int, month: int, day: int) -> str:
    """Write a day as YYYY-MM-DD; nothing if the calendar has none such.

    >>> _day(1925, 4, 15), _day(2023, 2, 31)
    ('1925-04-15', '')
    """
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
