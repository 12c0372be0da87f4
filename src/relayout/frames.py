"""The pages in a picture: a PNG, a JPEG, or a TIFF of many pages; found by content, drawn upright, one at a time.

Pictures are hostile: their size is known and bounded before anything of them is unpacked, and whatever is broken in
them is one error. Only these three formats are asked, whatever else pillow could open.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from relayout.errors import InputError

MOST_PIXELS = 178_000_000  # of a page; a broadsheet at 600 dpi has 127 million, and pillow stops at 179 million
MOST_SIDE = 32_767  # pixels; Tesseract takes no longer side
MOST_FRAMES = 2_000
DPI = 300  # where the picture does not say
_TRUE = (100, 2400)  # dpi that a scan may have; 72 and 96 are those of screens, written by programs that know none
_MARKS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_FORMATS = ("PNG", "JPEG", "TIFF")


class Frame(NamedTuple):
    """A page of a picture: the pixels, upright (an image of pillow, grey or black and white), and its resolution.

    ``said`` is the resolution that the picture gives, or 0; ``dpi`` the one that is taken.
    """

    image: Any
    dpi: int
    said: int

    def png(self) -> bytes:
        """Return the page as a PNG, packed for speed."""
        out = io.BytesIO()
        self.image.save(out, "PNG", compress_level=1)
        return out.getvalue()


def is_picture(data: bytes) -> bool:
    r"""Tell whether bytes are a picture that is read, by how they begin.

    >>> is_picture(b"\xff\xd8\xff\xe0"), is_picture(b"%PDF-1.7"), is_picture(b"II*\0")
    (True, False, True)
    """
    return data.startswith(_MARKS)


def count(data: bytes, name: str) -> int:
    """Return how many pages a picture has; raises InputError where it cannot be opened or has too many."""
    frames = 1
    with _opened(data, name) as image:
        try:
            while frames <= MOST_FRAMES and image.format == "TIFF":  # n_frames would count millions to the end
                image.seek(frames)
                frames += 1
        except EOFError:
            return frames
        except Exception as error:
            raise _broken(name, error) from None
    if frames > MOST_FRAMES:
        raise InputError(f"{name}: has more than {MOST_FRAMES:,} pages", "cut it: tiffsplit")
    return frames


def frame(data: bytes, name: str, number: int) -> Frame:
    """Unpack one page, from 1; raises InputError where it is too large or broken."""
    with _opened(data, name) as image:
        try:
            if number > 1:
                image.seek(number - 1)
            width, height = image.size
            said = _said(image)
        except Exception as error:
            raise _broken(name, error) from None
        if width * height > MOST_PIXELS or max(width, height) > MOST_SIDE:
            raise InputError(
                f"{name}: page {number} has {width:,} by {height:,} pixels",
                f"at most {MOST_PIXELS // 10**6} million are read, {MOST_SIDE:,} a side: make it smaller",
            )
        try:
            grey = _grey(image)
        except MemoryError:
            raise
        except Exception as error:
            raise _broken(name, error) from None
    return Frame(grey, said if _TRUE[0] <= said <= _TRUE[1] else DPI, said)


@contextmanager
def _opened(data: bytes, name: str) -> Iterator[Any]:
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of pillow: what is too large or broken is said below, once
        try:
            image = Image.open(io.BytesIO(data), formats=_FORMATS)
        except Image.DecompressionBombError:
            raise InputError(
                f"{name}: has too many pixels", f"at most {MOST_PIXELS // 10**6} million are read: make it smaller"
            ) from None
        except Exception as error:  # pillow and what it is built on raise whatever a broken header leads them to
            raise _broken(name, error) from None
        with image:
            yield image


def _broken(name: str, error: Exception) -> InputError:
    why = "it is no picture" if type(error).__name__ == "UnidentifiedImageError" else " ".join(str(error).split())[:120]
    why = why or type(error).__name__
    return InputError(
        f"{name}: is no picture that can be read, or is cut off ({why})", "get it again, or save it anew as PNG"
    )


def _said(image: Any) -> int:
    """Return the resolution that a picture gives, in dpi; the higher one where they differ, and 0 for none."""
    try:
        found = max(float(value) for value in image.info.get("dpi", (0,)))
        return round(found) if 0 < found < 100_000 else 0
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return 0


def _grey(image: Any) -> Any:
    """Return a picture upright and grey, on white where it is clear; black and white stays so."""
    from PIL import Image, ImageOps

    image.load()
    upright = ImageOps.exif_transpose(image)
    if upright.mode in ("1", "L"):
        return upright
    if upright.mode.startswith("I"):  # 16 bits a pixel, as some scanners write: pillow would cut all to white
        return upright.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if upright.mode in ("LA", "La", "PA", "RGBA", "RGBa") or "transparency" in upright.info:
        clear = upright.convert("RGBA")
        upright = Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear)
    return upright.convert("L")
