"""Issues of many pages: every page counts its lines from 1, and all that is said of a line says its page."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

import relayout
from conftest import Run
from pdfs_by_hand import pdf, words
from places_by_hand import counted_anew, placed_line, tight
from relayout.commands import sources
from relayout.errors import LossError
from relayout.law import uphold
from relayout.model import Article, Note, Place
from relayout.readers import pdf as reader
from relayout.report import summary
from relayout.roles import Level, Role
from relayout.validate import check, validate
from relayout.writers import WRITERS, tei

NS = {"t": "http://www.tei-c.org/ns/1.0"}
PRESS = Path(__file__).parents[1] / "bench" / "out" / "pages"
LABELS = "0 << /P (A) /S /D >>"


def sheet(title: str, *lines: str) -> str:
    """Set a headline and a column under it."""
    rows = "".join(words(line, 40, 520 - 12 * n) for n, line in enumerate(lines))
    return words(title, 40, 550, font="B", size=24) + rows


def issue_pdf(labels: str = "") -> bytes:
    bridge = sheet("Bridge opens", "The bridge was opened on Monday", "by the mayor of the town.")
    ferry = sheet(
        "Ferry closes", "The ferry made its last trip", "on Sunday, with few on board.", "It was built in 1911."
    )
    return pdf([bridge, ferry], labels=labels)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "paper.pdf"
    path.write_bytes(issue_pdf())
    return path


def test_fix_writes_every_format_and_validate_finds_nothing(run: Run, paper: Path, tmp_path: Path) -> None:
    code, out, err = run("fix", paper, "--to", "tei,txt,json", "-o", tmp_path / "out")
    assert (code, err) == (0, "")
    assert "characters lost: 0" in out
    written = tmp_path / "out" / "paper.tei.xml"
    assert run("validate", written, "--source", paper) == (0, "", "")
    root = etree.parse(written).getroot()
    assert root.xpath("//t:pb/@facs", namespaces=NS) == ["#facs_1", "#facs_2"]
    lines = [(lb.get("facs"), lb.get("n")) for lb in root.iterfind(".//t:lb", NS)]
    assert lines == [(f"#facs_{p}_l{n}", f"{n}") for p, most in ((1, 3), (2, 4)) for n in range(1, most + 1)]
    told = json.loads((tmp_path / "out" / "paper.json").read_bytes())
    assert [(page["number"], len(page["lines"])) for page in told["pages"]] == [(1, 3), (2, 4)]
    assert [article["id"] for article in told["articles"]] == ["a1", "a2"]


def test_a_line_has_the_same_name_whatever_pages_are_read(run: Run, paper: Path, tmp_path: Path) -> None:
    run("fix", paper, "-o", tmp_path / "all")
    run("fix", paper, "--pages", "2", "-o", tmp_path / "one")
    whole, one = ((tmp_path / name / "paper.tei.xml").read_text("utf-8") for name in ("all", "one"))
    lines = re.compile(r'<lb n="\d+" facs="#facs_2_l\d+".*')
    assert lines.findall(whole) == lines.findall(one) != []


@pytest.mark.parametrize("names", [("hk-2", "en-3")])
def test_two_typeset_pages_in_one_file(run: Run, tmp_path: Path, names: tuple[str, ...]) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    book = pdfium.PdfDocument.new()
    for name in names:
        if not (PRESS / f"{name}.pdf").exists():
            pytest.skip("the pages of the press are not here: python -m bench.press")
        book.import_pages(pdfium.PdfDocument(PRESS / f"{name}.pdf"))
    path = tmp_path / "two.pdf"
    book.save(path)
    code, out, err = run("fix", path, "--to", "tei,txt,json", "-o", tmp_path / "two")
    assert (code, err) == (0, "")
    assert "characters lost: 0" in out
    assert run("validate", tmp_path / "two" / "two.tei.xml", "--source", path) == (0, "", "")


def test_a_line_that_is_lost_is_told_with_its_page() -> None:
    xml = tei.render(relayout.fix(issue_pdf(), name="paper.pdf")).decode()
    lost = validate(xml.replace("with few on board", "").encode(), "x", issue_pdf())
    assert [each.what for each in lost] == ["line 2:3 of the source: lost: withfewonboard"]


def test_lines_of_two_pages_that_changed_places_are_told() -> None:
    xml = tei.render(relayout.fix(issue_pdf(), name="paper.pdf")).decode()
    one, two = "Bridge opens", "Ferry closes"
    changed = xml.replace(one, "\0").replace(two, one).replace("\0", two)
    found = [each.what.partition(" of ")[0] for each in validate(changed.encode(), "x", issue_pdf())]
    assert found == ["line 1:1", "line 2:1"]


def test_a_line_twice_on_one_page_is_a_fault_and_on_two_pages_is_none() -> None:
    xml = tei.render(counted_anew())
    assert check(xml) == ()
    again = xml.replace(b'<lb n="2" facs="#facs_2_l2"', b'<lb n="1" facs="#facs_2_l2"')
    assert [each.what for each in check(again)] == ["line 1 stands here more than once"] * 2


def test_text_before_any_page_is_from_no_line() -> None:
    xml = tei.render(relayout.fix(issue_pdf(), name="paper.pdf"))
    found = [each.what for each in validate(re.sub(rb"<pb [^>]*facs_1\"/>", b"", xml), "x", issue_pdf())]
    assert "line 1:1 of the source: lost: Bridgeopens" in found
    assert "line 1 without a page is empty or absent in the source: Bridgeopens" in found


def test_the_parts_of_a_line_are_named_with_their_page_and_those_of_a_text_as_ever() -> None:
    whole = counted_anew()
    parts = [
        replace(placed_line("甲乙", 9, x, 400, page=2), place=Place(2, 9, n, n + 2)) for n, x in ((0, 20), (2, 80))
    ]
    others = [replace(part, place=replace(part.place, page=1)) for part in parts]
    more = [Article((tight(Role.BODY, line),), id=f"a{n}") for n, line in enumerate((*others, *parts), 3)]
    # The line of this number that page 1 has is given up for them.
    kept = tuple(article for article in whole.articles if article.id != "u1")
    xml = tei.render(replace(whole, articles=(*kept, *more)))
    assert check(xml) == ()
    root = etree.fromstring(xml)
    named = {
        lb.get(tei.name("id").replace(tei.TEI_NS, "http://www.w3.org/XML/1998/namespace")): lb
        for lb in root.iter(tei.name("lb"))
    }
    assert set(named) - {None} == {"p1-l9-0", "p1-l9-2", "p2-l9-0", "p2-l9-2"}
    assert named["p2-l9-0"].get("next") == "#p2-l9-2"
    bare = replace(whole, articles=(*kept, *more[:2]), pages=tuple(replace(page, box=None) for page in whole.pages))
    assert b'xml:id="l9-0" next="#l9-2"' in tei.render(bare)


def test_a_doubt_goes_to_the_line_of_its_page() -> None:
    doubt = Note("stage", "hangs here", "", 0.3, Level.DOUBT, Place(2, 2))
    xml = tei.render(replace(counted_anew(), notes=(doubt,)))
    targets = etree.fromstring(xml).xpath("//t:certainty[t:desc]/@target", namespaces=NS)
    assert targets == ["#a2-p2"]


def test_notes_and_losses_say_the_page() -> None:
    whole = counted_anew()
    doubt = Note("stage", "hangs here", "", 0.3, Level.DOUBT, Place(2, 2))
    assert "doubt: stage: hangs here, line 2:2" in list(summary(replace(whole, notes=(doubt,))))
    with pytest.raises(LossError, match=r"^line 2:1: "):
        uphold(whole.pages, [part for part in whole.paragraphs if part.text != "直排的頁"])


def test_the_table_of_articles_names_the_first_and_last_line_of_each() -> None:
    whole = counted_anew()
    first, second = whole.articles[:2]
    joined = replace(whole, articles=(replace(first, parts=(*first.parts, *second.parts)), *whole.articles[2:]))
    table = WRITERS["txt"].render(joined)["metadata.tsv"].decode().splitlines()
    row = dict(zip(table[0].split("\t"), table[1].split("\t"), strict=True))
    assert (row["pages"], row["first_line"], row["last_line"]) == ("1 2", "1", "5")


def test_explain_says_the_page_of_every_line(run: Run, paper: Path) -> None:
    code, out, err = run("explain", paper)
    assert (code, err) == (0, "")
    assert [line.split()[0] for line in out.splitlines()] == ["1:1", "1:2", "1:3", "2:1", "2:2", "2:3", "2:4"]


def test_explain_tells_a_line_of_one_page_or_of_all(run: Run, tmp_path: Path) -> None:
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(issue_pdf(LABELS))
    both = run("explain", paper, "--line", "2")[1]
    assert [row.split()[0] for row in both.splitlines() if row[0] != " "] == ["1:2", "2:2"]
    for wanted in ("2:2", "A2:2", " A2 : 02"):
        code, out, err = run("explain", paper, "--line", wanted)
        assert (code, err) == (0, "")
        assert [row.split()[0] for row in out.splitlines() if row[0] != " "] == ["2:2"]
        assert "The ferry made its last trip" in out
        assert " at 2:2, certainty" in out
        assert " at 1:" not in out
    one = run("explain", paper, "--pages", "2", "--line", "2")[1]
    assert one.startswith("2  ")


@pytest.mark.parametrize(
    ("wanted", "code", "said"),
    [
        ("1:4", 2, "line 1:4 is blank, or paper.pdf has no such line; its text runs from line 1 to 3"),
        ("4", 0, ""),
        ("9", 2, "line 9 is blank, or paper.pdf has no such line; its text runs from line 1 to 4"),
        ("3:1", 2, "--line: there is no page '3'; give a page that is read, as in P:N: 1, 2"),
        ("1:0", 2, "Invalid value for '--line': '1:0' is no line"),
        (":1", 2, "Invalid value for '--line': ':1' is no line"),
        ("", 2, "Invalid value for '--line': '' is no line"),
    ],
)
def test_explain_refuses_a_line_that_is_not_there(run: Run, paper: Path, wanted: str, code: int, said: str) -> None:
    found, _, err = run("explain", paper, "--line", wanted)
    assert found == code
    assert said in err
    assert err.count("\n") == bool(said)


def test_a_line_of_a_text_may_be_asked_for_with_its_page(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("會議今日開幕。\n\f市長到場。\n", encoding="utf-8")
    assert run("explain", page, "--line", "2:2")[1] == run("explain", page, "--line", "2")[1]
    assert run("explain", page, "--line", "2")[1].startswith("2  ")
    assert run("explain", page, "--line", "1:2")[0] == 2


def test_view_draws_a_picture_a_page(run: Run, paper: Path, tmp_path: Path) -> None:
    assert run("view", paper, "-o", tmp_path / "all.html")[0] == 0
    drawn = (tmp_path / "all.html").read_text(encoding="utf-8")
    pictures = re.findall(
        r'<section class="sheet" id="page-(\d)".*?href="data:image/jpeg;base64,([^"]+)"', drawn, re.DOTALL
    )
    assert [number for number, _ in pictures] == ["1", "2"]
    assert pictures[0][1] != pictures[1][1]
    assert run("view", paper, "-o", tmp_path / "two.html", "--page", "2")[0] == 0
    drawn = (tmp_path / "two.html").read_text(encoding="utf-8")
    assert re.findall(r'id="page-(\d)"', drawn) == ["2"]
    assert "Ferry closes" in drawn
    assert "Bridge opens" not in drawn
    assert run("view", paper, "-o", tmp_path / "flat.png", "--png")[0] == 0
    assert sorted(path.name for path in tmp_path.glob("*.png")) == ["flat-1.png", "flat-2.png"]


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    pypdf = pytest.importorskip("pypdf", reason="pypdf encrypts the issue of this test")
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(issue_pdf(LABELS)))
    writer.encrypt("secret", algorithm="RC4-128")
    path = tmp_path / "locked.pdf"
    writer.write(path)
    return path


@pytest.mark.parametrize("engine", ["pdfium", "pdfplumber"])
def test_validate_reads_the_source_as_fix_did(run: Run, locked: Path, tmp_path: Path, engine: str) -> None:
    wishes = ("--pages", "A2", "--password", "secret", "--pdf-engine", engine)
    assert run("fix", locked, "-o", tmp_path / "out", *wishes)[0] == 0
    written = tmp_path / "out" / "locked.tei.xml"
    assert run("validate", written, "--source", locked, *wishes) == (0, "", "")
    code, out, _ = run("validate", written, "--source", locked, "--password", "secret", "--pdf-engine", engine)
    assert code == 1
    assert "line 1:1 of the source: lost: Bridgeopens" in out
    assert "line 2:" not in out
    code, out, err = run("validate", written, "--source", locked)
    assert (code, out) == (3, "")
    assert "is encrypted" in err


def test_validate_hands_the_engine_on(run: Run, paper: Path, tmp_path: Path) -> None:
    run("fix", paper, "-o", tmp_path / "out")
    # What pdfium refuses and pdfplumber reads.
    paper.write_bytes(paper.read_bytes().replace(b"/Pages 2 0 R ", b"/Pages 2 0 R\x02", 1))
    written = tmp_path / "out" / "paper.tei.xml"
    assert run("validate", written, "--source", paper)[0] == 3
    assert run("validate", written, "--source", paper, "--pdf-engine", "pdfplumber") == (0, "", "")


@pytest.mark.parametrize("command", ["fix", "view", "explain"])
def test_pages_that_name_none_are_refused(run: Run, paper: Path, command: str) -> None:
    code, _, err = run(command, paper, "--pages", ",")
    assert code == 2
    assert err == "relayout: --pages ,: names no page; give numbers, ranges or labels, as in --pages 1-3,A5\n"


def test_a_pdf_over_the_limit_is_too_large_and_not_cut_off(
    run: Run, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (sources, reader):
        monkeypatch.setattr(module, "MOST_BYTES", 1 << 20)
    paper.write_bytes(issue_pdf().ljust(3 << 20))
    code, _, err = run("fix", paper)
    assert code == 3
    assert "paper.pdf: is larger than 1 MiB; take pages out of it: qpdf in.pdf --pages . 1-8 -- out.pdf" in err
