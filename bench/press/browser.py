"""Headless Chromium: sets a planned page and prints it. The only file that knows the browser."""

from __future__ import annotations

import base64
import json
import re
import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any

from bench.press.model import Plan, PressError

WEB = Path(__file__).parent / "web"
SCRIPTS = ("fit.js", "module.js", "page.js")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
)
CALL = """
const given = JSON.parse(arguments[0]), done = arguments[1];
document.fonts.ready.then(() => {
  try { done(JSON.stringify(typeset(given))); } catch (e) { done(JSON.stringify({ error: String(e.stack || e) })); }
});
"""


def chromium() -> tuple[str, str] | None:
    """Return the paths of chromium and of its driver, or None where one is missing."""
    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    return (browser, driver) if browser and driver else None


class Browser:
    """A context manager around one browser; ``set`` sets a page, ``print`` prints it."""

    def __init__(self) -> None:
        """Remember nothing yet; the browser starts on entering the context."""
        self._driver: Any = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> Browser:
        """Start the browser. Raises PressError where there is none."""
        try:
            from selenium import webdriver
            from selenium.webdriver.chrome.service import Service
        except ImportError:
            raise PressError("the press needs selenium, pyphen and pypdfium2: pip install -e '.[bench]'") from None

        found = chromium()
        if found is None:
            raise PressError("the press needs chromium and chromedriver; Debian: apt install chromium chromium-driver")
        self._folder = tempfile.TemporaryDirectory(prefix="press-")
        options = webdriver.ChromeOptions()
        options.binary_location = found[0]
        for flag in (*FLAGS, f"--user-data-dir={self._folder.name}"):
            options.add_argument(flag)
        self._driver = webdriver.Chrome(options=options, service=Service(found[1]))
        self._driver.set_script_timeout(180)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the browser and remove its folder."""
        self._driver.quit()
        if self._folder:
            self._folder.cleanup()

    def set(self, plan: Plan) -> dict[str, Any]:
        """Set a page and return what the page's script returns: boxes by part, barriers, what is wrong."""
        css = (WEB / "page.css").read_text(encoding="utf-8")
        size = f"@page {{ size: {plan.width}pt {plan.height}pt }}"
        style = f"<style>{css}\n{size}\n{plan.css}</style>"
        html = (
            f'<!doctype html><html lang="{plan.lang}"><meta charset="utf-8"><title></title>{style}<body></body></html>'
        )
        self._driver.get("about:blank")
        self._driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        self._driver.execute_script("document.open(); document.write(arguments[0]); document.close();", html)
        script = "\n".join((WEB / name).read_text(encoding="utf-8") for name in SCRIPTS)
        text = self._driver.execute_async_script(script + CALL, json.dumps(asdict(plan)))
        result: dict[str, Any] = json.loads(text)
        return result

    def print(self, plan: Plan) -> bytes:
        """Print the page that is set, without its time of making."""
        options = {
            "preferCSSPageSize": True,
            "printBackground": True,
            "marginTop": 0,
            "marginBottom": 0,
            "marginLeft": 0,
            "marginRight": 0,
            "paperWidth": plan.width / 72,
            "paperHeight": plan.height / 72,
            "generateTaggedPDF": False,
            "generateDocumentOutline": False,
        }
        data = base64.b64decode(self._driver.execute_cdp_cmd("Page.printToPDF", options)["data"])
        return timeless(data)


def timeless(data: bytes) -> bytes:
    """Put fixed characters of the same length in the place of dates and identifiers of a PDF."""

    def fixed(match: re.Match[bytes]) -> bytes:
        return match[1] + re.sub(rb"[0-9A-Fa-f]", b"0", match[2]) + match[3]

    data = re.sub(rb"(/(?:CreationDate|ModDate) ?\(D:)([^)]*)(\))", fixed, data)
    return re.sub(rb"(/ID ?\[)([^\]]*)(\])", fixed, data)
