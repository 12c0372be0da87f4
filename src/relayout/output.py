"""Writing a folder of results whole or not at all.

A folder that relayout made carries a marker, ``.relayout.json``: the version, the source, and every file it
wrote with its SHA-256. What is not in the marker belongs to somebody else and stays. A file that was changed
by hand after it was written also counts as somebody else's, because an afternoon of corrections may be in it.

A new folder is written beside its place and renamed into it. In a folder that is there already only the files
are exchanged, one rename each; if one fails, those before it are taken back.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from relayout.errors import OutputError
from relayout.model import Source
from relayout.version import __version__

MARKER = ".relayout.json"
PICTURE = b"relayout view"  # stands near the beginning of every picture, HTML and PNG


def write_folder(
    folder: Path, files: Mapping[str, bytes], source: Source, *, keep: Path | None = None, force: bool = False
) -> None:
    """Write ``files`` (plain name -> content) and the marker into ``folder``, all of them or none.

    ``keep`` is the input; it is never replaced or removed, not even with ``force``. Without ``force`` a folder
    that relayout did not make is refused, and so is a file in it that relayout did not write or that was
    changed since. With ``force`` files of the same name are replaced; all others stay. Files of an earlier run
    that are no longer made are removed.

    Raises :class:`OutputError`; then everything is as it was before.
    """
    shown = folder
    folder = Path(os.path.realpath(folder))
    for name in files:
        if not _plain(name):
            raise OutputError(f"{name!r} cannot be a file name", "rename the input file")
    content = {**files, MARKER: _marker(files, source)}
    try:
        if not folder.exists():
            _write_new(folder, shown, content)
            return
        if not folder.is_dir():
            raise OutputError(f"{shown} is not a folder", "give another folder with -o")
        old = _made(folder)
        stale = _check(folder, shown, old, tuple(files), keep, force=force)
        _exchange(folder, content, stale)
    except OSError as error:
        raise OutputError(f"cannot write {shown}: {error.strerror or error}", "give another folder with -o") from error


def write_file(path: Path, content: bytes, *, keep: Path | None = None, force: bool = False) -> None:
    """Write one file, all of it or nothing; ``keep`` and ``force`` as for a folder.

    A picture that relayout made says so near its beginning, and is replaced without being asked.
    Raises :class:`OutputError`; then everything is as it was before.
    """
    try:
        if os.path.lexists(path):
            if keep is not None and path.exists() and keep.exists() and path.samefile(keep):
                raise OutputError(f"{path} is the input itself", "give another file with -o")
            if path.is_dir():
                raise OutputError(f"{path} is a folder", "give a file with -o")
            if not force and not (path.is_file() and PICTURE in _beginning(path)):
                raise OutputError(
                    f"{path} exists and is no picture by relayout", "give another file with -o, or --force"
                )
        target = Path(os.path.realpath(path))
        work = target.with_name(f".{target.name[:40]}.{os.getpid()}.part")
        try:
            work.write_bytes(content)
            work.replace(target)
        except BaseException:
            work.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}", "give another file with -o") from error


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(400)


def _plain(name: str) -> bool:
    """Tell whether ``name`` is the name of a file and not a path that leads elsewhere.

    >>> [_plain(name) for name in ("a.txt", "../a.txt", "..", "a/b", "")]
    [True, False, False, False, False]
    """
    return name not in ("", ".", "..") and not any(c in name for c in "/\\\0")


def _marker(files: Mapping[str, bytes], source: Source) -> bytes:
    value = {
        "relayout": __version__,
        "source": source.name,
        "sha256": source.sha256,
        "files": {name: sha256(files[name]).hexdigest() for name in sorted(files)},
    }
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _made(folder: Path) -> dict[str, str] | None:
    """Read from the marker which files relayout wrote and their SHA-256; ``None`` if it did not make the folder.

    Names that are paths make the marker void: a folder from the internet must not be able to name files
    elsewhere for removal.
    """
    try:
        value = json.loads((folder / MARKER).read_bytes())
    except (FileNotFoundError, ValueError):
        return None
    files = value.get("files") if isinstance(value, dict) and "relayout" in value else None
    if not isinstance(files, dict):
        return None
    made = {str(name): str(digest) for name, digest in files.items()}
    return made if all(_plain(name) and name != MARKER for name in made) else None


def _check(
    folder: Path, shown: Path, old: dict[str, str] | None, new: tuple[str, ...], keep: Path | None, *, force: bool
) -> tuple[str, ...]:
    """Refuse what must not be overwritten; return the files of an earlier run that go.

    A file of an earlier run that is no longer made and was changed by hand stays where it is.
    """
    if old is None and not force:
        raise OutputError(f"{shown} exists and was not made by relayout", "give another folder with -o, or add --force")
    written = old or {}
    stale: list[str] = []
    for name in dict.fromkeys((*new, *written)):
        path = folder / name
        if not os.path.lexists(path):
            continue
        if keep is not None and path.exists() and keep.exists() and path.samefile(keep):
            raise OutputError(f"{path.name} in {shown} is the input itself", "give another folder with -o")
        if path.is_dir() and not path.is_symlink():
            raise OutputError(f"{path.name} in {shown} is a folder", "give another folder with -o")
        untouched = path.is_file() and written.get(name) == sha256(path.read_bytes()).hexdigest()
        if name not in new:
            stale += [name] if untouched else []
        elif not untouched and not force:
            if name in written:
                raise OutputError(f"{name} in {shown} was changed since", "move it away, or add --force")
            raise OutputError(f"{name} in {shown} was not made by relayout", "move it away, or add --force")
    return tuple(stale)


def _fresh(parent: Path, name: str) -> Path:
    """Make a working folder in ``parent`` under a name that nobody has (``tempfile`` takes 8 ms to import)."""
    for number in range(100):
        path = parent / f".{name[:40]}.{os.getpid()}-{number}.part"
        try:
            path.mkdir()
        except FileExistsError:
            continue
        return path
    raise OutputError(f"too many unfinished folders in {parent}", "remove the hidden folders that end in .part")


def _write_new(folder: Path, shown: Path, content: Mapping[str, bytes]) -> None:
    if not folder.parent.is_dir():
        raise OutputError(f"there is no folder for {shown} to stand in", "make the folder first, or give another")
    work = _fresh(folder.parent, folder.name)
    try:
        for name, data in content.items():
            (work / name).write_bytes(data)
        work.rename(folder)
    except BaseException:
        _remove(work)
        raise


def _exchange(folder: Path, content: Mapping[str, bytes], stale: tuple[str, ...]) -> None:
    """Put ``content`` in the place of the old files; on any failure put the old ones back.

    The working folder stands inside ``folder``: the folder may be all that one may write to, or another disk.
    If even putting back fails, the working folder stays, because the old files are in it.
    """
    work = _fresh(folder, "relayout")
    new, aside = work / "new", work / "old"
    try:
        new.mkdir()
        aside.mkdir()
        for name, data in content.items():
            (new / name).write_bytes(data)
    except BaseException:
        _remove(work)
        raise
    try:
        for name in (*stale, *content):
            if os.path.lexists(folder / name):
                (folder / name).rename(aside / name)
            if name in content:
                (new / name).rename(folder / name)
    except BaseException:
        _put_back(folder, work, stale, tuple(content))
        _remove(work)
        raise
    _remove(work)


def _put_back(folder: Path, work: Path, stale: tuple[str, ...], written: tuple[str, ...]) -> None:
    """Undo an exchange from what lies where: old files return, new ones that had no forerunner go."""
    for name in (*stale, *written):
        if os.path.lexists(work / "old" / name):
            (work / "old" / name).replace(folder / name)
        elif name in written and not os.path.lexists(work / "new" / name):
            (folder / name).unlink(missing_ok=True)


def _remove(work: Path) -> None:
    """Remove a working folder: its files, and the two folders of files in it."""
    for path in sorted(work.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
        else:
            path.unlink()
    work.rmdir()
