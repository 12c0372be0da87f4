"""The HTML picture in a real browser: it loads from the disk, shows both sides, and asks for nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from bench.press.browser import FLAGS, chromium

from issues_by_hand import line
from places_by_hand import placed
from relayout import pictures
from relayout.model import Article, Paragraph
from relayout.roles import Role
from relayout.view import html, scene
from test_pictures import pdf
from test_view import HOSTILE


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    found = chromium()
    if found is None:
        reason = "no chromium and chromedriver (Debian: apt install chromium chromium-driver)"
        if "chromium" in os.environ.get("RELAYOUT_REQUIRE", ""):
            pytest.fail(reason)
        pytest.skip(reason)
    webdriver = pytest.importorskip("selenium.webdriver", reason="development-only: pip install selenium")
    from selenium.webdriver.chrome.service import Service

    folder = tmp_path_factory.mktemp("browser")
    options = webdriver.ChromeOptions()
    options.binary_location = found[0]
    for flag in (*FLAGS, "--window-size=1500,1000", f"--user-data-dir={folder}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = webdriver.Chrome(options=options, service=Service(found[1]))
    yield browser
    browser.quit()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def page(driver: Any, tmp_path: Path) -> Any:
    """Open the picture of two pages, with the picture of a PDF under it, from the disk."""
    file = tmp_path / "page.html"
    file.write_text(html(scene(placed()), pictures.pages(pdf(), [1, 2], 800)), encoding="utf-8")
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    driver.get(file.as_uri())
    return driver


def lit(page: Any, where: str) -> list[str]:
    script = f"return [...document.querySelectorAll({where!r})].map(e => e.dataset.part || e.dataset.unit)"
    return list(page.execute_script(script))


def hover(page: Any, where: str) -> None:
    from selenium.webdriver import ActionChains
    from selenium.webdriver.common.by import By

    ActionChains(page).move_to_element(page.find_element(By.CSS_SELECTOR, where)).perform()


def press(page: Any, *keys: str) -> None:
    from selenium.webdriver import ActionChains

    ActionChains(page).send_keys(*keys).perform()


def test_it_loads_without_errors_and_asks_for_nothing(page: Any) -> None:
    assert page.get_log("browser") == []
    asked = page.execute_script("return performance.getEntriesByType('resource').map(e => e.name)")
    assert [name for name in asked if not name.startswith("data:")] == []
    assert page.execute_script("return document.querySelectorAll('.texts .unit:not(.grey)').length") == 2
    assert page.execute_script("return document.querySelectorAll('svg .badge').length") == 2
    natural = "return new Promise(r => { const i = new Image(); i.onload = () => r(i.naturalWidth); i.src = %s; })"
    source = "document.querySelector('image').getAttribute('href')"
    assert page.execute_script(natural % source) == 800


def test_hovering_shows_both_sides(page: Any) -> None:
    hover(page, ".pages .now [data-part='a1-p3']")
    assert lit(page, ".texts .part.hot") == ["a1-p3"]
    assert set(lit(page, ".pages .badge.on")) == {"0"}
    hover(page, ".texts [data-part='a1-p4']")
    assert set(lit(page, "svg .mark.hot")) == {"a1-p4"}  # both of its columns
    assert lit(page, "svg .mark.hot") == ["a1-p4", "a1-p4"]
    hover(page, ".bar h1")
    assert lit(page, ".hot, .on") == []


def test_a_click_stays_until_escape_and_turns_the_page(page: Any) -> None:
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    page.find_element(By.ID, "on").click()
    assert page.execute_script("return document.querySelector('.sheet.now').id") == "page-2"
    page.find_element(By.ID, "back").click()
    page.find_element(By.CSS_SELECTOR, ".texts [data-part='a1-p1']").click()
    hover(page, ".bar h1")
    assert lit(page, ".texts .part.hot") == ["a1-p1"]
    press(page, Keys.ESCAPE)
    assert lit(page, ".hot") == []


def test_the_keyboard_reaches_everything(page: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    page.execute_script("document.querySelector('.texts .unit').focus()")
    assert set(lit(page, ".texts .unit.on")) == {"0"}
    press(page, Keys.ARROW_DOWN, Keys.ARROW_DOWN)
    assert lit(page, ".texts .part.hot") == ["a1-p2"]
    assert lit(page, "svg .mark.hot") == ["a1-p2"]
    press(page, ".")
    assert page.execute_script("return document.querySelector('.sheet.now').id") == "page-2"
    assert set(lit(page, ".texts .unit.on")) == {"1"}  # the focus goes on to what is in sight
    press(page, Keys.ENTER, ",")
    assert page.execute_script("return document.querySelector('.sheet.now').id") == "page-1"
    assert set(lit(page, ".texts .unit.on")) == {"0"}


def test_light_and_dark(page: Any) -> None:
    from selenium.webdriver.common.by import By

    def ground() -> int:
        colour = page.execute_script("return getComputedStyle(document.body).backgroundColor")
        return sum(int(part) for part in colour[4:-1].split(","))

    for scheme, dark in (("light", False), ("dark", True)):
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        assert (ground() < 200) is dark
    page.find_element(By.ID, "theme").click()
    assert ground() > 600
    page.find_element(By.ID, "theme").click()
    assert ground() < 200


def test_layers_can_be_put_out(page: Any) -> None:
    from selenium.webdriver.common.by import By

    for name in ("links", "roles", "order"):
        button = page.find_element(By.ID, name)
        shown = f"return getComputedStyle(document.querySelector('svg .{name}')).display"
        assert page.execute_script(shown) != "none"
        button.click()
        assert page.execute_script(shown) == "none"
        assert button.get_attribute("aria-pressed") == "false"
        button.click()
        assert page.execute_script(shown) != "none"


def test_hostile_text_does_nothing(driver: Any, tmp_path: Path) -> None:
    part = Paragraph((line(HOSTILE, 20),), role=Role.HEAD)
    whole = placed()
    whole = replace(
        whole,
        articles=(*whole.articles, Article((part,))),
        pages=(replace(whole.pages[0], lines=(*whole.pages[0].lines, *part.lines)), whole.pages[1]),
        title=HOSTILE,
    )
    file = tmp_path / "page.html"
    file.write_text(html(scene(whole), {}), encoding="utf-8")
    driver.get(file.as_uri())
    assert driver.execute_script("return document.scripts.length") == 1
    assert driver.execute_script("return document.images.length") == 0
    assert "alert(1)" in driver.execute_script("return document.getElementById('texts').textContent")
    assert driver.get_log("browser") == []
