"""PAGE 2019-07-15, one file a page: regions and lines with their places, and the articles in the ``ReadingOrder``.

``docs/formats.md`` describes it. A region is what of a paragraph stands in one column; regions and lines stand in the
file in the order in which they are read. Same issue, same bytes: no date of today is written.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from relayout.imprint import Box
from relayout.model import Issue
from relayout.roles import Form, Kind, Role
from relayout.version import __version__
from relayout.writers import leaves, naming
from relayout.writers.leaves import Leaf, Share, Text, said
from relayout.writers.lengths import pixels
from relayout.writers.marking import issue_mark

NS = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
_SCHEMA = f"{NS} {NS}/pagecontent.xsd"
_NEVER = "1970-01-01T00:00:00"  # the schema wants to know when a file was made; ours do not depend on the day
TYPES = {
    Role.KICKER: "heading",
    Role.HEAD: "heading",
    Role.SUB: "heading",
    Role.RUBRIC: "heading",
    Role.CROSSHEAD: "heading",
    Role.LIST_HEAD: "heading",
    Role.BYLINE: "credit",
    Role.CREDIT: "credit",
    Role.SOURCE: "credit",
    Role.CAPTION: "caption",
    Role.DISPLAY: "floating",
}
# What a type alone says; that floating text is a pull quote it does not say.
_PLAIN = {"heading": Role.HEAD, "credit": Role.CREDIT, "paragraph": Role.BODY, "floating": None}


def files(issue: Issue) -> dict[str, bytes]:
    """Give ``<stem>-p1.page.xml`` … for every page; raises UsageError where one does not say where its lines stand."""
    stem = naming.safe(issue.stem)
    mark = issue_mark(zip(leaves.unit_ids(issue), issue.articles, strict=True))
    return {
        f"{stem}-p{leaf.page.number}.page.xml": render(leaf, issue, mark)
        for leaf in leaves.needing(issue, "page", pixels)
    }


def render(leaf: Leaf, issue: Issue, mark: str) -> bytes:
    """Write one page."""
    root = etree.Element(f"{{{NS}}}PcGts", nsmap={None: NS, "xsi": XSI})  # type: ignore[dict-item]
    root.set(f"{{{XSI}}}schemaLocation", _SCHEMA)
    about = _element(root, "Metadata")
    _element(about, "Creator").text = f"relayout {__version__}"
    _element(about, "Created").text = _NEVER
    _element(about, "LastChange").text = _NEVER
    measure = leaf.measure
    image = leaf.page.names.image if leaf.page.names else ""
    page = _element(
        root,
        "Page",
        imageFilename=said(image or issue.source.name),
        imageWidth=str(measure.width),
        imageHeight=str(measure.height),
        custom=mark,
    )
    if measure.dpi:
        page.set("imageXResolution", str(measure.dpi))
        page.set("imageYResolution", str(measure.dpi))
        page.set("imageResolutionUnit", "PPI")
    _order(page, leaf)
    for index, (text, unit) in enumerate(_texts(leaf)):
        _region(page, text, unit, index, leaf)
    for drawing in leaf.drawings:
        kind = "SeparatorRegion" if drawing.form is Form.RULE else "ImageRegion"
        _coords(_element(page, kind, id=drawing.ident), drawing.box)
    etree.indent(root, "  ")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root, encoding="UTF-8") + b"\n"


def kind_of(text: Text, leaf: Leaf) -> str:
    """Return the type of a region, in the words of PAGE."""
    if text.role is not Role.FURNITURE:
        return TYPES.get(text.role, "paragraph")
    if len(text.rows) == 1 and leaves.is_page_number(text.rows[0].line.text):
        return "page-number"
    return "footer" if leaf.measure.low(text.box) else "header"


def _texts(leaf: Leaf) -> Iterator[tuple[Text, str]]:
    """Yield the texts in the order in which they are read, each with the id of its article, if it is of one."""
    yield from ((text, "") for text in leaf.furniture)
    for share in leaf.shares:
        unit = "" if share.article.kind is Kind.UNASSIGNED else share.ident
        yield from ((text, unit) for text in share.all_texts)


def _order(page: etree._Element, leaf: Leaf) -> None:
    if not leaf.furniture and not leaf.shares:
        return
    whole = _element(_element(page, "ReadingOrder"), "OrderedGroup", id="ro")
    for n, text in enumerate(leaf.furniture):
        _refer(whole, n, text.ident)
    for n, share in enumerate(leaf.shares, len(leaf.furniture)):
        unit = _unit(whole, n, share)
        for index, text in enumerate(share.texts):
            _refer(unit, index, text.ident)
        for nth, (drawing, texts) in enumerate(share.figures, 1):
            group = _group(unit, len(share.texts) + nth - 1, f"g-{share.ident}-{nth}", "figure")
            idents = [*([drawing.ident] if drawing else ()), *(text.ident for text in texts)]
            for index, ident in enumerate(idents):
                _refer(group, index, ident)


def _unit(whole: etree._Element, index: int, share: Share) -> etree._Element:
    """Write the group of an article; what belongs to none is a group of another type."""
    kind = share.article.kind
    group = _group(whole, index, share.ident, "other" if kind is Kind.UNASSIGNED else "article")
    if share.title:
        group.set("caption", share.title)
    custom = "" if kind is Kind.UNASSIGNED else f"structure {{id:{share.ident}; type:article;}}"
    more = "" if kind is Kind.ARTICLE else f"kind:{kind.value};"
    more = " ".join(filter(None, (more, share.mark)))
    more = f"relayout {{{more}}}" if more else ""
    group.set("custom", " ".join(filter(None, (custom, more))))
    return group


def _group(parent: etree._Element, index: int, ident: str, kind: str) -> etree._Element:
    return _element(parent, "OrderedGroupIndexed", id=ident, index=str(index), type=kind)


def _refer(parent: etree._Element, index: int, ident: str) -> None:
    _element(parent, "RegionRefIndexed", index=str(index), regionRef=ident)


def _region(page: etree._Element, text: Text, unit: str, index: int, leaf: Leaf) -> None:
    kind = kind_of(text, leaf)
    custom = f"readingOrder {{index:{index};}} structure {{type:{kind};}}"
    if text.role is not _PLAIN.get(kind, text.role):
        custom += f" relayout {{role:{text.role.value};}}"
    region = _element(page, "TextRegion", id=text.ident, custom=custom, type=kind)
    if text.goes_on:
        region.set("continuation", "true")
    if text.vertical:
        region.set("readingDirection", "top-to-bottom")
        region.set("textLineOrder", "right-to-left")
    _coords(region, text.box)
    article = f" structure {{id:{unit}; type:article;}}" if unit else ""
    texts = []
    for n, row in enumerate(text.rows):
        custom = f"readingOrder {{index:{n};}}{article}"
        line = _element(region, "TextLine", id=f"{text.ident}l{n + 1}", custom=custom)
        _coords(line, row.box)
        texts.append(said(row.line.raw).strip())
        _element(_element(line, "TextEquiv"), "Unicode").text = texts[-1]
    _element(_element(region, "TextEquiv"), "Unicode").text = "\n".join(texts)


def _coords(parent: etree._Element, box: Box) -> None:
    x0, y0, x1, y1 = (int(side) for side in (box.x0, box.y0, box.x1, box.y1))
    points = f"{x0},{y0} {x1},{y0} {x1},{y1} {x0},{y1}"
    _element(parent, "Coords", points=points)


def _element(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    child = etree.SubElement(parent, f"{{{NS}}}{tag}")
    for key, value in attributes.items():
        child.set(key, value)
    return child
