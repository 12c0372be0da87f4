"""Make the pictures of the documents: what ``relayout view`` draws, as a browser shows it. Run it with ``make docs``.

The pages are the project's own: one of the press with its own stories only, and a sample that is in the public domain.
"""

from __future__ import annotations

import io
import json
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.press import PressError, gold_path, typeset  # noqa: E402
from bench.press.browser import FLAGS, chromium  # noqa: E402

from relayout.cli import run  # noqa: E402

FOLDER = ROOT / "docs" / "pictures"
TEXT = ROOT / "samples" / "gangcheng-zaobao-2024-11-08" / "input.txt"
PAGE = ("hk", 2)
SIZE = (1500, 1080)  # CSS pixels of the window
MOST = 300_000  # bytes of a picture


def main() -> int:
    """Make all pictures; exit code 1 if one could not be made."""
    FOLDER.mkdir(exist_ok=True)
    try:
        with tempfile.TemporaryDirectory() as folder:
            for name, source in (("view-text.png", TEXT), ("view.png", own_page(Path(folder)))):
                page = Path(folder) / f"{source.stem}.html"
                if run(["view", str(source), "-o", str(page)]):
                    return 1
                (FOLDER / name).write_bytes(small(shoot(page)))
                print(FOLDER / name)
    except PressError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def own_page(folder: Path) -> Path:
    """Typeset a page with the project's own stories, wherever the larger sets lie; return its PDF."""
    os.environ["RELAYOUT_DATA"] = str(folder / "nothing")
    (file,) = typeset([PAGE], folder)
    assert file == gold_path(folder, *PAGE)
    gold = json.loads(file.read_text(encoding="utf-8"))
    assert gold["texts"] == ["own"], gold["texts"]
    return folder / gold["source"]


def shoot(page: Path) -> bytes:
    """Take a picture of a file in Chromium, in light colours. Raises PressError where there is none."""
    found = chromium()
    if found is None:
        raise PressError("pictures need chromium and chromedriver; Debian: apt install chromium chromium-driver")
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = found[0]
    with tempfile.TemporaryDirectory() as folder:
        for flag in (*FLAGS, f"--window-size={SIZE[0]},{SIZE[1]}", "--hide-scrollbars", f"--user-data-dir={folder}"):
            options.add_argument(flag)
        browser = webdriver.Chrome(options=options, service=Service(found[1]))
        try:
            browser.get(page.as_uri())
            browser.execute_script("document.documentElement.dataset.theme = 'light'")
            return bytes(browser.get_screenshot_as_png())
        finally:
            browser.quit()


def small(png: bytes) -> bytes:
    """Write a PNG anew with as many colours as fit into ``MOST`` bytes."""
    from PIL import Image

    with Image.open(io.BytesIO(png)) as image:
        whole = image.convert("RGB")
    for colours in (255, 160, 96, 64, 32):
        file = io.BytesIO()
        whole.quantize(colours, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
            file, "PNG", optimize=True
        )
        if len(file.getvalue()) < MOST:
            return file.getvalue()
    raise PressError(f"the picture has more than {MOST} bytes")


if __name__ == "__main__":
    sys.exit(main())
