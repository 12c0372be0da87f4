"""Reads hOCR of Tesseract, ocropus and other writers: HTML or XHTML, also HTML that is no XML.

Source: the hOCR specification 1.2. Elements are known by their class, whatever their tag; boxes and sizes stand in
``title``. The parser reads no other file, and no entities but those of HTML.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from relayout.chars import ink
from relayout.errors import InputError
from relayout.imprint import Box, Shape
from relayout.model import Note, Outcome, Page, Reading, Source
from relayout.readers import titles
from relayout.readers.beginning import begins
from relayout.readers.markup import MOST_BYTES, MOST_WORDS, words_in
from relayout.readers.placing import Found, hull, tall
from relayout.readers.settling import glued, settled
from relayout.readers.surety import average, spans
from relayout.readers.telling import Said, articles, in_order, roles
from relayout.readers.wishes import Wishes
from relayout.roles import Form, Level
from relayout.told import ToldArticle

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# Bounded, or three million spaces behind ``class=`` take hours.
_PAGE = re.compile(rb"""class\s{0,9}=\s{0,9}["']?\s{0,9}(?:[\w-]{1,40}\s{1,9}){0,9}ocr_page(?![\w-])""")
_LINES = {"ocr_line", "ocr_header", "ocr_footer", "ocr_caption", "ocr_textfloat", "ocrx_line"}
_BLOCKS = {"ocr_carea", "ocrx_block", "ocr_par", "ocr_column", "ocr_table", "ocr_float", "ocr_pageno"}
_WORDS = {"ocrx_word", "ocr_word"}
_SHAPES = {
    "ocr_separator": Form.RULE,
    "ocr_photo": Form.IMAGE,
    "ocr_image": Form.IMAGE,
    "ocr_linedrawing": Form.IMAGE,
}
_UNSEEN = {"script", "style", "head", "title", "template"}
_NEW_LINE = {"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6"}
_DECLARED = re.compile(rb"""(?:encoding|charset)\s{0,9}=\s{0,9}["']?([\w.:-]+)""")
_CHARSETS = re.compile(rb"iso|latin|windows|cp|utf|big5|gb|shift|sjis|euc|koi8|mac|us-ascii|ascii", re.IGNORECASE)
_WIDE = (b"\xff\xfe", b"\xfe\xff")  # how UTF-16 begins


class _Seen(NamedTuple):
    """What is gathered of a page; ``loose`` is text outside any line, with the boxes of its words.

    ``said`` is what is said of blocks.
    """

    found: list[Found]
    blocks: dict[int, Box | None]
    shapes: list[Shape]
    loose: list[tuple[str, Box | None, float | None]]
    said: dict[int, Said]


def sniff(data: bytes) -> bool:
    """Say whether ``data`` is hOCR: markup with an element of the class ``ocr_page``.

    >>> sniff(b"<html><body><div class='ocr_page'>"), sniff(b"<html><p>ocr_page")
    (True, False)
    """
    begun = begins(data)
    if begun in ("", "alto", "mets", "pcgts", "tei"):
        return False
    return _PAGE.search(_decoded(data).encode("utf-8", "replace") if data[:2] in _WIDE else data) is not None


def read(data: bytes, name: str, wishes: Wishes) -> Outcome[Reading]:  # noqa: ARG001
    """Read hOCR; lengths are pixels. Raises :class:`InputError` for no HTML, too much of it, and no text."""
    pages: list[Page] = []
    told: list[ToldArticle] = []
    notes = [Note("read", "read as hOCR", "it has an ocr_page")]
    top = _root(data, name)
    elements = [one for one in top.iter() if "ocr_page" in titles.classes(one)]
    beside = " ".join(" ".join(_beside(top)).split())
    if beside:
        why = "it is left out: no page is said to hold it"
        notes.append(Note("read", "text stands outside all pages", why, 1.0, Level.DOUBT, window=beside[:80]))
    for at, element in enumerate(elements, 1):
        page, units, more = _page(element, at, name)
        notes += more
        if page:
            pages.append(page)
            told += units
    if not pages:
        raise InputError(f"{name}: its hOCR holds no text", "run OCR on its picture again")
    source = Source(PurePath(name).name, hashlib.sha256(data).hexdigest(), "hocr")
    return Outcome(Reading(source, tuple(pages), told=tuple(told)), tuple(notes))


def _root(data: bytes, name: str) -> Element:
    from lxml import etree

    if len(data) > MOST_BYTES:
        raise InputError(f"{name}: is larger than {MOST_BYTES // 1024**2} MB", "give one page, not the whole volume")
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, recover=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        found = etree.fromstring(_decoded(data).replace("\0", "").encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"{name}: is no HTML that can be read ({_why(error)})", "get it again, or mend it") from None
    fatal = [error.message for error in parser.error_log if error.level_name == "FATAL"]
    if found is None or fatal:  # what stands behind the place is lost
        why = _why(fatal[0] if fatal else "it is empty")
        raise InputError(f"{name}: is no HTML that can be read ({why})", "get it again, or mend it")
    return found


def _beside(element: Element) -> Iterator[str]:
    """Yield the text of an element that stands in no page."""
    if titles.tag(element) not in _UNSEEN and "ocr_page" not in titles.classes(element):
        yield element.text or ""
        for child in element:
            yield from _beside(child)
            yield child.tail or ""


def _why(error: object) -> str:
    return " ".join(str(error).split())[:100]


def _decoded(data: bytes) -> str:
    """Decode as UTF-8, or else as the file declares: some writers declare Latin-1 and mean UTF-8."""
    declared = _DECLARED.search(data[:4096])
    named = declared.group(1) if declared and _CHARSETS.match(declared.group(1)) else b"cp1252"
    for codec in ("utf-16" if data[:2] in _WIDE else "utf-8-sig", named.decode("ascii", "replace")):
        try:
            return data.decode(codec)
        except (UnicodeError, LookupError):
            continue
    return data.decode("utf-8", "replace")


def _page(element: Element, at: int, name: str) -> tuple[Page | None, tuple[ToldArticle, ...], list[Note]]:
    box = titles.box(element)
    seen = _Seen([], {0: box}, [], [], {0: Said()})
    _walk(element, seen, 0)
    _flush(seen, 0)
    if sum(words_in(one.raw) for one in seen.found) > MOST_WORDS:
        raise InputError(f"{name}: page {at} has more than {MOST_WORDS:,} words", "give one page, not the whole volume")
    whole = Box(0, 0, box.x1, box.y1) if box and box.x1 > 0 and box.y1 > 0 else None
    lines, whole, notes, sure, gaps = settled(seen.found, seen.blocks, whole, at, best=100.0)
    if not lines:
        return None, (), [Note("read", f"page {at} is left out", "no text is found on it", 1.0, Level.DOUBT)]
    said = [Said(one.article, one.role, one.block) for one in seen.found if ink(one.raw)]
    told = articles((((at, n), said[n - 1]) for n in in_order(len(said), ())), {})
    shapes = tuple(seen.shapes) if whole else ()
    return Page(at, lines, whole, "px", shapes, roles=roles(said), sure=sure, scanned=True, blanks=gaps), told, notes


def _walk(element: Element, seen: _Seen, block: int) -> None:
    """Gather the lines of an element, and the text in it that stands in no line."""
    _say(seen, element.text)
    for child in element:
        classes = titles.classes(child)
        tag = titles.tag(child)
        box = titles.box(child)
        said = titles.said(child, seen.said[block], len(seen.said))
        if tag in _UNSEEN or "ocr_page" in classes or (tag == "del" and "alt" in classes):
            pass
        elif classes & _LINES and not any(titles.classes(one) & _LINES for one in child.iterdescendants()):
            _flush(seen, block)
            before = len(seen.found)
            _line(child, box, seen, block)
            if said.role and len(seen.found) > before:
                seen.found[-1] = seen.found[-1]._replace(role=said.role)
        elif classes & _WORDS and not any(titles.classes(one) & (_LINES | _WORDS) for one in child.iterdescendants()):
            if seen.loose and box and _back(seen.loose, box):
                _flush(seen, block)
            seen.loose.append((_inner(child), box, _sure(child)))
        elif classes & (_BLOCKS | _LINES) or said[:2] != seen.said[block][:2]:
            _flush(seen, block)  # a caption, or the head of a page, may hold lines
            mine = len(seen.blocks)
            seen.blocks[mine] = box or seen.blocks[block]
            seen.said[mine] = said
            _walk(child, seen, mine)
            _flush(seen, mine)
        else:
            form = next((_SHAPES[one] for one in sorted(classes) if one in _SHAPES), None)
            if form and box:
                seen.shapes.append(Shape(form, box))
            if tag in _NEW_LINE:
                _flush(seen, block)
            _walk(child, seen, block)
            if tag in _NEW_LINE:
                _flush(seen, block)
        _say(seen, child.tail)


def _say(seen: _Seen, text: str | None) -> None:
    """Add text that stands in no line; its line ends are those of the source, and mean nothing in HTML."""
    if text and text.strip():
        seen.loose.append((" ".join(text.split()), None, None))


def _back(loose: list[tuple[str, Box | None, float | None]], box: Box) -> bool:
    """Say whether a word begins a new line: it stands to the left of the one before, and below it."""
    before = loose[-1][1]
    return before is not None and box.x0 < before.x0 and box.y0 + box.y1 > before.y0 + before.y1


def _flush(seen: _Seen, block: int) -> None:
    """Make a line of the loose text."""
    text = glued(text for text, *_ in seen.loose if text)
    if text:
        sure = spans(text, ((one, sure) for one, _, sure in seen.loose))
        boxes = tuple((one, box) for one, box, _ in seen.loose)
        article, role, *_ = seen.said[block]
        line = _found(text, hull(box for _, box in boxes), None, block)
        seen.found.append(line._replace(words=boxes, sure=sure, article=article, role=role))
    seen.loose.clear()


def _line(element: Element, box: Box | None, seen: _Seen, block: int) -> None:
    words = [one for one in element.iterdescendants() if titles.classes(one) & _WORDS]
    if not box:
        box = hull(map(titles.box, words))
    text = _text(element)
    inner = [_inner(word) for word in words]
    if len(words) > 1 and "".join("".join(inner).split()) == "".join(text.split()):
        # Some writers put no white space between words; Tesseract puts it between those of Chinese, too.
        text = glued(text.split() if " " in text else filter(None, inner))
    angle = titles.value(element, "textangle")
    upright = True if angle is not None and 45 < abs(angle) % 180 < 135 else None
    if text:
        sure = spans(
            text,
            ((one, _sure(word)) for one, word in zip(inner, words, strict=True))
            if words
            else ((text, _sure(element)),),
        )
        found = _found(text, box, upright, block, words or [element])
        article, role, *_ = seen.said[block]
        seen.found.append(found._replace(sure=sure, article=article, role=role))


def _found(text: str, box: Box | None, upright: bool | None, block: int, styled: list[Element] | None = None) -> Found:
    vertical = upright
    if box and upright is None:
        vertical = tall(text, box)
    fonts = [one for one in (titles.prop(word, "x_font") for word in styled or ()) if one]
    font = max(sorted(set(fonts)), key=fonts.count).strip("\"' ") if fonts else ""
    words = styled or []
    bold = sum(_set_in(word, "strong", "b") for word in words) * 2 > len(words)
    italic = sum(_set_in(word, "em", "i") for word in words) * 2 > len(words)
    # Not x_size: Tesseract 5 gives 17.0 and 23.8 pixels for lines of one paragraph that are all 17 pixels high.
    across = (box.width if vertical else box.height) if box else 0.0
    boxes = tuple((_inner(word), titles.box(word)) for word in words if titles.classes(word) & _WORDS)
    return Found(text, box, across, vertical, block, font, bold, italic, boxes)


def _set_in(word: Element, *tags: str) -> bool:
    return any(titles.tag(one) in tags for one in word.iterdescendants())


def _text(element: Element) -> str:
    """Return the text of a line, white space as HTML shows it, without other readings."""
    parts = [element.text or ""]
    for child in element:
        if not (titles.tag(child) == "del" and "alt" in titles.classes(child)):
            parts.append(
                " " if titles.tag(child) == "br" else _inner(child) if titles.classes(child) & _WORDS else _raw(child)
            )
        parts.append(child.tail or "")
    return " ".join("".join(parts).split())


def _raw(element: Element) -> str:
    """Return the text in an element that is no word; the white space at its ends parts it from its neighbours."""
    text = "".join(str(one) for one in element.itertext())
    around = (" " if text[:1].isspace() else "", " " if text[-1:].isspace() else "")
    return f"{around[0]}{_text(element)}{around[1]}"


def _inner(word: Element) -> str:
    """Return the text of a word; of characters that are marked one by one, without what stands between them."""
    text = _text(word)
    return "".join(text.split()) if any("ocrx_cinfo" in titles.classes(one) for one in word.iterdescendants()) else text


def _sure(word: Element) -> float | None:
    """Return how sure the engine is of a word, in per cent: by its characters where it says no more."""
    sure = titles.value(word, "x_wconf")
    if sure is None:
        sure = average(titles.values(word, "x_confs"))
    if sure is None:
        cells = (one for one in word.iterdescendants() if "ocrx_cinfo" in titles.classes(one))
        sure = average(titles.value(one, "x_conf") for one in cells)
    return sure
