"""The header in TEI: what the file is, what it was made from, what was done to the text, and by what."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from lxml import etree

from relayout.model import Issue
from relayout.version import __version__
from relayout.writers.tei_text import character_id, element

_VERSION = re.compile(r"\d+[a-z]*\d*(\.\d+[a-z]*\d*){0,3}")
_LANG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_MONTH = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?")

_HYPHENATION = (
    "A hyphen at a line end that only the typesetting asked for is kept as pc with force weak, before an lb with "
    "break no; a hyphen of the word itself is plain text."
)
_NORMALIZATION = (
    "Unicode normalization form C. Kangxi and CJK radicals and vertical presentation forms are written as the "
    "characters they stand for. Spaces that were set around full-width marks, control characters and zero-width "
    "characters are left out. Private-use characters are written as g."
)
_SEGMENTATION = (
    "Every line of the source opens with an lb whose n is its line number there. Between two lines stands one "
    "space, or nothing where the lb says break no; white space before lb and pb is layout of this file. Two lb of "
    "type part with the same n are parts of one line. Units, paragraphs and their kinds were told apart by "
    "machine."
)
_PLACES = (
    "The places in facsimile are in the unit that each surface names (pt: 1/72 inch), from its upper left corner, y "
    "downwards. A cb stands where a unit goes on in another of its columns on the page; white space before it is "
    "layout of this file, too. Boxes of lines are made of baseline and type size."
)
_INTERPRETATION = (
    "cert is high from 0.8, medium from 0.5, low below, of a certainty from 0 to 1; on anything smaller than a "
    "unit high is not said."
)
_UNCLEAR = (
    "The text was recognised by machine, which says how sure it is of its words. Those of which it is less than {:g} "
    "sure, of 1, are in unclear with reason ocr, others of which it is not highly sure in seg of type ocr; cert words "
    "how sure it is, as above. Words without either are sure, or nothing is said of them."
)


class Conversion(NamedTuple):
    """A machine conversion of the text: the package that did it, its version and its configuration."""

    package: str
    version: str
    config: str


def write(header: etree._Element, issue: Issue, undeclared: Iterable[str], conversion: Conversion | None) -> None:
    """Fill the header; ``undeclared`` are the characters written as ``g``."""
    about = " ".join(part for part in (issue.title, issue.date) if part)
    description = element(header, "fileDesc")
    title = element(description, "titleStmt")
    element(title, "title", f"{about} ({issue.stem})" if about else issue.stem)
    element(description, "extent", _extent(issue))
    element(element(description, "publicationStmt"), "p", "Machine reconstruction; not proofread.")
    _source(element(description, "sourceDesc"), issue)
    encoding = element(header, "encodingDesc")
    _applications(element(encoding, "appInfo"), issue, conversion)
    _editorial(element(encoding, "editorialDecl"), issue, conversion)
    characters = sorted(undeclared)
    if characters:
        declaration = element(encoding, "charDecl")
        for character in characters:
            entry = element(declaration, "char", id=character_id(character))
            element(entry, "localProp", name="codepoint", value=f"U+{ord(character):04X}")


def language(tag: str) -> str:
    """Return a language tag that TEI accepts: ``und`` for one that is malformed.

    >>> language("zh-Hant"), language("Chinese (old)")
    ('zh-Hant', 'und')
    """
    return tag if _LANG.fullmatch(tag) else "und"


def when(text: str) -> str:
    """Return ``text`` if it is a year, a month or a day of the calendar, else nothing.

    >>> when("2025-07-16"), when("2025-02-30"), when("1939-04"), when("July 1901")
    ('2025-07-16', '', '1939-04', '')
    """
    if _MONTH.fullmatch(text):
        return "" if text.startswith("0000") else text
    try:
        return text if date.fromisoformat(text).isoformat() == text else ""
    except ValueError:
        return ""


def _extent(issue: Issue) -> str:
    lines = sum(len(page.lines) for page in issue.pages)
    counts = ((len(issue.pages), "page"), (lines, "line"), (len(issue.articles), "unit"))
    return ", ".join(f"{count} {noun}{'' if count == 1 else 's'}" for count, noun in counts)


def _source(parent: etree._Element, issue: Issue) -> None:
    labels = ", ".join(dict.fromkeys(page.label for page in issue.pages if page.label))
    if issue.title or issue.date or labels:
        monograph = element(element(parent, "biblStruct", type="newspaper"), "monogr")
        if issue.title:
            element(monograph, "title", issue.title, level="j")
        imprint = element(monograph, "imprint")
        if issue.title or issue.date:
            element(imprint, "date", issue.date or "unknown", when=when(issue.date))
        if labels:
            element(imprint, "biblScope", labels, unit="page")
    file = element(parent, "bibl", type="file")
    element(file, "idno", issue.source.name or "unknown", type="filename")
    if issue.source.sha256:
        element(file, "idno", issue.source.sha256, type="sha256")
    element(file, "note", issue.source.encoding or "unknown", type="encoding")


def _applications(parent: etree._Element, issue: Issue, conversion: Conversion | None) -> None:
    own = element(parent, "application", id="relayout", ident="relayout", version=_version(__version__))
    element(own, "label", "relayout")
    element(own, "p", f"profile: {issue.profile}")
    if conversion:
        other = element(parent, "application", id="opencc", ident="opencc", version=_version(conversion.version))
        element(other, "label", f"OpenCC ({conversion.package} {conversion.version})")
        element(other, "p", f"configuration: {conversion.config}")


def _editorial(parent: etree._Element, issue: Issue, conversion: Conversion | None) -> None:
    element(element(parent, "hyphenation", eol="all"), "p", _HYPHENATION)
    normalization = element(parent, "normalization", method="silent")
    element(normalization, "p", _NORMALIZATION)
    if conversion:
        said = f"{conversion.package} {conversion.version}, configuration {conversion.config}"
        printed = (
            f"The printed text is in the file without {conversion.config} in its name, made from {issue.source.name}."
        )
        element(normalization, "p", f"Machine version: characters converted with OpenCC ({said}). {printed}")
    segmentation = element(parent, "segmentation")
    element(segmentation, "p", _SEGMENTATION)
    if any(page.box for page in issue.pages):
        element(segmentation, "p", _PLACES)
    interpretation = element(parent, "interpretation")
    element(interpretation, "p", _INTERPRETATION)
    if issue.unclear and any(page.sure for page in issue.pages):
        element(interpretation, "p", _UNCLEAR.format(issue.unclear))


def _version(text: str) -> str:
    """Cut a version down to what TEI accepts: ``0.2.0.dev1+g12ab`` becomes ``0.2.0``."""
    found = _VERSION.match(text)
    return found.group() if found else "0"
