"""What relayout writes it reads again: the same articles, also where a file of a folder or an issue is missing."""

from __future__ import annotations

import os
import random
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import relayout
from conftest import Run
from places_by_hand import placed, placed_line, tight, upright_line
from relayout import readers
from relayout.imprint import Box
from relayout.model import Article, Figure, Issue, Line, Page, Paragraph, Source
from relayout.roles import Joint, Kind, Role
from relayout.told import Gap
from relayout.validate import validate
from relayout.writers import WRITERS

sys.path.insert(0, str(Path(__file__).parent.parent))
bench = pytest.importorskip("bench.trips")

FORMATS = ("page", "alto", "mets")
SAMPLE = ("18140401_1-METS", "18140714_02_1-METS", "1820_84_0220")  # over pages; back to a page before; PAGE
FILES = {path.stem: path for path in bench.sources()}


def tall(text: str, number: int, y: float, page: int = 1) -> Line:
    return placed_line(text, number, 20, y, page=page)


def issue_of(*articles: Article, furniture: tuple[Paragraph, ...] = ()) -> Issue:
    """Make an issue of the pages that the lines of articles name."""
    lines = {
        (line.place.page, line.place.line): line
        for part in (*(p for a in articles for p in a.paragraphs), *furniture)
        for line in part.lines
    }
    pages = tuple(
        Page(number, tuple(lines[key] for key in sorted(lines) if key[0] == number), Box(0, 0, 400, 600))
        for number in sorted({page for page, _ in lines})
    )
    return Issue(Source("paper.xml", "f" * 64), pages, articles, furniture, lang="zh-Hant")


def over_pages(*, turned: bool = False) -> Issue:
    """Make an issue whose first article goes on on page 2, behind another one, with lines that say so."""
    first = [tall("會議今日開幕討論", 1, 20), tall("各項議題並且通過", 2, 40)]
    then = [tall("行可以儘快施行。", 1, 100, 2), tall("下一段也在這裏。", 2, 120, 2)]
    back = [tall("又回到了第一頁。", 4, 300)] if turned else []
    parts = [
        Paragraph((*first, then[0]), (Joint.TIGHT,) * 2),
        tight(Role.JUMP, tall("下轉第二版", 3, 60)),
        tight(Role.BODY, then[1]),
        *(tight(Role.BODY, line) for line in back),
    ]
    other = Article(
        (tight(Role.HEAD, tall("別的事情", 3, 20, 2)), tight(Role.BODY, tall("另有一文。", 4, 40, 2))), id="a2"
    )
    alone = Article((tight(Role.BODY, tall("此行無主。", 5, 500, 2)),), Kind.UNASSIGNED, id="u1", cert=0.3)
    notice = Article((tight(Role.BODY, tall("本報啟事。", 6, 550, 2)),), Kind.NOTICE, id="a3")
    head = tight(Role.FURNITURE, tall("晶報", 9, 2, 2))
    return issue_of(Article(tuple(parts), id="a1", jumps=(2,)), other, notice, alone, furniture=(head,))


def told(issue: Issue) -> object:
    return bench.shape(issue), sorted(line.text for part in issue.furniture for line in part.lines)


def sound(issue: Issue) -> None:
    for name, content in WRITERS["tei"].render(issue).items():
        assert validate(content, name, readers.Reading(issue.source, issue.pages)) == ()


@pytest.mark.parametrize("structure", ["use", "trust"])
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("turned", [False, True])
def test_articles_over_pages_come_back(form: str, structure: str, turned: bool, tmp_path: Path) -> None:
    issue = over_pages(turned=turned)
    again = relayout.fix(bench.write(issue, form, tmp_path), structure=structure)
    assert told(again) == told(issue)
    assert [[part.text for part in one.parts] for one in again.articles] == [
        [part.text for part in one.parts] for one in issue.articles
    ]
    assert [one.cert for one in again.articles if one.kind is Kind.UNASSIGNED] == [0.3]
    sound(again)
    assert "as relayout wrote them" in "".join(note.why for note in again.notes)


@pytest.mark.parametrize("form", FORMATS)
def test_every_kind_comes_back(form: str, tmp_path: Path) -> None:
    kinds = [kind for kind in Kind if kind is not Kind.UNASSIGNED]
    articles = [
        Article(
            (
                tight(Role.HEAD, tall("題目", 2 * n + 1, 40 * n)),
                tight(Role.BODY, tall("一段文字。", 2 * n + 2, 40 * n + 20)),
            ),
            kind,
            id=f"a{n + 1}",
        )
        for n, kind in enumerate(kinds)
    ]
    issue = issue_of(*articles)
    assert told(relayout.fix(bench.write(issue, form, tmp_path))) == told(issue)


@pytest.mark.parametrize("form", FORMATS)
def test_every_role_comes_back_in_any_order(form: str, tmp_path: Path) -> None:
    roles = [role for role in Role if role not in (Role.CAPTION, Role.FURNITURE)]
    parts = [tight(role, tall(f"第{n}行字", n + 1, 20 * n + 5)) for n, role in enumerate((*roles, *reversed(roles)))]
    issue = issue_of(Article(tuple(parts), id="a1"))
    assert told(relayout.fix(bench.write(issue, form, tmp_path), structure="trust")) == told(issue)


@pytest.mark.parametrize("form", FORMATS)
def test_a_vertical_page_and_one_with_pictures_come_back(form: str, tmp_path: Path) -> None:
    columns = [upright_line("春眠不覺曉處處聞啼鳥", n, 380 - 12 * n, 40, page=1) for n in range(1, 9)]
    head = placed_line("晶報之文", 17, 150, 5, size=25)
    parts = (tight(Role.HEAD, head), tight(Role.BODY, *columns[:3]), tight(Role.BODY, *columns[3:]))
    vertical = issue_of(Article(parts, id="a1"))
    assert told(relayout.fix(bench.write(vertical, form, tmp_path))) == told(vertical)
    (tmp_path / "more").mkdir()
    first = [one.paragraphs[0].lines[0].place.page for one in placed().articles]
    issue = replace(
        placed(), articles=tuple(placed().articles[n] for n in sorted(range(len(first)), key=first.__getitem__))
    )
    again = relayout.fix(bench.write(issue, form, tmp_path / "more"))
    assert [[(p.role, p.text) for p in one.paragraphs] for one in again.articles] == [
        [(p.role, p.text) for p in one.paragraphs] for one in issue.articles
    ]


def test_the_order_of_articles_that_is_not_that_of_pages_comes_back(tmp_path: Path) -> None:
    pages = [3, 1, 2, 1]
    articles = [
        Article((tight(Role.BODY, tall("文字。", n, 20 * n, at)),), id=f"a{n}") for n, at in enumerate(pages, 1)
    ]
    issue = issue_of(*articles)
    for form in FORMATS:
        (tmp_path / form).mkdir()
        assert told(relayout.fix(bench.write(issue, form, tmp_path / form))) == told(issue)


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_read_and_written_again_is_the_same_file(form: str, tmp_path: Path) -> None:
    for n, issue in enumerate((placed(), over_pages(), over_pages(turned=True))):
        path = bench.write(issue, form, _made(tmp_path / f"{n}"))
        again = relayout.fix(path)
        issue = replace(issue, title=again.title, date=again.date, lang=again.lang)  # as the profile has them
        first, second = (WRITERS[form].render(one) for one in (issue, again))
        kept = [data for name, data in second.items() if name.endswith(f".{form}.xml")]
        assert kept == [data for name, data in first.items() if name.endswith(f".{form}.xml")]


def test_captions_and_credits_of_pictures_without_a_place_stay_together(tmp_path: Path) -> None:
    def shown(n: int) -> Figure:
        return Figure(
            (tight(Role.CAPTION, tall("圖一", n, 20 * n)), tight(Role.CREDIT, tall("社", n + 1, 20 * n + 20)))
        )

    issue = issue_of(Article((tight(Role.BODY, tall("文。", 1, 5)),), figures=(shown(2), shown(4)), id="a1"))
    for form in FORMATS:
        assert told(relayout.fix(bench.write(issue, form, _made(tmp_path / form)))) == told(issue)


# --- folders


def test_the_folder_of_a_result_is_read_again(run: Run, tmp_path: Path) -> None:
    source = bench.write(over_pages(), "page", _made(tmp_path / "in"))
    assert run("fix", source, "--to", "tei,page,alto", "-o", tmp_path / "out")[0] == 0
    code, out, _ = run("fix", tmp_path / "out", "-o", tmp_path / "again")
    assert code == 0
    assert "use: 4 articles" in out
    assert told(relayout.fix(tmp_path / "out")) == told(over_pages()), "of two files of a page one is read"
    tei = tmp_path / "again" / "out.tei.xml"
    for structure in ("use", "trust"):
        assert run("validate", tei, "--source", tmp_path / "out", "--structure", structure) == (0, "", "")
    assert run("explain", tmp_path / "out", "--structure", "trust")[0] == 0
    assert run("view", tmp_path / "out", "--structure", "trust", "-o", tmp_path / "v.html")[0] == 0


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_articles_of_two_issues_do_not_join(tmp_path: Path) -> None:
    one = issue_of(Article((tight(Role.BODY, tall("會議今日開幕", 1, 20)),), id="a1"))
    two = issue_of(Article((tight(Role.BODY, tall("颱風吹襲沿海", 1, 20)),), id="a1"))
    for n, issue in enumerate((one, two), 1):
        (data,) = WRITERS["page"].render(issue).values()
        (tmp_path / f"{n}.xml").write_bytes(data)
    assert [len(one.paragraphs) for one in relayout.fix(tmp_path).articles] == [1, 1]


def of_others(ident: str, *texts: str) -> bytes:
    """Give a page as NewsEye has it: ids of articles count anew on every page."""
    rows = "".join(
        f'<TextLine custom="structure {{id:{ident}; type:article;}}"><Coords points="20,{y} 380,{y} 380,{y + 20} '
        f'20,{y + 20}"/><TextEquiv><Unicode>{text}</Unicode></TextEquiv></TextLine>'
        for y, text in zip(range(20, 900, 30), texts, strict=False)
    )
    region = f'<TextRegion id="r1"><Coords points="10,10 390,10 390,500 10,500"/>{rows}</TextRegion>'
    return f'<PcGts><Page imageWidth="400" imageHeight="600">{region}</Page></PcGts>'.encode()


def test_ids_of_others_count_within_a_page(tmp_path: Path) -> None:
    for n in (1, 2):
        (tmp_path / f"{n}.xml").write_bytes(of_others("a1", f"Un bateau {n} est", "parti de Brest."))
    issue = relayout.fix(tmp_path, structure="trust")
    assert [[line.place.page for line in one.paragraphs[0].lines] for one in issue.articles] == [[1, 1], [2, 2]]
    sound(issue)


def test_a_page_that_tells_of_articles_beside_one_that_does_not(tmp_path: Path) -> None:
    (tmp_path / "1.xml").write_bytes(of_others("a1", "Un bateau est parti", "de Brest ce matin."))
    (tmp_path / "2.xml").write_bytes(
        re.sub(rb' custom="[^"]*"', b"", of_others("a1", "Le Tonkin est loin", "et calme."))
    )
    files = WRITERS["page"].render(over_pages())
    for n, data in enumerate(files.values(), 3):
        (tmp_path / f"{n}.xml").write_bytes(data)
    for structure in ("use", "trust", "ignore"):
        issue = relayout.fix(tmp_path, structure=structure)
        sound(issue)
        if structure != "ignore":
            assert bench.shape(issue)[-4][3:] == ([], (4,), ())
            assert [part.text for part in issue.articles[-4].parts] == [p.text for p in over_pages().articles[0].parts]


@pytest.mark.parametrize("mark", ["relayout {issue:;}", "relayout {issue", "relayout {issue:x}" * 4000, "{}", ""])
def test_marks_that_are_none_do_no_harm(mark: str, tmp_path: Path) -> None:
    for n, data in enumerate(WRITERS["page"].render(over_pages(turned=True)).values(), 1):
        other = re.sub(rb'custom="relayout \{issue:[^"]*"', f'custom="{mark}"'.encode(), data)
        other = other.replace(b"texts:", b"texts:9999999999 x ").replace(b"n:", b"n:-1")
        (tmp_path / f"{n}.xml").write_bytes(other)
    for structure in ("use", "trust"):
        sound(relayout.fix(tmp_path, structure=structure))


def test_pages_without_places_count_their_lines_through(run: Run, tmp_path: Path) -> None:
    pages = [of_others("a1", f"Un bateau {n} est", "parti de Brest.") for n in (1, 2)]
    inner = [re.search(rb"<Page.*</Page>", page)[0] for page in pages]  # type: ignore[index]
    bare = re.sub(rb'<Coords[^>]*>| image\w+="\d+"', b"", b"".join(inner))
    (tmp_path / "both.xml").write_bytes(b"<PcGts>" + bare + b"</PcGts>")
    issue = relayout.fix(tmp_path / "both.xml", structure="trust")
    assert [line.place.line for page in issue.pages for line in page.lines] == [1, 2, 3, 4]
    assert [one.paragraphs[0].lines[0].place.line for one in issue.articles] == [1, 3]
    assert run("fix", tmp_path / "both.xml", "--structure", "trust", "-o", tmp_path / "out")[0] == 0
    tei = tmp_path / "out" / "both.tei.xml"
    assert run("validate", tei, "--source", tmp_path / "both.xml", "--structure", "trust") == (0, "", "")


@pytest.mark.parametrize("seed", range(30))
def test_files_that_were_changed_by_hand_lose_nothing(seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)
    form = ("page", "alto")[seed % 2]
    for n, data in enumerate(WRITERS[form].render(over_pages(turned=seed % 3 == 0)).values(), 1):
        text = data.decode()
        for _ in range(dice.randint(1, 6)):
            names = re.findall(r'(?:id|ID|regionRef|REF|TAGREFS|type|custom|LABEL|DESCRIPTION)="([^"]*)"', text)
            one, two = dice.choice(names), dice.choice(names)
            text = text.replace(f'"{one}"', f'"{two}"', dice.randint(1, 3))
        lines = re.findall(r"<(?:TextRegion|TextBlock) .*?</(?:TextRegion|TextBlock)>", text, re.DOTALL)
        text = text.replace(dice.choice(lines), "", 1) if dice.random() < 0.3 and len(lines) > 1 else text
        (tmp_path / f"{n}.xml").write_text(text, encoding="utf-8")
    for structure in ("use", "trust", "ignore"):
        sound(relayout.fix(tmp_path, structure=structure))


# --- pages that are missing


@pytest.mark.parametrize("structure", ["use", "trust"])
@pytest.mark.parametrize("broken", [False, True])
def test_an_article_says_that_its_page_is_missing(
    run: Run,
    structure: str,
    broken: bool,
    tmp_path: Path,
) -> None:
    path = bench.write(over_pages(), "mets", tmp_path)
    second = next(tmp_path.glob("*p2.alto.xml"))
    second.write_bytes(b"<alto><") if broken else second.unlink()
    issue = relayout.fix(path, structure=structure)
    assert [(one.id, one.gaps) for one in issue.articles] == [("a1", (Gap("2"),))]
    sound(issue)
    (note,) = [note for note in issue.notes if note.what == "text is missing"]
    assert note.why == "by its source it goes on on page 2, which is not there"
    code, out, _ = run("fix", path, "--structure", structure, "-o", tmp_path / "out")
    assert (code, "text on page 2 is missing" in out) == (0, True)
    assert "<gap" in (tmp_path / "out" / f"{path.name.removesuffix('.mets.xml')}.tei.xml").read_text()


def test_an_article_says_that_its_first_page_is_missing(tmp_path: Path) -> None:
    path = bench.write(over_pages(), "mets", tmp_path)
    next(tmp_path.glob("*p1.alto.xml")).unlink()
    issue = relayout.fix(path)
    assert [one.gaps for one in issue.articles] == [(Gap("1", before=True),), (), (), ()]
    sound(issue)


@pytest.mark.parametrize(("pages", "gap"), [("1", Gap("2")), ("2", Gap("1", before=True))])
@pytest.mark.parametrize("form", FORMATS)
def test_an_article_says_what_of_it_was_not_asked_for(form: str, pages: str, gap: Gap, tmp_path: Path) -> None:
    issue = relayout.fix(bench.write(over_pages(), form, tmp_path), pages=pages)
    assert [one.gaps for one in issue.articles if one.gaps] == [(gap,)]
    sound(issue)


# --- the collections


@pytest.mark.parametrize("name", SAMPLE)
def test_scans_come_back(name: str) -> None:
    if name not in FILES:
        why = f"{name} is absent; RELAYOUT_DATA says where the data is"
        if "data" in os.environ.get("RELAYOUT_REQUIRE", ""):
            pytest.fail(why)
        pytest.skip(why)
    found = list(bench.trips(relayout.fix(FILES[name]), name, FILES[name]))
    assert [trip for trip in found if not trip.whole] == []


@pytest.mark.parametrize("name", ["ja-13", "en-8"])
def test_typeset_pages_come_back(name: str) -> None:
    if name not in FILES:
        pytest.skip(f"{name}.pdf is not made yet: make bench makes it")
    assert [trip for trip in bench.trips(relayout.fix(FILES[name]), name) if not trip.whole] == []
