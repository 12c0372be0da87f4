"""Writers: an issue becomes files. They decide nothing.

``WRITERS`` is the table of formats; ``simplified`` stands beside it, since it writes a machine version.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from relayout.model import Issue
from relayout.writers import plain, record, tei


class Writer(NamedTuple):
    """A format: what its files are, in words, and the function that makes them (file name -> content)."""

    files: str
    render: Callable[[Issue], dict[str, bytes]]


WRITERS: dict[str, Writer] = {
    "tei": Writer("<stem>.tei.xml", tei.files),
    "txt": Writer("<stem>.txt, <stem>-<id>.txt for every article, metadata.tsv", plain.render),
    "json": Writer("<stem>.json", record.files),
}
