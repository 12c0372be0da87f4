"""Pictures of PDF pages: sizes, crops, and the bounds that keep a small file from asking for a huge picture."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from places_by_hand import PHOTO, placed
from relayout import api, pictures
from relayout.commands.images import illustrated
from relayout.errors import InputError
from relayout.imprint import Box


def pdf(width: float = 400, height: float = 600, image: tuple[int, int] | None = None) -> bytes:
    """Make a PDF of two pages: a red rectangle at ``PHOTO`` on the first, and an image of that many pixels, if any."""
    x0, y0, x1, y1 = PHOTO.x0, height - PHOTO.y1, PHOTO.x1, height - PHOTO.y0
    content = f"1 0 0 rg {x0} {y0} {x1 - x0} {y1 - y0} re f" + (" q 9 0 0 9 0 0 cm /I Do Q" if image else "")
    resources = "<< /XObject << /I 6 0 R >> >>" if image else "<< >>"
    box = f"/MediaBox [0 0 {width} {height}]"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R 5 0 R] /Count 2 >>",
        f"<< /Type /Page /Parent 2 0 R {box} /Contents 4 0 R /Resources {resources} >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        f"<< /Type /Page /Parent 2 0 R {box} >>",
    ]
    if image:
        size = f"/Width {image[0]} /Height {image[1]}"
        made = f"<< /Type /XObject /Subtype /Image {size} /ColorSpace /DeviceGray /BitsPerComponent 1 /Length 1 >>"
        objects.append(f"{made}\nstream\n0\nendstream")
    out, starts = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        starts.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return out + f"{head}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n".encode()


def opened(picture: pictures.Picture) -> Image.Image:
    with Image.open(io.BytesIO(picture.data)) as image:
        return image.convert("RGB")


def test_a_page_is_drawn_as_wide_as_asked():
    made = pictures.pages(pdf(), [1, 2], 800)
    assert [opened(made[number]).size for number in (1, 2)] == [(800, 1200), (800, 1200)]
    assert made[1].media == "image/jpeg"
    red, green, _ = opened(pictures.pages(pdf(), [1], 800, "image/png")[1]).getpixel((240, 920))
    assert (red, green) == (255, 0)


def test_a_crop_holds_what_stands_in_the_box():
    made = pictures.crops(
        pdf(), {"a": (1, PHOTO), "b": (1, Box(-50, 380, 30, 700)), "c": (1, Box(500, 0, 600, 9))}, 144
    )
    assert set(made) == {"a", "b"}  # c lies outside the page
    image = opened(made["a"])
    assert image.size == (400, 240)
    assert {image.getpixel(at) for at in ((3, 3), (396, 236), (200, 120))} == {(255, 0, 0)}
    assert opened(made["b"]).size == (60, 440)


def test_a_huge_page_is_drawn_smaller():
    image = opened(pictures.pages(pdf(14400, 14400), [2], 14400)[2])
    assert image.size[0] * image.size[1] <= pictures.MOST_PIXELS * 1.001


def test_images_with_too_many_pixels_are_not_drawn():
    with pytest.raises(InputError, match="million pixels"):
        pictures.pages(pdf(image=(60_000, 60_000)), [1], 800)


@pytest.mark.parametrize("data", [b"%PDF-1.7 and nothing", b"", pdf()[:300]])
def test_what_is_no_pdf_is_said(data: bytes):
    with pytest.raises(InputError, match=r"no picture of the pages|there is no page"):
        pictures.pages(data, [1], 800)


def test_a_page_that_is_not_there_is_said():
    with pytest.raises(InputError, match="there is no page 3"):
        pictures.pages(pdf(), [3], 800)


def test_a_figure_gets_the_picture_that_its_caption_tells_of(tmp_path: Path):
    issue, files = illustrated(placed(), pdf())
    assert issue.articles[0].figures[0].image == "page-a1-f1.png"
    (tmp_path / "page-a1-f1.png").write_bytes(files["page-a1-f1.png"])
    with Image.open(tmp_path / "page-a1-f1.png") as image:
        assert abs(image.width - 200 / 72 * 200) <= 2
        assert abs(image.height - 120 / 72 * 200) <= 2
        assert image.getpixel((270, 160)) == (255, 0, 0)


def test_view_draws_over_the_pages_of_a_pdf(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(api, "fix", lambda *_, **__: placed())  # what is read of the PDF is not in question here
    file = tmp_path / "page.pdf"
    file.write_bytes(pdf())
    assert run("view", file, "-o", tmp_path / "page.html")[0] == 0
    assert (tmp_path / "page.html").read_text(encoding="utf-8").count("data:image/jpeg;base64,") == 2
    assert run("view", file, "-o", tmp_path / "page.png", "--png", "--page", "1")[0] == 0
    with Image.open(tmp_path / "page.png") as image:
        assert image.size == (1600, 2400)
        assert image.convert("RGB").getpixel((480, 1800)) == (255, 0, 0)


def test_a_page_that_cannot_be_drawn_is_drawn_on_white(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(api, "fix", lambda *_, **__: placed())
    file = tmp_path / "page.pdf"
    file.write_bytes(pdf(image=(60_000, 60_000)))
    code, _, err = run("view", file, "-o", tmp_path / "page.html")
    assert code == 0
    assert "page 1 is drawn on white: the images on page 1" in err
    assert (tmp_path / "page.html").read_text(encoding="utf-8").count("data:image/jpeg;base64,") == 1
