"""Files of scans that break what is built on them: each names the file that did."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest

import relayout
from relayout import readers
from relayout.errors import InputError
from relayout.readers import markup
from relayout.signals.hyphens import Torn
from relayout.signals.letters import ended
from relayout.validate import validate
from relayout.writers import WRITERS

LONG = 90_000  # characters of a word: with the square of it a run would take minutes


def line(text: str, x: float, y: float, wide: float, high: float = 10, *, placed: bool = True) -> str:
    corners = f"{x},{y} {x + wide},{y} {x + wide},{y + high} {x},{y + high}"
    coords = f'<Coords points="{corners}"/>' if placed else ""
    return f"<TextLine>{coords}<TextEquiv><Unicode>{text}</Unicode></TextEquiv></TextLine>"


def page(lines: str, *, order: bool = False) -> str:
    read = (
        '<ReadingOrder><OrderedGroup id="g"><RegionRefIndexed index="0" regionRef="r"/></OrderedGroup></ReadingOrder>'
    )
    region = f'<TextRegion id="r">{lines}</TextRegion>'
    return f'<Page imageWidth="1000" imageHeight="1000">{read if order else ""}{region}</Page>'


def pcgts(*pages: str) -> bytes:
    return f"<PcGts>{''.join(pages)}</PcGts>".encode()


def alto(word: str) -> bytes:
    string = f'<String CONTENT="{word}" HPOS="1" VPOS="1" WIDTH="9" HEIGHT="2"/>'
    return f"<alto><Layout><Page><TextBlock><TextLine>{string}</TextLine></TextBlock></Page></Layout></alto>".encode()


@pytest.mark.parametrize("other", ["README.md", "empty.txt", "loop"])
def test_a_folder_of_texts_may_hold_what_is_no_page(tmp_path: Path, other: str) -> None:
    (tmp_path / "1.txt").write_text("The council met in the old hall.\n", encoding="utf-8")
    if other == "loop":
        (tmp_path / other).symlink_to(tmp_path / other)
    else:
        (tmp_path / other).touch()
    issue = relayout.fix(tmp_path)
    assert [found.text for found in issue.pages[0].lines] == ["The council met in the old hall."]
    assert any(other in note.why for note in issue.notes)


def test_a_link_to_itself_is_no_page_of_a_folder_of_scans(tmp_path: Path) -> None:
    (tmp_path / "1.xml").write_bytes(alto("one"))
    (tmp_path / "2.xml").symlink_to("2.xml")
    (tmp_path / "sub").symlink_to("sub")
    assert len(relayout.fix(tmp_path).pages) == 1


def test_pages_without_places_after_one_with_them_have_numbers_of_their_own(tmp_path: Path) -> None:
    bare = page(line("three and four", 0, 0, 0, placed=False))
    (tmp_path / "1.xml").write_bytes(pcgts(page(line("one and two", 10, 10, 200)), bare))
    (tmp_path / "2.xml").write_bytes(pcgts(bare))
    issue = relayout.fix(tmp_path)
    assert [page.box is None for page in issue.pages] == [False, True, True]
    for name, content in WRITERS["tei"].render(issue).items():
        assert validate(content, name, readers.Reading(issue.source, issue.pages)) == ()


def test_a_form_feed_may_part_a_line_between_two_pages() -> None:
    found = readers.read(b"a b\nc d\x0ce f\ng h\n", "page.txt").value
    assert [one.place.line for one in found.pages[0].lines] == [1, 2]
    assert [one.place.line for one in found.pages[1].lines] == [2, 3]


@pytest.mark.parametrize("parted", ["\t", " ", "\u3000"])
def test_words_are_counted_however_they_are_parted(parted: str) -> None:
    text = parted.join(["ab"] * (markup.MOST_WORDS + 1))
    with pytest.raises(InputError, match="more than 300,000 words"):
        readers.read(pcgts(page(line(text, 10, 10, 900))), "page.xml")


def test_a_text_that_nothing_parts_has_a_limit() -> None:
    text = "x" * (markup.LONG_WORD * (markup.MOST_WORDS + 1))
    hocr = f"<div class='ocr_page'><span class='ocr_line'>{text}</span></div>".encode()
    for data in (pcgts(page(line(text, 10, 10, 900))), hocr):
        with pytest.raises(InputError, match="more than 300,000 words"):
            readers.read(data, "page.xml")


def test_a_long_word_takes_no_time() -> None:
    word = "x" * LONG
    assert Torn.of(f"{word}-", "tary") is not None
    assert ended(f"{word}.")
    for text in (f"{word}-\nthe next line\n", f"{word}.\nthe next line\n", f"{word}1\nthe next line\n"):
        assert relayout.fix(text).articles
    lines = line("the one before", 10, 10, 900) + line(f"{word}-", 10, 22, 900) + line("the next", 10, 34, 900)
    assert relayout.fix(pcgts(page(lines))).articles


def test_a_comment_without_end_is_no_text() -> None:
    with pytest.raises(InputError, match="looks like XML or HTML"):
        readers.read(b"<!--" + b"x" * 70_000 + b"-->" + alto("one"), "page.xml")
    assert readers.read(b"<!-- a note -->\n# Title\n", "page.md").value.pages[0].lines


def test_only_a_wide_line_may_reach_the_right_edge_of_a_text() -> None:
    narrow = "".join(line(f"words {n} of a narrow column", 10, 100 + 12 * n, 100) for n in range(12))
    wide = line("a line that runs over all of the page and ends", 10, 250, 900)
    text = page(narrow + wide, order=True)
    assert len(relayout.fix(pcgts(text, text)).pages) == 2


def test_time_grows_with_the_regions_only() -> None:
    regions = "".join(f'<TextRegion id="r{n}">{line("a b", 10, 12 * n, 90)}</TextRegion>' for n in range(24_000))
    data = f'<PcGts><Page imageWidth="1000" imageHeight="300000">{regions}</Page></PcGts>'.encode()
    before = process_time()
    assert len(readers.read(data, "page.xml").value.pages[0].blocks) == 24_000
    assert process_time() - before < 12  # 2 s; with the square of the regions 40 s
