"""The picture of a page as PNG, by Pillow: the same tints, arrows and labels as in the HTML, on white."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from relayout.imprint import Box
from relayout.pictures import Picture
from relayout.view.drawing import tinted
from relayout.view.fonts import font_file
from relayout.view.labels import Label, labels, scale
from relayout.view.links import Link, Point
from relayout.view.nouns import Mark
from relayout.view.page import HEADS
from relayout.view.palette import ink_on
from relayout.view.rows import NUMBERED, shown
from relayout.view.scene import Scene, Sheet

WIDTH = 1600  # pixels of a page; a page of text has two for a unit of its grid
MOST_HIGH = 16_000  # pixels; a page of text that is longer is drawn smaller
_FINE, _SMALL = 2, 8_000_000  # arrows and labels are drawn so much finer, for smooth edges; up to so many pixels
_TINT, _STRONG = 0.30, 0.50
_INK, _SOFT = (29, 33, 37), (130, 136, 142)

Colour = tuple[int, int, int]


def png(scene: Scene, sheet: Sheet, picture: Picture | None = None) -> bytes:
    """Draw a page; ``picture`` is that of the page itself. Raises OutputError where no font has its characters."""
    from PIL import Image, ImageChops, PngImagePlugin

    size = min((2.0 if sheet.grid else WIDTH / sheet.width), MOST_HIGH / sheet.height)
    pixels = (max(1, round(sheet.width * size)), max(1, round(sheet.height * size)))
    base = Image.new("RGB", pixels, "white")
    if picture:
        with Image.open(io.BytesIO(picture.data)) as page:
            base = page.convert("RGB").resize(pixels, Image.Resampling.LANCZOS)
    base = ImageChops.multiply(base, _tints(scene, sheet, pixels, size))
    if sheet.grid:
        _rows(base, scene, sheet, size)
    fine = _FINE if pixels[0] * pixels[1] <= _SMALL else 1
    over = Image.new("RGBA", (pixels[0] * fine, pixels[1] * fine))
    _over(over, scene, sheet, size * fine)
    over = over.resize(pixels, Image.Resampling.LANCZOS)
    base.paste(over, (0, 0), over)
    made = PngImagePlugin.PngInfo()
    made.add_text("Software", "relayout view")
    file = io.BytesIO()
    if sheet.grid:
        base = base.quantize(128, dither=Image.Dither.NONE)
    base.save(file, "PNG", pnginfo=made)
    return file.getvalue()


def _here(scene: Scene, sheet: Sheet) -> list[tuple[str, int, Mark]]:
    return [(u.colour, u.number, m) for u in scene.units for m in u.marks if m.page == sheet.page.number]


def _tints(scene: Scene, sheet: Sheet, pixels: tuple[int, int], size: float) -> Any:
    """Give the picture that the page is multiplied with: white, and pale colours where articles stand."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", pixels, "white")
    draw = ImageDraw.Draw(image)
    for colour, number, mark in _here(scene, sheet):
        share = 0.2 if not number else _STRONG if mark.role in HEADS else _TINT
        pale = tuple(round(255 - share * (255 - channel)) for channel in _rgb(colour))
        for box in tinted(mark):
            draw.rectangle(_scaled(box, size), fill=pale)
    return image


def _rows(base: Any, scene: Scene, sheet: Sheet, size: float) -> None:
    """Draw the rows of the source, every line in the width of its cells."""
    from PIL import Image, ImageDraw, ImageFont

    found = _here(scene, sheet)
    lines = [
        (number, shown(line, box), box)
        for _, number, mark in found
        for line, box in zip(mark.lines, mark.boxes, strict=True)
    ]
    file = font_file("".join(text for _, text, _ in lines))
    font = ImageFont.truetype(str(file), round(15 * size)) if file else ImageFont.load_default(15 * size)
    draw = ImageDraw.Draw(base)
    small = ImageFont.load_default(10 * size)
    for row in sheet.grid.rows.values() if sheet.grid else ():
        draw.text((NUMBERED * size, row.y * size), str(row.number), fill=_SOFT, font=small, anchor="rm")
    for number, text, box in lines:
        x0, y0, x1, y1 = _scaled(box, size)
        room, wide = max(1, round(x1 - x0)), max(1, round(font.getlength(text)))
        strip = Image.new("L", (wide, max(1, round(y1 - y0))))
        ImageDraw.Draw(strip).text((0, strip.height / 2), text, fill=255, font=font, anchor="lm")
        strip = strip.resize((room, strip.height)) if wide != room else strip
        base.paste(_INK if number else _SOFT, (round(x0), round(y0)), strip)


def _over(image: Any, scene: Scene, sheet: Sheet, size: float) -> None:
    """Draw arrows and labels."""
    from PIL import ImageDraw

    draw = ImageDraw.Draw(image)
    k = scale(sheet) * size
    colours = [_rgb(unit.colour) for unit in scene.units]
    for link in sheet.links:
        _arrow(draw, link, colours[link.unit], size, k)
    placed = labels(scene, sheet)
    for label in placed.roles:
        draw.rounded_rectangle(_scaled(label.box, size), radius=2.5 * k, fill=colours[label.unit])
        _words(draw, label, ink_on(scene.units[label.unit].colour), size, 0.71)
    for label in placed.numbers:
        _words(draw, label, scene.units[label.unit].colour, size, 0.94, halo=round(1.2 * k))
    for label in placed.badges:
        draw.ellipse(_scaled(label.box, size), fill=colours[label.unit], outline="white", width=round(1.6 * k))
        _words(draw, label, ink_on(scene.units[label.unit].colour), size, 0.52)


def _arrow(draw: Any, link: Link, colour: Colour, size: float, k: float) -> None:
    far = max(math.dist(one, other) for one, other in pairwise(link.curve)) * size
    points = [(x * size, y * size) for x, y in _curve(link.curve, max(12, round(far / (1.3 * k))))]
    dashed = link.kind in ("caption", "about")
    draw.line(points, fill=(255, 255, 255, 190), width=round(4 * k), joint="curve")
    for index, pair in enumerate(pairwise(points)):
        if not (dashed and index % 3 == 2):
            draw.line(pair, fill=colour, width=round(1.7 * k))
    draw.polygon([(x * size, y * size) for x, y in link.head(7 * k / size)], fill=colour)
    if link.words:
        x, y = link.curve[3]
        _text(draw, (x * size + 3 * k, y * size), link.words, colour, 9 * k, "lm")


def _words(draw: Any, label: Label, colour: str, size: float, share: float, halo: int = 0) -> None:
    x, y = (label.box.x0 + label.box.x1) / 2 * size, (label.box.y0 + label.box.y1) / 2 * size
    _text(draw, (x, y), label.words, colour, share * label.box.height * size, "mm", halo)


def _text(draw: Any, at: Point, words: str, colour: str | Colour, height: float, anchor: str, halo: int = 0) -> None:
    from PIL import ImageFont

    font = ImageFont.load_default(max(height, 1.0))
    draw.text(at, words, fill=colour, font=font, anchor=anchor, stroke_width=halo, stroke_fill="white")


def _curve(points: tuple[Point, Point, Point, Point], steps: int) -> Sequence[Point]:
    """Give points on a cubic curve, ends included.

    >>> _curve(((0, 0), (1, 0), (2, 0), (3, 0)), 12)[-1]
    (3.0, 0.0)
    """
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = points
    found = []
    for step in range(steps + 1):
        t = step / steps
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3
        found.append((a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3))
    return found


def _scaled(box: Box, size: float) -> tuple[float, float, float, float]:
    return box.x0 * size, box.y0 * size, box.x1 * size, box.y1 * size


def _rgb(colour: str) -> Colour:
    """Read ``#rrggbb``.

    >>> _rgb("#0072b2")
    (0, 114, 178)
    """
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
