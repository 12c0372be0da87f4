"""Reads PDF pages: glyphs and shapes through one of two engines, lines by the same code for both.

A page at a time is opened, read and closed. A page that cannot be read is noted, and the others go on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from relayout.errors import InputError, LossError, UsageError
from relayout.imprint import UPRIGHT, Box
from relayout.model import Note, Outcome, Page, Place, Reading, Source
from relayout.readers.pdf import lines, ruby, runs, scanned, standing
from relayout.readers.pdf.covers import CLIPPED, COVERED
from relayout.readers.pdf.glyphs import MOST_GLYPHS, Glyph, Sheet
from relayout.readers.pdf.hiding import told
from relayout.readers.pdf.opening import opened
from relayout.readers.pdf.selection import chosen
from relayout.readers.plain import MOST_BYTES
from relayout.readers.recognised import command
from relayout.readers.wishes import Wishes
from relayout.roles import Level

STAGE = "read"
ENGINES = ("pdfium", "pdfplumber")
_TEXTLESS = {
    False: "no text is found on it",
    True: "it is a picture: let OCR read it with --ocr tesseract --lang eng (or deu, chi_tra …)",
}


def sniff(data: bytes) -> bool:
    """Say whether ``data`` is a PDF: its mark may stand anywhere in the first 1024 bytes."""
    return data[:5] == b"%PDF-" or (b"%PDF-" in data[:1024] and b"\0" in data[:4096])


def read(data: bytes, name: str, wishes: Wishes) -> Outcome[Reading]:
    """Read the pages of a PDF; raises :class:`InputError` if it is too large, cannot be opened, or has no text.

    >>> sniff(b"%PDF-1.7")
    True
    """
    engine = wishes.engine or ENGINES[0]
    if engine not in ENGINES:
        raise UsageError(f"--pdf-engine {engine}: no such engine", f"give {' or '.join(ENGINES)}")
    if len(data) > MOST_BYTES:
        advice = "take pages out of it: qpdf in.pdf --pages . 1-8 -- out.pdf"
        raise InputError(f"{name}: is larger than {MOST_BYTES >> 20} MiB", advice)
    pages: list[Page] = []
    notes: list[Note] = [Note(STAGE, f"read by {engine}", "the file is a PDF")]
    troubles: list[tuple[int, str]] = []
    damages: list[tuple[int, str]] = []
    scans: dict[int, tuple[Box, str]] = {}
    pictures = 0
    refused: InputError | None = None
    with opened(data, name, wishes.password, engine) as book:
        numbers = chosen(wishes.pages, book.labels)
        for number in numbers:
            damaged = book.damage(number)  # before pdfminer reads the page, and keeps its content unpacked
            try:
                sheet = book.sheet(number, UPRIGHT)
                stood = standing.stance(_telling(sheet))
                if stood != UPRIGHT:
                    sheet = book.sheet(number, stood)
                    notes.append(standing.told(stood, number + 1))
                page, more = _page(sheet, number + 1, name, wishes)
            except (MemoryError, LossError):
                raise
            except InputError as error:
                refused = refused or error
                troubles.append((number + 1, error.what))
                continue
            except Exception as error:  # a damaged page may fail in any way; the others must not be lost
                troubles.append((number + 1, str(error) or type(error).__name__))
                continue
            notes += more
            if damaged:
                what = f"page {number + 1} is damaged"
                notes.append(Note(STAGE, what, f"{damaged}; text may be missing", 1.0, Level.DOUBT))
            if page:
                pages.append(replace(page, stance=stood))
            elif wishes.ocr:
                scans[number + 1] = (sheet.box, sheet.label)
            elif not sheet.pictured and _seen(sheet.glyphs, sheet)[1]:
                troubles.append((number + 1, "all its text stands outside its box (MediaBox or CropBox)"))
            else:
                pictures += sheet.pictured
                notes.append(_left_out(number + 1, _TEXTLESS[sheet.pictured]))
                if damaged:
                    damages.append((number + 1, damaged))
    notes += [_left_out(number, f"it cannot be read: {why}") for number, why in troubles]
    if scans:
        recognised, more, failure = scanned.pages(data, name, scans, wishes)
        pages = sorted([*pages, *recognised], key=lambda page: page.number)
        notes += more
        refused = refused or failure
    if not pages:
        raise refused or _nothing(name, troubles or damages, pictures, len(numbers))
    source = Source(PurePath(name).name, hashlib.sha256(data).hexdigest(), "pdf")
    return Outcome(Reading(source, tuple(pages)), tuple(notes))


def _nothing(name: str, troubles: Sequence[tuple[int, str]], pictures: int, count: int) -> InputError:
    if troubles:
        return InputError(
            f"{name}: page {troubles[0][0]} cannot be read: {troubles[0][1]}",
            "repair it with qpdf in.pdf out.pdf, or print it to a new PDF",
        )
    if pictures:
        pages = "its page is a picture" if count == 1 else f"its {count} pages are pictures"
        return InputError(f"{name}: holds no text, {pages}", command(name))
    return InputError(f"{name}: holds no text", "give a page with text on it")


def _left_out(number: int, why: str) -> Note:
    return Note(STAGE, f"page {number} is left out", why, 1.0, Level.DOUBT)


def _page(sheet: Sheet, number: int, name: str, wishes: Wishes) -> tuple[Page | None, list[Note]]:
    """Return the page that a sheet is, and notes on what of it is left out or in doubt.

    There is no page where nothing is printed, or only what a wish for OCR can read.
    """
    if len(sheet.glyphs) > MOST_GLYPHS:
        raise ValueError(f"it has more than {MOST_GLYPHS:,} glyphs")
    printed, hidden = told(sheet)
    notes = [Note(STAGE, r.what, r.why, 1.0, r.level, Place(number, 1), r.window) for r in sheet.remarks]
    recognised = bool(hidden) and not any(not glyph.text.isspace() for glyph in printed)
    if recognised:
        notes.append(
            Note(STAGE, "invisible text is read", "the page is a picture with its text under it", 0.7, Level.DOUBT)
        )
        printed, hidden = list(sheet.glyphs), []
    seen, outside = _seen(printed, sheet)
    kept, again = runs.once(seen)
    for glyphs, what, why in (
        ([g for g in hidden if g.hidden == "invisible"], "hidden glyphs", "they print nothing and are left out"),
        ([g for g in hidden if g.hidden == CLIPPED], "clipped glyphs", "they cannot be seen and are left out"),
        ([g for g in hidden if g.hidden == COVERED], "covered glyphs", "something is drawn over them: left out"),
        ([g for g in hidden if not g.hidden], "white glyphs", "they are white on white and are left out"),
        (outside, "glyphs outside the page", "they cannot be seen and are left out"),
        (again, "glyphs printed twice", "printed again on themselves to look bold, they are read once"),
    ):
        if glyphs:
            window = "".join(glyph.text for glyph in glyphs[:24])
            notes.append(Note(STAGE, f"{len(glyphs)} {what}", why, 1.0, Level.REPAIR, Place(number, 1), window))
    try:
        notes += _unknown(kept, number, name)
    except InputError as error:
        if not wishes.ocr:
            raise
        return None, [Note(STAGE, error.what, "the page is recognised instead", 1.0, Level.DOUBT)]
    kept, beside = ruby.parted(kept)
    found = lines.lines(kept, sheet.shapes, number)
    notes += ruby.notes(beside, found, number)
    if not found:
        return None, notes
    return Page(number, found, sheet.box, "pt", sheet.shapes, sheet.label, scanned=recognised), notes


def _telling(sheet: Sheet) -> Sequence[Glyph]:
    """Return the glyphs that tell how a page stands: those that are seen, or all where none is (OCR under a scan)."""
    if not any(glyph.turn or glyph.mirrored for glyph in sheet.glyphs):
        return ()
    inside, _ = _seen(told(sheet)[0], sheet)
    return inside if any(not glyph.text.isspace() for glyph in inside) else sheet.glyphs


def _seen(glyphs: Sequence[Glyph], sheet: Sheet) -> tuple[list[Glyph], list[Glyph]]:
    """Part glyphs into those on the page and those outside it."""
    box = sheet.box
    inside = [g for g in glyphs if box.x0 - 1 <= g.middle <= box.x1 + 1 and box.y0 - 1 <= g.level <= box.y1 + 1]
    if len(inside) == len(glyphs):
        return inside, []
    kept = {id(g) for g in inside}
    return inside, [g for g in glyphs if id(g) not in kept and not g.text.isspace()]


def _unknown(glyphs: Sequence[Glyph], number: int, name: str) -> list[Note]:
    """Note what fonts do not tell: glyphs without a character, and with a code of private use."""
    notes: list[Note] = []
    lost: dict[str, int] = {}
    private: dict[str, int] = {}
    count = 0
    for glyph in glyphs:
        char = glyph.text[0]
        count += not char.isspace()
        if char in "\ufffd\0" or ("\x01" <= char < " " and not char.isspace()):
            lost[glyph.font] = lost.get(glyph.font, 0) + 1
        elif "\ue000" <= char <= "\uf8ff" or char >= "\U000f0000":
            private[glyph.font] = private.get(glyph.font, 0) + 1
    if sum(lost.values()) * 2 > count > 0:
        fonts = ", ".join(sorted(name or "without a name" for name in lost))
        missing = sum(lost.values())
        raise InputError(f"page {number}: {missing} of {count} glyphs have no Unicode (font {fonts})", command(name))
    for found, what, why in (
        (lost, "glyphs without Unicode", "the font does not say which characters they are"),
        (private, "characters of private use", "only their font knows what they are"),
    ):
        for font, times in sorted(found.items()):
            named = f"{times} {what}, font {font or 'without a name'}"
            notes.append(Note(STAGE, named, why, 1.0, Level.DOUBT, Place(number, 1)))
    return notes
