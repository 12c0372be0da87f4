"""The writers: TEI, plain text, JSON, and the machine version; small cases that read like the output."""

from __future__ import annotations

import json
import math
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from issues_by_hand import every_role, issue, line, paragraph, seed, seed_folder
from places_by_hand import placed
from random_issues import issues
from relayout.errors import InputError, UsageError
from relayout.model import Article, Evidence, Figure, Issue, Note, Paragraph, Place, Source
from relayout.roles import Joint, Kind, Level, Role
from relayout.validate import check
from relayout.writers import WRITERS, naming, plain, recall, record, simplified, tei
from relayout.writers.tei_header import Conversion

NS = {"tei": "http://www.tei-c.org/ns/1.0"}
needs_seed = pytest.mark.skipif(seed_folder() is None, reason="no seed page in samples/ or ../shared/gold")


def one(*parts: Paragraph, kind: Kind = Kind.ARTICLE, figures: tuple[Figure, ...] = ()) -> Issue:
    return issue(Article(parts, kind, figures, "a1"))


def body(an_issue: Issue) -> str:
    """Return the inside of the body, its indentation taken off."""
    xml = tei.render(an_issue)
    assert check(xml) == ()
    inner = xml.decode().partition("<body>\n")[2].partition("    </body>")[0]
    return re.sub(r"(?m)^ {6}", "", inner).replace(' cert="high" resp="#relayout"', "")


# ---------------------------------------------------------------- TEI


def test_an_article_reads_like_the_page():
    got = body(
        one(
            paragraph(Role.KICKER, 1, "中央城市工作會議"),
            paragraph(Role.HEAD, 2, "部署七大任務 建設宜居智慧城市"),
            paragraph(Role.RUBRIC, 3, "專家", "解讀"),
            paragraph(Role.LEAD, 5, "會議在京舉行。"),
            paragraph(Role.BODY, 6, "【大公報訊】會議指", "出，黨的十八大以來。", mark=6),
            paragraph(Role.CROSSHEAD, 8, "走出新路子"),
            paragraph(Role.BODY, 9, "會議強調。"),
            paragraph(Role.BYLINE, 10, "大公報記者王珏"),
        )
    )
    assert (
        got
        == """\
<pb n="1"/>
<div type="article" xml:id="a1" n="1">
  <head xml:id="a1-p1" type="kicker"><lb n="1"/>中央城市工作會議</head>
  <head xml:id="a1-p2" type="main"><lb n="2"/>部署七大任務 建設宜居智慧城市</head>
  <head xml:id="a1-p3" type="rubric">
    <lb n="3"/>專家
    <lb n="4" break="no"/>解讀</head>
  <p xml:id="a1-p4" rend="lead"><lb n="5"/>會議在京舉行。</p>
  <p xml:id="a1-p5">
    <lb n="6"/><seg type="dateline">【大公報訊】</seg>會議指
    <lb n="7" break="no"/>出，黨的十八大以來。</p>
  <div type="section">
    <head xml:id="a1-p6"><lb n="8"/>走出新路子</head>
    <p xml:id="a1-p7"><lb n="9"/>會議強調。</p>
  </div>
  <byline xml:id="a1-p8"><lb n="10"/>大公報記者王珏</byline>
</div>
"""
    )


def test_several_lists_with_their_heads_and_the_source_line_after_them():
    got = body(
        one(
            paragraph(Role.LIST_HEAD, 1, "❶着力", mark=1),
            paragraph(Role.ITEM, 2, "•發展", "組團", mark=1),
            paragraph(Role.LIST_HEAD, 4, "❷創新", mark=1),
            paragraph(Role.ITEM, 5, "•培育", mark=1),
            paragraph(Role.SOURCE, 6, "資料來源：新華社"),
            paragraph(Role.ITEM, 7, "•無頭", mark=1),
            paragraph(Role.LIST_HEAD, 8, "❸無項", mark=1),
            kind=Kind.SIDEBAR,
        )
    )
    assert (
        got
        == """\
<pb n="1"/>
<div type="sidebar" xml:id="a1" n="1">
  <list>
    <head xml:id="a1-p1"><lb n="1"/><label>❶</label>着力</head>
    <item xml:id="a1-p2">
      <lb n="2"/><label>•</label>發展
      <lb n="3" break="no"/>組團</item>
  </list>
  <list>
    <head xml:id="a1-p3"><lb n="4"/><label>❷</label>創新</head>
    <item xml:id="a1-p4"><lb n="5"/><label>•</label>培育</item>
  </list>
  <bibl xml:id="a1-p5" type="credit" subtype="source"><lb n="6"/>資料來源：新華社</bibl>
  <list>
    <item xml:id="a1-p6"><lb n="7"/><label>•</label>無頭</item>
  </list>
  <ab xml:id="a1-p7" type="list-head"><lb n="8"/><label>❸</label>無項</ab>
</div>
"""
    )


def test_rows_are_one_table_and_tabs_part_the_cells():
    got = body(one(paragraph(Role.ROW, 1, "金\t銀\t"), paragraph(Role.ROW, 2, "1\t2", "3\t4")))
    assert (
        got
        == """\
<pb n="1"/>
<div type="article" xml:id="a1" n="1">
  <table>
    <row xml:id="a1-p1">
      <cell><lb n="1"/>金</cell>
      <cell>銀</cell>
    </row>
    <row xml:id="a1-p2">
      <cell><lb n="2"/>1</cell>
      <cell>2<lb n="3" break="no"/>3</cell>
      <cell>4</cell>
    </row>
  </table>
</div>
"""
    )


def test_the_four_joints():
    joints = (Joint.SPACE, Joint.TIGHT, Joint.HYPHEN_GONE, Joint.HYPHEN_KEPT)
    texts = ("well", "made", "pre-", "fix-", "free")
    part = Paragraph(tuple(line(text, n) for n, text in enumerate(texts, 1)), joints)
    assert (
        body(one(part))
        == """\
<pb n="1"/>
<div type="article" xml:id="a1" n="1">
  <p xml:id="a1-p1">
    <lb n="1"/>well
    <lb n="2"/>made
    <lb n="3" break="no"/>pre<pc force="weak">-</pc>
    <lb n="4" break="no"/>fix-
    <lb n="5" break="no"/>free</p>
</div>
"""
    )


def test_parts_of_a_cut_line_keep_its_number_and_point_to_each_other():
    first = Paragraph((line("打造韌性城市", 338, start=0, end=6),), role=Role.HEAD)
    second = Paragraph((line("會議部署", 338, start=6, end=10),), role=Role.HEAD)
    got = body(issue(Article((second,), id="a1"), Article((first,), id="a2")))
    assert '<lb n="338" type="part" xml:id="l338-6" prev="#l338-0"/>會議部署' in got
    assert '<lb n="338" type="part" xml:id="l338-0" next="#l338-6"/>打造韌性城市' in got


def test_pages_turn_between_articles_and_inside_a_sentence():
    over = Paragraph((line("一", 2), line("二", 3, page=2)), (Joint.TIGHT,))
    back = Paragraph((line("三", 1),))
    furniture = Paragraph((line("B3", 4, page=2),), role=Role.FURNITURE)
    late = Paragraph((line("2025", 5, page=9),), role=Role.FURNITURE)
    got = body(issue(Article((over,), id="a1"), Article((back,), id="a2"), furniture=(furniture, late)))
    assert (
        got
        == """\
<pb n="1"/>
<div type="article" xml:id="a1" n="1">
  <p xml:id="a1-p1">
    <lb n="2"/>一
    <pb n="2" break="no"/><lb n="3" break="no"/>二</p>
</div>
<pb n="1"/>
<div type="article" xml:id="a2" n="2">
  <p xml:id="a2-p1"><lb n="1"/>三</p>
</div>
<pb n="2"/>
<fw xml:id="fw-1" type="pageNum"><lb n="4"/>B3</fw>
<pb n="9"/>
<fw xml:id="fw-2" type="pageNum"><lb n="5"/>2025</fw>
"""
    )


def test_furniture_comes_before_the_first_article_of_its_page():
    got = body(
        issue(Article((paragraph(Role.BODY, 2, "文"),), id="a1"), furniture=(paragraph(Role.FURNITURE, 1, "要聞"),))
    )
    assert got.index("<fw") < got.index("<div")


@pytest.mark.parametrize(
    ("roles", "skeleton"),
    [
        ("head", "head"),
        ("head byline", "head byline"),
        ("p byline", "p byline"),
        ("p byline p", "p ab p"),
        ("p byline source", "p byline note(bibl)"),
        ("source head p", "note(bibl) head p"),
        ("source p", "bibl p"),
        ("crosshead p", "div(head p)"),
        ("crosshead crosshead p", "div(head head p)"),
        ("p crosshead p byline", "p div(head p) byline"),
        ("p crosshead p byline crosshead p", "p div(head p byline) div(head p)"),
        ("p crosshead byline p", "p div(head byline p)"),
        ("p head p", "p div(head p)"),
        ("crosshead item source", "div(head list(item) bibl)"),
        ("list-head list-head item p item", "list(head head item) p list(item)"),
        ("caption credit credit p", "figure(head bibl bibl) p"),
        ("caption head p", "figure(head) head p"),
        ("p dateline furniture", "p dateline fw"),
        ("dateline p", "dateline p"),
        ("furniture furniture head furniture p", "fw fw head fw p"),
        ("item furniture item", "list(item) fw list(item)"),
        ("display head p", "ab div(head p)"),
        ("row row p row", "table(row(cell) row(cell)) p table(row(cell))"),
        ("byline", "byline"),
        ("credit", "bibl"),
        ("crosshead", "div(head)"),
    ],
)
def test_any_order_of_parts_has_a_place_in_tei_and_keeps_its_order(roles: str, skeleton: str):
    parts = [paragraph(Role(role), number, "文") for number, role in enumerate(roles.split(), 1)]
    xml = tei.render(one(*parts))
    assert check(xml) == ()
    root = etree.fromstring(xml)
    div = root.find(".//tei:body/tei:div", NS)
    assert _skeleton(div) == skeleton
    assert root.xpath("//tei:lb/@n", namespaces=NS) == [str(n) for n in range(1, len(parts) + 1)]


def _skeleton(node: etree._Element) -> str:
    def said(child: etree._Element) -> str:
        inner = _skeleton(child)
        return child.tag.rpartition("}")[2] + (f"({inner})" if inner else "")

    return " ".join(said(child) for child in node if not child.tag.endswith(("}lb", "}pb")))


def test_the_last_brief_keeps_its_signature():
    roles = "head head p byline head p byline"
    parts = [paragraph(Role(role), number, "文") for number, role in enumerate(roles.split(), 1)]
    root = etree.fromstring(tei.render(one(*parts, kind=Kind.BRIEFS)))
    div = root.find(".//tei:body/tei:div", NS)
    assert div.get("org") == "composite"
    assert _skeleton(div) == "head head p ab div(head p byline)"


def test_figures_alone_are_a_unit_of_their_own():
    photo = Figure((paragraph(Role.CAPTION, 1, "▲照片", mark=1), paragraph(Role.CREDIT, 2, "新華社")), cert=0.6)
    got = body(issue(Article((), figures=(photo,), id="a1")))
    assert '<figure type="photo" xml:id="a1-f1" cert="medium" resp="#relayout">' in got
    assert '<head xml:id="a1-p1" type="caption"><lb n="1"/><seg type="mark">▲</seg>照片</head>' in got
    assert '<bibl xml:id="a1-p2" type="credit"><lb n="2"/>新華社</bibl>' in got


def test_a_sidebar_says_whose_event_it_is_about_and_never_points_to_nothing():
    main = Article((paragraph(Role.BODY, 1, "一"),), id="a1")
    box = Article((paragraph(Role.BODY, 2, "二"),), Kind.SIDEBAR, id="a2", about="a1")
    assert 'xml:id="a2" n="2" corresp="#a1">' in body(issue(main, box))
    assert "corresp" not in body(issue(main, replace(box, about="a7")))


def test_doubt_is_said_in_attributes_and_in_standoff():
    sure, unsure = paragraph(Role.BODY, 1, "一"), replace(paragraph(Role.BODY, 2, "二"), cert=0.3)
    half = replace(paragraph(Role.BODY, 3, "三"), cert=0.5)
    fw = paragraph(Role.FURNITURE, 4, "四")
    notes = (
        Note("group", "may belong to a2", "near <it>", 0.45, Level.DOUBT, Place(1, 1)),
        Note("group", "furniture?", "", 0.2, Level.DOUBT, Place(1, 4)),
        Note("group", "no line of ours", "", 0.2, Level.DOUBT, Place(1, 99)),
        Note("group", "decided", "", 0.2, Level.DECISION, Place(1, 2)),
    )
    xml = tei.render(issue(Article((sure, unsure, half), id="a1", cert=0.2), furniture=(fw,), notes=notes)).decode()
    assert '<div type="article" xml:id="a1" n="1" cert="low" resp="#relayout">' in xml
    assert '<p xml:id="a1-p2" cert="low" resp="#relayout">' in xml
    assert '<p xml:id="a1-p3" cert="medium" resp="#relayout">' in xml
    assert (
        xml.partition("<standOff>")[2]
        == """
    <certainty target="#a1-p1" locus="location" degree="0.45" resp="#relayout">
      <desc>may belong to a2: near &lt;it&gt;</desc>
    </certainty>
    <certainty target="#fw-1" locus="location" degree="0.20" resp="#relayout">
      <desc>furniture?</desc>
    </certainty>
    <certainty target="#a1" locus="location" degree="0.20" resp="#relayout"/>
    <certainty target="#a1-p2" locus="location" degree="0.30" resp="#relayout"/>
  </standOff>
</TEI>
"""
    )


def test_a_doubt_about_a_cut_line_goes_to_the_part_it_means():
    parts = (line("甲", 7, start=0, end=1), line("乙", 7, start=1, end=2))
    article = Article(tuple(Paragraph((each,)) for each in parts), id="a1")
    notes = tuple(Note("s", "w", "", 0.1, Level.DOUBT, place) for place in (Place(1, 7, 1, 2), Place(1, 7)))
    root = etree.fromstring(tei.render(issue(article, notes=notes)))
    assert root.xpath("//tei:certainty/@target", namespaces=NS) == ["#a1-p2", "#a1-p1"]


HOSTILE = [
    "a & b < c > d ]]> &amp;",
    "\"'",
    "\ue111私",
    "\U000f0000",
    "x\ufffey",
    "\U0001ffff",
    "𠮷野家",
    "a\x01b",
    "a\x85b",
    "\ufdd0",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_characters_are_kept_and_well_formed(text: str):
    whole = one(paragraph(Role.HEAD, 1, text), paragraph(Role.ITEM, 2, text, text, mark=1))
    xml = tei.render(replace(whole, title=text, date=text, profile=text, source=Source(text + ".txt")))
    assert check(xml) == ()
    root = etree.fromstring(xml)
    declared = {
        char.get("{http://www.w3.org/XML/1998/namespace}id"): char[0].get("value") for char in root.iter("{*}char")
    }
    for g in root.iter("{*}g"):
        g.text = chr(int(declared[g.get("ref")[1:]][2:], 16)) if not etree_cannot(declared[g.get("ref")[1:]]) else "�"
    assert "".join(root.find(".//{*}head").itertext()) == "".join(
        "�" if etree_cannot(f"U+{ord(c):04X}") else c for c in text
    )


def etree_cannot(codepoint: str) -> bool:
    try:
        etree.Element("x").text = chr(int(codepoint[2:], 16))
    except ValueError:
        return True
    return False


def test_private_use_characters_are_declared_once():
    xml = tei.render(one(paragraph(Role.BODY, 1, "\ue111甲\ue111"))).decode()
    assert '<g ref="#char-E111"/>甲<g ref="#char-E111"/>' in xml
    assert xml.count('<char xml:id="char-E111">') == 1
    assert '<localProp name="codepoint" value="U+E111"/>' in xml


def test_the_header_says_only_what_is_known():
    bare = etree.fromstring(tei.render(one(paragraph(Role.BODY, 1, "文"))))
    assert bare.find(".//{*}biblStruct") is None
    known = replace(one(paragraph(Role.BODY, 1, "文")), title="大公報", date="July 1901", lang="not a tag!")
    root = etree.fromstring(tei.render(known))
    assert root.findtext(".//{*}imprint/{*}date") == "July 1901"
    assert root.find(".//{*}date").get("when") is None
    assert root.find("{*}text").get("{http://www.w3.org/XML/1998/namespace}lang") == "und"
    assert root.findtext(".//{*}idno[@type='sha256']") == known.source.sha256


def test_an_issue_without_articles_is_still_valid_tei():
    assert check(tei.render(issue())) == ()
    assert check(tei.render(issue(furniture=(paragraph(Role.FURNITURE, 1, "A1"),)))) == ()


def test_ids_are_given_where_the_core_gave_none():
    parts = (paragraph(Role.BODY, 1, "文"),)
    units = [Article(parts), Article(parts, id="a2"), Article(parts), Article(parts, Kind.UNASSIGNED)]
    assert naming.article_ids(issue(*units)) == ("a1", "a2", "a3", "u1")
    assert naming.article_ids(issue(*units[1:3], *units[:2][:1])) == ("a2", "a3", "a4")


# ---------------------------------------------------------------- laws, for any issue


def joined(node: etree._Element) -> str:
    """Read a paragraph as docs/tei.md says: an lb is a space, or nothing with break="no"; weak hyphens go."""
    out: list[str] = []
    first = True
    hyphens = {each for pc in node.iter("{*}pc") for each in pc.iter()}
    for event, each in etree.iterwalk(node, events=("start", "end")):
        tag = each.tag.rpartition("}")[2]
        if event == "start":
            if tag in ("lb", "cb", "pb"):
                out[:] = [re.sub(r"\n *$", "", "".join(out))]
            if tag == "lb":
                if each.get("break") != "no" and not first:
                    out.append(" ")
                first = False
            if tag == "cell" and each.getprevious() is not None:
                out.append("\t")
            if tag == "g" and each not in hyphens:
                out.append(chr(int(each.get("ref").removeprefix("#char-"), 16)))
            if tag != "row" and each not in hyphens:
                out.append(each.text or "")
        elif each is not node and tag != "cell" and not (each in hyphens and tag == "g"):
            out.append(each.tail or "")
    return "".join(out)


@given(issues())
@settings(max_examples=60, deadline=None)
def test_the_text_of_every_paragraph_can_be_read_from_the_tei(an_issue: Issue):
    root = etree.fromstring(tei.render(an_issue))
    by_id = {node.get("{http://www.w3.org/XML/1998/namespace}id"): node for node in root.iter()}
    for unit, article in zip(naming.article_ids(an_issue), an_issue.articles, strict=True):
        for ident, part in naming.named(article, unit):
            assert joined(by_id[ident]) == part.text, ident


@given(issues())
@settings(max_examples=60, deadline=None)
def test_json_comes_back_as_the_same_issue(an_issue: Issue):
    whole = replace(
        an_issue,
        articles=tuple(
            replace(each, id=unit) for unit, each in zip(naming.article_ids(an_issue), an_issue.articles, strict=True)
        ),
    )
    assert recall.load(record.render(whole)) == whole


@given(issues())
@settings(max_examples=30, deadline=None)
def test_same_issue_same_bytes(an_issue: Issue):
    for writer in (writer for writer in WRITERS.values() if not writer.placed):
        assert writer.render(an_issue) == writer.render(an_issue)


@given(issues())
@settings(max_examples=60, deadline=None)
def test_plain_text_is_one_paragraph_a_line(an_issue: Issue):
    for unit, article in zip(naming.article_ids(an_issue), an_issue.articles, strict=True):
        text = plain.render(an_issue)[f"page-{unit}.txt"].decode()
        printed = [part for part in article.paragraphs if part.role not in (Role.FURNITURE, Role.JUMP)]
        assert len(text.splitlines()) == len(printed)
        assert text == "" or text.endswith("\n")
    rows = plain.render(an_issue)["metadata.tsv"].decode().splitlines()
    assert {row.count("\t") for row in rows} == {len(plain.COLUMNS) - 1}


# ---------------------------------------------------------------- plain text


def test_plain_text_has_headlines_first_captions_last_and_no_furniture():
    photo = Figure((paragraph(Role.CAPTION, 9, "▲照片"), paragraph(Role.CREDIT, 10, "新華社")))
    parts = (
        paragraph(Role.FURNITURE, 1, "A2 要聞"),
        paragraph(Role.CAPTION, 2, "圖一"),
        paragraph(Role.CREDIT, 3, "路透社"),
        paragraph(Role.HEAD, 4, "標", "題"),
        paragraph(Role.BYLINE, 6, "記者"),
        paragraph(Role.BODY, 7, "正文\u2028一"),
        paragraph(Role.SUB, 8, "副題"),
    )
    files = plain.render(
        issue(Article(parts, figures=(photo,), id="a1"), Article((paragraph(Role.BODY, 11, "é"),), id="a2"))
    )
    assert list(files) == ["page.txt", "page-a1.txt", "page-a2.txt", "metadata.tsv"]
    assert files["page-a1.txt"].decode() == "標題\n副題\n記者\n正文 一\n圖一\n路透社\n▲照片\n新華社\n"
    assert files["page.txt"] == files["page-a1.txt"] + b"\n" + files["page-a2.txt"]
    assert files["page-a2.txt"].decode() == "é\n"
    assert files["metadata.tsv"].decode().splitlines()[1].split("\t") == [
        "a1", "article", "標題 / 副題", "", "記者", "1", "", "1", "10", "8", "20", "1.00", "", "", "page-a1.txt",
    ]  # fmt: skip


def test_an_article_of_furniture_only_leaves_no_gap_in_the_page():
    only = Article((paragraph(Role.FURNITURE, 1, "A2"),), id="a1")
    files = plain.render(issue(only, Article((paragraph(Role.BODY, 2, "文"),), id="a2")))
    assert files["page.txt"].decode() == "文\n"
    assert files["page-a1.txt"] == b""


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("a/b\\c", "a_b_c"),
        (".hidden", "hidden"),
        ("...", "page"),
        ("", "page"),
        ("a\x00\nb", "a_b"),
        ("CON", "_CON"),
        ("版 A2（要聞）", "版 A2（要聞）"),
        ("x" * 300, "x" * 200),
        ("大" * 100, "大" * 66),
        ("rtl\u202etxt", "rtl_txt"),
    ],
)
def test_file_names_are_safe_for_any_stem(stem: str, name: str):
    assert naming.safe(stem) == name


@given(st.text())
def test_a_file_name_stays_in_its_folder(stem: str):
    name = naming.safe(stem)
    assert Path(name).name == name
    assert not name.startswith(".")
    assert 0 < len(f"{name}-a99999.hk2s.tei.xml".encode()) <= 255
    assert naming.safe(name) == name


# ---------------------------------------------------------------- JSON


def test_json_escapes_half_pairs_and_has_no_infinity():
    note = Note("weigh", "x", "y", evidence=(Evidence("forbidden", -math.inf, 1.0),))
    data = record.render(issue(Article((paragraph(Role.BODY, 1, "\ud800甲"),), id="a1"), notes=(note,)))
    assert json.loads(data)["articles"][0]["parts"][0]["text"] == "\ud800甲"
    assert json.loads(data)["notes"][0]["evidence"] == [{"name": "forbidden", "value": None, "weight": 1.0}]
    assert math.isnan(recall.load(data).notes[0].evidence[0].value)


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"format": 2}', b'{"format": 1}', b"\xff", b"null"])
def test_what_is_no_result_is_said(data: bytes):
    with pytest.raises(InputError):
        recall.load(data)


# ---------------------------------------------------------------- the machine version


def test_simplified_converts_phrases_over_line_ends_and_keeps_places():
    # 乾坤 keeps its 乾, 乾燥 does not: only the whole paragraph tells which it is.
    whole = one(paragraph(Role.BODY, 1, "扭轉乾", "坤，衞生乾", "燥。", mark=1))
    converted = simplified.simplified(whole)
    part = converted.articles[0].parts[0]
    assert [each.text for each in part.lines] == ["扭转乾", "坤，卫生干", "燥。"]
    assert [each.raw for each in part.lines] == ["扭轉乾", "坤，衞生乾", "燥。"]
    assert (part.joints, part.mark, converted.lang) == (whole.articles[0].parts[0].joints, 1, "zh-Hans")
    assert converted.pages == whole.pages


def test_a_hyphen_that_goes_is_still_there_after_conversion():
    lines = (line("轉pre-", 1), line("fix", 2), line("發", 3))
    part = Paragraph(lines, (Joint.HYPHEN_GONE, Joint.SPACE))
    assert simplified.simplified(one(part)).articles[0].parts[0].text == "转prefix 发"


def test_simplified_output_names_the_converter():
    whole = replace(one(paragraph(Role.HEAD, 1, "發展")), title="大公報")
    files = simplified.render(whole, "t2s")
    assert list(files) == ["page.t2s.tei.xml", "page.t2s.txt"]
    assert files["page.t2s.txt"].decode() == "发展\n"
    xml = files["page.t2s.tei.xml"].decode()
    assert check(files["page.t2s.tei.xml"]) == ()
    assert '<text type="issue" xml:lang="zh-Hans">' in xml
    assert re.search(r"OpenCC \(opencc-python-reimplemented [\d.]+, configuration t2s\)", xml)
    assert re.search(r'<application xml:id="opencc" ident="opencc" version="[\d.]+">', xml)
    assert "大公报" in xml


@pytest.mark.parametrize("config", ["tw2sp", "s2twp", "s2t", "../x", ""])
def test_configurations_that_change_words_are_refused(config: str):
    with pytest.raises(UsageError):
        simplified.simplified(one(paragraph(Role.BODY, 1, "文")), config)


def test_a_conversion_that_changes_the_length_is_done_line_by_line(monkeypatch: pytest.MonkeyPatch):
    import opencc

    monkeypatch.setattr(opencc.OpenCC, "convert", lambda _, text: text.replace("噁", "惡心"))
    photo = Figure((paragraph(Role.CAPTION, 3, "甲"),))
    converted = simplified.simplified(one(paragraph(Role.BODY, 1, "噁甲", "噁", mark=1), figures=(photo,)))
    part = converted.articles[0].parts[0]
    assert ([each.text for each in part.lines], part.mark) == (["惡心甲", "惡心"], 2)
    assert [note.what for note in converted.notes] == ["converted line by line"]


def test_a_long_run_without_punctuation_is_converted_in_time():
    converted = simplified.simplified(one(paragraph(Role.BODY, 1, "發" * 20_000)))
    assert converted.articles[0].parts[0].text == "发" * 20_000


def test_a_version_that_tei_does_not_know_is_cut_down():
    xml = tei.render(one(paragraph(Role.BODY, 1, "文")), Conversion("x", "1.2.dev3+g9", "t2s"))
    assert check(xml) == ()
    assert b'ident="opencc" version="1.2"' in xml
    assert b'version="0"' in tei.render(one(paragraph(Role.BODY, 1, "文")), Conversion("x", "main", "t2s"))


# ---------------------------------------------------------------- the table, the seed page


def test_every_writer_gives_files_with_content():
    for name, writer in WRITERS.items():
        files = writer.render(placed() if writer.placed else every_role())
        assert files, name
        assert all(isinstance(content, bytes) for content in files.values())
        assert writer.files


@needs_seed
def test_the_seed_page_gives_the_gold_text():
    whole = seed()
    files = plain.render(whole)
    text = files["takungpao-2025-07-16-a5.txt"].decode().splitlines()
    assert text[:3] == ["打造韌性城市 管住任性權力", "北京觀察", "馬浩亮"]
    assert files["takungpao-2025-07-16-a1.txt"].decode().splitlines()[-1] == "新華社"
    assert check(tei.render(whole)) == ()
