"""Pictures of a piece of a page with the small text that belongs to each: captions and credits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from relayout.decks import Text, distance
from relayout.geometry import beside
from relayout.model import Figure, Line, Paragraph
from relayout.profile import Profile
from relayout.regions import Look, Region
from relayout.roles import Role

REACH = 6  # type sizes: small text as near to a picture is its caption
FEW = 7  # lines: a caption set as large as text has fewer
SMALLER = 0.93  # of the largest text at a picture: what is smaller is a credit


def figures(plain: Sequence[Region], profile: Profile, text: Text) -> tuple[list[Figure], list[Region]]:
    """Put small text near pictures with them: below, beside or over, the nearest first.

    Returns the figures, and the regions that are neither pictures nor their captions. ``text`` makes a paragraph.
    """
    images = [r for r in plain if r.look is Look.IMAGE]
    small = [r for r in plain if _captions(r, images, profile) and not _signs(r, plain, images, profile)]
    found: dict[int, list[Region]] = {}
    for region in sorted(small, key=lambda r: (r.box.y0, r.box.x0)):
        near = min(range(len(images)), key=lambda i: distance(images[i].box, region.box), default=-1)
        found.setdefault(near, []).append(region)
    boxes = {n: region.box for n, region in enumerate(images)}
    made = [replace(_figure(regions, profile, text), box=boxes.get(n)) for n, regions in sorted(found.items())]
    return made, [r for r in plain if r not in small and r.look is not Look.IMAGE]


def _captions(region: Region, images: Sequence[Region], profile: Profile) -> bool:
    if region.told is Role.CAPTION:
        return True
    if not region.lines or region.look in (Look.DISPLAY, Look.TABLE):
        return False
    if region.look is Look.TEXT:
        return bool(profile.cue("caption").match(region.lines[0].text)) and len(region.lines) < FEW
    size = region.lines[0].style.size if region.lines[0].style else 1.0
    if any(distance(i.box, region.box) < REACH * size for i in images):
        return True
    return any(profile.cue(cue).search(region.lines[0].text) for cue in ("caption", "credit"))


def _signs(region: Region, plain: Sequence[Region], images: Sequence[Region], profile: Profile) -> bool:
    """Say whether one small line over or beside a picture says who wrote the text: it is no caption.

    It has a word for it (By ANN PACE), or stands right under a headline, or over a picture that has a caption under it.
    """
    text, size = region.lines[0].text, region.lines[0].style.size if region.lines[0].style else 1.0
    if (
        region.told is Role.CAPTION
        or region.look is Look.TEXT
        or len(region.lines) > 2
        or profile.cue("credit").search(text)
    ):
        return False
    if any(_under(region, image, REACH * size) for image in images):
        return _is_larger(region, plain)
    if profile.cue("byline").search(text):
        return True
    low = [image for image in images if beside(image.box, region.box) > 0.2 and image.box.y0 > region.box.y1 - 1]
    if not low or len(region.lines) > 1:
        return False
    if any(r.look is Look.DISPLAY and _under(region, r, size) for r in plain):
        return True
    near = min(low, key=lambda image: image.box.y0)
    return any(r is not region and r.look is Look.SMALL and _under(r, near, size) for r in plain)


def _is_larger(region: Region, plain: Sequence[Region]) -> bool:
    """Say whether one line stands under a caption, larger than that, and over a text: a credit is smaller."""
    size = region.lines[0].style.size if region.lines[0].style else 1.0
    caption = any(r.look is Look.SMALL and r.size < 0.97 * region.size and _under(region, r, 2 * size) for r in plain)
    text = any(r.look is Look.TEXT and _under(r, region, size) for r in plain)
    return caption and text and len(region.lines) == 1


def _under(region: Region, other: Region, reach: float) -> bool:
    return beside(region.box, other.box) > 0.2 and -2 < region.box.y0 - other.box.y1 < reach


def _figure(found: Sequence[Region], profile: Profile, text: Text) -> Figure:
    captions: list[Paragraph] = []
    credited: list[Paragraph] = []
    largest = max(r.size for r in found)
    for region in found:
        lines = list(region.lines)
        if region.size < SMALLER * largest or (len(lines) == 1 and captions and _credits(lines[0], profile)):
            credited.append(text(lines, Role.CREDIT))
            continue
        if len(lines) > 1 and _credits(lines[-1], profile):
            credited.append(text(lines[-1:], Role.CREDIT))
            lines = lines[:-1]
        captions.append(text(lines, Role.CAPTION))
    return Figure((*captions, *credited))


def _credits(line: Line, profile: Profile) -> bool:
    return bool(profile.cue("credit").search(line.text) or profile.cue("byline").search(line.text))
