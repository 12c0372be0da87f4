"""How markup begins: the name of its first element, behind declarations and comments."""

from __future__ import annotations

import codecs
import re

_MOST = 65536  # bytes: a licence in a comment, a document type with entities
_NAME = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)[\s/>]")
_MARKS = (
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)


def begins(data: bytes) -> str:
    """Return the name of the first element, in small letters and without its prefix; nothing for what is no markup.

    >>> begins(b"<!DOCTYPE html><HTML lang='en'>"), begins(b"<p.c:PcGts xmlns='x'>"), begins(b"BMW <b>")
    ('html', 'pcgts', '')
    """
    head = data[:_MOST]
    codec = next((codec for mark, codec in _MARKS if head.startswith(mark)), "utf-8-sig")
    text = head.decode(codec, "replace").lstrip()
    while text.startswith(("<?", "<!")):
        end = "?>" if text.startswith("<?") else "-->" if text.startswith("<!--") else ">"
        if end == ">" and "[" in text[: text.find(">") + 1]:
            end = "]>" if "]>" in text else "] >"
        at = text.find(end)
        if at < 0:
            return ""
        text = text[at + len(end) :].lstrip()
    name = _NAME.match(text)
    return name.group(1).lower() if name else ""
