"""Runs Tesseract on the picture of a page: a PNG in, its own ALTO out.

The programme gets the picture through a pipe, as a PNG that was made here, never the file of the user; no shell is
asked, no file is written, and a page has a time limit.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from typing import NamedTuple

from relayout.errors import InputError, UsageError

ENGINES = ("tesseract",)
LONGEST = 900.0  # seconds a page; a broadsheet of dense Chinese at 300 dpi takes some two minutes
USUAL = "eng"  # what Tesseract reads if no language is given
_INSTALL = "apt install tesseract-ocr"
_LANGUAGE = re.compile(r"[A-Za-z][\w-]*(?:/[A-Za-z][\w-]*)?", re.ASCII)
_SCRIPTS = {  # those whose package is called after the code of ISO 15924; HanT, HanS are so by themselves
    "script/Arabic": "script/arab", "script/Cyrillic": "script/cyrl", "script/Fraktur": "script/frak",
    "script/Hangul": "script/hang", "script/Japanese": "script/jpan", "script/Latin": "script/latn",
}  # fmt: skip
_DASHES = str.maketrans("_/", "--")
_NOISE = re.compile(r"(?i)^(?:estimating resolution|detected \d+ diacritics|warning|please make sure|tesseract couldn)")


class Engine(NamedTuple):
    """Tesseract as it was found: the path of the programme, its version, and the languages it is to read."""

    path: str
    version: str
    lang: str


def engine(wanted: str, lang: str = "") -> Engine:
    """Find the programme and see that it has the languages, as in ``chi_tra_vert+eng``; nothing says ``eng``.

    Raises UsageError where the programme or a language is missing, with the command that installs it.
    """
    if wanted not in ENGINES:
        raise UsageError(f"--ocr {wanted}: no such engine", f"give {' or '.join(ENGINES)}")
    lang = lang or USUAL
    names = lang.split("+")
    if not all(_LANGUAGE.fullmatch(name) for name in names):
        raise UsageError(f"--lang {lang}: names no language", "give codes of Tesseract: --lang chi_tra_vert+eng")
    path = shutil.which(wanted)
    if not path:
        packages = " ".join(package(name) for name in names if name != USUAL)
        raise UsageError("Tesseract is not installed", f"{_INSTALL} {packages}".rstrip())
    missing = [name for name in names if name not in _languages(path)]
    if missing:
        advice = f"apt install {' '.join(map(package, missing))}; tesseract --list-langs shows those that are there"
        raise UsageError(f"Tesseract has no language {' and no '.join(missing)}", advice)
    return Engine(path, _version(path), lang)


def package(lang: str) -> str:
    """Return the Debian package of a language or script.

    >>> package("chi_tra_vert"), package("script/HanT_vert")
    ('tesseract-ocr-chi-tra-vert', 'tesseract-ocr-script-hant-vert')
    """
    stem = lang.removesuffix("_vert")
    return "tesseract-ocr-" + _SCRIPTS.get(stem, stem.lower()).translate(_DASHES) + lang[len(stem) :].translate(_DASHES)


def alto(found: Engine, png: bytes, dpi: int) -> bytes:
    """Recognise one page; ``dpi`` is the resolution of the picture. Returns ALTO, in pixels of the picture.

    Raises InputError where Tesseract fails, says no ALTO, or takes longer than ``LONGEST`` seconds.
    """
    words = ["-", "-", "--dpi", str(dpi), "-l", found.lang, "alto"]
    try:
        done = _run(found.path, words, LONGEST, png)
    except subprocess.TimeoutExpired:
        advice = "give it at a lower resolution, or in parts"
        raise InputError(f"Tesseract took longer than {LONGEST:g} seconds", advice) from None
    if done.returncode:
        why = _reason(done.stderr) or f"exit code {done.returncode}"
        raise InputError(f"Tesseract failed ({why})", "see whether the picture opens elsewhere, or save it anew as PNG")
    if b"<alto" not in done.stdout[:2000].lower():
        raise InputError(f"Tesseract {found.version} wrote no ALTO", "take Tesseract 4.1 or a later one")
    return done.stdout


def _languages(path: str) -> Sequence[str]:
    return _told(path, "--list-langs").splitlines()[1:]


def _version(path: str) -> str:
    first = _told(path, "--version").split("\n", 1)[0].split()
    return first[1] if len(first) > 1 else "of an unknown version"


def _told(path: str, word: str) -> str:
    """Return what the programme says of itself; one before 4 says it on stderr."""
    try:
        done = _run(path, [word], 60.0)
    except subprocess.TimeoutExpired:
        raise UsageError(f"Tesseract does not answer to {word}", f"try {path} {word}") from None
    return (done.stdout or done.stderr).decode("utf-8", "replace")


def _run(path: str, words: Sequence[str], seconds: float, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    # One thread: with more it is slower on a machine that has other work, 12 s a page instead of 4.
    surroundings = {"OMP_THREAD_LIMIT": "1", **os.environ, "LC_ALL": "C"}
    try:
        return subprocess.run(
            [path, *words], input=data, capture_output=True, timeout=seconds, check=False, env=surroundings
        )
    except OSError as error:
        raise UsageError(f"Tesseract cannot be run ({error.strerror or error})", f"try {path} --version") from None


def _reason(said: bytes) -> str:
    """Return what of the errors of the programme tells most: its first line that is no mere remark."""
    lines = [" ".join(line.split()) for line in said.decode("utf-8", "replace").splitlines()]
    telling = [line for line in lines if line and not _NOISE.match(line)]
    return telling[0][:160] if telling else ""
