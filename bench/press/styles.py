"""The styles: one TOML file each, with measures, fonts and the small words of a newspaper."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bench.press.model import PressError

FOLDER = Path(__file__).parent / "styles"


@dataclass(frozen=True, slots=True)
class Style:
    """What is the same on all pages of a style; ranges are chosen from by the page's seed."""

    name: str
    lang: str
    texts: str
    vertical: bool
    pages: tuple[tuple[int, int], ...]
    columns: tuple[int, ...]
    gutter: tuple[float, float]
    size: tuple[float, float]
    leading: tuple[float, float]
    body: tuple[str, ...]
    bold: tuple[str, ...]
    indent: float
    ragged: float
    hyphens: str
    digits: tuple[str, ...]
    words: dict[str, list[str]]
    adverts: tuple[tuple[str, ...], ...]
    notices: tuple[tuple[str, tuple[str, ...], tuple[str, ...], tuple[int, int]], ...]
    """Small tables: head, columns, names of the rows, range of the numbers."""
    date: str
    folio: str

    @property
    def asian(self) -> bool:
        """Whether lines are set without spaces between words."""
        return self.lang[:2] in ("zh", "ja")


def names() -> list[str]:
    """Return the names of all styles."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


@cache
def style(name: str) -> Style:
    """Read a style. Raises PressError if there is none of that name."""
    path = FOLDER / f"{name}.toml"
    if not path.exists():
        raise PressError(f"no style {name}; there are {', '.join(names())}")
    row = tomllib.loads(path.read_text(encoding="utf-8"))
    words = row.pop("words")
    adverts = tuple(tuple(lines) for lines in words.pop("adverts"))
    notices = tuple(
        (item["head"], tuple(item["columns"]), tuple(item["names"]), tuple(item["range"]))
        for item in row.pop("notices")
    )
    date, folio = words.pop("date"), words.pop("folio")
    fixed: dict[str, Any] = {
        key: tuple(map(tuple, value)) if key == "pages" else tuple(value) if isinstance(value, list) else value
        for key, value in row.items()
    }
    return Style(name=name, words=words, adverts=adverts, notices=notices, date=date, folio=folio, **fixed)
