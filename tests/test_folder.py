"""A folder of pages as one issue: which files are pages, in which order, and what is said of the others."""

from __future__ import annotations

from pathlib import Path

import pytest

import relayout
from alto_by_hand import alto, folder, text, title
from conftest import Run
from pdfs_by_hand import pdf, words
from relayout.errors import InputError, UsageError
from relayout.readers.pdf.selection import picked

PAGE = "<PcGts><Page imageWidth='900' imageHeight='900'><TextRegion id='r'><TextLine id='l'><Coords points='{}'/>\
<TextEquiv><Unicode>{}</Unicode></TextEquiv></TextLine></TextRegion></Page></PcGts>"
HOCR = "<html><body><div class='ocr_page' title='bbox 0 0 900 900'><span class='ocr_line' title='bbox 9 9 800 40'>\
{}</span></div></body></html>"
METS = '<mets xmlns:x="http://www.w3.org/1999/xlink"><fileSec><fileGrp>{}</fileGrp></fileSec></mets>'
FILE = '<file ID="{0}"><FLocat x:href="{0}"/></file>'


def page(name: str) -> bytes:
    return alto(title(name), text(f"{name} is what is told of", "in these few lines."))


def heads(issue: relayout.Issue) -> list[str]:
    return [part.text for article in issue.articles for part in article.heads()]


def test_pages_come_in_the_order_that_people_give_them(tmp_path: Path) -> None:
    for n in (1, 2, 10):
        (tmp_path / f"p{n}.xml").write_bytes(page(f"Page number {n}"))
    issue = relayout.fix(tmp_path)
    assert heads(issue) == ["Page number 1", "Page number 2", "Page number 10"]
    assert [one.number for one in issue.pages] == [1, 2, 3]
    assert issue.source.name == tmp_path.name.replace(".", "-")
    assert issue.source.sha256 == relayout.fix(str(tmp_path)).source.sha256


def test_every_format_is_a_page(tmp_path: Path) -> None:
    (tmp_path / "1.xml").write_bytes(page("Alto"))
    (tmp_path / "2.xml").write_text(PAGE.format("9,9 800,9 800,40 9,40", "Page with a line"), "utf-8")
    (tmp_path / "3.html").write_text(HOCR.format("Hocr with a line"), "utf-8")
    (tmp_path / "4.pdf").write_bytes(
        pdf([words("A line of the first", 40, 500), words("A line of the second", 40, 500)])
    )
    (tmp_path / "README.txt").write_text("no page", "utf-8")
    (tmp_path / "1.jpg").write_bytes(b"\xff\xd8\xff\xe0 no picture")
    (tmp_path / ".hidden").write_text("nothing", "utf-8")
    issue = relayout.fix(tmp_path)
    assert [one.number for one in issue.pages] == [1, 2, 3, 4, 5]
    assert [note.why for note in issue.notes if "left out of the folder" in note.what] == [
        "no pages, or pages in another form: 1.jpg, README.txt"
    ]


def test_of_two_files_of_one_page_the_richer_is_read(tmp_path: Path) -> None:
    (tmp_path / "1.xml").write_bytes(page("Alto"))
    (tmp_path / "1.pdf").write_bytes(pdf([words("A line of the first", 40, 500)]))
    assert heads(relayout.fix(tmp_path)) == ["Alto"]


def test_texts_count_their_lines_on(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "texts"
    source.mkdir()
    for n, said in enumerate(("會議今日開幕，市長到場。\n各界人士出席。\n", "颱風吹襲沿海。\n"), 1):
        (source / f"{n}.txt").write_text(said, "utf-8")
    issue = relayout.fix(source)
    assert [(line.place.page, line.place.line) for one in issue.pages for line in one.lines] == [(1, 1), (1, 2), (2, 3)]
    assert run("fix", source, "-o", tmp_path / "out")[0] == 0
    assert run("validate", tmp_path / "out" / "texts.tei.xml", "--source", source) == (0, "", "")


def test_a_mets_file_in_the_folder_tells_the_pages(tmp_path: Path) -> None:
    folder(tmp_path, [page("One"), page("Two"), page("Three")], "{}.xml")
    (tmp_path / "mets.xml").write_text(METS.format(FILE.format("3.xml") + FILE.format("1.xml")), "utf-8")
    assert heads(relayout.fix(tmp_path)) == ["Three", "One"]
    (tmp_path / "mets2.xml").write_text(METS.format(FILE.format("2.xml")), "utf-8")
    with pytest.raises(InputError, match="holds 2 METS files"):
        relayout.fix(tmp_path)


def test_a_broken_page_is_left_out_and_the_others_keep_their_numbers(tmp_path: Path) -> None:
    folder(tmp_path, [page("One"), page("Two")[:200], page("Three")], "{}.xml")
    issue = relayout.fix(tmp_path)
    assert (heads(issue), [one.number for one in issue.pages]) == (["One", "Three"], [1, 3])
    assert [note.what for note in issue.notes if "left out" in note.what] == ["page 2 is left out"]


@pytest.mark.parametrize("pages", ["2", "2-2", "A2"])
def test_pages_are_chosen_by_number_or_label(run: Run, pages: str, tmp_path: Path) -> None:
    two = page("Two").replace(b'<Page ID="p"', b'<Page ID="p" PRINTED_IMG_NR="A2"')
    source = folder(tmp_path / "issue", [page("One"), two, page("Three")], "{}.xml")
    assert heads(relayout.fix(source, pages=pages)) == ["Two"]
    assert run("fix", source, "--pages", pages, "-o", tmp_path / "out")[0] == 0
    written = tmp_path / "out" / "issue.tei.xml"
    assert run("validate", written, "--source", source, "--pages", pages) == (0, "", "")
    assert run("validate", written, "--source", source)[0] == 1


def test_pages_of_a_text_and_of_one_file(tmp_path: Path) -> None:
    issue = relayout.fix("會議今日開幕。\n\f颱風吹襲沿海。\n", pages="2")
    assert [one.number for one in issue.pages] == [2]
    with pytest.raises(UsageError, match="there is no page '3'"):
        relayout.fix("會議今日開幕。\n\f颱風吹襲沿海。\n", pages="3")
    path = tmp_path / "p.xml"
    path.write_bytes(page("One"))
    assert heads(relayout.fix(path, pages="1")) == ["One"]


@pytest.mark.parametrize("wanted", [",", "0", "9", "3-2", "x", "1-", "-", "1-99999999999999999999-2", "１"])
def test_pages_that_are_not_there(wanted: str) -> None:
    with pytest.raises(UsageError, match="there is no page"):
        picked(wanted, [(1, ""), (2, "A2")])


def test_a_folder_without_pages(run: Run, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    code, _, err = run("fix", empty)
    assert code == 3
    assert err.startswith("relayout: empty: holds no pages; name a folder with ALTO")
    folder(empty / "ALTO", [page("One")], "{}.xml")
    assert run("fix", empty)[2].rstrip().endswith(f"{empty / 'ALTO'} may be one")
    (empty / "1.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert "--ocr tesseract" in run("fix", empty)[2]


def test_results_are_no_pages_and_do_not_go_among_them(run: Run, tmp_path: Path) -> None:
    source = folder(tmp_path / "issue", [page("One")], "{}.xml")
    assert run("fix", source, "-o", tmp_path / "out")[0] == 0
    assert "was written by relayout" in run("fix", tmp_path / "out")[2]
    code, _, err = run("fix", source, "-o", source, "--force")
    assert (code, err.count("\n")) == (2, 1)
    assert sorted(path.name for path in source.iterdir()) == ["1.xml"]


def test_links_that_lead_out_are_not_followed(tmp_path: Path) -> None:
    source = folder(tmp_path / "issue", [page("One")], "{}.xml")
    (tmp_path / "secret.xml").write_bytes(page("Secret"))
    (source / "2.xml").symlink_to(tmp_path / "secret.xml")
    assert heads(relayout.fix(source)) == ["One"]


def test_view_and_explain_take_a_folder(run: Run, tmp_path: Path) -> None:
    source = folder(tmp_path / "issue", [page("One"), page("Two")], "{}.xml")
    assert run("view", source, "-o", tmp_path / "v.html")[0] == 0
    code, out, _ = run("explain", source)
    assert code == 0
    assert [row.split()[0] for row in out.splitlines()][::3] == ["1:1", "2:1"]


def test_it_is_told_how_far_it_is(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    relayout.fix(folder(tmp_path, [page("One"), page("Two")], "{}.xml"), progress=lambda *said: told.append(said))
    assert told == [(what, n, 2) for what in ("reading", "rebuilding") for n in (1, 2)]
