"""The boxes of a page: what of it is seen, and what is wrong with a box that no page can have."""

from __future__ import annotations

from collections.abc import Sequence

LARGEST = 14_400.0  # points: what a PDF page can be at most (ISO 32000-1, Annex C.2)
Corners = tuple[float, float, float, float]


def seen(media: Sequence[float], crop: Sequence[float]) -> tuple[Corners, Corners]:
    """Return the media box in order, and what is seen: what of the crop box is in it, or all of it.

    Raises ValueError that says what is wrong with the media box, in points: it is empty, or larger than a page can be.

    >>> seen((400, 600, 0, 0), (10, 10, 900, 500))
    ((0, 0, 400, 600), (10, 10, 400, 500))
    >>> seen((0, 0, 0, 600), ())
    Traceback (most recent call last):
    ValueError: its MediaBox (0 0 0 600) has no width
    """
    told = " ".join(f"{value:g}" for value in media)
    if len(media) != 4:
        raise ValueError(f"its MediaBox ({told}) has not four numbers")
    whole = _ordered(media)
    width, height = whole[2] - whole[0], whole[3] - whole[1]
    if not (width > 0 and height > 0):  # also of what is no number
        lacking = " or height" if not width > 0 and not height > 0 else ""
        raise ValueError(f"its MediaBox ({told}) has no {'width' if not width > 0 else 'height'}{lacking}")
    if max(width, height) > LARGEST:
        raise ValueError(f"it is {width:.0f} by {height:.0f} points large" if max(width, height) < 1e9 else
                         f"its MediaBox ({told}) is larger than a page can be")  # fmt: skip
    cut = _ordered(crop) if len(crop) == 4 else whole
    x0, y0, x1, y1 = (max(cut[0], whole[0]), max(cut[1], whole[1]), min(cut[2], whole[2]), min(cut[3], whole[3]))
    return whole, (x0, y0, x1, y1) if x0 < x1 and y0 < y1 else whole


def _ordered(box: Sequence[float]) -> Corners:
    return min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3])
