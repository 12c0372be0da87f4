"""Is a piece of a page one article? What its regions, read column by column, say for and against it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from itertools import pairwise

from relayout.chars import cells, ends_sentence, has_han
from relayout.geometry import around, beside
from relayout.imprint import Box
from relayout.regions import Look, Region

QUOTES = '「『“„«"»'
SOME = 3  # lines of a text that shows where its column is
SHORT = 10  # cells: what is as short between two rules is a label, no quotation
LABEL = 24  # cells: what is longer is no label
HEADED = 1.2  # the same, of what stands over a table
FLUSH = 2.0  # points: text and headline begin at one edge
LEAD = 1.25  # of the size of running text: what is set larger is no lead


class Panel:
    """What is known about each region of a page, once for all the ways to cut it."""

    def __init__(self, found: Sequence[Region]) -> None:
        """Look at every region once."""
        self.found = found
        self.prose = [is_prose(region) for region in found]
        self.title = [is_title(region) for region in found]
        self.open = [is_open(region) for region in found]
        self.whole = [region.look is Look.BOX and any(map(is_title, region.inner)) for region in found]
        self.indented = [is_indented(region) for region in found]


def is_prose(region: Region) -> bool:
    """Say whether a region is running text, or a lead: larger, but with sentences in it."""
    if region.kicks:
        return False
    if region.look is Look.TEXT:
        return not region.bold or len(region.lines) > 3
    if region.look is not Look.DISPLAY or region.size > LEAD:
        return False
    return (
        any(mark in region.text for mark in "。，,") and len(region.lines) > 1 and ends_sentence(region.lines[-1].text)
    )


def is_title(region: Region) -> bool:
    """Say whether a region can be the headline of an article: large and bold, no quotation between rules."""
    if region.look is not Look.DISPLAY or is_prose(region):
        return False
    if is_drop(region) or region.quoted or (region.size < 1.8 and (is_label(region) or is_quote(region))):
        return False
    least = HEADED if region.headed else LEAD
    return (region.bold and region.size > least) or region.size > 1.6


def is_label(region: Region) -> bool:
    """Say whether a region is a label over a deck (特稿, In focus): one short line with a rule under it."""
    return len(region.lines) == 1 and region.rules[1] and not region.headed and cells(region.lines[0].text) <= LABEL


def is_quote(region: Region) -> bool:
    """Say whether a region is a pull quote: set larger than text, in quotation marks or between two rules."""
    if region.look is not Look.DISPLAY or region.size < 1.2:
        return False
    long = len(region.lines) > 1 or cells(region.lines[0].text) > SHORT
    return region.lines[0].text[0] in QUOTES or (all(region.rules) and long and not region.headed)


def lies(region: Region) -> bool:
    """Say whether a region lies on its side: a level title over upright text, whose page was turned (tw-20)."""
    return bool(region.lines) and len(region.lines[0].text) > 2 and region.box.height > 2 * region.box.width


def is_drop(region: Region) -> bool:
    """Say whether a region is a drop cap: one large letter."""
    return region.look is Look.DISPLAY and len(region.lines) == 1 and _is_letter(region.lines[0].text)


def _is_letter(text: str) -> bool:
    return len(text) == 1 or (len(text) == 2 and text[0] in QUOTES)


def is_open(region: Region) -> bool:
    """Say whether the text of a region goes on elsewhere: its last line is full and ends no sentence."""
    if not region.lines or ends_sentence(region.lines[-1].text):
        return False
    last, style = region.lines[-1].box, region.lines[-1].style
    if last is None or style is None or len(region.lines) < 2:
        return True
    return region.box.x1 - last.x1 < 1.2 * style.size and last.x0 - region.box.x0 < 3.6 * style.size


def is_indented(region: Region) -> bool:
    """Say whether the first line begins further right than the column does."""
    if len(region.lines) < 2 or not region.lines[0].style:
        return False
    first = region.lines[0].box
    left = min(line.box.x0 for line in region.lines[1:] if line.box)
    return first is not None and first.x0 - left > 0.5 * region.lines[0].style.size


def worth(panel: Panel, ids: Sequence[int], weights: Mapping[str, float]) -> float:
    """Weigh a piece as one article; higher is likelier."""
    found = panel.found
    texts = [i for i in ids if panel.prose[i]]
    filled = bool(texts) or any(found[i].look is Look.TABLE for i in ids)
    titles = sorted((i for i in ids if panel.title[i]), key=lambda i: found[i].box.y0)
    score = weights["piece"]
    if not filled and not titles:
        kinds = {found[i].look for i in ids}
        whole = kinds == {Look.BOX} and all(panel.whole[i] for i in ids)
        return weights["boxed"] if whole else score + weights["scrap"]
    if not titles:
        return score + weights["untitled"] + follow(panel, reading(panel, texts, ids), weights)
    decks = _decks(found, titles)
    score += weights["titled"] + weights["another"] * (len(decks) - 1)
    if not texts:
        return score if filled else score + weights["bare"]
    score += weights["label"] * sum(_stray(found, i, titles) for i in ids)
    top = around(found[i].box for i in decks[0])
    order = reading(panel, texts, ids)
    first = found[order[0]].box
    if lies(found[decks[0][0]]):
        # A level headline over upright text, whose page was turned: it begins where its text does, or later.
        late = any(found[i].box.x1 < top.x0 + 1 for i in texts)
    else:
        flush = any(abs(found[i].box.x0 - top.x0) < FLUSH and found[i].box.y0 > top.y1 for i in texts)
        late = any(found[i].box.y1 < top.y0 + 1 for i in texts)
        late = late or (first.x1 < top.x0 + 1 and (flush or first.width < top.width * 2))
    if late:
        score += weights["late"]
    if panel.open[order[-1]]:
        score += weights["unended"]
    return score + follow(panel, order, weights)


def _stray(found: Sequence[Region], i: int, titles: Sequence[int]) -> bool:
    """Say whether a label has no title under it: it belongs to the piece below."""
    one = found[i]
    if not (is_label(one) or one.kicks) or (one.look is not Look.TEXT and one.size >= 1.8):
        return False
    return not any(found[t].box.y0 >= one.box.y0 - 2 and beside(found[t].box, one.box) > 0.3 for t in titles)


def _decks(found: Sequence[Region], titles: Sequence[int]) -> list[list[int]]:
    """Put titles together that stand close under each other."""
    decks: list[list[int]] = []
    for i in titles:
        box = found[i].box
        for deck in decks:
            last = found[deck[-1]]
            if beside(last.box, box) > 0.5 and box.y0 - last.box.y1 < 1.2 * last.lines[0].style.size:  # type: ignore[union-attr]
                deck.append(i)
                break
        else:
            decks.append([i])
    return decks


def columns(found: Sequence[Region], texts: Sequence[int], support: Sequence[Box] = ()) -> list[list[int]]:
    """Return the texts of a piece in its columns, from the left, each from the top; first what spans several columns.

    Texts of some lines say where columns are, then what else is as wide as one column (``support``: pictures, boxes);
    short texts go to the column that they stand in.
    """
    order = sorted(texts, key=lambda i: (len(found[i].lines) < SOME, found[i].box.width))
    lanes: list[tuple[Box, list[int]]] = []
    wide: list[int] = []
    supported = False
    usual = min((found[i].box.width for i in texts if len(found[i].lines) >= SOME), default=0.0)
    for i in order:
        if len(found[i].lines) < SOME and not supported:
            _support(lanes, support)
            supported = True
        box = found[i].box
        over = [n for n, (lane, _) in enumerate(lanes) if beside(lane, box) > 0.4]
        # Two lines under a signature in small type are no wider than a column (cn-8, 唱片将于下月发行).
        narrow = box.width < 1.1 * usual
        full = [n for n in over if any(len(found[j].lines) >= SOME for j in lanes[n][1])]
        broad = over and not narrow and all(box.width > 1.3 * lanes[n][0].width for n in over)
        if broad and (
            len(over) > 1 or any(abs(found[j].size - found[i].size) > 0.05 for n in over for j in lanes[n][1])
        ):
            wide.append(i)
        elif len(full) > 1 and all(box.y1 < found[j].box.y0 + 1 for n in full for j in lanes[n][1]):
            wide.append(i)  # a name in the middle, over the gutter of two columns (Words by Ruth Lane)
        elif len(full) < 2 and len(over) > 1 and narrow:
            members = [j for n in over for j in lanes[n][1]]
            lanes = [lane for n, lane in enumerate(lanes) if n not in over]
            lanes.append((around((box, *(found[j].box for j in members))), [*members, i]))
        elif over:
            best = max(over, key=lambda n: beside(lanes[n][0], box))
            lane, members = lanes[best]
            lanes[best] = (around((lane, box)), [*members, i])
        else:
            lanes.append((box, [i]))
    lanes.sort(key=lambda lane: lane[0].x0)
    if wide:
        # A signature over a lead that spans columns comes before the lead (en-2, After visa snags).
        top = min(found[i].box.y0 for i in wide) + 1
        wide += [i for _, members in lanes for i in members if found[i].box.y1 <= top]
        lanes = [(box, [i for i in members if found[i].box.y1 > top]) for box, members in lanes]
    wide.sort(key=lambda i: found[i].box.y0)
    rest = [sorted(members, key=lambda i: found[i].box.y0) for _, members in lanes if members]
    return [[i] for i in wide] + rest


def _support(lanes: list[tuple[Box, list[int]]], support: Sequence[Box]) -> None:
    for box in support:
        over = [n for n, (lane, _) in enumerate(lanes) if beside(lane, box) > 0.3]
        if not over and (not lanes or box.width < 1.4 * max(lane.width for lane, _ in lanes)):
            lanes.append((box, []))
        elif len(over) == 1 and box.width < 1.4 * lanes[over[0]][0].width:
            lane, members = lanes[over[0]]
            lanes[over[0]] = (around((lane, box)), members)


def reading(panel: Panel, texts: Sequence[int], ids: Sequence[int]) -> list[int]:
    """Return the texts of a piece in reading order."""
    support = [panel.found[i].box for i in ids if panel.found[i].look in (Look.IMAGE, Look.BOX)]
    return [i for lane in columns(panel.found, texts, support) for i in lane]


def follow(panel: Panel, order: Sequence[int], weights: Mapping[str, float]) -> float:
    """Weigh how well texts go on from one to the next."""
    score = 0.0
    for a, b in pairwise(order):
        score += weights[f"{'open' if panel.open[a] else 'closed'}-{'in' if panel.indented[b] else 'flush'}"]
    return score


class Content(Enum):
    """What a box holds: an article of its own, a label, a list or table, a quotation, an advertisement."""

    ARTICLE = "article"
    LABEL = "label"
    LIST = "list"
    QUOTE = "quote"
    ADVERT = "advert"


def content(box: Region, item: Callable[[str], bool]) -> Content:
    """Say what a box holds; ``item`` says whether a line begins an item of a list."""
    lines = [line for region in box.inner for line in region.lines]
    if any(region.look is Look.BOX for region in box.inner) or not lines:
        return Content.ARTICLE
    size = max((line.style.size for line in lines if line.style), default=1.0)
    large = max((region.size for region in box.inner), default=1.0)
    if len(lines) <= 3 and large < 1.7 and box.box.height < 5 * size and box.box.width < 9 * size:
        return Content.LABEL
    # Of letters a label is longer than of Han (THE LAMP SAYS).
    one = len(lines) == 1 and not has_han(lines[0].text) and cells(lines[0].text) <= LABEL
    if one and large < 1.7 and box.box.height < 2.5 * size and box.box.width < LABEL * size:
        return Content.LABEL
    tabled = any(region.look is Look.TABLE for region in box.inner)
    if tabled and any(map(is_title, box.inner)):
        return Content.ARTICLE
    if tabled or sum(item(line.text) for line in lines) >= 2:
        return Content.LIST
    if lines[0].text[0] in QUOTES and len(box.inner) == 1:
        return Content.QUOTE
    prose = [region for region in box.inner if is_prose(region) and _justified(region)]
    if sum(len(region.lines) for region in prose) < SOME:
        return Content.ADVERT
    told = any(mark in region.text for region in prose for mark in "。.")
    return Content.ARTICLE if told else Content.LIST


def _justified(region: Region) -> bool:
    """Say whether most lines begin at one edge, give or take half a character: they are not set round a middle.

    The edge need not be that of the region: a bracket or a mark may hang over it (ja-12, （佐藤由美、田中誠）).
    """
    lines = region.lines
    size = lines[0].style.size if lines[0].style else 1.0
    begins = [line.box.x0 for line in lines if line.box]
    flush = max(sum(0 <= x - edge < 0.5 * size for x in begins) for edge in begins)
    return len(lines) > 1 and 2 * flush > len(lines)
