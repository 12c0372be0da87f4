"""The same page in other clothes: what a page may look like and still must come out the same.

Every function takes a sheet and gives another; the gold's places (and, where characters are replaced, its texts)
follow. Nothing here depends on the code that is tested.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import opencc

import press
from gold import Part, Span
from press import Setting
from sheets import PROSE, Block, Sheet, blocks, each, pick, rewritten

INDENT = "\u3000\u3000"


def bare(page: Sheet) -> Sheet:
    """Take out all blank lines."""
    return pick(page, [n for n, line in enumerate(page.lines, 1) if line.strip()])


def airy(page: Sheet) -> Sheet:
    """Follow every line by a blank one."""
    return pick(page, [k for n in range(1, len(page.lines) + 1) for k in (n, 0)])


def orders(page: Sheet, shuffles: int = 6) -> dict[str, tuple[int, ...]]:
    """Name orders in which the blocks may stand: their numbers (from 0), every block once."""
    parts = blocks(page)
    heads = tuple(n for n, block in enumerate(parts) if block.display)
    rest = tuple(n for n in range(len(parts)) if n not in heads)
    above: dict[int, list[int]] = {}
    for n in heads:
        names = (parts[n].owners[0][0].id, *parts[n].units)
        home = next((k for name in names for k in rest if name in parts[k].units), rest[0])
        above.setdefault(home, []).append(n)
    out = {
        "heads-first": (*heads, *rest),
        "heads-last": (*rest, *heads),
        "reversed": tuple(reversed(range(len(parts)))),
        "bodies-reversed": (*reversed(rest), *heads),
        "heads-above": tuple(k for n in rest for k in (*above.get(n, ()), n)),
    }
    for seed in range(shuffles):
        mixed = list(range(len(parts)))
        random.Random(seed).shuffle(mixed)
        out[f"shuffle-{seed}"] = tuple(mixed)
    return out


def arrange(page: Sheet, order: Sequence[int]) -> Sheet:
    """Put the blocks into another order, a blank line between any two."""
    parts = blocks(page)
    return pick(page, [n for k in order for n in (*parts[k].lines, 0)])


@dataclass(frozen=True, slots=True)
class Style:
    """How ``reset`` sets a page.

    ``same`` gives all articles one measure; ``blanks`` strews blank lines between and inside paragraphs; the rest is
    as in ``Setting``.
    """

    seed: int
    indent: int = 4
    mark: str = ""
    hang: bool = False
    around: bool = True
    spaced: bool = True
    same: bool = False
    blanks: bool = True


def reset(page: Sheet, style: Style) -> Sheet:
    """Set every body, list and caption again to another measure; headlines, tables and furniture stay as they are.

    Without an indent a paragraph's end shows only in a last line that is not full: there measures are chosen so
    that no last line is full, as a page on which one is cannot be read back by anybody.
    """
    dice = random.Random(style.seed)
    settings = _settings(page, style, dice)
    lines: list[str] = []
    spans: dict[Part, list[Span]] = {}
    for block in blocks(page):
        if block.display or any(u.type == "furniture" or p.role == "row" for u, p in block.owners):
            _keep(page, block, lines, spans)
        else:
            _set(page, block, settings, lines, spans, dice if style.blanks else None)
        if style.blanks and dice.random() < 0.8:
            lines.append("")
    return Sheet(tuple(lines), each(page.gold, lambda p: replace(p, spans=tuple(spans[p]))))


def simplified(page: Sheet, *, quotes: bool) -> Sheet:
    """Convert a page to Simplified Chinese, with mainland “” for 「」 if ``quotes`` says so."""
    table = str.maketrans("「」『』", "“”‘’") if quotes else {}
    return rewritten(page, [_simple(line).translate(table) for line in page.lines])


def numbered(page: Sheet) -> Sheet:
    """Write ①②③ for ❶❷❸, which Big5 lacks."""
    table = {0x2776 + n: 0x2460 + n for n in range(10)}
    return rewritten(page, [line.translate(table) for line in page.lines])


def wide(page: Sheet) -> Sheet:
    """Make every space inside a line an ideographic one. The gold's wanted spaces stay what they are."""
    return replace(page, lines=tuple(line.replace(" ", "\u3000") for line in page.lines))


def indented(page: Sheet) -> Sheet:
    """Begin every paragraph with the two ideographic spaces that its indent was."""
    firsts = {p.spans[0].first for u in page.gold.units for p in u.parts if p.role in PROSE}
    width = {n: len(INDENT) - (len(x) - len(x.lstrip())) for n, x in enumerate(page.lines, 1) if n in firsts}
    lines = tuple(INDENT + x.lstrip() if n in firsts else x for n, x in enumerate(page.lines, 1))

    def moved(span: Span) -> Span:
        shift = width.get(span.first, 0)
        end = None if span.end is None else span.end + shift
        return replace(span, start=max(0, span.start + shift) if span.start else 0, end=end)

    return Sheet(lines, each(page.gold, lambda p: replace(p, spans=tuple(moved(s) for s in p.spans))))


def encoded(page: Sheet, encoding: str, ending: str = "\n") -> bytes:
    """Write a page as bytes; ``utf-16`` and ``utf-8-sig`` begin with a byte order mark.

    Raises UnicodeEncodeError where the encoding lacks a character.
    """
    return page.text.replace("\n", ending).encode(encoding)


@lru_cache(maxsize=4096)
def _simple(line: str) -> str:
    return str(_converter().convert(line))


@lru_cache(maxsize=1)
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def _keep(page: Sheet, block: Block, lines: list[str], spans: dict[Part, list[Span]]) -> None:
    shift = len(lines) + 1 - block.first
    lines.extend(page.lines[n - 1] for n in block.lines)
    for _, part in block.owners:
        for s in part.spans:
            if s.first in block.lines:
                spans.setdefault(part, []).append(replace(s, first=s.first + shift, last=s.first + shift))


def _set(
    page: Sheet,
    block: Block,
    settings: dict[tuple[str, str], Setting],
    lines: list[str],
    spans: dict[Part, list[Span]],
    dice: random.Random | None,
) -> None:
    first = True
    last: Part | None = None
    for unit, part in block.owners:
        setting = settings.get((unit.id, part.role))
        if setting and part.role in PROSE:
            setting = setting if first else replace(setting, around=0)
            first = False
        room = max((s.measure for (owner, _), s in settings.items() if owner == unit.id), default=0)
        if part.spans[0].start and last and press.cells(f"{lines[-1]} {part.text}") <= room:
            # A byline or credit that hung at the end of a sentence hangs there again.
            at = len(lines[-1])
            spans[last][-1] = replace(spans[last][-1], end=at)
            lines[-1] += f" {part.text}"
            spans[part] = [Span(len(lines), len(lines), at, len(lines[-1]))]
            continue
        if dice and last and part.role in PROSE and dice.random() < 0.75:
            lines.append("")
        for n, line in enumerate(press.compose(part.text, setting) if setting else _asis(page, part)):
            if dice and n and dice.random() < 0.06:
                lines.append("")
            lines.append(line)
            spans.setdefault(part, []).append(Span(len(lines), len(lines)))
        last = part


def _asis(page: Sheet, part: Part) -> list[str]:
    return [page.lines[s.first - 1][s.start : s.end].strip() for s in part.spans]


def _settings(page: Sheet, style: Style, dice: random.Random) -> dict[tuple[str, str], Setting]:
    """Draw a setting for every unit and role that is set; no two articles share a measure unless ``same``."""
    out: dict[tuple[str, str], Setting] = {}
    taken: set[int] = set()
    units = [u for u in page.gold.units if any(p.role in PROSE for p in u.parts)]
    crossheads = [max((press.cells(p.text) for p in u.parts if p.role == "subhead"), default=0) for u in units]
    for unit, widest in zip(units, crossheads, strict=True):
        floor = max(crossheads) if style.same else widest
        choices = [m for m in range(28, 62, 2) if m > floor + style.indent + 2 and m not in taken]
        dice.shuffle(choices)
        leads = any(p.role == "lead" for p in unit.parts)
        around, beside = (dice.choice((2, 3, 4)), dice.choice((6, 8, 10))) if style.around and not leads else (0, 0)
        plain = Setting(
            28, style.indent, around=around, beside=beside, mark=style.mark, hang=style.hang, spaced=style.spaced
        )
        texts = [p.text for p in unit.parts if p.role == "p"]
        body = _readable(plain, texts, choices)
        out[unit.id, "p"] = body
        if leads:
            widths = [m for m in range(64, 90, 2) if m not in taken]
            dice.shuffle(widths)
            out[unit.id, "lead"] = _readable(plain, [p.text for p in unit.parts if p.role == "lead"], widths)
        if style.same:
            taken.update(m for m in range(28, 62) if m != body.measure)
        else:
            taken.add(body.measure)
    for unit in page.gold.units:
        if unit.type == "caption":
            out[unit.id, "caption"] = Setting(
                dice.randrange(40, 110, 2), indent=0, hang=style.hang, spaced=style.spaced
            )
        widest = max((press.cells(p.text) for p in unit.parts if p.role == "list-head"), default=0)
        measure = dice.randrange(max(24, widest + 2), max(24, widest + 2) + 12, 2)
        out[unit.id, "item"] = Setting(measure, indent=0, hanging=2, hang=style.hang, spaced=style.spaced)
    return out


def _readable(setting: Setting, texts: Sequence[str], measures: Sequence[int]) -> Setting:
    """Take the first of the measures at which every paragraph's end shows.

    Without indents no last line may be full; with them, none before a paragraph of one line, which has no second
    line that would show where its first one began (a case of ``mend``, xfail).
    """
    tries = [replace(setting, measure=m) for m in measures]
    good = [s for s in tries if not any(press.full(text, s) for text in _ends(s, texts))]
    if not good:
        raise ValueError("no measure at which every paragraph's end shows")
    return good[0]


def _ends(setting: Setting, texts: Sequence[str]) -> list[str]:
    """Return the paragraphs whose end only a short last line can show."""
    if not setting.indent:
        return list(texts)
    return [one for one, two in pairwise(texts) if press.cells(two) + setting.indent <= setting.measure]
