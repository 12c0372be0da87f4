r"""TOML of profiles, read fast: hundreds of tables of three plain lines each, which one expression reads.

Reading the built-in profiles with ``tomllib`` alone takes a tenth of a short run.
"""

from __future__ import annotations

import re
import tomllib

# A number as the built-in profiles write it; where one is written otherwise, tomllib reads the file.
_NUMBER = re.compile(
    r"^\[numbers\.([a-z]+)\.([a-z][a-z0-9_-]*)\]\nvalue = (-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?)\n"
    r"""reason = ('[^'\n\t]*'|"[^"\\\n\t]*")\nsample = ('[^'\n\t]*'|"[^"\\\n\t]*")\n(?=\n*(?:[\[#]|\Z))""",
    re.MULTILINE,
)
_LEFT = re.compile(r"^\s*(?:\[\s*)?[\"']?numbers\b|'''|\"\"\"", re.MULTILINE)


def parsed(text: str) -> dict[str, object]:
    r"""Return what ``tomllib.loads`` returns; :class:`tomllib.TOMLDecodeError` where it raises that.

    >>> parsed("title = 't'\n\n[numbers.a.b]\nvalue = 1.5\nreason = 'r'\nsample = 's'\n")["numbers"]
    {'a': {'b': {'value': 1.5, 'reason': 'r', 'sample': 's'}}}
    """
    rows = _NUMBER.findall(text)
    rest = _NUMBER.sub("", text)
    if not rows or _LEFT.search(rest) or len({row[:2] for row in rows}) < len(rows):
        return tomllib.loads(text)
    numbers: dict[str, dict[str, object]] = {}
    for group, name, value, reason, sample in rows:
        number = float(value) if "." in value else int(value)
        numbers.setdefault(group, {})[name] = {"value": number, "reason": reason[1:-1], "sample": sample[1:-1]}
    try:
        return {**tomllib.loads(rest), "numbers": numbers}
    except tomllib.TOMLDecodeError:
        return tomllib.loads(text)  # for the line number
