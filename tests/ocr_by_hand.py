"""What the tests of OCR share: pictures with type on them, a programme that stands in for Tesseract, and its ALTO.

Where the reader of ALTO is not there yet a small one takes its place.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image, ImageDraw, ImageFont

from relayout.errors import InputError
from relayout.imprint import Box, TextStyle
from relayout.model import Line, Outcome, Page, Place, Reading, Source
from relayout.readers import markup
from relayout.readers.wishes import Wishes

ROOT = Path(__file__).resolve().parents[1]


def picture(*lines: str, size: tuple[int, int] = (1000, 600), type_size: int = 40) -> Image.Image:
    """Return a white page with lines of type on it, black, from the top left."""
    image = Image.new("L", size, 255)
    pen = ImageDraw.Draw(image)
    for n, line in enumerate(lines):
        pen.text((60, 60 + n * 2 * type_size), line, fill=0, font=ImageFont.load_default(type_size))
    return image


def saved(image: Image.Image, form: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def alto(*lines: str) -> str:
    """Return ALTO as Tesseract writes it: a block of lines, a word a String, each 20 pixels high and 10 a character."""
    rows = []
    for n, line in enumerate(lines):
        x, words = 50, []
        for word in line.split():
            words.append(f'<String HPOS="{x}" VPOS="{50 + 30 * n}" WIDTH="{10 * len(word)}" HEIGHT="20" WC="0.9" ')
            words[-1] += f'CONTENT="{word}"/>'
            x += 10 * len(word) + 10
        place = f'HPOS="50" VPOS="{50 + 30 * n}" WIDTH="{x - 60}" HEIGHT="20"'
        rows.append(f"<TextLine {place}>{'<SP/>'.join(words)}</TextLine>")
    block = f'<TextBlock HPOS="50" VPOS="50" WIDTH="900" HEIGHT="500">{"".join(rows)}</TextBlock>' if rows else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><alto xmlns="http://www.loc.gov/standards/alto/ns-v3#"><Description>'
        "<MeasurementUnit>pixel</MeasurementUnit></Description><Layout>"
        f'<Page WIDTH="1000" HEIGHT="600" PHYSICAL_IMG_NR="0" ID="page_0"><PrintSpace HPOS="0" VPOS="0" WIDTH="1000" '
        f'HEIGHT="600">{block}</PrintSpace></Page></Layout></alto>'
    )


def pretend(folder: Path, patch: pytest.MonkeyPatch, body: str, langs: Sequence[str] = ("eng", "deu")) -> Path:
    """Put a programme called tesseract into a folder that is all of PATH; ``body`` is what it does with a picture.

    It finds the words of the command in ``words``; what it was given is written to ``asked`` in the folder.
    """
    path = folder / "tesseract"
    told = "\\n".join((f'List of available languages in "/here/" ({len(langs)}):', *langs))
    path.write_text(
        f"#!{sys.executable}\nimport sys, time\nwords = sys.argv[1:]\n"
        f"if words == ['--list-langs']: print('{told}'); sys.exit()\n"
        "if words == ['--version']: print('tesseract 5.9.9'); sys.exit()\n"
        "data = sys.stdin.buffer.read()\n"
        f"with open({str(folder / 'asked')!r}, 'a') as file: file.write(' '.join(words) + '\\n')\n{body}\n",
        encoding="utf-8",
    )
    path.chmod(0o755)
    patch.setenv("PATH", str(folder))
    return folder / "asked"


def required(*langs: str) -> None:
    """Skip a test where Tesseract or a language is missing, with the reason; fail where it must be there."""
    path = shutil.which("tesseract")
    there = subprocess.run([path, "--list-langs"], capture_output=True, text=True, check=False).stdout if path else ""
    missing = [lang for lang in langs if lang not in there.split()]
    if missing:
        reason = f"no Tesseract with {' and '.join(missing)} (Debian: apt install tesseract-ocr tesseract-ocr-…)"
        if "tesseract" in os.environ.get("RELAYOUT_REQUIRE", "").split(","):
            pytest.fail(reason)
        pytest.skip(reason)


def with_alto(patch: pytest.MonkeyPatch) -> None:
    """See that there is a reader of ALTO."""
    if find_spec("relayout.readers.alto") is None:
        stub = ModuleType("relayout.readers.alto")
        stub.read = _read  # type: ignore[attr-defined]
        patch.setitem(sys.modules, "relayout.readers.alto", stub)


def _read(data: bytes, name: str, wishes: Wishes) -> Outcome[Reading]:  # noqa: ARG001
    page = next(markup.inside(markup.root(data, name), "Page"))
    lines = []
    for n, row in enumerate(markup.inside(page, "TextLine"), 1):
        text = " ".join(word.get("CONTENT", "") for word in markup.children(row, "String"))
        x, y, width, height = (markup.number(row, key) or 0.0 for key in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
        lines.append(Line(text, text, Place(1, n), Box(x, y, x + width, y + height), style=TextStyle(height)))
    if not lines:
        raise InputError(f"{name}: holds no text", "give a page that OCR has read")
    size = Box(0.0, 0.0, markup.number(page, "WIDTH") or 0.0, markup.number(page, "HEIGHT") or 0.0)
    number = int(page.get("PHYSICAL_IMG_NR", "")) or 1
    lines = [Line(x.raw, x.text, Place(number, x.place.line), x.box, style=x.style) for x in lines]
    return Outcome(Reading(Source(name), (Page(number, tuple(lines), size, "pixel"),)))
