"""Pages that are pictures, recognised by Tesseract, whose ALTO goes on through the reader of ALTO."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from importlib import import_module
from itertools import groupby
from shlex import quote

from relayout import ocr
from relayout.counting import renumbered
from relayout.errors import InputError
from relayout.imprint import Box
from relayout.model import Note, Outcome, Page, Reading
from relayout.readers import touching
from relayout.readers.wishes import Wishes
from relayout.roles import Level
from relayout.scaling import enlarged

STAGE = "read"


def command(name: str) -> str:
    """Say what to type for a picture; ``name`` is the file's.

    >>> command("my page.png")
    "let OCR read it: relayout fix 'my page.png' --ocr tesseract --lang eng (or deu, chi_tra, chi_tra_vert+eng …)"
    """
    shown = "-" if name == "stdin" else quote(f"./{name}" if name.startswith("-") else name)
    return f"let OCR read it: relayout fix {shown} --ocr tesseract --lang eng (or deu, chi_tra, chi_tra_vert+eng …)"


def page(found: ocr.Engine, png: bytes, dpi: int, number: int, wishes: Wishes) -> Outcome[Page]:
    """Recognise the picture of one page and read what came of it, in pixels of the picture.

    Raises InputError where Tesseract fails, and where there is no text.
    """
    # Tesseract calls every picture number 0; what the reader says of the page, it says by this number.
    data = ocr.alto(found, png, dpi).replace(b'PHYSICAL_IMG_NR="0"', b'PHYSICAL_IMG_NR="%d"' % number, 1)
    try:
        read: Callable[[bytes, str, Wishes], Outcome[Reading]] = import_module("relayout.readers.alto").read
        reading = read(touching.joined(data), f"page {number}", wishes)
    except InputError as error:
        advice = "see whether the page is upright, and whether --lang says its language"
        raise InputError(f"no text is recognised ({error.what})", advice) from None
    first = reading.value.pages[0]
    notes = tuple(
        replace(note, place=replace(note.place, page=number)) if note.place else note
        for note in reading.notes
        if note.level is not Level.DECISION  # that it is ALTO is no news to one who gave a picture
    )
    # Tesseract's blocks part columns badly, and run through headlines: relayout finds its own. Its file is not kept.
    return Outcome(replace(renumbered(first, number), label="", blocks=(), adverts=(), names=None), notes)


def fitted(page: Page, box: Box, label: str) -> Page:
    """Return a page that was recognised as one of ``box``, a page of a PDF in points."""
    if not page.box or not page.box.width:
        return page
    by = box.width / page.box.width
    return replace(enlarged(page, by), box=box, unit="pt", label=label)


def told(found: ocr.Engine, resolutions: Iterable[tuple[int, int, str]]) -> list[Note]:
    """Note what recognised the pages, and at which resolution: of each page its number, the dpi, and why those.

    A resolution that is only assumed is one in doubt.
    """
    notes = [Note(STAGE, f"recognised by Tesseract {found.version} in {found.lang}", "the pages are pictures")]
    for (dpi, why), pages in groupby(resolutions, key=lambda one: one[1:]):
        numbers = [number for number, _, _ in pages]
        which = f"page {numbers[0]}" if len(numbers) == 1 else f"pages {numbers[0]} to {numbers[-1]}"
        level = Level.DOUBT if "assumed" in why else Level.DECISION
        notes.append(Note(STAGE, f"{which}: {dpi} dpi", why, 1.0, level))
    return notes


def left_out(number: int, error: InputError) -> Note:
    """Note that a page could not be recognised."""
    return Note(STAGE, f"page {number} is left out", f"it cannot be recognised: {error.what}", 1.0, Level.DOUBT)
