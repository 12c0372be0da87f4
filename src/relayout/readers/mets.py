"""Reads METS: the issue whose pages are ALTO files beside it, in the order of the physical structure.

Only files in the folder of the METS file or under it are read: no absolute path, no ``..``, no URL, no link that leads
out. A page that is missing or broken leaves a note and the others go on. The logical structure tells of articles
(:mod:`relayout.readers.logical`); where it does not, the tags of the ALTO files may.

Source: METS 1.12.1 and MODS 3 of the Library of Congress; Dublin Core elements 1.1.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from relayout.counting import renumbered
from relayout.errors import InputError
from relayout.model import Note, Outcome, Page, Reading, Source
from relayout.readers import alto, logical, markup
from relayout.readers.beginning import begins
from relayout.readers.wishes import Wishes
from relayout.roles import Level
from relayout.told import ToldArticle, renamed

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

STAGE = "read"
MOST_PAGES = 5_000  # of an issue or a volume
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?!\d)")
_DAY_LAST = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})(?!\d)")


class _Page(NamedTuple):
    """A page of the physical structure: what the file calls it, and the addresses of the XML files that it names."""

    label: str
    hrefs: tuple[str, ...]


def sniff(data: bytes) -> bool:
    """Say whether the outermost element of ``data`` is that of a METS file.

    >>> sniff(b"<m:mets xmlns:m='http://www.loc.gov/METS/'>")
    True
    """
    return begins(data) == "mets"


def read(data: bytes, name: str, wishes: Wishes) -> Outcome[Reading]:
    """Read the ALTO pages that a METS file names, out of ``wishes.folder``; with title and day of the issue.

    Raises :class:`InputError` where it is no XML, names no page, lies in no folder, or no page of it can be read.
    """
    root = markup.root(data, name)
    named = _pages(root)
    if not named:
        raise InputError(f"{name}: names no page in XML", "give a METS file whose pages are ALTO, or the pages")
    if len(named) > MOST_PAGES:
        raise InputError(f"{name}: names more than {MOST_PAGES:,} pages", "give one issue, not the whole run")
    if wishes.folder is None:
        raise InputError(f"{name}: has its pages in files beside it", "give the path of the METS file, not its bytes")
    pages: list[Page] = []
    notes: list[Note] = []
    divisions = logical.divisions(root)
    files = {element.get("ID", ""): _plain(href) for element, href in _files(root)}
    wanted: dict[str, set[str]] = {}
    for key, ids in logical.wanted(divisions).items():
        wanted.setdefault(files.get(key, ""), set()).update(ids)
    sheets: dict[str, logical.Sheet] = {}
    tagged: list[ToldArticle] = []
    missing: list[int] = []
    last = 0
    for number, page in enumerate(named, 1):
        wishes.progress("reading", number, len(named))
        (href, found), more = _read(page, number, wishes.folder, wanted)
        notes += more
        missing += () if found.pages else (number,)
        moved: dict[int, int] = {}
        for one in found.pages:
            last = max(last + 1, number)
            moved[one.number] = last
            pages.append(renumbered(one, last))
        shapes = [one.names.shapes if one.names else () for one in found.pages]
        counts = [(moved[one.number], len(one.lines)) for one in found.pages]
        sheets[href] = logical.Sheet(counts, found.spans, shapes)
        tagged += [renamed(one, moved) for one in found.told]
    if not pages:
        raise InputError(f"{name}: none of its {len(named)} pages can be read ({notes[0].why})", "put them beside it")
    by_file = {key: sheets[href] for key, href in files.items() if href in sheets}
    homes = {_plain(href): str(n) for n, page in enumerate(named, 1) if n in missing for href in page.hrefs}
    absent = {key: homes.get(href, "") for key, href in files.items() if href not in sheets}
    (told, roles), more = logical.resolved(divisions, by_file, absent)
    if told:
        pages = [replace(page, roles=(*roles.get(page.number, ()), *page.roles)) for page in pages]
    title, day = _described(root)
    source = Source(name, hashlib.sha256(data).hexdigest())
    return Outcome(Reading(source, tuple(pages), title, day, told or tuple(tagged), tuple(missing)), (*notes, *more))


def _plain(href: str) -> str:
    """Return an address by which two of one file are the same: ``./ALTO/1.xml`` is ``ALTO/1.xml``."""
    path = inside(Path(), href)
    return path.as_posix() if path else href


def inside(folder: Path, href: str) -> Path | None:
    r"""Return the file in ``folder`` that an address names; ``None`` where it leads out, or is no path.

    docWorks writes ``file://./ALTO/1.xml``, others ``ALTO\1.xml`` or ``ALTO/1.xml``.

    >>> inside(Path("/a"), "file://./ALTO/1.xml") == Path("/a/ALTO/1.xml")
    True
    >>> [inside(Path("/a"), href) for href in ("../b.xml", "/etc/b.xml", "http://b/c.xml", "%2e%2e/b.xml", "file:///b")]
    [None, None, None, None, None]
    """
    said = unquote(href.strip().removeprefix("file://")).replace("\\", "/")
    if not said or said.startswith("/") or _SCHEME.match(said) or "\0" in said:
        return None
    parts = PurePosixPath(said).parts
    return folder.joinpath(*parts) if parts and ".." not in parts else None


def _read(page: _Page, number: int, folder: Path, wanted: dict[str, set[str]]) -> Outcome[tuple[str, alto.Contents]]:
    """Read the first of the files of a page that is ALTO; the reason why none could be is a note.

    ``wanted`` are the ids that somebody refers to in each file.
    """
    why = ""
    for href in page.hrefs:
        try:
            data = _bytes(folder, href)
            if not alto.sniff(data):
                why = why or f"{_short(href)} is not ALTO"
                continue
            found, notes = alto.contents(data, _short(href), frozenset(wanted.get(_plain(href), ())))
        except InputError as error:
            why = error.what
            continue
        if not found.pages:
            why = f"{_short(href)} holds no text"
            continue
        pages = tuple(_from(one, _plain(href)) for one in found.pages)
        return Outcome((_plain(href), found._replace(pages=pages)), notes)
    what = f"page {number} is left out" + (f" ({page.label})" if page.label and page.label != str(number) else "")
    nothing = alto.Contents((), (), ())
    return Outcome(("", nothing), (Note(STAGE, what, why or "it names no XML file", level=Level.DOUBT),))


def _from(page: Page, file: str) -> Page:
    return replace(page, names=replace(page.names, file=file)) if page.names else page


def _bytes(folder: Path, href: str) -> bytes:
    path = inside(folder, href)
    if path is None:
        raise InputError(f"{_short(href)} leads out of the folder")
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            raise InputError(f"{_short(href)} leads out of the folder")
        if not path.is_file():
            raise InputError(f"{_short(href)} is missing")
        if path.stat().st_size > markup.MOST_BYTES:
            raise InputError(f"{_short(href)} is larger than {markup.MOST_BYTES // 1024**2} MB")
        return path.read_bytes()
    except (OSError, ValueError, RuntimeError) as error:
        raise InputError(f"{_short(href)} cannot be read ({type(error).__name__})") from None


def _short(href: str) -> str:
    return "".join(char for char in href.removeprefix("file://") if char.isprintable())[-60:]


def _pages(root: Element) -> list[_Page]:
    """Return the pages in order: those of the physical structure that name XML files, else one for every XML file."""
    files = {element.get("ID", ""): href for element, href in _files(root)}
    found: list[_Page] = []
    seen: set[str] = set()
    for structure in markup.inside(root, "structMap"):
        if structure.get("TYPE", "").lower() != "physical":
            continue
        for division in markup.inside(structure, "div"):
            hrefs = [files[key] for key in _pointed(division) if key in files]
            if hrefs and (new := tuple({_plain(href): href for href in hrefs if _plain(href) not in seen}.values())):
                seen.update(map(_plain, new))
                found.append(_Page(division.get("ORDERLABEL", "") or division.get("ORDER", ""), new))
    return found or [_Page("", (href,)) for href in {_plain(href): href for href in files.values()}.values()]


def _files(root: Element) -> Iterator[tuple[Element, str]]:
    """Yield the files that are XML by their kind or their name, with their addresses."""
    for section in markup.inside(root, "fileSec"):
        for element in markup.inside(section, "file"):
            for where in markup.children(element, "FLocat"):
                href = next((str(value) for key, value in where.items() if str(key).rpartition("}")[2] == "href"), "")
                if href and ("xml" in element.get("MIMETYPE", "").lower() or href.lower().endswith(".xml")):
                    yield element, href
                    break


def _pointed(division: Element) -> Iterator[str]:
    """Yield the files that a division points to itself, not through the divisions in it."""
    for pointer in markup.children(division, "fptr"):
        yield pointer.get("FILEID", "")
        for area in markup.inside(pointer, "area"):
            yield area.get("FILEID", "")


def _described(root: Element) -> tuple[str, str]:
    """Return title and day of the issue: of the first description that has both, else the first of each.

    The description that the division of an issue refers to comes first, those of divisions in it do not count. A title
    without a day is taken only of an issue's own.
    """
    issues = [one for one in markup.inside(root, "div") if one.get("TYPE", "").lower() == "issue"]
    own = {key for one in issues for key in one.get("DMDID", "").split()}
    parts = {key for one in issues for e in markup.inside(one, "div") for key in e.get("DMDID", "").split()} - own
    titles: list[str] = []
    days: list[str] = []
    known = False
    for section in sorted(markup.inside(root, "dmdSec"), key=lambda one: one.get("ID") not in own):
        if section.get("ID") in parts:
            continue
        title = next(filter(None, (_said(element) for element in _titles(section))), "")
        day = next(filter(None, (_day(_said(e)) for e in markup.inside(section, "dateIssued", "date"))), "")
        if title and day:
            return title, day
        known = known or bool(title and section.get("ID") in own)
        titles += [title] if title else []
        days += [day] if day else []
    return (titles[0] if titles and (days or known) else ""), (days[0] if days else "")


def _titles(section: Element) -> Iterator[Element]:
    """Yield titles in a description: of Dublin Core, or of MODS, first what is no related item's."""
    found = list(markup.inside(section, "title"))
    related = {id(e) for item in markup.inside(section, "relatedItem") for e in markup.inside(item, "title")}
    yield from (element for element in found if id(element) not in related)
    yield from (element for element in found if id(element) in related)


def _said(element: Element) -> str:
    return " ".join("".join(str(text) for text in element.itertext()).split())[:300]


def _day(text: str) -> str:
    """Return a day as YYYY-MM-DD, from 1824-02-17, 18240217 or 21.11.1901; nothing for what is no day.

    >>> _day("21.11.1901"), _day("18240217"), _day("1824"), _day("1824-02-31")
    ('1901-11-21', '1824-02-17', '', '')
    """
    with suppress(ValueError):
        if match := _DAY.match(text):
            return date(*map(int, match.groups())).isoformat()
        if match := _DAY_LAST.match(text):
            return date(*map(int, reversed(match.groups()))).isoformat()
    return ""
