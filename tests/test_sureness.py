"""How sure OCR is of its words: read from every format, kept through all stages, written where it says something."""

from __future__ import annotations

import os
import re
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

import relayout
from issues_by_hand import every_role, line, unsure
from relayout import readers
from relayout.chars import ink
from relayout.model import Issue, Line, Note, Page, Place
from relayout.sureness import known, mean, words
from relayout.told import Sureness
from relayout.validate import check, validate
from relayout.writers import plain, recall, record, tei

DATA = Path(os.environ.get("RELAYOUT_DATA", Path(__file__).parents[2] / "shared" / "data"))
REAL = sorted(DATA.glob("bnf-metsalto/19011121_1/ALTO/*1.xml")) + sorted(DATA.glob("bl-1824/*_0002.xml"))


def alto(*said: str, name: str = "WC") -> bytes:
    strings = "<SP/>".join(
        f'<String CONTENT="word{n}" HPOS="{60 * n}" VPOS="10" WIDTH="50" HEIGHT="20" {name}="{one}"/>'
        for n, one in enumerate(said)
    )
    at = f'HPOS="0" VPOS="10" WIDTH="{60 * len(said)}" HEIGHT="20"'
    page = f'<Page WIDTH="{60 * len(said)}" HEIGHT="90"><PrintSpace><TextBlock><TextLine {at}>{strings}</TextLine>'
    return f"<alto><Layout>{page}</TextBlock></PrintSpace></Page></Layout></alto>".encode()


def hocr(*titles: str) -> bytes:
    spans = " ".join(f"<span class='ocrx_word' title='{title}'>word{n}</span>" for n, title in enumerate(titles))
    line = f"<span class='ocr_line' title='bbox 0 10 300 30'>{spans}</span>"
    return f"<html><body><div class='ocr_page' title='bbox 0 0 300 90'>{line}</div></body></html>".encode()


def page_xml(words: str, text: str, conf: str = "") -> bytes:
    equiv = f"<TextEquiv {conf}><Unicode>{text}</Unicode></TextEquiv>"
    line = f'<TextLine><Coords points="0,10 300,30"/>{words}{equiv}</TextLine>'
    return f'<PcGts><Page imageWidth="300" imageHeight="90"><TextRegion>{line}</TextRegion></Page></PcGts>'.encode()


def page_word(text: str, conf: str = "", glyphs: str = "") -> str:
    return f"<Word>{glyphs}<TextEquiv {conf}><Unicode>{text}</Unicode></TextEquiv></Word>"


def read(data: bytes) -> tuple[Page, list[Note]]:
    found = readers.read(data, "page.xml")
    return found.value.pages[0], [*found.notes]


def said(data: bytes) -> list[tuple[str, float]]:
    page, _ = read(data)
    raws = {one.place.line: one.raw for one in page.lines}
    return [(raws[one.line][one.start : one.end], round(one.cert, 3)) for one in page.sure]


# ---------------------------------------------------------------- readers


def test_alto_says_it_of_words() -> None:
    assert said(alto("0.96", "0.3")) == [("word0", 0.96), ("word1", 0.3)]


def test_alto_says_it_of_characters_where_it_says_nothing_of_words() -> None:
    assert said(alto("00000", "99999", name="CC")) == [("word0", 1.0), ("word1", 0.0)]
    assert said(alto("0 9 0 0 0", "9", name="CC")) == [("word0", 0.8), ("word1", 0.0)]
    assert said(alto("x", "-1", name="CC")) == []


def test_hocr_says_it_of_words_or_characters() -> None:
    assert said(hocr("x_wconf 96", "x_wconf 31")) == [("word0", 0.96), ("word1", 0.31)]
    assert said(hocr("x_confs 90 70", "bbox 1 1 9 9")) == [("word0", 0.8)]
    cells = "".join(f"<span class='ocrx_cinfo' title='x_conf {n}'>{c}</span>" for c, n in (("a", 98), ("b", 50)))
    data = hocr("x_wconf 9").replace(b"title='x_wconf 9'>word0", f">{cells}".encode())
    assert said(data) == [("ab", 0.74)]


def test_page_says_it_of_words_glyphs_or_lines() -> None:
    glyphs = "".join(
        f'<Glyph><TextEquiv conf="{n}"><Unicode>{c}</Unicode></TextEquiv></Glyph>' for c, n in (("a", 0.2), ("b", 0.4))
    )
    pair = page_word("eins", 'conf="0.9"') + page_word("ab", glyphs=glyphs)
    assert said(page_xml(pair, "eins ab")) == [("eins", 0.9), ("ab", 0.3)]
    assert said(page_xml("", "eins ab", 'conf="0.7"')) == [("eins ab", 0.7)]
    assert said(page_xml(page_word("anders", 'conf="0.9"'), "eins ab")) == []


@pytest.mark.parametrize("bad", ["NaN", "1e999", "-0.5", "-1e999", "x", "", "7"])
def test_numbers_that_cannot_be_are_left_out(bad: str) -> None:
    assert said(alto("0.9", "0.8", bad, "0.4")) == [("word0", 0.9), ("word1", 0.8), ("word3", 0.4)]
    confs = "".join(page_word(f"w{n}", f'conf="{one}"') for n, one in enumerate(("0.9", "0.8", bad, "0.4")))
    assert said(page_xml(confs, "w0 w1 w2 w3")) == [("w0", 0.9), ("w1", 0.8), ("w3", 0.4)]
    titles = ("x_wconf 90", "x_wconf 80", f"x_wconf {'-7' if bad == '7' else bad}", "x_wconf 40")
    assert said(hocr(*titles)) == [("word0", 0.9), ("word1", 0.8), ("word3", 0.4)]
    assert relayout.fix(alto("0.9", "0.8", bad, "0.4"), name="page.xml").articles


def test_what_is_left_out_is_noted() -> None:
    _, notes = read(alto("0.9", "0.8", "-1"))
    assert notes[-1].what == "how sure OCR is of 1 words of page 1 is not known"


def test_files_that_count_to_the_other_end_are_known_by_most_of_their_words() -> None:
    assert said(alto("96", "31", "0")) == [("word0", 0.96), ("word1", 0.31), ("word2", 0.0)]
    assert said(hocr("x_wconf 0.96", "x_wconf 0.31")) == [("word0", 0.96), ("word1", 0.31)]


@pytest.mark.parametrize("same", [["0"] * 3, ["1.00"] * 3, ["0.87"] * 30])
def test_a_page_of_which_all_words_are_alike_says_nothing(same: list[str]) -> None:
    page, notes = read(alto(*same))
    assert page.sure == ()
    assert notes[-1].what == "how sure OCR is of the words of page 1 is not used"


def test_few_words_may_be_alike() -> None:
    assert said(alto("0.87", "0.87")) == [("word0", 0.87), ("word1", 0.87)]


def test_a_million_words_take_no_long_time() -> None:
    from relayout.readers.surety import graded, spans

    begin = time.perf_counter()
    raw = "ab " * 1_000_000
    found = spans(raw, (("ab" if n % 2 else "not there", n % 7 / 10) for n in range(1_000_000)))
    assert graded([(raw, found)], 1.0, 1)[0]
    assert time.perf_counter() - begin < 20


# ---------------------------------------------------------------- lines as stages leave them


@pytest.mark.parametrize(
    ("raw", "text", "expected"),
    [
        ("the old king", "the old king", ["the", " ol"]),
        (" the old king", "the old king", ["th", "e o"]),
        ("tho  old", "tho old", ["tho", "o"]),
        ("社　評 論", "社評論", ["社評", "論"]),
        ("⼯\u200b作 二", "工作二", ["工作", "二"]),
        ("cafe\u0301s an", "cafés an", ["caf", "és"]),
        ("ganz anders", "etwas", []),
    ],
)
def test_words_are_found_in_clean_text(raw: str, text: str, expected: list[str]) -> None:
    told = {(1, 1): (Sureness(1, 0, 3, 0.1), Sureness(1, 3, 6, 0.2))}
    found = words(Line(raw, text, Place(1, 1)), told)
    assert [text[one.start : one.end] for one in found] == expected


def test_a_cut_line_keeps_what_belongs_to_each_part() -> None:
    told = {(2, 9): (Sureness(9, 0, 4, 0.1), Sureness(9, 5, 9, 0.2))}
    first, second = Line("eins zw", "eins zw", Place(2, 9, 0, 7)), Line("ei", "ei", Place(2, 9, 7, 9))
    assert [first.text[a:b] for a, b, _ in words(first, told)] == ["eins", "zw"]
    assert [second.text[a:b] for a, b, _ in words(second, told)] == ["ei"]
    assert mean((first, second), told) == pytest.approx(0.15)
    assert mean((line("x", 1),), told) is None


# ---------------------------------------------------------------- writers


def marked(issue: Issue) -> Counter[str]:
    body = tei.render(issue).decode().split("<body>")[1]
    return Counter(re.findall(r'<(?:unclear|seg type="ocr")[^>]*>', body))


def test_words_that_are_not_sure_are_marked_and_others_are_not() -> None:
    issue = relayout.fix(alto("0.96", "0.3", "0.2", "0.6", "0.8"), name="page.xml")
    body = tei.render(issue).decode()
    assert (
        'word0 <unclear reason="ocr" cert="low">word1 word2</unclear> <seg type="ocr" cert="medium">word3</seg> word4'
        in body
    )
    assert marked(replace(issue, unclear=0.0)) == Counter()
    assert marked(replace(issue, unclear=1.0)) == Counter(
        {f'<unclear reason="ocr" cert="{cert}">': n for cert, n in (("high", 2), ("medium", 1), ("low", 1))}
    )


def test_the_text_is_the_same_whatever_is_marked() -> None:
    whole = unsure(every_role(), 0.1, 0.6, 0.9)
    for limit in (0.0, 0.5, 1.0):
        xml = tei.render(replace(whole, unclear=limit))
        assert not check(xml)
        text = "".join(etree.fromstring(xml).find("{*}text").itertext())
        assert ink(text) == ink("".join(etree.fromstring(tei.render(every_role())).find("{*}text").itertext()))
    assert plain.page_text(whole) == plain.page_text(every_role())


def test_the_table_of_articles_has_the_mean() -> None:
    issue = relayout.fix(alto("0.9", "0.5"), name="page.xml")
    head, row = (one.split("\t") for one in plain.render(issue)["metadata.tsv"].decode().splitlines())
    assert row[head.index("ocr")] == "0.70"
    assert plain.render(every_role())["metadata.tsv"].decode().splitlines()[1].split("\t")[head.index("ocr")] == ""


def test_json_keeps_every_number() -> None:
    whole = replace(unsure(relayout.fix(alto("0.9", "0.5"), name="page.xml"), 0.125, 0.7), unclear=0.25)
    assert recall.load(record.render(whole)).pages[0].sure == whole.pages[0].sure
    assert recall.load(record.render(whole)).unclear == 0.25


def test_no_limit_is_beyond_certainty() -> None:
    for limit in (-0.1, 1.1, float("nan")):
        with pytest.raises(ValueError, match="from 0 to 1"):
            replace(every_role(), unclear=limit)


@pytest.mark.parametrize("path", REAL or [None], ids=lambda path: path.stem if path else "none")
def test_real_pages_keep_what_they_say_of_every_word(path: Path | None) -> None:
    if path is None:
        why = f"{DATA} is absent; RELAYOUT_DATA says where the data is"
        if "data" in os.environ.get("RELAYOUT_REQUIRE", ""):
            pytest.fail(why)
        pytest.skip(why)
    issue = relayout.fix(path)
    strings = [*etree.parse(path).getroot().iter("String")]
    said = sorted(float(one.get("WC", "")) for one in strings if ink(one.get("CONTENT", "")))
    assert sorted(one.cert for one in issue.pages[0].sure) == said
    told = known(issue.pages)
    written = [one.cert for p in issue.paragraphs for each in p.lines for one in words(each, told)]
    assert len(written) >= len(said)  # a word that is cut is counted in both lines
    xml = tei.render(issue)
    assert not validate(xml, "page.tei.xml", path.read_bytes(), issue.source.encoding)
    low = sum(len(ink(one.get("CONTENT", ""))) for one in strings if float(one.get("WC", "")) < 0.5)
    found = sum(len(ink("".join(node.itertext()))) for node in etree.fromstring(xml).iter("{*}unclear"))
    assert 0.99 * low < found <= low  # the hyphen of a line end stands beside it
