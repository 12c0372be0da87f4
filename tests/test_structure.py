"""What files tell of articles and roles, and what becomes of it: used, trusted, ignored."""

from __future__ import annotations

import os
import random
import re
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest

import relayout
from relayout import readers, report
from relayout.model import Issue, Reading
from relayout.readers.wishes import Wishes
from relayout.roles import Kind, Role
from relayout.validate import validate
from relayout.writers import WRITERS

sys.path.insert(0, str(Path(__file__).parent.parent))
scans = pytest.importorskip("bench.scans")
scan_truth = pytest.importorskip("bench.scan_truth")
scan_ours = pytest.importorskip("bench.scan_ours")

Run = Callable[..., tuple[int, str, str]]
COLUMN = ("Le cérémonial de la mort est en Chine", "fort compliqué; il faut trois jours au", "moins pour le faire.")
SECOND = ("Un bateau est parti de Brest ce matin", "avec quarante marins à son bord pour", "gagner le Tonkin.")


def told(reading: Reading) -> list[list[tuple[str, tuple[tuple[int, int], ...]]]]:
    return [[(part.role.value, part.lines) for part in article.parts] for article in reading.told]


def roles(reading: Reading, page: int = 1) -> dict[str, tuple[int, ...]]:
    here = next(one for one in reading.pages if one.number == page)
    return {told.role.value: told.lines for told in here.roles}


def texts(issue: Issue) -> list[tuple[str, list[str]]]:
    return [(a.kind.value, [line.text for p in a.paragraphs for line in p.lines]) for a in issue.articles]


def whats(issue: Issue, stage: str = "structure") -> list[str]:
    return [note.what for note in issue.notes if note.stage == stage]


def sound(issue: Issue) -> None:
    """Check that what is written is valid."""
    for name, content in WRITERS["tei"].render(issue).items():
        assert validate(content, name, Reading(issue.source, issue.pages)) == ()


# --- ALTO


def line(text: str, x: int, y: int, width: int, more: str = "") -> str:
    words = "<SP/>".join(
        f'<String ID="w-{word}-{x}-{y}" CONTENT="{word}" HPOS="{x}" VPOS="{y}" WIDTH="{width}" HEIGHT="40"/>'
        for word in text.split()
    )
    return f'<TextLine {more} HPOS="{x}" VPOS="{y}" WIDTH="{width}" HEIGHT="40">{words}</TextLine>'


def block(ident: str, rows: Iterable[str], y: int, x: int = 100, more: str = "", width: int = 700) -> str:
    lines = (line(text, x, y + 50 * n, width, f'ID="{ident}-{n + 1}"') for n, text in enumerate(rows))
    return f'<TextBlock ID="{ident}" {more}>{"".join(lines)}</TextBlock>'


def alto(*blocks: str, head: str = "") -> bytes:
    page = f'<Page WIDTH="2000" HEIGHT="2000"><PrintSpace>{"".join(blocks)}</PrintSpace></Page>'
    return f"<alto>{head}<Layout>{page}</Layout></alto>".encode()


def read(data: bytes, folder: Path | None = None, structure: str = "use") -> Reading:
    return readers.read(data, "page.xml", wishes=Wishes(folder=folder, structure=structure)).value


TAGS = (
    '<Tags><StructureTag ID="a1" TYPE="article" LABEL="Échos"/><StructureTag ID="a2" TYPE="article" LABEL="Marine"/>'
    '<OtherTag ID="h" TYPE="line" LABEL="HeadingLine"/><LayoutTag ID="f" LABEL="RunningTitleZone"/>'
    '<StructureTag ID="ad" TYPE="article" DESCRIPTION="advertisement" LABEL="Drap"/></Tags>'
)


def test_tags_of_alto_are_articles_and_roles() -> None:
    data = alto(
        block("b0", ["Le Matin"], 20, more='TAGREFS="f"'),
        block("b1", ["Échos"], 100, more='TAGREFS="a1 h"'),
        block("b2", COLUMN, 200, more='TAGREFS="a1"'),
        block("b3", SECOND, 400, more='TAGREFS="x a2"'),
        block("b4", ["Drap de billard"], 700, more='TAGREFS="ad"'),
        head=TAGS,
    )
    outcome = readers.read(data, "page.xml")
    reading = outcome.value
    assert [(one.id, one.kind, one.label) for one in reading.told] == [
        ("a1", Kind.ARTICLE, "Échos"),
        ("a2", Kind.ARTICLE, "Marine"),
        ("ad", Kind.ADVERTISEMENT, "Drap"),
    ]
    assert told(reading)[0] == [("head", ((1, 2),)), ("p", ((1, 3), (1, 4), (1, 5)))]
    assert roles(reading) == {"furniture": (1,), "head": (2,)}
    assert [note.what for note in outcome.notes] == ["references to tags lead nowhere"]


def test_one_tag_that_says_article_and_no_more_is_a_class() -> None:
    def tagged(count: int) -> Reading:
        tags = "".join(f'<StructureTag ID="t{n}" LABEL="article"/>' for n in range(count))
        blocks = (block(f"b{n}", COLUMN, 100 + 200 * n, more=f'TAGREFS="t{n % count}"') for n in range(3))
        return read(alto(*blocks, head=f"<Tags>{tags}</Tags>"))

    assert tagged(1).told == ()
    assert len(tagged(3).told) == 3


def test_the_reading_order_of_alto() -> None:
    order = (
        '<ReadingOrder><OrderedGroup><ElementRef REF="b2"/><OrderedGroup><ElementRef REF="b3-2"/>'
        '<ElementRef REF="nowhere"/></OrderedGroup><ElementRef REF="b1"/></OrderedGroup></ReadingOrder>'
    )
    data = alto(block("b1", ["one"], 100), block("b2", ["two"], 200), block("b3", COLUMN, 300), head=order)
    outcome = readers.read(data, "page.xml")
    assert outcome.value.pages[0].blocks == ((2,), (4,), (1,), (3, 5))
    assert [note.what for note in outcome.notes] == ["references of the reading order lead nowhere"]
    assert read(data, structure="ignore").pages[0].blocks == ()


# --- METS


def area(begin: str, end: str = "", file: int = 1) -> str:
    last = f'END="{end}"' if end else ""
    return f'<fptr><area BETYPE="IDREF" FILEID="F{file}" BEGIN="{begin}" {last}/></fptr>'


def div(kind: str, content: str = "", **more: str) -> str:
    said = " ".join(f'{key}="{value}"' for key, value in more.items())
    return f'<div TYPE="{kind}" {said}>{content}</div>'


def mets(logical: str, pages: int = 1, physical: str = "", links: str = "") -> bytes:
    files = "".join(
        f'<file ID="F{n}" MIMETYPE="text/xml"><FLocat xlink:href="{n}.xml"/></file>' for n in range(1, pages + 1)
    )
    shown = "".join(div("page", f'<fptr FILEID="F{n}"/>{physical if n == 1 else ""}') for n in range(1, pages + 1))
    return (
        f'<mets xmlns:xlink="http://www.w3.org/1999/xlink"><fileSec>{files}</fileSec>'
        f'<structMap TYPE="PHYSICAL"><div>{shown}</div></structMap>'
        f'<structMap TYPE="LOGICAL"><div TYPE="Newspaper">{logical}</div></structMap>'
        f"<structLink>{links}</structLink></mets>"
    ).encode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    first = alto(
        block("b1", ["Échos"], 100),
        block("b2", COLUMN, 200),
        block("b3", ["Marine"], 400),
        block("b4", SECOND[:2], 500),
    )
    second = alto(block("b1", SECOND[2:], 100), block("b2", ["Drap de billard", "en laine"], 300))
    (tmp_path / "1.xml").write_bytes(first)
    (tmp_path / "2.xml").write_bytes(second)
    return tmp_path


def paragraphs(*areas: str) -> str:
    return div("BODY", div("BODY_CONTENT", "".join(div("PARAGRAPH", div("TEXT", one)) for one in areas)))


DOCWORKS = div(
    "CONTENT",
    div("ARTICLE", div("HEADING", div("TITLE", area("b1"))) + paragraphs(area("b2")), ID="A1", LABEL="Échos")
    + div("ARTICLE", div("HEADING", div("OVERLINE", area("b3"))) + paragraphs(area("b4"), area("b1", file=2)), ID="A2")
    + div("SECTION", div("ADVERTISEMENT", area("b2", file=2), ID="A3")),
)


def test_the_articles_of_mets(folder: Path) -> None:
    reading = read(mets(DOCWORKS, 2), folder)
    assert [(one.id, one.kind, one.label, one.pages) for one in reading.told] == [
        ("A1", Kind.ARTICLE, "Échos", (1,)),
        ("A2", Kind.ARTICLE, "", (1, 2)),
        ("A3", Kind.ADVERTISEMENT, "", (2,)),
    ]
    assert told(reading)[1] == [("kicker", ((1, 5),)), ("p", ((1, 6), (1, 7))), ("p", ((2, 1),))]
    assert roles(reading) == {"head": (1,), "kicker": (5,)}


def test_articles_within_articles_are_their_parts(folder: Path) -> None:
    inner = div("ARTICLE", div("TITLE", area("b3")) + div("TEXTBLOCK", area("b4")))
    reading = read(mets(div("ARTICLE", div("TEXTBLOCK", area("b1")) + area("b2") + inner)), folder)
    assert [[role for role, _ in one] for one in told(reading)] == [["p", "p", "head", "p"]]


def test_what_structlink_ties_to_an_article_is_of_it(folder: Path) -> None:
    physical = (
        div("pagearea", area("b1"), ID="p1", LABEL="Headline")
        + div("pagearea", area("w-Le-100-200", "w-au-100-250"), ID="p2", LABEL="Textblock")
        + div("pagearea", area("b3-1"), ID="p3")
    )
    group = (
        '<smLinkGrp><smLocatorLink xlink:label="article" xlink:href="#A1"/><smLocatorLink xlink:label="one" '
        'xlink:href="#p1"/><smLocatorLink xlink:label="two" xlink:href="#p2"/><smArcLink xlink:from="article" '
        'xlink:to="one"/><smArcLink xlink:from="article" xlink:to="two"/></smLinkGrp>'
    )
    links = group + '<smLink xlink:from="#A2" xlink:to="#p3"/><smLink xlink:from="#A2" xlink:to="#p1"/>'
    logical = div("ISSUE", div("ARTICLE", ID="A1") + div("ADVERT", ID="A2"))
    reading = read(mets(logical, physical=physical, links=links), folder)
    assert told(reading) == [[("head", ((1, 1),)), ("p", ((1, 2), (1, 3)))], [("p", ((1, 5),))]]
    assert reading.told[1].kind is Kind.ADVERTISEMENT


def test_a_line_is_of_the_first_article_that_names_it(folder: Path) -> None:
    logical = div("ARTICLE", area("b2"), ID="A1") + div("ARTICLE", area("b1", "b4-1"), ID="A2")
    outcome = readers.read(mets(logical), "mets.xml", wishes=Wishes(folder=folder))
    assert [keys for _, keys in told(outcome.value)[1]] == [((1, 1), (1, 5), (1, 6))]
    assert [note.what for note in outcome.notes] == ["3 lines are named by two articles"]


def test_areas_that_lead_nowhere_leave_one_note(folder: Path) -> None:
    bad = area("x") + area("b2", "y") + area("b4", "b1") + area("b1", file=9)
    outcome = readers.read(mets(div("ARTICLE", area("b1") + bad)), "mets.xml", wishes=Wishes(folder=folder))
    assert told(outcome.value) == [[("p", ((1, 1),))]]
    (note,) = outcome.notes
    assert (note.what, note.why) == ("areas of the logical structure lead nowhere", "there is no 'x', and 3 more")


def test_what_stands_on_a_missing_page_is_no_wrong_area(folder: Path) -> None:
    (folder / "2.xml").unlink()
    outcome = readers.read(mets(DOCWORKS, 2), "mets.xml", wishes=Wishes(folder=folder))
    assert [one.id for one in outcome.value.told] == ["A1", "A2"]
    assert [note.what for note in outcome.notes] == ["page 2 is left out"]


def test_title_sections_and_running_heads_are_furniture(folder: Path) -> None:
    physical = div("RUNNING_TITLE", area("b3"))
    section = div("TITLE_SECTION", div("HEADLINE", area("b1")) + div("TEXTBLOCK", area("b2-1")))
    reading = read(mets(section + div("ARTICLE", area("b4")), physical=physical), folder)
    assert (roles(reading), len(reading.told)) == ({"furniture": (1, 2, 5)}, 1)


def test_tags_of_alto_tell_where_mets_does_not(folder: Path) -> None:
    (folder / "2.xml").write_bytes(alto(block("b", COLUMN, 100, more='TAGREFS="a1"'), head=TAGS))
    assert [one.pages for one in read(mets(div("ISSUE"), 2), folder).told] == [(2,)]
    assert [one.id for one in read(mets(DOCWORKS, 2), folder).told] == ["A1", "A2"]


# --- PAGE


def page(*regions: str, order: str = "") -> bytes:
    whole = f'<Page imageWidth="1000" imageHeight="1000">{order}{"".join(regions)}</Page>'
    return f"<PcGts>{whole}</PcGts>".encode()


def region(ident: str, rows: Sequence[str], y: int, more: str = "", marks: Sequence[str] = ()) -> str:
    def coords(top: int, foot: int) -> str:
        return f'<Coords points="100,{top} 500,{top} 500,{foot} 100,{foot}"/>'

    lines = "".join(
        f'<TextLine custom="{marks[n] if n < len(marks) else ""}">{coords(y + 30 * n, y + 30 * n + 24)}'
        f"<TextEquiv><Unicode>{text}</Unicode></TextEquiv></TextLine>"
        for n, text in enumerate(rows)
    )
    return f'<TextRegion id="{ident}" {more}>{coords(y, y + 30 * len(rows))}{lines}</TextRegion>'


def of(name: str, more: str = "") -> str:
    return f"readingOrder {{index:0;}} structure {{id:{name}; type:article;}} {more}"


def test_marks_of_transkribus_on_lines_and_regions() -> None:
    marks = [of("a2"), of("a2", "structure {type:heading;}"), ""]
    reading = read(page(region("r1", COLUMN, 100, f'custom="{of("a1")}"', marks), region("r2", SECOND, 300)))
    assert told(reading) == [[("p", ((1, 1),)), ("head", ((1, 2),))], [("p", ((1, 3),))]]
    assert [one.id for one in reading.told] == ["a2", "a1"]


def test_articles_without_an_id_are_none_and_count_within_a_page() -> None:
    one = page(
        region("r1", COLUMN, 100, 'custom="structure {type:article;}"'),
        region("r2", SECOND, 300, f'custom="{of("a1")}"'),
    )
    both = one.replace(b"</PcGts>", one[len(b"<PcGts>") :])
    reading = read(both)
    assert [(article.id, article.pages) for article in reading.told] == [("a1", (1,)), ("a1", (2,))]


def test_groups_of_the_reading_order_are_articles() -> None:
    order = (
        '<ReadingOrder><OrderedGroup><OrderedGroupIndexed index="1" id="g1" type="article" caption="Échos">'
        '<RegionRefIndexed index="1" regionRef="r1"/><OrderedGroupIndexed index="0" type="figure">'
        '<RegionRefIndexed index="0" regionRef="r3"/></OrderedGroupIndexed></OrderedGroupIndexed>'
        '<OrderedGroupIndexed index="0" id="g2" type="article" custom="relayout {kind:sidebar;}">'
        '<RegionRefIndexed index="0" regionRef="r2"/><RegionRefIndexed index="1" regionRef="lost"/>'
        "</OrderedGroupIndexed></OrderedGroup></ReadingOrder>"
    )
    parts = (region("r1", COLUMN, 100), region("r2", SECOND[:1], 300), region("r3", SECOND[1:], 500, 'type="caption"'))
    outcome = readers.read(page(*parts, order=order), "page.xml")
    reading = outcome.value
    assert told(reading) == [[("p", ((1, 4),))], [("caption", ((1, 5), (1, 6))), ("p", ((1, 1), (1, 2), (1, 3)))]]
    assert [(one.kind, one.label) for one in reading.told] == [(Kind.SIDEBAR, ""), (Kind.ARTICLE, "Échos")]
    assert reading.pages[0].blocks == ((4,), (5, 6), (1, 2, 3))
    assert [note.what for note in outcome.notes[1:]] == ["references of the reading order of page 1 lead nowhere"]


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ('type="heading"', "head"),
        ('type="page-number"', "furniture"),
        ('custom="structure {type:RunningTitleZone;}"', "furniture"),
        ('type="paragraph" custom="structure {type:heading;}"', "head"),
        ('type="heading" custom="structure {type:heading;} relayout {role:crosshead;}"', "crosshead"),
        ('type="caption"', "caption"),
        ('custom="structure {type:reference;}"', "p"),
        ('custom="structure {"', ""),
        ('custom="structure {type}"', ""),
    ],
)
def test_types_of_regions_are_roles(said: str, role: str) -> None:
    assert list(roles(read(page(region("r1", COLUMN, 100, said))))) == [role] * bool(role)


# --- hOCR


def test_classes_of_hocr() -> None:
    def hocr(kind: str, text: str, y: int, tag: str = "span") -> str:
        return f"<{tag} class='{kind}' title='bbox 100 {y} 500 {y + 30}'>{text}</{tag}>"

    def flow(name: str, *content: str) -> str:
        return f"<div class='ocr_carea' title='bbox 100 50 500 400; cflow {name}'>{''.join(content)}</div>"

    body = (
        hocr("ocr_header", "Le Matin", 10)
        + flow("s1", "<h2>" + hocr("ocr_line", "Échos", 50) + "</h2>", hocr("ocr_line", COLUMN[0], 90))
        + f"<div class='ocr_linear' id='s2'>{hocr('ocr_line', SECOND[0], 130)}</div>"
        + f"<div class='ocr_caption'>{hocr('ocr_line', 'La rade', 170)}</div>"
        + hocr("ocr_pageno", "3", 900, "div")
    )
    reading = read(f"<html><body><div class='ocr_page' title='bbox 0 0 800 1000'>{body}</div></body></html>".encode())
    assert told(reading) == [[("head", ((1, 2),)), ("p", ((1, 3),))], [("p", ((1, 4),))]]
    assert [one.id for one in reading.told] == ["s1", "s2"]
    assert roles(reading) == {"furniture": (1, 6), "head": (2,), "caption": (5,)}


# --- trust


def test_trusted_articles_come_as_they_are_over_pages(folder: Path) -> None:
    issue = relayout.fix(mets(DOCWORKS, 2), folder=folder, structure="trust")
    assert texts(issue) == [
        ("article", ["Échos", *COLUMN]),
        ("article", ["Marine", *SECOND]),
        ("advertisement", ["Drap de billard", "en laine"]),
    ]
    assert [article.id for article in issue.articles] == ["a1", "a2", "a3"]
    assert [part.role for part in issue.articles[1].parts] == [Role.KICKER, Role.BODY]
    assert issue.articles[1].parts[1].text == " ".join(SECOND)
    assert whats(issue) == ["trust: 3 articles, roles of 2 lines, blocks on 2 of 2 pages"]
    sound(issue)


def test_trusted_articles_keep_the_order_of_the_source(folder: Path) -> None:
    turned = div("ARTICLE", area("b1", file=2) + area("b4") + area("b2", file=2)) + div(
        "ARTICLE", area("b2-2") + area("b2-1") + area("b2-3")
    )
    issue = relayout.fix(mets(turned, 2), folder=folder, structure="trust")
    assert texts(issue)[:2] == [
        ("article", [SECOND[2], *SECOND[:2], "Drap de billard", "en laine"]),
        ("article", [COLUMN[1], COLUMN[0], COLUMN[2]]),
    ]
    sound(issue)


def test_lines_of_no_trusted_article_are_unassigned_or_furniture(folder: Path) -> None:
    physical = div("RUNNING_TITLE", area("b1"))
    issue = relayout.fix(mets(div("ARTICLE", area("b2")), physical=physical), folder=folder, structure="trust")
    assert texts(issue) == [("article", list(COLUMN)), ("unassigned", ["Marine"]), ("unassigned", list(SECOND[:2]))]
    assert [article.id for article in issue.articles] == ["a1", "u1", "u2"]
    assert [part.text for part in issue.furniture] == ["Échos"]
    assert whats(issue, "follow").count("is in no article") == 2
    sound(issue)


def test_a_page_of_which_a_trusted_source_tells_nothing_is_cut_as_ever(folder: Path) -> None:
    issue = relayout.fix(mets(div("ARTICLE", area("b1", "b4")), 2), folder=folder, structure="trust")
    assert texts(issue)[0] == ("article", ["Échos", *COLUMN, "Marine", *SECOND[:2]])
    assert "page 2 is cut as with use" in whats(issue)


def test_trust_without_articles_says_so() -> None:
    data = alto(block("b1", ["Échos"], 100, x=350, width=200), block("b2", COLUMN, 200))
    issue, used = (relayout.fix(data, structure=name) for name in ("trust", "use"))
    assert texts(issue) == texts(used)
    assert whats(issue) == ["use: blocks on 1 of 1 page", "the source is not trusted"]
    plain = relayout.fix("會議開幕。\n", structure="trust")
    assert whats(plain) == ["the source is not trusted"]
    assert whats(relayout.fix("會議開幕。\n")) == []


def test_headings_that_no_source_tells_of_are_found_by_their_setting() -> None:
    data = alto(
        block("b1", ["Échos"], 100, x=350, width=200, more='TAGREFS="a1"'),
        block("b2", COLUMN, 200, more='TAGREFS="a1"'),
        block("b3", ["Et puis"], 400, x=350, width=200, more='TAGREFS="a1"'),
        block("b4", SECOND, 500, more='TAGREFS="a1"'),
        head=TAGS,
    )
    (article,) = relayout.fix(data, structure="trust").articles
    assert [part.role for part in article.parts] == [Role.HEAD, Role.BODY, Role.CROSSHEAD, Role.BODY]


def test_trusted_captions_are_figures() -> None:
    parts = [
        region("r1", COLUMN, 100, f'custom="{of("a1")}"'),
        region("r2", ["La rade", "de Brest"], 300, f'type="caption" custom="{of("a1")}"'),
        region("r3", SECOND, 500, f'custom="{of("a1")}"'),
    ]
    issue = relayout.fix(page(*parts), structure="trust")
    (article,) = issue.articles
    assert [part.text for figure in article.figures for part in figure.parts] == ["La rade de Brest"]
    assert [line.text for part in article.parts for line in part.lines] == [*COLUMN, *SECOND]
    sound(issue)


def test_trust_without_places() -> None:
    bare = (
        b"<PcGts><Page>"
        + page(region("r1", COLUMN, 0, f'custom="{of("a1")}"'), region("r2", SECOND, 0, f'custom="{of("a2")}"')).split(
            b">", 2
        )[2]
    )
    issue = relayout.fix(re.sub(rb"<Coords[^>]*>", b"", bare), structure="trust")
    assert [part.text for article in issue.articles for part in article.parts] == [" ".join(COLUMN), " ".join(SECOND)]


WORDS = [*(role.value for role in Role), ""]


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_told_nothing_is_lost_and_what_is_trusted_is_kept(seed: int) -> None:
    dice = random.Random(seed)
    regions = []
    for n in range(dice.randint(1, 9)):
        rows = [dice.choice([*COLUMN, *SECOND, "1", "—", "a b"]) for _ in range(dice.randint(1, 4))]
        kind = dice.choice(["article", "advert", "unassigned", "notice"])
        own = f"structure {{id:a{dice.randint(1, 4)}; type:{kind};}}" if dice.random() < 0.8 else ""
        marks = [of(f"a{dice.randint(1, 4)}") if dice.random() < 0.2 else "" for _ in rows]
        more = f'custom="{own} structure {{type:paragraph;}} relayout {{role:{dice.choice(WORDS)};}}"'
        regions.append(region(f"r{n}", rows, 50 + 130 * n, more, marks))
    data = page(*regions)
    for structure in ("trust", "use", "ignore"):
        issue = relayout.fix(data, structure=structure)
        sound(issue)
        lines = [[(o.place.page, o.place.line) for p in a.paragraphs for o in p.lines] for a in issue.articles]
        if structure == "trust":
            found = [sorted(keys) for keys in lines]
            assert all(sorted(key for part in a.parts for key in part.lines) in found for a in read(data).told)


def test_validate_takes_the_option(folder: Path, run: Run) -> None:
    (folder / "mets.xml").write_bytes(mets(DOCWORKS, 2))
    code, out, _ = run("fix", str(folder / "mets.xml"), "--structure", "trust", "-o", str(folder / "out"))
    assert (code, "structure: trust: 3 articles" in out) == (0, True)
    tei = str(folder / "out" / "mets.tei.xml")
    assert run("validate", tei, "--source", str(folder / "mets.xml"), "--structure", "trust")[:2] == (0, "")


# --- use


def used(names: Sequence[str], rows: Sequence[str]) -> Issue:
    """Give a page whose lines are said to be of the articles ``names``."""
    return relayout.fix(page(region("r1", rows, 100, marks=[of(name) if name else "" for name in names])))


ROWS = [text for text in (*COLUMN, *SECOND) for _ in (1, 2)]


@pytest.mark.parametrize(
    ("names", "why"),
    [
        ("aaaaaaaaaaaa", "it would be one article"),
        ("abcdefghijkl", "12 lines change 11 times from one article to another"),
        ("abbabaabbaba", "12 lines change 8 times from one article to another"),
        ("aa..bb......", "they have "),
        ("aabbccddeeff", "2 of 5 borders part a sentence"),
    ],
)
def test_articles_that_cannot_be_true_are_not_followed(names: str, why: str) -> None:
    rows = [f"{'x' if n % 4 else 'Y'}{text[1:]}" for n, text in enumerate(ROWS)]
    issue = used([name.strip(".") for name in names], rows if why.endswith("sentence") else ROWS)
    (note,) = [note for note in issue.notes if note.what == "the articles of the source on page 1 are not followed"]
    assert note.why.startswith(why)
    assert "followed on 0 of 1 pages" in report.structure(issue)


def test_articles_that_can_be_true_are_followed() -> None:
    names = [*"aaabbb"]
    issue = used(names, [*COLUMN, *SECOND])
    assert texts(issue) == [("article", list(COLUMN)), ("article", list(SECOND))]
    assert len(relayout.fix(page(region("r1", [*COLUMN, *SECOND], 100))).articles) == 1


def test_used_articles_go_on_over_pages(folder: Path) -> None:
    issue = relayout.fix(mets(DOCWORKS, 2), folder=folder)
    assert ("article", ["Marine", *SECOND]) in texts(issue)
    assert "structure: use: 3 articles" in "\n".join(report.summary(issue))
    sound(issue)


def test_roles_are_evidence() -> None:
    parts = [
        region("r0", ["Le Matin"], 20, 'type="header"'),
        region("r1", ["Un long titre de toute une ligne"], 100, 'type="heading"'),
        region("r2", COLUMN, 160, 'type="paragraph"'),
        region("r3", ["Au centre"], 300, 'type="paragraph"').replace("100,", "220,").replace("500,", "380,"),
        region("r4", SECOND, 360, 'type="paragraph"'),
    ]
    refs = "".join(f'<RegionRefIndexed index="{n}" regionRef="r{n}"/>' for n in range(5))
    data = page(*parts, order=f"<ReadingOrder><OrderedGroup>{refs}</OrderedGroup></ReadingOrder>")
    issue = relayout.fix(data)
    assert [part.text for part in issue.furniture] == ["Le Matin"]
    (article,) = issue.articles
    assert [part.text for part in article.heads()] == ["Un long titre de toute une ligne"]
    assert len(relayout.fix(data, structure="ignore").articles[0].heads()) == 0


@pytest.mark.parametrize("kind", ["heading", "header"])
def test_roles_of_a_whole_page_are_not_believed(kind: str) -> None:
    issue = relayout.fix(page(*(region(f"r{n}", COLUMN, 100 + 150 * n, f'type="{kind}"') for n in range(4))))
    parts = [part.role for article in issue.articles for part in article.parts]
    assert (set(parts), issue.furniture) == ({Role.BODY}, ())


# --- ignore


def test_ignored_structure_is_dropped_and_named(folder: Path) -> None:
    reading = read(mets(DOCWORKS, 2), folder, "ignore")
    assert (reading.told, [(one.blocks, one.roles, one.adverts) for one in reading.pages]) == ((), [((), (), ())] * 2)
    issue = relayout.fix(mets(DOCWORKS, 2), folder=folder, structure="ignore")
    (tei,) = WRITERS["tei"].render(issue).values()
    said = "Structure of the source, ignore: 3 articles, roles of 2 lines, blocks on 2 of 2 pages; it was asked for."
    assert said in " ".join(tei.decode().split())


# --- hostile


def timed(data: bytes, folder: Path | None = None, structure: str = "trust") -> Issue:
    begun = time.perf_counter()
    issue = relayout.fix(data, folder=folder, structure=structure)
    assert time.perf_counter() - begun < 60
    return issue


MANY = 100_000


def test_ids_that_stand_many_times(folder: Path) -> None:
    inked = "".join(line("mot", 100, 100 + n, 400, 'ID="same"') for n in range(3000))
    (folder / "1.xml").write_bytes(alto(f'<TextBlock ID="same">{inked}</TextBlock>' * 2))
    logical = div("ARTICLE", area("same") * MANY, ID="same") + div("ARTICLE", area("same"), ID="same") * 1000
    issue = timed(mets(logical), folder)
    assert len(issue.articles) == 3  # and two blocks that no article has


def test_links_in_circles_and_to_the_whole_issue(folder: Path) -> None:
    logical = "".join(div("ARTICLE", ID=f"A{n}") for n in range(5000))
    physical = div("pagearea", area("b1", "b4") * 5000, ID="P")
    links = "".join(
        f'<smLink xlink:from="#A{n}" xlink:to="#{to}"/>'
        for n in range(5000)
        for to in ("P", f"A{n + 1}", "nowhere", "P")
    )
    circle = '<smLink xlink:from="#P" xlink:to="#A1"/><smLink xlink:from="#P" xlink:to="#P"/><smLink/>'
    issue = timed(mets(logical, physical=physical, links=links + circle), folder)
    assert texts(issue) == [("article", ["Échos", *COLUMN, "Marine", *SECOND[:2]])]


def test_divisions_nested_as_deep_as_xml_may_be(folder: Path) -> None:
    deep = area("b1")
    for _ in range(200):
        deep = div("ARTICLE", deep + area("b2"))
    assert len(timed(mets(deep), folder).articles) == 3  # and two blocks that no article has
    with pytest.raises(relayout.RelayoutError, match="no XML that can be read"):
        relayout.fix(mets("<div>" * 300 + "</div>" * 300), folder=folder)


def test_tags_by_the_thousand() -> None:
    tags = "".join(f'<StructureTag ID="t{n % 5000}" TYPE="article" LABEL=""/>' for n in range(20_000))
    refs = " ".join(f"t{n} x{n}" for n in range(20_000))
    blocks = (
        block(f"b{n}", ["mot"], 100 + 10 * n, more=f'TAGREFS="{refs if n < 5 else f"t{n} x"}"') for n in range(150)
    )
    issue = timed(alto(*blocks, head=f"<Tags>{tags}</Tags>"))
    assert sum(len(lines) for _, lines in texts(issue)) == 150


def test_marks_by_the_thousand() -> None:
    marks = [of(f"a{n}") * 2000 for n in range(100)] + ["structure {" * 5000] * 50 + ["structure" + " " * 9000] * 50
    issue = timed(page(region("r1", ["mot"] * 200, 10, marks=marks)))
    assert sum(len(lines) for _, lines in texts(issue)) == 200


def test_a_reading_order_that_names_all_again_and_again() -> None:
    refs = "".join(f'<ElementRef REF="b{n % 50}"/>' for n in range(MANY))
    order = f"<ReadingOrder><OrderedGroup>{refs}</OrderedGroup></ReadingOrder>"
    blocks = (block(f"b{n}", COLUMN, 100 + 150 * n) for n in range(50))
    assert len(read(alto(*blocks, head=order)).pages[0].blocks) == 50


# --- collections


SAMPLE = ("18140401_1-METS", "18140402_1-METS")
EVERY = "collections" in os.environ.get("RELAYOUT_REQUIRE", "")


def test_trusted_collections() -> None:
    """Every article of the METS of the collections comes out with exactly its lines, and nothing is lost.

    What is told is read of all of them; two are put together here, and all by ``python -m bench.scans``.
    """
    paths = [path for name in scans.ISSUES for path in scans.issues(name)]
    if not paths:
        why = f"{scans.DATA} is absent; RELAYOUT_DATA says where the data is"
        if "data" in os.environ.get("RELAYOUT_REQUIRE", ""):
            pytest.fail(why)
        pytest.skip(why)
    for path in paths:
        fix = EVERY or path.stem in SAMPLE
        scan = scan_truth.mets(path)
        reading = readers.read(path.read_bytes(), path.name, wishes=Wishes(folder=path.parent)).value
        found = [tuple(key for part in article.parts for key in part.lines) for article in reading.told]
        assert found == list(scan.units), path.name
        if fix:
            assert scan_ours.trusted(scan) == len(scan.units), path.name
            sound(relayout.fix(path, structure="trust"))
