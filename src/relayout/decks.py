"""Which display lines of a piece are its deck, with their ranks, and which stand inside its text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from relayout.chars import ends_sentence, has_han
from relayout.geometry import around, beside, level
from relayout.imprint import Box
from relayout.model import Line, Paragraph
from relayout.regions import Look, Region, is_said
from relayout.roles import Joint, Role
from relayout.signals.panels import is_label, is_title, lies
from relayout.squares import KANA

HALVES = 1.6  # of the type size: room that the next characters of an unbroken title would have taken
LONG = 14  # characters: a Chinese title of as many, broken in the middle, is of two halves (cn-4, 少年合唱团唱响古镇)
INTRO = 1.25  # of the size of running text: a lead is set a little larger, and ends as a sentence does
LABEL = 1.8  # of the size of running text: no label is set as large

Text = Callable[[Sequence[Line], Role], Paragraph]


def middling(box: Box, outer: Box) -> bool:
    """Say whether a title stands in the middle of its piece, or begins at its edge and fills most of it."""
    return abs(box.x0 + box.x1 - outer.x0 - outer.x1) < 0.1 * outer.width or box.width > 0.7 * outer.width


def parted(shown: Sequence[Region], prose: Sequence[Region]) -> tuple[list[Region], list[Region]]:
    """Part display regions, in their order, into the deck and what stands inside the text: crossheads, quotations."""
    titles = [r for r in shown if is_title(r)]
    if not titles:
        first = min((r.box.y0 for r in prose), default=float("inf"))
        return [r for r in shown if r.box.y1 <= first + 1], [r for r in shown if r.box.y1 > first + 1]
    main = titles[0]
    seen = _upright if lies(main) else _as_is
    deck = [main]
    grown = True
    while grown:
        grown = False
        for region in shown:
            if region not in deck and _joins(region, deck, prose, seen):
                deck.append(region)
                grown = True
                break
    return sorted(deck, key=lambda r: seen(r).y0), [r for r in shown if r not in deck]


def _joins(region: Region, deck: Sequence[Region], prose: Sequence[Region], seen: Callable[[Region], Box]) -> bool:
    """Say whether a display region belongs to a deck, whose first region is its title."""
    own, box, main = seen(region), around(map(seen, deck)), seen(deck[0])
    higher = own.y1 < main.y0
    label = higher and is_label(region)
    # A label at the corner of a piece ends before a title begins that is set in the middle (cn-16, 深度).
    if beside(own, box) < 0.3 and not label:
        return False
    reach = 2.2 * max(r.lines[0].style.size for r in (region, deck[-1]) if r.lines[0].style)
    if own.y0 >= box.y1 + reach or own.y1 <= box.y0 - reach:
        return False
    between = any(box.y1 <= seen(p).y0 and seen(p).y1 <= own.y0 + 1 and beside(seen(p), own) > 0.3 for p in prose)
    # A quotation among the columns is level with text at its side (« Nous avons attendu vingt ans »).
    among = is_said(region) and any(level(seen(p), own) > 0.5 and beside(seen(p), own) < 0.1 for p in prose)
    if region.quoted or (among and own.y0 > main.y1):
        return False
    # Between two rules stands a quotation, or over the deck a label (hk-1, 話你知).
    framed = all(region.rules) and region.size < LABEL and not label
    # A lead in bold type ends as a sentence does, which no crosshead does; a question may be one (Welche Rolle?).
    last = region.lines[-1].text
    lead = (
        region.bold and len(region.lines) > 1 and own.y0 > main.y1 - 1 and ends_sentence(last) and last[-1] not in "?？"
    )
    return (region.look is Look.DISPLAY or is_label(region) or higher or lead) and not between and not framed


def _as_is(region: Region) -> Box:
    return region.box


def _upright(region: Region) -> Box:
    """Return the box of a region that lies on its side as the reader sees it: from the head to the foot."""
    return Box(region.box.y0, region.box.x0, region.box.y1, region.box.x1)


def distance(image: Box, text: Box) -> float:
    """Return how far a text stands from a picture; texts that share no columns with it are twice as far."""
    dx = max(0.0, image.x0 - text.x1, text.x0 - image.x1)
    dy = max(0.0, image.y0 - text.y1, text.y0 - image.y1)
    return dx + dy if beside(image, text) > 0.2 or dy == 0 else 2 * (dx + dy)


def ranked(deck: Sequence[Region], piece: Box, text: Text) -> list[Paragraph]:
    """Return a deck with its ranks: the largest is the head, what stands over it kicker or rubric.

    ``piece`` is the room of the whole article, ``text`` makes a paragraph.
    """
    if not deck:
        return []
    seen = _upright if any(map(lies, deck)) else _as_is
    titles = [r for r in deck if not is_label(r) or r.size > LABEL]
    main = max(titles or deck, key=lambda r: (r.size * (1.15 if r.bold else 1.0), -seen(r).y0))
    parts: list[Paragraph] = []
    rubrics: list[Paragraph] = []
    spans = beside(main.box, piece) > 0.99 and middling(main.box, piece)
    width = max(piece.width if spans else 0.0, main.box.width)
    for region in deck:
        if region is main:
            parts.append(_title(region, Role.HEAD, width, text))
        elif is_label(region) and region.size < LABEL:
            rubrics.append(text(region.lines, Role.RUBRIC))
        elif region.size < INTRO and seen(region).y0 > seen(main).y0 and ends_sentence(region.lines[-1].text):
            parts.append(text(region.lines, Role.LEAD))
        else:
            parts.append(_title(region, Role.KICKER if seen(region).y0 < seen(main).y0 else Role.SUB, width, text))
    return [*rubrics, *parts]


def _title(region: Region, role: Role, width: float, text: Text) -> Paragraph:
    """Return a title of several lines, which has room for ``width``.

    In Han a line that had room for more was broken where a space parts the halves of the title.
    """
    whole = text(region.lines, role)
    if len(region.lines) < 2 or not has_han(whole.text) or any(" " in line.text for line in region.lines):
        return whole
    joints = list(whole.joints)
    long = len(region.lines) == 2 and sum(len(one.text) for one in region.lines) >= LONG and not KANA.search(whole.text)
    for n, line in enumerate(region.lines[:-1]):
        assert line.box
        assert line.style
        even = abs(len(line.text) - len(region.lines[n + 1].text)) <= 1  # the typesetting may have made it so
        room = width - line.box.width > HALVES * line.style.size
        if joints[n] is Joint.TIGHT and (long if even else room):
            joints[n] = Joint.SPACE
    return replace(whole, joints=tuple(joints)) if joints.count(Joint.SPACE) == 1 else whole
