"""What the bench makes of extractors: rows glued from lines, seeded noise, and the names that are known."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from bench import damage, noise
from bench.glue import Strip, rows_of

TEXT = "One line that is long-\nwinded enough to break\n\nA second paragraph with international words\n"


WORDS = "The council met in the old hall. Rain fell on the harbour."


def strip(text: str, x0: float, top: float, width: float = 90, height: float = 10) -> Strip:
    return Strip(text, x0, x0 + width, top, top + height)


def test_rows_run_through_neighbouring_columns() -> None:
    lines = [strip(f"{column}{n}", column * 100, n * 12 + column) for column in range(3) for n in range(4)]
    assert [[one.text for one in row] for row in rows_of(lines)] == [[f"0{n}", f"1{n}", f"2{n}"] for n in range(4)]


def test_a_headline_is_in_one_row_only() -> None:
    lines = [strip("HEAD", 0, 0, height=36), *(strip(f"b{n}", 100, n * 12) for n in range(3))]
    rows = [[one.text for one in row] for row in rows_of(lines)]
    assert sum("HEAD" in row for row in rows) == 1
    assert sorted(text for row in rows for text in row) == ["HEAD", "b0", "b1", "b2"]


def test_lines_above_each_other_are_never_one_row() -> None:
    tight = [strip("a", 0, 0), strip("b", 0, 4)]
    assert [[one.text for one in row] for row in rows_of(tight)] == [["a"], ["b"]]


def test_lines_that_overlap_by_less_than_half_are_two_rows() -> None:
    assert len(rows_of([strip("a", 0, 0), strip("b", 100, 6)])) == 2


@pytest.mark.parametrize("kind", [*noise.KINDS, "all"])
def test_noise_changes_nothing_that_is_printed(kind: str) -> None:
    def printed(text: str) -> str:
        return "".join(text.translate(dict.fromkeys(map(ord, "-\u00ad\u2010"))).split())

    assert printed(noise.noisy(TEXT, kind)) == printed(TEXT)


@pytest.mark.parametrize("kind", [*noise.KINDS, "all"])
def test_the_same_text_has_the_same_noise(kind: str) -> None:
    assert noise.noisy(TEXT * 20, kind) == noise.noisy(TEXT * 20, kind)
    assert noise.noisy(TEXT * 20, kind) != TEXT * 20


def test_names_of_extractors() -> None:
    assert all(map(damage.known, [*damage.EXTRACTORS, "pdftotext-raw~blank", "glued~all"]))
    assert not damage.known("pdftohtml")
    assert not damage.known("pdftotext~rain")
    assert set(damage.STREAMS) <= set(damage.EXTRACTORS)


def test_vertical_pages_have_no_rows_to_glue() -> None:
    assert not set(damage.GLUED) & set(damage.extractors_for("vertical-rl"))
    assert set(damage.extractors_for("horizontal-tb")) == set(damage.EXTRACTORS)


def page(folder: Path, writing: str = "horizontal-tb") -> Path:
    """Write a PDF of two columns by hand, and its gold."""
    lines = [
        (50, 700, "The council met"),
        (50, 686, "in the old hall."),
        (220, 699, "Rain fell on"),
        (220, 685, "the harbour."),
    ]
    stream = "BT /F1 10 Tf " + "".join(f"1 0 0 1 {x} {y} Tm ({text}) Tj " for x, y, text in lines) + "ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 800] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    out += f"xref\n0 6\n0000000000 65535 f \n{table}trailer << /Size 6 /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    (folder / "en-1.pdf").write_bytes(out.encode("ascii"))
    parts = [
        {
            "role": "p",
            "text": " ".join(t for x, _, t in lines if x == left),
            "boxes": [[x, 800 - y - 8, x + 120, 800 - y + 2] for x, y, _ in lines if x == left],
        }
        for left in (50, 220)
    ]
    gold = {"lang": "en", "writing": writing, "units": [{"id": "a1", "type": "article", "parts": parts}]}
    path = folder / "en-1.gold.json"
    path.write_text(json.dumps(gold), encoding="utf-8")
    return path


def test_glued_rows_of_a_page(tmp_path: Path) -> None:
    gold = page(tmp_path)
    assert damage.damage(gold, "glued").read_text() == "The council met Rain fell on\nin the old hall. the harbour.\n"
    gap = damage.damage(gold, "glued-gap").read_text().splitlines()
    assert [line.split("  ")[0] for line in gap] == ["The council met", "in the old hall."]
    assert all(line.count(" " * 8) for line in gap)


def test_a_text_is_kept_until_its_page_is_newer(tmp_path: Path) -> None:
    gold = page(tmp_path)
    path = damage.damage(gold, "glued")
    path.write_text("kept", encoding="utf-8")
    assert damage.damage(gold, "glued").read_text() == "kept"
    os.utime(tmp_path / "en-1.pdf", (path.stat().st_mtime + 5,) * 2)
    assert damage.damage(gold, "glued").read_text() != "kept"


def test_a_vertical_page_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="horizontal"):
        damage.damage(page(tmp_path, "vertical-rl"), "glued")


def test_an_unknown_extractor_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="pdftohtml"):
        damage.damage(page(tmp_path), "pdftohtml")


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext")
@pytest.mark.parametrize("name", ["pdftotext", "pdftotext-raw", "pdftotext-layout", "pdfplumber"])
def test_real_tools_give_every_word(tmp_path: Path, name: str) -> None:
    words = damage.damage(page(tmp_path), name).read_text().split()
    assert sorted(words) == sorted(WORDS.split())


def test_the_command_writes_every_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page(tmp_path)
    assert damage.main([str(tmp_path), "--extractor", "glued"]) == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "en-1.glued.txt")
