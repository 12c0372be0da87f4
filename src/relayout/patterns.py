r"""Regular expressions of profiles: Python's own, and those with Unicode properties, such as ``\p{Han}``.

The package ``regex`` knows the properties, but takes a tenth of a short run to load; so it is loaded for a pattern
that needs it only.
"""

from __future__ import annotations

import re


def compiled(pattern: str) -> re.Pattern[str]:
    r"""Compile ``pattern``; :class:`re.error` where it is wrong.

    >>> bool(compiled(r"^\p{Han}+報$").search("港城早報")), bool(compiled("^[a-z]+$").search("報"))
    (True, False)
    """
    if r"\p{" not in pattern and r"\P{" not in pattern:
        return re.compile(pattern)
    import regex

    try:
        found: re.Pattern[str] = regex.compile(pattern)
    except regex.error as error:
        raise re.error(str(error)) from None
    return found
