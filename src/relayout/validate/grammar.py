"""The grammar ``relayout.rng``, and what to say when a file breaks it.

libxml2 tells that a file is invalid, fast, but seldom where and why. So the words come from the grammar itself: a walk
from the root compares each element's name, attributes and children with what the grammar has for them. Only when that
finds nothing (elements in the wrong order) libxml2's own words are used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from relayout.validate.finding import line_of
from relayout.writers.tei_text import TEI_NS, name

SCHEMA = Path(__file__).parent.parent / "schemas" / "relayout.rng"

Fault = tuple[int, str, str]

_RNG = "{http://relaxng.org/ns/structure/1.0}"
_SEE = "docs/tei.md tells what may stand where"
_LOOSE = frozenset(f"{_RNG}{tag}" for tag in ("optional", "zeroOrMore", "choice"))
_PREFIXES = {"{http://www.w3.org/XML/1998/namespace}": "xml:"}

_WORDS = (
    (re.compile(r"Type \w+ doesn't allow value '(.*)'"), r'"\1" is not allowed as a value'),
    (re.compile(r"Did not expect element (\S+) there"), r"\1 may not stand here"),
    (re.compile(r"Element (\S+) has extra content: (\S+)"), r"\2 may not stand here in \1"),
    (re.compile(r"Expecting (?:an )?(?:element )?(\S+), got (\S+)"), r"\1 is expected here, not \2"),
    (re.compile(r"Element (\S+) failed to validate content"), r"\1 is not complete"),
)


class _Definition(NamedTuple):
    """One ``element`` of the grammar: attributes (name -> values, empty if free), the required ones, its children."""

    attributes: dict[str, frozenset[str]]
    required: frozenset[str]
    children: tuple[etree._Element, ...]
    holds_text: bool


def faults(root: etree._Element) -> list[Fault]:
    """Check a TEI file against the grammar: line of the file, what is wrong, what to do. Empty if it is valid."""
    schema = _schema()
    if schema.validate(root):
        return []
    found = list(_compare(root, _start()))
    if found:
        return found
    # The entry that lies deepest in the file is the cause, the others follow from it.
    entries = [entry for entry in schema.error_log if entry.line > 0] or list(schema.error_log)
    deepest = max(entries, key=lambda entry: entry.line)
    return [(max(deepest.line, 1), _in_words(deepest.message), _SEE)]


@cache
def _schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(SCHEMA))


@cache
def _start() -> tuple[etree._Element, ...]:
    return tuple(etree.parse(SCHEMA).getroot().iterfind(f"{_RNG}start/{_RNG}element"))


@cache
def _define(pattern: etree._Element) -> _Definition:
    attributes: dict[str, set[str]] = {}
    required: set[str] = set()
    children: list[etree._Element] = []
    text = False
    stack = [(child, False) for child in pattern]
    while stack:
        node, loose = stack.pop()
        if node.tag == f"{_RNG}attribute":
            key = node.get("name", "")
            attributes.setdefault(key, set()).update(value.text or "" for value in node.iter(f"{_RNG}value"))
            if not loose:
                required.add(key)
        elif node.tag == f"{_RNG}element":
            children.append(node)
        elif node.tag == f"{_RNG}ref":
            definitions = node.getroottree().getroot().iterfind(f"{_RNG}define[@name='{node.get('name')}']")
            stack += [(child, loose) for definition in definitions for child in definition]
        elif isinstance(node.tag, str):
            text = text or node.tag in (f"{_RNG}text", f"{_RNG}mixed", f"{_RNG}data")
            stack += [(child, loose or node.tag in _LOOSE) for child in node]
    free = {key: frozenset(values) for key, values in attributes.items()}
    return _Definition(free, frozenset(required), tuple(children), text)


def _compare(node: etree._Element, patterns: tuple[etree._Element, ...], inside: str = "a TEI file") -> Iterator[Fault]:
    """Compare an element with those of the patterns that bear its name, and its children with what these allow."""
    tag, line = _short(node.tag), line_of(node)
    fitting = [_define(pattern) for pattern in patterns if name(pattern.get("name", "")) == node.tag]
    if not fitting:
        what = f"{tag} may not stand in {inside}"
        yield line, what if node.tag.startswith(f"{{{TEI_NS}}}") else f"{what} (it is not in the TEI namespace)", _SEE
        return
    # bibl, head or ab have several patterns; the one that fits best is meant.
    wrong, _, definition = min(
        ((list(_attributes(node, each)), number, each) for number, each in enumerate(fitting)),
        key=lambda tried: (len(tried[0]), tried[1]),
    )
    yield from ((line, f"{tag} {said}", _SEE) for said in wrong)
    if not definition.holds_text and _has_text(node):
        yield line, f"{tag} holds text of its own", "put the text into an element that holds lines"
    kinds = [definition] if wrong else [each for each in fitting if not list(_attributes(node, each))]
    allowed = tuple(dict.fromkeys(child for each in kinds for child in each.children))
    for child in node.iterchildren(etree.Element):
        yield from _compare(child, allowed, tag)


def _attributes(node: etree._Element, definition: _Definition) -> Iterator[str]:
    given = {_short(str(key)): str(value) for key, value in node.attrib.items()}
    for key, value in given.items():
        values = definition.attributes.get(key)
        if values is None:
            yield f"may not have the attribute {key}"
        elif values and value not in values:
            yield f'has {key}="{value}"; allowed: {", ".join(sorted(values))}'
    yield from (f"lacks the attribute {key}" for key in sorted(definition.required - given.keys()))


def _has_text(node: etree._Element) -> bool:
    return any(piece and not piece.isspace() for piece in (node.text, *(child.tail for child in node)))


def _short(qualified: str) -> str:
    space, _, local = qualified.rpartition("}")
    return _PREFIXES.get(f"{space}}}", "") + local


def _in_words(message: str) -> str:
    for pattern, words in _WORDS:
        if pattern.search(message):
            return pattern.sub(words, message)
    return message
