"""What a command is given: a file or stdin, read whole, or a folder; and a sign of life while it is worked on."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from relayout import api
from relayout.errors import InputError
from relayout.model import Issue
from relayout.readers.plain import MOST_BYTES
from relayout.readers.wishes import Progress, silent

LONG = 1_000_000  # bytes; from here on a run takes seconds, and a terminal is told that it goes on


def read(source: str) -> tuple[bytes, str]:
    """Read a file whole, or stdin for ``-``; return its bytes and its name without folders."""
    if source == "-":
        return (sys.stdin.buffer.read(MOST_BYTES + 1) if sys.stdin else b""), "stdin"
    try:
        with Path(source).open("rb") as file:
            data = file.read(MOST_BYTES + 1)  # /dev/zero has no end; the reader refuses what is longer
    except FileNotFoundError:
        raise InputError(f"{source}: no such file", "check the path") from None
    except IsADirectoryError:
        raise InputError(f"{source}: is a directory", "name a file in it") from None
    except OSError as error:
        raise InputError(f"{source}: cannot be read ({error.strerror})", "check the path and its permissions") from None
    # A file name need not be UTF-8, but what is written into TEI and JSON must be.
    return data, os.fsencode(Path(source).name).decode("utf-8", "replace")


def given(source: str) -> tuple[bytes, str]:
    """Read a file or stdin as :func:`read` does; of a folder of pages, which are read one by one, only the name."""
    if is_folder(source):
        return b"", Path(source).resolve().name
    return read(source)


def is_folder(source: str) -> bool:
    """Say whether a source is a folder of pages, and no file or stdin."""
    return source != "-" and api.is_folder(source)


def beside(source: str) -> Path | None:
    """Return the folder that a file lies in, where those that it names are; ``None`` for stdin."""
    return None if source in ("", "-") else Path(source).parent


def rebuilt(source: str, data: bytes, name: str, wishes: Mapping[str, str], progress: Progress = silent) -> Issue:
    """Rebuild what :func:`given` gave of a source; ``wishes`` are the options of ``options.rebuilding``."""
    if is_folder(source):
        return api.fix(Path(source), progress=progress, **wishes)
    return api.fix(data, name=name, folder=beside(source), progress=progress, **wishes)


@contextmanager
def busy(size: int) -> Iterator[Progress]:
    """Show on a terminal that a long run goes on, and which page is worked on; gives what is to be told that."""
    if not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console

    with Console(stderr=True).status(f"rebuilding {size / 1e6:.0f} MB" if size >= LONG else "rebuilding") as status:

        def tell(what: str, page: int, pages: int) -> None:
            if pages > 1:
                status.update(f"{what} page {page} of {pages}")

        yield tell
