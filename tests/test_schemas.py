"""The schemas: relayout.rng is stricter than TEI's own, relayout.sch and the Python checks agree, docs name all."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache

import jsonschema
import pytest
from hypothesis import given, settings
from lxml import etree, isoschematron

from issues_by_hand import ROOT, TEI_ALL, boxed, every_role, example, seed, seed_folder, unsure
from places_by_hand import counted_anew, illustrated, jumping, placed
from random_issues import issues, placed_issues
from relayout.model import Issue
from relayout.roles import Form, Joint, Kind, Level, Role
from relayout.validate import references
from relayout.validate.grammar import SCHEMA
from relayout.writers import record, simplified, tei
from test_validate import small

RNG = {"r": "http://relaxng.org/ns/structure/1.0"}
DOCS = ROOT / "docs" / "tei.md"

needs_tei_all = pytest.mark.skipif(
    not TEI_ALL.exists(), reason=f"TEI's own schema is not at {TEI_ALL} (set RELAYOUT_DATA)"
)
needs_seed = pytest.mark.skipif(seed_folder() is None, reason="no seed page in samples/ or ../shared/gold")


@cache
def tei_all() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(TEI_ALL))


@cache
def schematron() -> isoschematron.Schematron:
    return isoschematron.Schematron(etree.parse(SCHEMA.parent / "relayout.sch"), store_report=True)


# ---------------------------------------------------------------- relayout.rng


def test_the_schemas_are_installed_with_the_package():
    assert {"relayout.rng", "relayout.sch", "result.schema.json"} <= {file.name for file in SCHEMA.parent.iterdir()}


@needs_tei_all
def test_every_kind_and_role_is_valid_tei():
    assert tei_all().validate(etree.fromstring(tei.render(every_role()))), tei_all().error_log


@needs_tei_all
def test_places_are_valid_tei():
    assert tei_all().validate(etree.fromstring(tei.render(illustrated()))), tei_all().error_log


@needs_tei_all
def test_parts_on_several_pages_are_valid_tei():
    assert tei_all().validate(etree.fromstring(tei.render(jumping()))), tei_all().error_log


@needs_tei_all
def test_unsure_words_are_valid_tei():
    whole = unsure(every_role(), 0.1, 0.6, 0.9)
    assert tei_all().validate(etree.fromstring(tei.render(whole))), tei_all().error_log


@needs_tei_all
@needs_seed
def test_the_seed_page_is_valid_tei():
    assert tei_all().validate(etree.fromstring(tei.render(seed()))), tei_all().error_log


@needs_tei_all
def test_the_machine_version_is_valid_tei():
    xml = simplified.render(every_role())["page.hk2s.tei.xml"]
    assert tei_all().validate(etree.fromstring(xml)), tei_all().error_log


@needs_tei_all
@given(issues())
@settings(max_examples=80, deadline=None)
def test_any_issue_is_valid_tei(an_issue: Issue):
    whole = replace(an_issue, title="t<&", date="2025-07", lang="zh-Hant-HK")
    assert tei_all().validate(etree.fromstring(tei.render(whole))), tei_all().error_log


@needs_tei_all
@given(placed_issues())
@settings(max_examples=80, deadline=None)
def test_any_issue_with_places_is_valid_tei(an_issue: Issue):
    assert tei_all().validate(etree.fromstring(tei.render(an_issue))), tei_all().error_log


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        ('next="#a1-2"', 'next="#a2"', "mirrors-next"),
        ('<div type="article" xml:id="a1-2" n="1"', '<div type="article" xml:id="a1-2" n="2"', "part-next"),
        ('<div type="article" xml:id="a1-2" n="1"', '<div type="notice" xml:id="a1-2" n="1"', "part-next"),
        ('<p xml:id="a1-p5-2" prev="#a1-p5"', '<p xml:id="a1-p5-2"', "mirrors-next"),
        ('<p xml:id="a1-p5-2" prev="#a1-p5"', '<p xml:id="a1-p5-2" prev="#a1-p9"', "resolves-prev"),
    ],
)
def test_parts_of_a_unit_point_to_each_other(before: str, after: str, rule: str):
    xml = tei.render(jumping()).decode()
    assert before in xml
    root = etree.fromstring(xml.replace(before, after, 1).encode(), etree.XMLParser(collect_ids=False))
    found = by_python(root)
    assert found == by_schematron(root)
    assert rule in {name for name, _ in found}


@needs_tei_all
def test_relayout_is_stricter_than_tei():
    own = etree.RelaxNG(etree.parse(SCHEMA))
    for before, after in (("<list>", '<list type="x">'), ("<label>", '<label n="1">'), ("<body>", '<body n="1">')):
        xml = tei.render(small()).decode()
        assert before in xml
        root = etree.fromstring(xml.replace(before, after, 1).encode())
        assert tei_all().validate(root)
        assert not own.validate(root)


def test_the_grammar_is_small_and_every_definition_is_used():
    root = etree.parse(SCHEMA).getroot()
    assert SCHEMA.stat().st_size < 20_000
    assert set(root.xpath("//r:define/@name", namespaces=RNG)) == set(root.xpath("//r:ref/@name", namespaces=RNG))


def test_every_element_of_the_grammar_is_written_by_some_issue():
    root = etree.parse(SCHEMA).getroot()
    known = set(root.xpath("//r:element/@name", namespaces=RNG))
    hyphen = small().articles[0].parts[1]
    hyphenated = replace(small().articles[0], parts=(replace(hyphen, joints=(Joint.HYPHEN_GONE,)),))
    by_edge = replace(
        small().articles[0],
        parts=tuple(replace(hyphen, role=role) for role in (Role.SOURCE, Role.HEAD)),
    )
    report = replace(small(), articles=(replace(small().articles[0], parts=(replace(hyphen, mark=2),)),))
    cases = (
        report,
        every_role(),
        small(),
        replace(small(), articles=(hyphenated,)),
        replace(small(), articles=(by_edge,)),
        illustrated(),
        jumping(),
        unsure(small(), 0.1, 0.6),
    )
    written = {each.tag.rpartition("}")[2] for case in cases for each in etree.fromstring(tei.render(case)).iter()}
    assert known == written


# ---------------------------------------------------------------- relayout.sch

FAULTS: list[tuple[str, str]] = [
    ('xml:id="a1-p2"', 'xml:id="a1-p1"'),
    ('xml:id="a2"', 'xml:id="a1"'),
    ('next="#l3-3"', 'next="#l3-4"'),
    ('next="#l3-3"', ""),
    ('prev="#l3-0"', ""),
    ('prev="#l3-0"', 'prev="#a1"'),
    ('prev="#l3-0"', 'prev="l3-0"'),
    ('<lb n="3" type="part" xml:id="l3-0"', '<lb n="33" type="part" xml:id="l3-0"'),
    ('corresp="#a1"', 'corresp="#a9"'),
    ('corresp="#a1"', 'corresp="#a2"'),
    ('corresp="#a1"', 'corresp="#a1-p1"'),
    ('ref="#char-E111"', 'ref="#char-E112"'),
    ('ref="#char-E111"', 'ref="#a1"'),
    ('xml:id="relayout"', 'xml:id="other"'),
    ('<lb n="2"', '<lb n="1"'),
    ('<pb n="1"/>', '<pb n="1" facs="#facs_1"/>'),
    ("</TEI>", '<standOff><certainty target="#a1-p99" locus="location" degree="0.5"/></standOff></TEI>'),
    ('xml:id="a1-p2"', 'xml:id="a1-p1" next="#a2" prev="#a2"'),
    ('<pb n="1"/>', '<pb n="1" corresp="#a1" next="#none" target="" resp="x y"/>'),
]


def by_schematron(root: etree._Element) -> set[tuple[str, str]]:
    schematron().validate(root)
    svrl = {"s": "http://purl.oclc.org/dsdl/svrl"}
    failed = schematron().validation_report.xpath("//s:failed-assert", namespaces=svrl)
    return {(each.get("id"), "".join(each.itertext()).strip()) for each in failed}


def by_python(root: etree._Element) -> set[tuple[str, str]]:
    return {(fault.rule, fault.what) for fault in references.faults(root)}


@pytest.mark.parametrize(("before", "after"), FAULTS)
def test_schematron_and_python_find_and_say_the_same(before: str, after: str):
    xml = tei.render(small()).decode()
    assert before in xml
    root = etree.fromstring(xml.replace(before, after, 1).encode(), etree.XMLParser(collect_ids=False))
    assert by_python(root) == by_schematron(root) != set()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('facs="#facs_1_b4 #facs_1_b5"', 'facs="#facs_1_b4 #facs_1_b55"'),
        ('facs="#facs_1_b4 #facs_1_b5"', 'facs=""'),
        ('<cb n="2" facs="#facs_1_c2"', '<cb n="2" facs="facs_1_c2"'),
        ('<zone xml:id="facs_1_l1"', '<zone xml:id="facs_1_l2"'),
    ],
)
def test_schematron_and_python_say_the_same_of_places(before: str, after: str):
    xml = tei.render(placed()).decode()
    assert before in xml
    root = etree.fromstring(xml.replace(before, after, 1).encode(), etree.XMLParser(collect_ids=False))
    assert by_python(root) == by_schematron(root) != set()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<lb n="2" facs="#facs_2_l2"', '<lb n="1" facs="#facs_2_l2"'),  # line 1 of its page twice
        ('<pb n="A6" facs="#facs_2"/>', ""),  # the lines of two pages on one
        ('<lb n="1" facs="#facs_2_l1"/>', '<lb n="1" type="part" xml:id="p2-l1-0" next="#p1-l1-0"/>'),
    ],
)
def test_schematron_and_python_say_the_same_where_every_page_counts_its_lines(before: str, after: str):
    xml = tei.render(counted_anew()).decode()
    xml = xml.replace('<lb n="1" facs="#facs_1_l1"/>', '<lb n="1" type="part" xml:id="p1-l1-0" prev="#p2-l1-0"/>', 1)
    assert before in xml
    root = etree.fromstring(xml.replace(before, after, 1).encode(), etree.XMLParser(collect_ids=False))
    found = by_python(root)
    assert found == by_schematron(root)
    assert {"line-once", "part-next"} & {rule for rule, _ in found}


def test_schematron_finds_nothing_in_what_relayout_writes():
    for whole in (small(), every_role(), placed(), counted_anew(), jumping()):
        assert by_schematron(etree.fromstring(tei.render(whole))) == set()


def test_every_rule_of_the_schematron_is_met_by_a_case():
    xml = tei.render(small()).decode()
    parser = etree.XMLParser(collect_ids=False)
    met = {rule for a, b in FAULTS for rule, _ in by_python(etree.fromstring(xml.replace(a, b, 1).encode(), parser))}
    rules = etree.parse(SCHEMA.parent / "relayout.sch").xpath("//@id[name(..) = 'assert']")
    assert met == set(rules)
    assert all(references.Fault(rule, 1, "").advice for rule in rules)


# ---------------------------------------------------------------- result.schema.json


def result_schema() -> jsonschema.Draft202012Validator:
    schema = json.loads((SCHEMA.parent / "result.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_every_kind_and_role_is_a_valid_result():
    result_schema().validate(json.loads(record.render(boxed(every_role()))))


def test_places_are_a_valid_result():
    result_schema().validate(json.loads(record.render(illustrated())))


@given(issues() | placed_issues())
@settings(max_examples=40, deadline=None)
def test_any_issue_is_a_valid_result(an_issue: Issue):
    result_schema().validate(json.loads(record.render(an_issue)))


def test_the_result_schema_knows_every_word_of_the_model():
    definitions = result_schema().schema["$defs"]
    assert definitions["article"]["properties"]["kind"]["enum"] == [kind.value for kind in Kind]
    assert definitions["paragraph"]["properties"]["role"]["enum"] == [role.value for role in Role]
    assert definitions["paragraph"]["properties"]["joints"]["items"]["enum"] == [joint.value for joint in Joint]
    assert definitions["note"]["properties"]["level"]["enum"] == [level.value for level in Level]


def test_the_order_of_the_fields_is_the_order_of_the_schema():
    result = json.loads(record.render(unsure(jumping(), 0.1)))
    assert list(result) == list(result_schema().schema["properties"])
    article = result["articles"][0]
    definitions = result_schema().schema["$defs"]
    assert list(article) == list(definitions["article"]["properties"])
    assert list(article["parts"][0]) == list(definitions["paragraph"]["properties"])
    upright = result["articles"][1]["parts"][1]["lines"][0]
    assert list(upright) == list(definitions["line"]["properties"])
    assert list(result["pages"][0]) == list(definitions["page"]["properties"])
    assert list(result["pages"][0]["shapes"][0]) == list(definitions["shape"]["properties"])
    assert list(upright["style"]) == list(definitions["style"]["properties"])
    assert list(article["figures"][0]) == list(definitions["figure"]["properties"])
    assert definitions["shape"]["properties"]["form"]["enum"] == [form.value for form in Form]


# ---------------------------------------------------------------- docs/tei.md


def test_the_docs_describe_every_element():
    text = DOCS.read_text(encoding="utf-8")
    names = etree.parse(SCHEMA).getroot().xpath("//r:element/@name", namespaces=RNG)
    assert [name for name in sorted(set(names)) if f"`{name}`" not in text] == []


def test_the_docs_describe_every_attribute_value():
    text = DOCS.read_text(encoding="utf-8")
    values = etree.parse(SCHEMA).getroot().xpath("//r:attribute/descendant::r:value/text()", namespaces=RNG)
    assert [value for value in sorted(set(values)) if f"`{value}`" not in text and f'"{value}"' not in text] == []


def test_the_example_in_the_docs_is_what_is_written():
    shown = DOCS.read_text(encoding="utf-8").partition("```xml\n")[2].partition("```")[0]
    body = tei.render(example()).decode().partition("    <body>\n")[2].partition("    </body>")[0]
    assert shown == "".join(row[6:] + "\n" for row in body.splitlines())
