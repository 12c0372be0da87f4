"""The issue of the samples as an archive has it: its articles come out, with the METS file and without."""

from __future__ import annotations

import importlib.util
import re
import shlex
import shutil
from pathlib import Path
from types import ModuleType

import pytest

import relayout
from conftest import Run
from relayout.model import Article, Issue
from relayout.roles import Kind, Role

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "samples" / "courrier-du-port-1901-11-21"


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("archive", ROOT / "bench" / "archive.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


archive = script()


def letters(texts: list[str]) -> str:
    return "".join(char for text in texts for char in text if char.isalnum())


def articles() -> list[tuple[bool, str]]:
    """Return the articles of the sample: whether each is an advertisement, and its letters, with what goes on."""
    found: list[tuple[bool, list[str]]] = []
    for column in archive.texts():
        for one in column:
            into = found[0] if one.goes_on else (one.advert, [])
            into[1].extend(text for _, text in one.parts)
            if not one.goes_on:
                found.append(into)
    return [(advert, letters(parts)) for advert, parts in found]


def said(issue: Issue) -> list[tuple[bool, str]]:
    def whole(article: Article) -> str:
        lines = [line for part in article.paragraphs for line in part.lines]
        return letters([line.text for line in sorted(lines, key=lambda line: (line.place.page, line.place.line))])

    return [(article.kind is Kind.ADVERTISEMENT, whole(article)) for article in issue.articles]


def test_the_files_are_those_of_the_script() -> None:
    for path, data in archive.everything().items():
        assert path.read_bytes() == data, f"{path}: python bench/archive.py writes it anew"


@pytest.mark.parametrize("structure", ["use", "trust"])
def test_articles_that_mets_tells_of(structure: str) -> None:
    issue = relayout.fix(SAMPLE / "mets.xml", structure=structure)
    assert (issue.title, issue.date) == ("Le Courrier du Port", "1901-11-21")
    told = [one for one in said(issue) if one in articles()]
    assert told == articles()


@pytest.mark.parametrize("structure", ["use", "ignore"])
def test_articles_without_mets(structure: str) -> None:
    issue = relayout.fix(SAMPLE / "alto", structure=structure)
    found = [text for _, text in said(issue)]
    assert found == [text for _, text in articles()]
    first = issue.articles[0]
    assert first.jumps == (2,)
    assert [part.text for part in first.parts if part.role is Role.JUMP] == [
        "(La suite à la 2e page.)",
        "L'HYGIÈNE DES QUAIS (suite)",
    ]
    assert any("fièvres de la Guyane" in part.text for part in first.parts), "the sentence goes over the page"


def test_the_name_of_the_paper_is_furniture() -> None:
    issue = relayout.fix(SAMPLE / "alto")
    assert [part.text for part in issue.furniture] == [archive.HEADS[0], archive.DAY, archive.HEADS[1]]


def test_a_page_that_is_missing_is_said(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE, tmp_path / "issue")
    (tmp_path / "issue" / "alto" / "0002.xml").unlink()
    issue = relayout.fix(tmp_path / "issue" / "mets.xml")
    assert [gap.page for gap in issue.articles[0].gaps] == ["2"]


def test_the_page_of_the_docs_can_be_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    text = (ROOT / "docs" / "archive.md").read_text(encoding="utf-8")
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    typed = [line for block in blocks for line in block.splitlines() if line.startswith("relayout ")]
    assert len(typed) >= 8
    for line in typed:
        code, out, err = run(*shlex.split(line)[1:])
        assert (code, err) == (0, ""), (line, out, err)
    table = (tmp_path / "courrier" / "metadata.tsv").read_text(encoding="utf-8").splitlines()
    assert len(table) == 12, "a head and 11 articles, as the page says"
