"""Whatever is wrong with the input or the output: one line, the documented exit code, nothing written."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from relayout import api
from relayout.model import Issue
from relayout.writers import WRITERS, tei

SAMPLE = Path(__file__).resolve().parents[1] / "samples" / "takungpao-2025-07-16" / "input.txt"
Run = Callable[..., tuple[int, str, str]]


def names(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*"))


def refused(result: tuple[int, str, str], code: int, what: str) -> None:
    got, out, err = result
    assert err.count("\n") == 1, err
    assert err.startswith("relayout: ")
    assert re.search(what, err), err
    assert (got, out) == (code, "")


BAD = {
    "empty": (b"", "empty"),
    "only blank": ("\n \n　\n".encode(), "text"),
    "binary": (bytes(range(256)) * 20, "."),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(200), "picture"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "PDF"),
    "undecodable": ("中央城市".encode() + b"\xff\xfe\xfd\x81\xff" * 9, "."),
}


@pytest.mark.parametrize("data", BAD)
def test_bad_bytes(run: Run, tmp_path: Path, data: str) -> None:
    content, what = BAD[data]
    (tmp_path / "bad.txt").write_bytes(content)
    refused(run("fix", "bad.txt"), 3, what)
    assert names(tmp_path) == ["bad.txt"]
    refused(run("explain", "bad.txt"), 3, what)


def test_a_missing_file_and_a_folder(run: Run, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    refused(run("fix", "none.txt"), 3, "none.txt: no such file; check the path")
    refused(run("fix", "folder"), 3, "folder: holds no pages")
    refused(run("fix", ""), 3, "is a directory")
    refused(run("validate", "folder"), 3, "folder: is a directory")
    refused(run("fix", "folder/none/x"), 3, "no such file")
    refused(run("explain", "none.txt"), 3, "no such file")
    refused(run("validate", "none.xml"), 3, "no such file")
    assert names(tmp_path) == ["folder"]


def test_a_file_that_cannot_be_read(run: Run, page: Path) -> None:
    refused(run("fix", page / "deeper"), 3, "cannot be read .Not a directory")


def test_a_name_of_two_lines_still_gives_one(run: Run) -> None:
    refused(run("fix", "no\nsuch.txt"), 3, "no such.txt: no such file")


def test_a_name_that_is_not_utf8(run: Run, page: Path, tmp_path: Path) -> None:
    name = os.fsdecode(b"p\xe9ge.txt")
    page.rename(tmp_path / name)
    code, _, err = run("fix", name, "-o", "out")
    assert (code, err) == (0, "")
    assert any(name.endswith(".tei.xml") for name in names(tmp_path / "out"))


def test_bytes_that_are_not_what_the_user_says(run: Run, page: Path, tmp_path: Path) -> None:
    refused(run("fix", page, "--encoding", "ascii"), 3, "ascii")
    refused(run("fix", page, "--encoding", "klingon"), 2, "klingon")
    assert names(tmp_path) == ["page.txt"]


def test_an_unknown_profile_and_format(run: Run, page: Path, tmp_path: Path) -> None:
    refused(run("fix", page, "--profile", "nobody"), 4, "nobody.*default")
    refused(run("profiles", "nobody"), 4, "nobody")
    refused(
        run("fix", page, "--to", "docx"), 2, "unknown format 'docx'; give one or more of tei,txt,json,page,alto,mets"
    )
    refused(run("fix", page, "-o", "-", "--to", "tei,txt"), 2, "one format")
    assert names(tmp_path) == ["page.txt"]


def test_a_profile_that_is_wrong(run: Run, page: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("title = 3\n")
    refused(run("fix", page, "--profile", "mine.toml"), 4, r"mine\.toml: ")
    assert names(tmp_path) == ["mine.toml", "page.txt"]


def test_wrong_words(run: Run) -> None:
    refused(run("mend"), 2, r"No such command 'mend'; type 'relayout --help'")
    refused(run("fix"), 2, r"Missing argument 'INPUT'; type 'relayout fix --help'")
    refused(run("fix", "--fast", "x"), 2, "--fast")
    refused(run("--fast"), 2, "--fast.*; type 'relayout --help'")
    refused(run("explain", "x", "--line", "0"), 2, "0")
    refused(run("explain", "x", "--line", "ten"), 2, "ten")
    refused(run("validate"), 2, "Missing argument")


def test_a_line_of_200_mb(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    with path.open("wb") as file:
        for _ in range(200):
            file.write(b"x" * 1_000_000)
    refused(run("fix", path), 3, "line")
    assert names(tmp_path) == ["long.txt"]


def test_output_that_is_not_ours(run: Run, page: Path, tmp_path: Path) -> None:
    (tmp_path / "page.relayout").mkdir()
    refused(run("fix", page), 5, "was not made by relayout.*--force")
    assert names(tmp_path) == ["page.relayout", "page.txt"]
    assert run("fix", page, "--force")[0] == 0


def test_output_that_cannot_be_written(run: Run, page: Path, tmp_path: Path) -> None:
    refused(run("fix", page, "-o", "no/such/place"), 5, "no folder")
    refused(run("fix", page, "-o", page), 5, "is not a folder")
    refused(run("fix", page, "-o", page / "x", "--force"), 5, ".")
    assert names(tmp_path) == ["page.txt"]
    assert page.read_bytes() == SAMPLE.read_bytes()


def test_output_over_the_input(run: Run, page: Path, tmp_path: Path) -> None:
    refused(run("fix", page, "-o", tmp_path, "--force"), 5, "is the input itself")
    assert names(tmp_path) == ["page.txt"]
    assert page.read_bytes() == SAMPLE.read_bytes()


def short(issue: Issue) -> dict[str, bytes]:
    return {name: data.replace("宜居".encode(), "宜".encode(), 1) for name, data in tei.files(issue).items()}


def test_a_result_that_loses_a_character_is_not_written(
    run: Run, page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(WRITERS, "tei", WRITERS["tei"]._replace(render=short))
    refused(run("fix", page), 6, "fails its own check: .*nothing was written")
    assert names(tmp_path) == ["page.txt"]


def test_a_result_that_is_not_valid_is_not_written(
    run: Run, page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = WRITERS["tei"]._replace(render=lambda _: {"page.tei.xml": b"<TEI/>"})
    monkeypatch.setitem(WRITERS, "tei", writer)
    refused(run("fix", page), 6, "fails its own check: .*nothing was written")
    assert names(tmp_path) == ["page.txt"]


def test_a_defect_is_one_line_and_a_traceback_on_request(run: Run, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a\nb")

    monkeypatch.setattr(api, "fix", broken)
    refused(run("fix", page), 70, "ZeroDivisionError: a b; this is a defect of relayout")
    with pytest.raises(ZeroDivisionError):
        run("--debug", "fix", page)


@pytest.mark.parametrize(
    ("error", "code", "lines"),
    [(KeyboardInterrupt(), 130, 0), (MemoryError(), 3, 1), (OSError(28, "No space left on device"), 5, 1)],
)
def test_what_ends_a_run_from_outside(
    run: Run, page: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, lines: int
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(api, "fix", broken)
    got, out, err = run("fix", page)
    assert (got, out, err.count("\n")) == (code, "", lines)


@pytest.mark.skipif(os.name == "nt", reason="the shell closes the streams")
@pytest.mark.parametrize(("words", "code"), [("profiles >&-", 0), ("fix - <&-", 3), ("fix none.txt 2>&-", 3)])
def test_closed_streams(tmp_path: Path, words: str, code: int) -> None:
    done = subprocess.run(
        ["sh", "-c", f'"$0" -m relayout {words}', sys.executable], cwd=tmp_path, capture_output=True, check=False
    )
    assert done.returncode == code
    assert b"Traceback" not in done.stderr
    assert not names(tmp_path)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no file without an end")
def test_a_file_without_an_end(run: Run) -> None:
    refused(run("fix", "/dev/zero"), 3, "larger than 256 MiB")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_report_that_cannot_be_written(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "relayout", "profiles"]
        done = subprocess.run(command, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 5
    assert done.stderr.startswith(b"relayout: cannot write the report: No space left on device")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("text", ["much", "nan", "1e999", "-1", "1.5", "50%"])
def test_unclear_is_a_number_from_0_to_1(run: Run, tmp_path: Path, text: str) -> None:
    (tmp_path / "page.txt").write_text("會議開幕。\n", encoding="utf-8")
    refused(run("fix", "page.txt", f"--unclear={text}"), 2, re.escape(f"--unclear: {text!r} is no number from 0 to 1"))
    assert names(tmp_path) == ["page.txt"]
