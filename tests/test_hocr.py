"""hOCR: what is read of Tesseract, ocropus and other writers."""

from __future__ import annotations

from pathlib import Path

import pytest

from relayout import readers
from relayout.errors import InputError
from relayout.imprint import Box
from relayout.model import Note, Page
from relayout.readers import hocr
from relayout.roles import Form

TESSERACT = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
    "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" lang="en">
 <head><title></title><meta name='ocr-system' content='tesseract 5.3.0'/></head>
 <body>
  <div class='ocr_page' id='page_1' title='image "a; bbox 1 1 2 2.png"; bbox 0 0 1000 800; ppageno 0; scan_res 70 70'>
   <div class='ocr_carea' id='block_1_1' title="bbox 10 10 300 90">
    <p class='ocr_par' id='par_1_1' lang='eng' title="bbox 10 10 300 90">
     <span class='ocr_header' id='line_1_1' title="bbox 10 10 300 40; baseline 0 -5; x_size 28; x_ascenders 7">
      <span class='ocrx_word' id='word_1_1' title='bbox 10 10 90 33; x_wconf 96'><strong>The</strong></span>
      <span class='ocrx_word' id='word_1_2' title='bbox 100 10 300 40; x_wconf 31'><strong>king&#39;s&nbsp;eye</strong>
      </span>
     </span>
     <span class='ocr_line' id='line_1_2' title="bbox 10 50 300 80; x_size 39; x_font Times">
      <span class='ocrx_word' title='bbox 10 50 90 73; x_wconf 90; x_font "Old Times"; x_fsize 9'><em>of</em></span>
      <span class='ocrx_word' title='bbox 100 50 300 73; x_wconf 90; x_font "Old Times"'><em>Siam</em></span>
     </span>
    </p>
   </div>
   <div class='ocr_separator' title='bbox 10 95 300 97'></div>
   <div class='ocr_photo' title='bbox 400 95 600 297'></div>
   <div class='ocr_carea' title='bbox 400 10 600 40'><p class='ocr_par'>
     <span class='ocr_caption' title='bbox 400 10 600 40; x_size 29'><span class='ocrx_word'>中央</span>
      <span class='ocrx_word'>社</span></span></p></div>
  </div>
  <div class='ocr_page' title='bbox 0 0 1000 800'><span class='ocr_textfloat' title='bbox 5 5 90 20'>two</span></div>
 </body>
</html>
"""


def made(inner: str, title: str = "bbox 0 0 1000 800") -> bytes:
    return f"<html><body><div class=ocr_page title='{title}'>{inner}</div></body></html>".encode()


def pages(data: bytes) -> tuple[tuple[Page, ...], tuple[Note, ...]]:
    value, notes = readers.read(data, "page.bin")
    assert value.source.encoding == "hocr"
    return value.pages, notes


def texts(data: bytes) -> list[str]:
    return [one.text for page in pages(data)[0] for one in page.lines]


def refusal(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        readers.read(data, "page.html")
    return str(caught.value)


def test_pages_of_tesseract() -> None:
    (one, two), notes = pages(TESSERACT.encode())
    assert [(line.text, line.box) for line in one.lines] == [
        ("The king's eye", Box(10, 10, 300, 40)),
        ("of Siam", Box(10, 50, 300, 80)),
        ("中央社", Box(400, 10, 600, 40)),
    ]
    assert [(s.font, s.bold, s.italic) for line in one.lines if (s := line.style)] == [
        ("", True, False),
        ("Old Times", False, True),
        ("", False, False),
    ]
    assert len({line.style.size for line in one.lines if line.style}) == 1
    assert [shape.form for shape in one.shapes] == [Form.RULE, Form.IMAGE]
    assert (one.box, one.unit, one.number) == (Box(0, 0, 1000, 800), "px", 1)
    assert ([line.text for line in two.lines], two.number) == (["two"], 2)
    assert [note.what for note in notes[1:]] == ["1 of 4 words of page 1 are doubtful"]


def test_lines_of_ocropus() -> None:
    data = made("<span class='ocr_line' title='bbox 10 10 300 40'>A line\nof text</span><br>"
                "<span class='ocr_line' title='bbox 10 50 300 80'>of &amp; text</span>")  # fmt: skip
    assert texts(data) == ["A line of text", "of & text"]


def test_words_without_white_space_between() -> None:
    words = "".join(f"<span class=ocrx_word>{word}</span>" for word in ("of", "the", "king"))
    assert texts(made(f"<span class=ocrx_line title='bbox 0 0 90 20'>{words}</span>")) == ["of the king"]


def test_characters_marked_one_by_one() -> None:
    word = " ".join(f"<span class=ocrx_cinfo title='x_bboxes 0 0 5 5; x_conf 90'>{one}</span>" for one in "Ruf")
    assert texts(made(f"<span class=ocr_line title='bbox 0 0 90 20'><span class=ocrx_word>{word}</span></span>")) == [
        "Ruf"
    ]


def test_words_without_lines_are_parted_where_they_go_back() -> None:
    boxes = {"eins": (0, 0), "zwei": (100, 0), "drei": (0, 30), "vier": (100, 30)}
    words = " ".join(
        f"<span class=ocrx_word title='bbox {x} {y} {x + 90} {y + 20}'>{w}</span>" for w, (x, y) in boxes.items()
    )
    (page,), _ = pages(made(f"<p class=ocr_par title='bbox 0 0 190 50'>{words}</p>"))
    assert [(line.text, line.box) for line in page.lines] == [
        ("eins zwei", Box(0, 0, 190, 20)),
        ("drei vier", Box(0, 30, 190, 50)),
    ]


def test_text_that_stands_in_no_line_is_read() -> None:
    line = "<span class=ocr_line title='bbox 0 0 90 20'>line</span>"
    assert texts(made(f"before {line} between<br>and {line} after")) == [
        "before",
        "line",
        "between",
        "and",
        "line",
        "after",
    ]


def test_text_outside_all_pages_is_noted() -> None:
    line = "<span class=ocr_line title='bbox 0 0 90 20'>line</span>"
    _, notes = pages(made(line).replace(b"</body>", b"<p>Made by nobody</p></body>"))
    assert (notes[1].what, notes[1].window) == ("text stands outside all pages", "Made by nobody")


def test_a_caption_that_holds_lines() -> None:
    lines = "".join(f"<span class=ocr_line title='bbox 0 {y} 90 {y + 20}'>{y}</span>" for y in (0, 30))
    assert texts(made(f"<div class=ocr_caption title='bbox 0 0 90 50'>{lines}</div>")) == ["0", "30"]


def test_other_readings_of_a_word_are_not_read() -> None:
    word = "<span class=alternatives><ins class=alt>Ruf</ins><del class=alt>Auf</del></span>"
    assert texts(made(f"<span class=ocr_line title='bbox 0 0 90 20'>der {word} an</span>")) == ["der Ruf an"]


def test_vertical_lines() -> None:
    (page,), _ = pages(made(
        "<div class=ocr_carea><span class=ocr_line title='bbox 900 0 930 400'>大公報記者王珏</span>"
        "<span class=ocr_line title='bbox 860 0 890 30'>一</span></div>"
        "<span class=ocr_line title='bbox 0 0 20 60; textangle 90'>Kurs</span>"
        "<span class=ocr_line title='bbox 0 100 60 120; textangle 180'>Kurs</span>"
    ))  # fmt: skip
    assert [line.vertical for line in page.lines] == [True, True, True, False]


@pytest.mark.parametrize("title", ["", "bbox", "bbox 1 2", "bbox 9 9 9 9", "bbox -90 -90 -80 -80", "bbox 1e9 0 2e9 5"])
def test_a_line_without_a_box_that_can_be_true(title: str) -> None:
    lines = "".join(f"<span class=ocr_line title='bbox 0 {y} 90 {y + 20}'>{y}</span>" for y in (0, 30))
    (page,), notes = pages(made(f"<p class=ocr_par>{lines}<span class=ocr_line title='{title}'>drei</span></p>"))
    assert [(line.text, line.box) for line in page.lines][2] == ("drei", Box(0, 50, 90, 70))
    assert "1 lines of page 1 have no box" in notes[-1].what


def test_without_boxes_the_page_is_a_text() -> None:
    (page,), _ = pages(made("<span class=ocr_line>eins</span>", ""))
    assert (page.box, page.lines[0].box, page.lines[0].text) == (None, None, "eins")


@pytest.mark.parametrize(
    ("head", "codec"),
    [
        ("", "utf-8"),
        ("", "cp1252"),
        ("<meta charset='iso-8859-1'>", "latin-1"),
        ("<meta charset='iso-8859-1'>", "utf-8"),
        ("<meta charset='unicode_escape'>", "cp1252"),
        ("<meta charset='nonsense'>", "cp1252"),
        ("", "utf-16"),
    ],
)
def test_encodings(head: str, codec: str) -> None:
    line = "<span class=ocr_line title='bbox 0 0 90 20'>Börse</span>"
    assert texts(made(line).decode().replace("<body>", f"<head>{head}</head><body>").encode(codec)) == ["Börse"]


def test_html_that_is_no_xml() -> None:
    data = made(
        "<p class=ocr_par><span class=ocr_line title='bbox 0 0 90 20'>a < b &nbsp;&copy; &undefined; <b>c</span>"
    )
    assert texts(data[:-20]) == ["a < b © &undefined; c"]


def test_found_by_content() -> None:
    assert hocr.sniff(TESSERACT.encode())
    assert hocr.sniff(b"<div lang=de class='x ocr_page'>")
    assert not hocr.sniff(b"<html><p class='ocr_pages'>")
    assert not hocr.sniff("《class='ocr_page'》".encode())


def test_no_other_file_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    entity = f"<!DOCTYPE html [<!ENTITY x SYSTEM '{secret.as_uri()}'>]>".encode()
    data = entity + made("<span class=ocr_line title='bbox 0 0 90 20'>a&x;b</span>")
    assert texts(data) == ["a&x;b"]


def test_what_cannot_be_read_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal(made("")).startswith("page.html: its hOCR holds no text; ")
    assert "is no HTML that can be read (Excessive depth" in refusal(made("<div>" * 5000 + "deep"))
    monkeypatch.setattr(hocr, "MOST_WORDS", 3)
    assert "page 1 has more than 3 words" in refusal(made("a b c d"))
    monkeypatch.setattr(hocr, "MOST_BYTES", 10)
    assert "is larger than" in refusal(made("a"))


def test_many_words_are_read_in_time() -> None:
    words = "".join(f"<span class=ocrx_word title='bbox 0 0 9 9; x_wconf 90'>w{n}</span> " for n in range(30_000))
    assert len(texts(made(f"<span class=ocr_line title='bbox 0 0 900 20'>{words}</span>"))[0].split()) == 30_000


@pytest.mark.parametrize("tail", [b" " * 3_000_000, b"' - - class=" * 300_000, b"a " * 2_000_000])
def test_what_is_no_hocr_is_known_in_time(tail: bytes) -> None:
    assert not hocr.sniff(b"<html>class=" + tail + b"x")
