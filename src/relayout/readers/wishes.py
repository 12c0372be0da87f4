"""What a user may ask of a reader."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

Progress = Callable[[str, int, int], None]
"""Is told what is done (``reading``, ``rebuilding``), to which page of how many."""


def silent(what: str, page: int, pages: int) -> None:
    """Tell nobody how far it is."""


STRUCTURES = ("use", "ignore", "trust")


class Wishes(NamedTuple):
    """The encoding of a text; the pages (``1-3,A5``; all, if nothing is said); of a PDF the engine and the password.

    ``structure`` says whether what the source gives of its structure is used, ignored, or trusted.
    ``folder`` is where the source lies, for a format that names files beside it; ``None`` where it is no file.
    What recognises a picture (``tesseract``; nothing, if none may be recognised), and in which languages, as in
    ``chi_tra_vert+eng``. ``progress`` is told how far it is.
    """

    encoding: str = ""
    engine: str = ""
    pages: str = ""
    password: str = ""
    folder: Path | None = None
    structure: str = "use"
    ocr: str = ""
    lang: str = ""
    progress: Progress = silent
