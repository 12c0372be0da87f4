"""Time and memory of relayout against its limits; exits 1 if one is missed. Run it with ``make bench``.

A benchmark and not a test: on a busy machine a limit may be missed, so a test would be red for no reason.
"""

from __future__ import annotations

import compileall
import math
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from statistics import median

import relayout
from page import long_page

SAMPLE = Path(__file__).resolve().parents[1] / "samples" / "takungpao-2025-07-16" / "input.txt"
RUNS = 21
PATIENCE = 120.0  # seconds; a run that takes longer is stopped and has missed its limits
HEADING = f"{'what':<52} {'measured':>12} {'limit':>10}  verdict"
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

    def __str__(self) -> str:
        value, limit = f"{self.value:.3g} {self.unit:<2}", f"{self.limit:g} {self.unit:<2}"
        return f"{self.what:<52} {value:>12} {limit:>10}  {'kept' if self.kept else 'MISSED'}"


def process(*command: str) -> tuple[float, float]:
    """Run a command; give its wall time in seconds and its peak memory in MB, both infinite after ``PATIENCE``."""
    start = time.perf_counter()
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    end = threading.Timer(PATIENCE, running.kill)
    end.start()
    _, status, usage = os.wait4(running.pid, 0)
    end.cancel()
    running.returncode = os.waitstatus_to_exitcode(status)
    took = time.perf_counter() - start
    if running.returncode == -signal.SIGKILL:
        return math.inf, math.inf
    if running.returncode:
        sys.exit(f"{' '.join(command)}: exit code {running.returncode}")
    # Linux counts kilobytes, macOS bytes.
    return took, usage.ru_maxrss / (1_000_000 if sys.platform == "darwin" else 1_000)


def relayout_command() -> list[str]:
    """Give the installed command, or the module where there is none."""
    script = Path(sys.executable).with_name("relayout")
    return [str(script)] if script.exists() else [sys.executable, "-m", "relayout"]


def seed_page(folder: Path) -> Iterator[Result]:
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
    yield Result("seed page, whole process", median(whole), "s", 0.3)
    yield Result("seed page, whole process / import of lxml and click", median(whole) / median(yardstick), "x", 3.0)
    yield Result("seed page, core in process", median(core), "ms", 30.0)


def long_pages(folder: Path) -> Iterator[Result]:
    """Measure whole processes on long pages: time a line must not grow with the page, memory must stay small."""
    sample = SAMPLE.read_text(encoding="utf-8")
    first = 0.0
    for size in SIZES:
        path = folder / f"page-{size}.txt"
        path.write_text(long_page(sample, size), encoding="utf-8")
        took, memory = process(*relayout_command(), "fix", str(path), "-o", str(folder / f"out-{size}"))
        first = first or took / size
        yield Result(f"{size:,} lines, whole process", took, "s", PATIENCE)
        yield Result(f"{size:,} lines, peak memory", memory, "MB", 500.0)
        if took == math.inf:
            return  # a longer page takes longer still
        if size > SIZES[0]:
            yield Result(f"time a line, {size:,} lines / {SIZES[0]:,} lines", took / size / first, "x", 1.3)


def main() -> int:
    """Measure everything, print the table, and tell by the exit code whether all limits are kept."""
    print(HEADING)
    missed = 0
    compileall.compile_dir(SAMPLE.parents[2] / "src", quiet=1)  # as an installed package is; else each run compiles it
    with tempfile.TemporaryDirectory() as folder:
        for result in chain(seed_page(Path(folder)), long_pages(Path(folder))):
            missed += not result.kept
            print(result, flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
