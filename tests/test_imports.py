"""Who may import whom: the table in docs/architecture.md, held against the code."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "relayout"
ROW = re.compile(r"^\| `(\w+)` \| [^|]+ \|([^|]*)\|([^|]*)\|$", re.MULTILINE)


def table() -> dict[str, tuple[frozenset[str], frozenset[str], frozenset[str]]]:
    """Return for each part what it may import: parts, packages at the top, packages inside a function."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    text = text.split("\n## Who may know whom", 1)[1].split("\n## ", 1)[0]
    rows = {}
    for part, parts, packages in ROW.findall(text):
        own = {part} if "itself" in parts else set()
        late = re.findall(r"\(`(\w+)`\)", packages)
        top = set(re.findall(r"`(\w+)`", packages)) - set(late)
        rows[part] = (frozenset(re.findall(r"`(\w+)`", parts)) | own, frozenset(top), frozenset(late))
    return rows


TABLE = table()


def part_of(path: Path) -> str:
    inside = path.relative_to(SOURCE).parts
    return inside[0] if len(inside) > 1 else path.stem


def imported(text: str) -> Iterator[tuple[int, str, bool]]:
    """Give every import: line, dotted name, and whether it stands at the top of the file."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        top = node in tree.body
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name, top) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"line {node.lineno}: write the whole name"
            whole = node.module or ""
            names = [f"{whole}.{alias.name}" for alias in node.names] if whole == "relayout" else [whole]
            yield from ((node.lineno, name, top) for name in names)


def wrongs(part: str, text: str) -> list[str]:
    parts, packages, late = TABLE[part]
    found = []
    for line, name, top in imported(text):
        first, _, rest = name.partition(".")
        if first == "relayout":
            allowed = rest.partition(".")[0] in parts and top
        else:
            allowed = first in sys.stdlib_module_names or first in packages or (first in late and not top)
        if not allowed:
            found.append(f"line {line}: {name}" + ("" if top else " inside a function"))
    return found


MODULES = sorted(SOURCE.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_a_part_knows_only_what_its_row_names(path: Path) -> None:
    assert wrongs(part_of(path), path.read_text(encoding="utf-8")) == []


def test_the_table_names_every_part_and_no_other() -> None:
    assert set(TABLE) == {part_of(path) for path in MODULES}


def test_the_table_runs_downhill() -> None:
    order = list(TABLE)
    for n, (part, (parts, _, _)) in enumerate(TABLE.items()):
        assert parts <= set(order[: n + 1]), f"{part} may import only what stands above it"


def test_no_stage_knows_another() -> None:
    for path in (SOURCE / "stages").glob("*.py"):
        assert not [n for _, n, _ in imported(path.read_text(encoding="utf-8")) if n.startswith("relayout.stages")]


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("model", "from relayout.layout import Block"),
        ("stages", "from relayout import api"),
        ("stages", "import relayout.writers.tei"),
        ("stages", "from relayout.stages.mend import mend"),
        ("stages", "import lxml.etree"),
        ("stages", "def f():\n    from relayout.model import Line"),
        ("report", "from rich.table import Table"),
        ("readers", "from relayout.pipeline import run"),
        ("writers", "from relayout.readers import plain"),
    ],
)
def test_a_wrong_import_is_found(part: str, text: str) -> None:
    assert len(wrongs(part, text)) == 1
