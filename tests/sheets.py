"""A page and its gold together, and the blocks of lines that a page is made of.

``misfits`` is the proof that a gold file, or a variant of a page, is right in itself: every character of the page is
in one part, and every part's text is at its places.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from gold import Gold, Part, Span, Unit

DISPLAY = frozenset({"head", "kicker", "sub", "rubric", "byline"})
"""Roles that stand above a body. A byline that follows its body belongs to the body's block."""

PROSE = frozenset({"lead", "p"})


@dataclass(frozen=True, slots=True)
class Sheet:
    """Lines of a page (blank ones included) and its gold, whose spans each lie in one line."""

    lines: tuple[str, ...]
    gold: Gold

    @property
    def text(self) -> str:
        """The page as one string, every line ended."""
        return "".join(line + "\n" for line in self.lines)


@dataclass(frozen=True, slots=True)
class Block:
    """Lines ``first`` to ``last`` that must stay together, and whose they are, in the order of the page.

    ``display`` is a deck of headlines with the rubric and byline next to it.
    """

    first: int
    last: int
    display: bool
    owners: tuple[tuple[Unit, Part], ...]

    @property
    def lines(self) -> range:
        """The line numbers."""
        return range(self.first, self.last + 1)

    @property
    def units(self) -> frozenset[str]:
        """The ids of all units that have a part here."""
        return frozenset(unit.id for unit, _ in self.owners)


def sheet(text: str, gold: Gold) -> Sheet:
    """Put a page and its gold together."""
    lines = tuple(text.removesuffix("\n").split("\n"))

    def single(part: Part) -> Iterator[Span]:
        for span in part.spans:
            for n in range(span.first, span.last + 1):
                if lines[n - 1].strip():
                    yield Span(n, n, span.start, span.end)

    return Sheet(lines, each(gold, lambda part: replace(part, spans=tuple(single(part)))))


def each(gold: Gold, change: Callable[[Part], Part]) -> Gold:
    """Change every part of a gold."""
    return replace(
        gold, units=tuple(replace(u, parts=tuple(change(p) for p in u.parts)) for u in gold.units), sha256=""
    )


def pick(page: Sheet, numbers: Sequence[int]) -> Sheet:
    """Make a page of the lines with these numbers; 0 is a blank line."""
    lines = tuple(page.lines[n - 1] if n else "" for n in numbers)
    new = {old: n for n, old in enumerate(numbers, 1) if old}

    def moved(part: Part) -> Part:
        return replace(part, spans=tuple(replace(s, first=new[s.first], last=new[s.first]) for s in part.spans))

    return Sheet(lines, each(page.gold, moved))


def rewritten(page: Sheet, lines: Sequence[str]) -> Sheet:
    """Put other characters in the place of the old ones, one for one; the gold's texts follow."""
    if [len(x) for x in lines] != [len(x) for x in page.lines]:
        raise ValueError("a line has become longer or shorter")

    def changed(part: Part) -> Part:
        fresh = (lines[n - 1][k] for span in part.spans for n, k in ink(page, span))
        return replace(part, text="".join(c if c.isspace() else next(fresh) for c in part.text))

    return Sheet(tuple(lines), each(page.gold, changed))


def ink(page: Sheet, span: Span) -> tuple[tuple[int, int], ...]:
    """List the places (line, character) in a span that are not white space."""
    line = page.lines[span.first - 1]
    return tuple((span.first, k) for k, c in enumerate(line[: span.end]) if k >= span.start and not c.isspace())


def misfits(page: Sheet) -> tuple[str, ...]:
    """List all that is wrong with a sheet: gold texts that are not at their places, characters used twice or never.

    A hyphen at the end of a line may be missing in the gold text, and a radical stands for its character.
    """
    out = []
    used: Counter[tuple[int, int]] = Counter()
    for unit in page.gold.units:
        for part in unit.parts:
            pieces = [ink(page, span) for span in part.spans]
            used.update(spot for piece in pieces for spot in piece)
            texts = [_plain("".join(page.lines[n - 1][k] for n, k in piece)) for piece in pieces]
            want = "".join(part.text.split())
            if not _fits(texts, want):
                out.append(f"{unit.id} {part.role}: gold has {want!r}, its lines have {texts!r}")
    every = Counter((n, k) for n, line in enumerate(page.lines, 1) for k, c in enumerate(line) if not c.isspace())
    wrong = sorted({n for n, _ in (every - used) + (used - every)})
    return (*out, *(f"line {n} is not used exactly once: {page.lines[n - 1]!r}" for n in wrong))


def blocks(page: Sheet) -> tuple[Block, ...]:
    """Part the page into the ranges of lines that must stay together.

    A deck of headlines, with rubric and byline next to it; a body from its lead to its last credit; a caption; a
    line of furniture. Two units that share a line, as glued headlines do, are one block there.
    """
    marks: dict[int, set[tuple[str, str]]] = {}
    owners: dict[int, list[tuple[int, Unit, Part]]] = {}
    for unit in page.gold.units:
        for number, (part, kind) in enumerate(_kinds(unit)):
            name = f"{unit.id}.{number}" if kind == "furniture" else unit.id
            for span in part.spans:
                marks.setdefault(span.first, set()).add((name, kind))
                owners.setdefault(span.first, []).append((span.start, unit, part))
    ranges: list[tuple[list[int], set[tuple[str, str]]]] = []
    for line in sorted(marks):
        if ranges and ranges[-1][1] & marks[line]:
            ranges[-1][0].append(line)
            ranges[-1][1].update(marks[line])
        else:
            ranges.append(([line], set(marks[line])))
    out = []
    for lines, mark in ranges:
        found = [(unit, part) for n in lines for _, unit, part in sorted(owners[n], key=lambda x: x[0])]
        unique = tuple(x for k, x in enumerate(found) if x not in found[:k])
        out.append(Block(lines[0], lines[-1], {kind for _, kind in mark} == {"display"}, unique))
    return tuple(out)


def _kinds(unit: Unit) -> Iterator[tuple[Part, str]]:
    body = False
    for part in unit.parts:
        if unit.type in ("caption", "furniture"):
            yield part, unit.type
        elif part.role in DISPLAY and not (body and part.role == "byline"):
            yield part, "display"
        else:
            body = True
            yield part, "body"


def _plain(text: str) -> str:
    """Write the character for a Kangxi radical, as the sample dongjiang-ribao asks for."""
    return "".join(unicodedata.normalize("NFKC", c) if "\u2f00" <= c <= "\u2fd5" else c for c in text)


def _fits(texts: Sequence[str], want: str) -> bool:
    at = 0
    for n, text in enumerate(texts):
        if want.startswith(text, at):
            at += len(text)
        elif n < len(texts) - 1 and text.endswith("-") and want.startswith(text[:-1], at):
            at += len(text) - 1
        else:
            return False
    return at == len(want)
