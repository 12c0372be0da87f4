"""Writes down what was printed: the gold of a page, and the check of the PDF against it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

from bench.press.model import Module, Para, Plan, Unit


def printed_parts(plan: Plan) -> dict[str, list[Para]]:
    """Return the parts of every unit in reading order, whether or not they found room."""
    out: dict[str, list[Para]] = {}

    def add(*paras: Para) -> None:
        for para in paras:
            out.setdefault(para.unit, []).append(para)

    def module(mod: Module) -> None:
        add(*mod.label, *mod.round, *mod.deck, *mod.byline, *mod.lead, *mod.paras)
        inner = [blocker for blocker in mod.blockers if blocker.inner is None]
        for blocker in inner:
            if blocker.kind != "photo":
                add(*blocker.paras)
        add(*mod.tail)
        for blocker in mod.blockers:
            if blocker.kind == "photo":
                add(*blocker.paras)
            elif blocker.inner is not None:
                module(blocker.inner)

    add(*(item[0] for item in plan.furniture))
    for stack in plan.stacks:
        for mod in (*stack.modules, *stack.spares):
            module(mod)
    for lines in plan.fillers:
        add(*lines)
    return out


def truth(plan: Plan, result: dict[str, Any], version: str) -> dict[str, Any]:
    """Return the gold of a page that the browser has set."""
    boxes: dict[str, list[list[float]]] = result["boxes"]
    parts = printed_parts(plan)
    known = {unit.id: unit for unit in plan.units}
    units = [entry for name in reading_order(list(parts)) if (entry := unit_entry(known[name], parts[name], boxes))]
    there = {entry["id"] for entry in units}
    units = [entry for entry in units if entry.get("of", next(iter(there))) in there]
    origins = {origin for name, origin in plan.origins if name in there}
    return {
        "format": "relayout-gold/1",
        "press": version,
        "style": plan.style,
        "seed": plan.seed,
        "attempt": plan.attempt,
        "lang": plan.lang,
        "writing": "vertical-rl" if plan.vertical else "horizontal-tb",
        "page": {"width": plan.width, "height": plan.height, "unit": "pt"},
        "source": f"{plan.style}-{plan.seed}.pdf",
        "texts": sorted(origins),
        "stream": plan.order,
        "units": units,
        "barriers": result["barriers"],
    }


def reading_order(names: list[str]) -> list[str]:
    """Return the units in the order of the page: as planned, captions and sidebars after their articles."""
    return [*(name for name in names if name != "furniture"), *(["furniture"] if "furniture" in names else [])]


def unit_entry(unit: Unit, parts: list[Para], boxes: dict[str, list[list[float]]]) -> dict[str, Any] | None:
    """Return one unit with the parts that were printed, or None if none was."""
    rows: list[dict[str, Any]] = [
        {"role": para.role, "text": para.text, "boxes": boxes[str(para.pid)]}
        for para in parts
        if boxes.get(str(para.pid))
    ]
    if not rows:
        return None
    every = [box for row in rows for box in row["boxes"]]
    entry: dict[str, Any] = {"id": unit.id, "type": unit.type}
    if unit.of:
        entry["of"] = unit.of
    if unit.about:
        entry["about"] = unit.about
    entry["box"] = [
        min(b[0] for b in every),
        min(b[1] for b in every),
        max(b[2] for b in every),
        max(b[3] for b in every),
    ]
    entry["parts"] = rows
    return entry


def letters(text: str) -> Counter[str]:
    """Count characters, without spaces and hyphens, in compatible forms (a font may give a radical for a character)."""
    return Counter(re.sub(r"[\s\u00ad\u2010\ufffe\x02-]", "", unicodedata.normalize("NFKC", text)))


def pdf_text(path: Path) -> str:
    """Return all characters of a PDF, in stream order."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(path)
    try:
        return "".join(page.get_textpage().get_text_range() for page in pdf)
    finally:
        pdf.close()


def faults(gold: dict[str, Any], pdf: Path) -> list[str]:
    """Return how the characters of the PDF differ from those of the gold; nothing if they are the same."""
    want = letters("".join(part["text"] for unit in gold["units"] for part in unit["parts"]))
    have = letters(pdf_text(pdf))
    out = []
    if missing := want - have:
        out.append(f"the PDF lacks {dict(missing.most_common(8))}")
    if extra := have - want:
        out.append(f"the PDF has too much {dict(extra.most_common(8))}")
    return out


def dumps(gold: dict[str, Any]) -> str:
    """Return the gold as JSON, one box a line at most, the same bytes for the same gold."""
    text = json.dumps(gold, ensure_ascii=False, indent=1)
    return re.sub(r"\[\s+(-?[\d.]+),\s+(-?[\d.]+),\s+(-?[\d.]+),\s+(-?[\d.]+)\s+\]", r"[\1, \2, \3, \4]", text) + "\n"
