"""Colours for articles: told apart with any colour vision, and neighbours never alike while colours last.

The colours are those of Okabe and Ito (*Color Universal Design*, 2008) without black and yellow, which vanish on print
and on paper, and four of Paul Tol's muted scheme that stay apart from them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from relayout.imprint import Box

COLOURS = (
    "#0072b2",
    "#d55e00",
    "#009e73",
    "#aa3377",
    "#e69f00",
    "#332288",
    "#56b4e9",
    "#999933",
    "#cc79a7",
    "#882255",
    "#44aa99",
)
GREY = "#7d8590"
_NEAR = 0.06  # of the size of the page: closer units must not have the same colour


def ink_on(colour: str) -> str:
    """Return black or white, whichever is read better on ``colour`` (contrast as WCAG 2.2 measures it).

    >>> ink_on("#e69f00"), ink_on("#332288")
    ('#000000', '#ffffff')
    """
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return "#000000" if (light + 0.05) / 0.05 > 1.05 / (light + 0.05) else "#ffffff"


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.03928 else float(((value + 0.055) / 1.055) ** 2.4)


def spread(hulls: Sequence[Mapping[int, Box]]) -> list[str]:
    """Choose a colour for each unit, given where it stands on its pages; earlier units choose first.

    A unit takes the colour that its neighbours use least, and of these the one that was taken longest ago.

    >>> spread([{1: Box(0, 0, 5, 5)}, {1: Box(5, 0, 9, 5)}]) == list(COLOURS[:2])
    True
    """
    chosen: list[str] = []
    last = dict.fromkeys(COLOURS, -1)
    size = max((max(box.x1, box.y1) for hull in hulls for box in hull.values()), default=0.0)
    for number, hull in enumerate(hulls):
        near = [colour for colour, other in zip(chosen, hulls, strict=False) if _touch(hull, other, _NEAR * size)]
        best = min(COLOURS, key=lambda colour: (near.count(colour), last[colour]))
        chosen.append(best)
        if hull:
            last[best] = number
    return chosen


def _touch(one: Mapping[int, Box], other: Mapping[int, Box], near: float) -> bool:
    return any(
        a.x0 - near < b.x1 and b.x0 - near < a.x1 and a.y0 - near < b.y1 and b.y0 - near < a.y1
        for page, a in one.items()
        if (b := other.get(page))
    )
