"""The bench of noisy pages: what it writes is read again, its noise is always the same, and hurts as it says."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from bench import scan_noise
from bench.scan_noise import KINDS, Sheet, Word

import relayout
from relayout import readers
from relayout.chars import ink
from relayout.imprint import Box
from relayout.leaning import lean
from relayout.regions import body_size


def columns(rows: int = 30) -> Sheet:
    """Two columns of five words a line, 300 pixels wide each."""
    made = []
    for x in (100, 450):
        for n in range(rows):
            words = [
                Word(f"w{x}x{n}x{k}", Box(x + 60 * k, 100 + 40 * n, x + 60 * k + 50, 128 + 40 * n)) for k in range(5)
            ]
            made.append(words)
    return Sheet(made, [], [], Box(0, 0, 900, 200 + 40 * rows))


@pytest.mark.parametrize("kind", KINDS)
def test_noise_is_the_same_each_time_and_keeps_every_word(kind: str) -> None:
    once, again = (scan_noise.noisy(columns(), kind, "page") for _ in range(2))
    assert once == again
    before = Counter(word.text for row in columns().rows for word in row)
    after = Counter(word.text for row in once.rows for word in row)
    if kind not in ("doubled", "all"):
        assert not before - after
    issue = relayout.fix(scan_noise.alto(once), name="page.xml", structure="ignore")
    given = Counter(ink("".join(word.text for row in once.rows for word in row)))
    found = Counter(ink("".join(line.text for part in issue.paragraphs for line in part.lines)))
    assert found == given


def test_a_page_laid_askew_is_known_to_lean() -> None:
    page = readers.read(scan_noise.alto(scan_noise.skewed(columns(), random.Random(1))), "page.xml").value.pages[0]
    assert abs(lean(page.lines, body_size(page.lines))) == pytest.approx(scan_noise.SKEW, abs=0.001)


def test_lines_drawn_over_a_gutter_are_cut_there() -> None:
    noisy = scan_noise.noisy(columns(), "merged", "page")
    issue = relayout.fix(scan_noise.alto(noisy), name="page.xml", structure="ignore")
    merged = [row for row in noisy.rows if len(row) == 10]
    cut = {note.place.line for note in issue.notes if note.stage == "sift" and note.place}
    assert merged
    assert len(cut) == len(merged)


def test_clean_pages_are_left_alone() -> None:
    issue = relayout.fix(scan_noise.alto(columns()), name="page.xml", structure="ignore")
    assert not [note for note in issue.notes if note.stage in ("level", "sift")]
