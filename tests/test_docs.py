"""The documents name what the code has: every command, option, exit code, error message, stage and dependency."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from relayout import cli, errors
from relayout.commands import NAMES, command
from relayout.version import __version__

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
CLASSES = {
    name: value
    for name, value in vars(errors).items()
    if isinstance(value, type) and issubclass(value, errors.RelayoutError) and value is not errors.RelayoutError
}


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def commands() -> dict[str, click.Command]:
    return {name: found for name in NAMES if (found := command(name))}


def section(text: str, heading: str) -> str:
    """Cut out what stands under the heading that begins so, down to the next of its kind."""
    start = re.search(rf"^## {re.escape(heading)}.*$", text, re.MULTILINE)
    assert start, f"no section {heading!r}"
    return re.split(r"^## ", text[start.end() :], maxsplit=1, flags=re.MULTILINE)[0]


@pytest.mark.parametrize("name", ["fix", "view", "validate", "explain", "profiles"])
def test_commands_md_names_every_option(name: str) -> None:
    part = section(read("docs/commands.md"), f"relayout {name}")
    for parameter in commands()[name].params:
        if isinstance(parameter, click.Option):
            for flag in parameter.opts:
                assert f"`{flag}" in part, flag
    assert f"relayout {name}" in re.sub(r"(?s).*```sh", "", part), "an example"


def test_commands_md_names_every_command_and_no_other() -> None:
    named = set(re.findall(r"^## relayout (\w+)", read("docs/commands.md"), re.MULTILINE))
    assert named == set(commands())
    for flag in ("--version", "--help", "--debug"):
        assert f"relayout {flag}" in read("docs/commands.md")


def test_readme_names_every_command() -> None:
    for name in commands():
        assert f"relayout {name}" in read("README.md")


@pytest.mark.parametrize("name", ["fix", "view", "validate", "explain", "profiles"])
def test_every_help_has_an_example(name: str) -> None:
    assert f"relayout {name}" in (commands()[name].epilog or "")


def test_errors_md_has_every_exit_code() -> None:
    table = section(read("docs/errors.md"), "Exit codes")
    codes = {0, 1, cli.DEFECT, cli.INTERRUPTED, cli.CLOSED_PIPE, *(c.exit_code for c in CLASSES.values())}
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)} == codes
    for name, value in CLASSES.items():
        assert re.search(rf"^\| {value.exit_code} \| `{name}`", table, re.MULTILINE), name
    for code in codes:
        assert re.search(rf"\b{code}\b", cli.CODES), code


def messages() -> Iterator[tuple[str, str, str]]:
    """Every error that the source makes: where, class, and a pattern of what it says.

    A message is a literal at the place where the error is made; what varies in it matches anything.
    """
    for path in sorted((ROOT / "src" / "relayout").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CLASSES:
                yield f"{path.name}:{node.lineno}", node.func.id, pattern(node.args[0] if node.args else None)


def pattern(what: ast.expr | None) -> str:
    if isinstance(what, ast.Constant):
        return re.escape(str(what.value))
    if isinstance(what, ast.JoinedStr):
        return "".join(pattern(v) if isinstance(v, ast.Constant) else ".+?" for v in what.values)
    if isinstance(what, ast.IfExp):
        return f"(?:{pattern(what.body)}|{pattern(what.orelse)})"
    if isinstance(what, ast.BinOp):
        return pattern(what.left) + pattern(what.right)
    return ""


@pytest.mark.parametrize(("where", "name", "said"), [pytest.param(*m, id=m[0]) for m in messages()])
def test_errors_md_explains_every_message(where: str, name: str, said: str) -> None:
    assert re.search(r"\w{2}", said.replace(".+?", "")), f"{where}: write the message where the error is made"
    part = section(read("docs/errors.md"), f"{CLASSES[name].exit_code}: ")
    rows = re.findall(r"^\| `([^`]+)` \| *(\S.*?) *\|$", part, re.MULTILINE)
    assert any(re.fullmatch(said, row) and advice for row, advice in rows), f"{where}: no row for {said}"


def test_errors_md_explains_no_message_that_is_not_there() -> None:
    known = [(CLASSES[name].exit_code, said) for _, name, said in messages()]
    for code in {value.exit_code for value in CLASSES.values()}:
        part = section(read("docs/errors.md"), f"{code}: ")
        for row in re.findall(r"^\| `([^`]+)` \|", part, re.MULTILINE):
            assert any(code == other and re.fullmatch(said, row) for other, said in known), row


def test_the_messages_are_found() -> None:
    found = {name for _, name, _ in messages()}
    assert found == set(CLASSES)


def stages() -> list[str]:
    return sorted(p.stem for p in (ROOT / "src/relayout/stages").glob("*.py") if not p.stem.startswith("_"))


@pytest.mark.parametrize("name", stages())
def test_stages_md_has_a_section_for_every_stage(name: str) -> None:
    assert re.search(rf"^## .*\b{name}\b", read("docs/stages.md"), re.MULTILINE)


@pytest.mark.parametrize("name", stages())
def test_architecture_md_names_every_stage(name: str) -> None:
    assert re.search(rf"\b{name}\b", read("docs/architecture.md"))


def test_architecture_md_says_why_every_dependency_is_there() -> None:
    text = read("docs/architecture.md")
    for wanted in tomllib.loads(read("pyproject.toml"))["project"]["dependencies"]:
        name = re.split(r"[<>=~! \[;]", wanted)[0]
        assert re.search(rf"`{re.escape(name)}`.*\w+ \w+", text), name


def test_the_changelog_has_this_version() -> None:
    assert f"## [{__version__}]" in read("CHANGELOG.md")


def test_the_makefile_has_the_commands_of_the_readme() -> None:
    targets = set(re.findall(r"^([\w-]+):", read("Makefile"), re.MULTILINE))
    named = set(re.findall(r"^make (\w+)", read("README.md"), re.MULTILINE))
    assert {"demo", "test"} <= named
    assert named <= targets
    assert {"check", "bench", "clean"} <= targets


def test_ci_runs_make_test_and_nothing_else_but_what_debian_must_give() -> None:
    lines = [line for line in read(".ci/run").splitlines() if line and not line.startswith("#")]
    assert lines[0] == "set -euo pipefail"
    assert lines[1].startswith("cd ")
    assert lines[-2:] == ["export RELAYOUT_REQUIRE=chromium,poppler,tesseract,typst,weasyprint", "make test"]
    assert all(
        re.match(r"packages=|if ! dpkg|  apt-get|  DEBIAN_FRONTEND=noninteractive apt-get|fi$", x) for x in lines[2:-2]
    )


def blocks(text: str) -> list[str]:
    return re.findall(r"^```text\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def test_the_readme_opens_with_four_lines_before_and_after_from_the_sample() -> None:
    before, after = (block.splitlines() for block in blocks(read("README.md"))[:2])
    assert len(before) == len(after) == 4
    source = read("samples/takungpao-2025-07-16/input.txt").splitlines()
    assert before == [source[n - 1].strip() for n in (326, 329, 330, 338)]
    gold = json.loads(read("samples/takungpao-2025-07-16/gold.json"))
    texts = [part["text"] for unit in gold["units"] for part in unit["parts"]]
    assert set(after) <= set(texts)


def test_the_pictures_are_there_and_named_with_the_command_that_makes_them() -> None:
    made = {path.name: path.stat().st_size for path in (DOCS / "pictures").glob("*.png")}
    command = read("bench/pictures.py")
    for page in ("README.md", "docs/view.md"):
        shown = re.findall(r"!\[[^\]]+\]\((?:docs/)?pictures/([^)]+)\)", read(page))
        assert shown, page
        assert set(shown) <= set(made)
    for name, size in made.items():
        assert f'"{name}"' in command, name
        assert f"pictures/{name}" in read("docs/view.md"), name
        assert size < 300_000, name
    assert "python bench/pictures.py" in read("README.md")
    assert "docs: " in read("Makefile")


@pytest.mark.parametrize("page", ["README.md", *sorted(f"docs/{p.name}" for p in DOCS.glob("*.md"))])
def test_links_lead_somewhere(page: str) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", read(page)):
        assert ((ROOT / page).parent / target).exists(), target


def test_the_licence_is_whole() -> None:
    text = read("LICENSE")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text
