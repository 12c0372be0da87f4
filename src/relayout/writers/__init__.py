"""Writers: an issue becomes files. They decide nothing.

``WRITERS`` is the table of formats; ``simplified`` stands beside it, since it writes a machine version.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from relayout.model import Issue, Note
from relayout.writers import alto, areas, leaves, mets, page_xml, plain, record, tei


def _nothing(_issue: Issue) -> tuple[Note, ...]:
    return ()


class Writer(NamedTuple):
    """A format: what its files are, in words, and the function that makes them (file name -> content).

    ``placed`` says that it needs to know where lines stand, and refuses an issue that does not say; ``notes`` what is
    to be said of an issue that it writes.
    """

    files: str
    render: Callable[[Issue], dict[str, bytes]]
    placed: bool = False
    notes: Callable[[Issue], tuple[Note, ...]] = _nothing


WRITERS: dict[str, Writer] = {
    "tei": Writer("<stem>.tei.xml", tei.files),
    "txt": Writer("<stem>.txt, <stem>-<id>.txt for every article, metadata.tsv", plain.render),
    "json": Writer("<stem>.json", record.files),
    "page": Writer("<stem>-p<n>.page.xml for every page", page_xml.files, placed=True, notes=leaves.cut_boxes),
    "alto": Writer("<stem>-p<n>.alto.xml for every page", alto.files, placed=True, notes=leaves.cut_boxes),
    "mets": Writer("<stem>.mets.xml, the ALTO that it points to", mets.files, placed=True, notes=areas.rewritten),
}
