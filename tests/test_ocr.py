"""OCR on request: what is asked of Tesseract, what becomes of it, and one line for all that goes wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import relayout
from ocr_by_hand import alto, picture, pretend, required, saved, with_alto
from pdfs_by_hand import pdf, words
from relayout import ocr
from relayout.errors import InputError, UsageError
from relayout.readers import touching
from relayout.report import summary

Run = Callable[..., tuple[int, str, str]]
LINES = ("The harbour opens again", "and ships come in by night.")
SAYS = f"print('''{alto(*LINES)}''')"
SCAN = "q 400 0 0 600 0 0 cm /Im Do Q"


@pytest.fixture(autouse=True)
def _alto(monkeypatch: pytest.MonkeyPatch) -> None:
    with_alto(monkeypatch)


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let a programme that always reads the same two lines be Tesseract."""
    (tmp_path / "bin").mkdir()
    return pretend(tmp_path / "bin", monkeypatch, SAYS)


# What is asked, and what becomes of it


def test_a_picture_is_read(said: Path) -> None:
    issue = relayout.fix(saved(picture(), dpi=(200, 200)), name="scan.png", ocr="tesseract", lang="deu+eng")
    assert [line.text for line in issue.pages[0].lines] == list(LINES)
    assert said.read_text(encoding="utf-8") == "- - --dpi 200 -l deu+eng alto\n"
    assert (issue.source.name, issue.source.encoding, len(issue.source.sha256)) == ("scan.png", "picture", 64)
    told = {note.what: note.why for note in issue.notes}
    assert told["recognised by Tesseract 5.9.9 in deu+eng"] == "the pages are pictures"
    assert told["page 1: 200 dpi"] == "the picture says so"


def test_a_resolution_that_is_assumed_is_in_the_report(said: Path) -> None:
    issue = relayout.fix(saved(picture()), ocr="tesseract")
    assert "doubt: read: page 1: 300 dpi: assumed: the picture says none" in list(summary(issue))
    assert said.read_text(encoding="utf-8") == "- - --dpi 300 -l eng alto\n"


def test_every_page_of_a_tiff_is_read_one_after_the_other(said: Path) -> None:
    data = saved(picture(), "TIFF", save_all=True, append_images=[picture()] * 2, dpi=(300, 300))
    issue = relayout.fix(data, ocr="tesseract")
    assert [page.number for page in issue.pages] == [1, 2, 3]
    assert [page.lines[0].place.page for page in issue.pages] == [1, 2, 3]
    assert "pages 1 to 3: 300 dpi" in {note.what for note in issue.notes}
    assert len(said.read_text(encoding="utf-8").splitlines()) == 3
    assert [page.number for page in relayout.fix(data, ocr="tesseract", pages="2-3").pages] == [2, 3]


@pytest.mark.parametrize("engine", ["pdfium", "pdfplumber"])
def test_of_a_pdf_only_pages_without_text_are_recognised_and_all_are_in_points(said: Path, engine: str) -> None:
    data = pdf([words("printed", 50, 500), SCAN], labels="0 << /P (A) /S /D >>")
    issue = relayout.fix(data, ocr="tesseract", pdf_engine=engine)
    first, second = issue.pages
    assert [line.text for line in first.lines] == ["printed"]
    assert [line.text for line in second.lines] == list(LINES)
    assert (second.number, second.label, second.unit, second.box) == (2, "A2", "pt", first.box)
    assert second.lines[0].box
    assert second.lines[0].box.x0 == 20.0  # 50 pixels of 1000 on a page of 400 points
    assert said.read_text(encoding="utf-8") == "- - --dpi 300 -l eng alto\n"
    assert "page 2: 300 dpi" in {note.what for note in issue.notes}


def test_a_page_that_cannot_be_recognised_loses_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = f"import os\nif os.path.getsize({str(tmp_path / 'asked')!r}) < 40: sys.exit('no such font')\n{SAYS}"
    pretend(tmp_path, monkeypatch, first)
    data = saved(picture(), "TIFF", save_all=True, append_images=[picture()], dpi=(300, 300))
    issue = relayout.fix(data, ocr="tesseract")
    assert [page.number for page in issue.pages] == [2]
    left = "doubt: read: page 1 is left out: it cannot be recognised: Tesseract failed (no such font)"
    assert left in list(summary(issue))


@pytest.mark.usefixtures("said")
def test_the_commands_take_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "scan.png").write_bytes(saved(picture(), dpi=(300, 300)))
    wishes = ("--ocr", "tesseract", "--lang", "deu")
    code, out, err = run("fix", "scan.png", "--to", "tei,json", *wishes)
    assert (code, err) == (0, "")
    assert "encoding: picture" in out
    unit = json.loads((tmp_path / "scan.relayout" / "scan.json").read_bytes())["pages"][0]["unit"]
    assert unit == "pixel"
    assert run("validate", "scan.relayout/scan.tei.xml", "--source", "scan.png", *wishes) == (0, "", "")
    assert LINES[0] in run("explain", "scan.png", *wishes)[1]
    assert run("view", "scan.png", *wishes)[0] == 0
    assert b"data:image/jpeg;base64," in (tmp_path / "scan.view.html").read_bytes()  # the scan behind the articles


# What goes wrong


def test_what_to_type_for_a_picture_and_for_a_pdf_of_pictures() -> None:
    with pytest.raises(InputError) as caught:
        relayout.fix(saved(picture()), name="my scan.png")
    how = "let OCR read it: relayout fix 'my scan.png' --ocr tesseract --lang eng (or deu, chi_tra, chi_tra_vert+eng …)"
    assert str(caught.value) == f"my scan.png: looks like a picture, not plain text; {how}"
    with pytest.raises(InputError, match=r"its page is a picture; let OCR read it: relayout fix a.pdf --ocr tesseract"):
        relayout.fix(pdf([SCAN]), name="a.pdf")


def test_what_to_install(said: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        ocr.engine("tesseract", "deu+chi_tra_vert+script/HanS_vert+frk")
    assert caught.value.what == "Tesseract has no language chi_tra_vert and no script/HanS_vert and no frk"
    packages = "tesseract-ocr-chi-tra-vert tesseract-ocr-script-hans-vert tesseract-ocr-frk"
    assert caught.value.advice.startswith(f"apt install {packages}; ")
    monkeypatch.setenv("PATH", str(tmp_path / "none"))
    with pytest.raises(UsageError) as caught:
        relayout.fix(saved(picture()), ocr="tesseract", lang="chi_tra+eng")
    assert str(caught.value) == "Tesseract is not installed; apt install tesseract-ocr tesseract-ocr-chi-tra"
    with pytest.raises(UsageError, match="is not installed"):
        relayout.fix(pdf([SCAN]), ocr="tesseract")
    assert relayout.fix(pdf([words("printed", 50, 500)]), ocr="tesseract").pages  # none is asked for a page with text
    assert not said.exists()


@pytest.mark.parametrize("lang", ["-x", "../eng", "/etc/passwd", "deu eng", "deu+", "a/b/c", "ｄｅｕ"])
def test_a_language_is_a_name(said: Path, lang: str) -> None:
    with pytest.raises(UsageError, match="names no language"):
        relayout.fix(saved(picture()), ocr="tesseract", lang=lang)
    assert not said.exists()


def test_an_engine_that_is_none(run: Run, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"--ocr ocropus: no such engine; give tesseract"):
        relayout.fix(saved(picture()), ocr="ocropus")
    (tmp_path / "scan.png").write_bytes(saved(picture()))
    assert run("fix", "scan.png", "--ocr", "ocropus")[0] == 2


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("sys.stderr.write('Warning: a\\nIt broke\\n'); sys.exit(1)", "Tesseract failed (It broke)"),
        ("sys.exit(3)", "Tesseract failed (exit code 3)"),
        ("import os; os.kill(os.getpid(), 9)", "Tesseract failed (exit code -9)"),
        ("print('a text')", "Tesseract 5.9.9 wrote no ALTO"),
        (f"print('''{alto()}''')", "no text is recognised"),
        (f"print('''{alto('cut')[:-60]}''')", "no text is recognised"),
        ("time.sleep(60)", "Tesseract took longer than 0.5 seconds"),
    ],
)
def test_what_tesseract_does_wrong_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, what: str
) -> None:
    pretend(tmp_path, monkeypatch, body)
    if "sleep" in body:
        monkeypatch.setattr(ocr, "LONGEST", 0.5)
    for data in (saved(picture()), pdf([SCAN])):
        with pytest.raises(InputError) as caught:
            relayout.fix(data, name="a.bin", ocr="tesseract")
        assert str(caught.value).startswith(f"a.bin: no page is recognised ({what}")
        assert caught.value.advice
        assert "\n" not in str(caught.value)


def test_a_broken_picture_is_no_defect(run: Run, said: Path, tmp_path: Path) -> None:
    (tmp_path / "cut.png").write_bytes(saved(picture(*LINES))[:600])
    code, out, err = run("fix", "cut.png", "--ocr", "tesseract")
    assert (code, out, err.count("\n")) == (3, "", 1)
    assert "cut.png: is no picture that can be read, or is cut off" in err
    assert not said.exists()


# Chinese


def string(text: str, x: int, width: int, y: int = 0, height: int = 30) -> str:
    return f"<String HPOS='{x}' VPOS='{y}' WIDTH='{width}' HEIGHT='{height}' WC='0.5' CONTENT='{text}'/>"


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((string("近", 0, 30), string("4", 34, 15), string("年", 60, 30)), ["近4年"]),
        ((string("部署", 0, 60), string("建設", 100, 60)), ["部署", "建設"]),  # an ideographic space
        ((string("two", 0, 60), string("words", 70, 60)), ["two", "words"]),
        ((string("降,", 0, 45), string("年", 75, 30)), ["降,年"]),  # the white half of a full-width mark
        ((string("降至3", 0, 75), string(".9%", 81, 40)), ["降至3.9%"]),
        ((string("No", 0, 30), string("3", 36, 10), string("7", 56, 10)), ["No", "3", "7"]),
        ((string("the", 0, 30), string("CPI", 40, 30), string("上", 75, 30)), ["the", "CPI上"]),
        ((string("一", 0, 30), "<String CONTENT='二'/>", string("三", 64, 30)), ["一", "二", "三"]),
    ],
)
def test_words_that_touch_are_one_where_script_is_wide(parts: tuple[str, ...], expected: list[str]) -> None:
    line = f"<TextLine HPOS='0' VPOS='0' WIDTH='200' HEIGHT='30'>{'<SP/>'.join(parts)}</TextLine>"
    made = touching.joined(f"<alto>{line}</alto>".encode())
    root = touching.markup.root(made, "a")
    assert [word.get("CONTENT") for word in touching.markup.inside(root, "String")] == expected
    assert sum(1 for _ in touching.markup.inside(root, "SP")) == len(expected) - 1


def test_a_headline_keeps_the_space_between_its_halves() -> None:
    body = f"<TextLine HPOS='0' VPOS='100' WIDTH='200' HEIGHT='10'>{string('內文', 0, 20, 100, 10)}</TextLine>"
    parts = (string("部署", 0, 60), string("任", 75, 30), string("建設", 128, 60))
    head = f"<TextLine HPOS='0' VPOS='0' WIDTH='200' HEIGHT='30'>{'<SP/>'.join(parts)}</TextLine>"
    root = touching.markup.root(touching.joined(f"<alto>{head}{body}{body}</alto>".encode()), "a")
    found = [word.get("CONTENT") for word in touching.markup.inside(root, "String")]
    assert found == ["部署任", "建設", "內文", "內文"]


def test_in_a_vertical_line_too() -> None:
    parts = (string("近", 0, 30), string("年", 0, 30, 33), string("平", 2, 30, 110))
    line = f"<TextLine HPOS='0' VPOS='0' WIDTH='30' HEIGHT='140'>{'<SP/>'.join(parts)}</TextLine>"
    root = touching.markup.root(touching.joined(f"<alto>{line}</alto>".encode()), "a")
    found = list(touching.markup.inside(root, "String"))
    assert [word.get("CONTENT") for word in found] == ["近年", "平"]
    assert float(found[0].get("HEIGHT", "")) == 63.0


# Tesseract itself


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "PDF"])
def test_tesseract_reads_a_picture(form: str) -> None:
    required("eng")
    data = saved(picture(*LINES), form, **({"resolution": 200} if form == "PDF" else {"dpi": (200, 200)}))
    issue = relayout.fix(data, ocr="tesseract")
    assert [line.text for page in issue.pages for line in page.lines] == list(LINES)
    assert all(line.box and page.box and line.box.x1 < page.box.x1 for page in issue.pages for line in page.lines)


def test_tesseract_on_a_page_without_text() -> None:
    required("eng")
    with pytest.raises(InputError, match="no page is recognised"):
        relayout.fix(saved(picture()), ocr="tesseract")
