"""A list of Chinese words, for line ends that part one; read only for a page whose order is in doubt."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from relayout.model import Line

LONGEST = 4
COMMON = 20  # how often the list says that it has seen the word


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
    """Return the words of two to four characters, in both scripts, if Chinese is what ``lines`` are written in."""
    return _chinese() if any("\u4e00" <= c <= "\u9fff" for line in lines for c in line.text) else frozenset()


@cache
def _chinese() -> frozenset[str]:
    """Read the dictionary that jieba brings; without it, no word is known."""
    spec = find_spec("jieba")
    places = spec.submodule_search_locations if spec else None
    if not places:
        return frozenset()
    found: set[str] = set()
    with (Path(places[0]) / "dict.txt").open(encoding="utf-8") as rows:
        for row in rows:
            word, _, rest = row.partition(" ")
            if 2 <= len(word) <= LONGEST and int(rest.partition(" ")[0]) >= COMMON:
                found.add(word)
    return frozenset(found)
