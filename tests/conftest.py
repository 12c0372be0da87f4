"""What the tests of the command share: a runner in an empty folder, and the sample page in it."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from relayout import cli

SAMPLE = Path(__file__).resolve().parents[1] / "samples" / "takungpao-2025-07-16" / "input.txt"
# The same examples each time, so that a red run is one's own doing; RELAYOUT_SEARCH=1 looks for new ones.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("search", deadline=None)
settings.load_profile("search" if os.environ.get("RELAYOUT_SEARCH") else "same")
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in an empty folder; give its exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")

    def once(*words: str | Path, stdin: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = cli.run([str(word) for word in words])
        return code, *capsys.readouterr()

    return once


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_bytes(SAMPLE.read_bytes())
    return path
