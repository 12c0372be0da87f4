"""Writers: an issue becomes files. They decide nothing.

``WRITERS`` is the table of formats; ``simplified`` stands beside it, since it writes a machine version.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

from relayout.model import Issue
from relayout.writers import plain, tei


class Writer(NamedTuple):
    """A format: what its files are, in words, and the function that makes them (file name -> content)."""

    files: str
    render: Callable[[Issue], dict[str, bytes]]


def _record(issue: Issue) -> dict[str, bytes]:
    """Render as JSON; its module is loaded when it is asked for, since few ask."""
    files: dict[str, bytes] = import_module("relayout.writers.record").files(issue)
    return files


WRITERS: dict[str, Writer] = {
    "tei": Writer("<stem>.tei.xml", tei.files),
    "txt": Writer("<stem>.txt, <stem>-<id>.txt for every article, metadata.tsv", plain.render),
    "json": Writer("<stem>.json", _record),
}
