"""Adapters: how a prediction of some format becomes units and parts.

A table; the first row that knows the content reads it. A further format is a function ``(data, name) -> Prediction``,
a sniff on the content, and a row here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from typing import NamedTuple

from relayout.chars import canonical
from relayout.errors import InputError, UsageError
from relayout.evaluate.adapters import markdown, record, tei, text
from relayout.evaluate.gold import read_bytes
from relayout.evaluate.nouns import Prediction

_OTHERS = (".json", ".xml", ".html", ".htm")
_FOREIGN = re.compile(rb"\s*(?:<\?xml|<!doctype|<html)|%PDF-", re.IGNORECASE)


class Adapter(NamedTuple):
    """A format: its name, what it is in words, whether it knows data for its own, and how it reads them."""

    name: str
    what: str
    sniff: Callable[[bytes], bool]
    read: Callable[[bytes, str], Prediction]


def _never(data: bytes) -> bool:  # noqa: ARG001
    return False


ADAPTERS: tuple[Adapter, ...] = (
    Adapter("tei", "TEI that relayout wrote", tei.sniff, tei.read),
    Adapter("json", "JSON that relayout wrote", record.sniff, record.read),
    Adapter("gold", "a gold file, as the prediction that cannot be better", record.sniff_gold, record.read_gold),
    Adapter("markdown", "Markdown: headings of levels 1 to 3 begin units", markdown.sniff, markdown.read),
    Adapter("markdown-1", "Markdown: headings of level 1 begin units, deeper are crossheads", _never, markdown.read_1),
    Adapter("markdown-2", "Markdown: headings of levels 1 and 2 begin units", _never, markdown.read_2),
    Adapter("text", "plain text of anybody", lambda data: not _FOREIGN.match(data) and b"\0" not in data, text.read),
)


def read_prediction(path: str | os.PathLike[str], adapter: str = "") -> Prediction:
    """Read a prediction by its content, or with the named adapter. Raises RelayoutError if it cannot be read."""
    return parse_prediction(read_bytes(path), str(path), adapter)


def parse_prediction(data: bytes, name: str, adapter: str = "") -> Prediction:
    """Make a prediction of the bytes of a file; texts become the characters they stand for (``chars.canonical``)."""
    if adapter and adapter not in {each.name for each in ADAPTERS}:
        raise UsageError(f"no adapter {adapter!r}", f"take one of {', '.join(each.name for each in ADAPTERS)}")
    for each in ADAPTERS:
        if each.name == adapter or (not adapter and each.sniff(data)):
            if not adapter and each.name in ("markdown", "text") and name.lower().endswith(_OTHERS):
                break  # broken, or of another programme: as text it would get a score that tells of nothing
            read = each.read(data, name)
            units = tuple(
                unit._replace(parts=tuple(part._replace(text=canonical(part.text)) for part in unit.parts))
                for unit in read.units
            )
            return read._replace(units=units, adapter=each.name)
    raise InputError(
        f"{name}: no adapter reads this", "give TEI or JSON of relayout, Markdown or plain text, or --adapter"
    )
