"""Other tools from PDF to text or Markdown, put through the same pages as relayout.

A peer gets the PDF and nothing else, with its defaults where they make sense for a born-digital page (no text
recognition, no images); its output goes to the adapters of ``relayout.evaluate`` as it is. Outputs and times are
kept beside the PDF as ``<style>-<seed>.peer-<name>.md`` (or ``.txt``) and ``.seconds``; each is made anew for a new
PDF, a new version of the peer, or with ``--fresh``.

    python -m bench.peers DIR [--peer NAME] [--fresh]
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from bench.damage import EXTRACTORS

Made = Iterator[tuple[Path, str, float]]


@dataclass(frozen=True, slots=True)
class Peer:
    """A tool: its version or why it cannot be run, how to run it, and the ending of what it writes."""

    name: str
    version: Callable[[], str]
    run: Callable[[list[Path]], Made]
    ending: str
    what: str

    def ready(self) -> tuple[bool, str]:
        """Return whether the peer can be run here, and its version or the reason why not."""
        try:
            return True, self.version()
        except Exception as error:  # a peer may fail in any way; the table says how
            return False, f"{type(error).__name__}: {error}"


def _pymupdf4llm(pdfs: list[Path]) -> Made:
    """Run pymupdf4llm with its layout model: it is switched on by importing it before the package."""
    import pymupdf.layout  # noqa: F401  this switches it on
    import pymupdf4llm

    for pdf in pdfs:
        start = time.perf_counter()
        text = pymupdf4llm.to_markdown(str(pdf), use_ocr=False, show_progress=False)
        yield pdf, text, time.perf_counter() - start


def _pymupdf4llm_version() -> str:
    import pymupdf.layout
    import pymupdf4llm

    if pymupdf._get_layout is None:
        raise RuntimeError("the layout model is not active")
    return f"{pymupdf4llm.version} with layout model"


def _opendataloader(pdfs: list[Path]) -> Made:
    """Run opendataloader-pdf (Java) over all pages at once; its time is shared out evenly."""
    import opendataloader_pdf

    if not pdfs:
        return
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        opendataloader_pdf.convert(
            input_path=[str(pdf) for pdf in pdfs],
            output_dir=folder,
            format="markdown",
            image_output="off",
            quiet=True,
        )
        each = (time.perf_counter() - start) / len(pdfs)
        for pdf in pdfs:
            written = Path(folder) / f"{pdf.stem}.md"
            yield pdf, written.read_text(encoding="utf-8") if written.is_file() else "", each


def _opendataloader_version() -> str:
    if shutil.which("java") is None:
        raise FileNotFoundError("no java: install a Java runtime, 11 or newer")
    found = subprocess.run(["java", "-version"], capture_output=True, check=True).stderr.decode()
    java = re.search(r'version "([^"]+)"', found)
    return f"{metadata.version('opendataloader-pdf')} (Java {java.group(1) if java else '?'})"


def _extractor(name: str) -> Callable[[list[Path]], Made]:
    def run(pdfs: list[Path]) -> Made:
        for pdf in pdfs:
            start = time.perf_counter()
            text = EXTRACTORS[name](pdf)
            yield pdf, text, time.perf_counter() - start

    return run


def _poppler_version() -> str:
    found = subprocess.run(["pdftotext", "-v"], capture_output=True, check=False).stderr.decode()
    return "poppler " + found.split()[2]


PEERS: dict[str, Peer] = {
    peer.name: peer
    for peer in (
        Peer("pymupdf4llm", _pymupdf4llm_version, _pymupdf4llm, "md", "Markdown"),
        Peer("opendataloader-pdf", _opendataloader_version, _opendataloader, "md", "Markdown"),
        Peer("pdftotext", _poppler_version, _extractor("pdftotext"), "txt", "its text"),
        Peer("pdfplumber", lambda: metadata.version("pdfplumber"), _extractor("pdfplumber"), "txt", "its text"),
        Peer("pdfminer.six", lambda: metadata.version("pdfminer.six"), _extractor("pdfminer"), "txt", "its text"),
    )
}


def outputs(peer: Peer, golds: list[Path], *, fresh: bool = False) -> dict[Path, tuple[Path, float]]:
    """Return for every gold path what the peer wrote of its page, and the seconds it took; make what is missing.

    Raises whatever the peer raises.
    """
    _, version = peer.ready()
    pages = {gold.with_name(gold.name.replace(".gold.json", ".pdf")): gold for gold in golds}
    done = {pdf: pdf.with_suffix(f".peer-{peer.name}.{peer.ending}") for pdf in pages}
    clock = {pdf: pdf.with_suffix(f".peer-{peer.name}.seconds") for pdf in pages}
    todo = [pdf for pdf in pages if fresh or not _current(done[pdf], clock[pdf], pdf, version)]
    for pdf, text, seconds in peer.run(todo):
        done[pdf].write_text(text, encoding="utf-8", newline="")
        clock[pdf].write_text(f"{seconds:.3f} {version}\n", encoding="utf-8")
    return {
        gold: (done[pdf], float(clock[pdf].read_text(encoding="utf-8").split(" ", 1)[0]))
        for pdf, gold in pages.items()
        if done[pdf].is_file() and clock[pdf].is_file()
    }


def _current(text: Path, clock: Path, pdf: Path, version: str) -> bool:
    if not (text.is_file() and clock.is_file()) or text.stat().st_mtime < pdf.stat().st_mtime:
        return False
    return clock.read_text(encoding="utf-8").rstrip("\n").partition(" ")[2] == version


def main(words: Iterable[str]) -> int:
    """Run one or all peers over the pages of a folder, and say which cannot be run."""
    parser = argparse.ArgumentParser(prog="python -m bench.peers", description="Run other tools over the pages.")
    parser.add_argument("folder", type=Path, help="where <style>-<seed>.pdf and .gold.json lie")
    parser.add_argument("--peer", choices=PEERS)
    parser.add_argument("--fresh", action="store_true", help="also make what is there already")
    chosen = parser.parse_args(list(words))
    golds = sorted(chosen.folder.glob("*.gold.json"))
    failed = 0
    for name in [chosen.peer] if chosen.peer else PEERS:
        ready, version = PEERS[name].ready()
        if not ready:
            failed += 1
            print(f"{name}: CANNOT BE RUN: {version}", file=sys.stderr)
            continue
        made = outputs(PEERS[name], golds, fresh=chosen.fresh)
        seconds = [took for _, took in made.values()]
        print(f"{name} {version}: {len(made)} pages, {sum(seconds) / max(len(seconds), 1):.2f} s a page")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
