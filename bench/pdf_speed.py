"""Time and memory of relayout on PDF pages beside other tools; exits 1 if a limit is missed. ``make bench`` runs it.

    python bench/pdf_speed.py                every tool in turns over development pages; then issues of 4 and 40 pages
    python bench/pdf_speed.py --seeds 1-4 --rounds 5
    python bench/pdf_speed.py --engines      no times: do both engines give the same articles?  exits 1 if not

Each tool is a process of its own that stays, and is given every page in its turn, so all have the same weather; the
first page comes once before it counts. A time is the best of the rounds, a memory the peak of the process.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from statistics import fmean

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import pdf_engines, peers, trials

from relayout import api, readers
from relayout.readers.wishes import Wishes
from speed import HEADING, Result, process, relayout_command

FEW, MANY = 4, 40  # pages of the two issues
FAST, PEER, PLAIN = "reading by pdfium", "pymupdf4llm with layout", "pdfplumber extract_text"


def _read(engine: str) -> Callable[[Path], object]:
    return lambda path: readers.read(path.read_bytes(), path.name, wishes=Wishes(engine=engine))


def _peer(name: str) -> Callable[[Path], object]:
    return lambda path: list(peers.PEERS[name].run([path]))


TOOLS: dict[str, Callable[[Path], object]] = {
    FAST: _read("pdfium"),
    "reading by pdfplumber": _read("pdfplumber"),
    "relayout fix, pdfium": api.fix,
    PEER: _peer("pymupdf4llm"),
    PLAIN: _peer("pdfplumber"),
}


def work(tool: str) -> None:
    """Be the process of one tool: read paths of pages from stdin, answer each with the seconds that it took."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a tool prints is no answer
    for line in sys.stdin:
        start = time.perf_counter()
        TOOLS[tool](Path(line.rstrip("\n")))
        print(time.perf_counter() - start, file=answers, flush=True)


class Worker:
    """The process of one tool, and the best time of each page."""

    def __init__(self, tool: str) -> None:
        """Start it."""
        self.best: dict[Path, float] = {}
        command = [sys.executable, __file__, "--work", tool]
        self.running = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
        )

    def take(self, page: Path) -> float:
        """Give it a page; returns the seconds it took, and raises RuntimeError where the tool fails."""
        assert self.running.stdin
        assert self.running.stdout
        try:
            print(page, file=self.running.stdin, flush=True)
            return float(self.running.stdout.readline())
        except (OSError, ValueError):
            raise RuntimeError(f"fails on {page.name}, or is not installed") from None

    def time(self, page: Path) -> None:
        """Give it a page, and keep the time if it is the best."""
        self.best[page] = min(self.best.get(page, float("inf")), self.take(page))

    def end(self) -> float:
        """End it; returns its peak memory in MB."""
        assert self.running.stdin
        assert self.running.stdout
        self.running.stdin.close()
        self.running.stdout.close()
        _, status, usage = os.wait4(self.running.pid, 0)
        self.running.returncode = os.waitstatus_to_exitcode(status)
        return usage.ru_maxrss / (1_000_000 if sys.platform == "darwin" else 1_000)


def compared(pages: Sequence[Path], rounds: int) -> Iterator[Result]:
    """Take all tools through the pages and print what they need; gives what has a limit."""
    workers = {tool: Worker(tool) for tool in TOOLS}
    lacking: dict[str, str] = {}
    for tool, worker in workers.items():
        try:
            worker.take(pages[0])
        except RuntimeError as error:
            lacking[tool] = str(error)
    for _ in range(rounds):
        for page in pages:
            for tool, worker in workers.items():
                if tool not in lacking:
                    worker.time(page)
    memory = {tool: worker.end() for tool, worker in workers.items()}
    mean = {tool: fmean(worker.best.values()) for tool, worker in workers.items() if tool not in lacking}
    print(f"{len(pages)} pages, best of {rounds}:")
    print(f"{'tool':<28} {'s a page':>9} {'peak MB':>8} {'/ pymupdf4llm':>14} {'/ extract_text':>15}")
    for tool in TOOLS:
        if tool in lacking:
            print(f"{tool:<28} {lacking[tool]}")
            continue
        ratios = [f"{mean[tool] / mean[other]:.2f}" if other in mean else "-" for other in (PEER, PLAIN)]
        print(f"{tool:<28} {mean[tool]:>9.3f} {memory[tool]:>8.0f} {ratios[0]:>14} {ratios[1]:>15}", flush=True)
    for other, limit in ((PEER, 0.20), (PLAIN, 0.5)):
        if other in mean:
            yield Result(f"{FAST} / {other}", mean[FAST] / mean[other], "x", limit)


def bind(pages: Iterable[Path], issue: Path) -> None:
    """Put pages together to an issue."""
    from pypdf import PdfWriter

    writer = PdfWriter()
    for page in pages:
        writer.append(page)
    writer.write(issue)


def issues(folder: Path) -> Iterator[Result]:
    """Measure a whole process on an issue of few pages and on one of many: memory must not grow with the pages.

    The few are the largest of the many. Of several pages the text is written: the check of the TEI does not know yet
    that lines are counted anew on each page.
    """
    jobs = ((style, seed) for seed in trials.DEV for style in trials.STYLES)
    many = _pages(islice(jobs, MANY))
    few = sorted(many, key=lambda page: page.stat().st_size)[-FEW:]
    found: dict[int, float] = {}
    for pages in (few, many):
        issue = folder / f"issue-{len(pages)}.pdf"
        # A process apart: a child is counted with what its parent had in memory when it was born.
        subprocess.run([sys.executable, __file__, "--bind", str(issue), *map(str, pages)], check=True)
        out = ["-o", str(folder / issue.stem), "--to", "txt", "--quiet"]
        took, found[len(pages)] = process(*relayout_command(), "fix", str(issue), *out)
        size = issue.stat().st_size / 1_000_000
        print(f"issue of {len(pages)} pages, {size:.1f} MB: {took:.1f} s, peak memory {found[len(pages)]:.0f} MB")
    yield Result(f"memory for each page above {FEW}", (found[MANY] - found[FEW]) / (MANY - FEW), "MB", 3.0)


def _pages(jobs: Iterable[tuple[str, int]]) -> list[Path]:
    golds = trials.set_pages(jobs)
    return [gold.with_name(gold.name.replace(".gold.json", ".pdf")) for gold in golds]


def main(words: Sequence[str]) -> int:
    """Measure everything, print the tables, and tell by the exit code whether all limits are kept."""
    if words[:1] == ["--work"]:
        work(words[1])
        return 0
    if words[:1] == ["--bind"]:
        bind(map(Path, words[2:]), Path(words[1]))
        return 0
    parser = argparse.ArgumentParser(prog="python bench/pdf_speed.py", description="Time and memory on PDF pages.")
    parser.add_argument("--seeds", type=trials.seeds, help="development pages; 1-2, with --engines 1-24")
    parser.add_argument("--rounds", type=int, default=3, help="how often each page is read by each tool")
    parser.add_argument("--engines", action="store_true", help="compare the articles of both engines")
    chosen = parser.parse_args(list(words))
    seeds = chosen.seeds or (range(1, 25) if chosen.engines else range(1, 3))
    if any(seed not in trials.DEV for seed in seeds):
        parser.error("give seeds of development pages")
    pages = _pages((style, seed) for seed in seeds for style in trials.STYLES)
    if chosen.engines:
        return pdf_engines.compare(pages)
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        results = [*compared(pages, chosen.rounds), *issues(Path(folder))]
    print(HEADING)
    for result in results:
        missed += not result.kept
        print(result)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
