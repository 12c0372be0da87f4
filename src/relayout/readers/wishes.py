"""What a user may ask of a reader."""

from __future__ import annotations

from typing import NamedTuple


class Wishes(NamedTuple):
    """The encoding of a text; of a PDF the engine, the pages (``1-3,A5``; all, if nothing is said) and the password.

    What recognises a picture (``tesseract``; nothing, if none may be recognised), and in which languages, as in
    ``chi_tra_vert+eng``.
    """

    encoding: str = ""
    engine: str = ""
    pages: str = ""
    password: str = ""
    ocr: str = ""
    lang: str = ""
