"""Whether the content of a page is whole: what it is packed in, and the operators that it ends with.

An engine reads what comes before the damage and says nothing of it; so it is looked for here, in the bytes.
"""

from __future__ import annotations

import re
import zlib
from typing import Any

MOST_BYTES = 64 << 20  # of content: what is larger is not looked into
_OPERATORS = frozenset(
    b"b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k l m M MP n q Q re"
    b" RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' \" true false null".split()
)  # ISO 32000-1, Annex A.2, and the names of values
_OPENS = re.compile(rb"\(|%[^\r\n]*|(?<![^\s()<>\[\]{}%])BI(?=[\s/])")  # a string, a comment, an image in the content
_INSIDE = re.compile(rb"\\.|[()]", re.DOTALL)
_DATA, _ENDED = re.compile(rb"\sID\s"), re.compile(rb"\sEI(?=\s|\Z)")
_TOKENS = re.compile(rb"<[0-9A-Fa-f\s]*+>|/[^\s()<>\[\]{}/%]*+|<<|>>|[\[\]]|([^\s()<>\[\]{}/%]++|[<>{}()])")
_NUMBER = re.compile(rb"[-+.0-9][-+.0-9eE]*")


def damage(page: Any) -> str:
    """Say what is wrong with the content of a page of pdfminer, in words for a note; nothing where it is whole."""
    from pdfminer.pdftypes import PDFStream, resolve1

    parts: list[bytes] = []
    for part in page.contents:
        stream = resolve1(part)
        if not isinstance(stream, PDFStream):
            return "a part of its content is missing"
        content, why = unpacked(stream)
        if why:
            return why
        parts.append(content)
    return broken(b"\n".join(parts))


def unpacked(stream: Any) -> tuple[bytes, str]:
    """Return what is in a stream, and what is wrong with how it is packed; the stream is left as it was.

    The document would keep every page unpacked.
    """
    packed, filters = stream.rawdata, [str(getattr(name, "name", name)) for name, _ in stream.get_filters()]
    if packed is None or filters not in (["FlateDecode"], ["Fl"]) or any(p for _, p in stream.get_filters()):
        content: bytes = stream.get_data()
        if packed is not None:
            stream.rawdata, stream.data = packed, None
        return content, ""
    if stream.decipher:
        packed = stream.decipher(stream.objid, stream.genno, packed, stream.attrs)
    return _inflated(packed)


def _inflated(packed: bytes) -> tuple[bytes, str]:
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)  # without the check sum at the end, which some programs leave out
    try:
        content = unpacker.decompress(packed[2:], MOST_BYTES)
    except zlib.error:
        return b"", "its content is damaged"
    if unpacker.unconsumed_tail:
        return b"", ""
    if not unpacker.eof:
        return b"", "its content breaks off"
    sum_ = unpacker.unused_data[:4]
    return content, "its content is damaged" if len(sum_) == 4 and int.from_bytes(sum_) != zlib.adler32(content) else ""


def broken(content: bytes) -> str:
    """Say what is wrong with content that is unpacked: a string without an end, words that are no operators.

    >>> broken(b"BT /R 10 Tf (text) Tj ET"), broken(b"BT /R 10 Tf (te")
    ('', 'its content breaks off in a string')
    """
    if len(content) > MOST_BYTES:
        return ""
    plain, why = _plain(content.replace(b"\0", b" "))
    if why:
        return why
    words = _TOKENS.findall(plain)
    found = set(words)
    if found & {b"<", b"("}:
        return "its content breaks off in a string"
    strange = {word for word in found - _OPERATORS if word and not _NUMBER.fullmatch(word)}
    if strange and b"BX" not in found:
        return f"its content is damaged: {min(strange)[:20].decode('ascii', 'backslashreplace')} is no operator"
    return "its content breaks off" if words and words[-1] not in _OPERATORS else ""


def _plain(content: bytes) -> tuple[bytes, str]:
    """Return content with 0 for every string, nothing for comments, and EI for images; and where it breaks off."""
    parts: list[bytes] = []
    at = 0
    while match := _OPENS.search(content, at):
        parts.append(content[at : match.start()])
        at = match.end()
        if match[0] == b"(":
            at, told = _closed(content, at), b" 0 "
        elif match[0] == b"BI":
            data = _DATA.search(content, at)
            ended = _ENDED.search(content, data.end() - 1) if data else None
            if not ended:
                return b"", "its content breaks off in an image"
            at, told = ended.end(), b" EI "
        else:
            told = b" "
        if at < 0:
            return b"", "its content breaks off in a string"
        parts.append(told)
    return b"".join([*parts, content[at:]]), ""


def _closed(content: bytes, at: int) -> int:
    """Return where the string that was opened before ``at`` ends; -1 where it does not."""
    deep = 1
    while match := _INSIDE.search(content, at):
        at = match.end()
        deep += {b"(": 1, b")": -1}.get(match[0], 0)
        if not deep:
            return at
    return -1
