"""What is kept is what the code makes: the goldens of the samples, and the examples in the documents."""

from __future__ import annotations

import doctest
import importlib.util
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from lxml import etree

from issues_by_hand import TEI_ALL
from relayout import fix, pipeline, profile, readers
from relayout.errors import ProfileError
from relayout.profile import Profile
from relayout.readers.wishes import Wishes
from relayout.roles import Role
from relayout.validate import validate
from relayout.writers import WRITERS

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = {path.parent: path for name in ("input.txt", "mets.xml") for path in sorted(ROOT.glob(f"samples/*/{name}"))}
GOLDENS = ("expected.tei.xml", "expected.txt")


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("goldens", ROOT / "bench" / "goldens.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


goldens = script()


@cache
def made(sample: Path) -> dict[Path, bytes]:
    return goldens.made(SAMPLES[sample])


# --- samples


@pytest.mark.parametrize("name", GOLDENS)
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_golden(sample: Path, name: str) -> None:
    path = sample / name
    diff = "\n".join(goldens.differences(path, made(sample)[path]))
    assert path.read_bytes() == made(sample)[path], f"{diff}\nif this is meant: python bench/goldens.py"


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_golden_is_valid_and_holds_its_source(sample: Path) -> None:
    source = SAMPLES[sample]
    data = readers.read(source.read_bytes(), source.name, wishes=Wishes(folder=sample)).value
    found = validate((sample / GOLDENS[0]).read_bytes(), sample.name, data)
    assert not found, "\n".join(map(str, found))


@cache
def tei_all() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(TEI_ALL))


@pytest.mark.skipif(not TEI_ALL.exists(), reason=f"TEI's own schema is not at {TEI_ALL} (set RELAYOUT_DATA)")
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_golden_is_valid_tei(sample: Path) -> None:
    assert tei_all().validate(etree.parse(sample / GOLDENS[0])), tei_all().error_log


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_golden_is_text_for_a_diff(sample: Path) -> None:
    for name in GOLDENS:
        text = (sample / name).read_bytes().decode("utf-8")
        assert text.endswith("\n")
        assert "\r" not in text
        assert "\ufeff" not in text
        assert not re.search(r"[ \t]$", text, re.MULTILINE)


# --- the script


def test_check_finds_a_changed_golden(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    path = next(iter(SAMPLES)) / GOLDENS[1]
    monkeypatch.setattr(goldens, "everything", lambda: {path: path.read_bytes() + "多一行\n".encode()})
    assert goldens.main(["--check"]) == 1
    assert "+多一行" in capsys.readouterr().out
    monkeypatch.setattr(goldens, "everything", lambda: {path: path.read_bytes()})
    assert goldens.main(["--check"]) == 0
    assert goldens.main(["--chek"]) == 2


# --- docs/stages.md


STAGES_MD = (ROOT / "docs" / "stages.md").read_text(encoding="utf-8")
SECTIONS = dict(zip(*[iter(goldens.HEADING.split(STAGES_MD)[1:])] * 2, strict=True))


def test_the_sections_stand_in_the_order_of_the_pipeline() -> None:
    text = [name for name, _ in pipeline.TEXT]
    assert list(SECTIONS) == text + [name for name, _ in pipeline.PLACED if name not in text]


def test_the_examples_of_the_stages_are_true() -> None:
    new = goldens.exemplified(STAGES_MD).encode()
    assert new.decode() == STAGES_MD, "\n".join(goldens.differences(ROOT / "docs" / "stages.md", new))


@pytest.mark.parametrize("name", SECTIONS)
def test_a_stage_is_described_whole(name: str) -> None:
    blocks = SECTIONS[name].count("```text\n")
    assert len(goldens.BLOCK.findall(SECTIONS[name])) == blocks >= 1, "every block of an example is made by the script"
    for word in ("**Declines**", "**Profile:**", "**Notes:**", f"`tests/cases/{name}.toml`"):
        assert word in SECTIONS[name]


@pytest.mark.parametrize("name", SECTIONS)
def test_an_example_shows_that_the_stage_does_something(name: str) -> None:
    for found in goldens.BLOCK.finditer(SECTIONS[name]):
        before, after = found.group().split("\n\n", 1)[1].split(f"\n\nafter {name}:\n\n")
        assert before.strip() != after.strip()


def asked_for() -> dict[str, set[str]]:
    """Return the cues and words that each stage's file names, and the numbers of its group."""
    whole = profile.load("default")
    names = {f"cue {key}" for key in whole.cues} | {f"words {key}" for key in whole.lists}
    found: dict[str, set[str]] = {}
    for name in SECTIONS:
        text = (ROOT / "src" / "relayout" / "stages" / f"{name}.py").read_text(encoding="utf-8")
        asks = set(re.findall(r"\.(cue|words)\(\"([a-z-]+)\"\)", text))
        found[name] = {f"{kind} {key}" for kind, key in asks} & names
    return found


@pytest.mark.parametrize("name", SECTIONS)
def test_the_profile_line_names_what_the_stage_asks_for(name: str) -> None:
    line = re.search(r"\*\*Profile:\*\*(.*?)\n- ", SECTIONS[name], re.DOTALL)
    assert line
    for key in asked_for()[name]:
        assert f"`{key.split()[1]}`" in line.group(1), key
    numbers = [key for key in profile.load("default").numbers if key.startswith(f"{name}.")]
    assert all(f"`{key}`" in line.group(1) or f"`{name}.*`" in line.group(1) for key in numbers)
    assert bool(numbers) == (f"`{name}." in line.group(1))


# --- docs/profiles.md


PROFILES_MD = (ROOT / "docs" / "profiles.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def fences(heading: str) -> list[tuple[str, str]]:
    return FENCE.findall(PROFILES_MD.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0])


def saved(folder: Path, text: str) -> str:
    path = folder / "qingwan.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_profile_of_the_example_does_what_is_said(tmp_path: Path) -> None:
    (_, page), (_, own), (_, after), (_, head) = fences("One for your newspaper")
    path = saved(tmp_path, own)
    profile.check(profile.load(path))
    issue = fix(page, profile=path)
    assert WRITERS["txt"].render(issue)["page.txt"].decode() == after
    (article,) = issue.articles
    assert [p.text for p in article.parts if p.role is Role.BYLINE] == ["☆何詠詩"]
    assert [p.text[: p.mark] for p in article.parts if p.mark] == ["〔快報專電〕"]
    plain = [p for a in fix(page).articles for p in a.parts]
    assert not any(p.mark or p.role is Role.BYLINE for p in plain)
    fitting: Profile = profile.load(saved(tmp_path, head))
    assert fitting.fits.evidence(page.splitlines()) == 1.0
    assert set(tomllib.loads(own)) <= {"title", "extends", "lang", "cues"}


def complaints() -> Iterator[tuple[str, str]]:
    found = fences("Complaints")
    for (kind, text), (other, said) in zip(found[::2], found[1::2], strict=True):
        assert (kind, other) == ("toml", "text")
        yield text, said.strip()


@pytest.mark.parametrize(("text", "said"), list(complaints()))
def test_a_complaint_is_what_is_said(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ProfileError) as caught:
        profile.load(saved(tmp_path, text))
    assert str(caught.value).removeprefix(f"{tmp_path}/") == said
    assert caught.value.exit_code == 4


# --- docs/python.md


def test_the_examples_in_python_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = doctest.testfile(str(ROOT / "docs" / "python.md"), module_relative=False, encoding="utf-8")
    assert result.attempted > 10
    assert result.failed == 0
