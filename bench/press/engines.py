"""Second opinions: the same stories set by other engines than the browser. See docs/press.md."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType
from typing import Any

from bench.press import ink
from bench.press.gold import dumps, faults
from bench.press.model import PressError
from bench.press.sheet import TOP, Sheet, sheet
from bench.press.styles import names, style

ENGINES = {"typst": "bench.press.typst", "weasyprint": "bench.press.weasyprint"}
TALL = 6000.0  # a page that everything fits on; then it is set again, as tall as it must be
ATTEMPTS = 8
SLACK = 2  # lines that typst's columns have to spare, one more with each attempt


def styles() -> list[str]:
    """Return the styles that these engines can set: those of horizontal lines."""
    return [name for name in names() if not style(name).vertical]


def version(engine: str) -> str:
    """Return name and version of an engine. Raises ImportError or OSError where it is not here."""
    found: str = importlib.import_module(ENGINES[engine]).version()
    return found


def lacking(engine: str) -> str:
    """Say why an engine cannot be run here, or nothing."""
    try:
        version(engine)
    except (ImportError, OSError) as error:  # WeasyPrint raises OSError where Pango is missing
        reason = " ".join(str(error).split())[:90]
        return f"no {engine} here ({reason}): pip install -e '.[dev]'; Pango is Debian's libpangoft2-1.0-0"
    return ""


def one(engine: str, name: str, seed: int, version: str, folder: Path) -> None:
    """Set, check and write one page; a page that fails is planned anew. Raises PressError with the reasons."""
    if reason := lacking(engine):
        raise PressError(reason)
    tool = importlib.import_module(ENGINES[engine])
    reasons: list[str] = []
    for attempt in range(ATTEMPTS):
        page = sheet(name, seed, attempt)
        try:
            pdf, gold = _set(tool, page, version, SLACK + attempt)
        except PressError as error:
            reasons.append(f"{attempt}: {error}")
            continue
        target = folder / gold["source"]
        target.write_bytes(pdf)
        found = faults(gold, target)  # another reader of PDF must find the same characters
        if not found:
            target.with_suffix(".gold.json").write_text(dumps(gold), encoding="utf-8")
            return
        reasons.append(f"{attempt}: {'; '.join(found)}")
        target.unlink()
    raise PressError(f"{name}-{seed} could not be set by {engine}: " + " | ".join(reasons))


def _set(tool: ModuleType, page: Sheet, version: str, slack: int) -> tuple[bytes, dict[str, Any]]:
    height = round(ink.lowest(ink.glyphs(tool.printed(page, TALL, slack))) + TOP, 1)
    pdf: bytes = tool.printed(page, height, slack)
    printed = ink.boxes(list(page.parts()), ink.glyphs(pdf))
    if ink.crossing(printed):
        raise PressError("lines stand on each other")
    return pdf, ink.truth(page, printed, height, version, tool.version())
