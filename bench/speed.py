"""Time and memory of relayout against its limits; exits 1 if one is missed. Run it with ``make bench``.

A benchmark and not a test: on a busy machine a limit may be missed, so a test would be red for no reason.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import relayout
from page import long_page

SAMPLE = Path(__file__).resolve().parents[1] / "samples" / "takungpao-2025-07-16" / "input.txt"
RUNS = 21
SIZES = (25_000, 50_000, 100_000)


@dataclass(frozen=True, slots=True)
class Result:
    """One measured value, its unit, and the limit that it must not pass."""

    what: str
    value: float
    unit: str
    limit: float

    @property
    def kept(self) -> bool:
        """Whether the limit is kept."""
        return self.value <= self.limit


def process(*command: str) -> tuple[float, float]:
    """Run a command; give its wall time in seconds and its peak memory in MB."""
    start = time.perf_counter()
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    took = time.perf_counter() - start
    if running.returncode:
        sys.exit(f"{' '.join(command)}: exit code {running.returncode}")
    # Linux counts kilobytes, macOS bytes.
    return took, usage.ru_maxrss / (1_000_000 if sys.platform == "darwin" else 1_000)


def relayout_command() -> list[str]:
    """Give the installed command, or the module where there is none."""
    script = Path(sys.executable).with_name("relayout")
    return [str(script)] if script.exists() else [sys.executable, "-m", "relayout"]


def seed_page(folder: Path) -> list[Result]:
    """Measure the whole process and the core on the seed page; the two processes in turns, for the same weather."""
    command = [*relayout_command(), "fix", str(SAMPLE), "-o", str(folder / "seed")]
    whole: list[float] = []
    yardstick: list[float] = []
    for _ in range(RUNS):
        whole.append(process(*command)[0])
        yardstick.append(process(sys.executable, "-c", "import lxml.etree, click")[0])
    text = SAMPLE.read_text(encoding="utf-8")
    core: list[float] = []
    for _ in range(RUNS):
        start = time.perf_counter()
        relayout.fix(text)
        core.append((time.perf_counter() - start) * 1000)
    return [
        Result("seed page, whole process", median(whole), "s", 0.3),
        Result("seed page, whole process / import of lxml and click", median(whole) / median(yardstick), "x", 3.0),
        Result("seed page, core in process", median(core), "ms", 30.0),
    ]


def long_pages(folder: Path) -> list[Result]:
    """Measure whole processes on long pages: time a line must not grow with the page, memory must stay small."""
    sample = SAMPLE.read_text(encoding="utf-8")
    results: list[Result] = []
    per_line: list[float] = []
    for size in SIZES:
        path = folder / f"page-{size}.txt"
        path.write_text(long_page(sample, size), encoding="utf-8")
        took, memory = process(*relayout_command(), "fix", str(path), "-o", str(folder / f"out-{size}"))
        per_line.append(took / size)
        results.append(Result(f"{size:,} lines, whole process", took, "s", float("inf")))
        results.append(Result(f"{size:,} lines, peak memory", memory, "MB", 500.0))
    for size, each in zip(SIZES[1:], per_line[1:], strict=True):
        what = f"time a line, {size:,} lines / {SIZES[0]:,} lines"
        results.append(Result(what, each / per_line[0], "x", 1.3))
    return results


def main() -> int:
    """Measure everything, print the table, and tell by the exit code whether all limits are kept."""
    with tempfile.TemporaryDirectory() as folder:
        results = [*seed_page(Path(folder)), *long_pages(Path(folder))]
    print(f"{'what':<52} {'measured':>12} {'limit':>10}  verdict")
    for result in results:
        limit = "" if result.limit == float("inf") else f"{result.limit:g} {result.unit}"
        verdict = "" if not limit else "kept" if result.kept else "MISSED"
        print(f"{result.what:<52} {result.value:>9.3g} {result.unit:<2} {limit:>10}  {verdict}")
    return 0 if all(result.kept for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
