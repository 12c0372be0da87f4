"""Write anew what relayout makes of every sample, and the examples in ``docs/stages.md``.

``python bench/goldens.py`` writes ``expected.tei.xml`` and ``expected.txt`` beside the input of each sample, and the
blocks of ``docs/stages.md``. ``--check`` writes nothing, prints what differs as a diff, and exits with 1 if anything
does. Read the diff before the files are kept: a golden says what comes out, not what is right.
"""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from relayout import fix, pipeline, profile, readers
from relayout.layout import Layout
from relayout.model import Line, Paragraph
from relayout.roles import Joint
from relayout.writers import WRITERS

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples"
STAGES_MD = ROOT / "docs" / "stages.md"
# A block of docs/stages.md: the sample, the source lines shown, and, where it is read so, the order of its lines, or in
# how many columns the lines shown are set beside each other; such a page has no other lines.
BLOCK = re.compile(
    r"(?<=^```text\n)(\S+), lines ([\d -]+)(?:, read in the order ([\d -]+)|, in ([\d]+) columns)?\n[^`]*(?=^```$)",
    re.M,
)
GUTTER = 6  # positions between columns that are set beside each other
HEADING = re.compile(r"^## (\w+)$", re.M)
LONGEST = 44  # characters of a text that are shown whole


def made(sample: Path) -> dict[Path, bytes]:
    """Return the golden files of ``sample``: its TEI, and the text of the whole page."""
    issue = fix(sample / "input.txt")
    tei = WRITERS["tei"].render(issue)[f"{issue.stem}.tei.xml"]
    text = WRITERS["txt"].render(issue)[f"{issue.stem}.txt"]
    return {sample / "expected.tei.xml": tei, sample / "expected.txt": text}


def everything() -> dict[Path, bytes]:
    """Return all that this script writes: path and content."""
    files = {STAGES_MD: exemplified(STAGES_MD.read_text(encoding="utf-8")).encode()}
    for source in sorted(SAMPLES.glob("*/input.txt")):
        files |= made(source.parent)
    return files


def exemplified(text: str) -> str:
    """Return ``docs/stages.md`` with every block made anew; the heading above a block names the stage."""
    sections = HEADING.split(text)
    for i in range(1, len(sections), 2):
        stage = sections[i]
        sections[i + 1] = BLOCK.sub(lambda found, stage=stage: block(found, stage), sections[i + 1])
    return sections[0] + "".join(f"## {n}{body}" for n, body in zip(sections[1::2], sections[2::2], strict=True))


def block(found: re.Match[str], stage: str) -> str:
    """Return what stands in one block: the page before and after ``stage``, as far as the lines shown go."""
    sample, shown, order, columns = found.groups()
    lines = (SAMPLES / sample / "input.txt").read_text(encoding="utf-8").split("\n")
    numbers = list(_numbers(order)) if order else list(range(1, len(lines) + 1))
    data = "\n".join(lines[n - 1] for n in numbers).encode()
    if columns:
        rows = _beside([lines[n - 1] for n in _numbers(shown)], int(columns))
        data, shown = "\n".join(rows).encode(), f"1-{len(rows)}"
    chosen = profile.choose(lines)[0]
    page = readers.read(data, sample).value.pages[0]
    at = [name for name, _ in pipeline.TEXT].index(stage)
    wanted = set(_numbers(shown))
    head = found.group().split("\n", 1)[0]
    parts = [
        "\n".join(_rows(pipeline.run(page, chosen, pipeline.TEXT[:end]).value, numbers, wanted)) or "(nothing yet)"
        for end in (at, at + 1)
    ]
    return f"{head}\n\n{parts[0]}\n\nafter {stage}:\n\n{parts[1]}\n"


def _beside(lines: list[str], columns: int) -> list[str]:
    """Set ``lines`` in columns beside each other, as many rows to each."""
    rows = -(-len(lines) // columns)
    widest = max(map(len, lines))
    parts = [lines[n * rows : (n + 1) * rows] for n in range(columns)]
    return ["".join(one.ljust(widest + GUTTER) for one in row).rstrip() for row in zip(*parts, strict=True)]


def _numbers(ranges: str) -> Iterator[int]:
    for one in ranges.split():
        first, _, last = one.partition("-")
        yield from range(int(first), int(last or first) + 1)


def _rows(layout: Layout, numbers: list[int], wanted: set[int]) -> Iterator[str]:
    """Give a row for every paragraph that has a line among ``wanted``, or for every line while there are none."""
    if not layout.blocks and not layout.articles:
        yield from _bare(layout, numbers, wanted)
        return
    for one in layout.blocks:
        yield from _row("-", one.paragraph, numbers, wanted, f"  ({one.measure} cells)" if one.measure else "")
    for n, article in enumerate(layout.articles, 1):
        owner = f"{article.kind.value} {article.id or n}" + (
            f" about {article.about}" if article.id and article.about else ""
        )
        for paragraph in article.paragraphs:
            yield from _row(owner, paragraph, numbers, wanted)
    for paragraph in layout.furniture:
        yield from _row("furniture", paragraph, numbers, wanted)


def _bare(layout: Layout, numbers: list[int], wanted: set[int]) -> Iterator[str]:
    settings = layout.settings or (None,) * len(layout.page.lines)
    for line, one in zip(layout.page.lines, settings, strict=True):
        if numbers[line.place.line - 1] in wanted:
            seen = "" if one is None else f"{one.width:>3} cells  first unit {one.unit}  ends {one.ends or '-':<8}  "
            opens = f"  (opens: {one.opens})" if one and one.opens else ""
            yield f"{_where([line], numbers):<9} {seen}{line.text}{opens}"


def _row(owner: str, paragraph: Paragraph, numbers: list[int], wanted: set[int], more: str = "") -> Iterator[str]:
    inside = [line for line in paragraph.lines if numbers[line.place.line - 1] in wanted]
    if inside:
        text = _text(paragraph, inside).replace("\t", " | ")
        short = text if len(text) <= LONGEST else f"{text[: LONGEST // 2]} […] {text[-LONGEST // 4 :]}"
        yield f"{_where(inside, numbers):<9} {owner:<20} {paragraph.role.value:<9} {short}{more}".rstrip()


def _text(paragraph: Paragraph, inside: list[Line]) -> str:
    joints: Iterable[Joint | None] = (*paragraph.joints, None)
    out = []
    for line, joint in zip(paragraph.lines, joints, strict=True):
        if line in inside:
            gone = joint is Joint.HYPHEN_GONE and line is not inside[-1]
            out += [line.text[:-1] if gone else line.text, " " if joint is Joint.SPACE else ""]
    before = "… " if paragraph.lines[0] is not inside[0] else ""
    after = " …" if paragraph.lines[-1] is not inside[-1] else ""
    return before + "".join(out).strip() + after


def _where(inside: list[Line], numbers: list[int]) -> str:
    first, last = (numbers[line.place.line - 1] for line in (inside[0], inside[-1]))
    if first != last:
        return f"{first}-{last}"
    place = str(inside[0].place)
    return f"{first}{place[place.index('[') :] if '[' in place else ''}"


def differences(path: Path, new: bytes) -> Iterator[str]:
    """Give the lines of a diff from the file at ``path``, empty if it is not there, to ``new``."""
    old = path.read_bytes().decode() if path.is_file() else ""
    where = path.relative_to(ROOT).as_posix()
    yield from difflib.unified_diff(old.splitlines(), new.decode().splitlines(), where, "made now", lineterm="", n=1)


def main(words: list[str]) -> int:
    """Write or check; return the exit code."""
    if words not in ([], ["--check"]):
        print("usage: python bench/goldens.py [--check]", file=sys.stderr)
        return 2
    changed = 0
    for path, content in everything().items():
        if path.is_file() and path.read_bytes() == content:
            continue
        changed += 1
        if words:
            print(*differences(path, content), sep="\n")
        else:
            path.write_bytes(content)
            print(f"written: {path.relative_to(ROOT).as_posix()}")
    print(f"{changed} files {'differ' if words else 'written'}")
    return 1 if words and changed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
