"""The report that ``relayout fix`` prints: a table of the articles, the count of characters, the notes.

On a terminal the table is drawn by rich. Everywhere else it is plain columns, never cut off and never
coloured, because it is read in a log or by another program; rich alone would take a fifth of the time of a run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from relayout.chars import cells, ink
from relayout.counting import Counting, counting
from relayout.law import losses
from relayout.model import Article, Issue, Note
from relayout.roles import Level

TITLES = ("id", "kind", "headline", "paragraphs", "characters", "certainty")
RIGHT = (False, False, False, True, True, True)
HEADLINE = 56  # cells of the headline column in plain columns; the widest headline line of the seed page has 44
PLACES = 5  # places named for one note; the others are counted


class Row(NamedTuple):
    """One article in the table; the headline has one text for every line of the deck."""

    id: str
    kind: str
    headline: tuple[str, ...]
    paragraphs: int
    characters: int
    certainty: float

    def texts(self) -> tuple[str, ...]:
        """All columns but the headline, as text."""
        return (self.id, self.kind, "", str(self.paragraphs), str(self.characters), f"{self.certainty:.2f}")


def rows(issue: Issue) -> tuple[Row, ...]:
    """Give a row for every article; paragraphs are those of text and captions, not of the headline deck."""
    return tuple(_row(article) for article in issue.articles)


def _row(article: Article) -> Row:
    heads = article.heads()
    characters = sum(len(ink(p.text)) for p in article.paragraphs)
    deck = tuple(p.text for p in heads) or ("(no headline)",)
    return Row(article.id, article.kind.value, deck, len(article.paragraphs) - len(heads), characters, article.cert)


def lost(issue: Issue) -> int:
    """Count the non-space characters of the source that are not in the result."""
    wrong = losses(issue.pages, issue.paragraphs)
    return sum((Counter(expected) - Counter(text)).total() for _, expected, text in wrong)


def plain_table(table: tuple[Row, ...]) -> Iterator[str]:
    r"""Give the table as aligned columns; a headline's lines stand below each other, long ones are wrapped.

    >>> print(*plain_table((Row("a1", "article", ("大會",), 2, 30, 1.0),)), sep="\n")
    id  kind     headline  paragraphs  characters  certainty
    a1  article  大會               2          30       1.00
    """
    grid = [(row.texts(), [part for head in row.headline for part in _wrap(head, HEADLINE)]) for row in table]
    widths = [max([len(title), *(len(texts[i]) for texts, _ in grid)]) for i, title in enumerate(TITLES)]
    widths[2] = max([len(TITLES[2]), *(cells(part) for _, deck in grid for part in deck)])
    yield _columns(TITLES, widths)
    for texts, deck in grid:
        yield _columns((*texts[:2], deck[0], *texts[3:]), widths)
        for part in deck[1:]:
            yield _columns(("", "", part, "", "", ""), widths)


def _columns(texts: tuple[str, ...], widths: list[int]) -> str:
    padded = []
    for text, width, right in zip(texts, widths, RIGHT, strict=True):
        gap = " " * (width - cells(text))
        padded.append(gap + text if right else text + gap)
    return "  ".join(padded).rstrip()


def _wrap(text: str, width: int) -> list[str]:
    """Break ``text`` into pieces of at most ``width`` cells, at a space where there is one in the last third.

    >>> _wrap("建設宜居 智慧城市", 12)
    ['建設宜居', '智慧城市']
    """
    pieces = []
    while cells(text) > width:
        end = next(i for i in range(len(text), 0, -1) if cells(text[:i]) <= width or i == 1)
        space = text.rfind(" ", end * 2 // 3, end + 1)
        end = space if space > 0 else end
        pieces.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return [*pieces, text]


def print_rich(table: tuple[Row, ...]) -> None:
    """Draw the table on the terminal."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=None, header_style="bold", pad_edge=False)
    for title, right in zip(TITLES, RIGHT, strict=True):
        drawn.add_column(title, justify="right" if right else "left", overflow="fold", no_wrap=title == "id")
    for row in table:
        texts = [Text(text) for text in row.texts()]
        texts[2] = Text("\n".join(row.headline))
        drawn.add_row(*texts)
    Console().print(drawn)


def summary(issue: Issue) -> Iterator[str]:
    """Give the counts, how the source was read, the profile and why, and the repairs and doubts."""
    lines = sum(len(page.lines) for page in issue.pages)
    yield f"lines in: {lines}"
    yield f"characters lost: {lost(issue)}"
    yield f"encoding: {issue.source.encoding}"
    reasons = [note.why for note in issue.notes if note.stage == "profile" and note.why]
    yield f"profile: {issue.profile}{f' ({reasons[0]})' if reasons else ''}"
    if told := structure(issue):
        yield f"structure: {told}"
    yield from _carried(issue)
    yield from _notes(issue.notes, counting(issue.pages))


def structure(issue: Issue) -> str:
    """Say what the source had of structure, and what was made of it; nothing where it had none."""
    said = next((note for note in issue.notes if note.stage == "structure" and note.level is Level.DECISION), None)
    return f"{said.what}{f' ({said.why})' if said.why else ''}" if said else ""


def _carried(issue: Issue) -> Iterator[str]:
    """Give one line for every article that stands on several pages, or has text on one that is not there."""
    labels = {page.number: page.label or str(page.number) for page in issue.pages}
    for article in issue.articles:
        pages = list(dict.fromkeys(line.place.page for part in article.parts for line in part.lines))
        jumps = " (by a jump)" if article.jumps else ""
        lacks = "".join(f", text on page {gap.page} is missing" for gap in article.gaps)
        if len(pages) > 1 or lacks:
            yield f"over pages: {article.id} on {', '.join(labels[page] for page in pages)}{jumps}{lacks}"


def _notes(notes: tuple[Note, ...], counted: Counting) -> Iterator[str]:
    """Give one line for all notes that say the same: how often, what, where, why."""
    groups: dict[tuple[str, str, str], list[Note]] = {}
    for note in notes:
        if note.level is not Level.DECISION:
            groups.setdefault((note.level.value, note.stage, note.what), []).append(note)
    if not groups:
        yield "notes: none"
    for (level, stage, what), group in sorted(groups.items()):
        times = f" ({len(group)} times)" if len(group) > 1 else ""
        whys = dict.fromkeys(note.why for note in group if note.why)
        why = f": {next(iter(whys))}" if len(whys) == 1 else ""
        yield f"{level}: {stage}: {what}{times}{_places(group, counted)}{why}"


def _places(group: list[Note], counted: Counting) -> str:
    places = list(dict.fromkeys(counted.said(note.place) for note in group if note.place is not None))
    if not places:
        return ""
    more = f" and {len(places) - PLACES} more" if len(places) > PLACES else ""
    return f", line{'s' if len(places) > 1 else ''} {', '.join(places[:PLACES])}{more}"
