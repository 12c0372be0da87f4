"""METS: which lines of which ALTO files make the articles of an issue, in the habit of docWorks.

``docs/formats.md`` describes it. ALTO that was read is pointed to as it is (:mod:`relayout.writers.areas`); what
relayout must write itself stands in the same folder. Same issue, same bytes: no date of today is written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from urllib.parse import quote

from lxml import etree

from relayout.model import Article, Issue
from relayout.roles import DECK
from relayout.version import __version__
from relayout.writers import alto, leaves, naming
from relayout.writers.areas import Pointers
from relayout.writers.leaves import said
from relayout.writers.marking import issue_mark
from relayout.writers.mets_logic import logical
from relayout.writers.mets_nouns import MODS, NS, XLINK, XSI, Ids, element, pointer
from relayout.writers.tei_text import XML_LANG

_SCHEMA = f"{NS} http://www.loc.gov/standards/mets/version1121/mets.xsd"


def files(issue: Issue) -> dict[str, bytes]:
    """Give ``<stem>.mets.xml``, and ``<stem>-p1.alto.xml`` for pages that no ALTO of the source can be used of.

    Raises UsageError where such a page does not say where its lines stand.
    """
    found = Pointers(issue)
    mark = issue_mark(zip(leaves.unit_ids(issue), issue.articles, strict=True))
    made = {sheet.name: alto.render(sheet.leaf, issue, mark) for sheet in found.sheets if sheet.leaf}
    return {f"{naming.safe(issue.stem)}.mets.xml": render(issue, found, made), **made}


def untouched(issue: Issue) -> dict[str, tuple[str, str]]:
    """Return the files of the source that METS points to: name beside it -> where it lies, and its SHA-256."""
    return {sheet.name: (sheet.source, sheet.sha256) for sheet in Pointers(issue).sheets if not sheet.leaf}


def render(issue: Issue, found: Pointers, made: Mapping[str, bytes]) -> bytes:
    """Write the METS of an issue over files that are found, and those that are made, by name."""
    root = etree.Element(f"{{{NS}}}mets", nsmap={"mets": NS, "mods": MODS, "xlink": XLINK, "xsi": XSI})
    root.set(f"{{{XSI}}}schemaLocation", _SCHEMA)
    label = " ".join(filter(None, (said(issue.title), issue.date))) or said(issue.stem)
    root.set("TYPE", "Newspaper")
    root.set("LABEL", label)
    agent = element(element(root, "metsHdr"), "agent", ROLE="CREATOR", TYPE="OTHER", OTHERTYPE="SOFTWARE")
    element(agent, "name").text = f"relayout {__version__}"
    units = leaves.unit_ids(issue)
    _issue(root, issue)
    for number, article in enumerate(issue.articles, 1):
        _article(root, issue, article, number)
    _files(root, found, made)
    _physical(root, issue, found, label)
    logical(root, issue, found, units, label)
    etree.indent(root, "  ")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root, encoding="UTF-8") + b"\n"


def _described(root: etree._Element, ident: str, label: str) -> etree._Element:
    wrap = element(element(root, "dmdSec", ID=ident), "mdWrap", MIMETYPE="text/xml", MDTYPE="MODS", LABEL=label)
    return etree.SubElement(element(wrap, "xmlData"), f"{{{MODS}}}mods")


def _mods(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
    child = etree.SubElement(parent, f"{{{MODS}}}{tag}")
    for key, value in attributes.items():
        child.set(key, value)
    if text:
        child.text = text
    return child


def _language(mods: etree._Element, issue: Issue) -> None:
    if tag := leaves.language(issue):
        _mods(_mods(mods, "language"), "languageTerm", tag, type="code", authority="rfc3066")


def _issue(root: etree._Element, issue: Issue) -> None:
    mods = _described(root, "MODSMD_ISSUE1", "Bibliographic meta-data of Issue")
    if issue.title:
        _mods(_mods(mods, "titleInfo"), "title", said(issue.title))
    _language(mods, issue)
    if issue.date:
        _mods(_mods(mods, "originInfo"), "dateIssued", issue.date, encoding="w3cdtf", keyDate="yes")


def _article(root: etree._Element, issue: Issue, article: Article, number: int) -> None:
    """Describe an article: its headlines, what it is, its authors as they are printed, its language."""
    mods = _described(root, f"MODSMD_ARTICLE{number}", "Bibliographic meta-data of article")
    for part in article.parts:
        if part.role in DECK:
            text = " ".join(said(part.text).split())
            info = _mods(mods, "titleInfo")
            if tag := leaves.language(issue):
                info.set(XML_LANG, tag)
            _mods(info, "title", text)
    _mods(mods, "genre", article.kind.value)
    _language(mods, issue)


def _files(root: etree._Element, found: Pointers, made: Mapping[str, bytes]) -> None:
    group = element(element(root, "fileSec"), "fileGrp", ID="TextGroup")
    group = element(group, "fileGrp", ID="ALTOFiles", USE="content")
    for sheet in {sheet.ident: sheet for sheet in found.sheets}.values():
        data = made.get(sheet.name, b"")
        digest = hashlib.sha256(data).hexdigest() if data else sheet.sha256
        file = element(
            group, "file", ID=sheet.ident, MIMETYPE="text/xml", SIZE=str(len(data) or sheet.size), CHECKSUM=digest,
            CHECKSUMTYPE="SHA-256",
        )  # fmt: skip
        element(file, "FLocat", LOCTYPE="URL").set(f"{{{XLINK}}}href", quote(sheet.name))


def _physical(root: etree._Element, issue: Issue, found: Pointers, label: str) -> None:
    """Write the pages in order; their running heads and folios, which are of no article, stand in them."""
    ids = Ids("d-p")
    structure = element(root, "structMap", TYPE="PHYSICAL", LABEL="Physical Structure")
    whole = element(structure, "div", ID=ids.next(), TYPE="Newspaper", LABEL=label, DMDID="MODSMD_ISSUE1")
    pages: dict[int, etree._Element] = {}
    for order, sheet in enumerate(found.sheets, 1):
        page = element(whole, "div", ID=ids.next(), TYPE="PAGE", ORDER=str(order))
        if sheet.page.label:
            page.set("ORDERLABEL", said(sheet.page.label))
        if sheet.page_id:
            pointer(page, [(sheet.ident, sheet.page_id)])
        else:
            element(page, "fptr", FILEID=sheet.ident)
        pages[sheet.page.number] = page
    for nth, part in enumerate(issue.furniture):
        kind = "PAGE_NUMBER" if leaves.is_page_number(part.text) else "RUNNING_TITLE"
        page = pages[part.lines[0].place.page]
        pointer(element(page, "div", ID=ids.next(), TYPE=kind), found.of("", nth, part))
