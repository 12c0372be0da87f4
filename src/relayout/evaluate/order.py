"""Order inside an article, and character errors with and without order.

*Successor accuracy* (Gao et al., ICPR 2012, ask the same of blocks): of all consecutive parts of gold articles, the
share whose texts follow each other in the prediction. It looks at the characters at the seam, so a prediction
without paragraphs, or with other ones, is measured alike; whether both are in one predicted article is not asked.

*CER* is the Levenshtein distance of the whole texts of the page by the length of the gold: furniture left out,
captions put after their article, white space settled. *CER without order* is the same after the prediction's
stretches of bound characters were put into the order of the gold, with what is unbound beside its left neighbour: what
remains is lost, invented, wrong and doubled characters, and spaces. It is above 1 where more is invented than
the gold is long.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from relayout.evaluate.align import Alignment
from relayout.evaluate.articles import is_article
from relayout.evaluate.nouns import Unit
from relayout.evaluate.packages import edits
from relayout.evaluate.texts import settle

_SEAM = 16  # characters at the end of a part, and at the start of the next, of which one must be bound
_SLACK = 3  # characters by which the seam may be longer or shorter


def in_order(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """Put every caption after its unit."""
    hanging: dict[str, list[Unit]] = {}
    ids = {unit.id for unit in units if unit.kind != "caption"}
    for unit in units:
        if unit.kind == "caption" and unit.of in ids:
            hanging.setdefault(unit.of, []).append(unit)
    ordered: list[Unit] = []
    for unit in units:
        if not (unit.kind == "caption" and unit.of in ids):
            ordered += [unit, *hanging.get(unit.id, ())]
    return tuple(ordered)


def page_text(units: Sequence[Unit]) -> str:
    """Give the text of the whole page, as CER compares it."""
    read = (unit for unit in in_order(units) if unit.kind != "furniture")
    parts = (part.text for unit in read for part in unit.parts if part.role != "furniture")
    return settle("\n".join(parts))


def cer(gold: Sequence[Unit], found: Sequence[Unit]) -> float | None:
    """Give the character error rate in the order of the page."""
    text = page_text(gold)
    return edits(text, page_text(found)) / len(text) if text else None


def cer_unordered(gold: Sequence[Unit], found: Sequence[Unit], alignment: Alignment) -> float | None:
    """Give the character error rate whatever order the prediction has."""
    wanted = _spelled(alignment, gold)
    text = settle("".join(wanted))
    if not text:
        return None
    return edits(text, settle("".join(_rearranged(alignment, gold, found)))) / len(text)


def _spelled(alignment: Alignment, gold: Sequence[Unit]) -> Iterator[str]:
    side = alignment.gold
    for i, char in enumerate(side.text):
        if gold[side.unit_of[i]].kind != "furniture":
            yield _before(side.spaced[i], starts=side.parts[side.part_of[i]][0] == i) + char


def _before(spaced: int, *, starts: bool) -> str:
    return " " if spaced or starts else ""


def _rearranged(alignment: Alignment, gold: Sequence[Unit], found: Sequence[Unit]) -> Iterator[str]:
    side, there = alignment.found, alignment.there
    blocks: list[tuple[int, list[str]]] = []
    last = -1
    for j, char in enumerate(side.text):
        i = there[j]
        if i < 0:
            if found[side.unit_of[j]].kind == "furniture":
                continue
        elif gold[alignment.gold.unit_of[i]].kind == "furniture":
            last = i
            continue
        if not blocks or (i >= 0 and i != last + 1):
            blocks.append((i, []))
        if i >= 0:
            last = i
        blocks[-1][1].append(_before(side.spaced[j], starts=side.parts[side.part_of[j]][0] == j) + char)
    for _, block in sorted(blocks, key=lambda block: block[0]):
        yield from block


def successors(gold: Sequence[Unit], alignment: Alignment) -> float | None:
    """Give the share of consecutive gold parts that follow each other in the prediction; None without any."""
    side = alignment.gold
    inside = [span for span, unit in zip(side.parts, side.unit_of_part, strict=True) if is_article(gold[unit])]
    owners = [unit for unit in side.unit_of_part if is_article(gold[unit])]
    wanted = right = 0
    for one, two, same in zip(inside, inside[1:], map(int.__eq__, owners, owners[1:]), strict=False):
        if same and one[0] < one[1] and two[0] < two[1]:
            wanted += 1
            right += _follows(alignment.back, one, two)
    return right / wanted if wanted else None


def _follows(back: Sequence[int], one: tuple[int, int], two: tuple[int, int]) -> bool:
    before = next((i for i in range(one[1] - 1, max(one[0], one[1] - _SEAM) - 1, -1) if back[i] >= 0), None)
    after = next((i for i in range(two[0], min(two[1], two[0] + _SEAM)) if back[i] >= 0), None)
    if before is None or after is None:
        return False
    step = back[after] - back[before]
    return step > 0 and abs(step - (after - before)) <= _SLACK
