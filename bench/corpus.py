"""Which pages the gate stands on, and their digests.

Two digests: of the *plans*, the pages as Python plans them from style, seed and stories, without a browser; and of
the *texts* of the gold, what was printed of a plan after the browser had fitted it. Boxes and the bytes of PDF files
are in neither: another chromium may set a line a hair lower. Other texts of the same plans come from another browser.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from bench.press import texts
from bench.press.plan import plan

Job = tuple[str, int]
NEEDED = ("chromium", "chromedriver", "pdftotext")


def lacking() -> str:
    """Say what the machine lacks to typeset and extract pages, or nothing."""
    missing = [name for name in NEEDED if shutil.which(name) is None]
    packages = "chromium chromium-driver poppler-utils fonts-noto-cjk"
    return f"no {' and no '.join(missing)} here (Debian: apt-get install {packages})" if missing else ""


def has_data() -> bool:
    """Tell whether the larger sets of texts are there (``RELAYOUT_DATA``)."""
    return texts.data_folder().is_dir()


@contextmanager
def own_texts() -> Iterator[None]:
    """Let the press take its stories from the project alone, so that anybody sets the same pages."""
    before = os.environ.get("RELAYOUT_DATA")
    os.environ["RELAYOUT_DATA"] = os.devnull  # a folder that cannot hold anything
    texts.stories.cache_clear()
    try:
        yield
    finally:
        if before is None:
            del os.environ["RELAYOUT_DATA"]
        else:
            os.environ["RELAYOUT_DATA"] = before
        texts.stories.cache_clear()


def browser() -> str:
    """Return the version of chromium, major number only: ``Chromium 130``."""
    found = subprocess.run(["chromium", "--version"], capture_output=True, check=True).stdout.decode()
    return " ".join(found.split()[:2]).split(".")[0]


def of_plans(jobs: Sequence[Job], others: Iterable[Path] = ()) -> str:
    """Return the SHA-256 of the planned pages, and of the texts of ``others``: gold files that nobody plans."""
    plans = [asdict(plan(style, seed)) for style, seed in jobs]
    return _sha([plans, [_said(path) for path in others]])


def of_texts(golds: Iterable[Path]) -> str:
    """Return the SHA-256 of what pages say: every unit's type and owner, and every part's role and text, in order."""
    return _sha([_said(path) for path in golds])


def _sha(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode("utf-8")).hexdigest()


def _said(path: Path) -> object:
    gold = json.loads(path.read_text(encoding="utf-8"))
    units = [
        [unit["type"], unit.get("of", ""), [[part["role"], part["text"]] for part in unit["parts"]]]
        for unit in gold["units"]
    ]
    return [path.parent.name if path.name == "gold.json" else path.name, units]
