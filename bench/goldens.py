"""Write anew what relayout makes of every sample, and the examples in ``docs/stages.md``.

``python bench/goldens.py`` writes ``expected.tei.xml`` and ``expected.txt`` beside the input of each sample, and the
blocks of ``docs/stages.md``. ``--check`` writes nothing, prints what differs as a diff, and exits with 1 if anything
does. Read the diff before the files are kept: a golden says what comes out, not what is right.
"""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import placed

from relayout import fix, pipeline, profile, readers
from relayout.layout import Layout
from relayout.model import Line, Paragraph
from relayout.roles import Joint
from relayout.writers import WRITERS

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples"
STAGES_MD = ROOT / "docs" / "stages.md"
# A block of docs/stages.md: the sample, the source lines shown, and how the page is read if not as it stands (MADE).
BLOCK = re.compile(r"(?<=^```text\n)(\S+), lines ([\d -]+)(?:, ([^\n]+))?\n[^`]*(?=^```$)", re.M)
MOVES = ("orient", "level", "sift", "restore")  # stages that change where lines stand, and nothing else
GUTTER = 6  # positions between columns that are set beside each other
HEADING = re.compile(r"^## (\w+)$", re.M)
LONGEST = 44  # characters of a text that are shown whole
MARKS = "，、：；"


class Stream(NamedTuple):
    """Lines as an extractor may leave them, and for each the number of the line of the sample it is (0: none)."""

    lines: list[str]
    numbers: list[int]
    shown: set[int]


def made(source: Path) -> dict[Path, bytes]:
    """Return the golden files beside ``source``: its TEI, and the text of the whole page or issue."""
    issue = fix(source)
    sample = source.parent
    tei = WRITERS["tei"].render(issue)[f"{issue.stem}.tei.xml"]
    text = WRITERS["txt"].render(issue)[f"{issue.stem}.txt"]
    return {sample / "expected.tei.xml": tei, sample / "expected.txt": text}


def everything() -> dict[Path, bytes]:
    """Return all that this script writes: path and content."""
    files = {STAGES_MD: exemplified(STAGES_MD.read_text(encoding="utf-8")).encode()}
    for source in sorted((*SAMPLES.glob("*/input.txt"), *SAMPLES.glob("*/mets.xml"))):
        files |= made(source)
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
    sample, shown, how = found.groups()
    lines = (SAMPLES / sample / "input.txt").read_text(encoding="utf-8").split("\n")
    chosen = profile.choose(lines)[0]
    if how and how.startswith("placed"):
        page, numbers = placed.page(lines, list(_numbers(shown)), how)
        stream, table = Stream([], numbers, set(numbers)), pipeline.PLACED
    else:
        stream, table = made_up(lines, list(_numbers(shown)), how or ""), pipeline.TEXT
        page = readers.read("\n".join(stream.lines).encode(), sample).value.pages[0]
    at = [name for name, _ in table].index(stage)
    head = found.group().split("\n", 1)[0]
    show = _placed_rows if table is pipeline.PLACED and stage in MOVES else _rows
    show = _block_rows if stage == "vet" else show
    parts = [
        "\n".join(show(pipeline.run(page, chosen, table[:end]).value, stream)) or "(nothing yet)"
        for end in (at, at + 1)
    ]
    return f"{head}\n\n{parts[0]}\n\nafter {stage}:\n\n{parts[1]}\n"


def made_up(lines: list[str], shown: list[int], how: str) -> Stream:
    """Return the ``lines`` of a sample as they are read: ``how`` names one of MADE and says more in numbers."""
    words = re.fullmatch(r"(\D*?) ?(\d[\d -]*)?(\D*)", how)
    assert words, how
    name, numbers = " ".join(filter(None, (words[1], words[3].strip()))), list(_numbers(words[2] or ""))
    if not how:
        return Stream(lines, list(range(1, len(lines) + 1)), set(shown))
    return MADE[name](lines, shown, numbers)


def _ordered(lines: list[str], shown: list[int], order: list[int]) -> Stream:
    return Stream([lines[n - 1] for n in order], order, set(shown))


def _numbered(lines: list[str]) -> Stream:
    """Return a stream that has no other lines, and shows all."""
    numbers = list(range(1, len(lines) + 1))
    return Stream(lines, numbers, set(numbers))


def _beside(lines: list[str], shown: list[int], columns: list[int]) -> Stream:
    """Set the lines shown in columns beside each other, as many rows to each."""
    texts = [lines[n - 1] for n in shown]
    rows = -(-len(texts) // columns[0])
    widest = max(map(len, texts))
    parts = [texts[n * rows : (n + 1) * rows] for n in range(columns[0])]
    return _numbered(["".join(one.ljust(widest + GUTTER) for one in row).rstrip() for row in zip(*parts, strict=True)])


def _row_by_row(lines: list[str], shown: list[int], order: list[int]) -> Stream:
    """Read two columns, the first and the second half of ``order``, row by row; each line is a box."""
    half = len(order) // 2
    numbers = [n for pair in zip(order[:half], order[half:], strict=True) for one in pair for n in (one, 0)]
    return Stream([lines[n - 1] if n else "" for n in numbers], numbers, set(shown))


def _boxed(lines: list[str], shown: list[int], order: list[int]) -> Stream:
    """Read lines in ``order``; those that do not follow each other stand in boxes of their own."""
    numbers = [one for n, last in zip(order, [order[0] - 1, *order], strict=False) for one in (0, n)[n == last + 1 :]]
    return Stream([lines[n - 1] if n else "" for n in numbers], numbers, set(shown))


def _upright(lines: list[str], shown: list[int], _: list[int]) -> Stream:
    """Set the lines shown upright, each a column: a character a line, a blank line after each column."""
    return _numbered([letter for n in shown for letter in (*lines[n - 1], "")])


def _torn(lines: list[str], shown: list[int], _: list[int]) -> Stream:
    """Tear the lines shown before their marks."""
    parts = [[line] if n not in shown else re.split(f"(?=[{MARKS}])", line) for n, line in enumerate(lines, 1)]
    numbers = [n for n, some in enumerate(parts, 1) for _ in some]
    return Stream([part for some in parts for part in some], numbers, set(shown))


def _broken(lines: list[str], shown: list[int], at: list[int]) -> Stream:
    """Break the first of the lines shown in two, as a headline is that is too long for its width."""
    first, numbers = shown[0], list(range(1, len(lines) + 1))
    parts = [lines[first - 1][: at[0]], lines[first - 1][at[0] :]]
    return Stream([*lines[: first - 1], *parts, *lines[first:]], sorted([*numbers, first]), set(shown))


def _widened(lines: list[str], shown: list[int], torn: list[int]) -> Stream:
    """Widen gaps in the lines shown, and tear one of them in its midst: its end comes first."""
    stream = Stream([], [], set(shown))
    for n in shown:
        words = lines[n - 1].split()
        half = len(words) // 2
        first, last = " ".join(words[:half]), " ".join(words[half:])
        parts = [last, f"{first} "] if n in torn else [f"{first}  {last}"]
        stream.lines.extend(parts)
        stream.numbers.extend(n for _ in parts)
    return stream


MADE: dict[str, Callable[[list[str], list[int], list[int]], Stream]] = {
    "read in the order": _ordered,
    "in columns": _beside,
    "read row by row": _row_by_row,
    "in boxes": _boxed,
    "a character a line": _upright,
    "torn at marks": _torn,
    "broken after": _broken,
    "with wide gaps, torn in line": _widened,
}


def _numbers(ranges: str) -> Iterator[int]:
    for one in ranges.split():
        first, _, last = one.partition("-")
        yield from range(int(first), int(last or first) + 1)


def _rows(layout: Layout, stream: Stream) -> Iterator[str]:
    """Give a row for every paragraph that has a line among those shown, or for every line while there are none."""
    if layout.page.box and not layout.articles:
        bare = not layout.pieces
        yield from _placed_rows(layout, stream) if bare else placed.piece_rows(layout.pieces, stream.numbers)
    elif not layout.blocks and not layout.articles:
        yield from _bare(layout, stream)
        return
    for one in layout.blocks:
        yield from _row("-", one.paragraph, stream, f"  ({one.measure} cells)" if one.measure else "")
    for n, article in enumerate(layout.articles, 1):
        owner = f"{article.kind.value} {article.id or n}" + (
            f" about {article.about}" if article.id and article.about else ""
        )
        for paragraph in article.paragraphs:
            yield from _row(owner, paragraph, stream)
    for paragraph in layout.furniture:
        yield from _row("furniture", paragraph, stream)


def _placed_rows(layout: Layout, stream: Stream) -> Iterator[str]:
    """Give a row for every line with its box: what stages in MOVES change."""
    yield from placed.line_rows(layout.page.lines, stream.numbers)


def _block_rows(layout: Layout, stream: Stream) -> Iterator[str]:
    """Give a row for every block of the source: what stage ``vet`` changes."""
    yield from placed.block_rows(layout.page, stream.numbers)


def _bare(layout: Layout, stream: Stream) -> Iterator[str]:
    settings = layout.settings or (None,) * len(layout.page.lines)
    for line, one in zip(layout.page.lines, settings, strict=True):
        if stream.numbers[line.place.line - 1] in stream.shown:
            seen = "" if one is None else f"{one.width:>3} cells  first unit {one.unit}  ends {one.ends or '-':<8}  "
            opens = f"  (opens: {one.opens})" if one and one.opens else ""
            if line.place in layout.parcels:
                yield "--"
            yield f"{_where([line], stream.numbers):<9} {seen}{line.text}{opens}"


def _row(owner: str, paragraph: Paragraph, stream: Stream, more: str = "") -> Iterator[str]:
    inside = [line for line in paragraph.lines if stream.numbers[line.place.line - 1] in stream.shown]
    if inside:
        text = _text(paragraph, inside).replace("\t", " | ")
        short = text if len(text) <= LONGEST else f"{text[: LONGEST // 2]} […] {text[-LONGEST // 4 :]}"
        yield f"{_where(inside, stream.numbers):<9} {owner:<20} {paragraph.role.value:<9} {short}{more}".rstrip()


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
