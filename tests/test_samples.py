"""Every sample page comes out as its gold says: unit by unit, and nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

import oracle
from gold import Verdict, compare, load, losses, report
from relayout import fix
from relayout.chars import ink
from relayout.model import Issue
from relayout.roles import Kind, Role
from sheets import Sheet, misfits, sheet

SAMPLES = {path.parent.name: path.parent for path in sorted(Path(__file__).parent.parent.glob("samples/*/gold.json"))}

XFAIL: dict[tuple[str, str], str] = {}
"""What is not solved yet: (sample, unit id) -> why. Strict: a unit that comes right must leave the table."""


@lru_cache
def page(sample: str) -> Sheet:
    data = (SAMPLES[sample] / "input.txt").read_bytes()
    return sheet(data.decode("utf-8"), load(SAMPLES[sample] / "gold.json"))


@lru_cache
def issue(sample: str) -> Issue:
    return fix(SAMPLES[sample] / "input.txt")


def verdicts(sample: str, result: Issue) -> dict[str, Verdict]:
    return {v.unit.id: v for v in compare(page(sample).gold, result, lines=True)}


def units() -> Iterator[Any]:
    for sample in SAMPLES:
        for unit in page(sample).gold.units:
            reason = XFAIL.get((sample, unit.id))
            marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
            yield pytest.param(sample, unit.id, id=f"{sample}-{unit.id}", marks=marks)


@pytest.mark.parametrize(("sample", "unit"), tuple(units()))
def test_unit_is_exact(sample: str, unit: str) -> None:
    assert str(verdicts(sample, issue(sample))[unit]).endswith(": exact")


@pytest.mark.parametrize("sample", SAMPLES)
def test_nothing_is_lost_or_doubled(sample: str) -> None:
    assert losses(issue(sample), ink) == ()


@pytest.mark.parametrize("sample", SAMPLES)
def test_no_article_too_many(sample: str) -> None:
    if any(name == sample for name, _ in XFAIL):
        pytest.skip("units of this page are known not to come out right yet")
    wanted = sorted(u.type for u in page(sample).gold.units if u.type not in ("caption", "furniture"))
    assert sorted(a.kind.value for a in issue(sample).articles) == wanted


def test_xfail_names_real_units() -> None:
    known = {(sample, unit.id) for sample in SAMPLES for unit in page(sample).gold.units}
    assert set(XFAIL) <= known


@pytest.mark.parametrize("sample", SAMPLES)
def test_gold_fits_its_page(sample: str) -> None:
    assert misfits(page(sample)) == ()
    digest = load(SAMPLES[sample] / "gold.json").sha256
    assert digest == sha256((SAMPLES[sample] / "input.txt").read_bytes()).hexdigest()
    assert (SAMPLES[sample] / "ORIGIN.md").is_file()


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_perfect_result_is_exact(sample: str) -> None:
    assert report(compare(page(sample).gold, oracle.issue(page(sample)), lines=True)) == ""


@pytest.mark.parametrize("sample", SAMPLES)
def test_what_is_wrong_is_noticed(sample: str) -> None:
    """Break a perfect result in every article, once in its type, its first part, its last role and its lines."""
    perfect = oracle.issue(page(sample))
    for n, article in enumerate(perfect.articles):
        first, last = article.parts[0], article.parts[-1]
        for wrong in (
            replace(article, kind=Kind.MASTHEAD),
            replace(article, parts=article.parts[1:] or article.parts * 2),
            replace(article, parts=(*article.parts, first)),
            replace(article, parts=(*article.parts[:-1], replace(last, role=Role.DISPLAY))),
            replace(
                article, parts=(replace(first, lines=(_misread(first.lines[0]), *first.lines[1:])), *article.parts[1:])
            ),
        ):
            broken = replace(perfect, articles=(*perfect.articles[:n], wrong, *perfect.articles[n + 1 :]))
            bad = [v for v in compare(page(sample).gold, broken) if not v.exact]
            assert len(bad) == 1, report(bad)


def _misread(line: Any) -> Any:
    return replace(line, text="鬱" + line.text[1:])
