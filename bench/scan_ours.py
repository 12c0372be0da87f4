"""A scanned page through relayout: its units and headings by the lines of the file, also with the order hidden."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from bench.scan_truth import Key, Scan, Sheet, Unit, said

from relayout.errors import RelayoutError
from relayout.readers.markup import children, inside, local, root

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from relayout.model import Issue, Place

HEADS = frozenset({"kicker", "head", "sub", "rubric", "crosshead"})
SAME = 0.98  # share of lines that must read as those of the same number in the file


class Found(NamedTuple):
    """What relayout makes of a page: the lines of each unit in order, those that are headings, and how long it took."""

    units: tuple[Unit, ...]
    heads: frozenset[Key]
    seconds: float


class Given(NamedTuple):
    """What relayout gets: a file, and for each of its lines with text the number that it has in the true file."""

    data: bytes
    numbers: tuple[int, ...]


class UnreadError(Exception):
    """Relayout gave nothing that can be scored: why."""


def as_it_is(sheet: Sheet) -> Given:
    """Give the file itself."""
    return Given(sheet.path.read_bytes(), tuple(row.key[1] for row in sorted(sheet.rows)))


def hidden(sheet: Sheet) -> Given:
    """Give a PAGE file whose regions stand in a chance order (always the same), without types and reading order."""
    tree = root(sheet.path.read_bytes(), sheet.path.name)
    numbers = {line: n for n, line in enumerate((e for e in inside(tree, "TextLine") if said(e)), 1)}
    for page in inside(tree, "Page"):
        for order in list(children(page, "ReadingOrder")):
            page.remove(order)
        regions = [child for child in children(page) if local(child).endswith("Region")]
        for region in regions:
            page.remove(region)
        random.Random(sheet.path.name).shuffle(regions)
        page.extend(regions)
    for element in inside(tree, "TextRegion", "TextLine", "TableRegion", "TableCell"):
        for name in ("custom", "type", "readingOrder"):
            element.attrib.pop(name, None)
    from lxml import etree

    lines = tuple(numbers[line] for line in inside(tree, "TextLine") if line in numbers)
    return Given(etree.tostring(tree, xml_declaration=True, encoding="UTF-8"), lines)


def shuffled(sheet: Sheet) -> Given:
    """Give an ALTO file whose blocks stand in a chance order (always the same); those of adverts stay together."""
    tree = root(sheet.path.read_bytes(), sheet.path.name)
    numbers = {line: n for n, line in enumerate(_worded(tree), 1)}
    for space in inside(tree, "PrintSpace"):
        todo, blocks = list(space), []
        while todo:
            block = todo.pop(0)
            space.remove(block) if block.getparent() is space else None
            if local(block) == "ComposedBlock" and block.get("TYPE", "") not in ("Advertisement", "Illustration"):
                todo = [*list(block), *todo]
            else:
                blocks.append(block)
        random.Random(sheet.path.name).shuffle(blocks)
        space.extend(blocks)
    from lxml import etree

    lines = tuple(numbers[line] for line in _worded(tree))
    return Given(etree.tostring(tree, xml_declaration=True, encoding="UTF-8"), lines)


def _worded(tree: Element) -> Iterator[Element]:
    """Yield the lines with words, as :func:`bench.scan_truth.alto` counts them."""
    for line in (line for block in inside(tree, "TextBlock") for line in children(block, "TextLine")):
        if any(word.get("CONTENT", "").strip() for word in children(line, "String", "HYP")):
            yield line


def fixed(sheet: Sheet, page: int = 1, given: Given | None = None) -> Found:
    """Give a page to relayout; raises :class:`UnreadError` where it cannot read it, or numbers its lines otherwise.

    What could not be placed and what is furniture is a unit each paragraph, and so is a line that is missing. A line
    that was cut belongs where most of its characters went.
    """
    import relayout

    data, numbers = given or as_it_is(sheet)
    begin = time.perf_counter()
    try:
        issue = relayout.fix(data, name=sheet.path.name)
    except RelayoutError as error:
        raise UnreadError(f"relayout cannot read it here ({error})") from None
    seconds = time.perf_counter() - begin
    lines = [line for one in issue.pages for line in one.lines]
    texts = {row.key[1]: row.text for row in sheet.rows}
    _check(sheet.path.name, [(texts.get(_number(line.place.line, numbers), ""), line.raw) for line in lines])
    units, heads = _units(issue, lambda place: (page, _number(place.line, numbers)))
    given_away = {key for unit in units for key in unit}
    units += [((page, n),) for n in numbers if (page, n) not in given_away]
    return Found(tuple(units), heads, seconds)


def whole(scan: Scan) -> tuple[Unit, ...]:
    """Give the pages of an issue to relayout as one, without the METS file, so that articles go on over pages."""
    from relayout import api, readers
    from relayout.counting import renumbered
    from relayout.model import Reading, Source

    pages = [
        renumbered(readers.read(sheet.path.read_bytes(), sheet.path.name).value.pages[0], n)
        for n, sheet in enumerate(scan.sheets, 1)
    ]
    issue = api.rebuild(Reading(Source(scan.name), tuple(pages)))
    units, _ = _units(issue, lambda place: (place.page, place.line))
    given_away = {key for unit in units for key in unit}
    return (*units, *((row.key,) for sheet in scan.sheets for row in sheet.rows if row.key not in given_away))


def trusted(scan: Scan) -> int:
    """Give an issue to relayout with its METS file, to be trusted: how many articles are exactly those of the truth.

    An article counts where it has the same lines in the same order, and the same number among the articles. Captions
    may come last: they stand with their pictures.
    """
    import relayout

    issue = relayout.fix(scan.path, structure="trust")
    found = [article for article in issue.articles if article.kind.value != "unassigned"]
    same = 0
    for article, unit in zip(found, scan.units, strict=False):
        keys = [(line.place.page, line.place.line) for part in article.paragraphs for line in part.lines]
        pictured = {(o.place.page, o.place.line) for f in article.figures for part in f.parts for o in part.lines}
        same += keys == [*(key for key in unit if key not in pictured), *(key for key in unit if key in pictured)]
    return same if len(found) == len(scan.units) else 0


def _units(issue: Issue, key_of: Callable[[Place], Key]) -> tuple[list[Unit], frozenset[Key]]:
    """Return the units of a result, and the lines that are headlines."""
    groups = []
    for article in issue.articles:
        apart = article.kind.value == "unassigned"
        groups += [(p,) for p in article.paragraphs] if apart else [article.paragraphs]
    groups += [(paragraph,) for paragraph in issue.furniture]
    sizes: dict[Key, Counter[int]] = {}
    heads: set[Key] = set()
    orders: list[list[Key]] = []
    for n, group in enumerate(groups):
        orders.append([])
        for paragraph in group:
            for line in paragraph.lines:
                key = key_of(line.place)
                sizes.setdefault(key, Counter())[n] += len(line.raw)
                orders[-1].append(key)
                if paragraph.role.value in HEADS:
                    heads.add(key)
    home = {key: counts.most_common(1)[0][0] for key, counts in sizes.items()}
    units = [tuple(dict.fromkeys(key for key in keys if home[key] == n)) for n, keys in enumerate(orders)]
    return [unit for unit in units if unit], frozenset(heads)


def _number(line: int, numbers: tuple[int, ...]) -> int:
    return numbers[line - 1] if line <= len(numbers) else 0


def _check(name: str, lines: Iterable[tuple[str, str]]) -> None:
    """Raise :class:`UnreadError` unless the lines of relayout read as those of the file with the same number."""
    same = [_bare(raw) in _bare(text) for text, raw in lines]
    if sum(same) < SAME * len(same):
        raise UnreadError(f"{name}: {len(same) - sum(same)} of {len(same)} lines are not those of their number")


def _bare(text: str) -> str:
    """Return the letters and digits.

    >>> _bare("pre-  fix.")
    'prefix'
    """
    return "".join(c for c in text if c.isalnum())
