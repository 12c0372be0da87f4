"""TEI P5: one ``TEI`` for an issue or page, as ``docs/tei.md`` describes it.

The writer decides nothing. Every character of every line is in the output once; same issue, same bytes.
"""

from __future__ import annotations

from lxml import etree

from relayout.model import Issue
from relayout.sureness import known
from relayout.writers import naming, tei_body, tei_doubt, tei_facsimile, tei_header
from relayout.writers.tei_header import Conversion
from relayout.writers.tei_text import TEI_NS, XML_LANG, Doubtful, Flow, element, name
from relayout.writers.zones import places

# Elements that hold lines: their white space is text, so only their lb, cb and pb may be set on lines of their own.
_HOLD_LINES = frozenset(map(name, ("head", "byline", "dateline", "p", "item", "cell", "bibl", "fw", "ab", "trailer")))
_LINE = name("lb")
_IN_TEXT = (name("g"), name("unclear"), name("seg"))
_BREAKS = (name("pb"), name("cb"), _LINE)


def render(issue: Issue, conversion: Conversion | None = None) -> bytes:
    """Write the issue as TEI, UTF-8; ``conversion`` says how its text was converted, for a machine version."""
    root = etree.Element(name("TEI"), nsmap={None: TEI_NS})  # type: ignore[dict-item]
    header = element(root, "teiHeader", lang="en")
    found = places(issue)
    tei_facsimile.write(root, found)
    text = element(root, "text", type="issue", lang=tei_header.language(issue.lang))
    lines = (line for paragraph in issue.paragraphs for line in paragraph.lines)
    flow = Flow(lines, found, Doubtful(known(issue.pages), issue.unclear))
    tei_body.write(element(text, "body"), issue, flow)
    tei_facsimile.refer(text, found)
    tei_header.write(header, issue, flow.undeclared, conversion)
    if conversion:
        text.set(XML_LANG, "zh-Hans")
    tei_doubt.write(text, issue)
    _lay_out(root, 0)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root, encoding="UTF-8") + b"\n"


def files(issue: Issue) -> dict[str, bytes]:
    """Give the one file of this writer: ``<stem>.tei.xml``."""
    return {f"{naming.safe(issue.stem)}.tei.xml": render(issue)}


def _lay_out(node: etree._Element, depth: int) -> None:
    """Indent what holds elements only; in running text put every source line on a line of its own."""
    inner = "\n" + "  " * (depth + 1)
    # A cell or label may hold nothing but such an element; space put beside it would be text.
    mixed = bool(node.text) or any(node.find(one) is not None for one in _IN_TEXT)
    if mixed or (node.tag in _HOLD_LINES and node.find(_LINE) is not None):
        if node.tag in _HOLD_LINES:
            _lay_out_lines(node, inner)
        return
    if not len(node):
        return
    node.text = inner
    for child in node:
        _lay_out(child, depth + 1)
        child.tail = inner
    node[-1].tail = "\n" + "  " * depth


def _lay_out_lines(node: etree._Element, indent: str) -> None:
    breaks = [child for child in node if child.tag in _BREAKS]
    if sum(child.tag == _LINE for child in breaks) < 2:
        return
    for child in breaks:
        before = child.getprevious()
        if before is None:
            node.text = (node.text or "") + indent
        elif before.tag == _LINE or before.tag not in _BREAKS or before.tail:
            before.tail = (before.tail or "") + indent
