"""The names of glyphs in font programs within a PDF: Type 1, CFF and TrueType, as far as they give names at all."""

from __future__ import annotations

import io
import re
import struct
from typing import Any

_PUT = re.compile(rb"dup\s+(\d+)\s*/([^\s/()<>\[\]{}%]+)\s+put")
_MACS = 258  # names that every TrueType font may use without giving them
_LARGEST = 1 << 16


def names_in(spec: dict[str, Any]) -> dict[int, str]:
    """Return the names of glyphs by code, or by CID, that the program of a font gives; raises where it is damaged.

    ``spec`` is the dictionary of the font, its entries resolved.
    """
    from pdfminer.pdftypes import PDFStream, resolve1

    heirs = spec.get("DescendantFonts")
    inner = resolve1(heirs[0]) if isinstance(heirs, list) and heirs else None
    descriptor = resolve1((inner or spec).get("FontDescriptor"))
    if not isinstance(descriptor, dict):
        return {}
    for key in ("FontFile", "FontFile2", "FontFile3"):
        stream = resolve1(descriptor.get(key))
        if not isinstance(stream, PDFStream):
            continue
        data = stream.get_data()
        if key == "FontFile":
            return {int(code): name.decode("latin-1") for code, name in _PUT.findall(data[: data.find(b"eexec") + 1])}
        if key == "FontFile3":
            return {} if inner else compact(data)
        names, codes = outlined(data)
        if inner is None:
            return {code: names[gid] for code, gid in codes.items() if gid in names}
        table = resolve1(inner.get("CIDToGIDMap"))
        if not isinstance(table, PDFStream):
            return names
        gids = struct.unpack(f">{len(table.get_data()) // 2}H", table.get_data()[: len(table.get_data()) // 2 * 2])
        return {cid: names[gid] for cid, gid in enumerate(gids) if gid in names}
    return {}


def outlined(data: bytes) -> tuple[dict[int, str], dict[int, int]]:
    """Return the names of a TrueType font's glyphs by their numbers, and the numbers by the codes of its own table.

    Names are in the table ``post`` of format 2; those of the Macintosh set, which are all in Latin encodings, are left.
    """
    count = struct.unpack_from(">H", data, 4)[0]
    tables = {}
    for n in range(count):
        tag, _, offset, length = struct.unpack_from(">4sLLL", data, 12 + 16 * n)
        tables[tag] = (offset, length)
    names: dict[int, str] = {}
    at, length = tables.get(b"post", (0, 0))
    if length > 34 and struct.unpack_from(">L", data, at)[0] == 0x20000:
        glyphs = struct.unpack_from(">H", data, at + 32)[0]
        numbers = struct.unpack_from(f">{glyphs}H", data, at + 34)
        texts: list[str] = []
        place = at + 34 + 2 * glyphs
        while place < min(at + length, len(data)):
            size = data[place]
            texts.append(data[place + 1 : place + 1 + size].decode("latin-1"))
            place += 1 + size
        names = {gid: texts[n - _MACS] for gid, n in enumerate(numbers) if 0 <= n - _MACS < len(texts)}
    return names, _codes(data, tables[b"cmap"][0]) if b"cmap" in tables else {}


def _codes(data: bytes, base: int) -> dict[int, int]:
    """Return the glyphs of the codes of a symbol font, or of a Macintosh one (formats 0, 4 and 6)."""
    found: dict[int, int] = {}
    for n in range(struct.unpack_from(">H", data, base + 2)[0]):
        platform, kind, offset = struct.unpack_from(">HHL", data, base + 4 + 8 * n)
        if (platform, kind) not in ((1, 0), (3, 0)):
            continue
        at = base + offset
        form = struct.unpack_from(">H", data, at)[0]
        if form == 0:
            found |= dict(enumerate(data[at + 6 : at + 262]))
        elif form == 6:
            first, count = struct.unpack_from(">HH", data, at + 6)
            found |= {first + k: gid for k, gid in enumerate(struct.unpack_from(f">{count}H", data, at + 10))}
        elif form == 4:
            found |= _segments(data, at)
    return {code & 0xFF: gid for code, gid in found.items() if gid and (code < 256 or code >> 8 == 0xF0)}


def _segments(data: bytes, at: int) -> dict[int, int]:
    """Return the glyphs of a table of format 4."""
    found: dict[int, int] = {}
    half = struct.unpack_from(">H", data, at + 6)[0]
    for k in range(half // 2):
        places = [at + 14 + part * half + (2 if part else 0) + 2 * k for part in range(4)]
        last, first, delta, reach = (struct.unpack_from(">H", data, place)[0] for place in places)
        for code in range(first, min(last, 0xFFFE) + 1):
            gid = code
            if reach:
                gid = struct.unpack_from(">H", data, places[3] + reach + 2 * (code - first))[0]
                if not gid:
                    continue
            found[code] = (gid + delta) % _LARGEST
    return found


def compact(data: bytes) -> dict[int, str]:
    """Return the names of the glyphs of a CFF font by the codes of its own encoding; of a CID font nothing."""
    from pdfminer.pdffont import CFFFont, getdict

    stream = io.BytesIO(data)
    stream.seek(data[2])  # past the header
    CFFFont.INDEX(stream)
    tops, strings = CFFFont.INDEX(stream), CFFFont.INDEX(stream)
    top = getdict(tops[0])
    charset, encoding, drawings = (int(top.get(key, [0])[0]) for key in (15, 16, 17))
    if charset < 3 or encoding < 2:  # one of those that every reader knows
        return {}
    stream.seek(drawings)
    count = len(CFFFont.INDEX(stream))
    standard = CFFFont.STANDARD_STRINGS
    names: list[str] = [".notdef"]
    for sid in _charset(data, charset, count):
        if sid < len(standard):
            names.append(standard[sid])
        elif sid - len(standard) < len(strings):
            names.append(strings[sid - len(standard)].decode("latin-1"))
        else:
            names.append("")
    return {code: names[gid] for code, gid in _encoding(data, encoding).items() if gid < len(names) and names[gid]}


def _charset(data: bytes, at: int, count: int) -> list[int]:
    """Return the numbers of the names of the glyphs from the second on."""
    form, at = data[at], at + 1
    if form == 0:
        return list(struct.unpack_from(f">{count - 1}H", data, at))
    found: list[int] = []
    while len(found) < count - 1:
        first, left = struct.unpack_from(">HB" if form == 1 else ">HH", data, at)
        found += range(first, first + left + 1)
        at += 3 if form == 1 else 4
    return found[: count - 1]


def _encoding(data: bytes, at: int) -> dict[int, int]:
    """Return the glyphs by code."""
    form, count = data[at] & 0x7F, data[at + 1]
    if form == 0:
        return {code: gid for gid, code in enumerate(data[at + 2 : at + 2 + count], 1)}
    found: dict[int, int] = {}
    gid = 1
    for n in range(count):
        first, left = data[at + 2 + 2 * n], data[at + 3 + 2 * n]
        for code in range(first, first + left + 1):
            found[code] = gid
            gid += 1
    return found
