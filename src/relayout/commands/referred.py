"""The files of the source that METS points to: copied, byte for byte, so that they stand beside it."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from relayout.commands.sources import beside
from relayout.errors import InputError
from relayout.model import Issue
from relayout.readers.mets import inside
from relayout.writers import mets


def referred(issue: Issue, source: str, data: bytes) -> dict[str, bytes]:
    """Return the ALTO files of the source under the names that METS has for them, exactly as they were read.

    ``source`` is what the command was given, ``data`` its bytes. Raises InputError where a file is no longer there, or
    is another than was read.
    """
    found: dict[str, bytes] = {}
    for name, (file, digest) in mets.untouched(issue).items():
        same = next((held for held in _held(file, source, data) if sha256(held).hexdigest() == digest), None)
        if same is None:
            raise InputError(f"{file}: has changed since it was read", "type the command again")
        found[name] = same
    return found


def _held(file: str, source: str, data: bytes) -> Iterator[bytes]:
    """Yield what may be meant: the source itself, and the file of this name in its folder, or in it, if it is one."""
    yield data
    for folder in (beside(source), Path(source)):
        path = inside(folder, file) if folder else None
        try:
            if path and path.is_file():
                yield path.read_bytes()
        except OSError:
            continue
