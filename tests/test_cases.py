"""Small pages, a stage at a time: tests/cases/<stage>.toml says what goes in, what must come out, and why.

``input`` is a page as an extractor left it. It is carried through the stages up to and including the one the file is
called after, and shown as text:

* ``unweave``: the lines with their places, and before each the white space of its indent as ␣.
* ``parcel``: the lines, with == before an article and -- before what begins a text for sure.
* ``clean``, ``stack``, ``turn``, ``splice``, ``untangle``, ``link``: the lines; a tab is shown as ⇥.
* ``gauge``: measures that recur and the indent, then each line with its width, what it opens and how it ends.
* ``mend``, ``wrap``: one paragraph a line, the joints in it: ‖ tight, ␣ space, × hyphen dropped, = hyphen kept. A
  line that stands alone as a headline does has # before it.
* ``name`` and ``trim``: ``role: text``, what is not prose at its start (dateline, bullet) in ⟨⟩.
* ``gather``, and from ``group`` on: article by article, each under its kind; then the blocks that no article has taken.
* ``unstack``: as well, with | between the lines of a paragraph.

``page``, instead of ``input``, is a page whose lines have places (tests/pages_by_hand.py), for the stages after those:

* ``vet``: the blocks that the source gives, their lines with | between them, then what is in none.
* ``orient``, ``level``, ``sift``: each shape and line with its box, vertical lines with ↓.
* ``divide``: the pieces in their order, under each what stands in it (as it is read, where blocks are in order): look,
  then the lines with | between them.
* ``compose``: article by article, as ``gather``; a sidebar is about the article of that number, counted from 0.
* ``restore``: the lines of each article and of the furniture with their boxes, then the shapes.

``unchanged = true`` says that the stage must decline: what it hands on is what it was given. ``xfail`` is the reason
why a case does not come out right yet.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest

from pages_by_hand import page
from relayout import pipeline, readers
from relayout.imprint import Box
from relayout.layout import Block, Layout, Piece
from relayout.model import Article, Line, Page, Paragraph
from relayout.profile import load
from relayout.regions import Region
from relayout.roles import Joint, Role

FOLDER = Path(__file__).parent / "cases"
PLACED = [name for name, _ in pipeline.PLACED if name not in dict(pipeline.TEXT)]
STAGES = [*(name for name, _ in pipeline.TEXT), *PLACED]
JOINTS = {Joint.TIGHT: "‖", Joint.SPACE: "␣", Joint.HYPHEN_GONE: "×", Joint.HYPHEN_KEPT: "="}
BUILDERS = ("gauge", "mend", "group", "arrange", "divide")
"""Stages whose value is always a new one, since they add what was not there: declining shows in what they build."""


@dataclass(frozen=True, slots=True)
class Case:
    """One table of a case file."""

    stage: str
    name: str
    why: str
    input: str = ""
    page: str = ""
    expected: str = ""
    unchanged: bool = False
    profile: str = "default"
    xfail: str = ""


def in_file(stage: str) -> list[Case]:
    data = tomllib.loads((FOLDER / f"{stage}.toml").read_text(encoding="utf-8"))
    return [Case(stage, **case) for case in data["case"]]


def cases() -> Iterator[Any]:
    for case in (case for stage in STAGES if (FOLDER / f"{stage}.toml").is_file() for case in in_file(stage)):
        marks = [pytest.mark.xfail(reason=case.xfail, strict=True)] if case.xfail else []
        yield pytest.param(case, id=f"{case.stage}: {case.name}", marks=marks)


def carried(case: Case) -> tuple[Layout, Layout]:
    """Return what the stage of ``case`` is given and what it hands on."""
    stages = pipeline.PLACED if case.page else pipeline.TEXT
    profile = load(case.profile)
    before = tuple(takewhile(lambda stage: stage[0] != case.stage, stages))
    read = page(case.page) if case.page else _read(case.input)
    given = pipeline.run(read, profile, before).value if before else Layout(read)
    return given, dict(stages)[case.stage](given, profile).value


def _read(text: str) -> Page:
    reading = readers.read(text.encode(), "page", "utf-8").value
    assert len(reading.pages) == 1
    return reading.pages[0]


def bare(layout: Layout) -> Layout:
    """Leave out what may change though a stage declines: how sure it is, seams that end with the matching, threads."""
    return replace(
        layout, seams=(), threads=(), articles=tuple(replace(article, cert=1.0) for article in layout.articles)
    )


def show(stage: str, layout: Layout) -> str:
    """Show ``layout`` as the stage leaves it, in a form that reads well in a diff."""
    if stage == "unweave":
        return "".join(f"{line.place}: {'␣' * line.indent}{line.text}\n" for line in layout.page.lines)
    if stage == "parcel":
        marks = dict.fromkeys(layout.stops, "--\n") | dict.fromkeys(layout.parcels, "==\n")
        return "".join(f"{marks.get(line.place, '')}{line.text}\n" for line in layout.page.lines)
    if stage in ("clean", "stack", "turn", "splice", "untangle", "link", "align"):
        return "".join(line.text.replace("\t", "⇥") + "\n" for line in layout.page.lines)
    if stage in SHOWN:
        return SHOWN[stage](layout)
    if stage in ("mend", "wrap"):
        return "".join(map(_mended, layout.blocks)) or "".join(f"# {line.text}\n" for line in layout.page.lines)
    if stage in ("name", "trim"):
        return "".join(_named(block.paragraph) for block in layout.blocks)
    if stage == "unstack":
        return "".join(f"== {a.kind.value}\n" + "".join(map(_spelled, a.paragraphs)) for a in layout.articles)
    articles = "".join(map(_article, layout.articles))
    loose = "".join(_named(paragraph) for paragraph in (*(b.paragraph for b in layout.blocks), *layout.furniture))
    return articles + (f"== left\n{loose}" if loose else "")


def _gauged(layout: Layout) -> str:
    measures = " ".join(str(width) for width, support in layout.measures if support >= 3) or "none"
    kept = ", kept" if layout.indent_kept else ""
    lines = [f"measures: {measures}; indent: {layout.indent}{kept}"]
    for line, one in zip(layout.page.lines, layout.settings, strict=True):
        seen = [str(one.width), *([f"+{one.indent}"] if one.indent else []), one.opens, one.ends]
        lines.append(f"{line.text}  ‹{' '.join(filter(None, seen))}›")
    return "\n".join(lines) + "\n"


def _mended(block: Block) -> str:
    paragraph = block.paragraph
    joints = (*(JOINTS[joint] for joint in paragraph.joints), "")
    mark = "# " if paragraph.role is Role.DISPLAY else ""
    return mark + "".join(line.text + joint for line, joint in zip(paragraph.lines, joints, strict=True)) + "\n"


def _spelled(paragraph: Paragraph) -> str:
    return f"{paragraph.role.value}: {'|'.join(line.text for line in paragraph.lines)}\n"


def _named(paragraph: Paragraph) -> str:
    text = paragraph.text.replace("\t", "⇥")
    mark = f"⟨{text[: paragraph.mark]}⟩" if paragraph.mark else ""
    return f"{paragraph.role.value}: {mark}{text[paragraph.mark :]}\n"


def _oriented(layout: Layout) -> str:
    return f"page{_at(layout.page.box)}\n{_shapes(layout.page)}" + "".join(map(_standing, layout.page.lines))


def _vetted(layout: Layout) -> str:
    known = {line.place.line: line.text for line in layout.page.lines}
    taken = {number for block in layout.page.blocks for number in block}
    loose = [number for number in known if number not in taken]
    named = [("block", block) for block in layout.page.blocks] + [("no block", loose)] * bool(loose)
    return "".join(f"{name}: {'|'.join(known[number] for number in some)}\n" for name, some in named)


def _divided(layout: Layout) -> str:
    furniture = "".join(f"{paragraph.text}\n" for paragraph in layout.furniture)
    return "".join(map(_piece, layout.pieces)) + (f"== furniture\n{furniture}" if furniture else "")


def _piece(piece: Piece) -> str:
    about = f" about {piece.about}" if piece.about >= 0 else ""
    regions = piece.regions if piece.ordered else _downwards(piece.regions)
    return f"== {piece.kind.value}{about}\n" + "".join(_region(r, "") for r in regions)


def _region(region: Region, inset: str) -> str:
    said = " " * bool(region.lines) + "|".join(line.text for line in region.lines)
    inner = "".join(_region(one, f"{inset}  ") for one in _downwards(region.inner))
    return f"{inset}{region.look.value}:{said}\n{inner}"


def lines_in(region: Region) -> list[Line]:
    return [*region.lines, *(line for one in region.inner for line in lines_in(one))]


def _downwards(found: tuple[Region, ...]) -> list[Region]:
    return sorted(found, key=lambda region: (region.box.x0, region.box.y0))


def _restored(layout: Layout) -> str:
    out = [f"page{_at(layout.page.box)}\n"]
    for article in layout.articles:
        out += [f"== {article.id} {article.kind.value}\n", *map(_placed, article.parts)]
        out += [f"-- figure{_at(one.box)}\n" + "".join(map(_placed, one.parts)) for one in article.figures]
    out += ["== furniture\n" * bool(layout.furniture), *map(_placed, layout.furniture), _shapes(layout.page)]
    return "".join(out)


def _placed(paragraph: Paragraph) -> str:
    return "".join(f"{paragraph.role.value}: {_standing(line)}" for line in paragraph.lines)


def _standing(line: Line) -> str:
    return f"{line.text}{_at(line.box)}{' ↓' * line.vertical}\n"


def _shapes(one: Page) -> str:
    return "".join(f"{shape.form.value}{_at(shape.box)}\n" for shape in one.shapes)


def _at(box: Box | None) -> str:
    return f" @ {box.x0:g} {box.y0:g} {box.x1:g} {box.y1:g}" if box else ""


def _article(article: Article) -> str:
    head = " ".join(filter(None, ("==", article.id, article.kind.value, article.about and f"about {article.about}")))
    parts = "".join(map(_named, article.parts))
    figures = "".join("-- figure\n" + "".join(map(_named, figure.parts)) for figure in article.figures)
    return f"{head}\n{parts}{figures}"


SHOWN: dict[str, Callable[[Layout], str]] = {
    "gauge": _gauged,
    "orient": _oriented,
    "vet": _vetted,
    "level": _oriented,
    "sift": _oriented,
    "divide": _divided,
    "restore": _restored,
}


@pytest.mark.parametrize("case", tuple(cases()))
def test_case(case: Case) -> None:
    given, handed_on = carried(case)
    if case.expected:
        assert show(case.stage, handed_on) == case.expected
    if case.unchanged and case.stage not in BUILDERS:
        assert bare(handed_on) == bare(given)
    if case.unchanged and case.stage == "gauge":
        assert handed_on.page == given.page
        assert "measures: none" in show("gauge", handed_on)
    if case.unchanged and case.stage == "mend":
        assert [block.paragraph.lines for block in handed_on.blocks] == [(line,) for line in given.page.lines]
    if case.unchanged and case.stage == "group":
        assert len(handed_on.articles) <= 1
        kept = [line for a in handed_on.articles for p in a.parts for line in p.lines]
        assert kept == [line for b in given.blocks if b not in handed_on.blocks for line in b.paragraph.lines]
    if case.unchanged and case.stage == "divide":
        whole = [line for piece in handed_on.pieces for region in piece.regions for line in lines_in(region)]
        assert bare(replace(handed_on, pieces=())) == bare(given)
        assert len(handed_on.pieces) == bool(given.page.box)
        assert sorted(line.place for line in whole) == [line.place for line in given.page.lines if given.page.box]
    if case.unchanged and case.stage == "arrange":
        assert [p for a in handed_on.articles for p in a.parts] == [p for a in given.articles for p in a.parts]


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_has_cases_and_a_fifth_of_them_are_negative(stage: str) -> None:
    found = in_file(stage)
    assert len(found) >= 5
    assert 5 * sum(case.unchanged for case in found) >= len(found)


@pytest.mark.parametrize("stage", STAGES)
def test_every_case_says_why_and_what(stage: str) -> None:
    found = in_file(stage)
    assert len({case.name for case in found}) == len(found)
    for case in found:
        assert case.why, case.name
        assert case.expected or case.unchanged, case.name
        assert bool(case.page) is (stage in PLACED), case.name
        assert bool(case.page) is not bool(case.input), case.name


def test_every_case_file_belongs_to_a_stage() -> None:
    assert {path.stem for path in FOLDER.glob("*")} <= set(STAGES)
