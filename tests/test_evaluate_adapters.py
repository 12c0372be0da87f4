"""Predictions of every format: what is read, and what cannot be."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from relayout import api
from relayout.errors import InputError, RelayoutError
from relayout.evaluate import ADAPTERS, Prediction, parse_prediction, read_prediction
from relayout.evaluate.gold import parse_gold
from relayout.model import Article, Figure, Issue, Line, Page, Paragraph, Place, Source
from relayout.roles import Joint, Kind, Role
from relayout.writers import record, tei

DOCS = Path(__file__).resolve().parents[1] / "docs"


def read(text: str, adapter: str = "") -> Prediction:
    return parse_prediction(text.encode(), "page", adapter)


def shown(prediction: Prediction) -> list[list[str]]:
    return [[f"{part.role}: {part.text}" for part in unit.parts] for unit in prediction.units]


def test_markdown() -> None:
    text = """---
# **Fire in the harbour** #

### Two ships *lost*

A fire broke out on the
quay last night, and well-
known ships burnt.

![quay](quay.png)

Figure 1: The quay.

#### What was lost

- one ship
  of wood
- _two_ boats
3. a rope

| ship | tons |
|:-----|-----:|
| Anna | 300 \\| 400 |

> He said so.

## Rain to come
Take an [umbrella](http://x.org/a).<br>And `a coat` &amp; a \\*hat\\*.
"""
    prediction = read(text)
    assert prediction.adapter == "markdown"
    assert shown(prediction) == [
        [
            "head: Fire in the harbour",
            "head: Two ships lost",
            "p: A fire broke out on the quay last night, and wellknown ships burnt.",
            "caption: Figure 1: The quay.",
            "crosshead: What was lost",
            "item: one ship of wood",
            "item: two boats",
            "item: 3. a rope",
            "row: ship\ttons",
            "row: Anna\t300 | 400",
            "p: He said so.",
        ],
        ["head: Rain to come", "p: Take an umbrella. And a coat & a *hat*."],
    ]


def test_markdown_with_underlined_headings_and_text_before_any() -> None:
    prediction = read("Preamble.\n\nFire\n====\n\nIt burnt.\n\nRain\n----\n\nIt rained.\n\n---\n\n#\n", "markdown")
    assert shown(prediction) == [
        ["p: Preamble."],
        ["head: Fire", "p: It burnt."],
        ["head: Rain", "p: It rained."],
    ]


def test_levels_of_headings_that_begin_units() -> None:
    text = "# A\n\none\n\n## B\n\ntwo\n\n### C\n\nthree\n"
    assert [len(read(text, name).units) for name in ("markdown", "markdown-2", "markdown-1")] == [3, 2, 1]
    assert shown(read(text, "markdown-1"))[0][2] == "crosshead: B"


def test_markdown_without_headings_begins_at_what_looks_like_one() -> None:
    text = "**Fire in the harbour**\n\nIt burnt all night.\n\n**Rain to come**\n\n**Clouds**\n\nTake a coat.\n"
    prediction = read(text)
    assert prediction.adapter == "markdown"
    assert "head" not in prediction.knows
    assert [len(unit.parts) for unit in prediction.units] == [2, 3]


def test_what_a_layout_model_says_of_pictures_is_no_text() -> None:
    text = (
        "# Fire\n\n**==> picture [96 x 63] intentionally omitted <==**\n\n"
        "**----- Start of picture text -----**<br>\nQuay\n**----- End of picture text -----**<br>\n\nIt burnt.\n"
    )
    assert shown(read(text)) == [["head: Fire", "p: Quay", "p: It burnt."]]


HOSTILE = {
    "spaces": "# " + " " * 20000 + "x",
    "stars": "# h\n" + "*a" * 20000,
    "underscores": "# h\n" + "_a " * 20000,
    "images": "# h\n" + "![" * 20000,
    "comments": "# h\n" + "<!--" * 20000,
    "lines": "# h\n" + "\n" * 100000,
    "pipes": "# h\n" + "|" * 20000 + "x",
    "brackets": "# h\n" + "[" * 20000 + "](x)",
    "hashes": "# a " + "# " * 20000,
    "equals": "# h\n" + "=" * 20000 + "x",
    "rule": "# h\n" + "* " * 20000 + "x",
    "quotes": "# h\n" + "> " * 20000 + "x",
    "one line": "# h\n" + "x" * 500000,
    "no character of text": "# \n\n#\n\n| |\n|-|\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_markdown_takes_no_long_time(name: str) -> None:
    start = time.perf_counter()
    prediction = read(HOSTILE[name])
    assert time.perf_counter() - start < 10
    assert prediction.adapter == "markdown"


def test_text_with_a_paragraph_a_line() -> None:
    one, two = "It burnt all night long and nobody came. " * 4, "會議部署城市工作七個方面的重點任務。" * 5
    prediction = read(f"Fire\n{one}\n\nRain\n{two}\n{two}\n")
    assert (prediction.adapter, prediction.knows) == ("text", frozenset())
    assert shown(prediction) == [["p: Fire", f"p: {one.strip()}"], ["p: Rain", f"p: {two}", f"p: {two}"]]
    without_gap = read(f"Fire\n{one}\nRain\n{two}\n{two}\n")
    assert [len(unit.parts) for unit in without_gap.units] == [2, 3]


def test_text_of_printed_lines() -> None:
    text = (
        "Fire in the\nharbour\n\nIt burnt all night,\nand no-\nbody came.\n\nRain\n\nClouds\n\n會議部署\n城市工作。\n"
    )
    assert shown(read(text)) == [
        ["p: Fire in the harbour", "p: It burnt all night, and nobody came."],
        ["p: Rain", "p: Clouds", "p: 會議部署城市工作。"],
    ]
    assert read(text).units[0].parts[1].lines == 3


def test_text_without_headlines_is_parted_at_wide_gaps() -> None:
    assert [len(u.parts) for u in read("One ends.\n\nTwo ends.\n\n\nThree ends.\n\fFour ends.\n").units] == [2, 1, 1]


def test_text_without_blank_lines_is_lines() -> None:
    assert shown(read("One line\r\nand another\r\n")) == [["p: One line", "p: and another"]]


def test_an_empty_prediction_has_no_units() -> None:
    assert read("").units == ()
    assert read("\n \n").units == ()
    assert read("", "markdown").units == ()


def test_characters_are_those_they_stand_for() -> None:
    assert shown(read("⼯作︒\u200b")) == [["p: 工作。"]]


def line(number: int, text: str) -> Line:
    return Line(text, text, Place(1, number))


def test_our_own_results_in_full() -> None:
    marks = (
        Paragraph((line(1, "Kick"),), role=Role.KICKER),
        Paragraph((line(2, "Head"), line(3, "line")), (Joint.SPACE,), Role.HEAD),
        Paragraph((line(4, "By me"),), role=Role.BYLINE),
        Paragraph((line(5, "A lead \ue111."),), role=Role.LEAD),
        Paragraph((line(6, "【訊】pre-"), line(7, "fix"), line(8, "well-"), line(9, "known")),
                  (Joint.HYPHEN_GONE, Joint.SPACE, Joint.HYPHEN_KEPT), mark=3),
        Paragraph((line(10, "Between"),), role=Role.CROSSHEAD),
        Paragraph((line(11, "List:"),), role=Role.LIST_HEAD),
        Paragraph((line(12, "• one"), line(13, "more")), (Joint.TIGHT,), Role.ITEM, mark=1),
        Paragraph((line(14, "a\tb c"), line(15, "d\te")), (Joint.SPACE,), Role.ROW),
        Paragraph((line(16, "\ue111\tb"),), role=Role.ROW),
        Paragraph((line(17, "Source: x"),), role=Role.SOURCE),
        Paragraph((line(18, "BIG"),), role=Role.DISPLAY),
        Paragraph((line(19, "Berlin"),), role=Role.DATELINE),
        Paragraph((line(20, "Amid."),), role=Role.CAPTION),
        Paragraph((line(21, "AP"),), role=Role.CREDIT),
        Paragraph((line(22, "The end."),)),
    )  # fmt: skip
    figure = Figure((Paragraph((line(23, "▲ Seen."),), role=Role.CAPTION, mark=1),))
    lone = Article((), Kind.UNASSIGNED, (Figure((Paragraph((line(24, "Alone."),), role=Role.CAPTION),)),))
    folio = Paragraph((line(25, "A3"),), role=Role.FURNITURE)
    pages = (Page(1, tuple(x for p in (*marks, *figure.parts, *lone.paragraphs, folio) for x in p.lines)),)
    issue = Issue(Source("x.txt"), pages, (Article(marks, Kind.BRIEFS, (figure,)), lone), (folio,))
    by_json = parse_prediction(record.render(issue), "x.json")
    by_tei = parse_prediction(tei.render(issue), "x.xml")
    wanted = [(part.role.value, part.text, len(part.lines)) for part in marks if part.text not in ("Amid.", "AP")]
    assert [tuple(part) for part in by_json.units[0].parts] == wanted
    assert [tuple(part) for part in by_tei.units[0].parts] == wanted
    for each in (by_json, by_tei):
        assert [(u.kind, u.of, [p.text for p in u.parts]) for u in each.units[1:]] == [
            ("caption", "a1", ["Amid.", "AP"]),
            ("caption", "a1", ["▲ Seen."]),
            ("caption", "", ["Alone."]),
            ("furniture", "", ["A3"]),
        ]


def test_a_character_that_no_header_declares_is_a_mark_of_its_absence() -> None:
    issue = api.fix("甲\ue111乙。\n")
    written = tei.render(issue).decode()
    for wrong in ("U+ZZZZ", "U+FFFFFFFF", "E111"):
        assert "甲\ufffd乙" in shown(read(written.replace("U+E111", wrong)))[0][0]
    assert "甲\ue111乙" in shown(read(written))[0][0]


def test_a_page_of_nothing() -> None:
    issue = replace(api.fix("甲。\n"), articles=(), furniture=())
    assert parse_prediction(record.render(issue), "x").units == ()


@pytest.mark.parametrize("name", ["page.json", "page.XML", "page.tei.xml", "page.html"])
def test_what_is_called_otherwise_is_not_taken_for_text(name: str) -> None:
    for data in (b"", b"[1", b"<TEI", b"# h\n\nx"):
        with pytest.raises(RelayoutError, match="no adapter reads this"):
            parse_prediction(data, name)
    assert parse_prediction(b"[1", name, "text").adapter == "text"
    assert parse_prediction(b"[1", "page.txt").adapter == "text"


def test_many_blocks_are_read_in_a_moment() -> None:
    start = time.process_time()
    assert len(parse_prediction("\n\n".join(["字字字字字"] * 10_000).encode(), "page.txt").units[0].parts) == 10_000
    assert time.process_time() - start < 5  # looking at all for each took a minute


@pytest.mark.parametrize(
    ("data", "adapter", "said"),
    [
        (b"%PDF-1.7 x", "", "page: no adapter reads this"),
        (b"<!DOCTYPE html><p>x", "", "no adapter reads this"),
        (b"a\0b", "", "no adapter reads this"),
        (b"\xff\xfe\xfd", "", "page: not UTF-8 at byte 0; save"),
        (b"# h\n\xff", "", "page: not UTF-8 at byte 4"),
        (b"x", "nonsense", "no adapter 'nonsense'; take one of tei, json, gold, markdown"),
        (b'{"format": 9, "articles": []}', "", "page: not a result of relayout: a result of format 9"),
        (b'{"format": 1, "articles": []}', "", "page: not a result of relayout: not a result"),
        (b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text/></TEI>', "", "page: no body of a TEI text"),
        (b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text>', "", "page: not well-formed XML"),
        (b'<!DOCTYPE a [<!ENTITY e "x">]><TEI xmlns="http://www.tei-c.org/ns/1.0"/>', "tei", "document type"),
        (b'{"units": 3}', "", "page: units: expected a list, found 3"),
    ],
)
def test_what_cannot_be_read(data: bytes, adapter: str, said: str) -> None:
    with pytest.raises(RelayoutError) as error:
        parse_prediction(data, "page", adapter)
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("gold", "said"),
    [
        ("{", "g: not JSON (Expecting"),
        ("[" * 100000, "g: not JSON"),
        ("[]", "g: the file: expected an object, found []"),
        ("{}", "g: units: expected a value, found nothing"),
        ('{"units": [7]}', "g: units[0]: expected an object, found 7"),
        (
            '{"units": [{"id": "a", "type": "song", "parts": []}]}',
            "g: units[0].type: expected one of advertisement, art",
        ),
        ('{"units": [{"type": "article", "parts": []}]}', "g: units[0].id: expected a value, found nothing"),
        (
            '{"units": [{"id": "a", "type": "article", "parts": [{"role": "x", "text": ""}]}]}',
            "units[0].parts[0].role: exp",
        ),
        (
            '{"units": [{"id": "a", "type": "article", "parts": [{"role": "p", "text": 1}]}]}',
            "parts[0].text: expected a s",
        ),
        (
            '{"units": [{"id": "a", "type": "article", "parts": [{"role": "p", "text": "x", "lines": [3]}]}]}',
            "units[0].parts[0].lines[0]: expected a span of lines, found 3",
        ),
        (
            '{"units": [{"id": "a", "type": "article", "parts": [{"role": "p", "text": "x", "boxes": "no"}]}]}',
            'units[0].parts[0].boxes: expected a list, found "no"',
        ),
        (
            '{"units": [{"id": "a", "type": "notice", "parts": []}, {"id": "a", "type": "notice", "parts": []}]}',
            'g: units[1].id: expected an id of its own, found "a"',
        ),
        (
            '{"units": [{"id": "c", "type": "caption", "of": "z", "parts": []}]}',
            'g: units[0].of: expected the id of a unit with text, found "z"',
        ),
    ],
)
def test_bad_gold_is_one_line_with_file_and_key(gold: str, said: str) -> None:
    with pytest.raises(InputError) as error:
        parse_gold(gold.encode(), "g")
    assert said in str(error.value)
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 400


def test_gold_of_typeset_pages() -> None:
    truth = parse_gold(
        b'{"format": "relayout-gold/1", "units": [{"id": "a", "type": "article", "box": [0, 0, 1, 1], "parts": ['
        b'{"role": "subhead", "text": "x", "boxes": [[0,0,1,1],[0,1,1,2]]}, {"role": "pull-quote", "text": "y"}]}]}',
        "g",
    )
    assert truth.ordered
    assert [tuple(part) for part in truth.units[0].parts] == [("crosshead", "x", 2), ("quote", "y", 0)]


def test_a_file_is_read_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_text("# Fire\n\nIt burnt.\n")
    assert read_prediction(path).adapter == "markdown"
    with pytest.raises(InputError, match="none: no such file"):
        read_prediction(tmp_path / "none")
    with pytest.raises(InputError, match="is a directory"):
        read_prediction(tmp_path)
    with pytest.raises(InputError, match="cannot be read"):
        read_prediction(path / "deeper")


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("relayout.evaluate.gold._MOST", 3)
    (tmp_path / "x").write_text("long")
    with pytest.raises(InputError, match="larger than 64 MiB"):
        read_prediction(tmp_path / "x")


def test_every_adapter_is_in_the_documents() -> None:
    for page in ("score.md", "commands.md"):
        for adapter in ADAPTERS:
            assert f"`{adapter.name}`" in (DOCS / page).read_text(encoding="utf-8")
