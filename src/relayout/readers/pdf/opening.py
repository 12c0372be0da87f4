"""Opens a PDF with one of the engines, and says why where that fails."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from typing import Any, NamedTuple

from relayout.errors import InputError
from relayout.imprint import Stance
from relayout.readers.pdf import contents, nesting, pdfium, plumber
from relayout.readers.pdf.faces import Faces
from relayout.readers.pdf.glyphs import Sheet
from relayout.readers.pdf.tree import Tree

MOST_OPEN = 24_000  # glyphs and shapes of pages that are read before the file is opened again; of four dense pages
LEAST_OPEN = 100  # of them for a page, be it blank
_END = 1024  # bytes in which the end of a file that is whole is marked
_WHY = re.compile(r"Failed to load document \(PDFium: (.*?)\.?\)\.?")


class Book(NamedTuple):
    """An open PDF: its page labels; how a page (from 0) is read as a sheet; what is wrong with its content."""

    labels: list[str]
    sheet: Callable[[int, Stance], Sheet]
    damage: Callable[[int], str]


@contextmanager
def opened(data: bytes, name: str, password: str, engine: str) -> Iterator[Book]:
    """Open a PDF by the engine alone: what one of them refuses the other may be able to read.

    Raises :class:`InputError` where it cannot be opened, or has no pages.
    """
    try:
        opening = _by_plumber(data, password) if engine == "pdfplumber" else _by_pdfium(data, password)
    except ValueError as error:
        raise _closed(name, str(error), password) from None
    with opening as book:
        if not book.labels:
            raise InputError(f"{name}: has no pages", "give a PDF with pages in it")
        yield book


def _by_pdfium(data: bytes, password: str) -> AbstractContextManager[Book]:
    import pypdfium2

    tree = cache(lambda: Tree.opened(data, password))
    try:
        document = pypdfium2.PdfDocument(data, password=password or None)
    except pypdfium2.PdfiumError as error:
        why = _WHY.sub(r"\1", str(error))
        # pdfium may still tell the error of the file before this one.
        stale = "assword" in why and b"/Encrypt" not in data
        locked = "assword" in why and not stale
        if not locked and b"%%EOF" in data[-_END:] and tree().document is not None and not tree().leaves:
            return _kept(Book([], _none, _whole))  # pdfium says "Success" of a file without pages, or a stale error
        if why == "Success":
            why = "pdfium does not say why"
        raise ValueError("data format error" if stale else why) from None
    return _read(data, password, document, tree)


@contextmanager
def _kept(book: Book) -> Iterator[Book]:
    yield book


def _none(number: int, stance: Stance) -> Sheet:
    raise IndexError(number, stance)


def _whole(_number: int) -> str:
    return ""


@contextmanager
def _read(data: bytes, password: str, document: Any, tree: Callable[[], Tree]) -> Iterator[Book]:
    import pypdfium2

    faces = Faces(data, tree)
    labels = [document.get_page_label(n) for n in range(len(document))]
    held, nested = 0, nesting.has_forms(data)

    def sheet(number: int, stance: Stance) -> Sheet:
        # pdfium keeps what it parsed of each page, some 10 MB of a dense one: an issue of forty pages would need half
        # a gigabyte. To open the file again takes no time, but then pdfium counts the pages up to the next one anew.
        nonlocal document, held
        if held > MOST_OPEN:
            document.close()
            document, held = pypdfium2.PdfDocument(data, password=password or None), 0
            tree().forget()
        held += LEAST_OPEN
        if nested and len(tree().leaves) == len(labels):
            _checked(tree(), number)
        found = pdfium.sheet(document, number, faces, stance)
        held += len(found.glyphs) + len(found.shapes)
        return found

    def damage(number: int) -> str:
        return _damage(tree(), number) if len(tree().leaves) == len(labels) else ""

    try:
        yield Book(labels, sheet, damage)
    finally:
        document.close()


def _by_plumber(data: bytes, password: str) -> AbstractContextManager[Book]:
    tree, resources, labels = plumber.opened(data, password)
    held, nested = 0, nesting.has_forms(data)

    def sheet(number: int, stance: Stance) -> Sheet:
        nonlocal held
        if nested:
            _checked(tree, number)
        if held > MOST_OPEN:
            tree.forget()
            resources._cached_fonts.clear()
            held = 0
        found = plumber.sheet(tree, resources, number, labels[number], stance)
        held += LEAST_OPEN + len(found.glyphs) + len(found.shapes)
        return found

    return _kept(Book(labels, sheet, lambda number: _damage(tree, number)))


def _checked(tree: Tree, number: int) -> None:
    """Raise ValueError where a page draws too many forms."""
    try:
        drawn = nesting.drawn(tree.page(number))
    except Exception:  # of a damaged file that cannot be told, and the engine may read it
        return
    if drawn > nesting.MOST:
        raise ValueError(f"it draws more than {nesting.MOST:,} forms")


def _damage(tree: Tree, number: int) -> str:
    try:
        return contents.damage(tree.page(number))
    except Exception:  # what pdfminer cannot unpack an engine may have read
        return ""


def _closed(name: str, why: str, password: str) -> InputError:
    if "assword" in why:
        if password:
            return InputError(f"{name}: the password does not open it", "give the right one with --password")
        return InputError(f"{name}: is encrypted", "give its password with --password")
    return InputError(
        f"{name}: is no PDF that can be read, or is cut off ({why})", "get it again, or repair it: qpdf in.pdf out.pdf"
    )
