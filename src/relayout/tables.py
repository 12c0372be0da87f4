r"""TOML of profiles, read fast: hundreds of tables of three plain lines each, which two expressions read.

Reading the built-in profiles with ``tomllib`` alone takes a tenth of a short run.
"""

from __future__ import annotations

import re
import tomllib

_TEXT = r"""('[^'\x00-\x1f\x7f]*'|"[^"\\\x00-\x1f\x7f]*")\n"""
_WHY = rf"reason = {_TEXT}sample = {_TEXT}(?=(?:\n|#[^\n]*\n)*(?:\[|\Z))"  # and there the table ends
# A number as the built-in profiles write it; where one is written otherwise, tomllib reads the file.
_NUMBER = re.compile(
    rf"^\[numbers\.([a-z]+)\.([a-z][a-z0-9_-]*)\]\nvalue = (-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?)\n{_WHY}", re.MULTILINE
)
# A list of strings in single quotes.
_LIST = re.compile(
    r"^\[(cues|words)\.([a-z][a-z0-9_-]*)\]\n(patterns|list) = "
    rf"\[([ \n]*(?:'[^'\x00-\x1f\x7f]*',[ \n]*)*(?:'[^'\x00-\x1f\x7f]*'[ \n]*)?)\]\n{_WHY}",
    re.MULTILINE,
)
_ITEM = re.compile("'([^']*)'")
_LEFT = re.compile(r"^[ \t]*(?:\[[ \t]*)?[\"']?(?:numbers|cues|words)\b|'''|\"\"\"", re.MULTILINE)


def parsed(text: str) -> dict[str, object]:
    r"""Return what ``tomllib.loads`` returns; :class:`tomllib.TOMLDecodeError` where it raises that.

    >>> parsed("title = 't'\n\n[numbers.a.b]\nvalue = 1.5\nreason = 'r'\nsample = 's'\n")["numbers"]
    {'a': {'b': {'value': 1.5, 'reason': 'r', 'sample': 's'}}}
    """
    rows, rest = _NUMBER.findall(text), _NUMBER.sub("", text)
    lists, rest = _LIST.findall(rest), _LIST.sub("", rest)
    if not rows or _LEFT.search(rest) or len({row[:2] for row in rows + lists}) < len(rows) + len(lists):
        return tomllib.loads(text)
    found: dict[str, dict[str, object]] = {}
    numbers: dict[str, dict[str, object]] = {}
    for group, name, value, reason, sample in rows:
        number = float(value) if "." in value else int(value)
        numbers.setdefault(group, {})[name] = {"value": number, "reason": reason[1:-1], "sample": sample[1:-1]}
    for kind, name, field, body, reason, sample in lists:
        table = {field: _ITEM.findall(body), "reason": reason[1:-1], "sample": sample[1:-1]}
        found.setdefault(kind, {})[name] = table
    try:
        return {**tomllib.loads(rest), "numbers": numbers, **found}
    except tomllib.TOMLDecodeError:
        return tomllib.loads(text)  # for the line number
