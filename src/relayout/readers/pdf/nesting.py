"""How often a page draws forms that draw forms: a few hundred bytes can ask for a billion drawings.

Either engine carries out every one of them, and pdfium keeps them all, when it is asked for the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from relayout.readers.pdf.contents import unpacked
from relayout.readers.pdf.naming import entry

MOST = 50_000  # forms drawn on a page: some 4 s and 150 MB with pdfium, 20 s with pdfminer
MOST_DEEP = 40  # forms within forms that pdfium follows
_Held = list[tuple[Any, Mapping[str, Any], int]]
_DRAWS = re.compile(rb"/([^\s/\[\]()<>{}%]+)\s+Do\b")
_FORM = re.compile(rb"/(?:F|#46)(?:o|#6[fF])(?:r|#72)(?:m|#6[dD])\b")


def has_forms(data: bytes) -> bool:
    """Say whether a file has forms; their dictionaries stand open in every file.

    >>> has_forms(b"/Subtype /Form"), has_forms(b"/Subtype /Image")
    (True, False)
    """
    return _FORM.search(data) is not None


def drawn(page: Any) -> int:
    """Count the forms that a page of pdfminer draws, those in forms too; 0 where no form is in another."""
    from pdfminer.pdftypes import resolve1

    if not any(_forms(form.get("Resources"), page.resources) for form in _forms(page.resources, {}).values()):
        return 0
    parts = [resolve1(part) for part in page.contents]
    held: dict[int, _Held] = {}
    counts: dict[tuple[int, int], int] = {}
    return sum(_drawn(one, page.resources, held, counts, 0) - 1 for one in parts if hasattr(one, "get_filters"))


def _forms(resources: Any, above: Mapping[str, Any]) -> dict[str, Any]:
    """Return the forms among resources by their names; a form without any has those of what draws it."""
    from pdfminer.pdftypes import PDFStream, resolve1

    own = resolve1(resources)
    found = {name: resolve1(one) for name, one in entry(own if isinstance(own, dict) else above, "XObject").items()}
    return {
        name: one
        for name, one in found.items()
        if isinstance(one, PDFStream) and getattr(resolve1(one.get("Subtype")), "name", "") == "Form"
    }


def _drawn(
    stream: Any, resources: Mapping[str, Any], held: dict[int, _Held], counts: dict[tuple[int, int], int], deep: int
) -> int:
    """Count what is drawn with a stream, itself too, as pdfium would: also a form that draws itself, again and again.

    ``held`` and ``counts`` keep what was found of streams, and of streams at a depth.
    """
    key = (id(stream), deep)
    if key not in counts:
        if key[0] not in held:
            held[key[0]] = _held(stream, resources)
        below = held[key[0]] if deep < MOST_DEEP else []
        counts[key] = 1 + sum(times * _drawn(form, own, held, counts, deep + 1) for form, own, times in below)
    return counts[key]


def _held(stream: Any, resources: Mapping[str, Any]) -> _Held:
    """Return the forms that a stream draws, their resources, and how often each is drawn."""
    from pdfminer.pdftypes import resolve1

    forms = _forms(resources, {})
    names = Counter(_DRAWS.findall(unpacked(stream)[0])) if forms else Counter()
    found: _Held = []
    for name, times in names.items():
        form = forms.get(name.decode("latin-1"))
        if form is not None:
            own = resolve1(form.get("Resources"))
            found.append((form, own if isinstance(own, dict) else resources, times))
    return found
