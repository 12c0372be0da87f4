"""Checks of a TEI file: the grammar, the cross-references, and against its source that nothing is lost or doubled.

``check`` is what ``fix`` asks of its own output; ``validate`` is for any file, trusted or not.
"""

from __future__ import annotations

from lxml import etree

from relayout import readers
from relayout.model import Reading
from relayout.readers.wishes import Wishes
from relayout.validate import conservation, grammar, references
from relayout.validate.finding import Finding
from relayout.writers.tei_text import name

__all__ = ["Finding", "check", "validate"]

_DOCTYPE = ("has a document type declaration", "take the DOCTYPE and its entities out")
_AS_WRITTEN = "write the file again with relayout fix"


def check(xml: bytes) -> tuple[Finding, ...]:
    """Check the grammar and the cross-references of a TEI file that has no name yet."""
    return validate(xml, "output")


def validate(
    xml: bytes, name: str, source: bytes | Reading | None = None, encoding: str = "", wishes: Wishes | None = None
) -> tuple[Finding, ...]:
    """Check a TEI file; ``source`` is what it was made from, as bytes or as read, ``encoding`` a text's if known.

    ``wishes`` are what ``fix`` was asked for: the pages of a PDF, its password, the engine.
    The file may come from anywhere: no entity is expanded, no DTD is read, nothing is fetched. Findings
    stand in the order of grammar, references, source. Raises InputError if the source cannot be read.
    """
    root = _parse(xml, name)
    if isinstance(root, Finding):
        return (root,)
    findings = [Finding(name, line, what, advice) for line, what, advice in grammar.faults(root)]
    findings += [Finding(name, fault.line, fault.what, fault.advice) for fault in references.faults(root)]
    if source is not None:
        findings += _against(root, name, source, encoding, wishes)
    return tuple(findings)


def _parse(xml: bytes, file: str) -> etree._Element | Finding:
    if b"<!DOCTYPE" in xml:
        # Before the parser sees it: what it does with a DTD that lies on this disk depends on its version.
        return Finding(file, 1, *_DOCTYPE)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, collect_ids=False
    )
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        return Finding(file, error.lineno or 1, f"not well-formed XML: {error.msg}", _AS_WRITTEN)
    if root.getroottree().docinfo.internalDTD is not None:
        return Finding(file, 1, *_DOCTYPE)
    return root


def _against(
    root: etree._Element, file: str, source: bytes | Reading, encoding: str, wishes: Wishes | None
) -> list[Finding]:
    if root.find(f".//{name('application')}[@ident='opencc']") is not None:
        what = "a machine version: its characters are not those of the source"
        return [Finding(file, 1, what, "give the TEI file of the printed text")]
    reading = source if isinstance(source, Reading) else readers.read(source, "the source", encoding, wishes).value
    findings = [Finding(file, *found) for found in conservation.lost_or_doubled(root, reading)]
    written = root.findtext(f".//{name('idno')}[@type='sha256']", "")
    if findings and written and written != reading.source.sha256:
        what = "the source given is not the file that this was made from (its SHA-256 differs)"
        findings.insert(0, Finding(file, 1, what, "give the file named in the header"))
    return findings
