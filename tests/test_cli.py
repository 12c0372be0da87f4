"""The command as people use it: what it writes and prints, and one line for everything that goes wrong."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from relayout.commands import sources
from relayout.version import __version__

SAMPLE = Path(__file__).resolve().parents[1] / "samples" / "takungpao-2025-07-16" / "input.txt"
Run = Callable[..., tuple[int, str, str]]


def names(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*"))


def process(*words: str, cwd: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "relayout", *words]
    return subprocess.run(command, cwd=cwd, capture_output=True, input=stdin, check=False)


# What fix does


def test_fix_writes_a_folder_and_prints_a_table(run: Run, page: Path, tmp_path: Path) -> None:
    code, out, err = run("fix", page)
    assert (code, err) == (0, "")
    made = names(tmp_path / "page.relayout")
    assert {".relayout.json", "page.tei.xml", "page.txt", "page-a1.txt", "metadata.tsv"} <= set(made)
    assert names(tmp_path) == sorted(["page.txt", "page.relayout", *(f"page.relayout/{name}" for name in made)])
    head = out.splitlines()[0].split()
    assert head == ["id", "kind", "headline", "paragraphs", "characters", "certainty"]
    assert re.search(r"^a1 +article +部署七大任務 建設宜居智慧城市 +\d+ +\d+ +[01]\.\d\d$", out, re.MULTILINE)
    assert "characters lost: 0\n" in out
    assert re.search(r"^lines in: 2\d\d$", out, re.MULTILINE)
    assert re.search(r"^profile: takungpao \(.+\)$", out, re.MULTILINE)
    assert re.search(r"^written: page\.relayout/ \(\d+ files\)$", out, re.MULTILINE)
    assert "\x1b" not in out


def test_fix_twice_writes_the_same(run: Run, page: Path, tmp_path: Path) -> None:
    run("fix", page)
    first = {name: (tmp_path / name).read_bytes() for name in names(tmp_path) if (tmp_path / name).is_file()}
    assert run("fix", page)[0] == 0
    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path) if (tmp_path / name).is_file()} == first


def test_fix_with_another_folder_formats_and_quiet(run: Run, page: Path, tmp_path: Path) -> None:
    assert run("fix", page, "-o", "out", "--to", "json, TEI", "--quiet") == (0, "", "")
    assert names(tmp_path / "out") == [".relayout.json", "page.json", "page.tei.xml"]
    assert json.loads((tmp_path / "out" / "page.json").read_bytes())
    marker = json.loads((tmp_path / "out" / ".relayout.json").read_bytes())
    assert (marker["relayout"], marker["source"]) == (__version__, "page.txt")


def test_fix_simplified_adds_files(run: Run, page: Path, tmp_path: Path) -> None:
    code, _, err = run("fix", page, "--simplified")
    assert (code, err) == (0, "")
    assert "中央城市工作会议" in (tmp_path / "page.relayout" / "page.hk2s.txt").read_text(encoding="utf-8")
    assert "中央城市工作會議" in (tmp_path / "page.relayout" / "page.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "start"), [((), "<?xml"), (("--to", "txt"), "部署七大任務"), (("--to", "json"), "{")]
)
def test_fix_to_stdout(run: Run, page: Path, tmp_path: Path, words: tuple[str, ...], start: str) -> None:
    code, out, err = run("fix", page, "-o", "-", *words)
    assert code == 0
    assert out.startswith(start)
    assert "characters lost: 0" in err
    assert names(tmp_path) == ["page.txt"]


def test_fix_from_stdin(run: Run, tmp_path: Path) -> None:
    code, out, err = run("fix", "-", stdin=SAMPLE.read_bytes())
    assert (code, err) == (0, "")
    assert "stdin.relayout/" in out
    assert (tmp_path / "stdin.relayout" / "stdin.tei.xml").exists()


def test_fix_tells_profile_and_encoding(run: Run, page: Path) -> None:
    page.write_bytes(page.read_bytes().decode().encode("big5hkscs", "ignore"))
    code, out, _ = run("fix", page, "--profile", "default", "--encoding", "big5hkscs")
    assert code == 0
    assert re.search(r"^profile: default\b", out, re.MULTILINE)
    assert re.search(r"^encoding: big5.?hkscs$", out, re.MULTILINE)


def test_fix_draws_the_table_on_a_terminal(run: Run, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    code, out, _ = run("fix", page)
    assert code == 0
    assert "部署七大任務 建設宜居智慧城市" in out
    assert "characters lost: 0" in out


def test_a_terminal_is_told_that_a_long_run_goes_on(run: Run, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "LONG", 10)
    assert run("fix", page)[2] == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert run("fix", page)[0] == 0


# Honest results for odd pages


@pytest.mark.parametrize(
    "text",
    [
        "一行。\n",
        "部署七大任務 建設宜居智慧城市\n中國利用外資政策不會變\n打造韌性城市 管住任性權力\n",
        "The council met on Tues-\nday evening and talked\nabout the new bridge.\n",
        "中央城市工作會議七月十四日至十五日在北京舉行。\n會議結束。\n\n港股昨日高開低走，恒生指數收市跌二百點。\n成交額減少。\n",
        "\n\n　　　\n字",
    ],
    ids=["one line", "only headlines", "Latin", "two articles without a headline", "one character"],
)
def test_an_odd_page_gives_an_honest_result(run: Run, tmp_path: Path, text: str) -> None:
    (tmp_path / "odd.txt").write_text(text, encoding="utf-8")
    code, out, err = run("fix", "odd.txt")
    assert (code, err) == (0, "")
    assert "characters lost: 0\n" in out
    written = (tmp_path / "odd.relayout" / "odd.txt").read_text(encoding="utf-8")
    ink = sorted("".join(text.replace("-\n", "").split()))
    assert sorted("".join(written.replace("-", "").split())) == [c for c in ink if c != "-"]


# The other commands


def test_validate_finds_nothing_in_what_fix_wrote(run: Run, page: Path) -> None:
    run("fix", page, "--simplified")
    assert run("validate", "page.relayout/page.tei.xml", "--source", page) == (0, "", "")
    assert run("validate", "page.relayout/page.tei.xml", "page.relayout/page.hk2s.tei.xml") == (0, "", "")


def test_validate_prints_one_line_a_finding(run: Run, page: Path, tmp_path: Path) -> None:
    run("fix", page)
    path = tmp_path / "page.relayout" / "page.tei.xml"
    path.write_text(path.read_text(encoding="utf-8").replace("宜居", "宜", 1), encoding="utf-8")
    code, out, err = run("validate", path, "--source", page)
    assert (code, err) == (1, "")
    assert out
    assert all(re.match(rf"{re.escape(str(path))}:\d+: .+; .+$", line) for line in out.splitlines())
    (tmp_path / "bad.xml").write_text("<TEI>")
    code, out, err = run("validate", "bad.xml")
    assert (code, err) == (1, "")
    assert out.startswith("bad.xml:1: ")


def test_explain_shows_every_line_once_and_why(run: Run, page: Path) -> None:
    code, out, err = run("explain", page)
    assert (code, err) == (0, "")
    shown = [line.split()[0] for line in out.splitlines()]
    text = {str(n) for n, line in enumerate(SAMPLE.read_text(encoding="utf-8").splitlines(), 1) if line.strip()}
    assert {number.partition("[")[0] for number in shown} == text
    assert len(shown) == len(set(shown))
    assert shown.count("338[0:13]") + shown.count("338[0:14]") == 1
    assert re.search(r"^ *17 +a1 +p +tight +[01]\.\d\d +勢下我國城市.* <- .*×.*=", out, re.MULTILINE)


def test_explain_shows_all_about_one_line(run: Run, page: Path) -> None:
    code, out, err = run("explain", page, "--line", "17")
    assert (code, err) == (0, "")
    assert out.startswith("17  a1 ")
    assert re.search(r"^  decision of \w+ at 17, certainty [01]\.\d\d: ", out, re.MULTILINE)
    assert re.search(r" × .* = ", out)
    code, out, err = run("explain", page, "--line", "1")
    assert (code, out) == (2, "")
    assert err == "relayout: line 1 is blank, or page.txt has no such line; its text runs from line 2 to 338\n"


def test_profiles_lists_and_shows(run: Run, tmp_path: Path) -> None:
    code, out, err = run("profiles")
    assert (code, err) == (0, "")
    assert [line.split()[0] for line in out.splitlines()] == ["default", "japan", "jingbao", "taiwan", "takungpao"]
    code, out, err = run("profiles", "takungpao")
    assert (code, err) == (0, "")
    for word in ("  why: ", "  seen: ", "  file: takungpao.toml", "  file: default.toml"):
        assert word in out
    (tmp_path / "mine.toml").write_text('title = "Mine"\n')
    assert "mine: Mine" in run("profiles", "mine.toml")[1]


def test_version_and_help(run: Run) -> None:
    assert run("--version") == (0, f"relayout {__version__}\n", "")
    assert run() == run("--help")
    for words in ([], ["fix"], ["validate"], ["explain"], ["profiles"]):
        code, out, err = run(*words, "--help")
        assert (code, err) == (0, "")
        assert "Example: relayout" in out
    assert "Exit codes: 0 done" in " ".join(run("--help")[1].split())


# The real process


def test_process_fix(tmp_path: Path) -> None:
    done = process("fix", str(SAMPLE), "-o", "out", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "characters lost: 0" in done.stdout.decode()


def test_process_bad_input_has_no_traceback(tmp_path: Path) -> None:
    done = process("fix", "none.txt", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (3, b"")
    assert done.stderr == b"relayout: none.txt: no such file; check the path\n"


@pytest.mark.skipif(os.name == "nt", reason="pipes that close are a Unix matter")
def test_process_that_nobody_reads(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "relayout", "explain", str(SAMPLE)]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 141


def test_process_with_an_ascii_terminal(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "relayout", "fix", str(SAMPLE)]
    env = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"characters lost: 0" in done.stdout


def test_process_never_overwrites_what_comes_through_stdin(tmp_path: Path) -> None:
    assert process("fix", "-", "-o", "out", cwd=tmp_path, stdin=SAMPLE.read_bytes()).returncode == 0
    with (tmp_path / "out" / "stdin.txt").open("rb") as file:
        command = [sys.executable, "-m", "relayout", "fix", "-", "-o", "out"]
        done = subprocess.run(command, cwd=tmp_path, stdin=file, capture_output=True, check=False)
    assert done.returncode == 5
    assert b"is the input itself" in done.stderr
