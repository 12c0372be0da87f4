"""What differs between newspapers: numbers, cues and word lists, each with a reason and a sample.

A profile is a TOML file. ``default`` holds every key that the stages ask for; another profile overrides its
numbers and adds to its cues and word lists; a key that ``default`` does not know is a slip, and is refused.
Regular expressions are compiled when they are first asked for, and all of them by :func:`check`.

>>> bool(load("default").cue("dateline").search("【本報訊】"))
True
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from relayout.chars import strung
from relayout.errors import ProfileError
from relayout.patterns import compiled
from relayout.tables import parsed

T = TypeVar("T")
FOLDER = Path(__file__).with_name("profiles")
DEFAULT = "default"
# The tables whose cost grows; a profile's head, all that choose() reads, stands before the first of them.
_BULK = re.compile(r"^\s*\[\s*(?:numbers|cues|words)\b", re.MULTILINE)
_KEY = re.compile(r"[a-z]+(?:\.[a-z][a-z0-9_-]*)+")
_BACKREFERENCE = re.compile(r"(?<!\\)(?:\\\\)*\\[1-9]")


class Entry(NamedTuple):
    """One number, cue or word list as one file gives it: dotted key, value, why, seen where, and the file."""

    key: str
    value: float | tuple[str, ...]
    reason: str
    sample: str
    file: str


class Fits(NamedTuple):
    """How a page shows that a profile is its own.

    A page without any of ``strings`` is out of the question; otherwise every pattern counts the lines it is
    found in, and the sum must reach ``least``.
    """

    strings: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    least: float = 1.0

    def evidence(self, lines: Sequence[str]) -> float:
        """How many times a line answers to a pattern; 0 where it stays below ``least``."""
        near = [line for line in lines if any(s in line for s in self.strings)]
        searches = [compiled(p).search for p in self.patterns] if near else []
        found = float(sum(bool(search(line)) for search in searches for line in near))
        return found if found >= self.least else 0.0


# Compared and hashed by identity, so that cue() can be cached; built-in profiles are loaded once.
@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """Everything that may differ between newspapers; made by :func:`load`.

    ``extends`` is the name of the parent, empty for ``default``. ``entries`` keep what every file in the chain
    said, parents first; ``numbers``, ``cues`` and ``lists`` are what is in force.
    """

    name: str
    title: str
    extends: str
    lang: str
    numbers: Mapping[str, float]
    cues: Mapping[str, tuple[str, ...]]
    lists: Mapping[str, frozenset[str]]
    fits: Fits
    entries: tuple[Entry, ...]

    def number(self, key: str) -> float:
        """Give the number under ``group.name``; :class:`ProfileError` where there is none."""
        return _get(self.name, "numbers", self.numbers, key)

    def cue(self, key: str) -> re.Pattern[str]:
        """One pattern that finds what any pattern of the cue finds; a cue without patterns finds nothing."""
        return _pattern(self, key)

    def words(self, key: str) -> frozenset[str]:
        """Give the word list of that name, parents' words included."""
        return _get(self.name, "words", self.lists, key)


@cache
def names() -> tuple[str, ...]:
    """Name the built-in profiles, ``default`` first."""
    return tuple(sorted((p.stem for p in FOLDER.glob("*.toml")), key=lambda n: (n != DEFAULT, n)))


def load(name_or_path: str) -> Profile:
    """Load the built-in profile of that name, or a TOML file; :class:`ProfileError` where it is neither."""
    if name_or_path in names():
        return _builtin(name_or_path)
    path = Path(name_or_path)
    advice = f"give one of {', '.join(names())}, or the path of a .toml file"
    if path.suffix.lower() != ".toml":
        raise ProfileError(f"no profile {name_or_path!r}", advice)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ProfileError(f"{path}: cannot read the profile: {error.strerror}", advice) from None
    except UnicodeDecodeError as error:
        raise ProfileError(f"{path}: not UTF-8 at byte {error.start}", "save the profile as UTF-8") from None
    return _build(path.stem, str(path), _parse(text, str(path)))


def choose(lines: Sequence[str]) -> tuple[Profile, float]:
    """Find the built-in profile that fits best, and its evidence; ``default`` and 0.0 where none fits well enough.

    Reads only the heads of the profiles. Two that fit equally well come in the order of their names.

    >>> choose(["A page of no known paper"])[0].name
    'default'
    """
    whole = [*lines, *strung(lines)]  # a character a line: no line by itself holds a word
    found = [(0.0, DEFAULT), *((fits.evidence(whole), name) for name, fits in _heads())]
    most, best = max(found, key=lambda one: one[0])
    return _builtin(best), most


def describe(profile: Profile) -> tuple[Entry, ...]:
    """List what is in force, by key: no overridden numbers; cues and word lists have a row for every file."""
    last = {e.key: e for e in profile.entries}
    rows = (e for e in profile.entries if isinstance(e.value, tuple) or last[e.key] is e)
    return tuple(sorted(rows, key=lambda e: e.key))


def check(profile: Profile) -> None:
    """Compile every pattern of the profile and its parents; :class:`ProfileError` at the first that is wrong."""
    rows = [(p, e.file, f"{e.key}.patterns") for e in profile.entries if isinstance(e.value, tuple) for p in e.value]
    for pattern, file, key in rows + [(p, profile.name, "fits.patterns") for p in profile.fits.patterns]:
        if not key.startswith("words."):
            _check_pattern(pattern, file, key)
    for key in profile.cues:
        profile.cue(key)


def _check_pattern(pattern: str, file: str, key: str) -> None:
    """Refuse what does not compile, what finds everything, and what would change its meaning in a union."""
    try:
        found = compiled(pattern)
    except re.error as error:
        raise _wrong(file, key, f"a regular expression of Python's re ({error})", pattern) from None
    if found.search(""):
        raise _wrong(file, key, "a pattern that finds nothing in an empty line", pattern)
    if _BACKREFERENCE.search(pattern):
        raise _wrong(file, key, "named groups, (?P<a>…)(?P=a), because patterns are joined", pattern)


def _get(name: str, table: str, found: Mapping[str, T], key: str) -> T:
    try:
        return found[key]
    except KeyError:
        raise _unknown(name, f"{table}.{key}", (f"{table}.{k}" for k in found)) from None


@cache
def _pattern(profile: Profile, key: str) -> re.Pattern[str]:
    """Join a cue's patterns, once for a profile."""
    patterns = _get(profile.name, "cues", profile.cues, key)
    try:
        return compiled("|".join(f"(?:{p})" for p in patterns) or "(?!)")
    except re.error as error:
        raise _wrong(profile.name, f"cues.{key}.patterns", f"patterns that can be joined ({error})", patterns) from None


@cache
def _builtin(name: str) -> Profile:
    path = FOLDER / f"{name}.toml"
    return _build(name, path.name, _parse(path.read_text(encoding="utf-8"), path.name), root=name == DEFAULT)


@cache
def _heads() -> tuple[tuple[str, Fits], ...]:
    """Read name and fits of every built-in profile, without its numbers, cues and words."""
    texts = ((n, f"{n}.toml", (FOLDER / f"{n}.toml").read_text(encoding="utf-8")) for n in names())
    return tuple((name, _fits(_parse(_BULK.split(text, 1)[0], file), file)) for name, file, text in texts)


def _build(name: str, file: str, data: dict[str, object], *, root: bool = False) -> Profile:
    """Check a parsed file and lay it over its parent; only the ``root`` has none."""
    _table(data, file, "", "title", "extends", "lang", "fits", "numbers", "cues", "words")
    if (extends := data.get("extends", DEFAULT)) not in names():
        raise _wrong(file, "extends", f"a built-in profile ({', '.join(names())})", extends)
    parent = None if root else _builtin(str(extends))
    given = parent.entries if parent else ()
    known = {e.key for e in given}
    entries = (*given, *_entries(data, file))
    numbers = {e.key.removeprefix("numbers."): e.value for e in entries if isinstance(e.value, float)}
    texts: dict[str, dict[str, tuple[str, ...]]] = {"cues": {}, "words": {}}
    for entry in entries:
        if parent and entry.key not in known:
            raise _unknown(file, entry.key, known)
        if isinstance(entry.value, tuple):
            kind, _, key = entry.key.partition(".")
            texts[kind][key] = (*texts[kind].get(key, ()), *entry.value)
    lists = {key: frozenset(words) for key, words in texts["words"].items()}
    title = _text(data.get("title"), file, "title")
    lang = _text(data.get("lang", parent.lang if parent else ""), file, "lang", least=0)
    maps = MappingProxyType(numbers), MappingProxyType(texts["cues"]), MappingProxyType(lists)
    return Profile(name, title, parent.name if parent else "", lang, *maps, _fits(data, file), entries)


def _entries(data: dict[str, object], file: str) -> Iterable[Entry]:
    """Give every number, cue and word list of a parsed file, checked."""
    for group, inner in _table(data.get("numbers", {}), file, "numbers").items():
        for name, table in _table(inner, file, f"numbers.{group}").items():
            yield _entry(table, file, f"numbers.{group}.{name}", "value")
    for kind, field in (("cues", "patterns"), ("words", "list")):
        for name, table in _table(data.get(kind, {}), file, kind).items():
            yield _entry(table, file, f"{kind}.{name}", field)


def _entry(table: object, file: str, key: str, field: str) -> Entry:
    """Check one entry: its value in ``field``, and the reason and sample that it may not come without."""
    if not _KEY.fullmatch(key):
        raise _wrong(file, key, "a name of small letters, digits, _ and -", key)
    found = _table(table, file, key, field, "reason", "sample")
    value = (_number if field == "value" else _texts)(found.get(field), file, f"{key}.{field}")
    return Entry(key, value, *_why(found, file, key), file)


def _why(table: dict[str, object], file: str, key: str) -> tuple[str, str]:
    return _text(table.get("reason"), file, f"{key}.reason"), _text(table.get("sample"), file, f"{key}.sample")


def _fits(data: dict[str, object], file: str) -> Fits:
    """Check the table ``fits``; without it a profile fits no page."""
    if "fits" not in data:
        return Fits()
    table = _table(data["fits"], file, "fits", "strings", "patterns", "least", "reason", "sample")
    _why(table, file, "fits")
    strings, patterns = (_texts(table.get(k), file, f"fits.{k}") for k in ("strings", "patterns"))
    return Fits(strings, patterns, _number(table.get("least"), file, "fits.least"))


def _parse(text: str, file: str) -> dict[str, object]:
    try:
        return parsed(text)
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(f"{file}: not TOML: {error}", "mend the file there") from None


def _table(value: object, file: str, key: str, *known: str) -> dict[str, object]:
    """Take ``value`` as a table; with ``known``, one that holds no other keys."""
    if not isinstance(value, dict):
        raise _wrong(file, key, "a table", value)
    dotted = f"{key}." if key else ""
    for name in value:
        if known and name not in known:
            raise _unknown(file, f"{dotted}{name}", (f"{dotted}{k}" for k in known))
    return value


def _text(value: object, file: str, key: str, least: int = 1) -> str:
    if not isinstance(value, str) or len(value.strip()) < least:
        raise _wrong(file, key, "a text that is not empty", value)
    return value


def _texts(value: object, file: str, key: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(v, str) and v for v in value):
        raise _wrong(file, key, "a list of texts that are not empty", value)
    return tuple(value)


def _number(value: object, file: str, key: str) -> float:
    # TOML knows true and inf; a threshold of either is a slip of the pen.
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise _wrong(file, key, "a finite number", value)
    return float(value)


def _wrong(file: str, key: str, expected: str, value: object) -> ProfileError:
    found = "it is missing" if value is None else f"found {value!r}"
    return ProfileError(f"{file}: {key}: expected {expected}, {found}", "mend that key of the profile")


def _unknown(file: str, key: str, known: Iterable[str]) -> ProfileError:
    """Complain about a key that nobody asks for, and name the nearest that somebody does."""
    from difflib import get_close_matches

    listed = sorted(known)
    near = get_close_matches(key, listed, n=3) or listed[:8]
    return ProfileError(f"{file}: no such key: {key}", f"known are {', '.join(near)}" if near else "there are none")
