"""Reads pictures: the pages of a PNG, JPEG or TIFF, drawn upright and recognised one after the other."""

from __future__ import annotations

import hashlib
from pathlib import PurePath

from relayout import frames, ocr
from relayout.errors import InputError
from relayout.model import Note, Outcome, Page, Reading, Source
from relayout.readers import recognised
from relayout.readers.pdf.selection import chosen
from relayout.readers.plain import MOST_BYTES
from relayout.readers.wishes import Wishes


def read(data: bytes, name: str, wishes: Wishes) -> Outcome[Reading]:
    """Recognise the pages of a picture; one that cannot be is left out with a note, and the others go on.

    Raises InputError where the picture is too large or broken, where it was not asked to be recognised, and where no
    page has text; UsageError where Tesseract is missing.
    """
    if not wishes.ocr:
        raise InputError(f"{name}: looks like a picture, not plain text", recognised.command(name))
    if len(data) > MOST_BYTES:
        raise InputError(f"{name}: is larger than {MOST_BYTES >> 20} MiB", "give its pages one by one")
    engine = ocr.engine(wishes.ocr, wishes.lang)
    pages: list[Page] = []
    notes: list[Note] = []
    resolutions: list[tuple[int, int, str]] = []
    refused: InputError | None = None
    total = frames.count(data, name)
    for number in (n + 1 for n in chosen(wishes.pages, [""] * total)):
        try:
            frame = frames.frame(data, name, number)
            found = recognised.page(engine, frame.png(), frame.dpi, number, wishes)
        except InputError as error:
            refused = refused or error
            notes.append(recognised.left_out(number, error))
            continue
        pages.append(found.value)
        notes += found.notes
        resolutions.append((number, frame.dpi, _why(frame)))
    if not pages:
        if refused and refused.what.startswith(f"{name}: "):  # a picture that is broken, or too large
            raise refused
        why, advice = (refused.what, refused.advice) if refused else ("it has no pages", "")
        raise InputError(f"{name}: no page is recognised ({why})", advice)
    source = Source(PurePath(name).name, hashlib.sha256(data).hexdigest(), "picture")
    return Outcome(Reading(source, tuple(pages)), (*recognised.told(engine, resolutions), *notes))


def _why(frame: frames.Frame) -> str:
    if not frame.said:
        return "assumed: the picture says none"
    if frame.said != frame.dpi:
        return f"assumed: the picture says {frame.said}, as no scan has"
    return "the picture says so"
