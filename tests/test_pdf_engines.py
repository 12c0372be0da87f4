"""Both engines of the PDF reader see the same shapes on pages of the press, and on alphabetic pages the same lines.

Where Chromium writes Chinese it writes Type 3 fonts: of their glyphs pdfium tells the ink and not the advance, and it
leaves out spaces that are glyphs (U+2003). So white space is not compared, and lines are on alphabetic pages only.
"""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest

from relayout.imprint import Box
from relayout.model import Page
from relayout.readers.pdf import read
from relayout.readers.wishes import Wishes

PAGES = Path(__file__).parents[1] / "bench" / "out" / "pages"


def pages(name: str) -> tuple[Page, Page]:
    """Read a page of the press with both engines."""
    path = PAGES / f"{name}.pdf"
    if not path.exists():
        pytest.skip("the pages of the press are not here: python -m bench.press")
    data = path.read_bytes()
    fast, slow = (read(data, path.name, Wishes(engine=engine)) for engine in ("pdfium", "pdfplumber"))
    return fast.value.pages[0], slow.value.pages[0]


def corners(box: Box | None) -> tuple[float, ...]:
    assert box
    return box.x0, box.y0, box.x1, box.y1


@pytest.mark.parametrize("seed", [2, 3])
@pytest.mark.parametrize("style", ["hk", "cn", "tw", "ja", "en", "de"])
def test_both_engines_see_the_same_shapes(style: str, seed: int) -> None:
    fast, slow = pages(f"{style}-{seed}")
    assert corners(fast.box) == pytest.approx(corners(slow.box), abs=0.01)
    assert [shape.form for shape in fast.shapes] == [shape.form for shape in slow.shapes]
    for shape, again in zip(fast.shapes, slow.shapes, strict=True):
        assert corners(shape.box) == pytest.approx(corners(again.box), abs=1)


@pytest.mark.parametrize("seed", [2, 3])
@pytest.mark.parametrize("style", ["en", "de"])
def test_both_engines_give_the_same_lines(style: str, seed: int) -> None:
    fast, slow = pages(f"{style}-{seed}")
    assert [(line.text, line.vertical) for line in fast.lines] == [(line.text, line.vertical) for line in slow.lines]
    for one, other in zip(fast.lines, slow.lines, strict=True):
        assert corners(one.box) == pytest.approx(corners(other.box), abs=1)


@pytest.mark.parametrize("engine", ["pdfium", "pdfplumber"])
@pytest.mark.parametrize(("name", "turn"), [("en-2", 180), ("tw-2", 90), ("ja-2", 270)])
def test_a_page_that_is_turned_has_the_lines_of_the_upright_one(name: str, turn: int, engine: str) -> None:
    """Characters come from pdfium in the order in which they are seen: on its side a page would come in torn lines."""
    path = PAGES / f"{name}.pdf"
    if not path.exists():
        pytest.skip("the pages of the press are not here: python -m bench.press")
    document, turned = pypdfium2.PdfDocument(path), io.BytesIO()
    document[0].set_rotation(turn)
    document.save(turned)
    document.close()
    upright, found = (
        read(data, path.name, Wishes(engine=engine)).value.pages[0] for data in (path.read_bytes(), turned.getvalue())
    )
    assert found.stance.turn == turn
    assert [(line.text, line.vertical) for line in found.lines] == [
        (line.text, line.vertical) for line in upright.lines
    ]
    assert [shape.form for shape in found.shapes] == [shape.form for shape in upright.shapes]
