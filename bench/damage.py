"""What extractors make of a page: each page of the press through real tools, and rows of columns glued together.

``EXTRACTORS`` maps a name to a function from the path of a PDF to the text that a user would have got. A name with a
tilde, ``pdftotext-raw~blank``, is the text of the extractor with noise on top (``bench/noise.py``). Texts are kept
beside the PDF as ``<style>-<seed>.<extractor>.txt`` and made again when the PDF, the gold or this code is newer.
The PDF is the only input of the real tools; ``glued`` also needs the gold.

    python -m bench.damage DIR [--extractor NAME]
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from bench import glue, noise

STREAMS = ("pdftotext", "pdftotext-raw", "pdfminer")
GLUED = ("glued", "glued-gap")
VERTICAL = "vertical-rl"
PATIENCE = 120  # seconds for one page

logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it tells of every font that has no box


def _pdftotext(pdf: Path, *options: str) -> str:
    command = ["pdftotext", *options, "-enc", "UTF-8", str(pdf), "-"]
    return subprocess.run(command, capture_output=True, check=True, timeout=PATIENCE).stdout.decode("utf-8")


def pdftotext(pdf: Path) -> str:
    """Text of poppler's pdftotext as it comes: blocks in the order that the tool thinks right."""
    return _pdftotext(pdf)


def pdftotext_raw(pdf: Path) -> str:
    """Text of pdftotext -raw: lines in the order in which they are drawn."""
    return _pdftotext(pdf, "-raw")


def pdftotext_layout(pdf: Path) -> str:
    """Text of pdftotext -layout: rows of the page, with gutters of spaces."""
    return _pdftotext(pdf, "-layout")


def pdfminer(pdf: Path) -> str:
    """Text of pdfminer.six with its layout analysis; a vertical page with ``detect_vertical``, as a user would ask."""
    from pdfminer.high_level import extract_text
    from pdfminer.layout import LAParams

    return extract_text(str(pdf), laparams=LAParams(detect_vertical=writing(pdf) == VERTICAL))


def pypdf(pdf: Path) -> str:
    """Text of pypdf: strings in the order in which they are drawn."""
    from pypdf import PdfReader

    return "\n\f".join(page.extract_text() for page in PdfReader(pdf).pages)


def pdfplumber(pdf: Path) -> str:
    """Text of pdfplumber's ``page.extract_text()``: whole rows of the page, columns parted by one space."""
    import pdfplumber as tool

    with tool.open(pdf) as document:
        return "\n\f".join(page.extract_text() or "" for page in document.pages)


def glued(pdf: Path) -> str:
    """Rows of neighbouring columns with nothing between them, in Latin text one space."""
    return glue.glued(pdf, gaps=False)


def glued_gap(pdf: Path) -> str:
    """Rows of neighbouring columns with spaces in proportion to the gap."""
    return glue.glued(pdf, gaps=True)


EXTRACTORS: dict[str, Callable[[Path], str]] = {
    "pdftotext": pdftotext,
    "pdftotext-raw": pdftotext_raw,
    "pdftotext-layout": pdftotext_layout,
    "pdfminer": pdfminer,
    "pypdf": pypdf,
    "pdfplumber": pdfplumber,
    "glued": glued,
    "glued-gap": glued_gap,
}


def writing(pdf: Path) -> str:
    """Return ``vertical-rl`` or ``horizontal-tb``, as the gold beside the PDF says; without gold the latter."""
    gold = pdf.with_suffix(".gold.json")
    if not gold.is_file():
        return "horizontal-tb"
    return str(json.loads(gold.read_text(encoding="utf-8")).get("writing", "horizontal-tb"))


def extractors_for(style_writing: str) -> list[str]:
    """Return the names of the extractors that a page of this writing can be put through."""
    return [name for name in EXTRACTORS if not (name in GLUED and style_writing == VERTICAL)]


def known(name: str) -> bool:
    """Tell whether ``name`` is an extractor, with or without noise."""
    tool, _, kind = name.partition("~")
    return tool in EXTRACTORS and (not kind or kind == "all" or kind in noise.KINDS)


def damage(gold_path: Path, extractor: str) -> Path:
    """Return the path of the text that ``extractor`` makes of the page of ``gold_path``; it is made where needed.

    Raises :class:`KeyError` for an unknown extractor, :class:`ValueError` where it has nothing to do on the page,
    and :class:`FileNotFoundError` without the PDF or the tool.
    """
    if not known(extractor):
        raise KeyError(f"no extractor {extractor}; there are {', '.join(EXTRACTORS)}, and ~{', ~'.join(noise.KINDS)}")
    pdf = gold_path.with_name(gold_path.name.replace(".gold.json", ".pdf"))
    target = pdf.with_suffix(f".{extractor}.txt")
    sources = [pdf, gold_path, Path(__file__), Path(glue.__file__), Path(noise.__file__)]
    newest = max(path.stat().st_mtime for path in sources)
    if target.is_file() and target.stat().st_mtime >= newest:
        return target
    tool, _, kind = extractor.partition("~")
    text = noise.noisy(damage(gold_path, tool).read_text(encoding="utf-8"), kind) if kind else EXTRACTORS[tool](pdf)
    partial = target.with_suffix(f".{os.getpid()}.part")
    partial.write_text(text, encoding="utf-8", newline="")
    partial.replace(target)
    return target


def missing() -> str:
    """Say what a machine lacks for the real tools, or nothing."""
    return "" if shutil.which("pdftotext") else "no pdftotext: install Debian's poppler-utils"


def main(words: Iterable[str]) -> int:
    """Put every page of a folder through one or all extractors."""
    parser = argparse.ArgumentParser(prog="python -m bench.damage", description="Put pages through text extractors.")
    parser.add_argument("folder", type=Path, help="where <style>-<seed>.pdf and .gold.json lie")
    parser.add_argument("--extractor", help=f"one of {', '.join(EXTRACTORS)}; with ~noise: {', '.join(noise.KINDS)}")
    chosen = parser.parse_args(list(words))
    for gold_path in sorted(chosen.folder.glob("*.gold.json")):
        pdf = gold_path.with_name(gold_path.name.replace(".gold.json", ".pdf"))
        for name in [chosen.extractor] if chosen.extractor else extractors_for(writing(pdf)):
            try:
                print(damage(gold_path, name))
            except ValueError as error:
                print(error, file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
