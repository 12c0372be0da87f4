r"""Texts as they are compared: white space settled, and what counts as set without word spaces.

>>> settle("會議 開幕\n在 A2 版"), one_space(" 七大  任務\n")
('會議開幕在 A2 版', '七大 任務')
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from relayout.evaluate.nouns import Unit

# Scripts set without word spaces, and their marks; Hangul has word spaces. Dashes and curly quotes are marks of
# these scripts only beside one of their characters.
_WIDE = "\u2e80-\u312f\u3190-\ua4cf\uf900-\ufaff\ufe10-\ufe6f\uff01-\uff60\U00020000-\U0003ffff"
_SHARED = "“”‘’…—·"
_CJK = f"[{_WIDE}]"
_LOOSE = rf"(?<=[{_WIDE}])\s+(?=[{_WIDE}{_SHARED}])|(?<=[{_SHARED}])\s+(?=[{_WIDE}])"


def is_cjk(char: str) -> bool:
    """Say whether ``char`` is a character or mark of a script that is set without word spaces."""
    return re.match(_CJK, char) is not None


def both_cjk(one: str, two: str) -> bool:
    """Say whether no space belongs between these neighbours, by their script."""
    return (is_cjk(one) and (is_cjk(two) or two in _SHARED)) or (one in _SHARED and is_cjk(two))


def one_space(text: str) -> str:
    """Turn every run of white space into one space; none at the ends."""
    return " ".join(text.split())


def settle(text: str) -> str:
    """Turn runs of white space into one space, and into nothing between CJK characters."""
    return re.sub(_LOOSE, "", one_space(text))


def dense(text: str) -> str:
    """Leave out all white space."""
    return "".join(text.split())


def article_text(unit: Unit) -> str:
    """Give the text of a unit for similarity: its parts in order, settled; captions are no part of it."""
    return settle("\n".join(part.text for part in unit.parts if part.role not in ("caption", "furniture")))


def join_lines(lines: Iterable[str]) -> str:
    r"""Join printed lines as anybody would: nothing between CJK, a hyphen before a small letter goes, else a space.

    >>> join_lines(["會議在", "北京舉行"]), join_lines(["pre-", "fix", "it"])
    ('會議在北京舉行', 'prefix it')
    """
    text = ""
    for line in map(str.strip, lines):
        if text and line:
            if text[-1] in "-\u00ad\u2010" and text[-2:-1].isalpha() and line[0].islower():
                text = text[:-1]
            elif not both_cjk(text[-1], line[0]):
                text += " "
        text += line
    return text
