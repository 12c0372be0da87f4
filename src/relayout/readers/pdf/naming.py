"""Glyphs that have no Unicode, or a code of private use, named by their font: f_i, uni4E00, oneoldstyle.

The names stand in the encoding of a font in the page's resources (``/Differences``) or in the font program itself. What
they stand for is said by the Adobe Glyph List, which pdfminer brings along, and by the rules that come with it
(https://github.com/adobe-type-tools/agl-specification).
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from relayout.readers.pdf.glyphs import Glyph, Remark
from relayout.readers.pdf.programs import names_in

LOST = "\ufffd"
MOST_DEEP = 8  # forms within forms
SYMBOL = 0xF000  # where the codes of symbol fonts are put in Unicode
_UNI = re.compile(r"uni((?:[0-9A-F]{4})+)|u([0-9A-F]{4,6})")
_CUT = re.compile(r"(.+?)(?:oldstyle|small|superior|inferior|fitted|serif|sans|swash)")  # cuts of a letter, not others


def is_private(text: str) -> bool:
    r"""Say whether a text begins with a character of private use.

    >>> is_private("\ue0a1"), is_private("a")
    (True, False)
    """
    return "\ue000" <= text[:1] <= "\uf8ff" or text[:1] >= "\U000f0000"


def letters(name: str) -> str:
    """Return the characters that the name of a glyph stands for, nothing if it does not tell.

    >>> letters("f_i"), letters("uni0041.alt"), letters("oneoldstyle"), letters("g17")
    ('fi', 'A', '1', '')
    """
    found = [_letter(part) for part in name.split(".")[0].split("_")]
    return "".join(found) if all(found) else ""


def _letter(name: str) -> str:
    text = _listed(name)
    if text and not is_private(text):
        return text
    if match := _UNI.fullmatch(name):
        digits = match[1] or match[2]
        codes = [int(digits[n : n + 4], 16) for n in range(0, len(digits), 4)] if match[1] else [int(digits, 16)]
        fine = all(32 <= code < 0x110000 and not 0xD800 <= code < 0xE000 for code in codes)
        text = "".join(map(chr, codes)) if fine else ""
        return "" if any(map(is_private, text)) else text
    if text and (cut := _CUT.fullmatch(name)):  # only the list knows that a name is one of a cut
        text = _listed(cut[1])
        return "" if is_private(text) else text
    return ""


def _listed(name: str) -> str:
    from pdfminer.glyphlist import glyphname2unicode

    return str(glyphname2unicode.get(name, ""))


class _Known(NamedTuple):
    """What a font tells: the text for a character of private use, and for a code."""

    chars: dict[str, str]
    codes: dict[int, str]


def named_glyphs(
    glyphs: Sequence[Glyph],
    codes: Sequence[int],
    face: Callable[[int], str],
    resources: Callable[[], Mapping[str, Any]],
) -> tuple[list[Glyph], list[Remark]]:
    """Return glyphs with the characters that their fonts name, and a remark on how many of which font.

    ``codes`` says of each glyph its code, -1 where that is not known; ``face`` how its font is called in the file;
    ``resources`` those of the page as pdfminer gives them, asked only where a glyph needs it.
    """
    wanted = [n for n, glyph in enumerate(glyphs) if is_private(glyph.text) or (glyph.text == LOST and codes[n] >= 0)]
    if not wanted:
        return list(glyphs), []
    known = _known(resources())
    made = list(glyphs)
    told: dict[str, list[str]] = {}
    for n in wanted:
        glyph, font = glyphs[n], known.get(face(n))
        if font is None:
            continue
        text = font.codes.get(codes[n], "") if glyph.text == LOST else font.chars.get(glyph.text, "")
        if text:
            made[n] = glyph._replace(text=text)
            told.setdefault(glyph.font, []).append(text)
    why = "the font gives their glyphs names that tell"
    return made, [
        Remark(f"{len(texts)} characters are read by their names, font {font or 'without a name'}", why, _window(texts))
        for font, texts in sorted(told.items())
    ]


def _window(texts: Sequence[str]) -> str:
    return " ".join(dict.fromkeys(texts[:200]))[:24]


def _known(resources: Mapping[str, Any]) -> dict[str, _Known]:
    """Return what the fonts of a page tell, by their names in the file; where fonts of one name differ, nothing."""
    found: dict[str, _Known] = {}
    for spec in _fonts(resources, 0, set()):
        try:
            name, font = str(getattr(spec.get("BaseFont"), "name", "")), _font(spec)
        except Exception:  # a damaged font: its glyphs stay as they are
            continue
        one = found.setdefault(name, _Known({}, {}))
        for char, text in font.chars.items():
            one.chars[char] = text if one.chars.get(char, text) == text else ""
        for code, text in font.codes.items():
            one.codes[code] = text if one.codes.get(code, text) == text else ""
    return found


def _fonts(resources: Mapping[str, Any], deep: int, seen: set[int]) -> Iterator[dict[str, Any]]:
    """Return the fonts in resources and in those of the forms that they hold, each resolved."""
    from pdfminer.pdftypes import PDFStream, resolve1

    for reference in entry(resources, "Font").values():
        spec = resolve1(reference)
        if isinstance(spec, dict) and id(spec) not in seen:
            seen.add(id(spec))
            yield {key: resolve1(value) for key, value in spec.items()}
    for reference in entry(resources, "XObject").values() if deep < MOST_DEEP else ():
        form = resolve1(reference)
        if isinstance(form, PDFStream) and id(form) not in seen:
            seen.add(id(form))
            inner = resolve1(form.get("Resources"))
            if isinstance(inner, dict):
                yield from _fonts(inner, deep + 1, seen)


def patterned(resources: Mapping[str, Any]) -> bool:
    """Say whether patterns are among resources, or among those of the forms that they hold, or it cannot be told."""
    from pdfminer.pdftypes import PDFStream, resolve1

    if not resources:
        return True
    waiting, met = [resources], set()
    while waiting:
        one = waiting.pop()
        if entry(one, "Pattern"):
            return True
        for reference in entry(one, "XObject").values():
            form = resolve1(reference)
            key = getattr(reference, "objid", id(form))
            if isinstance(form, PDFStream) and key not in met:  # forms may hold each other in many ways
                met.add(key)
                inner = resolve1(form.get("Resources"))
                waiting += [inner] if isinstance(inner, dict) else []
    return False


def entry(resources: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return one kind of resources by their names, nothing where there are none."""
    from pdfminer.pdftypes import resolve1

    found = resolve1(resources.get(name))
    return found if isinstance(found, dict) else {}


def _font(spec: dict[str, Any]) -> _Known:
    """Return what a font tells: by the names of its glyphs, where its ToUnicode has nothing or a private code."""
    given = _given(spec.get("ToUnicode"))
    chars: dict[str, str] = {}
    codes: dict[int, str] = {}
    for code, name in (*names_in(spec).items(), *_differences(spec.get("Encoding")).items()):
        text = letters(name)
        if not text:
            continue
        if code in given:
            if is_private(given[code]):
                chars[given[code]] = text
            continue
        codes[code] = text
        if code < 256:
            chars[chr(SYMBOL + code)] = text
        if is_private(listed := _listed(name.split(".")[0])):
            chars[listed] = text
    return _Known(chars, codes)


def _given(stream: Any) -> dict[int, str]:
    """Return what a ToUnicode says."""
    from pdfminer.cmapdb import CMapParser, FileUnicodeMap
    from pdfminer.pdftypes import PDFStream

    if not isinstance(stream, PDFStream):
        return {}
    table = FileUnicodeMap()
    CMapParser(table, io.BytesIO(stream.get_data())).run()
    return dict(table.cid2unichr)


def _differences(encoding: Any) -> dict[int, str]:
    """Return the names of glyphs that an encoding gives by code."""
    from pdfminer.pdftypes import resolve1

    found: dict[int, str] = {}
    code = 0
    for item in resolve1(encoding.get("Differences")) or () if isinstance(encoding, dict) else ():
        item = resolve1(item)
        if isinstance(item, int):
            code = item
        else:
            found[code] = str(getattr(item, "name", ""))
            code += 1
    return found
