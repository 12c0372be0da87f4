"""Cross-references: what ``schemas/relayout.sch`` says, in Python, since Schematron is slow to load.

Every fault carries the name of its Schematron assertion and the same words; a test compares both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from relayout.validate.finding import line_of
from relayout.writers.tei_text import XML_ID, name

POINTERS = ("next", "prev", "facs", "corresp", "ref", "resp", "target")

ADVICE = {
    "unique-id": "give one of them another id",
    "resolves": "add what it points to, or take the reference away",
    "mirrors": "parts point to each other: add the missing next or prev",
    "part": "next and prev join parts of one line: both need the same n",
    "other-unit": "corresp names the unit that a sidebar tells of: point to a div",
    "char": "point to a char in charDecl",
    "line-once": "a line stands in the text once; if it was cut, mark its lb with type part",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A broken rule, at a line of the file, in words."""

    rule: str
    line: int
    what: str

    @property
    def advice(self) -> str:
        """What to do about it."""
        return ADVICE.get(self.rule) or ADVICE[self.rule.partition("-")[0]]


def faults(root: etree._Element) -> tuple[Fault, ...]:
    """Check ids, references and line numbers of a TEI file, in document order."""
    elements = [each for each in root.iter() if isinstance(each.tag, str)]
    ids = Counter(ident for each in elements if (ident := each.get(XML_ID)))
    numbers = Counter(each.get("n", "") for each in elements if each.tag == name("lb"))
    known = {f"#{each.get(XML_ID)}": each for each in reversed(elements) if each.get(XML_ID)}
    found: list[Fault] = []
    for each in elements:
        line = line_of(each)
        ident = each.get(XML_ID)
        if ident and ids[ident] > 1:
            found.append(Fault("unique-id", line, f"xml:id {ident} is used more than once"))
        if each.tag == name("lb") and each.get("type") != "part" and numbers[each.get("n", "")] > 1:
            found.append(Fault("line-once", line, f"line {each.get('n', '')} stands here more than once"))
        for pointer in POINTERS:
            value = each.get(pointer)
            if value is None:
                continue
            said = f'{pointer}="{value}"'
            if value not in known:
                found.append(Fault(f"resolves-{pointer}", line, f"{said} points to nothing"))
            else:
                found.extend(Fault(rule, line, f"{said} {what}") for rule, what in _wrong(each, pointer, known[value]))
    return tuple(found)


def _wrong(each: etree._Element, pointer: str, target: etree._Element) -> Iterator[tuple[str, str]]:
    """Say what is wrong with a reference that resolves."""
    ident = each.get(XML_ID)
    if pointer == "next":
        if target.get("prev") != f"#{ident}":
            yield "mirrors-next", "is not answered by prev"
        if target.get("n") is None or target.get("n") != each.get("n"):
            yield "part-next", "joins two different lines"
    elif pointer == "prev" and target.get("next") != f"#{ident}":
        yield "mirrors-prev", "is not answered by next"
    elif pointer == "corresp" and (target.tag != name("div") or target is each):
        yield "other-unit", "is not another unit"
    elif pointer == "ref" and target.tag != name("char"):
        yield "char", "is not a char"
