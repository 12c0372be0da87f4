"""The pages in a picture: formats, resolution, which way is up, and what is too large or broken."""

from __future__ import annotations

import struct
import zlib

import pytest
from PIL import Image

from ocr_by_hand import picture, saved
from relayout import frames
from relayout.errors import InputError

PAGE = picture("Harbour opens", size=(300, 200), type_size=20)


@pytest.mark.parametrize(
    ("data", "dpi", "said"),
    [
        (saved(PAGE), 300, 0),
        (saved(PAGE, dpi=(200, 200)), 200, 200),
        (saved(PAGE, "JPEG", dpi=(600, 600)), 600, 600),
        (saved(PAGE, "TIFF", dpi=(400, 400)), 400, 400),
        (saved(PAGE, "JPEG", dpi=(72, 72)), 300, 72),
        (saved(PAGE, dpi=(9000, 9000)), 300, 9000),
    ],
)
def test_the_resolution_is_that_of_the_picture_or_300(data: bytes, dpi: int, said: int) -> None:
    assert frames.is_picture(data)
    found = frames.frame(data, "page", 1)
    assert (found.dpi, found.said, found.image.size) == (dpi, said, (300, 200))
    assert found.png().startswith(b"\x89PNG")


def test_a_tiff_has_many_pages_each_of_its_own_size() -> None:
    more = [Image.new("1", (100 + n, 50), 1) for n in range(3)]
    data = saved(PAGE.convert("1"), "TIFF", save_all=True, append_images=more, compression="group4")
    assert frames.count(data, "page.tif") == 4
    assert [frames.frame(data, "page.tif", n).image.size for n in (1, 2, 3, 4)] == [(300, 200), *(i.size for i in more)]
    assert frames.count(saved(PAGE), "page.png") == 1


def test_a_picture_is_turned_as_it_says() -> None:
    exif = Image.Exif()
    exif[274] = 6  # to be turned to the right
    found = frames.frame(saved(PAGE.rotate(90, expand=True), "JPEG", exif=exif, quality=95), "page.jpg", 1).image
    assert found.size == PAGE.size
    assert abs(found.crop((0, 0, 150, 100)).getextrema()[0] - PAGE.crop((0, 0, 150, 100)).getextrema()[0]) < 30


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_pixel_becomes_black_on_white(mode: str) -> None:
    data = saved(PAGE.convert("I").point(lambda v: v * 256).convert("I;16") if mode == "I;16" else PAGE.convert(mode))
    assert frames.frame(data, "page.png", 1).image.convert("L").getpixel((5, 5)) >= 254
    assert frames.frame(data, "page.png", 1).image.convert("L").getextrema()[0] < 60


def test_what_is_clear_is_white() -> None:
    clear = Image.new("RGBA", (50, 50), (0, 0, 0, 0))
    assert frames.frame(saved(clear), "page.png", 1).image.getextrema() == (255, 255)


def huge(width: int, height: int) -> bytes:
    """Return the head of a PNG of a size, and nothing in it."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    body = b"IDAT" + zlib.compress(b"")
    chunks = (struct.pack(">I", len(c) - 4) + c + struct.pack(">I", zlib.crc32(c)) for c in (head, body, b"IEND"))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (huge(100_000, 100_000), "a.png: has too many pixels"),
        (huge(17_800, 10_001), "a.png: page 1 has 17,800 by 10,001 pixels"),
        (huge(40_000, 100), "a.png: page 1 has 40,000 by 100 pixels"),
        (huge(100, 100), "a.png: is no picture that can be read, or is cut off"),
        (huge(0, 0), "a.png: "),
        (saved(PAGE)[:400], "a.png: is no picture that can be read, or is cut off"),
        (saved(PAGE, "JPEG")[:900], "a.png: is no picture that can be read, or is cut off"),
        (saved(PAGE, "TIFF")[:900], "a.png: is no picture that can be read, or is cut off"),
        (b"\xff\xd8\xff", "a.png: is no picture that can be read, or is cut off (it is no picture)"),
        (b"II*\0\xff\xff\xff\xff", "a.png: is no picture that can be read, or is cut off"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "a.png: is no picture that can be read"),
    ],
)
def test_hostile_pictures_are_refused_in_one_line(data: bytes, what: str) -> None:
    with pytest.raises(InputError) as caught:
        frames.frame(data, "a.png", frames.count(data, "a.png"))
    assert str(caught.value).startswith(what)
    assert "\n" not in str(caught.value)
    assert caught.value.advice


def test_a_chain_of_pages_without_an_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "MOST_FRAMES", 3)
    data = saved(PAGE, "TIFF", save_all=True, append_images=[PAGE] * 3)
    with pytest.raises(InputError, match=r"a.tif: has more than 3 pages"):
        frames.count(data, "a.tif")
