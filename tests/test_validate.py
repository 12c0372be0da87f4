"""Validation: what is wrong is found, told in words, at its line; hostile files do no harm."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from lxml import etree

from issues_by_hand import every_role, issue, line, paragraph, seed, seed_bytes, seed_folder, source_of
from random_issues import issues
from relayout.errors import InputError
from relayout.model import Article, Issue, Paragraph, Reading, Source
from relayout.roles import Role
from relayout.validate import Finding, check, conservation, validate
from relayout.validate.grammar import _in_words
from relayout.writers import simplified, tei

needs_seed = pytest.mark.skipif(seed_folder() is None, reason="no seed page in samples/ or ../shared/gold")


def small() -> Issue:
    """Two articles: heads of both in line 3, a list with a head, a private-use character, a hyphen."""
    cut = (line("甲乙 ", 3, start=0, end=3), line("丙丁", 3, start=3, end=5))
    first = Article(
        (
            Paragraph(cut[:1], role=Role.HEAD),
            paragraph(Role.BODY, 1, "第一行\ue111", "第二行"),
            paragraph(Role.BYLINE, 4, "記者"),
        ),
        id="a1",
    )
    second = Article(
        (
            Paragraph(cut[1:], role=Role.HEAD),
            paragraph(Role.LIST_HEAD, 5, "❶頭", mark=1),
            paragraph(Role.ITEM, 6, "•項", mark=1),
            paragraph(Role.CROSSHEAD, 7, "小題"),
            paragraph(Role.BODY, 8, "文"),
        ),
        id="a2",
        about="a1",
    )
    return issue(first, second)


def said(xml: str, source: bytes | None = None) -> list[tuple[int, str]]:
    return [(finding.line, finding.what) for finding in validate(xml.encode(), "page.tei.xml", source)]


def test_what_relayout_writes_has_no_faults():
    assert validate(tei.render(small()), "x", source_of(small())) == ()
    assert validate(tei.render(every_role()), "x", source_of(every_role())) == ()


@needs_seed
def test_the_seed_page_keeps_every_character():
    assert validate(tei.render(seed()), "x", seed_bytes()) == ()


@given(issues())
@settings(max_examples=80, deadline=None)
def test_any_issue_is_valid_and_conserves_every_character(an_issue: Issue):
    xml = tei.render(an_issue)
    assert check(xml) == ()
    root = etree.fromstring(xml)
    # The pages of a random issue hold parts of lines; the reader would have given the whole lines.
    raws: dict[int, str] = {}
    for each in sorted((each for page in an_issue.pages for each in page.lines), key=lambda each: each.place):
        raws[each.place.line] = raws.get(each.place.line, "") + each.raw
    pages = (replace(an_issue.pages[0], lines=tuple(line(raw, number) for number, raw in raws.items())),)
    assert list(conservation.lost_or_doubled(root, Reading(an_issue.source, pages))) == []


def test_a_finding_is_one_line():
    assert str(Finding("page.tei.xml", 17, "what", "do")) == "page.tei.xml:17: what; do"


# ---------------------------------------------------------------- grammar, in words

Change = tuple[str, str]

GRAMMAR: list[tuple[Change, str]] = [
    (('<p xml:id="a1-p2">', '<p xml:id="a1-p2" foo="x">'), "p may not have the attribute foo"),
    (('type="article"', 'type="novel"'), 'div has type="novel"; allowed: advertisement, article, briefs,'),
    (('<item xml:id="a2-p3">', "<item>"), "item lacks the attribute xml:id"),
    (('<pb n="1"/>', "<pb/>"), "pb lacks the attribute n"),
    (("<label>❶", "<gb/><label>❶"), "gb may not stand in head"),
    (("<body>", "<front/><body>"), "front may not stand in text"),
    (("<list>", "<list>text"), "list holds text of its own"),
    (("</item>\n", "</item>tail\n"), "list holds text of its own"),
    (('xmlns="http://www.tei-c.org/ns/1.0"', ""), "TEI may not stand in a TEI file (it is not in the TEI namespace)"),
    (("<TEI ", '<TEI foo="x" '), "TEI may not have the attribute foo"),
    ((' cert="high"', ""), "div lacks the attribute cert"),
    (('<lb n="2"', '<lb n="two"'), '"two" is not allowed as a value'),
    (("<extent>", "<!-- "), "not well-formed XML"),
    (("</list>\n", '</list><byline xml:id="b"><lb n="9"/></byline>\n'), "div may not stand here"),
    (("<extent>1 page, 9 lines, 2 units</extent>", ""), "publicationStmt may not stand here"),
    (('<head xml:id="a1-p1" type="main">', '<head xml:id="a1-p1" type="caption">'), "head has type="),
]


@pytest.mark.parametrize(("change", "what"), GRAMMAR)
def test_grammar_faults_are_told_in_words(change: Change, what: str):
    xml = tei.render(small()).decode()
    assert change[0] in xml
    broken = xml.replace(*change, 1)
    findings = validate(broken.encode(), "page.tei.xml")
    assert findings[0].what.startswith(what)
    assert findings[0].advice


def test_a_grammar_fault_is_at_its_line():
    xml = tei.render(small()).decode().replace('<item xml:id="a2-p3">', "<item>")
    number = next(number for number, text in enumerate(xml.splitlines(), 1) if "<item>" in text)
    assert said(xml) == [(number, "item lacks the attribute xml:id")]


def test_what_libxml2_says_is_put_into_words():
    assert _in_words("Element div has extra content: head") == "head may not stand here in div"
    assert _in_words("Expecting element div, got head") == "div is expected here, not head"
    assert _in_words("Element p failed to validate content") == "p is not complete"
    assert _in_words("something new") == "something new"


# ---------------------------------------------------------------- against the source


def test_lost_added_doubled_and_misplaced_characters_are_told_with_their_line():
    xml, source = tei.render(small()).decode(), source_of(small())
    assert said(xml.replace("第二行", "第行"), source)[0][1] == "line 2 of the source: lost: 二"
    assert said(xml.replace("第二行", "第二三行"), source)[0][1] == "line 2 of the source: added: 三"
    assert said(xml.replace("第二行", "第二行第二行"), source)[0][1] == "line 2 of the source: doubled: 第二行"
    assert (
        said(xml.replace("第二行", "行第二"), source)[0][1]
        == "line 2 of the source: characters in another order: 行第二"
    )
    assert said(xml.replace("第二行", "第2行"), source)[0][1] == "line 2 of the source: lost: 二, added: 2"
    assert said(xml.replace("第二行", "<!-- 第 -->第<?x 二?>二行"), source) == []


def test_an_accent_apart_from_its_letter_is_not_lost():
    cut = [Paragraph((line(raw, 1, start=start, end=end),)) for raw, start, end in (("e ", 0, 2), ("\u0301x", 2, 4))]
    whole = issue(Article(tuple(cut), id="a1"))
    assert validate(tei.render(whole), "x", source_of(whole)) == ()


def test_a_lost_line_a_wrong_number_and_text_from_nowhere():
    xml, source = tei.render(small()).decode(), source_of(small())
    lost = xml.replace('<p xml:id="a2-p5"><lb n="8"/>文</p>', "")
    assert lost != xml
    assert said(lost, source) == [(1, "line 8 of the source: lost: 文")]
    assert [what for _, what in said(xml.replace('n="8"', 'n="80"'), source)] == [
        "line 8 of the source: lost: 文",
        "line 80 is empty or absent in the source: 文",
    ]
    nowhere = xml.replace('<pb n="1"/>', '<pb n="1"/>無')
    assert "text that is said to be from no line: 無" in [what for _, what in said(nowhere, source)]
    assert "text that is said to be from no line: 文" in [
        what for _, what in said(xml.replace('n="8"', 'n="x"'), source)
    ]


def test_parts_of_a_line_are_read_in_their_order_whatever_article_they_went_to():
    whole = small()
    swapped = replace(whole, articles=whole.articles[::-1])
    assert validate(tei.render(swapped), "x", source_of(whole)) == ()


def test_a_character_that_is_declared_wrongly_is_lost():
    xml, source = tei.render(small()).decode(), source_of(small())
    for value in ("U+E112", "U+FFFFFF", "x"):
        broken = validate(xml.replace('value="U+E111"', f'value="{value}"').encode(), "x", source)
        assert "lost" in broken[-1].what
        assert "U+E111" in broken[-1].what


def test_a_long_line_is_compared_in_time():
    whole = issue(Article((paragraph(Role.BODY, 1, "字" * 60_000 + "完"),), id="a1"))
    xml = tei.render(whole).replace("完".encode(), b"")
    assert validate(xml, "x", source_of(whole))[0].what.startswith("line 1 of the source: lost: 字")


def test_another_source_is_said_before_its_differences():
    whole = small()
    data = source_of(whole)
    right = replace(whole, source=Source("page.txt", hashlib.sha256(data).hexdigest()))
    findings = validate(tei.render(right), "x", "別的文字\n".encode())
    assert "SHA-256 differs" in findings[0].what
    assert len(findings) > 1
    # The same text in another encoding is not another source.
    assert validate(tei.render(right), "x", "\ufeff".encode() + data) == ()


def test_the_source_may_need_its_encoding():
    whole = issue(Article((paragraph(Role.BODY, 1, "發展，第一行"),), id="a1"))
    assert validate(tei.render(whole), "x", "發展，第一行\n".encode("utf-16-le"), "utf-16-le") == ()


def test_a_machine_version_is_not_compared_with_the_print():
    files = simplified.render(small())
    findings = validate(files["page.hk2s.tei.xml"], "x", source_of(small()))
    assert [finding.what for finding in findings] == ["a machine version: its characters are not those of the source"]


def test_a_source_that_cannot_be_read_is_an_error_for_people():
    with pytest.raises(InputError):
        validate(tei.render(small()), "x", b"")


def test_a_file_that_is_no_tei_is_not_compared():
    assert len(validate(b"<html/>", "x", source_of(small()))) == 1


# ---------------------------------------------------------------- hostile files

LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 20 if n else "ha"}">' for n in range(12))


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"\0\0",
        b"plain text",
        b"<a>" * 100_000,
        b"<TEI",
        "<x/>".encode("utf-16"),
        f'<!DOCTYPE x [{LAUGHS}]><x a="&a11;">&a11;</x>'.encode(),
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
        b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><x/>',
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'.encode("utf-16"),
        b'<x xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="/etc/passwd" parse="text"/></x>',
        b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><!-- only --></TEI>',
    ],
    ids=range(12),
)
def test_hostile_files_give_findings_and_nothing_else(xml: bytes):
    findings = validate(xml, "x", source_of(small()))
    assert findings
    assert not any("root:" in str(finding) for finding in findings)


@pytest.mark.parametrize("number", ["9" * 5000, "٣", "-1", "1.5", ""])
def test_strange_line_numbers_do_not_stop_the_comparison(number: str):
    xml = tei.render(small()).decode().replace('n="8"', f'n="{number}"')
    assert validate(xml.encode(), "x", source_of(small()))


@pytest.mark.parametrize("make", [small, every_role])
def test_check_is_validate_without_a_source(make: Callable[[], Issue]):
    assert check(tei.render(make())) == ()
