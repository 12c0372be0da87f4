"""Columns of vertical text, a character a glyph, as a browser places them."""

from __future__ import annotations

import pytest

from relayout.readers.pdf.glyphs import Glyph
from relayout.readers.pdf.lines import lines

SIZE = 20.0


def column(text: str, gap_before: dict[int, float], x: float = 100.0) -> list[Glyph]:
    """Set characters under each other, solid, with so many ems of white before some of them."""
    top, made = 50.0, []
    for n, char in enumerate(text):
        top += SIZE * gap_before.get(n, 0.0)
        made.append(Glyph(char, x, x + SIZE, top + 0.88 * SIZE, SIZE, "Serif", False, False, "#000000", 0, "", n))
        top += SIZE
    return made


@pytest.mark.parametrize(
    ("em", "texts"),
    [
        (0.0, ["水電設施損壞部分地區"]),
        (1.0, ["水電設施 損壞部分地區"]),  # U+3000 between the halves of a title: no glyph is left of it
        (3.0, ["水電設施", "損壞部分地區"]),
    ],
)
def test_an_em_of_white_parts_halves_of_a_title_and_no_lines(em: float, texts: list[str]) -> None:
    found = lines(column("水電設施損壞部分地區", {4: em}), (), 1)
    assert [line.text for line in found] == texts
    assert all(line.vertical for line in found)
