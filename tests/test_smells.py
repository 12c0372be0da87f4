"""The smells of a house that rots, each as a question that must find nothing."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).resolve().parents[1]
UPHILL = re.compile(
    r"^(from|import) +relayout\.(readers|writers|api|cli)|^from +relayout +import .*\b(readers|writers|api|cli)\b"
    r"|^ +from +relayout|TYPE_CHECKING"
)
LATE = re.compile(r"^ +(from|import) +relayout")
CONCRETE = re.compile(r"pdfplumber|lxml|hocr|\.box is|大公報|新華社", re.IGNORECASE)
FORBIDDEN = {"utils", "helpers", "common", "misc", "base", "manager"}


def listed(pattern: str) -> list[Path]:
    """Files that git knows or would add; what is ignored, like .venv, is not of the house."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("no git checkout, so the files of the project cannot be told from others")
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", pattern]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    return [ROOT / name for name in sorted(set(names)) if name and (ROOT / name).is_file()]


def hits(pattern: re.Pattern[str], *where: str) -> Iterator[str]:
    for path in (path for place in where for path in listed(place) if path.suffix == ".py"):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if pattern.search(line):
                yield f"{path.relative_to(ROOT)}:{number}: {line}"


def length(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_the_files_are_found() -> None:
    assert ROOT / "src/relayout/model.py" in listed("src")


def test_water_flows_downhill() -> None:
    found = list(hits(UPHILL, "src/relayout/model.py", "src/relayout/stages", "src/relayout/signals"))
    assert not found, "\n".join(found)


def test_no_part_of_the_house_is_imported_late() -> None:
    found = list(hits(LATE, "src"))
    assert not found, "\n".join(found)


def test_nothing_changes_under_your_hand() -> None:
    found = [hit for hit in hits(re.compile("@dataclass"), "src") if "frozen=True" not in hit]
    assert not found, "\n".join(found)


def test_knowledge_is_in_profiles_and_not_in_code() -> None:
    found = list(hits(CONCRETE, "src/relayout/stages"))
    assert not found, "\n".join(found)


def test_no_file_is_a_god() -> None:
    long = [f"{path.relative_to(ROOT)}: {length(path)}" for path in listed("src/*.py") if length(path) > 300]
    assert not long, "\n".join(long)


def test_a_stage_is_short() -> None:
    long = [f"{path.name}: {length(path)}" for path in listed("src/relayout/stages/*.py") if length(path) > 200]
    assert not long, "\n".join(long)


def test_most_files_are_short() -> None:
    assert median(length(path) for path in listed("src/*.py")) <= 120


def test_names_say_what_is_inside() -> None:
    bad = [str(path.relative_to(ROOT)) for path in listed("*.py") if FORBIDDEN & set(re.split(r"\W|_", path.stem))]
    assert not bad, "\n".join(bad)


def test_no_open_ends_across_a_module_border() -> None:
    everywhere = hits(re.compile(r"\*\*kwargs|dict\[str, Any\]"), "src")
    found = [hit for hit in everywhere if "/readers/" not in hit and "/recall.py" not in hit]  # recall reads JSON
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("smell", "line"),
    [
        (UPHILL, "from relayout.writers import tei"),
        (UPHILL, "from relayout import api"),
        (UPHILL, "    from relayout.model import Line"),
        (LATE, "    from relayout.model import Line"),
        (CONCRETE, "if line.box is None:"),
        (CONCRETE, 'AGENCY = "新華社"'),
    ],
)
def test_the_questions_can_find_something(smell: re.Pattern[str], line: str) -> None:
    assert smell.search(line)
