"""Readers: bytes in, pages of lines out. A table; each reader knows its own by the first bytes, none guesses.

>>> read("一行".encode(), "page.txt").value.pages[0].lines[0].text
'一行'
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

from relayout.counting import counted_through
from relayout.errors import InputError
from relayout.frames import is_picture
from relayout.model import Note, Outcome, Reading
from relayout.readers import alto, hocr, mets, page_xml, plain
from relayout.readers.pdf.selection import picked
from relayout.readers.wishes import Wishes
from relayout.structure import had, without
from relayout.told import within

_AS_PNG = "save it as PNG or TIFF, and let OCR read that: relayout fix page.png --ocr tesseract"
# What is no text: how it begins, what must stand further on (BM and MZ begin words too), its name, and the advice.
_FORMATS: tuple[tuple[tuple[bytes, ...], bytes, str, str], ...] = (
    ((b"PK\3\4", b"PK\5\6"), b"", "a ZIP archive, or a Word or EPUB file", "unpack it, or save it as plain text"),
    ((b"\x89PNG", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*"), b"", "a picture", _AS_PNG),
    ((b"\0\0\0\x0cjP", b"AT&TFORM", b"BM"), b"\0\0", "a picture", _AS_PNG),
    ((b"RIFF",), b"WEBP", "a picture", _AS_PNG),
    ((b"\x1f\x8b", b"\xfd7zXZ\0", b"7z\xbc\xaf", b"\x28\xb5\x2f\xfd"), b"", "a compressed file", "unpack it first"),
    ((b"BZh",), b"1AY&SY", "a compressed file", "unpack it first"),
    ((b"\xd0\xcf\x11\xe0", b"{\\rtf"), b"", "a word processor file", "save it as plain text"),
    ((b"\x7fELF", b"MZ", b"SQLite format 3\0"), b"\0", "a programme or a database", "give a text file"),
)
_LOOKED_AT = 65_536  # bytes
_MARKUP = (b"<?xml", b"<!doctype", b"<html", b"<alto", b"<mets", b"<pcgts", b"<tei")


class Reader(NamedTuple):
    """A reader: its name, whether it knows data for its own, and how it reads them: with a name and what is wished."""

    name: str
    sniff: Callable[[bytes], bool]
    read: Callable[[bytes, str, Wishes], Outcome[Reading]]


def _unannounced(data: bytes) -> bool:
    return _announced(data) is None


def _announced(data: bytes) -> tuple[str, str] | None:
    """Name the format that the first bytes announce, and what to do about it."""
    head = data[:512]
    for starts, further, what, advice in _FORMATS:
        if head.startswith(starts) and further in head:
            return what, advice
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    # A comment at the head of Markdown ends; one that goes on beyond what is looked at hides what the file is.
    if text.lower().startswith(_MARKUP) or (text.startswith(b"<!--") and b"-->" not in data[:_LOOKED_AT]):
        return "XML or HTML", "give its text as a plain file; of XML and HTML, ALTO, METS, PAGE and hOCR are read"
    return None


def _is_pdf(data: bytes) -> bool:
    # Some bytes may stand before the mark: a blank line, the head of a message (ISO 32000-1, Annex H.3).
    return data[:5] == b"%PDF-" or (b"%PDF-" in data[:1024] and (b"\0" in data[:4096] or b" obj" in data[:65536]))


def _pdf(data: bytes, name: str, wishes: Wishes) -> Outcome[Reading]:
    found: Outcome[Reading] = import_module("relayout.readers.pdf").read(data, name, wishes)  # only PDFs pay for it
    return found


def _picture(data: bytes, name: str, wishes: Wishes) -> Outcome[Reading]:
    found: Outcome[Reading] = import_module("relayout.readers.picture").read(data, name, wishes)
    return found


def _text(data: bytes, name: str, wishes: Wishes) -> Outcome[Reading]:
    return plain.read(data, name, wishes.encoding)


def _ignored(found: Outcome[Reading]) -> Outcome[Reading]:
    what = had(found.value)
    note = Note("structure", f"ignore: {what}", "it was asked for")
    return Outcome(without(found.value), (*found.notes, note) if what else found.notes)


READERS: tuple[Reader, ...] = (
    Reader("pdf", _is_pdf, _pdf),
    Reader("picture", is_picture, _picture),
    Reader("alto", alto.sniff, alto.read),
    Reader("mets", mets.sniff, mets.read),
    Reader("page", page_xml.sniff, page_xml.read),
    Reader("hocr", hocr.sniff, hocr.read),
    Reader("plain", _unannounced, _text),
)


OWN_PAGES = ("pdf", "picture")  # readers that read only the pages that are wanted


def of_pages(found: Outcome[Reading], wanted: str) -> Outcome[Reading]:
    """Keep the pages that are wanted, by number or label; what is missing beside them is not missed."""
    if not wanted:
        return found
    reading = found.value
    kept = picked(wanted, [(page.number, page.label) for page in reading.pages])
    pages = tuple(reading.pages[n] for n in kept)
    between = range(pages[0].number, pages[-1].number)
    missing = tuple(number for number in reading.missing if number in between)
    told = within(reading.told, {page.number for page in pages})
    return found._replace(value=reading._replace(pages=pages, missing=missing, told=told))


def read(data: bytes, name: str, encoding: str = "", wishes: Wishes | None = None) -> Outcome[Reading]:
    """Read ``data`` with the first reader that knows them; :class:`InputError` where none does."""
    wanted = wishes or Wishes()
    wanted = wanted._replace(encoding=encoding) if encoding else wanted
    for reader in READERS:
        if reader.sniff(data):
            found = reader.read(data, name, wanted)
            # A form feed may part a line of a text between two pages: it has one number on both.
            found = found if reader.name == "plain" else found._replace(value=counted_through(found.value))
            found = found if reader.name in OWN_PAGES else of_pages(found, wanted.pages)
            return _ignored(found) if wanted.structure == "ignore" else found
    what, advice = _announced(data) or ("no format that is read", "give a text file")
    raise InputError(f"{name}: looks like {what}, not plain text", advice)
