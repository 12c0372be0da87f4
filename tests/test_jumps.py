"""Articles over several pages: what jump lines say, in many languages, and which pieces of an issue become one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

import relayout
from alto_by_hand import Block, alto, folder, head, text, title
from conftest import Run
from pdfs_by_hand import pdf, words
from relayout import api
from relayout.jumping import jump
from relayout.model import Article, Issue, Note
from relayout.profile import load
from relayout.roles import Role
from relayout.told import Gap
from relayout.validate import validate
from relayout.writers import plain, recall, record, tei

NS = {"t": "http://www.tei-c.org/ns/1.0"}
DEFAULT = load("default")

SAID = [
    ("continued on page 5", True, "5", ""),
    ("(Continued on Page Three.)", True, "3", ""),
    ("Continued on page IV", True, "4", ""),
    ("(Continued on next page)", True, "+1", ""),
    ("Continued overleaf", True, "+1", ""),
    ("Continued on back page", True, "last", ""),
    ("Turn to page 4, col. 2", True, "4", ""),
    ("See STORM, page A4", True, "A4", "STORM"),
    ("Please see STORM/Page A4", True, "A4", "STORM"),
    ("Storm continues on B12", True, "B12", "Storm"),
    ("(Continued from Page One)", False, "1", ""),
    ("From Page One", False, "1", ""),
    ("STORM, from page A1", False, "A1", "STORM"),
    ("STORM (Continued from Page 1)", False, "1", "STORM"),
    ("下轉A2版", True, "A2", ""),
    ("（下轉第四版）", True, "4", ""),
    ("（下转第８版）", True, "8", ""),
    ("下轉Ａ１２版", True, "A12", ""),
    ("文轉A3", True, "A3", ""),
    ("轉第三頁", True, "3", ""),
    ("上接第一版", False, "1", ""),
    ("（紧接第一版）", False, "1", ""),
    ("會議特稿（上接第一版）", False, "1", "會議特稿"),
    ("＝３面に続く", True, "3", ""),
    ("2面に続く", True, "2", ""),
    ("次頁ヘ續ク", True, "+1", ""),
    ("前頁ヨリ続ク", False, "-1", ""),
    ("1面から続く", False, "1", ""),
    ("Fortsetzung auf Seite 3", True, "3", ""),
    ("(Forts. S. 3.)", True, "3", ""),
    ("Fortsetzung auf der nächsten Seite", True, "+1", ""),
    ("Hafenbau (Fortsetzung von Seite 1)", False, "1", "Hafenbau"),
    ("suite page 3", True, "3", ""),
    ("(La suite à la 2e page)", True, "2", ""),
    ("Lire la suite page 3", True, "3", ""),
    ("(Suite de la première page)", False, "1", ""),
    ("Pasa a la página 3", True, "3", ""),
    ("Viene de la primera página", False, "1", ""),
    ("Segue a pagina 3", True, "3", ""),
    ("Continua in seconda pagina", True, "2", ""),
    ("Continuazione dalla prima pagina", False, "1", ""),
    ("Vervolg op pagina 3", True, "3", ""),
    ("Zie verder pag. 5", True, "5", ""),
    ("Vervolg van de voorpagina", False, "1", ""),
    ("Continua na página 3", True, "3", ""),
    ("Continuação da 1.ª página", False, "1", ""),
]
NONE = [
    "(Fortsetzung folgt)",
    "La suite au prochain numéro",
    "(A suivre)",
    "To be continued.",
    "Continued in our next",
    "(Continuará)",
    "未完",
    "（待續）",
    "つづく",
    "Siehe auch Seite 12",
    "相關新聞刊A4",
    "Continued on page 99999999",
    "He came from Paris",
    "Trade continued to fall",
    "relations from 1914",
    "money from 12 banks",
    "轉載",
    "會議轉到三樓",
    "接三日電",
    "from page",
    "The strike continued in 1911",
    "and he continued to 12",
    "continued on 5 May 1911 at the hall",
    "接連三版的報導很多",
    "(Continued on page 0)",
    "We turned to page 4 of it and cried.",
    "",
    "5",
    "page 5",
]


@pytest.mark.parametrize(("line", "out", "page", "slug"), SAID)
def test_what_a_jump_says(line: str, out: bool, page: str, slug: str) -> None:
    found = jump(line, DEFAULT)
    assert found is not None
    target = found.target
    named = "last" if target.last else target.label or f"{target.step:+d}"
    assert (found.out, named, found.slug, found.start) == (out, page, slug, 0)


@pytest.mark.parametrize("line", NONE)
def test_what_is_no_jump(line: str) -> None:
    assert jump(line, DEFAULT) is None


@pytest.mark.parametrize(
    "line", ["the mayor said. Continued on page 5", "到會場去。（下轉第五版）", "sagte er. Fortsetzung auf Seite 5"]
)
def test_a_jump_at_the_end_of_a_line_begins_where_the_text_ends(line: str) -> None:
    found = jump(line, DEFAULT)
    assert found is not None
    assert line[: found.start].rstrip().endswith((".", "。"))
    assert found.target.label == "5"


def test_a_long_line_takes_no_time() -> None:
    assert jump("see " * 50_000 + "continued on page", DEFAULT) is None


# ---------------------------------------------------------------- issues

LANGUAGES = {
    "en": (
        ("Storm over the coast", "Bread is dearer", "The council meets", "Cricket at the oval"),
        ("The gale blew down the pier at noon on", "Monday and the lifeboat was out all night in"),
        ("the worst sea that any man of the crew had", "seen, and came home with nine sailors."),
        ("(Continued on page 3)", "STORM OVER THE COAST (Continued from page 1)"),
    ),
    "de": (
        ("Sturm an der Küste", "Das Brot wird teurer", "Der Rat tagt heute", "Turnen in der Halle"),
        ("Der Sturm warf am Montag die Brücke um, und", "das Rettungsboot war die ganze Nacht in der"),
        ("schwersten See, die einer der Männer gesehen", "hatte, und kam mit neun Matrosen heim."),
        ("Fortsetzung auf Seite 3", "(Fortsetzung von Seite 1)"),
    ),
    "fr": (
        ("La tempête sur la côte", "Le pain est plus cher", "Le conseil se réunit", "La course de chevaux"),
        ("Le vent a renversé lundi la jetée du port et", "le canot est resté toute la nuit dans la plus"),
        ("grosse mer que les hommes eussent jamais vue,", "et il est revenu avec neuf matelots."),
        ("(La suite à la 3e page)", "(Suite de la première page)"),
    ),
    "es": (
        ("La tempestad en la costa", "El pan sube de precio", "Se reúne el consejo", "Carreras de caballos"),
        ("El viento derribó el lunes el muelle y el bote", "estuvo toda la noche en la mar más gruesa que"),
        ("vieron nunca los hombres de la tripulación, y", "volvió al puerto con nueve marineros."),
        ("Pasa a la página 3", "Viene de la primera página"),
    ),
    "zh": (
        ("颱風吹襲沿海各地", "麵包價格上升", "市議會今日開會", "足球比賽結果"),
        ("颱風昨日正午吹倒碼頭，救生艇整夜在海上搜索，", "船員表示這是多年以來最大的風浪，而且海水"),
        ("湧入沿岸村莊，最後救回九名水手，各人平安返", "回港口，市長親往迎接。"),
        ("（下轉第三版）", "（上接第一版）"),
    ),
    "ja": (
        ("台風が沿岸を襲った", "パンの値段が上がる", "市議会が今日開かれる", "野球の試合の結果"),
        ("台風は昨日の正午に桟橋を倒し、救助船は一晩中海", "の上で捜索を続けたが、船員によるとこれは多年"),
        ("にない大きな波であり、最後に九人の水夫を助けて", "港に帰ったという。"),
        ("＝３面に続く", "＝１面から続く"),
    ),
}  # fmt: skip


def other(name: str) -> tuple[Block, Block]:
    """Make an article that says its own words only."""
    return title(name), text(f"{name}, {name}, {name}, {name}, {name}"[:60], f"{name}, {name}."[:40])


def pages_of(language: str, *, out: bool = True, back: bool = True) -> list[bytes]:
    """Make three pages: a report that jumps from the first to the last, which has an article before and after it."""
    titles, start, rest, (away, home) = LANGUAGES[language]
    one = alto(*other(titles[0]), Block((*start, *([away] if out else []))), *other(titles[1]))
    two = alto(*other(titles[2]), image=2)
    jumped = [Block((home,), 30, 300, 700)] if back else []
    three = alto(*other(titles[3]), *jumped, text(*rest, *rest), image=3)
    return [one, two, three]


def spanning(issue: Issue) -> list[Article]:
    return [a for a in issue.articles if len({line.place.page for p in a.parts for line in p.lines}) > 1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_article_goes_on_where_its_jump_says(language: str, tmp_path: Path) -> None:
    _, start, rest, (away, home) = LANGUAGES[language]
    issue = relayout.fix(folder(tmp_path / "issue", pages_of(language)))
    whole = next((article for article in issue.articles if article.jumps), None)
    assert whole is not None, [note for note in issue.notes if note.stage == "carry"]
    assert whole.jumps == (3,)
    assert {part.text for part in whole.parts if part.role is Role.JUMP} >= {away, home}
    between = "" if language in ("zh", "ja") else " "
    assert any(start[1] + between + rest[0] in part.text for part in whole.parts)
    xml = tei.render(issue)
    assert validate(xml, "x", api.readers_folder.read(tmp_path / "issue", api.Wishes()).value) == ()
    root = etree.fromstring(xml)
    assert [len(root.xpath(f"//t:body/t:div[@{way}]", namespaces=NS)) for way in ("next", "prev")] == [1, 1]
    assert root.xpath("string(//t:trailer[@type='jump'])", namespaces=NS).strip() == away
    files = plain.render(issue)
    own = files[f"issue-{whole.id}.txt"].decode()
    assert start[1] + between + rest[0] in own
    assert away not in own
    assert home not in own
    row = next(row for row in files["metadata.tsv"].decode().splitlines() if row.startswith(f"{whole.id}\t"))
    assert row.split("\t")[5:7] == ["1 3", "1:1 3:1"]
    assert recall.load(record.render(issue)).articles == issue.articles


def carries(issue: Issue) -> list[Note]:
    return [note for note in issue.notes if note.stage == "carry"]


@pytest.mark.parametrize("said", ["out", "back"])
def test_one_of_the_two_lines_is_enough_where_the_text_goes_on(said: str, tmp_path: Path) -> None:
    issue = relayout.fix(folder(tmp_path / "issue", pages_of("en", **{{"out": "back", "back": "out"}[said]: False})))
    if said == "back":
        # The headline of the second part says which it is; without a line there it is an article of its own.
        assert [article.jumps for article in spanning(issue)] == [(3,)]
        return
    assert not spanning(issue)
    assert [note.what for note in carries(issue)] == ["the jump is not followed"]


def test_the_catch_word_tells_which_of_several_it_is(tmp_path: Path) -> None:
    rest = LANGUAGES["en"][2]
    other = ("Ten new houses are to be built at the foot of", "the hill, and the road will be paved as far as")
    one = alto(
        title("Gale hits the coast"),
        text(*rest),
        Block((*LANGUAGES["en"][1], "See STORM, page 3")),
        title("Houses for the valley"),
        text(*rest),
        Block((*other, "See HOUSES, page 3")),
    )
    three = alto(
        title("HOUSES"), Block(("Continued from page 1",), 30, 300, 700),
        text("the old mill and the weir beside it.", *rest),
        title("STORM"), Block(("Continued from page 1",), 30, 300, 700), text(*rest),
    )  # fmt: skip
    issue = relayout.fix(folder(tmp_path / "issue", [one, pages_of("en")[1], three]))
    assert [(a.heads()[0].text, a.jumps) for a in spanning(issue)] == [
        ("Gale hits the coast", (3,)),
        ("Houses for the valley", (3,)),
    ]
    assert [a.parts[-1].text.split()[0] for a in spanning(issue)] != []
    assert any("as far as the old mill" in part.text for part in spanning(issue)[1].parts)


def test_two_that_fit_as_well_are_kept_apart_and_said_to_be(tmp_path: Path) -> None:
    rest = LANGUAGES["en"][2]
    one = alto(title("Gale hits the coast"), text(*rest), Block((*LANGUAGES["en"][1], "(Continued on page 2)")))
    away = Block(("(Continued from page 1)",), 30, 300, 700)
    two = alto(away, text(*rest), title("The council meets"), text(*rest), title("STORM"), away, text(*rest))
    issue = relayout.fix(folder(tmp_path / "issue", [one, two]))
    assert not spanning(issue)
    assert "may go on from page 1, and is kept apart" in [note.what for note in carries(issue)]


def test_an_article_whose_page_is_missing_says_so(run: Run, tmp_path: Path) -> None:
    pages = pages_of("en")
    issue = relayout.fix(folder(tmp_path / "issue", pages[:2]))
    (lacking,) = [article for article in issue.articles if article.gaps]
    assert lacking.gaps == (Gap("3"),)
    assert [note.why for note in carries(issue)] == ["it goes on on page 3, which is not there"]
    assert b'<gap reason="missing" unit="page" n="3"/>' in tei.render(issue)
    assert validate(tei.render(issue), "x") == ()
    (tmp_path / "issue" / "page 3.xml").write_bytes(pages[2][:400])
    code, out, _ = run("fix", tmp_path / "issue", "-o", tmp_path / "out")
    assert code == 0
    assert "text on page 3 is missing" in out
    assert "page 3 is left out" in out
    last = relayout.fix(folder(tmp_path / "end", [pages[1], pages[2]], "{}.xml"))
    assert [article.gaps for article in last.articles if article.gaps] == [(Gap("1", before=True),)] or not [
        article for article in last.articles if article.gaps
    ]


def test_a_single_page_is_left_as_it_is() -> None:
    issue = relayout.fix(pages_of("en")[0], name="page.xml")
    assert not carries(issue)
    assert not [part for part in issue.paragraphs if part.role is Role.JUMP]


@pytest.mark.parametrize(
    "line",
    [
        "(Continued on page 1)",
        "(Continued on page 99999999)",
        "(Continued on page 9999)",
        "(Continued on page 2)",
        "(Continued on next page)",
    ],
)
def test_hostile_jumps(line: str, tmp_path: Path) -> None:
    """Every page says the same: it goes on on its own page, on one that no paper has, or round in a ring."""
    rest = LANGUAGES["en"][2]
    page = alto(
        title("Gale hits the coast"), text(*rest), Block((*LANGUAGES["en"][1], line)),
        Block(("(Continued from page 2)",), 30, 300, 700), text(*rest),
        Block((*LANGUAGES["en"][1], "(Continued on page 1)")),
    )  # fmt: skip
    issue = relayout.fix(folder(tmp_path / "issue", [page, page, page]))
    assert validate(tei.render(issue), "x", api.readers_folder.read(tmp_path / "issue", api.Wishes()).value) == ()
    for article in issue.articles:
        pages = [line.place.page for part in article.parts for line in part.lines]
        assert len(article.jumps) == len(set(article.jumps)) < len(set(pages)) + 1


def test_a_text_goes_on_on_the_next_page_without_a_word(tmp_path: Path) -> None:
    titles, start, rest, _ = LANGUAGES["en"]
    one = alto(title(titles[0]), text(*rest), title(titles[1]), Block((*start, *start)))
    two = alto(text(*rest, *rest), title(titles[2]), text(*rest, *rest))
    issue = relayout.fix(folder(tmp_path / "issue", [one, two]))
    (whole,) = spanning(issue)
    assert (whole.heads()[0].text, whole.jumps) == (titles[1], ())
    assert b"<pb" in tei.render(issue).partition(b'xml:id="a2"')[2].partition(b"</div>")[0]
    ended = alto(title(titles[0]), text(*rest), title(titles[1]), text(*start, *rest))
    assert not spanning(relayout.fix(folder(tmp_path / "ended", [ended, two])))


def test_a_speck_at_the_head_of_a_page_is_no_text_that_goes_on(tmp_path: Path) -> None:
    titles, start, rest, _ = LANGUAGES["en"]
    one = alto(title(titles[0]), text(*rest), Block((*start, *start)))
    two = alto(Block(("K.",), 30, 10, 40), title(titles[2]), text(*rest, *rest))
    assert not spanning(relayout.fix(folder(tmp_path / "issue", [one, two])))


def test_the_folio_that_a_page_prints_is_the_page_that_is_meant(tmp_path: Path) -> None:
    titles, start, rest, _ = LANGUAGES["en"]
    filler = (title(titles[2]), text(*rest, *rest), text(*rest, *rest))

    def page(number: int, *blocks: Block) -> bytes:
        return alto(head(f"The Harbour Post {number}"), *blocks, image=number - 16, top=10)

    away = Block((*start, "(Continued on page 20)"))
    one = page(17, title(titles[0]), text(*rest, *rest), away, title(titles[1]), text(*rest))
    four = page(
        20, title(titles[3]), text(*rest, *rest), Block(("(Continued from page 17)",), 30, 300, 700), text(*rest, *rest)
    )
    issue = relayout.fix(folder(tmp_path / "issue", [one, page(18, *filler), page(19, *filler), four]))
    assert [article.jumps for article in spanning(issue)] == [(4,)]


def test_what_recurs_at_the_head_of_pages_is_furniture(tmp_path: Path) -> None:
    titles = LANGUAGES["en"][0]
    read = ("THE STATESMAN", "Ti 1F S rATESM AN", "THE STATESMAN", "TBE STATESMAN.")

    def page(n: int) -> bytes:
        return alto(head(read[n]), *other(titles[n]), *other(f"More of {n}"), *other("Much more"), top=10)

    issue = relayout.fix(folder(tmp_path / "issue", [page(n) for n in range(4)]))
    assert [part.text for part in issue.furniture] == list(read)
    assert [article.heads()[0].text for article in issue.articles][::3] == list(titles)


def test_jumps_between_pages_of_a_pdf() -> None:
    def sheet(name: str, *lines: str) -> str:
        rows = "".join(words(line, 40, 520 - 12 * n) for n, line in enumerate(lines))
        return words(name, 40, 550, font="B", size=24) + rows

    rest = ("the worst sea that any man of the crew had", "seen, and came home with nine sailors.")
    one = sheet(
        "Storm over the coast",
        *rest,
        "The gale blew down the pier at noon on",
        "Monday, and the boat was out in",
        "Continued on page 3",
    )
    two = sheet("Bread is dearer", *rest, *rest)
    three = sheet("STORM, from page 1", *rest, "Nobody was hurt.")
    issue = relayout.fix(pdf([one, two, three]), name="paper.pdf")
    assert [article.jumps for article in spanning(issue)] == [(3,)]


def test_jumps_between_pages_of_a_text() -> None:
    titles, start, rest, (away, home) = LANGUAGES["en"]
    one = "\n".join([titles[0], "", *rest, *start, away, "", titles[1], "", *rest])
    two = "\n".join([titles[2], "", *rest])
    three = "\n".join([home, *rest, "", titles[3], "", *rest])
    issue = relayout.fix(f"{one}\n\f{two}\n\f{three}\n")
    assert [article.jumps for article in spanning(issue)] in ([(3,)], [])


def test_a_word_that_a_jump_breaks_is_one(tmp_path: Path) -> None:
    titles, start, rest, _ = LANGUAGES["en"]
    one = alto(
        *other(titles[0]), Block((*start, "and nobody knew what became of the old har-", "(Continued on page 2)"))
    )
    back = Block(("(Continued from page 1)",), 30, 300, 700)
    two = alto(*other(titles[2]), back, text("bour and its lights, or of the men on", *rest, *rest))
    issue = relayout.fix(folder(tmp_path / "issue", [one, two]))
    (whole,) = spanning(issue)
    assert "of the old harbour and its lights" in plain.article_text(whole)
    xml = tei.render(issue).decode()
    assert '<pc force="weak">-</pc></p>' in xml
    assert re.search(r'<p xml:id="a1-p3-2" prev="#a1-p3"[^>]*>\s*<lb n="5"[^>]* break="no"/>bour and', xml)


@pytest.mark.parametrize("back", [True, False])
def test_a_jump_back_to_an_earlier_page_is_followed_where_both_say_so(back: bool, tmp_path: Path) -> None:
    titles, start, rest, _ = LANGUAGES["en"]
    said = [Block(("(Continued from page 2)",), 30, 300, 700)] if back else []
    one = alto(*other(titles[2]), *said, text(*rest, *rest))
    two = alto(*other(titles[0]), Block((*start, *start, "(Continued on page 1)")))
    issue = relayout.fix(folder(tmp_path / "issue", [one, two]))
    assert [article.jumps for article in spanning(issue)] == ([(1,)] if back else [])
    assert validate(tei.render(issue), "x", api.readers_folder.read(tmp_path / "issue", api.Wishes()).value) == ()


def test_three_parts_are_one_chain(tmp_path: Path) -> None:
    titles, start, rest, _ = LANGUAGES["en"]

    def away(page: int) -> Block:
        return Block((*start, f"(Continued on page {page})"))

    def back(page: int) -> Block:
        return Block((f"(Continued from page {page})",), 30, 300, 700)

    one = alto(*other(titles[0]), away(2), *other(titles[1]))
    two = alto(*other(titles[2]), back(1), text(*rest, ends=False), away(3))
    three = alto(*other(titles[3]), back(2), text(*rest, *rest))
    issue = relayout.fix(folder(tmp_path / "issue", [one, two, three]))
    (whole,) = spanning(issue)
    assert (whole.heads()[0].text, whole.jumps) == (titles[0], (2, 3))
    root = etree.fromstring(tei.render(issue))
    assert root.xpath("//t:body/t:div[@next or @prev]/@xml:id", namespaces=NS) == ["a1", "a1-2", "a1-3"]


def test_pages_full_of_jumps_take_no_time(tmp_path: Path) -> None:
    one = alto(*[b for k in range(300) for b in (title(f"Title {k}"), Block((f"Words {k}", "(Continued on page 2)")))])
    two = alto(
        *[b for k in range(300) for b in (title(f"Other {k}"), Block(("(Continued from page 1)", f"Words {k}")))]
    )
    issue = relayout.fix(folder(tmp_path / "issue", [one, two]))
    assert not spanning(issue)
    assert validate(tei.render(issue), "x", api.readers_folder.read(tmp_path / "issue", api.Wishes()).value) == ()
