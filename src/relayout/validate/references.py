"""Cross-references: what ``schemas/relayout.sch`` says, in Python, since Schematron is slow to load.

Every fault carries the name of its Schematron assertion and the same words; a test compares both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from lxml import etree

from relayout.validate.finding import line_of
from relayout.writers.tei_text import XML_ID, name

POINTERS = ("next", "prev", "facs", "corresp", "ref", "resp", "target")

ADVICE = {
    "unique-id": "give one of them another id",
    "resolves": "add what it points to, or take the reference away",
    "mirrors": "parts point to each other: add the missing next or prev",
    "part": "next and prev join parts of one line or unit: both need the same n, lines also the same page",
    "other-unit": "corresp names the unit that a sidebar tells of: point to a div",
    "char": "point to a char in charDecl",
    "line-once": "a line stands in the text once; if it was cut, mark its lb with type part",
}

_Line = tuple[str, str]
_Lines = Mapping[etree._Element, _Line]
_Holds = Callable[[etree._Element, etree._Element, _Lines], bool]


class Fault(NamedTuple):
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
    lines = _lines(elements)
    numbers = Counter(lines.values())
    known: dict[str, list[etree._Element]] = {}
    for each in elements:
        if each.get(XML_ID):
            known.setdefault(f"#{each.get(XML_ID)}", []).append(each)
    found: list[Fault] = []
    for each in elements:
        line = line_of(each)
        ident = each.get(XML_ID)
        if ident and ids[ident] > 1:
            found.append(Fault("unique-id", line, f"xml:id {ident} is used more than once"))
        if each in lines and each.get("type") != "part" and numbers[lines[each]] > 1:
            found.append(Fault("line-once", line, f"line {each.get('n', '')} stands here more than once"))
        for pointer in POINTERS:
            value = each.get(pointer)
            if value is None:
                continue
            said = f'{pointer}="{value}"'
            names = value.split() if pointer == "facs" else [value]  # a text may stand in several zones
            targets = [target for each_name in names for target in known.get(each_name, [])]
            if not names or any(each_name not in known for each_name in names):
                found.append(Fault(f"resolves-{pointer}", line, f"{said} points to nothing"))
                continue
            for rule, what, holds in _RULES.get(pointer, ()):
                if not any(holds(each, target, lines) for target in targets):
                    found.append(Fault(rule, line, f"{said} {what}"))
    return tuple(found)


def _lines(elements: Sequence[etree._Element]) -> dict[etree._Element, _Line]:
    """Tell the line of every lb: the surface of its page, where the file has places, and its number.

    A text counts its lines over all pages; its ``pb`` have no ``facs``, so that all of its lines are of one count.
    """
    found: dict[etree._Element, _Line] = {}
    surface = ""
    for each in elements:
        if each.tag == name("pb"):
            surface = each.get("facs", "")
        elif each.tag == name("lb"):
            found[each] = (surface, each.get("n", ""))
    return found


def _same(each: etree._Element, target: etree._Element, lines: _Lines) -> bool:
    """Tell whether two parts are of one: lb of one line, div of one unit, texts of one kind."""
    if each not in lines:
        return each.tag == target.tag and all(each.get(key, "") == target.get(key, "") for key in ("type", "n"))
    return each.get("n") is not None and each in lines and lines[each] == lines.get(target)


def _answers(pointer: str) -> _Holds:
    return lambda each, target, _: target.get(pointer) == f"#{each.get(XML_ID)}"


def _other_unit(each: etree._Element, target: etree._Element, _: _Lines) -> bool:
    return target.tag == name("div") and target.get(XML_ID) != each.get(XML_ID)


# What must hold of a reference and what it points to: rule, words if it does not, test.
_RULES: dict[str, tuple[tuple[str, str, _Holds], ...]] = {
    "next": (
        ("mirrors-next", "is not answered by prev", _answers("prev")),
        ("part-next", "joins two different lines or units", _same),
    ),
    "prev": (("mirrors-prev", "is not answered by next", _answers("next")),),
    "corresp": (("other-unit", "is not another unit", _other_unit),),
    "ref": (("char", "is not a char", lambda _each, target, _: target.tag == name("char")),),
}
