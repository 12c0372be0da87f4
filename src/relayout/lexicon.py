"""A list of Chinese words, for line ends that part one; read only where the page itself leaves it in doubt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

from relayout.model import Line

# A row is the word, how often it was seen, and what it is. Names and rare words, seen fewer than 20 times, would
# fit by chance.
COMMON = re.compile(r"^(\S{2,4}) (?:[2-9]\d|\d{3,}) ", re.MULTILINE)
COUNTED = re.compile(r"^(\S \d+|\S{2,4} (?:[2-9]\d|\d{3,})) ", re.MULTILINE)


@cache
def simplified() -> dict[int, str]:
    """Return the table for ``str.translate`` that makes Traditional characters Simplified ones, one by one."""
    spec = find_spec("opencc")
    places = spec.submodule_search_locations if spec else None
    path = Path(places[0]) / "dictionary" / "TSCharacters.txt" if places else None
    if path is None or not path.exists():
        return {}
    rows = (row.split() for row in path.read_text(encoding="utf-8").splitlines())
    return {ord(row[0]): row[1] for row in rows if len(row) > 1 and len(row[0]) == 1}


def words_of(lines: Iterable[Line]) -> frozenset[str]:
    """Return the words of two to four characters, in Simplified, if Han characters stand in ``lines``."""
    return _chinese() if any("\u4e00" <= c <= "\u9fff" for line in lines for c in line.text) else frozenset()


@cache
def counts_of_words() -> Mapping[str, int]:
    """Return how often each word was seen, and each character by itself, in Simplified; nothing without the list."""
    rows = (row.split(" ") for row in COUNTED.findall(_list()))
    return MappingProxyType({word: int(count) for word, count in rows})


@cache
def _chinese() -> frozenset[str]:
    """Read the words (60 ms); without the list, no word is known."""
    return frozenset(COMMON.findall(_list()))


def _list() -> str:
    """Return the list that jieba brings, without importing it."""
    spec = find_spec("jieba")
    places = spec.submodule_search_locations if spec else None
    path = Path(places[0]) / "dict.txt" if places else None
    return path.read_text(encoding="utf-8") if path is not None and path.exists() else ""
