"""ALTO 4.4, one file a page: blocks, lines and words with their places, the articles as tags and as reading order.

``docs/formats.md`` describes it. A ``TextBlock`` is what of a paragraph stands in one column; blocks stand in the file
in the order in which they are read, those of an advertisement in a ``ComposedBlock``, furniture in the margins.
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from relayout.imprint import Box, TextStyle, around
from relayout.model import Issue
from relayout.roles import Form, Kind
from relayout.version import __version__
from relayout.writers import alto_words, leaves, naming
from relayout.writers.leaves import Leaf, Row, Share, Text, said
from relayout.writers.lengths import alto_units
from relayout.writers.marking import issue_mark
from relayout.writers.page_xml import XSI, kind_of

NS = "http://www.loc.gov/standards/alto/ns-v4#"
_SCHEMA = f"{NS} http://www.loc.gov/standards/alto/v4/alto-4-4.xsd"
_GOES_ON = "l-continuation"
Set = tuple[str, bool, bool]  # family, bold, italic


def files(issue: Issue) -> dict[str, bytes]:
    """Give ``<stem>-p1.alto.xml`` … for every page; raises UsageError where one does not say where its lines stand."""
    mark = issue_mark(zip(leaves.unit_ids(issue), issue.articles, strict=True))
    return {name(issue, leaf): render(leaf, issue, mark) for leaf in leaves.needing(issue, "alto", alto_units)}


def name(issue: Issue, leaf: Leaf) -> str:
    """Return the name of the file of a page."""
    return f"{naming.safe(issue.stem)}-p{leaf.page.number}.alto.xml"


def page_id(leaf: Leaf) -> str:
    """Return the id that a page has in its file."""
    return f"p{leaf.page.number}"


def render(leaf: Leaf, issue: Issue, mark: str) -> bytes:
    """Write one page; ``mark`` is that of the issue."""
    root = etree.Element(f"{{{NS}}}alto", nsmap={None: NS, "xsi": XSI})  # type: ignore[dict-item]
    root.set(f"{{{XSI}}}schemaLocation", _SCHEMA)
    root.set("SCHEMAVERSION", "4.4")
    _description(root, leaf, issue, mark)
    styles = _styles(root, leaf)
    _tags(root, leaf)
    _order(root, leaf)
    _layout(root, leaf, leaves.language(issue), styles)
    etree.indent(root, "  ")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root, encoding="UTF-8") + b"\n"


def _description(root: etree._Element, leaf: Leaf, issue: Issue, mark: str) -> None:
    about = _element(root, "Description")
    _element(about, "MeasurementUnit").text = leaf.measure.unit
    image = leaf.page.names.image if leaf.page.names else ""
    _element(_element(about, "sourceImageInformation"), "fileName").text = said(image or issue.source.name)
    step = _element(about, "Processing", ID="e-relayout")
    _element(step, "processingCategory").text = "contentModification"
    _element(step, "processingStepDescription").text = "articles, paragraphs and their order"
    _element(step, "processingStepSettings").text = mark
    software = _element(step, "processingSoftware")
    _element(software, "softwareName").text = "relayout"
    _element(software, "softwareVersion").text = __version__


def _styles(root: etree._Element, leaf: Leaf) -> dict[Set, str]:
    """Write a style for every way in which lines are set, but for the one of which nothing is known."""
    styles: dict[Set, str] = {}
    parent = None
    for text in _texts(leaf):
        for row in text.rows:
            look = _set(row.line.style)
            if look == ("", False, False) or look in styles:
                continue
            parent = _element(root, "Styles") if parent is None else parent
            styles[look] = f"t-{len(styles) + 1}"
            style = _element(parent, "TextStyle", ID=styles[look])
            family, bold, italic = look
            how = " ".join(word for word, so in (("bold", bold), ("italics", italic)) if so)
            for key, value in (("FONTFAMILY", family), ("FONTSTYLE", how)):
                if value:
                    style.set(key, value)
    return styles


def _tags(root: etree._Element, leaf: Leaf) -> None:
    """Write a tag for every unit of the page, and one for every role."""
    roles = dict.fromkeys((text.role, kind_of(text, leaf)) for text in _texts(leaf))
    if not roles:
        return
    tags = _element(root, "Tags")
    for share in leaf.shares:
        unit = share.article.kind
        what = "unassigned" if unit is Kind.UNASSIGNED else "article"
        tag = _element(tags, "StructureTag", ID=share.ident, TYPE=what, LABEL=share.title)
        kind = unit.value if unit not in (Kind.ARTICLE, Kind.UNASSIGNED) else ""
        more = f"kind:{kind}; {share.mark}" if kind else share.mark
        if kind or more:
            tag.set("DESCRIPTION", f"relayout {{{more}}}" if share.mark else kind)
    for role, kind in roles:
        _element(tags, "LayoutTag", ID=f"l-{role.value}-{kind}", TYPE=kind, LABEL=role.value)
    if any(text.goes_on for text in _texts(leaf)):
        _element(tags, "LayoutTag", ID=_GOES_ON, TYPE="continuation", LABEL="goes on from the block before")


def _order(root: etree._Element, leaf: Leaf) -> None:
    """Write the order of the units, and in each that of its blocks; a picture is a group with its captions."""
    if not leaf.furniture and not leaf.shares:
        return
    whole = _element(_element(root, "ReadingOrder"), "OrderedGroup", ID="ro")
    _members(whole, leaf.furniture)
    for share in leaf.shares:
        unit = _element(whole, "OrderedGroup", ID=f"g-{share.ident}", TAGREFS=share.ident)
        _members(unit, share.texts)
        for n, (drawing, texts) in enumerate(share.figures, 1):
            group = _element(unit, "OrderedGroup", ID=f"g-{share.ident}-{n}")
            if drawing:
                _element(group, "ElementRef", ID=f"e-{share.ident}-{n}", REF=drawing.ident)
            _members(group, texts)


def _members(group: etree._Element, texts: Iterable[Text]) -> None:
    for text in texts:
        _element(group, "ElementRef", ID=f"e-{text.ident}", REF=text.ident)


def _layout(root: etree._Element, leaf: Leaf, lang: str, styles: dict[Set, str]) -> None:
    page = _element(
        _element(root, "Layout"), "Page", ID=page_id(leaf), PHYSICAL_IMG_NR=str(leaf.page.number),
        WIDTH=str(leaf.measure.width), HEIGHT=str(leaf.measure.height),
    )  # fmt: skip
    if leaf.page.label:
        page.set("PRINTED_IMG_NR", said(leaf.page.label))
    if lang:
        page.set("LANG", lang)
    write = _Blocks(leaf, styles)
    foot = [text for text in leaf.furniture if leaf.measure.low(text.box)]
    head = [text for text in leaf.furniture if not leaf.measure.low(text.box)]
    for tag, texts in (("TopMargin", head), ("BottomMargin", foot)):
        if texts:
            space = _element(page, tag)
            _place(space, around(text.box for text in texts))
            for text in texts:
                write.block(space, text)
    space = _element(page, "PrintSpace")
    boxes = [text.box for share in leaf.shares for text in share.all_texts]
    boxes += [drawing.box for drawing in leaf.drawings]
    if boxes:
        _place(space, around(boxes))
    for share in leaf.shares:
        write.share(space, share)
    for drawing in leaf.drawings:
        kind = "GraphicalElement" if drawing.form is Form.RULE else "Illustration"
        _place(_element(space, kind, ID=drawing.ident), drawing.box)


class _Blocks:
    """Writes the blocks of one page."""

    __slots__ = ("_leaf", "_styles", "_words")

    def __init__(self, leaf: Leaf, styles: dict[Set, str]) -> None:
        self._leaf, self._styles = leaf, styles
        self._words = alto_words.Words(NS, leaf.page)

    def share(self, space: etree._Element, share: Share) -> None:
        if not share.all_texts:
            return
        if share.article.kind is Kind.ADVERTISEMENT:
            space = _element(space, "ComposedBlock", ID=f"s-{share.ident}", TAGREFS=share.ident, TYPE="Advertisement")
            _place(space, around(text.box for text in share.all_texts))
        for text in share.all_texts:
            self.block(space, text, share.ident)

    def block(self, space: etree._Element, text: Text, unit: str = "") -> None:
        tags = f"{unit} l-{text.role.value}-{kind_of(text, self._leaf)}".strip()
        tags += f" {_GOES_ON}" if text.goes_on else ""
        block = _element(space, "TextBlock", ID=text.ident, TAGREFS=tags)
        _place(block, text.box)
        if text.vertical:
            block.set("BASEDIRECTION", "ttb")
        for n, row in enumerate(text.rows, 1):
            self._line(block, row, f"{text.ident}l{n}", vertical=text.vertical)

    def _line(self, block: etree._Element, row: Row, ident: str, *, vertical: bool) -> None:
        line = _element(block, "TextLine", ID=ident)
        style = self._styles.get(_set(row.line.style))
        if style:
            line.set("STYLEREFS", style)
        _place(line, row.box)
        upright = row.line.vertical
        if upright is not vertical or (not upright and row.box.height > row.box.width):
            line.set("BASEDIRECTION", "ttb" if upright else "ltr")  # its form would tell otherwise
        self._words.write(line, row)


def _place(element: etree._Element, box: Box) -> None:
    sides = (box.x0, box.y0, box.width, box.height)
    for key, value in zip(("HPOS", "VPOS", "WIDTH", "HEIGHT"), sides, strict=True):
        element.set(key, str(int(value)))


def _texts(leaf: Leaf) -> Iterable[Text]:
    yield from leaf.furniture
    for share in leaf.shares:
        yield from share.all_texts


def _set(style: TextStyle | None) -> Set:
    """Return how a line is set, but for its size: it is measured on the words again, as OCR rounds what it says."""
    return (said(style.font).strip(), style.bold, style.italic) if style else ("", False, False)


def _element(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    child = etree.SubElement(parent, f"{{{NS}}}{tag}")
    for key, value in attributes.items():
        child.set(key, value)
    return child
