"""The press: typesets newspaper pages whose articles are known, as PDFs, with their gold beside them.

The browser breaks the lines by its own rules; nothing here does. See docs/press.md and docs/gold.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from bench.press import engines
from bench.press.browser import Browser
from bench.press.gold import dumps, faults, truth
from bench.press.model import PressError
from bench.press.plan import plan
from bench.press.styles import style
from bench.press.texts import edition

VERSION = "9"
"""Raised when pages change; pages of another version are made again."""

ATTEMPTS = 12
CHROMIUM = "chromium"

__all__ = ["CHROMIUM", "VERSION", "PressError", "typeset"]


def typeset(jobs: Iterable[tuple[str, int]], folder: Path, engine: str = CHROMIUM) -> list[Path]:
    """Typeset pages (style, seed) into a folder and return the paths of their gold, in the order of the jobs.

    Pages of this version that are there already stay. One browser for all; none is started if nothing is to do.
    Another ``engine`` sets simpler pages of the same stories; keep its folder apart. Raises PressError if a page
    cannot be set or there is no such engine.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wanted = list(jobs)
    missing = [job for job in dict.fromkeys(wanted) if not done(folder, *job, engine)]
    if engine != CHROMIUM:
        for name, seed in missing:
            engines.one(engine, name, seed, version(name, engine), folder)
    elif missing:
        with Browser() as browser:
            for name, seed in missing:
                one(browser, name, seed, folder)
    return [gold_path(folder, *job) for job in wanted]


def gold_path(folder: Path, name: str, seed: int) -> Path:
    """Return the path of a page's gold."""
    return folder / f"{name}-{seed}.gold.json"


def done(folder: Path, name: str, seed: int, engine: str = CHROMIUM) -> bool:
    """Whether a page of this version is there."""
    gold = gold_path(folder, name, seed)
    if not gold.exists() or not gold.with_name(f"{name}-{seed}.pdf").exists():
        return False
    found = json.loads(gold.read_text(encoding="utf-8"))
    return bool(found.get("press") == version(name, engine))


def version(name: str, engine: str = CHROMIUM) -> str:
    """Return the version of the press, after a dot the digest of the stories a style has here, and a second engine."""
    made = f"{VERSION}.{edition(style(name).texts)}"
    return made if engine == CHROMIUM else f"{made}.{engine}"


def one(browser: Browser, name: str, seed: int, folder: Path) -> None:
    """Set, check, print and write one page; a page that fails is planned anew with the next sub-seed."""
    reasons: list[str] = []
    for attempt in range(ATTEMPTS):
        planned = plan(name, seed, attempt)
        result = browser.set(planned)
        wrong = [result["error"]] if "error" in result else list(result["wrong"])
        if not wrong and result["holes"] > 0.12:
            wrong = [f"holes of {result['holes']:.2f}"]
        if wrong:
            reasons.append(f"{attempt}: {'; '.join(wrong[:3])}")
            continue
        gold = truth(planned, result, version(name))
        pdf = folder / gold["source"]
        pdf.write_bytes(browser.print(planned))
        found = faults(gold, pdf)
        if not found:
            gold_path(folder, name, seed).write_text(dumps(gold), encoding="utf-8")
            return
        reasons.append(f"{attempt}: {'; '.join(found)}")
        pdf.unlink()
    raise PressError(f"{name}-{seed} could not be set: " + " | ".join(reasons))
