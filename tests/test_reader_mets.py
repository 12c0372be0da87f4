"""METS issues: pages in order, only out of their own folder, and what is said of the paper and its day."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

import relayout
from relayout import readers
from relayout.errors import InputError
from relayout.model import Outcome, Reading
from relayout.readers import markup
from relayout.readers.mets import _described as described
from relayout.readers.wishes import Wishes

Run = Callable[..., tuple[int, str, str]]
DATA = Path(os.environ.get("RELAYOUT_DATA", Path(__file__).parents[2] / "shared" / "data"))
MODS = "<mods><titleInfo><title>{}</title></titleInfo><originInfo><dateIssued>{}</dateIssued></originInfo></mods>"


def alto(text: str) -> str:
    at = 'HPOS="10" VPOS="10" WIDTH="80" HEIGHT="9"'
    words = f'<TextLine {at}><String CONTENT="{text}" {at}/></TextLine>'
    return f'<alto><Layout><Page WIDTH="100" HEIGHT="200" PHYSICAL_IMG_NR="1">{words}</Page></Layout></alto>'


def mets(hrefs: list[str], order: list[int] | None = None, about: str = "") -> bytes:
    files = "".join(
        f'<file ID="F{n}" MIMETYPE="text/xml"><FLocat xlink:href="{href}"/></file>' for n, href in enumerate(hrefs)
    )
    pages = "".join(f'<div TYPE="page"><fptr><area FILEID="F{n}"/></fptr></div>' for n in order or [])
    structure = f'<structMap TYPE="PHYSICAL"><div>{pages}</div></structMap>' if order else ""
    return (
        f'<mets xmlns:xlink="http://www.w3.org/1999/xlink"><dmdSec>{about}</dmdSec>'
        f"<fileSec><fileGrp>{files}</fileGrp></fileSec>{structure}</mets>"
    ).encode()


def read(data: bytes, folder: Path | None) -> Outcome[Reading]:
    return readers.read(data, "mets.xml", wishes=Wishes(folder=folder))


def texts(outcome: Outcome[Reading]) -> list[tuple[int, str]]:
    return [(page.number, line.text) for page in outcome.value.pages for line in page.lines]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inner = tmp_path / "issue"
    (inner / "ALTO").mkdir(parents=True)
    for n in (1, 2, 3):
        (inner / "ALTO" / f"{n}.xml").write_text(alto(f"page{n}"), "utf-8")
    (tmp_path / "secret.xml").write_text(alto("secret"), "utf-8")
    return inner


def test_pages_come_in_the_order_of_the_physical_structure(folder: Path) -> None:
    data = mets(["ALTO/3.xml", "file://./ALTO/1.xml", "ALTO\\2.xml"], [1, 2, 0])
    assert texts(read(data, folder)) == [(1, "page1"), (2, "page2"), (3, "page3")]


def test_a_file_that_is_named_twice_is_one_page(folder: Path) -> None:
    hrefs = ["ALTO/1.xml", "./ALTO/1.xml", "file://./ALTO/1.xml", "ALTO\\1.xml", "ALTO//%31.xml", "ALTO/2.xml"]
    wanted = [(1, "page1"), (2, "page2")]
    assert texts(read(mets(hrefs), folder)) == wanted
    assert texts(read(mets(hrefs, [0, 1, 2, 3, 0, 4, 5]), folder)) == wanted


def test_without_a_physical_structure_files_come_as_they_are_named(folder: Path) -> None:
    assert texts(read(mets(["ALTO/2.xml", "ALTO/1.xml"]), folder)) == [(1, "page2"), (2, "page1")]


def test_a_page_that_is_missing_or_broken_leaves_a_note_and_its_number(folder: Path) -> None:
    (folder / "ALTO" / "broken.xml").write_text("<alto>", "utf-8")
    (folder / "ALTO" / "other.xml").write_text("<PcGts/>", "utf-8")
    (folder / "ALTO" / "empty.xml").write_text("<alto><Layout><Page/></Layout></alto>", "utf-8")
    names = ["gone", "broken", "other", "empty", "2"]
    outcome = read(mets([f"ALTO/{name}.xml" for name in names], [0, 1, 2, 3, 4]), folder)
    assert texts(outcome) == [(5, "page2")]
    assert [note.what for note in outcome.notes] == [f"page {n} is left out" for n in (1, 2, 3, 4)]
    whys = [note.why for note in outcome.notes]
    assert [why.split(" ", 1)[1].split(" (")[0] for why in whys] == [
        "is missing",
        "is no XML that can be read",
        "is not ALTO",
        "holds no text",
    ]


@pytest.mark.parametrize(
    "href",
    [
        "../secret.xml", "ALTO/../../secret.xml", "%2e%2e/secret.xml", "..\\secret.xml", "file://../secret.xml",
        "{outside}", "file://{outside}", "http://example.org/a.xml", "C:\\a.xml", "link.xml", "linked/secret.xml",
        "ALTO", ".", "a" * 5000 + ".xml", "a%00.xml",
    ],
)  # fmt: skip
def test_nothing_outside_the_folder_is_read(folder: Path, href: str) -> None:
    (folder / "link.xml").symlink_to(folder.parent / "secret.xml")
    (folder / "linked").symlink_to(folder.parent, target_is_directory=True)
    href = href.replace("{outside}", str(folder.parent / "secret.xml"))
    outcome = read(mets([href, "ALTO/1.xml"], [0, 1]), folder)
    assert texts(outcome) == [(2, "page1")]
    assert [note.what for note in outcome.notes] == ["page 1 is left out"]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("1824-02-17", "1824-02-17"),
        ("21.11.1901", "1901-11-21"),
        ("18240217", "1824-02-17"),
        ("1824", ""),
        ("1901-13-01", ""),
    ],
)
def test_title_and_day_are_those_of_the_issue(folder: Path, written: str, day: str) -> None:
    about = MODS.format("The  Statesman.", written)
    data = mets(["ALTO/1.xml"], [0], about)
    (folder / "mets.xml").write_bytes(data)
    issue = relayout.fix(folder / "mets.xml")
    assert issue.date == day
    assert issue.title == ("The Statesman." if day else "")


def test_bytes_alone_do_not_say_where_the_pages_are(folder: Path) -> None:
    data = mets(["ALTO/1.xml"], [0])
    with pytest.raises(InputError, match="in files beside it"):
        relayout.fix(data)
    assert relayout.fix(data, folder=folder).pages[0].lines[0].text == "page1"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"<mets/>", "names no page in XML"),
        (mets(["gone.xml"], [0]), "none of its 1 pages can be read"),
        (b"<mets>", "is no XML that can be read"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(folder: Path, data: bytes, what: str) -> None:
    with pytest.raises(InputError, match=what):
        read(data, folder)


def test_the_commands_find_the_pages(run: Run, folder: Path) -> None:
    path = folder / "mets.xml"
    path.write_bytes(mets(["ALTO/1.xml", "ALTO/2.xml"], [0, 1]))
    out = folder / "out"
    assert run("fix", path, "-o", out)[0] == 0
    assert run("validate", next(out.glob("*.tei.xml")), "--source", path) == (0, "", "")
    assert run("view", path, "-o", folder / "view.html")[0] == 0
    assert run("explain", path, "--line", "2:1")[0] == 0


@pytest.mark.parametrize(
    ("issue", "title", "day", "count"),
    [
        ("bnf-metsalto/19011121_1/19011121_1-METS.xml", "Ouest Eclair (Éd. de Rennes)", "1901-11-21", 4),
        ("bl-1824/0002647_18240217_mets.xml", "The Statesman.", "1824-02-17", 4),
    ],
)
def test_real_issues(issue: str, title: str, day: str, count: int) -> None:
    path = DATA / issue
    if not path.exists():
        why = f"{DATA} is absent; RELAYOUT_DATA says where the data is"
        if "data" in os.environ.get("RELAYOUT_REQUIRE", ""):
            pytest.fail(why)
        pytest.skip(why)
    reading = read(path.read_bytes(), path.parent).value
    assert (reading.title, reading.date, [page.number for page in reading.pages]) == (
        title,
        day,
        list(range(1, count + 1)),
    )


@pytest.mark.parametrize(
    ("own", "other", "told"),
    [
        ("<title>The Post</title>", "<title>Fire</title>", ("The Post", "")),
        ("<dateIssued>1824-02-17</dateIssued>", "<title>Fire</title>", ("", "1824-02-17")),
        ("", "<title>Fire</title><dateIssued>1824-02-17</dateIssued>", ("", "")),
    ],
)
def test_what_an_article_is_called_is_no_title_of_the_issue(own: str, other: str, told: tuple[str, str]) -> None:
    root = markup.root(
        f'<mets><dmdSec ID="a">{other}</dmdSec><dmdSec ID="i">{own}</dmdSec><structMap>'
        '<div TYPE="ISSUE" DMDID="i"><div TYPE="ARTICLE" DMDID="a"/></div></structMap></mets>'.encode(),
        "mets.xml",
    )
    assert described(root) == told
